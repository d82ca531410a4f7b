"""Whether a page shows what its markup marks: the facts, the values and the statuses; and which rule hides it.

Of paper, the finished layout says it. Of a screen, the styles, as far as they alone can: a browser lays pages out; this
does not.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from briefgen.files import styled
from briefgen.model.document import Job
from briefgen.model.findings import Finding, Location
from briefgen.render.cascade import (
    CLIPS,
    CUTS,
    HEIGHT,
    INHERITED,
    MEASURE,
    MOVES,
    NOWHERE,
    NUMBER,
    PARTS,
    PROPS,
    SCREENS,
    SIZES,
    SYSTEM_GROUNDS,
    UNITS,
    Layer,
    Matched,
    Rules,
    Screen,
    cascaded,
    colour_of,
    covered,
    ground_of,
    layer_of,
    matched_rules,
    measured,
    opaque,
    parents_in,
    resolved,
    share,
    with_ancestors,
)
from briefgen.render.pdf_words import HOLDS_VALUE, INLINE
from briefgen.render.styles import words

_FAR = 600.0
"""Pixels of 1/96 inch by which nothing is moved that shall be seen."""
_LEAST_CONTRAST = 1.15
"""By the formula of WCAG 2.2; what look.yaml allows has more than 3."""


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of an element from those around it."""

    hidden: bool = False
    opacity: float = 1.0
    size: float = 16.0
    ground: float = 1.0
    """How bright it is."""
    line: float = 16.0
    """How high a line is at least, in pixels."""
    cut: bool = False
    """Whether what stands out of its lines is cut off."""
    place: Layer = NOWHERE
    """Its own alone."""
    inherited: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)


def hidden_marks(root: Any) -> Iterator[tuple[str, str]]:
    """Yield each mark of a page whose text is not all to be seen on some screen, with that text."""
    marked = list(marked_texts(root))
    yield from ((mark, "") for _, mark, text in marked if not text)
    for shown in _shown(root, matched_rules(root)):
        yield from ((mark, text) for element, mark, text in marked if text and element not in shown)


_States = tuple[_State, ...]
"""What is known of an element on each screen; nothing where it is hidden on all, with all that is in it."""
_Told = tuple[_States, tuple[int, ...], tuple[tuple[int, str, Layer], ...]]
"""That, on which screens it can be read, and what lies there: itself (""), or a part of it."""
_KNOWN: dict[tuple[object, ...], tuple[_Told, tuple[object, ...]]] = {}
"""The same by all that it depends on, and what is meant by the numbers (id) in that, which stays and so keeps them."""
_MOST_KNOWN = 2_000
_NO_RULES: Mapping[str, Rules] = {}


@lru_cache(maxsize=1)
def _start() -> _States:
    """Return what is known around a page: the same object for each, as `_KNOWN` goes by that."""
    return tuple(_State(ground=0.0 if each.dark else 1.0, inherited={"color": "canvastext"}) for each in SCREENS)


def _shown(root: Any, matched: Matched) -> Iterator[set[Any]]:
    """Yield for each screen the elements whose own text is to be seen."""
    shown: list[set[Any]] = [set() for _ in SCREENS]
    layers: list[dict[Any, Layer]] = [{} for _ in SCREENS]
    stack = [(root, _start())]
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    while stack:
        element, around = stack.pop()
        rules = matched.get(element, _NO_RULES)
        key = (id(around), element.tag, element.get("hidden") is not None, id(rules))
        known = _KNOWN.get(key)
        if known is None:  # most elements are like one beside them, and most pages like one before them
            known = _KNOWN[key] = _told(element, around, rules), (around, rules)
        states, legible, made = known[0]
        for at in legible:
            shown[at].add(element)
        for at, part, layer in made:
            layers[at][(element, part) if part else element] = layer
        if states:
            stack += [(child, states) for child in element if isinstance(child.tag, str)]
    yield from (found - covered(root, found, lie) for found, lie in zip(shown, layers, strict=True))


def _told(element: Any, around: _States, rules: Mapping[str, Rules]) -> _Told:
    """Return it; of the element itself, nothing counts but its name and whether it is hidden."""
    told = [_told_on(screen, element, state, rules) for screen, state in zip(SCREENS, around, strict=True)]
    states = tuple(state for state, _, _ in told)
    if all(state is before for state, before in zip(states, around, strict=True)):
        states = around  # the same object, as `_KNOWN` goes by that
    made = [(at, part, layer) for at, (_, _, its) in enumerate(told) for part, layer in its.items()]
    goes_on = not all(state.hidden for state in states)
    return states if goes_on else (), tuple(at for at, (_, is_legible, _) in enumerate(told) if is_legible), tuple(made)


def _told_on(
    screen: Screen, element: Any, around: _State, rules: Mapping[str, Rules]
) -> tuple[_State, bool, dict[str, Layer]]:
    """Return what is known of an element on a screen, whether it can be read, and what lies there of it."""
    own, parts = rules.get("", ()), {part: rules[part] for part in PARTS if part in rules}
    changes = own or around.cut or element.get("hidden") is not None
    state = _within(element, around, cascaded(own, screen), screen) if changes and not around.hidden else around
    if state.hidden:
        return state, False, {}
    layer = {"": state.place} if state is not around and state.place != NOWHERE else {}
    if parts:
        state, legible, made = _with_parts(element, state, parts, screen)
        return state, legible, {} if state.hidden else layer | made
    return state, _legible(state), layer


def _with_parts(
    element: Any, state: _State, parts: Mapping[str, Rules], screen: Screen
) -> tuple[_State, bool, dict[str, Layer]]:
    """Return what is known of an element, and whether it can be read, with what styles make of its parts."""
    made: dict[str, Layer] = {}
    for part, rules in parts.items():
        said = cascaded(rules, screen)
        inner = _within(element, state, said, screen)
        if part in ("before", "after"):
            if said.get("content", "normal") not in ("normal", "none") and inner.place.covers:
                made[part] = inner.place
        elif element.tag not in INLINE and _legible(state) and not _legible(inner):
            return replace(state, hidden=True), False, {}
    return state, _legible(state), made


def _within(element: Any, around: _State, said: dict[str, str], screen: Screen) -> _State:
    variables = around.variables | {name: value for name, value in said.items() if name.startswith("--")}
    said = {name: resolved(value, variables) for name, value in said.items() if not name.startswith("--")}
    size = _type_size(said, around.size)
    said["line-height"] = _leading(said, size)
    own = {name: said[name] for name in INHERITED if said.get(name, "inherit") != "inherit"}
    inherited = around.inherited | own
    within = said.get("display", "inline" if element.tag in INLINE else "block").startswith("inline")
    high = _line(inherited.get("line-height", ""), size)
    hidden = (element.get("hidden") is not None and "display" not in said) or _hides(said, size, screen)
    opacity = around.opacity * share(said.get("opacity", "1"))
    covers = not hidden and inherited.get("visibility", "visible") == "visible"
    covers = covers and opacity * opaque(said) >= _COVERS
    return replace(
        around,
        hidden=hidden,
        opacity=opacity,
        place=layer_of(said, covers, lambda value: _pixels(value, size, screen), screen),
        size=size,
        ground=ground_of(said, around.ground),
        line=max(high, around.line) if within else high,
        cut=not _props(element, said, size, screen) and (around.cut or (element.tag not in _ROOTS and _cuts(said))),
        inherited=inherited,
        variables=variables,
    )


def _hides(said: Mapping[str, str], size: float, screen: Screen) -> bool:
    """Return whether an element is hidden with all that is in it."""
    if said.get("display") == "none" or said.get("content-visibility") == "hidden":
        return True
    if said.get("unicode-bidi", "").endswith("override"):  # the last sign first: 5 of 25 is 52 of 5
        return True
    if any(said.get(name, "none") not in ("none", "auto", "initial", "unset") for name in CUTS):
        return True
    moves = (part[0] for name in MOVES for part in MEASURE.finditer(said.get(name, "")))
    if any(_pixels(part, size, screen) >= _FAR for part in moves):
        return True
    sizes = (said.get(name, "") for name in SIZES)
    if _cuts(said) and any(_pixels(each, size, screen) <= 2 for each in sizes if MEASURE.fullmatch(each)):
        return True
    return _shrinks(said)


def _cuts(said: Mapping[str, str]) -> bool:
    return any(said.get(name, "visible") not in ("visible", "initial") for name in CLIPS)


_NO_PROP = ("auto", "initial", "unset", "none", "min-content", "max-content", "fit-content")
"""Heights that are those of the lines."""
_SPACED = frozenset({"p", "ul", "ol", "dl", "pre", "blockquote", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
"""Elements with margins that no style has to give them."""


def _props(element: Any, said: Mapping[str, str], size: float, screen: Screen) -> bool:
    """Return whether an element has a height, or space around itself, that its lines do not give it."""
    margins = () if _cuts(said) else [name for name in said if name.startswith("margin")]
    if element.tag in _SPACED and not margins and not _cuts(said):
        return True
    parts = [
        each
        for name in (*PROPS, *margins)
        for each in said.get(name, "").split()[:: 2 if name in ("padding", "margin") else 1]
    ]
    return any(not measured(each) or _pixels(each, size, screen) > 2 for each in parts if each not in _NO_PROP)


def _leading(said: Mapping[str, str], size: float) -> str:
    """Return the height of lines as it is handed down: a number, or pixels; "inherit" where nothing is said of it."""
    value = said.get("line-height", "")
    if not value and (font := said.get("font")):
        value = next(iter(re.findall(rf"/\s*({NUMBER}(?:%|[a-z]*))", font)), "normal")
    number, unit = measured(value) or (0.0, "")
    return f"{_in_type(number, unit, size):.3f}px" if unit else value or "inherit"


def _line(value: str, size: float) -> float:
    """Return how high a line is; of what only a browser knows, as high as its letters."""
    number, unit = measured(value) or (1.0, "")
    return number if unit else number * size


def _shrinks(said: Mapping[str, str]) -> bool:
    """Return whether an element is moved away, or made too small or too faint, as a whole."""
    if " " in said.get("rotate", ""):  # about an axis that it names, until it is seen from its edge
        return True
    if any(share(each) < 0.3 for name in ("scale", "zoom") for each in said.get(name, "").split()):
        return True
    transform = said.get("transform", "none")
    if transform not in ("none", "initial", "unset") and re.sub(r"(?:rotate|skew[xy]?)\([^()]*\)|\s", "", transform):
        return True
    filtered = said.get("filter", "")
    faint = re.search(r"opacity\(([^()]*)\)", filtered)
    return _BLURS.search(filtered) is not None or (faint is not None and share(faint[1]) < FAINTEST)


_BLURS = re.compile(r"blur|brightness|contrast|invert|url")
"""What a filter may make of letters that nobody reads."""


def _pixels(value: str, size: float, screen: Screen) -> float:
    """Return the length of a value, without its sign; 0 where it is none, or a share of what only a browser knows."""
    found = measured(value)
    if not found:
        return 0.0
    number, unit = found
    unit = unit.translate(_VIEWS) if unit.endswith(("vw", "vh")) else unit
    per = {
        "em": size,
        "rem": 16.0,
        "ch": size / 2,
        "ex": size / 2,
        "vw": screen.width / 100,
        "vh": HEIGHT / 100,
        "%": 6.0,
    }
    return abs(number) * {**UNITS, **per}.get(unit, 1.0)


_VIEWS = str.maketrans("", "", "dsl")
"""What sets dvh, svh and lvh apart from vh: bars of the browser."""


def _type_size(said: Mapping[str, str], around: float) -> float:
    """Return the size of the type, in pixels; what only a browser can work out is taken for what is around."""
    value = said.get("font-size", "")
    if not value and "font" in said:
        sized = re.search(rf"(?:^|\s)(0|{NUMBER}(?:px|pt|em|rem|%|vw|mm|cm|in|pc|ch|ex))(?=[\s/]|$)", said["font"])
        value = sized[1] if sized else ""
    found = measured(value)
    return _in_type(*found, around) if found else around


def _in_type(number: float, unit: str, size: float) -> float:
    """Return a length in pixels, by a size of type; that size where a browser alone knows it."""
    units = {**UNITS, "em": size, "rem": 16.0, "%": size / 100, "ex": size / 2, "ch": size / 2, "vw": 3.6}
    return number * units[unit] if unit in units else size if number else 0.0


def _legible(state: _State) -> bool:
    """Return whether text of this state can be read: not hidden, faint, tiny, cramped, or of its ground's colour."""
    inherited = state.inherited
    if inherited.get("visibility", "visible") in ("hidden", "collapse") or state.size < SMALLEST:
        return False
    if state.cut and state.line < _LOWEST * state.size:
        return False
    for name in ("letter-spacing", "word-spacing"):
        space, unit = measured(inherited.get(name, "")) or (0.0, "")
        if space * {**UNITS, "rem": 16.0}.get(unit, state.size) < NARROWEST * state.size:
            return False
    if inherited.get("color") in SYSTEM_GROUNDS:  # what a system gives grounds
        return False
    colour = colour_of(inherited.get("-webkit-text-fill-color") or inherited.get("color", ""))
    if state.opacity * (colour[1] if colour else 1) < FAINTEST:
        return False
    if not colour:
        return True
    one, other = sorted((colour[0], state.ground))
    return (other + 0.05) / (one + 0.05) >= _LEAST_CONTRAST


SMALLEST = 3.0
"""Pixels of 1/96 inch; smaller type is not read."""
FAINTEST = 0.1
"""The least opacity that is read."""
_ROOTS = words("html body")
"""What these cut off is cut off by the window, which scrolls."""
_COVERS = 0.5
"""The least opacity of a ground that hides what lies under it."""
NARROWEST = -0.3
"""The least space between letters, in ems; with less they lie over each other."""
_LOWEST = 0.5
"""The least height of a line, in ems, where what stands out of it is cut off."""
_NO_TEXT = frozenset({"style", "title", "script", "template", "wbr", "br", "img", "metadata", "desc"})
LISTED = 8
"""Findings of one kind in one document; beyond them, the rest are counted."""
_SHOWN = 60
"""Characters of a text that are quoted in a finding."""


def letters(text: str) -> Counter[str]:
    """Return the letters and digits of a text, whatever their form."""
    return Counter(sign for sign in normalize("NFKC", text) if sign.isalnum())


def quoted(text: str) -> str:
    """Return the first words of a text in quotation marks."""
    words = " ".join(text.split())
    return f"'{words[: _SHOWN - 1]}…'" if len(words) > _SHOWN else f"'{words}'"


def own_text(element: Any) -> str:
    """Return the text of an element, without that of the elements in it."""
    return "".join((element.text or "", *(child.tail or "" for child in element)))


def says(text: str) -> bool:
    """Return whether a text has a letter or a digit."""
    return any(map(str.isalnum, text))


def mark_of(element: Any) -> str:
    """Return what an element marks; empty where it marks nothing."""
    for key in ("fact", "status", "required"):
        if found := element.get(f"data-{key}"):
            return f"{key} '{found}'"
    if element.tag == "data":
        return f"value '{element.get('value', '')}'"
    return "a value" if element.get(HOLDS_VALUE) is not None else ""


def unseen(root: Any, seen: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """Yield each mark whose text is not all to be seen, in whatever case, with that text, and each mark without text.

    `seen` has by element which of its own text is.
    """
    for element, mark, text in marked_texts(root):
        if not text or letters(text.casefold()) - letters(seen.get(element, "").casefold()):
            yield mark, text


def marked_texts(root: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield each element within a mark that has a text of its own, with both; and each mark that has none at all."""
    stack: list[tuple[Any, str]] = [(root, "")]
    while stack:
        element, mark = stack.pop()
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in _NO_TEXT:
            continue
        own = mark_of(element)
        if own and not says("".join(element.itertext())):
            yield element, own, ""
        mark = own or mark
        text = own_text(element) if mark else ""
        if says(text):
            yield element, mark, text
        stack += [(child, mark) for child in reversed(element)]


_HIDING = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": re.compile(r"0?\.?0+%?"),
    "font-size": re.compile(r"0[a-z%]*"),
}


def hidden_findings(
    root: Any,
    found: Iterable[tuple[str, str]],
    job: Job,
    screens: Sequence[Screen],
    where: Callable[[], Mapping[str, Location]],
) -> tuple[Finding, ...]:
    """Return the findings (R411) of the marks that are not to be seen, with their texts.

    Those that a rule hides are told once, where that stands; a rule that no style sheet or template has as it is, and
    whatever else there may be, `where` its mark stands.
    """
    hidden = dict(reversed([*found]))
    if not hidden:
        return ()
    places = {
        mark: at for mark, rule in _rules_that_hide(root, hidden, screens).items() if (at := _place(rule, job.folders))
    }
    rest = [(mark, text) for mark, text in reversed(hidden.items()) if mark not in places]
    known = where() if rest else {}
    told = _others([(mark, text, known.get(mark, Location(job.name))) for mark, text in rest], job.name)
    return (*dict.fromkeys(_finding(rule, location) for rule, location in places.values()), *told)


def _others(marks: Sequence[tuple[str, str, Location]], document: str) -> Iterator[Finding]:
    """Yield a finding for each of the first marks, with its text, and one that counts the rest."""
    hint = "show it, or take the mark away; look for display, visibility, sizes, opacity, colours, positions and layers"
    for mark, text, location in marks[:LISTED]:
        message = f"{mark} is marked, but {quoted(text)} is not to be seen" if text else f"{mark} marks no text"
        yield Finding(location, "R411", message, hint=hint if text else _NO_WORDS)
    if (left := len(marks) - LISTED) > 0:
        yield Finding(Location(document), "R411", f"{left} more of this kind", hint=hint)


_NO_WORDS = "print its text, with {{ super() }} in a block that had it; or take the mark away"


def _finding(rule: str, location: Location) -> Finding:
    """Return the same for each document and language, so that it is told once."""
    message = f"the rule for '{' '.join(rule.split())}' hides a fact, a value, a status or what else a reader must see"
    return Finding(location, "R411", message, hint="take the rule away, or choose what it is for more narrowly")


def _rules_that_hide(root: Any, hidden: Mapping[str, str], screens: Sequence[Screen]) -> dict[str, str]:
    """Return the selectors of the rule that hides each mark, or an element around it; not those where none does."""
    parents, matched = parents_in(root), matched_rules(root)
    hiding = {each: by for each, rules in matched.items() if (by := _hiding_rule(rules.get("", ()), screens))}
    return {
        mark: hiding[each]
        for element, mark, _ in marked_texts(root)
        if mark in hidden
        for each in with_ancestors(element, parents)
        if each in hiding
    }


def _hiding_rule(rules: Rules, screens: Sequence[Screen]) -> str:
    """Return the selectors of the last rule by which an element is not shown on one of the screens; empty for none."""
    for name, pattern in _HIDING.items():
        if any(pattern.fullmatch(cascaded(rules, screen).get(name, "")) for screen in screens):
            for _, rule in reversed(rules):
                if pattern.fullmatch({**rule.declared, **rule.important}.get(name, "")):
                    return rule.selectors
    return ""


def _place(selectors: str, folders: tuple[str, ...]) -> tuple[str, Location] | None:
    """Return the rule with the first place that has its selectors and hides something; own files come first."""
    words = selectors.split()
    if not words:
        return None
    hides = rf"[^}}]*?(?<![\w-])(?:{'|'.join(_HIDING)})\s*:"
    pattern = re.compile(r"\s*".join(map(re.escape, words)) + rf"\s*\{{{hides}")
    for path, text in styled(map(Path, folders)):
        if found := pattern.search(text):
            return selectors, Location.behind(text[: found.start()], str(path))
    return None
