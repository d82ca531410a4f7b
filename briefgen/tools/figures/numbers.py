"""Reads numbers in digits and words, and what they measure: ordinals, money, counts and percentages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from unicodedata import category

from briefgen.localise import cldr
from briefgen.localise.language import Amounts, digits_value, with_amount
from briefgen.model.quantities import Bound, Count, Money, Ordinal, Percent, Rate
from briefgen.tools.figures import (
    Hit,
    Match,
    Reading,
    TextLine,
    Unit,
    Vocabulary,
    any_language,
    ends_word,
    holding,
    is_boundary,
    is_narrow,
    is_of_name,
    is_wide,
    skip,
)

_DIGITS = re.compile(r"\d{1,3}(?: \d{3}){1,5}(?! ?\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*")
_ORDINAL = re.compile(r"[1-9]\d{0,3}(?!\d|[.,]\d)")
_WORD, _NEXT_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*"), re.compile(r" [^\W\d_]")
_SPACE, _STOP, _SPACE_OR_HYPHEN = re.compile(" "), re.compile(r"\. ?\w"), re.compile(r"[ -]")
_REST_OF_NAME, _YEAR = re.compile(r"[\w.-]*"), re.compile(r" ?(?:19|20|21)\d\d(?!\d|[.,]\d)")
_MINUS = re.compile(r"(?:^|[^\w\0])[-△▲▼]$")
_MOST_DIGITS, _ABBREVIATION, _SHORT_SCALE, _MOST_ENDING = 15, 4, 2, 5
_MOST_WORDS_BETWEEN, _SMALLEST_BARE_WORD = 2, 3
_TEN, _MILLION = 10, 6
"""Ten itself, and the power of ten that is a million."""


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
    """Return the number that begins here, in digits or as a word."""
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
    """Return a number word, or two of them: twenty-five."""
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
    value = None
    if category(text[end : end + 1] or " ") == "No":
        doubt = "a fraction sign follows the number"
    elif sum(map(str.isdigit, written)) > _MOST_DIGITS:
        doubt = "too many digits for a figure"
    elif (value := digits_value(written, words.decimal, words.group)) is not None:
        doubt = "" if written == digits.group() else "spaces inside the number"
    else:
        value = digits_value(written, *((",", ".") if words.decimal == "." else (".", ",")))
        doubt = "unclear digits" if value is None else "written with the number marks of another language"
    return Number(value=value, start=start, end=end, doubt=doubt)


def _add_up(text: str, value: Decimal, end: int, words: Vocabulary) -> tuple[Amounts, int]:
    """Return the amounts that begin with a numeral, and their end; the last may lack a scale word (3만 5,000명)."""
    powers, end = _scales(text, end, words)
    amounts = with_amount((), value, powers)
    while powers and (numeral := _read_digits(text, skip(_SPACE, text, end), words)) and numeral.value is not None:
        powers, next_end = _scales(text, numeral.end, words)
        unit, is_year = words.units.after(text, next_end), words.year_after.after(text, next_end)
        is_last = is_wide(text[end - 1]) and (text[end].isdigit() or (unit and unit.value.name != "%" and not is_year))
        more = with_amount(amounts, numeral.value, powers)
        if not more or not (powers or is_last):
            break
        amounts, end = more, next_end
    return amounts, end


def _scales(text: str, end: int, words: Vocabulary) -> tuple[tuple[int, ...], int]:
    """Return the powers of ten of the scale words that follow, each greater than the last, and where these end."""
    powers: tuple[int, ...] = ()
    while (scale := words.scales.at(text, skip(_SPACE_OR_HYPHEN, text, end))) and (
        not powers or scale.value > powers[-1]
    ):
        powers, end = (*powers, scale.value), scale.end
        if scale.end - scale.start <= _ABBREVIATION and _STOP.match(text, end):
            end += 1  # Mio. Euro
    return powers, end


def read_ordinal(line: TextLine, start: int, words: Vocabulary) -> Reading | None:
    """Return the ordinal whose figure, or whose word, begins here."""
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


_LONGEST_BARE = 3
"""Digits of an ordinal without a word of its own behind it."""


def _fits(text: str, number: re.Match[str], before: str, after: str, words: Vocabulary) -> bool:
    """Return whether an ordinal is written so around a number; a stop after it makes one only before another word."""
    begin, end = number.start() - len(before), number.end() + len(after)
    is_here = text[max(0, begin) : end] == before + number.group() + after and is_boundary(text, begin)
    if len(number.group()) > _LONGEST_BARE and after in ("", "."):
        return False  # a year
    if after == ".":
        return is_here and _NEXT_WORD.match(text, end) is not None
    return is_here and ends_word(text, end, words.endings) and not is_narrow(text[end : end + 1])


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number measures, if anything is known, and the span of the number with the words that say so."""

    unit: Unit | None
    start: int
    end: int
    doubt: str = ""


def read_amount(line: TextLine, start: int, words: Vocabulary) -> Reading | None:
    """Return the amount, or both ends of a range of amounts, whose first number begins here."""
    number = read_number(line.text, start, words)
    if number is None:
        return None
    if number.value is None:
        return (line.match(start, number.end, None, number.doubt),)
    if ends := _range(line, number, words):
        return ends
    bound_after = _bound_after(line.text, number.end, words)
    measure = _measure(line, start, bound_after.end if bound_after else number.end, words, apart=not number.word)
    if not _is_figure(line.text, number, measure, words):
        return skip(_REST_OF_NAME, line.text, number.end)
    bound_before = words.bounds_before.before(line.text, _past_prefix(line.text, measure.start))
    bounds = [hit for hit in (bound_before, bound_after or _bound_after(line.text, measure.end, words)) if hit]
    doubts, bound = _doubts(line, number, measure, bounds), bounds[0].value if bounds else Bound.EXACT
    start, end = min([measure.start, *(hit.start for hit in bounds)]), max([measure.end, *(hit.end for hit in bounds)])
    rate = (words.rates.after(line.text, end) or words.rates.before(line.text, start)) if measure.unit else None
    if rate:
        start, end = min(start, rate.start), max(end, rate.end)
        doubts.append(f"'{line.written(rate.start, rate.end)}' may not say how often" if rate.doubtful else "")
    per = rate.value if rate else Rate.NONE
    return (_amount(line, number.value, replace(measure, start=start, end=end), bound, *doubts, per=per),)


def _past_prefix(text: str, start: int) -> int:
    """Return the index before the hyphen that joins a Hebrew word to a number: יותר מ-20."""
    return start - 1 if _HEBREW_HYPHEN.search(text, max(0, start - 2), start) else start


_HEBREW_HYPHEN = re.compile("[\u05d0-\u05ea]-")


def read_amount_in_words(line: TextLine, start: int, words: Vocabulary) -> Reading | None:
    """Return a scale word without a number that can be read ("hundreds of millions"): a person must look."""
    if number := words.numbers_of_any.at(line.text, start):
        return (line.match(start, number.end, None, "a number in words, not read"),)
    scale = words.scales.at(line.text, start) or _made_of_scale(line.text, start, words)
    if scale is None or scale.value < _MILLION or is_wide(line.text[start]):
        return None
    money = _unit_at(line, _past_link(line.text, scale.end, words), words)
    end = money.end if money and money.value.is_money else scale.end
    if end - start <= _SHORT_SCALE:
        return None
    return (line.match(start, end, None, "an amount in words, not read"),)


def _made_of_scale(text: str, start: int, words: Vocabulary) -> Hit[int] | None:
    """Return a word that begins or ends with a scale word: milyonlarca, semiliar, Millionenhöhe."""
    end = skip(_WORD, text, start) if is_boundary(text, start) else start
    made = (
        (word, power)
        for word, power in words.scales.meanings.items()
        if _ABBREVIATION <= len(word) < end - start <= len(word) + _MOST_ENDING
    )
    parts = (power for word, power in made if word in (text[start : start + len(word)], text[end - len(word) : end]))
    return next((Hit(power, start, end) for power in parts), None)


def has_label(text: str, start: int, words: Vocabulary) -> bool:
    """Return whether a word such as article or page is before a number."""
    return words.labels.before(text, len(text[:start].rstrip(" :#(."))) is not None


def currency_before(line: TextLine, start: int, words: Vocabulary) -> Hit[Unit] | None:
    """Return the sign or code right before a number; a name such as won is none, as it may be a verb."""
    hit = words.units.before(line.text, start)
    if hit is None or is_narrow(line.text[max(0, hit.start - 1) : hit.start]):  # the $ of S$
        return None
    written = line.written(hit.start, hit.end)
    is_sign = written == written.upper() or written in words.signs  # Rp, Sh
    return hit if hit.value.is_money and is_sign and not is_wide(written[0]) else None


def measure_after(line: TextLine, start: int, end: int, words: Vocabulary, *, apart: bool) -> Measure | None:
    """Return what the words after a number say it measures; `apart`: the unit may be a word or two away, in doubt."""
    begin = _past_link(line.text, end, words)
    if hit := _unit_at(line, begin, words):
        return Measure(hit.value, start, hit.end, _unit_doubt(line, hit))
    for _ in range(_MOST_WORDS_BETWEEN if apart else 0):
        word = _WORD.match(line.text, begin)
        if word is None:
            break
        written = line.written(*word.span())
        if written[0].isupper() and word.group().endswith(words.people_endings):
            return Measure(Unit("people"), start, word.end(), f"'{written}' is taken for people of a country")
        begin = word.end() + 1
        hit = _unit_at(line, begin, words) if line.text.startswith(" ", word.end()) else None
        if hit and hit.value.name.islower():
            return Measure(hit.value, start, hit.end, "the unit stands apart from the number")
    return None


def _past_link(text: str, end: int, words: Vocabulary) -> int:
    """Return the position after a space or hyphen, and a small word such as "of"."""
    begin = skip(_SPACE_OR_HYPHEN, text, end)
    link = words.links.at(text, begin)
    return skip(_SPACE, text, link.end) if link else begin


def _unit_at(line: TextLine, begin: int, words: Vocabulary) -> Hit[Unit] | None:
    """Return the unit that begins here, or the word that ends like one: samenwerkingsdocumenten are documents."""
    if hit := words.units.at(line.text, begin):
        word = line.text[begin : hit.end]
        is_code = hit.value.is_money and word == hit.value.name.lower() and word not in words.small_codes
        return hit if not is_code or line.written(begin, hit.end).isupper() else None
    end = skip(_WORD, line.text, begin)
    endings = [ending for ending in words.unit_endings if line.text.endswith(ending, begin, end)]
    return Hit(words.unit_endings[max(endings, key=len)], begin, end) if endings else None


def _unit_doubt(line: TextLine, hit: Hit[Unit]) -> str:
    written, name = line.written(hit.start, hit.end), hit.value.name
    if not hit.doubtful:
        return ""
    if name == "%":
        return "percentage points, perhaps"
    if written == name:
        return f"'{written}' may be another word in capitals"
    return f"'{written}' may be " + ("another currency" if hit.value.is_money else f"something else than {name}")


def _measure(line: TextLine, start: int, end: int, words: Vocabulary, *, apart: bool = True) -> Measure:
    before = currency_before(line, start, words)
    if words.percent_leads and not before:  # yüzde 5, %5
        percent = words.units.before(line.text, start)
        before = percent if percent and percent.value.name == "%" else None
    if before:
        return Measure(before.value, before.start, end, _unit_doubt(line, before))
    return measure_after(line, start, end, words, apart=apart) or Measure(None, start, end)


def _range(line: TextLine, first: Number, words: Vocabulary) -> Reading | None:
    """Return both ends, each a figure that is not sure, as no value holds two amounts; None if there is no range.

    The first end takes scale and unit of the second where it has none: "5 to 10 million" is read as 5 million.
    """
    before = currency_before(line, first.start, words)
    begin = before.start if before else first.start
    joint = words.ranges.after(line.text, first.end)
    if joint is None and words.between.before(line.text, begin):
        joint = words.ands.after(line.text, first.end)
    if joint and is_until(line, joint, words):  # $200 billion until 2030
        return None
    if joint is None or first.value is None or measure_after(line, first.start, first.end, words, apart=True):
        return None
    next_start = second_start = skip(_SPACE, line.text, joint.end)
    sign = words.units.at(line.text, next_start)
    if sign and sign.value.is_money:  # US$1.2 to US$1.5 billion
        second_start = skip(_SPACE, line.text, sign.end)
    second = read_number(line.text, second_start, words)
    if second is None or second.value is None:
        return None
    measure = _measure(line, first.start, second.end, words)
    if measure.unit is None or not _is_figure(line.text, first, measure, words):
        return None
    value = first.value if first.power else first.value.scaleb(second.power)
    doubts = ("one end of a range of amounts", measure.doubt, first.doubt, second.doubt)
    left, right = replace(measure, start=begin, end=first.end), replace(measure, start=next_start)
    return tuple(_amount(line, *end, Bound.EXACT, *doubts) for end in ((value, left), (second.value, right)))


def is_until(line: TextLine, joint: Hit[None], words: Vocabulary) -> bool:
    """Return whether a word between two numbers stands before a year: it says by when, and not how many at most."""
    year = _YEAR.match(line.text, joint.end)
    if year is None or not words.deadlines_before.at(line.text, joint.start):
        return False
    is_counted = words.scales.after(line.text, year.end()) or measure_after(
        line, joint.end, year.end(), words, apart=False
    )
    return not is_counted


def _amount(
    line: TextLine, value: Decimal, measure: Measure, bound: Bound, *doubts: str, per: Rate = Rate.NONE
) -> Match:
    """Return the figure that a number makes; where it is no quantity, the number is kept as `partial`."""
    value = Decimal(int(value)) if value == int(value) else value.normalize()
    start, end, unit = measure.start, measure.end, measure.unit
    if unit and unit.name == "%":
        return line.match(start, end, Percent(value, bound, per), *doubts)
    if unit and unit.is_money:
        return line.match(start, end, Money(value, unit.name, bound, per), *doubts)
    if unit:
        is_whole = value == int(value) or unit.name in cldr.MEASURED
        part = "" if is_whole else f"part of one of the {unit.name}, or another mark in the number"
        return line.match(start, end, Count(value * unit.factor, unit.name, bound, per), *doubts, part)
    missing = "a number without a unit: of what?"
    return line.match(start, end, None, *doubts, missing, partial=f"{bound} {value:f}".strip())


def _is_figure(text: str, number: Number, measure: Measure, words: Vocabulary) -> bool:
    """Not with a label before it or letters after it; a small number word only with a unit, and "one" never."""
    word = number.word
    if number.power or (measure.unit and not word):
        return True
    if word is None:
        after = text[number.end : number.end + 1]
        is_year = after >= "\u0400" and _YEAR.fullmatch(text, number.start, number.end)  # 2024оны
        return not (is_of_name(after) and not is_year) and not has_label(text, number.start, words)
    if measure.unit or word.value == 1:
        return word.value > 1
    is_clear = not word.doubtful and not is_wide(text[number.start]) and not text.startswith("-", word.end)
    return is_clear and word.value >= _SMALLEST_BARE_WORD


def _doubts(line: TextLine, number: Number, measure: Measure, bounds: Sequence[Hit[Bound]]) -> list[str]:
    scale, is_money = line.text[number.end - 2 : number.end], measure.unit is not None and measure.unit.is_money
    is_letter = number.power and scale[0].isdigit() and is_narrow(scale[1])
    doubtful = ((hit, line.written(hit.start, hit.end)) for hit in bounds if hit.doubtful)
    compared = any(_may_compare(line.text, hit, number.start) for hit in bounds)
    return [
        *(number.doubt, measure.doubt),
        *holding(
            (is_letter and not is_money, "a scale word of one letter may be a unit"),
            (_MINUS.search(line.text, max(0, number.start - 2), number.start), "a minus sign before the number"),
            (line.text[: number.start].endswith("'"), "a year of two digits, perhaps"),
            (len(bounds) > 1, "bounds before and after the number"),
            (compared, "a comparison, perhaps: so much more or less, or a limit"),
        ),
        *(f"'{written}' may mean something else than {hit.value}" for hit, written in doubtful),
    ]


def _bound_after(text: str, end: int, words: Vocabulary) -> Hit[Bound] | None:
    """Return the word after a number that says how exact it is: closed up (만여) or after a space (or more).

    The "more" of a comparison is none: 12 persen lebih tinggi, 12 % plus élevé.
    """
    hit = words.bounds_attached.at(text, end) or words.bounds_after.after(text, end)
    return None if hit and _is_more(text, hit) and any_language.COMPARED.match(text, hit.end) else hit


def _is_more(text: str, hit: Hit[Bound]) -> bool:
    return any_language.MORE_OR_LESS.fullmatch(text[hit.start : hit.end]) is not None


def _may_compare(text: str, hit: Hit[Bound], start: int) -> bool:
    """Return whether a limit may be the "more" of a comparison: 12% więcej, thấp hơn 12%."""
    if not _is_more(text, hit):
        return False
    if hit.start < start:
        return any_language.COMPARED_BEFORE.search(text[: hit.start]) is not None
    is_last = text[hit.start : hit.end] in ("lebih", "kurang") and any_language.AT_END.match(text, hit.end)
    return not is_last
