"""Reads money, counts and percentages around a number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefgen.figures.found import Found, Reading, Skip, found
from briefgen.figures.lexicon import Hit
from briefgen.figures.line import Line, is_narrow, is_wide
from briefgen.figures.numerals import Magnitude, read_magnitude
from briefgen.figures.surroundings import (
    bound_after,
    bound_before,
    currency_after,
    currency_before,
    percent_after,
    unit_after,
)
from briefgen.figures.vocabulary import Unit, Vocabulary
from briefgen.model.quantities import Bound, Count, Money, Percent, Quantity

_REST_OF_NAME = re.compile(r"[\w.-]*")
_LABEL_GAP = re.compile(r"[ :#(.]{0,3}$")
_SMALLEST_BARE_WORD = 3
_MILLION, _LONG_SCALE_WORD = 6, 3


@dataclass(frozen=True, slots=True)
class Kind:
    """What a number measures, where the words for it end, and what is doubtful about that."""

    currency: str = ""
    unit: Unit | None = None
    percent: bool = False
    end: int = 0
    doubt: str = ""

    def __bool__(self) -> bool:
        return bool(self.currency or self.unit or self.percent)


def read_amount(line: Line, start: int, floor: int, words: Vocabulary) -> Reading | None:
    """The amount whose number begins here; nothing before `floor` belongs to it. None where no number begins."""
    magnitude = read_magnitude(line.text, start, words)
    if magnitude is None:
        return None
    if magnitude.value is None:
        return (found(line, (start, magnitude.end), None, magnitude.doubts),)
    begin, currency = currency_and_begin(line, start, floor, words)
    behind = bound_after(line.text, magnitude.end, words)
    kind = kind_after(line, behind.end if behind else magnitude.end, words, currency, apart=not magnitude.spelled)
    if is_no_figure(line, start, magnitude, kind, words):
        return Skip(_end_of_name(line.text, magnitude.end))
    end = max(kind.end, behind.end if behind else magnitude.end)
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
    if scale is None or scale.value < _MILLION or scale.end - start < _LONG_SCALE_WORD or is_wide(line.text[start]):
        return None
    money = currency_after(line, scale.end, words)
    return (found(line, (start, money.end if money else scale.end), None, ("an amount in words, not read",)),)


def amount(
    line: Line, span: tuple[int, int], number: Decimal, kind: Kind, bound: Bound, doubts: Iterable[str] = ()
) -> Found:
    """The figure that a number of a kind makes; a number of nothing known is kept as `partial`."""
    value = Decimal(int(number)) if number == int(number) else number.normalize()
    quantity = _quantity(value, kind, bound)
    partial = "" if quantity else " ".join(filter(None, (str(bound), f"{value:f}")))
    why = tuple(doubts) if quantity else (*doubts, _what_is_missing(kind))
    return found(line, span, quantity, why, partial=partial)


def kind_after(line: Line, end: int, words: Vocabulary, currency: str = "", *, apart: bool = True) -> Kind:
    """What the words behind a number say it measures; `apart`: the unit may stand a word or two away."""
    if hit := percent_after(line.text, end, words):
        return Kind(percent=True, end=hit.end, doubt="percentage points, perhaps" if hit.doubtful else "")
    if currency:
        return Kind(currency=currency)
    if money := currency_after(line, end, words):
        written = line.slice(money.start, money.end)
        return Kind(currency=money.value, end=money.end, doubt=_which_currency(written) if money.doubtful else "")
    if counted := unit_after(line, end, words, apart=apart):
        return Kind(unit=counted.unit, end=counted.end, doubt=counted.doubt)
    return Kind()


def _quantity(value: Decimal, kind: Kind, bound: Bound) -> Quantity | None:
    if kind.percent:
        return Percent(value, bound)
    if kind.currency:
        return Money(value, kind.currency, bound)
    if kind.unit and value == int(value):
        return Count(int(value) * kind.unit.factor, kind.unit.name, bound)
    return None


def _what_is_missing(kind: Kind) -> str:
    if kind.unit:
        return f"a count of {kind.unit.name} must be a whole number"
    return "a number without a unit: of what?"


def currency_and_begin(line: Line, start: int, floor: int, words: Vocabulary) -> tuple[int, str]:
    """Where the figure begins, and the currency if one stands before the number."""
    hit = currency_before(line, start, words)
    return (hit.start, hit.value) if hit and hit.start >= floor else (start, "")


def _which_currency(written: str) -> str:
    return f"'{written}' may be another currency"


def _doubts(line: Line, start: int, magnitude: Magnitude, kind: Kind) -> Iterable[str]:
    if kind.doubt:
        yield kind.doubt
    if magnitude.short_scale and not kind.currency:
        yield "a scale word of one letter may be a unit"
    if start and line.text[start - 1] in "-△" and not line.text[max(0, start - 2)].isalnum():
        yield "a minus sign before the number"


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
    gap = _LABEL_GAP.search(line.text, max(0, start - 3), start)
    return words.labels.before(line.text, gap.start() if gap else start) is not None


def _is_bare_word(text: str, spelled: Hit[int]) -> bool:
    """Whether a number word without a unit is worth a person's look."""
    if spelled.doubtful or is_wide(text[spelled.start]) or text.startswith("-", spelled.end):
        return False
    return spelled.value >= _SMALLEST_BARE_WORD


def _end_of_name(text: str, end: int) -> int:
    rest = _REST_OF_NAME.match(text, end)
    return rest.end() if rest else end
