"""The editions in out/: find one, lead readers back or forward, clear one, remove old ones, compare them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.changes import Change, Changes, Snapshot, differences, take_snapshot
from briefgen.files import replace_file, seen_from
from briefgen.localise.changes import change_row
from briefgen.localise.context import Context
from briefgen.model.edition import ClearanceEntry, Deed, current_clearance
from briefgen.model.findings import Finding, FindingsError, did_you_mean, errors
from briefgen.model.views import ChangeRow
from briefgen.publish import EDITIONS, Edition, RollbackPin, current_pin, editions, latest, previous_visible
from briefgen.publish.decide import snapshot_of
from briefgen.publish.write import locked, prune, roll_back
from briefgen.read import clearance_record, facts_files, read_fingerprint
from briefgen.read.facts import assess_on, read_and_check_facts, read_book
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace, read_clearances

_NAME = re.compile(r"(\d+)(?:r(\d+))?")
"""7, or 7r2 for its second revision, as they are listed."""


def find_outdirs(out: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the folders of these partnerships, or of all that have editions; FindingsError if there is none.

    OSError where a folder may not be looked into, so that nobody knows whether there is one.
    """
    found = {path.parent.name: path.parent for path in sorted(out.glob(f"*/{EDITIONS}"))}
    if not found:
        look_into(out)
        raise no_edition(out, "there is no edition here", "make one with: briefgen build")
    for name in names:
        if name not in found:
            raise no_edition(out, f"there is no edition of '{name}'", did_you_mean(name, found))
    chosen = tuple(found[name] for name in names or found)
    for outdir in chosen:
        next((outdir / EDITIONS).iterdir(), None)
    return chosen


def look_into(out: Path) -> None:
    """Raise FindingsError where a file stands in place of the folder of editions, OSError where it cannot be read."""
    if out.exists() and not out.is_dir():
        hint = "rename the file, or take it away; then build again"
        raise no_edition(out, "this is a file, where the folder of the editions belongs", hint)
    for folder in sorted(out.iterdir()) if out.exists() else ():
        if folder.is_dir():
            next(folder.iterdir(), None)


def find_outdir(out: Path, name: str, how: str = " with --partnership") -> Path:
    """Return the folder of one partnership; FindingsError if several have editions and none is named."""
    found = find_outdirs(out, (name,) if name else ())
    if len(found) > 1:
        hint = f"name one{how}: {', '.join(outdir.name for outdir in found)}"
        raise no_edition(out, "several partnerships have editions here", hint)
    return found[0]


def find_edition(outdir: Path, name: str) -> Edition:
    """Return the edition that the list calls so; FindingsError names the nearest one."""
    known, match = editions(outdir), _NAME.fullmatch(name)
    version = (int(match[1]), int(match[2] or 1)) if match else (0, 0)
    if found := next((each for each in known if each.version == version), None):
        return found
    names = [each.manifest.name for each in known]
    listed = ", ".join(names) if len(names) <= 12 else f"{names[0]} to {names[-1]}"
    if not names:
        hint = "there is none at all yet; make the first one with `briefgen build`"
    elif match:
        near = min(names, key=lambda each: abs(int(each.partition("r")[0]) - version[0]))
        hint = f"the nearest is {near}; there are: {listed}"
    else:
        hint = f"write it like 7, or 7r2, as the list does; there are: {listed}"
    raise no_edition(outdir, f"there is no edition '{name}'", hint)


def no_edition(path: Path, message: str, hint: str) -> FindingsError:
    """Return the finding that an edition, or a part of one, is not there."""
    return FindingsError.of(seen_from(Path.cwd(), path), "W009", message, hint)


def roll_back_to(
    root: Path, outdir: Path, name: str, today: date, on_note: Callable[[Finding], None]
) -> tuple[Edition, RollbackPin | None, tuple[Edition, ...]]:
    """Lead readers back to an edition; return it, the pin that holds it, and the editions after it."""
    with locked(outdir, on_note):
        edition = find_edition(outdir, name)
        found = {facts.name: facts for facts in facts_files(root)}
        newest = latest(outdir) or next(reversed(editions(outdir)), None)
        named = found.get(newest.manifest.facts_file) if newest else None
        facts = named or (next(iter(found.values())) if len(found) == 1 else None)
        inputs = read_fingerprint(root, facts).workspace if facts else ""  # what its editions are made from
        pin = roll_back(outdir, edition, today=today, workspace=inputs)
        return edition, pin, tuple(each for each in editions(outdir) if each.version > edition.version)


def release(outdir: Path, today: date, on_note: Callable[[Finding], None]) -> Edition:
    """End a rollback; return the newest whole edition of today or before, or raise FindingsError if there is none."""
    with locked(outdir, on_note):
        whole = [each for each in editions(outdir) if each.manifest.as_of <= today and each.whole]
        if not whole:
            raise no_edition(outdir, "there is no undamaged edition of today or before", "briefgen build makes one")
        roll_back(outdir, whole[-1], today=today, workspace="")
        return whole[-1]


def prune_locked(outdir: Path, keep: int) -> list[str]:
    """Remove superfluous editions and return sentences about it; none if there is nothing to remove."""
    notes: list[str] = []
    with locked(outdir, lambda note: notes.append(note.message)):
        prune(outdir, keep, lambda note: notes.append(note.message))
    return notes


def record_clearance(
    workspace: Workspace, facts: Path, edition: str, by: str, today: date, out: Path, *, withdraw: bool
) -> tuple[list[str], bool]:
    """Record that `by` clears an edition (by number; empty: the newest), or withdraws its clearance.

    Return what happened, in sentences, and whether the newest edition has other words now. FindingsError if there is no
    such edition, or if it is not as it was published.
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
        told = [_record(workspace, facts, found, by, today, withdraw=withdraw)]
        if newest is None or newest.manifest.facts_sha256 != found.manifest.facts_sha256:
            return [*told, "the newest edition says something else, so it stays as it is."], False
        if current_pin(outdir) is None:
            return told, True
        held = "a rollback holds, so its pages stay as they are; to end it: briefgen editions release"
        return [*told, f"{held} {outdir.name}"], False


def _record(workspace: Workspace, facts: Path, edition: Edition, by: str, on: date, *, withdraw: bool) -> str:
    """Add a line to the record, unless it is there already; return what happened, in a sentence."""
    sha256, name = edition.manifest.facts_sha256, edition.manifest.name
    entries, record = read_clearances(workspace, facts), clearance_record(facts)
    cleared = current_clearance(entries, sha256)
    if withdraw and cleared is None:
        return f"edition {name} is not cleared, so there is nothing to withdraw."
    if not withdraw and cleared and cleared.by == by:
        return f"edition {name} was already cleared by {by} on {cleared.on}."
    deed = Deed.WITHDRAWN if withdraw else Deed.CLEARED
    entry = ClearanceEntry(deed=deed, by=by, on=on, edition=name, facts_sha256=sha256)
    replace_file(record, "".join(f"{each}\n" for each in (*entries, entry)).encode(), workspace.root)
    done = f"clearance of edition {name} withdrawn" if withdraw else f"edition {name} cleared"
    return f"{done} by {by}; recorded in {workspace.shown(record)}."


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
    def sort_key(self) -> tuple[date, tuple[int, ...]]:
        """The earlier one comes first; of one day, by number and revision, then what is no edition."""
        return self.day, tuple(map(int, (self.edition or "1000000").split("r")))


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionComparison:
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
            "changes": [each.to_data() for each in self.changes],
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
) -> EditionComparison:
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
        if not (newest := latest(outdir)):
            look_into(out)
            hint = "make the first one with `briefgen build`; two days can be compared without any edition"
            raise FindingsError.of(str(outdir), "W009", "there is no edition to compare with", hint)
        previous = None if found else previous_visible(outdir, newest.version[0])
        if not found and not previous:
            message = f"edition {newest.manifest.name} is the first, so there is none before it to compare with"
            hint = "compare it with the facts as they are now: briefgen diff --next"
            raise FindingsError.of(str(outdir), "W009", message, hint)
        found = [*found, *([_edition(previous)] if previous else []), _edition(newest)]
    older, newer = sorted(found, key=lambda side: side.sort_key)
    changes = differences(older.snapshot, newer.snapshot)
    context = Context(
        briefing=assess_on(workspace, book, today), language=read_languages(workspace, [language], facts)[language]
    )
    rows = tuple(change_row(context, change) for change in changes)
    return EditionComparison(partnership=outdir.name, older=older, newer=newer, changes=changes, rows=rows)


def before_and_now(row: ChangeRow) -> tuple[str, str]:
    """Return the values and statuses of a fact before a change and after it; empty where there is none."""
    old, new = ((*row.old, *(badge.label for badge in row.was)), (*row.new, *(badge.label for badge in row.now)))
    return " · ".join(map(str, old)), " · ".join(map(str, new))


def _day(workspace: Workspace, facts: Path, day: date, name: str) -> Side:
    """Return what could be known on a day, as a reconstruction of it or the next edition would have it."""
    book, findings = read_and_check_facts(workspace, facts)
    if book is None or errors(findings):
        raise FindingsError(errors(findings))
    return Side(name=name, day=day, snapshot=take_snapshot(assess_on(workspace, book, day)))


def _edition(edition: Edition) -> Side:
    manifest = edition.manifest
    name = f"edition {manifest.name} ({manifest.as_of})"
    return Side(name=name, edition=manifest.name, day=manifest.as_of, snapshot=snapshot_of(edition))
