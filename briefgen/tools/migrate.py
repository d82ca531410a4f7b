"""Brings facts and records of an older format up to date, one step for each format; `STEPS` is the whole list."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefgen.model.facts import FORMAT
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.atomic import replace_file
from briefgen.read.facts import format_of
from briefgen.read.paths import BACKUP, facts_files, files_of, yaml_files
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile, read_yaml
from briefgen.render.reading import read_file
from briefgen.tools.migrate_quotations import Quoter, quoter_of
from briefgen.tools.yaml_edit import EditError, edit

_NOTES = "files.json"
"""In the backup: the hash of what took the place of each file."""
Values = dict[str, Any]
"""What a file holds, as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changes from one format to the next, in facts and in records; each changes the values that it is given."""

    facts: Callable[[Values], Sequence[str]]
    """Returns what a person has to look at."""
    records: Callable[[Values, Quoter], Sequence[str]]


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
    """Return every file of an older format with its new text; FindingsError if one cannot be changed."""
    facts = [_migrated(workspace, path, _change_facts) for path in _facts_paths(workspace)]
    quoter = quoter_of(workspace, originals, [each.new for each in facts])
    records = [
        _migrated(workspace, path, lambda step, value: step.records(value, quoter))
        for path in yaml_files(workspace.seeds)
    ]
    return tuple(each for each in (*facts, *records) if each.new != each.old)


def _facts_paths(workspace: Workspace) -> Iterator[Path]:
    for path in facts_files(workspace.root):
        yield from files_of(path)


def _change_facts(step: Step, value: Values) -> Sequence[str]:
    return step.facts(value)


def _migrated(workspace: Workspace, path: Path, change: Callable[[Step, Values], Sequence[str]]) -> Migrated:
    """Return a file with every step after its own format; unreadable files and those of today stay as they are."""
    shown = workspace.shown(path)
    file = read_yaml(path, shown, workspace.root)
    old = "" if file.findings else read_file(path, workspace.root).decode()
    number = format_of(file)
    if not isinstance(file.value, dict) or file.findings or number is None or number >= FORMAT:
        return Migrated(path=path, shown=shown, old=old, new=old)
    value: Values = deepcopy(file.value)
    notes = [note for each in range(number, FORMAT) for note in change(STEPS[each + 1], value)]
    numbered = _numbered(old, file)
    wanted = {"format": str(FORMAT), **{key: each for key, each in value.items() if key != "format"}}
    findings = tuple(Finding(Location(shown), "F007", note, severity=Severity.NOTE) for note in notes)
    return Migrated(path=path, shown=shown, old=old, new=_edited(numbered, wanted, shown), notes=findings)


def _numbered(text: str, file: YamlFile) -> str:
    """Return the text with the number of its format before the first key, below the comments at the top."""
    first = file.keys.get((next(iter(file.value)),)) if isinstance(file.value, dict) else None
    if first is None or first.column != 1 or ("format",) in file.keys:
        return text
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines.insert(first.line - 1, f"format: {FORMAT}{ending}")
    return "".join(lines)


def _edited(text: str, wanted: Values, shown: str) -> str:
    try:
        return edit(text, wanted)
    except EditError as error:
        message = f"the file cannot be brought to format {FORMAT}: it is written in a form that only a person can edit"
        hint = "write each value here on one line and without a comment, then try again; nothing has been changed"
        raise FindingsError.of(Location(shown, error.line), "F006", message, hint) from None


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
    notes: Mapping[str, str] = json.loads(read_file(folder / _NOTES, workspace.root))
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


def _records_to_2(value: Values, quoter: Quoter) -> Sequence[str]:
    """Figures carry the words that they were read from."""
    missing: list[str] = []
    lines = value.get("lines")
    for line in lines if isinstance(lines, list) else ():
        figures = line.get("figures") if isinstance(line, dict) else None
        if isinstance(figures, dict):
            plain = {name: figure for name, figure in figures.items() if isinstance(figure, str)}
            quoted = {name: quoter.quote(value, line, figure) for name, figure in plain.items()}
            figures |= quoted
            missing += (f"L{line.get('line')}#{name}" for name, figure in quoted.items() if not figure["as"])
    return (f"no words were found for: {', '.join(missing)}",) if missing else ()


STEPS: Mapping[int, Step] = {2: Step(facts=_facts_to_2, records=_records_to_2)}
"""By the number of the format that a step leads to."""
