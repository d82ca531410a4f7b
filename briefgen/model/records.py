"""The record of a source document: the second entry, against which every fact is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from briefgen.model.facts import STRICT, Act, AnyQuantity, Date, Delivery, Id
from briefgen.model.quantities import Quantity


class Basis(StrEnum):
    """Where a date comes from: the document's own text, a conclusion from it, or the press of the day."""

    TEXT = "text"
    DERIVED = "derived"
    PRESS = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date with its basis; `why` says how a date was derived, `line` where the text gives it."""

    __pydantic_config__: ClassVar = STRICT
    date: Date
    basis: Basis
    why: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Dated):
    """Something the document reports, by the name the briefing prints as the occasion."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Who says what kind of thing to whom in this line, and the facts that rest on it."""

    __pydantic_config__: ClassVar = STRICT
    facts: tuple[Id, ...]
    by: tuple[str, ...] = ()
    speaker: str = ""
    to: tuple[str, ...] = ()
    act: Act = Act.STATED
    on: str = ""
    """The event, by its name in this record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A figure the line does not print but implies, and how."""

    __pydantic_config__: ClassVar = STRICT
    value: AnyQuantity
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A cited line: its hash, our own digest of it, who speaks, and its figures by name."""

    __pydantic_config__: ClassVar = STRICT
    line: int
    sha256: str
    digest: str
    says: tuple[Saying, ...] = ()
    figures: Mapping[str, AnyQuantity] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)
    reports: Mapping[str, Delivery] = field(default_factory=dict)
    """What the line says was done about a statement, by the statement's id."""
    undecided: tuple[str, ...] = ()
    """What the draft could not read for certain; the curator settles each and takes it away."""

    def figure(self, name: str) -> Quantity | None:
        """The figure of that name, printed or derived."""
        if name in self.figures:
            return self.figures[name]
        return self.derived[name].value if name in self.derived else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source document; the original is another's text and is not kept here."""

    __pydantic_config__: ClassVar = STRICT
    id: Id
    publisher: str
    """As the document names it, or "not stated"."""
    describes: str
    """Our own description of the document, printed in the list of sources."""
    language: str
    """ISO 639-1 code of the document's language."""
    sha256: str
    """Of the whole original file."""
    published: Dated
    account: str = ""
    """The party whose account it is, if it can be told."""
    account_why: str = ""
    url: str = ""
    events: Mapping[str, Event] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    left_out: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Lines that carry no fact, by the reason: caption, boilerplate, question, repeated, teaser ..."""

    @property
    def known_from(self) -> date:
        """The day from which a desk could have known what it says."""
        return self.published.date.last

    def line(self, number: int) -> Line | None:
        """The recorded line of that number."""
        return next((line for line in self.lines if line.line == number), None)
