"""The facts as assessed on a day, in no language yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from briefgen.model.book import FactBook
from briefgen.model.dates import FactDate
from briefgen.model.facts import AnyFact, Figure, FileSchema, Headline, Observation, Reason, Value, text_key
from briefgen.model.quantities import Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLives(FileSchema):
    """Days from the newest source, or from the last review, until a fact is past review."""

    office: int = 90
    """Officeholders: governments are reshuffled between two sessions of a parliament."""
    figure: int = 456
    """Indicators, from the end of their period: fifteen months, by when the next year's figure is out."""
    statement: int = 180
    """The state of an ask or an undertaking."""
    summit: int = 90
    """Date and host of a summit ahead: people plan by them, and they are set and moved within a quarter."""
    mechanism: int = 1095
    """That a standing channel still exists."""
    document: int = 1095
    """That a paper between the parties is still in force."""
    milestone: int = 1095
    """The level that the partnership has reached."""


OFFICE_NAMED_FOR = timedelta(days=3 * 366)
"""An office whose term no source gives, and that none has confirmed for longer, is told as an earlier one."""
HELD_WITHIN = 366
"""Days after which a summit that is to be held by a time may have taken place, if no source tells of it any more."""


class Status(StrEnum):
    """The status of a fact on the day; the first seven are those of `Delivery`, which need a source, as HELD does."""

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
    REPEATED = "repeated"
    STANDS = "stands"


NOT_HELD_YET = (Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A fact with its status on the day, and what was known of it then."""

    fact: AnyFact
    status: Status
    why: str
    """The rule or the source behind the status, in plain English, for `explain`."""
    known_from: date
    cites: tuple[Cite, ...]
    """Those whose sources were published by the day."""
    values: Mapping[str, Value]
    """Those whose sources were published by the day, by name."""
    reported_by: tuple[Cite, ...] = ()
    """The lines that report its outcome, whose sources were published by the day."""
    superseded_by: str = ""
    became: Status | None = None
    """The status that a superseded or repeated statement would have otherwise."""
    repeated_by: str = ""
    """A known statement that repeats it; of several the last in the file."""
    answered_by: tuple[str, ...] = ()
    """The known statements that answer it."""
    due: FactDate | None = None
    """By when a statement is to be done: its own deadline, that of its target, or the time of its summit.

    Of a mechanism, when the next session is due.
    """
    text_before: str = ""
    """The source that is not out yet, where the text is the one that it has before that source."""
    days: int | None = None
    """Days left to the first day of a coming event, where that is known exactly."""
    confirmed: date = date.min
    """The day of its newest source, or of its last review if that is later."""
    review_due: date | None = None
    """The first day on which it counts as past review; None where it does not age."""
    stale: bool = False
    """Whether that day has come."""

    @property
    def is_corrected(self) -> bool:
        """Whether it was wrong, and what is right is known: it counts for nothing, and only the changes tell of it."""
        return bool(self.superseded_by and self.fact.superseded and self.fact.superseded.reason is Reason.CORRECTED)

    @property
    def took_place(self) -> bool:
        """Whether a source says that a summit or a meeting took place."""
        return not {Status.HELD, Status.STANDS}.isdisjoint((self.status, self.became))

    @property
    def observed(self) -> tuple[Observation, ...]:
        """What the sources that are out observed of an indicator, the latest last."""
        out = set(self.values.values())
        found = self.fact.observations if isinstance(self.fact, Figure) else ()
        return tuple(each for each in found if each.value in out)

    @property
    def text_key(self) -> str:
        """The context of its text in the catalogs."""
        return text_key(self.fact.id, self.text_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The assessed facts of one day."""

    day: date
    book: FactBook
    items: Mapping[str, Assessed]
    """The known facts by id, in the order of the file."""
    headlines: tuple[Headline, ...]
    """Those whose facts are all known, by rank."""
    foresee: Callable[[], date | None] = field(compare=False, repr=False)
    """Finds `next_change`, which only what is published names: it takes as long as to assess the facts."""
    shelf_lives: ShelfLives = field(default_factory=ShelfLives)
    known_from: Mapping[str, date | None] = field(default_factory=dict)
    """The first day on which each fact of the file can be printed; None where a record of what it needs is missing."""

    @property
    def next_change(self) -> date | None:
        """The next day on which anything changes by itself; None where nothing will."""
        return self.foresee()

    @property
    def ageing(self) -> tuple[Assessed, ...]:
        """The facts that can go out of date."""
        return tuple(item for item in self.items.values() if item.review_due)

    @property
    def past_review(self) -> tuple[Assessed, ...]:
        """The facts that nothing has confirmed for too long, the longest unconfirmed first."""
        stale = (item for item in self.items.values() if item.stale)
        return tuple(sorted(stale, key=lambda item: (item.confirmed, item.fact.id)))
