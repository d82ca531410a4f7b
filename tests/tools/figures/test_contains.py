"""Whether a recorded figure stands in a line: yes, in part, no, or not a question to ask of text."""

import pytest

from briefgen.model.quantities import parse_quantity
from briefgen.tools.figures.read import InLine, contains

from .languages import words_for

YES, PART, NO, NEVER = InLine.YES, InLine.IN_PART, InLine.NO, InLine.NOT_APPLICABLE

MONEY = "Aid of about US$2.5 million and 100 billion USD by 2030 for more than 350,000 people and 40 gadgets."
DATES = "On Feb. 10 and again from March 9-11 they spoke of 2024–27, late 2025 and the 5th talks, up 7.3%."


@pytest.mark.parametrize(
    ("line", "recorded", "verdict"),
    [
        (MONEY, "100 billion USD", YES),
        (MONEY, "100e9 USD", YES),
        (MONEY, "100 billion EUR", NO),
        (MONEY, "10 billion USD", NO),
        (MONEY, "about 2.5 million USD", YES),
        (MONEY, "2.5 million USD", PART),
        (MONEY, "more than 350000 people", YES),
        (MONEY, "350000 people", PART),
        (MONEY, "350000 workers", NO),
        (MONEY, "350001 people", NO),
        (MONEY, "40 machines", PART),
        (MONEY, "40 %", PART),
        (MONEY, "41 machines", NO),
        (MONEY, "2030", YES),
        (MONEY, "2031", NO),
        (MONEY, "2030-06", NO),
        (MONEY, "40th", PART),
        (MONEY, "@VN", NEVER),
        (DATES, "2022-02-10", YES),
        (DATES, "2019-02-10", YES),
        (DATES, "2022-02-11", NO),
        (DATES, "2022-02", PART),
        (DATES, "2022", NO),
        (DATES, "2022-03-09/2022-03-11", YES),
        (DATES, "2022-03-09", PART),
        (DATES, "2022-03-10", NO),
        (DATES, "2024/2027", YES),
        (DATES, "2024", PART),
        (DATES, "2026", NO),
        (DATES, "late 2025", YES),
        (DATES, "2025", PART),
        (DATES, "end 2025", NO),
        (DATES, "5th", YES),
        (DATES, "6th", NO),
        (DATES, "7.3 %", YES),
        (DATES, "7.4 %", NO),
        ("", "2025", NO),
    ],
)
def test_verdict(line: str, recorded: str, verdict: InLine) -> None:
    assert contains(line, parse_quantity(recorded), words_for("en")) is verdict


def test_a_day_without_its_month_is_filled_too() -> None:
    words = words_for("vi")
    assert contains("họp ngày 11", parse_quantity("2025-08-11"), words) is YES
    assert contains("họp ngày 11", parse_quantity("2025-08-12"), words) is NO
    assert contains("họp ngày 11", parse_quantity("2025"), words) is NO


def test_a_reading_that_is_not_sure_counts_once_a_person_has_recorded_it() -> None:
    words = words_for("nl")
    assert contains("ruim 20.000 Japanners", parse_quantity("more than 20000 people"), words) is YES
    assert contains("ruim 20.000 Japanners", parse_quantity("more than 20000 residents"), words) is PART
