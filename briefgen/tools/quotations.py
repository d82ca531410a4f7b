"""Quotations in the lines they are taken from: where the words stand, which of several, and what stands beside them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from briefgen.check.quoted_numbers import DERIVE, LOOK_AGAIN, Fault
from briefgen.check.source_words import Piece, SourceWords, is_letter, is_unspaced
from briefgen.localise.cldr import all_scale_words
from briefgen.model.dates import Interval, Period
from briefgen.model.quantities import Bound, Count, Fraction, Money, Name, Ordinal, Percent, Quantity
from briefgen.model.records import Quoted

_WORDS_BESIDE, _SHORTEST_FOREIGN = 6, 3


@lru_cache(maxsize=1024)
def places(line: str, quotation: str) -> tuple[tuple[int, int], ...]:
    """Return where a line has the words of a quotation, as whole words; spaces may be of any kind and number.

    Positions count in the line's NFC form.
    """
    line, words = unicodedata.normalize("NFC", line), unicodedata.normalize("NFC", quotation).split()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    spans = (match.span() for match in pattern.finditer(line)) if words else ()
    return tuple((start, end) for start, end in spans if not _is_cut(line, start) and not _is_cut(line, end))


def _is_cut(line: str, at: int) -> bool:
    """Return whether a word or a number goes on over a position."""
    before, after = line[max(0, at - 1) : at], line[at : at + 1]
    if not (before and after):
        return False
    if before.isdigit() or after.isdigit():
        around = re.fullmatch(r"\d[.,]?\d|\d[^\W\d_]|[^\W\d_]\d", line[max(0, at - 1) : at + 1])
        decimal = re.fullmatch(r".?\d[.,]\d.?", line[max(0, at - 2) : at + 2])
        return bool((around and not is_unspaced(before) and not is_unspaced(after)) or decimal)
    return is_letter(before) and is_letter(after) and not is_unspaced(before) and not is_unspaced(after)


def as_quoted(line: str, start: int, end: int, value: Quantity) -> Quoted:
    """Return a figure with the words of the line from `start` to `end`, and which of them where it has more."""
    words = " ".join(unicodedata.normalize("NFC", line[start:end]).split())
    found = places(line, words)
    before = len(unicodedata.normalize("NFC", line[:start]))
    which = next((number for number, (first, last) in enumerate(found, 1) if last > before), 0)
    return Quoted(value=value, words=words, which=which if len(found) > 1 else 0)


def line_faults(line: str, quoted: Quoted, words: SourceWords | None) -> Iterator[Fault]:
    """Yield where a line does not have the words of a figure, has them more than once, or says more beside them."""
    found = places(line, quoted.words)
    if len(found) < max(1, quoted.which):
        number = f" {quoted.which} times" if found else ""
        yield Fault("V704", f"the words '{quoted.words}' are not in the line{number}", LOOK_AGAIN)
    elif len(found) > 1 and not quoted.which:
        message = f"the words '{quoted.words}' stand {len(found)} times in the line"
        yield Fault("V714", message, "quote a word more, or say 'which: 1', 'which: 2' ... beside them")
    elif words and not isinstance(quoted.value, Name):
        line, (start, end) = unicodedata.normalize("NFC", line), found[max(0, quoted.which - 1)]
        before = words.pieces(" ".join(line[:start].split(" ")[-_WORDS_BESIDE:]))
        after = words.pieces(" ".join(line[end:].split(" ")[:_WORDS_BESIDE]))
        last = next(reversed(words.pieces(quoted.words)), Piece(""))
        beside = _beside(before[::-1], after, last, quoted.value, words)
        if beside:
            yield Fault("V715", f"beside '{quoted.words}' the line says {beside}", f"quote it too; or {DERIVE}")


def _beside(
    before: tuple[Piece, ...], after: tuple[Piece, ...], last: Piece, value: Quantity, words: SourceWords
) -> str:
    """Return what stands beside a quotation and changes its figure; empty if nothing does. `before` runs backwards."""
    nearest = (*before[:1], *after[:1])
    if denied := next((each.text for each in before[:1] if "not" in each.means), ""):
        return f"'{denied}'"
    match value:
        case Money() | Count() | Percent():
            pass
        case Ordinal() | Fraction() | Name() | Period() | Interval():
            return ""
    if is_range(before) or is_range(after):
        return "the other end of a range"
    if after and _is_scale(after[0], last):
        return f"'{after[0].text}', a scale word"
    rate = next((each.text for each in nearest if "rate" in each.means and each.text.lower() not in words.doubtful), "")
    if rate and not value.per:
        return f"'{rate}', which the value does not say"
    limits = (each.text for each in nearest if "bound" in each.means and each.text.lower() not in words.doubtful)
    limit = next(limits, "") if value.bound is Bound.EXACT else ""
    return f"'{limit}', which the value does not say" if limit else ""


def is_range(pieces: tuple[Piece, ...]) -> bool:
    """Return whether a dash and a number come next."""
    return len(pieces) > 1 and pieces[0].text in "-~" and pieces[1].digits


def _is_scale(piece: Piece, last: Piece) -> bool:
    """Return whether a word is a scale word; of another language only after a number that has no unit behind it."""
    if "scale" in piece.means:
        return len(piece.text) > 1 or is_unspaced(piece.text)
    is_open = last.digits or bool({"number", "scale"} & last.means.keys())
    text = piece.text.lower()
    return is_open and not piece.means and len(text) >= _SHORTEST_FOREIGN and text in all_scale_words()
