"""Writes an updated record into the very text of the old one, so that comments, order and style stay the curator's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.findings import Place
from briefgen.model.book import Path
from briefgen.yamlfile import Plain, YamlFile, parse_yaml, yaml_text

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_REMARK = re.compile(r"[ \t]*(?:#.*)?")


class CannotSplice(Exception):
    """The record is written in a way that cannot be edited in place."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def spliced(text: str, file: YamlFile, value: Plain) -> str | None:
    """The text of the record `file` changed so that it says `value`; None where that cannot be done in place."""
    record = _Record(text, file, [0, *(match.end() for match in _LINE_BREAK.finditer(text))])
    try:
        edits = sorted(record.edits(value), reverse=True)
    except (CannotSplice, LookupError, ValueError):
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

    def edits(self, value: Plain) -> Iterator[Edit]:
        """What has to be written where."""
        old = self.file.value
        if not isinstance(old, dict) or not isinstance(value, dict) or list(old) != list(value):
            raise CannotSplice
        for key in old:
            if key == "lines":
                yield from self._lines(old[key], value[key])
            elif isinstance(old[key], str):
                yield from self._scalar((key,), old[key], value[key])
            elif key == "left_out":
                yield from self._left_out(old[key], value[key])

    def _scalar(self, path: Path, old: Plain, new: Plain) -> Iterator[Edit]:
        """A hash or a number, bare or in quotes."""
        if old == new:
            return
        start = self._at(self.file.places[path])
        match = re.compile(rf"(['\"]?){re.escape(str(old))}\1").match(self.text, start)
        if match is None:
            raise CannotSplice
        yield Edit(start, match.end(), str(new))

    def _left_out(self, old: Plain, new: Plain) -> Iterator[Edit]:
        """Numbers between brackets, as a record usually has them."""
        if not isinstance(old, dict) or not isinstance(new, dict):
            raise CannotSplice
        for reason, numbers in old.items():
            now = new[reason]
            if (numbers or []) != now and isinstance(now, list):
                start = self._at(self.file.places["left_out", reason])
                end = self.text.index("]", start) + 1
                if self.text[start] != "[":
                    raise CannotSplice
                yield Edit(start, end, f"[{', '.join(str(number) for number in now)}]")

    def _lines(self, old: Plain, new: Plain) -> Iterator[Edit]:
        """Entries that changed in place, and new ones before the old one they precede."""
        if not isinstance(old, list) or not isinstance(new, list) or not old:
            raise CannotSplice
        waiting: list[Plain] = []
        at = 0
        for entry in new:
            if at < len(old) and _is_kept(old[at], entry):
                yield from self._inserted(waiting, self._head(at), at)
                yield from self._entry(at, old[at], entry)
                waiting, at = [], at + 1
            else:
                waiting.append(entry)
        if at < len(old):
            raise CannotSplice
        yield from self._inserted(waiting, self._end(), at - 1)

    def _entry(self, at: int, old: Plain, new: Plain) -> Iterator[Edit]:
        if not isinstance(old, dict) or not isinstance(new, dict):
            raise CannotSplice
        path: Path = ("lines", at)
        for key in ("line", "sha256"):
            yield from self._scalar((*path, key), old[key], new[key])
        before, after = old.get("undecided"), new.get("undecided")
        if before == after:
            return
        if not isinstance(after, list) or after[:-1] != (before or []):
            raise CannotSplice
        yield self._note((*path, "undecided"), yaml_text([after[-1]])[2:].rstrip(), has_notes=bool(before))

    def _note(self, path: Path, note: str, *, has_notes: bool) -> Edit:
        """The note after those that stand there; else as a list of its own, before the hash."""
        if not has_notes:
            start = self._at(place := self.file.keys[*path[:-1], "sha256"])
            flow = self.text[self._at(self.file.places[path[:-1]])] == "{"
            return Edit(start, start, f"undecided: [{_quoted(note)}]" + (", " if flow else self._new_line(place.column)))
        last = self._last(path)
        if self.text[self._at(self.file.places[path])] == "[":
            raise CannotSplice
        end = self._line_end(last.line)
        return Edit(end, end, f"{self._new_line(last.column - 2)}- {note}")

    def _last(self, path: Path) -> Place:
        notes = [place for at, place in self.file.places.items() if at[:-1] == path]
        return max(notes, key=lambda place: place.line)

    def _inserted(self, entries: list[Plain], start: int, beside: int) -> Iterator[Edit]:
        if entries:
            indent = " " * (self.file.places["lines", beside].column - 3)
            text = "".join(f"{indent}{line}\n" for line in yaml_text(list(entries)).splitlines())
            complete = start == 0 or self.text[start - 1] == "\n"
            yield Edit(start, start, text if complete else f"\n{text}")

    def _head(self, at: int) -> int:
        """Where the line of an entry begins, with the remarks above it."""
        line = self.file.places["lines", at].line
        if not re.fullmatch(r" *- +", self.text[self.starts[line - 1] : self._at(self.file.places["lines", at])]):
            raise CannotSplice
        while line > 1 and self._is_remark(line - 1):
            line -= 1
        return self.starts[line - 1]

    def _end(self) -> int:
        """Where the list of lines ends: before the next key and its remarks, or where the text does."""
        first = self.file.keys["lines",].line
        after = [key.line for path, key in self.file.keys.items() if len(path) == 1 and key.line > first]
        if not after:
            return len(self.text)
        line = min(after)
        while self._is_remark(line - 1):
            line -= 1
        return self.starts[line - 1]

    def _is_remark(self, line: int) -> bool:
        return bool(_REMARK.fullmatch(self.text[self.starts[line - 1] : self._line_end(line)]))

    def _at(self, place: Place) -> int:
        return self.starts[place.line - 1] + place.column - 1

    def _line_end(self, line: int) -> int:
        match = _LINE_BREAK.search(self.text, self.starts[line - 1])
        return match.start() if match else len(self.text)

    def _new_line(self, column: int) -> str:
        return "\n" + " " * (column - 1)


def _is_kept(old: Plain, new: Plain) -> bool:
    """The same entry, whatever became of its number, hash and notes."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    follows = {"line", "sha256", "undecided"}
    return {key: old[key] for key in old if key not in follows} == {key: new[key] for key in new if key not in follows}


def _quoted(note: str) -> str:
    """A note between brackets: always in quotes, for it may hold a comma."""
    return note if note[:1] in "'\"" else f'"{note}"'
