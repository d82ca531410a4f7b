"""Page -> Word: a copy for those who must edit, made from the markup of the page on screen, with nothing left out."""

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, Twips
from docx.text.paragraph import Paragraph

from briefgen.model.document import Job, RenderedFile
from briefgen.render import html, word_frame, word_styles, word_tables
from briefgen.render.documents import code_hash
from briefgen.render.markup import parsed
from briefgen.render.styles import words
from briefgen.render.word_frame import (
    HEADINGS,
    IN_TABLES,
    LISTS,
    TEXT,
    apart,
    colour,
    new_word,
    save,
    set_direction,
    speak,
    turn,
)
from briefgen.render.word_styles import Style, Styles
from briefgen.render.word_tables import Cell, grid, widths

_ALONE = words("p dt dd figcaption caption summary address blockquote pre")
_AROUND = words("html body main header footer section article aside nav div dl details figure hgroup")
"""Elements whose parts stand below each other."""
_HEADS = {"dt", "summary", "figcaption"}
"""Elements that stay on the page with what follows them."""
_UNSEEN = {"head", "style", "template"}
_OF_THE_SCREEN = {"skip", "switch", "unfold"}
_PICTURE = 12
"""Millimetres of height of those that do not say it."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LONGEST_NAME = 40
"""Characters that Word allows in the name of a bookmark."""
_ALIGNMENTS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "end": WD_ALIGN_PARAGRAPH.RIGHT}
"""Where lines run from right to left, Word takes each for the other."""
_LARGE, _SMALL = 1.1, 0.8
"""Of the letters of the page; beyond that a text has a size of its own."""
_MARKS = {"superscript": "raised", "subscript": "lowered", "strike": "struck", "underline": "underlined"}
"""What Word calls them, and what a style does."""
_QUOTES = "“", "”"
_POINTS = "·:;,(→–"
"""Behind these nothing more is needed to tell two texts apart."""
_STEP = 18
"""Points by which the texts of a list stand further in."""
_FEW = 4
"""Columns of a table that are wide enough for the letters of most."""
_KEPT = 12
"""Lines of a row that is kept on a page."""


def render(job: Job) -> RenderedFile:
    """Return the document as a Word file."""
    markup = _markup(job)
    root = parsed(markup)
    html.check_markup(job, root, media="screen")
    return replace(_describe(job, markup), content=_Writer(job, root).write())


def outline(job: Job) -> RenderedFile:
    """Return the document without its content: what it marks, and its fingerprint."""
    return _describe(job, _markup(job))


def _markup(job: Job) -> str:
    return html.render_text(replace(job, traced=False), media="screen")


def _describe(job: Job, markup: str) -> RenderedFile:
    files = (__file__, word_frame.__file__, word_styles.__file__, word_tables.__file__)
    return html.describe(job, markup, code_hash(tuple(map(Path, files))))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, the part of it that it stands in, and how it looks."""

    element: Any
    part: Any
    style: Style

    @property
    def is_head(self) -> bool:
        return self.part is not None and self.part.tag == "thead"

    @property
    def ids(self) -> tuple[str | None, ...]:
        """Those that lead to its beginning, that of the part among them that it begins."""
        if self.part is None:
            return ()
        first = next(each for each in self.part if each.tag == "tr")
        return self.element.get("id"), self.part.get("id") if first is self.element else None


class _Open:
    """What is written into: a paragraph with this style is begun when there is text for it."""

    def __init__(self, container: Any, room: int, style: str = "Normal", marks: list[str] | None = None) -> None:
        self.container, self.style = container, style
        self.room = room
        """How wide it is, in twentieths of a point."""
        self.paragraph: Paragraph | None = None
        self.marks = marks if marks is not None else []
        """The ids of elements that are still to be put in front of their text."""
        self.depth = 0
        """How many lists it stands in."""
        self.list: tuple[str, int] | None = None
        """The style of the items of the list that it is, and which of all numbered lists."""
        self.item: list[tuple[str, int]] = []
        """The same for the next paragraph, with which an item begins."""
        self.keep = False
        """Whether its paragraphs stay with what follows."""

    def within(self, style: str) -> "_Open":
        """Return what stands in the same place, in paragraphs of its own."""
        self.close()
        inner = _Open(self.container, self.room, style, self.marks)
        inner.depth, inner.item, inner.keep = self.depth, self.item, self.keep
        return inner

    def close(self) -> None:
        """End the paragraph, without the blank that stands before the next element of the page."""
        last = self.paragraph._p[-1] if self.paragraph is not None else None
        for text in () if last is None else last.findall(qn("w:t")):
            text.text = (text.text or "").rstrip(" ")
        self.paragraph = None

    @property
    def is_heading(self) -> bool:
        """Whether it is the title or a heading."""
        return self.style in HEADINGS.values()


class _Writer:
    def __init__(self, job: Job, root: Any) -> None:
        self._job, self._root, self._word = job, root, new_word(job)
        self._css = Styles(root)
        self._body = Style()
        """How the page looks where nothing says otherwise."""
        ids = dict.fromkeys(id for each in root.iter() if (id := each.get("id")))
        self._bookmarks = {id: number for number, id in enumerate(ids)}
        """The number of each id in the page."""
        self._styles = {each.name: each.style_id for each in self._word.styles} | {"Normal": None}
        """The ids of the styles, as python-docx looks through all of them for each paragraph; Normal needs none."""

    def write(self) -> bytes:
        """Return the bytes of the file."""
        (body,) = (each for each in self._root.iter() if each.tag == "body")
        around = self._css.of(self._root, Style(rtl=self._job.page.direction == "rtl"))
        self._body = replace(self._css.of(body, around), language="")
        self._blocks(body, _Open(self._word, Mm(self._job.look.paper.text_width) // Twips(1)), self._body)
        return save(self._word, self._job, self._root.findtext("head/title") or "")

    # ---- blocks

    def _blocks(self, element: Any, open_: _Open, style: Style, without: Any = None) -> None:
        """Write what is in an element, whose parts stand below each other or are a line of text."""
        self._text(self._css.written(style), open_, style)
        self._text(element.text, open_, style)
        for child in (each for each in element if each is not without):
            is_on_paper = _OF_THE_SCREEN.isdisjoint(child.get("class", "").split())
            if isinstance(child.tag, str) and child.tag not in _UNSEEN and is_on_paper:
                self._element(child, open_, style)
            tail = child.tail or ""
            if tail.strip() and (its := self._css.of(child, style)).keeps_apart:
                self._apart(open_, style, its)
                tail = tail.lstrip()
            self._text(tail, open_, style)

    def _element(self, element: Any, open_: _Open, around: Style) -> None:
        if id := element.get("id"):
            open_.marks.append(id)
        style, tag = self._css.of(element, around), element.tag.rpartition("}")[2]
        if style.is_hidden or element.get("hidden") is not None:
            return
        if tag in ("table", *LISTS):
            (self._table if tag == "table" else self._list)(element, open_.within("Normal"), style)
        elif tag == "img":
            self._picture(element, open_, style)
        elif tag == "br":
            self._text("\n", open_, style, keep=True)
        elif tag == "li":
            self._item(element, open_, style)
        elif name := self._paragraph_style(tag, style, open_):
            inner = open_.within(name)
            inner.keep, inner.depth = inner.keep or tag in _HEADS, inner.depth + (tag == "dd")
            self._block(element, inner, style)
        else:
            self._apart(open_, around, style)
            first, last = _QUOTES if tag == "q" else ("", "")
            self._text(first, open_, style)
            self._blocks(element, open_, style)
            self._text(last, open_, style)

    def _apart(self, open_: _Open, around: Style, style: Style) -> None:
        """Put a point between what a style sets apart by a space or by a glyph, which Word shows neither of."""
        if not style.is_apart or open_.paragraph is None:
            return
        before = open_.paragraph.text
        if before and before.rstrip()[-1:] not in _POINTS:
            self._text("· " if before.endswith((" ", "\u00a0")) else " · ", open_, around)

    def _block(self, element: Any, inner: _Open, style: Style) -> None:
        aside = self._aside(element, style) if inner.is_heading else None
        self._blocks(element, inner, style, without=aside)
        inner.close()
        if aside is not None:
            below = inner.within("Remark")
            below.keep = True
            self._element(aside, below, style)

    def _aside(self, heading: Any, style: Style) -> Any:
        """Return the aside that a heading ends with, if any: it would fill the outline, and is written below."""
        last = heading[-1] if len(heading) and not (heading[-1].tail or "").strip() else None
        rest = "".join(heading.itertext()).strip()
        if last is None or "".join(last.itertext()).strip() == rest:
            return None
        muted = self._job.look.colours.muted
        found = self._css.of(last, style)
        return last if found.colour == muted != style.colour and not found.raised else None

    def _paragraph_style(self, tag: str, style: Style, open_: _Open) -> str:
        """Return the style of the paragraphs of an element; empty for one that stands within a line."""
        if tag in HEADINGS:
            return HEADINGS[tag]
        if tag in _ALONE:
            is_muted = style.colour == self._job.look.colours.muted
            return "Caption" if tag == "caption" else "Remark" if is_muted else "Normal"
        return "Normal" if tag in _AROUND else open_.style if style.is_block else ""

    # ---- lists

    def _list(self, element: Any, inner: _Open, style: Style) -> None:
        """Write a list; one that is laid out in a row is a table of one row."""
        if style.own.get("display") == "flex" and (items := [each for each in element if each.tag == "li"]):
            cells = [Cell(0, number, 1, 1, each) for number, each in enumerate(items)]
            self._write_table(cells, [_Row(element, None, style)], inner)
            return
        if element.tag == "ul" or not style.has_no_marks:  # numbers that styles take away, the items have themselves
            inner.depth += 1
            name = LISTS[element.tag] if inner.depth == 1 else f"{LISTS[element.tag]} {min(inner.depth, 3)}"
            inner.list = name, self._numbering(name, element.get("start", "1")) if element.tag == "ol" else 0
        self._blocks(element, inner, style)

    def _item(self, element: Any, open_: _Open, style: Style) -> None:
        inner = open_.within("Normal")
        inner.item = [open_.list] if open_.list else []
        self._block(element, inner, style)

    def _numbering(self, name: str, start: str) -> int:
        """Return the number of a list that begins anew: all of one style would be counted on."""
        numbering = self._word.part.numbering_part.element
        its = self._word.styles[name].element.pPr.numPr.numId.val
        made = numbering.add_num(numbering.num_having_numId(its).abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(int(start) if start.isascii() and start.isdigit() else 1)
        return int(made.numId)

    # ---- texts

    def _text(self, text: str | None, open_: _Open, style: Style, *, keep: bool = False) -> None:
        shown = text if keep else _SPACE.sub(" ", text or "")
        if not shown or (open_.paragraph is None and not shown.strip(" ")):
            return
        if open_.paragraph is None:
            open_.paragraph = self._begin(open_, style)
            shown = shown.lstrip(" ")
        for id in open_.marks:
            self._bookmark(open_.paragraph, id)
        open_.marks.clear()
        for part in apart(shown):
            self._run(part, open_.paragraph, open_, style)

    def _run(self, shown: str, paragraph: Paragraph, open_: _Open, style: Style) -> None:
        run = paragraph.add_run(shown)
        if not open_.is_heading:
            if style.bold:
                run.bold = run.font.cs_bold = True
            self._paint(run, open_, style)
        if style.italic:
            run.italic = run.font.cs_italic = True
        for name in ("superscript", "subscript", "strike", "underline"):
            if getattr(style, _MARKS[name]):
                setattr(run.font, name, True)
        if style.language and style.language != self._job.page.lang:
            speak(run._r.get_or_add_rPr(), style.language)
        if style.rtl:
            turn(run._r, shown)
        if style.address:
            self._lead(paragraph, run._r, style.address)

    def _paint(self, run: Any, open_: _Open, style: Style) -> None:
        """Give a run its colour and its size, where they are not those of its paragraph."""
        colours, is_remark = self._job.look.colours, open_.style in ("Remark", "Caption")
        size = style.size / self._body.size
        if style.raised or style.address:
            return
        if style.colour == colours.muted and not is_remark:
            run._r.get_or_add_rPr().get_or_add_rStyle().val = self._styles["Aside"]
        elif size >= _LARGE or (size < _SMALL and not is_remark):
            word_frame.set_size(run._r.get_or_add_rPr(), round(2 * TEXT * max(size, 0.85)) / 2)
        if style.colour not in ("", colours.muted, colours.link, "" if is_remark else colours.ink):
            run.font.color.rgb = colour(style.colour)

    def _begin(self, open_: _Open, style: Style) -> Paragraph:
        container, name, number = open_.container, open_.style, 0
        item = open_.item.pop() if open_.item else None
        if item and not open_.is_heading:
            name, number = item
        last = _last(container)
        is_blank = hasattr(container, "_tc") and last.tag == qn("w:p") and not last.findall(qn("w:r"))
        made = Paragraph(last, container) if is_blank else container.add_paragraph()
        made._p.style = self._styles[name]
        before, shape = made._p.getprevious(), made.paragraph_format
        if number:
            numbered = made._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = 0, number
        elif open_.depth and not item:
            shape.left_indent = Pt(_STEP * open_.depth)
        if before is not None and before.tag == qn("w:tbl") and not open_.is_heading:
            shape.space_before = Pt(4)
        shape.alignment = _ALIGNMENTS.get(style.align, shape.alignment)
        shape.keep_with_next = open_.keep or None
        if style.rtl != self._body.rtl:
            set_direction(made._p.get_or_add_pPr(), is_rtl=style.rtl)
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
            run.get_or_add_rPr().get_or_add_rStyle().val = self._styles["Hyperlink"]
            link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            return
        run.addprevious(link)
        link.append(run)

    def _picture(self, element: Any, open_: _Open, style: Style) -> None:
        """Put a picture in where Word can show it; else its description."""
        found = re.fullmatch(r"data:image/(?:png|jpeg);base64,(.*)", element.get("src", ""), re.DOTALL)
        if not found:
            self._text(element.get("alt"), open_, style)
            return
        if open_.paragraph is None:
            open_.paragraph = self._begin(open_, style)
        logo, is_logo = self._job.look.logo, "logo" in element.get("class", "").split()
        height = logo.height_mm if logo and is_logo else style.height or _PICTURE
        made = open_.paragraph.add_run().add_picture(BytesIO(_with_head(b64decode(found[1]))), height=Mm(height))
        made._inline.docPr.set("descr", element.get("alt", ""))
        for side in "TBLR":
            made._inline.set(f"dist{side}", "0")
        if made.width > (most := Twips(open_.room)):
            made.width, made.height = most, Emu(made.height * most // made.width)

    # ---- tables

    def _table(self, element: Any, inner: _Open, style: Style) -> None:
        for caption in (each for each in element if each.tag == "caption"):
            self._block(caption, inner.within("Caption"), self._css.of(caption, style))
        parts = [(part, self._css.of(part, style)) for part in element]
        rows = [_Row(row, part, self._css.of(row, around)) for part, around in parts for row in part if row.tag == "tr"]
        columns = [each for part in element if part.tag == "colgroup" for each in part]
        if cells := grid([row.element for row in rows]):
            given = [self._css.of(each, style).share for each in columns]
            if not any(given) and style.own.get("table-layout") == "fixed":
                number = max(cell.column + cell.width for cell in cells)
                given = [1 / number] * number
            inner.room = round(inner.room * min(style.share or 1, 1))
            self._write_table(cells, rows, inner, given)

    def _write_table(
        self, cells: Sequence[Cell], rows: Sequence[_Row], inner: _Open, given: Sequence[float | None] = ()
    ) -> None:
        looks = {cell: self._css.of(cell.element, rows[cell.row].style) for cell in cells}
        shares = {cell.column: share for cell in cells if cell.width == 1 and (share := looks[cell].share)}
        shares |= {column: share for column, share in enumerate(given) if share}
        name = "Narrow Columns" if len({cell.column for cell in cells}) > _FEW else "Table Grid"
        wide = widths(cells, inner.room, shares, IN_TABLES[name])
        table = self._new_table(inner.container, len(rows), wide, has_head=any(row.is_head for row in rows))
        table.style = self._word.styles[name]
        places = [row.cells for row in table.rows]  # once: python-docx looks through the whole table for each cell
        lines = [0.0] * len(rows)
        for cell in cells:
            place, row = places[cell.row][cell.column], rows[cell.row]
            if cell.height > 1 or cell.width > 1:
                place = place.merge(places[cell.row + cell.height - 1][cell.column + cell.width - 1])
            ids = cell.element.get("id"), *(row.ids if cell.column == 0 else ())
            inner.marks += [id for id in ids if id]
            room = sum(wide[cell.column : cell.column + cell.width]) - word_tables.MARGIN
            lines[cell.row] = max(lines[cell.row], word_tables.lines_of(cell, room, IN_TABLES[name]))
            in_cell = _Open(place, room, marks=inner.marks)
            in_cell.keep = row.is_head or cell.element.get("scope") == "rowgroup"
            self._block(cell.element, in_cell, looks[cell])
        for row, made, number in zip(rows, table._tbl.tr_lst, lines, strict=True):
            properties = made.get_or_add_trPr()
            if number <= _KEPT:
                properties.append(OxmlElement("w:cantSplit"))
            if row.is_head:
                properties.append(OxmlElement("w:tblHeader"))

    def _new_table(self, container: Any, rows: int, wide: Sequence[int], *, has_head: bool) -> Any:
        last = _last(container)
        if last is not None and last.tag == qn("w:tbl"):  # which Word would make one of
            container.add_paragraph()._p.style = self._styles["Between Tables"]
        elif hasattr(container, "_tc") and last.getprevious().tag == qn("w:tcPr") and not last.findall(qn("w:r")):
            container._tc.remove(last)
        table = container.add_table(rows, len(wide))
        table.autofit = False
        if self._body.rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        properties = table._tbl.tblPr
        whole, look = properties.find(qn("w:tblW")), properties.find(qn("w:tblLook"))
        whole.set(qn("w:type"), "dxa")
        whole.set(qn("w:w"), str(sum(wide)))
        for name, value in (("firstRow", has_head), ("firstColumn", False)):
            look.set(qn(f"w:{name}"), str(int(value)))
        look.set(qn("w:val"), "0420" if has_head else "0400")
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, wide, strict=True):
            column.w = Twips(width)
        for row in table._tbl.tr_lst:
            for place, width in zip(row.tc_lst, wide, strict=True):
                place.width = Twips(width)
        return table


_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00H\x00H\x00\x00"
"""Of 72 dots an inch."""


def _with_head(picture: bytes) -> bytes:
    """Return a picture; a photo with the head by which python-docx knows it, which none needs."""
    is_headless = picture.startswith(b"\xff\xd8") and picture[6:10] not in (b"JFIF", b"Exif")
    return picture[:2] + _JFIF + picture[2:] if is_headless else picture


def _last(container: Any) -> Any:
    """Return the last paragraph or table of the document, or of a cell."""
    inside = container._tc if hasattr(container, "_tc") else container.element.body
    return next((each for each in reversed(inside) if each.tag in (qn("w:p"), qn("w:tbl"))), None)
