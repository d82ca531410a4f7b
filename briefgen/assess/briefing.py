"""The briefing as of a day, the next day on which it would differ though no fact changes, and how fresh its facts are.

Days that are counted down make no difference: the page of an edition names the day it counts from, and a new edition
every morning, for a number that only grew smaller, would hide those that bring news.

What happened does not age: meetings, summits held, steps of the past, what is settled, replaced or withdrawn. Nor does
a position, which is printed with the day it was stated; nor what is marked already (a deadline passed, a summit of
which no outcome is recorded); nor a conflict, whose facts age themselves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import assert_never

from briefgen.assess.status import (
    as_known,
    days_ahead,
    due_date,
    due_dates,
    due_soon_from,
    fact_known_from,
    possible_dates,
    possible_dues,
    reports_of,
    status_of,
    text_on,
    with_next_due,
)
from briefgen.model import facts
from briefgen.model.book import FactBook, date_in, values_of
from briefgen.model.briefing import NOT_HELD_YET, OFFICE_NAMED_FOR, Assessed, Briefing, ShelfLives, Status
from briefgen.model.facts import (
    AnyFact,
    Figure,
    Headline,
    Observation,
    Statement,
    is_expected,
    outcome_cites,
    placeholders,
)
from briefgen.model.quantities import Cite
from briefgen.model.remember import remembered

Items = Mapping[str, Assessed]
_IN_MOTION = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.PARTLY,
    Status.OVERDUE,
    Status.OPEN,
    Status.DUE_SOON,
    Status.NO_LATER_REPORT,
)


@remembered(8)
def assess(book: FactBook, day: date, due_soon_days: int = 90, shelf_lives: ShelfLives | None = None) -> Briefing:
    """Return the briefing as of a day, from sources published by that day and the dates in them alone."""
    lives = shelf_lives or ShelfLives()
    since = {id: fact_known_from(book, fact) for id, fact in book.facts.items()}

    def items_on(day: date) -> Items:
        alone = {item.fact.id: item for item in _known(book, since, day, due_soon_days)}
        known = {id: _with_successor(item, alone) for id, item in alone.items()}
        linked = _with_links(with_next_due(book, known, day, due_soon_days))
        return dict(_with_freshness(book, linked, day, lives))

    @cache
    def next_change() -> date | None:
        now = _state(items)
        turning = sorted(each for each in _turning_days(book, due_soon_days, lives) if each > day)
        return next((each for each in turning if _state(items_on(each)) != now), None)

    items = items_on(day)
    return Briefing(
        day=day,
        book=book,
        items=items,
        headlines=_headlines(book, items),
        foresee=next_change,
        shelf_lives=lives,
        known_from=since,
    )


def _known(book: FactBook, known_from: Mapping[str, date | None], day: date, due_soon_days: int) -> Iterator[Assessed]:
    for fact in book.facts.values():
        since = known_from[fact.id]
        if since is None or since > day:
            continue
        out = {name: as_known(book, value, day) for name, value in values_of(fact).items()}
        values = {name: value for name, value in out.items() if value}
        due = due_date(book, fact, day)
        status, why = status_of(book, fact, values, due, day, due_soon_days)
        text, before = text_on(book, fact, day)
        yield Assessed(
            fact=replace(fact, text=text) if before else fact,
            text_before=before,
            status=status,
            why=why,
            known_from=since,
            cites=tuple(cite for cite in fact.cites if book.is_out(cite, day)),
            reported_by=reports_of(book, fact, day),
            values=values,
            days=days_ahead(fact, values, day),
            due=due,
        )


def _with_links(items: Items) -> dict[str, Assessed]:
    """Return the items with the statements that repeat or answer them; of a repeated one only what is open changes."""
    found = dict(items)
    for id, item in items.items():
        if not isinstance(item.fact, Statement) or item.is_corrected:
            continue
        for earlier in (items[each] for each in item.fact.repeats if each in items):
            open_still = earlier.status in _OPEN
            found[earlier.fact.id] = replace(
                found[earlier.fact.id],
                repeated_by=id,
                status=Status.REPEATED if open_still else earlier.status,
                became=earlier.status if open_still else earlier.became,
                why=f"repeated by {id}; of itself: {earlier.why}" if open_still else earlier.why,
            )
        for answered in (found[each] for each in item.fact.answers if each in items):
            found[answered.fact.id] = replace(answered, answered_by=(*answered.answered_by, id))
    return found


_OPEN = (Status.NO_LATER_REPORT, Status.OPEN, Status.DUE_SOON)


def _with_successor(item: Assessed, items: Items) -> Assessed:
    """Return the item as superseded once its successor is known; the status that it would have otherwise is kept."""
    superseded = item.fact.superseded
    if superseded is None or superseded.by not in items:
        return item
    why = f"{superseded.reason} by {superseded.by}; of itself: {item.why}"
    return replace(item, status=Status.SUPERSEDED, became=item.status, superseded_by=superseded.by, why=why)


def _headlines(book: FactBook, items: Items) -> tuple[Headline, ...]:
    """Return those whose facts are all known and right, and each of their values that they name."""
    right = {id: item for id, item in items.items() if not item.is_corrected}

    def is_known(headline: Headline) -> bool:
        values = {f"{id}.{name}" for id in headline.facts if id in right for name in right[id].values}
        return right.keys() >= {*headline.facts} and values.issuperset(placeholders(headline.text))

    return tuple(sorted(filter(is_known, book.file.headlines), key=lambda headline: headline.rank))


def _turning_days(book: FactBook, due_soon_days: int, lives: ShelfLives) -> set[date]:
    """Return the days on which a source is published, a deadline or summit nears or is over, or a fact goes stale."""
    days = {source.known_from for source in book.sources.values()}
    for fact in book.facts.values():
        values = values_of(fact)
        for due in due_dates(book, fact):
            days |= {due_soon_from(due, due_soon_days), due.last + timedelta(days=1)}
        for name in ("when", "by") if is_expected(fact) else ():
            for when in possible_dates(values.get(name)):
                days |= {when.first, when.last + timedelta(days=1)}
        days |= {*_ageing_days(book, fact, lives)}
    for due in possible_dues(book):
        days |= {due_soon_from(due, due_soon_days), due.last + timedelta(days=1)}
    return days


def _state(items: Items) -> dict[str, tuple[object, ...]]:
    """Return all that follows from the day, except days that are counted down."""
    return {
        id: (
            item.status,
            item.became,
            item.superseded_by,
            item.repeated_by,
            item.answered_by,
            item.due,
            item.text_before,
            item.cites,
            tuple(item.values.values()),
            item.confirmed if item.stale else None,
            item.review_due is None,
        )
        for id, item in items.items()
    }


def _with_freshness(
    book: FactBook, items: Mapping[str, Assessed], day: date, lives: ShelfLives
) -> Iterator[tuple[str, Assessed]]:
    """Yield each item with the day it was last confirmed, and whether that is too long ago."""
    level = _level(items.values())
    for id, item in items.items():
        fact = item.fact
        review = fact.reviewed.last if fact.reviewed and fact.reviewed.last <= day else date.min
        out = (cite for cite in _confirming(fact, item.observed) if book.is_out(cite, day))
        newest = max(book.known_days(out))
        confirmed = max(newest, review)
        life = _shelf_life(item, confirmed, level, day, lives)
        # it ages from its newest source; a figure from the end of the last known period
        start = max((book.end_of_period(each) for each in item.observed), default=newest)
        due = None if life is None else _after(max(start, review), life)
        yield id, replace(item, confirmed=confirmed, review_due=due, stale=due is not None and due <= day)


def _ageing_days(book: FactBook, fact: AnyFact, lives: ShelfLives) -> Iterator[date]:
    """Yield every day on which a fact may become stale or fresh again, or stop ageing for a reason of its own."""
    starts = {*book.known_days(_confirming(fact))}
    if isinstance(fact, Figure):
        starts |= {book.end_of_period(each) for each in fact.observations}
    if fact.reviewed:
        starts.add(fact.reviewed.last)
        yield fact.reviewed.last
    life = lives.summit if is_expected(fact) else getattr(lives, fact.kind, None)
    yield from (_after(start, life) for start in starts if life is not None)
    if isinstance(fact, facts.Office):
        until = date_in(values_of(fact), "until")
        yield from (_after(start, OFFICE_NAMED_FOR.days + 1) for start in starts)
        yield from [_after(until.last, 1)] if until else ()


def _shelf_life(item: Assessed, confirmed: date, level: str, day: date, lives: ShelfLives) -> int | None:
    """Return the days from its last confirmation until it is stale; None where it does not age."""
    if item.status is Status.SUPERSEDED:
        return None
    match item.fact:
        case facts.Office():
            until = date_in(item.values, "until")
            serves = until.last >= day if until else day - confirmed <= OFFICE_NAMED_FOR
            return lives.office if serves else None
        case Figure():
            return lives.figure
        case Statement():
            return lives.statement if item.status in _IN_MOTION else None
        case facts.Summit() | facts.Meeting():
            return lives.summit if item.status in NOT_HELD_YET else None
        case facts.Milestone():
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
    steps = [item for item in items if isinstance(item.fact, facts.Milestone) and item.fact.level]
    standing = ((date_in(item.values, "when"), item) for item in steps if not item.superseded_by)
    dated = [(when.last, item.fact.id) for when, item in standing if when]
    return max(dated, default=(date.min, ""))[1]


def _confirming(fact: AnyFact, observed: Sequence[Observation] = ()) -> list[Cite]:
    """Return the lines that confirm a fact, those that report its outcome among them.

    Of what was observed, the latest is confirmed: a line that gives an earlier observation alone is left out.
    """
    given = [
        {(value.cite.source, value.cite.line) for value in (each.value, each.period) if value} for each in observed
    ]
    others = {line for lines in given[:-1] for line in lines - given[-1]}
    return [cite for cite in (*fact.cites, *outcome_cites(fact)) if (cite.source, cite.line) not in others]


def _after(day: date, days: int) -> date:
    """Return the day that many days later, or the last day of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
