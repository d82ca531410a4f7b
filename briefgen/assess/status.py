"""From when a fact, a cite or a value could be known."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import assert_never

from briefgen.model.book import FactBook
from briefgen.model.briefing import Status
from briefgen.model.dates import FactDate, is_exact_day
from briefgen.model.facts import (
    Act,
    AnyFact,
    Conflict,
    Document,
    Figure,
    Mechanism,
    Meeting,
    Milestone,
    Office,
    Statement,
    Summit,
    Value,
    placeholders,
    values_of,
)
from briefgen.model.quantities import Cite, is_date


def status_of(
    book: FactBook, fact: AnyFact, values: Mapping[str, Value], day: date, due_soon_days: int
) -> tuple[Status, str]:
    """The status of a fact by itself, and the rule or the source behind it."""
    match fact:
        case Statement():
            return _statement_status(book, fact, due_date(fact, values), day, due_soon_days)
        case Summit():
            reported = fact.held and all(is_out(book, cite, day) for cite in fact.cites)
            return _summit_status(values, day, held=reported)
        case Milestone() | Meeting() | Mechanism() | Document() | Figure() | Office() | Conflict():
            return Status.STANDS, "a source reports it"
        case _:
            assert_never(fact)


def due_soon_from(due: FactDate, days: int) -> date:
    """The first day on which a deadline is near."""
    return due.last - timedelta(days=days)


def days_ahead(fact: AnyFact, values: Mapping[str, Value], day: date) -> int | None:
    """Only exact days count down."""
    when = date_in(values, "when") if isinstance(fact, Summit) else None
    return (when.first - day).days if when and is_exact_day(when) and when.first >= day else None


def _statement_status(
    book: FactBook, fact: Statement, due: FactDate | None, day: date, due_soon_days: int
) -> tuple[Status, str]:
    if fact.act is Act.STATED:
        return Status.STANDS, "a position; it has no deadline and no outcome"
    if fact.outcome and (told := [str(cite) for cite in fact.outcome.cites if is_out(book, cite, day)]):
        return Status(fact.outcome.status.value), f"a source says so: {', '.join(told)}"
    if due is None:
        return Status.NO_LATER_REPORT, "no date was set and no later source reports on it"
    if day > due.last:
        return Status.DEADLINE_PASSED, f"the deadline ended on {due.last} and no source tells the outcome"
    if day >= due_soon_from(due, due_soon_days):
        return Status.DUE_SOON, f"the deadline ends on {due.last}, within {due_soon_days} days"
    return Status.OPEN, f"the deadline ends on {due.last}"


def _summit_status(values: Mapping[str, Value], day: date, *, held: bool) -> tuple[Status, str]:
    """`held` once all its sources are out: those that announce a summit come before the one that reports it."""
    if held:
        return Status.HELD, "a source says that it took place"
    when = date_in(values, "when")
    if when is None or day < when.first:
        return Status.UPCOMING, "its date lies ahead" if when else "no source known on this day gives its date"
    if day > when.last:
        return Status.OUTCOME_NOT_RECORDED, f"its date ended on {when.last} and no source says that it took place"
    return Status.MAY_HAVE_TAKEN_PLACE, f"the day lies within {when}, and no source says that it took place"


def known_from(book: FactBook, cites: Iterable[Cite]) -> date | None:
    """The first day on which one of the cites could be read; None where no record tells."""
    days = [book.sources[cite.source].known_from for cite in cites if cite.source in book.sources]
    return min(days, default=None)


def fact_known_from(book: FactBook, fact: AnyFact) -> date | None:
    """From when the fact can be printed: one cite is out, its occasion, and every value that is printed with it."""
    since = known_from(book, fact.cites)
    values = values_of(fact)
    printed = (*placeholders(f"{fact.text} {fact.note}"), *(("holder", "party") if isinstance(fact, Office) else ()))
    days = [since, *(known_from(book, [values[name].cite]) for name in printed if name in values)]
    if isinstance(fact, Conflict):
        days += [fact_known_from(book, book.facts[id]) for id in fact.between if id in book.facts]
    if fact.on:
        days.append(book.sources[fact.on.source].known_from if fact.on.source in book.sources else None)
    return None if None in days else max(day for day in days if day)


def is_out(book: FactBook, cite: Cite, day: date) -> bool:
    """Whether the cited source could be read on the day."""
    source = book.sources.get(cite.source)
    return source is not None and source.known_from <= day


def due_date(fact: AnyFact, values: Mapping[str, Value]) -> FactDate | None:
    """The deadline of a statement, if it has one that is known."""
    if not isinstance(fact, Statement):
        return None
    return date_in(values, "due" if "due" in values else "by") if fact.due or fact.target else None


def date_in(values: Mapping[str, Value], name: str) -> FactDate | None:
    """The date of that name among the values, if it is there and is one."""
    quantity = values[name].value if name in values else None
    return quantity if quantity is not None and is_date(quantity) else None
