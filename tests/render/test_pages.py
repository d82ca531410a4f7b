"""Words that are wider than their lines are loosened while pages are made, as if they had been loose all along."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from weasyprint.layout import page as engine

from briefgen.model.document import Job
from briefgen.render import pdf as to_pdf
from briefgen.render.placement import lines_by_page

Make = Callable[..., Job]
HEAD = "<!DOCTYPE html><html lang=en><title>x</title><style>@page { size: A6 } html { font: 9pt Pretendard }</style>"

WIDE = "<td class=n>2026-04-21/2026-04-24</td><td>the international cooperation on semiconductors</td>"
TABLE = f"<table>{f'<tr>{WIDE}</tr>' * 3}</table>"
BREAK = "<div style='break-before: page'></div>"
"""The next text is on the next page."""
CONTENTS = (
    "<p><a href='#end' class=at>end</a></p><style>.at::after { content: ' ' target-counter(attr(href), page) }</style>"
)
BODIES = {
    "columns of a fixed width": f"<style>table {{ table-layout: fixed; width: 40mm }}</style>{TABLE}",
    "columns as wide as their words": f"<style>table {{ width: 20mm }} .n {{ width: 9mm }}</style>{TABLE}",
    "a column wider than the page": f"<table><tr><td>{'a1b2c3d4e5' * 12}</td><td>word</td></tr></table>",
    "on one of many pages": f"<p>x{BREAK}y{BREAK}<p style='width: 9mm'>interesting</p>{BREAK}z",
    "over two pages": f"<div style='width: 9mm'>{'<p>interesting words</p>' * 25}</div>",
    "a paragraph over two pages": f"<p style='width: 9mm'>{'interesting words ' * 25}</p>",
    "pages that are counted": f"{CONTENTS}<p style='width: 9mm'>interesting</p>{BREAK}x{BREAK}<p id=end>z</p>",
    "a head that comes again": f"<table><thead><tr>{WIDE}</tr></thead>{'<tr><td>x</td><td>y</td></tr>' * 30}</table>",
    "boxes in a row": "<div style='display: flex; width: 20mm'><p>interesting</p><p>US$81.5bn</p></div>",
    "beside a box": f"<div style='float: right; width: 9mm'>interesting</div>{TABLE}",
    "columns": f"<div style='columns: 9'>{'<p>internationalisation of it all</p>' * 9}</div>",
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that the engine made, one after the other."""
    numbers: list[int] = []
    make_page = engine.make_page

    def note(*arguments: Any) -> Any:
        numbers.append(arguments[4])
        return make_page(*arguments)

    monkeypatch.setattr(engine, "make_page", note)
    return numbers


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_file_is_the_same_as_if_all_of_it_were_laid_out_again(
    body: str, tiny_job: Make, made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = tiny_job(HEAD + body, format="pdf")
    document, once = to_pdf.render(job), len(made)
    monkeypatch.setattr(to_pdf, "loosening", nullcontext)
    assert to_pdf.render(job).content == document.content
    assert once <= len(made) - once


def test_only_the_page_with_the_wide_word_is_made_again(tiny_job: Make, made: list[int]) -> None:
    to_pdf.render(tiny_job(HEAD + BODIES["on one of many pages"], format="pdf"))
    assert made == [1, 2, 3, 4, 3]


@pytest.mark.parametrize(
    ("content", "rounds", "printed"),
    [
        ("target-counter(attr(href), page)", [1, 2, 3, 1], "end 3"),
        ("counter(page) '/' counter(pages)", [1, 2, 3, 1, 1], "end 1/3"),
    ],
)
def test_a_page_that_names_others_is_made_once_more(
    content: str, rounds: list[int], printed: str, tiny_job: Make, made: list[int]
) -> None:
    contents = CONTENTS.replace("target-counter(attr(href), page)", content)
    document = to_pdf.render(tiny_job(f"{HEAD}{contents}{BREAK}x{BREAK}<p id=end>z</p>", format="pdf"))
    assert made == rounds
    assert lines_by_page(document.content)[0] == (printed,)


def test_numbers_of_pages_that_need_more_pages_are_those_of_the_last_round(tiny_job: Make) -> None:
    roman = "target-counter(attr(href), page, upper-roman)"
    contents = CONTENTS.replace("target-counter(attr(href), page)", " ' ' ".join([roman] * 9) + "; font-size: 80pt")
    document = to_pdf.render(tiny_job(f"{HEAD}{contents}{BREAK}x{BREAK}<p id=end>z</p>", format="pdf"))
    *first, x, z = lines_by_page(document.content)
    assert len(first) > 1
    assert (x, z) == (("x",), ("z",))
    assert "".join(line for page in first for line in page).replace(" ", "") == "end" + "IV" * 9


GROUPED = (
    f"<!DOCTYPE html><html lang=en><title>x</title>{HEAD[HEAD.index('<style>') :]}<body data-continued='(continued)'>"
    "<style>table { width: 60mm } tr { break-inside: avoid } thead, .group { break-after: avoid }</style>"
    "<table><thead><tr><th scope=col class=what>Field <i>small</i></th></tr></thead>{}</table>"
)


def _bodies(*groups: str) -> str:
    return "".join(
        f"<tbody>{f'<tr class=group><th scope=rowgroup>{title}</th></tr>' if title else ''}{ROWS}</tbody>"
        for title in groups
    )


ROWS = "".join(f"<tr><td>row {number}</td></tr>" for number in range(1, 25))


@pytest.mark.parametrize(
    ("groups", "repeated"),
    [
        (("Both sides · as told by NL", "NL"), ["Both sides · as told by NL", "NL"]),
        (("",), []),
    ],
)
def test_a_table_that_goes_on_says_so_in_its_head_and_repeats_the_heading_of_its_group(
    groups: tuple[str, ...], repeated: list[str], tiny_job: Make
) -> None:
    made = to_pdf.render(tiny_job(GROUPED.replace("{}", _bodies(*groups)), format="pdf"))
    pages = lines_by_page(made.content)
    text = [line.strip() for page in pages for line in page]
    going_on = max(1, len(repeated))
    assert [line for line in text if "(continued)" in line] == ["Field small (continued)"] * going_on
    assert text.count("Field small") == len(pages) - going_on
    assert [text.count(group) for group in repeated] == [2] * len(repeated)
    rows = [line for line in text if line.startswith("row ")]
    assert rows == [f"row {number}" for _ in groups for number in range(1, 25)]
    assert not made.warnings
