"""A line of a source document beside what its record says of it; and lines that are left out of a record."""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.model.findings import FindingsError, did_you_mean
from briefgen.model.records import Source
from briefgen.read.facts import partnerships, read_book, read_current
from briefgen.read.paths import yaml_files
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, YamlFile, read_yaml
from briefgen.render.reading import read_file
from briefgen.tools.originals import Original, read_originals
from briefgen.tools.yaml_edit import edited

LINE_HINT = "a line is named SOURCE:LINE, such as talks-2022:L7"
_LINE = re.compile(r"(?P<source>[a-z0-9-]+)(?::L?(?P<line>\d{1,6}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line: its text where the original was found, and its entry in the record, which need not be complete."""

    number: int
    text: str
    entry: Mapping[str, Any]
    """As the record has it; empty where the line is not recorded."""
    left_out: str
    """The reason for which the line is left out; empty where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """The file of a record, complete or not, and its original."""

    id: str
    path: Path
    file: YamlFile
    original: Original | None

    @property
    def value(self) -> Mapping[str, Any]:
        """What the file holds."""
        return self.file.value if isinstance(self.file.value, dict) else {}

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every line that the original, or else the record, has."""
        if self.original:
            return tuple(range(1, len(self.original.lines) + 1))
        return tuple(sorted({*_entries(self.value), *_left_out(self.value)}))

    def line(self, number: int) -> SourceLine:
        """Return a line; FindingsError (E201) where neither the original nor the record has it."""
        if number not in self.numbers:
            last = max(self.numbers, default=0)
            raise FindingsError.of(self.file.locations[()], "E201", f"there is no line {number}", f"the last is {last}")
        text = self.original.lines[number - 1] if self.original else ""
        entry, left_out = _entries(self.value).get(number, {}), _left_out(self.value).get(number, "")
        return SourceLine(number=number, text=text, entry=entry, left_out=left_out)


def split_name(name: str) -> tuple[str, int | None]:
    """Return the source and the line of `talks-2022:L7`, or of `talks-2022` the source alone; E201 for neither."""
    found = _LINE.fullmatch(name)
    if not found:
        raise FindingsError.of(name, "E201", "is no line of a source", LINE_HINT)
    return found["source"], int(found["line"]) if found["line"] else None


def find_record(workspace: Workspace, id: str) -> RecordFile:
    """Return the record of that id; E201 where there is none, and the faults of one whose lines cannot be read."""
    path = workspace.seeds / f"{id}.yaml"
    if path not in (known := yaml_files(workspace.seeds)):
        message = f"there is no source '{id}'"
        raise FindingsError.of("seeds", "E201", message, did_you_mean(id, [each.stem for each in known]))
    file = read_yaml(path, workspace.shown(path), workspace.root)
    faults = read_current(Source, file)[1]
    try:
        value: Any = file.value
        _entries(value), _left_out(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FindingsError(file.findings or faults) from None
    originals, sha256 = read_originals(workspace.originals)[0], str(value.get("sha256"))
    same = (each for each in originals.values() if each.has(sha256, value.get("text_sha256")))
    return RecordFile(id=id, path=path, file=file, original=originals.get(sha256) or next(same, None))


def citing(workspace: Workspace, source: str) -> Mapping[int, tuple[str, ...]]:
    """Return the facts that cite a source, by line; facts that cannot be read cite nothing."""
    found: dict[int, list[str]] = {}
    for path in partnerships(workspace):
        try:
            book = read_book(workspace, path)
        except FindingsError:
            continue
        for id, fact in book.facts.items():
            for line in {cite.line for cite in fact.cites if cite.source == source}:
                found.setdefault(line, []).append(id)
    return {line: tuple(ids) for line, ids in found.items()}


def without_lines(
    workspace: Workspace, record: RecordFile, lines: Iterable[int], reason: str
) -> tuple[str, tuple[int, ...]]:
    """Return the new text of a record that leaves lines out, and these lines; without any, all that say nothing yet.

    FindingsError (E213) if a line says something or is left out already.
    """
    every = map(record.line, record.numbers)
    silent = (each for each in every if not each.left_out and not _says(each.entry))
    wanted = {n: record.line(n) for n in lines} or {each.number: each for each in silent}
    for line in wanted.values():
        if line.left_out:
            message = f"line {line.number} is left out already, as '{line.left_out}'"
            raise FindingsError.of(record.file.locations[()], "E213", message)
        if _says(line.entry):
            message, hint = f"line {line.number} says something already", "take its entry away first, if it is wrong"
            raise FindingsError.of(record.file.locations[()], "E213", message, hint)
    value: Any = deepcopy(dict(record.value))
    value["lines"] = [entry for entry in value.get("lines") or () if int(entry["line"]) not in wanted]
    left_out = value.get("left_out") or {}
    here = sorted({*map(int, left_out.get(reason) or ()), *wanted})
    if here:
        value["left_out"] = {**left_out, reason: [str(number) for number in here]}
    return edited_text(record.path, record.file, value, workspace.root), tuple(wanted)


def edited_text(path: Path, file: YamlFile, value: Plain, within: Path) -> str:
    """Return the text of a file that reads `value`; FindingsError (V712) where only a person can write it."""
    return edited(read_file(path, within).decode(), value, file.locations[()].file, "V712", "cannot be changed")


def _says(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("says") or entry.get("reports") or entry.get("digest"))


def _entries(value: Mapping[str, Any]) -> Mapping[int, Mapping[str, Any]]:
    return {int(entry["line"]): entry for entry in value.get("lines") or ()}


def _left_out(value: Mapping[str, Any]) -> Mapping[int, str]:
    return {int(n): reason for reason, numbers in (value.get("left_out") or {}).items() for n in numbers or ()}
