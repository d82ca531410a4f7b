"""The copy for Word: nothing is lost, and headings, tables, languages and links are what Word has for them."""

import cProfile
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from conftest import PROJECT, Direct, Program, request_for
from docx.oxml.ns import qn
from read.test_logo import png

from briefgen.build import files_for
from briefgen.model.document import Job, RenderedFile
from briefgen.model.edition import Rows
from briefgen.model.look import Logo
from briefgen.render import html, word
from briefgen.render.markup import passages

Make = Callable[..., Job]
DAY = date(2026, 11, 21)
TABLE = """
<h2 id="t">A table</h2><table><caption>What</caption><thead><tr><th colspan="2">Both</th><th>C</th></tr></thead>
<tbody><tr><th rowspan="2">A</th><td>b<sup><a href="#t">1</a></sup></td><td><p>c</p><p lang="ko">다</p></td></tr>
<tr><td>d</td><td><ul><li>e</li></ul></td></tr></tbody></table>
<p>Read <a href="https://example.org/a?b=c">this</a> <b>now</b>, or <em>later</em>.</p><ol><li>first</li></ol>
"""


@cache
def _jobs() -> dict[str, Job]:
    request = request_for(PROJECT, DAY, DAY, facts=PROJECT / "facts" / "vn-kr.yaml", formats=("docx",))
    files = files_for(request, Direct())
    return {job.name: job for job in files.jobs(files.plan(), Rows())}


@cache
def _made(name: str) -> RenderedFile:
    return word.render(_jobs()[name])


def _read(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def _text(root: Any) -> str:
    """All its text, a space between two paragraphs."""
    lines = ("".join(each.text or "" for each in line.iter(qn("w:t"))) for line in root.iter(qn("w:p")))
    return " ".join(" ".join(lines).split())


def _flat(text: str) -> str:
    """Without signs that nobody sees, and points by which Word tells apart what glyphs and spaces do on a page."""
    return " ".join(text.translate({ord("·"): " ", 0xAD: None, 0x2060: None}).split())


@pytest.mark.parametrize("name", ["at-a-glance.vi.docx", "full-briefing.ko.docx"])
def test_the_shipped_documents_lose_no_text(name: str) -> None:
    job = _jobs()[name]
    made = _made(name)
    found = _read(made.content)
    text = _flat(_text(found.element.body))
    screen = r'<(summary) class="unfold">.*?</\1>|<(nav) class="switch".*?</\2>'
    markup = re.sub(screen, "", html.render_text(job, media="screen"), flags=re.DOTALL)
    assert found.paragraphs[0].style.name != "List Bullet"
    told = [each.text for each in passages(markup) if each.text]
    assert len(told) > 30
    told = told[1:]  # the first one only leads over the head of the page
    assert [each for each in told if _flat(each) not in text] == []
    headings = [each for each in found.paragraphs if each._p.style in ("Title", "Heading1")]  # the ids of both
    assert headings[0].text == job.page.masthead.title
    assert len(headings) > 5
    assert found.tables
    assert made.marks == html.outline(replace(job, format="html")).marks
    places = {each.get(qn("w:name")) for each in found.element.body.iter(qn("w:bookmarkStart"))}
    links = {each.get(qn("w:anchor")) for each in found.element.body.iter(qn("w:hyperlink"))} - {None}
    assert links - places == set()  # those to rows of tables led nowhere


def test_it_says_that_it_is_a_copy_of_which_edition_from_which_facts() -> None:
    job = _jobs()["at-a-glance.ko.docx"]
    (section,) = _read(_made(job.name).content).sections
    assert section.header.paragraphs[0].text.startswith("편집용 사본: 발간본이 아님 · ")
    assert job.page.masthead.edition in section.header.paragraphs[0].text
    assert f"sha256 {job.page.colophon.facts_hash}" in section.footer.paragraphs[0].text


def test_the_bytes_are_the_same_each_time() -> None:
    job = _jobs()["at-a-glance.vi.docx"]
    content = _made(job.name).content
    assert word.render(job).content == content
    with ZipFile(BytesIO(content)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("name", "font", "key", "tag"),
    [("at-a-glance.ko.docx", "Malgun Gothic", "eastAsia", "ko-KR"), ("at-a-glance.vi.docx", "Arial", "val", "vi-VN")],
)
def test_fonts_and_languages_are_named(name: str, font: str, key: str, tag: str) -> None:
    found = _read(_made(name).content)
    for style in ("Normal", "Heading 1", "Title"):
        fonts = found.styles[style].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "eastAsia")} == {font}
    (language,) = found.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn(f"w:{key}")) == tag


def test_a_table_has_its_cells_heads_and_texts(tiny_job: Make) -> None:
    found = _read(word.render(tiny_job(TABLE, format="docx")).content)
    (table,) = found.tables
    assert (len(table.rows), len(table.columns)) == (3, 3)
    assert table.cell(0, 0)._tc is table.cell(0, 1)._tc
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert [each.text for each in table.cell(1, 2).paragraphs] == ["c", "다"]
    assert table.cell(2, 2).paragraphs[0].style.name == "List Bullet"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    (korean,) = (run for run in table._tbl.iter(qn("w:r")) if "다" in "".join(run.itertext()))
    assert korean.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "ko-KR"


def test_a_table_within_a_cell_is_written_once_and_there(tiny_job: Make) -> None:
    inner = "<table><tr><td>inner</td></tr></table>"
    markup = f"<table><tr><td>{inner}</td><td>beside</td></tr></table>"
    (table,) = _read(word.render(tiny_job(markup, format="docx")).content).tables
    assert (len(table.rows), [each.text for each in table.rows[0].cells][1]) == (1, "beside")
    assert [each.text for each in table.cell(0, 0).tables[0].rows[0].cells] == ["inner"]
    assert _text(table._tbl).count("inner") == 1


def test_work_grows_with_the_rows_of_a_table_and_no_faster(tiny_job: Make) -> None:
    """Counted in calls, not in seconds: twice as many rows more cost twice as many calls more."""
    few, more, many = (_calls(tiny_job(_rows(number), format="docx")) for number in (20, 40, 80))
    assert (many - more) / (more - few) < 2.1


def _rows(number: int) -> str:
    return f"<table>{'<tr><td>a<td colspan=2>b<td>c</tr>' * number}</table>"


def _calls(job: Job) -> int:
    with cProfile.Profile() as profile:
        word.render(job)
    return sum(each.callcount for each in profile.getstats())


def test_marks_and_links_lead_where_they_did(tiny_job: Make) -> None:
    found = _read(word.render(tiny_job(TABLE, format="docx")).content)
    links = list(found.element.body.iter(qn("w:hyperlink")))
    (place,) = (each.get(qn("w:name")) for each in found.element.body.iter(qn("w:bookmarkStart")))
    assert links[0].get(qn("w:anchor")) == place
    assert found.part.rels[links[1].get(qn("r:id"))].target_ref == "https://example.org/a?b=c"
    (last,) = (each for each in found.paragraphs if "later" in each.text)
    assert [(run.text, run.bold, run.italic) for run in last.runs if run.bold or run.italic] == [
        ("now", True, None),
        ("later", None, True),
    ]
    assert found.paragraphs[-1].style.name == "List Number"


def test_its_pages_are_those_of_the_look(tiny_job: Make) -> None:
    job = tiny_job("<p>x</p>", format="docx")
    paper = replace(job.look.paper, size="Letter", top=15, right=22, bottom=20, left=25)
    for look, expected in (
        (job.look, [210, 297, 18, 18, 18, 18]),
        (replace(job.look, paper=paper), [216, 279, 18, 22, 20, 25]),
    ):
        (section,) = _read(word.render(replace(job, look=look)).content).sections
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(each.mm) for each in (section.page_width, section.page_height, *margins)] == expected


def test_it_is_made_only_where_it_is_asked_for(tiny: Path, program: Program) -> None:
    assert program("build", at=tiny).code == 0
    assert not list(tiny.rglob("*.docx"))
    assert program("build", "--format", "docx", at=tiny).code == 0
    (made,) = tiny.rglob("*.docx")
    assert made.parent.parent.name == "partial"
    settings = tiny / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8").replace('["html"]', '["html", "docx"]'), encoding="utf-8")
    assert program("build", at=tiny).code == 0
    assert (tiny / "out" / "sample" / "latest" / "at-a-glance.en.docx").is_file()


def test_pictures_are_as_high_as_on_paper(tiny_job: Make) -> None:
    """Every one was 12 mm high, a logo too, whatever look.yaml said."""
    address = f"data:image/png;base64,{b64encode(png(20, 10)).decode()}"
    styles = ('class="logo"', 'style="margin: 0; height: 7.5mm"', 'style="max-height: 7mm"')
    job = tiny_job("".join(f'<img {each} src="{address}" alt="x">' for each in styles))
    logo = Logo(source=address, text={"en": "x"}, height_mm=18)
    made = _read(word.render(replace(job, look=replace(job.look, logo=logo))).content)
    assert [round(each.height.mm, 1) for each in made.inline_shapes] == [18, 7.5, 12]
