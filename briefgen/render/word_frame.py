"""What a copy for Word has around its text: styles, languages, sheet, head and foot, and what it says of itself."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from unicodedata import bidirectional
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from briefgen.localise.cldr import likely_subtags
from briefgen.localise.labels import Label
from briefgen.model.document import Job
from briefgen.model.look import SHEETS, Look, PaperSize
from briefgen.render.styles import words

_EAST_ASIAN = {"Kore": "Malgun Gothic", "Jpan": "Yu Gothic", "Hans": "Microsoft YaHei", "Hant": "Microsoft JhengHei"}
_COMPLEX = dict.fromkeys(words("Arab Hebr Syrc Thaa Nkoo"), "Arial")
_COMPLEX |= dict.fromkeys(words("Thai Laoo Khmr"), "Leelawadee UI")
_COMPLEX |= dict.fromkeys(words("Beng Deva Gujr Guru Knda Mlym Orya Sinh Taml Telu"), "Nirmala UI")
"""The fonts of scripts that Word has languages and fonts of their own for."""
_FONT = "Arial"
"""The file holds no fonts; these are on every machine that has Word, and Arial has every letter of Vietnamese."""
_COUNTRIES = {"en": "GB"}
"""Of those who write as the briefings do; else where most people do who write a language."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same pages give the same bytes."""
HEADINGS = {"h1": "Title"} | {f"h{level + 1}": f"Heading {level}" for level in range(1, 6)}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
_DEEP = (*LISTS.values(), *(f"{name} {level}" for name in LISTS.values() for level in (2, 3)), "List Continue")
_SIZES = {
    "Title": 22,
    "Heading 1": 14,
    "Heading 2": 11.5,
    "Heading 3": 10.5,
    "Caption": 9,
    "Remark": 8.5,
    "Aside": 8.5,
    "Between Tables": 4,
}
TEXT = 10
"""Points of letters, and of all that has no size of its own."""
IN_TABLES = {"Table Grid": 9, "Narrow Columns": 8}
"""The styles of tables, and how high their letters are."""
_FOR_HEADS = 18
"""Millimetres at the top and the bottom at least: what stands there is longer than on paper."""
_AFTER_BIDI = (
    "w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents w:suppressOverlap w:jc"
)
_LEFT_OUT = {"thumbnail", "stylesWithEffects", "customXml"}
"""What the empty document has besides: a picture of its page, its styles as they were, and sources that it lacks."""
_APPLICATION = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>briefgen</Application></Properties>"""


def new_word(job: Job) -> Word:
    """Return a document without text: its styles, its pages, and what stands in head and foot of each."""
    word, look = docx.Document(), job.look
    paper, section = look.paper, word.sections[0]
    section.page_width, section.page_height = map(Mm, SHEETS[PaperSize(paper.size)])
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.top_margin, section.bottom_margin = (Mm(max(each, _FOR_HEADS)) for each in (paper.top, paper.bottom))
    _style(word, job.page.lang, look)
    normal = word.styles["Normal"].element.get_or_add_pPr()
    if likely_subtags(job.page.lang)[0] in _EAST_ASIAN:
        for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
            _switch(normal, name, on=False)  # no space between a figure and what it counts
    if job.page.direction == "rtl":
        set_direction(normal, is_rtl=True)
        section._sectPr.find(qn("w:docGrid")).addprevious(OxmlElement("w:bidi"))
    _set(word, job.page.lang)
    _running(word, job)
    return word


# ---- styles


def _style(word: Word, lang: str, look: Look) -> None:
    """Give the styles the fonts, the language, the sizes and the colours."""
    styles, font = word.styles, (_EAST_ASIAN | _COMPLEX).get(likely_subtags(lang)[0], _FONT)
    remark = styles.add_style("Remark", WD_STYLE_TYPE.PARAGRAPH)
    remark.base_style = styles["Normal"]
    gap = styles.add_style("Between Tables", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style, gap.paragraph_format.space_after = styles["Normal"], Pt(0)
    gap.paragraph_format.line_spacing = Pt(7)
    aside, link = (styles.add_style(name, WD_STYLE_TYPE.CHARACTER) for name in ("Aside", "Hyperlink"))
    for name in ("Normal", "Remark", "Caption", *_DEEP, *HEADINGS.values()):
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for key in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{key}"), font)
        if name in HEADINGS.values():
            styles[name].font.color.rgb = colour(look.colours.accent)
    for name, points in _SIZES.items():
        set_size(styles[name].element.get_or_add_rPr(), points)
    for each in (remark, aside, styles["Caption"]):
        each.font.color.rgb = colour(look.colours.muted)
    link.font.color.rgb, link.font.underline = colour(look.colours.link), True
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    styles["Title"].paragraph_format.space_after = Pt(6)
    for spread in styles["Title"].element.rPr.findall(qn("w:spacing")):
        spread.getparent().remove(spread)  # between joined letters, it would draw lines
    for border in styles["Title"].element.iter(qn("w:bottom")):
        _line(border, look.colours.accent)
    styles["Heading 1"].paragraph_format.space_before = Pt(16)
    for name in list(HEADINGS.values())[1:]:
        styles[name].paragraph_format.space_after = Pt(3)
    _of_all(word, lang)
    _of_tables(styles["Table Grid"].element, look)
    narrow = styles.add_style("Narrow Columns", WD_STYLE_TYPE.TABLE)
    narrow.base_style = styles["Table Grid"]
    set_size(narrow.element.get_or_add_rPr(), IN_TABLES["Narrow Columns"])


def _of_all(word: Word, lang: str) -> None:
    """Say what holds where no style says otherwise. Tables do: what Normal itself had would hold in them too."""
    (defaults,) = word.styles.element.iter(qn("w:docDefaults"))
    for properties in defaults.iter(qn("w:rPr")):
        set_size(properties, TEXT)
        speak(properties, lang)
    for spacing in defaults.iter(qn("w:spacing")):
        spacing.set(qn("w:after"), str(20 * 4))
        spacing.set(qn("w:line"), str(round(240 * 1.1)))


def _of_tables(style: Any, look: Look) -> None:
    """Give tables rules between their rows alone, a stronger one below their heads, and smaller letters."""
    for spacing in style.iter(qn("w:spacing")):
        spacing.set(qn("w:after"), "30")
    for border in list(next(style.iter(qn("w:tblBorders")))):
        if border.tag in (qn("w:top"), qn("w:bottom"), qn("w:insideH")):
            _line(border, look.colours.hairline)
        else:
            border.getparent().remove(border)
    for side in next(style.iter(qn("w:tblCellMar"))):
        side.set(qn("w:w"), "80" if side.tag in (qn("w:left"), qn("w:right")) else "30")
    letters = OxmlElement("w:rPr")
    set_size(letters, IN_TABLES["Table Grid"])
    style.find(qn("w:pPr")).addnext(letters)
    head, cell, borders, below = (OxmlElement(f"w:{name}") for name in ("tblStylePr", "tcPr", "tcBorders", "bottom"))
    head.set(qn("w:type"), "firstRow")
    below.set(qn("w:val"), "single")
    _line(below, look.colours.ink, 6)
    head.append(cell)
    cell.append(borders)
    borders.append(below)
    style.append(head)


def _line(border: Any, colour: str, eighths: int = 4) -> None:
    """Give a rule its colour, and its strength in eighths of a point."""
    border.attrib.pop(qn("w:themeColor"), None)
    border.set(qn("w:sz"), str(eighths))
    border.set(qn("w:color"), colour.lstrip("#").upper())


def set_size(properties: Any, points: float) -> None:
    """Set the size of letters, those of complex scripts too."""
    for name in ("w:sz", "w:szCs"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    half = str(round(2 * points))
    properties.get_or_add_sz().set(qn("w:val"), half)
    complex_ = OxmlElement("w:szCs")
    complex_.set(qn("w:val"), half)
    properties.find(qn("w:sz")).addnext(complex_)


def colour(value: str) -> RGBColor:
    """Return a colour that is written as #rrggbb."""
    return RGBColor.from_string(value.lstrip("#").upper())


# ---- languages and directions


def speak(properties: Any, lang: str) -> None:
    """Say in which language a text is, for those who check the spelling and those who read aloud."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    _name(mark, lang)
    properties.append(mark)


def _name(mark: Any, lang: str) -> None:
    """Name a language as that of the scripts that it is written in; each has languages of its own in Word.

    What stands in Latin letters in a Korean text is no Korean: its lines would be broken within numbers.
    """
    script = likely_subtags(lang)[0]
    kinds = ("eastAsia",) if script in _EAST_ASIAN else ("val", "bidi") if script in _COMPLEX else ("val",)
    for kind in kinds:
        mark.set(qn(f"w:{kind}"), _tag(lang))


def _tag(lang: str) -> str:
    """Return the tag of a language with a country, which Word wants."""
    language, *others = lang.split("-")
    if any(re.fullmatch(r"[A-Z]{2}|\d{3}", each) for each in others):
        return lang
    said = [each for each in others if each not in ("Hans", "Hant")]  # Word says zh-TW, but sr-Latn-RS
    country = _COUNTRIES.get(language) or likely_subtags(lang)[1]
    return "-".join(filter(None, (language, *said, country)))


def set_direction(paragraph: Any, *, is_rtl: bool) -> None:
    """Say of the properties of a paragraph on which side its lines begin."""
    _switch(paragraph, "w:bidi", on=is_rtl)


def _switch(paragraph: Any, name: str, *, on: bool) -> None:
    switch = OxmlElement(name)
    if not on:
        switch.set(qn("w:val"), "0")
    paragraph.insert_element_before(switch, *_AFTER_BIDI.split())


def turn(run: Any, text: str) -> None:
    """Say of a run in lines from right to left that it runs so, where it has no letters that run the other way only."""
    kinds = {bidirectional(each) for each in text}
    if kinds & {"R", "AL"} or "L" not in kinds:
        properties, mark = run.get_or_add_rPr(), OxmlElement("w:rtl")
        language = properties.find(qn("w:lang"))
        properties.append(mark) if language is None else language.addprevious(mark)


def apart(text: str) -> list[str]:
    """Return the parts of a text that keep their own direction, which Word tells by its runs alone.

    Signs that nobody sees, and by which browsers keep words together or part them, Word shows as boxes or as hyphens.
    """
    return [each for each in re.split("[\u2066-\u2069]", re.sub("[\u00ad\u2060]", "", text)) if each]


# ---- what stands on each page, and what the file says of itself


def _running(word: Word, job: Job) -> None:
    """Say in head and foot of every page that it is a copy, of which edition, from which facts."""
    masthead, (section,) = job.page.masthead, word.sections
    parts = (masthead.handling, _copy(job), masthead.edition, masthead.as_of, masthead.notice, masthead.embargo)
    texts = " · ".join(filter(None, parts)), f"{job.name} · sha256 {job.page.colophon.facts_hash} · "
    for each, text in zip((section.header, section.footer), texts, strict=True):
        paragraph = each.paragraphs[0]
        paragraph.style = word.styles["Remark"]
        for part in apart(text):
            run = paragraph.add_run(part)
            if job.page.direction == "rtl":
                turn(run._r, part)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)
    shown = paragraph.add_run("1")
    number.append(shown._r)


def _copy(job: Job) -> str:
    return job.page.labels.get(Label.COPY_FOR_EDITING, Label.COPY_FOR_EDITING)


def _set(word: Word, lang: str) -> None:
    """Take back what the empty document says of spelling that nobody checked, and of a Word of long ago."""
    settings = word.settings.element
    for name in ("w:proofState", "w:savePreviewPicture", "w:rsids"):
        for each in settings.findall(qn(name)):
            settings.remove(each)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    theme = settings.find(qn("w:themeFontLang"))
    theme.attrib.clear()
    _name(theme, lang)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")


def save(word: Word, job: Job, title: str) -> bytes:
    """Return the bytes of the file, with what it says of itself: of which day, by whom, from which facts."""
    said, masthead, page = word.core_properties, job.page.masthead, job.page
    said.title, said.subject, said.author, said.version = (
        "".join(apart(each)) for each in (title or masthead.title, _copy(job), masthead.prepared_by, masthead.edition)
    )
    said.language, said.identifier = _tag(page.lang), page.colophon.facts_hash
    said.last_modified_by = said.comments = ""
    said.created = said.modified = datetime.fromisoformat(masthead.day)
    package = word.part.package
    for rels in (package.rels, word.part.rels):
        for key in [key for key, each in rels.items() if each.reltype.rpartition("/")[2] in _LEFT_OUT]:
            del rels[key]
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _APPLICATION
    file = BytesIO()
    word.save(file)
    return _same_each_time(file)


def _same_each_time(file: BytesIO) -> bytes:
    """Return the file with the same moment for all that is in it."""
    made = BytesIO()
    with ZipFile(file) as found, ZipFile(made, "w", ZIP_DEFLATED) as again:
        for name in found.namelist():
            again.writestr(ZipInfo(name, _EPOCH), found.read(name), ZIP_DEFLATED)
    return made.getvalue()
