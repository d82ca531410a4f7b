"""What an edition encloses besides its documents: the change sheet, and a calendar in each language."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from briefgen import to_ics, to_sheet
from briefgen.changes import Changes
from briefgen.editions import Edition, before, preceding
from briefgen.history import sheet_since
from briefgen.localise.agenda import agenda
from briefgen.localise.language import Language
from briefgen.localise.printer import Printer
from briefgen.model.briefing import Briefing
from briefgen.model.page import Document


def enclosures(
    home: Path, number: int | None, briefing: Briefing, changes: Changes | None, languages: Iterable[Language]
) -> Iterator[Document]:
    """The change sheet and the calendars; none for what is no edition: an old day's calendar would call off today's."""
    if number is None:
        return
    yield to_sheet.render(sheet_since(before(home, number), number, briefing), changes)
    last = preceding(home, number)  # a calendar that was imported knows no rollback
    changed = sheet_since(last, number, briefing).patch
    for language in languages:
        printer = Printer(briefing=briefing, language=language)
        previous = _text(last, to_ics.name(language.code)) if last else ""
        if calendar := to_ics.render(agenda(printer), previous, changed):
            yield calendar


def _text(edition: Edition, name: str) -> str:
    """Of one of its files; empty where it has none of that name."""
    path = edition.folder / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
