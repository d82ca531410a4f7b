"""Languages for which the project has no words: numbers, money, dates and years are read with what CLDR knows.

Long dates fail where a case ending or a prefix is written on to the day or the month, as in Hebrew or Basque: there the
year is found and the rest is left to a person.
"""

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from briefgen.localise.language import ReadingWords
from briefgen.tools.figures.read import figures_in

LANGUAGES = [
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi",
    "fil", "fr", "ga", "gl", "gu", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko",
    "lo", "lt", "lv", "mk", "mr", "ms", "my", "nb", "ne", "nl", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "sq",
    "sr", "sv", "sw", "ta", "te", "tr", "uk", "ur", "uz", "vi", "zh", "zu", "de_CH", "en_IN", "en_US", "es_MX", "pt_PT",
]  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_figures_as_cldr_writes_them(code: str) -> None:
    number = format_decimal(Decimal("1234567.5"), locale=code)
    day = format_date(date(2025, 8, 11), "long", locale=code)
    line = f"USD 5; {number} USD; {day}; 2025-08-11; 12 %; 2024-2027"
    expected = ["5 USD", "1.2345675 million USD", "2025-08-11", "2025-08-11", "12 %", "2024/2027"]
    assert [str(figure.quantity) for figure in figures_in(line, ReadingWords(locale=code))] == expected


@pytest.mark.parametrize("code", ["he", "eu"])
def test_where_long_dates_are_not_read_the_year_is(code: str) -> None:
    line = format_date(date(2025, 8, 11), "long", locale=code)
    read = [str(figure.quantity or figure.partial) for figure in figures_in(line, ReadingWords(locale=code))]
    assert read != ["2025-08-11"]
    assert any(value.startswith("2025") for value in read)
