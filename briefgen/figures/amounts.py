"""Reads money, counts and percentages around a number."""

import re
from collections.abc import Iterable, Sequence

from briefgen.figures.found import Found, Reading, Skip, found
from briefgen.figures.kinds import Kind, amount, kind_around
from briefgen.figures.lexicon import Hit
from briefgen.figures.line import Line, is_narrow, is_wide
from briefgen.figures.numerals import Magnitude, read_magnitude
from briefgen.figures.surroundings import bound_after, bound_before, currency_after, has_label
from briefgen.figures.vocabulary import Vocabulary
from briefgen.model.quantities import Bound

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
