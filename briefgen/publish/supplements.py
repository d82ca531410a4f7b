"""What an edition encloses besides its documents: the change sheet, and a calendar in each language."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from briefgen.changes.compare import Changes
from briefgen.localise.calendar import agenda
from briefgen.localise.context import Context
from briefgen.localise.language import Language
from briefgen.model.briefing import Briefing
from briefgen.model.page import Document
from briefgen.publish.editions import Edition, previous_number, previous_visible
from briefgen.publish.history import sheet_since
from briefgen.render import change_sheet
from briefgen.render import ics as to_ics


def supplements(
    outdir: Path, number: int | None, briefing: Briefing, changes: Changes | None, languages: Iterable[Language]
) -> Iterator[Document]:
    """The change sheet and the calendars; none for what is no edition: an old day's calendar would call off today's."""
    if number is None:
        return
    yield change_sheet.render(sheet_since(previous_visible(outdir, number), number, briefing), changes)
    last = previous_number(outdir, number)  # a calendar that was imported knows no rollback
    changed = sheet_since(last, number, briefing).patch
    for language in languages:
        context = Context(briefing=briefing, language=language)
        previous = _text(last, to_ics.name(language.code)) if last else ""
        if calendar := to_ics.render(agenda(context), previous, changed):
            yield calendar


def _text(edition: Edition, name: str) -> str:
    """Of one of its files; empty where it has none of that name."""
    path = edition.folder / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
