"""Agenda -> calendar file (RFC 5545) by the icalendar library."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import STATUS, Calendar, Event

from briefgen import __version__
from briefgen.localise.calendar import Agenda, Entry
from briefgen.model.document import Document

_PLAIN = str.maketrans({"\u00a0": " ", "\u2060": None})
"""Calendars break lines themselves: characters that keep words together on paper are replaced."""


def name(language: str) -> str:
    """Return the file's name for a language."""
    return f"calendar.{language}.ics"


def render(agenda: Agenda, previous: str, changed: Collection[str]) -> Document | None:
    """Return the calendar of an edition; None where nothing has an exact day: a calendar has an event (RFC 5545, 3.6).

    `previous` is the text of the last edition's calendar, or empty; `changed` holds the ids of the facts that differ
    from it. An event stays in the calendar once it is there, so that a copy imported earlier is updated; its SEQUENCE
    grows by one with every edition that changes it, in all languages alike.
    """
    before = {event.uid: event for event in Calendar.from_ical(previous).events} if previous else {}
    entries = {f"{entry.id}@{agenda.partnership}.briefgen": entry for entry in agenda.entries}
    events = [
        _event(agenda, entry, uid, before, changed) for uid, entry in entries.items() if entry.ahead or uid in before
    ]
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
    return Document(name=name(agenda.language), content=calendar.to_ical())


def _event(agenda: Agenda, entry: Entry, uid: str, before: Mapping[str, Event], changed: Collection[str]) -> Event:
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
