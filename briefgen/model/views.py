"""What a page is made of, as finished strings: text in which values are marked, and the rows, cards and lists of it."""

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
    last_day: str
    """The end of its time; empty where none is known."""
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
    papers: tuple[Item, ...] = ()  # what was signed or adopted on a visit, in few words


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
    in_pairs: bool = False
    """Whether its names are short and its languages few: two names stand in a row on paper."""


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
    month: str
    """The month of its publication."""
    basis: str
    """How its day is known."""
    basis_mark: str
    """The same as a mark behind the day; nothing where the text has it."""
    account: str
    facts: str
    url: str
    address: str
    """The same as paper prints it: without `https://`, and with … for words of another script."""
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
