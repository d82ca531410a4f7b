"""Dates that carry their own precision: the part of EDTF that facts need, and "end of", which EDTF lacks.

Notation (EDTF, ISO 8601-2): `2025`, `2025-08`, `2025-08-11`, seasons `2025-21` (spring) to `2025-24`, quarters
`2025-33` to `2025-36`, halves `2025-40` and `2025-41`, intervals `2025-08-10/2025-08-13`. Before any of them but a
day: `early`, `mid`, `late` or `end`.
"""

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property


class Part(StrEnum):
    """Which part of a year, half, quarter or month is meant: one of its thirds, or `end`."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"


class Precision(StrEnum):
    """How exactly a period is known."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class Period:
    """A year, half, quarter, season, month or day, or a part of one."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: int | None = None
    """Spring is 1; months are those of the northern half of the earth, and winter ends in the next year."""
    part: Part | None = None

    @property
    def precision(self) -> Precision:
        """The finest unit that is known."""
        units = (Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.QUARTER, Precision.HALF)
        return next((unit for unit in units if getattr(self, unit)), Precision.YEAR)

    @cached_property  # to tell what is known on a day asks the day of each source for each fact
    def first(self) -> date:
        """The first day of the period."""
        return _days_of_part(self)[0]

    @cached_property
    def last(self) -> date:
        """The last day of the period; a deadline is over the day after."""
        return _days_of_part(self)[1]

    def __str__(self) -> str:
        units = (getattr(self, name) + before for name, (before, _) in _UNITS.items() if getattr(self, name))
        unit = next(units, None)
        numbers = (f"{number:02}" for number in (unit, self.day) if number)
        return (f"{self.part} " if self.part else "") + "-".join((f"{self.year:04}", *numbers))


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first day of one period to the last day of another."""

    start: Period
    end: Period

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


def ends_of(when: FactDate) -> tuple[Period, ...]:
    """Return both ends of an interval; of a period, itself."""
    return (when.start, when.end) if isinstance(when, Interval) else (when,)


DATE_FORMS = "2025, 2025-08, 2025-08-11, 2025-34 (second quarter), 2025-40 (first half), 2024/2027, end 2025"
_PERIOD = re.compile(
    r"(?:(?P<part>early|mid|late|end) )?(?P<year>\d{4})(?:-(?P<unit>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII
)
YEARS = range(1000, 3000)
_LONGEST = 200
"""Signs of a value: whatever reads it may go through it recursively, and Python reads no number of 4,300 digits."""
_UNITS = {"month": (0, 12), "season": (20, 4), "quarter": (32, 4), "half": (39, 2)}
"""What EDTF counts the units of a year from, and how many of them there are."""
_BACKWARDS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_PART_OF = re.compile(r"(?P<part>early|mid|late|end)[ -](?:of |in )?(?P<rest>.+)")
_SHORT_INTERVAL = re.compile(r"(\d\d|\d{4}-(?:\d\d-)?)(\d\d)/(\d\d)", re.ASCII)
"""An interval whose end leaves out what it shares with its start: 2024/27, 2026-10-03/05."""
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)|(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*", re.ASCII)
"""A day without hyphens, or with an hour: 20250811, 2025-08-11T09:00Z."""
_TWO_DATES = re.compile(r"(\d{4}-[\d-]+\d) ?(?:\.{2,3}|[-–—~]|to) ?(\d{4}-[\d-]+\d)", re.ASCII)
_OTHER_LETTERS = re.compile("[^\\W\\d_a-z년월일年月日]")
"""Of names of months, quarters and calendars that are not known here: what is left without them is another date."""


def refuse_long(text: str, kind: str) -> None:
    """Raise ValueError where a text is longer than any date or value."""
    if len(text) > _LONGEST:
        raise ValueError(f"'{text[:20]}...' is too long for a {kind}")


def parse_date(text: str) -> FactDate:
    """Read a date in the notation above; ValueError says what was expected."""
    refuse_long(text, "date")
    is_written_so = all(_PERIOD.fullmatch(end.strip()) for end in text.split("/"))
    if meant := "" if is_written_so else meant_date(text.strip()):
        raise ValueError(f"'{text}' is no date here; write {meant}")
    if "/" not in text:
        return _parse_period(text)
    start, _, end = text.partition("/")
    if not (start.strip() and end.strip()):
        raise ValueError(f"'{text}' is open at one end; an interval names both, like 2024/2027")
    interval = Interval(_parse_period(start), _parse_period(end))
    if interval.last < interval.first:
        raise ValueError(f"'{text}' ends before it begins; did you mean '{interval.end}/{interval.start}'?")
    return interval


def meant_date(text: str) -> str:
    """Return how a date is written here that stands in words or in another order; empty where none is meant."""
    if backwards := _BACKWARDS.fullmatch(text):
        return _forwards(*map(int, backwards.groups()))
    if part := _PART_OF.fullmatch(text):
        rest = part["rest"] if _PERIOD.fullmatch(part["rest"]) else meant_date(part["rest"])
        return f"{part['part']} {rest}" if rest else ""
    short = _SHORT_INTERVAL.fullmatch(text)
    ends, day = _TWO_DATES.fullmatch(text), _COMPACT.fullmatch(text)
    spelt = f"{short[1]}{short[2]}/{short[1]}{short[3]}" if short else "/".join(ends.groups()) if ends else ""
    exact = "-".join(filter(None, day.groups())) if day else ""
    for meant in (spelt, exact, _year_first(text)):
        with suppress(ValueError):
            if meant not in ("", text):
                return str(parse_date(meant))
    return ""


def _year_first(text: str) -> str:
    """Return the year, month and day of a text in this order; empty where it lacks a year."""
    tokens = re.findall(r"[a-z]+|[0-9]+", text.lower())
    years = [token for token in tokens if re.fullmatch(r"\d{4}", token)]
    words = [token for token in tokens if token.isalpha() and token not in ("of", "st", "nd", "rd", "th")]
    numbers = [int(token) for token in tokens if token.isdigit() and len(token) < 3]
    if not years or len(words) > 1 or (len(years) > 1 and numbers) or _OTHER_LETTERS.search(text.lower()):
        return ""
    word = words[0] if words else ""
    if len(word) > 2:
        unit = next((number for name, number in _NAMED.items() if name.startswith(word)), 0)
    else:
        begins = {"": 0, "z": 0, "q": 32, "h": 39}.get(word)
        if begins is None:  # a week (2026-W10), or a choice (2026 or 2027)
            return ""
        unit = begins + (numbers.pop(0) if numbers else 0)
    ends = [f"{years[0]}-{unit:02}-{day:02}" for day in numbers] if len(years) == 1 else years
    return "/".join(ends or [f"{years[0]}-{unit:02}"])


_MONTHS = "january february march april may june july august september october november december"
_NAMED = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
_NAMED |= {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""The number of what stands after a year, by its name."""


def _forwards(first: int, second: int, year: int) -> str:
    """Return how the numbers of 01/05/2024 are written, of which nobody can tell which is the month."""
    days = dict.fromkeys(((second, first), (first, second)))
    real = [(month, day) for month, day in days if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]]
    written = [f"{year}-{month:02}-{day:02}" for month, day in real]
    return f"the year first: {' or '.join(written) or '2025-08-11'}"


def day_of(day: date) -> Period:
    """Return a calendar day as a date of facts."""
    return Period(day.year, day.month, day.day)


SPANS = ("days", "weeks", "months", "years", "decades")
"""The units in which a rhythm is counted."""


def after(when: FactDate, number: int, unit: str) -> Period | None:
    """Return the time that many days, weeks, months or years later, no more exact than that unit; None beyond reach."""
    last = when.last
    if unit in ("days", "weeks"):
        days = last.toordinal() + number * (7 if unit == "weeks" else 1)
        return day_of(date.fromordinal(days)) if _FIRST_DAY <= days <= _LAST_DAY else None
    months = last.year * 12 + last.month - 1 + number * {"months": 1, "years": 12, "decades": 120}[unit]
    if months // 12 not in YEARS:
        return None
    return Period(months // 12, months % 12 + 1 if unit == "months" else None)


_FIRST_DAY, _LAST_DAY = date(YEARS.start, 1, 1).toordinal(), date(YEARS.stop - 1, 12, 31).toordinal()


def is_exact_day(when: FactDate) -> bool:
    """Return whether the first day is known exactly, so that days may be counted to it."""
    return ends_of(when)[0].precision is Precision.DAY


def _parse_period(text: str) -> Period:
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no date; dates are written like {DATE_FORMS}")
    part = Part(match["part"]) if match["part"] else None
    year = int(match["year"])
    if year not in YEARS:  # far years are slips of the hand, and days cannot be counted beyond the calendar's ends
        raise ValueError(f"'{text}': the year must lie between {YEARS[0]} and {YEARS[-1]}")
    if match["unit"] is None:
        return Period(year, part=part)
    unit = int(match["unit"])
    if match["day"]:
        return _parse_day(text, year, unit, int(match["day"]), part)
    for name, (before, number) in _UNITS.items():
        if 0 < unit - before <= number:
            return Period(year, part=part, **{name: unit - before})
    both = f"; or, of both years, {year}/{year + 1}" if unit == (year + 1) % 100 else ""
    raise ValueError(f"'{text}': {unit:02} is no month (01-12), season (21-24), quarter (33-36) or half (40-41){both}")


def _parse_day(text: str, year: int, month: int, day: int, part: Part | None) -> Period:
    if part is not None:
        raise ValueError(f"'{text}': a day has no {part} part")
    try:
        return day_of(date(year, month, day))
    except ValueError:
        raise ValueError(f"'{text}': there is no such day; {_real_days(year, month, day)}") from None


def _real_days(year: int, month: int, day: int) -> str:
    """Return what is right where a date has a month or a day that is none."""
    if 1 <= month <= 12:
        return f"that month is over on {year}-{month:02}-{monthrange(year, month)[1]:02}"
    turned = f": {year}-{day:02}-{month:02}" if 1 <= day <= 12 and 1 <= month <= monthrange(year, day)[1] else ""
    return f"the month, 01 to 12, stands before the day{turned}"


def _days_of_unit(period: Period) -> tuple[date, date]:
    if period.month and period.day:
        return (date(period.year, period.month, period.day),) * 2
    if period.season:
        first, after = 12 * period.year + 3 * period.season - 1, 12 * period.year + 3 * period.season + 2
        return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    months = {Precision.HALF: 6, Precision.QUARTER: 3, Precision.MONTH: 1}.get(period.precision, 12)
    last = (period.half or period.quarter or period.month or 1) * months
    return date(period.year, last - months + 1, 1), date(period.year, last, monthrange(period.year, last)[1])


def _days_of_part(period: Period) -> tuple[date, date]:
    """Early, mid and late are thirds; the end of a year is its last quarter, of anything shorter its last third.

    A source that says "end of 2025" may mean November: until October the event is certainly ahead, and until
    31 December it may still come.
    """
    first, last = _days_of_unit(period)
    if period.part is None:
        return first, last
    third = timedelta(days=((last - first).days + 1) // 3)
    match period.part:
        case Part.EARLY:
            return first, first + third - timedelta(days=1)
        case Part.MID:
            return first + third, last - third
        case Part.END if period.precision is Precision.YEAR:
            return date(period.year, 10, 1), last
        case Part.LATE | Part.END:
            return last - third + timedelta(days=1), last
