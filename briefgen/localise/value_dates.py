"""Dates seen from a day: countdowns, "as of", and periods in which something may already have happened."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefgen.localise import cldr
from briefgen.localise.patterns import SEASONS, DateForms, Patterns, fill_with, interpolate
from briefgen.localise.value_numbers import digits
from briefgen.model.dates import FactDate, Interval, Period, Precision, is_exact_day


def date_text(when: FactDate, patterns: Patterns, style: str) -> str:
    """A date in a style; a style that has no pattern for it writes it as in prose."""
    when = _of_style(when, style)
    if isinstance(when, Interval):
        return _interval_text(when, patterns, style)
    return _period_text(when, patterns, style)


def _of_style(when: FactDate, style: str) -> FactDate:
    """What of a date a style speaks of: a deadline of the end, `since` of the start, `month` and `year` of no day."""
    if isinstance(when, Interval):
        ends = {"deadline": when.end, "since": when.start}
        if style in ends:
            return ends[style]
        start, end = _coarser(when.start, style), _coarser(when.end, style)
        return start if start == end else Interval(start, end)
    return _coarser(when, style)


def _coarser(period: Period, style: str) -> Period:
    if style == "year":
        return Period(period.year)
    return replace(period, day=None) if style == "month" else period


def _forms(patterns: Patterns, style: str) -> DateForms:
    return getattr(patterns.dates, style.replace("-", "_"), patterns.dates.prose)


def _period_text(period: Period, patterns: Patterns, style: str) -> str:
    pattern = _first_of(_forms(patterns, style), *_period_keys(period))
    if pattern:
        return _filled(pattern, period, patterns)
    if style == "prose":
        raise ValueError(f"the file of the language has no pattern '{_period_keys(period)[-1]}' under dates.prose")
    return _otherwise(period, patterns, style, _forms(patterns, style).any)


def _otherwise(when: FactDate, patterns: Patterns, style: str, around: str) -> str:
    """A style without a pattern of its own: its words around the prose, else the prose (in tiles, the table) itself."""
    if around:
        return interpolate(around, date=date_text(when, patterns, "prose"))
    return date_text(when, patterns, "table" if style == "short" else "prose")


def _period_keys(period: Period) -> tuple[str, ...]:
    if period.season:
        unit = SEASONS[period.season - 1]
        return (f"{period.part}_{unit}", str(period.part)) if period.part else (unit,)
    unit = f"{'first' if period.half == 1 else 'second'}_half" if period.half else str(period.precision)
    return (f"{period.part}_{unit}", str(period.part)) if period.part else (unit,)


def _first_of(forms: DateForms, *keys: str) -> str:
    return next(filter(None, (str(getattr(forms, key, "")) for key in keys)), "")


def _filled(pattern: str, period: Period, patterns: Patterns) -> str:
    """A pattern of one period; {date} is the whole unit of which the period is a part."""

    def resolve(field: str) -> str:
        if field == "date":
            return _period_text(replace(period, part=None), patterns, "prose")
        return _field(field, _day_in(period), patterns)

    return fill_with(pattern, resolve)


def _day_in(period: Period) -> date:
    return replace(period, part=None).first


def _field(field: str, day: date, patterns: Patterns) -> str:
    dates = patterns.dates
    if field == "month":
        return dates.months[day.month - 1] if dates.months else str(day.month)
    if field == "quarter":
        quarter = (day.month - 1) // 3
        return dates.quarters[quarter] if dates.quarters else str(quarter + 1)
    if dates.first_day and day.day == 1:
        field = _SINGLE_DAY.sub("'" + dates.first_day.replace("'", "''") + "'", field)
    return cldr.date_text(day, field, patterns.locale)


_SINGLE_DAY = re.compile(r"(?<!d)d(?!d)")


def _interval_text(interval: Interval, patterns: Patterns, style: str) -> str:
    forms = _forms(patterns, style)
    pattern = _first_of(forms, *_interval_keys(interval))
    if pattern:
        return _filled_range(pattern, interval, patterns)
    return _otherwise(interval, patterns, style, forms.range or forms.any)


def _filled_range(pattern: str, interval: Interval, patterns: Patterns) -> str:
    """A pattern of a range, whose fields say which side they mean; {start} and {end} are the sides in prose."""
    ends = {"start": interval.start, "end": interval.end}
    days = {"from": _day_in(interval.start), "to": _day_in(interval.end)}

    def resolve(field: str) -> str:
        if field in ends:
            return _period_text(ends[field], patterns, "prose")
        side, _, plain = field.partition(" ")
        return _field(plain, days[side], patterns)

    return fill_with(pattern, resolve)


def _interval_keys(interval: Interval) -> tuple[str, ...]:
    """The patterns that fit a range, the closest first; `span` fits all."""
    start, end = interval.start, interval.end
    if start.part or end.part or start.precision is not end.precision:
        return ("span",)
    match start.precision:
        case Precision.DAY:
            return (_day_key(start, end),)
        case Precision.MONTH:
            return _month_keys(start, end)
        case Precision.YEAR:
            return ("years_same_century" if start.year // 100 == end.year // 100 else "years",)
        case _:
            return ("span",)


def _day_key(start: Period, end: Period) -> str:
    if start.year != end.year:
        return "days"
    return "same_month" if start.month == end.month else "same_year"


def _month_keys(start: Period, end: Period) -> tuple[str, ...]:
    if start.year != end.year:
        return ("months",)
    is_quarter = (start.month or 0) % 3 == 1 and (end.month or 0) - (start.month or 0) == 2
    return ("months_of_quarter", "months_same_year") if is_quarter else ("months_same_year",)


MONTH_ONLY_BEYOND = 180  # days: so far ahead nobody counts them, and dates still move


def countdown_text(days: int, patterns: Patterns, when: FactDate) -> str:
    """How long it is until `when`."""
    if not is_exact_day(when):
        return date_text(when, patterns, "prose")
    words = patterns.countdown
    if days > MONTH_ONLY_BEYOND:
        return date_text(when.start if isinstance(when, Interval) else when, patterns, "month")
    if days in (0, 1):
        return words.tomorrow if days else words.today
    pattern = words.ahead.of(cldr.plural_category(days, patterns.locale))
    return interpolate(pattern, number=digits(Decimal(days), patterns))


def as_of_text(day: date, patterns: Patterns) -> str:
    """The day on which a briefing looks, for its masthead."""
    dateline = date_text(Period(day.year, day.month, day.day), patterns, "dateline")
    return interpolate(patterns.dates.as_of, date=dateline)


def relative_text(when: FactDate, day: date, patterns: Patterns) -> str:
    """When something is to take place; once the day is within a period of which no day is known, it may have."""
    text = date_text(when, patterns, "within")
    if is_exact_day(when) or not when.first <= day <= when.last:
        return text
    return interpolate(patterns.dates.may_have_taken_place, date=text)
