"""Whether a quotation says a date: its year, the month by name or number, the day, and the part of the year."""

from collections.abc import Iterator, Sequence

from briefgen.check.quoted_numbers import DERIVE, DIFFERS, LOOK_AGAIN, MIXED, UNKNOWN, Fault, unknown_fault
from briefgen.check.source_words import Piece, Role, SourceWords
from briefgen.localise.cldr import month_names_of_every_language
from briefgen.model.dates import FactDate, Interval, Part, Period
from briefgen.model.records import Quoted

Numbers = tuple[int, ...]
_YEAR_DIGITS, _DAY_DIGITS, _SHORTEST_FOREIGN = 4, 2, 2


def date_faults(quoted: Quoted, value: FactDate, words: SourceWords) -> Iterator[Fault]:
    """Yield where the words do not give a date, give it otherwise, or hold numbers that are no part of it."""
    pieces = words.pieces(quoted.words, dates=True)
    ends = (value.start, value.end) if isinstance(value, Interval) else (value,)
    if denied := next((each.text for each in pieces if "not" in each.means), ""):
        yield Fault(MIXED, f"'{denied}' denies what is quoted", DERIVE)
    years = [int(each.text) for each in pieces if each.digits and len(each.text) == _YEAR_DIGITS]
    if not years:
        yield Fault(DIFFERS, f"'{quoted.words}' does not give the year {ends[0].year}", DERIVE)
        return
    small = tuple(each.text for each in pieces if each.digits and len(each.text) != _YEAR_DIGITS)
    if len(years) == 1 and len(ends) == 2 and small[:1] == (f"{ends[1].year % 100:02}",) and ends[1].month is None:
        years, small = [*years, ends[0].year // 100 * 100 + int(small[0])], small[1:]  # 2024-27
    if any(len(text) > _DAY_DIGITS for text in small):
        yield Fault(DIFFERS, f"'{quoted.words}' holds a number that is no day, month or year", LOOK_AGAIN)
        return
    if set(years) != {end.year for end in ends}:
        yield Fault(DIFFERS, f"'{quoted.words}' says {', '.join(map(str, years))}, not {value}", LOOK_AGAIN)
        return
    yield from _named_faults(pieces, ends, quoted, words)
    yield from _day_faults(pieces, ends, tuple(map(int, small)), quoted, words)
    foreign = month_names_of_every_language() if any(each.is_word and not each.means for each in pieces) else ()
    if unknown := unknown_fault(pieces, words, value, foreign):
        yield unknown


def _named_faults(
    pieces: Sequence[Piece], ends: tuple[Period, ...], quoted: Quoted, words: SourceWords
) -> Iterator[Fault]:
    """Yield where a quarter, a half or a part of the year is another than the words name."""
    roles: tuple[tuple[Role, tuple[int | Part | None, ...], bool], ...] = (
        ("quarter", tuple(end.quarter for end in ends), True),
        ("half", tuple(end.half for end in ends), bool(words.reading.halves)),
        ("season", tuple(end.season for end in ends), bool(words.reading.seasons)),
        ("part", tuple(end.part for end in ends), bool(words.reading.date_parts)),
    )
    for role, wanted, listed in roles:
        said, expected = {each.means[role] for each in pieces if role in each.means}, set(wanted) - {None}
        if said == expected:
            continue
        if expected and not said and not listed:
            message = f"no word of '{quoted.words}' is known to mean {', '.join(map(str, expected))}"
            name = {"half": "halves", "season": "seasons"}.get(role, "date_parts")
            hint = words.to_add(f"{name}: {{WORDS: {', '.join(map(str, expected))}}}")
            yield Fault(UNKNOWN, message, hint)
        else:
            yield Fault(DIFFERS, f"'{quoted.words}' names another {role} than the date", LOOK_AGAIN)


def _day_faults(
    pieces: Sequence[Piece], ends: tuple[Period, ...], small: Numbers, quoted: Quoted, words: SourceWords
) -> Iterator[Fault]:
    """Yield where months and days are others than the words have, or cannot be told apart."""
    months = tuple(dict.fromkeys(end.month for end in ends if end.month))
    named = _months(pieces, months)
    if named and named != months:
        yield Fault(DIFFERS, f"'{quoted.words}' names another month than the date", LOOK_AGAIN)
        return
    first = next(each for each in pieces if each.digits)
    year_first = len(first.text) == _YEAR_DIGITS
    either = words.reading.either_date_order and not year_first and not named
    month_first = year_first or words.month_first
    if small in _written(ends, named=bool(named), month_first=month_first):
        if either and _is_both(small):
            yield Fault(UNKNOWN, f"'{quoted.words}' may be day and month, or month and day", DERIVE)
        return
    swapped = _written(ends, named=bool(named), month_first=not month_first)
    if small not in swapped or _is_both(small):
        yield Fault(DIFFERS, f"the days and months of '{quoted.words}' are not those of the date", LOOK_AGAIN)


def _months(pieces: Sequence[Piece], wanted: Numbers) -> Numbers:
    """Return the months that are named; by a name of any language where the source's has none of them."""
    found = [month for each in pieces if isinstance(month := each.means.get("month"), int)]
    if not found and wanted:
        unknown = [each for each in pieces if each.is_word and not each.means and len(each.text) > _SHORTEST_FOREIGN]
        every = month_names_of_every_language() if unknown else {}
        meant = [every.get(each.text.lower(), frozenset()) for each in unknown]
        found = [month for months in meant if len(months) == 1 for month in months]
    return tuple(dict.fromkeys(found))


def _is_both(small: Numbers) -> bool:
    """Return whether day and month could change places."""
    return len(small) > 1 and small[0] != small[1] and all(number <= 12 for number in small[:2])


def _written(ends: tuple[Period, ...], *, named: bool, month_first: bool) -> tuple[Numbers, ...]:
    """Return how days and months of a date may follow each other in figures; a named month is none of them."""
    pairs = [(end.month or 0, end.day or 0) for end in ends]
    days, months = [day for _, day in pairs], [0 if named else month for month, _ in pairs]
    sides = [(month, day) if month_first else (day, month) for month, day in zip(months, days, strict=True)]
    forms = [tuple(number for side in sides for number in side)]
    if len({*months}) == 1:
        forms.append((months[0], *days) if month_first else (*days, months[0]))
    return tuple(tuple(filter(None, form)) for form in forms)
