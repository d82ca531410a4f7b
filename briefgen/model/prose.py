"""What the views of a page are made of: text in which values are marked, coded words, source marks."""

from dataclasses import dataclass


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
