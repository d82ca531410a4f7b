"""Briefing x Language -> Page: every part of the page, each finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from briefgen.changes import Changes
from briefgen.localise import freshness, front, house, news, reference, statements, summits, targets
from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.localise.printer import Printer
from briefgen.localise.wording import as_of, count_of, word
from briefgen.model.briefing import Briefing
from briefgen.model.clearance import Clearance, Cleared
from briefgen.model.dates import day_of
from briefgen.model.facts import Conflict, Document, Mechanism
from briefgen.model.look import Look
from briefgen.model.page import Colophon, Masthead, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What an edition says of itself."""

    edition: int | None
    """None for a reconstruction, and for a part of an edition."""
    revision: int = 1
    public_date: date | None = None
    """The day readers know the edition by; a minor one and a revision keep that of the last one that was neither."""
    reconstruction: bool = False
    """Whether it is built for another day than today."""
    facts_hash: str
    version: str
    clearance: Clearance = Clearance.OFF
    cleared: Cleared | None = None

    @property
    def draft(self) -> bool:
        """Whether it still lacks the clearance it needs."""
        return self.clearance is Clearance.REQUIRED and self.cleared is None


def localise(
    briefing: Briefing,
    changes: Changes | None,
    languages: Mapping[str, Language],
    code: str,
    imprint: Imprint,
    fit: front.Fit = front.FITS[0],
    look: Look | None = None,
) -> Page:
    """The page in the language `code`; all `languages` stand in its table of names."""
    language = languages[code]
    printer = Printer(briefing=briefing, language=language)
    changed = news.news(printer, changes, regular=imprint.edition is not None)
    return Page(
        lang=language.patterns.lang,
        language=language.code,
        language_name=language.patterns.own_name,
        base=language.fallback is None,
        labels={english: language.label(english) for english in language.labels},
        masthead=_masthead(printer, imprint, look),
        bottom_line=front.bottom_line(printer),
        messages=front.messages(printer),
        tiles=front.tiles(printer),
        counts=statements.counts(printer),
        glance=front.glance(printer, changed, fit),
        changes=changed,
        targets=targets.targets(printer),
        ticks=targets.ticks(printer),
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
        stale=freshness.stale(printer),
        names=reference.names(printer, languages),
        sources=reference.sources(printer),
        colophon=_colophon(printer, imprint),
    )


def _masthead(printer: Printer, imprint: Imprint, look: Look | None) -> Masthead:
    file, patterns, day = printer.book.file, printer.language.patterns, printer.briefing.day
    date_text = word(day_of(day), patterns, "prose")
    draft = printer.say(Label.DRAFT) if imprint.draft else ""
    past = printer.say(Label.RECONSTRUCTION, date=date_text) if imprint.reconstruction else ""
    return Masthead(
        title=printer.text("partnership name", file.partnership.name),
        as_of=as_of(day, patterns),
        edition=_edition(printer, imprint),
        notice=" · ".join(filter(None, (draft, past))),
        disclaimer=printer.say(Label.PUBLIC_SOURCES),
        **house.lines(printer, look),
        newest=freshness.newest_source(printer),
        draft=draft,
        cleared=_cleared(printer, imprint.cleared) if imprint.cleared else "",
    )


def _edition(printer: Printer, imprint: Imprint) -> str:
    """Number and public day; empty for what is no edition."""
    if imprint.edition is None:
        return ""
    label = Label.REVISION if imprint.revision > 1 else Label.EDITION
    named = printer.say(label, number=str(imprint.edition), revision=str(imprint.revision))
    if imprint.public_date is None:
        return named
    return printer.say(Label.EDITION_DATED, edition=named, date=printer.date(day_of(imprint.public_date)))


def _cleared(printer: Printer, cleared: Cleared) -> str:
    return printer.say(Label.CLEARED_BY, name=cleared.by, date=printer.date(day_of(cleared.on)))


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
        *freshness.rules(printer),
        printer.say(Label.RULE_SOURCES),
        printer.say(Label.RULE_ORDER),
        *([printer.say(Label.FALLBACKS, number=str(untranslated))] if untranslated else []),
        printer.say(Label.PROGRAM, version=imprint.version, hash=imprint.facts_hash[:12]),
    ]
    return Colophon(lines=tuple(lines), facts_hash=imprint.facts_hash)


def _untranslated(printer: Printer) -> int:
    """Of what could be printed on the day: the gaps of facts and sources that came later are none of this page's."""
    briefing, book, language = printer.briefing, printer.book, printer.language
    known = {("", ""), *(("fact", id) for id in briefing.items)}
    known |= {("headline", each.id) for each in briefing.headlines}
    known |= {("source", id) for id, source in book.sources.items() if source.known_from <= briefing.day}
    return sum(language.text(each.context, each.text) is None for each in book.messages() if each.of in known)
