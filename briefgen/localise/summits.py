"""Summits, the history of each target, and what a calendar has: summits and deadlines that have an exact day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import assert_never

from briefgen.localise.context import DERIVED_SIGN, Context, printed, remarks
from briefgen.localise.history import LATE, WHOLE_YEAR, amounts, length, measuring, said_before, standing
from briefgen.localise.labels import ACTS, Label
from briefgen.localise.statements import GONE, due_by, is_recent, row
from briefgen.localise.values import countdown, relative_period
from briefgen.model import facts
from briefgen.model.book import date_in
from briefgen.model.briefing import NOT_HELD_YET, Assessed, Status
from briefgen.model.dates import FactDate, Precision, day_of, ends_of
from briefgen.model.facts import Act, Figure, Meeting, Observation, Statement, Summit, is_expected, summit_of
from briefgen.model.quantities import Name, Percent, Quantity, is_date
from briefgen.model.records import Basis
from briefgen.model.views import Prose, RowGroup, SummitCard, TargetHistory, TargetRow

_REPLACED = (Status.SUPERSEDED, Status.REPEATED)
_A_YEAR = timedelta(days=366)
_A_MONTH = 31


def sign_of_day(context: Context, known: Assessed) -> str:
    """Return the sign that stands behind a day which the sources imply and none that is cited prints."""
    own, occasion = known.values.get("when"), context.occasion(known)
    if own is not None or occasion is None or occasion.basis is not Basis.DERIVED:
        return context.sign(own)
    told = (event for cite in known.cites for event in context.book.sources[cite.source].events.values())
    return "" if any((each.date, each.basis) == (occasion.date, Basis.TEXT) for each in told) else DERIVED_SIGN


def targets(context: Context) -> tuple[TargetHistory, ...]:
    """Return for each indicator, or name of a target without one, all goals and all results, the latest first.

    A goal that its side named again is one row; what something took the place of long ago is in the annex. The newest
    goal that a result can be held against has a bar.
    """
    goals: dict[tuple[str, str], list[Assessed]] = {}
    for item in printed(context):
        if isinstance(item.fact, Statement) and item.fact.target:
            indicator = context.measured_by(item)
            title = "" if indicator else item.fact.target.name or item.fact.id
            goals.setdefault((indicator, title), []).append(item)
    return tuple(_history(context, id, found) for (id, _), found in goals.items())


def _history(context: Context, indicator: str, goals: list[Assessed]) -> TargetHistory:
    measured = context.briefing.items.get(indicator)
    seen = [(each, of) for of in measuring(context, indicator) for each in reversed(of.observed)]  # a newer one first
    seen.sort(key=lambda pair: context.rank_of(*pair[1].fact.by))
    latest = max((each for each, _ in seen), key=lambda each: context.book.end_of_period(each), default=None)
    before = {earlier.fact.id for item in goals for earlier in said_before(context, item)}
    standing_or_recent = (item for item in goals if item.status not in _REPLACED or is_recent(context, item))
    named = [item for item in standing_or_recent if item.fact.id not in before]
    dated = [(context.day(item), _goal_row(context, item, latest)) for item in named]
    dated += [(context.book.end_of_period(each), _result_row(context, of, each)) for each, of in seen]
    rows = [each for _, each in sorted(dated, key=lambda pair: pair[0], reverse=True)]
    bar = next((row for row in rows if row.share), None)
    shown = next((row for row in rows if not row.act), None) if bar else None
    return TargetHistory(
        indicator=indicator,
        title=_title(context, measured, goals[-1]),
        rows=tuple(row if row is bar else replace(row, share="") for row in rows),
        bars=_bars(context, shown, context.briefing.items[bar.id], latest) if bar and shown and latest else "",
    )


def _bars(context: Context, shown: TargetRow, goal: Assessed, latest: Observation) -> str:
    """Return how much of the goal the bar shows, which no source says, and by whose figure."""
    share = _share(context, goal, goal.values["goal"].value, latest) or Decimal()
    percent = context.format_value(Percent(share.quantize(Decimal(1)))) + DERIVED_SIGN
    if not shown.party:
        return context.label(Label.BARS, result=shown.result, share=percent)
    by = context.book.facts[shown.id].by
    return context.label(Label.BARS_OF, result=shown.result, share=percent, party=context.within(*by))


def _title(context: Context, measured: Assessed | None, goal: Assessed) -> str:
    """Return what is measured, whoever's figure it is, if the curator gave it a name; else its text."""
    if measured is None:
        target = goal.fact.target if isinstance(goal.fact, Statement) else None
        return context.text(f"{goal.fact.id} target", target.name) if target and target.name else ""
    name = measured.fact.name if isinstance(measured.fact, Figure) else ""
    return context.text(f"{measured.fact.id} name", name) if name else str(context.item(measured).text)


def _goal_row(context: Context, known: Assessed, latest: Observation | None) -> TargetRow:
    item, whole = context.item(known), row(context, known)
    goal = known.values.get("goal")
    share = _share(context, known, goal.value, latest) if goal and latest else None
    return item.into(
        TargetRow,
        marks=whole.marks,
        account=whole.account,
        stale="",
        when=whole.when,
        party=whole.party,
        act=context.badge(known.fact.act, ACTS[known.fact.act]),
        status=standing(context, known),
        later=whole.later,
        also=whole.also,
        share="" if share is None else f"{min(100, share):.1f}%",
    )


def _result_row(context: Context, measured: Assessed, seen: Observation) -> TargetRow:
    amount = context.format_value(seen.value.value)
    period = context.period(seen.period)
    item = context.item(measured)
    return item.into(
        TargetRow,
        marks=context.marks([seen.value.cite]),
        note=Prose(),
        # only the latest is to be confirmed again; a period tells how old it is
        stale=item.stale if seen is measured.observed[-1] and not period else "",
        account=item.account if set(measured.fact.by) <= set(context.parties) else "",
        when=period,
        party=context.side(measured.fact.by),
        result=context.label(Label.LATEST_RESULT, amount=amount, period=period) if period else amount,
    )


def _share(context: Context, known: Assessed, goal: Quantity, latest: Observation) -> Decimal | None:
    """Return how far the latest result is, in percent; None if it cannot be compared with the goal.

    Both are amounts of one unit, in the same time if in any, and none of them is negative. A result of some months is
    none of a year, whereas that of one month may be what there was then. A result that ends over a year before the goal
    was named is too old; a goal that is over, or in whose place there is a newer one, has none.
    """
    if known.status in (*_REPLACED, *LATE) or context.day(known) - context.book.end_of_period(latest) > _A_YEAR:
        return None
    when = latest.period.value if latest.period else latest.value.value
    if is_date(when) and _A_MONTH < length(when) < WHOLE_YEAR:
        return None
    pair = amounts(goal, latest.value.value)
    return 100 * pair[1] / pair[0] if pair and pair[0] > 0 <= pair[1] else None


def upcoming(context: Context) -> tuple[SummitCard, ...]:
    """Return summits that lie ahead, the next one first; then those whose time has begun and may be over."""
    found = [item for item in summits(context) if item.status in NOT_HELD_YET]
    cards, told = list[SummitCard](), set[str]()
    for item in sorted(found, key=partial(when_key, context)):
        cards.append(card(context, item, frozenset(told)))
        told |= {each.id for group in (cards[-1].together, *cards[-1].sides) for each in group.rows}
        told |= {each.id for each in cards[-1].due_by_then}
    return tuple(cards)


def past(context: Context) -> tuple[SummitCard, ...]:
    """Return summits whose time is over or that a source reports as held, the latest first."""
    found = [item for item in summits(context) if item.status not in NOT_HELD_YET]
    return tuple(card(context, item) for item in sorted(found, key=partial(when_key, context), reverse=True))


def summits(context: Context) -> list[Assessed]:
    """Return the known summits, and meetings that are announced, in the order of the file."""
    found = (item for item in printed(context) if is_expected(item.fact))
    return [item for item in found if isinstance(item.fact, Summit) or not item.took_place]


def when_key(context: Context, item: Assessed) -> tuple[bool, str, str]:
    """Return a sort key: summits ahead first, the next one first."""
    when = time_of(context, item)
    day = over_by(context, item, when) if when and item.took_place else when and when.last
    return item.status is not Status.UPCOMING, str(day or "9999"), item.fact.id


def time_of(context: Context, item: Assessed) -> FactDate | None:
    """Return the date of a summit, or that by which it is to be held; None where no source gives one."""
    return context.when(item) or date_in(item.values, "by")


def over_by(context: Context, item: Assessed, when: FactDate) -> date:
    """Return the last day that something reported can have had: the end of its time, or the day of its last source."""
    told = context.book.known_days(item.cites)
    return max(when.first, min(when.last, max(told, default=when.last)))


def card(context: Context, known: Assessed, told: frozenset[str] = frozenset()) -> SummitCard:
    """Return a summit with what each side said for it; what is due by then and was `told` before is there."""
    item, when = context.item(known), context.when(known)
    ahead = known.status in NOT_HELD_YET
    said = [each for each in printed(context) if summit_of(each.fact) == known.fact.id]
    both = [each for each in said if not each.fact.by or context.is_all(each.fact.by)]
    together = _group(context, context.side(context.parties), both)
    sides = tuple(
        _group(
            context,
            context.label(Label.SIDE_ALONE, party=context.within(*side)),
            (each for each in said if set(each.fact.by) == set(side)),
        )
        for side in context.sides(said)
        if not context.is_all(side)
    )
    beside = {each.fact.id for each in said}  # what is addressed to the summit is beside it already
    due = tuple(each for each in (due_by(context, when.last) if when and ahead else ()) if each.id not in beside)
    new = tuple(each for each in due if each.id not in told)
    return item.into(
        SummitCard,
        note=remarks(item.note, context.later(known)),
        host=host(context, known) or chair(context, known),
        form=context.form(known.fact.form) if isinstance(known.fact, Meeting) else "",
        when=summit_date(context, known),
        countdown=days_to_go(context, known),
        status=context.standing(known),
        together=together,
        sides=sides,
        due_above=context.label(Label.AS_ABOVE) if len(new) < len(due) else "",
        due_by_then=new,
        last_day=context.date(day_of(when.last)) if when else "",
        spoken_of=any(group.rows for group in (together, *sides)) or bool(new),
        starts=starts(context, known),
    )


def summit_date(context: Context, known: Assessed) -> str:
    """Return its date, or the day by which it is to be held; else that no source gives one."""
    if when := context.when(known):
        return context.date(when) + context.sign(known.values.get("when"))
    by = date_in(known.values, "by")
    return context.label(Label.HELD_BY, date=context.date(by, "prose")) if by else context.label(Label.DATE_UNKNOWN)


def host(context: Context, known: Assessed) -> str:
    """Return who hosts a summit or a meeting; empty if that is not known."""
    values = (value for name, value in known.values.items() if re.fullmatch(r"host\d*", name))
    return context.join(context.name(value.value.id) for value in values if isinstance(value.value, Name))


def chair(context: Context, known: Assessed) -> str:
    """Return who chairs a summit; empty if that is not known."""
    found = known.values.get("chair")
    return (
        context.label(Label.CHAIR, party=context.name(found.value.id))
        if found and isinstance(found.value, Name)
        else ""
    )


def days_to_go(context: Context, known: Assessed) -> str:
    """Return how far a summit is: only exact days count down; a time that has begun may be over already."""
    when = context.when(known)
    if when is None or known.status not in NOT_HELD_YET:
        return ""
    if known.status is Status.MAY_HAVE_TAKEN_PLACE:
        return relative_period(when, context.briefing.day, context.language.patterns)
    return countdown(known.days, context.language.patterns, when) if known.days is not None else ""


def starts(context: Context, known: Assessed) -> str:
    """Return the day on which a summit ahead begins, as ISO 8601 has it; empty where it is not known exactly."""
    when = context.when(known)
    return when.first.isoformat() if when and known.days is not None and known.status in NOT_HELD_YET else ""


def _group(context: Context, title: str, items: Iterable[Assessed]) -> RowGroup:
    return RowGroup(title=title, rows=tuple(row(context, each) for each in items))


class Certainty(StrEnum):
    """How sure a day is, in the words of calendars (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A summit or a deadline; `id` is that of the fact."""

    id: str
    first: date
    last: date
    summary: str
    summary_lang: str
    """BCP 47; another than the agenda's where a text is not translated."""
    lines: tuple[str, ...]
    """What is known of it, its status and its sources."""
    category: str
    certainty: Certainty
    ahead: bool
    """Whether it is entered anew; one that is not is kept only where an earlier edition entered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A partnership's summits and deadlines in one language."""

    partnership: str
    language: str
    lang: str
    """BCP 47."""
    name: str
    note: str
    day: date
    entries: tuple[CalendarEntry, ...]
    notices: tuple[str, ...] = ()
    """That it is a draft, and how it is to be handled: said of the calendar, and of each entry, which may go alone."""


def agenda(context: Context, notices: tuple[str, ...] = ()) -> Agenda:
    """Every summit whose days are known exactly, and every deadline and end of a term on the last day of its period.

    A summit of which only the month or the year is known is left out: on an invented day it would be wrong, and over
    the whole period it would stand in the reader's calendar on every day of a year. A deadline has an exact last day
    whatever its precision, for it is over the day after its period ends; its words say what the source names.
    """
    file = context.book.file
    title = context.text("partnership name", file.partnership.name)
    return Agenda(
        partnership=file.partnership.id,
        language=context.language.code,
        lang=context.language.patterns.lang,
        name=context.label(Label.AGENDA_NAME, title=title),
        note=context.label(Label.PUBLIC_SOURCES),
        day=context.briefing.day,
        entries=tuple(_entries(context)),
        notices=notices,
    )


def _entries(context: Context) -> Iterator[CalendarEntry]:
    for known in context.briefing.items.values():
        match known.fact:
            case facts.Summit() | Meeting() if is_expected(known.fact):
                if (when := date_in(known.values, "when")) and _to_the_day(when):
                    yield _summit(context, known, when)
            case Statement() as fact if known.due:
                yield _deadline(context, known, fact, known.due)
            case facts.Document() as fact if known.due:
                yield _end_of_term(context, known, fact, known.due)
            case facts.Summit() | Meeting() | Statement() | facts.Milestone() | facts.Mechanism() | facts.Document():
                pass
            case facts.Figure() | facts.Office() | facts.Conflict():
                pass
            case _:
                assert_never(known.fact)


def _summit(context: Context, known: Assessed, when: FactDate) -> CalendarEntry:
    accounts = context.book.accounts(known.cites)
    told_by_more_than_one_side = accounts == {""} or len(accounts) > 1  # sources of nobody's account count as well
    return CalendarEntry(
        id=known.fact.id,
        first=when.first,
        last=when.last,
        summary=context.plain(known),
        summary_lang=_lang(context, known),
        lines=(
            context.standing(known).label,
            " · ".join(filter(None, (context.date(when), host(context, known)))),
            *map(context.cited, context.marks(known.cites)),
        ),
        category=context.form(fact.form) if isinstance(fact := known.fact, Meeting) else context.label(Label.SUMMIT),
        certainty=_certainty(known, certain=known.status is Status.HELD or told_by_more_than_one_side),
        ahead=known.status not in GONE,
    )


def _deadline(context: Context, known: Assessed, fact: Statement, due: FactDate) -> CalendarEntry:
    named = context.label(Label.AGENDA_LAST_DAY, due=context.format_value(due, "table"))
    plain = context.plain(known)
    sides = " → ".join(filter(None, (context.side(fact.by), context.side(fact.to))))
    own = fact.due or (fact.target and fact.target.by)  # else it is only to be done by the summit that it names
    dated = fact.act.owes_nothing and own
    return CalendarEntry(
        id=fact.id,
        first=due.first if dated and _to_the_day(due) else due.last,
        last=due.last,
        summary=context.label(Label.AGENDA_DEADLINE, text=plain) if own and not dated else plain,
        summary_lang=_lang(context, known),
        lines=(
            context.standing(known).label,
            f"{context.label(ACTS[fact.act])} · {sides}",
            *([] if _to_the_day(due) else [named]),
            *map(context.cited, context.marks(known.cites)),
        ),
        category=context.label(ACTS[fact.act] if dated else Label.AGENDA_CATEGORY if own else Label.SUMMIT),
        certainty=_certainty(known, certain=fact.act in (Act.AGREED, Act.SIGNED)),
        ahead=known.status not in GONE and context.briefing.day <= due.last,
    )


def _end_of_term(context: Context, known: Assessed, fact: facts.Document, until: FactDate) -> CalendarEntry:
    return CalendarEntry(
        id=fact.id,
        first=until.last,
        last=until.last,
        summary=context.label(Label.AGENDA_TERM, text=context.plain(known)),
        summary_lang=_lang(context, known),
        lines=(
            context.standing(known).label,
            context.side(fact.by),
            *([] if _to_the_day(until) else [context.format_value(until, "table")]),
            *map(context.cited, context.marks(known.cites)),
        ),
        category=context.form(fact.form),
        certainty=_certainty(known, certain=fact.act in (Act.AGREED, Act.SIGNED)),
        ahead=known.status not in GONE and context.briefing.day <= until.last,
    )


def _to_the_day(when: FactDate) -> bool:
    return all(each.precision is Precision.DAY for each in ends_of(when))


def _certainty(known: Assessed, *, certain: bool) -> Certainty:
    """A deadline is certain when both sides agreed to it; a summit when more than one side tells its day."""
    if known.status in GONE:
        return Certainty.CANCELLED
    return Certainty.CONFIRMED if certain else Certainty.TENTATIVE


def _lang(context: Context, known: Assessed) -> str:
    """The tag of the language that the text stands in: where it is not translated, the base's."""
    foreign = {run.lang for run in context.item(known).text.runs if run.lang}
    return foreign.pop() if foreign else context.language.patterns.lang
