"""Words on paper: Korean words are kept on one line, and those that are wider than a line may break again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import bidirectional, combining
from xml.etree.ElementTree import Element

JOINER = "\u2060"
"""Keeps a word on one line; see join_words."""
_HANGUL = r"[\uac00-\ud7a3]"
_STICKS = r"[\w()\[\]{}「」『』“”‘’\"'%‰°·&+@#$€£¥₩₫~]"
"""Characters that belong to the word they touch; after a hyphen, a dash, a slash or a comma a line may break."""
_RANGE = r"(?<=[\w.][–~])(?=\d)"  # 10–13/8/2025, 30 March–2 April: the two ends of a range stay together
_PREFIX = rf"(?<=[\s(「·,]{_HANGUL}-)(?={_HANGUL})"  # 한-아세안: one syllable and its hyphen stay with what follows
_DATE = rf"(?<=\d\.)(?={_HANGUL})"  # 2026. 11. 28.까지: what follows a date's last full stop stays with it
_BRACKETS = r"(?<=\))(?=\()"  # 대행(내정자)(2025. 9.): a bracket stays with the one before it
_INSIDE_WORD = re.compile(
    f"(?<={_HANGUL})(?={_STICKS})|(?<={_STICKS})(?={_HANGUL})|{_RANGE}|{_PREFIX}|{_DATE}|{_BRACKETS}"
)
_NO_TEXT = {"style", "title", "script", "template"}
INLINE = {"a", "abbr", "b", "cite", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "wbr"}
"""Elements that stand within a line."""


# Chung Eui-yong, Dong-A Ilbo
_HYPHENATED_NAME = re.compile(r"(\u00a0[^\W\d]+-(?=[^\W\d])|[^\W\d]+-(?=[^\W\d]+\u00a0))")
_NO_LINE_END = re.compile(r"(?<=\w) (?=(?:19|20)\d\d(?!\d)|–[ \u00a0])")  # August 2025, năm 2030, Việt Nam – Hàn Quốc
_DATE_VALUE = re.compile(r"\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?")
_LONG_DATE = 30
"""Characters; a longer date may break, or it would leave half a line empty."""


HOLDS_VALUE = "data-holds-value"
"""The attribute of an element whose text holds a value, once that has no element of its own."""


def unwrap_values(root: Element) -> None:
    """Put the words of `<data>` elements into the text around them; those of a date are kept on one line.

    Paper has no use for the elements, and WeasyPrint breaks the line before them in the wrong place where one is
    followed by a source mark that may not be parted from it.
    """
    for parent in root.iter():
        before: Element | None = None
        for child in list(parent):
            if child.tag != "data" or len(child):
                before = child
                continue
            words = child.text or ""
            if _DATE_VALUE.fullmatch(child.get("value", "")) and len(words) <= _LONG_DATE:
                words = words.replace(" ", NO_BREAK)
            words += child.tail or ""
            if before is None:
                parent.text = (parent.text or "") + words
            else:
                before.tail = (before.tail or "") + words
            parent.remove(child)
            parent.set(HOLDS_VALUE, "")


def join_words(root: Element) -> None:
    """Bind Korean words, names, ranges, and a year or a dash to the word before it, so that no line parts them.

    WeasyPrint does not support `word-break: keep-all`; the joiner leaves no trace in text extracted from the PDF. What
    has the class "together" is kept on one line as a whole, by spaces that forbid a break. A word may span inline
    elements, such as a value and the particle after it. Titles, styles and attributes are left alone.
    """
    _bind(root)
    _bind_last_words(root)
    before = " "
    for element, slot, text, fresh in _texts(root):
        before = " " if fresh else before
        joined = _INSIDE_WORD.sub(JOINER, _NO_LINE_END.sub(NO_BREAK, before + text))
        setattr(element, slot, _HYPHENATED_NAME.sub(rf"\1{JOINER}", joined).removeprefix(before))
        before = text[-1]


def _bind(root: Element) -> None:
    for element in root.iter():
        if "together" in element.get("class", "").split():
            for part in element.iter():
                part.text = (part.text or "").replace(" ", NO_BREAK)
                if part is not element:
                    part.tail = (part.tail or "").replace(" ", NO_BREAK)


def _bind_last_words(root: Element) -> None:
    """Bind the last two words of a block, if both are short: its last line has more than one of them."""
    last: tuple[Element, str, str] | None = None
    for element, slot, text, fresh in (*_texts(root), (root, "tail", "", True)):
        if fresh and last:
            before, *words = last[2].rstrip().rsplit(" ", _LAST_WORDS)
            if before.count(" ") > _LAST_WORDS and max(map(len, words)) <= _SHORT:
                setattr(last[0], last[1], last[2].replace(last[2].rstrip(), f"{before} {NO_BREAK.join(words)}"))
            last = None
        if text.strip() and not (element.tag == "sup" and slot == "text"):
            last = element, slot, text


_LAST_WORDS, _SHORT = 2, 8


def _texts(element: Element) -> Iterator[tuple[Element, str, str, bool]]:
    """Yield each text in reading order: its element, "text" or "tail", itself, and whether a block starts with it."""
    fresh, stack = True, [(element, "text")]
    while stack:
        node, slot = stack.pop()
        fresh = fresh or node.tag not in INLINE
        text = getattr(node, slot)
        if slot == "text":
            stack.append((node, "tail"))
            if node.tag in _NO_TEXT:
                continue
            stack += [(child, "text") for child in reversed(node)]
        if text:
            yield node, slot, text, fresh
            fresh = False


def breaks_word(before: str, after: str) -> bool:
    """Return whether a line that ends with `before`, and goes on with `after`, parts a Korean word."""
    return bool(_INSIDE_WORD.search(before[-2:] + after[:1], len(before[-2:])))


def loosen(block: Element, word: str) -> bool:
    """Let lines break inside a word of a block that is wider than its line; return whether it is there.

    Words that were bound together are parted again; another may break anywhere but next to its ends.
    """
    return _loosen([(element, slot, text) for element, slot, text, _ in _texts(block)], word)


def loosen_boxes(boxes: Iterable[Any], word: str) -> bool:
    """Do the same to the engine's boxes with the texts of a block."""
    return _loosen([(box, "text", box.text) for box in boxes], word)


def _loosen(pieces: Sequence[tuple[Any, str, str]], word: str) -> bool:
    whole = "".join(text for _, _, text in pieces)
    loose = _loosened(word)
    changed = {
        start + place: sign
        for start in (found.start() for found in re.finditer(re.escape(word), whole))
        for place, sign in enumerate(loose)
    }
    start = 0
    for holder, slot, text in pieces:
        setattr(holder, slot, "".join(changed.get(start + place, sign) for place, sign in enumerate(text)))
        start += len(text)
    return bool(changed)


_ABBREVIATION = re.compile(r"[^\W\d_]{1,2}\.")
"""What no line begins with while another place is left to part a date: 2025 р."""


def _loosened(word: str) -> list[str]:
    """Return what each sign of a word becomes."""
    if NO_BREAK in word:
        head, _, last = word.rpartition(NO_BREAK)
        if NO_BREAK in head and _ABBREVIATION.fullmatch(last):
            return [*head.replace(NO_BREAK, " "), NO_BREAK, *last]
        return list(word.replace(NO_BREAK, " "))
    letters = [place for place, sign in enumerate(word) if sign != JOINER and not combining(sign)]
    inner = range(letters[_TOGETHER - 1] + 1, letters[-_TOGETHER] + 1) if len(letters) > _TOGETHER else range(0)
    return [
        _break_before(sign, word[place - 1]) if place in inner and not combining(sign) else sign
        for place, sign in enumerate(word)
    ]


def _break_before(sign: str, before: str) -> str:
    if sign == JOINER:
        return BREAK
    if before == JOINER:
        return sign
    return f"{_JOINED_BREAK if bidirectional(sign) == 'AL' else BREAK}{sign}"


_TOGETHER = 2
"""How many letters stay together at each end of a word that is broken."""
NO_BREAK = "\u00a0"
BREAK = "\u200b"
"""Lets a line end here; like the joiner, it leaves no trace in text extracted from the PDF."""
_JOINED_BREAK = f"\u200d{BREAK}\u200d"
"""The same between letters that are written joined, such as those of Arabic."""
