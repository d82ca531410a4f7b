"""Record against original: hashes, line numbers and figures recomputed from the source texts, wherever these are."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefgen.localise.language_file import ReadingWords
from briefgen.model.book import KeyPath
from briefgen.model.findings import Finding, Location, Severity
from briefgen.model.quantities import Name, Quantity
from briefgen.model.records import Basis, Dated, Line, Source
from briefgen.tools.figures.read import InLine, contains

MAX_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The text of a source document; lines are its non-empty ones, split on newline only, counted from 1."""

    path: Path
    sha256: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What comparing one record with its original gave."""

    source: str
    links: int
    """Hashes, figures and dates to be compared."""
    unchecked: int
    """Those that could not be compared: the original is not here, or nothing in it can be read by machine."""
    findings: tuple[Finding, ...]
    found: bool
    """Whether the original is here."""


def read_originals(folder: Path) -> tuple[Mapping[str, Original], tuple[Finding, ...]]:
    """Every text of a folder by its sha256, and what was passed over as it is none; no folder, no texts."""
    found, passed_over = {}, []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if not path.is_dir():
            original = read_original(path)
            if isinstance(original, Original):
                found[original.sha256] = original
            else:
                passed_over.append(replace(original, severity=Severity.NOTE))
    return found, tuple(passed_over)


def read_original(path: Path) -> Original | Finding:
    """One text; V707 says why it is none."""
    try:
        if not path.is_file():
            raise OSError("there is no such file" if not path.exists() else "is no file")
        if (size := path.stat().st_size) > MAX_BYTES:
            return _no_text(path, f"has {size:,} bytes; the limit is {MAX_BYTES:,}")
        raw = path.read_bytes()
    except OSError as error:
        return _no_text(path, f"cannot be read: {error.strerror or error}", hint="")
    return _text(path, raw)


def _text(path: Path, raw: bytes) -> Original | Finding:
    """The byte order mark and the carriage returns of some editors belong to no line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _no_text(path, "is no UTF-8 text")
    if "\0" in text:
        return _no_text(path, "is no text: it holds zero bytes")
    lines = tuple(line.removesuffix("\r") for line in text.split("\n") if line.strip())
    if not lines:
        return _no_text(path, "is empty")
    return Original(path=path, sha256=hashlib.sha256(raw).hexdigest(), lines=lines)


def _no_text(path: Path, why: str, hint: str = "save the document's text as a UTF-8 text file") -> Finding:
    return Finding(Location(str(path)), "V707", why, hint=hint)


def line_hash(line: str) -> str:
    """The sha256 of a line's UTF-8 bytes, without its newline."""
    return hashlib.sha256(line.encode()).hexdigest()


def verify(
    source: Source, originals: Mapping[str, Original], words: ReadingWords | None, locations: Mapping[KeyPath, Location]
) -> Verdict:
    """Compare one record with its original."""
    dates = sum(1 for _ in _printed_dates(source))
    links = 1 + sum(1 + len(line.figures) for line in source.lines) + dates
    original = originals.get(source.sha256)
    if original is None:
        return Verdict(source=source.id, links=links, unchecked=links, findings=(), found=False)
    check = _Comparison(source=source, original=original, words=words, locations=locations)
    unread = sum(_unreadable(figure, words) for line in source.lines for figure in line.figures.values())
    unread += 0 if words else dates
    findings = (*check.lines(), *check.coverage(), *check.dates())
    return Verdict(source=source.id, links=links, unchecked=unread, findings=findings, found=True)


def _printed_dates(source: Source) -> Iterator[tuple[KeyPath, Dated, int]]:
    """Dates that one line gives in full; where a part of it is concluded, `why` says so, and a person compares."""
    named: dict[KeyPath, Dated] = {("published",): source.published}
    named |= {("events", name): event for name, event in source.events.items()}
    for path, dated in named.items():
        if dated.basis is Basis.TEXT and dated.line and not dated.why:
            yield path, dated, dated.line


def _unreadable(figure: Quantity, words: ReadingWords | None) -> bool:
    """Names are not read from text: a person compares them."""
    return words is None or isinstance(figure, Name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    source: Source
    original: Original
    words: ReadingWords | None
    locations: Mapping[KeyPath, Location]

    def lines(self) -> Iterator[Finding]:
        """Each recorded line: does it stand there, unchanged, with its figures?"""
        for number, line in enumerate(self.source.lines):
            if not 1 <= line.line <= len(self.original.lines):
                message = f"the original has no line {line.line}; it has {len(self.original.lines)}"
                yield Finding(self._place(number, "line"), "V702", message)
                continue
            text = self.original.lines[line.line - 1]
            if line_hash(text) != line.sha256:
                message = f"line {line.line} of the original has another hash: {line_hash(text)}"
                yield Finding(self._place(number, "sha256"), "V703", message, hint="read the line again")
            yield from self._figures(number, line, text)

    def _figures(self, number: int, line: Line, text: str) -> Iterator[Finding]:
        for name, figure in line.figures.items():
            if self.words is None or contains(text, figure, self.words) is not InLine.NO:
                continue
            message = f"'{name}: {figure}' is not in line {line.line} of the original"
            hint = "correct it, or move it to 'derived' with the reason if the line only implies it"
            yield Finding(self._place(number, "figures", name), "V704", message, hint=hint)

    def coverage(self) -> Iterator[Finding]:
        """Every line of the original is recorded or left out for a reason; that none is both is checked without it."""
        recorded = [line.line for line in self.source.lines]
        left_out = [line for lines in self.source.left_out.values() for line in lines]
        location = self.locations.get(("sources", self.source.id, "left_out"), Location(f"seeds/{self.source.id}.yaml"))
        missing = _numbers(set(range(1, len(self.original.lines) + 1)) - {*recorded, *left_out})
        if missing:
            yield Finding(
                location, "V705", f"no word on line {missing}", hint="record it, or leave it out for a reason"
            )
        beyond = _numbers(line for line in left_out if line > len(self.original.lines))
        if beyond:
            yield Finding(location, "V702", f"the original has no line {beyond}; it has {len(self.original.lines)}")

    def dates(self) -> Iterator[Finding]:
        """A date that the text is said to give stands in its line."""
        for path, dated, line in _printed_dates(self.source):
            text = self.original.lines[line - 1] if 1 <= line <= len(self.original.lines) else ""
            if self.words and contains(text, dated.date, self.words) is InLine.NO:
                message = f"{dated.date} is not in line {line} of the original"
                hint = "correct the date or the line; if the line gives but a part, say in 'why' what gives the rest"
                location = self.locations.get(("sources", self.source.id, *path, "date"), Location(""))
                yield Finding(location, "V709", message, hint=hint)

    def _place(self, number: int, *path: str) -> Location:
        full: KeyPath = ("sources", self.source.id, "lines", number, *path)
        while full and full not in self.locations:
            full = full[:-1]
        return self.locations.get(full, Location(f"seeds/{self.source.id}.yaml"))


def _numbers(lines: Iterable[int]) -> str:
    return ", ".join(str(line) for line in sorted(lines))


def not_checked(verdicts: Iterable[Verdict]) -> Iterator[Finding]:
    """V701: a record whose original is not here."""
    for verdict in verdicts:
        if not verdict.found:
            message = f"the original is not here; {verdict.links} links to it were not checked"
            hint = "put it into seeds/originals/, or name its folder with --originals"
            yield Finding(Location(f"seeds/{verdict.source}.yaml"), "V701", message, hint=hint, severity=Severity.NOTE)
