"""Briefing x Language -> Page: every part of the page, each finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from briefgen.changes import Changes
from briefgen.localise import front, news, reference, statements, summits
from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.localise.printer import Printer
from briefgen.localise.wording import as_of, count_of, word
from briefgen.model.briefing import Briefing
from briefgen.model.dates import Period
from briefgen.model.facts import Conflict, Document, Mechanism
from briefgen.model.page import Colophon, Masthead, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What an edition says of itself."""

    edition: int | None
    """None for a reconstruction, and for a part of an edition."""
    reconstruction: bool = False
    """Whether it is built for another day than today."""
    facts_hash: str
    version: str
    handling: str = ""


def localise(
    briefing: Briefing,
    changes: Changes | None,
    languages: Mapping[str, Language],
    code: str,
    imprint: Imprint,
    fit: front.Fit = front.FITS[0],
) -> Page:
    """The page in the language `code`; all `languages` stand in its table of names."""
    language = languages[code]
    printer = Printer(briefing=briefing, language=language)
    changed = news.changes(printer, changes, regular=imprint.edition is not None)
    return Page(
        lang=language.patterns.lang,
        language=language.code,
        language_name=language.patterns.own_name,
        base=language.fallback is None,
        labels={english: language.label(english) for english in language.labels},
        masthead=_masthead(printer, imprint),
        bottom_line=front.bottom_line(printer),
        messages=front.messages(printer),
        tiles=front.tiles(printer),
        counts=statements.counts(printer),
        glance=front.glance(printer, changed, fit),
        changes=changed,
        targets=front.targets(printer),
        undertakings=statements.undertakings(printer),
        asks=statements.asks(printer),
        positions=statements.positions(printer),
        upcoming=summits.upcoming(printer),
        past=summits.past(printer),
        figures=reference.figures(printer),
        timeline=reference.timeline(printer),
        mechanisms=tuple(printer.item(item) for item, _ in reference.of_kind(printer, Mechanism)),
        documents=tuple(printer.item(item) for item, _ in reference.of_kind(printer, Document)),
        offices=reference.offices(printer),
        conflicts=tuple(printer.item(item) for item, _ in reference.of_kind(printer, Conflict)),
        unreported=statements.unreported(printer),
        names=reference.names(printer, languages),
        sources=reference.sources(printer),
        colophon=_colophon(printer, imprint),
    )


def _day(day: date) -> Period:
    return Period(day.year, day.month, day.day)


def _masthead(printer: Printer, imprint: Imprint) -> Masthead:
    file, patterns, day = printer.book.file, printer.language.patterns, printer.briefing.day
    edition = printer.say(Label.EDITION, number=str(imprint.edition)) if imprint.edition else ""
    date_text = word(_day(day), patterns, "prose")
    notice = printer.say(Label.RECONSTRUCTION, date=date_text) if imprint.reconstruction else ""
    return Masthead(
        title=printer.text("partnership name", file.partnership.name),
        as_of=as_of(day, patterns),
        edition=edition,
        notice=notice,
        handling=imprint.handling,
        disclaimer=printer.say(Label.PUBLIC_SOURCES),
    )


def _colophon(printer: Printer, imprint: Imprint) -> Colophon:
    patterns = printer.language.patterns
    untranslated = _untranslated(printer)
    lines = [
        printer.say(
            Label.FACTS_COUNT,
            facts=count_of(len(printer.briefing.items), "facts", patterns),
            sources=count_of(len(printer.numbers), "sources", patterns),
        ),
        printer.say(Label.RULE_ACTS),
        printer.say(Label.RULE_STATUS),
        printer.say(Label.RULE_SUMMITS),
        printer.say(Label.RULE_SOURCES),
        printer.say(Label.RULE_ORDER),
        *([printer.say(Label.FALLBACKS, number=str(untranslated))] if untranslated else []),
        printer.say(Label.PROGRAM, version=imprint.version, hash=imprint.facts_hash[:12]),
    ]
    return Colophon(lines=tuple(lines), facts_hash=imprint.facts_hash)


def _untranslated(printer: Printer) -> int:
    language = printer.language
    return sum(language.text(each.context, each.text) is None for each in printer.book.messages())
