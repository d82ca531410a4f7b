"""The one door to how values are worded in a language; every function is pure and its result composed (NFC)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import assert_never

from briefgen.localise import cldr, value_dates, value_names, value_numbers
from briefgen.localise.patterns import Patterns, interpolate, nearest_word, tidy
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.quantities import Count, Fraction, Money, Name, Ordinal, Percent, Quantity

_COMMON = ("prose", "table", "short")
DATE_STYLES = (*_COMMON, "weekday", "dateline", "deadline", "since", "within", "month", "year")
ORDINAL_STYLES = (*_COMMON, "ordinal-meeting", "ordinal-event", "ordinal-anniversary")
PERCENT_STYLES = (*_COMMON, "points", "growth")
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def format_value(
    quantity: Quantity, patterns: Patterns, style: str = "prose", names: Mapping[str, str] = _NO_NAMES
) -> str:
    """A value as the language words it in a style; `names` has the name of each id.

    ValueError names the nearest right word for a style the value has not, a unit or a name that is unknown.
    """
    match quantity:
        case Period() | Interval():
            return tidy(value_dates.date_text(quantity, patterns, _known(style, DATE_STYLES, "a date")))
        case Money():
            said = value_numbers.money_text(quantity, patterns, _known(style, _COMMON, "an amount of money"))
            return tidy(value_numbers.with_rate(said, quantity.per, patterns))
        case Count():
            said = value_numbers.count_text(quantity, patterns, _known(style, _COMMON, "a count"))
            return tidy(value_numbers.with_rate(said, quantity.per, patterns))
        case Percent():
            said = value_numbers.percent_text(quantity, patterns, _known(style, PERCENT_STYLES, "a percentage"))
            return tidy(value_numbers.with_rate(said, quantity.per, patterns))
        case Fraction():
            _known(style, _COMMON, "a part of a whole")
            return tidy(value_numbers.fraction_text(quantity, patterns))
        case Ordinal():
            return tidy(value_numbers.ordinal_text(quantity, patterns, _known(style, ORDINAL_STYLES, "an ordinal")))
        case Name():
            _known(style, _COMMON, "a name")
            return tidy(_name(quantity, names))
        case _:
            assert_never(quantity)


def countdown(days: int, patterns: Patterns, when: FactDate) -> str:
    """The days until `when` starts; the month alone when it is far; what is not known to the day is not counted to."""
    return tidy(value_dates.countdown_text(days, patterns, when))


def as_of(day: date, patterns: Patterns) -> str:
    """`As of` a day, for the masthead."""
    return tidy(value_dates.as_of_text(day, patterns))


def relative_period(when: FactDate, day: date, patterns: Patterns) -> str:
    """When something takes place, seen from a day: `in 2025; may already have taken place` while 2025 lasts."""
    return tidy(value_dates.relative_text(when, day, patterns))


def count_of(number: int, unit: str, patterns: Patterns) -> str:
    """A number of things as one phrase; `none` in the language for zero."""
    return format_value(Count(Decimal(number), unit), patterns)


def join(items: Sequence[str], patterns: Patterns) -> str:
    """An enumeration with "and"."""
    lists = patterns.lists
    if not lists.two or len(items) < 2:
        return tidy(cldr.list_text(items, patterns.locale))
    *firsts, last = items
    start = firsts[0]
    for item in firsts[1:]:
        start = interpolate(lists.middle, start=start, end=item)
    return tidy(interpolate(lists.last if len(items) > 2 else lists.two, start=start, end=last))


def with_particle(text: str, forms: str, patterns: Patterns) -> str:
    """A word and the one of two forms, such as `은/는`, that its last sound asks for; ValueError for unknown forms."""
    return tidy(text + value_names.particle(text, forms, patterns))


def sort_key(text: str, patterns: Patterns) -> value_names.SortKey:
    """A key by which Python sorts as the language does."""
    return value_names.sort_key(text, patterns)


def _name(name: Name, names: Mapping[str, str]) -> str:
    if name.id not in names:
        raise ValueError(f"there is no name for '@{name.id}'{nearest_word(name.id, names)}")
    return names[name.id]


def _known(style: str, styles: Sequence[str], what: str) -> str:
    if style not in styles:
        listed = ", ".join(styles)
        raise ValueError(f"there is no style '{style}' for {what}{nearest_word(style, styles)} (styles: {listed})")
    return style
