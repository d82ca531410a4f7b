"""What the styles of a page say of each element, by the rules of the cascade.

The rules are those of W3C CSS Cascading and Inheritance, level 4; only the properties by which text is hidden, covered
or struck through are read, for a wide and for a narrow screen, light and dark. Where a style asks something that only a
browser knows, it is taken for so. What lies over a text is a box that a style takes out of the flow: only one is looked
for that nearly fills the screen, or the element that it is placed in; where all else stands, a browser alone knows.

And the colours that style sheets give letters and the ground under them, whatever element these are of.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from math import copysign
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from tinycss2.color4 import Color, parse_color

from briefgen.model.look import luminance
from briefgen.render.styles import rules_of
from briefgen.render.styles import words as named

Declared = Mapping[str, str]
"""The values of an element's properties, as they are written."""
INHERITED = (
    "visibility",
    "color",
    "-webkit-text-fill-color",
    "text-indent",
    "letter-spacing",
    "word-spacing",
    "line-height",
)
MOVES = frozenset(
    {"left", "right", "top", "bottom", "inset", "translate", "text-indent", "inset-inline-start", "inset-block-start"}
    | {f"margin{side}" for side in ("", "-left", "-right", "-top", "-bottom", "-inline-start", "-block-start")}
)
SIZES = named("width height max-width max-height inline-size block-size max-inline-size max-block-size")
CLIPS = ("overflow", "overflow-x", "overflow-y")
PROPS = named(
    "height min-height block-size min-block-size aspect-ratio padding padding-top padding-bottom padding-block "
    "padding-block-start padding-block-end"
)
"""What gives an element a height that its lines do not."""
CUTS = named(
    "clip-path clip mask mask-image -webkit-mask -webkit-mask-image line-clamp -webkit-line-clamp "
    "-webkit-text-security animation animation-name offset offset-path"
)
_OTHERS = named(
    "content display content-visibility opacity filter font-size font transform rotate scale zoom unicode-bidi "
    "text-decoration text-decoration-line float position z-index min-width inset-block inset-inline background-image "
    "inset-block-end inset-inline-end mix-blend-mode backdrop-filter isolation will-change perspective contain"
)
_OF_COPIES = named("font-weight text-align list-style list-style-type counter-reset counter-increment table-layout")
"""What a copy for Word shows besides."""
_READ = {*INHERITED, *MOVES, *SIZES, *CLIPS, *PROPS, *CUTS, *_OTHERS, *_OF_COPIES, "background-color", "background"}
"""The properties by which text is hidden, covered or struck through, and by which it looks as it does."""
UNITS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?"
MEASURE = re.compile(rf"({NUMBER})(%|[a-z]*)")


PARTS = ("before", "after", "first-line", "first-letter")
"""What styles make of an element, or take out of it, that may hide text."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that a page is looked at on."""

    width: float
    """In pixels."""
    dark: bool
    paper: bool = False


SCREENS = (Screen(1280, dark=False), Screen(360, dark=False), Screen(1280, dark=True))
PAPER = Screen(640, dark=False, paper=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a style says of the elements that it selects, and for which media."""

    declared: Declared
    important: Declared
    media: tuple[str, ...]
    selectors: str = ""
    """As they are written; empty for the style of an element."""


Rules = Sequence[tuple[tuple[int, ...], Rule]]
"""What is said of an element, or of a part of it, the stronger later."""
Matched = Mapping[Any, Mapping[str, Rules]]
"""By element, the rules that are about it, under "", and about each part ("before") of it."""


def matched_rules(root: Any) -> Matched:
    """Return the rules about the elements; those that the same rules of style sheets are about have one object."""
    matcher, known = _matcher(tuple(style.text or "" for style in root.iter("style")))
    found: dict[Any, Mapping[str, Rules]] = {}
    for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
        element, matches = wrapper.etree_element, matcher.match(wrapper)
        numbers = tuple([order for _, order, _, _ in matches])
        rules = known.get(numbers)
        if rules is None:
            rules = known[numbers] = _by_part(matches)
        if own := element.get("style"):
            plain, important = _of_declarations(tinycss2.parse_blocks_contents(own, True, True))
            rules = {**rules, "": [*rules.get("", ()), ((9, 9, 9, 0), Rule(plain, important, ()))]}
        if rules:
            found[element] = rules
    return found


def _by_part(matches: Iterable[tuple[tuple[int, ...], int, str | None, Rule]]) -> Mapping[str, Rules]:
    found: dict[str, list[tuple[tuple[int, ...], Rule]]] = {}
    for specificity, order, part, rule in matches:
        found.setdefault(part or "", []).append(((*specificity, order), rule))
    return found


@lru_cache(maxsize=8)  # the documents of an edition have the same styles
def _matcher(styles: tuple[str, ...]) -> tuple[Matcher, dict[tuple[int, ...], Mapping[str, Rules]]]:
    """Return what finds the rules about an element, by their numbers, and what was found by these."""
    matcher = Matcher()
    for style in styles:
        for selectors, rule in hiding_rules(style):
            try:
                compiled = compile_selector_list(selectors)
            except SelectorError:
                continue  # a browser that does not know it leaves it out too
            for each in compiled:
                if each.pseudo_element in (None, *PARTS):
                    matcher.add_selector(each, rule)
    return matcher, {}


@lru_cache(maxsize=16)
def hiding_rules(style: str) -> tuple[tuple[str, Rule], ...]:
    """Return the selectors and the rule of each rule of a style sheet that may hide something; RecursionError."""
    return tuple(_rules_in(tinycss2.parse_stylesheet(style, True, True), (), ""))


def _rules_in(nodes: Iterable[Any], media: tuple[str, ...], outer: str) -> Iterator[tuple[str, Rule]]:
    """Yield them, nested ones among them."""
    for node in nodes:
        if node.type == "at-rule" and node.content is not None:
            asked = (*media, tinycss2.serialize(node.prelude)) if node.lower_at_keyword == "media" else media
            if node.lower_at_keyword in ("media", "supports", "layer", "container", "scope", "starting-style"):
                yield from _rules_in(tinycss2.parse_blocks_contents(node.content, True, True), asked, outer)
        elif node.type == "qualified-rule":
            selectors = tinycss2.serialize(node.prelude).strip()
            if around := f":is({outer})" if outer else "":
                if selectors.count("&") * len(around) > 5_000:  # & & { & & { ...: taken for every element
                    selectors, around = "*", ""
                selectors = selectors.replace("&", around) if "&" in selectors else f"{around} :is({selectors})"
            plain, important = _of_declarations(parts := tinycss2.parse_blocks_contents(node.content, True, True))
            if plain or important:
                yield selectors, Rule(plain, important, media, tinycss2.serialize(node.prelude).strip())
            yield from _rules_in((part for part in parts if part.type != "declaration"), media, selectors)


def _of_declarations(parts: Iterable[Any]) -> tuple[Declared, Declared]:
    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    for part in parts:
        if part.type == "declaration" and (part.lower_name in _READ or part.name.startswith("--")):
            name = part.name if part.name.startswith("--") else part.lower_name
            value = tinycss2.serialize(part.value).strip()
            (important if part.important else plain)[name] = (
                value if name[:2] == "--" or name == "content" else value.lower()
            )
    return plain, important


def cascaded(rules: Rules, screen: Screen) -> dict[str, str]:
    """Return what stands of rules, the stronger one later, on a screen."""
    said: dict[str, str] = {}
    told = [rule for _, rule in rules if all(_applies(each, screen) for each in rule.media)]
    for declared in (*(rule.declared for rule in told), *(rule.important for rule in told)):
        said |= declared
    return said


_FEATURE = re.compile(rf"\(\s*(min|max)-(?:device-)?width\s*:\s*({NUMBER})([a-z]+)\s*\)")


def _applies(query: str, screen: Screen) -> bool:
    """Return whether a media query may be true of a screen; what cannot be known is taken for true."""
    return any(_applies_one(each.strip().lower(), screen) for each in query.split(","))


def _applies_one(query: str, screen: Screen) -> bool:
    own, other = ("print", "screen") if screen.paper else ("screen", "print")
    if re.match(rf"(?:only\s+)?(?:{other}|speech|tty)\b|not\s+(?:{own}|all)\s*$", query):
        return False
    for bound, number, unit in _FEATURE.findall(query):
        pixels = float(number) * UNITS.get(unit, 16.0)
        if screen.width < pixels if bound == "min" else screen.width > pixels:
            return False
    scheme = re.search(r"prefers-color-scheme\s*:\s*(dark|light)", query)
    return not scheme or (scheme[1] == "dark") == screen.dark


def resolved(value: str, variables: Mapping[str, str]) -> str:
    """Return a value with its variables replaced by what they stand for."""
    for _ in range(8):
        found = re.search(r"(?:var\(\s*(--[\w-]+)|env\([\w\s-]+)\s*(?:,([^()]*))?\)", value)
        if not found:
            break
        value = value[: found.start()] + variables.get(found[1], found[2] or "").strip().lower() + value[found.end() :]
        if len(value) > 1_000:
            break
    return value


def measured(value: str) -> tuple[float, str] | None:
    """Return the number of a value and its unit; None where it is something else."""
    found = MEASURE.fullmatch(value.strip())
    return (float(found[1]), found[2]) if found else None


def share(value: str) -> float:
    """Return a share of 1; 1 where a value is none."""
    number, unit = measured(value) or (1.0, "")
    return max(number, 0.0) / (100 if unit == "%" else 1)


def ground_of(said: Mapping[str, str], around: float) -> float:
    """Return how bright the ground of a text is; a picture's is not known, and taken for what is around."""
    for name in ("background-color", "background"):
        for part in _GROUND.findall(said.get(name, "")):
            colour = colour_of(part)
            if colour and colour[1] >= 0.5:
                return colour[0]
    return around


def opaque(said: Mapping[str, str]) -> float:
    """Return how opaque the ground of a box is, from 0 to 1; a picture's is not known, and taken for 0."""
    if "blur" in said.get("backdrop-filter", ""):
        return 1.0
    ground = said.get("background-color") or said.get("background", "")
    blends = (said.get("background-image", "") + said.get("background", "")).partition("gradient(")[2]
    colours = [each for part in _GROUND.findall(blends) if (each := colour_of(part))]
    found = [each[1] for part in _GROUND.findall(ground) if (each := colour_of(part))]
    return max((*found, min((each[1] for each in colours), default=0.0), float(ground in SYSTEM_GROUNDS)))


_GROUND = re.compile(r"[\w#-]+(?:\([^()]*\))?")
SYSTEM_GROUNDS = ("canvas", "field", "buttonface")


_BRIGHT = {
    **dict.fromkeys(("srgb", "hsl", "hwb"), "srgb"),
    **dict.fromkeys(("lab", "lch", "xyz-d50"), "xyz-d50"),
    **dict.fromkeys(("oklab", "oklch", "xyz-d65"), "xyz-d65"),
}
"""By colour space, what its colours are converted to; tinycss2 can convert no others. Y of CIE XYZ is the luminance."""


_MADE = re.compile(r"color-mix\(in [^,()]+,(.*)\)|[\w-]+\(\s*from\s+([\w#-]+(?:\([^()]*\))?) .*\)")
_PARTS = re.compile(r"([\w#-]+(?:\([^()]*\))?)(?:\s+([\d.]+%))?")
"""A colour that is made from others, and what one of these is, and how much."""


@lru_cache(maxsize=256)
def colour_of(text: str) -> tuple[float, float] | None:
    """Return how bright a colour is (WCAG 2.2, relative luminance), and how opaque; None where that is not known.

    Of one that is made from others, this is near enough.
    """
    if made := _MADE.fullmatch(text):
        parts = _PARTS.findall(made[1] or made[2])
        left = 1 - sum(share(much) for _, much in parts if much)
        known = [(each, share(much) if much else max(left, 0.01)) for part, much in parts if (each := colour_of(part))]
        whole = sum(much for _, much in known)
        bright, opacity = (sum(each[at] * much for each, much in known) for at in (0, 1))
        return (bright / whole, opacity / whole) if whole else None
    try:
        found = parse_color(text)
    except ValueError:  # tinycss2 unpacks the arguments of color() before it looks whether there are any
        return None
    space = _BRIGHT.get(found.space) if isinstance(found, Color) else None
    if not space:
        return None
    try:
        coordinates = found.to(space).coordinates
    except OverflowError:  # a power of the lightness in lab(1e300 0 0) is no number
        return None
    as_shown = (min(max(each, 0.0), 1.0) for each in coordinates)  # a screen shows nothing beyond
    bright = luminance(*as_shown) if space == "srgb" else coordinates[1]
    return min(max(bright, 0.0), 1.0), found.alpha


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


def parents_in(root: Any) -> Mapping[Any, Any]:
    """Return by element the one around it."""
    return {child: each for each in root.iter() for child in each}


def with_ancestors(element: Any, parents: Mapping[Any, Any]) -> Iterator[Any]:
    """Yield an element, and each around it."""
    while element is not None:
        yield element
        element = parents.get(element)


def covered(root: Any, shown: Set[Any], layers: Mapping[Any, Layer]) -> set[Any]:
    """Return which of the elements that are shown something lies over; `layers` has those that lie somewhere.

    What styles put before and behind an element is named by the element and its own name.
    """
    hidden: set[Any] = set()
    covers = [(key, layer) for key, layer in layers.items() if layer.covers]
    if not covers:
        return hidden
    at = {each: float(number) for number, each in enumerate(root.iter())}
    above = parents_in(root)

    @cache
    def path(element: Any, is_text: bool) -> Path:
        found: Path = []
        placed: Path = []
        for each in reversed([*with_ancestors(element, above)]):
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
        holders = (each for each in with_ancestors(outer, above) if layers.get(each, NOWHERE).holds)
        place = next(holders, root) if layer.covers == "absolute" else root
        under = [each for each in place.iter() if each in shown and (part or each not in within)]
        hidden.update(each for each in under if each not in hidden and path(each, is_text=True) < over)
        looked += len(within) + len(under)
        if looked > _LOOKED:
            break
    return hidden


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


@lru_cache(maxsize=64)
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


@lru_cache(maxsize=256)
def plain_colour(text: str) -> str:
    """Return a colour as #rrggbb; empty for what is none, and for one that something shines through."""
    try:
        colour = parse_color(text) if text else None
        found = colour.to("srgb").coordinates if isinstance(colour, Color) and colour.alpha == 1 else ()
        parts = [min(max(round(255 * part), 0), 255) for part in found]
    except (ValueError, OverflowError, NotImplementedError):  # color() of nothing, infinity, spaces but sRGB: no hex
        return ""
    return f"#{bytes(parts).hex()}" if parts else ""


def _paint(node: Any, names: frozenset[str], *, is_ground: bool) -> Paint:
    words = [each for each in node.value if each.type not in ("whitespace", "comment")]
    plain = plain_colour(tinycss2.serialize(words)) if len(words) == 1 else ""
    first = words[0] if words else node
    return Paint(first.source_line, first.source_column, tinycss2.serialize(words), plain, names, is_ground)
