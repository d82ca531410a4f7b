"""Takes the writing of a date apart into years, months, days, parts of a year, and the word for a range."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from briefgen.figures.lexicon import Hit
from briefgen.figures.line import Line, is_narrow
from briefgen.figures.numeric_dates import Written, read_numeric
from briefgen.figures.surroundings import is_after_between
from briefgen.figures.vocabulary import Vocabulary
from briefgen.model.dates import Part


class Kind(Enum):
    """What an atom of a date says."""

    YEAR = auto()
    HALF = auto()
    QUARTER = auto()
    MONTH = auto()
    DAY = auto()
    PART = auto()
    NUMBER = auto()
    """One or two digits that only their neighbours make a day, a month or a year."""
    RANGE = auto()
    AND = auto()


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece. `figure`: whether a bare number across a range may be of the same kind; `marked`: a word says so."""

    kind: Kind
    value: int
    start: int
    end: int
    part: Part | None = None
    figure: bool = False
    marked: bool = False
    doubt: str = ""


_PLAIN = re.compile(r"\d{1,4}(?!\d|[.,]\d)")
_YEARS_MARKED, _YEARS = range(1000, 3000), range(1800, 2200)
_WEEKDAY = re.compile(r" ?\([^\W\d_]{1,3}\)")
_COMMA_YEAR = re.compile(r", {1,2}(?=\d{4}(?!\d))")
_UNIT_YEAR = re.compile(r"[/-](?=\d{4}(?!\d))")
_NEXT_YEAR = re.compile(r"/(?=(?:\d\d){1,2}(?!\d))")
_SHORT_MONTH = 4
_CENTURY = 2000
_DAYS = (Kind.NUMBER, Kind.DAY)
_JOINTS = {Kind.RANGE, Kind.AND}
_UNITS_OF_YEAR = (Kind.HALF, Kind.QUARTER, Kind.MONTH)


def read_atoms(line: Line, start: int, words: Vocabulary) -> list[Atom]:
    """The atoms that follow one another from here, at most one of a kind on each side of one range.

    The reader of dates decides how many of them make a date.
    """
    atoms: list[Atom] = []
    said: set[Kind] = set()
    position = start
    while True:
        begin = _past_fillers(line.text, position, atoms[-1], words) if atoms else position
        following = tuple(_atoms_at(line, begin, atoms, words))
        kinds = {atom.kind for atom in following}
        if not following or kinds & said:
            return atoms
        said = set() if kinds & _JOINTS else said | kinds
        atoms += following
        position = following[-1].end


def _atoms_at(line: Line, at: int, before: Sequence[Atom], words: Vocabulary) -> Iterator[Atom]:
    text = line.text
    if at >= len(text):
        return
    in_range = any(atom.kind in _JOINTS for atom in before)
    marked_day = words.dates.day_before.at(text, at)
    begin = _past_space(text, marked_day.end) if marked_day else at
    if written := read_numeric(text, begin, words, loose=in_range or marked_day is not None):
        yield from _from_numeric(written)
    elif atom := _named(line, at, words) or _number(text, at, words) or _day_marked(text, begin, marked_day):
        yield atom
    elif before and not in_range and (joint := _joint(text, at, before, words)):
        yield joint


def _from_numeric(written: Written) -> Iterator[Atom]:
    for letter, value in written.fields:
        kind = {"d": Kind.DAY, "m": Kind.MONTH, "y": Kind.YEAR}[letter]
        yield Atom(kind, value, written.start, written.end, figure=True, marked=True, doubt=written.doubt)


def _named(line: Line, at: int, words: Vocabulary) -> Atom | None:
    """A half, quarter, month, year or part that a word begins or names."""
    text = line.text
    for kind, lexicon in ((Kind.HALF, words.dates.halves), (Kind.QUARTER, words.dates.quarters)):
        if hit := lexicon.at(text, at):
            return Atom(kind, hit.value, at, hit.end, figure=True, marked=True)
    if month := _month(line, at, words):
        return month
    if part := words.dates.parts.at(text, at):
        return Atom(Kind.PART, 0, at, part.end, part=part.value)
    if (hint := words.dates.year_before.at(text, at)) and (year := _PLAIN.match(text, _past_space(text, hint.end))):
        return _year(year, at, words, marked=True)
    return None


def _month(line: Line, at: int, words: Vocabulary) -> Atom | None:
    text, marks = line.text, words.dates.marks
    if hit := words.dates.months.at(text, at, loose=True):
        capital = line.is_capital(at) or not words.words.capital_months
        figure = text[hit.end - 1].isdigit() or text[at].isdigit()
        return Atom(Kind.MONTH, hit.value, at, hit.end, figure=figure) if capital else None
    for mark in marks.month_before:
        if text.startswith(mark, at) and (number := _PLAIN.match(text, at + len(mark))):
            return _of(Kind.MONTH, number, at, number.end())
    number = _PLAIN.match(text, at)
    for mark in marks.month_after:
        if number and text.startswith(mark, number.end()):
            return _of(Kind.MONTH, number, at, number.end() + len(mark))
    return None


def _of(kind: Kind, number: re.Match[str], start: int, end: int) -> Atom | None:
    value = int(number.group())
    fits = 1 <= value <= (12 if kind is Kind.MONTH else 31)
    return Atom(kind, value, start, end, figure=True, marked=True) if fits and len(number.group()) <= 2 else None


def _year(number: re.Match[str], start: int, words: Vocabulary, *, marked: bool) -> Atom | None:
    value, end = int(number.group()), number.end()
    if after := words.dates.year_after.behind(number.string, end):
        marked, end = True, after.end
    if len(number.group()) != 4 or value not in (_YEARS_MARKED if marked else _YEARS):
        return None
    if is_narrow(number.string[end : end + 1] or " "):
        return None
    return Atom(Kind.YEAR, value, start, end, figure=True, marked=marked)


def _number(text: str, at: int, words: Vocabulary) -> Atom | None:
    """A year, a day with its mark (11일, 23rd) or a number whose neighbours will say what it is."""
    number = _PLAIN.match(text, at)
    if number is None:
        return None
    if len(number.group()) > 2:
        return _year(number, at, words, marked=False)
    if day := _day_after(text, number.end(), words):
        return _of(Kind.DAY, number, at, day.end)
    if year := _short_year(text, number, words):
        return year
    ordinal = max(
        (len(suffix) for suffix in _ordinal_suffixes(words) if _follows(text, number.end(), suffix)), default=0
    )
    end = number.end() + ordinal
    if end < len(text) and is_narrow(text[end]):
        return None
    return Atom(Kind.NUMBER, int(number.group()), at, end, figure=True)


def _short_year(text: str, number: re.Match[str], words: Vocabulary) -> Atom | None:
    """Two digits with the mark of a year and a month behind them: 24년 8월. Alone they are a number of years."""
    mark = words.dates.year_after.at(text, number.end())
    month = words.dates.months.at(text, _past_space(text, mark.end), loose=True) if mark else None
    if mark is None or month is None or len(number.group()) != 2:
        return None
    value = _CENTURY + int(number.group())
    return Atom(Kind.YEAR, value, number.start(), mark.end, marked=True, doubt="a year of two digits")


def _day_after(text: str, end: int, words: Vocabulary) -> Hit[str] | None:
    """The mark of a day of the month, unless the word goes on and is a number of days (11일간)."""
    day, unit = words.dates.day_after.behind(text, end), words.units.behind(text, end)
    return None if day is None or (unit and unit.end > day.end) else day


def _day_marked(text: str, begin: int, mark: Hit[str] | None) -> Atom | None:
    number = _PLAIN.match(text, begin) if mark else None
    return _of(Kind.DAY, number, mark.start, number.end()) if mark and number else None


def _ordinal_suffixes(words: Vocabulary) -> Iterator[str]:
    return (mark.after for mark in words.ordinals if not mark.before and mark.after.isalpha())


def _follows(text: str, end: int, suffix: str) -> bool:
    return text.startswith(suffix, end) and not is_narrow(text[end + len(suffix) : end + len(suffix) + 1] or " ")


def _joint(text: str, at: int, before: Sequence[Atom], words: Vocabulary) -> Atom | None:
    if hit := words.ranges.at(text, at, loose=True):
        return Atom(Kind.RANGE, 0, at, hit.end)
    if before[-1].kind is Kind.YEAR and (slash := _NEXT_YEAR.match(text, at)):
        return Atom(Kind.RANGE, 0, at, slash.end(), doubt="two years in a row, or either of them")
    if hit := words.ands.at(text, at):
        kind = Kind.RANGE if is_after_between(text, before[0].start, words) else Kind.AND
        return Atom(kind, 0, at, hit.end)
    return None


def _past_fillers(text: str, position: int, last: Atom, words: Vocabulary) -> int:
    """Past the spaces, stops and small words that may stand between two atoms."""
    if weekday := _WEEKDAY.match(text, position):
        position = weekday.end()
    if text.startswith(".", position) and _takes_stop(last, words):
        position += 1
    if last.kind is Kind.PART and text.startswith("-", position):
        return position + 1
    if last.figure and last.kind in _UNITS_OF_YEAR and (year := _UNIT_YEAR.match(text, position)):
        return year.end()
    if not words.dates.marks.year_first and (year := _COMMA_YEAR.match(text, position)):
        return year.end()
    position = _past_space(text, position)
    if filler := words.dates.fillers.at(text, position):
        position = _past_space(text, filler.end)
    return position


def _takes_stop(last: Atom, words: Vocabulary) -> bool:
    """A day has a stop in some languages, a month if its name is shortened."""
    if last.kind is Kind.MONTH:
        return last.end - last.start <= _SHORT_MONTH
    marks = words.dates.marks
    return marks.stop_after_year if last.kind is Kind.YEAR else marks.stop_after_day and last.kind in _DAYS


def _past_space(text: str, position: int) -> int:
    while text.startswith(" ", position) and not text.startswith("   ", position):
        position += 1
    return position
