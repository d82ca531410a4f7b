"""What a style adds to what a page marks: words, and lines through it.

They would say of a fact what no source says of it, or take back what one says.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from briefgen.render.cascade import PAPER, SCREENS, cascaded, matched_rules, resolved, rules_in
from briefgen.render.seen import mark_of, own_text, says


def added_words(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the words or figures, in quotes as a style has them, that it writes beside a mark, and the first such mark.

    They are no fact's, and stand in no catalog.
    """
    if (matcher := _writers(tuple(style.text or "" for style in root.iter("style")))) is None:
        return
    marks: dict[Any, str] = {}
    told: dict[str, str] = {}
    for wrapper in ElementWrapper.from_html_root(root).iter_subtree():
        element, around = wrapper.etree_element, wrapper.parent.etree_element if wrapper.parent else None
        marks[element] = mark_of(element) or marks.get(around, "")
        beside = next((mark_of(child) for child in element if child.tag == "data"), "")  # as good as in it
        if mark := marks[element] or beside:
            for *_, words in matcher.match(wrapper):
                told.setdefault(words, mark)
    yield from told.items()


@lru_cache(maxsize=8)
def _writers(styles: tuple[str, ...]) -> Matcher | None:
    """Return what finds the elements before or behind which styles write words or figures; None where they do not."""
    matcher, found = Matcher(), False
    for style in styles:
        try:
            rules = [*rules_in(tinycss2.parse_stylesheet(style, True, True), (), "")]
        except RecursionError:  # of brackets within brackets, which no page may have
            continue
        variables = {name: value for _, rule in rules for name, value in rule.declared.items() if name[:2] == "--"}
        for selectors, rule in rules:
            said = {**rule.declared, **rule.important}
            words = "".join(_STRING.findall(resolved(said.get("content", ""), variables)))
            written = next((each for each in (f"'{words}'", f'"{words}"') if each in style), words)
            with suppress(SelectorError):
                for each in compile_selector_list(selectors) if says(words) and said.get("display") != "none" else ():
                    if each.pseudo_element is not None:
                        matcher.add_selector(each, written)
                        found = True
    return matcher if found else None


_STRING = re.compile(r'"([^"]*)"')
"""As tinycss2 writes it."""


_STRIKES = re.compile(r"text-decoration(?:-line)?\s*:[^;{}]*line-through[^;{}!]*", re.IGNORECASE)
_SAY_SO = frozenset({"s", "del"})
"""Elements that tell those who listen too that something no longer holds."""
_ENDED = frozenset({"withdrawn", "superseded"})
"""Classes of the statuses of facts that do not hold."""


def struck_marks(root: Any, paper: bool) -> Iterator[tuple[str, str]]:
    """Yield the lines that styles draw through marks, as they are written, and the first mark of each.

    Where the markup says that something no longer holds, or all the facts within are said to have ended, they may.
    """
    styles = "\n".join(
        (*(each.text or "" for each in root.iter("style")), *(each.get("style", "") for each in root.iter()))
    )
    if "line-through" not in styles.lower():
        return
    matched: Mapping[Any, Any] = {}
    with suppress(RecursionError):  # of brackets within brackets, which no page may have
        matched = matched_rules(root)
    written = [each.strip() for each in _STRIKES.findall(styles)]
    told: dict[str, str] = {}
    for screen in (PAPER,) if paper else SCREENS:
        stack: list[tuple[Any, str, str, Mapping[str, str]]] = [(root, "", "", {})]
        while stack:
            element, struck, mark, variables = stack.pop()
            if not isinstance(element.tag, str) or element.tag in _SAY_SO:
                continue
            said = cascaded(matched.get(element, ()), screen)
            variables = {**variables, **{name: value for name, value in said.items() if name[:2] == "--"}}
            said = {name: resolved(value, variables) for name, value in said.items()}
            struck = "" if _stands_apart(said) else struck
            value = said.get("text-decoration-line", said.get("text-decoration", ""))
            if "line-through" in value and not struck and not _has_ended(element):
                same = (each for each in written if each.partition(":")[2].strip().lower() == value)
                struck = next(same, "line-through")
            mark = mark_of(element) or mark
            if struck and mark and says(own_text(element)):
                told.setdefault(struck, mark)
            stack += [(child, struck, mark, variables) for child in reversed(element)]
    yield from told.items()


def _stands_apart(said: Mapping[str, str]) -> bool:
    """Return whether the lines of what is around an element are not drawn through it."""
    return (
        said.get("display", "").startswith("inline-")
        or said.get("float", "none") != "none"
        or said.get("position") in ("absolute", "fixed")
    )


def _has_ended(element: Any) -> bool:
    """Return whether an element has, for each fact in it, the status of one that does not hold."""
    within = [*element.iter()]
    ended = sum(not _ENDED.isdisjoint(each.get("class", "").split()) for each in within if isinstance(each.tag, str))
    return 0 < ended >= len({each.get("data-fact") for each in within} - {None})
