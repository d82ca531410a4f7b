"""Who cleared which edition: a line of JSON for each deed, beside the facts, and nothing is ever taken out.

The file `facts/clearances/PARTNERSHIP.jsonl` belongs under version control with the facts. A clearance is bound to the
hash of all that the edition says; with any other hash nothing is cleared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from briefgen.model.edition import Cleared
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.typed_json import read_json, write_json
from briefgen.read.paths import clearance_record
from briefgen.read.workspace import Workspace


class Deed(StrEnum):
    """What was done; the last deed for a hash holds."""

    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the record."""

    deed: Deed
    by: str
    on: date
    edition: str
    """As people call it: 7, or 7r2. What counts is the hash."""
    facts_sha256: str

    def __str__(self) -> str:
        """Its line, without the end of the line."""
        return write_json(self, indent=0)


def read_entries(workspace: Workspace, facts: Path) -> tuple[Entry, ...]:
    """Every deed, oldest first; FindingsError names the line that cannot be read."""
    path = clearance_record(facts)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise FindingsError([_unreadable(Location(workspace.shown(path)), str(error))]) from None
    entries = []
    for number, line in enumerate(lines, 1):
        try:
            entries.append(read_json(Entry, line))
        except ValueError as error:
            raise FindingsError([_unreadable(Location(workspace.shown(path), number), str(error))]) from None
    return tuple(entries)


def standing(entries: Iterable[Entry], facts_sha256: str) -> Cleared | None:
    """The clearance that holds for what an edition says; None where none was given, or where it was withdrawn."""
    deeds = [entry for entry in entries if entry.facts_sha256 == facts_sha256]
    if not deeds or deeds[-1].deed is Deed.WITHDRAWN:
        return None
    return Cleared(by=deeds[-1].by, on=deeds[-1].on)


def _unreadable(location: Location, why: str) -> Finding:
    hint = "put the line back as version control has it; nothing is cleared by a line that cannot be read"
    return Finding(location, "W008", f"the record of clearances cannot be read here: {why}", hint=hint)
