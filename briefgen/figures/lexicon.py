"""Looking up words at a place in a line, in bounded time whatever the line holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefgen.figures.line import fold_word, is_narrow, is_wide

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
