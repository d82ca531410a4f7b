"""Figures compared with the words they were read from: a second entry that every record carries with it."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import ge, gt
from typing import assert_never

from briefgen.check.evidence import lines_of
from briefgen.check.quoted_numbers import (
    DERIVE,
    DIFFERS,
    LOOK_AGAIN,
    MIXED,
    UNKNOWN,
    NumberFault,
    Quotation,
    amount_faults,
    fraction_faults,
    ordinal_faults,
    unknown_fault,
)
from briefgen.check.source_words import Piece, SourceWords, is_unspaced, plain, source_words, unknown_phrase
from briefgen.localise.cldr import is_country, locale, month_names_of_every_language, territory_names
from briefgen.localise.language import (
    BESIDE_DATE,
    DATE_BESIDE,
    FROM,
    FROM_BEHIND,
    ReadingWords,
    in_common_era,
    language_hint,
)
from briefgen.model import remembered
from briefgen.model.book import FactBook, FactFile, KeyPath
from briefgen.model.dates import FactDate, Interval, Part, Period, ends_of
from briefgen.model.findings import Finding
from briefgen.model.quantities import Bound, Count, Fraction, Money, Name, Ordinal, Percent
from briefgen.model.records import Quoted

MOST_WORDS = 12
_CAPITAL = re.compile(r"(?<![^\W\d_])[A-Z](?=[^\W\d_])")
_NAME_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSubject:
    """The facts with their records, and the words of each language in which a record's source is written."""

    book: FactBook
    reading: Mapping[str, ReadingWords]
    known: tuple[str, ...] = ()
    """The languages that have a file."""

    def words(self, language: str) -> SourceWords | None:
        """Return the words of a language; None where CLDR does not know it."""
        return source_words(language, self.reading.get(language))


def long_quotations(subject: RecordSubject) -> Iterator[Finding]:
    """E215: a figure has no quotation, or one of more than twelve words."""
    hint = f"quote the few words that give the figure, {MOST_WORDS} at most: the text itself is not ours"
    for path, _, quoted in _quotations(subject.book):
        number = len(quoted.words.split())
        if not 1 <= number <= MOST_WORDS:
            message = f"the quotation has {number} words" if number else "the quotation is empty"
            yield Finding(subject.book.locate((*path, "as")), "E215", message, hint=hint)


def differing_quotations(subject: RecordSubject) -> Iterator[Finding]:
    """E216: the quotation says something else than the figure."""
    return _findings(subject, DIFFERS)


def unclear_quotations(subject: RecordSubject) -> Iterator[Finding]:
    """E217: a word of the quotation cannot be named, so that its figure is not certain, or none of the language."""
    for id, source in subject.book.sources.items():
        if subject.words(code := source.language) is None:
            message = f"the language '{code}' is not known, so the words of the figures are not"
            hint = f"{language_hint(code, subject.known)}; or add a file for it in templates/languages/"
            yield Finding(subject.book.locate(("sources", id, "language")), "E217", message, hint=hint)
    yield from _findings(subject, UNKNOWN)


def mixed_quotations(subject: RecordSubject) -> Iterator[Finding]:
    """E218: the quotation denies or limits its figure, or holds another one besides."""
    return _findings(subject, MIXED)


def _findings(subject: RecordSubject, code: str) -> Iterator[Finding]:
    for path, fault in _faults(subject):
        if fault.code == code:
            yield Finding(subject.book.locate((*path, "as")), code, fault.message, hint=fault.hint)


@remembered(1)
def _faults(subject: RecordSubject) -> tuple[tuple[KeyPath, NumberFault], ...]:
    """Return what is wrong with each quotation, for the checks of all codes."""
    return tuple(
        (path, fault)
        for path, language, quoted in _quotations(subject.book)
        for fault in faults_of(subject.book, quoted, language, subject.words(language))
    )


def _quotations(book: FactBook) -> Iterator[tuple[KeyPath, str, Quoted]]:
    for id, path, line in lines_of(book):
        for name, quoted in line.figures.items():
            yield (*path, "figures", name), book.sources[id].language, quoted


def faults_of(book: FactBook, quoted: Quoted, language: str, words: SourceWords | None) -> Iterator[NumberFault]:
    """Yield what is wrong with one quotation."""
    if isinstance(quoted.value, Name):
        id, file = quoted.value.id, book.file
        if id in book.elsewhere | book.unread and not any(id in names for names in file.named.values()):
            return  # another partnership's name, in a record that both cite; or one whose entry is told
        yield from name_faults(quoted, quoted.value, names_like(book.file, quoted.value.id, language))
    elif words is not None:  # else the language itself is told
        yield from value_faults(quoted, words)


def value_faults(quoted: Quoted, words: SourceWords) -> Iterator[NumberFault]:
    """Yield what is wrong with the quotation of an amount, a place in a series or a date."""
    match quoted.value:
        case Money() | Count() | Percent() as amount:
            return amount_faults(quoted, amount, words)
        case Fraction() as fraction:
            return fraction_faults(quoted, fraction, words)
        case Ordinal() as ordinal:
            return ordinal_faults(quoted, ordinal, words)
        case Period() | Interval() as when:
            return date_faults(quoted, when, words)
        case Name():
            return iter(())
        case other:
            assert_never(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesSaid:
    """The parts of the names of all parties, of all people or of all terms, by their ids."""

    parts: Mapping[str, frozenset[str]]
    rival: Callable[[set[str], set[str]], bool]
    """Whether another name is meant as well, by the words that fit that one and this."""
    capital: bool = False
    """Whether no word in small letters is part of one, as "to" is not of To Lam."""
    whole: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    """Of parties, the words of each of their names."""
    others: frozenset[str] = frozenset()
    """Names of countries, of which none is another one's with an ending: Nigeria is not of Niger."""

    def fitting(self, words: str, fits: Callable[[str, frozenset[str]], bool]) -> dict[str, set[str]]:
        """Return the words that fit each name."""
        return {
            id: {word for word in _parts(words) if fits(word, parts) and (word in parts or word not in self.others)}
            for id, parts in self.parts.items()
        }

    def is_whole(self, id: str, words: str) -> bool:
        """Return whether the words have all of a name."""
        return any(each.issubset(_parts(words)) for each in self.whole.get(id, ()))


def names_like(file: FactFile, id: str, language: str) -> NamesSaid:
    """Return the names among which an id is; those of a party are also those of the country, and initials as ROK."""
    if id in file.parties:
        parties = file.parties.items()
        names = {each: (party.name, *filter(None, (party.short,)), *party.aliases) for each, party in parties}
        names = {each: (*own, *_territories(each, own, language)) for each, own in names.items()}
        parts = {each: _party_parts(forms) for each, forms in names.items()}
        whole = {each: tuple(frozenset(_parts(form)) for form in forms) for each, forms in names.items()}
        others = _names_of_countries(language)
        return NamesSaid(parts=parts, rival=_is_rival, whole=whole, others=others)
    people = {each: (person.name, *person.aliases) for each, person in file.people.items()}
    terms = {each: (term.name, term.short, *term.aliases) for each, term in file.terms.items()}
    terms |= {each: (body.name, *body.aliases) for each, body in file.bodies.items()}
    named, is_as_many = (people, ge) if id in people else (terms, gt)
    parts = {each: frozenset(part for name in forms for part in _parts(name)) for each, forms in named.items()}
    return NamesSaid(parts=parts, rival=lambda other, own: is_as_many(len(other), len(own)), capital=id in people)


def name_faults(quoted: Quoted, name: Name, names: NamesSaid) -> Iterator[NumberFault]:
    """Yield where the words share no part of a name, or fit another one as well."""
    words = " ".join(w for w in quoted.words.split() if not (names.capital and w.islower()))
    own: set[str] = set()
    for fits in (_fits, _is_form):
        fitting = names.fitting(words, fits)
        if own := fitting.pop(name.id, set()):
            break
    is_whole = names.is_whole(name.id, words)  # Guinea, and not Guinea-Bissau
    rivals = [
        f"@{id}"
        for id, others in fitting.items()
        if names.rival(others, own) and not (is_whole and others <= own and not names.is_whole(id, words))
    ]
    if not own:
        hint = f"correct the one that is wrong, or add this spelling to the 'aliases' of '{name.id}' in the facts"
        yield NumberFault(DIFFERS, f"no word of '{quoted.words}' is part of the name of {name}", hint)
    elif rivals:
        yield NumberFault(MIXED, f"'{quoted.words}' names {', '.join(rivals)} as well as {name}", LOOK_AGAIN)


def _is_rival(other: set[str], own: set[str]) -> bool:
    return bool(other) and not other < own  # two are United ...


@lru_cache(maxsize=16)
def _names_of_countries(language: str) -> frozenset[str]:
    """Return those of one word, in a language and in English."""
    try:
        names = [str(name) for code in (language, "en") for name in locale(code).territories.values()]
    except ValueError:  # the language itself is told
        return frozenset()
    return frozenset(parts[0] for parts in map(_parts, names) if len(parts) == 1)


def name_score(quotation: str, parts: frozenset[str]) -> int:
    """Return how many words of a quotation are parts of a name, or begin with a long one, as Korean with Korea."""
    return sum(_fits(word, parts) for word in _parts(quotation))


def _territories(party: str, names: Iterable[str], language: str) -> frozenset[str]:
    try:
        return territory_names(party, language) if is_country(party, names) else frozenset()
    except ValueError:
        return frozenset()


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str, ...]:
    """Return the words of a name without accents, so that Tô Lâm is To Lam."""
    letters = unicodedata.normalize("NFD", plain(text).casefold().replace("đ", "d"))
    stripped = "".join(each for each in letters if unicodedata.category(each) != "Mn")
    return tuple(_NAME_PART.findall(unicodedata.normalize("NFC", stripped)))


def _party_parts(names: Collection[str]) -> frozenset[str]:
    parts = [_parts(name) for name in names]
    initials = {"".join(part[0] for part in each) for each in parts if len(each) > 1}
    initials |= {"".join(_CAPITAL.findall(name)).lower() for name in names}  # DPRK
    return frozenset({*initials, *("".join(each) for each in parts), *(part for each in parts for part in each)})


def _fits(word: str, parts: frozenset[str]) -> bool:
    long = (part for part in parts if len(part) >= 4 or is_unspaced(part))
    return word in parts or any(word.startswith(part) for part in long)


def _is_form(word: str, parts: frozenset[str]) -> bool:
    """Return whether a word is one of these or another case of it: України of Україна, Сікорського of Сікорський."""
    stems = (part[: -1 if len(part) < _TWO_LETTERS_LESS else -2] for part in parts if len(part) >= _SHORTEST_CASED)
    return _fits(word, parts) or any(word.startswith(stem) and len(word) - len(stem) <= _LONGEST_CASE for stem in stems)


_SHORTEST_CASED, _TWO_LETTERS_LESS, _LONGEST_CASE = 6, 8, 3
"""How long a name is whose last letter, or last two, may be others, and the most letters that stand for them.

Of shorter ones the rest would be that of others too: China is no Chinh.
"""
Numbers = tuple[int, ...]
_SOLAR_OR_LUNAR = (range(1300, 1500), "Islamic or Persian", "(?!)")
_ETHIOPIAN = (range(1900, 2100), "Ethiopian", r"እ\.? ?ኤ\.? ?አ\.?")
_CALENDARS = {
    **dict.fromkeys(("fa", "ps", "ckb", "ar", "ur"), _SOLAR_OR_LUNAR),
    **dict.fromkeys(("am", "ti"), _ETHIOPIAN),
    "ne": (range(2060, 2120), "Nepali", r"[ईइ]\.? ?सं\.?"),
}
"""Languages that write years of a calendar of their own: which they may be, its name, what marks the Common Era."""


def _calendar_of(language: str) -> tuple[range, str, str]:
    return _CALENDARS.get(re.split("[-_]", language)[0], (range(0), "", "(?!)"))


def _other_calendar(years: Sequence[int], said: Quotation[FactDate]) -> str:
    """Return the calendar of its language that a year may be of; empty where it is one of the Common Era."""
    of_own, name, mark = _calendar_of(said.words.language)
    is_of_own = any(year in of_own for year in years) and not re.search(mark, said.quoted.words)
    return name if is_of_own else ""


_DECADE_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:años|anos|an(?:n[ié]|né)es|anni|anys|anii|jaren|jahren?|years|lata?|latach|léta|letech|roky|rokoch|"
    r"годы|годах|годов|роки|роках|років|åren|vuosina|χρόνια|miaka|những năm|thập (?:niên|kỷ)|decades?|d[éeè]cadas?|"
    r"dècada|décennies?|decenni\w*|dekad\w*|jahrzehnt\w*|desetilet\w*|десятилет\w*|десятиліт\w*|δεκαετία\w*|ทศวรรษ|"
    r"ده(?:ه|هٔ|ه‌ی)|שנות|سنوات|[اأ]عوام|\w*ينيات|muongo|dekada)"
    r"(?: (?:de|del|of|the|von|der|van|van de|ya|wa|عام|του))? ?$"
)
_DECADE_AFTER = re.compile(
    r"s(?![^\W\d_])|-?er(?:ne|n)?(?![^\W\d_])|年代|년대|-(?:е|х|ті|тих|те|ые|ых|жылдар\w*)(?![^\W\d_])|-?tal(?:et)?s?(?!\w)|"
    r"-lu[vk]u|'?l[ae]r|'?l[uüıi] yıllar|-?[aáeéoöiíuü]s évek|-an(?!\w)| (?:के|का|की) दशक|-ml\w* il|'?-?luvul"
)
_YEARS_GO_ON = re.compile(r" ?(?:[,/-]|[^\W\d_]{1,4}) ?(?:\d{4}|\d\d)(?!\d)")


def decade_said(before: str, year: int, after: str) -> str:
    """Return what makes ten years of the year that stands between: años 2030, 2030s, 2030年代; else empty."""
    before, after = plain(before[-_REACH:]).lower(), plain(f".{after[:_REACH]}").lower()[1:]
    head, tail = _DECADE_BEFORE.search(before), _DECADE_AFTER.match(after)
    if year % 10 or not (head or tail) or _YEARS_GO_ON.match(after):
        return ""
    return f"{head[0] if head else ''} {year}{tail[0] if tail else ''}".strip()


_REACH = 24
"""Characters beside a year that are looked at."""
_YEAR_DIGITS, _DAY_DIGITS, _SHORTEST_FOREIGN = 4, 2, 2


def date_faults(quoted: Quoted, value: FactDate, words: SourceWords) -> Iterator[NumberFault]:
    """Yield where the words do not give a date, give it otherwise, or hold numbers that are no part of it."""
    written = in_common_era(re.sub(_calendar_of(words.language)[2], "", quoted.words), words.language)
    said = Quotation(quoted, value, words, words.pieces(written, dates=True, written=quoted.words))
    ends = ends_of(value)
    yield from (NumberFault(MIXED, f"'{word}' denies what is quoted", DERIVE) for word, _ in said.said("not")[:1])
    rough = (word for word, meaning in said.said("bound") if meaning == Bound.ABOUT and word[0].isalpha())
    sure = (word for word in rough if word.lower() not in words.doubtful)
    yield from (NumberFault(MIXED, f"'{word}' makes an estimate of it", DERIVE) for word in sure)
    marks = [each.text for each in said.pieces if each.text in "~≈<>≥≤±+?"] if len(ends) == 1 else []
    yield from (NumberFault(MIXED, f"'{mark}' beside the date makes it another", DERIVE) for mark in marks[:1])
    if found := _time_beside(written, ends):
        message = f"'{found}' may mean a time beside it, or all from then on, and so no day of it"
        yield NumberFault(
            UNKNOWN, message, f"{DERIVE}: before 2030 is by 2029; of what begins then, quote the date alone"
        )
    yield from (NumberFault(MIXED, f"'{words}' makes another time of it", DERIVE) for words in _spans(said)[:1])
    years = [int(each.text) for each in said.pieces if each.digits and len(each.text) == _YEAR_DIGITS]
    head, _, tail = written.partition(str(ends[0].year))
    if len(ends) == 1 and (decade := decade_said(head, ends[0].year, tail)):
        yield NumberFault(DIFFERS, f"'{decade}' are ten years, and not one", DERIVE)
        return
    if calendar := _other_calendar(years, said):
        yield NumberFault(UNKNOWN, f"{said} may be of the {calendar} calendar", DERIVE)
        return
    if not years:
        yield NumberFault(DIFFERS, f"{said} does not give the year {ends[0].year}", DERIVE)
        return
    small = tuple(each.text for each in said.pieces if each.digits and len(each.text) != _YEAR_DIGITS)
    if len(years) == 1 and len(ends) == 2 and small[:1] == (f"{ends[1].year % 100:02}",) and ends[1].month is None:
        years, small = [*years, ends[0].year // 100 * 100 + int(small[0])], small[1:]  # 2024-27
    if any(len(text) > _DAY_DIGITS for text in small):
        yield NumberFault(DIFFERS, f"{said} holds a number that is no day, month or year", LOOK_AGAIN)
        return
    wanted = {end.year for end in ends}
    if set(years) < wanted:
        yield NumberFault(DIFFERS, f"{said} does not give the year {min(wanted - set(years))}", DERIVE)
        return
    if set(years) != wanted:
        yield NumberFault(DIFFERS, f"{said} says {', '.join(map(str, years))}, not {value}", LOOK_AGAIN)
        return
    faults = [*_named_faults(said, ends), *_day_faults(said, ends, tuple(map(int, small)))]
    yield from faults
    foreign = month_names_of_every_language() if any(each.is_unknown for each in said.pieces) else ()
    unknown = unknown_fault(said, foreign)
    if unknown and UNKNOWN not in {each.code for each in faults}:  # of which these tell what to write
        yield unknown


def _spans(said: Quotation[FactDate]) -> list[str]:
    """Return the words for a time that is more or less than the date: a decade, the week of a day, nine months."""
    spans = ((word, meaning) for word, meaning in said.said("unit") if isinstance(meaning, tuple))
    long = (word for word, (number, unit) in spans if number > 1 or unit == "weeks")
    counted = (
        f"{number.text} {unit.text}"
        for number, unit in pairwise(said.pieces)
        if number.means.get("number", 1) != 1 and unit.means.get("unit") in ((1, "months"), (1, "days"))
    )
    return [*long, *counted]


_BESIDE = re.compile(rf"(?<![^\W\d_])(?:{BESIDE_DATE}|{FROM})(?![^\W\d_])|(?<=[\d月월])(?:{DATE_BESIDE}|{FROM_BEHIND})")


def _time_beside(written: str, ends: tuple[Period, ...]) -> str:
    """Return the word that makes another time of a year or month; before a day, or an end of a year, is exact."""
    is_exact = len(ends) > 1 or ends[0].day or ends[0].part is Part.END
    found = None if is_exact else _BESIDE.search(plain(written).lower())
    return found.group().strip() if found else ""


def _named_faults(said: Quotation[FactDate], ends: tuple[Period, ...]) -> Iterator[NumberFault]:
    reading = said.words.reading
    words_of = {"half": reading.halves, "season": reading.seasons, "part": reading.date_parts}
    keys = {"quarter": "quarters", "half": "halves", "season": "seasons", "part": "date_parts"}
    for role, key in keys.items():
        named, wanted = {meaning for _, meaning in said.said(role)}, {getattr(end, role) for end in ends} - {None}
        phrase = unknown_phrase(said.quoted.words, said.pieces)
        if wanted and not named and (phrase or (role in words_of and not words_of[role])):
            meant = ", ".join(map(str, wanted))
            phrase = _with_number(phrase, meant, said.quoted.words.lower())
            hint = said.words.to_add(f"{key}: {{{phrase or 'WORDS'}: {meant}}}")
            yield NumberFault(UNKNOWN, f"no word of {said} is known to mean the {role} {meant}", hint)
        elif named != wanted:
            yield NumberFault(DIFFERS, f"{said} names another {role} than the date", LOOK_AGAIN)


def _with_number(phrase: str, number: str, text: str) -> str:
    """Return the words with the number that they name right beside them: 2º semestre, ไตรมาสที่ 2."""
    written = rf"{number}[^\s\d]{{0,2}} ?{re.escape(phrase)}|{re.escape(phrase)} ?{number}(?!\d)"
    found = re.search(rf"(?<!\d)(?:{written})", text) or re.search(rf"(?<!\d)(?:{written})", plain(text))
    return found.group() if phrase and found else phrase


def _day_faults(said: Quotation[FactDate], ends: tuple[Period, ...], small: Numbers) -> Iterator[NumberFault]:
    """Yield where months and days are others than the words have, or cannot be told apart."""
    months = tuple(dict.fromkeys(end.month for end in ends if end.month))
    named = _months(said.pieces, months)
    if named and named != months:
        yield NumberFault(DIFFERS, f"{said} names another month than the date", LOOK_AGAIN)
        return
    year_first = next(len(each.text) for each in said.pieces if each.digits) == _YEAR_DIGITS
    month_first = year_first or said.words.month_first
    may_swap = len(small) > 1 and small[0] != small[1] and all(number <= 12 for number in small[:2])
    is_stopped = month_first and _STOPPED.search(plain(said.quoted.words)) is not None
    is_turned = (said.words.year_first or is_stopped) and not year_first  # 12/05/2025 where 2025-05-12 is usual
    orders = (month_first, not month_first) if is_turned else (month_first,)
    if any(small in _written(ends, named=bool(named), month_first=order) for order in orders):
        is_either = is_turned or said.words.reading.either_date_order
        if may_swap and is_either and not year_first and not named:
            yield NumberFault(UNKNOWN, f"{said} may be day and month, or month and day", DERIVE)
    elif (
        len(months) == 1
        and small in _written(ends, named=True, month_first=month_first)
        and (phrase := unknown_phrase(said.quoted.words, said.pieces, beside_day=bool(ends[0].day)))
    ):
        hint = said.words.to_add(f"months: {{{phrase}: {months[0]}}}")
        yield NumberFault(UNKNOWN, f"no word of {said} is known to mean the month {months[0]}", hint)
    elif may_swap or small not in _written(ends, named=bool(named), month_first=not month_first):
        yield NumberFault(DIFFERS, f"the days and months of {said} are not those of the date", LOOK_AGAIN)


_STOPPED = re.compile(r"\d\. ?\d{1,2}\. ?\d{4}")
"""A date with stops, as those write it who begin with the day."""


def _months(pieces: Sequence[Piece], wanted: Numbers) -> Numbers:
    """Return the months that are named; by a name of any language where the source's has none of them."""
    found = [month for each in pieces if isinstance(month := each.means.get("month"), int)]
    if not found and wanted:
        unknown = [each.folded for each in pieces if each.is_unknown and len(each.text) > _SHORTEST_FOREIGN]
        every = month_names_of_every_language() if unknown else {}
        meant = [every.get(word, frozenset()) for word in unknown]
        found = [month for months in meant if len(months) == 1 for month in months]
    return tuple(dict.fromkeys(found))


def _written(ends: tuple[Period, ...], *, named: bool, month_first: bool) -> tuple[Numbers, ...]:
    """Return how days and months of a date may follow each other in figures; a named month is none of them."""
    months, days = [0 if named else end.month or 0 for end in ends], [end.day or 0 for end in ends]
    sides = zip(months, days, strict=True) if month_first else zip(days, months, strict=True)
    forms = [tuple(number for side in sides for number in side)]
    if len({*months}) == 1:
        forms.append((months[0], *days) if month_first else (*days, months[0]))
    return tuple(tuple(filter(None, form)) for form in forms)
