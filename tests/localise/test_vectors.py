"""Every row of the tables of the localisation rules, exactly as it is to be printed."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from briefgen.localise.patterns import sort_key
from briefgen.localise.values import (
    as_of,
    count_of,
    countdown,
    format_value,
    join,
    reading,
    relative_period,
    with_particle,
)
from briefgen.model.dates import Period, parse_date
from briefgen.model.quantities import Money, Percent, parse_quantity

from .languages import CODES, PATTERNS, rows, shown

PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로")
Row = dict[str, Any]


def _name(row: Row) -> str:
    return " ".join(str(row[key]) for key in ("value", "days", "word", "language", "style") if key in row)


VALUES = [*rows("dates"), *rows("figures")]
"""Hundreds of rows; those that fail are named by the tests."""


@pytest.mark.parametrize("code", CODES)
def test_values_are_worded_as_in_the_tables(code: str) -> None:
    found = {_name(row): _worded(row, code) for row in VALUES}
    assert len(found) == len(VALUES)
    assert found == {_name(row): row[code] for row in VALUES}


def _worded(row: Row, code: str) -> str:
    return shown(format_value(parse_quantity(row["value"]), PATTERNS[code], row["style"]))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("row", rows("countdowns"), ids=_name)
def test_days_are_counted_as_in_the_table(row: Row, code: str) -> None:
    text = countdown(int(row["days"]), PATTERNS[code], Period(2027, 3, 1))
    assert shown(text) == row[code]


@pytest.mark.parametrize("row", rows("particles"), ids=_name)
def test_particles_follow_the_sound(row: Row) -> None:
    worded = [with_particle(row["word"], pair_, PATTERNS["ko"]) for pair_ in PAIRS]
    assert worded == [row["word"] + form for form in row["forms"]]


@pytest.mark.parametrize(
    ("word_", "last"),
    [("2.50", "영"), ("2030", "십"), ("300,000", "만"), ("0", "영"), ("(MOU)", "(MOU)"), ("P4G", "지")],
)
def test_the_end_of_a_word_is_read_aloud(word_: str, last: str) -> None:
    table = PATTERNS["ko"].particles
    assert table is not None
    assert reading(word_, table) == last


@pytest.mark.parametrize(
    ("before", "after"),
    [("1", "01"), ("a b", "a\tb"), ("a", "A"), ("á", "ạ")],
)
def test_texts_that_mean_the_same_still_have_an_order(before: str, after: str) -> None:
    assert sort_key(before, PATTERNS["vi"]) != sort_key(after, PATTERNS["vi"])


@pytest.mark.parametrize("row", rows("sorting"), ids=lambda row: f"{row['language']} {row['order'][0]}")
def test_lists_are_in_the_order_of_the_language(row: Row) -> None:
    patterns = PATTERNS[row["language"]]
    backwards = row["order"][::-1]
    assert sorted(backwards, key=lambda text: sort_key(text, patterns)) == row["order"]


@pytest.mark.parametrize("row", rows("lints"), ids=_name)
def test_lints_tell_wrong_from_right(row: Row) -> None:
    assert all(re.search(row["pattern"], text) for text in row["wrong"])
    assert not any(re.search(row["pattern"], text) for text in row["right"])


@pytest.mark.parametrize("row", rows("lints"), ids=_name)
def test_no_worded_value_is_what_the_lints_refuse(row: Row) -> None:
    patterns = PATTERNS[row["language"]]
    texts = {_name(each): format_value(parse_quantity(each["value"]), patterns, each["style"]) for each in VALUES}
    assert {name: text for name, text in texts.items() if re.search(row["pattern"], text)} == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "As of 21⍽November 2026"),
        ("vi", "Tính đến ngày⍽21 tháng 11 năm 2026"),
        ("ko", "2026.⍽11.⍽21. 기준"),
    ],
)
def test_masthead(code: str, expected: str) -> None:
    assert shown(as_of(date(2026, 11, 21), PATTERNS[code])) == expected


@pytest.mark.parametrize(
    ("code", "during", "before"),
    [
        ("en", "in 2025; may already have taken place", "in 2025"),
        ("vi", "trong năm⍽2025; có thể đã diễn ra", "trong năm⍽2025"),
        ("ko", "2025년 중(이미 개최되었을 수 있음)", "2025년 중"),
    ],
)
def test_what_may_have_taken_place(code: str, during: str, before: str) -> None:
    patterns = PATTERNS[code]
    assert shown(relative_period(Period(2025), date(2025, 5, 1), patterns)) == during
    assert shown(relative_period(Period(2025), date(2024, 12, 31), patterns)) == before
    assert shown(relative_period(Period(2025), date(2026, 1, 1), patterns)) == before


def test_an_exact_day_never_may_have_taken_place() -> None:
    text = relative_period(parse_date("2025-08-10/2025-08-13"), date(2025, 8, 11), PATTERNS["en"])
    assert shown(text) == "on 10–13⍽August 2025"


@pytest.mark.parametrize(
    ("code", "three", "two"),
    [("en", "A, B and C", "A and B"), ("vi", "A, B và C", "A và B"), ("ko", "A, B 및 C", "A 및 B")],
)
def test_enumerations(code: str, three: str, two: str) -> None:
    assert join(["A", "B", "C"], PATTERNS[code]) == three
    assert join(["A", "B"], PATTERNS[code]) == two
    assert join(["A"], PATTERNS[code]) == "A"
    assert join([], PATTERNS[code]) == ""


@pytest.mark.parametrize(
    ("code", "money", "percent", "points", "fall"),
    [
        ("en", "−US$3.2⍽billion", "−3.2%", "−3.2⍽percentage points", "down 3.2%"),
        ("vi", "−3,2⍽tỷ⍽USD", "−3,2%", "−3,2⍽điểm phần trăm", "giảm 3,2%"),
        ("ko", "−32억⍽달러", "−3.2%", "−3.2%p", "3.2% 감소"),
    ],
)
def test_below_zero(code: str, money: str, percent: str, points: str, fall: str) -> None:
    patterns, share = PATTERNS[code], Percent(Decimal("-3.2"))
    assert shown(format_value(Money(Decimal(-3_200_000_000), "USD"), patterns)) == money
    assert shown(format_value(share, patterns)) == percent
    assert shown(format_value(share, patterns, "points")) == points
    assert shown(format_value(share, patterns, "growth")) == fall


@pytest.mark.parametrize(("code", "none"), [("en", "none"), ("vi", "không có"), ("ko", "없음")])
def test_what_is_said_for_nothing(code: str, none: str) -> None:
    assert count_of(0, "documents", PATTERNS[code]) == none
