"""The records of source documents, against which every fact is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from briefgen.model.facts import FIRST, Act, AnyQuantity, Date, Delivery, FileSchema, Id, Key
from briefgen.model.quantities import Quantity
from briefgen.model.texts import NameText, Notation, Text, Whole, parse_address

DRAFTED = "drafted: "
"""How the `why` of a date begins that a draft has taken from the text, until a person has looked at it."""
WebAddress = Annotated[str, Notation(parse_address, "A web address.", "https://www.example.org/page")]


class Basis(StrEnum):
    """Where a date comes from: the document's own text, a conclusion from it, or the press of the day."""

    TEXT = "text"
    DERIVED = "derived"
    PRESS = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(FileSchema):
    """A date with its basis; `why` says how a date was derived, `line` where the text gives it."""

    date: Date
    basis: Basis
    why: Text = ""
    line: Whole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Dated):
    """Something that the document reports; the briefing prints its name as the occasion."""

    name: NameText


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying(FileSchema):
    """Who performs which speech act towards whom in a line, and the facts that rest on it."""

    facts: tuple[Id, ...]
    by: tuple[str, ...] = ()
    speaker: str = ""
    to: tuple[str, ...] = ()
    act: Act = Act.STATED
    on: str = ""
    """The event, by its name in this record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(FileSchema):
    """A figure that the line prints, and the few words of the source that it was read from."""

    value: AnyQuantity
    words: Text = field(metadata={"alias": "as"})
    """The quotation; in the file its key is `as`."""
    which: Whole = 0
    """Which one, counted from 1, where the line has the words more than once; 0 where it has them once."""
    of: Text = ""
    """The words of the quotation that say what is counted, where the program does not know them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(FileSchema):
    """A figure that the line implies but does not print, and the reasoning."""

    value: AnyQuantity
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(FileSchema):
    """A cited line: its hash, a digest in our own words, who speaks, and its figures by name."""

    line: Whole
    sha256: str
    digest: Text
    says: tuple[Saying, ...] = ()
    figures: Mapping[Key, Quoted] = field(default_factory=dict)
    derived: Mapping[Key, Derived] = field(default_factory=dict)
    reports: Mapping[str, Delivery] = field(default_factory=dict)
    """What was done about a statement according to the line, by the statement's id."""
    undecided: tuple[Text, ...] = ()
    """What could not be read for certain when the record was drafted; the curator enters or removes each."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that it carries, and of those whose outcome it reports."""
        return tuple(dict.fromkeys((*(id for saying in self.says for id in saying.facts), *self.reports)))

    def figure(self, name: str) -> Quantity | None:
        """Return the figure of that name, printed or derived; None where there is none."""
        found = self.figures.get(name) or self.derived.get(name)
        return found.value if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(FileSchema):
    """One source document; the original text is not kept, since it is not ours to publish."""

    format: int = FIRST
    """The number of the format that the file is written in."""
    id: Id
    publisher: Text
    """As the document names it, or "not stated"."""
    describes: Text
    """Our own description of the document, printed in the list of sources."""
    language: str
    """ISO 639-1 code of the document's language."""
    sha256: str
    """Of the whole original file."""
    text_sha256: str = ""
    """Of its text in the one form that other line ends, blanks and Unicode forms do not change."""
    published: Dated
    account: str = ""
    """The party whose account it is; empty where it is no party's, or not known."""
    account_why: Text = ""
    interview: bool = False
    """Whether one person of that party tells everything in it: the page says so beside the account."""
    excerpt: bool = False
    """Whether the text at hand breaks off: what it is said not to carry may stand in the rest."""
    translation: bool = False
    """Whether the text at hand is a translation that was not compared with its original."""
    url: WebAddress = ""
    events: Mapping[Key, Event] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    left_out: Mapping[str, tuple[Whole, ...]] = field(default_factory=dict)
    """Lines that carry no fact, by the reason: caption, boilerplate, question, repeated, teaser ..."""

    @property
    def known_from(self) -> date:
        """The day from which its content counts as known."""
        return self.published.date.last

    def line(self, number: int) -> Line | None:
        """Return the recorded line of that number; None where it is not recorded."""
        return next((line for line in self.lines if line.line == number), None)
