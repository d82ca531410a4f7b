"""Dates: every notation, its first and last day, and the edtf library as the oracle."""

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast
from warnings import catch_warnings

import pytest
from hypothesis import given

from briefgen.model.dates import SPANS, Interval, Part, Period, Precision, after, is_exact_day, parse_date

from .values import dates, intervals, periods, units

NOTATIONS = {
    "2025": ("2025-01-01", "2025-12-31", Precision.YEAR),
    "2025-40": ("2025-01-01", "2025-06-30", Precision.HALF),
    "2025-41": ("2025-07-01", "2025-12-31", Precision.HALF),
    "2025-33": ("2025-01-01", "2025-03-31", Precision.QUARTER),
    "2025-36": ("2025-10-01", "2025-12-31", Precision.QUARTER),
    "2025-02": ("2025-02-01", "2025-02-28", Precision.MONTH),
    "2024-02": ("2024-02-01", "2024-02-29", Precision.MONTH),
    "2025-08-11": ("2025-08-11", "2025-08-11", Precision.DAY),
    "2024/2027": ("2024-01-01", "2027-12-31", Precision.YEAR),
    "2025-08-10/2025-08-13": ("2025-08-10", "2025-08-13", Precision.DAY),
    "2025-11/2026": ("2025-11-01", "2026-12-31", Precision.YEAR),
    "early 2025": ("2025-01-01", "2025-05-01", Precision.YEAR),
    "mid 2025": ("2025-05-02", "2025-09-01", Precision.YEAR),
    "late 2025": ("2025-09-02", "2025-12-31", Precision.YEAR),
    "end 2025": ("2025-10-01", "2025-12-31", Precision.YEAR),
    "end 2025-06": ("2025-06-21", "2025-06-30", Precision.MONTH),
    "early 2025-36": ("2025-10-01", "2025-10-30", Precision.QUARTER),
    "end 2025-41": ("2025-11-01", "2025-12-31", Precision.HALF),
    "mid 2025/end 2026": ("2025-05-02", "2026-12-31", Precision.YEAR),
    "2025/mid 2026-07": ("2025-01-01", "2026-07-21", Precision.MONTH),
}

REFUSED = {
    "": "'' is no date; dates are written like 2025, 2025-08",
    "soon": "'soon' is no date",
    "25": "'25' is no date",
    "2025-8": "'2025-8' is no date",
    "11.08.2025": "'11.08.2025' is no date",
    "2025-08-11T12:30": "is no date",
    "２０２５": "is no date",
    "Early 2025": "is no date",
    "2025-13": "13 is no month (01-12), season (21-24), quarter (33-36) or half (40-41)",
    "2025-00": "00 is no month",
    "2025-37": "37 is no month",
    "2025-02-29": "there is no such day; that month is over on 2025-02-28",
    "2025-04-31": "there is no such day; that month is over on 2025-04-30",
    "2025-13-01": "there is no such day; the month, 01 to 12, stands before the day: 2025-01-13",
    "2025-31-31": "there is no such day; the month, 01 to 12, stands before the day",
    "20250811": "'20250811' is no date here; write 2025-08-11",
    "2025-08-11T09:00:00Z": "is no date here; write 2025-08-11",
    "2025-08-11 09:00": "is no date here; write 2025-08-11",
    "2025-34-01": "there is no such day",
    "end 2025-08-11": "a day has no end part",
    "0000": "the year must lie between 1000 and 2999",
    "0205-08": "the year must lie between 1000 and 2999",
    "9999": "the year must lie between 1000 and 2999",
    "2027/2024": "'2027/2024' ends before it begins; did you mean '2024/2027'?",
    "2024/": "is open at one end; an interval names both, like 2024/2027",
    "/2024": "is open at one end",
    "2024/2025/2026": "'2025/2026' is no date",
}


@pytest.mark.parametrize("text", NOTATIONS)
def test_each_notation_has_its_days(text: str) -> None:
    first, last, precision = NOTATIONS[text]
    when = parse_date(text)
    end = when.end if isinstance(when, Interval) else when
    assert (str(when.first), str(when.last), end.precision) == (first, last, precision)
    assert str(when) == text


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_with_a_helpful_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A.") as refusal:
        parse_date(text)
    assert REFUSED[text] in str(refusal.value)


@given(dates)
def test_what_is_written_is_read_again(when: Period | Interval) -> None:
    assert parse_date(str(when)) == when


@given(periods)
def test_a_period_begins_before_it_ends_and_within_its_year(period: Period) -> None:
    end = date(period.year + 1, 2, 28 + isleap(period.year + 1)) if period.season == 4 else date(period.year, 12, 31)
    assert date(period.year, 1, 1) <= period.first <= period.last <= end


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-21", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025-22", date(2025, 6, 1), date(2025, 8, 31)),
        ("2025-23", date(2025, 9, 1), date(2025, 11, 30)),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
    ],
)
def test_seasons_are_those_of_edtf_level_1(text: str, first: date, last: date) -> None:
    season = parse_date(text)
    assert (season.first, season.last, str(season)) == (first, last, text)


@given(intervals)
def test_an_interval_runs_from_its_first_day_to_its_last(interval: Interval) -> None:
    assert interval.start.first == interval.first <= interval.last == interval.end.last


@given(units)
def test_the_parts_of_a_unit_lie_inside_it_in_order_without_a_gap(unit: Period) -> None:
    whole, early, mid, late, end = (
        Period(unit.year, unit.month, quarter=unit.quarter, half=unit.half, part=part)
        for part in (None, Part.EARLY, Part.MID, Part.LATE, Part.END)
    )
    assert (early.first, late.last) == (whole.first, whole.last)
    assert early.last + timedelta(days=1) == mid.first
    assert mid.last + timedelta(days=1) == late.first
    assert late.first <= end.first <= end.last == whole.last


@given(dates)
def test_only_exact_days_count_down(when: Period | Interval) -> None:
    start = when.start if isinstance(when, Interval) else when
    assert is_exact_day(when) == (start.day is not None)


@pytest.fixture(scope="module")
def edtf() -> Callable[[str], Any]:
    """The edtf library's parser; it uses its own dependencies in ways that they warn of."""
    with catch_warnings(action="ignore"):
        from edtf import parse_edtf
    return cast("Callable[[str], Any]", parse_edtf)


def in_edtf(when: Period | Interval) -> bool:
    """Whether EDTF, as its library reads it, has the date: no parts, and quarters and halves only by themselves."""
    if isinstance(when, Interval):
        return all(in_edtf(side) and not (side.quarter or side.half) for side in (when.start, when.end))
    return when.part is None


@given(when=dates.filter(in_edtf))
def test_the_days_are_those_of_edtf(edtf: Callable[[str], Any], when: Period | Interval) -> None:
    same = edtf(str(when))
    assert (when.first, when.last) == (date(*same.lower_strict()[:3]), date(*same.upper_strict()[:3]))


@pytest.mark.parametrize(
    ("number", "unit", "then"),
    [
        (10, "days", "2024-03-11"),
        (2, "weeks", "2024-03-15"),
        (11, "months", "2025-02"),
        (2, "years", "2026"),
        (1, "decades", "2034"),
        *((number, unit, None) for number in (10**13, -(10**13)) for unit in SPANS),
    ],
)
def test_a_time_later_is_as_exact_as_its_unit_and_none_beyond_the_years(
    number: int, unit: str, then: str | None
) -> None:
    assert after(Period(2024, 3, 1), number, unit) == (then and parse_date(then))


@pytest.mark.parametrize(
    ("written", "forwards"),
    [
        ("31.12.2024", "2024-12-31"),
        ("5/5/2024", "2024-05-05"),
        ("1-2-2024", "2024-02-01 or 2024-01-02"),
        ("31/02/2024", "2025-08-11"),
        ("31/02/0000", "2025-08-11"),
    ],
)
def test_a_day_written_backwards_is_told_forwards_where_there_is_one(written: str, forwards: str) -> None:
    with pytest.raises(ValueError, match=f"write the year first: {forwards}$"):
        parse_date(written)
