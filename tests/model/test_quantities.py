"""Quantities: what is written is read again, and what is none is refused with a sentence that helps."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.dates import Period, parse_date
from briefgen.model.quantities import (
    Bound,
    Count,
    Fraction,
    Money,
    Name,
    Ordinal,
    Percent,
    Quantity,
    Rate,
    is_date,
    parse_quantity,
)

from .values import quantities

READ: dict[str, Quantity] = {
    "150 billion USD": Money(Decimal(150_000_000_000), "USD"),
    "150e9 USD": Money(Decimal(150_000_000_000), "USD"),
    "69.1 billion USD": Money(Decimal(69_100_000_000), "USD"),
    "about 2.5 million USD": Money(Decimal(2_500_000), "USD", Bound.ABOUT),
    "12 thousand KRW": Money(Decimal(12_000), "KRW"),
    "0.5 USD": Money(Decimal("0.5"), "USD"),
    "more than 350000 people": Count(Decimal(350_000), "people", Bound.MORE_THAN),
    "1.5 million people": Count(Decimal(1_500_000), "people"),
    "up to 50 pilot-projects": Count(Decimal(50), "pilot-projects", Bound.UP_TO),
    "5th": Ordinal(5),
    "11th": Ordinal(11),
    "112th": Ordinal(112),
    "21st": Ordinal(21),
    "22nd": Ordinal(22),
    "103rd": Ordinal(103),
    "7.3 %": Percent(Decimal("7.3")),
    "nearly 50%": Percent(Decimal(50), Bound.NEARLY),
    "@VN": Name("VN"),
    "@V_N": Name("V_N"),
    "@2": Name("2"),
    "-2.6 billion USD": Money(Decimal(-2_600_000_000), "USD"),
    "−2600000000 USD": Money(Decimal(-2_600_000_000), "USD"),
    "about -2.6 billion USD": Money(Decimal(-2_600_000_000), "USD", Bound.ABOUT),
    "-3 %": Percent(Decimal(-3)),
    "−0.5 %": Percent(Decimal("-0.5")),
    "140 %": Percent(Decimal(140)),
    "1.5 thousand JPY": Money(Decimal(1500), "JPY"),
    "1.234 KWD": Money(Decimal("1.234"), "KWD"),
    "1.5 degrees": Count(Decimal("1.5"), "degrees"),
    "-0.25 points": Count(Decimal("-0.25"), "points"),
    "about 22.5 gigawatts": Count(Decimal("22.5"), "gigawatts", Bound.ABOUT),
    "5 billion USD per year": Money(Decimal(5_000_000_000), "USD", per=Rate.YEAR),
    "up to 2000 students per year": Count(Decimal(2000), "students", Bound.UP_TO, Rate.YEAR),
    "7.3 % per quarter": Percent(Decimal("7.3"), per=Rate.QUARTER),
    "1/3": Fraction(1, 3),
    "nearly 1/2": Fraction(1, 2, Bound.NEARLY),
    " @to-lam ": Name("to-lam"),
    "2025": Period(2025),
    "end 2025": parse_quantity("end 2025"),
}

REFUSED = {
    "": "'' is no value; values are written like 150 billion USD, more than 350000 people, 5th, 7.3 %, @party",
    "no": "is no value; values are written like",
    "12:30": "is no value; values are written like",
    "US$150 billion": "is no value; write 150 billion USD, with",
    "150 Billion USD": "is no value; write 150 billion USD",
    "- 5 million USD": "is no value; values are written like",
    "--5 USD": "is no value; values are written like",
    "017 USD": "'017 USD' begins with a zero; write 17 for 017",
    "-00.5 USD": "begins with a zero; write -0.5 for -00.5",
    "150bn USD": "is no value; write 150 billion USD",
    "150billion USD": "is no value; write 150 billion USD",
    "2.5m EUR": "is no value; write 2.5 million EUR",
    "150 billion usd": "is no value; write 150 billion USD",
    "150 usd": "is no value; write 150 USD",
    "150.000.000.000 USD": "is no value; write 150 billion USD",
    "3_200 million USD": "is no value; write 3.2 billion USD",
    "3.2 milliards EUR": "is no value; write 3.2 billion EUR",
    "2 lakh crore INR": "is no value; write 2 trillion INR",
    "15 lakh people": "is no value; write 1500000 people",
    "02025": "begins with a zero; write 2025",
    "~150 billion USD": "is no value; write about 150 billion USD",
    "> 5 %": "is no value; write more than 5 %",
    "€5bn": "is no value; write 5 billion EUR",
    "₩5 trillion": "is no value; write 5 trillion KRW",
    "5 billion €": "is no value; write 5 billion EUR",
    "£2.5m": "is no value; write 2.5 million GBP",
    "about ₫5 billion": "is no value; write about 5 billion VND",
    "$5 billion": "is no value; write 5 billion USD, with",
    "5 billion $": "is no value; write 5 billion USD, with",
    "5 percentage points": "is no value; write 5 %, and {name:points} in the text",
    "2.5 pp": "is no value; write 2.5 %, and {name:points} in the text",
    "2026-27": "or, of both years, 2026/2027",
    "@Ada Holm": "is no value; write @ada-holm",
    "150+ billion USD": "is no value; write more than 150 billion USD",
    "150 billion US dollars": "is no value; write 150 billion USD",
    "945 billion Korean won": "is no value; write 945 billion KRW",
    "by 2030": "'by 2030' is no value; write 2030",
    "140-150 billion USD": "is a range, which is two values",
    "5 to 7 %": "is a range, which is two values",
    "05 %": "begins with a zero; write 5 for 05",
    "0150 people": "begins with a zero; write 150 for 0150",
    "-0 USD": "zero has no sign",
    "5 XXX": "XXX is no currency in use (ISO 4217)",
    "5 ZZZ": "ZZZ is no currency in use (ISO 4217)",
    "5 USB": "USB is no currency in use (ISO 4217)",
    "5 DEM": "DEM is no currency in use (ISO 4217)",
    "1.50 JPY": "'1.50 JPY' has 2 decimals; an amount in JPY has none",
    "1.5 KRW": "'1.5 KRW' has 1 decimal; an amount in KRW has none",
    "1.500 USD": "'1.500 USD' has 3 decimals; an amount in USD has 2",
    "1.0001 thousand JPY": "is a fraction of the smallest unit of JPY",
    "-5 people": "a count of people is a whole number, and not negative",
    "99999999999999999999 people": "is more than can be counted",
    "1001 %": "must lie between -1000 % and 1000 %",
    "-1001 %": "must lie between -1000 % and 1000 %",
    "99999999999999999999999th": "no series is that long; the largest is 9999th",
    "over 150 billion USD": "is no value; write more than 150 billion USD",
    "@": "is no value; values are written like",
    "１５０ USD": "is no value; write 150 USD",
    "½": "'½' is no value; write 1/2",
    "5 percent": "'5 percent' is no value; write 5 %",
    "5 bn USD per Year": "is no value; write 5 billion USD per year",
    "3 people/month": "is no value; write 3 people per month",
    "less than 1 234 people": "is no value; write fewer than 1234 people",
    "3 October 2026": "'3 October 2026' is no value; write 2026-10-03",
    "Q4 2026": "is no value; write 2026-36",
    "2026-03..2026-05": "is no value; write 2026-03/2026-05",
    "2026-03-03 to 2026-04-05": "is no value; write 2026-03-03/2026-04-05",
    "2026년 3월 3일": "is no value; write 2026-03-03",
    **dict.fromkeys(
        ("2026-W10", "2026년 1분기", "3 марта 2026", "5 มีนาคม 2026", "S1 2026", "2026 or 2027", "2026-03, 2026-05"),
        "is no value; values are written like",
    ),
    "H1 2026": "is no value; write 2026-40",
    "October 26–28, 2026": "is no value; write 2026-10-26/2026-10-28",
    "03.10.2026": "is no value; write the year first: 2026-10-03 or 2026-03-10",
    "10/2026": "'10/2026' is no date here; write 2026-10",
    "2026/10": "'2026/10' is no date here; write 2026-10",
    "2026-10-03/05": "is no date here; write 2026-10-03/2026-10-05",
    "2024-2027": "is no date here; write 2024/2027",
    "end of October 2026": "is no date here; write end 2026-10",
    "32 October 2026": "is no value; values are written like",
    "150,000 people": "'150,000 people' has a grouping mark; write 150000 for 150,000",
    "150 billion": "'150 billion' does not say of what; write like 150 billion USD or people",
    "0.5 people": "a count of people is a whole number",
    "3/2": "'3/2' is no part of a whole, as 1/3 is, and no date",
    "2/4": "'2/4' should be written 1/2",
    "5 USD per decade": "is no value",
    "$250m": "'$250m' is no value; write 250 million USD, with the code of its own currency",
    "EUR 1.5bn": "'EUR 1.5bn' is no value; write 1.5 billion EUR",
    "$1.2 trillion": "'$1.2 trillion' is no value; write 1.2 trillion USD",
    "$250 thousand": "'$250 thousand' is no value; write 250 thousand USD",
    "2Tn": "'2Tn' is no value; write 2 trillion USD",
    "1st April": "is no value",
    "2th": "'2th' should be written 2nd",
    "01st": "'01st' should be written 1st",
    "0th": "a series begins with its 1st",
    "1e40 USD": "is too large or too long a number",
    "1e99 people": "is too large or too long a number",
    "123456789012345678901234567890 USD": "is too large or too long a number",
    "5": "'5' is no date; dates are written like 2025",
    "2025-13": "13 is no month",
    "end of 2025": "'end of 2025' is no date",
}


@pytest.mark.parametrize("text", READ)
def test_each_notation_is_read(text: str) -> None:
    assert parse_quantity(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_nonsense_is_refused_with_a_helpful_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A.") as refusal:
        parse_quantity(text)
    assert REFUSED[text] in str(refusal.value)


@given(quantities)
def test_what_is_written_is_read_again(quantity: Quantity) -> None:
    assert parse_quantity(str(quantity)) == quantity


@given(st.text())
def test_no_text_whatever_raises_anything_but_the_sentence(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        return
    assert parse_quantity(str(quantity)) == quantity


def test_the_same_amount_is_equal_however_it_is_written() -> None:
    assert parse_quantity("150e9 USD") == parse_quantity("150000 million USD") == parse_quantity("150 billion USD")


@pytest.mark.parametrize("other", ["100 billion USD", "150 billion KRW", "about 150 billion USD", "150 billion-s"])
def test_amounts_that_differ_are_not_equal(other: str) -> None:
    assert parse_quantity("150 billion USD") != parse_quantity(other)


@pytest.mark.parametrize("text", READ)
def test_only_dates_are_dates(text: str) -> None:
    assert is_date(READ[text]) == (text in ("2025", "end 2025"))


@pytest.mark.parametrize("text", ["end of " * 2_000 + "x", "9" * 5_000 + "th", "9" * 5_000 + "%"])
def test_a_value_of_thousands_of_signs_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ValueError, match="is too long for a value"):
        parse_quantity(text)


def test_a_date_of_thousands_of_signs_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match="is too long for a date"):
        parse_date("end of " * 2_000 + "x")
