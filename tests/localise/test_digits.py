"""Digits are grouped as the language groups them."""

from decimal import Decimal

import pytest

from briefgen.localise import cldr


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("pl", "1234", "1234"),
        ("pl", "-9999.50", "-9999,50"),
        ("pl", "12345.5", "12\xa0345,5"),
        ("es", "1234", "1234"),
        ("es_MX", "1234", "1,234"),
        ("pt", "1234", "1.234"),
        ("pt_PT", "1234", "1234"),
        ("de", "1234", "1.234"),
        ("en_GB", "1234", "1,234"),
    ],
)
def test_thousands_are_grouped_from_four_digits_or_from_five(code: str, number: str, text: str) -> None:
    assert cldr.decimal_text(Decimal(number), code) == text
