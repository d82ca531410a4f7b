"""What changed between two editions, or two days, or since the newest edition."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.assess.briefing import assess
from briefgen.changes.compare import Change, Changes, Snapshot, differences
from briefgen.changes.snapshot import take_snapshot
from briefgen.localise.changes import change_row
from briefgen.localise.context import Context
from briefgen.model.findings import FindingsError, errors
from briefgen.model.page import ChangeRow
from briefgen.publish.editions import Edition, latest, previous_visible
from briefgen.publish.history import snapshot_of
from briefgen.read.facts import read_and_check_facts, read_book
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace
from briefgen.render.json import change_rows
from briefgen.tools.editions import find_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared."""

    name: str
    """Such as "edition 3 (2026-11-21)"."""
    edition: str = ""
    """Its number: 3, or 3r2; empty for a day."""
    day: date
    snapshot: Snapshot

    @property
    def sort_key(self) -> tuple[date, int]:
        """The earlier one comes first; of one day, the edition with the smaller number, then what is no edition."""
        return self.day, int(self.edition.partition("r")[0] or 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two sides of one partnership."""

    partnership: str
    older: Side
    newer: Side
    changes: tuple[Change, ...]
    rows: tuple[ChangeRow, ...]
    """The changes in the words of a language."""

    @property
    def major(self) -> bool:
        """Whether readers need to know of it."""
        return Changes(since=0, day=self.older.day, rows=self.changes).major

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "partnership": self.partnership,
            "from": {"edition": self.older.edition or None, "as_of": str(self.older.day)},
            "to": {"edition": self.newer.edition or None, "as_of": str(self.newer.day)},
            "major": self.major,
            "changes": change_rows(self.changes),
        }


def compare(
    workspace: Workspace,
    facts: Path,
    out: Path,
    today: date,
    language: str,
    sides: tuple[str | date, ...] = (),
    *,
    with_next: bool = False,
) -> Comparison:
    """Compare editions (by number) and days of one partnership; FindingsError if there is nothing to compare.

    With one side: that and the newest edition. With none: the newest edition and the one before. `with_next` counts as
    a side: what the facts say today. Faults in the facts do not keep two editions from being compared.
    """
    book = read_book(workspace, facts)
    outdir = out / book.file.partnership.id
    found = [
        _day(workspace, facts, side, str(side)) if isinstance(side, date) else _edition(find_edition(outdir, side))
        for side in sides
    ]
    if with_next:
        found.append(_day(workspace, facts, today, f"the facts as of {today}"))
    if len(found) < 2:
        newest = _newest(outdir)
        found = [*(found or [_edition(_previous(outdir, newest))]), _edition(newest)]
    older, newer = sorted(found, key=lambda side: side.sort_key)
    changes = differences(older.snapshot, newer.snapshot)
    settings = workspace.settings
    context = Context(
        briefing=assess(book, today, settings.due_soon_days, settings.shelf_lives),
        language=read_languages(workspace, [language], facts)[language],
    )
    return Comparison(
        partnership=book.file.partnership.id,
        older=older,
        newer=newer,
        changes=changes,
        rows=tuple(change_row(context, change) for change in changes),
    )


def _day(workspace: Workspace, facts: Path, day: date, name: str) -> Side:
    """Return what could be known on a day, as a reconstruction of it or the next edition would have it."""
    book, findings = read_and_check_facts(workspace, facts)
    if book is None or errors(findings):
        raise FindingsError(errors(findings))
    settings = workspace.settings
    briefing = assess(book, day, settings.due_soon_days, settings.shelf_lives)
    return Side(name=name, day=day, snapshot=take_snapshot(briefing))


def _edition(edition: Edition) -> Side:
    manifest = edition.manifest
    name = f"edition {manifest.name} ({manifest.as_of})"
    return Side(name=name, edition=manifest.name, day=manifest.as_of, snapshot=snapshot_of(edition))


def _newest(outdir: Path) -> Edition:
    if edition := latest(outdir):
        return edition
    hint = "make the first one with `briefgen build`; two days can be compared without any edition"
    raise FindingsError.of(str(outdir), "W009", "there is no edition to compare with", hint)


def _previous(outdir: Path, newest: Edition) -> Edition:
    if edition := previous_visible(outdir, newest.version[0]):
        return edition
    message = f"edition {newest.manifest.name} is the first, so there is none before it to compare with"
    hint = "compare it with the facts as they are now: briefgen diff --next"
    raise FindingsError.of(str(outdir), "W009", message, hint)
