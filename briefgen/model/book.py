"""The FactBook: everything that was read about one partnership, before anything is concluded from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar, get_args, get_type_hints

from briefgen.model.dates import FactDate
from briefgen.model.facts import (
    STRICT,
    AnyFact,
    Conflict,
    Document,
    Fact,
    Figure,
    Headline,
    Id,
    Mechanism,
    Meeting,
    Milestone,
    Office,
    Statement,
    Summit,
)
from briefgen.model.findings import Location
from briefgen.model.quantities import Cite, EventRef, Quantity
from briefgen.model.records import Event, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of the partnership."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """As it is printed: Viet Nam."""
    language: str = ""
    """In editions of this language the party comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who speaks or holds an office, by the printed name."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    party: str
    aliases: tuple[str, ...] = ()
    """Other spellings found in sources; searched for, never printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A proper name or an abbreviation: printed as it stands, digits and all."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """The full name."""
    short: str = ""
    """The abbreviation."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """What the file is about."""

    __pydantic_config__: ClassVar = STRICT
    id: Id
    name: str
    """Printed as the title: Viet Nam–Republic of Korea."""
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFile:
    """A facts file as it is written; a folder of files is read as one."""

    __pydantic_config__: ClassVar = STRICT
    partnership: Partnership
    parties: Mapping[str, Party]
    themes: Mapping[str, str]
    people: Mapping[str, Person] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
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


SECTIONS: Mapping[str, type[Fact]] = {
    each.name: kind
    for each in fields(FactFile)
    for kind in get_args(get_type_hints(FactFile)[each.name])
    if isinstance(kind, type) and issubclass(kind, Fact)
}
"""The keys of a facts file under which facts stand, with the kind of each."""

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text that is translated: its context in the catalog, the English, and where it stands."""

    context: str
    text: str
    location: Location
    of: tuple[str, str] = ("", "")
    """The fact, headline or source it belongs to, by kind and id; empty for names and themes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBook:
    """The facts, the records they rest on, and the place of every key."""

    file: FactFile
    facts: Mapping[str, AnyFact]
    sources: Mapping[str, Source]
    locations: Mapping[KeyPath, Location]
    """By path: ("statements", 3, "due", "value") in the facts, ("sources", id, "lines", 2, ...) in a record."""
    paths: Mapping[str, KeyPath]
    """The path of each fact by its id."""
    unread: frozenset[str] = frozenset()
    """Ids that are there but could not be read; no check may call them unknown."""

    def location(self, fact: str, *path: str | int) -> Location:
        """Where a key of a fact stands, or the nearest key around it."""
        return self.locate(self.paths.get(fact, ()) + path)

    def locate(self, path: KeyPath) -> Location:
        """The place of the longest known beginning of a path."""
        while path and path not in self.locations:
            path = path[:-1]
        return self.locations.get(path, Location(self.file.partnership.id))

    def figure(self, cite: Cite) -> Quantity | None:
        """The recorded figure a cite names."""
        source = self.sources.get(cite.source)
        line = source.line(cite.line) if source else None
        return line.figure(cite.figure) if line else None

    def event(self, occasion: EventRef) -> Event | None:
        """The event an occasion names."""
        source = self.sources.get(occasion.source)
        return source.events.get(occasion.event) if source else None

    def day_of(self, fact: AnyFact) -> FactDate | None:
        """When the fact was said or done, at the precision known."""
        event = self.event(fact.on) if fact.on else None
        return event.date if event else None

    def messages(self) -> Iterator[Message]:
        """Every text of the facts and records that the briefing prints, in the order of the files."""
        yield from self._names()
        for headline in enumerate(self.file.headlines):
            of = ("headline", headline[1].id)
            yield self._message(f"{headline[1].id} text", headline[1].text, ("headlines", headline[0], "text"), of)
        for fact in self.facts.values():
            path, of = self.paths[fact.id], ("fact", fact.id)
            yield self._message(f"{fact.id} text", fact.text, (*path, "text"), of)
            if fact.note:
                yield self._message(f"{fact.id} note", fact.note, (*path, "note"), of)
            if fact.tile:
                yield self._message(f"{fact.id} tile", fact.tile.label, (*path, "tile", "label"), of)
        yield from self._records()

    def _message(self, context: str, text: str, path: KeyPath, of: tuple[str, str] = ("", "")) -> Message:
        return Message(context=context, text=text, location=self.locate(path), of=of)

    def _names(self) -> Iterator[Message]:
        yield self._message("partnership name", self.file.partnership.name, ("partnership", "name"))
        for key, party in self.file.parties.items():
            yield self._message(f"party {key} name", party.name, ("parties", key, "name"))
        for key, theme in self.file.themes.items():
            yield self._message(f"theme {key}", theme, ("themes", key))
        for key, person in self.file.people.items():
            yield self._message(f"person {key}", person.name, ("people", key, "name"))
        for key, term in self.file.terms.items():
            yield self._message(f"term {key} name", term.name, ("terms", key, "name"))
            if term.short:
                yield self._message(f"term {key} short", term.short, ("terms", key, "short"))

    def _records(self) -> Iterator[Message]:
        for key, source in self.sources.items():
            of = ("source", key)
            yield self._message(f"source {key}", source.describes, ("sources", key, "describes"), of)
            if source.publisher != "not stated":
                yield self._message(f"publisher {key}", source.publisher, ("sources", key, "publisher"), of)
            for name, event in source.events.items():
                path = ("sources", key, "events", name, "name")
                yield self._message(f"event {key}@{name}", event.name, path, of)
