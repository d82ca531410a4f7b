"""The briefing as of a day: from when each fact is known, its status, how fresh it is, and when that would differ.

A status is what a source or the fact's own dates give on the day. When the next session of a mechanism is due follows
from its rhythm, counted from the last that a source reports.

Days that are counted down make no difference: the page of an edition names the day it counts from, and a new edition
every morning, for a number that only grew smaller, would hide those that bring news.

What happened does not age: meetings, summits held, steps of the past, what is settled, replaced or withdrawn. Nor does
a position, which is printed with the day it was stated; nor what is marked already (a deadline passed, a summit of
which no outcome is recorded); nor a conflict, whose facts age themselves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import assert_never

from briefgen.model import facts, remembered
from briefgen.model.book import FactBook, date_in, every_slot, values_of
from briefgen.model.briefing import HELD_WITHIN, NOT_HELD_YET, OFFICE_NAMED_FOR, Assessed, Briefing, ShelfLives, Status
from briefgen.model.dates import SPANS, FactDate, Period, after, is_exact_day
from briefgen.model.facts import (
    AnyFact,
    Figure,
    Headline,
    Observation,
    Statement,
    Summit,
    Value,
    is_expected,
    outcome_cites,
    outcome_of,
    placeholders,
)
from briefgen.model.quantities import Cite, Count, Quantity, is_date

Items = Mapping[str, Assessed]
_IN_MOTION = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.PARTLY,
    Status.OVERDUE,
    Status.OPEN,
    Status.DUE_SOON,
    Status.NO_LATER_REPORT,
)


@remembered(8)
def assess(book: FactBook, day: date, due_soon_days: int = 90, shelf_lives: ShelfLives | None = None) -> Briefing:
    """Return the briefing as of a day, from sources published by that day and the dates in them alone."""
    lives = shelf_lives or ShelfLives()
    since = {id: fact_known_from(book, fact) for id, fact in book.facts.items()}

    def items_on(day: date) -> Items:
        alone = {item.fact.id: item for item in _known(book, since, day, due_soon_days)}
        known = {id: _with_successor(item, alone) for id, item in alone.items()}
        linked = _with_links(_with_next_due(book, known, day, due_soon_days))
        return dict(_with_freshness(book, linked, day, lives))

    @cache
    def next_change() -> date | None:
        then, known = day, items
        while later := [each for each in _turning_days(book, known, due_soon_days) if each > then]:
            then = min(later)
            known = items_on(then)
            if _state(known) != _state(items):
                return then
        return None

    items = items_on(day)
    return Briefing(
        day=day,
        book=book,
        items=items,
        headlines=_headlines(book, items),
        foresee=next_change,
        shelf_lives=lives,
        known_from=since,
    )


def _known(book: FactBook, known_from: Mapping[str, date | None], day: date, due_soon_days: int) -> Iterator[Assessed]:
    for fact in book.facts.values():
        since = known_from[fact.id]
        if since is None or since > day:
            continue
        out = {name: _as_known(book, value, day) for name, value in values_of(fact).items()}
        values = {name: value for name, value in out.items() if value}
        due = _due_date(book, fact, day)
        status, why = _status_of(book, fact, values, due, day, due_soon_days)
        text, before = _text_on(book, fact, day)
        yield Assessed(
            fact=replace(fact, text=text) if before else fact,
            text_before=before,
            status=status,
            why=why,
            known_from=since,
            cites=tuple(cite for cite in fact.cites if book.is_out(cite, day)),
            reported_by=_reports_of(book, fact, day),
            values=values,
            days=_days_ahead(fact, values, day),
            due=due,
        )


def _with_links(items: Items) -> dict[str, Assessed]:
    """Return the items with the statements that repeat or answer them; of a repeated one only what is open changes."""
    found = dict(items)
    for id, item in items.items():
        if not isinstance(item.fact, Statement) or item.is_corrected:
            continue
        for earlier in (items[each] for each in item.fact.repeats if each in items):
            open_still = earlier.status in _OPEN
            found[earlier.fact.id] = replace(
                found[earlier.fact.id],
                repeated_by=id,
                status=Status.REPEATED if open_still else earlier.status,
                became=earlier.status if open_still else earlier.became,
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
    return replace(item, status=Status.SUPERSEDED, became=item.status, superseded_by=superseded.by, why=why)


def _headlines(book: FactBook, items: Items) -> tuple[Headline, ...]:
    """Return those whose facts are all known and right, and each of their values that they name."""
    right = {id: item for id, item in items.items() if not item.is_corrected}

    def is_known(headline: Headline) -> bool:
        values = {f"{id}.{name}" for id in headline.facts if id in right for name in right[id].values}
        return right.keys() >= {*headline.facts} and values.issuperset(placeholders(headline.text))

    return tuple(sorted(filter(is_known, book.file.headlines), key=lambda headline: headline.rank))


def _turning_days(book: FactBook, items: Items, due_soon_days: int) -> Iterator[date]:
    """Yield the days on which a source is published, a deadline or summit nears or is over, or a fact goes stale.

    They are those of what is known so far: what is told by a source that comes out, is told on its day.
    """
    yield from (source.known_from for source in book.sources.values())
    for item in items.values():
        dates = [item.due, *(date_in(item.values, name) for name in ("when", "by", "until"))]
        for when in (each for each in dates if each):
            yield from (when.first, when.last + timedelta(days=1), _due_soon_from(when, due_soon_days))
        if item.review_due:
            yield item.review_due
        if item.fact.reviewed:
            yield item.fact.reviewed.last
        if isinstance(item.fact, facts.Office):
            yield _after(item.confirmed, OFFICE_NAMED_FOR.days + 1)
        if "by" in item.values:
            yield _after(item.confirmed, HELD_WITHIN)


def _state(items: Items) -> Items:
    """Return all that follows from the day, except days that are counted down."""

    def state(item: Assessed) -> Assessed:
        confirmed, due = item.confirmed if item.stale else date.min, item.review_due and date.min
        return replace(item, why="", days=None, reported_by=(), confirmed=confirmed, review_due=due)

    return {id: state(item) for id, item in items.items()}


def _with_freshness(
    book: FactBook, items: Mapping[str, Assessed], day: date, lives: ShelfLives
) -> Iterator[tuple[str, Assessed]]:
    """Yield each item with the day it was last confirmed, and whether that is too long ago."""
    level = _level(items.values())
    for id, item in items.items():
        fact = item.fact
        review = fact.reviewed.last if fact.reviewed and fact.reviewed.last <= day else date.min
        newest = max(book.known_days(cite for cite in _confirming(fact, item.observed) if book.is_out(cite, day)))
        confirmed = max(newest, review)
        life = _shelf_life(item, confirmed, level, day, lives)
        # it ages from its newest source; a figure from the end of the last known period
        start = max((book.end_of_period(each) for each in item.observed), default=newest)
        due = None if life is None else _after(max(start, review), life)
        found = replace(item, confirmed=confirmed, review_due=due, stale=due is not None and due <= day)
        due_by = item.status is Status.UPCOMING and "by" in item.values and "when" not in item.values
        if due_by and _after(confirmed, HELD_WITHIN) <= day:
            found = replace(found, status=Status.MAY_HAVE_TAKEN_PLACE, why="for a year no source has told of it")
        yield id, found


def _shelf_life(item: Assessed, confirmed: date, level: str, day: date, lives: ShelfLives) -> int | None:
    """Return the days from its last confirmation until it is stale; None where it does not age."""
    if item.status is Status.SUPERSEDED:
        return None
    match item.fact:
        case facts.Office():
            until = date_in(item.values, "until")
            serves = until.last >= day if until else day - confirmed <= OFFICE_NAMED_FOR
            return lives.office if serves else None
        case Figure():
            return lives.figure
        case Statement():
            return lives.statement if item.status in _IN_MOTION else None
        case Summit() | facts.Meeting():
            return lives.summit if item.status in NOT_HELD_YET else None
        case facts.Milestone():
            return lives.milestone if item.fact.id == level else None
        case facts.Mechanism():
            return lives.mechanism
        case facts.Document():
            return lives.document
        case facts.Conflict():
            return None
        case _:
            assert_never(item.fact)


def _level(items: Iterable[Assessed]) -> str:
    """Return the id of the latest step that set the level of the partnership: it alone describes the present."""
    steps = [item for item in items if isinstance(item.fact, facts.Milestone) and item.fact.level]
    standing = ((date_in(item.values, "when"), item) for item in steps if not item.superseded_by)
    dated = [(when.last, item.fact.id) for when, item in standing if when]
    return max(dated, default=(date.min, ""))[1]


def _confirming(fact: AnyFact, observed: Sequence[Observation] = ()) -> list[Cite]:
    """Return the lines that confirm a fact, those that report its outcome among them.

    Of what was observed, the latest is confirmed: a line that gives an earlier observation alone is left out.
    """
    given = [
        {(value.cite.source, value.cite.line) for value in (each.value, each.period) if value} for each in observed
    ]
    others = {line for lines in given[:-1] for line in lines - given[-1]}
    return [cite for cite in (*fact.cites, *outcome_cites(fact)) if (cite.source, cite.line) not in others]


def _after(day: date, days: int) -> date:
    """Return the day that many days later, or the last day of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))


def _status_of(
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
            return _status_by(due, day, due_soon_days)[0], f"its term {ends} on {due.last}"
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
    return _status_by(due, day, due_soon_days, "its date" if fact.act.owes_nothing else "the deadline")


def _status_by(due: FactDate, day: date, due_soon_days: int, named: str = "the deadline") -> tuple[Status, str]:
    """Return the status of what is to be done by a date and of which no source reports the outcome, and why."""
    if day > due.last:
        return Status.DEADLINE_PASSED, f"{named} ended on {due.last} and no source reports the outcome"
    if day >= _due_soon_from(due, due_soon_days):
        return Status.DUE_SOON, f"{named} ends on {due.last}, within {due_soon_days} days"
    return Status.OPEN, f"{named} ends on {due.last}"


def _reported(book: FactBook, fact: AnyFact, day: date) -> tuple[Status, str] | None:
    """Return the status that sources published by the day report; None where none does."""
    outcome, reports = outcome_of(fact), ", ".join(map(str, _reports_of(book, fact, day)))
    return (Status(outcome.status.value), f"a source says so: {reports}") if outcome and reports else None


def _reports_of(book: FactBook, fact: AnyFact, day: date) -> tuple[Cite, ...]:
    """Return the lines that report the outcome of a fact, as far as their sources are out."""
    return tuple(cite for cite in outcome_cites(fact) if book.is_out(cite, day))


def _summit_status(when: FactDate | None, by: FactDate | None, day: date, *, held: bool) -> tuple[Status, str]:
    if held:
        return Status.HELD, "a source says that it took place"
    if when is None and by and day >= by.first:
        when = by
    if when is None or day < when.first:
        return Status.UPCOMING, "its date lies ahead" if when else "no source known on this day gives its date"
    if day > when.last:
        return Status.OUTCOME_NOT_RECORDED, f"its date ended on {when.last} and no source says that it took place"
    return Status.MAY_HAVE_TAKEN_PLACE, f"the day lies within {when}, and no source says that it took place"


def _due_soon_from(due: FactDate, days: int) -> date:
    """Return the first day on which a deadline is near."""
    return due.last - timedelta(days=days)


def _days_ahead(fact: AnyFact, values: Mapping[str, Value], day: date) -> int | None:
    """Return the days left to a summit; None unless it is ahead on an exact day."""
    when = date_in(values, "when") if is_expected(fact) else None
    return (when.first - day).days if when and is_exact_day(when) and when.first >= day else None


def fact_known_from(book: FactBook, fact: AnyFact) -> date | None:
    """Return the first day on which a fact can be printed; None where a record of what it needs is missing.

    It needs one of its cites, its occasion, and every value that is printed with it; a conflict needs its facts.
    """
    days = {book.published(id) for id in _sources_of(book, fact)} - {None}
    return next((day for day in sorted(filter(None, days)) if _is_complete(book, fact, day)), None)


def _text_on(book: FactBook, fact: AnyFact, day: date) -> tuple[str, str]:
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
    names = placeholders(f"{_text_on(book, fact, day)[0]} {fact.note} {getattr(fact, 'brief', '')}")
    names += ("holder", "party") if isinstance(fact, facts.Office) else ()
    between = (book.facts[id] for id in fact.between if id in book.facts) if isinstance(fact, facts.Conflict) else ()
    is_announced = is_expected(fact)  # an announcement is older than the occasion itself
    return (
        any(book.is_out(cite, day) for cite in fact.cites)
        and all(_as_known(book, values[name], day) for name in names if name in values)
        and (is_announced or not fact.on or book.is_out(fact.on, day))
        and all(_is_complete(book, each, day) for each in between)
    )


def _as_known(book: FactBook, value: Value | None, day: date) -> Value | None:
    """Return a value as the sources of that day have it: itself, or the last that earlier ones had; None before."""
    if value is None or book.is_out(value.cite, day):
        return value
    out = [each for each in value.earlier if book.is_out(each.cite, day)]
    return Value(value=out[-1].value, cite=out[-1].cite) if out else None


def _due_date(book: FactBook, fact: AnyFact, day: date) -> FactDate | None:
    """Return the deadline of a statement as known on the day: its own, its target's, or the time of its summit.

    A position has none. Of a document it is the end of its term.
    """
    known = (value.value for each in _dues(book, fact) if (value := _as_known(book, each, day)))
    summit = _summit_of(book, fact)
    occasion = book.occasion(summit, day) if summit else None  # of one that was announced without a date
    return next((quantity for quantity in known if is_date(quantity)), occasion.date if occasion else None)


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


_BY_ITSELF = (Status.STANDS, Status.NO_LATER_REPORT)


def _with_next_due(book: FactBook, items: Mapping[str, Assessed], day: date, due_soon_days: int) -> dict[str, Assessed]:
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
                found[id] = replace(item, due=due, status=_status_by(due, day, due_soon_days)[0], why=why)
    return found


def _session_of(fact: AnyFact) -> str | None:
    return fact.session_of if isinstance(fact, facts.Meeting | Summit) else None


def _day_of_session(book: FactBook, session: Assessed, day: date) -> FactDate | None:
    occasion = book.occasion(session.fact, day)
    return date_in(session.values, "when") or (occasion.date if occasion else None)


def _next(last: FactDate, rhythm: Quantity) -> Period | None:
    if not isinstance(rhythm, Count) or rhythm.unit not in SPANS:
        return None
    return after(last, int(rhythm.number), rhythm.unit)
