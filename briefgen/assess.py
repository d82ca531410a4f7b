"""FactBook x day -> Briefing: what was known on the day, and what can be said of it then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from briefgen.model.book import FactBook
from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.dates import FactDate, is_exact_day
from briefgen.model.facts import Act, AnyFact, Conflict, Headline, Office, Statement, Summit, Value, values_of
from briefgen.model.notation import Cite
from briefgen.model.prose import placeholders
from briefgen.model.quantities import Quantity, is_date


def assess(book: FactBook, day: date, due_soon_days: int = 90) -> Briefing:
    """The briefing as of a day. Nothing in it was published later; nothing in it says more than a source or a date."""
    items = _items(book, day, due_soon_days)
    return Briefing(
        day=day,
        book=book,
        items=items,
        headlines=_headlines(book, items),
        next_change=_next_change(book, day, due_soon_days, items),
    )


def known_from(book: FactBook, cites: Iterable[Cite]) -> date | None:
    """The first day on which one of the cites could be read; None where no record tells."""
    days = [book.sources[cite.source].known_from for cite in cites if cite.source in book.sources]
    return min(days, default=None)


def due_date(fact: AnyFact, values: Mapping[str, Value]) -> FactDate | None:
    """The deadline of a statement, if it has one that is known."""
    if not isinstance(fact, Statement):
        return None
    value = values.get("due") or values.get("by") if fact.due or fact.target else None
    return _date(value.value) if value else None


def _items(book: FactBook, day: date, due_soon_days: int) -> dict[str, Assessed]:
    items = {item.fact.id: item for item in _known(book, day, due_soon_days)}
    return {id: _with_successor(item, items) for id, item in items.items()}


def _known(book: FactBook, day: date, due_soon_days: int) -> Iterator[Assessed]:
    for fact in book.facts.values():
        since = fact_known_from(book, fact)
        if since is None or since > day:
            continue
        values = {name: value for name, value in values_of(fact).items() if _out(book, value.cite, day)}
        cites = tuple(cite for cite in fact.cites if _out(book, cite, day))
        status, why = _status(book, fact, values, day, due_soon_days)
        yield Assessed(
            fact=fact,
            status=status,
            why=why,
            known_from=since,
            cites=cites,
            values=values,
            days=_days(fact, values, day),
        )


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


def _out(book: FactBook, cite: Cite, day: date) -> bool:
    source = book.sources.get(cite.source)
    return source is not None and source.known_from <= day


def _status(
    book: FactBook, fact: AnyFact, values: Mapping[str, Value], day: date, due_soon_days: int
) -> tuple[Status, str]:
    match fact:
        case Statement():
            return _statement_status(book, fact, due_date(fact, values), day, due_soon_days)
        case Summit():
            reported = fact.held and all(_out(book, cite, day) for cite in fact.cites)
            return _summit_status(values, day, held=reported)
        case _:
            return Status.STANDS, "a source reports it"


def _statement_status(
    book: FactBook, fact: Statement, due: FactDate | None, day: date, due_soon_days: int
) -> tuple[Status, str]:
    if fact.act is Act.STATED:
        return Status.STANDS, "a position; it has no deadline and no outcome"
    if fact.outcome and (told := [str(cite) for cite in fact.outcome.cites if _out(book, cite, day)]):
        return Status(fact.outcome.status.value), f"a source says so: {', '.join(told)}"
    if due is None:
        return Status.NO_LATER_REPORT, "no date was set and no later source reports on it"
    if day > due.last:
        return Status.DEADLINE_PASSED, f"the deadline ended on {due.last} and no source tells the outcome"
    if day >= _due_soon(due, due_soon_days):
        return Status.DUE_SOON, f"the deadline ends on {due.last}, within {due_soon_days} days"
    return Status.OPEN, f"the deadline ends on {due.last}"


def _due_soon(due: FactDate, days: int) -> date:
    return due.last - timedelta(days=days)


def _summit_status(values: Mapping[str, Value], day: date, *, held: bool) -> tuple[Status, str]:
    """`held` once all its sources are out: those that announce a summit come before the one that reports it."""
    if held:
        return Status.HELD, "a source says that it took place"
    when = _date(values["when"].value) if "when" in values else None
    if when is None or day < when.first:
        return Status.UPCOMING, "its date lies ahead" if when else "no source known on this day gives its date"
    if day > when.last:
        return Status.OUTCOME_NOT_RECORDED, f"its date ended on {when.last} and no source says that it took place"
    return Status.MAY_HAVE_TAKEN_PLACE, f"the day lies within {when}, and no source says that it took place"


def _days(fact: AnyFact, values: Mapping[str, Value], day: date) -> int | None:
    """Only exact days count down."""
    when = _date(values["when"].value) if isinstance(fact, Summit) and "when" in values else None
    return (when.first - day).days if when and is_exact_day(when) and when.first >= day else None


def _date(quantity: Quantity) -> FactDate | None:
    return quantity if is_date(quantity) else None


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


def _next_change(book: FactBook, day: date, due_soon_days: int, items: Mapping[str, Assessed]) -> date | None:
    """The first later day on which the briefing says anything else than today."""
    now = _said(items)
    later = sorted(each for each in _turning_days(book, due_soon_days) if each > day)
    return next((each for each in later if _said(_items(book, each, due_soon_days)) != now), None)


def _said(items: Mapping[str, Assessed]) -> dict[str, tuple[object, ...]]:
    """All that follows from the day, but for the days that are counted down."""
    return {
        id: (item.status, item.became, item.superseded_by, item.cites, tuple(item.values)) for id, item in items.items()
    }


def _turning_days(book: FactBook, due_soon_days: int) -> set[date]:
    """When a source comes out, a deadline nears or is over, a summit's time begins or is over."""
    days = {source.known_from for source in book.sources.values()}
    for fact in book.facts.values():
        values = values_of(fact)
        if due := due_date(fact, values):
            days |= {_due_soon(due, due_soon_days), due.last + timedelta(days=1)}
        if isinstance(fact, Summit) and (when := _date(fact.when.value)):
            days |= {when.first, when.last + timedelta(days=1)}
    return days
