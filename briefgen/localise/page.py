"""Briefing x Language -> Page: every part of the page, each finished."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from briefgen.changes.compare import Changes
from briefgen.localise import back_matter, first_page, statements, summits
from briefgen.localise.changes import news
from briefgen.localise.context import Printer
from briefgen.localise.labels import AGEING_KINDS, Label
from briefgen.localise.language import Language
from briefgen.localise.value_numbers import digits
from briefgen.localise.values import as_of, count_of, word
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.dates import Period, day_of
from briefgen.model.edition import Clearance, Cleared
from briefgen.model.facts import Conflict, Document, Mechanism, Office
from briefgen.model.look import Embargo, Look
from briefgen.model.page import Colophon, Masthead, Page
from briefgen.model.rows import Prose, Run, StaleFact, StaleKind


def lines(printer: Printer, look: Look | None) -> Mapping[str, str]:
    """By the names they have in a Masthead; empty what the desk does not say."""
    if look is None:
        return {"handling": ""}
    code = printer.language.code
    return {
        "handling": look.handling.get(code, ""),
        "embargo": _embargo(printer, look.embargo) if look.embargo else "",
        "prepared_by": _said(printer, Label.PREPARED_BY, look.prepared_by.get(code, "")),
        "contact": _said(printer, Label.CONTACT, look.contact.get(code, "")),
        "logo_text": look.logo.text.get(code, "") if look.logo else "",
    }


def _said(printer: Printer, label: Label, text: str) -> str:
    return printer.say(label, text=text) if text else ""


def _embargo(printer: Printer, embargo: Embargo) -> str:
    at, patterns = embargo.at, printer.language.patterns
    return printer.say(
        Label.EMBARGO,
        date=word(Period(at.day.year, at.day.month, at.day.day), patterns, "prose"),
        hour=f"{at.hour:02}",
        minute=f"{at.minute:02}",
        zone=_zone(embargo.offset_minutes, patterns.numbers.minus),
    )


def _zone(minutes: int, minus: str) -> str:
    """As the distance from UTC, which everybody can reckon with: UTC+9, UTC+5:30."""
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else minus}{hours}" + (f":{rest:02}" if rest else "")


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
    fit: first_page.Fit = first_page.FITS[0],
    look: Look | None = None,
) -> Page:
    """The page in the language `code`; all `languages` stand in its table of names."""
    language = languages[code]
    printer = Printer(briefing=briefing, language=language)
    changed = news(printer, changes, regular=imprint.edition is not None)
    return Page(
        lang=language.patterns.lang,
        language=language.code,
        language_name=language.patterns.own_name,
        base=language.fallback is None,
        labels={english: language.label(english) for english in language.labels},
        masthead=_masthead(printer, imprint, look),
        bottom_line=first_page.bottom_line(printer),
        messages=first_page.messages(printer),
        tiles=first_page.tiles(printer),
        counts=statements.counts(printer),
        glance=first_page.glance(printer, changed, fit),
        changes=changed,
        targets=summits.targets(printer),
        ticks=summits.ticks(printer),
        undertakings=statements.undertakings(printer),
        asks=statements.asks(printer),
        positions=statements.positions(printer),
        upcoming=summits.upcoming(printer),
        past=summits.past(printer),
        figures=back_matter.figures(printer),
        timeline=back_matter.timeline(printer),
        mechanisms=tuple(printer.item(item) for item, _ in back_matter.of_kind(printer, Mechanism)),
        documents=tuple(printer.item(item) for item, _ in back_matter.of_kind(printer, Document)),
        offices=back_matter.offices(printer),
        conflicts=tuple(printer.item(item) for item, _ in back_matter.of_kind(printer, Conflict)),
        unreported=statements.unreported(printer),
        stale=stale(printer),
        names=back_matter.names(printer, languages),
        sources=back_matter.sources(printer),
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
        **lines(printer, look),
        newest=newest_source(printer),
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
        *rules(printer),
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
