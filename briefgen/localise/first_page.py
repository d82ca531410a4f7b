"""The first page: bottom line, messages, key figures, and the choice of everything that fits one sheet."""

from dataclasses import dataclass, replace

from briefgen.localise.back_matter import sources
from briefgen.localise.changes import shortened
from briefgen.localise.context import Printer
from briefgen.localise.labels import Label
from briefgen.localise.statements import row, that_matter
from briefgen.localise.summits import past, targets, upcoming
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Headline, Role
from briefgen.model.page import Glance
from briefgen.model.rows import Item, News, SourceRow, Tile

TILES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How many rows of each kind stand on the one-page document."""

    rows: int
    targets: int = 3
    summits: int = 3
    messages: int = 3
    changes: int = 5


FITS = (
    Fit(rows=9, messages=4),
    Fit(rows=8),
    Fit(rows=7),
    Fit(rows=6),
    Fit(rows=5),
    Fit(rows=5, targets=2, changes=4),
    Fit(rows=5, targets=2, summits=2, changes=3),
    Fit(rows=4, targets=2, summits=2, changes=3),
    Fit(rows=4, targets=2, summits=2, changes=2),
    Fit(rows=3, targets=2, summits=2, changes=2),
    Fit(rows=3, targets=1, summits=2, changes=2),
    Fit(rows=3, targets=1, summits=1, changes=2),
    Fit(rows=2, targets=1, summits=1, changes=2),
    Fit(rows=2, targets=1, summits=1, changes=1),
    Fit(rows=1, targets=1, summits=1, messages=2, changes=1),
    Fit(rows=1, targets=1, summits=1, messages=1, changes=1),
)
"""What is left out, in this order, until the page is one page in every language; type is never made smaller.

The messages go last: they are what a reader in a hurry takes away.
"""


def bottom_line(printer: Printer) -> Item | None:
    """The newest curated sentence whose facts are all known."""
    lines = [each for each in printer.briefing.headlines if each.role is Role.BOTTOM_LINE]
    return _headline(printer, lines[0]) if lines else None


def messages(printer: Printer) -> tuple[Item, ...]:
    """The curated key messages whose facts are all known, first things first."""
    lines = [each for each in printer.briefing.headlines if each.role is Role.MESSAGE]
    return tuple(_headline(printer, each) for each in lines)


def tiles(printer: Printer) -> tuple[Tile, ...]:
    """The key figures, as the curator ranks them."""
    chosen = [item for item in printer.briefing.items.values() if item.fact.tile]
    chosen.sort(key=lambda item: (item.fact.tile.rank if item.fact.tile else 0, item.fact.id))
    return tuple(tile for item in chosen if (tile := _tile(printer, item)))[:TILES]


def glance(printer: Printer, changes: News, fit: Fit) -> Glance:
    """What stands on one sheet: the same rows in every language; the rest is counted."""
    matter, bars = that_matter(printer), targets(printer)
    summits = upcoming(printer) or past(printer)
    page = Glance(
        rows=tuple(row(printer, item) for item in matter[: fit.rows]),
        more_rows=_more(printer, len(matter) - fit.rows),
        summits=summits[: fit.summits],
        more_summits=_more(printer, len(summits) - fit.summits),
        targets=bars[-fit.targets :],
        more_targets=_more(printer, len(bars) - fit.targets),
        messages=messages(printer)[: fit.messages],
        changes=shortened(printer, changes, fit.changes),
        sources=(),
    )
    return replace(page, sources=_used(printer, page))


def _used(printer: Printer, page: Glance) -> tuple[SourceRow, ...]:
    """The sources whose numbers stand on the sheet."""
    line = bottom_line(printer)
    items = (*([line] if line else []), *page.messages, *page.rows, *page.summits)
    marks = [mark for item in items for mark in item.marks]
    marks += [mark for tile in tiles(printer) for mark in tile.marks]
    marks += [mark for bar in page.targets for mark in (*bar.marks, *bar.actual_marks)]
    numbers = {mark.number for mark in marks}
    return tuple(source for source in sources(printer) if source.number in numbers)


def _more(printer: Printer, number: int) -> str:
    return printer.say(Label.MORE_IN_FULL, number=str(number)) if number > 0 else ""


def _headline(printer: Printer, headline: Headline) -> Item:
    items = [printer.briefing.items[id] for id in headline.facts]
    values = {f"{item.fact.id}.{name}": value for item in items for name, value in item.values.items()}
    return Item(
        id=headline.id,
        text=printer.prose(f"{headline.id} text", headline.text, values),
        marks=printer.marks(cite for item in items for cite in item.cites),
    )


def _tile(printer: Printer, known: Assessed) -> Tile | None:
    tile = known.fact.tile
    value = known.values.get(tile.value) if tile else None
    if tile is None or value is None:
        return None
    return Tile(
        id=known.fact.id,
        label=printer.text(f"{known.fact.id} tile", tile.label),
        number=printer.value(value, "short"),
        period=_period(printer, known, tile.period),
        marks=printer.marks(known.cites),
        stale="" if _dated_by_period(printer, known, tile.period) else printer.stale(known),
    )


def _dated_by_period(printer: Printer, known: Assessed, name: str) -> bool:
    """Whether the tile prints the day of its last confirmation anyway."""
    return name not in known.values and printer.dates_itself(known)


def _period(printer: Printer, known: Assessed, name: str) -> str:
    """The value that dates the figure: a deadline as such, else its own period, else the day it was said."""
    if name in known.values:
        return printer.word(known.values[name].value, "deadline" if name in ("by", "due") else "table")
    said = printer.book.day_of(known.fact)
    return printer.date(said) if said else printer.date(printer.book.sources[known.cites[0].source].published.date)
