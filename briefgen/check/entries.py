"""What to write into the file of a language so that a word of a quotation is known: the entry that a message proposes.

It is the whole phrase, never a part of it that means something else by itself: "co" of co najmniej is "each".
"""

import re
from collections.abc import Sequence

from briefgen.check.source_words import Piece, is_unspaced, plain
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.quantities import Count, Fraction, Money, Percent

Amount = Money | Count | Percent
_UNITS = frozenset(("unit", "currency", "percent"))


def words_before(quoted: str, between: Sequence[Piece], *, digits: bool) -> str:
    """Return the words before a number, as the source has them, without what is counted: co najmniej.

    `digits`: the number is written in digits, so that the words end where these begin.
    """
    known = next((at for at, each in enumerate(between) if each.means.keys() & _UNITS), None)
    written = " ".join(each.text for each in between[:known])
    whole = re.search(rf"{re.escape(between[0].text)}[^\d]*(?=\d)", plain(quoted)) if between and digits else None
    return whole.group().strip().lower() if whole and known is None else written.lower()


def unknown_phrase(quoted: str, pieces: Sequence[Piece], *, beside_day: bool = False) -> str:
    """Return the words of a date between two numbers, or at an end of it, among which is the first that is not known.

    `beside_day`: those between day and year, as a month stands: 12 V 2025.
    """
    unknown = next((each.folded for each in pieces if each.is_unknown), "")
    text = plain(quoted).lower()
    if not unknown or is_unspaced(unknown):
        return unknown
    runs = re.findall(r"(?<!\d)\d{1,2}\.? ([^\d]+?),? \d{4}(?!\d)" if beside_day else r"[^\d]+", text)
    return next((run.strip(" .,-") for run in runs if unknown in (word.strip(".,") for word in run.split())), "")


def of_what(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces before a word that says how often or how exactly: the soja of soja por ano."""
    return pieces[: next((at for at, each in enumerate(pieces) if {*each.means} & {"rate", "bound"}), len(pieces))]


def entry_for(
    pieces: Sequence[Piece], at: int, value: Amount | Fraction | FactDate, power: int | None, before: str
) -> str:
    """Return the entry that would make a word known, as what it most likely is at this place; no limit of no value.

    `before` are the words from this one on up to the number, if it is before that.
    """
    word = pieces[at].folded
    if isinstance(value, Period | Interval):
        return f"date_fillers: [{word}]"
    if at and pieces[at - 1].text == "'":  # 20'ye varan
        return f"endings: [{word}]"
    if any(each.means.keys() & _UNITS for each in pieces[:at]) and not isinstance(value, Fraction):
        words = " ".join(each.folded for each in of_what(pieces[at:]) if each.is_word)
        return f"bounds_after: {{{words}: {value.bound}}}" if value.bound else ""
    if before:
        return _entry_before(pieces, value, word, before)
    if at + 1 < len(pieces) and len(word) <= _SMALL_WORD:
        return f"links: [{word}]"
    if at + 1 < len(pieces) and power != 0:
        return f"scales: {{{word}: {power or 'POWER OF TEN'}}}"
    rest = (each.text for each in of_what(pieces[at:]) if each.is_word)  # the number is whole: this is the unit
    word = " ".join(each if each.isupper() else each.lower() for each in rest)
    match value:
        case Money():
            return f"currencies: {{{word}: {value.currency}}}"
        case Count():
            return f"units: {{{word}: {value.unit}}}"
        case _:
            return f"percent: [{word}]" if isinstance(value, Percent) else f"links: [{word}]"


def _entry_before(pieces: Sequence[Piece], value: Amount | Fraction, word: str, before: str) -> str:
    """Return the entry for the words before a number: a limit, or what is counted where nothing behind it says so."""
    is_named = any("percent" in each.means for each in pieces)
    if isinstance(value, Percent) and not is_named and not (value.bound and pieces[-1].is_word):
        return f"percent: [{word}]"
    if isinstance(value, Money) and not value.bound and not pieces[-1].is_word:
        return f"currencies: {{{before}: {value.currency}}}"
    is_counted = any(each.means.keys() & _UNITS for each in pieces) or pieces[-1].is_word
    return f"bounds_before: {{{before if is_counted else 'WORDS'}: {value.bound}}}" if value.bound else ""


def limit_between(pieces: Sequence[Piece], at: int, value: Amount | Fraction | FactDate) -> str:
    """Return the entry for a limit between a number and its unit, with an ending before it: 20'den fazla anlaşma."""
    bound = getattr(value, "bound", "")
    ends = [end for end in range(at, len(pieces)) if pieces[end].means.keys() & _UNITS]
    if not bound or not ends or any("bound" in each.means for each in pieces):
        return ""
    start = at - 2 if at > 1 and pieces[at - 2].text == "'" else at
    if not (start and pieces[start - 1].digits):
        return ""
    words = "".join(each.folded if each.attached else f" {each.folded}" for each in pieces[start : ends[0]]).strip()
    key = f'"{words}"' if "'" in words else words
    return f"bounds_after: {{{key}: {bound}}}"


_SMALL_WORD = 3
"""Letters of the longest word that is taken for a small one, such as de, van or των."""
