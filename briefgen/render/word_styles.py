"""What the style sheets of a page say of each element, as far as a copy for Word shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

import tinycss2

from briefgen.render.cascade import SCREENS, cascaded, matched_rules, measured, plain_colour, resolved
from briefgen.render.styles import words

_BOLD, _ITALIC = words("b strong th dt summary h1 h2 h3 h4 h5 h6"), words("i em cite")
_STRUCK, _UNDERLINED = {"s", "del", "strike"}, {"u", "ins"}
_ROOT = 16.0
"""Pixels of the letters of a page that says nothing of them."""
_PIXELS = {"px": 1.0, "pt": 96 / 72, "rem": _ROOT}


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks, in which language it is, and where it leads."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    struck: bool = False
    """Whether a line is drawn through it: it no longer holds."""
    underlined: bool = False
    colour: str = ""
    """As #rrggbb; empty where no style names one."""
    size: float = _ROOT
    """Of its letters, in pixels."""
    align: str = ""
    """center, end, or empty: at the beginning of the line."""
    rtl: bool = False
    language: str = ""
    address: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    """What styles say of the element itself, by property."""
    before: Mapping[str, str] = field(default_factory=dict)
    """What they say of what they put in front of its text."""

    @property
    def is_block(self) -> bool:
        """Whether a style gives it lines of its own."""
        return self.own.get("display", "") in ("block", "flex", "grid", "list-item")

    @property
    def is_apart(self) -> bool:
        """Whether it stands apart from the text before it."""
        return self.keeps_apart or self.before.get("content", "") in ('""', "''")

    @property
    def keeps_apart(self) -> bool:
        """Whether a space that a style makes stands behind it."""
        around = self.own.get("margin", "").split()[:2]
        number, unit = measured(self.own.get("margin-right", "".join(around[-1:]))) or (0.0, "")
        return unit in ("em", "rem") and number >= 0.6

    @property
    def is_hidden(self) -> bool:
        """Whether a style takes it away."""
        return self.own.get("display", "") == "none"

    @property
    def has_no_marks(self) -> bool:
        """Whether the items of a list have neither numbers nor bullets."""
        return "none" in f"{self.own.get('list-style', '')} {self.own.get('list-style-type', '')}".split()

    @property
    def share(self) -> float | None:
        """The width of a column, as a share of its table's."""
        number, unit = measured(self.own.get("width", "")) or (0.0, "")
        return number / 100 if unit == "%" and number else None

    @property
    def height(self) -> float | None:
        """How high a picture is, in millimetres."""
        number, unit = measured(self.own.get("height", "")) or (0.0, "")
        return number if unit == "mm" and number else None


class Styles:
    """The style sheets of a page, and those of its elements."""

    def __init__(self, root: Any) -> None:
        self._matched = matched_rules(root)
        self._said: dict[tuple[int, int], tuple[Mapping[str, str], object]] = {}
        """By rules and variables: what they say, and both, so that they stay what they are."""
        self._counters: dict[str, int] = {}

    def of(self, element: Any, around: Style) -> Style:
        """Return how an element looks; `around` is how what is around it does."""
        own = self._of(element, around.variables)
        tag = element.tag
        variables = {name: value for name, value in own.items() if name[:2] == "--"}
        is_rtl = {"rtl": True, "ltr": False}.get(element.get("dir", ""), around.rtl)
        size = _size(own.get("font-size", ""), around.size)
        return replace(
            around,
            bold=_bold(own.get("font-weight", ""), around.bold or tag in _BOLD),
            italic=around.italic or tag in _ITALIC,
            raised=around.raised or tag == "sup",
            lowered=around.lowered or tag == "sub",
            struck=around.struck or tag in _STRUCK or "line-through" in _lines(own),
            underlined=around.underlined or tag in _UNDERLINED or "underline" in _lines(own),
            colour=plain_colour(own.get("color", "")) or around.colour,
            size=around.size if around.raised or tag == "sup" else size,
            align=_align(own.get("text-align", ""), around.align, is_rtl),
            rtl=is_rtl,
            language=element.get("lang", "") or around.language,
            address=element.get("href", "") if tag == "a" else around.address,
            variables={**around.variables, **variables} if variables else around.variables,
            own=own,
            before=self._of(element, around.variables, "before"),
        )

    def written(self, style: Style) -> str:
        """Return what styles write in front of an element; as they count, it is asked for once of each, in order."""
        for said in (style.own, style.before):
            for name, number in _counted(said.get("counter-reset", ""), 0):
                self._counters[name] = number
            for name, number in _counted(said.get("counter-increment", ""), 1):
                self._counters[name] = self._counters.get(name, 0) + number
        is_in_line = style.before.get("position", "static") not in ("absolute", "fixed")  # as a watermark is not
        return "".join(self._pieces(style.before.get("content", ""))) if is_in_line else ""

    def _pieces(self, content: str) -> Iterator[str]:
        for node in tinycss2.parse_component_value_list(content, skip_comments=True):
            if node.type == "literal" and node.value == "/":  # behind it stands what is read aloud instead
                return
            if node.type == "string":
                yield node.value
            elif node.type == "function" and node.lower_name == "counter":
                name, *way = [each.value for each in node.arguments if each.type == "ident"]
                number = self._counters.get(name, 0)
                yield chr(ord("A") + (number - 1) % 26) if way == ["upper-alpha"] and number else str(number)

    def _of(self, element: Any, variables: Mapping[str, str], part: str = "") -> Mapping[str, str]:
        rules = self._matched.get(element, {}).get(part, ())
        key = id(rules), id(variables)
        if key not in self._said:
            said = cascaded(rules, SCREENS[0])
            names = {**variables, **{name: value for name, value in said.items() if name[:2] == "--"}}
            own = {name: value if name[:2] == "--" else resolved(value, names) for name, value in said.items()}
            self._said[key] = own, (rules, variables)
        return self._said[key][0]


def _counted(value: str, number: int) -> Iterator[tuple[str, int]]:
    """Yield each counter that is named, with the number behind it, or this one."""
    found = value.split()
    for name, following in zip_longest(found, found[1:], fillvalue=""):
        if not name.lstrip("-").isdigit() and name != "none":
            yield name, int(following) if following.lstrip("-").isdigit() else number


def _bold(weight: str, around: bool) -> bool:
    if weight in ("bold", "bolder"):
        return True
    return float(weight) >= 600 if weight.isdigit() else around and weight != "normal"


def _lines(said: Mapping[str, str]) -> str:
    return said.get("text-decoration-line", said.get("text-decoration", ""))


def _align(value: str, around: str, is_rtl: bool) -> str:
    if value == "center" or not value:
        return value or around
    return "end" if value in ("end", "left" if is_rtl else "right") else ""


def _size(value: str, around: float) -> float:
    number, unit = measured(value) or (0.0, "")
    relative = {"em": around, "%": around / 100}
    return number * (_PIXELS | relative).get(unit, 0.0) or around
