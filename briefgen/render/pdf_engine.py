"""Has the engine do once what it does again and again for the same boxes; what comes of it is the same.

A page, a row or the width of a column is often laid out several times, and each time the engine asks anew for values,
lengths, fonts and lines. They stay with the style or the layout that they were made from, and go with it.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache, cached_property
from math import inf
from typing import Any

import weasyprint
from weasyprint.css import ComputedStyle, computed_values, properties
from weasyprint.formatting_structure import boxes
from weasyprint.html import UA_STYLESHEET
from weasyprint.layout import percent, preferred
from weasyprint.pdf import pydyf
from weasyprint.text import line_break

_DEPENDS_ON_MORE = {"display", "float", "page", "position"}
"""Properties whose values come of others."""
_MARGINS = tuple(f"{name}_{side}" for name in ("margin", "padding") for side in ("top", "right", "bottom", "left"))
_SIZES = ("width", "height", "min_width", "min_height", "max_width", "max_height")
_FREE = ("auto", "auto", 0, 0, inf, inf)
"""The sizes of what is as large as it has to be: `box-sizing` makes no difference to them."""
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


@contextmanager
def quickened() -> Iterator[None]:
    """Within a `with` block, what is below is in the place of the engine's own, wherever that is called."""
    for holder, name, _, own in _PLACES:
        setattr(holder, name, own)
    try:
        yield
    finally:
        for holder, name, before, _ in _PLACES:
            setattr(holder, name, before)


_sheets_by_the_engine = weasyprint.HTML._ua_stylesheets
_missing_by_the_engine = ComputedStyle.__missing__
_resolved_by_the_engine = percent.resolve_percentages
_first_line_by_the_engine = line_break.split_first_line
_shrunk_by_the_engine = preferred.shrink_to_fit


def _sheets(page: Any, forms: bool = False) -> list[Any]:
    """Return the engine's own styles; those of notes, five for each element, only where there may be some."""
    root = page.etree_element
    sheets: list[Any] = _sheets_by_the_engine(page, forms)
    styles = (each.text or "" if each.tag == "style" else each.get("style", "") for each in root.iter())
    if root.find(".//link") is not None or any(map(_NOTES.search, styles)):
        return sheets
    return [_without_notes() if each is UA_STYLESHEET else each for each in sheets]


_NOTES = re.compile(r"footnote|note\(|\\", re.IGNORECASE)  # a backslash: foot\6e ote


@cache
def _without_notes() -> Any:
    sheet = copy(UA_STYLESHEET)
    sheet.matcher = copy(sheet.matcher)
    sheet.matcher.other_selectors = [each for each in sheet.matcher.other_selectors if "note-" not in (each[3] or "")]
    return sheet


def _logical(name: str) -> frozenset[str]:
    """Return the properties that may stand for one by the direction of the text, such as margin-inline-start."""
    named = computed_values.PHYSICAL_FUNCTIONS.get(name)
    return frozenset(named(block="ttb", inline=each) for each in ("ltr", "rtl")) if named else frozenset()


_OTHERS = {
    name: _logical(name)
    for name in properties.INITIAL_VALUES
    if name not in _DEPENDS_ON_MORE and not name.startswith("text_decoration_")
}


def _missing(style: Any, key: str) -> Any:
    """Return the value of a property that no rule sets: that of the parent, or the initial one."""
    cascaded, others, parent = style.cascaded, _OTHERS.get(key), style.parent_style
    if others is None or key in cascaded or (others and not cascaded.keys().isdisjoint(others)) or parent is None:
        return _missing_by_the_engine(style, key)
    if key in properties.INHERITED:
        value = parent[key]
    else:
        value = properties.INITIAL_VALUES[key]
        if key in properties.INITIAL_NOT_COMPUTED:
            value = computed_values.COMPUTER_FUNCTIONS[key](style, key, value)
    style[key] = value
    return value


def _resolved(box: Any, containing_block: Any) -> None:
    """Set the lengths of a box: those of its style, unless some are shares of what it is in."""
    style = box.style
    try:
        lengths = style.lengths
    except AttributeError:
        lengths = style.lengths = _lengths(style)
    if lengths is None or isinstance(box, boxes.PageBox):
        _resolved_by_the_engine(box, containing_block)
        return
    kept, free, collapsing = lengths
    values = vars(box)
    values.update(kept)
    for name in _BORDERS:
        if not collapsing or name not in values:
            values[name] = style[name]
    if not free:
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


def _lengths(style: Any) -> tuple[dict[str, Any], bool, bool] | None:
    """Return the lengths of a style, whether `box-sizing` makes no difference to them, and whether borders collapse.

    None where a length is a share of another.
    """
    found: dict[str, Any] = {}
    for name in (*_MARGINS, *_SIZES):
        value = style[name]
        if value is not None and value != "auto":
            if getattr(value, "unit", "%") == "%":
                return None
            value = value.value
        found[name] = 0 if value == "auto" and name in ("min_width", "min_height") else value
    return found, tuple(map(found.get, _SIZES)) == _FREE, style["border_collapse"] == "collapse"


def _first_line(
    text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, *others: Any, **named: Any
) -> Any:
    """Return the first line of a text; one that was asked for before in the same document is not made again.

    Nor is one that holds all of the text, where there is room for it.
    """
    if context is None:  # within a drawing
        return _first_line_by_the_engine(text, style, context, max_width, justification_spacing, *others, **named)
    lines = vars(context).setdefault("lines", {})
    whole = id(style), text, justification_spacing
    key = (*whole, max_width, others, *named.items())
    found = lines.get(whole)
    if not found or not _is_room_for(found[1], max_width):
        found = lines.get(key)
    if not found:
        made = _first_line_by_the_engine(text, style, context, max_width, justification_spacing, *others, **named)
        found = lines[key] = style, made  # the style stays, and so keeps its number (id)
        if _is_room_for(made, max_width) and made[1] == len(text.encode()):
            lines[whole] = found
    _, (layout, *measures) = found
    layout = copy(layout)
    layout.max_width = max_width
    return layout, *measures


def _is_room_for(line: Any, max_width: float | None) -> bool:
    """Return whether all of a text stands on a line; then it does so in any room that is as wide as the line."""
    _, _, resumed, width, *_ = line
    return resumed is None and (max_width is None or width <= max_width)


def _shrunk(context: Any, box: Any, available_width: float) -> float:
    """Return the width of a box that is as wide as it has to be: where there is room for all, no word is measured."""
    widest: float = preferred.max_content_width(context, box, outer=False)
    return widest if widest <= available_width else _shrunk_by_the_engine(context, box, available_width)


def _kept(name: str, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function of a style that is called once for each."""

    def get(style: Any) -> Any:
        known = vars(style)
        if name not in known:
            known[name] = function(style)
        return known[name]

    return get


def _places(before: Callable[..., Any], own: Callable[..., Any]) -> Iterator[tuple[Any, str, Any, Any]]:
    """Yield wherever the engine has one of its functions, by name, with what takes its place."""
    for module in [each for name, each in sys.modules.items() if name.startswith("weasyprint.")]:
        if getattr(module, before.__name__, None) is before:
            yield module, before.__name__, before, own


_PACKED = cached_property(pydyf.Stream.data.fget)  # the engine asks for its bytes again, for the hash of the file
_PACKED.__set_name__(pydyf.Stream, "data")
_PLACES = (
    (pydyf.Stream, "data", pydyf.Stream.data, _PACKED),
    (weasyprint.HTML, "_ua_stylesheets", _sheets_by_the_engine, _sheets),
    (ComputedStyle, "__missing__", _missing_by_the_engine, _missing),
    *_places(_resolved_by_the_engine, _resolved),
    *_places(_first_line_by_the_engine, _first_line),
    *_places(_shrunk_by_the_engine, _shrunk),
    *_places(line_break.get_font_description, _kept("font", line_break.get_font_description)),
    *_places(line_break.strut, _kept("strut", line_break.strut)),
)
