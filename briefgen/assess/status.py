"""From when a fact is known, and what a source or its dates give as its status on a day.

When the next session of a mechanism is due follows from its rhythm, counted from the last that a source reports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from briefgen.model import facts
from briefgen.model.book import FactBook, date_in, every_slot, values_of
from briefgen.model.briefing import NOT_HELD_YET, Assessed, Status
from briefgen.model.dates import SPANS, FactDate, Period, after, is_exact_day
from briefgen.model.facts import AnyFact, Statement, Summit, Value, is_expected, outcome_cites, outcome_of, placeholders
from briefgen.model.quantities import Cite, Count, Quantity, is_date


def status_of(
    book: FactBook, fact: AnyFact, values: Mapping[str, Value], due: FactDate | None, day: date, due_soon_days: int
) -> tuple[Status, str]:
    """Return the status of a fact by itself, and the rule or the source behind it."""
    match fact:
        case Statement():
            return _statement_status(book, fact, due, day, due_soon_days)
        case facts.Mechanism() if fact.act is not facts.Act.STATED:
            unreported = (Status.NO_LATER_REPORT, f"it was {fact.act}, and no later source reports on it")
            return _reported(book, fact, day) or unreported
        case Summit() | facts.Meeting():
            if not is_expected(fact):
                return Status.STANDS, "a source reports it"
            # of those that are cited one reports it and others announce it: without an occasion, all must be out
            cited = (fact.on,) if fact.on else fact.cites
            held = bool(fact.held) and all(book.is_out(each, day) for each in cited)
            return _summit_status(date_in(values, "when"), date_in(values, "by"), day, held=held)
        case facts.Document() if due is not None:
            ends = "ended" if day > due.last else "ends"
            return status_by(due, day, due_soon_days)[0], f"its term {ends} on {due.last}"
        case facts.Milestone() | facts.Mechanism() | facts.Document() | facts.Figure():
            return Status.STANDS, "a source reports it"
        case facts.Office() | facts.Conflict():
            return Status.STANDS, "a source reports it"
        case _:
            assert_never(fact)


def _statement_status(
    book: FactBook, fact: Statement, due: FactDate | None, day: date, due_soon_days: int
) -> tuple[Status, str]:
    if fact.act is facts.Act.STATED:
        return Status.STANDS, "a position; it has no deadline and no outcome"
    if reported := _reported(book, fact, day):
        return reported
    if due is None:
        return Status.NO_LATER_REPORT, "no date was set and no later source reports on it"
    return status_by(due, day, due_soon_days, "its date" if fact.act.owes_nothing else "the deadline")


def status_by(due: FactDate, day: date, due_soon_days: int, named: str = "the deadline") -> tuple[Status, str]:
    """Return the status of what is to be done by a date and of which no source reports the outcome, and why."""
    if day > due.last:
        return Status.DEADLINE_PASSED, f"{named} ended on {due.last} and no source reports the outcome"
    if day >= due_soon_from(due, due_soon_days):
        return Status.DUE_SOON, f"{named} ends on {due.last}, within {due_soon_days} days"
    return Status.OPEN, f"{named} ends on {due.last}"


def _reported(book: FactBook, fact: AnyFact, day: date) -> tuple[Status, str] | None:
    """Return the status that sources published by the day report; None where none does."""
    outcome, reports = outcome_of(fact), ", ".join(map(str, reports_of(book, fact, day)))
    return (Status(outcome.status.value), f"a source says so: {reports}") if outcome and reports else None


def reports_of(book: FactBook, fact: AnyFact, day: date) -> tuple[Cite, ...]:
    """Return the lines that report the outcome of a fact, as far as their sources are out."""
    return tuple(cite for cite in outcome_cites(fact) if book.is_out(cite, day))


def _summit_status(when: FactDate | None, by: FactDate | None, day: date, *, held: bool) -> tuple[Status, str]:
    if held:
        return Status.HELD, "a source says that it took place"
    if when is None and by and day > by.last:
        when = by
    if when is None or day < when.first:
        return Status.UPCOMING, "its date lies ahead" if when else "no source known on this day gives its date"
    if day > when.last:
        return Status.OUTCOME_NOT_RECORDED, f"its date ended on {when.last} and no source says that it took place"
    return Status.MAY_HAVE_TAKEN_PLACE, f"the day lies within {when}, and no source says that it took place"


def due_soon_from(due: FactDate, days: int) -> date:
    """Return the first day on which a deadline is near."""
    return due.last - timedelta(days=days)


def days_ahead(fact: AnyFact, values: Mapping[str, Value], day: date) -> int | None:
    """Return the days left to a summit; None unless it is ahead on an exact day."""
    when = date_in(values, "when") if is_expected(fact) else None
    return (when.first - day).days if when and is_exact_day(when) and when.first >= day else None


def fact_known_from(book: FactBook, fact: AnyFact) -> date | None:
    """Return the first day on which a fact can be printed; None where a record of what it needs is missing.

    It needs one of its cites, its occasion, and every value that is printed with it; a conflict needs its facts.
    """
    days = {book.published(id) for id in _sources_of(book, fact)} - {None}
    return next((day for day in sorted(filter(None, days)) if _is_complete(book, fact, day)), None)


def text_on(book: FactBook, fact: AnyFact, day: date) -> tuple[str, str]:
    """Return what a fact reads on a day, and the source that is not out yet, where that is an earlier text."""

    def since(earlier: facts.EarlierText) -> date:
        return book.published(earlier.before) or date.max

    waiting = [each for each in fact.earlier_texts if day < since(each)]
    first = min(waiting, key=since, default=None)  # whatever their order in the file
    return (first.text, first.before) if first else (fact.text, "")


def _sources_of(book: FactBook, fact: AnyFact) -> Iterator[str]:
    """Yield every source whose day may be the first on which a fact is known."""
    yield from (cite.source for cite in fact.cites)
    yield from (each.before for each in fact.earlier_texts)
    yield from (slot.value.cite.source for slot in every_slot(fact))
    if fact.on:
        yield fact.on.source
    for id in fact.between if isinstance(fact, facts.Conflict) else ():
        yield from _sources_of(book, book.facts[id]) if id in book.facts else ()


def _is_complete(book: FactBook, fact: AnyFact, day: date) -> bool:
    """Return whether a fact can be printed on a day."""
    values = values_of(fact)
    names = placeholders(f"{text_on(book, fact, day)[0]} {fact.note}")
    names += ("holder", "party") if isinstance(fact, facts.Office) else ()
    between = (book.facts[id] for id in fact.between if id in book.facts) if isinstance(fact, facts.Conflict) else ()
    is_announced = is_expected(fact)  # an announcement is older than the occasion itself
    return (
        any(book.is_out(cite, day) for cite in fact.cites)
        and all(as_known(book, values[name], day) for name in names if name in values)
        and (is_announced or not fact.on or book.is_out(fact.on, day))
        and all(_is_complete(book, each, day) for each in between)
    )


def as_known(book: FactBook, value: Value | None, day: date) -> Value | None:
    """Return a value as the sources of that day have it: itself, or the last that earlier ones had; None before."""
    if value is None or book.is_out(value.cite, day):
        return value
    out = [each for each in value.earlier if book.is_out(each.cite, day)]
    return Value(value=out[-1].value, cite=out[-1].cite) if out else None


def due_date(book: FactBook, fact: AnyFact, day: date) -> FactDate | None:
    """Return the deadline of a statement as known on the day: its own, its target's, or the time of its summit.

    A position has none. Of a document it is the end of its term.
    """
    known = (value.value for each in _dues(book, fact) if (value := as_known(book, each, day)))
    summit = _summit_of(book, fact)
    occasion = book.occasion(summit, day) if summit else None  # of one that was announced without a date
    return next((quantity for quantity in known if is_date(quantity)), occasion.date if occasion else None)


def due_dates(book: FactBook, fact: AnyFact) -> Iterator[FactDate]:
    """Yield every deadline that a fact has on some day: it may be another from the day on which a source comes out."""
    sources = {each.cite.source for value in _dues(book, fact) for each in (value, *value.earlier)}
    summit = _summit_of(book, fact)
    sources |= {summit.on.source} if summit and summit.on else set()
    for since in {book.published(source) for source in sources}:
        if since and (due := due_date(book, fact, since)):
            yield due


def _dues(book: FactBook, fact: AnyFact) -> tuple[Value, ...]:
    if isinstance(fact, facts.Document):
        return (fact.until,) if fact.until else ()
    if not isinstance(fact, Statement) or fact.act is facts.Act.STATED:
        return ()
    summit = _summit_of(book, fact)
    own = (fact.due, fact.target.by if fact.target else None, summit.when if summit else None)
    return tuple(value for value in own if value)


def _summit_of(book: FactBook, fact: AnyFact) -> facts.Gathering | None:
    """Return the summit, or announced meeting, that an ask or an undertaking is addressed to."""
    named = fact.summit if isinstance(fact, Statement) and fact.act is not facts.Act.STATED else None
    summit = book.facts.get(named or "")
    return summit if is_expected(summit) else None


def possible_dates(value: Value | None) -> Iterator[FactDate]:
    """Yield every date that a value has on any day: its own, and what earlier sources had in its place."""
    found = (value, *value.earlier) if value else ()
    yield from (each.value for each in found if is_date(each.value))


_BY_ITSELF = (Status.STANDS, Status.NO_LATER_REPORT)


def with_next_due(book: FactBook, items: Mapping[str, Assessed], day: date, due_soon_days: int) -> dict[str, Assessed]:
    """Return the items with the time at which the next session of each mechanism is due; none if one is announced."""
    found = dict(items)
    for id, item in items.items():
        every = item.values.get("every") if isinstance(item.fact, facts.Mechanism) and not item.superseded_by else None
        sessions = [each for each in items.values() if _session_of(each.fact) == id] if every else []
        took_place = (each for each in sessions if each.took_place and not each.is_corrected)
        held = {each.fact.id: _day_of_session(book, each, day) for each in took_place}
        dates = {session: when for session, when in held.items() if when}
        if not every or not dates or any(each.status in NOT_HELD_YET for each in sessions):
            continue
        last = max(dates, key=lambda session: dates[session].last)
        if due := _next(dates[last], every.value):
            found[id] = replace(item, due=due)
            if item.status in _BY_ITSELF:
                why = f"every {every.value} after the session '{last}' of {dates[last]}, the next is due by {due.last}"
                found[id] = replace(item, due=due, status=status_by(due, day, due_soon_days)[0], why=why)
    return found


def possible_dues(book: FactBook) -> Iterator[Period]:
    """Yield every time at which a session may become due, whatever is known by then."""
    for session in book.facts.values():
        mechanism = book.facts.get(_session_of(session) or "")
        every = mechanism.every if isinstance(mechanism, facts.Mechanism) else None
        for rhythm in (every, *every.earlier) if every else ():
            whens = (*possible_dates(values_of(session).get("when")), book.day_of(session))
            yield from filter(None, (_next(when, rhythm.value) for when in whens if when))


def _session_of(fact: AnyFact) -> str | None:
    return fact.session_of if isinstance(fact, facts.Meeting | Summit) else None


def _day_of_session(book: FactBook, session: Assessed, day: date) -> FactDate | None:
    occasion = book.occasion(session.fact, day)
    return date_in(session.values, "when") or (occasion.date if occasion else None)


def _next(last: FactDate, rhythm: Quantity) -> Period | None:
    if not isinstance(rhythm, Count) or rhythm.unit not in SPANS:
        return None
    return after(last, int(rhythm.number), rhythm.unit)
