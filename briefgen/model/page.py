"""A Page: one language's finished strings, ready to be laid out; nothing in it is computed any further."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.model.news import ChangeRow as ChangeRow
from briefgen.model.news import KindCount as KindCount
from briefgen.model.news import News as News
from briefgen.model.pieces import Badge as Badge
from briefgen.model.pieces import Item as Item
from briefgen.model.pieces import Mark as Mark
from briefgen.model.pieces import Prose as Prose
from briefgen.model.pieces import Run as Run
from briefgen.model.rows import Ask as Ask
from briefgen.model.rows import Event as Event
from briefgen.model.rows import EvidenceLine as EvidenceLine
from briefgen.model.rows import Exchange as Exchange
from briefgen.model.rows import FigureRow as FigureRow
from briefgen.model.rows import Group as Group
from briefgen.model.rows import NameRow as NameRow
from briefgen.model.rows import Names as Names
from briefgen.model.rows import Observed as Observed
from briefgen.model.rows import OfficeRow as OfficeRow
from briefgen.model.rows import Saying as Saying
from briefgen.model.rows import SideAsks as SideAsks
from briefgen.model.rows import SourceRow as SourceRow
from briefgen.model.rows import Standing as Standing
from briefgen.model.rows import StatementRow as StatementRow
from briefgen.model.rows import StatusCount as StatusCount
from briefgen.model.rows import SummitCard as SummitCard
from briefgen.model.rows import TargetBar as TargetBar
from briefgen.model.rows import Tick as Tick
from briefgen.model.rows import Tile as Tile
from briefgen.model.stale import StaleFact as StaleFact
from briefgen.model.stale import StaleKind as StaleKind


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
