"""Compare the records of source documents with their original texts: hashes, line numbers, figures and dates."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefgen.localise.language_file import ReadingWords
from briefgen.model.book import KeyPath
from briefgen.model.findings import Finding, FindingsError, Location, Severity, has_errors
from briefgen.model.quantities import Name, Quantity
from briefgen.model.records import Basis, Dated, Source
from briefgen.read.facts import read_sources
from briefgen.read.languages import known_languages, read_language_file
from briefgen.read.workspace import Workspace
from briefgen.tools.figures.read import InLine, contains

MAX_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The text of a source document; lines are its non-empty ones, split on newline only, counted from 1."""

    path: Path
    sha256: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing records with their originals gave."""

    records: int
    absent: int
    """Records whose original is not here."""
    links: int
    """Hashes, figures and dates of all records."""
    unchecked: int
    """Links that could not be compared: the original is absent, or nothing in it can be read by machine."""
    findings: tuple[Finding, ...]


def compare_all(workspace: Workspace, folder: Path) -> Comparison:
    """Compare every record with its original in a folder; FindingsError if a record cannot be read."""
    if folder != workspace.originals and not folder.is_dir():
        raise FindingsError([Finding(Location(str(folder)), "V710", "there is no such folder")])
    sources, locations, wrong = read_sources(workspace)
    if has_errors(wrong):
        raise FindingsError(wrong)
    words = reading_words(workspace, (source.language for source in sources.values()))
    originals, skipped = read_originals(folder)
    absent = links = unchecked = 0
    findings: list[Finding] = []
    for source in sources.values():
        original, known = originals.get(source.sha256), words.get(source.language)
        to_compare = list(_links(source))
        links += 1 + len(to_compare)
        if original is None:
            absent += 1
            unchecked += 1 + len(to_compare)
            message = f"the original is not here; {1 + len(to_compare)} links to it were not checked"
            hint = "put it into seeds/originals/, or name its folder with --originals"
            findings.append(Finding(_locate(source, {}), "V701", message, hint=hint, severity=Severity.NOTE))
        else:
            # names are compared by a person
            unchecked += sum(
                isinstance(value, Name) or not (known or isinstance(value, str)) for *_, value in to_compare
            )
            findings += (*_differences(source, original, known, locations), *_uncovered(source, original, locations))
    findings += skipped if absent else ()
    return Comparison(records=len(sources), absent=absent, links=links, unchecked=unchecked, findings=tuple(findings))


def reading_words(workspace: Workspace, codes: Iterable[str]) -> Mapping[str, ReadingWords]:
    """The words for reading figures in these languages; those that have no words of their own are left out."""
    files = {code: read_language_file(workspace, code)[0] for code in {*codes} & {*known_languages(workspace)}}
    return {code: file.reading for code, file in files.items() if file and file.reading}


def read_originals(folder: Path) -> tuple[Mapping[str, Original], tuple[Finding, ...]]:
    """Every text of a folder by its sha256, and a note about every file that is no text; empty without a folder."""
    found: dict[str, Original] = {}
    skipped: list[Finding] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if not path.is_dir():
            try:
                original = read_original(path)
            except FindingsError as error:
                skipped += (replace(finding, severity=Severity.NOTE) for finding in error.findings)
            else:
                found[original.sha256] = original
    return found, tuple(skipped)


def read_original(path: Path) -> Original:
    """The text in a file; FindingsError (V707) says why there is none."""
    try:
        if not path.is_file():
            raise OSError("there is no such file" if not path.exists() else "is no file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise _no_text(path, f"has {size:,} bytes; the limit is {MAX_BYTES:,}")
        raw = path.read_bytes()
    except OSError as error:
        raise _no_text(path, f"cannot be read: {error.strerror or error}", hint="") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no_text(path, "is no UTF-8 text") from None
    if "\0" in text:
        raise _no_text(path, "is no text: it holds zero bytes")
    # the byte order mark and the carriage returns of some editors belong to no line
    lines = tuple(line.removesuffix("\r") for line in text.split("\n") if line.strip())
    if not lines:
        raise _no_text(path, "is empty")
    return Original(path=path, sha256=hashlib.sha256(raw).hexdigest(), lines=lines)


def _no_text(path: Path, why: str, hint: str = "save the document's text as a UTF-8 text file") -> FindingsError:
    return FindingsError([Finding(Location(str(path)), "V707", why, hint=hint)])


def line_hash(line: str) -> str:
    """The sha256 of a line's UTF-8 bytes, without its newline."""
    return hashlib.sha256(line.encode()).hexdigest()


_Expected = str | Quantity
"""What a line of the original must give: a hash, a figure or a date."""


def _links(source: Source) -> Iterator[tuple[KeyPath, int, _Expected]]:
    """The key of each link in the record, the number of the line, and what it must give."""
    for at, line in enumerate(source.lines):
        yield ("lines", at, "sha256"), line.line, line.sha256
        yield from ((("lines", at, "figures", name), line.line, figure) for name, figure in line.figures.items())
    dates: dict[KeyPath, Dated] = {("events", name): event for name, event in source.events.items()}
    for path, dated in {("published",): source.published, **dates}.items():
        # where the line gives but a part of the date, `why` says so, and a person compares
        if dated.basis is Basis.TEXT and dated.line and not dated.why:
            yield (*path, "date"), dated.line, dated.date


def _differences(
    source: Source, original: Original, words: ReadingWords | None, locations: Mapping[KeyPath, Location]
) -> Iterator[Finding]:
    """Where a record says something else than its original."""
    last = len(original.lines)
    for path, number, value in _links(source):
        text = original.lines[number - 1] if 1 <= number <= last else None
        location = _locate(source, locations, path)
        if isinstance(value, str):
            if text is None:
                location = _locate(source, locations, (*path[:-1], "line"))
                yield Finding(location, "V702", f"the original has no line {number}; it has {last}")
            elif line_hash(text) != value:
                message = f"line {number} of the original has another hash: {line_hash(text)}"
                yield Finding(location, "V703", message, hint="read the line again")
        elif words and contains(text or "", value, words) is InLine.NO:
            if path[0] != "lines":
                message = f"{value} is not in line {number} of the original"
                hint = "correct the date or the line; if the line gives but a part, say in 'why' what gives the rest"
                yield Finding(location, "V709", message, hint=hint)
            elif text is not None:
                message = f"'{path[-1]}: {value}' is not in line {number} of the original"
                hint = "correct it, or move it to 'derived' with the reason if the line only implies it"
                yield Finding(location, "V704", message, hint=hint)


def _uncovered(source: Source, original: Original, locations: Mapping[KeyPath, Location]) -> Iterator[Finding]:
    """Lines neither recorded nor left out, and lines left out that are not there.

    That no line is both recorded and left out is checked without the original.
    """
    numbers = {*range(1, len(original.lines) + 1)}
    left_out = {number for numbers in source.left_out.values() for number in numbers}
    location = _locate(source, locations, ("left_out",))
    if missing := sorted(numbers - left_out - {line.line for line in source.lines}):
        which = f"line {missing[0]} is" if len(missing) == 1 else f"lines {', '.join(map(str, missing))} are"
        hint = "record it, or leave it out for a reason"
        yield Finding(location, "V705", f"{which} neither recorded nor left out", hint=hint)
    if beyond := ", ".join(map(str, sorted(left_out - numbers))):
        yield Finding(location, "V702", f"the original has no line {beyond}; it has {len(numbers)}")


def _locate(source: Source, locations: Mapping[KeyPath, Location], path: KeyPath = ()) -> Location:
    """Where a key of the record stands, or the nearest key around it."""
    around = (("sources", source.id, *path[:end]) for end in range(len(path), -1, -1))
    return next((locations[each] for each in around if each in locations), Location(f"seeds/{source.id}.yaml"))
