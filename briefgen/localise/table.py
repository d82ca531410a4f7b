"""The statements of a briefing as rows for spreadsheets, in the words of a language."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.localise.context import Context
from briefgen.localise.labels import Label
from briefgen.localise.records import plain
from briefgen.localise.register import register
from briefgen.model.page import RegisterRow

COLUMNS = (
    Label.COLUMN_ID,
    Label.COLUMN_DAY,
    Label.COLUMN_FIELD,
    Label.COLUMN_SIDE,
    Label.COLUMN_TO,
    Label.COLUMN_SPEAKER,
    Label.COLUMN_STATEMENT,
    Label.COLUMN_COMMITMENT,
    Label.COLUMN_STATUS,
    Label.COLUMN_DUE,
    Label.COLUMN_ACCOUNT,
    Label.COLUMN_NOTE,
    Label.COLUMN_SOURCES,
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
    yield "; ".join(
        f"{context.text(f'source {mark.source}', context.book.sources[mark.source].describes)}, {mark.lines}"
        for mark in row.marks
    )
