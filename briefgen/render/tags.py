"""The tags of a page: elements that are never closed, ends that end nothing, and ids that two elements have."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from briefgen.model.findings import Finding, Location, Severity
from briefgen.render.markup import CLOSE_QUOTE, OPEN_QUOTE, Place, places_in

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
    for tag, (file, line) in (*reader.found, *reader.open):
        if line:
            message = f"<{tag}> is never closed, so that what follows it may end up within it"
            hint = f"write </{tag}> where it ends"
            if tag.startswith("'"):
                message, hint = f"<{tag[1:]}> {OPEN_QUOTE}", CLOSE_QUOTE
            elif tag.startswith("/"):
                message, hint = f"<{tag}> ends no element of this template", "take it away, or write its start tag"
            yield Finding(Location(file, line), "R412", message, Severity.WARNING, hint=hint)
    for tag, name, (file, line) in reader.twice:
        message = f"<{tag}> has the attribute '{name}' twice, and only the first counts"
        hint = f'write both in one: {name}="... ..."'
        yield Finding(Location(file, line), "R414", message, Severity.WARNING, hint=hint)
    for name, first, (file, line) in reader.repeated:
        place = "in this line" if (file, line) == first else f"at {Path(first[0]).name}:{first[1]}"
        message = f"the page has the id '{name}' already, {place}, so that no link leads here"
        hint = "give each element an id of its own"
        yield Finding(Location(file, line), "R414", message, Severity.WARNING, hint=hint)


_BEGUN = re.compile("<([a-z]+)[^>]*>?", re.IGNORECASE)
"""A tag that the page ends before, as a quote in it has no end."""


class _Tags(HTMLParser):
    """Pairs tags; what stays open when an element around it ends was never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Place]] = []
        self.found: list[tuple[str, Place]] = []
        self.place: Place = ("", 0)
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
