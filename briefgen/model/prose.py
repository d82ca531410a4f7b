"""What the views of a page are made of: text in which values are marked, coded words, source marks."""

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

Row = TypeVar("Row", bound="Item")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `value` is the quantity it words, in the facts' notation; `lang` a foreign language's tag."""

    text: str
    value: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A phrase in which each value can be found again."""

    runs: tuple[Run, ...] = ()

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)


@dataclass(frozen=True, slots=True)
class Badge:
    """A coded word: the code chooses the glyph, the label is the text."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A source mark: the number of a source on this page, and the cited lines."""

    number: int
    source: str
    lines: str
    """Such as "L7, L9"."""
    anchor: str
    """The first of the lines, such as "L7": the target of links on screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fact as text with its sources; the base of the rows that print a fact."""

    id: str
    text: Prose
    marks: tuple[Mark, ...]
    note: Prose = field(default_factory=Prose)
    account: str = ""
    """The side whose account it is, where only one side reports it: "as told by the Republic of Korea"."""
    stale: str = ""
    """When it was last confirmed, where that is too long ago: "last confirmed May 2024"."""

    def into(self, kind: type[Row], **other: Any) -> Row:
        """Return the fact as a row of another kind, with what that has besides or has otherwise."""
        return kind(**{each.name: getattr(self, each.name) for each in fields(self)} | other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Item):
    """Several sentences; `sentences` has each with the marks of its own facts."""

    sentences: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLink:
    """A fact as the words of a link to it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One cited line of a source: a digest in our words, its figures, and the facts of the page that rest on it."""

    line: int
    number: str
    """As source marks have it: "L7"."""
    digest: Prose
    figures: tuple[str, ...]
    facts: tuple[FactLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOfKind:
    """The facts of one kind, with its name."""

    title: str
    items: tuple[Item, ...]

    @property
    def ids(self) -> str:
        """Their ids, with spaces between them."""
        return " ".join(item.id for item in self.items)
