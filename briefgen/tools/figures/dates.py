"""Reads dates, periods and ranges of dates, also those that leave out the year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from briefgen.model.dates import Part, parse_date
from briefgen.tools.figures.lexicon import Found, Hit, Line, found, is_narrow
from briefgen.tools.figures.numbers import currency_after, has_label, is_after_between, percent_after, unit_beside
from briefgen.tools.figures.numeric_dates import Written, read_numeric
from briefgen.tools.figures.vocabulary import Vocabulary


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


_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One date, or one end of a range; what it does not say is None."""

    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part | None = None

    def notation(self) -> str | None:
        """The date as it is written in records, with a hyphen for an unknown year; None if it is no date."""
        if self.day is not None and self.month is None and self.year is None:
            return f"---{self.day:02}"
        notation = self._with_year(_LEAP_YEAR if self.year is None else self.year)
        if not _is_date(notation):
            return None
        return notation if self.year is not None else notation.replace(str(_LEAP_YEAR), "-", 1)

    def _with_year(self, year: int) -> str:
        unit = self.month or (self.quarter and self.quarter + 32) or (self.half and self.half + 39)
        units = [f"{unit:02}" if unit else "", f"{self.day:02}" if self.day else ""]
        return (f"{self.part} " if self.part else "") + "-".join([f"{year:04}", *filter(None, units)])


def assemble(atoms: Sequence[Atom]) -> str | None:
    """The date in the notation of the records (see `Side.notation`); None if the atoms make no date."""
    joints = [i for i, atom in enumerate(atoms) if atom.kind in (Kind.RANGE, Kind.AND)]
    if not joints:
        side = _side(atoms)
        return side.notation() if side and _stands_alone(side) else None
    at = joints[0]
    left, right = list(atoms[:at]), list(atoms[at + 1 :])
    if len(joints) > 1 or not left or not right:
        return None
    _lend_kinds(left, right)
    first, last = _side(left), _side(right)
    if first is None or last is None:
        return None
    if atoms[at].kind is Kind.AND and not _are_consecutive_days(first, last):
        return None
    return _interval(first, last)


def _stands_alone(side: Side) -> bool:
    """A half or quarter needs its year, and so does a part of a year."""
    return side.year is not None or side.month is not None or side.day is not None


def _lend_kinds(left: list[Atom], right: list[Atom]) -> None:
    """A bare number beside the range is of the kind that stands across it: 10–13 August, 1~3월, 2024–27."""
    _resolve(left)
    _resolve(right)
    if left[-1].kind is Kind.NUMBER and right[0].figure and right[0].kind is not Kind.NUMBER:
        left[-1] = replace(left[-1], kind=right[0].kind)
    if right[0].kind is Kind.NUMBER and left[-1].figure and left[-1].kind is not Kind.NUMBER:
        right[0] = (
            _assembled_short_year(left[-1], right[0])
            if left[-1].kind is Kind.YEAR
            else replace(right[0], kind=left[-1].kind)
        )


def _assembled_short_year(full: Atom, short: Atom) -> Atom:
    """2024–27: only right after the dash, and later than the first."""
    value = full.value // 100 * 100 + short.value
    closed_up = short.start == full.end + 1
    return replace(short, kind=Kind.YEAR, value=value) if closed_up and value > full.value else short


def _resolve(atoms: list[Atom]) -> None:
    """A bare number beside a month is the day, unless the day is there."""
    for i, atom in enumerate(atoms):
        beside = [atoms[k].kind for k in (i - 1, i + 1) if 0 <= k < len(atoms)]
        if atom.kind is Kind.NUMBER and Kind.MONTH in beside and all(a.kind is not Kind.DAY for a in atoms):
            atoms[i] = replace(atom, kind=Kind.DAY)


def _side(atoms: Sequence[Atom]) -> Side | None:
    resolved = list(atoms)
    _resolve(resolved)
    said = {atom.kind: atom for atom in resolved}
    if len(said) < len(resolved) or Kind.NUMBER in said:
        return None
    values = {kind: atom.value for kind, atom in said.items()}
    return Side(
        year=values.get(Kind.YEAR),
        half=values.get(Kind.HALF),
        quarter=values.get(Kind.QUARTER),
        month=values.get(Kind.MONTH),
        day=values.get(Kind.DAY),
        part=said[Kind.PART].part if Kind.PART in said else None,
    )


def _are_consecutive_days(first: Side, last: Side) -> bool:
    """3. und 4. Mai: one month for both, named once."""
    one_month = (first.month is None) != (last.month is None)
    return bool(one_month and first.day and last.day == first.day + 1)


def _interval(first: Side, last: Side) -> str | None:
    """Each end takes from the other what it lacks; over a new year the lent year is one off."""
    if first.day is not None and first.month is None:
        first = replace(first, month=last.month)
    if last.day is not None and last.month is None:
        last = replace(last, month=first.month)
    if _precision(first) != _precision(last) and None in (first.year, last.year):
        return None
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - (_units(first) > _units(last)))
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + (_units(last) < _units(first)))
    notation = f"{first.notation()}/{last.notation()}"
    if notation.startswith("---"):
        return notation if _units(first) < _units(last) else None
    return notation if _is_date(notation.replace("--", f"{_LEAP_YEAR}-")) else None


def _units(side: Side) -> tuple[int, int]:
    return side.month or 0, side.day or 0


def _precision(side: Side) -> tuple[bool, ...]:
    return tuple(unit is not None for unit in (side.half, side.quarter, side.month, side.day))


def _is_date(notation: str) -> bool:
    try:
        parse_date(notation)
    except ValueError:
        return False
    return True


_LONG_NAME = 4


def read_date(line: Line, start: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """The date that begins here: as many of the atoms as make one."""
    atoms = read_atoms(line, start, words)
    for count in range(len(atoms), 0, -1):
        if count < len(atoms) and atoms[count].start < atoms[count - 1].end:
            continue  # one writing in figures is not cut
        notation = assemble(atoms[:count])
        if notation and not _measures(line, atoms[:count], words):
            return _found(line, atoms[:count], notation, words)
    return None


def _found(line: Line, atoms: Sequence[Atom], notation: str, words: Vocabulary) -> tuple[Found, ...] | None:
    span = (atoms[0].start, _with_stop(line.text, atoms))
    deadline = "/" not in notation and _is_deadline(line.text, span, words)
    doubts = tuple(_doubts(line, atoms, notation, deadline, words))
    if "--" in notation:
        return (found(line, span, None, doubts, partial=notation, deadline=deadline),)
    return (found(line, span, parse_date(notation), doubts, deadline=deadline),)


def _doubts(line: Line, atoms: Sequence[Atom], notation: str, deadline: bool, words: Vocabulary) -> Iterator[str]:
    yield from dict.fromkeys(atom.doubt for atom in atoms if atom.doubt)
    if notation.startswith("---"):
        yield "a day without month and year"
    elif "--" in notation:
        yield "a date without its year"
    if has_label(line.text, atoms[0].start, words):
        yield "a date, or the number of what is named before it"
    if [atom.kind for atom in atoms] == [Kind.YEAR] and not (deadline or _is_surely_year(line.text, atoms[0], words)):
        yield "a year, or a number or name that looks like one"


def _is_surely_year(text: str, year: Atom, words: Vocabulary) -> bool:
    return year.marked or words.dates.year_context.before(text, year.start) is not None


def _measures(line: Line, atoms: Sequence[Atom], words: Vocabulary) -> bool:
    """Whether the last number is rather an amount: 2025 documents, June 23 %; or a month's name alone too short."""
    last = atoms[-1]
    if len(atoms) == 1 and last.kind is Kind.MONTH and not last.figure and last.end - last.start < _LONG_NAME:
        return True
    if last.kind not in (Kind.NUMBER, Kind.YEAR) or last.marked:
        return False
    text, end = line.text, last.end
    scale = words.scales.at(text, end, loose=True) or words.scales.at(text, min(end + 1, len(text)), loose=True)
    return bool(
        scale or percent_after(text, end, words) or currency_after(line, end, words) or unit_beside(text, end, words)
    )


def _with_stop(text: str, atoms: Sequence[Atom]) -> int:
    """The end of the date, with the stop that its other end has too: 2025. 8. 10.~13."""
    end = atoms[-1].end
    return end + 1 if text.startswith(".", end) and "." in text[atoms[0].start : end] and _is_bare_end(atoms) else end


def _is_bare_end(atoms: Sequence[Atom]) -> bool:
    return len(atoms) > 1 and atoms[-1].kind is Kind.NUMBER and atoms[-2].kind is Kind.RANGE


def _is_deadline(text: str, span: tuple[int, int], words: Vocabulary) -> bool:
    before = words.dates.deadlines_before.before(text, span[0])
    return before is not None or words.dates.deadlines_after.behind(text, span[1]) is not None
