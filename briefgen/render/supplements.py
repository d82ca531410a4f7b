"""Files beside the documents: calendars (RFC 5545), what changed, statements as CSV (RFC 4180) and as a workbook."""

import csv
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from math import ceil

from icalendar import STATUS, Calendar, Event
from xlsxwriter import Workbook

from briefgen import __version__
from briefgen.changes import Changes, ChangeSheet
from briefgen.localise.records import Table, json_file
from briefgen.localise.summits import Agenda, CalendarEntry
from briefgen.model.document import RenderedFile
from briefgen.model.edition import CHANGES
from briefgen.render.word_tables import length_of

_PLAIN = str.maketrans({"\u00a0": " ", "\u2060": None})
"""Calendars break lines themselves: characters that keep words together on paper are replaced."""


def ics_name(language: str) -> str:
    """Return the file's name for a language."""
    return f"calendar.{language}.ics"


def render_ics(agenda: Agenda, previous: str, changed: Collection[str]) -> RenderedFile | None:
    """Return the calendar of an edition; None where nothing has an exact day: a calendar has an event (RFC 5545, 3.6).

    `previous` is the text of the last edition's calendar, or empty; `changed` holds the ids of the facts that differ
    from it. An event stays in the calendar once it is there, so that a copy imported earlier is updated; its SEQUENCE
    grows by one with every edition that changes it, in all languages alike.
    """
    before = {event.uid: event for event in Calendar.from_ical(previous).events} if previous else {}
    entries = {f"{entry.id}@{agenda.partnership}.briefgen": entry for entry in agenda.entries}
    current = ((uid, entry) for uid, entry in entries.items() if entry.ahead or uid in before)
    events = [_event(agenda, entry, uid, before, changed) for uid, entry in current]
    events += [_cancelled(event, agenda.day) for uid, event in before.items() if uid not in entries]
    if not events:
        return None
    calendar = Calendar()
    calendar.add("PRODID", f"-//briefgen//briefgen {__version__}//{agenda.lang.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    note = "\n".join((*agenda.notices, agenda.note))
    for key, text in (("NAME", agenda.name), ("X-WR-CALNAME", agenda.name), ("DESCRIPTION", note)):
        _add_text(calendar, key, text, agenda.lang)
    for event in sorted(events, key=lambda event: (str(event.DTSTART), event.uid)):
        calendar.add_component(event)
    return RenderedFile(name=ics_name(agenda.language), content=calendar.to_ical())


def _event(
    agenda: Agenda, entry: CalendarEntry, uid: str, before: Mapping[str, Event], changed: Collection[str]
) -> Event:
    """Return an event of whole days; it blocks no time (TRANSPARENT) and has no alarm."""
    event = Event()
    event.add("DTSTART", entry.first)
    event.add("DTEND", entry.last + timedelta(days=1))
    event.add("STATUS", entry.certainty.value)
    event.add("TRANSP", "TRANSPARENT")
    event.uid = uid
    event.DTSTAMP = _stamp(agenda.day)
    _add_text(event, "SUMMARY", entry.summary, entry.summary_lang)
    _add_text(event, "DESCRIPTION", "\n".join((*agenda.notices, *entry.lines)), agenda.lang)
    event.add("CATEGORIES", [entry.category])
    event.sequence = before[uid].sequence + (entry.id in changed) if uid in before else 0
    return event


def _add_text(component: Calendar | Event, key: str, text: str, lang: str) -> None:
    component.add(key, text.translate(_PLAIN), parameters={"LANGUAGE": lang})


def _cancelled(event: Event, day: date) -> Event:
    """Return an event that no longer has an exact day as a cancelled one, on its old day."""
    if event.status != STATUS.CANCELLED:
        event.sequence += 1
        event.status = STATUS.CANCELLED
    event.DTSTAMP = _stamp(day)
    return event


def _stamp(day: date) -> datetime:
    """Return the beginning of the day: the same facts give the same bytes."""
    return datetime.combine(day, time(), tzinfo=UTC)


_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take a cell that begins so for: a formula, which could send what is beside it to somebody."""


def render_csv(table: Table) -> RenderedFile:
    """Return statements.LANG.csv, in UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in (table.heads, *table.rows))
    return RenderedFile(name=f"statements.{table.language}.csv", content=text.getvalue().encode("utf-8-sig"))


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before what begins like one."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def render_changes(sheet: ChangeSheet, changes: Changes | None) -> RenderedFile:
    """Return changes.json: rows for readers and a patch for programs; `changes` is None for a first edition."""
    data = {
        "edition": sheet.edition,
        "since": sheet.since,
        "major": changes.major if changes else True,
        "changes": [each.to_data() for each in changes.rows] if changes else [],
        "facts_before_sha256": sheet.before_sha256,
        "facts_after_sha256": sheet.after_sha256,
        "patch": sheet.patch,
    }
    return json_file(CHANGES, data)


_WIDTHS = (26, 12, 24, 18, 18, 28, 70, 14, 28, 14, 22, 40, 60)
"""Of the columns, in digits."""
_PAGES = 2
"""Beside each other on paper."""
_LINE, _HIGHEST = 15, 409
"""Points of a line, and of the highest row. Without a height, LibreOffice shows the first line of a cell alone."""
_MOST = 32_767
"""Signs of a cell (ECMA-376, 18.3.1.96 and its implementations)."""


def render_xlsx(tables: Iterable[Table], day: date) -> RenderedFile:
    """Return statements.xlsx; every cell is text, none a formula. It is dated by the day: the same bytes every time."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(day, time(), UTC).replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.language)
            if table.direction == "rtl":
                sheet.right_to_left()
            for column, width in enumerate(_WIDTHS):
                sheet.set_column(column, column, width)
            for number, row in enumerate((table.heads, *table.rows)):
                lines = max(ceil(length_of(text) / width) for text, width in zip(row, _WIDTHS, strict=False))
                sheet.set_row(number, min(max(lines, 1) * _LINE, _HIGHEST))
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text[:_MOST], cell if number else head)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(_PAGES, 0)
            sheet.repeat_rows(0)
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    return RenderedFile(name="statements.xlsx", content=content.getvalue())
