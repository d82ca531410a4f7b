"""How old the facts are that a page rests on: what is past review, kind by kind, and what that means."""

from dataclasses import asdict
from decimal import Decimal

from briefgen.localise.labels import AGEING_KINDS, Label
from briefgen.localise.numerals import digits
from briefgen.localise.printer import Printer
from briefgen.model.briefing import Assessed
from briefgen.model.dates import day_of
from briefgen.model.facts import Office
from briefgen.model.page import Prose, Run, StaleFact, StaleKind


def stale(printer: Printer) -> tuple[StaleKind, ...]:
    """The kinds of fact of which any is past review."""
    found = (_kind(printer, kind, title) for kind, title in AGEING_KINDS.items())
    return tuple(row for row in found if row.facts)


def rules(printer: Printer) -> tuple[str, ...]:
    """How many facts are past review, and when a fact is; for the colophon."""
    briefing = printer.briefing
    patterns = printer.language.patterns
    lives = {kind: digits(Decimal(days), patterns) for kind, days in asdict(briefing.shelf_lives).items()}
    past, total = (digits(Decimal(len(found)), patterns) for found in (briefing.past_review, briefing.ageing))
    numbers = {"number": past, "total": total}
    return printer.say(Label.STALE_COUNT, **numbers), printer.say(Label.RULE_REVIEW, **lives)


def newest_source(printer: Printer) -> str:
    """The day of the newest source, for the masthead: no page knows more; empty where nothing is known yet."""
    days = [printer.book.sources[id].known_from for id in printer.numbers]
    if not days:
        return ""
    newest = max(days)
    return printer.say(Label.NEWEST_SOURCE, date=printer.date(day_of(newest)))


def _kind(printer: Printer, kind: str, title: Label) -> StaleKind:
    ageing = [item for item in printer.briefing.ageing if item.fact.kind == kind]
    found = [item for item in printer.briefing.past_review if item.fact.kind == kind]
    return StaleKind(
        title=printer.say(title),
        share=printer.say(Label.SHARE_OF, number=str(len(found)), total=str(len(ageing))),
        oldest=printer.month(found[0].confirmed) if found else "",
        facts=tuple(_fact(printer, item) for item in found),
    )


def _fact(printer: Printer, known: Assessed) -> StaleFact:
    text = printer.item(known).text
    if isinstance(known.fact, Office):
        person = printer.word(known.fact.holder.value)
        text = Prose((Run(printer.say(Label.PERSON_TITLE, person=person, title=str(text))),))
    return StaleFact(id=known.fact.id, text=text, confirmed=printer.date(day_of(known.confirmed)))
