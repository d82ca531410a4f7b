"""The shipped workspace, built whole: what holds for every document in every language and format."""

import json
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import PROJECT
from fontTools.ttLib import TTFont
from render.conformance import faults
from render.pdfs import A4, bookmarks_of, boxes_of, fonts_of, lines_of, metadata_of, opened, structure_of, text_of

from briefgen.read.languages import read_languages
from briefgen.read.workspace import find_workspace
from briefgen.render.html import marks_in

SETTINGS = find_workspace(PROJECT).settings
NAMES = [f"{document}.{code}" for document in SETTINGS.documents for code in SETTINGS.languages]
FETCHED = {"src", "srcset", "data", "poster", "background", "xlink:href", "action", "manifest"}
"""Attributes that a browser follows by itself; `href` only where it is no link for the reader."""
INLINE = {"a", "abbr", "b", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
COUNTED = re.compile(
    r'<td class="courtesies".*?</td>'
    r'|<table class="occasion older">.*?</table>'
    r'|<details class="stale-list">.*?</details>',
    re.DOTALL,
)
"""What paper only counts: courtesies, occasions long before the last meeting of leaders, and facts past review."""
JOINERS = "\u2060\u200b\ufeff"
LARGEST = 450_000
"""Bytes of a PDF or a page, which go through any mail and load on any phone."""
LARGEST_WITH_LETTERS = 700_000
"""Bytes of a page that brings letters of its own."""


def test_every_document_comes_out_in_every_language_and_format(shipped: Path) -> None:
    made = {path.name for path in shipped.iterdir()} - {"manifest.json", "briefing.json", "briefing.schema.json"}
    assert made == {f"{name}.{format}" for name in NAMES for format in SETTINGS.formats}


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_keeps_its_claims(name: str, shipped: Path) -> None:
    content = (shipped / f"{name}.pdf").read_bytes()
    pdf = opened(content)
    (packet,) = metadata_of(pdf)
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert str(pdf.Root.Lang).partition("-")[0] == name.rpartition(".")[2]
    assert str(pdf.docinfo["/Title"]).strip()
    assert bool(pdf.Root.MarkInfo.Marked)
    assert {"/Document", "/H1", "/H2", "/P"} <= structure_of(pdf)
    assert bookmarks_of(pdf)
    assert not set("".join(bookmarks_of(pdf))) & set(JOINERS)
    assert [box == pytest.approx(A4, abs=0.1) for box in boxes_of(content)] == [True] * len(pdf.pages)
    fonts = set(fonts_of(pdf))
    assert {font.partition("-")[0] for font, _ in fonts} == {"Pretendard"}
    assert all(embedded for _, embedded in fonts)


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_has_all_that_its_claims_ask_for(name: str, shipped: Path) -> None:
    content = (shipped / f"{name}.pdf").read_bytes()
    pdf = opened(content)
    assert faults(pdf) == []
    attached = json.loads(pdf.Root.AF[0].EF.F.read_bytes())
    assert attached == in_language(json.loads((shipped / "briefing.json").read_bytes()), name.rpartition(".")[2])
    assert len(content) < LARGEST


def test_a_page_stays_small(shipped: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in shipped.glob("*.html")}
    assert len(sizes) == len(NAMES)
    most = {name: LARGEST if name.endswith(".en.html") else LARGEST_WITH_LETTERS for name in sizes}
    assert {name: size for name, size in sizes.items() if size >= most[name]} == {}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(".en")])
def test_a_page_brings_every_letter_that_it_prints_in_both_weights(name: str, shipped: Path) -> None:
    page = (shipped / f"{name}.html").read_text(encoding="utf-8")
    fonts = re.findall(r"url\(data:font/woff;base64,([^)]+)\)", page)
    assert len(fonts) == 2
    text = re.sub(r"<(style|script|meta)\b.*?(</\1>|>\n)", "", page, flags=re.DOTALL)
    letters = {ord(sign) for sign in text if sign.isalpha()}
    assert len(letters) > 100
    for each in fonts:
        with TTFont(BytesIO(b64decode(each))) as font:
            assert letters - font.getBestCmap().keys() == set()
            assert len(font.getGlyphOrder()) < 3 * len(letters)
            assert {"kern", "tnum"} <= {each.FeatureTag for key in ("GPOS", "GSUB") for each in features(font[key])}


def features(table: Any) -> list[Any]:
    """The features of a table of a font."""
    return list(table.table.FeatureList.FeatureRecord)


def in_language(data: Any, code: str) -> Any:
    """The data with the texts of one language only."""
    match data:
        case dict() if set(SETTINGS.languages) <= data.keys():
            return {code: data[code]}
        case dict():
            return {key: in_language(each, code) for key, each in data.items()}
        case list():
            return [in_language(each, code) for each in data]
        case _:
            return data


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_pdf_can_be_searched(name: str, shipped: Path) -> None:
    text = text_of((shipped / f"{name}.pdf").read_bytes())
    assert not set(text) & set(JOINERS + "\ufffd\0")
    assert len(text) > 500


@pytest.mark.parametrize("code", SETTINGS.languages)
def test_the_full_briefing_stays_short(code: str, shipped: Path) -> None:
    """Its body has at most six pages, the first At a glance; with the annexes (at most seven), thirteen."""
    content = (shipped / f"full-briefing.{code}.pdf").read_bytes()
    assert len(boxes_of(content)) <= 13
    with pypdfium2.PdfDocument(content) as pdf:
        start = {mark.get_title(): mark.get_dest() for mark in pdf.get_toc() if mark.level == 1}
        labels = read_languages(find_workspace(PROJECT), SETTINGS.languages)[code]
        annex = start[labels.label("Further statements")]
        page, (_, top, *_), height = annex.get_index(), annex.get_view()[1], pdf[annex.get_index()].get_height()
        assert start[labels.label("The relationship in brief")].get_index() == 1
    assert page < 6 or (page == 6 and height - top < 90), "the annex begins at the top of the seventh page, or before"


@pytest.mark.parametrize("code", SETTINGS.languages)
def test_at_a_glance_is_one_page(code: str, shipped: Path) -> None:
    assert len(boxes_of((shipped / f"at-a-glance.{code}.pdf").read_bytes())) == 1


def test_at_a_glance_has_the_same_rows_in_every_language(shipped: Path) -> None:
    files = [shipped / f"at-a-glance.{code}.html" for code in SETTINGS.languages]
    first, *others = [Counter(marks_in(file.read_text(encoding="utf-8"))) for file in files]
    assert first
    assert all(other == first for other in others)


@pytest.mark.parametrize("name", NAMES)
def test_no_korean_word_goes_on_in_the_next_line(name: str, shipped: Path) -> None:
    """Two pieces of a word, one at a line's end and one at the next line's start, would be one word in the HTML."""
    words = set(_Markup((shipped / f"{name}.html").read_text(encoding="utf-8")).text.split())
    assert list(_broken(lines_of((shipped / f"{name}.pdf").read_bytes()), words)) == []


def _broken(lines: list[str], words: set[str]) -> Iterator[str]:
    for line, following in pairwise(lines):
        if line.split() and following.split():
            one, other = line.split()[-1], following.split()[0]
            if re.search("[가-힣]", one + other) and one + other in words and not {one, other} <= words:
                yield f"{one}|{other}"


def test_a_broken_word_would_be_found() -> None:
    words = {"한국과", "정상회의를", "열었다."}
    assert list(_broken(["한국과 정상회", "의를 열었다."], words)) == ["정상회|의를"]
    assert list(_broken(["한국과", "정상회의를 열었다."], words)) == []


class _Markup(HTMLParser):
    """The words of a page, and everything it would fetch."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text, self.style, self.inside = "", "", ""
        self.language = ""
        self.fetched: list[str] = []
        self.values: list[str] = []
        self.scripts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.language = self.language or known.get("lang", "")
        self.scripts += [f"{tag} {known.get('type', '')}"] if tag == "script" else []
        self.scripts += [name for name in known if name.startswith("on")]
        followed = FETCHED | ({"href"} if tag not in {"a", "area"} else set())
        self.fetched += [value for name, value in known.items() if name in followed]
        self.style += known.get("style", "")
        self.values += [known.get("value", "")] if tag == "data" else []
        self.inside = tag if tag in {"style", "title"} else ""
        self.text += "" if tag in INLINE else " "

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""
        self.text += "" if tag in INLINE else " "

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            self.style += data
        elif not self.inside:
            self.text += data


@pytest.mark.parametrize("name", NAMES)
def test_no_id_of_a_page_is_there_twice_and_every_link_within_it_leads_somewhere(name: str, shipped: Path) -> None:
    markup = (shipped / f"{name}.html").read_text(encoding="utf-8")
    ids = Counter(re.findall(r'\sid="([^"]+)"', markup))
    assert [id for id, number in ids.items() if number > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', markup)) <= ids.keys()


@pytest.mark.parametrize("name", NAMES)
def test_html_is_one_file_that_fetches_nothing(name: str, shipped: Path) -> None:
    page = _Markup((shipped / f"{name}.html").read_text(encoding="utf-8"))
    assert page.language.partition("-")[0] == name.rpartition(".")[2]
    assert page.scripts == ["script application/ld+json", "script "], "data for search engines, and the program's own"
    addresses = [*page.fetched, *re.findall(r"""url\(\s*["']?([^"')]*)""", page.style)]
    assert [address for address in addresses if not address.startswith(("data:", "#"))] == []
    assert "@import" not in page.style


@pytest.mark.parametrize("name", NAMES)
def test_html_marks_its_values(name: str, shipped: Path) -> None:
    page = _Markup((shipped / f"{name}.html").read_text(encoding="utf-8"))
    assert len(page.values) > 10
    assert all(page.values)


@pytest.mark.parametrize(
    ("markup", "fetched", "scripts"),
    [
        ("<img src='https://x/y.png'>", ["https://x/y.png"], 0),
        ("<link rel=stylesheet href=x.css>", ["x.css"], 0),
        ("<a href='https://x'>x</a>", [], 0),
        ("<p onclick='x()'>x</p><script>x</script>", [], 2),
    ],
)
def test_the_guard_of_the_html_can_fail(markup: str, fetched: list[str], scripts: int) -> None:
    page = _Markup(markup)
    assert (page.fetched, len(page.scripts)) == (fetched, scripts)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_page_stands_in_the_text_of_the_pdf(name: str, shipped: Path) -> None:
    """But for those that paper only counts."""
    markup = COUNTED.sub("", (shipped / f"{name}.html").read_text(encoding="utf-8"))
    values = re.findall(r"<data value=[^>]*>([^<]*)</data>", markup)
    text = _closed_up(text_of((shipped / f"{name}.pdf").read_bytes())).casefold()  # a cell begins with a capital
    assert len(values) > 10
    assert [value for value in values if _closed_up(value.replace("&amp;", "&")).casefold() not in text] == []


def _closed_up(text: str) -> str:
    """Text without the spaces and line breaks that laying it out moves."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("code", SETTINGS.languages)
def test_the_head_of_a_page_says_what_goes_on_there(code: str, shipped: Path) -> None:
    """A table that goes on is named with its group; the pages that begin with something new have no such line."""
    words = read_languages(find_workspace(PROJECT), SETTINGS.languages)[code].label("(continued)")
    with pypdfium2.PdfDocument((shipped / f"full-briefing.{code}.pdf").read_bytes()) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    going_on = [words in page for page in pages]
    assert not any(going_on[:2])
    assert sum(going_on) >= 2
