"""What goes into a calendar: days that are known exactly, with finished strings."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a day is, in the words of calendars (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A summit or a deadline."""

    id: str
    """The fact's."""
    first: date
    last: date
    summary: str
    summary_lang: str
    """BCP 47; another than the agenda's where a text is not translated."""
    lines: tuple[str, ...]
    """What is known of it, its status and its sources."""
    category: str
    certainty: Certainty
    ahead: bool
    """Whether it is entered anew; what is not is kept only where an earlier edition entered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A partnership's summits and deadlines in one language."""

    partnership: str
    language: str
    lang: str
    """BCP 47."""
    name: str
    note: str
    day: date
    entries: tuple[Entry, ...]
