"""Every PDF is read after writing: templates that print text over text are found, and words that are too wide break."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring, tostring

import pytest
from conftest import Direct, Told, request_for, write_template
from hypothesis import given
from hypothesis import strategies as st

from briefgen.build import build
from briefgen.model.document import Job, Page, RenderedFile
from briefgen.model.findings import Finding, FindingsError, Severity
from briefgen.model.views import Run
from briefgen.render import pdf as to_pdf
from briefgen.render.pdf_words import BREAK, JOINER, NO_BREAK, join_words, loosen
from briefgen.render.placement import pages_of

from .jobs import jobs_of, saying

Make = Callable[..., Job]

WORDS = {
    "nine syllables": "중앙아프리카공화국",
    "ten syllables": "보스니아헤르체고비나",
    "a person of fourteen syllables": "김수한무거북이와두루미삼천갑",
    "a German compound": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "a bound name": "Nguyễn Thị Minh Khai Phương Thảo".replace(" ", NO_BREAK),
    "an address": f"https://www.example.org/{'a' * 30}/{'b' * 20}?id={'c' * 11}",
    "an id": "a1b2c3d4e5" * 6,
}
WIDE = ("a person of fourteen syllables", "a German compound", "an address")
LONG = "a text of so many words that one line of the page has no room for them all, whatever is done about its margins"
HEAD = (
    '<!DOCTYPE html><html lang="en"><head><title>x</title><style>@page { size: A4; margin: 16mm 18mm 18mm }'
    "html { font: 9pt Pretendard } body { margin: 0 } table { table-layout: fixed; width: 100% }"
    "td { padding: 0 .8em 0 0 }</style></head><body>"
)
TRIANGLE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"

FOOT = f"<style>@page {{ @bottom-left {{ content: '{LONG * 2}'; white-space: pre }} @bottom-right {{ content: 'x' }} }}"

MISTAKES = {
    "a column more than there is room for": (
        "<table><tr data-fact=f>" + "<td style='width: 60mm'>one column of many</td>" * 5 + "</tr></table>",
        "R406 page 1: 'one column of many' (fact f) runs off the page",
    ),
    "a cell that may not break": (
        f"<table><tr data-fact=f><td style='white-space: nowrap'>{LONG[:70]}</td><td>next</td></tr></table>",
        "R406 page 1: 'next' (fact f) is printed over",
    ),
    "a line that may not break": (
        f"<p data-fact=f style='white-space: nowrap'>{LONG * 2}</p>",
        "(fact f) runs off the page",
    ),
    "a box of too little height": (
        f"<p data-fact=f style='height: 8mm; width: 30mm'>{LONG}</p><p>what follows</p>",
        "R406 page 1: 'what follows' is printed over",
    ),
    "a box that cuts off": (
        f"<p data-fact=f style='height: 8mm; width: 30mm; overflow: hidden'>{LONG}</p>",
        "(fact f) is cut off",
    ),
    "an ellipsis": (
        f"<p style='width: 30mm; overflow: hidden; white-space: nowrap; text-overflow: ellipsis'>{LONG}</p>",
        "is cut off",
    ),
    "a place of its own": (
        f"<p>{LONG}</p><p data-fact=f style='position: absolute; top: 1mm'>stamp</p>",
        "R406 page 1: 'stamp' (fact f) is printed over 'a text of so many words",
    ),
    "a place of its own, on top": (
        f"<p>{LONG}</p><p style='position: absolute; top: 1mm; z-index: 2'>stamp</p>",
        "R406 page 1: 'stamp' is printed over",
    ),
    "moved up": (f"<p>{LONG}</p><p style='position: relative; top: -8mm'>moved</p>", "R406 page 1: 'moved' is printed"),
    "a negative margin": (f"<p>{LONG}</p><p style='margin-top: -8mm'>moved</p>", "R406 page 1: 'moved' is printed"),
    "off the left": ("<p style='margin-left: -30mm'>moved</p>", "R406 page 1: 'moved' runs off the page"),
    "off the foot": ("<p style='position: absolute; top: 300mm'>moved</p>", "R406 page 1: 'moved' runs off the page"),
    "lines too close": (f"<p style='line-height: .5'>{LONG * 2}</p>", "is printed over"),
    "a ground over text": (
        f"<p>{LONG}</p><div style='position: absolute; top: 0; width: 9cm; height: 1cm; background: white'></div>",
        "lies under a box (div)",
    ),
    "a picture over text": (
        f'<p>{LONG}</p><img alt=x style="position: absolute; top: 0; width: 9cm; height: 1cm" src="{TRIANGLE}">',
        "lies under a picture (img)",
    ),
    "a foot that is too long": (
        FOOT,
        "R406 page 1: 'x' is printed over",
    ),
    "into the margin": (
        "<p data-fact=f style='margin-left: -9mm'>moved</p>",
        "R407 page 1: 'moved' (fact f) runs into the page's margins (p), by 9",
    ),
    "a width that is too small": (
        "<p class=x style='width: 20mm; white-space: nowrap'>some words here in a row</p>",
        "R407 page 1: 'some words here in a row' is wider than its column (p.x)",
    ),
    "a narrow column": (
        "<table><tr><td style='width: 8mm'>interesting</td><td>x</td></tr></table>",
        "R408 page 1: 'interesting' is broken: its column is only",
    ),
}
RIGHT = {
    "below the text": f"<p>{LONG}</p><p style='position: fixed; top: 1mm; z-index: -1'>DRAFT</p>",
    "see-through": f"<p>{LONG}</p><p style='position: fixed; top: 1mm; opacity: .2'>DRAFT</p>",
    "a see-through colour": f"<p>{LONG}</p><p style='position: fixed; top: 1mm; color: rgba(0, 0, 0, .1)'>DRAFT</p>",
    "turned": f"<p>{LONG}</p><p style='position: fixed; top: 1mm; font-size: 99pt; transform: rotate(60deg)'>DRAFT</p>",
    "marks": "<p>x<sup>1, 2</sup> y<sub>3</sub></p>" * 9,
    "signs before a list": "<ul style='list-style: disc; padding-left: 4mm'><li>x<li>y</ul><ol><li>x<li>y</ol>",
    "a hanging number": "<div style='padding-left: 5mm'><p><span style='margin-left: -5mm'>1.</span> x</p></div>",
    "columns": f"<div style='columns: 3; text-align: justify'>{LONG * 3}</div>",
    "beside a box": f"<div style='float: right; width: 30mm'>{LONG}</div><p>{LONG}</p>",
    "numbers at the right": "<table><tr><td style='text-align: right'>1,234</td><td>x</td></tr></table>",
    "from right to left": f"<div dir=rtl style='width: 40mm'>{LONG}</div>",
    "hyphens": "<p style='width: 22mm; hyphens: auto'>international long–dashed–words–and/or–co\u00adoperation</p>",
    "a title on a picture": f'<div style="position: relative"><img alt=x style="width: 50mm; height: 9mm" '
    f'src="{TRIANGLE}"><b style="position: absolute; left: 2mm; top: 2mm">Title</b></div>',
}


def _rendered(tiny_job: Make, body: str, **other: Any) -> RenderedFile:
    return to_pdf.render(tiny_job(HEAD + body, format="pdf", **other))


def _said(document: RenderedFile) -> list[str]:
    return [f"{found.code} {found.message}" for found in document.findings]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_of_a_template_is_found(name: str, tiny_job: Make) -> None:
    body, said = MISTAKES[name]
    document = _rendered(tiny_job, body)
    assert any(said in each for each in _said(document)), _said(document)
    lost = any(found.severity is Severity.ERROR for found in document.findings)
    assert lost == said.startswith(("R406", "is ", "lies", "(fact f)"))
    assert bool(document.content) != lost


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_meant_to_be_so_is_no_mistake(name: str, tiny_job: Make) -> None:
    assert _said(_rendered(tiny_job, RIGHT[name])) == []


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_is_wider_than_its_cell_breaks_there(word: str, tiny_job: Make) -> None:
    """In a cell alone, after other words, within marks, in an inline box, and at the start of a paragraph."""
    said = WORDS[word]
    half = len(said) // 2
    cells = (said, f"with {said}", f"{said}{JOINER}<sup>1, 2</sup>", f"<b>{said[:half]}</b>{said[half:]}")
    inline = f"<td><span style='display: inline-block; padding-left: 1em'>{said}</span></td>"
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    document = _rendered(tiny_job, f"<table><tr>{row}{inline}</tr></table>")
    assert [each for each in _said(document) if not each.startswith("R408")] == []
    printed = "".join(page.text for page in pages_of(document.content))
    text = re.sub(r"[\s\x02\ufffe]", "", printed)
    assert text.count("".join(said.split())) >= 4, text


def test_words_bound_together_part_before_they_break(tiny_job: Make) -> None:
    document = _rendered(tiny_job, f"<p style='width: 22mm'>{WORDS['a bound name']}</p>")
    lines = next(pages_of(document.content)).text.splitlines()
    assert " ".join(lines) == WORDS["a bound name"].replace(NO_BREAK, " ")


def test_short_words_beside_a_long_one_stay_whole(tiny_job: Make) -> None:
    """The engine's own `overflow-wrap` breaks them within inline elements; the reader finds that."""
    words = "<span>Agreed: <b>Raise the</b> <i>partnership (2022; fulfilled)</i></span> "
    body = f"<p style='width: 41mm; %s'>{words * 4}{WORDS['a German compound']}</p>"
    assert _said(_rendered(tiny_job, body % "")) == []
    assert any("though the next line has room" in each for each in _said(_rendered(tiny_job, body % CSS_OF_OLD)))


CSS_OF_OLD = "overflow-wrap: anywhere"


def test_without_joiners_a_broken_korean_word_is_found(
    page: Page, tiny_job: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    korean = replace(saying(page, Run("정상회의에서 양국은 협력을 강화하기로 했으며 지지를 요청했다. " * 3)), lang="ko")
    body = "<p style='width: 41mm'>{{ page.bottom_line.text }}</p>"
    assert _said(_rendered(tiny_job, body, page=korean)) == []
    monkeypatch.setattr(to_pdf, "join_words", lambda _: None)
    assert any(each.startswith("R408") for each in _said(_rendered(tiny_job, body, page=korean)))


def test_the_file_is_read_by_another_engine(tiny_job: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that the file lacks is found, though it was laid out."""
    document = _rendered(tiny_job, "<p data-fact=f>one</p><p>two</p>")
    pages = list(pages_of(document.content))
    assert (pages[0].text.split(), len(pages[0].starts)) == (["one", "two"], 2)
    lacking = [replace(page, starts=page.starts[1:], text="two") for page in pages]
    monkeypatch.setattr(to_pdf, "pages_of", lambda _: lacking)
    assert _said(_rendered(tiny_job, "<p data-fact=f>one</p><p>two</p>")) == [
        "R409 page 1: 'one' (fact f) is not in the file where it should be",
        "R409 page 1: a search in the file does not find all of its text; these are lacking: e n o",
    ]


def _with(page: Any, word: str) -> Any:
    """A page on which every name, heading and figure begins with a word."""
    if isinstance(page, tuple):
        return tuple(_with(each, word) for each in page)
    if not is_dataclass(page) or isinstance(page, type):
        return page
    changes: dict[str, Any] = {}
    for field in fields(page):
        value = getattr(page, field.name)
        wide = field.name in NAMES and isinstance(value, str) and value.strip()
        changes[field.name] = f"{word} {value}" if wide else _with(value, word)
    return replace(page, **changes)


NAMES = {"title", "party", "person", "host", "name", "label", "period", "handling", "contact", "edition", "when", "due"}


@pytest.mark.parametrize(
    ("word", "document"),
    [
        *((word, "at-a-glance") for word in WIDE),
        *(
            pytest.param(word, "full-briefing", marks=[] if word == "a German compound" else pytest.mark.long)
            for word in WIDE
        ),
    ],
)
def test_no_column_of_the_shipped_documents_is_overrun(word: str, document: str, starter: Path, tmp_path: Path) -> None:
    """Each of the words in the short document, and one in the long one; there all of them among the long tests."""
    job = next(
        each
        for each in jobs_of(request_for(starter, documents=(document,), formats=("pdf",)), tmp_path / "out")
        if each.document == document
    )
    wide = replace(job, page=_with(job.page, WORDS[word]), page_limit=None)
    made = to_pdf.render(wide)
    assert [each for each in _said(made) if not each.startswith("R408")] == []
    assert WORDS[word][:12] in "".join(page.text for page in pages_of(made.content))


def test_text_over_text_stops_a_build_and_text_out_of_its_place_is_told(starter: Path) -> None:
    write_template(starter, "at-a-glance", "<p>below</p><p style='margin-top: -9mm' data-fact=x>above</p>")
    with pytest.raises(
        FindingsError, match=r"html:4: error R406 at-a-glance.en.pdf, page 1: 'above' \(fact x\) is printed over"
    ):
        build(request_for(starter, documents=("at-a-glance",)), Direct())
    assert not (starter / "out" / "sample" / "latest").exists()
    write_template(starter, "at-a-glance", "<p style='margin-left: -9mm'>moved</p>")
    notes: list[Finding] = []
    request = request_for(starter, documents=("at-a-glance",))
    edition = build(request, Direct(), on_note=notes.append)
    assert [(note.code, note.severity) for note in notes] == [("R407", Severity.WARNING)]
    assert [found.code for found in edition.manifest.findings["at-a-glance.en.pdf"]] == ["R407"]
    with pytest.raises(FindingsError, match="R407"):
        build(replace(request, strict=True), Direct())


def test_a_build_tells_it_with_what_to_do(starter: Path, told: Told) -> None:
    write_template(starter, "at-a-glance", "<p>below</p><p style='margin-top: -9mm'>above</p>")
    done = told("build", "--document", "at-a-glance", "--format", "pdf", at=starter)
    assert done.code == 1
    said = "templates/at-a-glance.html:4: error R406 at-a-glance.en.pdf, page 1: 'above' is printed over 'below'\n"
    assert done.err.startswith(said)
    assert "\n    help: shorten it" in done.err
    assert done.err.count("R406") == 1
    assert "Nothing was written for sample" in done.err


letters = st.text("abc가나ế-" + NO_BREAK, min_size=1, max_size=12)


@given(st.lists(letters, min_size=1, max_size=4), letters)
def test_loosening_changes_no_letter(others: list[str], word: str) -> None:
    """Also where the word goes on in an inline element."""
    half = len(word) // 2
    text = " ".join([*others, f"{word[:half]}<b>{word[half:]}</b>"])
    root = fromstring(f"<p>{text}</p>")  # noqa: S314 # our own
    join_words(root)
    joined = "".join(root.itertext())
    assert loosen(root, joined.rsplit(" ", 1)[-1])
    seen = "".join(root.itertext()).replace(JOINER, "").replace(BREAK, "").replace(NO_BREAK, " ")
    assert seen == " ".join([*others, word]).replace(NO_BREAK, " ")
    assert tostring(root, encoding="unicode").count("<b>") == 1


def test_a_word_keeps_two_letters_together_at_its_ends() -> None:
    root = fromstring("<p>x 중앙아프리카 abcdef ab</p>")  # noqa: S314 # our own
    join_words(root)
    for word in "".join(root.itertext()).split(" ")[1:]:
        loosen(root, word)
    loose = "".join(root.itertext()).replace(BREAK, "|").replace(JOINER, "")
    assert loose == "x 중앙|아|프|리카 ab|c|d|ef ab"


def test_an_abbreviation_behind_a_year_begins_a_line_only_where_nothing_else_helps() -> None:
    root = fromstring(f"<p>жовтень{NO_BREAK}2025{NO_BREAK}р.</p>")  # noqa: S314 # our own
    loosen(root, f"жовтень{NO_BREAK}2025{NO_BREAK}р.")
    assert "".join(root.itertext()) == f"жовтень 2025{NO_BREAK}р."
    loosen(root, f"2025{NO_BREAK}р.")
    assert "".join(root.itertext()) == "жовтень 2025 р."


def test_a_word_that_is_not_in_the_block_is_left_alone() -> None:
    root = fromstring("<p>x</p>")  # noqa: S314 # our own
    assert not loosen(root, "y")
