"""Agenda -> calendar file (RFC 5545) by the icalendar library."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from briefgen import __version__
from briefgen.localise.calendar import Agenda, Entry
from briefgen.model.document import Document

if TYPE_CHECKING:
    from icalendar import Calendar, Event

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
    before = _events(previous)
    entries = {_uid(agenda, entry.id): entry for entry in agenda.entries}
    events = [_event(agenda, entry, before, changed) for uid, entry in entries.items() if entry.ahead or uid in before]
    events += [_cancelled(event, agenda.day) for uid, event in before.items() if uid not in entries]
    if not events:
        return None
    calendar = _calendar(agenda)
    for event in sorted(events, key=lambda event: (str(event.DTSTART), event.uid)):
        calendar.add_component(event)
    return Document(name=name(agenda.language), content=calendar.to_ical())


def _events(text: str) -> Mapping[str, "Event"]:
    if not text:
        return {}
    from icalendar import Calendar

    return {event.uid: event for event in Calendar.from_ical(text).events}


def _uid(agenda: Agenda, id: str) -> str:
    return f"{id}@{agenda.partnership}.briefgen"


def _calendar(agenda: Agenda) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", f"-//briefgen//briefgen {__version__}//{agenda.lang.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    for key, text in (("NAME", agenda.name), ("X-WR-CALNAME", agenda.name), ("DESCRIPTION", agenda.note)):
        calendar.add(key, text.translate(_PLAIN), parameters=_language(agenda.lang))
    return calendar


def _event(agenda: Agenda, entry: Entry, before: Mapping[str, "Event"], changed: Collection[str]) -> "Event":
    from icalendar import Event

    uid = _uid(agenda, entry.id)
    event = Event()
    for key, value in _properties(entry):
        event.add(key, value)
    event.uid = uid
    event.DTSTAMP = _stamp(agenda.day)
    event.add("SUMMARY", entry.summary.translate(_PLAIN), parameters=_language(entry.summary_lang))
    event.add("DESCRIPTION", "\n".join(entry.lines).translate(_PLAIN), parameters=_language(agenda.lang))
    event.add("CATEGORIES", [entry.category])
    known = before.get(uid)
    event.sequence = known.sequence + (entry.id in changed) if known else 0
    return event


def _properties(entry: Entry) -> Iterator[tuple[str, object]]:
    """Yield the properties of an event of whole days; it blocks no time (TRANSPARENT) and has no alarm."""
    yield "DTSTART", entry.first
    yield "DTEND", entry.last + timedelta(days=1)
    yield "STATUS", entry.certainty.value
    yield "TRANSP", "TRANSPARENT"


def _cancelled(event: "Event", day: date) -> "Event":
    """Return an event that has no exact day any more as a cancelled one, on its old day."""
    from icalendar import STATUS

    if event.status != STATUS.CANCELLED:
        event.sequence += 1
        event.status = STATUS.CANCELLED
    event.DTSTAMP = _stamp(day)
    return event


def _stamp(day: date) -> datetime:
    """Return the beginning of the day: the same facts give the same bytes."""
    return datetime.combine(day, time(), tzinfo=UTC)


def _language(lang: str) -> dict[str, str]:
    return {"LANGUAGE": lang}
