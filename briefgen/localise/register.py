"""Every statement in one list: on screen with what readers choose and sort it by, and as rows for spreadsheets."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.localise.context import Context, printed
from briefgen.localise.labels import Label
from briefgen.localise.records import plain
from briefgen.localise.statements import newest_first, row
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Statement
from briefgen.model.page import Badge, RegisterRow

COLUMNS = tuple(label for label in Label if label.name.startswith("COLUMN_"))


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
