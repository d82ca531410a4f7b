"""The key figures of the first page: a value, what it counts and whose figure it is, and what dates it."""

from collections.abc import Iterator

from briefgen.localise.context import Context, printed
from briefgen.localise.measured import measuring
from briefgen.localise.replies import said_before
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Figure, Statement, Value
from briefgen.model.page import Observed, TileView


def figures(context: Context) -> tuple[TileView, ...]:
    """Return the key figures, as the curator ranks them, the own side's first; a newer one in the place of another."""
    newest = (item for item in printed(context) if not item.superseded_by and not item.repeated_by)
    chosen = [item for item in newest if item.fact.tile and not item.fact.tile.under]

    def order(item: Assessed) -> tuple[int, int, str]:
        return item.fact.tile.rank if item.fact.tile else 0, context.rank_of(*item.fact.by), item.fact.id

    return tuple(tile for item in sorted(chosen, key=order) if (tile := _tile(context, item)))


def _tile(context: Context, known: Assessed) -> TileView | None:
    tile = known.fact.tile
    value = known.values.get(tile.value) if tile else None
    if tile is None or value is None:
        return None
    before = said_before(context, known) if isinstance(known.fact, Statement) else ()
    cites = [cite for each in (known, *before) for cite in each.cites]
    if len(known.observed) > 1:  # the lines of the other observations do not carry this one
        cites = [value.cite]
    counted, bracket, whose = context.text(f"{known.fact.id} tile", tile.label).partition("(")
    under = _under(context, known)
    return TileView(
        id=known.fact.id,
        label=counted.rstrip(),
        whose=bracket + whose,
        number=context.value(value, "short"),
        period=_period(context, known, tile.period),
        marks=context.marks(cites),
        stale="" if _is_dated(context, known, tile.period) else context.stale(known),
        before=(*_years_before(context, known, value), *under.values()),
        under=tuple(under),
    )


def _under(context: Context, known: Assessed) -> dict[str, Observed]:
    """Return the figures that the curator puts under a key figure, if they are of its period, by their ids."""
    dated = known.values.get(known.fact.tile.period) if known.fact.tile else None
    found = {}
    for item in printed(context):
        tile = item.fact.tile
        if tile is None or tile.under != known.fact.id or item.superseded_by:
            continue
        value, period = item.values.get(tile.value), item.values.get(tile.period)
        if value and period and dated and period.value == dated.value:
            label, marks = context.text(f"{item.fact.id} tile", tile.label), context.marks([value.cite])
            found[item.fact.id] = Observed(value=context.value(value, "short"), period=label, account="", marks=marks)
    return found


def _years_before(context: Context, known: Assessed, shown: Value) -> Iterator[Observed]:
    """Yield earlier observations of a key figure for whose period another side has one, to be held against it."""
    others = [item for item in measuring(context, known.fact.id) if item.fact.by != known.fact.by]
    theirs = [each.period.value for item in others for each in item.observed if each.period and not item.superseded_by]
    for each in known.observed:
        if each.period and each.value != shown and each.period.value in theirs:
            yield Observed(
                value=context.value(each.value, "short"),
                period=context.period(each.period),
                account="",
                marks=context.marks([each.value.cite]),
            )


def _is_dated(context: Context, known: Assessed, name: str) -> bool:
    """Return whether the tile tells the age of its figure anyway: its period, or the day of its last confirmation."""
    if name in known.values:
        return isinstance(known.fact, Figure)
    return bool(_period(context, known, name)) and context.dates_itself(known)


def _period(context: Context, known: Assessed, name: str) -> str:
    """Return the value that dates the figure: its deadline or period, else the month in which it was said.

    What was measured is of no period that a source does not name: the day of a source would be taken for one.
    """
    if name in known.values:
        return context.period(known.values[name])
    event = context.occasion(known)
    return "" if event is None or isinstance(known.fact, Figure) else context.month_of(event.date)
