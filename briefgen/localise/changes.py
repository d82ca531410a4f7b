"""What changed since the edition before, row by row; corrections first, and time told apart from the world."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from briefgen.changes import Change, ChangedValue, ChangeKind, Changes, FactSnapshot, Sides
from briefgen.localise.context import Context
from briefgen.localise.labels import ACTS, STATUSES, Label
from briefgen.localise.language import Language
from briefgen.model.briefing import Briefing, Status
from briefgen.model.dates import day_of
from briefgen.model.document import Past
from briefgen.model.edition import EditionInfo, Told
from briefgen.model.facts import Act, Office, Value
from briefgen.model.quantities import Cite, EventRef, Quantity, parse_line, parse_quantity
from briefgen.model.views import Badge, ChangeRow, KindCount, News, Prose, Run

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
"""Statuses that are not printed beside a new fact, as every new fact has one of them."""


def news(context: Context, found: Changes | None, *, regular: bool) -> News:
    """One row a change; the first edition and one without changes say so, and so does what is no edition."""
    if found is None:
        nothing = _nothing(context.label(Label.FIRST_EDITION if regular else Label.NO_COMPARISON))
        return replace(nothing, first=regular)
    if not found.rows:
        return _nothing(context.label(Label.NO_CHANGES, number=str(found.since)))
    rows = change_rows(context, found.rows)
    since = context.label(Label.COMPARED_WITH, number=str(found.since), date=context.date(day_of(found.day)))
    return News(since=since, nothing="", counts=_counts(rows), rows=rows, more="")


def change_rows(context: Context, found: Iterable[Change]) -> tuple[ChangeRow, ...]:
    """Within a kind what is told for the first time, then what the curator ranks for the first page, comes first."""

    def order(change: Change) -> tuple[int, bool, float]:
        fact = context.book.facts.get(change.fact)
        return change.kind.rank, bool(change.first_reported_in), (fact and fact.rank) or inf

    return tuple(change_row(context, change) for change in sorted(found, key=order))


def shortened(context: Context, whole: News, rows: int) -> News:
    """The first rows, and of what kinds the others are."""
    left = _counts(whole.rows[rows:])
    if not left:
        return whole
    number = str(sum(each.count for each in left))
    kinds = ", ".join(context.label(Label.KIND_COUNT, kind=each.kind.label, number=each.text) for each in left)
    return replace(whole, rows=whole.rows[:rows], more=context.label(Label.MORE_CHANGES, number=number, kinds=kinds))


def past_editions(briefing: Briefing, language: Language, told: Iterable[Told]) -> tuple[Past, ...]:
    """Return earlier editions in the words of a language: number and day, and how many changes of which kinds."""
    context = Context(briefing=briefing, language=language)

    def counts(kinds: tuple[str, ...]) -> Iterator[str]:
        for kind in (each for each in ChangeKind if each in kinds):
            named = context.label(LABELS[kind])
            yield context.label(Label.KIND_COUNT, kind=named, number=str(kinds.count(kind)))

    return tuple(
        Past(text=named_edition(context, each.info), counts=tuple(counts(each.kinds)), folder=each.folder)
        for each in told
    )


def named_edition(context: Context, info: EditionInfo) -> str:
    """Return number and public day of an edition; empty for what is none."""
    if info.edition is None:
        return ""
    label = Label.REVISION if info.revision > 1 else Label.EDITION
    named = context.label(label, number=str(info.edition), revision=str(info.revision))
    return context.label(Label.EDITION_DATED, edition=named, date=context.date(day_of(info.public_date)))


def _nothing(sentence: str) -> News:
    return News(since="", nothing=sentence, counts=(), rows=(), more="")


def _counts(rows: Iterable[ChangeRow]) -> tuple[KindCount, ...]:
    numbers = Counter(row.kind for row in rows)
    return tuple(KindCount(kind=kind, count=number, text=str(number)) for kind, number in numbers.items())


def change_row(context: Context, change: Change) -> ChangeRow:
    """One change in the language's words, without what reads the same before and after: an occasion of two sources."""
    cites = (*change.snapshot.cites, *change.snapshot.reported_by)
    new = [each for each in change.new if change.kind is not ChangeKind.NEW or each not in _UNTOLD]
    gone, come = _worded(context, change.old), _worded(context, new)
    known = context.briefing.items.get(change.fact)
    is_office = known is not None and isinstance(known.fact, Office) and not (gone or come)
    return ChangeRow(
        id=change.fact,
        kind=context.badge(change.kind, LABELS[change.kind]),
        text=context.called(known) if known and is_office else _text(context, change.snapshot),
        old=tuple(each for each in gone if each not in come),
        new=tuple(each for each in come if each not in gone),
        was=_statuses(context, change.snapshot, change.old),
        now=_statuses(context, change.snapshot, new),
        notes=tuple(_notes(context, change)),
        marks=() if change.kind is ChangeKind.REMOVED else context.marks(map(parse_line, cites)),
    )


def _notes(context: Context, change: Change) -> Iterator[str]:
    successor = context.briefing.items.get(change.snapshot.superseded_by)
    if successor and Status.SUPERSEDED in change.new:
        yield context.label(Label.SUPERSEDED_BY, text=str(context.called(successor)))
    if change.first_reported_in is not None:
        yield context.label(Label.TOLD_BEFORE, number=str(change.first_reported_in))


def _text(context: Context, snapshot: FactSnapshot) -> Prose:
    """What was said of the fact; its translation where the catalog still has one of just these words."""
    nowhere = Cite(snapshot.id, 0)
    try:
        values = {name: Value(value=parse_quantity(value), cite=nowhere) for name, value in snapshot.values.items()}
        known = context.briefing.items.get(snapshot.id)
        return context.prose(known.text_key if known else f"{snapshot.id} text", snapshot.text, values)
    except ValueError:  # what an older program wrote is read no more, or no language has a word for it any more
        return Prose((Run(snapshot.id),))


def _statuses(context: Context, snapshot: FactSnapshot, told: Iterable[ChangedValue]) -> tuple[Badge, ...]:
    known = context.briefing.items.get(snapshot.id)
    found = (each for each in told if isinstance(each, Status))
    return tuple(context.standing(known, each) if known else context.badge(each, STATUSES[each]) for each in found)


def _worded(context: Context, told: Iterable[ChangedValue]) -> tuple[Prose, ...]:
    return tuple(Prose((_word(context, each),)) for each in told if not isinstance(each, Status))


def _word(context: Context, what: Act | Sides | EventRef | Quantity) -> Run:
    match what:
        case Act():
            return Run(context.label(ACTS[what]))
        case Sides(ids=ids):
            return Run(context.side(ids))
        case EventRef():
            event = context.book.event(what)
            return Run(context.text(f"event {what}", event.name) if event else str(what))
        case _:
            try:
                return Run(context.format_value(what), str(what))
            except ValueError:  # an earlier edition counted what no language has a word for any more
                return Run(str(what), str(what))
