"""What lies over the text of a page on a screen: boxes that a style takes out of the flow and lays over all of a place.

Only those are looked for that nearly fill the screen, or the element that they are placed in: where all else stands, a
browser alone knows.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from math import copysign
from typing import Any

from briefgen.render.cascade import MEASURE, Screen

HEIGHT = 800.0
"""Of a screen, in pixels."""
_MOST = 0.75
"""How much of a width and of a height a box fills that leaves nothing to be read under it."""
_LOOKED = 200_000
"""Elements that are looked at below covers; where each of thousands lies over all, the first have hidden the rest."""
_HOLDS = ("transform", "filter", "perspective", "will-change", "contain", "backdrop-filter")
"""What makes an element the place of those in it that are taken out of the flow."""
_LIFTS = (*_HOLDS, "opacity", "isolation", "mix-blend-mode")
"""What gives an element a layer of its own (W3C CSS 2.2, appendix E, and what came later)."""
_PLAIN = ("none", "auto", "normal", "1", "initial", "unset")


@dataclass(frozen=True, slots=True)
class Layer:
    """How an element, or what a style puts before or behind it, lies over others."""

    z: float | None = None
    """None where it makes no layer of its own."""
    placed: bool = False
    """Whether it lies over the flow."""
    holds: bool = False
    """Whether it is the place of what is taken out of the flow within it."""
    covers: str = ""
    """What of it is filled with a ground that nothing shines through: "fixed", the screen; "absolute", its place."""


NOWHERE = Layer()
Path = list[tuple[float, float]]
"""By layer, from the outermost: its z-index, and where it stands in the page."""


def layer_of(said: Mapping[str, str], is_opaque: bool, pixels: Callable[[str], float], screen: Screen) -> Layer:
    """Return how an element lies over others; `pixels` tells a length without its sign."""
    position = said.get("position", "static")
    placed = position in ("relative", "absolute", "fixed", "sticky")
    z = _number(said.get("z-index", ""))
    if z is None and any(said.get(name, "none") not in _PLAIN for name in _LIFTS):
        z = 0.0
    fills = is_opaque and position in ("absolute", "fixed") and said.get("mix-blend-mode", "normal") == "normal"
    fills = fills and all(_filled(said, across, pixels, screen) >= _MOST for across in (True, False))
    holds = placed or any(said.get(name, "none") not in _PLAIN for name in _HOLDS)
    return Layer(z, placed, holds, position if fills else "")


def _number(value: str) -> float | None:
    found = MEASURE.fullmatch(value)
    return float(found[1]) if found and not found[2] else None


def _filled(said: Mapping[str, str], across: bool, pixels: Callable[[str], float], screen: Screen) -> float:
    """Return the share of a width, or of a height, that a box fills; 0 where only a browser knows it."""
    names = ("left", "right", "width", "inline") if across else ("top", "bottom", "height", "block")
    first, last, size, way = names
    whole = screen.width if across else HEIGHT
    inset = said.get("inset", "").split()
    inset = [*inset, inset[1]] if len(inset) == 3 else inset * 4
    sides = dict(zip(("top", "right", "bottom", "left"), inset, strict=False))
    logical = said.get(f"inset-{way}", "").split()

    def length(*values: str) -> float | None:
        for found in map(MEASURE.fullmatch, values):
            if found and found[2] == "%":
                return float(found[1]) / 100 * whole
            if found:
                return copysign(pixels(found[0]), float(found[1]))
        return None

    start = length(said.get(first, ""), said.get(f"inset-{way}-start", ""), *logical[:1], sides.get(first, ""))
    end = length(said.get(last, ""), said.get(f"inset-{way}-end", ""), *logical[-1:], sides.get(last, ""))
    long = length(*(said.get(name, "") for name in (size, f"{way}-size", f"min-{size}", f"min-{way}-size")))
    most = length(said.get(f"max-{size}", ""), said.get(f"max-{way}-size", ""))
    if long is None:
        if start is None or end is None:
            return 0.0
        long = whole - start - end
    long = min(long, whole * 100 if most is None else most)
    if start is None:
        start = 0.0 if end is None else whole - end - long
    return (min(start + long, whole) - max(start, 0.0)) / whole


def covered(root: Any, shown: Set[Any], layers: Mapping[Any, Layer]) -> set[Any]:
    """Return which of the elements that are shown something lies over; `layers` has those that lie somewhere.

    What styles put before and behind an element is named by the element and its own name.
    """
    hidden: set[Any] = set()
    covers = [(key, layer) for key, layer in layers.items() if layer.covers]
    if not covers:
        return hidden
    at = {each: float(number) for number, each in enumerate(root.iter())}
    above = {child: each for each in at for child in each}

    def around(element: Any) -> Iterator[Any]:
        while element is not None:
            yield element
            element = above.get(element)

    @cache
    def path(element: Any, is_text: bool) -> Path:
        found: Path = []
        placed: Path = []
        for each in reversed([*around(element)]):
            layer = layers.get(each, NOWHERE)
            if layer.z is not None:
                found, placed = [*found, (layer.z, at[each])], []
            elif layer.placed:
                placed = [(0.0, at[each])]
        return [*found, *placed, (0.0, -1.0)] if is_text else found

    looked = 0
    for key, layer in covers:
        element, part = key if isinstance(key, tuple) else (key, "")
        within = {*element.iter()}
        outer = element if part else above.get(element)
        own = at[element] + {"before": 0.5, "after": len(within) - 0.5}.get(part, 0.0)
        over = [*path(outer, is_text=False), (layer.z or 0.0, own)]
        holders = (each for each in around(outer) if layers.get(each, NOWHERE).holds)
        place = next(holders, root) if layer.covers == "absolute" else root
        under = [each for each in place.iter() if each in shown and (part or each not in within)]
        hidden.update(each for each in under if each not in hidden and path(each, is_text=True) < over)
        looked += len(within) + len(under)
        if looked > _LOOKED:
            break
    return hidden
