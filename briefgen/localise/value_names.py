"""The order of words in a language: letters first, then accents, then case; numbers by their value.

Babel does not collate, and code points put Â after Z. The order of the alphabet is data; what is left out of it (signs,
other scripts) follows the shape of the Unicode Collation Algorithm: spaces, signs, digits, letters.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from briefgen.localise.patterns import Collation, ParticlePatterns, Patterns, nearest_word

_BRACKETS = re.compile(r"\s*(?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]|（[^（）]*）)$")
_TRAILING = re.compile(r"[\s\"'’”」』》〉.,]+$")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?$", re.ASCII)
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z0-9]*$")


def particle(word: str, pair: str, patterns: Patterns) -> str:
    """The form of a pair such as `은/는` that follows a word; ValueError where the language has no such pair."""
    table = patterns.particles
    if table is None:
        raise ValueError(f"'{patterns.locale}' has no particles, so '{pair}' cannot follow '{word}'")
    if pair not in table.pairs:
        raise ValueError(f"'{patterns.locale}' has no particles '{pair}'{nearest_word(pair, table.pairs)}")
    after_closed, _, after_open = pair.partition("/")
    final = unicodedata.normalize("NFD", reading(word, table))[-1:]
    closed = bool(final) and final in table.closed and final not in table.pairs[pair]
    return after_closed if closed else after_open


def reading(word: str, table: ParticlePatterns) -> str:
    """How the end of a word is read aloud; what stands in brackets after it is not."""
    bare = _bare(word)
    if number := _NUMBER.search(bare):
        return _number_reading(number.group(), table)
    if (acronym := _ACRONYM.search(bare)) and acronym.group() in table.acronyms:
        return table.acronyms[acronym.group()]
    return table.letters.get(bare[-1:].upper(), bare)


def _bare(word: str) -> str:
    """The word without what is not read aloud at its end; the word itself where nothing else would be left."""
    shorter = _TRAILING.sub("", _BRACKETS.sub("", word))
    return word if shorter in ("", word) else _bare(shorter)


def _number_reading(number: str, table: ParticlePatterns) -> str:
    """The last digit that is read; a whole number that ends in zeros ends in the name of a power of ten."""
    figures = number.replace(",", "")
    zeros = len(figures) - len(figures.rstrip("0"))
    if "." in figures or not zeros or not figures.strip("0"):
        return table.digits[figures[-1]]
    return table.powers[max(power for power in table.powers if power <= zeros)]


SortKey = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...], tuple[int, ...], str]
_SPACE, _SIGN, _DIGITS, _LETTER = range(4)
_CHUNK = re.compile(r"\d{1,300}|.", re.DOTALL | re.ASCII)  # Python reads no endless integers


@dataclass(frozen=True, slots=True)
class _Element:
    """A letter, sign or number: what decides first, its accents, its case."""

    primary: tuple[int, int]
    accents: tuple[int, ...] = ()
    upper: int = 0


def sort_key(text: str, patterns: Patterns) -> SortKey:
    """A key by which Python sorts as the language does; different texts never have the same."""
    composed = unicodedata.normalize("NFC", text)
    elements = [_element(chunk, patterns.collation) for chunk in _CHUNK.findall(composed)]
    return (
        tuple(element.primary for element in elements),
        tuple(element.accents for element in elements),
        tuple(element.upper for element in elements),
        composed,
    )


def _element(chunk: str, collation: Collation) -> _Element:
    if chunk.isascii() and chunk.isdigit():
        return _Element((_DIGITS, int(chunk)))
    if chunk.isspace():
        return _Element((_SPACE, 0))
    if not chunk.isalpha():
        return _Element((_SIGN, ord(chunk)))
    return _letter(chunk, collation)


def _letter(chunk: str, collation: Collation) -> _Element:
    small = chunk.lower()
    letter, accents = _without_accents(small, collation)
    script = _script(letter[0], collation.scripts)
    return _Element((_LETTER + script, _rank(letter, collation)), accents, int(small != chunk))


def _without_accents(small: str, collation: Collation) -> tuple[str, tuple[int, ...]]:
    """The letter of the alphabet, and the ranks of the accents it carries beyond it."""
    base, marks = _decomposed(small)
    if not all(unicodedata.combining(mark) for mark in marks):
        return small, ()  # a syllable that decomposes into letters, not into a letter and accents
    kept = "".join(mark for mark in marks if mark not in collation.accents)
    letter = unicodedata.normalize("NFC", base + kept)
    if letter in collation.letters:
        marks = [mark for mark in marks if mark in collation.accents]
        base = letter
    return base, tuple(_accent_rank(mark, collation) for mark in marks)


def _decomposed(letter: str) -> tuple[str, list[str]]:
    text = unicodedata.normalize("NFD", letter)
    return text[0], list(text[1:])


def _accent_rank(mark: str, collation: Collation) -> int:
    rank = collation.accents.find(mark)
    return rank if rank >= 0 else ord(mark)


def _rank(letter: str, collation: Collation) -> int:
    rank = collation.letters.find(letter)
    return rank if rank >= 0 else len(collation.letters) + ord(letter[0])


@lru_cache(maxsize=4096)
def _script(letter: str, scripts: tuple[str, ...]) -> int:
    script = unicodedata.name(letter, "").partition(" ")[0]
    return scripts.index(script) if script in scripts else len(scripts)
