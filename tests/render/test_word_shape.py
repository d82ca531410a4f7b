"""The copy for Word to the eye: widths and rows of tables, lists, headings, and what styles say of texts."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from read.test_logo import png

from briefgen.model.document import Job
from briefgen.model.look import Logo
from briefgen.render import word

from .test_pictures import JPEG

Make = Callable[..., Job]
LONG = "Keep working closely for peace and for real progress, with the support of both governments. " * 3


def made(job: Job) -> Any:
    """The copy of a page, as Word would read it."""
    return docx.Document(BytesIO(word.render(job).content))


def widths(table: Any) -> list[int]:
    """Of its columns, in twentieths of a point."""
    found = [round(each.width.twips) for each in table.columns]
    assert [round(each.width.twips) for each in table.rows[-1].cells] == found
    return found


ROOM = round(Mm(174).twips)
"""What the margins of look.yaml leave of an A4 page."""


def test_columns_are_as_wide_as_what_stands_in_them(tiny_job: Make) -> None:
    """A word in a table of two columns had half of the page, and a statement the other half."""
    (table,) = made(tiny_job(f"<table><tr><td>{LONG}</td><td>Agreed</td></tr></table>", format="docx")).tables
    wide, narrow = widths(table)
    assert wide + narrow == pytest.approx(ROOM, abs=5)
    assert 600 < narrow < 1200
    assert not table.autofit


def test_columns_are_as_wide_as_styles_say_where_their_words_have_room(tiny_job: Make) -> None:
    style = "<style>.a { width: 30% } .b { width: 2% }</style>"
    cells = "<tr><td class={}>Planned</td><td>said</td></tr>"
    table = f"{style}<table>{cells.format('a')}</table><p>x</p><table>{cells.format('b')}</table>"
    of_columns = "<table><colgroup><col style='width: 30%'></colgroup><tr><td>Planned</td><td>said</td></tr></table>"
    fixed = f"<table style='table-layout: fixed'><tr><td>{LONG}</td><td>said</td></tr></table>"
    styled, narrow, col, equal = made(tiny_job(f"{table}<p>x</p>{of_columns}<p>x</p>{fixed}", format="docx")).tables
    assert widths(styled)[0] == widths(col)[0] == pytest.approx(0.3 * ROOM, abs=5)
    assert widths(narrow)[0] > 0.1 * ROOM
    assert widths(equal)[0] == pytest.approx(ROOM / 2, abs=5)


def test_a_table_is_as_wide_as_its_style_says_and_heads_take_no_width_from_texts(tiny_job: Make) -> None:
    rows = "<tr><th>Commitment</th><th>Side</th></tr><tr><td>5</td><td>Minister</td></tr>"
    (table,) = made(tiny_job(f"<table style='width: 50%'>{rows}</table>", format="docx")).tables
    first, last = widths(table)
    assert first + last == pytest.approx(ROOM / 2, abs=5)
    assert last > 0.3 * (first + last)


def test_a_table_of_many_columns_has_room_for_the_longest_words_of_each(tiny_job: Make) -> None:
    words = ("September 2025", "Regional and multilateral", "Republic\u00a0of\u00a0Korea", LONG, "Commitment", "Open")
    row = "".join(f"<td>{each}</td>" for each in words)
    (table,) = made(tiny_job(f"<table><tr>{row}</tr></table>", format="docx")).tables
    assert table.style.name == "Narrow Columns"
    found = widths(table)
    assert max(found) == found[3] > 0.3 * ROOM
    assert found[2] > 17 * 80  # its spaces do not break


def test_no_paragraph_ends_with_a_blank(tiny_job: Make) -> None:
    found = made(tiny_job("<div>a <p>b </p> c </div>", format="docx"))
    assert [each.text for each in found.paragraphs] == ["a", "b", "c"]


def test_tables_stay_apart_and_have_no_empty_line_beside(tiny_job: Make) -> None:
    """Word takes two tables with nothing between them for one."""
    cell = "<table><tr><td>x</td></tr></table>"
    found = made(tiny_job(f"<h2>y</h2>{cell}{cell}<p>z</p>", format="docx"))
    kinds = [each.tag.rpartition("}")[2] for each in found.element.body]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]
    assert found.paragraphs[1].style.name == "Between Tables"
    (outer,) = made(tiny_job(f"<table><tr><td>{cell}after</td></tr></table>", format="docx")).tables
    assert [each.tag.rpartition("}")[2] for each in outer.cell(0, 0)._tc] == ["tcPr", "tbl", "p"]


def test_rows_stay_whole_unless_they_are_long(tiny_job: Make) -> None:
    rows = f"<tr><td>short<td>{LONG}</tr><tr><td>{LONG * 20}<td>x</tr>"
    table = made(tiny_job(f"<table><thead><tr><th>a<th>b</thead>{rows}</table>", format="docx")).tables[0]
    assert [each._tr.trPr.find(qn("w:cantSplit")) is not None for each in table.rows] == [True, True, False]
    assert table.cell(0, 0).paragraphs[0].paragraph_format.keep_with_next


def test_the_head_of_a_group_is_as_wide_as_the_table_and_stays_with_it(tiny_job: Make) -> None:
    rows = '<tr><th scope="rowgroup">Both sides</th><td></td></tr><tr id="r"><td>a</td><td>b</td></tr>'
    markup = f'<table><tbody id="g">{rows}</table>'
    (table,) = made(tiny_job(f'{markup}<p><a href="#r">there</a></p>', format="docx")).tables
    assert table.cell(0, 0)._tc is table.cell(0, 1)._tc
    assert table.cell(0, 0).paragraphs[0].paragraph_format.keep_with_next
    assert "b1_r" in [each.get(qn("w:name")) for each in table.cell(1, 0)._tc.iter(qn("w:bookmarkStart"))]
    assert len([*table._tbl.iter(qn("w:bookmarkStart"))]) == 2


def test_a_heading_ends_before_its_aside(tiny_job: Make) -> None:
    """The outline had whole sentences; a mark of a source is no aside."""
    muted = f'style="color: {tiny_job("").look.colours.muted}"'
    markup = f"<h2>Talks <span {muted}>as told by one side</span></h2><p>x</p><h2>Summit<sup {muted}>1</sup></h2>"
    head, aside, _, marked = made(tiny_job(f"{markup}<h2 {muted}><span>All</span></h2>", format="docx")).paragraphs[:4]
    assert (head.style.name, head.text) == ("Heading 1", "Talks")
    assert (aside.style.name, aside.text) == ("Remark", "as told by one side")
    assert aside.paragraph_format.keep_with_next
    assert (marked.style.name, marked.text) == ("Heading 1", "Summit1")


def test_items_of_lists_have_their_marks_and_begin_anew(tiny_job: Make) -> None:
    """An item with a paragraph in it had none, and a second list was counted on from the first."""
    lists = "<ul><li><p>a</p><p>b</p></li></ul><ol><li>c</li><li><ol><li>d</ol></ol><ol start=3><li>e</ol>"
    found = made(tiny_job(f"{lists}<ol style='list-style: none'><li>f</ol>", format="docx")).paragraphs
    styles = {each.text: each.style.name for each in found}
    assert styles == {
        "a": "List Bullet",
        "b": "Normal",
        "c": "List Number",
        "d": "List Number 2",
        "e": "List Number",
        "f": "Normal",
    }
    assert found[1].paragraph_format.left_indent.pt == 18
    numbering = found[0].part.numbering_part.element
    (first, last) = (each._p.pPr.numPr.numId.val for each in found if each.text in "ce")
    starts = [numbering.num_having_numId(each).find(f".//{qn('w:startOverride')}") for each in (first, last)]
    assert [each.get(qn("w:val")) for each in starts] == ["1", "3"]


def test_what_is_told_of_a_term_stands_further_in_and_on_its_page(tiny_job: Make) -> None:
    term, told = made(tiny_job("<dl><dt>May</dt><dd>a</dd></dl>", format="docx")).paragraphs
    assert (term.paragraph_format.keep_with_next, term.runs[0].bold) == (True, True)
    assert told.paragraph_format.left_indent.pt == 18


def test_a_list_in_a_row_is_a_row(tiny_job: Make) -> None:
    markup = '<ul style="display: flex"><li><p style="font-size: 32px">US$5bn</p><p>Trade</p></li><li>10</li></ul>'
    (table,) = made(tiny_job(markup, format="docx")).tables
    assert [each.text for each in table.rows[0].cells] == ["US$5bn\nTrade", "10"]
    assert table.cell(0, 0).paragraphs[0].runs[0].font.size.pt == 20


def test_texts_look_as_styles_say(tiny_job: Make) -> None:
    colours = tiny_job("").look.colours
    style = f"<style>.m {{ color: {colours.muted} }} .n {{ color: {colours.passed}; font-weight: 600 }}</style>"
    markup = (
        '<p>a<b style="font-weight: 400">b</b><span class="n">c</span><span class="m">d</span>'
        '<span style="display: none">e</span></p><p class="m">f</p><p style="text-align: right">g</p>'
    )
    first, remark, right = made(tiny_job(style + markup, format="docx")).paragraphs
    runs = [(each.text, each.bold, each.font.cs_bold, each.style.name) for each in first.runs]
    plain = "Default Paragraph Font"
    assert runs == [
        ("a", None, None, plain),
        ("b", None, None, plain),
        ("c", True, True, plain),
        ("d", None, None, "Aside"),
    ]
    assert str(first.runs[2].font.color.rgb) == colours.passed.lstrip("#").upper()
    assert remark.style.name == "Remark"
    assert right._p.pPr.jc.get(qn("w:val")) == "right"


def test_what_no_longer_holds_is_struck_through(tiny_job: Make) -> None:
    """It read as if it held."""
    markup = '<p><s>a</s><del>b</del><b style="text-decoration: line-through">c</b>d<u>e</u>H<sub>2</sub>O <q>f</q></p>'
    (found,) = made(tiny_job(markup, format="docx")).paragraphs
    assert [run.text for run in found.runs if run.font.strike] == ["a", "b", "c"]
    assert [run.text for run in found.runs if run.font.underline] == ["e"]
    assert [run.text for run in found.runs if run.font.subscript] == ["2"]
    assert found.text == "abcdeH2O “f”"


def test_what_styles_set_apart_is_told_apart(tiny_job: Make) -> None:
    """Aim Deadline passed: on the page a glyph stands between the two."""
    style = '<style>.s::before { content: "" } .k { margin-right: .9em }</style>'
    markup = '<p>Aim <span class="s">Open</span></p><p><span class="k">2027</span> <span class="k">Host</span> then</p>'
    bar = '<p><b style="margin: 0 .6rem">Internal</b><b style="margin: 0 .6rem">Embargo</b></p>'
    found = made(tiny_job(f'{style}{markup}<p>All: <span class="s">Done</span></p>{bar}', format="docx"))
    texts = [each.text for each in found.paragraphs]
    assert texts == ["Aim · Open", "2027 · Host · then", "All: Done", "Internal · Embargo"]


def test_what_styles_write_and_count_stands_there(tiny_job: Make) -> None:
    style = """<style>.body { counter-reset: section annex 2 } .one::before { content: "▪\\A0" }
    h2::before { counter-increment: section; content: counter(section) ". " / "" }
    body::before { content: "Working copy"; position: fixed }
    h2#z::before { counter-increment: annex; content: counter(annex, upper-alpha) ". " }</style>"""
    markup = '<div class="body"><h2>a</h2><h2>b</h2><h2 id="z">c</h2><p class="one">d</p></div>'
    texts = [each.text for each in made(tiny_job(style + markup, format="docx")).paragraphs]
    assert texts == ["1. a", "2. b", "C. c", "▪\u00a0d"]


def test_links_to_the_web_look_like_links(tiny_job: Make) -> None:
    found = made(tiny_job('<p><a href="https://example.org">there</a></p>', format="docx"))
    (link,) = found.element.body.iter(qn("w:hyperlink"))
    assert found.styles["Hyperlink"].style_id == link.find(f".//{qn('w:rStyle')}").get(qn("w:val"))


def test_pictures_have_their_descriptions_and_fit_on_the_page(tiny_job: Make) -> None:
    address = f"data:image/png;base64,{b64encode(png(300, 10)).decode()}"
    job = tiny_job(f'<style>.p {{ height: 9mm }}</style><img class="p" src="{address}" alt="A flag">', format="docx")
    (picture,) = made(
        replace(job, look=replace(job.look, logo=Logo(source=address, text={}, height_mm=5)))
    ).inline_shapes
    assert picture._inline.docPr.get("descr") == "A flag"
    assert picture._inline.get("distL") == "0"
    assert picture.width <= Mm(174)
    assert picture.height < Mm(9)


@pytest.mark.parametrize("left_out", [b"", b"\xff\xe0\x00\x10JFIF" + b"\0" * 10])
def test_photos_are_shown(tiny_job: Make, left_out: bytes) -> None:
    """Of a photo, the description alone was there."""
    photo = JPEG.replace(b"{}", b"\0\1\0\1").replace(left_out, b"")
    assert photo.startswith(b"\xff\xd8\xff\xc0" if left_out else b"\xff\xd8\xff\xe0")
    markup = f'<img src="data:image/jpeg;base64,{b64encode(photo).decode()}" alt="x" style="height: 8mm">'
    (picture,) = made(tiny_job(markup, format="docx")).inline_shapes
    assert round(picture.height.mm) == 8
