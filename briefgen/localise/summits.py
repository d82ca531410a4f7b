"""Summits as cards: what is known of the date, who hosts, and what each side asks."""

from collections.abc import Iterator
from decimal import Decimal

from briefgen.localise.context import Printer
from briefgen.localise.labels import STATUSES, Label
from briefgen.localise.statements import due_by, of_side, statements
from briefgen.localise.values import countdown, relative_period
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Act, Figure, Observation, Statement, Summit
from briefgen.model.quantities import Money, Name, is_date
from briefgen.model.rows import SideAsks, SummitCard, TargetBar, Tick

MOST_TICKS = 3
STEPS = tuple(Decimal(step) for step in ("0.1", "0.2", "0.25", "0.5", "1"))
"""What lies between two ticks, in units of the greatest amount's first digit."""
ROOM = Decimal("1.1")
"""The axis goes on a tenth beyond the greatest amount."""


def targets(printer: Printer) -> tuple[TargetBar, ...]:
    """Each target that stands against the latest result, the earliest date first; replaced ones are in the register."""
    found = _targets(printer)
    return tuple(bar for item in found if (bar := _bar(printer, item, _top(printer, found, _currency(item)))))


def ticks(printer: Printer) -> tuple[Tick, ...]:
    """Round amounts along the axis, zero first; none where bars are in different currencies."""
    found = _targets(printer)
    currencies = {currency for item in found if (currency := _currency(item))}
    if len(currencies) != 1:
        return ()
    (currency,) = currencies
    top = _top(printer, found, currency)
    return tuple(_ticks(printer, currency, top)) if top else ()


def _ticks(printer: Printer, currency: str, top: Decimal) -> Iterator[Tick]:
    unit = Decimal(10) ** top.adjusted()
    step = next(unit * step for step in (*STEPS, *(10 * step for step in STEPS)) if top / (unit * step) <= MOST_TICKS)
    yield Tick(label="0", share="0%")
    for number in range(1, int(top / step) + 1):
        amount = Money(number * step, currency)
        yield Tick(label=printer.word(amount, "short"), share=_share(amount.amount, top))


def _targets(printer: Printer) -> list[Assessed]:
    found = statements(printer, *Act)
    return [
        item
        for item in found
        if isinstance(item.fact, Statement) and item.fact.target and item.status is not Status.SUPERSEDED
    ]


def _currency(known: Assessed) -> str:
    goal = known.values["goal"].value if "goal" in known.values else None
    return goal.currency if isinstance(goal, Money) else ""


def _top(printer: Printer, found: list[Assessed], currency: str) -> Decimal:
    """The greatest goal or result in a currency."""
    alike = [item for item in found if _currency(item) == currency]
    goals = [item.values["goal"].value for item in alike if "goal" in item.values]
    results = [latest[1].value.value for item in alike if (latest := _latest(printer, item))]
    return max((each.amount for each in (*goals, *results) if isinstance(each, Money)), default=Decimal(0))


def _latest(printer: Printer, known: Assessed) -> tuple[Assessed, Observation] | None:
    """The indicator and its last observation, in the unit of the goal."""
    fact = known.fact
    target = fact.target if isinstance(fact, Statement) else None
    indicator = printer.briefing.items.get(target.indicator) if target else None
    if indicator is None or not isinstance(indicator.fact, Figure):
        return None
    known_values = tuple(indicator.values.values())
    for observation in reversed(indicator.fact.observations):
        value = observation.value.value
        if observation.value in known_values and isinstance(value, Money) and value.currency == _currency(known):
            return indicator, observation
    return None


def _bar(printer: Printer, known: Assessed, top: Decimal) -> TargetBar | None:
    goal, by = known.values.get("goal"), known.values.get("by")
    if goal is None or by is None or not isinstance(goal.value, Money) or not top:
        return None
    item, latest = printer.item(known), _latest(printer, known)
    event = printer.book.event(known.fact.on) if known.fact.on else None
    return TargetBar(
        id=item.id,
        label=item.text,
        indicator=_indicator(printer, latest[0]) if latest else "",
        goal=printer.word(goal.value),
        by=printer.word(by.value, "deadline"),
        goal_by=printer.say(Label.BY_DATE, amount=printer.word(goal.value), by=printer.word(by.value, "deadline")),
        set_by=printer.say(
            Label.SET_BY, party=printer.side(known.fact.by), date=printer.date(event.date) if event else ""
        ),
        actual=_actual(printer, latest[1]) if latest else printer.say(Label.NO_OBSERVATION),
        actual_share=_share(_amount(latest[1]), top) if latest else "0%",
        goal_share=_share(goal.value.amount, top),
        status=printer.badge(known.status, STATUSES[known.status]),
        marks=item.marks,
        actual_marks=printer.marks([latest[1].value.cite]) if latest else (),
        actual_stale=printer.stale(latest[0]) if latest else "",
    )


def _indicator(printer: Printer, known: Assessed) -> str:
    """What is measured, in few words where the curator gave them."""
    tile = known.fact.tile
    return printer.text(f"{known.fact.id} tile", tile.label) if tile else str(printer.item(known).text)


def _actual(printer: Printer, observation: Observation) -> str:
    amount = printer.word(observation.value.value)
    if observation.period is None:
        return amount
    return printer.say(Label.LATEST_RESULT, amount=amount, period=printer.word(observation.period.value, "table"))


def _amount(observation: Observation) -> Decimal:
    value = observation.value.value
    return value.amount if isinstance(value, Money) else Decimal(0)


def _share(amount: Decimal, top: Decimal) -> str:
    """The position on the axis as a CSS percentage."""
    return f"{100 * amount / (top * ROOM):.2f}%"


AHEAD = (Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE)


def upcoming(printer: Printer) -> tuple[SummitCard, ...]:
    """Summits that lie ahead, the next one first; then those whose time has begun and may be over."""
    found = [item for item in _summits(printer) if item.status in AHEAD]
    return tuple(_card(printer, item) for item in sorted(found, key=_when_key))


def past(printer: Printer) -> tuple[SummitCard, ...]:
    """Summits whose time is over or that a source reports as held, the latest first."""
    found = [item for item in _summits(printer) if item.status not in AHEAD]
    return tuple(_card(printer, item) for item in sorted(found, key=_when_key, reverse=True))


def _summits(printer: Printer) -> list[Assessed]:
    return [item for item in printer.briefing.items.values() if isinstance(item.fact, Summit)]


def _when(item: Assessed) -> FactDate | None:
    value = item.values.get("when")
    return value.value if value and is_date(value.value) else None


def _when_key(item: Assessed) -> tuple[bool, str, str]:
    when = _when(item)
    return item.status is not Status.UPCOMING, str(when.last) if when else "9999", item.fact.id


def _card(printer: Printer, known: Assessed) -> SummitCard:
    item, when = printer.item(known), _when(known)
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
        name=printer.name(series),
        host=_host(printer, known),
        when=printer.date(when) if when else printer.say(Label.DATE_UNKNOWN),
        countdown=_countdown(printer, known, when) if when and ahead else "",
        status=printer.badge(known.status, STATUSES[known.status]),
        sides=tuple(_side(printer, party, known) for party in printer.parties),
        due_by_then=due_by(printer, when.last) if when and ahead else (),
    )


def _host(printer: Printer, known: Assessed) -> str:
    host = known.values.get("host")
    return printer.name(host.value.id) if host and isinstance(host.value, Name) else ""


def _countdown(printer: Printer, known: Assessed, when: FactDate) -> str:
    """Only exact days count down; a time that has begun may be over already."""
    if known.status is Status.MAY_HAVE_TAKEN_PLACE:
        return relative_period(when, printer.briefing.day, printer.language.patterns)
    return countdown(known.days, printer.language.patterns, when, "table") if known.days is not None else ""


def _side(printer: Printer, party: str, summit: Assessed) -> SideAsks:
    items = printer.briefing.items.values()
    addressed = [item for item in items if isinstance(item.fact, Statement) and item.fact.summit == summit.fact.id]
    return SideAsks(party=printer.name(party), rows=of_side(printer, party, addressed))
