"""Records who clears an edition, or takes a clearance back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.atomic import replace_file
from briefgen.publish.clearance import Deed, Entry, current_clearance, read_entries
from briefgen.publish.editions import Edition, current_pin, latest
from briefgen.publish.lock import locked
from briefgen.read.facts import read_facts
from briefgen.read.paths import clearance_record
from briefgen.read.workspace import Workspace
from briefgen.tools.editions import find_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded, and what follows for the pages that readers see."""

    sentence: str
    is_newest: bool
    """Whether the newest edition says the same, so that it changes its wording."""
    pinned: bool
    """Whether a rollback holds, so that its pages stay as they are."""
    partnership: str


def record_clearance(
    workspace: Workspace, facts: Path, edition: str, by: str, today: date, out: Path, *, withdraw: bool
) -> Recorded:
    """Write down that `by` clears an edition (by number; empty: the newest), or withdraws its clearance.

    FindingsError where there is no such edition, or where it is not as it was published.
    """
    book, findings = read_facts(workspace, facts)
    if book is None:
        raise FindingsError(findings)
    with locked(out / book.file.partnership.id) as outdir:
        found = _whole_edition(outdir, edition)
        sentence = _record(workspace, facts, found, by, today, withdraw=withdraw)
        newest = latest(outdir)
        return Recorded(
            sentence=sentence,
            is_newest=newest is not None and newest.manifest.facts_sha256 == found.manifest.facts_sha256,
            pinned=current_pin(outdir) is not None,
            partnership=outdir.name,
        )


def _whole_edition(outdir: Path, name: str) -> Edition:
    edition = find_edition(outdir, name) if name else latest(outdir)
    if edition is None:
        message = "there is no edition to clear"
        hint = "`briefgen build` makes one; its number is told there and stands in its folder's name"
        raise FindingsError([Finding(Location(str(outdir)), "W009", message, hint=hint)])
    if edition.damaged:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        hint = "clear one that can be read as it was published; `briefgen build` makes it anew"
        raise FindingsError([Finding(Location(str(edition.folder)), "P506", message, hint=hint)])
    return edition


def _record(workspace: Workspace, facts: Path, edition: Edition, by: str, on: date, *, withdraw: bool) -> str:
    """Add a line to the record, unless it says so already; what happened, in a sentence."""
    sha256, name = edition.manifest.facts_sha256, edition.manifest.name
    entries = read_entries(workspace, facts)
    cleared = current_clearance(entries, sha256)
    if withdraw and cleared is None:
        return f"edition {name} is not cleared, so there is nothing to withdraw."
    if not withdraw and cleared and cleared.by == by:
        return f"edition {name} was cleared by {by} on {cleared.on} already."
    deed = Deed.WITHDRAWN if withdraw else Deed.CLEARED
    entry = Entry(deed=deed, by=by, on=on, edition=name, facts_sha256=sha256)
    record = clearance_record(facts)
    replace_file(record, "".join(f"{each}\n" for each in (*entries, entry)).encode())
    done = f"clearance of edition {name} withdrawn" if withdraw else f"edition {name} cleared"
    return f"{done} by {by}; recorded in {workspace.shown(record)}."
