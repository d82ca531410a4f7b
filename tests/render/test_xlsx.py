"""Statements as a workbook: a sheet for each language, text in every cell, the same bytes every time."""

import zipfile
from datetime import date
from io import BytesIO

from briefgen.localise.records import Table
from briefgen.render.supplements import render_xlsx

DAY = date(2026, 11, 21)
TABLES = (
    Table(language="en", heads=("Id", "Statement"), rows=(("a", '=HYPERLINK("https://example.org")'),)),
    Table(language="ko", heads=("식별자", "발언"), rows=(("a", "합의"),)),
)


def test_every_cell_is_text_and_none_a_formula() -> None:
    book = zipfile.ZipFile(BytesIO(render_xlsx(TABLES, DAY).content))
    assert b'name="en"' in book.read("xl/workbook.xml")
    assert "합의" in book.read("xl/sharedStrings.xml").decode()
    assert b"=HYPERLINK" in book.read("xl/sharedStrings.xml")
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert b"<f>" not in book.read(name)
        assert book.read(name).count(b't="s"') == 4
    assert not [name for name in book.namelist() if "rels" in name and b"example.org" in book.read(name)]


def test_the_same_rows_and_day_give_the_same_bytes() -> None:
    first = render_xlsx(TABLES, DAY)
    assert b"2026-11-21T00:00:00Z" in zipfile.ZipFile(BytesIO(first.content)).read("docProps/core.xml")
    assert render_xlsx(TABLES, DAY) == first
