"""What can be said of a statement or a summit on a day: a source tells it, or it follows from dates."""

from collections.abc import Mapping
from datetime import date, timedelta

from briefgen.assess.known import date_in, due_date, is_out
from briefgen.model.book import FactBook
from briefgen.model.briefing import Status
from briefgen.model.dates import FactDate, is_exact_day
from briefgen.model.facts import Act, AnyFact, Statement, Summit, Value


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
        case _:
            return Status.STANDS, "a source reports it"


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
