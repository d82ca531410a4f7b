"""Page -> Word: a copy for those who must edit, made from the markup of the page on screen, with nothing left out."""

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from briefgen.localise.labels import Label
from briefgen.model.document import Job, RenderedFile
from briefgen.model.look import SHEETS, Look, PaperSize
from briefgen.render import html
from briefgen.render.documents import code_hash
from briefgen.render.markup import parsed
from briefgen.render.styles import words

_FONTS = {"ko": "Malgun Gothic"}
_FONT = "Arial"
"""The file holds no fonts; these are on every machine that has Word, and have every letter of Vietnamese."""
_LANGUAGES = {"en": "en-GB", "ko": "ko-KR", "vi": "vi-VN"}
"""Word wants a region in the tag of a language."""
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 # the same pages give the same bytes; a zip file knows no zone
_HEADINGS = {"h1": "Title"} | {f"h{level + 1}": f"Heading {level}" for level in range(1, 6)}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}
_ALONE = words("p dt dd figcaption caption summary address blockquote pre")
_AROUND = words("html body main header footer section article aside nav div dl details figure hgroup")
"""Elements whose parts stand below each other."""
_BOLD, _ITALIC, _MUTED = {"b", "strong", "th", "dt", "summary"}, {"i", "em", "cite"}, {"aside", "particulars", "stale"}
_UNSEEN = {"head", "style", "template"}
_OF_THE_SCREEN = {"skip", "switch", "unfold"}
_HEIGHT = re.compile(r"(?<![\w-])height:\s*(\d{1,2}(?:\.\d+)?)mm\b")
"""How high a picture is, in the style of its element."""
_PICTURE = 12
"""Millimetres of height of those that do not say it: styles of classes are not worked out here."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LONGEST_NAME = 40
"""Characters that Word allows in the name of a bookmark."""


def render(job: Job) -> RenderedFile:
    """Return the document as a Word file."""
    markup = _markup(job)
    root = parsed(markup)
    html.check_markup(job, root, media="screen")
    return replace(_describe(job, markup), content=_Writer(job).write(root))


def outline(job: Job) -> RenderedFile:
    """Return the document without its content: what it marks, and its fingerprint."""
    return _describe(job, _markup(job))


def _markup(job: Job) -> str:
    return html.render_text(replace(job, traced=False), media="screen")


def _describe(job: Job, markup: str) -> RenderedFile:
    return html.describe(job, markup, code_hash((Path(__file__),)))


@dataclass(frozen=True, slots=True)
class _Style:
    """How a stretch of text looks, and where it leads."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    muted: bool = False
    language: str = ""
    address: str = ""


class _Open:
    """What is written into: a paragraph with this style is begun when there is text for it."""

    def __init__(self, container: Any, style: str = "Normal", marks: list[str] | None = None) -> None:
        self.container, self.style = container, style
        self.paragraph: Paragraph | None = None
        self.marks = marks if marks is not None else []
        """The ids of elements that are still to be put in front of their text."""


class _Writer:
    def __init__(self, job: Job) -> None:
        self._job, self._word = job, docx.Document()
        self._bookmarks: dict[str, int] = {}
        """The number of each id in the page."""
        _set_up(self._word, job.page.lang, job.look)
        self._styles = {each.name: each.style_id for each in self._word.styles} | {"Normal": None}
        """The ids of the styles, as python-docx looks through all of them for each paragraph; Normal needs none."""

    def write(self, root: Any) -> bytes:
        """Return the bytes of the file."""
        self._running()
        ids = dict.fromkeys(id for each in root.iter() if (id := each.get("id")))
        self._bookmarks = {id: number for number, id in enumerate(ids)}
        self._blocks(next(each for each in root.iter() if each.tag == "body"), _Open(self._word), _Style())
        properties = self._word.core_properties
        properties.title, properties.language = self._job.page.masthead.title, _tag(self._job.page.lang)
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = _EPOCH
        file = BytesIO()
        self._word.save(file)
        return _same_each_time(file)

    def _running(self) -> None:
        """Say in head and foot of every page that it is a copy, of which edition, from which facts."""
        page, (section,) = self._job.page, self._word.sections
        copy = page.labels.get(Label.COPY_FOR_EDITING, Label.COPY_FOR_EDITING)
        masthead = page.masthead
        head = (masthead.handling, copy, masthead.edition, masthead.as_of, masthead.notice, masthead.embargo)
        section.header.paragraphs[0].text = " · ".join(filter(None, head))
        section.footer.paragraphs[0].text = f"{self._job.name} · sha256 {page.colophon.facts_hash} · "
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        section.footer.paragraphs[0]._p.append(number)
        for each in (section.header, section.footer):
            each.paragraphs[0].style = self._word.styles["Remark"]

    # ---- blocks

    def _blocks(self, element: Any, open_: _Open, style: _Style) -> None:
        """Write what is in an element, whose parts stand below each other or are a line of text."""
        self._text(element.text, open_, style)
        for child in element:
            is_on_paper = _OF_THE_SCREEN.isdisjoint(child.get("class", "").split())
            if isinstance(child.tag, str) and child.tag not in _UNSEEN and is_on_paper:
                self._element(child, open_, style)
            self._text(child.tail, open_, style)

    def _element(self, element: Any, open_: _Open, style: _Style) -> None:
        if id := element.get("id"):
            open_.marks.append(id)
        style, tag = _styled(element, style), element.tag.rpartition("}")[2]
        if tag == "table":
            open_.paragraph = None
            self._table(element, open_, style)
        elif tag == "img":
            self._picture(element, open_, style)
        elif tag == "br":
            self._text("\n", open_, style, keep=True)
        elif name := _paragraph_style(tag, open_.style, style):
            self._block(element, open_, replace(style, bold=style.bold and tag not in _HEADINGS), name)
        else:
            self._blocks(element, open_, style)

    def _block(self, element: Any, open_: _Open, style: _Style, name: str) -> None:
        inner = _Open(open_.container, name, marks=open_.marks)
        open_.paragraph = None
        self._blocks(element, inner, style)

    # ---- texts

    def _text(self, text: str | None, open_: _Open, style: _Style, *, keep: bool = False) -> None:
        shown = text if keep else _SPACE.sub(" ", text or "")
        if not shown or (open_.paragraph is None and not shown.strip(" ")):
            return
        if open_.paragraph is None:
            open_.paragraph = self._begin(open_)
            shown = shown.lstrip(" ")
        for id in open_.marks:
            self._bookmark(open_.paragraph, id)
        open_.marks.clear()
        run = open_.paragraph.add_run(shown)
        run.bold, run.italic = style.bold or None, style.italic or None
        run.font.superscript = style.raised or None
        if style.muted and open_.style != "Remark":
            run.font.color.rgb = _colour(self._job.look.colours.muted)
        if style.language:
            _speak(run._r.get_or_add_rPr(), style.language)
        if style.address:
            self._lead(open_.paragraph, run._r, style.address)

    def _begin(self, open_: _Open) -> Paragraph:
        container = open_.container
        first: Sequence[Paragraph] = container.paragraphs if hasattr(container, "_tc") else ()
        is_blank = len(first) == 1 and not first[0].runs and not container.tables
        made: Paragraph = first[0] if is_blank else container.add_paragraph()
        made._p.style = self._styles[open_.style]
        return made

    def _bookmark(self, paragraph: Paragraph, id: str) -> None:
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), str(self._bookmarks[id]))
            if kind.endswith("Start"):
                mark.set(qn("w:name"), self._name(id))
            paragraph._p.append(mark)

    def _name(self, id: str) -> str:
        return re.sub(r"\W", "_", f"b{self._bookmarks[id]}_{id}", flags=re.ASCII)[:_LONGEST_NAME]

    def _lead(self, paragraph: Paragraph, run: Any, address: str) -> None:
        """Let a run lead to a place in the document, or to an address of the web."""
        link = OxmlElement("w:hyperlink")
        if address.startswith("#"):
            if address[1:] not in self._bookmarks:
                return
            link.set(qn("w:anchor"), self._name(address[1:]))
        elif re.match(r"https?://|mailto:", address):
            link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            return
        run.addprevious(link)
        link.append(run)

    def _picture(self, element: Any, open_: _Open, style: _Style) -> None:
        """Put a picture in where Word can show it; else its description."""
        found = re.fullmatch(r"data:image/png;base64,(.*)", element.get("src", ""), re.DOTALL)
        if not found:
            self._text(element.get("alt"), open_, style)
            return
        if open_.paragraph is None:
            open_.paragraph = self._begin(open_)
        logo, own = self._job.look.logo, _HEIGHT.search(element.get("style", ""))
        is_logo = logo is not None and "logo" in element.get("class", "").split()
        height = logo.height_mm if logo and is_logo else float(own[1]) if own else _PICTURE
        open_.paragraph.add_run().add_picture(BytesIO(b64decode(found[1])), height=Mm(height))

    # ---- tables

    def _table(self, element: Any, open_: _Open, style: _Style) -> None:
        for caption in (each for each in element if each.tag == "caption"):
            self._block(caption, open_, style, "Caption")
        rows = [row for part in element for row in part if row.tag == "tr"]
        cells = list(_grid(rows))
        if not cells:
            return
        columns = 1 + max(column + width - 1 for _, column, _, width, _ in cells)
        table = open_.container.add_table(len(rows), columns)
        table.style = self._word.styles["Table Grid"]
        places = [row.cells for row in table.rows]  # once: python-docx looks through the whole table for each cell
        for row, column, height, width, cell in cells:
            place = places[row][column]
            if height > 1 or width > 1:
                place = place.merge(places[row + height - 1][column + width - 1])
            self._blocks(cell, _Open(place, marks=open_.marks), _styled(cell, style))
        heads = {id(row) for part in element if part.tag == "thead" for row in part}
        for number, row in enumerate(rows):
            if id(row) in heads:
                table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _paragraph_style(tag: str, around: str, style: _Style) -> str:
    """Return the style of the paragraphs of an element; empty for one that stands within a line."""
    if tag in _LISTS or tag in _HEADINGS:
        return _LISTS.get(tag) or _HEADINGS[tag]
    in_list = around if around.startswith("List") else ""
    if tag == "li":
        return in_list or _LISTS["ul"]
    if tag in _ALONE:
        return "Caption" if tag == "caption" else "Remark" if style.muted else "Normal"
    return (in_list or "Normal") if tag in _AROUND else ""


def _styled(element: Any, style: _Style) -> _Style:
    tag, classes = element.tag, {*element.get("class", "").split()}
    return replace(
        style,
        bold=style.bold or tag in _BOLD,
        italic=style.italic or tag in _ITALIC,
        raised=style.raised or tag == "sup",
        muted=style.muted or bool(classes & _MUTED),
        language=element.get("lang", "") or style.language,
        address=element.get("href", "") if tag == "a" else style.address,
    )


def _grid(rows: list[Any]) -> Iterator[tuple[int, int, int, int, Any]]:
    """Yield each cell of a table with its row, column, height and width."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for cell in (each for each in element if each.tag in ("td", "th")):
            while (row, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - row)
            width = _span(cell, "colspan")
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            yield row, column, height, width, cell
            column += width


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), 100)) if value.isascii() and value.isdigit() else 1


_FOR_HEADS = 18
"""Millimetres at the top and the bottom at least: what stands there is longer than on paper."""


def _set_up(word: Word, lang: str, look: Look) -> None:
    """Give the styles the fonts, the language and the colours, and the pages their size and margins."""
    font, paper = _FONTS.get(lang.partition("-")[0], _FONT), look.paper
    section = word.sections[0]
    section.page_width, section.page_height = map(Mm, SHEETS[PaperSize(paper.size)])
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.top_margin, section.bottom_margin = (Mm(max(each, _FOR_HEADS)) for each in (paper.top, paper.bottom))
    remark = word.styles.add_style("Remark", WD_STYLE_TYPE.PARAGRAPH)
    remark.base_style = word.styles["Normal"]
    for name in ("Normal", "Remark", "Caption", *_LISTS.values(), *_HEADINGS.values()):
        style = word.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{key}"), font)
        if name.startswith(("Title", "Heading")):
            style.font.color.rgb = _colour(look.colours.accent)
    word.styles["Normal"].font.size, remark.font.size = Pt(10), Pt(9)
    remark.font.color.rgb = _colour(look.colours.muted)
    word.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _speak(word.styles["Normal"].element.get_or_add_rPr(), lang)
    for defaults in word.styles.element.iter(qn("w:rPrDefault")):
        for properties in defaults.iter(qn("w:rPr")):
            _speak(properties, lang)


def _speak(properties: Any, lang: str) -> None:
    """Say in which language a text is, for those who check the spelling and those who read aloud."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:eastAsia" if lang.partition("-")[0] in _FONTS else "w:val"), _tag(lang))
    properties.append(tag)


def _tag(lang: str) -> str:
    return _LANGUAGES.get(lang, lang)


def _colour(value: str) -> RGBColor:
    return RGBColor.from_string(value.lstrip("#").upper())


def _same_each_time(file: BytesIO) -> bytes:
    """Return the file with the same moment for all that is in it."""
    made = BytesIO()
    with ZipFile(file) as found, ZipFile(made, "w", ZIP_DEFLATED) as again:
        for name in found.namelist():
            again.writestr(ZipInfo(name, _EPOCH.timetuple()[:6]), found.read(name), ZIP_DEFLATED)
    return made.getvalue()
