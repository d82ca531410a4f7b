"""Compares the records of source documents with their original texts: hashes, line numbers, figures and dates."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefgen.localise.language_file import ReadingWords
from briefgen.model.book import KeyPath, locate
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
    """The text of a source document; its lines are the non-empty ones, split at newlines only, counted from 1."""

    path: Path
    sha256: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing records with their originals gave."""

    records: int
    absent: int
    """Records whose original is missing."""
    links: int
    """Hashes, figures and dates of all records."""
    unchecked: int
    """Links that could not be compared: the original is missing, or it cannot be read by machine."""
    findings: tuple[Finding, ...]


def compare_all(workspace: Workspace, folder: Path) -> Comparison:
    """Compare every record with its original in a folder; FindingsError if a record cannot be read."""
    if folder != workspace.originals and not folder.is_dir():
        raise FindingsError.of(str(folder), "V710", "there is no such folder")
    sources, locations, wrong = read_sources(workspace)
    if has_errors(wrong):
        raise FindingsError(wrong)
    words = reading_words(workspace, (source.language for source in sources.values()))
    originals, skipped = read_originals(folder)
    absent = links = unchecked = 0
    findings: list[Finding] = []
    for source in sources.values():
        original, known = originals.get(source.sha256), words.get(source.language)
        values = [value for *_, value in _links(source)]
        links += 1 + len(values)
        if original:  # names are compared by a person
            unchecked += sum(isinstance(value, Name) or not (known or isinstance(value, str)) for value in values)
            findings += (*_differences(source, original, known, locations), *_uncovered(source, original, locations))
        else:
            absent += 1
            unchecked += 1 + len(values)
            message = f"the original is missing; {1 + len(values)} links to it were not checked"
            hint = "put it into seeds/originals/, or name its folder with --originals"
            findings.append(Finding(_locate(source, {}), "V701", message, hint=hint, severity=Severity.NOTE))
    findings += skipped if absent else ()
    return Comparison(records=len(sources), absent=absent, links=links, unchecked=unchecked, findings=tuple(findings))


def reading_words(workspace: Workspace, codes: Iterable[str]) -> Mapping[str, ReadingWords]:
    """Return the words for reading figures in these languages; those without words of their own are left out."""
    files = {code: read_language_file(workspace, code)[0] for code in {*codes} & {*known_languages(workspace)}}
    return {code: file.reading for code, file in files.items() if file and file.reading}


def read_originals(folder: Path) -> tuple[Mapping[str, Original], tuple[Finding, ...]]:
    """Return every text of a folder by its sha256, and a note on every file that is no text; empty without a folder."""
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
    """Return the text in a file; FindingsError (V707) says why there is none."""
    hint = "save the document's text as a UTF-8 text file"
    try:
        if not path.is_file():
            raise OSError("it is not a file" if path.exists() else "there is no such file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise FindingsError.of(str(path), "V707", f"has {size:,} bytes; the limit is {MAX_BYTES:,}", hint)
        raw = path.read_bytes()
    except OSError as error:
        raise FindingsError.of(str(path), "V707", f"cannot be read: {error.strerror or error}") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FindingsError.of(str(path), "V707", "is not UTF-8 text", hint) from None
    # the byte order mark and the carriage returns of some editors belong to no line
    lines = tuple(line.removesuffix("\r") for line in text.split("\n") if line.strip())
    if "\0" in text or not lines:
        why = "is not text: it contains zero bytes" if lines else "is empty"
        raise FindingsError.of(str(path), "V707", why, hint)
    return Original(path=path, sha256=hashlib.sha256(raw).hexdigest(), lines=lines)


def line_hash(line: str) -> str:
    """Return the sha256 of a line's UTF-8 bytes, without its newline."""
    return hashlib.sha256(line.encode()).hexdigest()


_Expected = str | Quantity
"""What must match a line of the original: a hash, a figure or a date."""


def _links(source: Source) -> Iterator[tuple[KeyPath, int, _Expected]]:
    """Yield the key of each link in the record, the number of the line, and what must match it."""
    for at, line in enumerate(source.lines):
        yield ("lines", at, "sha256"), line.line, line.sha256
        yield from ((("lines", at, "figures", name), line.line, figure) for name, figure in line.figures.items())
    dates: dict[KeyPath, Dated] = {("events", name): event for name, event in source.events.items()}
    for path, dated in {("published",): source.published, **dates}.items():
        # if the line gives only a part of the date, `why` says so, and a person compares
        if dated.basis is Basis.TEXT and dated.line and not dated.why:
            yield (*path, "date"), dated.line, dated.date


def _differences(
    source: Source, original: Original, words: ReadingWords | None, locations: Mapping[KeyPath, Location]
) -> Iterator[Finding]:
    """Yield where a record differs from its original."""
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
                hint = (
                    "correct the date or the line; if the line gives only a part, say in 'why' where the rest is from"
                )
                yield Finding(location, "V709", message, hint=hint)
            elif text is not None:
                message = f"'{path[-1]}: {value}' is not in line {number} of the original"
                hint = "correct it, or move it to 'derived' with the reason if the line only implies it"
                yield Finding(location, "V704", message, hint=hint)


def _uncovered(source: Source, original: Original, locations: Mapping[KeyPath, Location]) -> Iterator[Finding]:
    """Yield lines neither recorded nor left out, and lines left out that do not exist.

    That no line is both recorded and left out is checked without the original.
    """
    numbers = {*range(1, len(original.lines) + 1)}
    left_out = {number for numbers in source.left_out.values() for number in numbers}
    location = _locate(source, locations, ("left_out",))
    if missing := sorted(numbers - left_out - {line.line for line in source.lines}):
        which = f"line {missing[0]} is" if len(missing) == 1 else f"lines {', '.join(map(str, missing))} are"
        hint = "record it, or leave it out with a reason"
        yield Finding(location, "V705", f"{which} neither recorded nor left out", hint=hint)
    if beyond := ", ".join(map(str, sorted(left_out - numbers))):
        yield Finding(location, "V702", f"the original has no line {beyond}; it has {len(numbers)}")


def _locate(source: Source, locations: Mapping[KeyPath, Location], path: KeyPath = ()) -> Location:
    """Return the location of a key of the record, or of the nearest key around it."""
    return locate(locations, ("sources", source.id, *path), Location(f"seeds/{source.id}.yaml"))
