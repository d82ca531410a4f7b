"""Reads a number as it is written, with the marks of its language and its scale words: 1,500억, 2,5 Millionen."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import category

from briefgen.figures.lexicon import Hit
from briefgen.figures.line import is_narrow, is_wide
from briefgen.figures.vocabulary import Vocabulary

MOST_DIGITS = 15
_RUN = re.compile(r"\d+(?:[.,']\d+)*")
_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,5}(?![\d ]\d)(?:[.,]\d+)?")
_GAP = re.compile(r"[ -]?")
_TENS, _ONES = range(20, 100, 10), range(1, 10)
_SHORT_WORD, _ABBREVIATION = 1, 4


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without its scale; no value where it cannot be made out."""

    value: Decimal | None
    end: int
    why: str = ""
    decimals_unclear: bool = False
    """Three decimals may be thousands; before a scale word they are decimals (94,618 tỷ) unless they end in nought."""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A number with its scale words. `doubts` say why it is not sure; `spelled` is a number written as a word."""

    value: Decimal | None
    end: int
    doubts: tuple[str, ...] = ()
    scaled: bool = False
    factor: Decimal = Decimal(1)
    """What its scale words make of its only number; 1 where there are several, as in 12억 3,450만."""
    short_scale: bool = False
    spelled: Hit[int] | None = None


@dataclass(slots=True)
class _Sum:
    """Adds up 12억 3,450만: parts below the next scale word gather in `section`."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    powers: list[int] = field(default_factory=list)
    limit: int = 99
    parts: int = 1

    def scale(self, power: int, *, closing: bool) -> None:
        """Apply a scale word to what was read since the last."""
        self.powers.append(power)
        if closing:
            self.total += (self.section + self.current).scaleb(power)
            self.section = Decimal(0)
            self.limit = power
        else:
            self.section += self.current.scaleb(power)
        self.current = Decimal(0)

    @property
    def value(self) -> Decimal:
        """All that was read."""
        return self.total + self.section + self.current


def read_numeral(text: str, start: int, words: Vocabulary) -> Numeral | None:
    """The digits that begin here, all that hang together; None where there are none."""
    run = _RUN.match(text, start)
    if run is None:
        return None
    spaced = _SPACED.match(text, start)
    if spaced and spaced.end() > run.end():
        value, why = _value(spaced.group() if words.group == " " else spaced.group().replace(" ", ""), words)
        return Numeral(value, spaced.end(), why or ("" if words.group == " " else "spaces inside the number"))
    if category(text[run.end() : run.end() + 1] or " ") == "No":
        return Numeral(None, run.end(), "a fraction sign follows the number")
    value, why = _value(run.group(), words)
    return Numeral(value, run.end(), why or _other_reading(run.group(), words), decimals_unclear=not why)


def read_magnitude(text: str, start: int, words: Vocabulary) -> Magnitude | None:
    """The number that begins here, in digits or as a word, with its scale words."""
    spelled = _spelled(text, start, words)
    numeral = Numeral(Decimal(spelled.value), spelled.end) if spelled else read_numeral(text, start, words)
    if numeral is None:
        return None
    if numeral.value is None:
        return Magnitude(None, numeral.end, (numeral.why,))
    added = _Sum(current=numeral.value)
    first_scale = _scale_at(text, numeral.end, words, added)
    end = _add_up(text, numeral.end, words, added)
    settled = numeral.decimals_unclear and added.powers and text[numeral.end - 1] != "0"
    why = "" if settled else numeral.why
    return Magnitude(
        value=added.value,
        end=end,
        doubts=(why,) if why else (),
        scaled=bool(added.powers),
        factor=Decimal(1).scaleb(sum(added.powers)) if added.parts == 1 else Decimal(1),
        short_scale=first_scale is not None and _is_short(text, first_scale),
        spelled=spelled,
    )


def _spelled(text: str, start: int, words: Vocabulary) -> Hit[int] | None:
    """A number word, or two of them: twenty-five."""
    tens = words.number_words.at(text, start)
    if tens is None or tens.value not in _TENS or not text.startswith("-", tens.end):
        return tens
    ones = words.number_words.at(text, tens.end + 1)
    return Hit(tens.value + ones.value, start, ones.end) if ones and ones.value in _ONES else tens


def _value(written: str, words: Vocabulary) -> tuple[Decimal | None, str]:
    """The value by the language's own marks; by the other ones only with a doubt."""
    if sum(map(str.isdigit, written)) > MOST_DIGITS:
        return None, "too many digits for a figure"
    own = _by_marks(written, words.decimal, words.group)
    if own is None:
        other = _by_marks(written, *((",", ".") if words.decimal == "." else (".", ",")))
        return other, "written with the number marks of another language" if other is not None else "unclear digits"
    return own, ""


def _other_reading(written: str, words: Vocabulary) -> str:
    """350.000 is 350 in English, and may yet be meant as 350 thousand."""
    whole, mark, decimals = written.partition(words.decimal)
    if mark and len(decimals) == 3 and 0 < len(whole) <= 3 and whole != "0":
        return f"could be {whole}{decimals}, with the thousands marked as in other languages"
    return ""


def _by_marks(written: str, decimal: str, group: str) -> Decimal | None:
    whole, mark, decimals = written.partition(decimal)
    if mark and not decimals.isdigit():
        return None
    groups = whole.split(group)
    if len(groups) > 1 and not _are_groups(groups):
        return None
    digits = "".join(groups)
    return Decimal(f"{digits}.{decimals}" if mark else digits) if digits.isdigit() else None


def _are_groups(groups: list[str]) -> bool:
    """Thousands in threes, or as in India the last three digits and then twos: 12,34,567."""
    first, *inner, last = map(len, groups)
    threes = first <= 3 and all(length == 3 for length in inner)
    twos = first <= 2 and bool(inner) and all(length == 2 for length in inner)
    return last == 3 and first > 0 and groups[0][0] != "0" and (threes or twos)


def _add_up(text: str, end: int, words: Vocabulary, added: _Sum) -> int:
    """Read scale words and further numbers, each smaller than the last, and say where they end."""
    while True:
        while scale := _scale_at(text, end, words, added):
            added.scale(scale.value, closing=_closes(scale.value, words))
            end = _after_abbreviation(text, scale)
        tail = _next_part(text, end, words, added) if added.powers else None
        if tail is None or tail.value is None:
            return end
        added.current = tail.value
        added.parts += 1
        end = tail.end


def _next_part(text: str, end: int, words: Vocabulary, added: _Sum) -> Numeral | None:
    """The next number, if it goes on with this one: 3,450만 after 12억; closed up or before a unit, 5,000 after 3만."""
    begin = end + 1 if text.startswith(" ", end) else end
    numeral = read_numeral(text, begin, words)
    if numeral is None or numeral.value is None or numeral.why or added.current:
        return None
    power = added.powers[-1]
    if numeral.value >= Decimal(10) ** power:
        return None
    probe = _Sum(current=numeral.value, limit=added.limit)
    if scale := _scale_at(text, numeral.end, words, probe):
        goes_on = numeral.value.scaleb(scale.value) < Decimal(10) ** added.limit
        return numeral if (goes_on and scale.value < power) or _small_before_large(scale, power, words) else None
    return numeral if is_wide(text[end - 1]) and (begin == end or _unit_follows(text, numeral.end, words)) else None


def _small_before_large(scale: Hit[int], power: int, words: Vocabulary) -> bool:
    """5천5백만: the thousands and hundreds gather before the scale word that closes."""
    return not _closes(power, words) and not _closes(scale.value, words) and scale.value < power


def _unit_follows(text: str, end: int, words: Vocabulary) -> bool:
    begin = end + 1 if text.startswith(" ", end) else end
    if words.dates.year_after.at(text, begin):
        return False
    return bool(words.units.at(text, begin) or words.currency_names.at(text, begin))


def _scale_at(text: str, end: int, words: Vocabulary, added: _Sum) -> Hit[int] | None:
    gap = _GAP.match(text, end)
    begin = gap.end() if gap else end
    scale = words.scales.at(text, begin, loose=True)
    if scale is None or scale.value >= added.limit or (begin > end and _is_short(text, scale)):
        return None
    return scale if added.current or (added.section and _closes(scale.value, words)) else None


def _is_short(text: str, scale: Hit[int]) -> bool:
    """A single letter, such as m: it counts only right after the digits."""
    return is_narrow(text[scale.start]) and scale.end - scale.start <= _SHORT_WORD


def _closes(power: int, words: Vocabulary) -> bool:
    """Whether a scale word ends a section: million does, hundred does not; 만 does, 천 does not."""
    return power >= (4 if words.myriads else 3)


def _after_abbreviation(text: str, scale: Hit[int]) -> int:
    """The end of the word, with the stop of an abbreviation when a word goes on after it: Mio. Euro."""
    if scale.end - scale.start <= _ABBREVIATION and re.match(r"\. ?\w", text[scale.end : scale.end + 3]):
        return scale.end + 1
    return scale.end
