"""Everything a language needs for wording values, as data: the shape of `templates/languages/xx.yaml`.

A pattern is a whole phrase with {fields}; `⍽` in it stands for a no-break space.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Annotated, ClassVar

from briefgen.localise.date_patterns import DatePatterns, Words
from briefgen.localise.filling import phrase
from briefgen.model.facts import STRICT
from briefgen.model.notation import Notation

NumberPhrase = Annotated[str, phrase("number")]
BoundPhrase = Annotated[str, phrase("number", "phrase")]
ListPhrase = Annotated[str, phrase("start", "end")]


def _currency_code(code: str) -> str:
    if not (len(code) == 3 and code.isascii() and code.isupper()):
        raise ValueError(f"'{code}' is no currency code (ISO 4217), which is three capital letters, like USD")
    return code


CurrencyCode = Annotated[str, Notation(_currency_code, "A currency by its code (ISO 4217).", "USD")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural:
    """A pattern for each CLDR plural category of {number}; what is empty is written as `other`."""

    __pydantic_config__: ClassVar = STRICT

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

    __pydantic_config__: ClassVar = STRICT

    times: int = 1
    """What the number is multiplied with before it is said: 10 where decades are said in years."""


class Grouping(StrEnum):
    """How a large amount is spelled."""

    ONE_WORD = "one-word"
    """With the largest scale word and decimals: 94.618 billion."""
    EVERY_WORD = "every-word"
    """With every scale word and no decimals: 946억 1,800만."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPatterns:
    """Numbers in digits and scale words; the marks in them are CLDR's."""

    __pydantic_config__: ClassVar = STRICT

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
class AxisPatterns:
    """How charts and their tables show amounts: bare numbers under a line that names the unit."""

    __pydantic_config__: ClassVar = STRICT

    power: int
    """The power of ten the numbers stand for."""
    scale: Words
    """Its word."""
    unit: Annotated[str, phrase("unit")]
    """The line, around the currency with the scale word in the place of its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPatterns:
    """Currencies: how {number} of each is said, by ISO 4217 code."""

    __pydantic_config__: ClassVar = STRICT

    currencies: Mapping[CurrencyCode, Plural] = field(default_factory=dict)
    by_code: Annotated[str, phrase("number", "code")]
    """Any currency that has no pattern of its own, by its {code}."""
    axis: AxisPatterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How a figure that is not exact is said; around the {number} itself or around the {phrase} with its noun."""

    __pydantic_config__: ClassVar = STRICT

    about: BoundPhrase = ""
    more_than: BoundPhrase = ""
    at_least: BoundPhrase = ""
    nearly: BoundPhrase = ""
    fewer_than: BoundPhrase = ""
    up_to: BoundPhrase = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPatterns:
    """The words for bounds; what is empty for tiles, money and percentages is written as for counts."""

    __pydantic_config__: ClassVar = STRICT

    counts: Bounds
    short: Bounds = Bounds()
    money: Bounds = Bounds()
    percent: Bounds = Bounds()

    def __post_init__(self) -> None:
        empty = [item.name for item in fields(Bounds) if not getattr(self.counts, item.name)]
        if empty:
            raise ValueError(f"counts has no pattern for {', '.join(empty)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPatterns:
    """Counts: the noun and its counter are one phrase."""

    __pydantic_config__: ClassVar = STRICT

    none: Words
    """What is said for zero of anything."""
    short: NumberPhrase = ""
    """A count in a tile, whose label names the noun; the whole phrase where empty."""
    units: Mapping[str, Counter]
    """By English plural, the unit of a count in the facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalPatterns:
    """Places in a series; the categories are CLDR's ordinal ones."""

    __pydantic_config__: ClassVar = STRICT

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
class CountdownPatterns:
    """Whole days until a day, or since it."""

    __pydantic_config__: ClassVar = STRICT

    ahead: Plural
    ahead_tile: Plural | None = None
    """In tiles; as `ahead` where absent."""
    tomorrow: Words
    today: Words
    yesterday: Words
    overdue: Plural


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPatterns:
    """Enumerations: two items, the middle of more, their last, which are CLDR's where empty; and a pair of parties."""

    __pydantic_config__: ClassVar = STRICT

    two: ListPhrase = ""
    middle: ListPhrase = ""
    last: ListPhrase = ""
    pair: ListPhrase = "{start}–{end}"
    """Two parties as one adjective: Viet Nam–Republic of Korea."""

    def __post_init__(self) -> None:
        given = [bool(self.two), bool(self.middle), bool(self.last)]
        if any(given) and not all(given):
            raise ValueError("a list needs all three of two, middle and last, or none of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticlePatterns:
    """Particles whose form follows the sound before them: the first form after a closed syllable, else the second."""

    __pydantic_config__: ClassVar = STRICT

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
class Collation:
    """The order of sorted lists."""

    __pydantic_config__: ClassVar = STRICT

    scripts: tuple[str, ...] = ("LATIN",)
    """Scripts in their order, by the first word of their letters' Unicode names; any other comes after them."""
    letters: str = ""
    """The alphabet, with the accented letters that are letters of their own; code points where empty."""
    accents: str = ""
    """The combining accents that only tell equal words apart, in their order; code points where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """A language."""

    __pydantic_config__: ClassVar = STRICT

    locale: str
    """CLDR's code: en_GB."""
    lang: str
    """HTML's code: en-GB."""
    own_name: str
    """The language's name in itself."""
    dates: DatePatterns
    countdown: CountdownPatterns
    numbers: NumberPatterns
    money: MoneyPatterns
    bounds: BoundPatterns
    counts: CountPatterns
    ordinals: OrdinalPatterns
    lists: ListPatterns = ListPatterns()
    particles: ParticlePatterns | None = None
    """Only in a language that has them."""
    collation: Collation = Collation()
