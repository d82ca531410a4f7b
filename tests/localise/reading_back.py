"""Reads a worded number back, knowing only how the languages write numbers, not the program."""

import re
from decimal import Decimal

MARKS = {"en": (".", ","), "vi": (",", "."), "ko": (".", ","), "de": (",", "."), "ja": (".", ",")}
SCALES = {
    "en": {"trillion": 12, "billion": 9, "million": 6, "tn": 12, "bn": 9, "m": 6},
    "vi": {"nghìn tỷ": 12, "tỷ": 9, "triệu": 6},
    "ko": {"조": 12, "억": 8, "만": 4},
    "de": {"Billionen": 12, "Billion": 12, "Milliarden": 9, "Milliarde": 9, "Millionen": 6, "Million": 6},
    "ja": {"兆": 12, "億": 8, "万": 4},
}


def read_back(text: str, code: str) -> Decimal:
    """The sum of all the numbers with their scale words in a text; ValueError where it has none."""
    decimal, group = MARKS[code]
    scales = SCALES[code]
    number = rf"(\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+)(?:{re.escape(decimal)}(\d+))?"
    words = "|".join(sorted(scales, key=len, reverse=True))
    ending = r"(?![a-z])" if code in ("en", "de") else ""
    found = re.findall(rf"{number}(?: ?({words}){ending})?", text.replace("\u00a0", " "))
    if not found:
        raise ValueError(f"no number in '{text}'")
    return sum(
        (_value(whole, part, scales.get(format_value, 0), group) for whole, part, format_value in found), Decimal(0)
    )


def _value(whole: str, part: str, power: int, group: str) -> Decimal:
    return Decimal(f"{whole.replace(group, '')}.{part or 0}").scaleb(power)
