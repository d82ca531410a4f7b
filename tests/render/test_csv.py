"""Statements as CSV: read back whole, and nothing that a spreadsheet would run."""

import csv
from io import StringIO

import pytest

from briefgen.localise.records import Table
from briefgen.render.supplements import render_csv

HEADS = ("Id", "Statement")


def read_back(*rows: tuple[str, ...]) -> list[list[str]]:
    made = render_csv(Table(language="en", direction="ltr", heads=HEADS, rows=rows))
    assert made.name == "statements.en.csv"
    return list(csv.reader(StringIO(made.content.decode("utf-8-sig"), newline="")))


def test_every_cell_comes_back_as_it_was() -> None:
    row = ("a", 'Said "yes", and\nmore; 말 Việt')
    assert read_back(row) == [list(HEADS), list(row)]


@pytest.mark.parametrize("cell", ['=HYPERLINK("https://example.org")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    assert read_back(("a", cell))[1] == ["a", "'" + cell]
