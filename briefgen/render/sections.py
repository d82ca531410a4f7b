"""What stands under which heading of a finished page: its texts, and the facts that they are marked with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefgen.model.document import FORMATS, Job
from briefgen.render.markup import parsed

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|"
    "main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = frozenset(("head", "style", "script", "template"))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text without a break, the heading it stands under, and the facts it is about."""

    section: str
    """The heading (h1, h2) before it, or the name of the section around it; empty before the first heading."""
    text: str
    facts: tuple[str, ...]
    """The ids of the facts, the innermost first."""
    counted: tuple[str, ...] = ()
    """The ids of the facts that it counts and does not print."""


def passages(markup: str) -> Iterator[Passage]:
    """Yield what a person reads of a page, in order."""
    reader = _Reader()
    yield from reader.read(parsed(markup))
    yield from reader.flush()


def passages_of(job: Job) -> tuple[Passage, ...]:
    """Return what a person reads of a document, on paper or on screen, as its format has it; in a worker."""
    from briefgen.render import html as to_html

    return tuple(passages(to_html.render_text(job, media="print" if FORMATS[job.format].paged else "screen")))


class _Reader:
    def __init__(self) -> None:
        self._section = ""
        self._facts: tuple[str, ...] = ()
        self._counted: tuple[str, ...] = ()
        self._text: list[str] = []

    def flush(self) -> Iterator[Passage]:
        """Yield what was read since the last break."""
        text = _SPACE.sub(" ", "".join(self._text)).strip()
        self._text.clear()
        if text or self._counted:
            yield Passage(self._section, text, self._facts, self._counted)

    def read(self, element: Any) -> Iterator[Passage]:
        """Yield what is read in an element; its last words may still be kept for those behind it."""
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            return
        before = self._section, self._facts, self._counted
        marked = element.get("data-fact", "")
        counted = element.get("data-left-out", "")
        block = bool(marked or counted or _BLOCK.fullmatch(element.tag))
        if block:
            yield from self.flush()
        self._facts = tuple(dict.fromkeys((*marked.split(), *self._facts)))
        self._counted = tuple(counted.split())
        if element.tag in ("h1", "h2"):
            self._section = element.get("data-label") or _SPACE.sub(" ", "".join(element.itertext())).strip()
        elif element.tag == "section" and element.get("aria-label"):
            self._section = element.get("aria-label")
        self._text.append(element.text or "")
        for child in element:
            yield from self.read(child)
            self._text.append(child.tail or "")
        if block:
            yield from self.flush()
        self._facts, self._counted = before[1:]
        if element.tag not in ("h1", "h2"):  # these hold until their section ends
            self._section = before[0]
