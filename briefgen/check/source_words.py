"""The words and numbers of a quotation, and what each of them means in the language of its source.

With `quoted_numbers.py` and `quotations.py` this is a reader of its own, and on purpose not that of drafts, which is
`tools/figures`: that one finds figures in any line; this one is given a few words and a value, and lets nothing pass
that it cannot name. `localise/language.py` is what both share. Of a word that is not known, it tells what to write into
the file of the language: the whole phrase, never a part of it that means something else by itself.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from briefgen.localise import cldr
from briefgen.localise.language import ALIKE, MINUS, TENS, ReadingWords, digits_value, han_number
from briefgen.model.dates import FactDate, Interval, Part, Period
from briefgen.model.quantities import Bound, Count, Fraction, Money, Percent

AmountRole = Literal["number", "scale", "bound", "unit", "currency", "percent", "link"]
Role = (
    AmountRole | Literal["rate", "fraction", "ordinal", "month", "quarter", "half", "season", "part", "beside", "not"]
)
Meaning = str | int | Bound | Part | tuple[int, str]
"""What a word means in a role; of a unit, how many of which English plural it is: a decade is (10, "years")."""
_SIGNS: Mapping[str, tuple[Role, Meaning]] = {
    "~": ("bound", Bound.ABOUT),
    "≈": ("bound", Bound.ABOUT),
    ">": ("bound", Bound.MORE_THAN),
    "≥": ("bound", Bound.AT_LEAST),
    "<": ("bound", Bound.FEWER_THAN),
    "≤": ("bound", Bound.UP_TO),
    "%": ("percent", "%"),
    "٪": ("percent", "%"),
}
_MINUS = frozenset(MINUS.split())
_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?! ?\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"a+(?:'a+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer set no spaces between words, and nor do Chinese, Japanese and Korean nouns."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A number, a word or a sign of a quotation, with every meaning that is known of it."""

    text: str
    means: Mapping[Role, Meaning] = field(default_factory=dict)
    digits: bool = False
    """Whether it is written in digits."""
    attached: bool = False
    """Whether no space is before it."""

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[:1].isalpha()

    @property
    def is_unknown(self) -> bool:
        """Whether it is a word of which nothing is known."""
        return self.is_word and not self.means

    @property
    def folded(self) -> str:
        """As words are compared."""
        return self.text.lower()


class SourceWords:
    """The words of one language by their meaning: those of its file laid over those of CLDR."""

    def __init__(self, language: str, given: ReadingWords | None) -> None:
        """Take what the checks of quotations need; ValueError where CLDR has no such locale."""
        self.language, self.has_file = language, given is not None
        self.reading = reading = given or ReadingWords(locale=language)
        self.locale = reading.locale
        self.decimal, self.group = (plain(mark) or " " for mark in cldr.number_marks(reading.locale))
        self.month_first = (short := cldr.date_pattern(reading.locale, "short").lower()).index("m") < short.index("d")
        self.year_first = short.index("y") < short.index("m")
        self.doubtful = frozenset(_folded(reading.unsure))
        self.unit_endings = {_fold(word[1:]): _unit(unit) for word, unit in reading.units.items() if word[0] == "*"}
        self.negations = frozenset(_folded(reading.negations))
        self.words: dict[str, dict[Role, Meaning]] = {}
        self.ranges = frozenset(_folded(reading.ranges))
        self.ands = frozenset(_folded(reading.ands or cldr.and_words(reading.locale)))
        self._add("scale", {**cldr.scale_words(reading.locale), **reading.scales})
        self._add("number", {**cldr.single_scale_words(reading.locale), **reading.number_words})
        self._add("bound", {**reading.bounds_after, **reading.bounds_before})
        units = {**cldr.duration_words(reading.locale), **cldr.unit_words(reading.locale), **reading.units}
        self._add("unit", {word: _unit(unit) for word, unit in units.items() if word[0] != "*"})
        self._add("currency", reading.currencies)
        self._add("rate", {**cldr.rate_words(reading.locale), **reading.rates})
        self._add("fraction", reading.fractions)
        self._add("percent", dict.fromkeys((*reading.percent, *cldr.percent_words(reading.locale)), "%"))
        self._add("link", dict.fromkeys(reading.links, ""))
        self._add("ordinal", reading.ordinal_words)
        months = {**cldr.month_names(reading.locale), **reading.months}
        self._add("month", {name: month for name, month in months.items() if not _DIGITS.search(name)})
        in_digits = (_DIGITS.sub("", name) for name in months if _DIGITS.search(name))
        behind = (form.partition("{n}")[2] for form in reading.ordinals)
        self._add("beside", dict.fromkeys((*in_digits, *behind, *_beside_dates(reading), *reading.endings), ""))
        self._add("quarter", {**cldr.quarter_names(reading.locale), **reading.quarters})
        self._add("half", reading.halves)
        self._add("season", reading.seasons)
        self._add("part", reading.date_parts)
        self._add("not", dict.fromkeys(reading.negations, ""))
        self.lengths = tuple(sorted({*map(len, self.words)} - {0}, reverse=True))

    def _add(self, role: Role, meanings: Mapping[str, Meaning]) -> None:
        for word, meaning in meanings.items():
            if folded := _fold(word):
                self.words.setdefault(folded, {}).setdefault(role, meaning)

    def marks_of(self, currency: str) -> frozenset[str]:
        """Return the signs and names of a currency."""
        given = (word for word, code in self.reading.currencies.items() if code == currency)
        return frozenset(_folded((*cldr.marks_of_currency(currency, self.locale), *given, *_own_signs(currency))))

    def to_add(self, keys: str) -> str:
        """Return what to write where, so that a word is known: `keys` of `reading`, laid over what there is."""
        name = f"templates/languages/{self.language}"
        if self.has_file:
            return f"write into {name}.local.yaml: reading: {{{keys}}}"
        return f"write into {name}.yaml: reading: {{locale: {self.locale}, {keys}}}"

    def pieces(
        self, text: str, *, dates: bool = False, known: Iterable[str] = (), written: str = ""
    ) -> tuple[Piece, ...]:
        """Return the pieces of a quotation in order; in a date every run of digits is a number of its own.

        `known` are further words that belong together, such as the names of a currency. Chinese numerals are numbers
        where there are no digits in it, or in what it was `written` from.
        """
        longest_first = sorted(known, key=len, reverse=True)
        in_han = not any(each.isdigit() for each in plain(written or text))
        return tuple(self._cut(plain(text), _DIGITS if dates else _NUMBER, longest_first, in_han=in_han))

    def _cut(self, text: str, number: re.Pattern[str], known: list[str], *, in_han: bool) -> Iterator[Piece]:
        at = 0
        while at < len(text):
            attached, start = at > 0 and text[at - 1] != " ", at
            word = self._known(text, at, known)
            if text[at] == " ":
                at += 1
            elif in_han and (numeral := han_number(text, at)) and numeral[1] - at >= len(word):
                at = numeral[1]
                yield Piece(numeral[0], digits=True, attached=attached)
            elif word:
                at += len(word)
                yield Piece(word, self.words.get(word.lower()) or self._meaning(word), attached=attached)
            elif digits := number.match(text, at):
                at = digits.end()
                yield Piece(digits.group(), digits=True, attached=attached)
            else:
                end = _end_of_word(text, at)
                at = next((each for each in range(at + 1, end) if han_number(text, each)), end) if in_han else end
                is_minus = text[start:at].lower() in _MINUS and self._may_be_negative(text[at:].lstrip())
                written = "-" if is_minus else text[start:at]
                yield Piece(written, self._meaning(written), attached=attached)

    def _may_be_negative(self, rest: str) -> bool:
        """Return whether what stands behind a word such as minus is an amount: menos de 200 is no -200."""
        means = self.words.get(self._known(rest, 0, []).lower(), {})
        return not rest[:1].islower() or not means.keys().isdisjoint(("number", "percent", "currency", "scale"))

    def _known(self, text: str, at: int, known: list[str]) -> str:
        """Return the longest known word that begins here; empty if there is none."""
        if at and is_letter(text[at - 1]) and is_letter(text[at]) and not is_unspaced(text[at]):
            return ""
        for length in sorted({*self.lengths, *map(len, known)}, reverse=True) if known else self.lengths:
            word = text[at : at + length]
            is_word = word.lower() in self.words or word.lower() in known
            if len(word) == length and is_word and _ends(text, at + length):
                return word
        return ""

    def _meaning(self, word: str) -> Mapping[Role, Meaning]:
        """Return what a word means that is in no list: a sign, a word by its ending, or a negation within it."""
        folded = word.lower()
        if word in _SIGNS:
            role, meaning = _SIGNS[word]
            return {role: meaning}
        if any(_is_denied(folded, negation) for negation in self.negations):
            return {"not": ""}
        endings = [ending for ending in self.unit_endings if folded.endswith(ending)]
        if endings:
            return {"unit": self.unit_endings[max(endings, key=len)]}
        if word[0].isupper() and folded.endswith(tuple(self.reading.people_endings) or ("\0",)):
            return {"unit": (1, "people")}
        return {}

    def value_of(self, digits: str) -> Decimal | None:
        """Return the number by the marks of the language, by those of others only where these make none; else None."""
        others = (",", ".") if self.decimal == "." else (".", ",")
        found = (digits_value(digits, mark, f"{group} '") for mark, group in ((self.decimal, self.group), others))
        return next((value for value in found if value is not None), None)


def _own_signs(currency: str) -> Iterator[str]:
    """Yield the sign of a currency in its country, where no other has it: ₴ and ₺, but not $."""
    own = cldr.language_of(currency[:2])
    for sign, code in cldr.currency_words(own).items() if own else ():
        if code == currency and unicodedata.category(sign[0]) == "Sc" and len(sign) == 1 and sign not in "$£¥":
            yield sign


def _beside_dates(reading: ReadingWords) -> Iterator[str]:
    """Yield the small words that may stand in or before a date: of, by, year, and those of CLDR's patterns."""
    yield from (*reading.year_before, *reading.year_context, *reading.year_after)
    yield from (*reading.day_before, *reading.day_after)
    yield from (*reading.deadlines_before, *reading.deadlines_after, *reading.date_fillers)
    yield from (*reading.ranges, *reading.between, *(reading.ands or cldr.and_words(reading.locale)))
    for length in ("long", "short"):
        yield from cldr.words_of_pattern(cldr.date_pattern(reading.locale, length))


_source_words = lru_cache(maxsize=64)(SourceWords)


def source_words(language: str, reading: ReadingWords | None) -> SourceWords | None:
    """Return the words of a language: those of CLDR where it has no file; None where CLDR does not know it."""
    try:
        return _source_words(language, reading)
    except ValueError:
        return None


def plain(text: str) -> str:
    """Return the text with one kind of digit, space, dash and quote, and without raised numbers and soft hyphens."""
    kept = (" " if is_note_mark(text, at) else each for at, each in enumerate(text))
    text = unicodedata.normalize("NFKC", "".join(kept).translate(ALIKE)).translate(ALIKE)
    return "".join(map(_plain_character, text)).strip()


def is_note_mark(text: str, at: int) -> bool:
    """Return whether a raised character is there that is no power of a metre: a note's number, but not that of km²."""
    is_power = text[at] in "²³" and at > 0 and text[at - 1] == "m"
    return not is_power and unicodedata.decomposition(text[at]).startswith("<super>")


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return {"Zs": " ", "Zl": " ", "Zp": " ", "Cc": " ", "Pd": "-", "Cf": ""}.get(category, character)


def _fold(word: str) -> str:
    return plain(word).lower().rstrip(".")


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_fold, words))


def is_unspaced(text: str) -> bool:
    """Return whether it begins with a letter of a script that sets no space after every word."""
    return bool(_UNSPACED.match(text)) or (text[:1].isalpha() and unicodedata.east_asian_width(text[0]) == "W")


def is_letter(character: str) -> bool:
    """Return whether it is a letter, or an accent or vowel sign on one."""
    return character.isalpha() or unicodedata.category(character)[0] == "M"


def _ends(text: str, end: int) -> bool:
    before, after = text[end - 1 : end], text[end : end + 1] or " "
    is_inside = (is_letter(before) and is_letter(after)) or (before.isdigit() and after.isdigit())
    return is_unspaced(before) or not is_inside


def _is_denied(word: str, negation: str) -> bool:
    """Return whether a word holds a negation: at its end (*n't), its front (ne*), or anywhere in an unspaced script."""
    if negation[-1:] == "*":
        return word.startswith(negation[:-1])
    return word.endswith(negation[1:]) if negation[:1] == "*" else is_unspaced(word) and negation in word


def _end_of_word(text: str, at: int) -> int:
    """Return the end of the letters here, with the apostrophes between them; of one sign where there is no letter."""
    end = at
    while end < len(text) and _is_in_word(text, end):
        end += 1
    word = _WORD.match("".join("a" if is_letter(each) else each for each in text[at:end]))
    return at + (word.end() if word else 1)


def _is_in_word(text: str, at: int) -> bool:
    return is_letter(text[at]) or (text[at] == "'" and at + 1 < len(text) and is_letter(text[at + 1]))


def _unit(meaning: str) -> tuple[int, str]:
    factor, _, name = meaning.rpartition(" ")
    return int(factor or 1), name


Amount = Money | Count | Percent
_UNITS = frozenset(("unit", "currency", "percent"))


def number_of(value: Amount) -> Decimal:
    """Return how much or how many it is."""
    return value.amount if isinstance(value, Money) else value.number


def unit_of(value: Amount) -> str:
    """Return of what: a currency, what is counted, or %."""
    return value.currency if isinstance(value, Money) else value.unit if isinstance(value, Count) else "%"


def is_currency(piece: Piece, value: Amount) -> bool:
    """Return whether it looks like another currency: a sign, or three capitals of an amount of money."""
    return unicodedata.category(piece.text[0]) == "Sc" or (
        isinstance(value, Money) and len(piece.text) == 3 and piece.text.isupper()
    )


def words_before(quoted: str, between: Sequence[Piece], *, digits: bool) -> str:
    """Return the words before a number, as the source has them, without what is counted: co najmniej.

    `digits`: the number is written in digits, so that the words end where these begin.
    """
    known = next((at for at, each in enumerate(between) if each.means.keys() & _UNITS), None)
    written = " ".join(each.text for each in between[:known])
    whole = re.search(rf"{re.escape(between[0].text)}[^\d]*(?=\d)", plain(quoted)) if between and digits else None
    return whole.group().strip().lower() if whole and known is None else written.lower()


def unknown_phrase(quoted: str, pieces: Sequence[Piece], *, beside_day: bool = False) -> str:
    """Return the words of a date between two numbers, or at an end of it, among which is the first that is not known.

    `beside_day`: those between day and year, as a month stands: 12 V 2025.
    """
    unknown = next((each.folded for each in pieces if each.is_unknown), "")
    text = plain(quoted).lower()
    if not unknown or is_unspaced(unknown):
        return unknown
    runs = re.findall(r"(?<!\d)\d{1,2}\.? ([^\d]+?),? \d{4}(?!\d)" if beside_day else r"[^\d]+", text)
    return next((run.strip(" .,-") for run in runs if unknown in (word.strip(".,-") for word in run.split())), "")


def of_what(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces before a word that says how often or how exactly: the soja of soja por ano."""
    return pieces[: next((at for at, each in enumerate(pieces) if {*each.means} & {"rate", "bound"}), len(pieces))]


def entry_for(
    pieces: Sequence[Piece],
    at: int,
    value: Amount | Fraction | FactDate,
    power: int | None,
    before: str,
    known: Container[str],
) -> str:
    """Return the entry that would make a word known, as what it most likely is at this place; no limit of no value.

    `before` are the words from this one on up to the number, if it is before that; `known` say what is counted.
    """
    word = pieces[at].folded
    if isinstance(value, Period | Interval):
        return f"date_fillers: [{word}]"
    if at and pieces[at - 1].text == "'":  # 20'ye varan
        return f"endings: [{word}]"
    lacks = _lacking(pieces, value)
    is_counted = any(each.means.keys() & _UNITS or each.folded in known for each in pieces[:at])
    if is_counted and not isinstance(value, Fraction):
        words = " ".join(each.folded for each in of_what(pieces[at:]) if each.is_word)
        return next((f"{key}: {{{words}: {meaning}}}" for key, meaning in lacks.items()), "")
    if before:
        return _entry_before(pieces, value, word, before, known)
    return _entry_behind(pieces, at, value, power)


def _entry_behind(pieces: Sequence[Piece], at: int, value: Amount | Fraction, power: int | None) -> str:
    """Return the entry for a word behind a number where nothing says yet what is counted."""
    word, lacks = pieces[at].folded, _lacking(pieces, value)
    rest = [each.text for each in of_what(pieces[at:]) if each.is_word]
    mixed = next((key for key in lacks if is_unspaced(word) or (key == "bounds_after" and len(rest) > 1)), "")
    if mixed:  # 60 fazla şirket, 60社以上: which of them is it?
        return f"{mixed}: {{WORDS: {lacks[mixed]}}}"
    if isinstance(value, Percent) and not any("percent" in each.means for each in pieces):
        return f"percent: [{' '.join(rest).lower()}]"
    is_last = not any(each.is_word or each.digits for each in pieces[at + 1 :])  # 5 млрд руб.
    if not is_last and len(word) <= _SMALL_WORD:
        return f"links: [{word}]"
    if not is_last and power != 0:
        return f"scales: {{{word}: {power or 'POWER OF TEN'}}}"
    rest = rest[:1] if "rates" in lacks else rest  # the number is whole: this is the unit
    word = " ".join(each if each.isupper() else each.lower() for each in rest)
    match value:
        case Money():
            return f"currencies: {{{word}: {value.currency}}}"
        case Count():
            return f"units: {{{word}: {value.unit}}}"
        case _:
            return f"percent: [{word}]" if isinstance(value, Percent) else f"links: [{word}]"


def _lacking(pieces: Sequence[Piece], value: Amount | Fraction | FactDate) -> Mapping[str, str]:
    """Return what of a value no word says yet, by the key for words behind a number: how often, how exactly."""
    said = {role for each in pieces for role in each.means}
    per, bound = "" if "rate" in said else getattr(value, "per", ""), getattr(value, "bound", "")
    limit = "" if "bound" in said else bound
    return {key: each for key, each in (("rates", per), ("bounds_after", limit)) if each}


def _entry_before(
    pieces: Sequence[Piece], value: Amount | Fraction, word: str, before: str, known: Container[str]
) -> str:
    """Return the entry for the words before a number: a limit, or what is counted where nothing behind it says so."""
    is_share, unit = any("percent" in each.means for each in pieces), getattr(value, "unit", "")
    if isinstance(value, Percent) and not is_share and not (value.bound and pieces[-1].is_word):
        return f"percent: [{word}]"
    sign = next((each.text for each in pieces[[each.folded for each in pieces].index(word) + 1 :]), "")
    if isinstance(value, Money) and sign[:1] and unicodedata.category(sign[0]) == "Sc":  # S$
        return f"currencies: {{{word.upper()}{sign}: {value.currency}}}"
    if isinstance(value, Money) and not value.bound and not pieces[-1].is_word:
        return f"currencies: {{{before}: {value.currency}}}"
    is_named = any("currency" in each.means or each.means.get("unit") == (1, unit) for each in pieces)
    is_behind = is_named or pieces[-1].is_unknown  # évente 200 diák, but not wanafunzi 200 kwa mwaka
    if "rates" in (lacks := _lacking(pieces, value)) and not value.bound and is_behind:
        return f"rates: {{{before}: {lacks['rates']}}}"
    is_counted = any(each.means.keys() & _UNITS or each.folded in known for each in pieces) or pieces[-1].is_word
    return f"bounds_before: {{{before if is_counted else 'WORDS'}: {value.bound}}}" if value.bound else ""


def number_phrase(pieces: Sequence[Piece], known: Container[str], ands: Container[str]) -> str:
    """Return the words of a number of which some is not listed: half a million, un millón y medio, two dozen.

    `known` says what is counted. Empty where it is in digits, all of it is listed, or one is a limit or a denial.
    """
    ends = (at for at, each in enumerate(pieces) if each.means.keys() & _UNITS or each.folded in known)
    scales = [at for at, each in enumerate(pieces) if "scale" in each.means]
    goes_on = bool(scales) and any(each.folded in ands for each in pieces[scales[-1] + 1 : scales[-1] + 2])
    end = next(ends, scales[-1] + 1 + 2 * goes_on if scales else len(pieces))
    while end and ("link" in pieces[end - 1].means or not pieces[end - 1].is_word):
        end -= 1
    amount = [at for at, each in enumerate(pieces[:end]) if each.means.keys() & {"number", "scale", "fraction"}]
    start = amount[0] if amount else 0
    if amount and "scale" in pieces[start].means:
        start -= start > 0 and pieces[start - 1].text == "-"  # demi-million
        start -= start > 0 and pieces[start - 1].is_unknown
    while amount and start and _is_small(pieces[start - 1], ands):
        start -= 1
    whole = pieces[start:end] if amount else ()
    is_open = any(each.is_unknown or "fraction" in each.means for each in whole)
    is_whole = not any(each.digits for each in pieces) and not any(each.means.keys() & _OTHERS for each in whole)
    if not (is_open and is_whole):
        return ""
    return "".join(each.folded if each.attached else f" {each.folded}" for each in whole).strip()


_OTHERS = frozenset(("bound", "not", "rate"))


def _is_small(piece: Piece, ands: Container[str]) -> bool:
    return piece.folded in ands or (piece.is_unknown and len(piece.text) <= _SMALL_WORD)


def words_of_number(pieces: Sequence[Piece]) -> str:
    """Return the words of a number that begins with one that nobody has listed: cento e vinte."""
    is_of_number = [each.folded in TENS or "number" in each.means for each in pieces]
    end = next((at for at, each in enumerate(pieces) if each.means.keys() & {"scale", "unit", "currency"}), len(pieces))
    last = max(at for at, found in enumerate(is_of_number[: max(1, end)]) if found)
    return " ".join(each.folded for each in pieces[: last + 1])


def limit_between(pieces: Sequence[Piece], at: int, value: Amount | Fraction | FactDate) -> str:
    """Return the entry for a limit between a number and its unit, with an ending before it: 20'den fazla anlaşma."""
    bound = getattr(value, "bound", "")
    ends = [end for end in range(at, len(pieces)) if pieces[end].means.keys() & _UNITS]
    if not bound or not ends or any("bound" in each.means for each in pieces):
        return ""
    start = at - 2 if at > 1 and pieces[at - 2].text == "'" else at
    if not (start and pieces[start - 1].digits):
        return ""
    words = "".join(each.folded if each.attached else f" {each.folded}" for each in pieces[start : ends[0]]).strip()
    key = f'"{words}"' if "'" in words else words
    return f"bounds_after: {{{key}: {bound}}}"


_SMALL_WORD = 3
"""Letters of the longest word that is taken for a small one, such as de, van or των."""
