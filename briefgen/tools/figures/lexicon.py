"""Looking up words at a place in a line, in bounded time whatever the line holds."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from briefgen.model.quantities import Quantity

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure of a line; `line[start:end]` is `text`.

    Where `sure` is false, `why` says what a person has to decide. `partial` is what was understood where that is no
    whole quantity: a number without a unit (`more than 350000`), a date without its year (`--02-09/--02-11`).
    """

    quantity: Quantity | None
    text: str
    start: int
    end: int
    sure: bool
    why: str = ""
    partial: str = ""
    deadline: bool = False
    """Whether the line says "by" before a date, or the like after it."""


@dataclass(frozen=True, slots=True)
class Skip:
    """What is no figure, and where reading goes on."""

    end: int


Reading = tuple[Found, ...] | Skip


def found(
    line: Line,
    span: tuple[int, int],
    quantity: Quantity | None,
    doubts: tuple[str, ...] = (),
    *,
    partial: str = "",
    deadline: bool = False,
) -> Found:
    """A figure at a span of the folded line; it is sure if nothing speaks against it."""
    start, end = span
    return Found(
        quantity=quantity,
        text=line.slice(start, end),
        start=line.origin[start],
        end=line.origin[end],
        sure=not doubts,
        why="; ".join(dict.fromkeys(doubts)),
        partial=partial,
        deadline=deadline,
    )


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A word found: what it means, where it stands, and whether it often means something else."""

    value: T
    start: int
    end: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[T]):
    """Words, folded, with what they mean."""

    entries: Mapping[str, T]
    doubtful: frozenset[str]
    endings: tuple[str, ...]
    initials: frozenset[str]
    lengths: tuple[int, ...]

    def at(self, text: str, start: int, *, loose: bool = False) -> Hit[T] | None:
        """The longest word that begins here; `loose` lets letters follow where the script sets no spaces."""
        if start >= len(text) or text[start] not in self.initials or not _begins_word(text, start):
            return None
        for length in self.lengths:
            word = text[start : start + length]
            if word in self.entries and self._ends_word(text, start + len(word), loose):
                return Hit(self.entries[word], start, start + len(word), word in self.doubtful)
        return None

    def behind(self, text: str, end: int) -> Hit[T] | None:
        """The word that begins where another ended, closed up or after one space."""
        return self.at(text, end) or (self.at(text, end + 1) if text.startswith(" ", end) else None)

    def before(self, text: str, end: int) -> Hit[T] | None:
        """The longest word that ends here, or one space before."""
        if end and text[end - 1] == " ":
            end -= 1
        for length in self.lengths:
            start = end - length
            if start >= 0 and text[start:end] in self.entries and _begins_word(text, start):
                return Hit(self.entries[text[start:end]], start, end, text[start:end] in self.doubtful)
        return None

    def _ends_word(self, text: str, end: int, loose: bool) -> bool:
        if end >= len(text):
            return True
        last, following = text[end - 1], text[end]
        if is_wide(last) and is_wide(following):
            return loose or not self.endings or text.startswith(self.endings, end)
        return not _joined(last, following)


@dataclass(frozen=True, slots=True)
class LexiconMaker:
    """Makes the lexicons of one language, which share its doubtful words and its endings."""

    doubtful: frozenset[str]
    endings: tuple[str, ...]

    def of(self, entries: Mapping[str, T]) -> Lexicon[T]:
        """A lexicon of the words, each folded; of two that fold alike the first holds."""
        folded: dict[str, T] = {}
        for word, value in entries.items():
            folded.setdefault(fold_word(word), value)
        folded.pop("", None)
        return Lexicon(
            entries=folded,
            doubtful=self.doubtful,
            endings=self.endings,
            initials=frozenset(word[0] for word in folded),
            lengths=tuple(sorted({len(word) for word in folded}, reverse=True)),
        )

    def marks(self, words: Iterable[str]) -> Lexicon[str]:
        """A lexicon of words that mean nothing but that they stand there."""
        return self.of({word: word for word in words})


def lexicon_maker(doubtful: Iterable[str], endings: Iterable[str]) -> LexiconMaker:
    """The maker for a language; words are given as written."""
    return LexiconMaker(frozenset(map(fold_word, doubtful)), tuple(map(fold_word, endings)))


def own_first(own: Mapping[str, T], general: Mapping[str, T]) -> Mapping[str, T]:
    """The words of a language's file before those of CLDR."""
    return {**own, **{word: value for word, value in general.items() if word not in own}}


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or not _joined(text[start - 1], text[start])


def _joined(left: str, right: str) -> bool:
    """Whether no word can end between the two: letters of a script with spaces, or digits."""
    return (is_narrow(left) and is_narrow(right)) or (left.isdigit() and right.isdigit())
