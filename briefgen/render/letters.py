"""The colours that style sheets give letters and the ground under them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2
from tinycss2.color4 import parse_color

from briefgen.render.styles import rules_of

_NAME = re.compile(r"(?<![:\w-])[\w-]+")
"""An element, a class or an id of a selector."""
_BETWEEN = re.compile(r"[\s>+~]+")
_NOTHING = re.compile(r"\s*(none|transparent|inherit|initial|unset|revert)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paint:
    """What a rule paints letters with, or a ground."""

    line: int
    column: int
    written: str
    colour: str
    """As #rrggbb; empty for what is no plain colour, such as a variable."""
    names: frozenset[str]
    """Those of its selector: of letters all, as any may have the ground; of a ground those of what it is for."""
    is_ground: bool


def paints_in(style: str) -> tuple[Paint, ...]:
    """Return what is painted on white paper; not the letters of a rule that has a ground for them itself."""
    try:
        return tuple(_paints(rules_of(style), frozenset()))
    except RecursionError:  # which is refused
        return ()


def _paints(nodes: Iterable[Any], around: frozenset[str]) -> Iterator[Paint]:
    for node in nodes:
        is_rule = node.type in ("at-rule", "qualified-rule") and node.content is not None
        selector = tinycss2.serialize(node.prelude) if is_rule else "dark"
        if "dark" in selector:
            continue
        inner = tinycss2.parse_blocks_contents(node.content, True, True)
        names = around if node.type == "at-rule" else around.union(_NAME.findall(selector))
        yield from _paints(inner, names)
        lines = [each for each in inner if each.type == "declaration"]
        painted = [each for each in lines if not _NOTHING.fullmatch(tinycss2.serialize(each.value))]
        if grounds := [each for each in painted if each.lower_name.startswith("background")]:
            last = {name for each in selector.split(",") for name in _NAME.findall(_BETWEEN.split(each.strip())[-1])}
            yield from (_paint(each, frozenset(last), is_ground=True) for each in grounds)
        else:
            yield from (_paint(each, names, is_ground=False) for each in lines if each.lower_name == "color")


def _paint(node: Any, names: frozenset[str], *, is_ground: bool) -> Paint:
    words = [each for each in node.value if each.type not in ("whitespace", "comment")]
    colour = parse_color(words[0]) if len(words) == 1 else None
    plain = ""
    if colour is not None and colour != "currentcolor" and colour.alpha == 1:
        parts = (min(max(round(255 * part), 0), 255) for part in colour.to("srgb").coordinates)
        plain = f"#{bytes(parts).hex()}"
    first = words[0] if words else node
    return Paint(first.source_line, first.source_column, tinycss2.serialize(words), plain, names, is_ground)
