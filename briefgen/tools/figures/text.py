"""A line of text with its letters, digits and marks in one form, and the figures found in it."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from briefgen.model.quantities import Quantity

_ALIKE = str.maketrans("−∼〜～％＄：／，．（）،٬٫’‘ʼ´\t", "-~~~%$:/,.(),,.'''' ")
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
        """Whether nothing speaks against the figure."""
        return not self.why


Reading = tuple[Match, ...] | int
"""The figures that begin at a place of a text, or where reading goes on after what is no figure."""


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """`text` has one character for each letter of `source`; `origin` is where these begin there, and where it ends."""

    source: str
    text: str
    origin: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """A stretch of the text as it stands in the source."""
        return self.source[self.origin[start] : self.origin[end]]

    def match(self, start: int, end: int, quantity: Quantity | None, *doubts: str, partial: str = "") -> Match:
        """The figure at a span of the text; empty doubts do not count."""
        why = "; ".join(dict.fromkeys(filter(None, doubts)))
        return Match(quantity, self.written(start, end), self.origin[start], self.origin[end], why, partial)


def normalise(source: str) -> NormalisedText:
    """Small letters with their accents; one kind of digit, space, dash and quote; no soft hyphens, no note numbers."""
    starts = [at for at, character in enumerate(source) if not at or not _belongs_to_last(character)]
    origin = (*starts, len(source))
    return NormalisedText(source, "".join(_normalised(source[start:end]) for start, end in pairwise(origin)), origin)


def _belongs_to_last(character: str) -> bool:
    """Whether it is part of the letter before it: an accent, the rest of a syllable, a soft hyphen, a note number."""
    category = unicodedata.category(character)
    is_raised = unicodedata.decomposition(character).startswith("<super>") and category != "Lm"  # but 5ᵉ is an ordinal
    return category in ("Mn", "Me", "Cf") or ord(character) in _JAMO or is_raised


def _normalised(letter: str) -> str:
    visible = "".join(character for character in letter if unicodedata.category(character) != "Cf")
    character = unicodedata.normalize("NFC", visible)[:1].translate(_ALIKE) or " "
    if character.isdecimal():
        return str(unicodedata.digit(character))
    return {"Zs": " ", "Pd": "-"}.get(unicodedata.category(character), character.lower()[0])


def skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    """The end of a pattern that matches at a position; the position itself if it does not match."""
    match = pattern.match(text, position)
    return match.end() if match else position
