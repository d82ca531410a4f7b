"""Changes since earlier editions, and the files made from them: the change sheet, and a calendar in each language."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefgen.changes.compare import Changes, Snapshot, compare
from briefgen.changes.snapshot import Facts, Sheet, from_data, make_sheet, take_snapshot
from briefgen.localise.calendar import agenda
from briefgen.localise.language import Language
from briefgen.localise.records import contexts_of
from briefgen.localise.register import table
from briefgen.model.briefing import Briefing
from briefgen.model.document import Document
from briefgen.model.edition import Told
from briefgen.model.findings import FindingsError
from briefgen.publish.editions import EDITIONS, Edition, previous_number, previous_visible
from briefgen.render import json as to_json
from briefgen.render.reading import read_file, text_if_readable


def changes_since(outdir: Path, number: int | None, briefing: Briefing) -> Changes | None:
    """Return what changed since the edition before `number`, and what that one corrected; None where there is none."""
    earlier = previous_visible(outdir, number) if number else None
    if earlier is None or earlier.manifest.edition is None:
        return None
    still_earlier = previous_visible(outdir, earlier.manifest.edition)
    return compare(
        snapshot_of(earlier),
        take_snapshot(briefing),
        since=earlier.manifest.edition,
        day=earlier.manifest.public_date,
        earlier=snapshot_of(still_earlier) if still_earlier else None,
    )


def supplements(
    outdir: Path,
    number: int | None,
    briefing: Briefing,
    changes: Changes | None,
    languages: Iterable[Language],
    notices: Mapping[str, tuple[str, ...]],
) -> Iterator[Document]:
    """Yield the change sheet, the statements as tables and the calendars of an edition.

    `notices` has what calendars say first, by language.
    """
    if number is None:  # a reconstruction's calendar would cancel the events of today
        return
    from briefgen.render import supplements as to_file  # its libraries are slow to load

    contexts = contexts_of(briefing, languages).values()
    tables = [table(context) for context in contexts]
    yield to_file.render_xlsx(tables, briefing.day)
    yield from map(to_file.render_csv, tables)
    yield to_json.render_changes(_sheet_since(previous_visible(outdir, number), number, briefing), changes)
    last = previous_number(outdir, number)  # a calendar that was imported is not undone by a rollback
    changed = _sheet_since(last, number, briefing).patch
    for context in contexts:
        language = context.language
        previous = last.folder / to_file.ics_name(language.code) if last else None
        imported = text_if_readable(previous, previous.parent) if previous else ""
        if calendar := to_file.render_ics(agenda(context, notices.get(language.code, ())), imported, changed):
            yield calendar


MOST_EARLIER = 5
"""How many earlier editions an index names."""


def told_before(outdir: Path, number: int | None) -> Iterator[Told]:
    """Yield the editions before `number`, the newest first, with the kinds of their changes."""
    for _ in range(MOST_EARLIER):
        earlier = previous_visible(outdir, number) if number else None
        if earlier is None:
            return
        number = earlier.manifest.edition
        text = text_if_readable(earlier.folder / to_json.CHANGES_FILE, earlier.folder)
        folder = f"{EDITIONS}/{earlier.folder.name}"
        yield Told(info=earlier.manifest, kinds=to_json.kinds_in(text), folder=folder)


def _sheet_since(earlier: Edition | None, number: int, briefing: Briefing) -> Sheet:
    """Return the sheet with the changes since an earlier edition; that of a first edition has none."""
    now = to_json.facts_of(briefing)
    since, before = (earlier.manifest.edition, facts_in(earlier)) if earlier else (None, now)
    return make_sheet(number, since, before, now)


def snapshot_of(edition: Edition) -> Snapshot:
    """Return the facts of an edition as snapshots to compare; FindingsError where its file is damaged."""
    try:
        return {id: from_data(fact) for id, fact in facts_in(edition).items()}
    except ValueError:
        raise _damaged(edition) from None


def facts_in(edition: Edition) -> Facts:
    """Return the facts of an edition as plain data; FindingsError where its file is damaged."""
    try:
        return to_json.read_facts(read_file(edition.folder / to_json.FILE, edition.folder).decode())
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(edition) from None


def _damaged(edition: Edition) -> FindingsError:
    message = f"edition {edition.manifest.name} is damaged and cannot be compared with"
    hint = "put its files back from a backup, or take the folder away"
    return FindingsError.of(str(edition.folder), "P506", message, hint)
