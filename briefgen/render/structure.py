"""What is wrong with a page as a whole: its tags, how it is put together, what its styles add to what it marks.

Each element has its end and an id of its own; rows of one table have as many cells, headings have words, and links
lead somewhere. Words, and lines through words, that a style adds would say of a fact what no source says of it, or take
back what one says.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from briefgen.model.findings import Finding, Location, Severity
from briefgen.render.cascade import PAPER, SCREENS, Matched, Screen, cascaded, hiding_rules, matched_rules, resolved
from briefgen.render.pictures import SVG
from briefgen.render.seen import mark_of, own_text, says

Place = tuple[str, int, int]
"""The file of a template, the line, and the column."""
PLACE = re.compile(r"<!--@(\d+):(\d+):(\S*?)-->")
"""The comment that says which line of which template, and where in it, the markup behind it comes from."""
NO_PLACE: Place = ("", 0, 0)
OPEN_QUOTE = "has a quote without its end, so that what follows is not printed"
CLOSE_QUOTE = "close the quote of its attribute: <p class='wide'>"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")


def structure_faults(root: Any, paper: bool, elsewhere: Container[str]) -> Iterator[tuple[Any, str, str]]:
    """Yield each element of a page that is not put together as it should be, what is wrong, and what to do.

    Facts that links lead to get an id; lines of sources (talks-2022:L7) may be left out of a short document, and so may
    the facts and sections `elsewhere`: that they are is told for itself.
    """
    elements = [*root.iter()]
    ids = {"", "top", *(each.get(name) for each in elements for name in ("id", "data-fact"))}
    listed = {item for each in elements if each.tag in ("ul", "ol", "menu") for item in each}
    within, level = set[Any](), 0
    for element in elements:
        if element.tag == "table":
            yield from _uneven_rows(element)
        elif element.tag in _HEADINGS:
            yield from ((element, *fault) for fault in _heading_faults(element, level))
            level = int(element.tag[1])
        elif element.tag == "a" and (address := element.get("href", "").partition("?")[0]).startswith("#"):
            if ":" not in address and address[1:] not in ids and address[1:] not in elsewhere:
                hint = f'give that place the id: <h2 id="{address[1:]}">, or take the link away'
                yield element, f"a link leads to '{address}', and nothing on this page has that id", hint
        elif element.tag == "li" and element not in listed:
            yield element, "<li> stands in no list", "write <ul> and </ul> around the items"
        elif element.tag == f"{SVG}svg" and paper and element not in within and not _has_title(element, within):
            hint = 'write it first in it: <svg ...><title>{{ _("...") }}</title>'
            yield element, "<svg> has no <title>, which tells what it shows to whoever cannot see it", hint


def _has_title(drawing: Any, within: set[Any]) -> bool:
    """Return whether a drawing says what it shows; those in it, which `within` has then, are parts of it."""
    within.update(drawing.iter(f"{SVG}svg"))
    return any("".join(each.itertext()).strip() for each in drawing.iter(f"{SVG}title"))


def _heading_faults(heading: Any, above: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a heading; `above` is the level of the one before it, 0 for the first."""
    words = "".join((*heading.itertext(), *(each.get("alt") or "" for each in heading.iter("img"))))
    if not words.strip():
        yield f"<{heading.tag}> has no words", "write them, or take the element away"
    if above and int(heading.tag[1]) > above + 1:
        yield f"<{heading.tag}> stands below <h{above}>, with a level left out", f"write <h{above + 1}>"


def _uneven_rows(table: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield the rows that have other columns than the first one: on paper a cell too many is lost."""
    columns = 0
    for group in table:
        rows = [group] if group.tag == "tr" else [each for each in group if each.tag == "tr"]
        widths = [0] * len(rows)
        for at, row in enumerate(rows if group.tag in ("tr", *_GROUPS) else ()):
            for cell in (each for each in row if each.tag in _CELLS):
                for below in range(at, min(at + _span(cell, "rowspan"), len(rows))):
                    widths[below] += _span(cell, "colspan")
            columns = columns or widths[at]
            if widths[at] != columns:
                message = f"this row of a table has {widths[at]} cells, the first one {columns}"
                yield row, message, "take a cell away, or write the one that is missing (colspan counts)"


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "").strip()
    return max(1, min(int(value), 999)) if value.isdecimal() and len(value) <= 4 else 1


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
            rules = hiding_rules(style)
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
    matched: Matched = {}
    with suppress(RecursionError):  # of brackets within brackets, which no page may have
        matched = matched_rules(root)
    written = [each.strip() for each in reversed(_STRIKES.findall(styles))]
    as_written = {each.partition(":")[2].strip().lower(): each for each in written}
    told: dict[str, str] = {}
    for screen in (PAPER,) if paper else SCREENS:
        for value, mark in _struck_on(screen, root, matched):
            told.setdefault(as_written.get(value, "line-through"), mark)
    yield from told.items()


def _struck_on(screen: Screen, root: Any, matched: Matched) -> Iterator[tuple[str, str]]:
    """Yield each mark with text of its own through which a line is drawn, behind the value that says so."""
    stack: list[tuple[Any, str, str, Mapping[str, str]]] = [(root, "", "", {})]
    while stack:
        element, struck, mark, variables = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _SAY_SO:
            continue
        said = cascaded(matched.get(element, {}).get("", ()), screen)
        variables = {**variables, **{name: value for name, value in said.items() if name[:2] == "--"}}
        said = {name: resolved(value, variables) for name, value in said.items()}
        struck = "" if _stands_apart(said) else struck
        value = said.get("text-decoration-line", said.get("text-decoration", ""))
        if "line-through" in value and not struck and not _has_ended(element):
            struck = value
        mark = mark_of(element) or mark
        if struck and mark and says(own_text(element)):
            yield struck, mark
        stack += [(child, struck, mark, variables) for child in reversed(element)]


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


def places_in(markup: str) -> list[Place]:
    """Return what the comments of a page that is marked with its places say, in order."""
    return [(unquote(file), int(line), int(column)) for line, column, file in PLACE.findall(markup)]


def own_place(place: Place, elements: Iterable[Any], folders: Sequence[str]) -> Place:
    """Return the first place within these elements that a file of the workspace's own prints; the place if none does.

    What a block of its own adds or lacks shows in an element of the shipped file.
    """
    own = f"{folders[0]}/" if len(folders) > 1 else ""
    comments = (each for element in elements for each in element.iter() if not isinstance(each.tag, str))
    found = (each for comment in comments for each in places_in(f"<!--{comment.text}-->"))
    return place if place[0].startswith(own) else next((each for each in found if each[0].startswith(own)), place)


def places_of_marks(root: Any, folders: Sequence[str]) -> Mapping[str, Location]:
    """Return where each mark of a page first stands, as its comments tell; of one without a text, where that does."""
    place, found, empty = NO_PLACE, dict[str, Location](), set[str]()
    for element in root.iter():
        if not isinstance(element.tag, str):
            place = [place, *places_in(f"<!--{element.text}-->")][-1]
        elif mark := mark_of(element):
            texts = (own_text(each) for each in element.iter() if isinstance(each.tag, str))
            is_empty = mark not in empty and not any(map(says, texts))
            if is_empty or mark not in found:
                found[mark] = Location(*own_place(place, [element], folders))
            empty.update([mark] if is_empty else [])
    return found


NO_END = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
"""Elements that hold nothing and have no end."""


def tag_faults(marked: str) -> Iterator[Finding]:
    """Yield each element without its end (R412), and each id that an element before has (R414).

    A comment before each tag says where it stands. An end belongs to an element of the same template, if one is open.
    """
    reader = _Tags()
    reader.feed(marked)
    while not reader.cdata_elem and (begun := _BEGUN.match(reader.rawdata)):  # versions of Python end it in two ways
        rest, reader.rawdata = reader.rawdata[begun.end() :], ""
        reader.found.append((f"'{begun[1]}", reader.place))
        reader.handle_starttag(begun[1].lower(), [])
        reader.feed(rest)
    reader.close()
    for tag, place in (*reader.found, *reader.open):
        if place != NO_PLACE:
            message = f"<{tag}> is never closed, so that what follows it may end up within it"
            hint = f"write </{tag}> where it ends"
            if tag.startswith("'"):
                message, hint = f"<{tag[1:]}> {OPEN_QUOTE}", CLOSE_QUOTE
            elif tag.startswith("/"):
                message, hint = f"<{tag}> ends no element of this template", "take it away, or write its start tag"
            yield Finding(Location(*place), "R412", message, Severity.WARNING, hint=hint)
    for tag, name, place in reader.twice:
        message = f"<{tag}> has the attribute '{name}' twice, and only the first counts"
        hint = f'write both in one: {name}="... ..."'
        yield Finding(Location(*place), "R414", message, Severity.WARNING, hint=hint)
    for name, first, place in reader.repeated:
        where = "in this line" if place[:2] == first[:2] else f"at {Path(first[0]).name}:{first[1]}"
        message = f"the page has the id '{name}' already, {where}, so that no link leads here"
        hint = "give each element an id of its own"
        yield Finding(Location(*place), "R414", message, Severity.WARNING, hint=hint)


_BEGUN = re.compile("<([a-z]+)[^>]*>?", re.IGNORECASE)
"""A tag that the page ends before, as a quote in it has no end."""


class _Tags(HTMLParser):
    """Pairs tags; what stays open when an element around it ends was never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Place]] = []
        self.found: list[tuple[str, Place]] = []
        self.place = NO_PLACE
        self.ids: dict[str, Place] = {}
        self.twice: list[tuple[str, str, Place]] = []
        """Attributes that an element has twice."""
        self.repeated: list[tuple[str, Place, Place]] = []
        """Ids with the places of their first elements and of others."""

    def handle_comment(self, data: str) -> None:
        self.place = [self.place, *places_in(f"<!--{data}-->")][-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._know(tag, attrs)
        if tag not in NO_END:
            self.open.append((tag, self.place))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stays open."""
        self._know(tag, attrs)

    def _know(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of an element, and what it has twice."""
        names = [name for name, _ in attrs]
        self.twice += [(tag, name, self.place) for name in dict.fromkeys(names) if names.count(name) > 1]
        if not (name := dict(attrs).get("id")):
            return
        if first := self.ids.get(name):
            self.repeated.append((name, first, self.place))
        else:
            self.ids[name] = self.place

    def handle_endtag(self, tag: str) -> None:
        same = [at for at, (name, _) in enumerate(self.open) if name == tag]
        mine = [at for at in same if self.open[at][1][0] == self.place[0]]
        start = (mine or same)[-1:]
        if not start or (not mine and any(place[0] == self.place[0] for _, place in self.open[start[0] :])):
            self.found.append((f"/{tag}", self.place))
        else:
            self.found += self.open[start[0] + 1 :]
            del self.open[start[0] :]
