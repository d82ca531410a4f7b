"""Summits and deadlines for a calendar: only what has an exact day."""

from collections.abc import Iterator

from briefgen.assess.status import due_date
from briefgen.localise.context import Printer
from briefgen.localise.labels import ACTS, STATUSES, Label
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate, Interval, Precision
from briefgen.model.facts import Act, Statement, Summit
from briefgen.model.page import Agenda, Certainty, Entry
from briefgen.model.quantities import Name, is_date

_GONE = (Status.SUPERSEDED, Status.WITHDRAWN)


def agenda(printer: Printer) -> Agenda:
    """Every summit whose days are known exactly, and every deadline on the last day of its period.

    A summit of which only the month or the year is known is left out: on an invented day it would be wrong, and over
    the whole period it would stand in the reader's calendar on every day of a year. A deadline has an exact last day
    whatever its precision, for it is over the day after its period ends; its words say what the source names.
    """
    file = printer.book.file
    title = printer.text("partnership name", file.partnership.name)
    return Agenda(
        partnership=file.partnership.id,
        language=printer.language.code,
        lang=printer.language.patterns.lang,
        name=printer.say(Label.AGENDA_NAME, title=title),
        note=printer.say(Label.PUBLIC_SOURCES),
        day=printer.briefing.day,
        entries=tuple(_entries(printer)),
    )


def _entries(printer: Printer) -> Iterator[Entry]:
    for known in printer.briefing.items.values():
        match known.fact:
            case Summit() if (when := _when(known)) and _to_the_day(when):
                yield _summit(printer, known, when)
            case Statement() if due := due_date(known.fact, known.values):
                yield _deadline(printer, known, due)
            case _:
                pass


def _summit(printer: Printer, known: Assessed, when: FactDate) -> Entry:
    host = known.values.get("host")
    hosted = printer.name(host.value.id) if host and isinstance(host.value, Name) else ""
    return Entry(
        id=known.fact.id,
        first=when.first,
        last=when.last,
        summary=str(printer.item(known).text),
        summary_lang=_lang(printer, known),
        lines=(
            printer.say(STATUSES[known.status]),
            " · ".join(filter(None, (printer.date(when), hosted))),
            *_sources(printer, known),
        ),
        category=printer.say(Label.SUMMIT),
        certainty=_certainty(known, certain=known.status is Status.HELD or _told_by_more_than_one_side(printer, known)),
        ahead=known.status not in _GONE,
    )


def _deadline(printer: Printer, known: Assessed, due: FactDate) -> Entry:
    item, fact = printer.item(known), known.fact
    named = printer.say(Label.AGENDA_LAST_DAY, due=printer.word(due, "table"))
    sides = " → ".join(filter(None, (printer.side(fact.by), printer.side(fact.to))))
    return Entry(
        id=fact.id,
        first=due.last,
        last=due.last,
        summary=printer.say(Label.AGENDA_DEADLINE, text=str(item.text)),
        summary_lang=_lang(printer, known),
        lines=(
            printer.say(STATUSES[known.status]),
            f"{printer.say(ACTS[fact.act])} · {sides}",
            *([] if _to_the_day(due) else [named]),
            *_sources(printer, known),
        ),
        category=printer.say(Label.AGENDA_CATEGORY),
        certainty=_certainty(known, certain=fact.act in (Act.AGREED, Act.SIGNED)),
        ahead=known.status not in _GONE and printer.briefing.day <= due.last,
    )


def _when(known: Assessed) -> FactDate | None:
    value = known.values.get("when")
    return value.value if value and is_date(value.value) else None


def _to_the_day(when: FactDate) -> bool:
    """Both ends of it."""
    ends = (when.start, when.end) if isinstance(when, Interval) else (when,)
    return all(each.precision is Precision.DAY for each in ends)


def _certainty(known: Assessed, *, certain: bool) -> Certainty:
    """A deadline is certain when both sides agreed to it; a summit when more than one side tells its day."""
    if known.status in _GONE:
        return Certainty.CANCELLED
    return Certainty.CONFIRMED if certain else Certainty.TENTATIVE


def _told_by_more_than_one_side(printer: Printer, known: Assessed) -> bool:
    """Sources of nobody's account count as well."""
    accounts = {printer.book.sources[cite.source].account for cite in known.cites}
    return accounts != {""} if len(accounts) > 1 else accounts == {""}


def _sources(printer: Printer, known: Assessed) -> Iterator[str]:
    for mark in printer.marks(known.cites):
        described = printer.book.sources[mark.source].describes
        yield f"{printer.text(f'source {mark.source}', described)}, {mark.lines}"


def _lang(printer: Printer, known: Assessed) -> str:
    """The tag of the language that the text stands in: where it is not translated, the base's."""
    foreign = {run.lang for run in printer.item(known).text.runs if run.lang}
    return foreign.pop() if foreign else printer.language.patterns.lang
