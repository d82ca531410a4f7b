"""Particles whose form follows the sound before them, by the tables of the language's file."""

import re
import unicodedata

from briefgen.localise.filling import nearest
from briefgen.localise.patterns import ParticlePatterns, Patterns

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
        raise ValueError(f"'{patterns.locale}' has no particles '{pair}'{nearest(pair, table.pairs)}")
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
