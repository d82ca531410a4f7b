"""Reads the figures of a line, and looks for a recorded date in it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from briefgen.localise.language import ReadingWords
from briefgen.localise.numerals import in_common_era, years_of_eras
from briefgen.model.dates import FactDate, Period, Precision, ends_of
from briefgen.model.quantities import Ordinal, parse_quantity
from briefgen.tools.figures import Match, Reading, TextLine, Vocabulary, any_language, is_narrow, normalise, skip
from briefgen.tools.figures.beside import OR_AFTER, with_doubts
from briefgen.tools.figures.context import FigureContext
from briefgen.tools.figures.dates import complete, day_and_month, read_date
from briefgen.tools.figures.numbers import currency_before, read_amount, read_amount_in_words, read_number, read_ordinal

_STEP = re.compile(r"\d+|[^\W\d]+|\s+|.", re.DOTALL)
_PRODUCT = re.compile(r"(?<![\d.,])\d{1,2} ?[x×] ?\d{2,}(?:[.,]\d+)*")
_FRACTION = re.compile(r"\d+(?:/\d+)+")
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
    return tuple(sorted((*matches, *_in_other_numerals(whole, matches)), key=lambda each: each.start))


_YEAR_DIGITS = 4


def _in_common_era(line: TextLine, locale: str, words: Vocabulary) -> TextLine:
    """Return a line whose years of other eras are those of the Common Era: 令和7年 is 2025年.

    A number without the name of an era is a year only where a month or a word for a year is before it, as in Thai.
    """
    for start, end, year in reversed(years_of_eras(line.text, locale)):
        before = (words.months.before(line.text, start), words.year_before.before(line.text, start))
        if line.text[start].isdigit() and not any(before):
            continue
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


def _in_other_numerals(line: TextLine, read: Sequence[Match]) -> Iterator[Match]:
    """Yield what is most likely a number, in Chinese numerals or others than digits, and was not read."""
    for found in _NUMERALS.finditer(line.text):
        match = line.match(*found.span(), None, "a number in other signs than digits, perhaps")
        if not any(each.start < match.end and match.start < each.end for each in read):
            yield match


def _in_context(found: Match, line: TextLine, words: Vocabulary, settled: set[int]) -> Match:
    """Return the figure with the doubts that the rest of the line raises; a value's place goes into `settled`."""
    start, end = (bisect_left(line.origin, place) for place in (found.start, found.end))
    doubted = with_doubts(FigureContext(found, line, start, end, words, settled))
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
    if part := words.fractions.at(line.text, position):
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
    number = read_number(text, position, words) if is_narrow(before[-1:]) else None
    if number and number.power and not _LETTER.fullmatch(text, position, number.end):
        return None  # Ksh5bn, but B2B
    is_on_letter = is_narrow(before[-1:]) or (is_narrow(before[:-1]) and (is_hyphen or before[-1] == "+"))
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
