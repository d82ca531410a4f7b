"""The PDF, made by the real engine: its claims, its structure, its fonts, and its Korean lines."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Direct, Told, request_for, write_template

from briefgen.build import build
from briefgen.model.document import Job, Page, RenderedFile, TemplateError
from briefgen.model.findings import Finding, FindingsError, Severity, shortened
from briefgen.model.views import Run
from briefgen.render import pdf as to_pdf
from briefgen.render.pdf_words import JOINER

from .jobs import saying
from .pdfs import A4, bookmarks_of, boxes_of, fonts_of, metadata_of, opened, structure_of, text_of

Make = Callable[..., Job]

HEAD = '<!DOCTYPE html>\n<html lang="{{ page.lang }}"><head><title>{{ page.masthead.title }}</title>'
STYLE = "<style>@page { size: A4; margin: 20mm } div { width: 58mm }</style></head>"
BODY = (
    "<body><h1>한국과 베트남의 정상회의</h1><h2>{{ page.masthead.title }}</h2><div><p>{{ page.bottom_line.text }}</p>"
    "<table><thead><tr><th>Kind</th></tr></thead><tbody><tr><td>100억</td></tr></tbody></table></div></body></html>"
)
KOREAN = (
    Run("두 나라는 교역액을 2030년까지 "),
    Run("1,500억 달러", "150 billion USD"),
    Run("로 늘리고, 액화천연가스(LNG) 분야에서 “협력”을 강화하기로 했으며, 한국은 "),
    Run("2026년 11월 21일~23일", "2026-11-21/2026-11-23"),
    Run("에 열리는 아시아태평양경제협력체(APEC) 정상회의에서 지지를 요청했다. "),
)


@pytest.fixture(scope="module")
def korean(page: Page) -> Page:
    """A page whose bottom line is three sentences in Korean."""
    titled = replace(page.masthead, title="한국–베트남 & 친구들")
    return replace(saying(page, *KOREAN * 3), lang="ko", masthead=titled)


@pytest.fixture
def document(korean: Page, tiny_job: Make) -> RenderedFile:
    """The page laid out in a narrow column."""
    return to_pdf.render(tiny_job(HEAD + STYLE + BODY, format="pdf", page=korean))


def test_it_claims_archiving_and_accessibility_in_one_packet(document: RenderedFile) -> None:
    (packet,) = metadata_of(opened(document.content))
    ElementTree.fromstring(packet.partition("?>")[2].rpartition("<?xpacket")[0])  # noqa: S314 # our own file
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert packet.count("pdfaExtension:schemas>") == 2


def test_it_is_tagged_and_says_its_language_and_title(document: RenderedFile, korean: Page) -> None:
    pdf = opened(document.content)
    assert str(pdf.Root.Lang) == "ko"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == korean.masthead.title
    assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= structure_of(pdf)


def test_its_pages_are_a4(document: RenderedFile) -> None:
    assert [box == pytest.approx(A4, abs=0.1) for box in boxes_of(document.content)] == [True]


def test_its_fonts_are_the_shipped_ones_and_embedded(document: RenderedFile) -> None:
    fonts = set(fonts_of(opened(document.content)))
    assert fonts == {("Pretendard", True), ("Pretendard-Bold", True)}


def test_no_other_font_of_this_machine_is_used(tiny_job: Make) -> None:
    """Neither one that is asked for nor the usual ones that any system names."""
    text = "<p style='font-family: DejaVu Sans'>a</p><p style='font-family: monospace'>b</p><p>c</p>"
    document = to_pdf.render(tiny_job(f"<html lang=en><title>x</title><body>{text}", format="pdf"))
    assert {name for name, _ in fonts_of(opened(document.content))} == {"Pretendard"}


@pytest.mark.parametrize("strict", [True, False])
def test_a_sign_that_no_font_has_is_refused(strict: bool, tiny_job: Make) -> None:
    job = tiny_job("<html lang=en><title>x</title><body>漢", format="pdf", strict=strict)
    with pytest.raises(TemplateError, match=r'no font has the sign "漢" \(U\+6F22\); write it otherwise'):
        to_pdf.render(job)


def test_of_a_script_without_a_font_no_more_signs_are_told_than_a_message_holds(tiny_job: Make) -> None:
    """Cut in the middle, the message left a finding that said nothing but its help."""
    job = tiny_job("<html lang=en><title>x</title><body>漢字文化圏東京日本語政府", format="pdf")
    with pytest.raises(TemplateError) as told:
        to_pdf.render(job)
    assert str(told.value).count("no font has the sign") == 8
    assert shortened(str(told.value)) == str(told.value)


def test_its_bookmarks_are_the_headings(document: RenderedFile, korean: Page) -> None:
    assert bookmarks_of(opened(document.content)) == ["한국과 베트남의 정상회의", korean.masthead.title]


def test_no_korean_word_is_broken(document: RenderedFile, korean: Page) -> None:
    """Text comes back line by line, so a broken word would come back as two."""
    text = text_of(document.content)
    assert JOINER not in text
    assert f" {str(korean.bottom_line.text).strip()} " in f" {text} "  # type: ignore[union-attr] # made above


def test_without_joiners_words_are_broken(korean: Page, tiny_job: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test before can fail."""
    monkeypatch.setattr(to_pdf, "join_words", lambda _: None)
    document = to_pdf.render(tiny_job(HEAD + STYLE + BODY, format="pdf", page=korean))
    assert str(korean.bottom_line.text).strip() not in text_of(document.content)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("<html><title>x</title>", "x", 'Missing required "lang" attribute'),
        ("<html lang=en><title>x</title>", "<img src='data:image/png;base64,xx'>", "a picture in <img> cannot be read"),
        ("<html lang=en><title>x</title>", "<a href='#nowhere'>x</a>", "nowhere"),
        ("<html lang=en>", "x", "the document has no <title>"),
        ("<html lang=en><title> </title>", "x", "the document has no <title>"),
    ],
)
def test_what_would_make_a_claim_untrue_is_refused(head: str, body: str, said: str, tiny_job: Make) -> None:
    with pytest.raises((TemplateError, FindingsError), match=said):
        to_pdf.render(tiny_job(f"{head}<body>{body}", format="pdf"))


def test_a_picture_needs_a_description(templates: object, tiny_job: Make) -> None:
    square = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
    job = tiny_job(f'<html lang=en><title>x</title><body><img src="{square}" width=9 height=9>', format="pdf")
    with pytest.raises(FindingsError, match="<img> has no words for a reader who cannot see the picture"):
        to_pdf.render(job)


def test_an_unknown_property_stops_a_strict_build_only(tiny_job: Make) -> None:
    text = "<html lang=en><title>x</title><body><p style='text-wrap: balance'>x</p>"
    assert to_pdf.render(tiny_job(text, format="pdf")).content.startswith(b"%PDF-1.7")
    with pytest.raises(TemplateError, match="text-wrap"):
        to_pdf.render(tiny_job(text, format="pdf", strict=True))


def test_what_the_engine_ignores_is_told_after_the_build_once(starter: Path) -> None:
    """A property that paper has not, of both documents, and one of a single document; a strict build stops at them."""
    style = "<style>p { text-wrap: balance; }</style>"
    write_template(starter, "at-a-glance", "<p>x", head=style)
    left_out = "{% include 'parts/left-out.html' %}"
    write_template(starter, "full-briefing", f"<p style='ruby-align: center'>x</p>{left_out}", head=style)
    notes: list[Finding] = []
    with pytest.raises(FindingsError, match="R401 Ignored `text-wrap: balance`"):
        build(request_for(starter, strict=True), Direct())
    assert build(request_for(starter), Direct(), on_note=notes.append).new
    assert [(note.location.file, note.code, note.severity) for note in notes] == [
        ("templates/at-a-glance.html", "R405", Severity.WARNING),
        ("templates/full-briefing.html", "R405", Severity.WARNING),
    ]
    assert notes[0].message.startswith("Ignored `text-wrap: balance`")
    assert notes[0].message.endswith("'text-wrap' is for screens; paper does not know it (1 more document too)")
    assert "ruby-align" in notes[1].message


def test_a_build_shows_a_misspelt_property(starter: Path, told: Told) -> None:
    write_template(starter, "at-a-glance", "<p style='colour: red'>x")
    settings = 'timezone = "UTC"\nlanguages = ["en"]\ndocuments = ["at-a-glance"]\n'
    (starter / "briefgen.toml").write_text(settings, encoding="utf-8")
    assert told("build", "--strict", at=starter).code == 1
    done = told("build", at=starter)
    assert done.code == 0
    assert done.err.startswith("templates/at-a-glance.html:4:11: warning R405 'colour' is no property\n")
    assert "help: did you mean 'color'?" in done.err


@pytest.mark.parametrize(
    "style", ["<style>i { float: footnote }</style>", '<link rel="stylesheet" href="own.css">', ""], ids=str
)
def test_a_footnote_has_its_number_where_styles_make_one(style: str, tiny_job: Make, templates: Path) -> None:
    """The engine's own styles have it, and that takes time for every element."""
    (templates / "own.css").write_text("i { float: footnote }", encoding="utf-8")
    at_once = ' style="float: footnote"' if not style else ""
    body = f"{style}</head><body><h1>Trade</h1><p>It grew<i{at_once}>by a tenth</i>.</p></body></html>"
    assert "1. by a tenth" in text_of(to_pdf.render(tiny_job(HEAD + body, format="pdf")).content)
