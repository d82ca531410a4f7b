"""Summits as cards: what is known of the date, who hosts, and what each side asks."""

from collections.abc import Iterator
from decimal import Decimal

from briefgen.localise.context import Context
from briefgen.localise.labels import STATUSES, Label
from briefgen.localise.statements import due_by, of_side, statements
from briefgen.localise.values import countdown, relative_period
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Act, Figure, Observation, Statement, Summit
from briefgen.model.page import SideAsks, SummitCard, TargetBar, Tick
from briefgen.model.quantities import Money, Name, is_date

MOST_TICKS = 3
STEPS = tuple(Decimal(step) for step in ("0.1", "0.2", "0.25", "0.5", "1"))
"""What lies between two ticks, in units of the greatest amount's first digit."""
ROOM = Decimal("1.1")
"""The axis goes on a tenth beyond the greatest amount."""


def targets(context: Context) -> tuple[TargetBar, ...]:
    """Each target that stands against the latest result, the earliest date first; replaced ones are in the register."""
    found = _targets(context)
    return tuple(bar for item in found if (bar := _bar(context, item, _top(context, found, _currency(item)))))


def ticks(context: Context) -> tuple[Tick, ...]:
    """Round amounts along the axis, zero first; none where bars are in different currencies."""
    found = _targets(context)
    currencies = {currency for item in found if (currency := _currency(item))}
    if len(currencies) != 1:
        return ()
    (currency,) = currencies
    top = _top(context, found, currency)
    return tuple(_ticks(context, currency, top)) if top else ()


def _ticks(context: Context, currency: str, top: Decimal) -> Iterator[Tick]:
    unit = Decimal(10) ** top.adjusted()
    step = next(unit * step for step in (*STEPS, *(10 * step for step in STEPS)) if top / (unit * step) <= MOST_TICKS)
    yield Tick(label="0", share="0%")
    for number in range(1, int(top / step) + 1):
        amount = Money(number * step, currency)
        yield Tick(label=context.format_value(amount, "short"), share=_share(amount.amount, top))


def _targets(context: Context) -> list[Assessed]:
    found = statements(context, *Act)
    return [
        item
        for item in found
        if isinstance(item.fact, Statement) and item.fact.target and item.status is not Status.SUPERSEDED
    ]


def _currency(known: Assessed) -> str:
    goal = known.values["goal"].value if "goal" in known.values else None
    return goal.currency if isinstance(goal, Money) else ""


def _top(context: Context, found: list[Assessed], currency: str) -> Decimal:
    """The greatest goal or result in a currency."""
    alike = [item for item in found if _currency(item) == currency]
    goals = [item.values["goal"].value for item in alike if "goal" in item.values]
    results = [latest[1].value.value for item in alike if (latest := _latest(context, item))]
    return max((each.amount for each in (*goals, *results) if isinstance(each, Money)), default=Decimal(0))


def _latest(context: Context, known: Assessed) -> tuple[Assessed, Observation] | None:
    """The indicator and its last observation, in the unit of the goal."""
    fact = known.fact
    target = fact.target if isinstance(fact, Statement) else None
    indicator = context.briefing.items.get(target.indicator) if target else None
    if indicator is None or not isinstance(indicator.fact, Figure):
        return None
    known_values = tuple(indicator.values.values())
    for observation in reversed(indicator.fact.observations):
        value = observation.value.value
        if observation.value in known_values and isinstance(value, Money) and value.currency == _currency(known):
            return indicator, observation
    return None


def _bar(context: Context, known: Assessed, top: Decimal) -> TargetBar | None:
    goal, by = known.values.get("goal"), known.values.get("by")
    if goal is None or by is None or not isinstance(goal.value, Money) or not top:
        return None
    item, latest = context.item(known), _latest(context, known)
    event = context.book.event(known.fact.on) if known.fact.on else None
    return TargetBar(
        id=item.id,
        label=item.text,
        indicator=_indicator(context, latest[0]) if latest else "",
        goal_by=context.label(
            Label.BY_DATE, amount=context.format_value(goal.value), by=context.format_value(by.value, "deadline")
        ),
        set_by=context.label(
            Label.SET_BY, party=context.side(known.fact.by), date=context.date(event.date) if event else ""
        ),
        actual=_actual(context, latest[1]) if latest else context.label(Label.NO_OBSERVATION),
        actual_share=_share(_amount(latest[1]), top) if latest else "0%",
        goal_share=_share(goal.value.amount, top),
        status=context.badge(known.status, STATUSES[known.status]),
        marks=item.marks,
        actual_marks=context.marks([latest[1].value.cite]) if latest else (),
        actual_stale=context.stale(latest[0]) if latest else "",
    )


def _indicator(context: Context, known: Assessed) -> str:
    """What is measured, in few words where the curator gave them."""
    tile = known.fact.tile
    return context.text(f"{known.fact.id} tile", tile.label) if tile else str(context.item(known).text)


def _actual(context: Context, observation: Observation) -> str:
    amount = context.format_value(observation.value.value)
    if observation.period is None:
        return amount
    return context.label(
        Label.LATEST_RESULT, amount=amount, period=context.format_value(observation.period.value, "table")
    )


def _amount(observation: Observation) -> Decimal:
    value = observation.value.value
    return value.amount if isinstance(value, Money) else Decimal(0)


def _share(amount: Decimal, top: Decimal) -> str:
    """The position on the axis as a CSS percentage."""
    return f"{100 * amount / (top * ROOM):.2f}%"


AHEAD = (Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE)


def upcoming(context: Context) -> tuple[SummitCard, ...]:
    """Summits that lie ahead, the next one first; then those whose time has begun and may be over."""
    found = [item for item in _summits(context) if item.status in AHEAD]
    return tuple(_card(context, item) for item in sorted(found, key=_when_key))


def past(context: Context) -> tuple[SummitCard, ...]:
    """Summits whose time is over or that a source reports as held, the latest first."""
    found = [item for item in _summits(context) if item.status not in AHEAD]
    return tuple(_card(context, item) for item in sorted(found, key=_when_key, reverse=True))


def _summits(context: Context) -> list[Assessed]:
    return [item for item in context.briefing.items.values() if isinstance(item.fact, Summit)]


def _when(item: Assessed) -> FactDate | None:
    value = item.values.get("when")
    return value.value if value and is_date(value.value) else None


def _when_key(item: Assessed) -> tuple[bool, str, str]:
    when = _when(item)
    return item.status is not Status.UPCOMING, str(when.last) if when else "9999", item.fact.id


def _card(context: Context, known: Assessed) -> SummitCard:
    item, when = context.item(known), _when(known)
    fact = known.fact
    series = fact.series if isinstance(fact, Summit) else ""
    ahead = known.status in AHEAD
    return SummitCard(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        account=item.account,
        stale=item.stale,
        name=context.name(series),
        host=_host(context, known),
        when=context.date(when) if when else context.label(Label.DATE_UNKNOWN),
        countdown=_countdown(context, known, when) if when and ahead else "",
        status=context.badge(known.status, STATUSES[known.status]),
        sides=tuple(_side(context, party, known) for party in context.parties),
        due_by_then=due_by(context, when.last) if when and ahead else (),
    )


def _host(context: Context, known: Assessed) -> str:
    host = known.values.get("host")
    return context.name(host.value.id) if host and isinstance(host.value, Name) else ""


def _countdown(context: Context, known: Assessed, when: FactDate) -> str:
    """Only exact days count down; a time that has begun may be over already."""
    if known.status is Status.MAY_HAVE_TAKEN_PLACE:
        return relative_period(when, context.briefing.day, context.language.patterns)
    return countdown(known.days, context.language.patterns, when) if known.days is not None else ""


def _side(context: Context, party: str, summit: Assessed) -> SideAsks:
    items = context.briefing.items.values()
    addressed = [item for item in items if isinstance(item.fact, Statement) and item.fact.summit == summit.fact.id]
    return SideAsks(party=context.name(party), rows=of_side(context, party, addressed))
