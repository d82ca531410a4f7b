"""Line breaks for the PDF: Korean words and the ends of a range are kept together, which WeasyPrint's CSS cannot."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

JOINER = "\u2060"
_HANGUL = r"[\uac00-\ud7a3]"
_STICKS = r"[\w()\[\]{}「」『』“”‘’\"'%‰°·&+@#$€£¥₩₫~]"
"""Characters that belong to the word they touch; after a hyphen, a dash, a slash or a comma a line may break."""
_RANGE = r"(?<=[\d.][–~])(?=\d)"  # 10–13/8/2025: the two ends of a range stay together
_INSIDE_WORD = re.compile(f"(?<={_HANGUL})(?={_STICKS})|(?<={_STICKS})(?={_HANGUL})|{_RANGE}")
_NO_TEXT = {"style", "title", "script", "template"}
_INLINE = {"a", "abbr", "b", "cite", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "wbr"}


def join_words(root: Element) -> None:
    """Put U+2060 inside Korean words and after the dash of a range, so that lines break between words only.

    WeasyPrint does not support `word-break: keep-all`; the joiner leaves no trace in text extracted from the PDF. A
    word may span inline elements, such as a value and the particle after it. Titles, styles and attributes are left
    alone.
    """
    before = ""
    for element, slot, text, fresh in _texts(root):
        joined = _INSIDE_WORD.sub(JOINER, ("" if fresh else before) + text)
        setattr(element, slot, joined.removeprefix("" if fresh else before))
        before = text[-1]


def words_of(element: Element) -> str:
    """Return the text of an element on one line, without joiners."""
    return " ".join("".join(element.itertext()).replace(JOINER, "").split())


def _texts(element: Element) -> Iterator[tuple[Element, str, str, bool]]:
    """Yield each text in reading order: its element, "text" or "tail", itself, and whether a block starts with it."""
    fresh = True
    stack = [(element, "open")]
    while stack:
        node, step = stack.pop()
        fresh = fresh or node.tag not in _INLINE
        text = node.text if step == "open" else node.tail
        if step == "open":
            inside = node.tag not in _NO_TEXT
            stack.append((node, "close"))
            stack += [(child, "open") for child in reversed(node)] if inside else []
            text = text if inside else ""
        if text:
            yield node, "text" if step == "open" else "tail", text, fresh
            fresh = False
