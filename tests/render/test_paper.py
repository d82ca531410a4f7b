"""On paper: handling at the top and bottom of every page, a logo that can be heard, another colour everywhere."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from conftest import request_for, shipped_look
from read.test_logo import png

from briefgen.model.document import Job
from briefgen.render import html as to_html
from briefgen.render import pdf as to_pdf
from briefgen.render.styles import turned
from briefgen.tools.workspaces import make_workspace
from render.jobs import jobs_of

LOOK = """\
handling: {en: For internal use}
embargo: 2026-11-25 09:00 Asia/Seoul
prepared_by: {en: East Asia desk}
contact: {en: desk@example.org}
logo: {file: logo.png, text: {en: Ministry of Examples}}
colours: {accent: "#7a1f2b", done: "#1f5c2b"}
"""


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The English full briefing on paper, with a look of its own."""
    folder = tmp_path_factory.mktemp("look")
    make_workspace(folder / "desk")
    (folder / "desk" / "templates" / "look.yaml").write_text(LOOK, encoding="utf-8")
    (folder / "desk" / "templates" / "logo.png").write_bytes(png(300, 100))
    jobs = jobs_of(request_for(folder / "desk"), folder / "out")
    return next(job for job in jobs if (job.document, job.format) == ("full-briefing", "pdf"))


@pytest.fixture(scope="module")
def paper(job: Job) -> bytes:
    return to_pdf.render(job).content


def test_every_page_says_at_its_top_and_bottom_how_to_handle_it(paper: bytes) -> None:
    document = pypdfium2.PdfDocument(BytesIO(paper))
    assert len(document) > 1
    for page in document:
        width, height = page.get_size()
        top = page.get_textpage().get_text_bounded(0, height - 45, width, height)  # 16 mm, the upper margin
        bottom = page.get_textpage().get_text_bounded(0, 0, width, 51)  # 18 mm
        assert "For internal use" in top
        assert "Embargoed until 09:00 (UTC+9) on 25 November 2026" in top.replace("\r\n", " ")
        assert "For internal use" in bottom
        assert "Prepared by: East Asia desk · Contact: desk@example.org" in re.sub(r"\s+", " ", bottom)


def test_the_logo_is_a_figure_with_a_text_and_is_not_blurred(paper: bytes) -> None:
    with pikepdf.open(BytesIO(paper)) as document:
        figures = [item for item in _dictionaries(document) if item.get("/S") == "/Figure"]
        assert "Ministry of Examples" in [str(item.get("/Alt", "")) for item in figures]
        pictures = [item for item in _dictionaries(document) if item.get("/Subtype") == "/Image"]
        assert pictures
        assert not any(item.get("/Interpolate", False) for item in pictures)  # PDF/A-3, 6.2.8


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    return (item for item in document.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream))


def test_no_trace_of_the_shipped_accent_is_left(job: Job) -> None:
    shipped = shipped_look().colours
    for media in ("print", "screen"):
        text = to_html.render_text(job, media)
        assert "#7a1f2b" in text
        assert ("%231f5c2b" in text) == (media == "print"), "in the glyphs; on screen their colour lies under a mask"
        left = [line for line in text.splitlines() if re.search(f"[#]?{shipped.accent[1:]}", line)]
        assert {line.split()[0] for line in left} <= {"--open:", *_OPEN}, left


_OPEN = (".status.open::before,", ".status.may-have-taken-place::before", ".status.held::before")
"""Statuses keep their own blue, which is the shipped accent's."""


def test_on_screen_it_stays_in_sight_and_is_said_once(job: Job) -> None:
    text = to_html.render_text(job, "screen")
    assert text.count("For internal use") == 1
    assert '<aside class="handling-bar" data-required="handling" aria-label="Handling"><b>For internal use</b>' in text
    assert re.search(r"\.handling-bar \{ position: sticky; top: 0;", text)
    assert '<img class="logo" src="data:image/png;base64,' in text
    assert text.count("desk@example.org") == 1


def test_a_page_from_right_to_left_is_turned_round(job: Job) -> None:
    """Its title stands at the right, its day at the left, and no text runs off or over another."""
    tops = {}
    for direction in ("ltr", "rtl"):
        made = to_pdf.render(replace(job, page=replace(job.page, direction=direction)))
        assert made.findings == ()
        page = pypdfium2.PdfDocument(made.content)[0]
        width, height = page.get_size()
        halves = ((0, width / 2), (width / 2, width))
        read = [page.get_textpage().get_text_bounded(left, height - 130, right, height) for left, right in halves]
        tops[direction] = ["As of" in half for half in read]
    assert tops == {"ltr": [False, True], "rtl": [True, False]}


def test_the_sides_of_a_style_sheet_are_changed_over() -> None:
    style = "p { padding: 0 .8em 1em 0; margin-left: -2em; text-align: right; border-left-width: 1pt; float: left }"
    assert turned(style) == (
        "p { padding: 0 0 1em .8em; margin-right: -2em; text-align: left; border-right-width: 1pt; float: right }"
    )
    assert turned(turned(style)) == style
    kept = "@page { margin: {{ a }}mm {{ b }}mm {{ c }}mm {{ d }}mm; @top-left { content: x } }\np { margin: 0 1em }"
    assert turned(kept) == kept
