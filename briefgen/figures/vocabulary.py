"""All that is needed to read one language, compiled once: the words of its file laid over CLDR's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from unicodedata import category

from briefgen import cldr
from briefgen.figures.date_marks import DateMarks, date_marks
from briefgen.figures.lexicon import Lexicon, lexicon, marks
from briefgen.figures.line import fold_word
from briefgen.figures.words import ReadingWords
from briefgen.model.dates import Part
from briefgen.model.quantities import Bound

V = TypeVar("V")
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
    dates: DateMarks
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
    date_parts: Lexicon[Part]
    months: Lexicon[int]
    quarters: Lexicon[int]
    halves: Lexicon[int]
    year_before: Lexicon[str]
    year_context: Lexicon[str]
    year_after: Lexicon[str]
    day_before: Lexicon[str]
    day_after: Lexicon[str]
    date_fillers: Lexicon[str]
    ranges: Lexicon[str]
    between: Lexicon[str]
    ands: Lexicon[str]
    deadlines_before: Lexicon[str]
    deadlines_after: Lexicon[str]
    labels: Lexicon[str]
    not_figures: Lexicon[str]


@lru_cache(maxsize=64)
def vocabulary(words: ReadingWords) -> Vocabulary:
    """Compile the words of a language; ValueError where CLDR has no such locale or a unit is written wrongly."""

    def of(entries: Mapping[str, V]) -> Lexicon[V]:
        return lexicon(entries, words.doubtful, words.endings)

    def set_of(entries: Iterable[str]) -> Lexicon[str]:
        return marks(entries, words.doubtful, words.endings)

    dates = date_marks(words.locale)
    decimal, group = map(fold_word, cldr.number_marks(words.locale))
    scales = {**words.scales, **cldr.scale_words(words.locale)}
    currencies = {**cldr.currency_words(words.locale), **words.currencies}
    units = {word: _unit(meaning) for word, meaning in words.units.items()}
    months = {**words.months, **cldr.month_names(words.locale)}
    return Vocabulary(
        words=words,
        decimal=decimal,
        group=group,
        myriads=4 in scales.values(),
        dates=dates,
        scales=of(scales),
        number_words=of(words.number_words),
        bounds_before=of(words.bounds_before),
        bounds_after=of(words.bounds_after),
        currency_codes=of({word: code for word, code in currencies.items() if _ISO_CODE.fullmatch(word)}),
        currency_names=of({word: code for word, code in currencies.items() if not _ISO_CODE.fullmatch(word)}),
        sure_codes=frozenset(words.currencies) | {code for word, code in currencies.items() if _is_sign(word)},
        units=of({word: unit for word, unit in units.items() if not word.startswith("*")}),
        unit_endings=of({word[1:]: unit for word, unit in units.items() if word.startswith("*")}),
        people_endings=tuple(map(fold_word, words.people_endings)),
        percent=set_of(("%", "٪", *words.percent)),
        links=set_of(words.links),
        ordinals=tuple(_ordinal_mark(pattern, words) for pattern in words.ordinals),
        ordinal_words=of(words.ordinal_words),
        date_parts=of(words.date_parts),
        months=of(months),
        quarters=of({**words.quarters, **cldr.quarter_names(words.locale)}),
        halves=of(words.halves),
        year_before=set_of(words.year_before),
        year_context=set_of(words.year_context),
        year_after=set_of((*words.year_after, *dates.year_after)),
        day_before=set_of(words.day_before),
        day_after=set_of((*words.day_after, *dates.day_after)),
        date_fillers=set_of((*words.date_fillers, *dates.fillers)),
        ranges=set_of(("-", "~", *words.ranges)),
        between=set_of(words.between),
        ands=set_of(words.ands),
        deadlines_before=set_of(words.deadlines_before),
        deadlines_after=set_of(words.deadlines_after),
        labels=set_of(label.rstrip(".") for label in words.labels),
        not_figures=set_of(words.not_figures),
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
