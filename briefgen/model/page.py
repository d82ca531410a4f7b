"""One document to be rendered: what a worker process is handed, and what it may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefgen.model.look import Look
from briefgen.model.rows import Ask as Ask
from briefgen.model.rows import Badge as Badge
from briefgen.model.rows import ChangeRow as ChangeRow
from briefgen.model.rows import Event as Event
from briefgen.model.rows import EvidenceLine as EvidenceLine
from briefgen.model.rows import Exchange as Exchange
from briefgen.model.rows import FactsOfKind as FactsOfKind
from briefgen.model.rows import FigureRow as FigureRow
from briefgen.model.rows import Group as Group
from briefgen.model.rows import Item as Item
from briefgen.model.rows import KindCount as KindCount
from briefgen.model.rows import Mark as Mark
from briefgen.model.rows import NameRow as NameRow
from briefgen.model.rows import Names as Names
from briefgen.model.rows import News as News
from briefgen.model.rows import Observed as Observed
from briefgen.model.rows import OfficeRow as OfficeRow
from briefgen.model.rows import Prose as Prose
from briefgen.model.rows import Run as Run
from briefgen.model.rows import Saying as Saying
from briefgen.model.rows import SideAsks as SideAsks
from briefgen.model.rows import SourceRow as SourceRow
from briefgen.model.rows import StaleFact as StaleFact
from briefgen.model.rows import StaleKind as StaleKind
from briefgen.model.rows import Standing as Standing
from briefgen.model.rows import StatementRow as StatementRow
from briefgen.model.rows import StatusCount as StatusCount
from briefgen.model.rows import SummitCard as SummitCard
from briefgen.model.rows import TargetBar as TargetBar
from briefgen.model.rows import Tick as Tick
from briefgen.model.rows import Tile as Tile


class Certainty(StrEnum):
    """How sure a day is, in the words of calendars (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A summit or a deadline."""

    id: str
    """The fact's."""
    first: date
    last: date
    summary: str
    summary_lang: str
    """BCP 47; another than the agenda's where a text is not translated."""
    lines: tuple[str, ...]
    """What is known of it, its status and its sources."""
    category: str
    certainty: Certainty
    ahead: bool
    """Whether it is entered anew; what is not is kept only where an earlier edition entered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A partnership's summits and deadlines in one language."""

    partnership: str
    language: str
    lang: str
    """BCP 47."""
    name: str
    note: str
    day: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands at the top, and again on every page."""

    title: str
    as_of: str
    edition: str
    notice: str
    """Why this is no ordinary edition (reconstruction, draft); empty for one."""
    handling: str
    disclaimer: str
    embargo: str = ""
    """Before which day and hour nothing may be published."""
    prepared_by: str = ""
    contact: str = ""
    logo_text: str = ""
    """What a reader who cannot see the logo is told."""
    newest: str = ""
    """The day of the newest source."""
    draft: str = ""
    """"Draft, not cleared", where clearance is required and was not given; `notice` says it too."""
    cleared: str = ""
    """Who cleared it on which day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """How it was made, for the reader who asks."""

    lines: tuple[str, ...]
    facts_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The selection for the one-page document; what does not fit is counted, never shrunk."""

    rows: tuple[StatementRow, ...]
    more_rows: str
    summits: tuple[SummitCard, ...]
    more_summits: str
    targets: tuple[TargetBar, ...]
    more_targets: str
    messages: tuple[Item, ...]
    changes: News
    sources: tuple[SourceRow, ...]
    """Those whose numbers stand on the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a document in one language can say."""

    lang: str
    """BCP 47 tag for the markup."""
    language: str
    """The code the catalogs use."""
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
    """Deadlines passed of which no source tells the outcome."""
    stale: tuple[StaleKind, ...] = ()
    """Facts past review, by kind."""
    names: tuple[Names, ...]
    sources: tuple[SourceRow, ...]
    facts: tuple[FactsOfKind, ...]
    """All that a complete document prints, or else counts in parts/left-out.html."""
    left_out: str
    """What stands before those counts."""
    colophon: Colophon


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A finished file."""

    name: str
    content: bytes
    pages: int | None = None
    """Of a PDF."""
    marks: tuple[str, ...] = ()
    """The facts, values and statuses it says, as its markup marks them: "fact trade", "value 150 billion USD"."""
    warnings: tuple[str, ...] = ()
    """What its engine ignored or left out, each once."""
    missing: tuple[str, ...] = ()
    """The ids of facts that a complete document neither prints nor counts."""
    fingerprint: str = ""
    """The sha256 of all that shapes it; see render/fingerprint.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that is put into a PDF, and the day it is dated by."""

    name: str
    content: bytes
    day: date


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

    @property
    def complete(self) -> bool:
        """Whether it must print every known fact, or count it among those left out."""
        return self.document == "full-briefing"

    @property
    def template(self) -> str:
        """The template's file: at-a-glance.html."""
        return f"{self.document}.html"

    @property
    def name(self) -> str:
        """The file's name: at-a-glance.en.pdf."""
        return f"{self.document}.{self.page.language}.{self.format}"


class TemplateError(Exception):
    """A template cannot be rendered: where, what, and what to do; pickled on its way out of the worker."""

    def __init__(self, file: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(file, line, message, hint)
        self.file, self.line, self.message, self.hint = file, line, message, hint
