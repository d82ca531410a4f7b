"""Goes through a line from left to right and takes each figure where it begins."""

import re
from bisect import bisect_left

from briefgen.figures.amount_ranges import read_amount_range
from briefgen.figures.amounts import read_amount, read_amount_in_words
from briefgen.figures.dates import read_date
from briefgen.figures.found import Found, Reading, Skip, found
from briefgen.figures.line import Line, fold
from briefgen.figures.no_figures import past_list_number, past_no_figure
from briefgen.figures.ordinals import read_ordinal
from briefgen.figures.surroundings import currency_before
from briefgen.figures.vocabulary import Vocabulary, vocabulary
from briefgen.figures.words import ReadingWords

_STEP = re.compile(r"\d+|[^\W\d]+|\s+|[^\w\s]")
_FRACTION = re.compile(r"\d+(?:/\d+)+")


def figures_in(line: str, words: ReadingWords) -> tuple[Found, ...]:
    """Every figure of a line in the order written, none overlapping; time grows with the length of the line only.

    ValueError where CLDR knows no such locale.
    """
    folded, known = fold(line), vocabulary(words)
    figures: list[Found] = []
    position = floor = 0
    while position < len(folded.text):
        reading = _read(folded, position, floor, known)
        if isinstance(reading, Skip):
            position = floor = max(reading.end, position + 1)
        elif reading:
            figures += reading
            position = floor = bisect_left(folded.origin, reading[-1].end)
        else:
            step = _STEP.match(folded.text, position)
            position = step.end() if step else position + 1
    return tuple(figures)


def _read(line: Line, position: int, floor: int, words: Vocabulary) -> Reading | None:
    is_digit = line.text[position].isdigit()
    if not is_digit and not line.text[position].isalpha():
        return None
    past = past_no_figure(line, position, words)
    if past is not None and not (is_digit and _has_currency(line, position, floor, words)):
        return Skip(past)
    if figures := read_date(line, position, words):
        return figures
    if is_digit and (past := past_list_number(line, position, words)):
        return Skip(past)
    return (
        read_ordinal(line, position, floor, words)
        or _read_fraction(line, position)
        or read_amount_range(line, position, floor, words)
        or read_amount(line, position, floor, words)
        or read_amount_in_words(line, position, words)
    )


def _has_currency(line: Line, position: int, floor: int, words: Vocabulary) -> bool:
    """USD100 is money, though the digits are written on to letters."""
    currency = currency_before(line, position, words)
    return currency is not None and currency.start >= floor


def _read_fraction(line: Line, position: int) -> tuple[Found, ...] | None:
    fraction = _FRACTION.match(line.text, position)
    return (found(line, fraction.span(), None, ("a fraction, or a day and month",)),) if fraction else None
