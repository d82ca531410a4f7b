"""Reads places in a series: 5th, the 5. of German, 제5차, and with a doubt the words fifth and vijfde."""

import re
from collections.abc import Iterator

from briefgen.figures.found import Found, found
from briefgen.figures.line import Line, is_narrow, is_wide
from briefgen.figures.vocabulary import OrdinalMark, Vocabulary
from briefgen.model.quantities import Ordinal

_NUMBER = re.compile(r"[1-9]\d{0,2}(?!\d|[.,]\d)")
_NEXT_WORD = re.compile(r" [^\W\d_]")


def read_ordinal(line: Line, start: int, floor: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """The ordinal whose figure, or whose word, begins here."""
    if hit := words.ordinal_words.at(line.text, start):
        return (found(line, (start, hit.end), Ordinal(hit.value), ("an ordinal, or a turn of phrase",)),)
    number = _NUMBER.match(line.text, start)
    if number is None:
        return None
    fitting = [mark for mark in words.ordinals if _fits(line.text, number, mark, floor, words)]
    if not fitting:
        return None
    mark = max(fitting, key=lambda mark: len(mark.before) + len(mark.after))
    span = (start - len(mark.before), number.end() + len(mark.after))
    doubts = tuple(_doubts(line, number, mark))
    return (found(line, span, Ordinal(int(number.group())), doubts, partial=number.group() if doubts else ""),)


def _fits(text: str, number: re.Match[str], mark: OrdinalMark, floor: int, words: Vocabulary) -> bool:
    begin, end = number.start() - len(mark.before), number.end() + len(mark.after)
    if begin < floor or not text.startswith(mark.before, begin) or not text.startswith(mark.after, number.end()):
        return False
    if begin and mark.before and is_narrow(mark.before[0]) and is_narrow(text[begin - 1]):
        return False
    return _NEXT_WORD.match(text, end) is not None if mark.after == "." else _ends(text, end, words)


def _ends(text: str, end: int, words: Vocabulary) -> bool:
    if end >= len(text):
        return True
    if is_wide(text[end]) and is_wide(text[end - 1]):
        return not words.words.endings or text.startswith(words.words.endings, end)
    return not (is_narrow(text[end]) or text[end].isdigit())


def _doubts(line: Line, number: re.Match[str], mark: OrdinalMark) -> Iterator[str]:
    if mark.after == "." and not line.text[: number.start()].strip():
        yield "an ordinal, or the number of a paragraph"
    elif mark.after == "." and not mark.before:
        yield "an ordinal, a day, or the end of a sentence"
    elif mark.doubtful:
        yield "an ordinal, or something else written like one"
