"""All that is needed to read one language, compiled once: the words of its file laid over CLDR's."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from briefgen import cldr
from briefgen.figures.date_words import DateWords, date_words
from briefgen.figures.lexicon import Lexicon, lexicon_maker, own_first
from briefgen.figures.line import fold_word
from briefgen.figures.words import ReadingWords
from briefgen.model.quantities import Bound

_UNIT = re.compile(r"(?:(?P<factor>\d+) )?(?P<unit>[a-z]+(?:-[a-z]+)*)")
_ISO_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted, by its English plural, and how many of it the word itself means: a decade is ten years."""

    name: str
    factor: int = 1


@dataclass(frozen=True, slots=True)
class OrdinalMark:
    """What stands around the figure of an ordinal."""

    before: str
    after: str
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of a language by their role."""

    words: ReadingWords
    decimal: str
    group: str
    myriads: bool
    """Whether large numbers go by ten thousands (만, 억) and not by thousands."""
    dates: DateWords
    scales: Lexicon[int]
    number_words: Lexicon[int]
    bounds_before: Lexicon[Bound]
    bounds_after: Lexicon[Bound]
    currency_codes: Lexicon[str]
    currency_names: Lexicon[str]
    sure_codes: frozenset[str]
    """ISO codes that are no other word: those with a sign of their own, and those given in the language's file."""
    units: Lexicon[Unit]
    unit_endings: Lexicon[Unit]
    people_endings: tuple[str, ...]
    percent: Lexicon[str]
    links: Lexicon[str]
    ordinals: tuple[OrdinalMark, ...]
    ordinal_words: Lexicon[int]
    ranges: Lexicon[str]
    between: Lexicon[str]
    ands: Lexicon[str]
    labels: Lexicon[str]
    not_figures: Lexicon[str]


@lru_cache(maxsize=64)
def vocabulary(words: ReadingWords) -> Vocabulary:
    """Compile the words of a language; ValueError where CLDR has no such locale or a unit is written wrongly."""
    make = lexicon_maker(words.doubtful, words.endings)
    decimal, group = map(fold_word, cldr.number_marks(words.locale))
    scales = own_first(words.scales, cldr.scale_words(words.locale))
    currencies = own_first(words.currencies, cldr.currency_words(words.locale))
    units = {word: _unit(meaning) for word, meaning in words.units.items()}
    return Vocabulary(
        words=words,
        decimal=decimal,
        group=group,
        myriads=4 in scales.values(),
        dates=date_words(words, make),
        scales=make.of(scales),
        number_words=make.of(words.number_words),
        bounds_before=make.of(words.bounds_before),
        bounds_after=make.of(words.bounds_after),
        currency_codes=make.of({word: code for word, code in currencies.items() if _ISO_CODE.fullmatch(word)}),
        currency_names=make.of({word: code for word, code in currencies.items() if not _ISO_CODE.fullmatch(word)}),
        sure_codes=frozenset(words.currencies) | {code for word, code in currencies.items() if _is_sign(word)},
        units=make.of({word: unit for word, unit in units.items() if not word.startswith("*")}),
        unit_endings=make.of({word[1:]: unit for word, unit in units.items() if word.startswith("*")}),
        people_endings=tuple(map(fold_word, words.people_endings)),
        percent=make.marks(("%", "٪", *words.percent)),
        links=make.marks(words.links),
        ordinals=tuple(_ordinal_mark(pattern, words) for pattern in words.ordinals),
        ordinal_words=make.of(words.ordinal_words),
        ranges=make.marks(("-", "~", *words.ranges)),
        between=make.marks(words.between),
        ands=make.marks(words.ands),
        labels=make.marks(label.rstrip(".") for label in words.labels),
        not_figures=make.marks(words.not_figures),
    )


def _is_sign(word: str) -> bool:
    return any(category(character) == "Sc" for character in word)


def _unit(meaning: str) -> Unit:
    match = _UNIT.fullmatch(meaning)
    if match is None:
        raise ValueError(f"'{meaning}' is no unit; units are English plurals like documents, or 10 years for a decade")
    return Unit(match["unit"], int(match["factor"] or 1))


def _ordinal_mark(pattern: str, words: ReadingWords) -> OrdinalMark:
    before, placeholder, after = pattern.partition("{n}")
    if not placeholder or not (before or after):
        raise ValueError(f"'{pattern}' is no ordinal; ordinals are written like {{n}}th")
    return OrdinalMark(fold_word(before), fold_word(after), pattern in words.doubtful)
