"""What changed since the editions before this one, as they themselves said it."""

from collections.abc import Mapping
from pathlib import Path

from briefgen.changes.compare import Changes, compare
from briefgen.changes.patch import Sheet, apply, make_sheet
from briefgen.changes.snapshot import Facts, FactSnapshot, from_data, take_snapshot
from briefgen.model.briefing import Briefing
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.editions import Edition, editions, previous_visible
from briefgen.render import change_sheet
from briefgen.render import json as to_json


def changes_since(outdir: Path, number: int | None, briefing: Briefing) -> Changes | None:
    """What changed since the edition before `number`, and what that one corrected; None without one to compare with."""
    earlier = previous_visible(outdir, number) if number else None
    if earlier is None or earlier.manifest.edition is None:
        return None
    since = earlier.manifest.edition
    still_earlier = previous_visible(outdir, since)
    return compare(
        snapshot_of(earlier),
        take_snapshot(briefing),
        since=since,
        day=earlier.manifest.public_date,
        earlier=snapshot_of(still_earlier) if still_earlier else None,
    )


def sheet_since(earlier: Edition | None, number: int, briefing: Briefing) -> Sheet:
    """What makes the facts of this edition of those of an earlier one; the first one's sheet changes nothing."""
    now = to_json.facts_of(briefing)
    if earlier is None:
        return make_sheet(number, None, now, now)
    return make_sheet(number, earlier.manifest.edition, facts_in(earlier), now)


def replayed(outdir: Path) -> Mapping[int, Facts]:
    """What each edition says of the facts, by its number: the first as it stands, every other by its change sheet.

    FindingsError where a sheet is damaged, or does not lead from the edition it names to its own.
    """
    made: dict[int, Facts] = {}
    for edition in editions(outdir):
        try:
            sheet = change_sheet.read((edition.folder / change_sheet.FILE).read_text(encoding="utf-8"))
            start = made.get(sheet.since) if sheet.since else None
            made[edition.order[0]] = facts_in(edition) if start is None else apply(start, sheet)
        except (OSError, ValueError, KeyError, TypeError):
            raise _damaged(edition) from None
    return made


def snapshot_of(edition: Edition) -> Mapping[str, FactSnapshot]:
    """What an edition said of each fact; FindingsError where its file is damaged."""
    try:
        return {id: from_data(fact) for id, fact in facts_in(edition).items()}
    except ValueError:
        raise _damaged(edition) from None


def facts_in(edition: Edition) -> Facts:
    """The same as plain data."""
    try:
        return to_json.read_facts((edition.folder / to_json.FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(edition) from None


def _damaged(edition: Edition) -> FindingsError:
    message = f"edition {edition.manifest.name} is damaged and cannot be compared with"
    hint = "put its files back from a backup, or take the folder away"
    return FindingsError([Finding(Location(str(edition.folder)), "P506", message, hint=hint)])
