"""What holds on a day: the facts assessed, before any language is thought of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from briefgen.model.book import FactBook
from briefgen.model.facts import STRICT, AnyFact, Headline, Value
from briefgen.model.quantities import Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLives:
    """Days from the newest source, or from the last review, until a fact is past review."""

    __pydantic_config__: ClassVar = STRICT
    office: int = 90
    """Who holds an office: governments are reshuffled between two sessions of a parliament."""
    figure: int = 456
    """An indicator, from the end of its period: fifteen months, by which time the next year's figure is out."""
    statement: int = 180
    """What is said to be done about an ask or an undertaking."""
    summit: int = 90
    """Date and host of a summit ahead: people travel by them, and they are settled and moved within a quarter."""
    mechanism: int = 1095
    """That a standing channel still stands."""
    document: int = 1095
    """That a paper between the parties is still in force."""
    milestone: int = 1095
    """The level that the partnership has reached."""


class Status(StrEnum):
    """What can be said of a fact on the day; the first seven need a source, the others follow from dates."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    FULFILLED = "fulfilled"
    PARTLY = "partly fulfilled"
    NOT_MET = "not met"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    OPEN = "open"
    DUE_SOON = "due soon"
    DEADLINE_PASSED = "deadline passed"
    NO_LATER_REPORT = "no later report"
    UPCOMING = "upcoming"
    MAY_HAVE_TAKEN_PLACE = "may have taken place"
    OUTCOME_NOT_RECORDED = "outcome not recorded"
    SUPERSEDED = "superseded"
    STANDS = "stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A fact as it stands on the day, with what was known of it then."""

    fact: AnyFact
    status: Status
    why: str
    """The rule or the source behind the status, in plain English, for `explain`."""
    known_from: date
    cites: tuple[Cite, ...]
    """The cites whose sources were out by the day."""
    values: Mapping[str, Value]
    """The values whose sources were out by the day."""
    superseded_by: str = ""
    became: Status | None = None
    """What the dates or a source say of a superseded statement besides."""
    days: int | None = None
    """Days from the day to the first day of a coming event, where it is known exactly."""
    confirmed: date = date.min
    """The day of its newest source known, or of its last review if that is later."""
    review_due: date | None = None
    """The first day on which it counts as past review; None: it does not age."""
    stale: bool = False
    """Whether that day has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Everything that can be said on one day."""

    day: date
    book: FactBook
    items: Mapping[str, Assessed]
    """Known facts by id, in the order of the file."""
    headlines: tuple[Headline, ...]
    """Those whose facts are all known, first things first."""
    next_change: date | None
    """The next day on which anything changes by itself; None: nothing will."""
    shelf_lives: ShelfLives = field(default_factory=ShelfLives)
    """How long each kind of fact counts as fresh."""

    @property
    def ageing(self) -> tuple[Assessed, ...]:
        """The facts that can go out of date."""
        return tuple(item for item in self.items.values() if item.review_due)

    @property
    def past_review(self) -> tuple[Assessed, ...]:
        """Those that nothing has confirmed for too long, the longest unconfirmed first."""
        stale = (item for item in self.items.values() if item.stale)
        return tuple(sorted(stale, key=lambda item: (item.confirmed, item.fact.id)))
