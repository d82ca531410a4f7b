"""When the next session of a mechanism is due: its rhythm, counted from the last session that a source reports."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from briefgen.assess.status import date_in, possible_dates, status_by
from briefgen.model.book import FactBook, values_of
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import SPANS, FactDate, Period, after
from briefgen.model.facts import AnyFact, Mechanism, Meeting, Summit
from briefgen.model.quantities import Count, Quantity

_HELD = (Status.HELD, Status.STANDS)
_BY_ITSELF = (Status.STANDS, Status.NO_LATER_REPORT)


def with_next_due(book: FactBook, items: Mapping[str, Assessed], day: date, due_soon_days: int) -> dict[str, Assessed]:
    """Return the items with the time at which the next session of each mechanism is due; none if one is announced."""
    found = dict(items)
    for id, item in items.items():
        every = item.values.get("every") if isinstance(item.fact, Mechanism) else None
        sessions = [each for each in items.values() if _session_of(each.fact) == id] if every else []
        held = ((each, _date(book, each, day)) for each in sessions if each.status in _HELD)
        dates = {each.fact.id: when for each, when in held if when}
        if not every or not dates or any(each.status is Status.UPCOMING for each in sessions):
            continue
        last = max(dates, key=lambda session: dates[session].last)
        if due := _next(dates[last], every.value):
            status = status_by(due, day, due_soon_days)[0] if item.status in _BY_ITSELF else item.status
            why = f"every {every.value} after the session '{last}' of {dates[last]}, the next is due by {due.last}"
            found[id] = replace(item, due=due, status=status, why=why)
    return found


def possible_dues(book: FactBook) -> Iterator[Period]:
    """Yield every time at which a session may become due, whatever is known by then."""
    for session in book.facts.values():
        mechanism = book.facts.get(_session_of(session) or "")
        every = mechanism.every if isinstance(mechanism, Mechanism) else None
        for rhythm in (every, *every.earlier) if every else ():
            whens = (*possible_dates(values_of(session).get("when")), book.day_of(session))
            yield from filter(None, (_next(when, rhythm.value) for when in whens if when))


def _session_of(fact: AnyFact) -> str | None:
    return fact.session_of if isinstance(fact, Meeting | Summit) else None


def _date(book: FactBook, session: Assessed, day: date) -> FactDate | None:
    occasion = book.occasion(session.fact, day)
    return date_in(session.values, "when") or (occasion.date if occasion else None)


def _next(last: FactDate, rhythm: Quantity) -> Period | None:
    if not isinstance(rhythm, Count) or rhythm.unit not in SPANS:
        return None
    return after(last, int(rhythm.number), rhythm.unit)
