"""What is done once for the engine gives the files that it makes when it does it again and again."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from unittest.mock import Mock

import pytest
from weasyprint import css
from weasyprint.css import ComputedStyle
from weasyprint.layout import preferred
from weasyprint.pdf import pydyf
from weasyprint.text import line_break

from briefgen.model.document import Job
from briefgen.render import pdf as to_pdf
from briefgen.render.pdf_engine import quickened

Make = Callable[..., Job]
HEAD = (
    "<!DOCTYPE html><html lang=en><title>x</title>"
    "<style>@page { size: A6; @bottom-left { content: counter(page) } } html { font: 9pt Pretendard } "
)
WORDS = "Both sides agreed to raise trade to US$150bn by 2030, in a balanced way, "
TABLE = f"<table>{f'<tr><th>{WORDS}<td>2030<td><p>{WORDS}</p></tr>' * 9}</table>"
FLOAT = "<i style='float: left'>x</i>"
EVER_WIDER = "".join(f"<th style='width: {pixels}px'>" for pixels in range(9, 57, 3))
PAGES: dict[str, tuple[str, str]] = {
    "borders that collapse": ("table { border-collapse: collapse } td { border: 2px solid }", TABLE),
    "borders that do not": ("td { border: 2px solid; padding: 1% 2px }", TABLE),
    "columns of a fixed width": ("table { table-layout: fixed } th { width: 50% }", TABLE),
    "sizes with the border": (
        "* { box-sizing: border-box } p { padding: 9px; width: 99px; min-height: 9em; border: 1px solid }",
        f"<p>{WORDS}</p><p style='width: auto; max-width: 50%; height: 4em'>{WORDS}</p>",
    ),
    "shares that are reckoned": (
        "p { margin-left: calc(10% + 3px); line-height: calc(1em + 4px); text-indent: calc(5% + 1em) }",
        f"<p>{WORDS * 4}<span>{WORDS}</span></p>",
    ),
    "sides by the direction": (
        "div { margin-inline-start: 9mm; border-inline-end: 1px solid; inline-size: 50mm; padding-block: 3px }",
        f"<div><p>{WORDS}</p></div><div style='direction: rtl'><p>{WORDS}</p></div>",
    ),
    "what is inherited": (
        ":root { --own: 11pt } p { color: inherit; font-size: var(--own); margin: inherit } td { padding: inherit }",
        f"{TABLE}<p>{WORDS}<u>x <b>y</b></u></p>",
    ),
    "boxes in a row": ("", f"<div style='display: flex; gap: 3%'><p>{WORDS}</p><p style='flex: 2'>{WORDS}</p></div>"),
    "beside each other": ("div { float: left; width: 40% }", f"<div>{WORDS * 2}</div><p>{WORDS * 4}</p>"),
    "within lines": ("span { display: inline-block }", f"<p>{f'<span>{WORDS}</span> and <sup>1</sup> ' * 9}</p>"),
    "to both sides": ("p { columns: 2; text-align: justify; hyphens: auto }", f"<p>{WORDS * 9}</p>"),
    "figures": ("p { font-variant-numeric: tabular-nums; letter-spacing: 1px }", f"<p>{WORDS * 3}</p>"),
    "first lines and letters": (
        "p::first-letter { font-size: 20pt } p::first-line { color: red; letter-spacing: 2px }",
        f"<p>{WORDS * 4}</p>",
    ),
    "signs before": ("li::before { content: '* '; width: 9px; display: inline-block }", f"<ul>{'<li>x' * 9}</ul>"),
    "lines that are left out": ("p { line-clamp: 1 }", f"<p>{WORDS * 4}</p>" * 3),
    "footnotes": ("i { float: footnote }", f"<p>{WORDS}<i>{WORDS}</i></p>" * 3),
    "footnotes, written otherwise": ("i { float: foot\\6eote }", f"<p>{WORDS}<i>{WORDS}</i></p>"),
    "footnotes of one element": ("", f"<p>{WORDS}<i style='float: FOOTNOTE'>{WORDS}</i></p>"),
    "as wide as they have to be": (
        "div { float: left; margin: 1mm; max-width: 30mm } b { letter-spacing: -3px }",
        "".join(f"<div>{WORDS[:end]}</div><div><b>{WORDS[:end]}</b></div>" for end in range(3, 60, 7)),
    ),
    "spaces at the end of columns that are ever wider": (
        "table { table-layout: fixed; width: 1px; opacity: .9 } td { padding: 0 }",
        f"<table><tr>{EVER_WIDER}</tr><tr>{'<td>up <b>:</b>' * 16}</tr><tr>{'<td>raise <b>:</b>' * 16}</tr></table>",
    ),
    "lines that are cut off": (
        "p { float: left; overflow: hidden; text-overflow: ellipsis; white-space: pre; max-width: 2em; opacity: .9 }",
        f"<p>{WORDS}</p><p>x</p>",
    ),
    "every line to both sides": ("div { display: flex } p { text-align: justify-all }", "<div><p>x y<p>x y z</div>"),
    "a drawing": ("", "<svg width=90 height=40 role=img><title>x</title><text x=5 y=20>US$150bn</text></svg><p>x"),
}


@pytest.mark.parametrize(("style", "body"), PAGES.values(), ids=PAGES)
def test_a_file_is_the_same_as_the_engine_makes_it(
    style: str, body: str, tiny_job: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = tiny_job(f"{HEAD}{style}</style>{body}", format="pdf")
    document = to_pdf.render(job)
    monkeypatch.setattr(to_pdf, "quickened", nullcontext)
    assert to_pdf.render(job).content == document.content
    assert document.content


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        (line_break, "Layout"),
        (pydyf.zlib, "compressobj"),
        (css, "ComputedStyle"),
        (preferred, "min_content_width"),
    ],
    ids=["lines", "streams", "styles of notes", "widths"],
)
def test_what_is_done_once_is_not_done_again(
    holder: Any, name: str, tiny_job: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Mock(side_effect=getattr(holder, name))
    body = f"<div style='display: flex'><p>{WORDS}</p></div>{FLOAT * 9}"
    job = tiny_job(f"{HEAD}</style>{body}", format="pdf")
    with monkeypatch.context() as patched:
        patched.setattr(holder, name, done)
        to_pdf.render(job)
        once = done.call_count
        patched.setattr(to_pdf, "quickened", nullcontext)
        to_pdf.render(job)
    assert 0 < once < done.call_count - once


def test_the_engine_is_as_it_was_behind_it() -> None:
    before = ComputedStyle.__missing__, line_break.split_first_line, line_break.strut
    with quickened():
        assert before[1] is not line_break.split_first_line
    assert before == (ComputedStyle.__missing__, line_break.split_first_line, line_break.strut)
