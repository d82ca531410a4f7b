"""Whether a recorded date stands in a line: it, a part of it, or a range of which it is one end."""

import pytest

from briefgen.model.dates import FactDate
from briefgen.model.quantities import parse_quantity
from briefgen.tools.figures.read import has_date

from .languages import words_for

DATES = "By 2030, on Feb. 10 and again from March 9-11 they spoke of 2024–27, late 2025 and the 5th talks, up 7.3%."


def has(line: str, recorded: str, language: str = "en") -> bool:
    date = parse_quantity(recorded)
    assert isinstance(date, FactDate)
    return has_date(line, date, words_for(language), of_year=True)


@pytest.mark.parametrize(
    "recorded",
    [
        "2030",
        "2022-02-10",
        "2019-02-10",
        "2022-02",
        "2022-03-09/2022-03-11",
        "2022-03-09",
        "2024/2027",
        "2024",
        "late 2025",
        "2025",
    ],
)
def test_what_the_line_has(recorded: str) -> None:
    assert has(DATES, recorded)


@pytest.mark.parametrize(
    "recorded", ["2031", "2030-06", "2022-02-11", "2022", "2022-03-10", "2026", "end 2025", "2025-10/2025-12"]
)
def test_what_it_does_not_have(recorded: str) -> None:
    assert not has(DATES, recorded)
    assert not has("", recorded)


def test_a_day_without_its_month_is_filled_too() -> None:
    assert has("họp ngày 11", "2025-08-11", "vi")
    assert not has("họp ngày 11", "2025-08-12", "vi")
    assert not has("họp ngày 11", "2025", "vi")


def test_what_is_not_sure_may_be_a_part_of_what_a_person_read() -> None:
    assert has("'octobre 2024", "2024-10-01", "fr")
    assert not has("'octobre 2024", "2024-11-01", "fr")
    assert not has("in October 2024", "2024-10-01")


@pytest.mark.parametrize(
    ("line", "code", "given"),
    [
        ("On 19 February 2024 they met.", "en", True),
        ("On 19 February they met, as in 2024-25.", "en", False),
        ("On 19 February they met.", "en", False),
        ("2024-cü il, 19 fevral", "az", True),
        ("19 fevral, Bakı", "az", False),
        ("19 fevral, Bakı, 20240", "az", False),
        ("令和6年2月19日", "ja", True),
        ("民國113年2月19日", "zh", True),
        ("เมื่อวันที่ 19 กุมภาพันธ์ 2567", "th", True),
        ("เมื่อวันที่ 19 กุมภาพันธ์ พ.ศ. ๒๕๖๗", "th", True),
    ],
)
def test_whether_a_line_has_the_year_of_a_date_as_well(line: str, code: str, given: bool) -> None:
    date = parse_quantity("2024-02-19")
    assert isinstance(date, FactDate)
    assert has_date(line, date, words_for(code), of_year=True)
    assert has_date(line, date, words_for(code), of_year=False) is given
