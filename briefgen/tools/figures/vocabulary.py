"""All that is needed to read one language, compiled once: the words of its file laid over CLDR's."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from briefgen.localise import cldr
from briefgen.localise.language_file import ReadingWords
from briefgen.model.dates import Part
from briefgen.model.quantities import Bound
from briefgen.tools.figures.lexicon import Lexicon, LexiconMaker, fold_word, is_wide, lexicon_maker, own_first

_PIECE = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>[A-Za-z]+)|(?P<plain>[^A-Za-z']+)")


@dataclass(frozen=True, slots=True)
class DateMarks:
    """How a language marks dates in figures."""

    month_before: tuple[str, ...]
    """tháng 8: letters and a space before the number."""
    month_after: tuple[str, ...]
    """8월: letters right after it."""
    month_first: bool
    """Whether figures put the month before the day."""
    year_first: bool
    """Whether they put the year before both."""
    stop_after_day: bool
    """Whether a stop follows the day: 3. Mai."""
    stop_after_year: bool
    """Whether one follows the year: 2025. augusztus 11."""
    spaced: bool
    """Whether a space follows each stop: 2025. 8. 11."""
    year_after: tuple[str, ...]
    """What CLDR writes on to a year: 년."""
    day_after: tuple[str, ...]
    """What CLDR writes on to a day: 일."""
    fillers: tuple[str, ...]
    """Small words in CLDR's long date: the de of 3 de mayo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The words of dates by their role, and the marks of dates in figures."""

    marks: DateMarks
    parts: Lexicon[Part]
    months: Lexicon[int]
    quarters: Lexicon[int]
    halves: Lexicon[int]
    year_before: Lexicon[str]
    year_context: Lexicon[str]
    year_after: Lexicon[str]
    day_before: Lexicon[str]
    day_after: Lexicon[str]
    fillers: Lexicon[str]
    deadlines_before: Lexicon[str]
    deadlines_after: Lexicon[str]


def date_words(words: ReadingWords, make: LexiconMaker) -> DateWords:
    """Compile the words of dates; ValueError where CLDR knows no such locale."""
    marks = date_marks(words.locale)
    return DateWords(
        marks=marks,
        parts=make.of(words.date_parts),
        months=make.of(own_first(words.months, cldr.month_names(words.locale))),
        quarters=make.of(own_first(words.quarters, cldr.quarter_names(words.locale))),
        halves=make.of(words.halves),
        year_before=make.marks(words.year_before),
        year_context=make.marks(words.year_context),
        year_after=make.marks((*words.year_after, *marks.year_after)),
        day_before=make.marks(words.day_before),
        day_after=make.marks((*words.day_after, *marks.day_after)),
        fillers=make.marks((*words.date_fillers, *marks.fillers)),
        deadlines_before=make.marks(words.deadlines_before),
        deadlines_after=make.marks(words.deadlines_after),
    )


def date_marks(locale: str) -> DateMarks:
    """What CLDR shows of a locale's dates; ValueError where it knows none such."""
    short = cldr.date_pattern(locale, "short")
    long = cldr.date_pattern(locale, "long")
    after = _literals(long)
    before_month, after_month = _around_month_numbers(locale)
    return DateMarks(
        month_before=before_month,
        month_after=after_month,
        month_first=short.lower().index("m") < short.lower().index("d"),
        year_first=short.lower().lstrip("'g ").startswith("y"),
        stop_after_day="d." in long or ". " in short,
        stop_after_year="y." in long,
        spaced=". " in short,
        year_after=tuple(word for field, word in after if field == "y" and is_wide(word[0])),
        day_after=tuple(word for field, word in after if field == "d" and is_wide(word[0])),
        fillers=tuple(word for _, word in after if not is_wide(word[0])),
    )


def _around_month_numbers(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and after the number of the month, where that is all its name says."""
    names = {fold_word(name): str(number) for name, number in cldr.month_names(locale).items()}
    around = [name.partition(number)[::2] for name, number in names.items() if number in name]
    before = {ahead for ahead, behind in around if ahead and not behind}
    return tuple(sorted(before)), tuple(sorted({behind for ahead, behind in around if behind and not ahead}))


def _literals(pattern: str) -> list[tuple[str, str]]:
    """The words of a date pattern, each with the letter of the field before it."""
    found, field = [], ""
    for piece in _PIECE.finditer(pattern):
        field = piece["field"][0].lower() if piece["field"] else field
        literal = piece["quoted"] or piece["plain"] or ""
        word = fold_word(literal).strip(" .,()")
        if word.isalpha():
            is_short = "." in literal or pattern.startswith(".", piece.end())
            found += [(field, word), (field, f"{word}.")] if is_short else [(field, word)]
    return found


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
