"""Statements as rows: the register, each side's asks, the positions, and those that matter most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, zip_longest

from briefgen.assess.status import due_date
from briefgen.localise.context import Context
from briefgen.localise.labels import ACTS, STATUSES, Label
from briefgen.model.briefing import Assessed, Status
from briefgen.model.facts import Act, Statement
from briefgen.model.page import Ask, Exchange, Group, Prose, Saying, Standing, StatementRow, StatusCount

UNDERTAKINGS = (Act.ANNOUNCED, Act.AGREED, Act.SIGNED)
ASKS = (Act.REQUESTED, Act.PROPOSED)
LATE = (Status.DEADLINE_PASSED, Status.OVERDUE, Status.NOT_MET)
AHEAD = (Status.DUE_SOON, Status.OPEN)
URGENT = (*LATE, *AHEAD)
PASSED_FIRST = 3
BAND = 2
"""How many asks of a side stand in one row of the table of both: a page break does not part a row."""
_FAR = date.max


def statements(context: Context, *acts: Act) -> tuple[Assessed, ...]:
    """Known statements with one of these acts, in the order of the file."""
    known = context.briefing.items.values()
    return tuple(item for item in known if isinstance(item.fact, Statement) and item.fact.act in acts)


def row(context: Context, known: Assessed) -> StatementRow:
    """A statement with everything a reader must find without leaving the row."""
    fact, item = known.fact, context.item(known)
    due = due_date(fact, known.values)
    return StatementRow(
        id=item.id,
        text=item.text,
        marks=item.marks,
        note=item.note,
        account=item.account,
        stale="" if context.dates_itself(known) else item.stale,
        party=context.side(fact.by),
        speaker=context.person(fact.speaker, (cite.source for cite in known.cites)) if fact.speaker else "",
        person=context.name(fact.speaker) if fact.speaker else "",
        to=context.label(Label.OWN_AUTHORITIES) if _to_itself(known) else context.side(fact.to),
        act=context.badge(fact.act, ACTS[fact.act]),
        status=context.badge(known.status, STATUSES[known.status]),
        said_at=_said_at(context, known),
        due=context.date(due) if due else context.label(Label.NO_DATE),
        later=_later(context, known),
    )


def undertakings(context: Context) -> tuple[Group, ...]:
    """What was announced, agreed or signed, by theme, the earliest deadline first."""
    return tuple(_by_theme(context, statements(context, *UNDERTAKINGS)))


def positions(context: Context) -> tuple[Group, ...]:
    """What was stated, and what a side asks of its own authorities, by theme."""
    found = statements(context, Act.STATED, *ASKS)
    return tuple(_by_theme(context, tuple(item for item in found if item.fact.act is Act.STATED or _to_itself(item))))


def asks(context: Context) -> tuple[Exchange, ...]:
    """Each side's requests and proposals, the latest occasion first; a party without any still has its column.

    A side is a party, or whoever asks together: all parties, some of them, or one that is no party of the partnership.
    """
    found = [item for item in statements(context, *ASKS) if not _to_itself(item)]
    sides: list[tuple[str, ...]] = [(id,) for id in context.parties]
    for item in found:
        if set(item.fact.by) not in map(set, sides):
            sides.append(context.parties if set(item.fact.by) == set(context.parties) else item.fact.by)
    found.sort(key=lambda item: (_recency(context, item), str(item.fact.on or "")))
    occasions = groupby(found, key=lambda item: str(item.fact.on or ""))
    return tuple(_exchange(context, tuple(items), sides) for _, items in occasions)


def of_side(context: Context, party: str, found: Iterable[Assessed]) -> tuple[StatementRow, ...]:
    """The rows of those a party made, alone or with the other."""
    return _rows(context, [item for item in found if party in item.fact.by])


def unreported(context: Context) -> tuple[StatementRow, ...]:
    """Deadlines that passed without a word, those of replaced targets among them."""
    passed = Status.DEADLINE_PASSED
    found = [item for item in statements(context, *UNDERTAKINGS, *ASKS) if passed in (item.status, item.became)]
    return _rows(context, found)


def due_by(context: Context, last: date) -> tuple[StatementRow, ...]:
    """Undertakings and asks that stand and fall due on or before a day, and have not passed yet."""
    standing = [item for item in statements(context, *UNDERTAKINGS, *ASKS) if item.status in _STANDING]
    return _rows(context, [item for item in standing if context.briefing.day <= _due_day(item) <= last])


def counts(context: Context) -> tuple[StatusCount, ...]:
    """How many asks and undertakings have each status, in the order of concern."""
    found = statements(context, *UNDERTAKINGS, *ASKS)
    numbers = [(status, sum(item.status is status for item in found)) for status in _ORDER]
    return tuple(
        StatusCount(
            badge=context.badge(status, STATUSES[status]),
            text=str(number),
            share=f"{100 * number / len(found):.3f}%",
        )
        for status, number in numbers
        if number
    )


def that_matter(context: Context) -> tuple[Assessed, ...]:
    """The latest passed deadlines first, then the soonest due, then by the curator's rank; replaced ones not.

    After the first few passed deadlines the others come last: an old one must not push out what is ahead.
    """
    found = [item for item in statements(context, *UNDERTAKINGS, *ASKS) if item.status is not Status.SUPERSEDED]
    late = sorted((item for item in found if item.status in LATE), key=_due_day, reverse=True)
    ahead = sorted((item for item in found if item.status in AHEAD), key=lambda item: (_due_day(item), item.fact.rank))
    ranked = sorted((item for item in found if item.fact.rank and item.status not in URGENT), key=_rank)
    return (*late[:PASSED_FIRST], *ahead, *ranked, *late[PASSED_FIRST:])


_STANDING = (Status.OPEN, Status.DUE_SOON, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY)
"""Not done with: what a source says of its progress leaves the deadline as it is."""

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


def _by_theme(context: Context, found: tuple[Assessed, ...]) -> Iterator[Group]:
    for key, theme in context.book.file.themes.items():
        rows = _rows(context, [item for item in found if item.fact.theme == key])
        if rows:
            yield Group(title=context.text(f"theme {key}", theme), sayings=tuple(_sayings(rows)))


def _sayings(rows: Iterable[StatementRow]) -> Iterator[Saying]:
    """Neighbours with the same sides, occasion, speaker and account under one head."""

    def head(row: StatementRow) -> tuple[str, ...]:
        return row.said_at, row.party, row.to, row.person, row.account

    for (said_at, party, to, person, account), neighbours in groupby(rows, key=head):
        found = tuple(neighbours)
        note = found[0].note if all(row.note == found[0].note for row in found) else Prose()
        yield Saying(
            party=party,
            to=to,
            said_at=said_at,
            person=person,
            account=account,
            note=note,
            standings=tuple(_standings(replace(row, note=Prose()) if note else row for row in found)),
        )


def _standings(rows: Iterable[StatementRow]) -> Iterator[Standing]:
    """Neighbours that are equally firm, due on the same day and equally far."""
    for (act, due, status), alike in groupby(rows, key=lambda row: (row.act, row.due, row.status)):
        yield Standing(act=act, due=due, status=status, rows=tuple(alike))


def _exchange(context: Context, found: tuple[Assessed, ...], sides: Sequence[tuple[str, ...]]) -> Exchange:
    columns = [_cells(_rows(context, [item for item in found if set(item.fact.by) == set(side)])) for side in sides]
    return Exchange(
        said_at=_said_at(context, found[0]) or context.label(Label.OCCASION_NOT_STATED),
        parties=tuple(context.side(side) for side in sides),
        bands=tuple(zip_longest(*columns, fillvalue=())),
    )


def _cells(rows: tuple[StatementRow, ...]) -> Iterator[tuple[Ask, ...]]:
    """The asks of one side in low cells: a page break does not part them."""
    for start in range(0, len(rows), BAND):
        before = rows[start - 1] if start else None
        yield tuple(_asks(rows[start : start + BAND], before))


def _asks(rows: Iterable[StatementRow], before: StatementRow | None) -> Iterator[Ask]:
    """Those of one speaker and account that stand alike; what was said of the one before is not said again."""
    for (speaker, account), neighbours in groupby(rows, key=lambda row: (row.speaker, row.account)):
        for stand in _standings(neighbours):
            first, same = stand.rows[0], before is not None and (before.speaker, before.account) == (speaker, account)
            yield Ask(
                party=first.party,
                speaker="" if same else speaker,
                account="" if same else account,
                act=stand.act,
                due=stand.due,
                status=stand.status,
                goes_on=same and before is not None and _stand_alike(before, first),
                rows=stand.rows,
            )
            before = first


def _stand_alike(one: StatementRow, other: StatementRow) -> bool:
    return (one.act, one.due, one.status) == (other.act, other.due, other.status)


def _rows(context: Context, found: Iterable[Assessed]) -> tuple[StatementRow, ...]:
    """Dated ones first, the soonest due at the top; then the most recently said, with their like side by side."""
    return tuple(row(context, item) for item in sorted(found, key=lambda item: _order(context, item)))


def _order(context: Context, item: Assessed) -> tuple[date, int, str, tuple[str, ...], str, int]:
    fact = item.fact
    firm = -list(Act).index(fact.act)
    return _due_day(item), _recency(context, item), str(fact.on or ""), fact.by, fact.speaker, firm


def _due_day(item: Assessed) -> date:
    due = due_date(item.fact, item.values)
    return due.last if due else _FAR


def _recency(context: Context, item: Assessed) -> int:
    said = context.book.day_of(item.fact)
    return -said.last.toordinal() if said else 0


def _to_itself(item: Assessed) -> bool:
    """An instruction to one's own authorities asks nothing of the other side."""
    return bool(item.fact.to) and item.fact.to == item.fact.by


def _rank(item: Assessed) -> int:
    return item.fact.rank


def _said_at(context: Context, known: Assessed) -> str:
    """The day and the occasion."""
    occasion = known.fact.on
    event = context.book.event(occasion) if occasion else None
    if event is None:
        return ""
    name = context.text(f"event {occasion}", event.name)
    return context.label(Label.SAID_AT, date=context.date(event.date), occasion=name)


def _later(context: Context, known: Assessed) -> str:
    """A replaced statement names its successor and still says what became of itself."""
    successor = context.briefing.items.get(known.superseded_by)
    if successor is None:
        return ""
    text = str(context.item(successor).text)
    later = context.label(Label.SUPERSEDED_BY, text=text)
    passed = known.became is not None and known.became not in (Status.NO_LATER_REPORT, Status.STANDS, Status.OPEN)
    if passed and known.became:
        return context.label(Label.STATUS_AND_LATER, status=context.label(STATUSES[known.became]), later=later)
    return later
