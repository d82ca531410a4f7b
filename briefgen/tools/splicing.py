"""Writes an updated record into the very text of the old one, so that comments, order and style stay the curator's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.model.book import KeyPath
from briefgen.model.findings import Location
from briefgen.read.yaml import Plain, YamlFile, parse_yaml, yaml_text

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_REMARK = re.compile(r"[ \t]*(?:#.*)?")
_DASH = re.compile(r" *- +")
_BRACKETS = re.compile(r"""\[(?:[^\]'"]|'(?:[^']|'')*'|"(?:\\.|[^"\\])*")*\]""")
"""A list in one line, whatever its quotes hold."""


class SpliceError(Exception):
    """The record is written in a way that cannot be edited in place."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def spliced(text: str, file: YamlFile, value: Plain, origins: Sequence[int | None]) -> str | None:
    """The text of the record `file` changed so that it says `value`; None where that cannot be done in place.

    `origins` tells of each of the lines which of the old entries it was; None: it is new.
    """
    record = _Record(text, file, [0, *(match.end() for match in _LINE_BREAK.finditer(text))], origins)
    try:
        edits = sorted(record.edits(value), reverse=True)
    except (SpliceError, LookupError, ValueError):
        return None
    for edit in edits:
        text = text[: edit.start] + edit.text + text[edit.end :]
    after = parse_yaml(text, "")
    return text if after.value == value and not after.findings else None


@dataclass(frozen=True, slots=True)
class _Record:
    text: str
    file: YamlFile
    starts: list[int]
    """Where each line of the text begins."""
    origins: Sequence[int | None]

    def edits(self, value: Plain) -> Iterator[Edit]:
        """What has to be written where."""
        old = self.file.value
        if not isinstance(old, dict) or not isinstance(value, dict) or list(old) != list(value):
            raise SpliceError
        for key in old:
            if key == "lines":
                yield from self._lines(old[key], value[key])
            else:
                yield from self._value((key,), old[key], value[key])

    def _value(self, path: KeyPath, old: Plain, new: Plain) -> Iterator[Edit]:
        """Hashes, and the numbers of lines wherever they stand."""
        if old == new:
            return
        match old, new:
            case dict(), dict():
                for key in old:
                    yield from self._value((*path, key), old[key], new[key])
            case str(), str():
                yield self._scalar(path, old, new)
            case list(), list():
                yield self._numbers(path, new)
            case _:
                raise SpliceError

    def _scalar(self, path: KeyPath, old: str, new: str) -> Edit:
        """One word, bare or in quotes."""
        start = self._at(self.file.locations[path])
        match = re.compile(rf"(['\"]?){re.escape(old)}\1").match(self.text, start)
        if match is None:
            raise SpliceError
        return Edit(start, match.end(), new)

    def _numbers(self, path: KeyPath, new: list[Plain]) -> Edit:
        """A list of lines between brackets, as records have them."""
        start = self._at(self.file.locations[path])
        if self.text[start] != "[":
            raise SpliceError
        return Edit(start, self.text.index("]", start) + 1, f"[{', '.join(map(str, new))}]")

    def _lines(self, old: Plain, new: Plain) -> Iterator[Edit]:
        """Entries that changed in place, those taken away, and new ones before the old one they precede."""
        if not isinstance(old, list) or not isinstance(new, list) or not old:
            raise SpliceError
        waiting: list[Plain] = []
        for origin, entry in zip(self.origins, new, strict=True):
            if origin is None:
                waiting.append(entry)
            else:
                yield from self._inserted(waiting, self._head(origin))
                yield from self._entry(("lines", origin), old[origin], entry)
                waiting = []
        yield from self._inserted(waiting, self._end())
        for at in set(range(len(old))) - set(self.origins):
            yield Edit(self._head(at), self._head(at + 1) if at + 1 < len(old) else self._end(), "")

    def _entry(self, path: KeyPath, old: Plain, new: Plain) -> Iterator[Edit]:
        if not isinstance(old, dict) or not isinstance(new, dict):
            raise SpliceError
        for key in old:
            if key != "undecided":
                yield from self._value((*path, key), old[key], new[key])
        before, after = old.get("undecided") or [], new.get("undecided") or []
        if before != after:
            if not isinstance(before, list) or not isinstance(after, list):
                raise SpliceError
            yield self._notes(path, before, after)

    def _notes(self, path: KeyPath, before: list[Plain], after: list[Plain]) -> Edit:
        """Notes for the curator: in the list that stands there, else as one beside the hash."""
        flow = f"[{', '.join(_quoted(note) for note in after)}]"
        if before:
            return self._more_notes((*path, "undecided"), before, after, flow)
        key = self.file.keys[*path, "sha256"]
        if self.text[self._at(self.file.locations[path])] == "{":
            return Edit(self._at(key), self._at(key), f"undecided: {flow}, ")
        end = self._line_end(key.line)
        return Edit(end, end, f"\n{' ' * (key.column - 1)}undecided: {flow}")

    def _more_notes(self, path: KeyPath, before: list[Plain], after: list[Plain], flow: str) -> Edit:
        start = self._at(self.file.locations[path])
        if match := _BRACKETS.match(self.text, start):
            return Edit(start, match.end(), flow)
        if after[: len(before)] != before:
            raise SpliceError
        last = self.file.locations[*path, len(before) - 1]
        new = "".join(f"\n{' ' * (last.column - 3)}- {_quoted(note)}" for note in after[len(before) :])
        return Edit(self._line_end(last.line), self._line_end(last.line), new)

    def _inserted(self, entries: list[Plain], start: int) -> Iterator[Edit]:
        """New entries at the start of a line, as far in as the first of the old ones."""
        if entries:
            indent = " " * (self.file.locations["lines", 0].column - 3)
            text = "".join(f"{indent}{line}\n" for line in yaml_text(list(entries)).splitlines())
            complete = start == 0 or self.text[start - 1] == "\n"
            yield Edit(start, start, text if complete else f"\n{text}")

    def _head(self, at: int) -> int:
        """Where the line of an entry begins, with the remarks above it."""
        location = self.file.locations["lines", at]
        if not _DASH.fullmatch(self.text[self.starts[location.line - 1] : self._at(location)]):
            raise SpliceError
        return self._above(location.line)

    def _end(self) -> int:
        """Where the list of lines ends: before the next key and its remarks, or where the text does."""
        first = self.file.keys["lines",].line
        after = [key.line for path, key in self.file.keys.items() if len(path) == 1 and key.line > first]
        return self._above(min(after)) if after else len(self.text)

    def _above(self, line: int) -> int:
        while line > 1 and _REMARK.fullmatch(self.text[self.starts[line - 2] : self._line_end(line - 1)]):
            line -= 1
        return self.starts[line - 1]

    def _at(self, location: Location) -> int:
        return self.starts[location.line - 1] + location.column - 1

    def _line_end(self, line: int) -> int:
        match = _LINE_BREAK.search(self.text, self.starts[line - 1])
        return match.start() if match else len(self.text)


def _quoted(note: Plain) -> str:
    """A note may hold what YAML reads otherwise: a comma, a colon."""
    return f"""'{str(note).replace("'", "''")}'"""
