"""What a style sheet, or a style on an element, would load."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2

_RULES = frozenset(
    {"media", "supports", "page", "font-face", "font-feature-values", "counter-style", "keyframes", "layer"}
    | {"container", "property", "scope", "starting-style", "charset", "-webkit-keyframes", "footnote"}
    | {f"{side}-{place}" for side in ("top", "bottom") for place in ("left", "center", "right", "left-corner")}
    | {"top-right-corner", "bottom-right-corner"}
    | {f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")}
)
"""The @-rules that load nothing; @import, @namespace, @document and @color-profile do."""
_ADDRESSES = frozenset({"url", "src", "url-prefix", "domain"})
_MAY_LOAD = frozenset({"image", "image-set", "-webkit-image-set", "expression", "-moz-element", "paint"})
"""Functions that take an address as a mere string, or run a script."""


MAX_MEASURE = 100_000
"""Of any length, angle or share in a style, in its own unit; beyond it, layout engines fail."""
MAX_DEPTH, MAX_TIMES = 20, 1_000
"""How deep a style may be nested, and how often repeat() may repeat."""
_WORTH_READING = re.compile(r"[(@\\]|\d{6}|\de\+?\d|(?:\{[^{}]*){6}", re.IGNORECASE)
"""What every style has that may load something or has a measure beyond the limit."""


@lru_cache(maxsize=512)
def loads_in(style: str) -> tuple[str, ...]:
    """Return what a style would load, as it is written: all but parts of the same picture (#name)."""
    return tuple(each for each in addresses_in(style) if not each.startswith("#"))


@lru_cache(maxsize=512)
def addresses_in(style: str) -> tuple[str, ...]:
    """Return every address in a style, and each rule, function and measure that no page may have."""
    if not _WORTH_READING.search(style):
        return ()
    return tuple(_addresses(tinycss2.parse_component_value_list(style, skip_comments=True)))


def _addresses(nodes: Iterable[Any], depth: int = 0) -> Iterator[str]:
    if depth > MAX_DEPTH:
        yield f"{depth}-fold nesting(...)"
        return
    for node in nodes:
        match node.type:
            case "url":
                yield node.value
            case "error" if node.kind == "bad-url":
                yield "url(...) without its end"
            case "at-keyword" if node.lower_value not in _RULES:
                yield f"@{node.lower_value}"
            case "dimension" | "percentage" if not abs(node.value) <= MAX_MEASURE:
                yield f"{node.representation}{getattr(node, 'unit', '%')}(...)"
            case "function":
                yield from _of_function(node, depth)
            case "() block" | "[] block" | "{} block":
                yield from _addresses(node.content, depth + 1)
            case _:
                pass


def _of_function(node: Any, depth: int) -> Iterator[str]:
    if node.lower_name in _ADDRESSES:
        text = [each.value for each in node.arguments if each.type == "string"]
        yield text[0] if text else f"{node.lower_name}(...)"
    elif node.lower_name in _MAY_LOAD or (
        node.lower_name == "attr" and any(getattr(each, "lower_value", "") == "url" for each in node.arguments)
    ):
        yield f"{node.lower_name}(...)"
    else:
        if node.lower_name == "repeat":
            times = (each.representation for each in node.arguments if each.type == "number" and each.value > MAX_TIMES)
            yield from (f"{each}-fold repeat(...)" for each in times)
        yield from _addresses(node.arguments, depth + 1)
