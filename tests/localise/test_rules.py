"""Rules that hold for every value: it can be read back, a date shows its year, an order is total."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.localise.patterns import Patterns, sort_key
from briefgen.localise.values import DATE_STYLES, format_value, with_particle
from briefgen.model.dates import FactDate, Interval, Part, Period
from briefgen.model.quantities import Bound, Count, Money, Ordinal, Percent

from .languages import EVERY, PATTERNS
from .reading_back import read_back

BOUNDS = st.sampled_from(Bound)
ROUND = st.builds(lambda number, power: Decimal(number) * 10**power, st.integers(0, 99_999), st.integers(0, 12))
AMOUNTS = st.one_of(ROUND, st.decimals(0, 10**15, places=2), st.integers(0, 10**16).map(Decimal))
YEARS = st.integers(1000, 2999)
PARTS = st.sampled_from([None, *Part])
every_language = pytest.mark.parametrize("code", EVERY)


def _periods() -> st.SearchStrategy[Period]:
    days = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(lambda day: Period(day.year, day.month, day.day))
    months = st.builds(Period, YEARS, st.integers(1, 12), part=PARTS)
    quarters = st.builds(Period, YEARS, quarter=st.integers(1, 4), part=PARTS)
    halves = st.builds(Period, YEARS, half=st.integers(1, 2), part=PARTS)
    return st.one_of(days, months, quarters, halves, st.builds(Period, YEARS, part=PARTS))


def _in_order(one: Period, other: Period) -> Interval:
    start, end = sorted((one, other), key=lambda period: (period.first, period.last))
    return Interval(start, end)


def _near(day: date, length: int) -> Interval:
    end = day + timedelta(days=length)
    return Interval(Period(day.year, day.month, day.day), Period(end.year, end.month, end.day))


DATES = st.one_of(
    _periods(),
    st.builds(_in_order, _periods(), _periods()),
    st.builds(_near, st.dates(date(1000, 1, 1), date(2999, 1, 1)), st.integers(0, 400)),
)


@every_language
@given(amount=AMOUNTS, currency=st.sampled_from(["USD", "KRW", "VND", "XOF"]), bound=BOUNDS)
def test_money_reads_back(code: str, amount: Decimal, currency: str, bound: Bound) -> None:
    for style in ("prose", "short"):
        text = format_value(Money(amount, currency, bound), EVERY[code], style)
        assert read_back(text, code) == amount


@every_language
@given(amount=AMOUNTS.filter(bool))
def test_below_zero_is_the_same_with_one_minus(code: str, amount: Decimal) -> None:
    patterns = EVERY[code]
    below = format_value(Money(-amount, "USD"), patterns)
    assert below.replace(patterns.numbers.minus, "") == format_value(Money(amount, "USD"), patterns)
    assert below.count(patterns.numbers.minus) == 1


@pytest.mark.parametrize("code", PATTERNS)
@given(number=st.one_of(st.integers(1, 10**10), ROUND.map(int).filter(bool)), bound=BOUNDS, data=st.data())
def test_counts_read_back(code: str, number: int, bound: Bound, data: st.DataObject) -> None:
    patterns = PATTERNS[code]
    unit = data.draw(st.sampled_from(sorted(patterns.counts.units)))
    text = format_value(Count(Decimal(number), unit, bound), patterns, data.draw(st.sampled_from(["prose", "short"])))
    assert read_back(text, code) == number * patterns.counts.units[unit].times


@every_language
@given(number=st.decimals(-1000, 1000, places=2), bound=BOUNDS)
def test_percentages_read_back(code: str, number: Decimal, bound: Bound) -> None:
    text = format_value(Percent(number, bound), EVERY[code])
    assert read_back(text, code) == abs(number)
    assert (EVERY[code].numbers.minus in text) == (number < 0)


@every_language
@given(number=st.integers(1, 9999))
def test_ordinals_read_back(code: str, number: int) -> None:
    patterns = EVERY[code]
    text = format_value(Ordinal(number), patterns)
    said = patterns.ordinals.words.get(number)
    assert said in text if said else read_back(text, code) == number


@given(amount=AMOUNTS)
def test_no_long_number_before_a_scale_word_is_ungrouped(amount: Decimal) -> None:
    text = format_value(Money(amount, "USD"), PATTERNS["ko"])
    assert not re.search(r"(?<![\d,])\d{4,}[조억만]", text)
    assert not re.search(r"\d{5,}", text.partition(".")[0])


@every_language
@given(amount=AMOUNTS, bound=BOUNDS)
def test_no_abbreviated_scale_stands_before_a_currency(code: str, amount: Decimal, bound: Bound) -> None:
    text = format_value(Money(amount, "USD", bound), EVERY[code])
    assert not re.search(r"\b(?:T|Tr|N|NT|K|M|B)\s*US\$", text)
    assert "  " not in text
    assert "\u00a0\u00a0" not in text


@every_language
@given(when=DATES)
def test_every_date_shows_its_years(code: str, when: FactDate) -> None:
    for style in DATE_STYLES:
        text = format_value(when, EVERY[code], style)
        assert all(_shows(year, text) for year in _years(when, style)), text


@every_language
@given(when=DATES)
def test_no_date_is_worded_as_another(code: str, when: FactDate) -> None:
    text = format_value(when, EVERY[code])
    assert "{" not in text
    assert "⍽" not in text
    assert unicodedata.is_normalized("NFC", text)


@every_language
@given(texts=st.lists(st.one_of(st.text(max_size=12), st.text("aAáạ01 \t가", max_size=3)), max_size=9))
def test_sort_keys_are_a_total_order(code: str, texts: list[str]) -> None:
    keys = {unicodedata.normalize("NFC", text): sort_key(text, EVERY[code]) for text in texts}
    assert len(set(keys.values())) == len(keys)
    backwards = list(keys.values())[::-1]
    assert sorted(keys.values()) == sorted(backwards)


@given(text=st.one_of(st.text(max_size=20), st.from_regex(r"[가-힣A-Z0-9,.%() ]{1,12}", fullmatch=True)))
def test_a_particle_is_one_of_its_pair(text: str) -> None:
    korean = _particled(PATTERNS["ko"])
    for pair in korean:
        composed = with_particle(text, pair, PATTERNS["ko"])
        assert composed.endswith(tuple(pair.split("/")))
        assert unicodedata.is_normalized("NFC", composed)


def _particled(patterns: Patterns) -> list[str]:
    if patterns.particles is None:
        raise AssertionError("the language has no particles to test")
    return list(patterns.particles.pairs)


def _years(when: FactDate, style: str) -> tuple[int, ...]:
    if isinstance(when, Period):
        return (when.year,)
    return {"deadline": (when.end.year,), "since": (when.start.year,)}.get(style, (when.start.year, when.end.year))


def _shows(year: int, text: str) -> bool:
    """In full, or in the end of a range by its last two figures: 2024–27."""
    return str(year) in text or bool(re.search(rf"{year // 100}\d\d–{year % 100:02}\b", text))
