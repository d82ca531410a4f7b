"""Statements as a workbook, a sheet for each language, by XlsxWriter."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from briefgen.localise.table import Table
from briefgen.model.document import Document

FILE = "statements.xlsx"
_WIDTHS = (26, 12, 24, 18, 18, 28, 70, 14, 28, 14, 22, 40, 60)
"""Of the columns, in digits."""
_MOST = 32_767
"""Signs of a cell (ECMA-376, 18.3.1.96 and its implementations)."""


def render(tables: Iterable[Table], day: date) -> Document:
    """Return statements.xlsx; every cell is text, none a formula. It is dated by the day: the same bytes every time."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(day, time(), UTC).replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.language)
            for column, width in enumerate(_WIDTHS):
                sheet.set_column(column, column, width)
            for number, row in enumerate((table.heads, *table.rows)):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text[:_MOST], cell if number else head)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    return Document(name=FILE, content=content.getvalue())
