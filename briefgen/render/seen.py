"""Whether a page shows what its markup marks: the facts, the values and the statuses."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unicodedata import normalize

from briefgen.model.findings import Finding, Location
from briefgen.render.pdf_words import HOLDS_VALUE

SMALLEST = 3.0
"""Pixels of 1/96 inch; smaller type is not read."""
FAINTEST = 0.1
"""The least opacity that is read."""
_NO_TEXT = frozenset({"style", "title", "script", "template", "wbr", "br", "img", "metadata", "desc"})
_LISTED = 8


def letters(text: str) -> Counter[str]:
    """Return the letters and digits of a text, whatever their case and form."""
    return Counter(sign for sign in normalize("NFKC", text).casefold() if sign.isalnum())


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


def unseen(root: Any, lacking: Callable[[Any, str], str]) -> Iterator[tuple[str, str]]:
    """Yield each mark whose text is not all to be seen, with that text, and each mark without text.

    `lacking` returns what of an element's own text is not to be seen, or is empty.
    """
    for element, mark, text in marked_texts(root):
        if not text:
            yield mark, ""
        elif missing := lacking(element, text):
            yield mark, missing


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
        marks.setdefault(mark, " ".join(text.split()))
    hint = "show it, or take the mark away; look for display, visibility, font-size, opacity, colours and positions"
    for mark, text in list(marks.items())[:_LISTED]:
        shown = f"'{text[:59]}…'" if len(text) > 60 else f"'{text}'"
        message = f"{mark} is marked, but {shown} is not to be seen" if text else f"{mark} marks no text"
        yield Finding(Location(document), "R411", message, hint=hint)
    if (left := len(marks) - _LISTED) > 0:
        yield Finding(Location(document), "R411", f"{left} more of this kind", hint=hint)
