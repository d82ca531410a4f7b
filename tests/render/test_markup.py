"""What a page may hold: nothing that runs, loads, sends or leads astray; and a browser is told so."""

import hashlib
import json
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import tinyhtml5
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.document import Job, TemplateError
from briefgen.model.findings import FindingsError, Location
from briefgen.render import html as to_html
from briefgen.render import markup as markup_of_pages
from briefgen.render import pdf as to_pdf
from briefgen.render import templates
from briefgen.render.markup import POLICY, faults_in, parsed, with_policy
from briefgen.render.screen import script
from briefgen.render.structure import places_of_marks

Make = Callable[..., Job]
HEAD = '<!DOCTYPE html>\n<html lang="en"><head><title>T</title>\n'
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}</svg>"
BOMB = '<path id="a0" d="M0 0h9"/>' + "".join(
    f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>" for level in range(1, 10)
)
RUNS = {
    "<script>alert(1)</script>": "<script> may not be in a page: a page runs no scripts",
    "<SCRIPT SRC=x></SCRIPT>": "<script> may not be in a page",
    "<p onclick='x()'>a</p>": "<p onclick=…> would run a script",
    "<p/onmouseover=x>a</p>": "<p onmouseover=…> would run a script",
    "<details open ontoggle=x>": "<details ontoggle=…> would run a script",
    "<a href='javascript:alert(1)'>x</a>": "a link leads to 'javascript:alert(1)', which is no web address",
    "<a href='java&#10;script:alert(1)'>x</a>": "which holds a sign that no address may hold: U+000A",
    "<a href=' javascript:alert(1)'>x</a>": "which holds a sign that no address may hold: U+0020",
    "<a href='data:text/html,x'>x</a>": "which is no web address",
    "<a href='//example.org'>x</a>": "which is no web address",
    "<a href='www.example.org/contact'>x</a>": "a link leads to 'www.example.org/contact', which is no web address",
    "<a href='WWW.example.org'>x</a>": "which is no web address",
    "<a href='https://u:p@example.org'>x</a>": "which holds a user name or a password",
    "<a href='https://example.org' ping='https://example.org'>x</a>": "<a> has no attribute 'ping'",
    "<iframe srcdoc='x'></iframe>": "<iframe> may not be in a page",
    "<object data=x></object><embed src=x>": "<object> may not be in a page",
    "<form action=x><input formaction=x></form>": "<form> may not be in a page: a page sends nothing",
    "<meta http-equiv=refresh content='0;url=x'>": "<meta> has no attribute 'http-equiv'",
    "<base href='https://example.org'>": "<base> may not be in a page",
    "<link rel=attachment href=look.yaml>": '<link rel="attachment"> may not be in a page',
    "<a rel='noopener Attachment' href=look.yaml>x</a>": "<a rel=attachment> may not be in a page",
    "<template><p>x</template>": "<template> may not be in a page",
    "<style>data::after { content: ' trillion' }</style><data value=x>5</data>": "a style writes ' trillion' beside",
    "<style>td::before { content: '9' }</style><table><tr><td><data value=x>5</data>": "marked as value 'x'",
    "<style>b::before { content: 'not ' }</style><p data-fact=f><b>x</b>": "marked as fact 'f'",
    "<style>:root { --w: 'no ' } p::before { content: var(--w) }</style><p data-status=ok>x": "marked as status 'ok'",
    "<style>data { text-decoration: line-through }</style><data value=x>5</data>": "strikes through what is marked as",
    "<style>p { text-decoration: red Line-Through }</style><p data-fact=f><b>x</b>": "marked as fact 'f'",
    "<p style='text-decoration-line: underline line-through'><b data-status=ok>x</b>": "marked as status 'ok'",
    "<style>:root { --l: line-through } i { text-decoration: var(--l) }</style><i data-fact=v>x</i>": "fact 'v'",
    "<secton>x</secton>": "<secton> may not be in a page",
    "<math><mtext><style><a title='</style><img src onerror=x>'>": "<img onerror=…> would run a script",
    "<noscript><p title='</noscript><img src=x onerror=x>'>": "<noscript> may not be in a page",
    "<img src='data:text/html,x'>": "a picture in <img> is neither SVG, PNG nor JPEG but 'text/html'",
    "<img src='data:image/png;base64,AAAA'>": "a picture in <img> is no PNG picture",
    "<img src='data:image/png;base64,A'>": "a picture in <img> cannot be read: it is no base64",
    "<img src='data:image/png;base64,ö'>": "a picture in <img> cannot be read: it is no base64",
    '<img src="data:image/svg+xml,' + DRAWING.format("<script/>") + '">': "a picture in <img> holds <script>",
    f"<img src='data:image/svg+xml;base64,{b64encode(DRAWING.format(BOMB).encode()).decode()}'>": "unfolds to",
    "<svg><script>x</script></svg>": "<script> may not be in a page",
    "<svg><animate attributeName=href to=javascript:x></svg>": "<animate> may not be in a page",
    "<svg><foreignObject><p>x</foreignObject></svg>": "<foreignObject> may not be in a page",
    "<svg onload=x></svg>": "<svg> runs a script (onload)",
    "<svg><use href='https://example.org/x.svg#a'/></svg>": "<use> refers to something outside itself",
    "<svg><use xlink:href='x.svg#a'/></svg>": "<use> refers to something outside itself",
    "<svg><path fill='url(https://example.org)'/></svg>": "<path> refers to something outside itself",
    f"<svg>{BOMB}</svg>": "a drawing (<svg>) unfolds to more than 10,000 shapes",
    "<svg>" * 5_000: "a drawing (<svg>) is nested more than 60 deep",
    "<svg><g id=a><use href='#b'/></g><g id=b><use href='#a'/></g></svg>": "a drawing (<svg>) refers to itself (#a)",
    "<p style='background: url(//example.org)'>": "the style of <p>",
    "<p style='background: u\\72l(//example.org)'>": "the style of <p>",
    "<p style='x: expression(1)'>": "the style of <p> holds expression(...)",
    "<style>@import 'x';</style>": "<style> holds @import",
    "<style>@\\69mport 'x';</style>": "<style> holds @import",
    "<style>@media print { @import 'x'; }</style>": "<style> holds @import",
    "<style>p { background: image-set('x' 1x) }</style>": "<style> holds image-set(...)",
    "<style>p { background: URL( 'https://example.org' ) }</style>": "<style>",
    "<style>p { grid-template-columns: repeat(100000, 1px) }</style>": "<style> holds 100000-fold repeat",
    f"<style>{'p { ' * 500}</style>": "<style> holds 21-fold nesting, which is beyond any page",
    f"<style>p {{ width: {'(' * 5_000} }}</style>": "<style> holds 21-fold nesting, which is beyond any page",
    f"<style>{'p,' * 6_000}p {{}}</style>" * 2: "has more rules and selectors than a page needs",
    f"<style>{'; ' * 70_000}</style>" * 2: "<style> is not read: with it, the styles of this page",
    "<style>p { background: attr(data-x url) }</style>": "<style> holds attr(...), which may load something",
    "<p>x<meta charset='utf-7'>": "<meta> says that the page is in 'utf-7'",
    "<p>a&#x202e;b": "a bidirectional control U+202E RIGHT-TO-LEFT OVERRIDE stands in or behind <p>",
    "<b>a</b>&#27;[31m": "a control character U+001B ESCAPE stands in or behind <b>",
    "<p title='a&ZeroWidthSpace;b'>": "an invisible sign U+200B ZERO WIDTH SPACE stands in or behind <p>",
    "<style>p::before { content: '\\202e x' }</style>": "U+202E RIGHT-TO-LEFT OVERRIDE stands in <style>",
    "<p style='quotes: \"\\1b\"'>": "a control character U+001B ESCAPE stands in the style of <p>",
    "<meta name=Referrer content=unsafe-url>": "<meta name=referrer> may tell other sites where the page was read",
    "<table><col span=1000000000><tr><td>x": "<col span=1000000000> is more than any table has",
    "<table><tr><td colspan=+001000>x": "<td colspan=+001000> is more than any table has",
    "<style>p { background: attr(data-x type(<url>)) }</style>": "<style> holds attr(...), which may load something",
    "<style>@namespace 'x'; @color-profile --x { src: url(x) }</style>": "<style> holds @namespace",
}


LEADS = {
    "<style>@meda print { p { color: red } }</style>": "which may load something; did you mean '@media'?",
    "<font color=red>x</font>": "may not be in a page: no document holds one; write <span style",
    "<o:p></o:p>": "may not be in a page: no document holds one; take it away: programs for letters write such",
    "<a href='desk@example.org'>x</a>": "write mailto:desk@example.org",
    "<a href='https://example.org/a b'>x</a>": "write %20 for a space: https://example.org/a%20b",
    "<a href='C:\\Docs\\memo.docx'>x</a>": "a link leads to the web, to a place in the page",
}


@pytest.mark.parametrize("markup", LEADS)
def test_what_to_write_is_said(markup: str) -> None:
    said = [f"{each.message}; {each.hint}" for each in faults_in(parsed(f"{HEAD}</head><body>{markup}"), paper=False)]
    assert any(LEADS[markup] in each for each in said), said


def test_r410_a_drawing_says_what_it_shows_on_paper() -> None:
    for title, told in (("", 1), ("<title> </title>", 1), ("<title>x</title>", 0)):
        page = f"{HEAD}</head><body><svg viewBox='0 0 9 9'>{title}<path d='M0 0'/></svg>"
        assert (len(_faults(page, paper=True)), len(_faults(page))) == (told, 0)


UNEVEN = {
    "<table><tr><td>x<td>y<tr><td>x<td>y<td>z": "this row of a table has 3 cells, the first one 2",
    "<table><thead><tr><th>x<th>y<tbody><tr><td>x": "this row of a table has 1 cells, the first one 2",
    "<table><tr><td colspan=3>x<tr><td rowspan=2 colspan=2>x<td>y<tr><td>x<td>y": "has 4 cells, the first one 3",
    "<h2> <b></b></h2>": "<h2> has no words",
    "<h2>x</h2><h4>y</h4>": "<h4> stands below <h2>, with a level left out",
    "<li>x</li>": "<li> stands in no list",
    "<p id=a><a href='#b'>x</a>": "a link leads to '#b', and nothing on this page has that id",
}


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("markup", UNEVEN)
def test_r410_rows_headings_and_links_that_are_not_whole(markup: str, paper: bool) -> None:
    (told,) = _faults(f"{HEAD}</head><body>{markup}", paper)
    assert UNEVEN[markup] in told


def _faults(markup: str, paper: bool = False) -> list[str]:
    return [fault.message for fault in faults_in(parsed(markup), paper)]


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("markup", RUNS)
def test_r410_what_runs_loads_or_sends_is_refused(markup: str, paper: bool) -> None:
    for body in (markup, f"<table><tr><td>{markup}", f"<section title='<!--'>{markup}"):
        assert any(RUNS[markup] in fault for fault in _faults(f"{HEAD}</head><body>{body}", paper)), body


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize(
    "markup",
    [
        "<style>b { text-decoration: line-through }</style><b>x</b><p data-fact=f>5</p>",
        "<style>s, p { text-decoration: line-through } p { text-decoration: none }</style><p data-fact=f><s>5</s></p>",
        "<style>p { text-decoration: line-through }</style><del><p data-fact=f>5</p></del>",
        "<style>li { text-decoration: line-through }</style><li data-fact=f>5 <b class='status withdrawn'>x</b>",
        "<style>p { text-decoration: line-through } b { display: inline-block }</style><p><b data-fact=f>x</b>",
        f"<style>{'p { ' * 500} text-decoration: line-through</style><p data-fact=f>x",
    ],
)
def test_what_is_not_struck_through_or_said_to_have_ended_may_be_in_a_page(markup: str, paper: bool) -> None:
    assert not [fault for fault in _faults(f"{HEAD}</head><body>{markup}", paper) if "strikes" in fault]


def test_a_line_through_figures_is_told_for_the_medium_that_has_it() -> None:
    for medium, paper in (("print", True), ("screen", False)):
        style = f"<style>@media {medium} {{ data {{ text-decoration: line-through }} }}</style>"
        page = f"{HEAD}{style}</head><body><data value=x>5</data>"
        assert [len(_faults(page, paper)), len(_faults(page, not paper))] == [1, 0]


def test_of_endless_faults_those_are_told_that_somebody_may_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(return_value="")
    monkeypatch.setattr(markup_of_pages, "did_you_mean", asked)
    told = _faults(f"{HEAD}</head><body>{'<p a b c>' * 5_000}")
    assert told[:2] == ["<p> has no attribute 'a' in a page", "<p> has no attribute 'b' in a page"]
    assert (len(told), told[-1]) == (1_001, "from here on nothing more is told")
    assert asked.call_count == 1_001


@pytest.mark.parametrize("text", ["", " \n", "{# nothing #}", "<html><body></body></html>"])
def test_a_template_that_prints_nothing_is_told(text: str, tiny_job: Make) -> None:
    for format, module in (("html", to_html), ("pdf", to_pdf)):
        with pytest.raises(TemplateError, match="it prints nothing"):
            module.render(tiny_job(text, format=format))


@pytest.mark.parametrize("address", ["data:text/html,<b>x</b>", "data:image/svg+xml,<svg><script/></svg>"])
def test_a_document_in_an_address_is_no_open_quote(address: str, tiny_job: Make) -> None:
    with pytest.raises(FindingsError) as caught:
        to_html.render(tiny_job(f"<html lang=en><title>x</title>\n<p><img alt='' src='{address}'>x"))
    assert [each.message.startswith("a picture in <img> ") for each in caught.value.findings] == [True]


HARMLESS = (
    "<style>b::before { content: '▪ ' } i::after { content: counter(x) '. ' }</style><p data-fact=f><b>x</b><i>y</i>",
    "<style>body::before { content: 'Draft' } h2::after { content: 'x' }</style><h2>x</h2><p data-fact=f>x",
    "<p class=x data-fact=y aria-label=z title='<script>'>x</p>",
    "<!-- <script>x</script> --><p>&lt;script&gt;</p>",
    "<a id=x href='#x'>x</a><a href='#top'>x</a><a href='#f?side=KR'>x</a><p data-fact=f>x</p>",
    "<table><tr><td>x<td>y<tbody><tr><td rowspan=2>x<td>y<tr><td>y<tr><td colspan=2>x",
    "<table><thead><tr><td>x<td>y<tbody><tr><td>x<td><table><tr><td>z</table>",
    "<h2>x</h2><h1>x</h1><h2><img alt=x></h2><h3>y</h3><h2>x</h2>",
    "<a href='https://example.org/x' rel='noopener'>x</a><a href='mailto:desk@example.org'>x</a>",
    "<a href='full-briefing.ko.html#names'>x</a>",
    "<img alt='' src=\"data:image/svg+xml," + DRAWING.format("<path d='M0 0h9v9z'/>").replace("#", "%23") + '">',
    "<svg viewBox='0 0 9 9'><defs><path id='a' d='M0 0'/></defs><use href='#a' fill='url(#b)'/><text>x</text></svg>",
    "<style>@media print { p { color: red } } @page { @top-left { content: 'x' } } p { content: 'url(x)' }</style>",
    "<style>p::before { content: '\\2713\\fe0e' '\\a' }</style><p>a\u2060b \u2068c\u2069 d&nbsp;e",
    "<style>/* @import 'x' */ p { background: url(#a) }</style>",
    "<details><summary>x</summary><p style='width: 40%'>x</p></details>",
)


@pytest.mark.parametrize("markup", HARMLESS)
def test_what_only_shows_something_is_not(markup: str) -> None:
    assert _faults(f"{HEAD}</head><body>{markup}") == []


def test_a_page_that_stands_alone_takes_no_file_and_one_on_paper_takes_those_of_the_templates() -> None:
    for markup, said in (
        ("<img alt=x src=own.png>", "there is no file 'own.png' in the templates folder"),
        ("<style>p { background: url('style/own.svg') }</style>", "which no edition holds"),
    ):
        assert said in _faults(markup)[0]
        assert _faults(markup, paper=True) == []
    assert "is no file of the templates folder" in _faults("<img alt=x src=https://example.org/x.png>", paper=True)[0]


STRIKES = "b { text-decoration: underline } data { text-decoration: line-through red !important }"


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_each_fault_stands_at_its_template_and_line(format: str, tiny_job: Make) -> None:
    """Several at once; a style's in the sheet that says it; what a value says behind the tag before it."""
    job = tiny_job(
        HEAD + "<style>{% include 'style/own.css' %}</style></head>\n<body>\n{% include 'parts/own.html' %}\n"
        "{% if page %}\n<p>x</p>\n<p title='{{ page.lang }}'\n  onclick='x'>{{ '<script>' | safe }}</p>{% endif %}",
        format=format,
    )
    own = next(folder for folder in map(str, job.folders))
    _write(own, "style/own.css", f"p {{ color: red }}\n\nb {{ background: url(https://example.org/x) }}\n{STRIKES}\n")
    _write(own, "parts/own.html", "<p>\n</p>\n{# a remark\n#}\n<iframe></iframe>\n<data value=x>5</data>")
    with pytest.raises(FindingsError) as refused:
        (to_html if format == "html" else to_pdf).render(job)
    found = [f"{each.location} {each.code}".removeprefix(f"{own}/") for each in refused.value.findings]
    assert found == [
        "style/own.css:3:21 R410",
        "parts/own.html:5:1 R410",
        "tiny.html:8:1 R410",
        "tiny.html:8:1 R410",
        "style/own.css:4:41 R410",
    ]


def test_what_is_no_file_is_not_waited_for(templates: Path, tiny_job: Make) -> None:
    """Where the sheet is looked for that a style stands in."""
    os.mkfifo(templates / "pipe.css")
    with pytest.raises(FindingsError, match=r"tiny\.html:3:\d+: error R410"):
        to_html.render(tiny_job(f"{HEAD}<style>p {{ background: url(https://example.org/x) }}</style>"))


def _write(folder: str, name: str, text: str) -> None:
    path = Path(folder, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


AS_EVER = (
    *("<p>", "<div>", "</div>", "<table>", "<tr>", "<td class=x>", "</td>", "</table>", "<ul><li>a<li>b</ul>"),
    *("<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<span lang='ko'>", "</span>", "<img src=x alt>"),
    *("<br>", "<hr>", "<h2 ID=a id=b>", "</h2>", "<style>a > b {}</style>", "<details open>", "</details>"),
    *("<svg viewbox='0 0 1 1'>", "<use xlink:href='#a'/>", "<path d='M0'/>", "<title>x</title>", "<desc>", "</svg>"),
    *("text ", "&amp;", "&lt", "&nosuch;", "&#x41;", "\u00a0", "\ud55c", "\U0001f600", "<!--a b-->", "< ", "\n", "\0"),
)
"""Markup that HTML reads today as it did ten years ago."""


def _told(element: Any) -> list[Any]:
    tag = element.tag if isinstance(element.tag, str) else "<!--"
    own = (tag, sorted(element.attrib.items()), element.text or "", element.tail or "")
    return [own, *(line for child in element for line in _told(child))]


@given(st.lists(st.sampled_from(AS_EVER), max_size=8).map("".join))
def test_a_page_is_read_as_another_reader_of_html_has_it(markup: str) -> None:
    page = f"<!doctype html>{markup}"
    assert _told(parsed(page)) == _told(tinyhtml5.parse(page, namespace_html_elements=False))


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("", ["html", "head", "body"]),
        ("<select><b>x", ["html", "head", "body", "select", "b"]),  # as HTML has it since 2025
        ("<template><b>x</b></template>", ["html", "head", "template", "body"]),
        (f"<p>{'<i>' * 20_000}", ["html", "head", "body", "p", *["i"] * 20_000]),
    ],
)
def test_any_markup_is_a_tree(markup: str, names: list[str]) -> None:
    assert [element.tag for element in parsed(markup).iter()] == names


START = (
    "<!DOCTYPE html>\n<html><head>",
    "<!doctype html><p>",
    "<p>",
    "<head class=x>",
    "<!doctype html>\n<!-- our <head> -->\n<html lang='>' class=\"'>\"><!-- ' --><head>",
    "<!DOCTYPE html><HTML LANG=en>\n<HEAD>",
    "<html><title>a <head> of",
    "<header>",
)


@pytest.mark.parametrize("start", START)
def test_a_browser_is_told_to_run_and_load_nothing(start: str) -> None:
    page = with_policy(f"{start}<title>x</title>")
    root = parsed(page)
    assert root.find("head")[0].get("content") == POLICY
    assert page.lower().startswith(start[:9].lower()) or not start.lower().startswith("<!doc")
    assert "script-src" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_one_script_may_run_and_it_is_the_programs_own(tiny_job: Make) -> None:
    page = to_html.render(tiny_job(f"{HEAD}</head><body>x</body></html>")).content.decode()
    (allowed,) = re.findall(r"script-src '(.*?)'", page)
    (run,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert allowed == "sha256-" + b64encode(hashlib.sha256(run.encode()).digest()).decode()
    assert run == script()


def test_what_the_page_says_of_itself_to_programs_cannot_end_its_element(tiny_job: Make) -> None:
    job = tiny_job(f"{HEAD}</head><body>x</body></html>")
    masthead = replace(job.page.masthead, title="</script><script>alert(1)</script>")
    page = to_html.render(replace(job, page=replace(job.page, masthead=masthead))).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["name"] == "</script><script>alert(1)</script>"
    assert page.count("<script") == 2


def _font(width: int) -> bytes:
    """A font whose one letter is a box of this width."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({ord("A"): "A"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width, 700))
    pen.lineTo((width, 0))
    pen.closePath()
    builder.setupGlyf(dict.fromkeys((".notdef", "A"), pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "A"), (width, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": {"en": "House Sans"}})
    builder.setupOS2()
    builder.setupPost()
    content = BytesIO()
    builder.save(content)
    return content.getvalue()


def test_a_page_brings_the_letters_of_the_font_as_it_is_now(tiny_job: Make, templates: Path) -> None:
    """Also where another font was saved in its place since the last page."""
    job = tiny_job(f"{HEAD}</head><body>A</body></html>")
    ours = replace(job, page=replace(job.page, lang="ko"), look=replace(job.look, font="House Sans"))
    (templates / "fonts").mkdir()
    made = []
    for width in (500, 600):
        (templates / "fonts" / "house.ttf").write_bytes(_font(width))
        made.append(to_html.render(ours).content)
    assert [content.count(b"@font-face") for content in made] == [1, 1]
    assert made[0] != made[1]


def test_the_preview_runs_no_script(tiny_job: Make) -> None:
    job = replace(tiny_job(f"{HEAD}</head><body>x</body></html>"), traced=True)
    assert b"<script" not in to_html.render(job).content


def test_a_page_carries_the_policy_and_its_fingerprint_does_not_change_by_it(tiny_job: Make) -> None:
    job = tiny_job(f"{HEAD}</head><body>x")
    document = to_html.render(job)
    assert re.search(rb'<head>\n<meta http-equiv="Content-Security-Policy"', document.content)
    assert document.fingerprint == to_html.outline(job).fingerprint


PIECES = (
    *("<", ">", "/", "=", "'", '"', "!--", "-->", "script", "svg", "style", "p", "a", "href", "onclick", "x", " "),
    *("\n", "table", "title", "math", "template", "url(", "@import", "\\", "&lt;", "\0", "]]>", "<![CDATA["),
)
pieces = st.sampled_from(PIECES)


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_page_is_judged_and_what_passes_holds_no_script(markup: str) -> None:
    root = parsed(markup)
    if not [*faults_in(root, paper=False)]:
        tags = _tags(root)
        assert not {"script", "iframe", "template", "form"} & {*tags}
        assert not any(key.startswith("on") for each in root.iter() for key in each.attrib)


def _tags(root: Iterable[object]) -> list[str]:
    return [str(each.tag) for each in root.iter()]  # type: ignore[attr-defined] # an element of a tree


def test_the_files_are_read_once_for_all_faults(tiny_job: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[object] = []

    def walk(folder: object) -> Iterable[object]:
        walked.append(folder)
        return iter(())

    monkeypatch.setattr(templates, "files_below", walk)
    styles = "".join(f"p {{ background: url(https://example.org/{number}) }}" for number in range(99))
    with pytest.raises(FindingsError) as refused:
        to_html.render(tiny_job(f"{HEAD}<style>{styles}</style>"))
    assert len(refused.value.findings) == 99
    assert len(walked) < 10


def test_what_a_block_of_their_own_does_to_a_table_is_told_in_their_file() -> None:
    """The rows stand in the shipped one."""
    own, shipped = "/desk/templates", "/program/templates"
    head, row = f"<!--@4:5:{shipped}/a.html--><tr><th>x", f"<!--@8:5:{shipped}/a.html--><tr data-fact=f>"
    added, extra = f"<!--@3:7:{own}/a.html--><th>y", f"<!--@6:9:{own}/a.html--><td>"
    for rows, place in (
        (head + added + row + "<td>x", (f"{own}/a.html", 3, 7)),
        (head + row + "<td>x" + extra, (f"{own}/a.html", 6, 9)),
        (head + row, (f"{shipped}/a.html", 8, 5)),
    ):
        (fault,) = faults_in(parsed(f"<table>{rows}</table>"), False, (own, shipped))
        assert (fault.place, "this row of a table" in fault.message) == (place, True)
    page = parsed(f"<table>{head}{row}<td>text{row}{extra}</table>")
    assert places_of_marks(page, (own, shipped)) == {"fact 'f'": Location(f"{own}/a.html", 6, 9)}
