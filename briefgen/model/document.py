"""Documents: the page in one language, what a worker process gets to render it, and the file it returns."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from briefgen.model import remembered
from briefgen.model.findings import Finding
from briefgen.model.look import Look
from briefgen.model.views import (
    Asks,
    Badge,
    DueRow,
    EditionNames,
    EventRow,
    FactsOfKind,
    FigureRow,
    Item,
    Lead,
    News,
    OccasionRow,
    OfficeRow,
    OverviewLine,
    RegisterRow,
    RowGroup,
    SourceRow,
    StaleKind,
    StatementRow,
    SummitCard,
    TargetHistory,
    ThemeGroup,
    TileView,
)


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
class Glance:
    """The selection for the first page. What does not fit is counted."""

    meeting: str
    """The latest meeting of leaders, its month, whose account of it there is, and how many of its results are here."""
    leaders: bool  # whether it was one of leaders; else it is the latest meeting of any kind
    outcomes: tuple[StatementRow, ...]
    since: tuple[Item, ...]
    """Meetings after it, such as those of ministers, each with its day, and what was said there; the latest first."""
    visit: tuple[Item, ...]  # the last visit of leaders before it, then the papers that it brought
    asks: tuple[Asks, ...]
    due: tuple[DueRow, ...]
    noted: tuple[Item, ...]
    """In a line: past summits of which no source tells the outcome, papers within their term, plans under way."""
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
    direction: str
    """That of its lines and columns: ltr or rtl."""
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

    def __reduce__(self) -> tuple[Any, ...]:
        """Be packed once for all documents that print it, and unpacked once in each worker that makes some of them."""
        return _unpacked, (_packed(self),)


@remembered(8)
def _packed(page: Page) -> bytes:
    return pickle.dumps({each.name: getattr(page, each.name) for each in fields(page)})


@lru_cache(8)
def _unpacked(content: bytes) -> Page:
    return Page(**pickle.loads(content))  # noqa: S301 # our own


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text on a page of a PDF, and what it comes from."""

    page: int
    """Counted from 1."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in pixels of 1/96 inch from the top left corner of the page."""
    fact: str
    """The id of the fact; empty where the text is of none."""
    origins: tuple[str, ...]
    """The templates and lines of the elements around it, the innermost first; see render/markup.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedFile:
    """A finished file."""

    name: str
    content: bytes
    pages: int | None = None
    """Of a PDF."""
    marks: tuple[str, ...] = ()
    """The facts, values and statuses it prints, as its markup marks them: "fact trade", "value 150 billion USD"."""
    warnings: tuple[str, ...] = ()
    """What its engine ignored or left out, each once."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the places of its text on paper; with an error, it has no content."""
    missing: tuple[str, ...] = ()
    """The ids of facts that a complete document neither prints nor counts."""
    places: tuple[Place, ...] = ()
    """Of a traced PDF: where each piece of its text stands, and what it comes from."""
    fingerprint: str = ""
    """The sha256 of all that shapes it; see render/documents.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that is put into a PDF, and the day it is dated by."""

    name: str
    content: bytes
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A document of the same edition."""

    name: str
    """Its file, in the same folder."""
    document: str
    format: str
    lang: str
    """BCP 47."""
    language_name: str
    """In the language itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An earlier edition in one language: its number and day, what it told, and the folder it lies in."""

    text: str
    counts: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the index of an edition lists besides its documents."""

    pages: tuple[Page, ...]
    """One for each language."""
    calendars: Mapping[str, str]
    """By language."""
    data: tuple[str, ...]
    """Files for programs."""
    earlier: Mapping[str, tuple[Past, ...]]
    """By language, the newest first."""


TEMPLATE_NAMES: Mapping[str, Any] = {
    "page": Page,
    "look": Look,
    "media": str,
    "document": str,
    "siblings": tuple[Sibling, ...],
    "listing": Listing | None,
    "left_out": tuple[FactsOfKind, ...],
    "_": None,
    "loop": None,
}
"""What a template finds, with its type; the last two are no values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A page, the template that lays it out, and the folders templates may come from, first one first."""

    page: Page
    document: str
    format: str
    folders: tuple[str, ...]
    look: Look
    page_limit: int | None = None
    """A PDF that needs more pages comes back without content."""
    strict: bool = False
    """Whether a warning of the PDF engine is an error."""
    attached: Attached | None = None
    """The briefing as data, for its PDF."""
    traced: bool = False
    """Whether each element names the template and line that it stands in: for the preview, never for an edition."""
    siblings: tuple[Sibling, ...] = ()
    """All documents of the edition, itself among them: the pages on screen lead to each other."""
    listing: Listing | None = None
    """Of an index."""
    signature: str = ""
    """What a page says at its end of the edition it belongs to; no part of its fingerprint."""

    @property
    def complete(self) -> bool:
        """Whether it must print every known fact, or count it among those left out."""
        return self.document == "full-briefing"

    @property
    def template(self) -> str:
        """The template's file: at-a-glance.html; that of an index is a part, as nobody asks for it by name."""
        return f"parts/{self.document}.html" if self.listing else f"{self.document}.html"

    @property
    def name(self) -> str:
        """The file's name: at-a-glance.en.pdf; of an index, index.html."""
        if self.listing:
            return f"{self.document}.{self.format}"
        return f"{self.document}.{self.page.language}.{self.format}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How much room a document with all its rows would need, in pixels of 1/96 inch."""

    room: float
    """The height of all its pages together."""
    needed: float
    """The height of everything in it."""
    gaps: int
    """How many of its spaces may be stretched: one before each block of the first page."""
    rows: Mapping[str, tuple[tuple[float, ...], ...]]
    """By zone, for each of its columns, the heights of the rows that may be left out."""
    breaks: int = 0
    """How many page breaks there may be: each leaves as much room as the highest block needs that is kept whole."""

    def spare(self, counts: Mapping[str, int], unused: float = 0.0) -> float:
        """Return what is left over if each zone has so many rows; negative if it does not fit.

        `unused` is the share of the text in the zone SOURCES that these rows do not need. Two of its lines are not
        counted on: how the rest breaks into lines is not known.
        """
        saved = (_height(columns) - _height(columns, counts.get(zone)) for zone, columns in self.rows.items())
        in_sources = max(0.0, _height(self.rows.get(SOURCES, ())) * unused - _TWO_LINES)
        return self.room - self.needed + sum(saved) + in_sources - self.breaks * self._kept_whole(counts)

    def _kept_whole(self, counts: Mapping[str, int]) -> float:
        """Return the height of the highest row; columns that are side by side are one."""
        zones = ((columns, counts.get(zone)) for zone, columns in self.rows.items() if zone != SOURCES)
        heights = (
            [_height(columns, rows)] if len(columns) > 1 else [height for each in columns for height in each[:rows]]
            for columns, rows in zones
        )
        return max((height for zone in heights for height in zone), default=0.0)

    def stretch(self, counts: Mapping[str, int], unused: float = 0.0) -> float:
        """Return how much of it falls to each of the spaces before its blocks."""
        return max(0.0, self.spare(counts, unused) - 1) / self.gaps if self.gaps else 0.0


SOURCES = "sources"
"""The zone at the foot of the first page, which has one row: it is as long as the rows above it make it."""
_TWO_LINES = 27.0
"""Of small type, in pixels of 1/96 inch."""


def _height(columns: tuple[tuple[float, ...], ...], rows: int | None = None) -> float:
    """Return the height of columns that are side by side, each cut to so many rows."""
    return max((sum(column[:rows]) for column in columns), default=0.0)


class TemplateError(Exception):
    """A template cannot be rendered: where, what, and what to do; pickled on its way out of the worker."""

    def __init__(self, file: str, line: int, message: str, hint: str = "", column: int = 0) -> None:
        super().__init__(file, line, message, hint, column)
        self.file, self.line, self.message, self.hint, self.column = file, line, message, hint, column
