"""Whether a recorded figure really stands in a line of the original."""

import re
from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from briefgen.localise.language_file import ReadingWords
from briefgen.model.dates import FactDate, Interval, Period, Precision, parse_date
from briefgen.model.quantities import Bound, Count, Money, Name, Ordinal, Percent, Quantity
from briefgen.tools.figures.amounts import read_amount, read_amount_in_words, read_amount_range, read_ordinal
from briefgen.tools.figures.dates import read_date
from briefgen.tools.figures.lexicon import Found, Line, Reading, Skip, fold, found
from briefgen.tools.figures.numbers import currency_before
from briefgen.tools.figures.skip import past_list_number, past_no_figure
from briefgen.tools.figures.vocabulary import Vocabulary, vocabulary

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


_BARE_NUMBER = re.compile(r"(?:[a-z ]+ )?(?P<number>\d+(?:\.\d+)?)|---(?P<day>\d{2})")


class InLine(StrEnum):
    """What a line says of a recorded figure."""

    YES = "the line says it"
    IN_PART = "the line says part of it"
    """The number is there but its unit, currency or bound is not, or a date that is wider, narrower or one end."""
    NO = "the line does not say it"
    NOT_APPLICABLE = "not a figure that is read from text"


def contains(line: str, quantity: Quantity, words: ReadingWords, year: int | None = None) -> InLine:
    """Whether the line has the figure; a date written without its year may be of any, or of `year` where it is given.

    Names are not read from text.
    """
    if isinstance(quantity, Name):
        return InLine.NOT_APPLICABLE
    verdicts = {_verdict(figure, quantity, year) for figure in figures_in(line, words)}
    return next((verdict for verdict in (InLine.YES, InLine.IN_PART) if verdict in verdicts), InLine.NO)


def _verdict(figure: Found, recorded: Quantity, year: int | None) -> InLine:
    match recorded:
        case Period() | Interval():
            return _date_verdict(figure, recorded, year)
        case Money() | Count() | Percent():
            return _amount_verdict(figure, recorded)
        case Ordinal():
            return _exactly(figure, recorded) or _same_number(figure, Decimal(recorded.number))
        case Name():
            return InLine.NOT_APPLICABLE


def _amount_verdict(figure: Found, recorded: Money | Count | Percent) -> InLine:
    if verdict := _exactly(figure, recorded):
        return verdict
    read = figure.quantity
    if isinstance(read, Money | Count | Percent):
        without_bound = replace(read, bound=Bound.EXACT) == replace(recorded, bound=Bound.EXACT)
        other_unit = isinstance(read, Count) and isinstance(recorded, Count) and read.number == recorded.number
        return InLine.IN_PART if without_bound or (other_unit and not figure.sure) else InLine.NO
    number = recorded.amount if isinstance(recorded, Money) else recorded.number
    return _same_number(figure, Decimal(number))


def _exactly(figure: Found, recorded: Quantity) -> InLine | None:
    return InLine.YES if figure.quantity == recorded else None


def _same_number(figure: Found, number: Decimal) -> InLine:
    """Whether what was read only in part is this number."""
    bare = _BARE_NUMBER.fullmatch(figure.partial)
    return InLine.IN_PART if bare and Decimal(bare["number"] or bare["day"]) == number else InLine.NO


def _date_verdict(figure: Found, recorded: FactDate, year: int | None) -> InLine:
    read = figure.quantity if isinstance(figure.quantity, Period | Interval) else _with_year(figure, recorded, year)
    if read is None:
        return InLine.NO
    if read == recorded:
        return InLine.YES
    wider = recorded.first <= read.first and read.last <= recorded.last
    return InLine.IN_PART if wider or recorded in _ends(read) or read in _ends(recorded) else InLine.NO


def _with_year(figure: Found, recorded: FactDate, year: int | None) -> FactDate | None:
    """A date without its year, in the year of the recorded date unless another is given."""
    if "--" not in figure.partial:
        return None
    ends = _ends(recorded) if isinstance(recorded, Interval) else (recorded, recorded)
    if any(end.precision is Precision.YEAR for end in ends):
        return None
    sides = zip(figure.partial.split("/"), ends, strict=False)
    try:
        return parse_date("/".join(_filled(side, year or end.year, end.month) for side, end in sides))
    except ValueError:
        return None


def _filled(side: str, year: int, month: int | None) -> str:
    """`--02-09` in a year, `---09` in a month of it."""
    if side.startswith("---"):
        return side.replace("---", f"{year:04}-{month or 0:02}-", 1)
    return side.replace("--", f"{year:04}-", 1)


def _ends(when: FactDate) -> tuple[Period, ...]:
    """The two ends of an interval; nothing for a period."""
    return (when.start, when.end) if isinstance(when, Interval) else ()
