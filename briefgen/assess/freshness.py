"""How fresh a fact is on a day: when it was last confirmed, and from when it is past review.

What happened does not age: meetings, summits held, steps of the past, what is settled, replaced or withdrawn. Nor does
a position, which is printed with the day it was stated; nor what is marked already (a deadline passed, a summit of
which no outcome is recorded); nor a conflict, whose facts age themselves.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from briefgen.assess.status import date_in, is_out, published
from briefgen.model import facts
from briefgen.model.book import FactBook, values_of
from briefgen.model.briefing import Assessed, ShelfLives, Status
from briefgen.model.facts import AnyFact, Figure, Milestone, Office, Statement, is_expected, outcome_of
from briefgen.model.quantities import Cite, is_date

_AHEAD = (Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE)
_IN_MOTION = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.PARTLY,
    Status.OVERDUE,
    Status.OPEN,
    Status.DUE_SOON,
    Status.NO_LATER_REPORT,
)


def with_freshness(
    book: FactBook, items: Mapping[str, Assessed], day: date, lives: ShelfLives
) -> Iterator[tuple[str, Assessed]]:
    """Yield each item with the day it was last confirmed, and whether that is too long ago."""
    level = _level(items.values())
    for id, item in items.items():
        fact = item.fact
        review = fact.reviewed.last if fact.reviewed and fact.reviewed.last <= day else date.min
        newest = max(_source_day(book, cite) for cite in _confirming(fact) if is_out(book, cite, day))
        life = _shelf_life(item, level, day, lives)
        due = None if life is None else _after(max(_start(book, item, newest), review), life)
        yield id, replace(item, confirmed=max(newest, review), review_due=due, stale=due is not None and due <= day)


def turning_days(book: FactBook, fact: AnyFact, lives: ShelfLives) -> Iterator[date]:
    """Yield every day on which a fact may become stale or fresh again, or stop ageing for a reason of its own."""
    starts = {_source_day(book, cite) for cite in _confirming(fact) if cite.source in book.sources}
    if isinstance(fact, Figure):
        starts |= {_end_of_period(book, each) for each in fact.observations}
    if fact.reviewed:
        starts.add(fact.reviewed.last)
        yield fact.reviewed.last
    life = lives.summit if is_expected(fact) else getattr(lives, fact.kind, None)
    yield from (_after(start, life) for start in starts if life is not None)
    if isinstance(fact, Office) and (until := date_in(values_of(fact), "until")):
        yield _after(until.last, 1)


def _shelf_life(item: Assessed, level: str, day: date, lives: ShelfLives) -> int | None:
    """Return the days from its last confirmation until it is stale; None where it does not age."""
    if item.status is Status.SUPERSEDED:
        return None
    match item.fact:
        case Office():
            until = date_in(item.values, "until")
            return lives.office if until is None or until.last >= day else None
        case Figure():
            return lives.figure
        case Statement():
            return lives.statement if item.status in _IN_MOTION else None
        case facts.Summit() | facts.Meeting():
            return lives.summit if item.status in _AHEAD else None
        case Milestone():
            return lives.milestone if item.fact.id == level else None
        case facts.Mechanism():
            return lives.mechanism
        case facts.Document():
            return lives.document
        case facts.Conflict():
            return None
        case _:
            assert_never(item.fact)


def _level(items: Iterable[Assessed]) -> str:
    """Return the id of the latest step that set the level of the partnership: it alone describes the present."""
    steps = [item for item in items if isinstance(item.fact, Milestone) and item.fact.level]
    dated = [(when.last, item.fact.id) for item in steps if (when := date_in(item.values, "when"))]
    return max(dated, default=(date.min, ""))[1]


def _start(book: FactBook, item: Assessed, newest: date) -> date:
    """Return the day from which it ages: the newest source; of a figure, the end of the last known period."""
    return max((_end_of_period(book, each) for each in item.observed), default=newest)


def _end_of_period(book: FactBook, observation: facts.Observation) -> date:
    """Return the last day of an observation's period; without one, the day of the source."""
    period = observation.period.value if observation.period else None
    return period.last if period and is_date(period) else _source_day(book, observation.value.cite)


def _confirming(fact: AnyFact) -> tuple[Cite, ...]:
    """Return the lines that confirm a fact, those that report its outcome among them."""
    outcome = outcome_of(fact)
    return (*fact.cites, *(outcome.cites if outcome else ()))


def _source_day(book: FactBook, cite: Cite) -> date:
    return published(book, cite.source) or date.min


def _after(day: date, days: int) -> date:
    """Return the day that many days later, or the last day of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
