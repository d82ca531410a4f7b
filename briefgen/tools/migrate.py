"""Brings facts and records of an older format up to date, one step for each format; `STEPS` is the whole list.

The step to format 2 finds, in the original of a record, the words that give each figure: the fewest that the checks
accept.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefgen.check.quotations import MOST_WORDS, name_faults, name_score, names_like, value_faults
from briefgen.check.source_words import source_words
from briefgen.localise.language import ReadingWords
from briefgen.model.book import FactFile
from briefgen.model.facts import FORMAT
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.quantities import Name, Quantity, parse_quantity
from briefgen.model.records import Quoted
from briefgen.model.typed_json import read_json
from briefgen.publish.atomic import replace_file
from briefgen.read.facts import format_of
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.paths import BACKUP, facts_files, files_of, yaml_files
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile, parse_yaml, read_yaml
from briefgen.render.reading import read_file
from briefgen.tools.originals import Original, as_quoted, line_faults, line_hash, read_originals
from briefgen.tools.yaml_edit import edited

_NOTES = "files.json"
"""In the backup: the hash of what took the place of each file."""
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?[%+]?|[$€£¥₩₫₽₹~<>≤≥]\S*[^\W_]|%\S*\w")
_NAME = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PHRASE = re.compile(rf"{_NAME.pattern}(?:[ \u00a0-]{_NAME.pattern})*")
Values = dict[str, Any]
"""What a file holds, as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A file with its text before and after, and notes on what a person has to look at."""

    path: Path
    shown: str
    old: str
    new: str
    notes: tuple[Finding, ...] = ()

    @property
    def difference(self) -> str:
        """The change, in the unified format of diff."""
        lines = (self.old.splitlines(keepends=True), self.new.splitlines(keepends=True))
        return "".join(unified_diff(*lines, self.shown, self.shown, n=1))


def migrate(workspace: Workspace, originals: Path) -> tuple[Migrated, ...]:
    """Return every file with its new text, or a note why it has none; FindingsError if one cannot be changed."""
    if originals != workspace.originals and not originals.is_dir():
        raise FindingsError.of(str(originals), "V710", "there is no such folder")
    paths = [path for each in facts_files(workspace.root) for path in files_of(each)]
    facts = [_migrated(workspace, path, lambda step, value: step[0](value)) for path in paths]
    files = (read_as(FactFile, parse_yaml(each.new.removeprefix("\ufeff"), ""))[0] for each in facts)
    quoter = Quoter(
        originals=read_originals(originals)[0],
        reading=reading_words(workspace, known_languages(workspace)),
        facts=tuple(filter(None, files)),
    )
    seeds = yaml_files(workspace.seeds)
    return (*facts, *(_migrated(workspace, path, lambda step, value: step[1](value, quoter)) for path in seeds))


def _migrated(workspace: Workspace, path: Path, change: "Callable[[Step, Values], Sequence[str]]") -> Migrated:
    """Return a file with every step after its own format; unreadable files and those of today stay as they are."""
    shown = workspace.shown(path)
    file = read_yaml(path, shown, workspace.root)
    if file.findings:
        message, hint = "cannot be read whole, and stays as it is", "briefgen check says what is wrong with it"
        note = Finding(Location(shown), "F007", message, severity=Severity.NOTE, hint=hint)
        return Migrated(path=path, shown=shown, old="", new="", notes=(note,))
    old, number = read_file(path, workspace.root).decode(), format_of(file)
    if not isinstance(file.value, dict) or number is None or number >= FORMAT:
        return Migrated(path=path, shown=shown, old=old, new=old)
    value: Values = deepcopy(file.value)
    notes = [note for each in range(number, FORMAT) for note in change(STEPS[each + 1], value)]
    wanted = {"format": str(FORMAT), **{key: each for key, each in value.items() if key != "format"}}
    findings = tuple(Finding(Location(shown), "F007", note, severity=Severity.NOTE) for note in notes)
    new = edited(_numbered(old, file), wanted, shown, "F006", f"the file cannot be brought to format {FORMAT}")
    return Migrated(path=path, shown=shown, old=old, new=new, notes=findings)


def _numbered(text: str, file: YamlFile) -> str:
    """Return the text with the number of its format before the first key, below the comments at the top."""
    first = file.keys.get((next(iter(file.value)),)) if isinstance(file.value, dict) else None
    if first is None or first.column != 1 or ("format",) in file.keys:
        return text
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines.insert(first.line - 1, f"format: {FORMAT}{ending}")
    return "".join(lines)


def write(workspace: Workspace, migrated: Sequence[Migrated]) -> None:
    """Keep every file as it was in the backup, then replace it; OSError where that cannot be done."""
    folder = workspace.root / BACKUP
    notes = {each.shown: sha256(each.new.encode()).hexdigest() for each in migrated}
    for each in migrated:
        replace_file(folder / each.shown, each.old.encode(), workspace.root)
    replace_file(folder / _NOTES, json.dumps(notes, indent=1, ensure_ascii=False).encode(), workspace.root)
    for each in migrated:
        replace_file(each.path, each.new.encode(), workspace.root)


def undo(workspace: Workspace) -> tuple[str, ...]:
    """Put back what the last migration changed, and return the names; FindingsError if a file was changed since.

    A file that is as it was already stays so: the migration, or an attempt to undo it, was stopped halfway.
    """
    folder = workspace.root / BACKUP
    if not (folder / _NOTES).is_file():
        raise FindingsError.of(BACKUP, "F006", "there is no migration to undo")
    try:
        notes = read_json(dict[str, str], read_file(folder / _NOTES, workspace.root))
    except ValueError as error:
        hint = f"copy the files of {BACKUP}/ to their places by hand"
        raise FindingsError.of(f"{BACKUP}/{_NOTES}", "F006", f"cannot be read: {error}", hint) from None
    before = {shown: read_file(folder / shown, workspace.root) for shown in notes}
    for shown, expected in notes.items():
        path = workspace.root / shown
        now = read_file(path, workspace.root) if path.is_file() else None
        if now is None or (now != before[shown] and sha256(now).hexdigest() != expected):
            hint = f"take what you need from {BACKUP}/{shown} by hand; nothing has been changed"
            raise FindingsError.of(shown, "F006", "the file was changed after the migration", hint)
    for shown, content in before.items():
        replace_file(workspace.root / shown, content, workspace.root)
    (folder / _NOTES).unlink()
    return tuple(notes)


def _facts_to_2(value: Values) -> Sequence[str]:
    """Parties have lost `long_name` and `code`, which nothing printed; acts are told apart more finely."""
    parties = value.get("parties")
    for party in parties.values() if isinstance(parties, dict) else ():
        if isinstance(party, dict):
            party.pop("long_name", None)
            party.pop("code", None)
    statements = value.get("statements")
    listed = [each for each in statements if isinstance(each, dict)] if isinstance(statements, list) else []
    coarse = [str(each.get("id")) for each in listed if each.get("act") in ("announced", "requested", "agreed")]
    finer = {"hoped", "invited", "instructed", "planned", "aimed"}
    if not coarse or finer & {str(each.get("act")) for each in listed}:
        return ()
    acts = ", ".join(sorted(finer))
    return (f"there are finer acts now ({acts}): look again at {', '.join(coarse)}",)


def _records_to_2(value: Values, quoter: "Quoter") -> Sequence[str]:
    """Figures carry the words that they were read from."""
    missing: list[str] = []
    lines = value.get("lines")
    for line in lines if isinstance(lines, list) else ():
        figures = line.get("figures") if isinstance(line, dict) else None
        if isinstance(figures, dict):
            plain = {name: figure for name, figure in figures.items() if isinstance(figure, str)}
            figures |= (quoted := {name: quoter.quote(value, line, figure) for name, figure in plain.items()})
            missing += (f"L{line.get('line')}#{name}" for name, figure in quoted.items() if not figure["as"])
    return (f"no words were found for: {', '.join(missing)}",) if missing else ()


Step = tuple[Callable[[Values], Sequence[str]], Callable[[Values, "Quoter"], Sequence[str]]]
"""What changes in facts, and in records: both change the values they are given, and say what a person must look at."""
STEPS: Mapping[int, Step] = {2: (_facts_to_2, _records_to_2)}
"""By the number of the format that a step leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoter:
    """The originals by their hash, the words of their languages, and the facts in which names are looked up."""

    originals: Mapping[str, Original]
    reading: Mapping[str, ReadingWords]
    facts: Sequence[FactFile]

    def quote(self, record: Mapping[str, Any], line: Mapping[str, Any], figure: str) -> dict[str, str]:
        """Return a figure of a record's line with its words; these are empty where none can be found."""
        original, number = self.originals.get(str(record.get("sha256"))), str(line.get("line"))
        lines = original.lines if original else ()
        text = lines[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(lines) else ""
        text = text if line_hash(text) == line.get("sha256") else ""  # of a missing original, or one with another line
        try:
            value = parse_quantity(figure)
        except ValueError:
            return {"value": figure, "as": ""}
        language = str(record.get("language"))
        found = self._named(text, value, language) if isinstance(value, Name) else self._given(text, value, language)
        which = {"which": str(found.which)} if found and found.which else {}
        return {"value": figure, "as": found.words if found else "", **which}

    def _given(self, text: str, value: Quantity, language: str) -> Quoted | None:
        """Return the fewest words that give a value."""
        words = source_words(language, self.reading.get(language))
        for start, end in _runs([match.span() for match in _WORD.finditer(text)]) if words else ():
            quoted = as_quoted(text, start, end, value)
            faults = (*value_faults(quoted, words), *line_faults(text, quoted, words)) if words else ()
            if not faults:
                return quoted
        return None

    def _named(self, text: str, name: Name, language: str) -> Quoted | None:
        """Return the most words in a row that are all part of a name, and no more."""
        for names in (names_like(file, name.id, language) for file in self.facts):
            found = [
                as_quoted(text, start, end, name)
                for start, end, words in _phrases(text)
                if all(name_score(word, names.parts.get(name.id, frozenset())) for word in words)
            ]
            fitting = [each for each in found if not [*name_faults(each, name, names)]]
            if fitting:
                return max(fitting, key=lambda each: len(_NAME.findall(each.words)))
        return None


def _phrases(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield every run of words with only a space or hyphen between them, and these words."""
    for phrase in _PHRASE.finditer(text):
        for start, end in _runs([match.span() for match in _NAME.finditer(text, *phrase.span())]):
            yield start, end, _NAME.findall(text, start, end)


def _runs(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield every run of words, the shortest first, from left to right."""
    for length in range(1, MOST_WORDS + 1):
        for first in range(len(spans) - length + 1):
            yield spans[first][0], spans[first + length - 1][1]
