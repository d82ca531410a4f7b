"""Detects the language of a text, or of one line of it, by its small words; it declines where it does not know."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefgen.localise.language_file import ReadingWords

LEAST_SHARE = 0.15
"""Of all words: texts in a language have 20 to 45 % of its small words, texts in another one 3 to 10 %."""
_AHEAD = 1.2
"""Times as many small words as the second language; near relatives, such as Dutch and Afrikaans, are both listed."""
_FEWEST_SMALL = 4
"""Small words in a line that make it one of another language; fewer say little."""
_MOST_OF_OTHER = 0.5
"""A line is in another language if its own has less than this part of the other's small words."""
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = dict(
    line.split(": ")
    for line in Path(__file__).with_name("small_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


@dataclass(frozen=True, slots=True)
class Detected:
    """The language that a text is most like, and how like it is."""

    code: str
    is_clear: bool
    near: tuple[str, ...] = ()
    """The languages that it may be as well, such as Galician beside Portuguese; the likeliest first."""


def detect(text: str, known: Mapping[str, ReadingWords]) -> Detected:
    """Return the language whose small words the text uses most, clearly so or not; no code where it uses none."""
    if code := _by_script(text):
        return Detected(code, is_clear=True)
    words = [word.casefold() for word in _WORD.findall(text)]
    scores = _scores(words, known)
    ranked = scores.most_common()
    best, most = ranked[0] if ranked else ("", 0)
    if not most:
        return Detected("", is_clear=False)
    near = tuple(code for code, score in ranked[1:] if score * _AHEAD >= most)
    return Detected(best, is_clear=most >= LEAST_SHARE * len(words) and not near, near=near)


def other_language(line: str, language: str, known: Mapping[str, ReadingWords]) -> str:
    """Return the language that a line is in where that is clearly not the given one; empty where it may be."""
    language = re.split("[-_]", language)[0]
    if language not in {*known, *_SMALL_WORDS, *_SCRIPTS.values()}:
        return ""
    if code := _by_script(line):
        return code if code != language else ""
    words = [word.casefold() for word in _WORD.findall(line)]
    scores = _scores(words, known)
    best, most = scores.most_common(1)[0]
    is_other = most >= max(_FEWEST_SMALL, LEAST_SHARE * len(words)) and scores[language] < _MOST_OF_OTHER * most
    return best if is_other else ""


_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "GREEK": "el", "THAI": "th", "HEBREW": "he",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "TAMIL": "ta", "TELUGU": "te", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
}  # fmt: skip
"""Scripts that are of one language, by the first word of the names of their letters."""


_TONES = 0.04
"""Of all letters: about every tenth of Vietnamese is one that only Vietnamese has."""


def _by_script(text: str) -> str:
    """Return the language whose own script most letters are of; a tenth of Japanese kana makes Han Japanese."""
    text = unicodedata.normalize("NFC", text)
    if sum("\u1ea0" <= letter <= "\u1ef9" for letter in text) > _TONES * sum(map(str.isalpha, text)):
        return "vi"
    letters = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    found: Counter[str] = Counter()
    for script, number in letters.items():
        found[_SCRIPTS.get(script, "")] += number
    if found["ja"] * 10 > letters.total():
        found["ja"] += found.pop("zh", 0)
    code, number = max(found.items(), key=lambda each: each[1], default=("", 0))
    return code if number * 2 > letters.total() else ""


def _scores(words: list[str], known: Mapping[str, ReadingWords]) -> Counter[str]:
    """Return how many of the words are small words of each language; those of a language's own file count as well."""
    counted = Counter(words)
    small = {code: {*listed.split()} for code, listed in _SMALL_WORDS.items()}
    for code, reading in known.items():
        small[code] = small.get(code, set()) | {word.casefold() for word in reading.common}
    return Counter({code: sum(counted[word] for word in listed) for code, listed in small.items()})
