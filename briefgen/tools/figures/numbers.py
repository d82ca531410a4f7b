"""Reads numbers: digits with the number marks of the language, number words, scale words after them, and ordinals."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from unicodedata import category

from briefgen.model.quantities import Ordinal
from briefgen.tools.figures.text import NormalisedText, Reading, skip
from briefgen.tools.figures.vocabulary import Hit, Vocabulary, ends_word, is_boundary, is_narrow, is_wide

_DIGITS = re.compile(r"\d{1,3}(?: \d{3}){1,5}(?! ?\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*")
_SPACE, _STOP = re.compile(" "), re.compile(r"\. ?\w")
_GAP = re.compile(r"[ -](?![^\W\d_\u4e00-\ud7a3]\b)")  # not before a single letter: 213 m
_ORDINAL = re.compile(r"[1-9]\d{0,2}(?!\d|[.,]\d)")
_NEXT_WORD = re.compile(r" [^\W\d_]")
_MOST_DIGITS, _ABBREVIATION = 15, 4
_TEN, _THOUSAND = 10, 3

Amounts = tuple[tuple[Decimal, int], ...]
"""What adds up to a number (12억 3,450만): amounts, each smaller than the last, with the power of their scale words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with its scale words; no value where it cannot be made out."""

    value: Decimal | None
    start: int
    end: int
    doubt: str = ""
    word: Hit[int] | None = None
    """The number word that it begins with."""
    power: int = 0
    """The power of ten of its scale words; of the first ones where they go on (12억 3,450만)."""


def read_number(text: str, start: int, words: Vocabulary) -> Number | None:
    """The number that begins here, in digits or as a word."""
    numeral = _number_word(text, start, words) or _read_digits(text, start, words)
    if numeral is None or numeral.value is None:
        return numeral
    amounts, end = _add_up(text, numeral.value, numeral.end, words)
    power, doubt = amounts[0][1], numeral.doubt
    whole, _, decimals = text[start : numeral.end].partition(words.decimal)
    is_thousands = len(whole) <= 3 and whole != "0" and len(decimals) == 3
    if is_thousands and not doubt and (not power or decimals.endswith("0")):  # 94,618 tỷ has decimals
        doubt = f"could be {whole}{decimals}, with the thousands marked as in other languages"
    value = sum((value for value, _ in amounts), Decimal(0))
    return Number(value=value, start=start, end=end, doubt=doubt, word=numeral.word, power=power)


def _number_word(text: str, start: int, words: Vocabulary) -> Number | None:
    """A number word, or two of them: twenty-five."""
    word = words.number_words.at(text, start)
    ones = words.number_words.at(text, word.end + 1) if word and text.startswith("-", word.end) else None
    if word and ones and ones.value < _TEN < word.value:
        word = replace(word, value=word.value + ones.value, end=ones.end)
    return Number(value=Decimal(word.value), start=start, end=word.end, word=word) if word else None


def _read_digits(text: str, start: int, words: Vocabulary) -> Number | None:
    digits = _DIGITS.match(text, start)
    if digits is None:
        return None
    end, written = digits.end(), digits.group() if words.group == " " else digits.group().replace(" ", "")
    if category(text[end : end + 1] or " ") == "No":
        return Number(value=None, start=start, end=end, doubt="a fraction sign follows the number")
    if sum(map(str.isdigit, written)) > _MOST_DIGITS:
        return Number(value=None, start=start, end=end, doubt="too many digits for a figure")
    if (value := _value(written, words.decimal, words.group)) is not None:
        doubt = "" if written == digits.group() else "spaces inside the number"
        return Number(value=value, start=start, end=end, doubt=doubt)
    value = _value(written, *((",", ".") if words.decimal == "." else (".", ",")))
    doubt = "unclear digits" if value is None else "written with the number marks of another language"
    return Number(value=value, start=start, end=end, doubt=doubt)


def _value(written: str, decimal: str, group: str) -> Decimal | None:
    """The value by these marks: thousands in threes, or as in India the last three digits and then twos: 12,34,567."""
    mark = re.escape(group)
    whole = rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|[1-9]\d?(?:{mark}\d\d)+{mark}\d{{3}}|\d+"
    if not re.fullmatch(rf"(?:{whole})(?:{re.escape(decimal)}\d+)?", written):
        return None
    return Decimal(written.replace(group, "").replace(decimal, "."))


def _add_up(text: str, value: Decimal, end: int, words: Vocabulary) -> tuple[Amounts, int]:
    """The amounts that begin with a numeral, and where they end; the last may lack a scale word (3만 5,000명)."""
    powers, end = _scales(text, end, words)
    amounts = _append((), value, powers)
    while powers and (numeral := _read_digits(text, skip(_SPACE, text, end), words)) and numeral.value is not None:
        powers, next_end = _scales(text, numeral.end, words)
        unit, is_year = words.units.after(text, next_end), words.year_after.after(text, next_end)
        is_last = is_wide(text[end - 1]) and (text[end].isdigit() or (unit and unit.value.name != "%" and not is_year))
        more = _append(amounts, numeral.value, powers)
        if not more or not (powers or is_last):
            break
        amounts, end = more, next_end
    return amounts, end


def _append(amounts: Amounts, value: Decimal, powers: tuple[int, ...]) -> Amounts:
    """One more amount, with the thousands and hundreds before it drawn in (5천5백만); nothing if it is too large."""
    total = 0
    for power in powers:
        while amounts and amounts[-1][1] <= _THOUSAND < power and value < 10 ** amounts[-1][1]:
            value += amounts[-1][0]
            amounts = amounts[:-1]
        value, total = value.scaleb(power), total + power
    return () if amounts and value >= 10 ** amounts[-1][1] else (*amounts, (value, total))


def _scales(text: str, end: int, words: Vocabulary) -> tuple[tuple[int, ...], int]:
    """The powers of ten of the scale words that follow, each greater than the last, and where these end."""
    powers: tuple[int, ...] = ()
    while (scale := words.scales.at(text, skip(_GAP, text, end))) and (not powers or scale.value > powers[-1]):
        powers, end = (*powers, scale.value), scale.end
        if scale.end - scale.start <= _ABBREVIATION and _STOP.match(text, end):
            end += 1  # Mio. Euro
    return powers, end


def read_ordinal(line: NormalisedText, start: int, words: Vocabulary) -> Reading | None:
    """The ordinal whose figure, or whose word, begins here."""
    if hit := words.ordinal_words.at(line.text, start):
        return (line.match(start, hit.end, Ordinal(hit.value), "an ordinal, or a turn of phrase"),)
    number = _ORDINAL.match(line.text, start)
    fitting = [around for around in words.ordinals if number and _fits(line.text, number, *around, words)]
    if number is None or not fitting:
        return None
    before, after = max(fitting, key=lambda around: len("".join(around)))
    doubt = "an ordinal, or something else written like one" if words.ordinals[before, after] else ""
    if after == "." and not line.text[:start].strip():
        doubt = "an ordinal, or the number of a paragraph"
    elif after == "." and not before:
        doubt = "an ordinal, a day, or the end of a sentence"
    begin, end = start - len(before), number.end() + len(after)
    return (line.match(begin, end, Ordinal(int(number.group())), doubt, partial=number.group() if doubt else ""),)


def _fits(text: str, number: re.Match[str], before: str, after: str, words: Vocabulary) -> bool:
    """Whether an ordinal is written so around a number; a stop after it makes one only before another word."""
    begin, end = number.start() - len(before), number.end() + len(after)
    is_here = text[max(0, begin) : end] == before + number.group() + after and is_boundary(text, begin)
    if after == ".":
        return is_here and _NEXT_WORD.match(text, end) is not None
    return is_here and ends_word(text, end, words.endings) and not is_narrow(text[end : end + 1])
