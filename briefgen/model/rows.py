"""The rows of the list of facts past review."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOfKind:
    """Facts of one kind, with its name."""

    title: str
    items: tuple[Item, ...]

    @property
    def ids(self) -> str:
        """Their ids, with spaces between them."""
        return " ".join(item.id for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Item):
    """Who says to whom, with which act, what, by when, and what became of it."""

    party: str
    speaker: str
    """Name and title held at the time; empty where no person is named."""
    person: str
    """The speaker's name alone."""
    to: str
    act: Badge
    status: Badge
    said_at: str
    """The day, in table form, and the occasion."""
    due: str
    """The deadline in table form, or "no date set"."""
    later: str
    """What took its place and what became of it; empty where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One key figure."""

    id: str
    label: str
    number: Prose
    period: str
    marks: tuple[Mark, ...]
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCount:
    """How many asks and undertakings have a status; `share` is a CSS percentage of all of them."""

    badge: Badge
    text: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A round amount on the axis of the bars; `share` is its position as a CSS percentage."""

    label: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBar:
    """One target against the latest result; the positions are CSS percentages of the axis, which starts at zero."""

    id: str
    label: Prose
    indicator: str
    """What the result measures, in few words; empty where there is none."""
    goal_by: str
    """The goal and its deadline."""
    set_by: str
    actual: str
    actual_share: str
    goal_share: str
    status: Badge
    marks: tuple[Mark, ...]
    actual_marks: tuple[Mark, ...]
    actual_stale: str = ""
    """When the result was last confirmed, where that is too long ago."""


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
class Standing:
    """Statements that are equally firm, due on the same day and equally far: said once for all of them."""

    act: Badge
    due: str
    status: Badge
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Statements of one side on one occasion; what they share stands here and is not said again with each."""

    party: str
    to: str
    said_at: str
    person: str
    """The speaker's name; the title stands with the officeholders."""
    account: str
    note: Prose
    """A note that all of them have."""
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements under a heading."""

    title: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Standing):
    """A few asks of one side in the table of both sides; speaker and account are named with the first of them."""

    party: str
    speaker: str
    account: str
    goes_on: bool
    """Whether they go on under the head of those above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What each side asked of the other on one occasion; every side has its column, in the same order everywhere."""

    said_at: str
    parties: tuple[str, ...]
    bands: tuple[tuple[tuple[Ask, ...], ...], ...]
    """One cell for each party: empty below its last ask, and in the first band where none is on record."""


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

    names: tuple[Run, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A table of names or terms."""

    title: str
    languages: tuple[Run, ...]
    short_forms: bool
    """Whether any row has one."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What happened to one fact."""

    id: str
    kind: Badge
    """Such as `corrected`; its code chooses the look."""
    text: Prose
    """What is said of it now; of a fact that is there no more, what was said last."""
    old: tuple[Prose, ...]
    """Values, acts and sides that it had before and has no more."""
    new: tuple[Prose, ...]
    was: tuple[Badge, ...]
    """The statuses before, and now."""
    now: tuple[Badge, ...]
    notes: tuple[str, ...]
    """What took its place; that an earlier edition told this correction already."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many changes are of one kind."""

    kind: Badge
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed since the last edition; either rows, or the sentence that says why there are none."""

    since: str
    """Which edition it is compared with; empty where there is none."""
    nothing: str
    counts: tuple[KindCount, ...]
    """Of all changes, whether or not they have a row here."""
    rows: tuple[ChangeRow, ...]
    more: str
    """How many changes of which kinds have no row here; empty where all have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFact:
    """A fact past review in the list of them."""

    id: str
    text: Prose
    confirmed: str
    """The day of the newest source or review, in table form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleKind:
    """How much of a kind of fact is past review; `oldest` is the month of its oldest confirmation."""

    title: str
    share: str
    """"3 of 7"."""
    oldest: str
    facts: tuple[StaleFact, ...]
    """The longest unconfirmed first."""
