"""The copy for Word to those who open it: languages and directions, what it says of itself, and that it is whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from briefgen.localise.cldr import likely_subtags
from briefgen.model.document import Job
from briefgen.render import word
from briefgen.render.word_frame import speak

from .test_word_shape import made

Make = Callable[..., Job]


def in_language(job: Job, lang: str, direction: str = "ltr") -> Job:
    return replace(job, page=replace(job.page, lang=lang, direction=direction))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ko", ("Kore", "KR")),
        ("zh-Hant", ("Hant", "TW")),
        ("pt-BR", ("Latn", "BR")),
        ("fa", ("Arab", "IR")),
        ("xx", ("", "")),
    ],
)
def test_scripts_and_countries_are_those_of_cldr(tag: str, expected: tuple[str, str]) -> None:
    assert likely_subtags(tag) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", {"val": "en-GB"}),
        ("es", {"val": "es-ES"}),
        ("pt-BR", {"val": "pt-BR"}),
        ("sr-Latn", {"val": "sr-Latn-RS"}),
        ("ko", {"eastAsia": "ko-KR"}),
        ("ja", {"eastAsia": "ja-JP"}),
        ("zh-Hant", {"eastAsia": "zh-TW"}),
        ("ar", {"val": "ar-EG", "bidi": "ar-EG"}),
        ("th", {"val": "th-TH", "bidi": "th-TH"}),
        ("xx", {"val": "xx"}),
    ],
)
def test_a_language_is_named_as_word_wants_it(lang: str, expected: dict[str, str]) -> None:
    properties = OxmlElement("w:rPr")
    speak(properties, lang)
    (mark,) = properties
    assert {key.rpartition("}")[2]: value for key, value in mark.attrib.items()} == expected


@pytest.mark.parametrize(("lang", "font"), [("ja", "Yu Gothic"), ("zh-Hant", "Microsoft JhengHei"), ("ar", "Arial")])
def test_the_fonts_are_those_of_the_script(tiny_job: Make, lang: str, font: str) -> None:
    fonts = made(in_language(tiny_job("<p>x</p>", format="docx"), lang)).styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{each}")) for each in ("ascii", "eastAsia", "cs")} == {font}


def test_a_copy_from_right_to_left_is_turned_round(tiny_job: Make) -> None:
    markup = '<p>نص <b>US$</b> 5</p><p dir="ltr" lang="en">left</p><table><tr><td>ا</td></tr></table>'
    found = made(in_language(tiny_job(markup, format="docx"), "ar", "rtl"))
    first, left = found.paragraphs[:2]
    assert found.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert found.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert found.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert [run._r.rPr.find(qn("w:rtl")) is not None for run in first.runs] == [True, False, True]
    assert left._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
    assert left.runs[0]._r.rPr.find(qn("w:rtl")) is None
    turned_head = found.sections[0].header.paragraphs[0]
    assert turned_head.style.base_style.name == "Normal"


def test_no_copy_from_left_to_right_is(tiny_job: Make) -> None:
    content = word.render(tiny_job("<p>a</p><table><tr><td>b</td></tr></table>", format="docx")).content
    with ZipFile(BytesIO(content)) as file:
        assert not [name for name in file.namelist() if b"<w:rtl" in file.read(name) or b"<w:bidi" in file.read(name)]


def test_signs_that_nobody_sees_do_not_come_along(tiny_job: Make) -> None:
    """Word shows some of them; what keeps its own direction is a run of its own."""
    job = tiny_job("<p>ا&#8288;<i>b</i> {{ page.masthead.handling }} c&#173;d</p>", format="docx")
    job = replace(job, page=replace(job.page, masthead=replace(job.page.masthead, handling="داخلي 1")))
    found = made(in_language(job, "ar", "rtl"))
    assert [run.text for run in found.paragraphs[0].runs] == ["ا", "b", " ", "داخلي 1", " cd"]


def test_letters_of_every_script_are_as_large(tiny_job: Make) -> None:
    """Those of complex scripts have a size of their own, and had that of the empty document."""
    root = made(tiny_job("<p>x</p>", format="docx")).styles.element
    sizes = [(each.find(qn("w:sz")), each.find(qn("w:szCs"))) for each in root.iter(qn("w:rPr"))]
    own = [(size.get(qn("w:val")), cs.get(qn("w:val"))) for size, cs in sizes if size is not None]
    assert ("20", "20") in own
    assert [(size, cs) for size, cs in own if size != cs] == []


def test_it_says_of_itself_what_it_is(tiny_job: Make) -> None:
    job = tiny_job("<title>A – At a glance</title><p>x</p>", format="docx")
    page = job.page
    job = replace(job, page=replace(page, masthead=replace(page.masthead, prepared_by="Desk", day="2026-11-30")))
    content = word.render(job).content
    said = docx.Document(BytesIO(content)).core_properties
    assert (said.title, said.author, said.language) == ("A – At a glance", "Desk", "en-GB")
    assert (said.subject, said.identifier) == ("Copy for editing: not the published document", page.colophon.facts_hash)
    assert said.created == said.modified
    assert said.created.replace(tzinfo=None) == datetime(2026, 11, 30)  # noqa: DTZ001 # as python-docx reads it
    with ZipFile(BytesIO(content)) as file:
        assert b"<Application>briefgen<" in file.read("docProps/app.xml")
        strange = [each for each in file.namelist() if re.search("thumbnail|stylesWithEffects|customXml", each)]
        assert strange == []  # of the empty document
        settings = file.read("word/settings.xml").decode()
    assert "proofState" not in settings  # nobody has checked its spelling
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings


_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing jc textAlignment outlineLvl rPr"
)
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike outline shadow noProof vanish color spacing kern position sz szCs "
    "highlight u shd vertAlign rtl cs lang"
)
_TABLE = (
    "tblStyle bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblInd tblBorders tblLayout tblCellMar tblLook"
)
_ORDERS = {"pPr": _PARAGRAPH, "rPr": _RUN, "tblPr": _TABLE}
"""In which order Word wants the properties (ISO/IEC 29500-1, 17.3 and 17.4); it may refuse a file with another one."""


@pytest.mark.parametrize(("lang", "direction"), [("ko", "ltr"), ("ar", "rtl")])
def test_properties_stand_in_their_order(tiny_job: Make, lang: str, direction: str) -> None:
    colours = tiny_job("").look.colours
    markup = (
        f'<h2>a<small style="color: {colours.muted}">b</small></h2><ol><li dir="ltr">ج<sup lang="en">1</sup></li></ol>'
        f'<table><thead><tr><th style="text-align: end; color: {colours.passed}; font-size: 30px"><em lang="vi">c</em>'
        '</th></tr></thead></table><p dir="ltr" style="text-align: center"><a href="https://example.org">d</a></p>'
    )
    content = word.render(in_language(tiny_job(markup, format="docx"), lang, direction)).content
    with ZipFile(BytesIO(content)) as file:
        parts = [file.read(f"word/{name}.xml") for name in ("document", "styles", "header1", "footer1")]
    found: list[Any] = [each for part in parts for each in docx.oxml.parse_xml(part).iter()]
    seen = 0
    for kind, order in _ORDERS.items():
        for each in (element for element in found if element.tag == qn(f"w:{kind}")):
            names = [child.tag.rpartition("}")[2] for child in each]
            assert sorted(names, key=order.split().index) == names, kind
            seen += len(names)
    assert seen > 200
