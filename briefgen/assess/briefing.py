"""The next day on which a briefing says anything else, though no fact changes.

Days that are counted down are left out: the page of an edition names the day it counts from. A number that only grew
smaller is no news, and a new edition every morning would hide those that bring some. It changes with the next edition.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from briefgen.assess.freshness import turning_days as freshness_days
from briefgen.assess.freshness import with_freshness
from briefgen.assess.status import date_in, days_ahead, due_date, due_soon_from, fact_known_from, is_out, status_of
from briefgen.model.book import FactBook
from briefgen.model.briefing import Assessed, Briefing, ShelfLives, Status
from briefgen.model.facts import Headline, Summit, placeholders, values_of


def assess(book: FactBook, day: date, due_soon_days: int = 90, shelf_lives: ShelfLives | None = None) -> Briefing:
    """The briefing as of a day. Nothing in it was published later; nothing in it says more than a source or a date."""
    lives = shelf_lives or ShelfLives()

    def items_on(day: date) -> dict[str, Assessed]:
        return _items(book, day, due_soon_days, lives)

    items = items_on(day)
    return Briefing(
        day=day,
        book=book,
        items=items,
        headlines=_headlines(book, items),
        next_change=next_change(items_on, day, turning_days(book, due_soon_days, lives)),
        shelf_lives=lives,
    )


def _items(book: FactBook, day: date, due_soon_days: int, lives: ShelfLives) -> dict[str, Assessed]:
    alone = {item.fact.id: item for item in _known(book, day, due_soon_days)}
    together = {id: _with_successor(item, alone) for id, item in alone.items()}
    return dict(with_freshness(book, together, day, lives))


def _known(book: FactBook, day: date, due_soon_days: int) -> Iterator[Assessed]:
    for fact in book.facts.values():
        since = fact_known_from(book, fact)
        if since is None or since > day:
            continue
        values = {name: value for name, value in values_of(fact).items() if is_out(book, value.cite, day)}
        status, why = status_of(book, fact, values, day, due_soon_days)
        yield Assessed(
            fact=fact,
            status=status,
            why=why,
            known_from=since,
            cites=tuple(cite for cite in fact.cites if is_out(book, cite, day)),
            values=values,
            days=days_ahead(fact, values, day),
        )


def _with_successor(item: Assessed, items: Mapping[str, Assessed]) -> Assessed:
    """Superseded only once the successor is known; what became of it besides is kept."""
    superseded = item.fact.superseded
    if superseded is None or superseded.by not in items:
        return item
    why = f"{superseded.reason} by {superseded.by}; of itself: {item.why}"
    return replace(item, status=Status.SUPERSEDED, became=item.status, superseded_by=superseded.by, why=why)


def _headlines(book: FactBook, items: Mapping[str, Assessed]) -> tuple[Headline, ...]:
    known = (headline for headline in book.file.headlines if _is_known(headline, items))
    return tuple(sorted(known, key=lambda headline: headline.rank))


def _is_known(headline: Headline, items: Mapping[str, Assessed]) -> bool:
    """Whether all its facts are known, and each of their values that it names."""
    if not all(id in items for id in headline.facts):
        return False
    values = {f"{id}.{name}" for id in headline.facts for name in items[id].values}
    return values.issuperset(placeholders(headline.text))


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
