"""What stands around a number: its bound, its currency, its unit, the word that makes it one end of a range."""

import re
from dataclasses import dataclass

from briefgen.figures.lexicon import Hit
from briefgen.figures.line import Line, is_narrow, is_wide
from briefgen.figures.vocabulary import Unit, Vocabulary
from briefgen.model.quantities import Bound

_GAP = re.compile(r"[ -]?")
_LABEL_GAP = re.compile(r"[ :#(.]{0,3}$")
_LONGEST_WORD, _WORDS_BETWEEN = 60, 2
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit of a number, where its word ends, and what speaks against it."""

    unit: Unit
    end: int
    doubt: str = ""


def currency_before(line: Line, start: int, words: Vocabulary) -> Hit[str] | None:
    """The sign or code right before the number; a name such as won is none, as it may be a verb."""
    hit = words.currency_codes.before(line.text, start) or words.currency_names.before(line.text, start)
    if hit is None:
        return None
    written = line.slice(hit.start, hit.end)
    is_cut = hit.start > 0 and is_narrow(line.text[hit.start - 1])  # the $ of S$
    return hit if written == written.upper() and not is_wide(written[0]) and not is_cut else None


def bound_before(text: str, start: int, words: Vocabulary) -> Hit[Bound] | None:
    """The word before the number that says how exact it is."""
    return words.bounds_before.before(text, start)


def bound_after(text: str, end: int, words: Vocabulary) -> Hit[Bound] | None:
    """The same behind it: closed up (만여) or after a space (or more)."""
    return words.bounds_after.at(text, end, loose=True) or words.bounds_after.behind(text, end)


def currency_after(line: Line, end: int, words: Vocabulary) -> Hit[str] | None:
    """The currency behind the number, by its code in capitals or its name."""
    begin = _begin(line.text, end, words)
    code = words.currency_codes.at(line.text, begin)
    if code and line.slice(code.start, code.end).isupper():
        return code
    return words.currency_names.at(line.text, begin)


def percent_after(text: str, end: int, words: Vocabulary) -> Hit[str] | None:
    """The sign or word for per cent."""
    return words.percent.behind(text, end)


def unit_beside(text: str, end: int, words: Vocabulary) -> Hit[Unit] | None:
    """The unit that stands right behind the number."""
    return _unit_at(text, _begin(text, end, words), words)


def unit_after(line: Line, end: int, words: Vocabulary, *, apart: bool) -> Counted | None:
    """The unit behind the number, or with a doubt one that is a word or two away, or the name of a people."""
    if hit := unit_beside(line.text, end, words):
        doubt = (
            f"'{line.slice(hit.start, hit.end)}' may be something else than {hit.value.name}" if hit.doubtful else ""
        )
        return Counted(hit.value, hit.end, doubt)
    begin = _begin(line.text, end, words)
    for _ in range(_WORDS_BETWEEN if apart else 0):
        word = _word_at(line.text, begin)
        if word is None:
            return None
        if people := _people(line, word, words):
            return people
        begin = word.end() + 1 if line.text.startswith(" ", word.end()) else word.end()
        if begin > word.end() and (hit := _unit_at(line.text, begin, words)):
            return Counted(hit.value, hit.end, "the unit stands apart from the number")
    return None


def has_label(text: str, start: int, words: Vocabulary) -> bool:
    """Whether a word such as article or page stands before the number."""
    gap = _LABEL_GAP.search(text, max(0, start - 3), start)
    return words.labels.before(text, gap.start() if gap else start) is not None


def joint_after(text: str, start: int, end: int, words: Vocabulary) -> int | None:
    """Where the second end of a range begins, if what stood from `start` to `end` is the first one."""
    begin = end + 1 if text.startswith(" ", end) else end
    hit = words.ranges.at(text, begin, loose=True)
    if hit is None and is_after_between(text, start, words):
        hit = words.ands.at(text, begin)
    if hit is None:
        return None
    return hit.end + 1 if text.startswith(" ", hit.end) else hit.end


def is_after_between(text: str, start: int, words: Vocabulary) -> bool:
    """Whether a word for between stands before, so that the next "and" makes a range."""
    return words.between.before(text, start) is not None


def _people(line: Line, word: re.Match[str], words: Vocabulary) -> Counted | None:
    """A word with a capital that ends as names of peoples do."""
    if line.is_capital(word.start()) and words.people_endings and word.group().endswith(words.people_endings):
        written = line.slice(word.start(), word.end())
        return Counted(Unit("people"), word.end(), f"'{written}' is taken for people of a country")
    return None


def _unit_at(text: str, begin: int, words: Vocabulary) -> Hit[Unit] | None:
    if hit := words.units.at(text, begin):
        return hit
    word = _word_at(text, begin)
    return None if word is None else _by_ending(text, word, words)


def _by_ending(text: str, word: re.Match[str], words: Vocabulary) -> Hit[Unit] | None:
    """Compounds: samenwerkingsdocumenten is a word for documents."""
    endings = words.unit_endings
    for length in endings.lengths:
        ending = text[max(word.start(), word.end() - length) : word.end()]
        if ending in endings.entries:
            return Hit(endings.entries[ending], word.start(), word.end(), ending in endings.doubtful)
    return None


def _word_at(text: str, begin: int) -> re.Match[str] | None:
    word = _WORD.match(text, begin, begin + _LONGEST_WORD)
    if word is None or (word.end() < len(text) and is_narrow(text[word.end()])):
        return None
    return word


def _begin(text: str, end: int, words: Vocabulary) -> int:
    """Past a space or hyphen, and a small word such as "of"."""
    gap = _GAP.match(text, end)
    begin = gap.end() if gap else end
    link = words.links.at(text, begin) if begin > end else None
    return link.end + text.startswith(" ", link.end) if link else begin
