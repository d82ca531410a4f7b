"""Every statement in one list, for the screen and for spreadsheets; those that the body does not have, by occasion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from briefgen.localise.context import Context, printed
from briefgen.localise.labels import Label
from briefgen.localise.records import plain
from briefgen.localise.replies import is_courtesy, newest_first
from briefgen.localise.statements import by_side, newest_group_first, row
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Act, Statement
from briefgen.model.page import Badge, Courtesies, FactsOfKind, OccasionRow, RegisterRow, RowGroup, StatementRow

COLUMNS = tuple(label for label in Label if label.name.startswith("COLUMN_"))


def earlier(
    context: Context, elsewhere: frozenset[str], again: frozenset[str] = frozenset()
) -> tuple[OccasionRow, ...]:
    """Return the statements that the body does not have, by occasion, the latest first; courtesies in a line a side.

    `elsewhere` has the ids of what is in the fields and the follow-up, `again` of what other tables repeat.
    """
    left = [item for item in printed(context) if isinstance(item.fact, Statement) and item.fact.id not in elsewhere]
    occasions: dict[tuple[str, str], list[Assessed]] = {}  # sources that tell of the same one each have it
    for item in sorted(left, key=lambda item: (-context.day(item).toordinal(), str(item.fact.on or ""))):
        event, when = context.occasion(item), context.when(item)
        occasions.setdefault((event.name if event else "", context.month_of(when) if when else ""), []).append(item)
    return tuple(_occasion(context, tuple(items), again) for items in occasions.values())


def courtesies(context: Context) -> FactsOfKind:
    """Return all courtesies, with the sentence that counts them."""
    items = tuple(context.item(item) for item in printed(context) if is_courtesy(item))
    return FactsOfKind(title=context.label(Label.COURTESIES, number=str(len(items))), items=items)


def _occasion(context: Context, found: tuple[Assessed, ...], again: frozenset[str]) -> OccasionRow:
    """Return what was said on one occasion; what one side said stands together, its courtesies in a line."""
    first, said, firmness = row(context, found[0]), by_side(context, found), list(Act)
    plain = [(side, [item for item in items if not is_courtesy(item)]) for side, items in said]
    found_groups = [
        group
        for side, items in plain  # by act, so that each act is named once
        for group in newest_group_first(
            context, context.side(side), sorted(items, key=lambda item: -firmness.index(item.fact.act))
        )
    ]
    courtesies = tuple(
        Courtesies(party=context.side(side), items=tuple(context.item(item) for item in items if is_courtesy(item)))
        for side, items in said
    )
    return OccasionRow(
        when=first.when,
        name=first.occasion or context.label(Label.OCCASION_NOT_STATED),
        groups=tuple(_replies_once(context, found_groups)),
        courtesies=tuple(each for each in courtesies if each.items),
        years_before=_years_before(context, found[0]),
        ids=tuple(item.fact.id for item in found if not is_courtesy(item) and item.fact.id not in again),
        repeated=tuple(item.fact.id for item in found if item.repeated_by and not is_courtesy(item)),
    )


def _years_before(context: Context, known: Assessed) -> int:
    """Return the whole years from a statement to the last meeting of leaders."""
    day, last = context.day(known), context.last_meeting_day
    if last is None or day == date.min:
        return 0
    return max(0, last.year - day.year - ((last.month, last.day) < (day.month, day.day)))


def _replies_once(context: Context, found: Iterable[RowGroup]) -> Iterator[RowGroup]:
    """Yield the groups; a reply that a statement has in common with the one before it is worded with that alone."""
    seen = frozenset[str]()
    again = context.label(Label.AS_ABOVE)

    def once(one: StatementRow) -> StatementRow:
        nonlocal seen
        first, *others = one.replies or (None,)
        if first and first.id in seen:  # behind another reply "as above" would lead to that
            first = replace(first, text=again, marks=())
        replies = [first, *others] if first else []
        seen = frozenset(reply.id for reply in replies)
        return replace(one, replies=tuple(replies))

    for each in found:
        yield replace(each, rows=tuple(map(once, each.rows)))


def register(context: Context) -> tuple[RegisterRow, ...]:
    """Return all statements that are printed, the latest first."""
    found = [item for item in printed(context) if isinstance(item.fact, Statement)]
    return tuple(_entry(context, item) for item in newest_first(context, found))


def _entry(context: Context, known: Assessed) -> RegisterRow:
    whole, when, fact = row(context, known), context.when(known), known.fact
    return whole.into(
        RegisterRow,
        stale=context.stale(known),
        field=Badge(fact.theme, context.text(f"theme {fact.theme}", context.book.file.themes.get(fact.theme, ""))),
        side=Badge("+".join(fact.by), whole.party),
        day=when.last.isoformat() if when else "",
        standing=context.standing(known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Statements in one language: a row of heads, and a row each."""

    language: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(context: Context) -> Table:
    """Return every statement that the page has, the latest first."""
    return Table(
        language=context.language.code,
        heads=tuple(context.label(each) for each in COLUMNS),
        rows=tuple(tuple(map(plain, _cells(context, row))) for row in register(context)),
    )


def _cells(context: Context, row: RegisterRow) -> Iterator[str]:
    """Yield the cells of a statement, in the order of COLUMNS."""
    yield from (row.id, row.day, row.field.label, row.side.label, row.to, row.speaker, str(row.text))
    yield from (row.act.label, row.standing.label, row.due, row.account, str(row.note))
    yield "; ".join(map(context.cited, row.marks))
