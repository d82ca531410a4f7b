"""The back of the briefing: figures, timeline, channels, offices, names, sources."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from briefgen.localise.cldr import language_name
from briefgen.localise.context import Printer, names_in
from briefgen.localise.labels import BASES, DOCUMENT_FORMS, MEETING_FORMS, Label
from briefgen.localise.language import Language
from briefgen.localise.values import sort_key
from briefgen.model.book import Term
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Conflict, Document, Figure, Meeting, Milestone, Office, Summit
from briefgen.model.quantities import Name, is_date
from briefgen.model.records import Line, Source
from briefgen.model.rows import Event, EvidenceLine, FigureRow, NameRow, Names, Observed, OfficeRow, Run, SourceRow

K = TypeVar("K")


def of_kind(printer: Printer, kind: type[K]) -> Iterator[tuple[Assessed, K]]:
    """Facts of a kind that are printed, in the order of the file."""
    for item in printed(printer):
        if isinstance(item.fact, kind):
            yield item, item.fact


def figures(printer: Printer) -> tuple[FigureRow, ...]:
    """Each indicator with what was observed of it."""
    return tuple(_figure(printer, item, fact) for item, fact in of_kind(printer, Figure))


def timeline(printer: Printer) -> tuple[Event, ...]:
    """Milestones, meetings, documents and summits that took place, oldest first."""
    entries = [
        *(_entry(printer, item, "milestone", Label.MILESTONE) for item, _ in of_kind(printer, Milestone)),
        *(_entry(printer, item, "visit", MEETING_FORMS[fact.form]) for item, fact in of_kind(printer, Meeting)),
        *(_entry(printer, item, "document", DOCUMENT_FORMS[fact.form]) for item, fact in of_kind(printer, Document)),
        *(_entry(printer, item, "summit", Label.SUMMIT) for item, fact in of_kind(printer, Summit) if fact.held),
    ]
    dated = [entry for entry in entries if entry]
    return tuple(event for _, event in sorted(dated, key=lambda entry: (entry[0], entry[1].id)))


def offices(printer: Printer) -> tuple[OfficeRow, ...]:
    """Who held which office when the sources wrote, party by party in this edition's order."""
    found = sorted(of_kind(printer, Office), key=lambda each: _party_rank(printer, each[1]))
    return tuple(_office(printer, item, fact) for item, fact in found)


def names(printer: Printer, languages: Mapping[str, Language]) -> tuple[Names, ...]:
    """Parties, people and terms in every language side by side, this one first and in its alphabetical order."""
    file = printer.book.file
    languages = {printer.language.code: printer.language, **languages}
    known = _names_used(printer)
    parts = (
        (Label.NAMES_PARTIES, tuple(printer.parties)),
        (Label.NAMES_PEOPLE, tuple(id for id in file.people if id in known)),
        (Label.NAMES_TERMS, tuple(id for id in file.terms if id in known)),
    )
    return tuple(_names(printer, languages, label, ids) for label, ids in parts if ids)


def sources(printer: Printer) -> tuple[SourceRow, ...]:
    """The sources known on the day, numbered."""
    return tuple(_source(printer, printer.book.sources[id], number) for id, number in printer.numbers.items())


def _figure(printer: Printer, known: Assessed, fact: Figure) -> FigureRow:
    item = printer.item(known)
    out = set(known.values.values())
    return FigureRow(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        account=item.account,
        stale=item.stale,
        observations=tuple(
            Observed(
                value=printer.value(each.value, "prose"),
                period=printer.word(each.period.value, "table") if each.period else "",
                account=printer.account(known),
                marks=printer.marks([each.value.cite]),
            )
            for each in fact.observations
            if each.value in out
        ),
    )


def _entry(printer: Printer, known: Assessed, code: str, label: Label) -> tuple[tuple[str, str], Event] | None:
    when = _when(printer, known)
    if when is None:
        return None
    item = printer.item(known)
    event = Event(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        account=item.account,
        stale=item.stale if isinstance(known.fact, Milestone) else "",
        year=str(when.first.year),
        when=printer.date(when),
        form=printer.badge(code, label),
        level=isinstance(known.fact, Milestone) and known.fact.level,
    )
    return (str(when.first), str(when.last)), event


def _when(printer: Printer, known: Assessed) -> FactDate | None:
    """Its own date, else that of its occasion."""
    value = known.values.get("when")
    if value and is_date(value.value):
        return value.value
    return printer.book.day_of(known.fact)


def _party_rank(printer: Printer, fact: Office) -> int:
    party = fact.party.value.id if isinstance(fact.party.value, Name) else ""
    return printer.parties.index(party) if party in printer.parties else len(printer.parties)


def _office(printer: Printer, known: Assessed, fact: Office) -> OfficeRow:
    item = printer.item(known)
    days = sorted({printer.book.sources[cite.source].published.date for cite in known.cites}, key=lambda day: day.last)
    never_again = known.stale and known.confirmed == days[-1].last
    as_of = printer.date(days[-1])
    return OfficeRow(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        stale="" if never_again else item.stale,
        person=printer.word(fact.holder.value),
        party=printer.word(fact.party.value),
        as_of=printer.say(Label.NOT_CONFIRMED_SINCE, date=as_of) if never_again else as_of,
    )


def _names_used(printer: Printer) -> frozenset[str]:
    """Ids of the people and terms that known facts name; one published later would give a later fact away."""
    used = set()
    for item in printer.briefing.items.values():
        used |= {item.fact.speaker, getattr(item.fact, "series", "")}
        used |= {value.value.id for value in item.values.values() if isinstance(value.value, Name)}
        english = f"{item.fact.text} {item.fact.note}"
        used |= {id for id, term in printer.book.file.terms.items() if _names_term(english, term)}
    return frozenset(used)


def _names_term(text: str, term: Term) -> bool:
    return term.name in text or (term.short != "" and term.short in text)


def _names(printer: Printer, languages: Mapping[str, Language], label: Label, ids: tuple[str, ...]) -> Names:
    tables = {code: names_in(printer.book, language) for code, language in languages.items()}
    key = (
        (lambda id: sort_key(printer.name(id), printer.language.patterns)) if label is not Label.NAMES_PARTIES else None
    )
    ordered = sorted(ids, key=key) if key else list(ids)
    rows = tuple(
        NameRow(
            key=id,
            names=tuple(Run(tables[code][id], lang=language.patterns.lang) for code, language in languages.items()),
            note=_short_form(printer, id),
        )
        for id in ordered
    )
    return Names(
        title=printer.say(label),
        languages=tuple(Run(each.patterns.own_name, lang=each.patterns.lang) for each in languages.values()),
        short_forms=any(row.note for row in rows),
        rows=rows,
    )


def _short_form(printer: Printer, id: str) -> str:
    term = printer.book.file.terms.get(id)
    short = printer.text(f"term {id} short", term.short) if term and term.short else ""
    return "" if short == printer.name(id) else short


def printed(printer: Printer) -> Iterator[Assessed]:
    """Known facts, without a conflict that a later one takes up: it is not said twice."""
    for item in printer.briefing.items.values():
        if not (isinstance(item.fact, Conflict) and item.status is Status.SUPERSEDED):
            yield item


def _source(printer: Printer, source: Source, number: int) -> SourceRow:
    stated = source.publisher != "not stated"
    carried = {item.fact.id for item in printed(printer) if any(cite.source == source.id for cite in item.cites)}
    return SourceRow(
        number=number,
        id=source.id,
        describes=printer.text(f"source {source.id}", source.describes),
        publisher=printer.text(f"publisher {source.id}", source.publisher)
        if stated
        else printer.say(Label.PUBLISHER_NOT_STATED),
        language=language_name(source.language, printer.language.patterns.locale),
        published=printer.date(source.published.date),
        basis=printer.say(BASES[source.published.basis]),
        account=printer.say(Label.SIDE_ACCOUNT, party=printer.name(source.account)) if source.account else "",
        facts=str(len(carried)),
        url=source.url,
        sha256=source.sha256,
        lines=tuple(_evidence(line, carried) for line in source.lines),
    )


def _evidence(line: Line, carried: set[str]) -> EvidenceLine:
    derived = {name: each.value for name, each in line.derived.items()}
    return EvidenceLine(
        line=line.line,
        digest=line.digest,
        figures=tuple(f"{name}: {figure}" for name, figure in {**line.figures, **derived}.items()),
        facts=tuple(id for saying in line.says for id in saying.facts if id in carried),
        sha256=line.sha256,
    )
