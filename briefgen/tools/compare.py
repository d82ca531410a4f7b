"""What changed between two editions, or two days, or since the newest edition."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.assess.briefing import assess
from briefgen.changes.compare import Change, Changes, Snapshot, differences
from briefgen.changes.snapshot import take_snapshot
from briefgen.localise.changes import change_row
from briefgen.localise.context import Context
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, FindingsError, Location, has_errors
from briefgen.model.page import ChangeRow
from briefgen.publish.editions import Edition, latest, previous_visible
from briefgen.publish.history import snapshot_of
from briefgen.read.checked import read_and_check_facts
from briefgen.read.facts import read_facts
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace
from briefgen.render.json import change_rows
from briefgen.tools.editions import EDITION_NAME, find_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared."""

    name: str
    """Such as "edition 3 (2026-11-21)"."""
    edition: str
    """Its number: 3, or 3r2; empty for a day."""
    day: date
    snapshot: Snapshot

    @property
    def sort_key(self) -> tuple[date, int]:
        """The earlier one comes first; of one day, the edition with the smaller number, then what is no edition."""
        number = re.match(r"\d+", self.edition)
        return self.day, int(number[0]) if number else 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two sides of one partnership."""

    partnership: str
    older: Side
    newer: Side
    changes: tuple[Change, ...]
    rows: tuple[ChangeRow, ...]
    """The same in the words of a language."""

    @property
    def major(self) -> bool:
        """Whether readers would have to be told."""
        return Changes(since=0, day=self.older.day, rows=self.changes).major

    def to_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "partnership": self.partnership,
            "from": {"edition": self.older.edition or None, "as_of": str(self.older.day)},
            "to": {"edition": self.newer.edition or None, "as_of": str(self.newer.day)},
            "major": self.major,
            "changes": change_rows(self.changes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparer:
    """One partnership's facts and editions, to be compared in the words of a language."""

    workspace: Workspace
    facts: Path
    out: Path
    today: date
    language: str

    def compare(self, sides: tuple[str | date, ...], *, with_next: bool) -> Comparison:
        """The changes between editions (by number) and days; FindingsError where there is nothing to compare.

        With one side: between it and the newest edition. With none: between the newest edition and the one before.
        `with_next` stands for a side: what the facts say today.
        """
        book = self._book()
        outdir = self.out / book.file.partnership.id
        found = [
            self._on_day(side, str(side)) if isinstance(side, date) else _of_edition(find_edition(outdir, side))
            for side in sides
        ]
        if with_next:
            found.append(self._on_day(self.today, f"the facts as of {self.today}"))
        if len(found) < 2:
            newest = _newest(outdir)
            found = (
                [*found, _of_edition(newest)] if found else [_of_edition(_before(outdir, newest)), _of_edition(newest)]
            )
        older, newer = sorted(found, key=lambda side: side.sort_key)
        changes = differences(older.snapshot, newer.snapshot)
        language = read_languages(self.workspace, [self.language], self.facts.parent / "locale")[self.language]
        settings = self.workspace.settings
        briefing = assess(book, self.today, settings.due_soon_days, settings.shelf_lives)
        context = Context(briefing=briefing, language=language)
        return Comparison(
            partnership=book.file.partnership.id,
            older=older,
            newer=newer,
            changes=changes,
            rows=tuple(change_row(context, change) for change in changes),
        )

    def _book(self) -> FactBook:
        """The facts, for their names; faults in them do not keep two editions from being compared."""
        book, findings = read_facts(self.workspace, self.facts)
        if book is None:
            raise FindingsError(finding for finding in findings if has_errors([finding]))
        return book

    def _on_day(self, day: date, name: str) -> Side:
        """What could be said on a day: the same as a reconstruction of it, or as the next edition."""
        book, findings = read_and_check_facts(self.workspace, self.facts)
        if book is None or has_errors(findings):
            raise FindingsError(finding for finding in findings if has_errors([finding]))
        settings = self.workspace.settings
        briefing = assess(book, day, settings.due_soon_days, settings.shelf_lives)
        return Side(name=name, edition="", day=day, snapshot=take_snapshot(briefing))


def parse_side(text: str) -> str | date:
    """An edition (7, or 7r2) or a day (2026-11-21) as it is typed; ValueError where it is neither."""
    if EDITION_NAME.fullmatch(text) and not re.fullmatch(r"\d{8}", text):
        return text
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(f"'{text}' is neither an edition, such as 7 or 7r2, nor a day, such as 2026-11-21")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is no day; write it like 2026-11-21") from None


def _of_edition(edition: Edition) -> Side:
    manifest = edition.manifest
    name = f"edition {manifest.name} ({manifest.as_of})"
    return Side(name=name, edition=manifest.name, day=manifest.as_of, snapshot=snapshot_of(edition))


def _newest(outdir: Path) -> Edition:
    """What readers see."""
    if edition := latest(outdir):
        return edition
    hint = "make the first one with `briefgen build`; two days can be compared without any edition"
    raise FindingsError([Finding(Location(str(outdir)), "W009", "there is no edition to compare with", hint=hint)])


def _before(outdir: Path, newest: Edition) -> Edition:
    """The one that its changes are counted from."""
    if edition := previous_visible(outdir, newest.version[0]):
        return edition
    message = f"edition {newest.manifest.name} is the first, so there is none before it to compare with"
    hint = "compare it with the facts as they stand now: briefgen diff --next"
    raise FindingsError([Finding(Location(str(outdir)), "W009", message, hint=hint)])
