"""Whether a recorded figure really stands in a line of the original."""

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from briefgen.figures.found import Found
from briefgen.figures.reading import figures_in
from briefgen.figures.words import ReadingWords
from briefgen.model.dates import FactDate, Interval, Period, Precision, parse_date
from briefgen.model.quantities import Bound, Count, Money, Name, Ordinal, Percent, Quantity

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
