"""Records who clears an edition, or withdraws a clearance."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.model.findings import FindingsError
from briefgen.publish.atomic import replace_file
from briefgen.publish.clearance import Deed, Entry, current_clearance, read_entries
from briefgen.publish.editions import Edition, current_pin, latest
from briefgen.publish.write import locked
from briefgen.read.facts import read_book
from briefgen.read.paths import clearance_record
from briefgen.read.workspace import Workspace
from briefgen.tools.editions import find_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded, and what follows for the pages that readers see."""

    sentence: str
    is_newest: bool
    """Whether the newest edition says the same, so that its wording changes."""
    pinned: bool
    """Whether a rollback holds, so that its pages stay as they are."""
    partnership: str


def record_clearance(
    workspace: Workspace, facts: Path, edition: str, by: str, today: date, out: Path, *, withdraw: bool
) -> Recorded:
    """Record that `by` clears an edition (by number; empty: the newest), or withdraws its clearance.

    FindingsError if there is no such edition, or if it is not as it was published.
    """
    with locked(out / read_book(workspace, facts).file.partnership.id) as outdir:
        newest = latest(outdir)
        found = find_edition(outdir, edition) if edition else newest
        if found is None:
            hint = "`briefgen build` makes one; it shows its number, which is also in the name of its folder"
            raise FindingsError.of(str(outdir), "W009", "there is no edition to clear", hint)
        if found.damaged:
            message = f"edition {found.manifest.name} is damaged: {', '.join(found.damaged)}"
            hint = "clear one that is as it was published; `briefgen build` makes this one again"
            raise FindingsError.of(str(found.folder), "P506", message, hint)
        return Recorded(
            sentence=_record(workspace, facts, found, by, today, withdraw=withdraw),
            is_newest=newest is not None and newest.manifest.facts_sha256 == found.manifest.facts_sha256,
            pinned=current_pin(outdir) is not None,
            partnership=outdir.name,
        )


def _record(workspace: Workspace, facts: Path, edition: Edition, by: str, on: date, *, withdraw: bool) -> str:
    """Add a line to the record, unless it is there already; return what happened, in a sentence."""
    sha256, name = edition.manifest.facts_sha256, edition.manifest.name
    entries = read_entries(workspace, facts)
    cleared = current_clearance(entries, sha256)
    if withdraw and cleared is None:
        return f"edition {name} is not cleared, so there is nothing to withdraw."
    if not withdraw and cleared and cleared.by == by:
        return f"edition {name} was already cleared by {by} on {cleared.on}."
    deed = Deed.WITHDRAWN if withdraw else Deed.CLEARED
    entry = Entry(deed=deed, by=by, on=on, edition=name, facts_sha256=sha256)
    record = clearance_record(facts)
    replace_file(record, "".join(f"{each}\n" for each in (*entries, entry)).encode())
    done = f"clearance of edition {name} withdrawn" if withdraw else f"edition {name} cleared"
    return f"{done} by {by}; recorded in {workspace.shown(record)}."
