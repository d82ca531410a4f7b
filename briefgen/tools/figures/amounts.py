"""Reads money, counts and percentages around a number."""

import re
from collections.abc import Iterable, Iterator, Sequence

from briefgen.model.quantities import Bound, Ordinal
from briefgen.tools.figures.lexicon import Found, Hit, Line, Reading, Skip, found, is_narrow, is_wide
from briefgen.tools.figures.numbers import (
    Kind,
    Magnitude,
    amount,
    bound_after,
    bound_before,
    currency_after,
    currency_before,
    has_label,
    joint_after,
    kind_after,
    kind_around,
    read_magnitude,
)
from briefgen.tools.figures.vocabulary import OrdinalMark, Vocabulary

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
    doubts = tuple(_ordinal_doubts(line, number, mark))
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


def _ordinal_doubts(line: Line, number: re.Match[str], mark: OrdinalMark) -> Iterator[str]:
    if mark.after == "." and not line.text[: number.start()].strip():
        yield "an ordinal, or the number of a paragraph"
    elif mark.after == "." and not mark.before:
        yield "an ordinal, a day, or the end of a sentence"
    elif mark.doubtful:
        yield "an ordinal, or something else written like one"


def read_amount_range(line: Line, start: int, floor: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """Both ends, each a figure of its own and none sure, as no value holds two amounts; None where there is no range.

    The first end takes scale and unit of the second where it has none: "5 to 10 million" is read as 5 million.
    """
    first = read_magnitude(line.text, start, words)
    if first is None or first.value is None or kind_after(line, first.end, words):
        return None
    ahead = currency_before(line, start, words)
    begin = ahead.start if ahead and ahead.start >= floor else start
    joint = joint_after(line.text, begin, first.end, words)
    second = None if joint is None else read_magnitude(line.text, _past_currency(line.text, joint, words), words)
    if joint is None or second is None or second.value is None:
        return None
    kind = kind_around(line, start, second.end, floor, words)
    if not kind or is_no_figure(line, start, first, kind, words):
        return None
    doubts = ("one end of a range of amounts", *filter(None, (kind.doubt,)), *first.doubts, *second.doubts)
    value = first.value if first.scaled else first.value * second.factor
    spans = (begin, first.end), (joint, max(kind.end, second.end))
    return (
        amount(line, spans[0], value, kind, Bound.EXACT, doubts),
        amount(line, spans[1], second.value, kind, Bound.EXACT, doubts),
    )


def _past_currency(text: str, begin: int, words: Vocabulary) -> int:
    """The second end may repeat the sign: US$1.2 to US$1.5 billion."""
    sign = words.currency_codes.at(text, begin) or words.currency_names.at(text, begin)
    return sign.end + text.startswith(" ", sign.end) if sign else begin


_REST_OF_NAME = re.compile(r"[\w.-]*")
_SMALLEST_BARE_WORD = 3
_MILLION, _LONG_SCALE_WORD = 6, 3


def read_amount(line: Line, start: int, floor: int, words: Vocabulary) -> Reading | None:
    """The amount whose number begins here; nothing before `floor` belongs to it. None where no number begins."""
    magnitude = read_magnitude(line.text, start, words)
    if magnitude is None:
        return None
    if magnitude.value is None:
        return (found(line, (start, magnitude.end), None, magnitude.doubts),)
    behind = bound_after(line.text, magnitude.end, words)
    number_end = behind.end if behind else magnitude.end
    kind = kind_around(line, start, number_end, floor, words, apart=not magnitude.spelled)
    if is_no_figure(line, start, magnitude, kind, words):
        return Skip(_end_of_name(line.text, magnitude.end))
    begin, end = start if kind.begin is None else kind.begin, max(kind.end, number_end)
    behind = behind or bound_after(line.text, end, words)
    ahead = bound_before(line.text, begin, words)
    ahead = ahead if ahead and ahead.start >= floor else None
    span = (ahead.start if ahead else begin, max(end, behind.end if behind else 0))
    bounds = [hit for hit in (ahead, behind) if hit]
    doubts = (*magnitude.doubts, *_doubts(line, start, magnitude, kind), *_bound_doubts(line, bounds))
    return (amount(line, span, magnitude.value, kind, bounds[0].value if bounds else Bound.EXACT, doubts),)


def read_amount_in_words(line: Line, start: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """A scale word without a number that can be read ("hundreds of millions"): a person must look."""
    scale = words.scales.at(line.text, start)
    if scale is None or scale.value < _MILLION or is_wide(line.text[start]):
        return None
    money = currency_after(line, scale.end, words)
    if money is None and scale.end - start < _LONG_SCALE_WORD:
        return None
    return (found(line, (start, money.end if money else scale.end), None, ("an amount in words, not read",)),)


def _doubts(line: Line, start: int, magnitude: Magnitude, kind: Kind) -> Iterable[str]:
    if kind.doubt:
        yield kind.doubt
    if magnitude.short_scale and not kind.currency:
        yield "a scale word of one letter may be a unit"
    if start and line.text[start - 1] in "-△" and not line.text[max(0, start - 2)].isalnum():
        yield "a minus sign before the number"
    if start and line.text[start - 1] == "'":
        yield "a year of two digits, perhaps"


def _bound_doubts(line: Line, bounds: Sequence[Hit[Bound]]) -> Iterable[str]:
    if len(bounds) > 1:
        yield "bounds before and after the number"
    for hit in bounds:
        if hit.doubtful:
            yield f"'{line.slice(hit.start, hit.end)}' may mean something else than {hit.value}"


def is_no_figure(line: Line, start: int, magnitude: Magnitude, kind: Kind, words: Vocabulary) -> bool:
    """Whether a label, a letter or its being a small word shows a number to be no figure."""
    if magnitude.scaled:
        return False
    if magnitude.spelled:
        return magnitude.spelled.value == 1 or not (kind or _is_bare_word(line.text, magnitude.spelled))
    if kind:
        return False
    if magnitude.end < len(line.text) and is_narrow(line.text[magnitude.end]):
        return True
    return has_label(line.text, start, words)


def _is_bare_word(text: str, spelled: Hit[int]) -> bool:
    """Whether a number word without a unit is worth a person's look."""
    if spelled.doubtful or is_wide(text[spelled.start]) or text.startswith("-", spelled.end):
        return False
    return spelled.value >= _SMALLEST_BARE_WORD


def _end_of_name(text: str, end: int) -> int:
    rest = _REST_OF_NAME.match(text, end)
    return rest.end() if rest else end
