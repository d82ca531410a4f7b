"""From when a fact, a cite or a value could be known."""

from collections.abc import Iterable, Mapping
from datetime import date

from briefgen.model.book import FactBook
from briefgen.model.dates import FactDate
from briefgen.model.facts import AnyFact, Conflict, Office, Statement, Value, values_of
from briefgen.model.notation import Cite
from briefgen.model.prose import placeholders
from briefgen.model.quantities import is_date


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
