"""Reads dates, periods and ranges of dates, also those without a year: tokens first, then what these make together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefgen.model.dates import FactDate, Part, parse_date
from briefgen.tools.figures import Kind, Reading, TextLine, Vocabulary, is_narrow, skip
from briefgen.tools.figures.numbers import has_label, measure_after


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a date with one field, or a date in figures with several, in the order written."""

    fields: Mapping[Kind, int]
    start: int
    end: int
    figure: bool = True
    """Whether a bare number across a range may be of the same kind: 1~3월, but not 1 to May."""
    marked: bool = False
    """Whether a word or the form makes it a year."""
    doubt: str = ""

    @property
    def kind(self) -> Kind:
        """The kind of its last field."""
        return list(self.fields)[-1]


_PLAIN = re.compile(r"\d{1,4}(?!\d|[.,]\d)")
_SPACES = re.compile(r" {1,2}(?! )")
_WEEKDAY = re.compile(r" ?\([^\W\d_]{1,3}\)")
_NEXT_YEAR = re.compile(r"/(?=(?:\d\d){1,2}(?!\d))")
_COMMA = r", {1,2}(?=\d{4}(?!\d))"  # May 5, 2024
_SEPARATORS: Mapping[Kind, re.Pattern[str]] = {
    "part": re.compile(rf"-|{_COMMA}"),  # mid-2026
    "number": re.compile(rf"-(?=[^\W\d_])|{_COMMA}"),  # 8-May-2006
    "day": re.compile(_COMMA),
    **dict.fromkeys(("month", "quarter", "half"), re.compile(rf"[/-](?=\d{{4}}(?!\d))|{_COMMA}")),  # quý III/2025
}
_YEARS_MARKED, _YEARS = range(1000, 3000), range(1800, 2200)
_SHORT_NAME, _MOST_TOKENS, _DECEMBER = 4, 9, 12
_CENTURY, _LEAP_JANUARY = 2000, (2000, 1)
_EDTF: Mapping[Kind, int] = {"month": 0, "quarter": 32, "half": 39}
"""Added to the number of a month, quarter or half, it gives the number that the records' notation has for it."""


def read_date(line: TextLine, start: int, words: Vocabulary) -> Reading | None:
    """Return the date that begins here: as many of the tokens as make one."""
    tokens: list[Token] = []
    begin = start
    while len(tokens) < _MOST_TOKENS and (token := _token_at(line, begin, tokens, words)):
        tokens.append(token)
        begin = _past_fillers(line.text, token, words)
    for count in range(len(tokens), 0, -1):
        notation = _assemble(tokens[:count])
        if notation and not _is_amount(line, tokens[:count], words):
            return _reading(line, tokens[:count], notation, words)
    return None


def _reading(line: TextLine, tokens: Sequence[Token], notation: str, words: Vocabulary) -> Reading:
    start, end = tokens[0].start, tokens[-1].end
    before, after = words.deadlines_before.before(line.text, start), words.deadlines_after.after(line.text, end)
    deadline = "/" not in notation and bool(before or after)
    doubts = [token.doubt for token in tokens]
    if "--" in notation:
        doubts.append("a day without month and year" if notation.startswith("---") else "a date without its year")
    if has_label(line.text, start, words):
        doubts.append("a date, or the number of what is named before it")
    is_plain = len(tokens) == 1 and tokens[0].kind == "year" and not tokens[0].marked
    if is_plain and not deadline and not words.year_context.before(line.text, start):
        doubts.append("a year, or a number or name that looks like one")
    quantity = None if "--" in notation else parse_date(notation)
    match = line.match(start, end, quantity, *doubts, partial="" if quantity else notation)
    return (replace(match, deadline=deadline),)


def _is_amount(line: TextLine, tokens: Sequence[Token], words: Vocabulary) -> bool:
    """Return whether the last number is an amount (2025 documents, June 23 %), or a short name is all (may)."""
    last = tokens[-1]
    if last.kind in ("number", "year") and not last.marked:
        measure = measure_after(line, last.start, last.end, words, apart=False)
        return bool(measure or words.scales.after(line.text, last.end))
    return len(tokens) == 1 and last.kind == "month" and not last.figure and last.end - last.start < _SHORT_NAME


def _token_at(line: TextLine, at: int, before: Sequence[Token], words: Vocabulary) -> Token | None:
    in_range = any(token.kind in ("range", "and") for token in before)
    day = words.day_before.at(line.text, at)
    begin = skip(_SPACES, line.text, day.end) if day else at
    token = _numerals(line.text, begin, words, loose=in_range or day is not None)
    token = token or _name(line, at, words) or _number(line.text, at, words)
    return token if token or in_range or not before else _connective(line.text, at, before, words)


def _name(line: TextLine, at: int, words: Vocabulary) -> Token | None:
    for kind, lexicon in words.date_names:
        if hit := lexicon.at(line.text, at):
            is_verb = kind == "month" and words.capital_months and not line.written(at, at + 1).isupper()  # may
            figure = any(map(str.isdigit, line.text[at : hit.end]))
            return None if is_verb else Token({kind: hit.value}, at, hit.end, figure)
    return None


def _number(text: str, at: int, words: Vocabulary) -> Token | None:
    """Return a year, a day with its mark (11일, ngày 11), or a number (23rd) whose neighbours will say what it is."""
    year_mark, day_mark = words.year_before.at(text, at), words.day_before.at(text, at)
    mark = year_mark or day_mark
    number = _PLAIN.match(text, skip(_SPACES, text, mark.end) if mark else at)
    if number is None:
        return None
    value, end = int(number.group()), number.end()
    if len(number.group()) > 2 or year_mark:
        after = words.year_after.after(text, end)
        marked, end = bool(year_mark or after), after.end if after else end
        is_year = value in (_YEARS_MARKED if marked else _YEARS) and not is_narrow(text[end : end + 1])
        return Token({"year": value}, at, end, marked=marked) if is_year else None
    day, unit = words.day_after.after(text, end), words.units.after(text, end)
    if day_mark or (day and not (unit and unit.end > day.end)):  # 11일, but not the 11 days of 11일간
        return Token({"day": value}, at, day.end if day else end)
    after = words.year_after.at(text, end)
    if after and end - at == 2 and words.months.at(text, skip(_SPACES, text, after.end)):  # 24년 8월; 24년 is 24 years
        return Token({"year": _CENTURY + value}, at, after.end, marked=True, doubt="a year of two digits")
    suffixes = (after for _, after in words.ordinals if after.isalpha())
    end = max((end + len(suffix) for suffix in suffixes if text.startswith(suffix, end)), default=end)
    return None if is_narrow(text[end : end + 1]) else Token({"number": value}, at, end)


def _connective(text: str, at: int, before: Sequence[Token], words: Vocabulary) -> Token | None:
    if hit := words.ranges.at(text, at):
        return Token({"range": 0}, at, hit.end)
    if before[-1].kind == "year" and (slash := _NEXT_YEAR.match(text, at)):
        return Token({"range": 0}, at, slash.end(), doubt="two years in a row, or either of them")
    if hit := words.ands.at(text, at):
        return Token({"range" if words.between.before(text, before[0].start) else "and": 0}, at, hit.end)
    return None


def _past_fillers(text: str, last: Token, words: Vocabulary) -> int:
    """Return the position after the spaces, stops and small words that may separate a token from the next."""
    position = skip(_WEEKDAY, text, last.end)
    short = last.end - last.start <= _SHORT_NAME
    day, year = words.stop_after_day, words.stop_after_year
    if text.startswith(".", position) and {"year": year, "month": short, "day": day, "number": day}.get(last.kind):
        position += 1
    if last.kind in _SEPARATORS and (separator := _SEPARATORS[last.kind].match(text, position)):
        return separator.end()
    position = skip(_SPACES, text, position)
    filler = words.date_fillers.at(text, position)
    return skip(_SPACES, text, filler.end) if filler else position


_FIELDS: Mapping[str, Kind] = {"y": "year", "m": "month", "d": "day"}
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d|(?P=mark)\d)")
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/]|\. ?)(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})(?!\d|(?P=mark)\d)")
_SHORT_YEAR = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{2})(?!\d|[-/.]\d)")
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})(?![\d/])")
_YEAR_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])(?!\d|[-/.]\d)")
_STOPPED = re.compile(r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?!\d)")
_SLASHED = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/]|[.,]\d)")
_SLASHED_RANGE = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?= ?- ?\d{1,2}/\d{1,2}/\d{4})")
_SPACED = re.compile(r"(?P<y>\d{4})\. ?(?P<m>\d{1,2})\.(?: ?(?P<d>\d{1,2})\.?)?(?!\d)")
_SPACED_END = re.compile(r"(?P<m>\d{1,2})\. ?(?P<d>\d{1,2})\.?(?!\d)")
_SPACED_DAY = re.compile(r"(?P<d>\d{1,2})\.(?!\d)")


def _numerals(text: str, start: int, words: Vocabulary, *, loose: bool) -> Token | None:
    """Return the date in figures here; without a year only if `loose`, before a range, or if stops mark no decimals."""
    forms = (
        *((_SPACED,) if words.spaced_stops else ()),
        *((_SPACED_END, _SPACED_DAY) if words.spaced_stops and loose else ()),
        *(_YEAR_FIRST, _YEAR_LAST, _SHORT_YEAR, _MONTH_YEAR, _YEAR_MONTH),
        *((_STOPPED,) if words.decimal != "." else ()),
        _SLASHED if loose else _SLASHED_RANGE,
    )
    return next((_from_numerals(match, words) for form in forms if (match := form.match(text, start))), None)


def day_and_month(slashed: str, words: Vocabulary) -> str:
    """Return the day and month that 26/3 may be, as `--03-26`; empty if it can be none."""
    match = _SLASHED.fullmatch(slashed)
    return _assemble([_from_numerals(match, words)]) if match else ""


def _from_numerals(match: re.Match[str], words: Vocabulary) -> Token:
    found = {name: int(digits) for name, digits in match.groupdict().items() if digits and name != "mark"}
    doubts = []
    if "a" in found:  # day and month in the order of the language, or in the other where only that makes a date
        first, second = found.pop("a"), found.pop("b")
        is_swapped = (first if words.month_first else second) > _DECEMBER
        order = "md" if words.month_first is not is_swapped else "dm"
        found = {order[0]: first, order[1]: second, **found}
        is_stopped = words.month_first and "." in match.group()  # which is how those write who begin with the day
        is_turned = match.re in (_YEAR_LAST, _SHORT_YEAR) and (words.year_first or is_stopped)
        is_either = words.either_date_order or is_turned
        if is_swapped and not is_either:
            doubts.append("day and month stand in an unusual order")
        if is_either and first != second and max(first, second) <= _DECEMBER:
            doubts.append("day and month could be the other way round")
    if match.re is _SHORT_YEAR:
        found["y"] += _CENTURY
        doubts.append("a year of two digits")
    if match.re is _YEAR_MONTH and found["m"] > found["y"] % 100:
        doubts.append("a month, or two years")
    fields = {_FIELDS[name]: value for name, value in found.items()}
    return Token(fields, *match.span(), marked=True, doubt="; ".join(doubts))


def _assemble(tokens: Sequence[Token]) -> str:
    """Return the date in the records' notation, without its year `--02-09`, or month `---09`; empty if it is none."""
    at = next((i for i, token in enumerate(tokens) if token.kind in ("range", "and")), len(tokens))
    left, right = _with_days(tokens[:at]), _with_days(tokens[at + 1 :])
    if left and right:
        left, right = _infer_kinds(left, right)
    first, last = _side(left), _side(right)
    notation = ""
    if at == len(tokens):
        notation = _notation(first) if first.keys() & {"year", "month", "day"} else ""
    elif first and last:
        is_pair = ("month" in first) is not ("month" in last) and last.get("day") == first.get("day", 0) + 1
        notation = _interval(first, last) if is_pair or tokens[at].kind == "range" else ""  # 3. und 4. Mai
    return notation if complete(notation, _LEAP_JANUARY, _LEAP_JANUARY) else ""


def _with_days(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with each bare number beside a month as a day."""
    months = {i for i, token in enumerate(tokens) if "month" in token.fields}
    return [_as("day", token) if {i - 1, i + 1} & months else token for i, token in enumerate(tokens)]


def _as(kind: Kind, token: Token, century: int = 0) -> Token:
    """Return a bare number as a number of some kind; other tokens as they are."""
    return replace(token, fields={kind: token.fields["number"] + century}) if token.kind == "number" else token


def _infer_kinds(left: list[Token], right: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return both sides; a bare number at the range is of the kind on the other side: 10–13 August, 1~3월, 2024–27."""
    last, first = left[-1], right[0]
    if first.figure:
        left = [*left[:-1], _as(next(iter(first.fields)), last)]
    if last.kind == "year" and first.start == last.end + 1:
        century, year = divmod(last.fields["year"], 100)
        right = [_as("year", first, century * 100) if first.fields.get("number", 0) > year else first, *right[1:]]
    elif last.kind != "year" and last.figure:
        right = [_as(last.kind, first), *right[1:]]
    return left, right


def _side(tokens: Sequence[Token]) -> dict[Kind, int]:
    """Return the fields of a date, or of one end of a range; none if one comes twice or a bare number is left."""
    side = {kind: value for token in tokens for kind, value in token.fields.items()}
    return side if len(side) == sum(len(token.fields) for token in tokens) and "number" not in side else {}


def _interval(first: dict[Kind, int], last: dict[Kind, int]) -> str:
    """Return the range; each end takes the month and year it lacks from the other, which may be in another year."""
    for side, other in ((first, last), (last, first)):
        if "day" in side and "month" in other:
            side.setdefault("month", other["month"])
    if first.keys() - {"year", "part"} != last.keys() - {"year", "part"} and not ("year" in first and "year" in last):
        return ""
    begin, end = ([*(side.get(kind, 0) for kind in _EDTF), side.get("day", 0)] for side in (first, last))
    if "year" in last:
        first.setdefault("year", last["year"] - (begin > end))
    if "year" in first:
        last.setdefault("year", first["year"] + (begin > end))
    return f"{_notation(first)}/{_notation(last)}"


def _notation(side: Mapping[Kind, int]) -> str:
    if side.keys() == {"day"}:
        return f"---{side['day']:02}"
    year = f"{side['year']:04}" if "year" in side else "-"
    units = [f"{side[unit] + base:02}" for unit, base in _EDTF.items() if unit in side]
    if "day" in side:
        units = [*(units or ["00"]), f"{side['day']:02}"]  # no month 00: a day of a year is no date
    part = f"{tuple(Part)[side['part']]} " if "part" in side else ""
    return part + "-".join([year, *units])


def is_like_a_month(word: str, words: Vocabulary) -> bool:
    """Return whether a word may be a month in a case that CLDR does not have: w czerwcu 2025, у вересні 2025."""
    return any(is_like(word, name) for name in words.months.meanings)


def is_like(word: str, name: str, *, ending: int = 2) -> bool:
    """Return whether two words differ by their endings alone, these by so many letters at most."""
    shorter = min(len(word), len(name))
    alike = max(_SHORTEST_NAME, shorter - 1 - (shorter > _LONG_NAME))
    return abs(len(word) - len(name)) <= ending and shorter >= alike and word[:alike] == name[:alike]


_SHORTEST_NAME, _LONG_NAME = 3, 5


def complete(notation: str, *ends: tuple[int, int]) -> FactDate | None:
    """Return the date, with the year that it lacks (`--02-09`), or the year and month (`---09`), given for each end."""
    sides = zip(notation.split("/"), ends, strict=False)
    full = (side.replace("---", f"{y:04}-{m:02}-").replace("--", f"{y:04}-") for side, (y, m) in sides)
    try:
        return parse_date("/".join(full))
    except ValueError:
        return None
