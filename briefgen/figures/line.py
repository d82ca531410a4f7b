"""A line folded for reading: one plain small letter for each written one, and the way back to the very slice."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ALIKE = str.maketrans(
    {
        "−": "-",
        "∼": "~",
        "〜": "~",
        "～": "~",
        "،": ",",
        "٬": ",",
        "٫": ".",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "\t": " ",
    }
)
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_JAMO_TAIL = range(0x1160, 0x1200)
_LONGEST_CLUSTER = 12


@dataclass(frozen=True, slots=True)
class Line:
    """`text` has as many characters as `source` has written ones; `origin` says where each began in the source."""

    source: str
    text: str
    origin: tuple[int, ...]

    def slice(self, start: int, end: int) -> str:
        """The source's own characters for a stretch of the folded text."""
        return self.source[self.origin[start] : self.origin[end]]

    def is_capital(self, position: int) -> bool:
        """Whether the source has a capital letter here."""
        return self.source[self.origin[position]].isupper()


def fold(source: str) -> Line:
    """Fold letters, spaces, dashes, quotes, digits of any script; decomposed letters become whole, soft signs go."""
    text: list[str] = []
    origin: list[int] = []
    start = 0
    while start < len(source):
        end = _cluster_end(source, start)
        text.append(_folded(source[start]) if end == start + 1 else _folded_cluster(source[start:end]))
        origin.append(start)
        start = end
    origin.append(len(source))
    return Line(source, "".join(text), tuple(origin))


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """A word of the lists in the form in which it stands in a folded line."""
    return fold(word).text


def is_wide(character: str) -> bool:
    """Whether a letter is of a script that sets no spaces around every word (Hangul, Han, Kana)."""
    return character.isalpha() and unicodedata.east_asian_width(character) in "WF"


def is_narrow(character: str) -> bool:
    """Whether a letter, or a low line, is of a script that does."""
    return character == "_" or (character.isalpha() and not is_wide(character))


def _cluster_end(source: str, start: int) -> int:
    end = start + 1
    last = min(len(source), start + _LONGEST_CLUSTER)
    while end < last and _continues(source[end]):
        end += 1
    return end


@lru_cache(maxsize=4096)
def _continues(character: str) -> bool:
    """Whether it belongs to the character before: accents, second half of a syllable, soft hyphens, note figures."""
    if character.isascii():
        return False
    return (
        unicodedata.category(character) in ("Mn", "Me", "Cf")
        or ord(character) in _JAMO_TAIL
        or unicodedata.decomposition(character).startswith("<super>")
    )


def _folded_cluster(cluster: str) -> str:
    visible = "".join(c for c in cluster if unicodedata.category(c) != "Cf")
    whole = unicodedata.normalize("NFC", visible)
    return _folded(whole[0]) if whole else " "


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if ord(character) in _FULL_WIDTH:
        character = chr(ord(character) - 0xFEE0)
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in ("Zs", "Cf"):
        return " "
    if category == "Pd":
        return "-"
    character = character.translate(_ALIKE)
    small = character.lower()
    return small if len(small) == 1 else character
