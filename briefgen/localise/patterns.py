"""Everything a language needs for wording values, as data: the shape of `templates/languages/xx.yaml`.

A pattern is a whole phrase with {fields}; `⍽` in it stands for a no-break space. Words are sorted by data too: Babel
does not collate, and code points put Â after Z.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from briefgen.model.facts import FIELD, FileSchema
from briefgen.model.quantities import Rate
from briefgen.model.texts import Notation, Text

NO_BREAK = "\u00a0"
NO_BREAK_MARK = "⍽"  # how a language's file shows a no-break space, which nobody can see
STILL_ENGLISH = "en: "
"""How a phrase of a draft begins that nobody has translated yet."""
_DOUBLE_NO_BREAK = re.compile(rf"{NO_BREAK}[ {NO_BREAK}]+| +{NO_BREAK}")
_CLDR_DATE = re.compile(r"full|long|medium|short|(?:[yMLdEQq]|[^A-Za-z])+")


def interpolate(pattern: str, **values: str) -> str:
    """The pattern with each {field} replaced; ValueError for a field that has no value."""

    def value(field: str) -> str:
        if field not in values:
            raise ValueError(f"a pattern has a field {{{field}}}; it can have {_listed(values)}")
        return values[field]

    return fill_with(pattern, value)


def fill_with(pattern: str, resolve: Callable[[str], str]) -> str:
    """The pattern with each {field} replaced by what `resolve` says of it."""
    return FIELD.sub(lambda match: resolve(match[1]), pattern)


def fields_of(pattern: str) -> tuple[str, ...]:
    """The fields a pattern has, in order."""
    return tuple(FIELD.findall(pattern))


def tidy(text: str) -> str:
    """The finished string: composed (NFC), and one no-break space where two met."""
    return unicodedata.normalize("NFC", _DOUBLE_NO_BREAK.sub(NO_BREAK, text))


def _pattern(allowed: Callable[[str], bool], form: str, expected: str, example: str) -> Notation:
    """A pattern, refused where it is read if it has a field that it cannot have, so that the line is known."""

    def parse(pattern: str) -> str:
        if set(FIELD.sub("", pattern)) & {"{", "}"}:
            raise ValueError(f"'{pattern}' has a brace without its partner")
        for name in fields_of(pattern):
            if not allowed(name):
                raise ValueError(f"'{pattern}' has a field {{{name}}}; it can have {form or 'none'}")
        return pattern.replace(NO_BREAK_MARK, NO_BREAK)

    return Notation(parse, expected, example, is_prose=True)


def phrase(*fields: str) -> Notation:
    """A pattern that can have these fields and no others."""
    listed, example = _listed(fields), "".join(f"{{{field}}}" for field in fields)
    return _pattern(lambda field: field in fields, listed, f"a phrase with {listed}" if fields else "a phrase", example)


def _is_of_date(field: str) -> bool:
    """Whether a field is a CLDR date pattern (Unicode TR 35), or a word that those lack."""
    return field in ("month", "quarter") or (bool(_CLDR_DATE.fullmatch(field)) and not field.isspace())


def _is_of_range(field: str) -> bool:
    side, _, plain = field.partition(" ")
    return field in ("start", "end") or (side in ("from", "to") and _is_of_date(plain))


def _listed(fields: Iterable[str]) -> str:
    return ", ".join(f"{{{field}}}" for field in fields)


_DATE = "CLDR's, as {d MMMM y}, and {date}, {month}, {quarter}"
_SIDES = "{start}, {end}, {from ...} and {to ...}, as {from d}–{to d MMMM y}"
_DATES = _pattern(lambda each: each == "date" or _is_of_date(each), _DATE, "a phrase with date fields", "{d MMMM y}")
_RANGES = _pattern(_is_of_range, _SIDES, "a phrase with the two sides of a range", "{from d}–{to d MMMM y}")
Date = Annotated[str, _DATES]
Range = Annotated[str, _RANGES]
DatePhrase = Annotated[str, phrase("date")]
Words = Annotated[str, phrase()]
SEASONS = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateForms(FileSchema):
    """How dates are written in one style; what is empty is written as in the style `prose`."""

    any: DatePhrase = ""
    """Around {date}, the form in prose, for every precision that has no pattern of its own here."""
    day: Date = ""
    month: Date = ""
    quarter: Date = ""
    first_half: Date = ""
    second_half: Date = ""
    year: Date = ""
    spring: Date = ""
    """In a language without words for the seasons, a date that is one cannot be worded (T307)."""
    summer: Date = ""
    autumn: Date = ""
    winter: Date = ""
    early: Date = ""
    """The first third of {date}, a year, half, quarter, season or month in prose."""
    mid: Date = ""
    late: Date = ""
    end: Date = ""
    early_month: Date = ""
    """As `early`, where months have a word of their own."""
    mid_month: Date = ""
    late_month: Date = ""
    end_month: Date = ""
    range: DatePhrase = ""
    """As `any`, for ranges."""
    same_month: Range = ""
    """Days within one month."""
    same_year: Range = ""
    """Days within one year."""
    days: Range = ""
    """Days of two years."""
    months_same_year: Range = ""
    months_of_quarter: Range = ""
    """Three months that make a quarter; as `months_same_year` where empty."""
    months: Range = ""
    years_same_century: Range = ""
    years: Range = ""
    span: Range = ""
    """From {start} to {end}, both in prose, where one is known more exactly than the other."""


_OPTIONAL = frozenset(
    {"any", "early_month", "mid_month", "late_month", "end_month", "range", "months_of_quarter", *SEASONS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePatterns(FileSchema):
    """Dates: the styles, and the words that CLDR lacks."""

    prose: DateForms
    table: DateForms = DateForms()
    short: DateForms = DateForms()
    """In tiles and the list of sources on page one; what is empty is written as in tables."""
    weekday: DateForms = DateForms()
    dateline: DateForms = DateForms()
    """The masthead and formal datelines."""
    deadline: DateForms = DateForms()
    """By 2030; a range is a deadline by its end."""
    since: DateForms = DateForms()
    """Since 2024; of a range, since its start."""
    within: DateForms = DateForms()
    """In 2025, on 11 August 2025."""
    months: tuple[Words, ...] = ()
    """What {month} prints for the twelve months; their numbers where empty."""
    quarters: tuple[Words, ...] = ()
    """What {quarter} prints for the four quarters; their numbers where empty."""
    first_day: Words = ""
    """What a single {d} prints for the first of a month where that is no plain 1: 1er."""
    as_of: DatePhrase
    may_have_taken_place: DatePhrase
    """After {date} in the style `within`, when the day has come within a period of which no day is known."""

    def __post_init__(self) -> None:
        names = [item.name for item in fields(DateForms) if item.name not in _OPTIONAL]
        empty = [name for name in names if not getattr(self.prose, name)]
        if empty:
            raise ValueError(f"prose has no pattern for {', '.join(empty)}")
        for name, words, number in (("months", self.months, 12), ("quarters", self.quarters, 4)):
            if words and len(words) != number:
                raise ValueError(f"{name} has {len(words)} words; it needs {number} or none")


NumberPhrase = Annotated[str, phrase("number")]
BoundPhrase = Annotated[str, phrase("number", "phrase")]
ListPhrase = Annotated[str, phrase("start", "end")]


def _currency_code(code: str) -> str:
    if not (len(code) == 3 and code.isascii() and code.isupper()):
        raise ValueError(f"'{code}' is no currency code (ISO 4217), which is three capital letters, like USD")
    return code


CurrencyCode = Annotated[str, Notation(_currency_code, "A currency by its code (ISO 4217).", "USD")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural(FileSchema):
    """A pattern for each CLDR plural category of {number}; what is empty is written as `other`.

    A number with a scale word has the category of that word's power of ten: 45 millions de personnes is `many`.
    """

    zero: NumberPhrase = ""
    one: NumberPhrase = ""
    two: NumberPhrase = ""
    few: NumberPhrase = ""
    many: NumberPhrase = ""
    other: NumberPhrase

    def of(self, category: str) -> str:
        """The pattern of a category."""
        return str(getattr(self, category)) or self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter(Plural):
    """How a number of one thing is said."""

    times: int = 1
    """What the number is multiplied with before it is said: 10 where decades are said in years."""


class Grouping(StrEnum):
    """How a large amount is spelled."""

    ONE_WORD = "one-word"
    """With the largest scale word and decimals: 94.618 billion."""
    EVERY_WORD = "every-word"
    """With every scale word and no decimals: 946억 1,800만."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPatterns(FileSchema):
    """Numbers in digits and scale words; the marks in them are CLDR's."""

    grouping: Grouping = Grouping.ONE_WORD
    scales: Mapping[int, Plural]
    """The {number} of each power of ten with its scale word."""
    short_scales: Mapping[int, Plural] = field(default_factory=dict)
    """The same in tiles; as `scales` where empty."""
    after_scale: Words = ""
    """What stands between a scale word and a unit that follows plain digits directly."""
    most_decimals: int = 4
    """An amount that would need more decimals is written out in digits."""
    most_count_decimals: int = 2
    """The same for counts."""
    minus: Words
    percent: NumberPhrase
    points: Plural
    """Percentage points."""
    rise: Annotated[str, phrase("percent")]
    fall: Annotated[str, phrase("percent")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPatterns(FileSchema):
    """Currencies: how {number} of each is said, by ISO 4217 code."""

    currencies: Mapping[CurrencyCode, Plural] = field(default_factory=dict)
    by_code: Annotated[str, phrase("number", "code")]
    """Any currency that has no pattern of its own, by its {code}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds(FileSchema):
    """How a figure that is not exact is said; around the {number} itself or around the {phrase} with its noun."""

    about: BoundPhrase = ""
    more_than: BoundPhrase = ""
    at_least: BoundPhrase = ""
    nearly: BoundPhrase = ""
    fewer_than: BoundPhrase = ""
    up_to: BoundPhrase = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPatterns(FileSchema):
    """The words for bounds; what is empty for tiles, money and percentages is written as for counts."""

    counts: Bounds
    short: Bounds = Bounds()
    money: Bounds = Bounds()
    percent: Bounds = Bounds()

    def __post_init__(self) -> None:
        empty = [item.name for item in fields(Bounds) if not getattr(self.counts, item.name)]
        if empty:
            raise ValueError(f"counts has no pattern for {', '.join(empty)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPatterns(FileSchema):
    """Counts: the noun and its counter are one phrase."""

    none: Words
    """What is said for zero of anything."""
    short: NumberPhrase = ""
    """A count in a tile, whose label names the noun; the whole phrase where empty."""
    units: Mapping[str, Counter]
    """By English plural, the unit of a count in the facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalPatterns(FileSchema):
    """Places in a series; the categories are CLDR's ordinal ones."""

    words: Mapping[int, Words] = field(default_factory=dict)
    """Numbers that are written in letters."""
    prose: Plural
    meeting: Plural | None = None
    """Of meetings; as prose where absent."""
    event: Plural | None = None
    """Of conferences and festivals; as prose where absent."""
    anniversary: Plural | None = None
    """Of anniversaries; as prose where absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FractionPatterns(FileSchema):
    """Parts of a whole."""

    words: Mapping[str, Words] = field(default_factory=dict)
    """Those that have words, as 1/2: half."""
    other: Annotated[str, phrase("numerator", "denominator")] = "{numerator}/{denominator}"
    """Any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountdownPatterns(FileSchema):
    """Whole days until a day."""

    ahead: Plural
    tomorrow: Words
    today: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPatterns(FileSchema):
    """Enumerations: two items, the middle of more, and their last; CLDR's where all are empty."""

    two: ListPhrase = ""
    middle: ListPhrase = ""
    last: ListPhrase = ""

    def __post_init__(self) -> None:
        given = [bool(self.two), bool(self.middle), bool(self.last)]
        if any(given) and not all(given):
            raise ValueError("a list needs all three of two, middle and last, or none of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticlePatterns(FileSchema):
    """Particles whose form follows the sound before them: the first form after a closed syllable, else the second."""

    closed: str
    """The characters that close a syllable, in decomposed text (NFD)."""
    pairs: Mapping[str, str]
    """Each pair, `first/second`, and the closing characters after which its second form stands all the same."""
    digits: Mapping[str, str]
    """How each digit is read."""
    powers: Mapping[int, str]
    """How the last power of ten in a number is read, by its zeros."""
    letters: Mapping[str, str]
    """How letters and signs are read."""
    acronyms: Mapping[str, str] = field(default_factory=dict)
    """Acronyms that are read as words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation(FileSchema):
    """The order of sorted lists."""

    scripts: tuple[str, ...] = ("LATIN",)
    """Scripts in their order, by the first word of their letters' Unicode names; any other comes after them."""
    letters: str = ""
    """The alphabet, with the accented letters that are letters of their own; code points where empty."""
    accents: str = ""
    """The combining accents that only tell equal words apart, in their order; code points where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns(FileSchema):
    """A language."""

    locale: str
    """CLDR's code: en_GB."""
    lang: str
    """HTML's code: en-GB."""
    own_name: Text
    """The language's name in itself."""
    dates: DatePatterns
    countdown: CountdownPatterns
    numbers: NumberPatterns
    money: MoneyPatterns
    bounds: BoundPatterns
    counts: CountPatterns
    ordinals: OrdinalPatterns
    fractions: FractionPatterns = FractionPatterns()
    rates: Mapping[Rate, Annotated[str, phrase("amount")]] = field(default_factory=dict)
    """Around the {amount} that comes anew in an hour, day, week, month, quarter or year."""
    lists: ListPatterns = ListPatterns()
    particles: ParticlePatterns | None = None
    """Only in a language that has them."""
    collation: Collation = Collation()
    together: tuple[str, ...] = ()
    """Words that no line may part, beside the names that the facts know: Nhà nước, New York."""


SortKey = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...], tuple[int, ...], str]
_Element = tuple[tuple[int, int], tuple[int, ...], int]
"""A letter, sign or number: what decides first, its accents, whether it is a capital."""
_SPACE, _SIGN, _DIGITS, _LETTER = range(4)
_CHUNK = re.compile(r"\d{1,300}|.", re.DOTALL | re.ASCII)  # Python reads no endless integers


def sort_key(text: str, patterns: Patterns) -> SortKey:
    """A key by which Python sorts as the language does; different texts never have the same.

    Letters come first, then accents, then case. What the alphabet leaves out (signs, other scripts) follows the shape
    of the Unicode Collation Algorithm: spaces, signs, digits by their value, letters.
    """
    composed = unicodedata.normalize("NFC", text)
    elements = [_element(chunk, patterns.collation) for chunk in _CHUNK.findall(composed)]
    first, accents, capitals = zip(*elements, strict=True) if elements else ((), (), ())
    return first, accents, capitals, composed


def _element(chunk: str, collation: Collation) -> _Element:
    if chunk.isascii() and chunk.isdigit():
        return (_DIGITS, int(chunk)), (), 0
    if chunk.isspace():
        return (_SPACE, 0), (), 0
    if not chunk.isalpha():
        return (_SIGN, ord(chunk)), (), 0
    small = chunk.lower()
    letter, accents = _without_accents(small, collation)
    rank = collation.letters.find(letter)
    by_alphabet = rank if rank >= 0 else len(collation.letters) + ord(letter[0])
    return (_LETTER + _script(letter[0], collation.scripts), by_alphabet), accents, int(small != chunk)


def _without_accents(small: str, collation: Collation) -> tuple[str, tuple[int, ...]]:
    """The letter of the alphabet, and the ranks of the accents it carries beyond it."""
    base, *marks = list(unicodedata.normalize("NFD", small))
    if not all(unicodedata.combining(mark) for mark in marks):
        return small, ()  # a syllable that decomposes into letters, not into a letter and accents
    kept = "".join(mark for mark in marks if mark not in collation.accents)
    letter = unicodedata.normalize("NFC", base + kept)
    if letter in collation.letters:
        marks = [mark for mark in marks if mark in collation.accents]
        base = letter
    ranks = ((collation.accents.find(mark), mark) for mark in marks)
    return base, tuple(rank if rank >= 0 else ord(mark) for rank, mark in ranks)


@lru_cache(maxsize=4096)
def _script(letter: str, scripts: tuple[str, ...]) -> int:
    script = unicodedata.name(letter, "").partition(" ")[0]
    return scripts.index(script) if script in scripts else len(scripts)
