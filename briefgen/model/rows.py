"""The finished pieces a page is made of: texts with their values marked, source marks, and rows of every kind."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fact as text with its sources; the ground for every kind of row."""

    id: str
    text: Prose
    marks: tuple[Mark, ...]
    note: Prose = field(default_factory=Prose)
    account: str = ""
    """Whose account it is, where only one side tells it: "account of the Korean side"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Item):
    """Who says to whom, with which act, what, by when, and what became of it."""

    party: str
    speaker: str
    """Name and title held at the time; empty where no person is named."""
    to: str
    act: Badge
    status: Badge
    said_at: str
    """The day, in table form, and the occasion."""
    due: str
    """The deadline in table form, or "no date set"."""
    later: str
    """What took its place and what became of it; empty where it stands."""
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One key figure."""

    id: str
    label: str
    number: Prose
    period: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCount:
    """How many asks and undertakings have a status; `share` is a CSS percentage of all of them."""

    badge: Badge
    count: int
    text: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBar:
    """One target against the latest result; the positions are CSS percentages of the axis, which starts at zero."""

    id: str
    label: Prose
    goal: str
    by: str
    goal_by: str
    """Both in one phrase."""
    set_by: str
    actual: str
    actual_share: str
    goal_share: str
    status: Badge
    marks: tuple[Mark, ...]
    actual_marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideAsks:
    """What one side asks or offers for a summit; no rows: none on record."""

    party: str
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummitCard(Item):
    """One summit."""

    name: str
    host: str
    when: str
    countdown: str
    """Days to go, or what is known instead; empty for a summit that is past."""
    status: Badge
    sides: tuple[SideAsks, ...]
    due_by_then: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Item):
    """An entry of the timeline."""

    year: str
    when: str
    form: Badge
    level: bool
    """Whether it set the level of the partnership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under a heading."""

    key: str
    title: str
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow(Item):
    """Who held which office; the text is the title."""

    person: str
    party: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One observation of an indicator."""

    value: Prose
    period: str
    account: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow(Item):
    """An indicator with everything observed of it."""

    observations: tuple[Observed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name in every language, side by side; `names` follow the order of `Names.languages`."""

    key: str
    names: tuple[Run, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A table of names or terms."""

    title: str
    languages: tuple[str, ...]
    rows: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One cited line of a source: what it says in our words, and its figures."""

    line: int
    digest: str
    figures: tuple[str, ...]
    facts: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source in the list at the end."""

    number: int
    id: str
    describes: str
    publisher: str
    language: str
    published: str
    basis: str
    account: str
    facts: str
    url: str
    sha256: str
    lines: tuple[EvidenceLine, ...]
