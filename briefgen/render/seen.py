"""Whether a page shows what its markup marks: the facts, the values and the statuses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from briefgen.model.findings import Finding, Location
from briefgen.render.pdf_words import HOLDS_VALUE

SMALLEST = 3.0
"""Pixels of 1/96 inch; smaller type is not read."""
FAINTEST = 0.1
"""The least opacity that is read."""
NARROWEST = -0.3
"""The least space between letters, in ems; with less they lie over each other."""
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


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def mark_of(element: Any) -> str:
    """Return what an element marks; empty where it marks nothing."""
    for key in ("fact", "status"):
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
        if own and not _says("".join(element.itertext())):
            yield element, own, ""
        mark = own or mark
        text = "".join((element.text or "", *(child.tail or "" for child in element))) if mark else ""
        if _says(text):
            yield element, mark, text
        stack += [(child, mark) for child in reversed(element)]


def findings_of(found: Iterable[tuple[str, str]], document: str) -> Iterator[Finding]:
    """Yield a finding for each mark that is not shown (R411), the first ones only."""
    marks: dict[str, str] = {}
    for mark, text in found:
        marks.setdefault(mark, text)
    hint = "show it, or take the mark away; look for display, visibility, font-size, opacity, colours and positions"
    for mark, text in list(marks.items())[:LISTED]:
        message = f"{mark} is marked, but {quoted(text)} is not to be seen" if text else f"{mark} marks no text"
        yield Finding(Location(document), "R411", message, hint=hint)
    if (left := len(marks) - LISTED) > 0:
        yield Finding(Location(document), "R411", f"{left} more of this kind", hint=hint)
