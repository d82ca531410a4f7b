"""Summits as cards: what is known of the date, who hosts, and what each side asks."""

from briefgen.localise.labels import STATUSES, Label
from briefgen.localise.printer import Printer
from briefgen.localise.statements import due_by, of_side
from briefgen.localise.wording import countdown, relative_period
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Statement, Summit
from briefgen.model.page import SideAsks, SummitCard
from briefgen.model.quantities import Name, is_date

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
