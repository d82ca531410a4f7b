"""Style sheets: what one would load, and what no browser knows: a misspelt property, word, unit or variable."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

import tinycss2
from tinycss2.color4 import parse_color

from briefgen.model.findings import did_you_mean

CURLED = "[‘’‚‛“”„‟«»‹›]"
"""Quotes that are curled, as a regular expression: to browsers and Jinja they are letters."""
STRAIGHT = "write straight quotes: \"...\" or '...'; programs for letters curl them"


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


_SIDES = {
    **dict.fromkeys(("top", "bottom"), "left-corner left center right right-corner"),
    **dict.fromkeys(("left", "right"), "top middle bottom"),
}
RULES = words(
    "media supports page font-face font-feature-values counter-style keyframes layer container property scope "
    "starting-style charset -webkit-keyframes footnote"
).union(f"{side}-{place}" for side, places in _SIDES.items() for place in places.split())
"""The @-rules that load nothing; @import, @namespace, @document and @color-profile do."""
_ADDRESSES = words("url src url-prefix domain")
_MAY_LOAD = words("image image-set -webkit-image-set expression -moz-element paint")
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


MAX_PIECES = 200_000
"""Words and signs of a style: reading two million quotes took the parser of styles half a minute, time and again."""
_PIECE = re.compile(r"[\w+/=-]+|\s+|.")


@lru_cache(maxsize=512)
def pieces_in(style: str) -> int:
    """Return how many words and signs a style has, at most one more than the limit."""
    return sum(1 for _ in islice(_PIECE.finditer(style), MAX_PIECES + 1))


@lru_cache(maxsize=512)
def addresses_in(style: str) -> tuple[str, ...]:
    """Return every address in a style, and each rule, function and measure that no page may have."""
    if pieces_in(style) > MAX_PIECES:
        return (f"{MAX_PIECES:,} words and signs, and more(...)",)
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
            case "at-keyword" if node.lower_value not in RULES:
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
        node.lower_name == "attr" and "url" in tinycss2.serialize(node.arguments).lower()
    ):
        yield f"{node.lower_name}(...)"
    else:
        if node.lower_name == "repeat":
            times = (each.representation for each in node.arguments if each.type == "number" and each.value > MAX_TIMES)
            yield from (f"{each}-fold repeat(...)" for each in times)
        yield from _addresses(node.arguments, depth + 1)


_EVERYWHERE = words("inherit initial unset revert revert-layer")
_UNITS = words(
    "% cm mm q in pc pt px em rem ex rex ch rch cap rcap ic ric lh rlh deg grad rad turn s ms hz khz dpi dpcm dppx x fr"
).union(size + way for size in ("v", "sv", "lv", "dv", "cq") for way in ("w", "h", "i", "b", "min", "max"))
_USUAL = ("cm", "mm", "in", "pt", "px", "em", "rem", "ch", "vw", "vh", "fr", "deg", "s", "ms")
_MEDIA = words("all print screen speech and or not only")
_FEATURES = words(
    "width height aspect-ratio orientation resolution scan grid update color color-index overflow-block "
    "overflow-inline color-gamut monochrome inverted-colors forced-colors scripting device-width device-height "
    "device-aspect-ratio display-mode dynamic-range video-dynamic-range pointer any-pointer hover any-hover "
    "prefers-color-scheme prefers-contrast prefers-reduced-data prefers-reduced-motion prefers-reduced-transparency "
    "light-level device-posture"
)
"""What @media asks for, without min- and max-."""
_ANY, _NUMBER, _COLOUR, _FUNCTION = "*", "<number>", "<color>", "<function>"
_FILLED_IN = "\ue000"
"""Stands for what a template prints: a sign that CSS takes for a letter, and that nobody writes."""
_REMARK = re.compile(r"/\*(.*?)(\*/|\Z)", re.DOTALL)
_JINJA = re.compile(r"\{([{%#]).*?(?:[}%#]\}|\Z)", re.DOTALL)  # what is not closed is taken to its end, once


@dataclass(frozen=True, slots=True)
class Strange:
    """What no browser knows, by line and column of the style sheet."""

    line: int
    column: int
    message: str
    hint: str = ""
    stops: bool = False
    """Whether no document is made with it."""


def _strange(node: Any, message: str, hint: str = "") -> Strange:
    return Strange(node.source_line, node.source_column, message, hint)


def _place(text: str, at: int) -> tuple[int, int]:
    """Return the line and the column of a position."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


_LONG_NUMBER = re.compile(r"\d{4000,}")
"""Digits of a number that Python may refuse to read (sys.set_int_max_str_digits), and the parser of styles with it."""
_MOST, _REST = 100, "mend what is told above; then the rest is"
"""Strange words of one style sheet that are told: finding what each of thousands may have meant takes seconds."""


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables (`--body`) of all style sheets and templates together."""

    set: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    lengths: frozenset[str] = frozenset()
    """Those that are somewhere a number with a unit."""


@lru_cache(maxsize=64)
def strange_words(text: str, variables: Variables) -> tuple[Strange, ...]:
    """Return what a style sheet, which may be a template, has that no browser knows, or that does nothing.

    At most the first hundred, and where the rest begins.
    """
    if beyond := next(islice(_PIECE.finditer(text), MAX_PIECES, None), None):
        message = f"the style sheet has more than {MAX_PIECES:,} words and signs, and is read no further than here"
        return (Strange(*_place(text, beyond.start()), message, "take away what no page needs", stops=True),)
    style = _JINJA.sub(_blank, text)
    if long := _LONG_NUMBER.search(style):
        message = f"this number has {len(long[0]):,} digits, more than any program reads"
        return (Strange(*_place(style, long.start()), message),)
    wide, style = _plain(style)
    slashes = [*_slashes(tinycss2.parse_component_value_list(style))] if "//" in style else []
    lines = style.split("\n")
    for each in slashes:  # what stands behind is a remark to whoever wrote it
        lines[each.line - 1] = lines[each.line - 1][: each.column - 1]
    style = "\n".join(lines)
    nodes = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    try:
        found = (*islice(chain(wide, slashes, _unclosed(style), _in_rules(nodes, variables)), _MOST + 1),)
        rest = [replace(each, message="from here on nothing more is told", hint=_REST) for each in found[_MOST:]]
        return (*found[:_MOST], *rest)
    except RecursionError:  # hundreds of brackets within one another, which styles.py refuses
        return ()


@lru_cache(maxsize=512)
def classes_in(style: str) -> tuple[tuple[str, int, int], ...]:
    """Return each class and each #id that a rule is for, with its line and column; not those in `:not()`."""
    try:
        return tuple(_classes(rules_of(style)))
    except RecursionError:  # which is refused
        return ()


def rules_of(style: str) -> list[Any]:
    """Return the rules of a style sheet; none of one that is too long."""
    if pieces_in(style) > MAX_PIECES or _LONG_NUMBER.search(style):  # which is told
        return []
    rules: list[Any] = tinycss2.parse_stylesheet(_plain(_JINJA.sub(_blank, style))[1], True, True)
    return rules


def _classes(nodes: Iterable[Any]) -> Iterator[tuple[str, int, int]]:
    for node in nodes:
        if node.type in ("at-rule", "qualified-rule") and node.content is not None:
            if node.type == "qualified-rule":
                yield from _classes_of(node.prelude)
            yield from _classes(tinycss2.parse_blocks_contents(node.content, True, True))


def _classes_of(selector: Sequence[Any]) -> Iterator[tuple[str, int, int]]:
    for before, each in pairwise(selector):
        if before == "." and each.type == "ident" and _FILLED_IN not in each.value:
            yield each.value, each.source_line, each.source_column
    for each in selector:
        if each.type == "hash" and _FILLED_IN not in each.value:
            yield f"#{each.value}", each.source_line, each.source_column
        if each.type == "function" and each.lower_name in ("is", "where", "has"):
            yield from _classes_of(each.arguments)


@lru_cache(maxsize=8)
def variables_in(text: str) -> Variables:
    """Return the variables of a style sheet or a template, or of the texts of several."""
    names = frozenset(re.findall(r"(--[\w-]+)\s*:", text))
    lengths = re.findall(r"(--[\w-]+)\s*:\s*[\d.]+(?:[a-z]+|%)", text)
    return Variables(names, frozenset(re.findall(r"var\(\s*(--[\w-]+)", text)), frozenset(lengths))


_IN_TEMPLATES = re.compile(r"\{%-?\s*block\s+style\b[^%]*%\}(.*?)(?=\{%-?\s*endblock\b)", re.DOTALL)
_IN_PAGES = re.compile(
    r"""<style\b[^>]*>(.*?)</style\b|<[^<>]*?\sstyle\s*=\s*("[^"\ue000]*"|'[^'\ue000]*')""", re.DOTALL | re.IGNORECASE
)
_PRINTED_LINE = re.compile(rf"^[ \t]*{_FILLED_IN}+[ \t;]*$", re.MULTILINE)


@lru_cache(maxsize=512)
def styles_in(template: str) -> str:
    """Return the styles of a template at their lines and columns, those of an element as a rule; blanks for the rest.

    What a template prints as a whole line, or into the style of an element, may be anything and is left out.
    """
    page, style = _JINJA.sub(_blank, template), [*re.sub(r"[^\n]", " ", template)]
    page = _PRINTED_LINE.sub(lambda line: " " * len(line[0]), page)
    for found in (*_IN_TEMPLATES.finditer(template), *_IN_PAGES.finditer(page)):
        start, end = found.span(found.lastindex or 0)
        style[start:end] = page[start:end] if found.lastindex == 1 else f"{{{page[start + 1 : end - 1]}}}"
    return "".join(style)


def _blank(found: re.Match[str]) -> str:
    """Return what stands where a template prints or decides something, with the same lines and columns."""
    return re.sub(r"[^\n]", _FILLED_IN if found[1] == "{" else " ", found[0])


@cache
def _takes() -> Mapping[str, frozenset[str]]:
    """Return the words that each property takes; those of `<color>` and `<function>` are the names of these."""
    lines = (Path(__file__).parent / "css_words.txt").read_text(encoding="utf-8").splitlines()
    parted = (line.partition(":") for line in lines if not line.startswith("#"))
    return {name: frozenset(words.split()) for names, _, words in parted for name in names.split()}


def is_property(name: str) -> bool:
    """Return whether browsers know a property of that name."""
    return name.lower() in _takes() and not name.startswith("<")


def _unclosed(style: str) -> Iterator[Strange]:
    """Yield the last block and each remark that is not closed: what follows belongs to it then."""
    for remark in _REMARK.finditer(style):
        if not remark[2] or "/*" in remark[1]:
            message = "this remark has no end, so that what follows belongs to it"
            yield Strange(*_place(style, remark.start()), message, "write its */")
    nodes = tinycss2.parse_component_value_list(style)
    if tinycss2.serialize(nodes).count("}") > style.count("}"):
        last = next((each for each in reversed(nodes) if each.type == "{} block"), nodes[-1])
        yield _strange(last, "this block has no end, so that what follows belongs to it", "write its }")


def _plain(style: str) -> tuple[list[Strange], str]:
    """Return the signs that only look like those of a style sheet, and the style with the right ones."""
    bare = _TEXTS.sub(lambda text: " " * len(text[0]), style) if not style.isascii() else ""
    wide = [found.start() for found in _WIDE_SIGN.finditer(bare)]
    signs = [*style]
    for at in wide:
        signs[at] = _WIDE[style[at]]
    told = {style.count("\n", 0, at): at for at in reversed(wide)}.values()  # the first one of each line
    what = ((at, "a plain blank" if _WIDE[style[at]] == " " else _WIDE[style[at]]) for at in sorted(told))
    message = "the sign here only looks like one of a style sheet, and is a letter of the word"
    return [Strange(*_place(style, at), message, f"write {right}") for at, right in what], "".join(signs)


_WIDE = {"\u00a0": " ", "\u3000": " "} | {chr(0xFEE0 + ord(sign)): sign for sign in ":;,.#{}()%!-"}
_WIDE_SIGN = re.compile(f"[{''.join(_WIDE)}]")
_TEXTS = re.compile(r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)


def _slashes(nodes: Iterable[Any]) -> Iterator[Strange]:
    """Yield the remarks of other languages: browsers pass by the rule or the line that stands behind one."""
    before = None
    for node in nodes:
        if before == "/" and node == "/":
            hint = "write /* before it and */ behind it"
            yield _strange(before, "// begins no remark in a style, and what stands behind it does not count", hint)
        elif node.type == "{} block":
            yield from _slashes(node.content)
        before = node


def _in_rules(nodes: Iterable[Any], variables: Variables) -> Iterator[Strange]:
    for node in nodes:
        if node.type == "error":
            message = "this is neither 'property: value;' nor a rule with its { }"
            yield _strange(node, message, "look for a sign that is missing or too much")
        elif node.type == "declaration" and not node.name.startswith("-") and _FILLED_IN not in node.name:
            yield from _in_declaration(node, variables)
        elif node.type == "declaration" and node.name.startswith("--"):
            yield from _in_variable(node, variables)
        elif node.type == "at-rule" and node.content is None and node.lower_at_keyword in _WITH_BLOCK:
            yield _strange(node, f"@{node.at_keyword} has no block", "write its { }, and close each bracket before it")
        elif node.type in ("at-rule", "qualified-rule") and node.content is not None:
            yield from _broken(node.prelude)
            if node.type == "at-rule" and node.lower_at_keyword == "page":
                yield from _in_page(node.prelude)
            if node.type == "at-rule" and node.lower_at_keyword == "media":
                yield from _in_conditions(node.prelude)
            yield from _in_rules(tinycss2.parse_blocks_contents(node.content, True, True), variables)


_WITH_BLOCK = ("media", "page", "supports", "font-face", "container")


def _in_page(prelude: Sequence[Any]) -> Iterator[Strange]:
    """Yield the pages that @page is for and that there are none of."""
    for before, each in pairwise(prelude):
        if before == ":" and each.type == "ident" and each.lower_value not in _PAGES:
            yield _strange(each, f"':{each.value}' is no page of @page", did_you_mean(each.lower_value, _PAGES))


_PAGES = ("first", "left", "right", "blank")


def _broken(nodes: Iterable[Any]) -> Iterator[Strange]:
    """Yield the signs that close nothing, and quoted texts and addresses without their end."""
    for node in nodes:
        if node.type == "error" and node.kind in ")]}":
            yield _strange(node, f"this {node.kind} closes nothing")
        elif node.type == "error":
            yield _strange(node, "this is not closed", "write the quote or bracket that ends it on the same line")


def _in_conditions(nodes: Iterable[Any], known: frozenset[str] = _MEDIA) -> Iterator[Strange]:
    for node in nodes:
        if node.type == "() block":
            inner = [each for each in node.content if each.type not in ("whitespace", "comment")]
            is_simple = len(inner) == 1 or (len(inner) > 1 and inner[1] == ":")
            yield from _in_conditions(inner[:1] if is_simple else inner, _FEATURES | {"and", "or", "not"})
        elif node.type == "ident" and not node.value.startswith(("-", _FILLED_IN)):
            prefix = node.lower_value[:4] if node.lower_value.startswith(("min-", "max-")) else ""
            if node.lower_value.removeprefix(prefix) not in known:
                hint = did_you_mean(node.lower_value, {prefix + each for each in known})
                yield _strange(node, f"'{node.value}' is no condition of @media", hint)


_NO_COLOURS = ("font-color", "text-color", "foreground-color", "fore-color")
"""What people write who look for the colour of letters."""


def _in_declaration(node: Any, variables: Variables) -> Iterator[Strange]:
    takes = _takes()
    if node.lower_name.startswith("mso-"):
        yield _strange(node, f"'{node.name}' is no property", "take it away: programs for letters write it")
        return
    if not is_property(node.name):
        name = node.lower_name.replace("colour", "color")
        meant = "color" if name in _NO_COLOURS else name if is_property(name) else ""
        near = did_you_mean(name, (each for each in takes if not each.startswith("<")))
        hint = f"did you mean '{meant}'?" if meant else near
        yield _strange(node, f"'{node.name}' is no property", hint)
        return
    if all(each.type in ("whitespace", "comment") for each in node.value):
        yield _strange(node, f"'{node.name}' has no value")
    yield from _broken(node.value)
    if curled := next((each for each in node.value if each.type == "ident" and re.search(CURLED, each.value)), None):
        message = f"the quotes of '{curled.value}' are curled, which makes them letters of the word"
        yield _strange(curled, message, STRAIGHT)
        return
    before = None
    for each in node.value:
        if each == ":" and before is not None and before.type == "ident" and before.lower_value in takes:
            yield _strange(before, f"';' is missing before '{before.value}'")
            return
        before = before if each.type == "whitespace" else each
    wrong = [*_in_pairs(node.value)]
    yield from wrong
    for each in node.value if not wrong else ():
        yield from _in_value(each, node.lower_name, takes[node.lower_name])
    yield from _in_functions(node.value, variables)


def _in_variable(node: Any, variables: Variables) -> Iterator[Strange]:
    """Yield what is wrong with a variable, of which browsers and the PDF engine say nothing."""
    if node.name not in variables.used and _FILLED_IN not in node.name:
        yield _strange(node, f"nothing uses the variable '{node.name}'", did_you_mean(node.name, variables.used))
    wrong = [*_in_pairs(node.value)]
    value = [each for each in node.value if each.type not in ("whitespace", "comment")]
    if not wrong and [each.type for each in value] == ["number"] and value[0].value and node.name in variables.lengths:
        wrong.append(_strange(value[0], f"'{value[0].representation}' has no unit", "write the unit behind it: pt, mm"))
    yield from wrong
    for each in value:
        if each.type == "hash":
            yield from _in_value(each, node.name, frozenset((_ANY, _NUMBER)))
    yield from _in_functions(node.value, variables)


def _in_pairs(value: Sequence[Any]) -> Iterator[Strange]:
    """Yield the numbers that a blank parts from their unit, or a comma in two; and a misspelt !important."""
    for at, each in enumerate(value):
        after, last = (value[at + 1], value[at + 2]) if at + 2 < len(value) else (None, None)
        if each.type == "number" and last is not None and last.type == "ident" and last.lower_value in _UNITS:
            if after is not None and after.type == "whitespace":
                message = f"a blank stands between {each.representation} and its unit"
                yield _strange(each, message, f"write {each.representation}{last.value}")
        elif each.type == "number" and after == "," and last is not None and last.type == "dimension":
            message = "a comma stands in the number, which has a point"
            yield _strange(each, message, f"write {each.representation}.{last.representation}{last.unit}")
        elif each == "!" and at + 1 < len(value) and value[at + 1].type == "ident":
            yield _strange(value[at + 1], f"'!{value[at + 1].value}' is none", "write !important")


def _in_value(token: Any, name: str, words: frozenset[str]) -> Iterator[Strange]:
    if token.type == "ident" and _ANY not in words and not token.value.startswith(("-", _FILLED_IN)):
        known = {each for each in words if each.isascii() and each[0] != "<"}
        known |= _takes()[_COLOUR] if _COLOUR in words else set()
        if token.lower_value not in known | _EVERYWHERE:
            message = f"'{token.value}' is no value of '{name}'"
            yield _strange(token, message, did_you_mean(token.lower_value, known))
    elif token.type == "number" and token.value and not words & {_ANY, _NUMBER}:
        message = f"'{token.representation}' has no unit"
        hint = f"write {token.representation}px, say" if words != {_COLOUR} else ""
        yield _strange(token, message, hint)
    elif token.type == "hash" and _FILLED_IN not in token.value and parse_color(token) is None:
        hint = "write # and three or six digits or letters from a to f"
        yield _strange(token, f"'#{token.value}' is no colour", hint)


def _in_functions(nodes: Iterable[Any], variables: Variables) -> Iterator[Strange]:
    for node in nodes:
        if node.type == "dimension" and node.lower_unit not in _UNITS and _FILLED_IN not in node.unit:
            yield _strange(node, f"'{node.unit}' is no unit", did_you_mean(node.lower_unit, _USUAL))
        elif node.type == "function":
            functions = _takes()[_FUNCTION]
            inner = [each for each in node.arguments if each.type not in ("whitespace", "comment")]
            if not node.name.startswith("-") and node.lower_name not in functions:
                yield _strange(node, f"'{node.name}()' is no function", did_you_mean(node.lower_name, functions))
            elif (
                node.lower_name == "var"
                and [each.type for each in inner] == ["ident"]
                and inner[0].value not in variables.set
            ):
                yield _strange(node, f"'{inner[0].value}' is set nowhere", did_you_mean(inner[0].value, variables.set))
            yield from _in_functions(node.arguments, variables)


_SIDE = re.compile(
    r"(?<![\w-])(?P<head>(?:(?:margin|padding|border)-)?|(?:text-align|float):\s*)(?P<side>left|right)"
    r"(?=(?:-\w+)?\s*:|\s*[;}])"
)
_FOUR_SIDES = re.compile(r"(?<![\w-])(margin|padding):\s*([^\s;{}]+) ([^\s;{}]+) ([^\s;{}]+) ([^\s;{}]+)(?=\s*[;}])")
_OTHER = {"left": "right", "right": "left"}


def turned(style: str) -> str:
    """Return a style sheet with the sides changed over, for pages from right to left.

    The margins of the sheet are those that the look names. The PDF engine knows `margin-inline-start` and the like, and
    has it win over `margin-left` wherever that stands: an editor's own rules would count on screen, and not on paper.
    """
    changed = _SIDE.sub(lambda found: f"{found['head']}{_OTHER[found['side']]}", style)
    return _FOUR_SIDES.sub(r"\1: \2 \5 \4 \3", changed)
