"""When the next session of a mechanism is due: its rhythm, counted from the last session that a source reports."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from briefgen.assess.status import date_in, due_soon_from
from briefgen.model.book import FactBook
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import SPANS, FactDate, Period, after
from briefgen.model.facts import AnyFact, Mechanism, Meeting, Summit, Value
from briefgen.model.quantities import Count
from briefgen.model.slots import values_of

_HELD = (Status.HELD, Status.STANDS)
_BY_ITSELF = (Status.STANDS, Status.NO_LATER_REPORT)


def with_next_due(book: FactBook, items: Mapping[str, Assessed], day: date, due_soon_days: int) -> dict[str, Assessed]:
    """Return the items with the time at which the next session of each mechanism is due; none if one is announced."""
    found = dict(items)
    for id, item in items.items():
        every = item.values.get("every") if isinstance(item.fact, Mechanism) else None
        if every is None:
            continue
        sessions = [each for each in items.values() if _session_of(each.fact) == id]
        held = [each for each in sessions if each.status in _HELD and _date(book, each.fact, each.values, day)]
        if not held or any(each.status is Status.UPCOMING for each in sessions):
            continue
        dates = {each.fact.id: when for each in held if (when := _date(book, each.fact, each.values, day))}
        last = max(dates, key=lambda session: dates[session].last)
        due = _next(dates[last], every)
        if due is None:
            continue
        why = f"every {every.value} after the session '{last}' of {dates[last]}"
        status = item.status
        if status in _BY_ITSELF:
            is_soon = day >= due_soon_from(due, due_soon_days)
            status = Status.DUE_SOON if is_soon else Status.OPEN
            status = Status.DEADLINE_PASSED if day > due.last else status
        found[id] = replace(item, due=due, status=status, why=f"{why}, the next is due by {due.last}")
    return found


def possible_dues(book: FactBook) -> Iterator[Period]:
    """Yield every time at which a session may become due, whatever is known by then."""
    for session in book.facts.values():
        mechanism = book.facts.get(_session_of(session) or "")
        every = mechanism.every if isinstance(mechanism, Mechanism) else None
        when = _date(book, session, values_of(session), date.max)
        if every and when and (due := _next(when, every)):
            yield due


def _session_of(fact: AnyFact) -> str | None:
    return fact.session_of if isinstance(fact, Meeting | Summit) else None


def _date(book: FactBook, fact: AnyFact, values: Mapping[str, Value], day: date) -> FactDate | None:
    own = date_in(values, "when")
    is_told = fact.on is not None and fact.on.source in book.sources and book.sources[fact.on.source].known_from <= day
    return own or (book.day_of(fact) if is_told else None)


def _next(last: FactDate, every: Value) -> Period | None:
    rhythm = every.value
    if not isinstance(rhythm, Count) or rhythm.unit not in SPANS:
        return None
    return after(last, int(rhythm.number), rhythm.unit)
