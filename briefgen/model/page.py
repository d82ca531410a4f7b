"""A page: all that a document in one language can print, as finished strings and the small views made of them."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOfKind:
    """The facts of one kind, with its name."""

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
    """The statement that replaced it, and what became of it; empty where nothing replaced it."""


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
    """What the result measures, in a few words; empty where there is no result."""
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
    """What one side asks or offers for a summit; without rows, nothing is on record."""

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
    """Statements with the same act, due date and status, which are printed once for all of them."""

    act: Badge
    due: str
    status: Badge
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Statements of one side on one occasion; what they share is printed once, above them."""

    party: str
    to: str
    said_at: str
    person: str
    """The speaker's name; the title is in the list of officeholders."""
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
    """Whether act, due date and status are those of the ask above, and not printed again."""


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
    """A name in every language, side by side, in the order of `Names.languages`."""

    names: tuple[Run, ...]
    note: str
    """The short form."""


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
    """One cited line of a source: a digest in our words, and its figures."""

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
    """The fact's text now; of a fact that was removed, its last text."""
    old: tuple[Prose, ...]
    """Values, acts and sides that it had before and has no more."""
    new: tuple[Prose, ...]
    was: tuple[Badge, ...]
    """The statuses before, and now."""
    now: tuple[Badge, ...]
    notes: tuple[str, ...]
    """What replaced it; that an earlier edition reported this correction already."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many changes are of one kind."""

    kind: Badge
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed since the last edition; either rows, or the sentence why there are none."""

    since: str
    """The edition it is compared with; empty where there is none."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The head of the first page, parts of which are repeated on every page."""

    title: str
    as_of: str
    edition: str
    notice: str
    """Why this is no ordinary edition (reconstruction, draft); empty for one."""
    handling: str
    disclaimer: str
    embargo: str = ""
    """The day and hour before which nothing may be published."""
    prepared_by: str = ""
    contact: str = ""
    logo_text: str = ""
    """The description of the logo for readers who cannot see it."""
    newest: str = ""
    """The day of the newest source."""
    draft: str = ""
    """"Draft, not cleared", where clearance is required and was not given; `notice` has it too."""
    cleared: str = ""
    """Who cleared it on which day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """How it was made, for the reader who asks."""

    lines: tuple[str, ...]
    facts_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The selection for the one-page document; what does not fit is counted."""

    rows: tuple[StatementRow, ...]
    more_rows: str
    summits: tuple[SummitCard, ...]
    more_summits: str
    targets: tuple[TargetBar, ...]
    more_targets: str
    messages: tuple[Item, ...]
    changes: News
    sources: tuple[SourceRow, ...]
    """Those that the selection cites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a document in one language can print."""

    lang: str
    """BCP 47 tag for the markup."""
    language: str
    """The language's code in the names of catalogs."""
    language_name: str
    base: bool
    """Whether labels are printed as the templates have them, in English."""
    labels: Mapping[str, str]
    masthead: Masthead
    bottom_line: Item | None
    messages: tuple[Item, ...]
    tiles: tuple[Tile, ...]
    counts: tuple[StatusCount, ...]
    glance: Glance
    changes: News
    targets: tuple[TargetBar, ...]
    ticks: tuple[Tick, ...]
    """Of the axis that all targets share; none where they are in different currencies."""
    undertakings: tuple[Group, ...]
    """Announced, agreed and signed, by theme."""
    asks: tuple[Exchange, ...]
    """Requested and proposed, by occasion, the latest first, the sides beside each other."""
    positions: tuple[Group, ...]
    upcoming: tuple[SummitCard, ...]
    past: tuple[SummitCard, ...]
    figures: tuple[FigureRow, ...]
    timeline: tuple[Event, ...]
    mechanisms: tuple[Item, ...]
    documents: tuple[Item, ...]
    offices: tuple[OfficeRow, ...]
    conflicts: tuple[Item, ...]
    unreported: tuple[StatementRow, ...]
    """Deadlines passed of which no source reports the outcome."""
    stale: tuple[StaleKind, ...] = ()
    """Facts past review, by kind."""
    names: tuple[Names, ...]
    sources: tuple[SourceRow, ...]
    facts: tuple[FactsOfKind, ...]
    """All that a complete document prints, or else counts in parts/left-out.html."""
    left_out: str
    """The sentence before those counts."""
    colophon: Colophon
