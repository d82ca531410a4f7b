"""The facts file of one partnership, the typed values of a fact, and the book: facts with their sources' records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import assert_never, get_args

from briefgen.model.dates import FactDate
from briefgen.model.facts import (
    FIRST,
    AnyFact,
    Conflict,
    Document,
    Fact,
    Figure,
    FileSchema,
    Gathering,
    Headline,
    Id,
    Key,
    Mechanism,
    Meeting,
    Milestone,
    Observation,
    Office,
    Statement,
    Summit,
    Target,
    Value,
    outcome_cites,
    text_key,
)
from briefgen.model.findings import Location
from briefgen.model.quantities import Cite, EventRef, Quantity
from briefgen.model.records import Event, Line, Source
from briefgen.model.texts import NameText, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(FileSchema):
    """One side of the partnership."""

    name: NameText
    """As it is printed: Viet Nam."""
    short: NameText | None = None
    """What stands for a long name where it is by itself, in a column or a heading: ASEAN."""
    within: NameText | None = None
    """The same within a sentence, where that differs in a language that is printed: the European Union."""
    language: str = ""
    """In editions of this language the party comes first; where empty, in those of the country's that its id is of."""
    aliases: tuple[NameText, ...] = ()
    """Other names found in sources, as Ivory Coast for Côte d'Ivoire; searched for, never printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(FileSchema):
    """Who speaks, acts, hosts or is addressed and is no party: an institution, an organisation, "all countries"."""

    name: NameText
    within: NameText | None = None
    """The same within a sentence, where that differs in a language that is printed: the River Fund."""
    party: str = ""
    """The party that it is part of; empty for one that is nobody's."""
    aliases: tuple[NameText, ...] = ()
    """Other names found in sources; searched for, never printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(FileSchema):
    """Someone who speaks, holds an office or is named in a value; `name` is as it is printed."""

    name: NameText
    party: str = ""
    """The party of somebody who speaks or holds an office; others need none, as nothing would be held against it."""
    aliases: tuple[NameText, ...] = ()
    """Other spellings found in sources; searched for, never printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(FileSchema):
    """A proper name or an abbreviation, which may hold digits."""

    name: NameText
    """The full name."""
    short: NameText = ""
    """The abbreviation."""
    aliases: tuple[NameText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(FileSchema):
    """The partnership that a facts file is about."""

    id: Id
    name: NameText
    """Printed as the title: Viet Nam–Republic of Korea."""
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFile(FileSchema):
    """A facts file as it is written; a folder of files is read as one."""

    format: int = FIRST
    """The number of the format that the file is written in."""
    partnership: Partnership
    parties: Mapping[Key, Party]
    themes: Mapping[Key, Text]
    overview: Mapping[Key, Text] = field(default_factory=dict)
    """The lines of the relationship in brief, in order; one to which no fact belongs reads "no source"."""
    people: Mapping[Key, Person] = field(default_factory=dict)
    bodies: Mapping[Key, Body] = field(default_factory=dict)
    """Institutions, organisations and groups that are no party."""
    terms: Mapping[Key, Term] = field(default_factory=dict)
    forms: Mapping[Key, NameText] = field(default_factory=dict)
    """Kinds of papers and meetings beside those that the program knows."""
    headlines: tuple[Headline, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    documents: tuple[Document, ...] = ()
    figures: tuple[Figure, ...] = ()
    summits: tuple[Summit, ...] = ()
    offices: tuple[Office, ...] = ()
    statements: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def named(self) -> Mapping[str, Mapping[str, Party | Person | Body | Term]]:
        """Everything that a value may name, by the key of the file that it stands under."""
        return {"parties": self.parties, "people": self.people, "bodies": self.bodies, "terms": self.terms}


SECTIONS: Mapping[str, type[Fact]] = {f"{kind.kind}s": kind for kind in get_args(AnyFact)}
"""The keys of a facts file that hold facts, with the kind of each."""


class Expected(StrEnum):
    """What a value must be, by its key."""

    ANY = "a value"
    DATE = "a date"
    NAME = "a name (@...)"
    SPAN = "a whole number of days, weeks, months or years"


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed value of a fact: the name by which a text uses it, its path in the fact, and what it must be."""

    name: str
    path: tuple[str | int, ...]
    value: Value
    expected: Expected = Expected.ANY


def slots(fact: AnyFact) -> Iterator[Slot]:
    """Yield every typed value of a fact: those under `values`, then those of its kind."""
    yield from (Slot(name, ("values", name), value) for name, value in fact.values.items())
    date, person = Expected.DATE, Expected.NAME
    match fact:
        case Milestone():
            yield from _fields(fact, when=date)
        case Document():
            yield from _fields(fact, when=date, in_force=date, until=date)
        case Figure():
            yield from _observed(fact.observations)
        case Summit() | Meeting():
            yield from _gathered(fact)
        case Office():
            yield from _fields(fact, holder=person, party=person, since=date, until=date)
        case Statement():
            yield from _fields(fact, due=date)
            yield from _fields(fact.target, "target", goal=Expected.ANY, by=date)
        case Mechanism():
            yield from _fields(fact, every=Expected.SPAN)
        case Conflict():
            pass
        case _:
            assert_never(fact)


def _fields(part: Fact | Target | None, *path: str, **expected: Expected) -> Iterator[Slot]:
    for name, kind in expected.items():
        if value := getattr(part, name, None):
            yield Slot(name, (*path, name), value, kind)


def _gathered(fact: Gathering) -> Iterator[Slot]:
    yield from _fields(fact, when=Expected.DATE, host=Expected.NAME)
    lists = {"participant": fact.participants if isinstance(fact, Meeting) else (), "host": fact.hosts}
    for key, values in lists.items():
        for at, value in enumerate(values):
            yield Slot(f"{key}{at + 1}", (f"{key}s", at), value, Expected.NAME)


def _observed(observations: tuple[Observation, ...]) -> Iterator[Slot]:
    """Yield the latest observation as `value` and `period`; the names of the others end in their number."""
    for number, observation in enumerate(observations, 1):
        path, suffix = ("observations", number - 1), "" if number == len(observations) else str(number)
        yield Slot(f"value{suffix}", (*path, "value"), observation.value)
        if observation.period:
            yield Slot(f"period{suffix}", (*path, "period"), observation.period, Expected.DATE)


def every_slot(fact: AnyFact) -> Iterator[Slot]:
    """Yield every typed value of a fact, and after each what earlier sources had in its place."""
    for slot in slots(fact):
        yield slot
        for number, earlier in enumerate(slot.value.earlier):
            value = Value(value=earlier.value, cite=earlier.cite)
            yield Slot(slot.name, (*slot.path, "earlier", number), value, slot.expected)


def values_of(fact: AnyFact) -> Mapping[str, Value]:
    """Return every typed value of a fact by the name that its text may use."""
    return {slot.name: slot.value for slot in slots(fact)}


def date_in(values: Mapping[str, Value], name: str) -> FactDate | None:
    """Return the date of that name among the values; None where it is missing or no date."""
    quantity = values[name].value if name in values else None
    return quantity if isinstance(quantity, FactDate) else None


KeyPath = tuple[str | int, ...]
_NOWHERE = Location("")
_NAMES = {
    "parties": ("party", "{} name"),
    "themes": ("theme", "{}"),
    "overview": ("overview", "{}"),
    "people": ("person", "{}"),
    "bodies": ("body", "{}"),
    "forms": ("form", "{}"),
    "terms": ("term", "{} name"),
}
"""The keys of a facts file under which names stand; the kind of each, and what follows it in the context of a text."""


def locate(locations: Mapping[KeyPath, Location], path: KeyPath, default: Location = _NOWHERE) -> Location:
    """Return the location of a key, or of the nearest key around it that has one."""
    while path and path not in locations:
        path = path[:-1]
    return locations.get(path, default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text to translate: its context in the catalog (msgctxt), the English text, and its location."""

    context: str
    text: str
    location: Location
    of: tuple[str, str] = ("", "")
    """What it belongs to, by kind and id. The context does not tell: ids may be words such as "term" or "text"."""
    field: str = ""
    """The key under which it stands in its file."""

    @property
    def has_values(self) -> bool:
        """Whether its placeholders are filled: they are in texts, long and in few words, and notes, not in names."""
        return self.of[0] in ("fact", "headline") and self.field in ("text", "note", "brief")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBook:
    """The facts, the records they rest on, and the location of every key."""

    file: FactFile
    facts: Mapping[str, AnyFact]
    sources: Mapping[str, Source]
    locations: Mapping[KeyPath, Location]
    """By path: ("statements", 3, "due", "value") in the facts, ("sources", id, "lines", 2) in a record."""
    paths: Mapping[str, KeyPath]
    """The path of each fact by its id."""
    unread: frozenset[str] = frozenset()
    """Ids of facts that could not be read; no check may call them unknown."""
    elsewhere: frozenset[str] = frozenset()
    """Ids and keys in the facts of other partnerships, which a record may name too."""

    def location(self, fact: str, *path: str | int) -> Location:
        """Return the location of a key of a fact, or of the nearest key around it."""
        return self.locate(self.paths.get(fact, ()) + path)

    def locate(self, path: KeyPath) -> Location:
        """Return the location of a key, or of the nearest key around it."""
        return locate(self.locations, path, Location(self.file.partnership.id))

    def line(self, cite: Cite) -> Line | None:
        """Return the recorded line that is cited; None where there is none."""
        source = self.sources.get(cite.source)
        return source.line(cite.line) if source else None

    def figure(self, cite: Cite) -> Quantity | None:
        """Return the recorded figure that a citation names; None where there is none."""
        line = self.line(cite)
        return line.figure(cite.figure) if line else None

    def quotation(self, cite: Cite) -> str:
        """Return the words of the line for a figure; empty where it does not print it."""
        line = self.line(cite)
        return line.figures[cite.figure].words if line and cite.figure in line.figures else ""

    def reasoning(self, cite: Cite) -> str:
        """Return why the line gives a figure that it does not print; empty where it prints it."""
        line = self.line(cite)
        return line.derived[cite.figure].why if line and cite.figure in line.derived else ""

    def event(self, occasion: EventRef) -> Event | None:
        """Return the event that an occasion names; None where there is none."""
        source = self.sources.get(occasion.source)
        return source.events.get(occasion.event) if source else None

    def day_of(self, fact: AnyFact) -> FactDate | None:
        """Return the date of the occasion on which a fact was said or done; None where it has none."""
        event = self.event(fact.on) if fact.on else None
        return event.date if event else None

    def occasion(self, fact: AnyFact, day: date) -> Event | None:
        """Return the occasion on which a fact was said or done, once its source is out."""
        return self.event(fact.on) if fact.on and self.is_out(fact.on, day) else None

    def accounts(self, cites: Iterable[Cite]) -> frozenset[str]:
        """Return whose accounts the sources of these lines are: parties, or "" where a source is nobody's."""
        return frozenset(self.sources[cite.source].account for cite in cites)

    def known_days(self, cites: Iterable[Cite]) -> list[date]:
        """Return the days from which the sources of these lines are known, but for those that have no record."""
        return [self.sources[cite.source].known_from for cite in cites if cite.source in self.sources]

    def newest_source(self, fact: Fact) -> date | None:
        """Return the day from which the newest source of a fact is known; None where none has a record."""
        return max(self.known_days((*fact.cites, *outcome_cites(fact))), default=None)

    def published(self, source: str) -> date | None:
        """Return the day from which a source is known; None where it has no record."""
        return self.sources[source].known_from if source in self.sources else None

    def is_out(self, cite: Cite | EventRef, day: date) -> bool:
        """Return whether the source that is cited, or that tells of an occasion, was published by the day."""
        since = self.published(cite.source)
        return since is not None and since <= day

    def end_of_period(self, observation: Observation) -> date:
        """Return the last day of an observation's period; without one, the day of the source."""
        if observation.period and isinstance(observation.period.value, FactDate):
            return observation.period.value.last
        return self.published(observation.value.cite.source) or date.min

    def slots(self) -> Iterator[tuple[AnyFact, Slot]]:
        """Yield every typed value of the facts, those that earlier sources had among them, each with its fact."""
        return ((fact, slot) for fact in self.facts.values() for slot in every_slot(fact))

    def messages(self) -> Iterator[Message]:
        """Yield every text of the facts and records that is translated, in the order of the files."""
        yield from self._names()
        for at, headline in enumerate(self.file.headlines):
            of = ("headline", headline.id)
            yield self._message(f"{headline.id} text", headline.text, "headlines", at, "text", of=of)
        for id in self.facts:
            yield from self._texts_of(id)
        yield from self._of_sources()

    def _of_sources(self) -> Iterator[Message]:
        for id, source in self.sources.items():
            of, path = ("source", id), ("sources", id)
            yield self._message(f"source {id}", source.describes, *path, "describes", of=of)
            if source.publisher != "not stated":
                yield self._message(f"publisher {id}", source.publisher, *path, "publisher", of=("publisher", id))
            for name, event in source.events.items():
                yield self._message(f"event {id}@{name}", event.name, *path, "events", name, "name", of=of)
            for at, line in enumerate(source.lines):
                if line.digest.strip() and any(fact in self.facts for fact in line.facts):
                    carried = ("line", f"{id}:L{line.line}")
                    yield self._message(" ".join(carried), line.digest, *path, "lines", at, "digest", of=carried)

    def _texts_of(self, id: str) -> Iterator[Message]:
        fact, path, of = self.facts[id], self.paths[id], ("fact", id)
        yield self._message(text_key(id), fact.text, *path, "text", of=of)
        for at, earlier in enumerate(fact.earlier_texts):
            yield self._message(text_key(id, earlier.before), earlier.text, *path, "earlier_texts", at, "text", of=of)
        if fact.note:
            yield self._message(f"{id} note", fact.note, *path, "note", of=of)
        if isinstance(fact, Statement | Document) and fact.brief:
            yield self._message(f"{id} brief", fact.brief, *path, "brief", of=of)
        if isinstance(fact, Figure) and fact.name:
            yield self._message(f"{id} name", fact.name, *path, "name", of=of)
        if isinstance(fact, Statement) and fact.target and fact.target.name:
            yield self._message(f"{id} target", fact.target.name, *path, "target", "name", of=of)
        if fact.tile:
            yield self._message(f"{id} tile", fact.tile.label, *path, "tile", "label", of=of)

    def _names(self) -> Iterator[Message]:
        name = self.file.partnership.name
        yield self._message("partnership name", name, "partnership", "name", of=("partnership", "name"))
        for key, (kind, context) in _NAMES.items():
            for id, entry in getattr(self.file, key).items():
                text, *path = (entry,) if isinstance(entry, str) else (entry.name, "name")
                yield self._message(f"{kind} {context.format(id)}", text, key, id, *path, of=(kind, id))
                if isinstance(entry, Term | Party) and entry.short:
                    yield self._message(f"{kind} {id} short", entry.short, key, id, "short", of=(kind, id))
                if isinstance(entry, Party | Body) and entry.within:
                    yield self._message(f"{kind} {id} within", entry.within, key, id, "within", of=(kind, id))

    def _message(self, context: str, text: str, *path: str | int, of: tuple[str, str]) -> Message:
        return Message(context=context, text=text, location=self.locate(path), of=of, field=str(path[-1]))
