"""The next day on which a briefing says anything else, though no fact changes.

Days that are counted down are left out: the page of an edition names the day it counts from. A number that only grew
smaller is no news, and a new edition every morning would hide those that bring some. It changes with the next edition.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from briefgen.assess.freshness import turning_days as freshness_days
from briefgen.assess.known import date_in, due_date
from briefgen.assess.status import due_soon_from
from briefgen.model.book import FactBook
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Summit, values_of
from briefgen.model.shelf_lives import ShelfLives

Items = Mapping[str, Assessed]


def next_change(items_on: Callable[[date], Items], day: date, turning: set[date]) -> date | None:
    """The first of the turning days after `day` on which anything else is said than on it; None: there is none."""
    now = _said(items_on(day))
    return next((each for each in sorted(turning) if each > day and _said(items_on(each)) != now), None)


def turning_days(book: FactBook, due_soon_days: int, lives: ShelfLives) -> set[date]:
    """When a source comes out, a deadline nears or is over, a summit's time begins or is over, a fact goes stale."""
    days = {source.known_from for source in book.sources.values()}
    for fact in book.facts.values():
        values = values_of(fact)
        if due := due_date(fact, values):
            days |= {due_soon_from(due, due_soon_days), due.last + timedelta(days=1)}
        if isinstance(fact, Summit) and (when := date_in(values, "when")):
            days |= {when.first, when.last + timedelta(days=1)}
        days |= {*freshness_days(book, fact, lives)}
    return days


def _said(items: Items) -> dict[str, tuple[object, ...]]:
    """All that follows from the day, but for the days that are counted down."""
    return {
        id: (
            item.status,
            item.became,
            item.superseded_by,
            item.cites,
            tuple(item.values),
            item.confirmed if item.stale else None,
            item.review_due is None,
        )
        for id, item in items.items()
    }
