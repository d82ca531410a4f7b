"""What changed since the edition before, row by row; corrections first, and time told apart from the world."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefgen.changes.compare import Change, ChangeKind, Changes, Sides, Told
from briefgen.changes.snapshot import Published
from briefgen.localise.context import Printer
from briefgen.localise.labels import ACTS, STATUSES, Label
from briefgen.model.briefing import Status
from briefgen.model.dates import day_of
from briefgen.model.facts import Act, Value
from briefgen.model.quantities import Cite, EventRef, Quantity, parse_line, parse_quantity
from briefgen.model.rows import Badge, ChangeRow, KindCount, Mark, News, Prose, Run

LABELS = {
    ChangeKind.CORRECTED: Label.CHANGE_CORRECTED,
    ChangeKind.NEW: Label.CHANGE_NEW,
    ChangeKind.UPDATED: Label.CHANGE_UPDATED,
    ChangeKind.STATUS: Label.CHANGE_STATUS,
    ChangeKind.WITHDRAWN: Label.WITHDRAWN,
    ChangeKind.REMOVED: Label.CHANGE_REMOVED,
    ChangeKind.TIME: Label.CHANGE_TIME,
    ChangeKind.SOURCE: Label.CHANGE_SOURCE,
    ChangeKind.REWORDED: Label.CHANGE_REWORDED,
}
_UNTOLD = (Status.STANDS,)
"""What a new fact need not say of itself: "reported" goes for every one."""


def news(printer: Printer, found: Changes | None, *, regular: bool) -> News:
    """One row a change; the first edition and one without changes say so, and so does what is no edition."""
    if found is None:
        return _nothing(printer.say(Label.FIRST_EDITION if regular else Label.NO_COMPARISON))
    if not found.rows:
        return _nothing(printer.say(Label.NO_CHANGES, number=str(found.since)))
    rows = change_rows(printer, found.rows)
    return News(since=_since(printer, found), nothing="", counts=_counts(rows), rows=rows, more="")


def change_rows(printer: Printer, found: Iterable[Change]) -> tuple[ChangeRow, ...]:
    """Within a kind what is told for the first time, then what the curator ranks for the first page, comes first."""
    order = list(ChangeKind)
    ranked = sorted(found, key=lambda each: (order.index(each.kind), bool(each.told_in), _rank(printer, each.fact)))
    return tuple(change_row(printer, change) for change in ranked)


def shortened(printer: Printer, whole: News, rows: int) -> News:
    """The first rows, and of what kinds the others are."""
    left = _counts(whole.rows[rows:])
    if not left:
        return whole
    number = str(sum(each.count for each in left))
    kinds = ", ".join(printer.say(Label.KIND_COUNT, kind=each.kind.label, number=each.text) for each in left)
    return replace(whole, rows=whole.rows[:rows], more=printer.say(Label.MORE_CHANGES, number=number, kinds=kinds))


def _nothing(sentence: str) -> News:
    return News(since="", nothing=sentence, counts=(), rows=(), more="")


def _since(printer: Printer, found: Changes) -> str:
    return printer.say(Label.COMPARED_WITH, number=str(found.since), date=printer.date(day_of(found.day)))


def _counts(rows: Iterable[ChangeRow]) -> tuple[KindCount, ...]:
    numbers: dict[Badge, int] = {}
    for row in rows:
        numbers[row.kind] = numbers.get(row.kind, 0) + 1
    return tuple(KindCount(kind=kind, count=number, text=str(number)) for kind, number in numbers.items())


def _rank(printer: Printer, id: str) -> tuple[bool, int]:
    fact = printer.book.facts.get(id)
    rank = fact.rank if fact else 0
    return rank == 0, rank


def change_row(printer: Printer, change: Change) -> ChangeRow:
    """One change in the language's words."""
    new = [each for each in change.new if change.kind is not ChangeKind.NEW or each not in _UNTOLD]
    return ChangeRow(
        id=change.fact,
        kind=Badge(change.kind.replace(" ", "-"), printer.say(LABELS[change.kind])),
        text=_text(printer, change.said),
        old=_worded(printer, change.old),
        new=_worded(printer, new),
        was=_statuses(printer, change.old),
        now=_statuses(printer, new),
        notes=tuple(_notes(printer, change)),
        marks=() if change.kind is ChangeKind.REMOVED else _marks(printer, change.said),
    )


def _notes(printer: Printer, change: Change) -> Iterator[str]:
    successor = printer.briefing.items.get(change.said.superseded_by)
    if successor and Status.SUPERSEDED in change.new:
        yield printer.say(Label.SUPERSEDED_BY, text=str(printer.item(successor).text))
    if change.told_in is not None:
        yield printer.say(Label.TOLD_BEFORE, number=str(change.told_in))


def _text(printer: Printer, said: Published) -> Prose:
    """What was said of the fact; its translation where the catalog still has one of just these words."""
    nowhere = Cite(said.id, 0)
    try:
        values = {name: Value(value=parse_quantity(value), cite=nowhere) for name, value in said.values.items()}
        return printer.prose(f"{said.id} text", said.text, values)
    except ValueError:  # what an older program wrote is read no more, or no language has a word for it any more
        return Prose((Run(said.id),))


def _marks(printer: Printer, said: Published) -> tuple[Mark, ...]:
    return printer.marks(parse_line(cite) for cite in said.cites)


def _statuses(printer: Printer, told: Iterable[Told]) -> tuple[Badge, ...]:
    return tuple(printer.badge(each, STATUSES[each]) for each in told if isinstance(each, Status))


def _worded(printer: Printer, told: Iterable[Told]) -> tuple[Prose, ...]:
    return tuple(Prose((_word(printer, each),)) for each in told if not isinstance(each, Status))


def _word(printer: Printer, what: Act | Sides | EventRef | Quantity) -> Run:
    match what:
        case Act():
            return Run(printer.say(ACTS[what]))
        case Sides(ids=ids):
            return Run(printer.side(ids))
        case EventRef():
            event = printer.book.event(what)
            return Run(printer.text(f"event {what}", event.name) if event else str(what))
        case _:
            return _value(printer, what)


def _value(printer: Printer, quantity: Quantity) -> Run:
    try:
        return Run(printer.word(quantity), str(quantity))
    except ValueError:  # an earlier edition counted what no language has a word for any more
        return Run(str(quantity), str(quantity))
