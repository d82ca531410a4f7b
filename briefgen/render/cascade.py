"""What the styles of a page say of each element, by the rules of the cascade.

The rules are those of W3C CSS Cascading and Inheritance, level 4; only the properties by which text is hidden, covered
or struck through are read, for a wide and for a narrow screen, light and dark. Where a style asks something that only a
browser knows, it is taken for so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

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
_READ = {*INHERITED, *MOVES, *SIZES, *CLIPS, *PROPS, *CUTS, *_OTHERS, "background-color", "background"}
"""The properties by which text is hidden, covered or struck through."""
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


def matched_rules(root: Any) -> dict[Any, list[tuple[tuple[int, ...], Rule]]]:
    """Return the rules that are about each element, the stronger one later, and about each part (::before) of it."""
    matcher = _matcher(tuple(style.text or "" for style in root.iter("style")))
    found: dict[Any, list[tuple[tuple[int, ...], Rule]]] = {}
    for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
        element = wrapper.etree_element
        rules: list[tuple[tuple[int, ...], Rule]] = []
        for specificity, order, part, rule in matcher.match(wrapper):
            (found.setdefault((element, part), []) if part else rules).append(((*specificity, order), rule))
        if own := element.get("style"):
            plain, important = _of_declarations(tinycss2.parse_blocks_contents(own, True, True))
            rules.append(((9, 9, 9, 0), Rule(plain, important, ())))
        if rules:
            found[element] = rules
    return found


@lru_cache(maxsize=8)  # the documents of an edition have the same styles
def _matcher(styles: tuple[str, ...]) -> Matcher:
    matcher = Matcher()
    for style in styles:
        for selectors, rule in rules_in(tinycss2.parse_stylesheet(style, True, True), (), ""):
            try:
                compiled = compile_selector_list(selectors)
            except SelectorError:
                continue  # a browser that does not know it leaves it out too
            for each in compiled:
                if each.pseudo_element in (None, *PARTS):
                    matcher.add_selector(each, rule)
    return matcher


def rules_in(nodes: Iterable[Any], media: tuple[str, ...], outer: str) -> Iterator[tuple[str, Rule]]:
    """Yield the selectors and the rule of each rule that may hide something, nested ones among them."""
    for node in nodes:
        if node.type == "at-rule" and node.content is not None:
            asked = (*media, tinycss2.serialize(node.prelude)) if node.lower_at_keyword == "media" else media
            if node.lower_at_keyword in ("media", "supports", "layer", "container", "scope", "starting-style"):
                yield from rules_in(tinycss2.parse_blocks_contents(node.content, True, True), asked, outer)
        elif node.type == "qualified-rule":
            selectors = tinycss2.serialize(node.prelude).strip()
            if around := f":is({outer})" if outer else "":
                if selectors.count("&") * len(around) > 5_000:  # & & { & & { ...: taken for every element
                    selectors, around = "*", ""
                selectors = selectors.replace("&", around) if "&" in selectors else f"{around} :is({selectors})"
            plain, important = _of_declarations(parts := tinycss2.parse_blocks_contents(node.content, True, True))
            if plain or important:
                yield selectors, Rule(plain, important, media, tinycss2.serialize(node.prelude).strip())
            yield from rules_in((part for part in parts if part.type != "declaration"), media, selectors)


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


def cascaded(rules: Iterable[tuple[tuple[int, ...], Rule]], screen: Screen) -> dict[str, str]:
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
