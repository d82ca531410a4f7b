"""Typed values and references, and the short notation in which the files hold them."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import gcd
from typing import TypeGuard

from briefgen.model.dates import DATE_FORMS, FactDate, Interval, Period, meant_date, parse_date, refuse_long
from briefgen.model.findings import LIKE_LATIN, plural

_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_TWO = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
    CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS
    KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
    TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG XDR YER ZAR ZMW ZWG
"""
DECIMALS: Mapping[str, int] = {
    code: decimals for decimals, codes in ((0, _WITHOUT), (2, _WITH_TWO), (3, _WITH_THREE)) for code in codes.split()
}
"""How many decimals an amount of a currency can have, by its code."""


class Bound(StrEnum):
    """How exact a source's figure is, by its own words."""

    EXACT = ""
    ABOUT = "about"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    NEARLY = "nearly"
    FEWER_THAN = "fewer than"
    UP_TO = "up to"


class Rate(StrEnum):
    """In what time an amount, a count or a share comes anew; NONE for what is no rate."""

    NONE = ""
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def words(self) -> str:
        """As a value ends in it: ` per year`."""
        return f" per {self}" if self else ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole currency units, the currency by its ISO 4217 code."""

    amount: Decimal
    currency: str
    bound: Bound = Bound.EXACT
    per: Rate = Rate.NONE

    def __str__(self) -> str:
        return f"{self.bound} {_scaled(self.amount)} {self.currency}{self.per.words}".strip()


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something, or a measure; `unit` is the English plural that each language's file has a counter for."""

    number: Decimal
    unit: str
    bound: Bound = Bound.EXACT
    per: Rate = Rate.NONE

    def __str__(self) -> str:
        return f"{self.bound} {Decimal(self.number):f} {self.unit}{self.per.words}".strip()


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place in a series: 5th."""

    number: int

    def __str__(self) -> str:
        tens, ones = divmod(self.number % 100, 10)
        suffix = "th" if tens == 1 else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
        return f"{self.number}{suffix}"


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in per cent."""

    number: Decimal
    bound: Bound = Bound.EXACT
    per: Rate = Rate.NONE

    def __str__(self) -> str:
        return f"{self.bound} {self.number:f} %{self.per.words}".strip()


@dataclass(frozen=True, slots=True)
class Fraction:
    """A part of a whole, as words give it: half, two thirds."""

    numerator: int
    denominator: int
    bound: Bound = Bound.EXACT

    def __str__(self) -> str:
        return f"{self.bound} {self.numerator}/{self.denominator}".strip()


@dataclass(frozen=True, slots=True)
class Name:
    """A party, person or organisation, by the id it has in the facts file."""

    id: str

    def __str__(self) -> str:
        return f"@{self.id}"


Quantity = Money | Count | Ordinal | Percent | Fraction | Name | Period | Interval

QUANTITY_FORMS = f"150 billion USD, more than 350000 people, 5th, 7.3 %, @party, 1/3 or a date ({DATE_FORMS})"
SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PARTS = r"(?:early|mid|late|end)"
_DATE = re.compile(rf"(?:{_PARTS} )?\d[\d-]*(?: ?/.*)?|{_PARTS} .*", re.ASCII)
_BOUND = r"(?:(?P<bound>about|more than|at least|nearly|fewer than|up to) )?"
_PLAIN = r"\d+(?:\.\d+)?"
_NUMBER = rf"(?P<number>[-−]?{_PLAIN}(?:e\d{{1,2}})?)"
_PER = rf"(?: per (?P<per>{'|'.join(filter(None, Rate))}))?"
_SCALE = rf"(?: (?P<scale>{'|'.join(SCALES)}))?"
_UNIT = r"(?:(?P<currency>[A-Z]{3})|(?P<unit>[a-z]+(?:-[a-z]+)*))"
_AMOUNT = re.compile(rf"{_BOUND}{_NUMBER}{_SCALE} {_UNIT}{_PER}", re.ASCII)
_SHORT_AMOUNT = re.compile(
    r"(?:(?P<code>[A-Z]{3})|(?:US)?\$)? ?(?P<number>\d+(?:\.\d+)?) ?"
    r"(?P<scale>thousand|million|billion|trillion|[tT]n|[mM]n?|[bB]n?)(?: ?\$)?",
    re.ASCII,
)
"""As offices write amounts for themselves: 250m, $250 million, USD 250 million."""
_PERCENT = re.compile(rf"{_BOUND}(?P<number>[-−]?{_PLAIN}) ?%{_PER}", re.ASCII)
_FRACTION = re.compile(rf"{_BOUND}(?P<numerator>[1-9]\d?)/(?P<denominator>[1-9]\d?)", re.ASCII)
_ORDINAL = re.compile(r"(?P<number>\d+)(?P<suffix>st|nd|rd|th)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)
_LARGEST = Decimal("1e21")
_MOST_PERCENT, _MOST_ORDINAL, _MOST_COUNT = 1000, 9999, 10**13
"""Beyond, a figure is a slip of the hand: shares and growth, places in a series, numbers of things."""
WHOLE = ("people", "countries", "documents")
"""Of these there are no parts; of tonnes, degrees or gigawatts there are."""
_NAME = re.compile(r"@(?P<id>[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)")


def parse_quantity(text: str) -> Quantity:
    """Read a quantity in the notation above; ValueError says what was expected."""
    text = text.strip()
    refuse_long(text, "value")
    if match := _NAME.fullmatch(text):
        return Name(match["id"])
    if match := _PERCENT.fullmatch(text):
        return _percent(text, match)
    if match := _ORDINAL.fullmatch(text):
        return _ordinal(text, int(match["number"]))
    if match := _FRACTION.fullmatch(text):
        return _fraction(text, match)
    if match := _AMOUNT.fullmatch(text):
        return _amount(text, match)
    if _DATE.fullmatch(text):
        return _date(text)
    raise ValueError(f"'{text}' {_why_none(text)}")


def _why_none(text: str) -> str:
    """Return why a text is no value, and what to write."""
    if grouped := _GROUPED.search(text):
        plain = grouped.group().replace(",", "")
        return f"has a grouping mark; write {plain} for {grouped.group()}"
    if meant := _SHORT_AMOUNT.fullmatch(text):
        written = meant["scale"]
        scale = written if written in SCALES else {"m": "million", "b": "billion", "t": "trillion"}[written[0].lower()]
        code = meant["code"] or "USD, with the code of its own currency"
        return f"is no value; write {meant['number']} {scale} {code}"
    if likely := _meant_value(text) or meant_date(text):
        return f"is no value; write {likely}"
    if points := re.fullmatch(r"([\d.]+) ?(?:percentage[- ]|% ?)points?", text):
        return _AS_POINTS.format(points[1])
    if _RANGE.match(text):
        return "is a range, which is two values: low and high, each with its own name"
    may_be_name = re.match("[A-Za-z]", text) and " " not in text
    as_name = f"; a party or a person like '@{text}', with the quotes" if may_be_name else ""
    return f"is no value; values are written like {QUANTITY_FORMS}{as_name}"


_AS_POINTS = "is no value; write {} %, and {{name:points}} in the text"


_YEAR_DIGITS = 4


def _date(text: str) -> Quantity:
    if text.isdecimal() and len(text) > _YEAR_DIGITS:
        raise ValueError(
            f"'{text}' does not say of what; write like 150 billion USD, {int(text)} people, or 2025-08-11"
            if len(text.lstrip("0")) > _YEAR_DIGITS
            else f"'{text}' begins with a zero; write {int(text)}"
        )
    return parse_date(text)


def is_date(quantity: Quantity) -> TypeGuard[FactDate]:
    """Return whether the quantity is a date."""
    return isinstance(quantity, FactDate)


def _ordinal(text: str, number: int) -> Ordinal:
    ordinal = Ordinal(number)
    if not number:
        raise ValueError(f"'{text}': a series begins with its 1st")
    if str(ordinal) != text:
        raise ValueError(f"'{text}' should be written {ordinal}")
    if number > _MOST_ORDINAL:
        raise ValueError(f"'{text}': no series is that long; the largest is {Ordinal(_MOST_ORDINAL)}")
    return ordinal


def _percent(text: str, match: re.Match[str]) -> Percent:
    number = _signed(text, match["number"])
    if not -_MOST_PERCENT <= number <= _MOST_PERCENT:
        raise ValueError(f"'{text}' must lie between -{_MOST_PERCENT} % and {_MOST_PERCENT} %")
    return Percent(number, Bound(match["bound"] or ""), Rate(match["per"] or ""))


def _fraction(text: str, match: re.Match[str]) -> Fraction:
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if numerator >= denominator:
        raise ValueError(f"'{text}' is no part of a whole, as 1/3 is, and no date: dates are written like {DATE_FORMS}")
    if (common := gcd(numerator, denominator)) > 1:
        raise ValueError(f"'{text}' should be written {numerator // common}/{denominator // common}")
    return Fraction(numerator, denominator, Bound(match["bound"] or ""))


def _signed(text: str, number: str) -> Decimal:
    """Return a number with its sign, a hyphen or a minus; ValueError for zeros that stand before it."""
    plain = number.replace("−", "-")
    if re.match(r"-?0\d", plain):
        right = re.sub(r"^(-?)0+(?=\d)", r"\1", plain)
        raise ValueError(f"'{text}' begins with a zero; write {right} for {number}")
    if plain.startswith("-") and not Decimal(plain):
        raise ValueError(f"'{text}': zero has no sign")
    return Decimal(plain)


def _amount(text: str, match: re.Match[str]) -> Money | Count:
    bound, unit, per = Bound(match["bound"] or ""), match["unit"], Rate(match["per"] or "")
    if unit in ("percent", "pct"):
        raise ValueError(f"'{text}' is no value; write {text.removesuffix(unit)}%")
    if unit == "pp":
        raise ValueError(f"'{text}' {_AS_POINTS.format(match['number'])}")
    if unit and unit.upper() in DECIMALS and unit not in _ALSO_WORDS:
        raise ValueError(f"'{text}' is no value; write {text.replace(unit, unit.upper())}")
    if unit in SCALES:
        raise ValueError(f"'{text}' does not say of what; write like 150 {unit} USD or people")
    number = _number(text, match)
    if not unit:
        _check_currency(text, match, number)
        return Money(number, match["currency"], bound, per)
    if unit in WHOLE and (number != int(number) or number < 0):
        raise ValueError(f"'{text}': a count of {unit} is a whole number, and not negative")
    if abs(number) > _MOST_COUNT:
        raise ValueError(f"'{text}' is more than can be counted; the most is {_MOST_COUNT}")
    return Count(number, unit, bound, per)


_ALSO_WORDS = ("all", "cup", "gel", "mad", "top", "try")
"""Of the codes of currencies those that are words of English in small letters."""


def _check_currency(text: str, match: re.Match[str], number: Decimal) -> None:
    """Raise ValueError for a currency that is not in use, and for more decimals than its unit has."""
    code = match["currency"]
    if code not in DECIMALS:
        raise ValueError(f"'{text}': {code} is no currency in use (ISO 4217)")
    decimals = len(match["number"].partition("e")[0].partition(".")[2])
    if decimals > DECIMALS[code] and not (match["scale"] or "e" in match["number"]):
        has = plural(decimals, "decimal")
        raise ValueError(f"'{text}' has {has}; an amount in {code} has {DECIMALS[code] or 'none'}")
    if (amount := number.scaleb(DECIMALS[code])) != amount.to_integral_value():
        raise ValueError(f"'{text}' is a fraction of the smallest unit of {code}")


def _number(text: str, match: re.Match[str]) -> Decimal:
    """Return the plain number; normalised, so that 150e9 and 150 billion are equal."""
    value = _signed(text, match["number"]).scaleb(SCALES.get(match["scale"] or "", 0))
    if abs(value) >= _LARGEST or len(match["number"]) > 24:  # beyond, decimal arithmetic would round
        raise ValueError(f"'{text}' is too large or too long a number")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _scaled(amount: Decimal) -> str:
    """Return an amount in the canonical notation, from a million with a scale word."""
    for word, power in reversed(SCALES.items()):
        if power >= 6 and abs(amount) >= Decimal(10) ** power:
            return f"{amount.scaleb(-power).normalize():f} {word}"
    return f"{amount:f}"


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
_RANGE = re.compile(r"\d[\d.]* ?(?:[-–—]|to) ?\d[\d.]* (?:%|[a-zA-Z])", re.ASCII)


_OTHER_SCALES = {"lakh crore": 12, "lakh": 5, "crore": 7, "milliard": 9}


def _meant_value(text: str) -> str:
    """Return how a value is written here that has other words, letters or signs for the same; empty where none has."""
    plain = unicodedata.normalize("NFKC", text).replace("⁄", "/")
    plain = re.sub(r"^(?:by|in|until|since|from) (?=.*\d{4}$)", "", plain)
    plain = re.sub(r"(?<=\d)[ '’_](?=\d{3}\b)", "", plain)
    plain = re.sub(rf" ({'|'.join(_OTHER_SCALES)})s?\b", lambda scale: f"e{_OTHER_SCALES[scale[1]]}", plain)
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


@dataclass(frozen=True, slots=True, order=True)
class Cite:
    """A line of a source (`talks-2022:L7`), or a named figure of that line (`talks-2022:L7#goal`)."""

    source: str
    line: int
    figure: str = ""

    def __str__(self) -> str:
        return f"{self.source}:L{self.line}" + (f"#{self.figure}" if self.figure else "")


@dataclass(frozen=True, slots=True, order=True)
class EventRef:
    """An event that a source record dates (`talks-2022@talks`)."""

    source: str
    event: str

    def __str__(self) -> str:
        return f"{self.source}@{self.event}"


_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CITE = re.compile(rf"(?P<source>{_ID}):L(?P<line>[1-9]\d*)(?:#(?P<figure>{_ID}))?")
_EVENT = re.compile(rf"(?P<source>{_ID})@(?P<event>{_ID})")
LINE_FORM, FIGURE_FORM, EVENT_FORM = "source:L7", "source:L7#figure", "source@event"


def parse_line(text: str) -> Cite:
    """Read the citation of a whole line; ValueError says what was expected."""
    match = _CITE.fullmatch(text)
    if match is None or match["figure"]:
        raise ValueError(f"'{text}' names no line of a source; {_meant_cite(text, figure=False)}")
    return Cite(match["source"], int(match["line"]))


def _meant_cite(text: str, *, figure: bool) -> str:
    """Return how the line or the figure is written that a text most likely means."""
    found = _LIKE_CITE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or bool(found["figure"]) is not figure:
        return f"figures are named like {FIGURE_FORM}" if figure else f"cites are written like {LINE_FORM}"
    source = found["source"].lower().replace("_", "-")
    numbers = [found["line"], *filter(None, [found["last"]])]
    meant = [f"{source}:L{int(number)}" + (f"#{found['figure']}" if figure else "") for number in numbers]
    return f"did you mean {' and '.join(meant)}?{' Each line is cited by itself' * (len(meant) > 1)}"


_LIKE_CITE = re.compile(
    r"(?:seeds/)?(?P<source>[a-z\d][\w-]*?)(?:\.ya?ml)?[ :@#,/]+(?:lines? ?|L ?)?0*(?P<line>[1-9]\d{0,5})"
    r"(?: ?[-–] ?L?(?P<last>[1-9]\d{0,5}))?(?:#(?P<figure>[a-z\d-]+))?",
    re.ASCII | re.IGNORECASE,
)
"""A cite as people write it: talks-2022:7, Talks-2022: L7, talks-2022.yaml:L7-8."""


def parse_figure(text: str) -> Cite:
    """Read the citation of a named figure; ValueError says what was expected."""
    match = _CITE.fullmatch(text)
    if text.startswith("#"):
        raise ValueError(f"'{text}' does not say of which line: the fact cites several; write it like {FIGURE_FORM}")
    if match is None or not match["figure"]:
        raise ValueError(f"'{text}' names no figure of a source; {_meant_cite(text, figure=True)}")
    return Cite(match["source"], int(match["line"]), match["figure"])


def parse_event(text: str) -> EventRef:
    """Read a reference to an event; ValueError says what was expected."""
    match = _EVENT.fullmatch(text)
    if match is None:
        raise ValueError(
            f"'{text}' names no event of a source; events are named like {EVENT_FORM}, and the record has their day"
        )
    return EventRef(match["source"], match["event"])


def parse_id(text: str) -> str:
    """Return an id of small letters, digits and single hyphens; ValueError for any other text."""
    if not re.fullmatch(_ID, text):
        meant = meant_id(text)
        example = f"; did you mean '{meant}'?" if meant else ", like trade-goal-2030"
        raise ValueError(f"'{text}' is no id; ids are small letters, digits and hyphens{example}")
    _check_length(text)
    if re.fullmatch(r"con|prn|aux|nul|(?:com|lpt)\d", text):
        raise ValueError(f"'{text}' cannot be the name of a file on every system; take another id")
    return text


def meant_id(text: str) -> str:
    """Return the id that a text most likely means, by its letters and figures; empty where it has others."""
    plain = in_latin(unicodedata.normalize("NFKC", text).translate(LIKE_LATIN))
    return "-".join(id_words(plain)) if plain.isascii() else ""


def in_latin(text: str) -> str:
    """Return a text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def id_words(text: str) -> list[str]:
    """Return the words of a text as an id may have them."""
    return re.findall("[a-z0-9]+", in_latin(text))


_KEY = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_LONGEST_ID = 100


def parse_key(text: str) -> str:
    """Return a key by which others name an entry: letters, digits and single hyphens; ValueError for any other text."""
    if not _KEY.fullmatch(text):
        raise ValueError(f"'{text}' is no key; keys are letters, digits and hyphens, like VN or trade-goal")
    return _check_length(text)


def _check_length(text: str) -> str:
    if len(text) > _LONGEST_ID:
        raise ValueError(f"'{text[:20]}…' has {len(text)} characters; the most is {_LONGEST_ID}")
    return text
