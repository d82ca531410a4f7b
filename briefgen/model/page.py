"""A page: all that a document in one language can print, as finished strings and the small views made of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.model.prose import Badge as Badge
from briefgen.model.prose import EvidenceLine as EvidenceLine
from briefgen.model.prose import FactLink as FactLink
from briefgen.model.prose import FactsOfKind as FactsOfKind
from briefgen.model.prose import Item as Item
from briefgen.model.prose import Lead as Lead
from briefgen.model.prose import Mark as Mark
from briefgen.model.prose import Prose as Prose
from briefgen.model.prose import Run as Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the other side answered, according to a source."""

    id: str
    head: str
    """"Reply", that it answered the same ask before, or that it is what all sides said since."""
    when: str = ""  # and whose account it is, where that goes for those after it too, which have no head
    by: str
    """Who, with which act, when, and whose account it is."""
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Item):
    """Who says to whom, with which act, what, by when, and what became of it."""

    party: str
    speaker: str
    """Name and title held at the time; empty where no person is named."""
    person: str
    lead: str
    """What stands before or behind the text: who does it, who named the goal, or who asks whom."""
    to: str
    sides: str
    """Who says it, and to whom, where there are more parties than two or others than parties; else empty."""
    act: Badge
    begins: str  # the act, with which a row begins that says whose it is; empty where its text says it
    status: Badge | None
    """None where nothing is known beyond the statement itself, which the page says once for all rows."""
    due: str
    """The deadline in table form; empty where none is set."""
    due_as: str = "Due"  # what that day is called: of a plan and of what was said for a summit “Date”
    when: str
    """The day it was said or done, in table form."""
    occasion: str
    also: str  # the years in which the same side said the same before: "similarly 2023, 2024"
    replies: tuple[Reply, ...]
    later: str
    """The statement that replaced it, and what became of it; empty where nothing replaced it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow(StatementRow):
    """A statement in the table of all of them, with what it is chosen and sorted by."""

    field: Badge
    """The theme; its code is that of the facts."""
    side: Badge
    """Who speaks; the code has the ids of the parties."""
    day: str
    """As ISO 8601 has it; empty where no day is known."""
    standing: Badge
    """The status, also where the page says once what goes for most rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Statements under a heading; who speaks and whose account it is are in the heading if the same for all of them."""

    title: str
    account: str = ""
    speaker: str = ""
    """Name and title; empty if they differ, or if no person is named."""
    rows: tuple[StatementRow, ...]
    share: str = ""
    """How many of all rows it has; empty where it has all."""

    @property
    def dated(self) -> bool:
        """Whether any of them is due by a day."""
        return any(row.due for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeGroup:
    """A theme: what was agreed and undertaken, and where each side stands."""

    title: str
    share: str
    """How many of all rows it has, such as "7 of 15 shown"; empty where it has all."""
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesies:
    """Congratulations, thanks and appreciation of one side, which are printed in one paragraph."""

    party: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionRow:
    """What was said on one occasion."""

    when: str
    name: str
    groups: tuple[RowGroup, ...]
    """By who speaks: both sides, then each side."""
    courtesies: tuple[Courtesies, ...]
    years_before: int
    """Whole years from it to the last meeting of leaders; 0 if it was later, or has no day."""
    ids: tuple[str, ...]
    """The statements in its groups that stand nowhere else on the page."""
    aside: str = ""
    """Of the last talks: the note to the meeting, and how many of all statements these are."""
    repeated: tuple[str, ...] = ()
    """Those that were told again: the newer row names them, so paper only counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """One key figure."""

    id: str
    label: str
    whose: str  # whose figure it is, with the brackets that are in its label
    number: Prose
    period: str
    marks: tuple[Mark, ...]
    stale: str
    before: tuple["Observed", ...] = ()  # under it: other figures, or earlier ones that another side has too
    under: tuple[str, ...] = ()  # the ids of the other figures


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Item):
    """One day in the history of a target: a goal that was named, or what was measured."""

    when: str
    party: str
    result: str = ""
    """What was measured, with its period; empty for a goal, which its text words."""
    act: Badge | None = None
    """None for a result."""
    status: Badge | None = None
    later: str = ""
    share: str = ""
    """The latest result as a CSS percentage of the goal; empty where the two cannot be compared."""
    also: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetHistory:
    """An indicator, by its id, with its goals and results, the latest first."""

    indicator: str
    title: str
    rows: tuple[TargetRow, ...]
    bars: str = ""
    """What the bars show, where there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummitCard(Item):
    """One summit."""

    host: str
    form: str
    """What kind of meeting it is; empty of a summit."""
    when: str
    countdown: str
    """Days to go, or what is known instead; empty for a summit that is past."""
    status: Badge
    together: RowGroup
    """What both sides said or undertook for it."""
    sides: tuple[RowGroup, ...]
    """What each side asks or offers for it; without rows, nothing is on record."""
    due_above: str  # that something due by then stands with a summit before it; else empty
    due_by_then: tuple[StatementRow, ...]
    spoken_of: bool
    """Whether anything was said for it, or is due by then."""
    starts: str = ""
    """The day as ISO 8601 has it, where it lies ahead and is known exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow(Item):
    """An entry of the timeline."""

    year: str
    when: str
    form: Badge
    by_press: bool
    """Whether its day is not in the source, but in the press of the time."""
    level: bool
    """Whether it set the level of the partnership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow(Item):
    """Who held which office; the text is the title."""

    person: str
    party: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewLine:
    """A line of the relationship in brief; without entries, no source says anything of it."""

    title: str
    entries: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One observation of an indicator."""

    value: Prose
    period: str
    account: str = ""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow(Item):
    """An indicator with everything observed of it."""

    observations: tuple[Observed, ...]

    @property
    def several(self) -> bool:
        """Whether more than one was observed."""
        return len(self.observations) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name in every language, side by side, in the order of `Names.languages`."""

    names: tuple[Run, ...]
    note: str
    """The short form."""
    web_only: bool
    """Whether only statements name it that paper leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionNames:
    """A table of names or terms."""

    title: str
    languages: tuple[Run, ...]
    rows: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source in the list at the end."""

    number: int
    id: str
    describes: str
    publisher: str
    short: str
    """Its publisher; what it is, where none is stated."""
    language: str
    published: str
    published_short: str
    basis: str
    account: str
    facts: str
    url: str
    sha256: str
    lines: tuple[EvidenceLine, ...]
    day: str = ""
    """When it was published, as ISO 8601 has it."""


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
    first: bool = False
    """Whether there is no edition before: page one has no line for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFact:
    """A fact past review in the list of them."""

    id: str
    text: Prose
    confirmed: str
    """The day of the newest source or review, in table form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleKind:
    """How much of a kind is past review, the longest unconfirmed first: unconfirmed `within` days, since that month."""

    title: str
    share: str
    """"3 of 7"."""
    within: str
    oldest: str
    facts: tuple[StaleFact, ...]


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
    distribution: str = ""
    footer_text: str = ""
    """A line of look.yaml for the foot of each page."""
    watermark: str = ""
    """A few words that stand large and faint behind the text of every page."""
    logo_text: str = ""
    """The description of the logo for readers who cannot see it."""
    limits: tuple[str, ...] = ()
    """What a reader must know first: the newest source and its age, facts past review, whose accounts they are."""
    draft: str = ""
    """"Draft, not cleared", where clearance is required and was not given; `notice` has it too."""
    cleared: str = ""
    day: str = ""
    """The day it is as of, as ISO 8601 has it."""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """How it was made, for the reader who asks."""

    lines: tuple[str, ...]
    program: str
    """By which program, from which facts: on screen only, as paper carries its facts with their hash."""
    facts_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow(Item):
    """What lies ahead, or was due: a summit, target, undertaking or ask; the aside has host, countdown, who to whom."""

    when: str
    aside: str
    badge: Badge | None
    starts: str = ""  # as of a summit card


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What one side asks of the other."""

    party: str
    officeholders: tuple[Item, ...]  # who serves for it, by rank: title, and month of the newest source that says so
    speaker: str
    account: str
    share: str
    """Who speaks in all rows and whose account they are, empty where rows differ; how many are here, "3 of 9"."""
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The selection for the first page. What does not fit is counted."""

    meeting: str
    """The latest meeting of leaders, its month, whose account of it there is, and how many of its results are here."""
    leaders: bool  # whether it was one of leaders; else it is the latest meeting of any kind
    outcomes: tuple[StatementRow, ...]
    since: tuple[Item, ...]
    """Meetings after it, such as those of ministers, each with its day, and what was said there; the latest first."""
    asks: tuple[Asks, ...]
    due: tuple[DueRow, ...]
    noted: tuple[Item, ...]  # in a line: past summits of which no source tells the outcome, papers within their term
    noted_ids: tuple[str, ...]
    figures: tuple[TileView, ...]
    changes: News
    left_out: str
    """The true number of statements and other facts that are only in the full briefing."""
    sources: tuple[SourceRow, ...]
    """Those that the selection cites."""
    derived: str
    """What the sign beside some of its values says; empty where none has it."""
    stretch: str
    """What is added to the space between two blocks, as a CSS length, so that the page is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a document in one language can print."""

    lang: str
    """BCP 47 tag for the markup."""
    language: str  # its code in the names of catalogs
    language_name: str
    base: bool
    """Whether labels are printed as the templates have them, in English."""
    labels: Mapping[str, str]
    masthead: Masthead
    bottom_line: Lead | None
    messages: tuple[Item, ...]
    glance: Glance
    changes: News
    overview: tuple[OverviewLine, ...]
    milestones: tuple[EventRow, ...]
    """The most important entries of the timeline, at most twelve."""
    offices: tuple[OfficeRow, ...]
    """Officeholders by the newest source, by party and rank."""
    earlier_offices: tuple[OfficeRow, ...]
    talks: OccasionRow | None
    """The last meeting of leaders with what was said there; none where look.yaml has no such section."""
    fields: tuple[ThemeGroup, ...]
    follow_up: tuple[RowGroup, ...]
    """Who has to do what: what is due by a day, then what each side undertook or was told to do without one."""
    acts: tuple[Badge, ...]
    """The acts in the last talks, the fields and the follow-up, the firmest first: the key to the marks beside them."""
    earlier: tuple[OccasionRow, ...]
    """Statements that the body does not have, by occasion."""
    courtesies: FactsOfKind
    """All courtesies, and the sentence that counts them where they are not printed."""
    targets: tuple[TargetHistory, ...]
    upcoming: tuple[SummitCard, ...]
    past: tuple[SummitCard, ...]
    figures: tuple[FigureRow, ...]
    timeline: tuple[EventRow, ...]
    conflicts: tuple[Item, ...]
    one_sided: tuple[Item, ...]
    """The last meetings of leaders, each with the joint points that only one of several accounts has."""
    unreported: tuple[StatementRow, ...]
    """Deadlines passed of which no source reports the outcome."""
    unreported_share: str  # how many of all these are; empty where they are all
    stale: tuple[StaleKind, ...] = ()  # facts past review, by kind
    names: tuple[EditionNames, ...]
    sources: tuple[SourceRow, ...]
    facts: tuple[FactsOfKind, ...]
    """All that a complete document prints, or else counts in parts/left-out.html."""
    left_out: str  # the sentence before those counts
    register: tuple[RegisterRow, ...] = ()
    """Every statement, the latest first: on screen in one table."""
    colophon: Colophon
