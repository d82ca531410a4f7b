"""How a language marks the parts of a date, taken from CLDR's patterns."""

import re
from dataclasses import dataclass

from briefgen import cldr
from briefgen.figures.line import fold_word, is_wide

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
    spaced: bool
    """Whether a space follows each stop: 2025. 8. 11."""
    year_after: tuple[str, ...]
    """What CLDR writes on to a year: 년."""
    day_after: tuple[str, ...]
    """What CLDR writes on to a day: 일."""
    fillers: tuple[str, ...]
    """Small words in CLDR's long date: the de of 3 de mayo."""


def date_marks(locale: str) -> DateMarks:
    """The marks of a locale; ValueError where CLDR knows none such."""
    short = cldr.date_pattern(locale, "short")
    after = _literals(cldr.date_pattern(locale, "long"))
    before_month, after_month = _around_month_numbers(locale)
    return DateMarks(
        month_before=before_month,
        month_after=after_month,
        month_first=short.lower().index("m") < short.lower().index("d"),
        year_first=short.lower().lstrip("'g ").startswith("y"),
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
        word = fold_word(piece["quoted"] or piece["plain"] or "").strip(" .,()")
        if word.isalpha():
            found.append((field, word))
    return found
