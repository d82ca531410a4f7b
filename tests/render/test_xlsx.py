"""Statements as a workbook: a sheet for each language, text in every cell, the same bytes every time."""

import re
import zipfile
from datetime import date
from io import BytesIO

from briefgen.localise.records import Table
from briefgen.render.supplements import render_xlsx

DAY = date(2026, 11, 21)
TABLES = (
    Table(
        language="en", direction="ltr", heads=("Id", "Statement"), rows=(("a", '=HYPERLINK("https://example.org")'),)
    ),
    Table(language="ko", direction="ltr", heads=("식별자", "발언"), rows=(("a", "합의"),)),
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


def test_rows_are_as_high_as_their_texts() -> None:
    """A program that trusts the file showed the first line of each cell, and the rest across the next row."""
    row = ("an-id-that-is-longer-than-its-column", "", "", "", "", "", "합의된 사항을 성실히 이행 " * 20)
    tables = (Table(language="ko", direction="ltr", heads=("Id",), rows=(row, ("a",))),)
    sheet = zipfile.ZipFile(BytesIO(render_xlsx(tables, DAY).content)).read("xl/worksheets/sheet1.xml").decode()
    head, long, short = (float((re.findall(r'\bht="([\d.]+)"', each) or [15])[0]) for each in sheet.split("<row ")[1:])
    assert head == short == 15
    assert 75 <= long <= 150


def test_a_sheet_of_a_language_from_right_to_left_runs_so() -> None:
    tables = [
        Table(language=code, direction=way, heads=("a",), rows=()) for code, way in (("en", "ltr"), ("ar", "rtl"))
    ]
    book = zipfile.ZipFile(BytesIO(render_xlsx(tables, DAY).content))
    sheets = [book.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2)]
    assert [b'rightToLeft="1"' in each for each in sheets] == [False, True]


def test_it_is_printed_with_its_heads_on_every_page() -> None:
    book = zipfile.ZipFile(BytesIO(render_xlsx(TABLES, DAY).content))
    assert b'fitToWidth="2" fitToHeight="0" orientation="landscape"' in book.read("xl/worksheets/sheet1.xml")
    assert b"en!$1:$1" in book.read("xl/workbook.xml")
