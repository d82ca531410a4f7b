"""The words and marks of dates in one language: those of its file, and what CLDR's names and patterns show."""

import re
from dataclasses import dataclass

from briefgen import cldr
from briefgen.figures.lexicon import Lexicon, LexiconMaker, own_first
from briefgen.figures.line import fold_word, is_wide
from briefgen.figures.words import ReadingWords
from briefgen.model.dates import Part

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
