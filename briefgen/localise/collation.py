"""The order of words in a language: letters first, then accents, then case; numbers by their value.

Babel does not collate, and code points put Â after Z. The order of the alphabet is data; what is left out of it (signs,
other scripts) follows the shape of the Unicode Collation Algorithm: spaces, signs, digits, letters.
"""

import re
import unicodedata
from functools import lru_cache

from briefgen.localise.patterns import Collation, Patterns

SortKey = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...], tuple[int, ...], str]
_Element = tuple[tuple[int, int], tuple[int, ...], int]
"""A letter, sign or number: what decides first, its accents, whether it is a capital."""
_SPACE, _SIGN, _DIGITS, _LETTER = range(4)
_CHUNK = re.compile(r"\d{1,300}|.", re.DOTALL | re.ASCII)  # Python reads no endless integers


def sort_key(text: str, patterns: Patterns) -> SortKey:
    """A key by which Python sorts as the language does; different texts never have the same."""
    composed = unicodedata.normalize("NFC", text)
    elements = [_element(chunk, patterns.collation) for chunk in _CHUNK.findall(composed)]
    first, accents, capitals = zip(*elements, strict=True) if elements else ((), (), ())
    return first, accents, capitals, composed


def _element(chunk: str, collation: Collation) -> _Element:
    if chunk.isascii() and chunk.isdigit():
        return (_DIGITS, int(chunk)), (), 0
    if chunk.isspace():
        return (_SPACE, 0), (), 0
    if not chunk.isalpha():
        return (_SIGN, ord(chunk)), (), 0
    small = chunk.lower()
    letter, accents = _without_accents(small, collation)
    rank = collation.letters.find(letter)
    by_alphabet = rank if rank >= 0 else len(collation.letters) + ord(letter[0])
    return (_LETTER + _script(letter[0], collation.scripts), by_alphabet), accents, int(small != chunk)


def _without_accents(small: str, collation: Collation) -> tuple[str, tuple[int, ...]]:
    """The letter of the alphabet, and the ranks of the accents it carries beyond it."""
    base, *marks = list(unicodedata.normalize("NFD", small))
    if not all(unicodedata.combining(mark) for mark in marks):
        return small, ()  # a syllable that decomposes into letters, not into a letter and accents
    kept = "".join(mark for mark in marks if mark not in collation.accents)
    letter = unicodedata.normalize("NFC", base + kept)
    if letter in collation.letters:
        marks = [mark for mark in marks if mark in collation.accents]
        base = letter
    ranks = ((collation.accents.find(mark), mark) for mark in marks)
    return base, tuple(rank if rank >= 0 else ord(mark) for rank, mark in ranks)


@lru_cache(maxsize=4096)
def _script(letter: str, scripts: tuple[str, ...]) -> int:
    script = unicodedata.name(letter, "").partition(" ")[0]
    return scripts.index(script) if script in scripts else len(scripts)
