"""Statements as rows: the register, each side's asks, the positions, and those that matter most."""

from collections.abc import Iterable, Iterator
from datetime import date

from briefgen.assess import due_date
from briefgen.localise.labels import ACTS, STATUSES, Label
from briefgen.localise.printer import Printer
from briefgen.model.briefing import Assessed, Status
from briefgen.model.facts import Act, Statement
from briefgen.model.page import Group, StatementRow, StatusCount

UNDERTAKINGS = (Act.ANNOUNCED, Act.AGREED, Act.SIGNED)
ASKS = (Act.REQUESTED, Act.PROPOSED)
LATE = (Status.DEADLINE_PASSED, Status.OVERDUE, Status.NOT_MET)
AHEAD = (Status.DUE_SOON, Status.OPEN)
URGENT = (*LATE, *AHEAD)
PASSED_FIRST = 3
_FAR = date.max


def statements(printer: Printer, *acts: Act) -> tuple[Assessed, ...]:
    """Known statements with one of these acts, in the order of the file."""
    known = printer.briefing.items.values()
    return tuple(item for item in known if isinstance(item.fact, Statement) and item.fact.act in acts)


def row(printer: Printer, known: Assessed) -> StatementRow:
    """A statement with everything a reader must find without leaving the row."""
    fact, item = known.fact, printer.item(known)
    due = due_date(fact, known.values)
    return StatementRow(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        account=item.account,
        party=printer.side(fact.by),
        speaker=printer.person(fact.speaker, (cite.source for cite in known.cites)) if fact.speaker else "",
        to=printer.say(Label.OWN_AUTHORITIES) if _to_itself(known) else printer.side(fact.to),
        act=printer.badge(fact.act, ACTS[fact.act]),
        status=printer.badge(known.status, STATUSES[known.status]),
        said_at=_said_at(printer, known),
        due=printer.date(due) if due else printer.say(Label.NO_DATE),
        later=_later(printer, known),
        theme=printer.text(f"theme {fact.theme}", printer.book.file.themes[fact.theme]),
    )


def undertakings(printer: Printer) -> tuple[Group, ...]:
    """What was announced, agreed or signed, by theme, the earliest deadline first."""
    return tuple(_by_theme(printer, statements(printer, *UNDERTAKINGS)))


def positions(printer: Printer) -> tuple[Group, ...]:
    """What was stated, and what a side asks of its own authorities, by theme."""
    found = statements(printer, Act.STATED, *ASKS)
    return tuple(_by_theme(printer, tuple(item for item in found if item.fact.act is Act.STATED or _to_itself(item))))


def asks(printer: Printer) -> tuple[Group, ...]:
    """Each side's requests and proposals; a side without any still has its heading."""
    found = tuple(item for item in statements(printer, *ASKS) if not _to_itself(item))
    sides: list[tuple[str, tuple[str, ...]]] = [(id, (id,)) for id in printer.parties]
    if any(len(item.fact.by) > 1 for item in found):
        sides.append(("both", printer.parties))
    return tuple(
        Group(key=key, title=printer.side(side), rows=_rows(printer, _of_side(found, side))) for key, side in sides
    )


def of_side(printer: Printer, party: str, found: Iterable[Assessed]) -> tuple[StatementRow, ...]:
    """The rows of those a party made, alone or with the other."""
    return _rows(printer, [item for item in found if party in item.fact.by])


def unreported(printer: Printer) -> tuple[StatementRow, ...]:
    """Deadlines that passed without a word, those of replaced targets among them."""
    passed = Status.DEADLINE_PASSED
    found = [item for item in statements(printer, *UNDERTAKINGS, *ASKS) if passed in (item.status, item.became)]
    return _rows(printer, found)


def due_by(printer: Printer, last: date) -> tuple[StatementRow, ...]:
    """Undertakings and asks that stand and fall due on or before a day, and have not passed yet."""
    coming = [
        item for item in statements(printer, *UNDERTAKINGS, *ASKS) if item.status in (Status.OPEN, Status.DUE_SOON)
    ]
    return _rows(printer, [item for item in coming if _due_day(item) <= last])


def counts(printer: Printer) -> tuple[StatusCount, ...]:
    """How many asks and undertakings have each status, in the order of concern."""
    found = statements(printer, *UNDERTAKINGS, *ASKS)
    numbers = [(status, sum(item.status is status for item in found)) for status in _ORDER]
    return tuple(
        StatusCount(
            badge=printer.badge(status, STATUSES[status]),
            count=number,
            text=str(number),
            share=f"{100 * number / len(found):.3f}%",
        )
        for status, number in numbers
        if number
    )


def that_matter(printer: Printer) -> tuple[Assessed, ...]:
    """The latest passed deadlines first, then the soonest due, then by the curator's rank; replaced ones not.

    After the first few passed deadlines the others come last: an old one must not push out what is ahead.
    """
    found = [item for item in statements(printer, *UNDERTAKINGS, *ASKS) if item.status is not Status.SUPERSEDED]
    late = sorted((item for item in found if item.status in LATE), key=_due_day, reverse=True)
    ahead = sorted((item for item in found if item.status in AHEAD), key=lambda item: (_due_day(item), item.fact.rank))
    ranked = sorted((item for item in found if item.fact.rank and item.status not in URGENT), key=_rank)
    return (*late[:PASSED_FIRST], *ahead, *ranked, *late[PASSED_FIRST:])


_ORDER = (
    Status.DEADLINE_PASSED,
    Status.OVERDUE,
    Status.NOT_MET,
    Status.DUE_SOON,
    Status.OPEN,
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.PARTLY,
    Status.FULFILLED,
    Status.NO_LATER_REPORT,
    Status.SUPERSEDED,
    Status.WITHDRAWN,
)


def _by_theme(printer: Printer, found: tuple[Assessed, ...]) -> Iterator[Group]:
    for key, theme in printer.book.file.themes.items():
        rows = _rows(printer, [item for item in found if item.fact.theme == key])
        if rows:
            yield Group(key=key, title=printer.text(f"theme {key}", theme), rows=rows)


def _of_side(found: Iterable[Assessed], side: tuple[str, ...]) -> list[Assessed]:
    return [item for item in found if set(item.fact.by) == set(side)]


def _rows(printer: Printer, found: Iterable[Assessed]) -> tuple[StatementRow, ...]:
    """Dated ones first, the soonest due at the top; then the most recently said."""
    return tuple(
        row(printer, item) for item in sorted(found, key=lambda item: (_due_day(item), _recency(printer, item)))
    )


def _due_day(item: Assessed) -> date:
    due = due_date(item.fact, item.values)
    return due.last if due else _FAR


def _recency(printer: Printer, item: Assessed) -> int:
    said = printer.book.day_of(item.fact)
    return -said.last.toordinal() if said else 0


def _to_itself(item: Assessed) -> bool:
    """An instruction to one's own authorities asks nothing of the other side."""
    return bool(item.fact.to) and item.fact.to == item.fact.by


def _rank(item: Assessed) -> int:
    return item.fact.rank


def _said_at(printer: Printer, known: Assessed) -> str:
    """The day and the occasion."""
    occasion = known.fact.on
    event = printer.book.event(occasion) if occasion else None
    if event is None:
        return ""
    name = printer.text(f"event {occasion}", event.name)
    return printer.say(Label.SAID_AT, date=printer.date(event.date), occasion=name)


def _later(printer: Printer, known: Assessed) -> str:
    """A replaced statement names its successor and still says what became of itself."""
    successor = printer.briefing.items.get(known.superseded_by)
    if successor is None:
        return ""
    text = str(printer.item(successor).text)
    later = printer.say(Label.SUPERSEDED_BY, text=text)
    passed = known.became is not None and known.became not in (Status.NO_LATER_REPORT, Status.STANDS, Status.OPEN)
    if passed and known.became:
        return printer.say(Label.STATUS_AND_LATER, status=printer.say(STATUSES[known.became]), later=later)
    return later
