"""The first page: bottom line, messages, key figures, and the choice of everything that fits one sheet."""

from dataclasses import dataclass, replace

from briefgen.localise.back_matter import sources
from briefgen.localise.changes import shortened
from briefgen.localise.context import Context
from briefgen.localise.labels import Label
from briefgen.localise.statements import row, that_matter
from briefgen.localise.summits import past, targets, upcoming
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Headline, Role
from briefgen.model.page import Glance, Item, News, SourceRow, Tile

TILES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLimits:
    """How many rows of each kind stand on the one-page document."""

    rows: int
    targets: int = 3
    summits: int = 3
    messages: int = 3
    changes: int = 5


ROW_LIMITS = (
    RowLimits(rows=9, messages=4),
    RowLimits(rows=8),
    RowLimits(rows=7),
    RowLimits(rows=6),
    RowLimits(rows=5),
    RowLimits(rows=5, targets=2, changes=4),
    RowLimits(rows=5, targets=2, summits=2, changes=3),
    RowLimits(rows=4, targets=2, summits=2, changes=3),
    RowLimits(rows=4, targets=2, summits=2, changes=2),
    RowLimits(rows=3, targets=2, summits=2, changes=2),
    RowLimits(rows=3, targets=1, summits=2, changes=2),
    RowLimits(rows=3, targets=1, summits=1, changes=2),
    RowLimits(rows=2, targets=1, summits=1, changes=2),
    RowLimits(rows=2, targets=1, summits=1, changes=1),
    RowLimits(rows=1, targets=1, summits=1, messages=2, changes=1),
    RowLimits(rows=1, targets=1, summits=1, messages=1, changes=1),
)
"""What is left out, in this order, until the page is one page in every language; type is never made smaller.

The messages go last: they are what a reader in a hurry takes away.
"""


def bottom_line(context: Context) -> Item | None:
    """The newest curated sentence whose facts are all known."""
    lines = [each for each in context.briefing.headlines if each.role is Role.BOTTOM_LINE]
    return _headline(context, lines[0]) if lines else None


def messages(context: Context) -> tuple[Item, ...]:
    """The curated key messages whose facts are all known, first things first."""
    lines = [each for each in context.briefing.headlines if each.role is Role.MESSAGE]
    return tuple(_headline(context, each) for each in lines)


def tiles(context: Context) -> tuple[Tile, ...]:
    """The key figures, as the curator ranks them."""
    chosen = [item for item in context.briefing.items.values() if item.fact.tile]
    chosen.sort(key=lambda item: (item.fact.tile.rank if item.fact.tile else 0, item.fact.id))
    return tuple(tile for item in chosen if (tile := _tile(context, item)))[:TILES]


def glance(context: Context, changes: News, limits: RowLimits) -> Glance:
    """What stands on one sheet: the same rows in every language; the rest is counted."""
    matter, bars = that_matter(context), targets(context)
    summits = upcoming(context) or past(context)
    page = Glance(
        rows=tuple(row(context, item) for item in matter[: limits.rows]),
        more_rows=_more(context, len(matter) - limits.rows),
        summits=summits[: limits.summits],
        more_summits=_more(context, len(summits) - limits.summits),
        targets=bars[max(0, len(bars) - limits.targets) :],
        more_targets=_more(context, len(bars) - limits.targets),
        messages=messages(context)[: limits.messages],
        changes=shortened(context, changes, limits.changes),
        sources=(),
    )
    return replace(page, sources=_used(context, page))


def _used(context: Context, page: Glance) -> tuple[SourceRow, ...]:
    """The sources whose numbers stand on the sheet."""
    line = bottom_line(context)
    items = (*([line] if line else []), *page.messages, *page.rows, *page.summits)
    marks = [mark for item in items for mark in item.marks]
    marks += [mark for tile in tiles(context) for mark in tile.marks]
    marks += [mark for bar in page.targets for mark in (*bar.marks, *bar.actual_marks)]
    numbers = {mark.number for mark in marks}
    return tuple(source for source in sources(context) if source.number in numbers)


def _more(context: Context, number: int) -> str:
    return context.label(Label.MORE_IN_FULL, number=str(number)) if number > 0 else ""


def _headline(context: Context, headline: Headline) -> Item:
    items = [context.briefing.items[id] for id in headline.facts]
    values = {f"{item.fact.id}.{name}": value for item in items for name, value in item.values.items()}
    return Item(
        id=headline.id,
        text=context.prose(f"{headline.id} text", headline.text, values),
        marks=context.marks(cite for item in items for cite in item.cites),
    )


def _tile(context: Context, known: Assessed) -> Tile | None:
    tile = known.fact.tile
    value = known.values.get(tile.value) if tile else None
    if tile is None or value is None:
        return None
    return Tile(
        id=known.fact.id,
        label=context.text(f"{known.fact.id} tile", tile.label),
        number=context.value(value, "short"),
        period=_period(context, known, tile.period),
        marks=context.marks(known.cites),
        stale="" if _dated_by_period(context, known, tile.period) else context.stale(known),
    )


def _dated_by_period(context: Context, known: Assessed, name: str) -> bool:
    """Whether the tile prints the day of its last confirmation anyway."""
    return name not in known.values and context.dates_itself(known)


def _period(context: Context, known: Assessed, name: str) -> str:
    """The value that dates the figure: a deadline as such, else its own period, else the day it was said."""
    if name in known.values:
        return context.format_value(known.values[name].value, "deadline" if name in ("by", "due") else "table")
    said = context.book.day_of(known.fact)
    return context.date(said) if said else context.date(context.book.sources[known.cites[0].source].published.date)
