"""Statements as CSV (RFC 4180), which every spreadsheet opens."""

import csv
from io import StringIO

from briefgen.localise.table import Table
from briefgen.model.document import Document

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take a cell that begins so for: a formula, which could send what is beside it to somebody."""


def render(table: Table) -> Document:
    """Return statements.LANG.csv, in UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([harmless(cell) for cell in row] for row in (table.heads, *table.rows))
    return Document(name=f"statements.{table.language}.csv", content=text.getvalue().encode("utf-8-sig"))


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before what begins like one."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell
