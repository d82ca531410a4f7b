"""Dates that carry their own precision: the part of EDTF a desk needs, and "end of", which EDTF lacks.

Notation (EDTF, ISO 8601-2): `2025`, `2025-08`, `2025-08-11`, quarters `2025-33` to `2025-36`, halves `2025-40` and
`2025-41`, intervals `2025-08-10/2025-08-13`. Before any of them but a day: `early`, `mid`, `late` or `end`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Part(StrEnum):
    """Which part of a year, half, quarter or month is meant; thirds of it, and `end` for its last stretch."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"


class Precision(StrEnum):
    """How exactly a period is known."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, half, quarter, month or day, or a part of one."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    part: Part | None = None

    @property
    def precision(self) -> Precision:
        """The finest unit that is known."""
        units = (
            (self.day, Precision.DAY),
            (self.month, Precision.MONTH),
            (self.quarter, Precision.QUARTER),
            (self.half, Precision.HALF),
        )
        return next((precision for unit, precision in units if unit), Precision.YEAR)

    @property
    def first(self) -> date:
        """The first day of the period."""
        return _days_of_part(self)[0]

    @property
    def last(self) -> date:
        """The last day of the period; a deadline is over the day after."""
        return _days_of_part(self)[1]

    def __str__(self) -> str:
        return (f"{self.part} " if self.part else "") + _unit_notation(self)


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first day of one period to the last day of another."""

    start: Period
    end: Period

    @property
    def precision(self) -> Precision:
        """The precision of the end, which decides when the interval is over."""
        return self.end.precision

    @property
    def first(self) -> date:
        """The first day."""
        return self.start.first

    @property
    def last(self) -> date:
        """The last day."""
        return self.end.last

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


FactDate = Period | Interval

DATE_FORMS = "2025, 2025-08, 2025-08-11, 2025-34 (second quarter), 2025-40 (first half), 2024/2027, end 2025"
_PERIOD = re.compile(
    r"(?:(?P<part>early|mid|late|end) )?(?P<year>\d{4})(?:-(?P<unit>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII
)
_YEARS, _MONTHS, _QUARTERS, _HALVES = range(1000, 3000), range(1, 13), range(33, 37), range(40, 42)


def parse_date(text: str) -> FactDate:
    """Read a date in the notation above; ValueError says what was expected."""
    if "/" not in text:
        return _parse_period(text)
    start, _, end = text.partition("/")
    if not (start.strip() and end.strip()):
        raise ValueError(f"'{text}' is open at one end; an interval names both, like 2024/2027")
    interval = Interval(_parse_period(start), _parse_period(end))
    if interval.last < interval.first:
        raise ValueError(f"'{text}' ends before it begins")
    return interval


def day_of(day: date) -> Period:
    """A calendar day as a date of facts."""
    return Period(day.year, day.month, day.day)


def is_exact_day(when: FactDate) -> bool:
    """Whether the first day is known exactly, so that days may be counted to it."""
    start = when.start if isinstance(when, Interval) else when
    return start.precision is Precision.DAY


def _parse_period(text: str) -> Period:
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no date; dates are written like {DATE_FORMS}")
    part = Part(match["part"]) if match["part"] else None
    year, unit = int(match["year"]), int(match["unit"] or 0)
    if year not in _YEARS:  # far years are slips of the hand, and days cannot be counted beyond the calendar's ends
        raise ValueError(f"'{text}': the year must lie between {_YEARS[0]} and {_YEARS[-1]}")
    if match["day"]:
        return _parse_day(text, year, unit, int(match["day"]), part)
    return _period_of_unit(text, year, unit if match["unit"] else None, part)


def _parse_day(text: str, year: int, month: int, day: int, part: Part | None) -> Period:
    if part is not None:
        raise ValueError(f"'{text}': a day has no {part} part")
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError(f"'{text}': there is no such day") from None
    return Period(year, month, day)


def _period_of_unit(text: str, year: int, unit: int | None, part: Part | None) -> Period:
    if unit is None:
        return Period(year, part=part)
    if unit in _MONTHS:
        return Period(year, unit, part=part)
    if unit in _QUARTERS:
        return Period(year, quarter=unit - 32, part=part)
    if unit in _HALVES:
        return Period(year, half=unit - 39, part=part)
    raise ValueError(f"'{text}': {unit:02} is no month (01-12), quarter (33-36) or half (40-41)")


def _unit_notation(period: Period) -> str:
    match period.precision:
        case Precision.YEAR:
            return f"{period.year:04}"
        case Precision.HALF:
            return f"{period.year:04}-{(period.half or 0) + 39}"
        case Precision.QUARTER:
            return f"{period.year:04}-{(period.quarter or 0) + 32}"
        case Precision.MONTH:
            return f"{period.year:04}-{period.month:02}"
        case Precision.DAY:
            return f"{period.year:04}-{period.month:02}-{period.day:02}"


def _months_of(period: Period) -> tuple[int, int]:
    """The first and last month of the whole unit."""
    if period.month:
        return period.month, period.month
    if period.quarter:
        return period.quarter * 3 - 2, period.quarter * 3
    if period.half:
        return period.half * 6 - 5, period.half * 6
    return 1, 12


def _days_of_unit(period: Period) -> tuple[date, date]:
    if period.month and period.day:
        return (date(period.year, period.month, period.day),) * 2
    first, last = _months_of(period)
    return date(period.year, first, 1), date(period.year, last, monthrange(period.year, last)[1])


def _days_of_part(period: Period) -> tuple[date, date]:
    """Early, mid and late are thirds; the end of a year is its last quarter, of anything shorter its last third.

    A source that says "end of 2025" may mean November: until October the event is safely ahead, until 31 December
    it may still come.
    """
    first, last = _days_of_unit(period)
    length = (last - first).days + 1
    match period.part:
        case None:
            return first, last
        case Part.EARLY:
            return first, first + timedelta(days=length // 3 - 1)
        case Part.MID:
            return first + timedelta(days=length // 3), last - timedelta(days=length // 3)
        case Part.END if period.precision is Precision.YEAR:
            return date(period.year, 10, 1), last
        case Part.LATE | Part.END:
            return last - timedelta(days=length // 3 - 1), last
