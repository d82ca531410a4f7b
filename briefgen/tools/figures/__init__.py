"""Reads figures out of a line of a source document, in the source's own language and script.

Here: a line in one form, and the vocabulary of its language, the words of its file laid over those of CLDR. Whether a
quotation gives its figure is for another reader to say, `check/source_words.py` and `check/quoted_*.py`, which shares
no more with this one than CLDR and `localise/language.py`. A draft with which that reader does not agree is
a doubt (`tools/source_lines.py`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from briefgen.localise import cldr
from briefgen.localise.language import ALIKE, TENS, ReadingWords
from briefgen.model.dates import Part
from briefgen.model.quantities import Bound, Quantity

T = TypeVar("T")
Kind = Literal["year", "half", "quarter", "month", "day", "part", "number", "range", "and"]
"""What a token of a date is; a number is one or two digits that only their neighbours make a day, month or year."""
_VOWEL_SIGNS = {
    sign: chr(0x13000 + number)
    for number, sign in enumerate(sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) == "Mc")
}
"""A letter for each sign that Indian scripts set beside a letter: to `re` it is none, and words would end before it."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_LONGEST_SIGN = 4
"""Letters of a currency's sign, such as KSh: a longer word is a name, and stands behind its number."""
_JAMO = range(0x1160, 0x1200)  # vowels and last consonants of Hangul syllables


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of a line; `line[start:end]` is `text`.

    `why` says what a person has to decide; it is empty where the figure is sure. `partial` is what was understood where
    that is no whole quantity: `more than 350000` without its unit, `--02-09` without its year.
    """

    quantity: Quantity | None
    text: str
    start: int
    end: int
    why: str
    partial: str = ""
    deadline: bool = False
    """Whether the line says "by" before a date, or the like after it."""

    @property
    def sure(self) -> bool:
        """Whether there is no doubt about the figure."""
        return not self.why

    def doubted(self, *doubts: str) -> "Match":
        """Return the figure with more doubts; empty ones do not count."""
        return replace(self, why="; ".join(dict.fromkeys(filter(None, (self.why, *doubts)))))


Reading = tuple[Match, ...] | int
"""The figures that begin at a place of a text, or where reading goes on after what is no figure."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """`text` has one character for each letter of `source`; `origin` is where these begin there, and where it ends."""

    source: str
    text: str
    origin: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """Return a stretch of the text as it is in the source."""
        return self.source[self.origin[start] : self.origin[end]]

    def match(self, start: int, end: int, quantity: Quantity | None, *doubts: str, partial: str = "") -> Match:
        """Return the figure at a span of the text; empty doubts do not count."""
        found = Match(quantity, self.written(start, end), self.origin[start], self.origin[end], "", partial)
        return found.doubted(*doubts)


def holding(*rules: tuple[object, str]) -> list[str]:
    """Return the doubts for which there is a reason."""
    return [doubt for reason, doubt in rules if reason]


_KNOWN = 20_000
"""Letters, and pairs of them, of which is remembered what they are: texts have few, many times over."""


def normalise(source: str) -> TextLine:
    """Return small letters with their accents, one kind of digit, space, dash and quote, and no soft hyphens."""
    starts = [at for at in range(len(source)) if not at or not _belongs_to_last(source[at - 1], source[at])]
    origin = (*starts, len(source))
    return TextLine(source, "".join(_normalised_letter(source[start:end]) for start, end in pairwise(origin)), origin)


@lru_cache(maxsize=_KNOWN)
def _belongs_to_last(last: str, character: str) -> bool:
    """Return whether it belongs to the letter before: an accent, rest of a syllable, soft hyphen, or note number.

    The powers of km² and m³ are figures of their own.
    """
    category, is_power = unicodedata.category(character), last in "mмم" and character in "²³"
    is_superscript = unicodedata.decomposition(character).startswith("<super>")
    is_raised = is_superscript and not is_power and category != "Lm"  # but 5ᵉ is an ordinal
    return category in ("Mn", "Me", "Cf") or ord(character) in _JAMO or is_raised


@lru_cache(maxsize=_KNOWN)
def _normalised_letter(letter: str) -> str:
    visible = "".join(character for character in letter if unicodedata.category(character) != "Cf")
    character = unicodedata.normalize("NFC", visible)[:1].translate(ALIKE) or " "
    if character.isdecimal() or character in "²³":
        return str(unicodedata.digit(character))
    character = _VOWEL_SIGNS.get(character, character)
    return {"Zs": " ", "Pd": "-"}.get(unicodedata.category(character), character.lower()[0])


def as_read(pattern: str) -> re.Pattern[str]:
    """Return a pattern that finds in normalised text the words in which it is written: accents that count are kept."""
    composed = unicodedata.normalize("NFC", pattern)
    letters = (sign for sign in composed if unicodedata.category(sign) not in ("Mn", "Me"))
    return re.compile("".join(_VOWEL_SIGNS.get(letter, letter) for letter in letters))


def skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return the end of a pattern that matches at a position; the position itself if it does not match."""
    match = pattern.match(text, position)
    return match.end() if match else position


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A word found in a text: what it means, where it is, and whether it often means something else."""

    value: T
    start: int
    end: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[T]):
    """The normalised words of one role, their meanings, and their lengths, longest first.

    In a script without spaces a word ends where one of the `endings` follows it; without endings, anywhere.
    """

    meanings: Mapping[str, T]
    lengths: tuple[int, ...]
    doubtful: frozenset[str]
    endings: tuple[str, ...]

    def at(self, text: str, start: int) -> Hit[T] | None:
        """Return the longest word that begins here."""
        for end in (start + length for length in self.lengths if start + length <= len(text)):
            if text[start:end] in self.meanings and is_boundary(text, start) and ends_word(text, end, self.endings):
                return self._hit(text, start, end)
        return None

    def after(self, text: str, end: int) -> Hit[T] | None:
        """Return the longest word that begins here or after a space."""
        return self.at(text, end) or (self.at(text, end + 1) if text.startswith(" ", end) else None)

    def before(self, text: str, end: int) -> Hit[T] | None:
        """Return the longest word that ends here or before a space."""
        end -= end > 0 and text[end - 1] == " "
        for start in (end - length for length in self.lengths if length <= end):
            if text[start:end] in self.meanings and is_boundary(text, start):
                return self._hit(text, start, end)
        return None

    def _hit(self, text: str, start: int, end: int) -> Hit[T]:
        return Hit(self.meanings[text[start:end]], start, end, text[start:end] in self.doubtful)


def is_wide(character: str) -> bool:
    """Return whether it is a letter of a script that sets no spaces around every word (Hangul, Han, Kana)."""
    return character.isalpha() and unicodedata.east_asian_width(character) == "W"


def is_narrow(character: str) -> bool:
    """Return whether it is a letter of any other script, or a low line."""
    return character == "_" or (character.isalpha() and not is_wide(character))


def is_of_name(character: str) -> bool:
    """Return whether it is a letter of a script that writes names with numbers, such as G20 or МиГ-29.

    Those without capitals write a preposition, or what is counted, on to its number: በ2024, ปี2566.
    """
    return is_narrow(character) and (character < "\u0530" or "\u1d00" <= character < "\u2000")


def is_unspaced(text: str) -> bool:
    """Return whether it begins with a letter of a script without a space after every word, such as Thai."""
    return is_wide(text[:1]) or _UNSPACED.match(text) is not None


def is_boundary(text: str, position: int) -> bool:
    """Return whether a word can begin or end here: not between letters of a script with spaces, nor between digits."""
    left, right = text[max(0, position - 1) : position], text[position : position + 1]
    return not (is_narrow(left) and is_narrow(right)) and not (left.isdigit() and right.isdigit())


def ends_word(text: str, end: int, endings: tuple[str, ...]) -> bool:
    """Return whether a word that ends here is whole."""
    if endings and is_wide(text[end - 1]) and is_wide(text[end : end + 1]):
        return text.startswith(endings, end)
    return is_boundary(text, end)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number measures, and how many of it the word itself means: a decade is ten years."""

    name: str
    """%, the ISO 4217 code of a currency, or the English plural of what is counted."""
    factor: int = 1

    @property
    def is_money(self) -> bool:
        """Whether it is a currency."""
        return self.name.isupper()


class Vocabulary:
    """The words of a language by their role (see `ReadingWords`), and how it writes numbers and dates in figures."""

    def __init__(self, words: ReadingWords) -> None:
        """ValueError where CLDR has no such locale, or a unit or an ordinal is written wrongly."""
        written_on = (*words.endings, *words.ranges, *words.ands, *words.bounds_after, *words.deadlines_after)
        self.endings = _normalised(written_on if words.endings else ())
        self.doubtful = frozenset(_normalised(words.unsure))
        self._compile_amounts(words)
        self._compile_dates(words)

    def _compile_amounts(self, words: ReadingWords) -> None:
        self.decimal, self.group = _normalised(cldr.number_marks(words.locale))
        self.number_words = self._lexicon(words.number_words)
        self.scales = self._lexicon({**cldr.scale_words(words.locale), **words.scales}, ())
        with_comma = {
            phrase.replace(" ", ", ", 1): bound for phrase, bound in words.bounds_before.items()
        }  # több, mint
        self.bounds_before = self._lexicon({**with_comma, **words.bounds_before})
        self.bounds_after = self._lexicon(words.bounds_after)
        self.bounds_attached = self._lexicon(words.bounds_after, ())  # any letter may follow: 35만여
        units = {word: _unit(meaning) for word, meaning in {**cldr.unit_words(words.locale), **words.units}.items()}
        self.unit_endings = {normalise(word[1:]).text: unit for word, unit in units.items() if word.startswith("*")}
        units |= {word: Unit(code) for word, code in {**cldr.currency_words(words.locale), **words.currencies}.items()}
        self.small_codes = frozenset(_normalised(word for word in words.currencies if word.islower()))  # mld. eur
        named = (word for word in words.currencies if word != word.lower() and len(word) <= _LONGEST_SIGN)
        self.signs = frozenset((*cldr.currency_signs(words.locale), *named))
        units |= dict.fromkeys(("%", "٪", *words.percent, *cldr.percent_words(words.locale)), Unit("%"))
        self.percent_leads = cldr.percent_leads(words.locale)
        unclear = _rare_codes(words) | (_SHARED_SIGNS - {*words.currencies})
        self.units = replace(self._lexicon(units), doubtful=self.doubtful | {*_normalised(unclear)})
        self.people_endings = _normalised(words.people_endings)
        self.links = self._word_list(words.links)
        self.rates = self._lexicon({**cldr.rate_words(words.locale), **words.rates})
        self.ordinals = {_around_ordinal(pattern): pattern in words.doubtful for pattern in words.ordinals}
        self.ordinal_words = self._lexicon(words.ordinal_words)
        self.ranges = self._word_list(("-", "~", *words.ranges), ())
        self.between = self._word_list(words.between)
        self.ands = self._word_list(words.ands or cldr.and_words(words.locale))
        self.labels = self._word_list(label.rstrip(".") for label in words.labels)
        self.not_figures = self._word_list(words.not_figures)
        self.fractions = self._lexicon(words.fractions)
        self.numbers_of_any = self._word_list(TENS)

    def _compile_dates(self, words: ReadingWords) -> None:
        short, long = cldr.date_pattern(words.locale, "short"), cldr.date_pattern(words.locale, "long")
        self.months = self._lexicon(dict(_months(words)), ())
        self.capital_months = words.capital_months
        limits, parts = {*words.bounds_before.values(), *words.bounds_after.values()}, {*words.date_parts.values()}
        self.unknown_bounds = ", ".join(each for each in Bound if each and each not in limits)
        self.negations = _normalised(words.negations)
        self.unknown_parts = ", ".join(each for each in (Part.EARLY, Part.MID, Part.END) if each not in parts)
        self.small_words = frozenset(_normalised((*words.common, *words.ands, *words.ranges, *words.links)))
        self.date_names: tuple[tuple[Kind, Lexicon[int]], ...] = (
            ("half", self._lexicon(words.halves)),
            ("quarter", self._lexicon({**cldr.quarter_names(words.locale), **words.quarters})),
            ("month", self.months),
            ("part", self._lexicon({word: tuple(Part).index(part) for word, part in words.date_parts.items()})),
        )
        self.seasons = self._lexicon(words.seasons)
        weeks = [word for word, span in cldr.duration_words(words.locale).items() if span == "weeks"]
        phrases = (phrase.split() for phrase in words.date_parts if " " in phrase)
        heads = (max(phrase, key=lambda word: (word not in words.common, len(word))) for phrase in phrases)
        days = cldr.weekday_names(words.locale)  # the second Friday of June 2026
        self.part_words = self._word_list((*weeks, *days, *heads, "quinzena", "quincena"))  # the fim of fim de
        self.year_before = self._word_list(words.year_before)
        self.year_context = self._word_list(words.year_context)
        self.year_after = self._word_list((*words.year_after, *re.findall(r"y([\u3040-\ud7a3]+)", long)))
        self.day_before = self._word_list(words.day_before)
        self.day_after = self._word_list((*words.day_after, *re.findall(r"d([\u3040-\ud7a3]+)", long)))
        small_words = re.findall(r"[^\W\d_]+", re.sub(r"\b[GyMd]+\b", "", long))  # the г of d MMMM y 'г'.
        self.date_fillers = self._word_list((*words.date_fillers, *small_words, *(f"{word}." for word in small_words)))
        self.deadlines_before = self._word_list(words.deadlines_before)
        self.deadlines_after = self._word_list(words.deadlines_after)
        self.either_date_order = words.either_date_order
        self.month_first = short.lower().index("m") < short.lower().index("d")
        self.year_first = short.lower().index("y") < short.lower().index("m")
        self.stop_after_day = "d." in long or ". " in short
        self.stop_after_year = "y." in long
        self.spaced_stops = ". " in short

    def _lexicon(self, meanings: Mapping[str, T], endings: tuple[str, ...] | None = None) -> Lexicon[T]:
        entries = {normalise(word).text: meaning for word, meaning in meanings.items()}
        if len(entries) < len(meanings):  # มี.ค. is March and ม.ค. January, and without accents they are alike
            for word in _alike(meanings):
                entries.pop(word, None)
        endings = self.endings if endings is None else endings
        lengths = sorted({len(word) for word in entries if word}, reverse=True)
        return Lexicon(entries, tuple(lengths), self.doubtful, endings)

    def _word_list(self, words: Iterable[str], endings: tuple[str, ...] | None = None) -> Lexicon[None]:
        return self._lexicon(dict.fromkeys(words), endings)


def _alike(meanings: Mapping[str, object]) -> set[str]:
    """Return what several words of other meanings are once their accents are gone that no letter has for itself."""
    full = {unicodedata.normalize("NFC", word).lower(): (word, meaning) for word, meaning in meanings.items()}
    known: dict[str, object] = {}
    pairs = [(normalise(word).text, meaning) for word, meaning in full.values()]
    return {text for text, meaning in pairs if known.setdefault(text, meaning) != meaning}


def _normalised(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise(word).text for word in words)


def _unit(meaning: str) -> Unit:
    match = re.fullmatch(r"(?:(?P<factor>\d+) )?(?P<unit>[a-z]+(?:-[a-z]+)*)", meaning)
    if match is None:
        raise ValueError(f"'{meaning}' is no unit; units are English plurals like documents, or 10 years for a decade")
    return Unit(match["unit"], int(match["factor"] or 1))


_SHARED_SIGNS = frozenset(("$", "¥", "kr", "Rs"))
"""Signs of the currencies of several countries: the one of which CLDR says so need not be the one that is meant."""


def _rare_codes(words: ReadingWords) -> set[str]:
    """ISO codes that may be other words in capitals, such as COP: English has no sign for them, nor the file a word."""
    english = cldr.currency_words("en")
    signs = {word for word in english if any(unicodedata.category(character) == "Sc" for character in word)}
    return {*english.values()} - {english[sign] for sign in signs} - {*words.currencies}


def _around_ordinal(pattern: str) -> tuple[str, str]:
    before, placeholder, after = pattern.partition("{n}")
    if not placeholder or not (before or after):
        raise ValueError(f"'{pattern}' is no ordinal; ordinals are written like {{n}}th")
    return normalise(before).text, normalise(after).text


def _months(words: ReadingWords) -> Iterator[tuple[str, int]]:
    """Yield the names of the months; those that are numbers (8월) also with a leading zero (08월)."""
    for name, number in {**cldr.month_names(words.locale), **words.months}.items():
        yield name, number
        if number < 10 and str(number) in normalise(name).text:
            yield normalise(name).text.replace(str(number), f"{number:02}"), number
