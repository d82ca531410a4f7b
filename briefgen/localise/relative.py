"""Dates seen from a day: countdowns, "as of", and periods in which something may already have happened."""

from datetime import date
from decimal import Decimal

from briefgen import cldr
from briefgen.localise.dates import date_text
from briefgen.localise.filling import fill
from briefgen.localise.numerals import digits
from briefgen.localise.patterns import Patterns, Plural
from briefgen.model.dates import FactDate, Interval, Period, is_exact_day

MONTH_ONLY_BEYOND = 180  # days: so far ahead nobody counts them, and dates still move


def countdown_text(days: int, patterns: Patterns, when: FactDate, style: str) -> str:
    """How long it is until `when`, or how long a deadline is over."""
    if not is_exact_day(when):
        return date_text(when, patterns, "prose")
    words = patterns.countdown
    if days > MONTH_ONLY_BEYOND:
        return date_text(when.start if isinstance(when, Interval) else when, patterns, "month")
    if days < -1 or (days == -1 and style == "overdue"):
        return _days(words.overdue, -days, patterns)
    near = {1: words.tomorrow, 0: words.today, -1: words.yesterday}
    if days in near:
        return near[days]
    tile = words.ahead_tile if style == "tile" else None
    return _days(tile or words.ahead, days, patterns)


def as_of_text(day: date, patterns: Patterns) -> str:
    """The day on which a briefing looks, for its masthead."""
    dateline = date_text(Period(day.year, day.month, day.day), patterns, "dateline")
    return fill(patterns.dates.as_of, date=dateline)


def relative_text(when: FactDate, day: date, patterns: Patterns) -> str:
    """When something is to take place; once the day is within a period of which no day is known, it may have."""
    text = date_text(when, patterns, "within")
    if is_exact_day(when) or not when.first <= day <= when.last:
        return text
    return fill(patterns.dates.may_have_taken_place, date=text)


def _days(plural: Plural, days: int, patterns: Patterns) -> str:
    pattern = plural.of(cldr.plural_category(days, patterns.locale))
    return fill(pattern, number=digits(Decimal(days), patterns))
