"""Values in other words, letters or signs than those of the notation: what is to be written, for a hint."""

import re
import unicodedata
from contextlib import suppress

from briefgen.model.quantities import DECIMALS, SCALES, Rate, meant_id, parse_quantity

_ANOTHER_BOUND = {"over": "more than", "above": "more than", "around": "about", "approximately": "about"}
_ANOTHER_BOUND |= {"almost": "nearly", "under": "fewer than", "below": "fewer than", "less than": "fewer than"}
"""Words that sources have for a limit, and the one that stands for them here."""
_BOUND_SIGNS = {">": "more than ", "<": "fewer than ", "≥": "at least ", "≤": "up to "}
_BOUND_SIGNS |= dict.fromkeys(("~", "≈", "ca.", "c.", "circa", "approx."), "about ")
_CURRENCIES = {
    r"(?:US|U\.S\.|American) ?dollars?": "USD",
    r"euros?": "EUR",
    r"(?:Korean |South Korean )?won": "KRW",
    r"(?:Vietnamese )?[dđ]ong": "VND",
    r"(?:Japanese )?yen": "JPY",
}
"""Names that mean one currency; a dollar alone may be of many."""
_SIGNS = {"€": "EUR", "£": "GBP", "₩": "KRW", "₫": "VND", "₹": "INR", "₺": "TRY", "₽": "RUB", "฿": "THB", "₱": "PHP"}
_SIGNS |= {"₴": "UAH", "₦": "NGN", "₪": "ILS", "R$": "BRL", "Rp": "IDR", "zł": "PLN", "A$": "AUD", "C$": "CAD"}
_SIGN = "|".join(map(re.escape, _SIGNS))
RANGE = re.compile(r"\d[\d.]* ?(?:[-–—]|to) ?\d[\d.]* (?:%|[a-zA-Z])", re.ASCII)


def meant_value(text: str) -> str:
    """Return how a value is written here that has other words, letters or signs for the same; empty where none has."""
    plain = unicodedata.normalize("NFKC", text).replace("⁄", "/")
    plain = re.sub(r"^(?:by|in|until|since|from) (?=.*\d{4}$)", "", plain)
    plain = re.sub(r"(?<=\d)[ '’](?=\d{3}\b)", "", plain)
    plain = re.sub(r"\d{1,3}(?:\.\d{3}){2,}(?![\d.])", lambda number: number[0].replace(".", ""), plain)
    plain = re.sub(r"(?<=\d),(?=\d{1,2}\b)", ".", plain)
    plain = re.sub(rf"^({'|'.join(map(re.escape, _BOUND_SIGNS))}) ?(?=\d)", lambda sign: _BOUND_SIGNS[sign[1]], plain)
    plain = re.sub(r"^(\d[\d.]*)\+(?= )", r"more than \1", plain)
    plain = re.sub(rf"({_SIGN}) ?(?=\d)(.*)", lambda sign: f"{sign[2]} {_SIGNS[sign[1]]}", plain)
    plain = re.sub(rf"(?<=[\da-z]) ?({_SIGN})$", lambda sign: f" {_SIGNS[sign[1]]}", plain)
    plain = f"@{meant_id(plain)}" if plain.startswith("@") else plain
    for name, code in _CURRENCIES.items():
        plain = re.sub(rf"(?<= ){name}\b", code, plain, flags=re.IGNORECASE)
    plain = re.sub(
        r"(?<=\d) ?([mb])n?(?= [A-Z]{3}\b)", lambda scale: f" {scale[1].lower()}n", plain, flags=re.IGNORECASE
    )
    plain = re.sub(rf"(?<=\d)(?=(?:{'|'.join(SCALES)}|[bmt]n)\b)", " ", plain)
    plain = re.sub(r"\b[A-Za-z]+\b", lambda word: _as_written(word[0]), plain)
    plain = re.sub(rf"^({'|'.join(_ANOTHER_BOUND)}) ", lambda bound: _ANOTHER_BOUND[bound[1]] + " ", plain)
    plain = re.sub(rf"(?: ?/ ?| an? | each | every )(?={'|'.join(filter(None, Rate))}$)", " per ", plain)
    plain = re.sub(r" ?per ?cent\b", " %", plain)
    with suppress(ValueError):
        return str(parse_quantity(plain)) if plain != text else ""
    return ""


def _as_written(word: str) -> str:
    low = word.lower()
    if word.upper() in DECIMALS:
        return word.upper()
    scale = {"bn": "billion", "mn": "million", "tn": "trillion"}.get(low, low.removesuffix("s"))
    return scale if scale in SCALES else low if low in (*Rate, "per") else word
