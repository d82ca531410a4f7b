"""Reads calendar files back."""

from icalendar import Calendar


def sequences(text: str) -> dict[str, int]:
    """How often each event of a calendar was changed, by its UID."""
    return {event.uid: event.sequence for event in Calendar.from_ical(text).events}
