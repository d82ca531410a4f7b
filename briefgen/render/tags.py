"""Finds the elements of a page that are opened and never closed, which browsers and the PDF engine mend by guessing."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from briefgen.model.findings import Finding, Location, Severity
from briefgen.render.markup import PLACE

_NO_END = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
Place = tuple[int, int]
"""The number of a template's file, and the line."""


def unclosed(marked: str, file: Callable[[int], str]) -> Iterator[Finding]:
    """Yield each element without its end (R412); a comment before each tag says where it stands.

    An end belongs to an element of the same template, if one is open.
    """
    reader = _Tags()
    reader.feed(marked)
    reader.close()
    for tag, (number, line) in (*reader.found, *reader.open):
        if line:
            message = f"<{tag}> is never closed, so that what follows it may end up within it"
            hint = f"write </{tag}> where it ends"
            yield Finding(Location(file(number), line), "R412", message, Severity.WARNING, hint=hint)


class _Tags(HTMLParser):
    """Pairs tags; what stays open when an element around it ends was never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Place]] = []
        self.found: list[tuple[str, Place]] = []
        self._place: Place = (0, 0)

    def handle_comment(self, data: str) -> None:
        if told := PLACE.fullmatch(data):
            self._place = int(told[1]), int(told[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 # as it is called
        if tag not in _NO_END:
            self.open.append((tag, self._place))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stays open."""

    def handle_endtag(self, tag: str) -> None:
        same = [at for at, (name, _) in enumerate(self.open) if name == tag]
        mine = [at for at in same if self.open[at][1][0] == self._place[0]]
        if start := (mine or same)[-1:]:
            self.found += self.open[start[0] + 1 :]
            del self.open[start[0] :]
