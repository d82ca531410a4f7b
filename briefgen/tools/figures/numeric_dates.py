"""Dates written in figures alone: 11/08/2025, 2025-08-11, 11.8.2025; each language has an order of its own."""

import re
from dataclasses import dataclass

from briefgen.tools.figures.vocabulary import Vocabulary

_ISO = re.compile(r"(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d|[-/.]\d)")
_THREE = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})(?!\d|[-/.]\d)")
_THREE_STOPS = re.compile(r"(?P<a>\d{1,2})\. ?(?P<b>\d{1,2})\. ?(?P<y>\d{4})(?!\d|\.\d)")
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})(?![\d/])")
_ISO_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])(?!\d|[-/.]\d)")
_SLASHED = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/]|[.,]\d)")
_STOPPED = re.compile(r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?!\d)")
_RANGE_AHEAD = re.compile(r" ?- ?\d{1,2}/\d{1,2}/\d{4}")
_SPACED = re.compile(r"(?P<y>\d{4})\. ?(?P<m>\d{1,2})\.(?: ?(?P<d>\d{1,2})\.?)?(?!\d)")
_SPACED_END = re.compile(r"(?P<m>\d{1,2})\. ?(?P<d>\d{1,2})\.?(?!\d)")
_NUMERIC_CENTURY = 2000
Fields = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The fields in the order written, by the letters d, m and y."""

    fields: Fields
    start: int
    end: int
    doubt: str = ""


def read_numeric(text: str, start: int, words: Vocabulary, *, loose: bool) -> Written | None:
    """The date in figures that begins here; day and month without a year only where `loose`, or a range follows."""
    if start >= len(text) or not text[start].isdigit() or (start and text[start - 1].isdigit()):
        return None
    if words.dates.marks.spaced and (spaced := _spaced(text, start, loose)):
        return spaced
    if match := _ISO.match(text, start):
        return _checked(match, (("y", int(match["y"])), ("m", int(match["m"])), ("d", int(match["d"]))))
    if match := _THREE.match(text, start) or _THREE_STOPS.match(text, start):
        return _day_and_month(match, words)
    if match := _MONTH_YEAR.match(text, start):
        return _checked(match, (("m", int(match["m"])), ("y", int(match["y"]))))
    if match := _ISO_MONTH.match(text, start):
        doubt = "a month, or two years" if int(match["m"]) > int(match["y"]) % 100 else ""
        return _checked(match, (("y", int(match["y"])), ("m", int(match["m"]))), doubt)
    return _without_year(text, start, words, loose)


def _without_year(text: str, start: int, words: Vocabulary, loose: bool) -> Written | None:
    """Day and month only: 10.8. where the stop marks no decimals; 10/8 after a word for day or in a range."""
    if words.decimal != "." and (match := _STOPPED.match(text, start)):
        return _day_and_month(match, words)
    match = _SLASHED.match(text, start)
    if match and (loose or _RANGE_AHEAD.match(text, match.end())):
        return _day_and_month(match, words)
    return None


def _spaced(text: str, start: int, loose: bool) -> Written | None:
    if match := _SPACED.match(text, start):
        day = (("d", int(match["d"])),) if match["d"] else ()
        return _checked(match, (("y", int(match["y"])), ("m", int(match["m"])), *day))
    if loose and (match := _SPACED_END.match(text, start)):
        return _checked(match, (("m", int(match["m"])), ("d", int(match["d"]))))
    return None


def _day_and_month(match: re.Match[str], words: Vocabulary) -> Written | None:
    """Day and month in the order of the language, or in the other order where only that makes a date."""
    first, second = int(match["a"]), int(match["b"])
    order = "md" if words.dates.marks.month_first else "dm"
    doubts = []
    if (order == "dm" and second > 12) or (order == "md" and first > 12):
        order = order[::-1]
        if not words.words.either_date_order:
            doubts.append("day and month stand in an unusual order")
    elif words.words.either_date_order and first != second and max(first, second) <= 12:
        doubts.append("day and month could be the other way round")
    year = match.groupdict().get("y")
    if year and len(year) == 2:
        doubts.append("a year of two digits")
    years = () if not year else (("y", int(year) + (_NUMERIC_CENTURY if len(year) == 2 else 0)),)
    return _checked(match, ((order[0], first), (order[1], second), *years), "; ".join(doubts))


def _checked(match: re.Match[str], fields: Fields, doubt: str = "") -> Written | None:
    limits = {"d": 31, "m": 12, "y": 2999}
    if all(1 <= value <= limits[letter] for letter, value in fields):
        return Written(fields, match.start(), match.end(), doubt)
    return None
