"""The smallest finished pieces of a page: texts with their values marked, coded words, source marks, facts as text."""

from dataclasses import dataclass, field


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
    """A coded word: the code chooses the glyph, the label says it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A source mark: the source's number on this page and the lines cited."""

    number: int
    source: str
    lines: str
    """Such as "L7, L9"."""
    anchor: str
    """The first of the lines, "L7", where links on screen lead to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fact as text with its sources; the ground for every kind of row."""

    id: str
    text: Prose
    marks: tuple[Mark, ...]
    note: Prose = field(default_factory=Prose)
    account: str = ""
    """Whose account it is, where only one side tells it: "account of the Korean side"."""
    stale: str = ""
    """"last confirmed May 2024", where that is too long ago."""
