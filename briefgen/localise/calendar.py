"""Summits and deadlines for a calendar: only what has an exact day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from briefgen.localise.context import Context
from briefgen.localise.labels import ACTS, Label
from briefgen.localise.statements import GONE
from briefgen.localise.summits import host
from briefgen.model import facts
from briefgen.model.book import date_in
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate, Precision, ends_of
from briefgen.model.facts import Act, Meeting, Statement, is_expected


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
    """Every summit whose days are known exactly, and every deadline on the last day of its period.

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
            case facts.Summit() | Meeting() | Statement() | facts.Milestone() | facts.Mechanism() | facts.Document():
                pass
            case facts.Figure() | facts.Office() | facts.Conflict():
                pass
            case _:
                assert_never(known.fact)


def _summit(context: Context, known: Assessed, when: FactDate) -> CalendarEntry:
    accounts = {context.book.sources[cite.source].account for cite in known.cites}
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
