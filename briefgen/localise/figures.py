"""What figures say of a target whose day is over; and the key figures of the first page."""

from collections.abc import Iterator
from decimal import Decimal

from briefgen.localise.context import SEPARATOR, Context, printed
from briefgen.localise.labels import Label
from briefgen.localise.replies import said_before
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Figure, Observation, Statement, Value
from briefgen.model.quantities import Bound, Count, Money, Quantity, is_date
from briefgen.model.views import Badge, Observed, TileView

LATE = (Status.DEADLINE_PASSED, Status.OVERDUE, Status.NOT_MET)


def measuring(context: Context, indicator: str) -> Iterator[Assessed]:
    """Yield an indicator and every figure of the same name: the same measured by somebody else, or later."""
    measured = context.briefing.items.get(indicator)
    name = measured.fact.name if measured and isinstance(measured.fact, Figure) else ""
    for item in printed(context):
        if item is measured or (name and isinstance(item.fact, Figure) and item.fact.name == name):
            yield item


def _seen_then(context: Context, known: Assessed) -> Iterator[tuple[Assessed, Observation]]:
    """Yield what each side measured for the year in which a target was due, once that is over."""
    target = known.fact.target if isinstance(known.fact, Statement) else None
    if not target or not known.due or not {known.status, known.became} & {*LATE}:
        return
    year = known.due.last.year
    for item in measuring(context, context.measured_by(known)):
        for each in item.observed:
            if each.period and is_date(when := each.period.value) and when.first.year == when.last.year == year:
                yield item, each


def measured_then(context: Context, known: Assessed) -> str:
    """Return the figures for the year in which a target was due; whether it was met is for a source to say."""
    said = []
    for item, each in _seen_then(context, known):
        amount, period = context.format_value(each.value.value), context.period(each.period)
        result = context.label(Label.LATEST_RESULT, amount=amount, period=period)
        by = context.within(*item.fact.by)
        said.append(context.label(Label.FIGURE_THEN, party=by, result=result) if by else result)
    return SEPARATOR.join(said)


def amounts(goal: Quantity, seen: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return a goal and a figure as numbers of one unit, in the same time if in any; None if not comparable."""
    match goal, seen:
        case (Money(aim, unit, _, per), Money(reached, same, _, rate)) | (
            Count(aim, unit, _, per),
            Count(reached, same, _, rate),
        ) if (unit, per) == (same, rate):
            return aim, reached
        case _:
            return None


def standing(context: Context, known: Assessed, status: Status | None = None) -> Badge:
    """Return the word for a status, as Context.standing has it; of a target whose year was measured it says so.

    Where all figures are of the whole year and on one side of the goal, it says on which, and whose they are: that is
    no word on whether the goal was met, as some goals are to be undercut.
    """
    seen = list(_seen_then(context, known))
    if (status or known.status) is not Status.DEADLINE_PASSED or not seen:
        return context.standing(known, status)
    goal = known.values["goal"].value
    below = {_is_below(goal, each) for _, each in seen}
    by = context.within(*dict.fromkeys(party for item, _ in seen for party in item.fact.by))
    labels = {True: Label.DEADLINE_BELOW, False: Label.DEADLINE_NOT_BELOW, None: Label.DEADLINE_MEASURED}
    label = labels[below.pop() if by and len(below) == 1 else None]
    return context.badge(Status.DEADLINE_PASSED, label, party=by)


def _is_below(goal: Quantity, seen: Observation) -> bool | None:
    """Return whether a figure of a year is below a goal; None if one is no exact number, or they are not comparable."""
    value = seen.value.value
    if not seen.period or not is_date(when := seen.period.value) or length(when) < WHOLE_YEAR:
        return None
    exact = all(isinstance(each, Money | Count) and each.bound is Bound.EXACT for each in (goal, value))
    pair = amounts(goal, value) if exact else None
    return pair[1] < pair[0] if pair else None


def length(when: FactDate) -> int:
    """Return the days from the first to the last of a period."""
    return (when.last - when.first).days


WHOLE_YEAR = 364
"""The shortest `length` of a year: a half of one says nothing of a goal for the whole."""


def key_figures(context: Context) -> tuple[TileView, ...]:
    """Return the key figures, as the curator ranks them, the own side's first; a newer one in the place of another.

    Each is a value, what it counts and whose figure it is, and what dates it.
    """
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
    earlier = tuple(_years_before(context, known, value))
    under = _under(context, known, with_period=bool(earlier))
    return TileView(
        id=known.fact.id,
        label=counted.rstrip(),
        whose=bracket + whose,
        number=context.value(value, "short"),
        period=_period(context, known, tile.period),
        marks=context.marks(cites),
        stale="" if _is_dated(context, known, tile.period) else context.stale(known),
        before=(*earlier, *under.values()),
        under=tuple(under),
    )


def _under(context: Context, known: Assessed, *, with_period: bool) -> dict[str, Observed]:
    """Return the figures that the curator puts under a key figure, if they are of its period, by their ids.

    The period is told where a figure of another year stands beside them.
    """
    dated = known.values.get(known.fact.tile.period) if known.fact.tile else None
    found = {}
    for item in printed(context):
        tile = item.fact.tile
        if tile is None or tile.under != known.fact.id or item.superseded_by:
            continue
        value, period = item.values.get(tile.value), item.values.get(tile.period)
        if value and period and dated and period.value == dated.value:
            label, marks = context.text(f"{item.fact.id} tile", tile.label), context.marks([value.cite])
            label += f" {context.period(period)}" if with_period else ""
            found[item.fact.id] = Observed(value=context.value(value, "short"), period=label, marks=marks)
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
