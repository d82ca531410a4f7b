"""Reads Babel's locale data: what CLDR says of a language, for writing figures and for reading them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Any, Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_timedelta
from babel.languages import get_territory_language_info
from babel.lists import format_list
from babel.localedata import LocaleDataDict, locale_identifiers
from babel.numbers import (
    format_decimal,
    get_currency_name,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
    list_currencies,
)
from babel.units import format_compound_unit, format_unit

from briefgen.model.quantities import Rate

_WORDS = re.compile(r"[^\W\d_][^\s\d.;]*(?:[ -][^\W\d_][^\s\d.;]*)*")  # with the vowel signs of Indian scripts
_QUOTES = re.compile(r"'([^']*)'")


class _OwnData(LocaleDataDict):
    """Data of one locale that writes what it resolves into copies of its own.

    Babel's own class writes that into dictionaries that other locales inherit: once the months of Japanese were asked
    for, German had them as well.
    """

    def __init__(self, data: LocaleDataDict) -> None:
        base: Any = data.base
        super().__init__(dict(data._data), base=base)  # type: ignore[attr-defined] # the stubs lack it

    def __getitem__(self, key: str | int | None) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, LocaleDataDict) and not isinstance(value, _OwnData):
            self[key] = value = _OwnData(value)
        return value

    def copy(self) -> "_OwnData":
        return _OwnData(self)


class _OwnLocale(Locale):
    """A locale of Babel that shares no data with another one."""

    @cached_property
    def _data(self) -> LocaleDataDict:
        shared: LocaleDataDict = super()._data  # type: ignore[misc] # the stubs lack it
        return _OwnData(shared)


@cache
def locale(code: str) -> Locale:
    """The locale of a code such as `en_GB`; ValueError where CLDR knows none."""
    try:
        if re.split("[-_]", code.lower())[0] in ("und", "root"):  # which CLDR takes for American English
            raise ValueError(code)
        return _OwnLocale.parse(code, sep="-" if "-" in code else "_")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"CLDR knows no locale '{code}'") from error


def language_of(country: str) -> str:
    """The language that most people of a country speak, by CLDR's likely subtags: ko of KR; empty if not known."""
    found = str(get_global("likely_subtags").get(f"und_{country.upper()}", ""))
    by_default = "en" if "en" in get_territory_language_info(country.upper()) else ""  # which CLDR writes nowhere
    return found.partition("_")[0] or by_default


def likely_subtags(tag: str) -> tuple[str, str]:
    """The script of a language, and the country where most people write it: Kore and KR of ko; empty if not known."""
    known, parts = get_global("likely_subtags"), tag.split("-")
    found = next((str(known[key]) for key in ("_".join(parts[:2]), parts[0]) if key in known), "__")
    return found.split("_")[1], found.split("_")[2]


def is_name_of(name: str, code: str) -> bool:
    """Return whether this is the name of a language, in English or its own."""
    return name.casefold() in {str(Locale.parse(code).get_language_name(each)).casefold() for each in ("en", code)}


def number_marks(code: str) -> tuple[str, str]:
    """The decimal mark and the grouping mark."""
    return get_decimal_symbol(locale(code)), get_group_symbol(locale(code))


def decimal_text(number: Decimal, code: str) -> str:
    """A number with the marks of the language and every decimal it has; none added, none dropped."""
    places = max(0, -int(number.as_tuple().exponent))
    place = locale(code)
    whole = str(place.decimal_formats[None].pattern).partition(".")[0]
    groups_from_five = place.language in _FROM_FIVE or place.territory in _FROM_FIVE_IN.get(place.language, ())
    if abs(number) < 10_000 and groups_from_five:
        whole = "0"
    return str(format_decimal(number, format=whole + ("." + "0" * places if places else ""), locale=place))


_FROM_FIVE = frozenset(("be", "bg", "et", "hu", "hy", "ia", "ie", "it", "ka", "lv", "pl", "sl", "sq"))
_FROM_FIVE_IN: Mapping[str, tuple[str | None, ...]] = {
    "es": (None, "ES", "EA", "GQ", "IC", "PH"),
    "pt": ("PT", "CH", "CV", "GQ", "GW", "LU", "MO", "MZ", "ST", "TL"),
    "ru": ("UA",),
}
"""Where digits are grouped from five on: 1234 and 12 345 (CLDR's minimumGroupingDigits, which Babel leaves out)."""


def date_text(day: date, pattern: str, code: str) -> str:
    """A day by a CLDR date pattern (Unicode TR 35), such as `d MMMM y`."""
    return str(format_date(day, format=pattern, locale=locale(code)))


def list_text(items: Sequence[str], code: str) -> str:
    """The items as an enumeration with "and"."""
    return str(format_list(items, locale=locale(code)))


def plural_category(number: int | Decimal, code: str) -> str:
    """The CLDR plural category: one, other and so on."""
    return str(locale(code).plural_form(number))


def ordinal_category(number: int, code: str) -> str:
    """The CLDR plural category of a place in a series: English has one, two, few and other (1st, 2nd, 3rd, 4th)."""
    return str(locale(code).ordinal_form(number))


@cache
def month_names(code: str) -> Mapping[str, int]:
    """Every name CLDR has for the months, wide and short, in lower case without dots; to read dates with."""
    return {name.casefold().rstrip("."): number for name, number in _names(locale(code).months) if not name.isdigit()}


def _names(table: Any) -> Iterator[tuple[str, int]]:
    """Yield every name in a table of months or days with its number, by itself and within a date, wide and short."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in table[context][width].items():
                yield str(name), number


def _numbers_by_name(names: Iterable[tuple[str, int]]) -> Mapping[str, frozenset[int]]:
    found = defaultdict[str, set[int]](set)
    for name, number in names:
        found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def scale_words(code: str) -> Mapping[str, int]:
    """The scale words of a language and their power of ten, read backwards out of CLDR's compact patterns.

    A word to which the patterns give several powers, as to करोड in Nepali, is none: whoever meets it is asked.
    """
    formats, powers = locale(code).compact_decimal_formats, dict[str, set[int]]()
    patterns = (
        item for width in ("long", "short") for each in formats.get(width, {}).values() for item in each.items()
    )
    for magnitude, pattern in patterns:  # `00 Milliarden` under 10000000000: one is that, less the digits before it
        positive = str(pattern.pattern).partition(";")[0]
        text = _QUOTES.sub(r"\1", positive).replace("\u00a0", " ")
        digits, word = text.count("0"), _WORDS.search(text.replace("0", " "))
        if digits and word:
            powers.setdefault(word.group().casefold(), set()).add(len(str(magnitude)) - digits)
    of_han = {"百": 2, "千": 3} if locale(code).language in ("ja", "zh", "yue") else {}  # 411百万円, 4万6千人
    return of_han | {word: power for word, (power, *others) in powers.items() if not others}


def single_scale_words(code: str) -> Mapping[str, int]:
    """The scale words, in the form for one, and what each is: milion ludzi is a million people, and says no number.

    Not those with a word for a thousand, which is the same for one and for many: ocho mil, mil millones.
    """
    words = {power: _scale(code, power).get("one", "").replace("{number}", "").strip() for power in (6, 9, 12)}
    known = scale_words(code)
    one = ((word.casefold(), power) for power, word in words.items() if word and " " not in word)
    return {word: 10**power for word, power in one if known.get(word) == power}


@cache
def all_scale_words() -> frozenset[str]:
    """The scale words of every language that CLDR knows; what power of ten one is differs from language to language."""
    return frozenset(word for code in locale_identifiers() if code.count("_") == 0 for word in scale_words(code))


@cache
def month_names_of_every_language() -> Mapping[str, frozenset[int]]:
    """Every month name of CLDR with the months that it is in some language; reading all takes two seconds."""
    return _numbers_by_name(each for code in locale_identifiers() for each in month_names(code).items())


@cache
def weekday_names_of_every_language() -> Mapping[str, frozenset[int]]:
    """Every weekday name of CLDR, in lower case, with the days that it is in some language; Monday is 0."""
    codes = (code for code in locale_identifiers() if "_" not in code)
    return _numbers_by_name(
        (name.casefold().rstrip("."), number) for code in codes for name, number in _names(locale(code).days)
    )


@cache
def marks_of_currency(currency: str, code: str) -> frozenset[str]:
    """The code of a currency with its names and signs in a language and in English."""
    places = {locale(code), locale("en"), locale("en_GB")}
    names = {get_currency_name(currency, count, locale=place) for place in places for count in (None, 1, 2, 5)}
    return frozenset({currency, *names, *(get_currency_symbol(currency, locale=place) for place in places)})


def is_country(territory: str, names: Iterable[str]) -> bool:
    """Whether one of these English names may be that of the country with a code: AU is Australia, and no union.

    A word of it begins as one of CLDR's name does: Viet Nam and Vietnam, Turkey and Türkiye.
    """
    known = _beginnings(str(locale("en").territories.get(territory.upper(), "")))
    return any(not known.isdisjoint(_beginnings(name)) for name in names)


def spoken_in(party: str, name: str) -> str:
    """The language that most people of a party speak, if its id and its name are those of a country."""
    return language_of(party) if is_country(party, (name,)) else ""


def _beginnings(name: str) -> frozenset[str]:
    letters = unicodedata.normalize("NFD", name.casefold())
    return frozenset(
        re.findall(r"(?<!\w)[^\W\d_]{3}", "".join(each for each in letters if each.isalnum() or each == " "))
    )


def territory_names(territory: str, code: str) -> frozenset[str]:
    """The names of a country, by its ISO 3166 code, in a language and in English; none where it has none."""
    names = (locale(place).territories.get(territory.upper()) for place in (code, "en"))
    return frozenset(map(str, filter(None, names)))


def direction(code: str) -> str:
    """Return how a language is written: ltr, from left to right, or rtl."""
    return str(locale(code).text_direction)


def weekday_names(code: str) -> frozenset[str]:
    """The full names of the days of the week."""
    return frozenset(locale(code).days["format"]["wide"].values())


@cache
def quarter_names(code: str) -> Mapping[str, int]:
    """Every name CLDR has for the quarters of a year, wide and short; to read dates with."""
    quarters = locale(code).quarters["format"]
    return {str(name): number for width in ("wide", "abbreviated") for number, name in quarters[width].items()}


@cache
def date_pattern(code: str, length: str) -> str:
    """The pattern of a short (`dd.MM.yy`) or long (`d MMMM y`) date: the order and the marks of day, month and year."""
    return str(locale(code).date_formats[length].pattern).replace("cccc", "EEEE")  # the weekday, in Finnish


def words_of_pattern(pattern: str) -> tuple[str, ...]:
    """The words that a date pattern has beside its fields: tháng in d 'tháng' M, 年 in y年M月d日."""
    quoted, plain = " ".join(_QUOTES.findall(pattern)), re.sub("[A-Za-z]", " ", _QUOTES.sub(" ", pattern))
    return tuple(dict.fromkeys(re.findall(r"[^\W\d_]+", f"{quoted} {plain}")))


def and_words(code: str) -> tuple[str, ...]:
    """The word between two items of a list, if a language has one: y, et, und; in Arabic written on to the second."""
    joint = str(locale(code).list_patterns["standard"]["2"]).replace("{0}", "").replace("{1}", "").strip()
    return (joint,) if joint.isalpha() else ()


@cache
def currency_words(code: str) -> Mapping[str, str]:
    """The names, signs and codes of currencies with their ISO code; a name that two currencies share is left out."""
    found = defaultdict[str, set[str]](set)
    for currency in list_currencies():
        names = {get_currency_name(currency, count, locale=locale(code)) for count in (None, 1, 2, 5)}
        for name in (*names, get_currency_symbol(currency, locale=locale(code)), currency):
            found[name].add(currency)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1 and "(" not in name}


@cache
def currency_signs(code: str) -> frozenset[str]:
    """The signs of currencies as they are written, large and small letters told apart: Rp, US$."""
    return frozenset(str(get_currency_symbol(currency, locale=locale(code))) for currency in list_currencies())


@cache
def percent_words(code: str) -> frozenset[str]:
    """The words for per cent: persen, yüzde, por cento."""
    return frozenset(_words_of_unit("concentr-percent", locale(code), _LENGTHS))


@cache
def percent_leads(code: str) -> bool:
    """Whether the sign or the word for per cent is written before its number: %56,5 in Turkish."""
    leads = str(locale(code).percent_formats[None].pattern)[:1] == "%"
    return leads or not _unit_text(_MANY, "concentr-percent", locale(code))[:1].isdigit()


@cache
def unit_words(code: str) -> Mapping[str, str]:
    """The words and signs of measures with the English plural: tonnellate metriche is tonnes, MW is megawatts."""
    return {word: name for unit, name in _MEASURES.items() for word in _words_of_unit(unit, locale(code), _LENGTHS)}


@cache
def duration_words(code: str) -> Mapping[str, str]:
    """The words of spans of time with the English plural: tahun is years. After a year they are words of a date."""
    place, found = locale(code), dict[str, str]()
    for unit, name in _SPANS.items():
        words = [*_words_of_unit(unit, place, ("long",))] or _words_of_unit(unit, place, ("short",))
        found |= dict.fromkeys(words, name)
    return found


@cache
def rate_words(code: str) -> Mapping[str, Rate]:
    """The words that make an amount a rate: per tahun, al mese."""
    place = locale(code)
    amount = str(format_unit(_MANY, _ANY_UNIT, "long", locale=place))
    found = {}
    for rate in filter(None, Rate):
        text = str(format_compound_unit(_MANY, _ANY_UNIT, 1, f"duration-{rate}", "long", locale=place))
        words = text.removeprefix(f"{amount} ").replace("\u2019", "'")
        if text.startswith(f"{amount} ") and "-" not in words and words[:1].isalpha():
            found[words] = rate
    return found


_MANY, _ANY_UNIT = 6, "mass-kilogram"
_SPANS = {
    "duration-century": "100 years",
    "duration-decade": "10 years",
    "duration-year": "years",
    "duration-month": "months",
    "duration-week": "weeks",
    "duration-day": "days",
    "duration-hour": "hours",
}
_MEASURES = {
    "mass-kilogram": "kilograms",
    "mass-tonne": "tonnes",
    "length-kilometer": "kilometres",
    "area-hectare": "hectares",
    "area-square-kilometer": "square-kilometres",
    "volume-cubic-meter": "cubic-metres",
    "volume-liter": "litres",
    "volume-barrel": "barrels",
    "power-kilowatt": "kilowatts",
    "power-megawatt": "megawatts",
    "power-gigawatt": "gigawatts",
    "energy-kilowatt-hour": "kilowatt-hours",
    "temperature-celsius": "degrees-celsius",
}
"""Units of CLDR with their English plural in a fact."""
MEASURED = frozenset({*_MEASURES.values(), "megawatt-hours", "gigawatt-hours", "terawatt-hours"})
"""What is measured, and not counted: of these there are parts."""


def _words_of_unit(unit: str, place: Locale, lengths: Sequence[Literal["long", "short"]]) -> Iterator[str]:
    """Yield the words of a unit in every plural form, without the number; none that is written on to it, as in 5년."""
    for number in (1, 2, 3, _MANY, 11, 100):
        for length in lengths:
            text = _unit_text(number, unit, place, (length,)).replace("\u00a0", " ")
            before, digits, after = text.partition(str(number))
            words = (before + after).strip()
            if digits and len(words) > 1 and words != before + after:
                yield words


def language_name(language: str, code: str) -> str:
    """The name of a language, such as `nl`, in another; the code itself where CLDR has no name for it."""
    return str(locale(code).languages.get(language, language))


@cache
def phrases(code: str) -> Mapping[str, object]:
    """What CLDR says of how a language words values, as patterns with {fields}, by their paths in a language's file."""
    place = locale(code)
    samples = {place.plural_form(Decimal(number)): number for number in (0, *range(500, 0, -1))}

    def days_ahead(number: int) -> str:
        return format_timedelta(
            timedelta(number), "day", threshold=10_000, add_direction=True, format="long", locale=place
        )

    def plural(worded: Callable[[int], str]) -> dict[str, str]:
        found = (
            (category, re.sub(rf"(?<!\d){number}(?!\d)", "{number}", worded(number), count=1))
            for category, number in samples.items()
        )
        given = {category: _no_break(text) for category, text in found if "{number}" in text}  # others are in words
        return {**given, "other": given.get("other") or next(iter(given.values()), "{number}")}

    currency = place.currency_formats["standard"].pattern.partition(";")[0]
    return {
        "own_name": place.get_display_name(place) or code,
        **_dates(code, str(place.datetime_skeletons["yMMMM"].pattern)),
        "countdown.ahead": plural(days_ahead),
        "numbers.scales": {power: found for power in range(12, 3, -1) if (found := _scale(code, power))},
        "numbers.short_scales": {power: found for power in range(12, 3, -1) if (found := _scale(code, power, "short"))},
        "numbers.minus": get_minus_sign_symbol(place),
        "numbers.percent": _NUMBER.sub("{number}", place.percent_formats[None].pattern.partition(";")[0]),
        "money.currencies": {
            each: {"other": _NUMBER.sub("{number}", currency).replace("¤", get_currency_symbol(each, place))}
            for each in ("USD", "EUR", "GBP")
        },
        "money.by_code": _no_break(_NUMBER.sub("{number}", currency).replace("¤{", "¤\u00a0{").replace("¤", "{code}")),
        "rates": {rate: f"{{amount}} {words}" for words, rate in reversed([*rate_words(code).items()])},
        "counts.units": {
            name: plural(partial(_unit_text, unit=unit, place=place))
            for unit, name in ({f"duration-{unit}": f"{unit}s" for unit in _DURATIONS} | _MEASURES).items()
            if _unit_text(_MANY, unit, place)
        },
    }


def _dates(code: str, month: str) -> Mapping[str, str]:
    """The forms of a day, a month and ranges of them, in which a month or year that both ends have stands at the last.

    Where the year comes first, each end has it.
    """
    day, full = (_DAY_BEFORE_MONTH.sub("\\1\u00a0", date_pattern(code, length)) for length in ("long", "full"))
    in_month, in_year = _BEFORE_MONTH.match(day), _BEFORE_YEAR.match(day)
    months = _BEFORE_YEAR.match(month)
    return {
        "dates.prose.day": _fields(day),
        "dates.prose.month": _fields(month),
        "dates.prose.same_month": _range(in_month[0], "–", day) if in_month else _range(day, " – ", day),
        "dates.prose.same_year": _range(in_year[0] if in_year else day, " – ", day),
        "dates.prose.days": _range(day, " – ", day),
        "dates.prose.months_same_year": _range(months[0], "–", month) if months else _range(month, " – ", month),
        "dates.prose.months": _range(month, " – ", month),
        "dates.weekday.day": _fields(full),
        **dict.fromkeys(_WEEKDAY_RANGES, _range(full, " – ", full)),
    }


_WEEKDAY_RANGES = ("dates.weekday.same_month", "dates.weekday.same_year", "dates.weekday.days")
_BEFORE_MONTH = re.compile(r"d\.?(?=.*M)")
_BEFORE_YEAR = re.compile(r"[^yu]*[ML](?=.*[yu])")


def _range(first: str, mark: str, last: str) -> str:
    return mark.join(_fields(each).replace("{", f"{{{end} ") for end, each in (("from", first), ("to", last)))


def plural_categories(code: str) -> tuple[str, ...]:
    """The plural categories that a language has for numbers, `other` last."""
    return (*sorted(locale(code).plural_form.tags), "other")


_DAY_BEFORE_MONTH = re.compile(r"(\bd\.?) (?=M)")
_NUMBER = re.compile(r"[#0][#0,.\s]*(?<!\s)")
_TOKEN = re.compile(r"'([^']*)'|([A-Za-z]+)|([^A-Za-z']+)")
_DURATIONS = ("minute", "hour", "day", "week", "month", "year")
_LENGTHS: tuple[Literal["long", "short"], ...] = ("long", "short")


def _unit_text(number: int, unit: str, place: Locale, lengths: Sequence[Literal["long", "short"]] = _LENGTHS) -> str:
    """A number of a unit in the first length that CLDR has; Babel gives its own name of the unit where it has none."""
    texts = (str(format_unit(number, unit, length, locale=place)) for length in lengths)
    return next((text for text in texts if unit not in text), "")


def _fields(pattern: str) -> str:
    """A CLDR date pattern as {fields}, without the era (G): d 'tháng' M becomes {d} tháng {M}."""
    pattern = pattern.replace(" G", "")
    if "'" not in pattern:
        return f"{{{pattern}}}"
    return "".join(f"{{{letters}}}" if letters else quoted or mark for quoted, letters, mark in _TOKEN.findall(pattern))


def _scale(code: str, power: int, width: Literal["long", "short"] = "long") -> dict[str, str]:
    """The phrase of a power of ten by plural category; empty where the language has no scale word for it."""
    formats = locale(code).compact_decimal_formats
    by_category = formats.get(width) or formats["short"]
    patterns = {category: by_magnitude.get(str(10**power)) for category, by_magnitude in by_category.items()}
    texts = {category: str(each.pattern).partition(";")[0] for category, each in patterns.items() if each}
    plain = {category: _QUOTES.sub(r"\1", text) for category, text in texts.items() if text.count("0") == 1}
    found = {category: _no_break(text.replace("0", "{number}")) for category, text in plain.items()}
    return found if "other" in found else {}


def _no_break(phrase: str) -> str:
    """A phrase whose number does not part from its noun at the end of a line."""
    return phrase.replace("{number} ", "{number}\u00a0")
