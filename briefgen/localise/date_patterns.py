"""How a language writes dates, as data.

A date field is one of our own words (date, month, quarter) or a CLDR date pattern (Unicode TR 35: `{d MMMM y}`, or a
length: `{long}`). In a range it says which side it means: `{from d}–{to d MMMM y}`; {start} and {end} are the sides.
"""

from dataclasses import dataclass, fields
from typing import Annotated, ClassVar

from briefgen.localise.filling import period_phrase, phrase, range_phrase
from briefgen.model.facts import STRICT

Date = Annotated[str, period_phrase()]
Range = Annotated[str, range_phrase()]
DatePhrase = Annotated[str, phrase("date")]
Words = Annotated[str, phrase()]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateForms:
    """How dates are written in one style; what is empty is written as in the style `prose`."""

    __pydantic_config__: ClassVar = STRICT

    any: DatePhrase = ""
    """Around {date}, the form in prose, for every precision that has no pattern of its own here."""
    day: Date = ""
    month: Date = ""
    quarter: Date = ""
    first_half: Date = ""
    second_half: Date = ""
    year: Date = ""
    early: Date = ""
    """The first third of {date}, a year, half, quarter or month in prose."""
    mid: Date = ""
    late: Date = ""
    end: Date = ""
    early_month: Date = ""
    """As `early`, where months have a word of their own."""
    mid_month: Date = ""
    late_month: Date = ""
    end_month: Date = ""
    range: DatePhrase = ""
    """As `any`, for ranges."""
    same_month: Range = ""
    """Days within one month."""
    same_year: Range = ""
    """Days within one year."""
    days: Range = ""
    """Days of two years."""
    months_same_year: Range = ""
    months_of_quarter: Range = ""
    """Three months that make a quarter; as `months_same_year` where empty."""
    months: Range = ""
    years_same_century: Range = ""
    years: Range = ""
    span: Range = ""
    """From {start} to {end}, both in prose, where one is known more exactly than the other."""


_OPTIONAL = frozenset({"any", "early_month", "mid_month", "late_month", "end_month", "range", "months_of_quarter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePatterns:
    """Dates: the styles, and the words that CLDR lacks."""

    __pydantic_config__: ClassVar = STRICT

    prose: DateForms
    table: DateForms = DateForms()
    short: DateForms = DateForms()
    """In tiles; what is empty is written as in tables."""
    weekday: DateForms = DateForms()
    dateline: DateForms = DateForms()
    """The masthead and formal datelines."""
    deadline: DateForms = DateForms()
    """By 2030; a range is a deadline by its end."""
    since: DateForms = DateForms()
    """Since 2024; of a range, since its start."""
    within: DateForms = DateForms()
    """In 2025, on 11 August 2025."""
    day_unknown: DateForms = DateForms()
    """The month, saying that the day is not known."""
    months: tuple[Words, ...] = ()
    """What {month} prints for the twelve months; their numbers where empty."""
    quarters: tuple[Words, ...] = ()
    """What {quarter} prints for the four quarters; their numbers where empty."""
    as_of: DatePhrase
    may_have_taken_place: DatePhrase
    """After {date} in the style `within`, when the day has come within a period of which no day is known."""
    no_date: Words
    """A deadline that nobody has set."""
    not_announced: Words
    """An event whose date has not been announced."""

    def __post_init__(self) -> None:
        names = [item.name for item in fields(DateForms) if item.name not in _OPTIONAL]
        empty = [name for name in names if not getattr(self.prose, name)]
        if empty:
            raise ValueError(f"prose has no pattern for {', '.join(empty)}")
        for name, words, number in (("months", self.months, 12), ("quarters", self.quarters, 4)):
            if words and len(words) != number:
                raise ValueError(f"{name} has {len(words)} words; it needs {number} or none")
