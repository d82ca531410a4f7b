"""The record of who cleared which edition: `facts/clearances/PARTNERSHIP.jsonl`, to which lines are only added.

It belongs under version control with the facts. A clearance is bound to the hash of an edition's facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from briefgen.check.files import unfinished_merges
from briefgen.model.edition import Cleared
from briefgen.model.findings import FindingsError, Location
from briefgen.model.typed_json import read_json, write_json
from briefgen.read.paths import clearance_record
from briefgen.read.workspace import Workspace
from briefgen.render.reading import UnreadableFileError, read_file


class Deed(StrEnum):
    """What was done; the last deed for a hash counts."""

    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the record; the names are those of its keys."""

    deed: Deed
    by: str
    on: date
    edition: str
    """Its name: 7, or 7r2. What counts is the hash."""
    facts_sha256: str

    def __str__(self) -> str:
        """Return the line, without its end."""
        return write_json(self, indent=0)


def read_entries(workspace: Workspace, facts: Path) -> tuple[Entry, ...]:
    """Return every entry, oldest first; FindingsError names the line that cannot be read (W008)."""
    path = clearance_record(facts)
    entries, lines = list[Entry](), list[str]()
    try:
        text = read_file(path, workspace.root).decode("utf-8-sig")
        if merges := tuple(unfinished_merges(text, workspace.shown(path))):
            raise FindingsError(merges)
        lines = text.splitlines()
        for line in lines:
            entries.append(read_json(Entry, line))
    except FileNotFoundError:
        return ()
    except UnreadableFileError as error:
        raise FindingsError.of(workspace.shown(path), "Y001", f"cannot be read: {error.strerror}") from None
    except (OSError, ValueError) as error:
        why = "it is no UTF-8 text" if isinstance(error, UnicodeDecodeError) else error
        message = f"the record of clearances cannot be read here: {why}"
        hint = "put the line back as version control has it; nothing is cleared by a line that cannot be read"
        location = Location(workspace.shown(path), len(entries) + 1 if lines else 0)
        raise FindingsError.of(location, "W008", message, hint) from None
    return tuple(entries)


def current_clearance(entries: Iterable[Entry], facts_sha256: str) -> Cleared | None:
    """Return the clearance of the facts with this hash; None if none was given, or it was withdrawn."""
    deeds = [entry for entry in entries if entry.facts_sha256 == facts_sha256]
    if not deeds or deeds[-1].deed is Deed.WITHDRAWN:
        return None
    return Cleared(by=deeds[-1].by, on=deeds[-1].on)
