"""Reads the figures of a line, and looks for a recorded date in it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import assert_never

from briefgen.localise.language import ReadingWords, han_number, in_common_era, roman_numerals, years_of_eras
from briefgen.model.dates import FactDate, Interval, Period, Precision, ends_of
from briefgen.model.quantities import Count, Fraction, Money, Name, Ordinal, Percent, parse_quantity
from briefgen.tools.figures import (
    Match,
    Reading,
    TextLine,
    Vocabulary,
    any_language,
    holding,
    is_of_name,
    normalise,
    skip,
)
from briefgen.tools.figures.beside import (
    OR_AFTER,
    PLAIN_YEAR,
    SHORT_LINK,
    WORD,
    FigureContext,
    doubts_of_amount,
    is_scale_word,
)
from briefgen.tools.figures.beside_dates import doubts_of_date
from briefgen.tools.figures.dates import complete, day_and_month, read_date
from briefgen.tools.figures.numbers import (
    currency_before,
    has_label,
    read_amount,
    read_amount_in_words,
    read_number,
    read_ordinal,
)

_STEP = re.compile(r"\d+|[^\W\d]+|\s+|.", re.DOTALL)
_PRODUCT = re.compile(r"(?<![\d.,])\d{1,2} ?[x×] ?\d{2,}(?:[.,]\d+)*")
_FRACTION = re.compile(r"\d+(?:/\d+)+")
_DAY_AFTER = re.compile(r" ?\d{1,2}(?![\d%])")
_vocabulary = lru_cache(Vocabulary)


def figures_in(line: str, words: ReadingWords) -> tuple[Match, ...]:
    """Return every figure of a line in the order written, none overlapping.

    ValueError where CLDR knows no such locale, or a unit or an ordinal of the language is written wrongly.
    """
    vocabulary = _vocabulary(words)
    whole = _in_common_era(normalise(line), words.locale, vocabulary)
    matches: list[Match] = []
    settled: set[int] = set()
    text, position = whole, 0
    while position < len(text.text):
        reading = _read(text, position, vocabulary)
        if reading is None:
            position = skip(_STEP, text.text, position)
            continue
        if isinstance(reading, int):
            position = max(reading, position + 1)
        else:
            found = [_in_context(each, whole, vocabulary, settled) for each in reading]
            matches += found
            position = bisect_left(text.origin, found[-1].end)
        text = replace(text, text="\0" * position + text.text[position:])  # what was read belongs to nothing after it
    return tuple(sorted((*matches, *_in_other_numerals(whole, matches, vocabulary)), key=lambda each: each.start))


_YEAR_DIGITS = 4
_OF_COMMON_ERA = re.compile(r"(?<!\d)(?:19|20|21)\d\d[مء](?!\w)")
"""A year of the Common Era, as Arabic and Urdu mark it."""
_SPAN_OF_YEARS = re.compile(" ?(?:[-~]|ถง) ?(?:พ.ศ. ?)?")


def _in_common_era(line: TextLine, locale: str, words: Vocabulary) -> TextLine:
    """Return a line whose years of other eras are those of the Common Era: 令和7年 is 2025年.

    A number without the name of an era is a year only where a month, a word for a year, or the first year of a span is
    before it, as in Thai.
    """
    for mark in reversed(list(_OF_COMMON_ERA.finditer(line.text))):
        at = mark.end()
        line = replace(line, text=line.text[: at - 1] + line.text[at:], origin=line.origin[: at - 1] + line.origin[at:])
    years: list[tuple[int, int, int]] = []
    for start, end, year in years_of_eras(line.text, locale):
        before = (words.months.before(line.text, start), words.year_before.before(line.text, start))
        goes_on = years and _SPAN_OF_YEARS.fullmatch(line.text, years[-1][1], start)
        if not line.text[start].isdigit() or any(before) or goes_on:
            years.append((start, end, year))
    for start, end, year in reversed(years):
        places = (*range(start, end), *(end - 1,) * _YEAR_DIGITS)[:_YEAR_DIGITS]
        text = f"{line.text[:start]}{year}{line.text[end:]}"
        origin = (*line.origin[:start], *(line.origin[place] for place in places), *line.origin[end:])
        line = replace(line, text=text, origin=origin)
    return line


_HAN = "〇零一二三四五六七八九十百千万萬亿億兆两兩廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_HANGUL = "일이삼사오육칠팔구십백천만억"
_NUMERALS = re.compile(
    f"(?:[{_HAN}]+[年月日])+|第[{_HAN}]+|[{_HAN}]+分[之の][{_HAN}]+|[{_HAN}]+割|第?[{_HAN}]{{2,}}"
    f"|(?<![가-힣])(?=[일이삼사오육칠팔구]*[십백천만억])[{_HANGUL}]{{2,}}조?"
    "(?= ?(?:여 ?)?(?:달러|원|명|개|년|건|톤|유로|엔))"
    r"|(?<!\d)[¼-¾⅐-ↈ፩-፼௰-௲]+"
)


def _in_other_numerals(line: TextLine, read: Sequence[Match], words: Vocabulary) -> Iterator[Match]:
    """Yield what is most likely a number, in Chinese or Roman numerals or others than digits, and was not read."""
    found = [
        line.match(*each.span(), None, "a number in other signs than digits, perhaps", partial=_in_digits(each.group()))
        for each in _NUMERALS.finditer(line.text)
    ]
    for begin, behind, number in roman_numerals(line.source):
        start, end = (bisect_left(line.origin, place) for place in (begin, behind))
        is_single = _SINGLE_ROMAN.fullmatch(line.source, begin, behind) is not None
        is_place = not is_single or (number in _ROMAN_ALONE and _CAPITAL_NEXT.match(line.source, behind))
        if is_place and not has_label(line.text, start, words):
            why = "a place in a series, a month or a quarter in Roman numerals, or part of a name"
            found.append(line.match(start, end, Ordinal(number), why))
    yield from (new for new in found if not any(each.start < new.end and new.start < each.end for each in read))


def _in_digits(numeral: str) -> str:
    """Return a number below ten thousand that is all in Chinese numerals in digits; empty for any other."""
    number = han_number(numeral, 0)
    return number[0] if number and number[1] == len(numeral) else ""


_SINGLE_ROMAN, _ROMAN_ALONE = re.compile(r"[CLXVI][^\W\d_CLXVI]*"), (1, 5, 10)
_CAPITAL_NEXT = re.compile(r"[.°ªº]? [^\W\d_a-zà-öø-ÿ]\w")


def _with_doubts(context: FigureContext) -> Match:
    """Return the figure with a doubt for each thing next to it that was not understood."""
    found = context.match
    if scale := _unread_scale(context):
        return _unscaled(context, scale)
    if isinstance(found.quantity, Count) and (word := _scale_inside(context)):
        number = f"{found.quantity.bound} {found.quantity.number:f} {word}".strip()
        why = f"'{word}' may be a scale word of another language"
        return context.line.match(context.start, context.end, None, why, partial=number)
    if end := _end_of_month(context):
        why = "a day of a month, perhaps"
        return context.line.match(context.start, end, None, found.why, why, partial=str(found.quantity))
    match found.quantity if found.sure else None:
        case None:
            return found.doubted(_other_calendar(context))
        case Name():
            return found
        case Ordinal():
            doubts = _of_ordinal(context)
        case Money() | Count() | Percent() | Fraction():
            doubts = doubts_of_amount(context)
        case Period() | Interval() as when:
            doubts = doubts_of_date(context, when)
        case other:
            assert_never(other)
    return found.doubted(*doubts)


def _other_calendar(context: FigureContext) -> str:
    """Return that a number without a unit may be a year: of the Islamic or Persian calendar, or the Buddhist era."""
    number = context.match.partial if context.match.quantity is None else ""
    is_year = any(
        number.isdigit() and int(number) in years and letters.search(context.line.text) for letters, years in _ERAS
    )
    return "a year of another calendar, perhaps: put the date of the Common Era under 'derived'" if is_year else ""


_ERAS = (
    (re.compile("[\u0620-\u064a\u066e-\u06d3]"), range(1300, 1500)),
    (re.compile("[\u0e01-\u0e30]"), range(2400, 2700)),
)
"""By the letters of a line, the years of its own calendar in which a source of today may be dated."""


def _scale_inside(context: FigureContext) -> str:
    """Return the scale word of any language between a number and what it counts that was not read: 20 lakh people."""
    if context.match.sure:
        return ""
    inside = re.findall(r" ([^\W\d_]+)(?= )", context.line.text[context.start : context.end])
    known = context.words.scales.meanings
    return next((word for word in inside if word not in known and is_scale_word(word)), "")


def _end_of_month(context: FigureContext) -> int:
    """Return where a month ends whose name begins with the unit of a count: ba tháng Hai; 0 where none does."""
    if not isinstance(context.match.quantity, Count):
        return 0
    hits = (context.words.months.at(context.line.text, at) for at in range(context.start + 1, context.end))
    return max((hit.end for hit in hits if hit and hit.end > context.end), default=0)


def _unread_scale(context: FigureContext) -> re.Match[str] | None:
    """Return the scale word of any language that follows an amount and was not read with it."""
    found = context.match
    is_number = found.quantity is None and found.partial and "--" not in found.partial
    if isinstance(found.quantity, Money | Count) or is_number or PLAIN_YEAR.fullmatch(found.text):
        word = WORD.match(context.after)
        if word and len(word[1]) < SHORT_LINK and (second := WORD.match(context.after, word.end())):  # de milioane
            word = second if is_scale_word(second[1]) else word
        return word if word and is_scale_word(word[1]) else None
    return None


def _unscaled(context: FigureContext, scale: re.Match[str]) -> Match:
    """Return the amount up to the scale word as no quantity: how large it is, a person must say."""
    found, read = context.match, context.match.quantity
    number = found.partial or found.text
    if isinstance(read, Money | Count):
        number = f"{read.bound} {read.amount if isinstance(read, Money) else read.number:f}".strip()
    written = context.line.written(context.end + scale.start(1), context.end + scale.end())
    doubts, end = (f"'{written}' may be a scale word of another language", found.why), context.end + scale.end()
    return context.line.match(context.start, end, None, *doubts, partial=f"{number} {written}")


def _of_ordinal(context: FigureContext) -> list[str]:
    text, words = context.line.text, context.words
    joint = words.ands.after(text, context.end) or words.ranges.after(text, context.end)
    joint = (joint and words.date_fillers.after(text, joint.end)) or joint
    suffix = re.escape(context.match.text.lstrip("0123456789").lower())
    is_day = (joint and _DAY_AFTER.match(text, joint.end)) or re.match(rf"[,/&] ?\d{{1,2}}{suffix}", context.after)
    is_each = any_language.EACH_BEFORE.search(context.before)  # every 5th company
    return holding((is_day, "an ordinal, or a day"), (is_each, "one of so many, perhaps"))


def _in_context(found: Match, line: TextLine, words: Vocabulary, settled: set[int]) -> Match:
    """Return the figure with the doubts that the rest of the line raises; a value's place goes into `settled`."""
    start, end = (bisect_left(line.origin, place) for place in (found.start, found.end))
    doubted = _with_doubts(FigureContext(found, line, start, end, words, settled))
    is_doubtful = isinstance(doubted.quantity, Ordinal) and doubted.why
    filler = words.date_fillers.after(line.text, end)
    is_of_month = filler and words.months.after(line.text, filler.end)  # 1.º de enero
    may_be_day = is_doubtful and (words.ands.after(line.text, end) or OR_AFTER.match(line.text, end) or is_of_month)
    if doubted.quantity and not may_be_day:
        settled.update(range(start, end))
    return doubted


def _read(line: TextLine, position: int, words: Vocabulary) -> Reading | None:
    is_digit = line.text[position].isdigit()
    if not is_digit and not line.text[position].isalpha():
        return None
    if accounts := any_language.YEAR_OF_ACCOUNTS.match(line.text, position):
        return (_year_of_accounts(line, accounts),)
    if product := _PRODUCT.match(line.text, position):
        return (line.match(*product.span(), None, "so many times a number"),)
    is_money = currency_before(line, position, words)  # USD100, though written on to letters
    if not is_money and (end := _end_of_exclusion(line, position, words)) is not None:
        return end
    if reading := read_date(line, position, words):
        return reading
    if is_digit and (end := _end_of_list_number(line.text, words)) is not None:
        return end
    if reading := read_ordinal(line, position, words):
        return reading
    if fraction := _FRACTION.match(line.text, position):
        notation = day_and_month(fraction.group(), words)
        return (line.match(*fraction.span(), None, "a fraction, or a day and month", partial=notation),)
    part, number = words.fractions.at(line.text, position), words.number_words.at(line.text, position)
    if part and not (number and number.end > part.end):  # half a million
        return (line.match(part.start, part.end, parse_quantity(part.value), "a part of a whole, or a turn of phrase"),)
    return read_amount(line, position, words) or read_amount_in_words(line, position, words)


def _year_of_accounts(line: TextLine, found: re.Match[str]) -> Match:
    """Return the years of FY2024-25 as a doubt; without a value where the second is not after the first."""
    years = [year.strip("'") for year in found.group("first", "last") if year]
    notation = "/".join(year if len(year) > 2 else f"{_CENTURY}{year}" for year in years)
    return line.match(
        *found.span(), complete(notation, (0, 0), (0, 0)), "a year of accounts, perhaps", partial=notation
    )


_CENTURY = "20"


_CHUNK = re.compile(r"\S{1,500}")
_ADDRESS = re.compile(r".*://|www\.|[^@]+@[^@]+\.")
_FILE = re.compile(r".*\.(?:jpe?g|png|gif|webp|svg|tiff?|pdf|docx?|xlsx?|pptx?|html?|php|aspx?|txt|csv|zip|mp[34])\W*$")
_ACT_NUMBER = re.compile(r"\d+(?:/\d+)*/[^\W\d]")  # 30/2020/NĐ-CP
_TIME_OR_SUM = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d+\+\d+")
_LIST_NUMBER = re.compile(r"[ (\[*•◦※-]{0,9}\d{1,3} ?[.)/](?= |$)")
_LONELY_NUMBER = re.compile(r"[ ()|:#*-]{0,9}\d[\d.,]{0,20}[ ()|:#*-]{0,9}")
_REST_OF_NAME = re.compile(r"[\w-]*(?:[.,]\d+)*")
_YEAR = re.compile(r"\d{4}(?!\d)")
_LETTER = re.compile(r"[\d.,]+\w")
_HYPHENS = "-\u2010\u2011"  # but no dashes


def _end_of_exclusion(line: TextLine, position: int, words: Vocabulary) -> int | None:
    """Return the index after the URL, file name, time or name (COVID-19) at a position; None if there is none."""
    text, before = line.text, line.text[max(0, position - 2) : position]
    if phrase := words.not_figures.at(text, position):
        return phrase.end
    chunk = _CHUNK.match(text, position)
    if chunk and any(pattern.match(chunk.group()) for pattern in (_ADDRESS, _FILE, _ACT_NUMBER)):
        return chunk.end()
    if not text[position].isdigit():
        return None
    if time := _TIME_OR_SUM.match(text, position):
        return time.end()
    is_hyphen = before and line.written(position - 1, position) in _HYPHENS and not _YEAR.match(text, position)
    if unicodedata.bidirectional(before.strip("-")[-1:] or " ") in ("R", "AL"):
        return None  # "and", "in" or "of" is written on to a number in Hebrew and Arabic
    number = read_number(text, position, words) if is_of_name(before[-1:]) else None
    if number and number.power and not _LETTER.fullmatch(text, position, number.end):
        return None  # Ksh5bn, but B2B
    is_on_letter = is_of_name(before[-1:]) or (is_of_name(before[:-1]) and (is_hyphen or before[-1] == "+"))
    return skip(_REST_OF_NAME, text, position) if is_on_letter else None


def _end_of_list_number(text: str, words: Vocabulary) -> int | None:
    """Return the index after a number alone on its line, or that of a paragraph; None if there is no such number."""
    if _LONELY_NUMBER.fullmatch(text):
        return len(text)
    number = _LIST_NUMBER.match(text)
    may_be_ordinal = number and number.group().endswith(".") and any(after == "." for _, after in words.ordinals)
    return number.end() if number and not may_be_ordinal else None


def has_date(line: str, date: FactDate, words: ReadingWords, *, of_year: bool) -> bool:
    """Return whether a line has a date, a part of it, or a range that it is one end of.

    One without a year counts only if the year is given elsewhere (`of_year`), or if its digits stand in the line and
    the language has no words by which they would be read with it. A figure that is not sure has the date also if it is
    a wider period. A year of another era counts as that of the Common Era.
    """
    line = in_common_era(line, words.locale)
    if not (of_year or words.common):
        text = normalise(line).text
        of_year = all(re.search(rf"(?<!\d){end.year}(?!\d)", text) for end in ends_of(date))
    return any(_gives(found, date, of_year) for found in figures_in(line, words))


def _gives(found: Match, date: FactDate, of_year: bool) -> bool:
    read, ends = found.quantity, ends_of(date)
    if of_year and "--" in found.partial and all(end.precision is not Precision.YEAR for end in ends):
        read = complete(found.partial, *((end.year, end.month or 0) for end in ends * 2))
    if not isinstance(read, FactDate):
        return False
    is_within = date.first <= read.first and read.last <= date.last
    is_around = read.first <= date.first and date.last <= read.last
    return is_within or date in ends_of(read) or (is_around and not found.sure and isinstance(read, Period))
