"""Reads the text of a finished layout back: where each piece stands, and what it belongs to.

The engine's own boxes know what the file does not: the cell and the fact that a text belongs to, and whether it lies
over another on purpose. They are in memory anyway. That the file has each text where its box says is what `pages_of` of
render/placement.py looks at.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from math import inf
from typing import Any

from weasyprint import layout
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block as engine_blocks
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import get_log_attrs

from briefgen.model.document import Place
from briefgen.render.markup import ORIGIN
from briefgen.render.pdf_words import BREAK, breaks_word, loosen, loosen_boxes
from briefgen.render.placement import TOLERANCE, Box, BrokenWord, Cover, Layout, Surroundings, TextRun
from briefgen.render.seen import FAINTEST, NARROWEST, SMALLEST, mark_of

_CAPITALS = 0.72
"""The height of capitals and of Korean syllables above the baseline, in ems."""
_WORDS = 0.75
"""How much of a column is left for words beside its padding, at least."""
_OPAQUE = 0.5
"""The least opacity of a ground that hides what lies under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around(Surroundings):
    """What is known beside that while the boxes are read."""

    share: float = inf
    """The widest that a word may be unbroken where a table, or boxes in a row, are wider than their room."""
    z: int = 0
    positioned: int = 0
    distorted: bool = False
    """Whether it is moved or made smaller as a whole, so that only the file knows where it is, and if at all."""
    opacity: float = 1


WideWord = tuple[Any, str]
"""The element of a block, and a word in it that is wider than its line."""


def places(layout: Layout) -> tuple[Place, ...]:
    """Return where each piece of text stands, and what it comes from."""
    return tuple(
        Place(run.page, (run.box.left, run.box.top, run.box.right, run.box.bottom), run.fact, run.origins)
        for run in layout.runs
    )


class Reading:
    """The text of the engine's pages, each piece with its place, and the words that are wider than their lines.

    With `words_only`, just these words: the pages may be made again.
    """

    def __init__(self, pages: Iterable[Any], *, words_only: bool = False) -> None:
        self._words_only = words_only
        self._sheets: list[Box] = []
        self._runs: list[TextRun] = []
        self._covers: list[Cover] = []
        self._broken: list[BrokenWord] = []
        self.too_wide: list[WideWord] = []
        self.seen: dict[Any, str] = {}
        """By element, which of its own text is painted so that it can be read."""
        for number, page in enumerate(pages, 1):
            sheet = Box(0, 0, page.margin_width(), page.margin_height())
            self._sheets.append(sheet)
            for child in page.children:
                area = None if isinstance(child, boxes.MarginBox) else _content_box(page)
                self._visit(child, _Around(page=number, column=sheet, area=area))

    @property
    def layout(self) -> Layout:
        """What was read of all pages."""
        return Layout(sheets=self._sheets, runs=self._runs, covers=self._covers, broken=self._broken)

    def _visit(self, box: Any, around: _Around) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            if run := None if self._words_only else self._run(box, around):
                self._runs.append(run)
                faint = around.opacity * get_color(box.style, "color").alpha < FAINTEST
                space = box.style["letter_spacing"]
                cramped = space != "normal" and space < NARROWEST * run.size
                if not (faint or cramped or around.distorted or run.size < SMALLEST):
                    self.seen[box.element] = self.seen.get(box.element, "") + run.text
            return
        if not isinstance(box, boxes.LineBox):
            around = _within(box, around)
            self._covers += () if self._words_only else self._cover(box, around)
        if isinstance(box, boxes.BlockContainerBox):
            self._read_lines(box, around)
        for child in box.children:
            self._visit(child, around)

    def _order(self, around: _Around) -> tuple[int, int, int]:
        return around.z, around.positioned, len(self._runs) + len(self._covers)

    def _run(self, box: Any, around: _Around) -> TextRun | None:
        """Return what a text box paints; None if that is nothing."""
        style, size, text = box.style, box.style["font_size"], _seen(box.text)
        if not text.strip() or not size or style["visibility"] != "visible":
            return None
        baseline = box.position_y + box.baseline
        known = {name: getattr(around, name) for name in _KNOWN_AROUND}
        known["deliberate"] = around.deliberate or get_color(style, "color").alpha < 1
        place = Box(box.position_x, baseline - _CAPITALS * size, box.position_x + box.width, baseline)
        return TextRun(**known, text=text, box=place, size=size, order=self._order(around))

    def _cover(self, box: Any, around: _Around) -> Iterator[Cover]:
        """Yield what a box hides, unless it is see-through."""
        picture = isinstance(box, boxes.ReplacedBox)
        ground = box.style["position"] in _POSITIONED and get_color(box.style, "background_color").alpha >= _OPAQUE
        if (picture or ground) and not around.deliberate:
            area, order = _border_box(box), self._order(around)
            yield Cover(page=around.page, box=area, order=order, picture=picture, place=_name(box))

    def _read_lines(self, block: Any, around: _Around) -> None:
        """Note which words of a block are broken, and which would have to be, since they stand out of their line."""
        lines = [(child, list(_texts(child))) for child in block.children if isinstance(child, boxes.LineBox)]
        for _, texts in lines if block.style["white_space"] not in ("nowrap", "pre") else ():
            line = "".join(text.text for text in texts)
            word = max(re.split(f"[ {BREAK}]", line), key=len)
            width = sum(text.width for text in texts) * len(word) / max(len(line), 1)
            if width > around.share or any(_is_beyond(text, around.column) for text in texts):
                self.too_wide.append((block.element, word))
        before: Any = None
        known = len(self._broken)
        for (line, ends), (_, starts) in pairwise(() if self._words_only else lines):
            if ends and starts and _goes_on(ends[-1], before, line):
                self._note_break(block, ends, starts, around)
            before = line
        self._broken[known:] = _joined(self._broken[known:])

    def _note_break(self, block: Any, ends: list[Any], starts: list[Any], around: _Around) -> None:
        """Note the word that ends one line and starts the next, unless it may be broken there."""
        line, following = ("".join(text.text for text in texts) for texts in (ends, starts))
        head, tail = line.rsplit(" ", 1)[-1], following.split(" ", 1)[0]
        if not head or not tail or (head + tail).casefold() not in "".join(block.element.itertext()).casefold():
            return  # the engine dropped a space there, or the text is not from the markup
        loosened = head.endswith(BREAK)
        by_unicode = get_log_attrs(head + tail, ends[-1].style["lang"])[len(head)].is_line_break  # UAX 14
        if (loosened or not by_unicode or breaks_word(head, tail)) and (run := self._run(ends[-1], around)):
            parts, had_to = (_seen(head), _seen(tail)), loosened or head == line
            self._broken.append(BrokenWord(run=run, parts=parts, room=block.width, had_to=had_to))


_KNOWN_AROUND = tuple(each.name for each in fields(Surroundings))
_POSITIONED = {"relative", "absolute", "fixed"}


def _texts(box: Any) -> Iterator[Any]:
    """Yield the texts of a line, but not those of blocks within it."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def _joined(broken: Sequence[BrokenWord]) -> list[BrokenWord]:
    """Return each word once, also where it goes on over several lines."""
    words: list[BrokenWord] = []
    for each in broken:
        if words and each.parts[0] == words[-1].parts[-1]:
            words[-1] = replace(words[-1], parts=(*words[-1].parts, each.parts[1]))
        else:
            words.append(each)
    return words


def _is_beyond(text: Any, column: Box) -> bool:
    return bool(text.position_x + text.width > column.right + TOLERANCE or text.position_x < column.left - TOLERANCE)


def _seen(text: str) -> str:
    """Return a text without the signs that only tell where a line may break."""
    return _UNSEEN.sub("", text)


_UNSEEN = re.compile("[\u200b\u200d\u2060\u00ad]")


def _goes_on(last: Any, before: Any, line: Any) -> bool:
    """Return whether a line ends within its last text and no space was dropped there.

    The engine keeps with each line where the next one starts: the place of each box in its parent, from the block
    downwards, and the number of bytes of the text that lie before.
    """
    path, end = _resumed(line)
    begun, start = _resumed(before) if before else ((), 0)
    return bool(path) and end - (start if begun == path else 0) == len(last.text.encode())


def _resumed(line: Any) -> tuple[tuple[int, ...], int]:
    path: list[int] = []
    stack = line.resume_at
    while stack:
        ((place, stack),) = stack.items()
        path.append(place)
    return tuple(path[:-1]), path[-1] if path else 0


def _within(box: Any, around: _Around) -> _Around:
    changes: dict[str, Any] = {}
    style = box.style
    if box.element is not None:
        changes |= _told_by(box.element, around)
    if style["position"] in _POSITIONED:
        changes["positioned"] = around.positioned + 1
        if style["position"] != "relative":
            changes |= {"area": None, "cell": None}
    if style["z_index"] not in ("auto", 0) and not around.z:
        changes["z"] = style["z_index"]
    if style["transform"] or style["opacity"] < 1:
        changes |= {"apart": True, "deliberate": True, "opacity": around.opacity * style["opacity"]}
        if any(name != "rotate" for name, _ in style["transform"] or ()):
            changes["distorted"] = True
    if changes.get("z", 0) < 0:
        changes["deliberate"] = True
    if isinstance(box, boxes.FlexContainerBox | boxes.TableBox):
        changes["share"] = _share(box, around)
    changes |= _room(box, around)
    return replace(around, **changes) if changes else around


def _told_by(element: Any, around: _Around) -> dict[str, Any]:
    """Return what an element's attributes say: its fact, whether it is marked to be shown, where it was written."""
    changes: dict[str, Any] = {}
    if fact := element.get("data-fact"):
        changes["fact"] = fact
    if not around.marked and mark_of(element):
        changes["marked"] = True
    if (origin := element.get(ORIGIN)) and origin not in around.origins[:1]:
        changes["origins"] = (origin, *around.origins)
    return changes


def _room(box: Any, around: _Around) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if box.style["overflow"] != "visible" and not box.is_for_root_element:
        changes["clip"] = _common(_border_box(box), around.clip)
    if isinstance(box, boxes.BlockContainerBox):
        changes |= {"column": _column(box, around.column), "place": _name(box)}
    if isinstance(box, boxes.TableCellBox | boxes.MarginBox) or box.is_flex_item or box.is_grid_item or box.is_column:
        changes["cell"] = _common(_border_box(box), around.cell)
    return changes


def _column(block: Any, outer: Box) -> Box:
    """Return where the lines of a block have room; before their start is whatever hangs there, such as a number."""
    content, border = _content_box(block), _border_box(block)
    left, right = content.left, content.right
    if isinstance(block, boxes.InlineBlockBox):
        left, right = max(left, outer.left), min(right, outer.right)
    if block.style["direction"] == "rtl":
        return Box(left, border.top, inf, border.bottom)
    return Box(-inf, border.top, right, border.bottom)


def _share(box: Any, around: _Around) -> float:
    """Return what a word may take of a table or of a row of boxes that has too little room; inf where it has enough."""
    if isinstance(box, boxes.TableBox):
        rows = [row.children for group in box.children for row in group.children]
        end = box.border_box_x() + box.border_width()
    else:
        rows = [box.children]
        end = max((child.position_x + child.margin_width() for child in box.children), default=0)
    places = (around.column, around.cell, around.area, *([_content_box(box)] if rows == [box.children] else ()))
    room = min(place.right for place in places if place)
    if end <= room + TOLERANCE:
        return inf
    return float(_WORDS * (room - box.content_box_x()) / max(map(len, rows)))


def _common(inner: Box, outer: Box | None) -> Box:
    if outer is None:
        return inner
    left, right = max(inner.left, outer.left), min(inner.right, outer.right)
    return Box(left, max(inner.top, outer.top), right, min(inner.bottom, outer.bottom))


def _border_box(box: Any) -> Box:
    left, top = box.border_box_x(), box.border_box_y()
    return Box(left, top, left + box.border_width(), top + box.border_height())


def _content_box(box: Any) -> Box:
    left, top = box.content_box_x(), box.content_box_y()
    return Box(left, top, left + box.width, top + box.height)


def _name(box: Any) -> str:
    """Return an element as a style sheet would name it: td.person."""
    if box.element is None:
        return str(getattr(box, "at_keyword", ""))
    name, _, _ = (box.element.get("class") or "").strip().partition(" ")
    return f"{box.element.tag}.{name}" if name else str(box.element.tag)


@contextmanager
def loosening() -> Iterator[None]:
    """Within a `with` block, loosen words that are wider than their lines while the engine makes pages.

    And a table that goes on over a page says so.
    """
    before = layout.make_all_pages, engine_blocks.table_layout
    layout.make_all_pages, engine_blocks.table_layout = _make_all_pages, _table_layout
    try:
        yield
    finally:
        layout.make_all_pages, engine_blocks.table_layout = before


_made_by_the_engine = layout.make_all_pages
_table_laid_out_by_the_engine = engine_blocks.table_layout


def _table_layout(context: Any, table: Any, bottom_space: float, skip_stack: Any, *others: Any) -> Any:
    """In the place of the engine's: a table that goes on repeats the heading of its group, and says so in its head.

    The heading takes the place of the row before, so that the engine's count of rows stays right. The word comes from
    the markup: `<body data-continued>`.
    """
    whole = table.children
    ((place, skipped),) = skip_stack.items() if skip_stack else ((0, None),)
    rows: list[Any] = whole[place].children if skip_stack else []
    number, is_cut = next(((row, cell is not None) for row, cell in (skipped or {}).items()), (0, False))
    has_head = whole[0].is_header
    if number and not is_cut and rows[0].element.get("class") == "group":
        group = [*rows[: number - 1], _with_word(rows[0], "" if has_head else context.continued), *rows[number:]]
        table.children = [*whole[:place], whole[place].copy_with_children(group), *whole[place + 1 :]]
        skip_stack = {place: {number - 1: None}}
    if skip_stack and has_head:
        *above, last = whole[0].children
        head = whole[0].copy_with_children([*above, _with_word(last, context.continued)])
        table.children = [head, *table.children[1:]]
    try:
        return _table_laid_out_by_the_engine(context, table, bottom_space, skip_stack, *others)
    finally:
        table.children = whole


def _with_word(row: Any, word: str) -> Any:
    """Return a copy of a row, with a word behind what the table is about, or else in its first cell."""
    row = row.deepcopy()
    cell = next((cell for cell in row.children if cell.element.get("class") == "what"), row.children[0])
    lines = [box for box in cell.descendants() if isinstance(box, boxes.LineBox)]
    if word and lines:
        lines[-1].children = [*lines[-1].children, boxes.TextBox.anonymous_from(lines[-1], f" {word}")]
    return row


def _make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> list[Any]:
    """In the place of the engine's: return the pages, and tell it which of them to make again in its next round."""
    context.continued = html.etree_element.find("body").get("data-continued", "")
    known = set(map(id, pages))
    made = list(_made_by_the_engine(context, root_box, html, pages))
    words = Reading((page for page in made if id(page) not in known), words_only=True).too_wide
    blocks = _blocks(root_box, {element for element, _ in words})
    loosened = {element for element, word in words if _loosen(element, word, blocks[element])}
    if loosened:
        context.tables.clear()  # the widths of columns depend on the widest words
    for number, page in enumerate(made if loosened else ()):
        if any(box.element in loosened for box in page.descendants()):
            context.page_maker[number][-1]["content_changed"] = True
    _number(context, len(made))
    return made


def _number(context: Any, number: int) -> None:
    """Write the pages that links lead to behind them, now that they are known, for the engine's next round.

    By itself it lays out the pages with such links once more before it does so: of `attr(href)` it forgets who asks.
    """
    found = {name: target.page_maker_index for name, target in context.target_collector.target_lookup_items.items()}
    if (found, number) == getattr(context, "numbered", None):
        return
    context.numbered = found, number
    for item in context.target_collector.counter_lookup_items.values():
        if item.page_maker_index is not None and item.missing_target_counters:
            item.cached_page_counter_values["pages"] = [number]  # as the engine has it from now on
            item.parse_again(item.cached_page_counter_values)
            context.page_maker[item.page_maker_index][-1]["content_changed"] = True


def _blocks(root_box: Any, elements: Iterable[Any]) -> dict[Any, list[Any]]:
    """Return the boxes with lines that all pages are made from, by the element of their block."""
    found: dict[Any, list[Any]] = {element: [] for element in elements}
    for box in root_box.descendants() if found else ():
        if box.element in found and isinstance(box, boxes.BlockContainerBox):
            found[box.element].append(box)
    return found


def _loosen(element: Any, word: str, blocks: Iterable[Any]) -> bool:
    if not loosen(element, word):
        return False
    for block in blocks:
        loosen_boxes([box for box in block.descendants() if isinstance(box, boxes.TextBox)], word)
    return True
