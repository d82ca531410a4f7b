"""The sample desk, and small edits of its facts together with the record they rest on."""

from datetime import date
from pathlib import Path

from conftest import changed

from briefgen.assess import assess
from briefgen.changes import Changes, Snapshot, compare
from briefgen.model.briefing import Briefing
from briefgen.read.facts import read_and_check_facts
from briefgen.read.workspace import find_workspace

DAY, YESTERDAY = date(2026, 4, 1), date(2026, 3, 31)
FACTS, RECORD = "facts/sample.yaml", "seeds/sample-talks-2026.yaml"


def briefing(workspace: Path, day: date = DAY) -> Briefing:
    """What holds on a day; the facts must be faultless."""
    found = find_workspace(workspace)
    book, findings = read_and_check_facts(found, next(found.facts.glob("*.yaml")))
    assert book is not None
    assert findings == ()
    return assess(book, day)


def both(workspace: Path, old: str, new: str) -> None:
    """The same change in the facts and in the record."""
    for file in (FACTS, RECORD):
        changed(workspace / file, old, new)


def report(workspace: Path, outcome: str, of: str = "ferry") -> None:
    """A line of the source tells what became of the ask for the ferry."""
    changed(workspace / RECORD, "  - line: 4\n", f"  - line: 4\n    reports: {{{of}: {outcome}}}\n")
    cites = '["sample-talks-2026:L4"]'
    changed(
        workspace / FACTS,
        "    act: requested\n",
        f"    act: requested\n    outcome: {{status: {outcome}, cites: {cites}}}\n",
    )


def compared(before: Snapshot, now: Snapshot, earlier: Snapshot | None = None) -> Changes:
    """With edition 1, of yesterday."""
    return compare(before, now, since=1, day=YESTERDAY, earlier=earlier)
