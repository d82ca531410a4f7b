"""The back of the briefing: figures, timeline, channels, offices, names, sources."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from briefgen.localise.cldr import language_name
from briefgen.localise.context import Context, names_in
from briefgen.localise.labels import BASES, DOCUMENT_FORMS, KINDS, MEETING_FORMS, Label
from briefgen.localise.language import Language
from briefgen.localise.values import sort_key
from briefgen.model.book import Term
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Conflict, Document, Figure, Meeting, Milestone, Office, Reason, Summit
from briefgen.model.page import (
    Event,
    EvidenceLine,
    FactsOfKind,
    FigureRow,
    Item,
    NameRow,
    Names,
    Observed,
    OfficeRow,
    Run,
    SourceRow,
)
from briefgen.model.quantities import Name, is_date
from briefgen.model.records import Line, Source

K = TypeVar("K")


def of_kind(context: Context, kind: type[K]) -> Iterator[tuple[Assessed, K]]:
    """Facts of a kind that are printed, in the order of the file."""
    for item in printed(context):
        if isinstance(item.fact, kind):
            yield item, item.fact


def figures(context: Context) -> tuple[FigureRow, ...]:
    """Each indicator with what was observed of it."""
    return tuple(_figure(context, item, fact) for item, fact in of_kind(context, Figure))


def timeline(context: Context) -> tuple[Event, ...]:
    """Milestones, meetings, documents and summits that took place, oldest first."""
    entries = [
        *(_entry(context, item, "milestone", Label.MILESTONE) for item, _ in of_kind(context, Milestone)),
        *(_entry(context, item, "visit", MEETING_FORMS[fact.form]) for item, fact in of_kind(context, Meeting)),
        *(_entry(context, item, "document", DOCUMENT_FORMS[fact.form]) for item, fact in of_kind(context, Document)),
        *(_entry(context, item, "summit", Label.SUMMIT) for item, fact in of_kind(context, Summit) if fact.held),
    ]
    dated = [entry for entry in entries if entry]
    return tuple(event for _, event in sorted(dated, key=lambda entry: (entry[0], entry[1].id)))


def offices(context: Context) -> tuple[OfficeRow, ...]:
    """Who held which office when the sources wrote, party by party in this edition's order."""
    found = sorted(of_kind(context, Office), key=lambda each: _party_rank(context, each[1]))
    return tuple(_office(context, item, fact) for item, fact in found)


def names(context: Context, languages: Mapping[str, Language]) -> tuple[Names, ...]:
    """Parties, people and terms in every language side by side, this one first and in its alphabetical order."""
    file = context.book.file
    languages = {context.language.code: context.language, **languages}
    known = _names_used(context)
    parts = (
        (Label.NAMES_PARTIES, tuple(context.parties)),
        (Label.NAMES_PEOPLE, tuple(id for id in file.people if id in known)),
        (Label.NAMES_TERMS, tuple(id for id in file.terms if id in known)),
    )
    return tuple(_names(context, languages, label, ids) for label, ids in parts if ids)


def sources(context: Context) -> tuple[SourceRow, ...]:
    """The sources known on the day, numbered."""
    return tuple(_source(context, context.book.sources[id], number) for id, number in context.numbers.items())


def _figure(context: Context, known: Assessed, fact: Figure) -> FigureRow:
    item = context.item(known)
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
                value=context.value(each.value, "prose"),
                period=context.format_value(each.period.value, "table") if each.period else "",
                account=context.account(known),
                marks=context.marks([each.value.cite]),
            )
            for each in fact.observations
            if each.value in out
        ),
    )


def _entry(context: Context, known: Assessed, code: str, label: Label) -> tuple[tuple[str, str], Event] | None:
    when = _when(context, known)
    if when is None:
        return None
    item = context.item(known)
    event = Event(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        account=item.account,
        stale=item.stale if isinstance(known.fact, Milestone) else "",
        year=str(when.first.year),
        when=context.date(when),
        form=context.badge(code, label),
        level=isinstance(known.fact, Milestone) and known.fact.level,
    )
    return (str(when.first), str(when.last)), event


def _when(context: Context, known: Assessed) -> FactDate | None:
    """Its own date, else that of its occasion."""
    value = known.values.get("when")
    if value and is_date(value.value):
        return value.value
    return context.book.day_of(known.fact)


def _party_rank(context: Context, fact: Office) -> int:
    party = fact.party.value.id if isinstance(fact.party.value, Name) else ""
    return context.parties.index(party) if party in context.parties else len(context.parties)


def _office(context: Context, known: Assessed, fact: Office) -> OfficeRow:
    item = context.item(known)
    days = sorted({context.book.sources[cite.source].published.date for cite in known.cites}, key=lambda day: day.last)
    never_again = known.stale and known.confirmed == days[-1].last
    as_of = context.date(days[-1])
    return OfficeRow(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        stale="" if never_again else item.stale,
        person=context.format_value(fact.holder.value),
        party=context.format_value(fact.party.value),
        as_of=context.label(Label.NOT_CONFIRMED_SINCE, date=as_of) if never_again else as_of,
    )


def _names_used(context: Context) -> frozenset[str]:
    """Ids of the people and terms that known facts name; one published later would give a later fact away."""
    used = set()
    for item in context.briefing.items.values():
        used |= {item.fact.speaker, getattr(item.fact, "series", "")}
        used |= {value.value.id for value in item.values.values() if isinstance(value.value, Name)}
        english = f"{item.fact.text} {item.fact.note}"
        used |= {id for id, term in context.book.file.terms.items() if _names_term(english, term)}
    return frozenset(used)


def _names_term(text: str, term: Term) -> bool:
    return term.name in text or (term.short != "" and term.short in text)


def _names(context: Context, languages: Mapping[str, Language], label: Label, ids: tuple[str, ...]) -> Names:
    tables = {code: names_in(context.book, language) for code, language in languages.items()}
    key = (
        (lambda id: sort_key(context.name(id), context.language.patterns)) if label is not Label.NAMES_PARTIES else None
    )
    ordered = sorted(ids, key=key) if key else list(ids)
    rows = tuple(
        NameRow(
            names=tuple(Run(tables[code][id], lang=language.patterns.lang) for code, language in languages.items()),
            note=_short_form(context, id),
        )
        for id in ordered
    )
    return Names(
        title=context.label(label),
        languages=tuple(Run(each.patterns.own_name, lang=each.patterns.lang) for each in languages.values()),
        short_forms=any(row.note for row in rows),
        rows=rows,
    )


def _short_form(context: Context, id: str) -> str:
    term = context.book.file.terms.get(id)
    short = context.text(f"term {id} short", term.short) if term and term.short else ""
    return "" if short == context.name(id) else short


def printed(context: Context) -> Iterator[Assessed]:
    """Known facts, without those corrected away, which stand in the changes alone."""
    for item in context.briefing.items.values():
        superseded = item.fact.superseded if item.superseded_by else None
        if superseded is None or superseded.reason is not Reason.CORRECTED:
            yield item


def conflicts(context: Context) -> tuple[Item, ...]:
    """Where sources contradict each other; one that a later one takes up is not said twice."""
    found = (item for item, _ in of_kind(context, Conflict) if item.status is not Status.SUPERSEDED)
    return tuple(context.item(item) for item in found)


def by_kind(context: Context) -> tuple[FactsOfKind, ...]:
    """All facts that a complete document prints or counts."""
    items = tuple(printed(context))
    kinds = ((title, [item for item in items if item.fact.kind == kind]) for kind, title in KINDS.items())
    return tuple(
        FactsOfKind(title=context.label(title), items=tuple(map(context.item, found)))
        for title, found in kinds
        if found
    )


def _source(context: Context, source: Source, number: int) -> SourceRow:
    stated = source.publisher != "not stated"
    carried = {item.fact.id for item in printed(context) if any(cite.source == source.id for cite in item.cites)}
    return SourceRow(
        number=number,
        id=source.id,
        describes=context.text(f"source {source.id}", source.describes),
        publisher=context.text(f"publisher {source.id}", source.publisher)
        if stated
        else context.label(Label.PUBLISHER_NOT_STATED),
        language=language_name(source.language, context.language.patterns.locale),
        published=context.date(source.published.date),
        basis=context.label(BASES[source.published.basis]),
        account=context.label(Label.SIDE_ACCOUNT, party=context.name(source.account)) if source.account else "",
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
