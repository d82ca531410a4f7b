"""The first page: bottom line, messages, key figures, targets, and the choice that fits one sheet."""

from dataclasses import dataclass
from decimal import Decimal

from briefgen.localise.labels import STATUSES, Label
from briefgen.localise.printer import Printer
from briefgen.localise.statements import row, statements, that_matter
from briefgen.localise.summits import past, upcoming
from briefgen.model.briefing import Assessed, Status
from briefgen.model.facts import Act, Figure, Headline, Observation, Role, Statement, Value
from briefgen.model.page import Glance, Item, TargetBar, Tile
from briefgen.model.quantities import Money

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
    Fit(rows=7),
    Fit(rows=6),
    Fit(rows=5, changes=4),
    Fit(rows=5, targets=2, summits=2, changes=3),
    Fit(rows=4, targets=2, summits=2, changes=3),
    Fit(rows=4, targets=2, summits=2, messages=2, changes=2),
    Fit(rows=3, targets=1, summits=2, messages=2, changes=2),
    Fit(rows=3, targets=1, summits=1, messages=2, changes=1),
    Fit(rows=2, targets=1, summits=1, messages=1, changes=1),
)
"""What is left out, in this order, until the page is one page in every language; type is never made smaller."""


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


def targets(printer: Printer) -> tuple[TargetBar, ...]:
    """Each target that stands against the latest result, the earliest date first; replaced ones are in the register."""
    found = [
        item
        for item in statements(printer, *Act)
        if isinstance(item.fact, Statement) and item.fact.target and item.status is not Status.SUPERSEDED
    ]
    axis = max((_top(printer, item) for item in found), default=Decimal(0))
    return tuple(bar for item in found if (bar := _bar(printer, item, axis)))


def glance(printer: Printer, changes: tuple[str, ...], fit: Fit) -> Glance:
    """What stands on one sheet: the same rows in every language; the rest is counted."""
    rows, bars = that_matter(printer), targets(printer)
    summits = upcoming(printer) or past(printer)
    return Glance(
        rows=tuple(row(printer, item) for item in rows[: fit.rows]),
        more_rows=_more(printer, len(rows) - fit.rows),
        summits=summits[: fit.summits],
        more_summits=_more(printer, len(summits) - fit.summits),
        targets=bars[-fit.targets :],
        more_targets=_more(printer, len(bars) - fit.targets),
        messages=messages(printer)[: fit.messages],
        changes=changes[: fit.changes],
        more_changes=_more(printer, len(changes) - fit.changes),
    )


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
    )


def _period(printer: Printer, known: Assessed, name: str) -> str:
    """The value that dates the figure: a deadline as such, else its own period, else the day it was said."""
    if name in known.values:
        return printer.word(known.values[name].value, "deadline" if name in ("by", "due") else "table")
    said = printer.book.day_of(known.fact)
    return printer.date(said) if said else printer.date(printer.book.sources[known.cites[0].source].published.date)


def _top(printer: Printer, known: Assessed) -> Decimal:
    goal, latest = known.values.get("goal"), _latest(printer, known)
    values = (goal, latest[1].value if latest else None)
    return max((_amount(value) for value in values if value), default=Decimal(0))


def _amount(value: Value) -> Decimal:
    return value.value.amount if isinstance(value.value, Money) else Decimal(0)


def _latest(printer: Printer, known: Assessed) -> tuple[Assessed, Observation] | None:
    """The indicator and its last observation, in the unit of the goal."""
    fact = known.fact
    target = fact.target if isinstance(fact, Statement) else None
    indicator = printer.briefing.items.get(target.indicator) if target else None
    if target is None or indicator is None or not isinstance(indicator.fact, Figure):
        return None
    goal = known.values["goal"].value if "goal" in known.values else None
    unit = goal.currency if isinstance(goal, Money) else ""
    known_values = tuple(indicator.values.values())
    for observation in reversed(indicator.fact.observations):
        value = observation.value.value
        if observation.value in known_values and isinstance(value, Money) and value.currency == unit:
            return indicator, observation
    return None


def _bar(printer: Printer, known: Assessed, axis: Decimal) -> TargetBar | None:
    goal, by = known.values.get("goal"), known.values.get("by")
    if goal is None or by is None or not isinstance(goal.value, Money) or not axis:
        return None
    item, latest = printer.item(known), _latest(printer, known)
    event = printer.book.event(known.fact.on) if known.fact.on else None
    return TargetBar(
        id=item.id,
        label=item.text,
        goal=printer.word(goal.value),
        by=printer.word(by.value, "deadline"),
        goal_by=printer.say(Label.BY_DATE, amount=printer.word(goal.value), by=printer.word(by.value, "deadline")),
        set_by=printer.say(
            Label.SET_BY, party=printer.side(known.fact.by), date=printer.date(event.date) if event else ""
        ),
        actual=_actual(printer, latest[1]) if latest else printer.say(Label.NO_OBSERVATION),
        actual_share=_share(latest[1].value.value, axis) if latest else "0%",
        goal_share=_share(goal.value, axis),
        status=printer.badge(known.status, STATUSES[known.status]),
        marks=item.marks,
        actual_marks=printer.marks([latest[1].value.cite]) if latest else (),
    )


def _actual(printer: Printer, observation: Observation) -> str:
    amount = printer.word(observation.value.value)
    if observation.period is None:
        return amount
    return printer.say(Label.LATEST_RESULT, amount=amount, period=printer.word(observation.period.value, "table"))


def _share(quantity: object, axis: Decimal) -> str:
    """The position on an axis from zero to a tenth beyond the greatest amount."""
    amount = quantity.amount if isinstance(quantity, Money) else Decimal(0)
    return f"{100 * amount / (axis * Decimal('1.1')):.2f}%"
