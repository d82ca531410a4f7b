"""The briefing as of a day, and the next day on which it would differ though no fact changes.

Days that are counted down make no difference: the page of an edition names the day it counts from, and a new edition
every morning, for a number that only grew smaller, would hide those that bring news.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from briefgen.assess import freshness
from briefgen.assess.status import (
    as_known,
    days_ahead,
    due_date,
    due_dates,
    due_soon_from,
    fact_known_from,
    is_out,
    possible_dates,
    possible_dues,
    status_of,
    text_on,
    with_next_due,
)
from briefgen.model.book import FactBook, values_of
from briefgen.model.briefing import Assessed, Briefing, ShelfLives, Status
from briefgen.model.facts import Headline, Statement, is_expected, placeholders
from briefgen.model.remember import remembered

Items = Mapping[str, Assessed]


@remembered(8)
def assess(book: FactBook, day: date, due_soon_days: int = 90, shelf_lives: ShelfLives | None = None) -> Briefing:
    """Return the briefing as of a day, from sources published by that day and the dates in them alone."""
    lives = shelf_lives or ShelfLives()

    def items_on(day: date) -> Items:
        alone = {item.fact.id: item for item in _known(book, day, due_soon_days)}
        linked = _with_links(with_next_due(book, alone, day, due_soon_days))
        together = {id: _with_successor(item, linked) for id, item in linked.items()}
        return dict(freshness.with_freshness(book, together, day, lives))

    items = items_on(day)
    now = _state(items)
    turning = sorted(each for each in _turning_days(book, due_soon_days, lives) if each > day)
    return Briefing(
        day=day,
        book=book,
        items=items,
        headlines=_headlines(book, items),
        next_change=next((each for each in turning if _state(items_on(each)) != now), None),
        shelf_lives=lives,
    )


def _known(book: FactBook, day: date, due_soon_days: int) -> Iterator[Assessed]:
    for fact in book.facts.values():
        since = fact_known_from(book, fact)
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
            cites=tuple(cite for cite in fact.cites if is_out(book, cite, day)),
            values=values,
            days=days_ahead(fact, values, day),
            due=due,
        )


def _with_links(items: Items) -> dict[str, Assessed]:
    """Return the items with the statements that repeat or answer them; of a repeated one only what is open changes."""
    found = dict(items)
    for id, item in items.items():
        if not isinstance(item.fact, Statement):
            continue
        for earlier in (items[each] for each in item.fact.repeats if each in items):
            open_still = earlier.status in _OPEN
            found[earlier.fact.id] = replace(
                found[earlier.fact.id],
                repeated_by=id,
                status=Status.REPEATED if open_still else earlier.status,
                became=earlier.status if open_still else None,
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
    became = item.became or item.status
    return replace(item, status=Status.SUPERSEDED, became=became, superseded_by=superseded.by, why=why)


def _headlines(book: FactBook, items: Items) -> tuple[Headline, ...]:
    known = (headline for headline in book.file.headlines if _is_known(headline, items))
    return tuple(sorted(known, key=lambda headline: headline.rank))


def _is_known(headline: Headline, items: Items) -> bool:
    """Return whether all facts of a headline are known, and each of their values that it names."""
    if not all(id in items for id in headline.facts):
        return False
    values = {f"{id}.{name}" for id in headline.facts for name in items[id].values}
    return values.issuperset(placeholders(headline.text))


def _turning_days(book: FactBook, due_soon_days: int, lives: ShelfLives) -> set[date]:
    """Return the days on which a source is published, a deadline or summit nears or is over, or a fact goes stale."""
    days = {source.known_from for source in book.sources.values()}
    for fact in book.facts.values():
        values = values_of(fact)
        for due in due_dates(book, fact):
            days |= {due_soon_from(due, due_soon_days), due.last + timedelta(days=1)}
        for when in possible_dates(values.get("when")) if is_expected(fact) else ():
            days |= {when.first, when.last + timedelta(days=1)}
        days |= {*freshness.turning_days(book, fact, lives)}
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
            item.cites,
            tuple(item.values.values()),
            item.confirmed if item.stale else None,
            item.review_due is None,
        )
        for id, item in items.items()
    }
