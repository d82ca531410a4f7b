"""How values are worded in a language: numbers, dates, names, lists, and the particles that follow them.

Every public function is pure and its result composed (NFC).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import assert_never

from briefgen.localise import cldr
from briefgen.localise.patterns import (
    SEASONS,
    Bounds,
    Grouping,
    ParticlePatterns,
    Patterns,
    Plural,
    fields_of,
    fill_with,
    interpolate,
    tidy,
)
from briefgen.model.dates import FactDate, Interval, Period, Precision, ends_of, is_exact_day
from briefgen.model.findings import did_you_mean
from briefgen.model.quantities import Bound, Count, Fraction, Money, Name, Ordinal, Percent, Quantity

_COMMON = ("prose", "table", "short")
DATE_STYLES = (*_COMMON, "weekday", "dateline", "deadline", "since", "within", "month", "year")
ORDINAL_STYLES = (*_COMMON, "ordinal-meeting", "ordinal-event", "ordinal-anniversary")
PERCENT_STYLES = (*_COMMON, "points", "growth")
MONTH_ONLY_BEYOND = 180  # days: so far ahead nobody counts them, and dates still move
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def format_value(
    quantity: Quantity, patterns: Patterns, style: str = "prose", names: Mapping[str, str] = _NO_NAMES
) -> str:
    """A value as the language words it in a style; `names` has the name of each id.

    ValueError names the nearest right word for a style the value has not, a unit or a name that is unknown.
    """
    said = _worded(quantity, patterns, style, names)
    if isinstance(quantity, Money | Count | Percent) and quantity.per:
        if quantity.per not in patterns.rates:
            raise ValueError(f"'{patterns.locale}' has no words for 'per {quantity.per}' under rates")
        said = interpolate(patterns.rates[quantity.per], amount=said)
    return tidy(said)


def _worded(quantity: Quantity, patterns: Patterns, style: str, names: Mapping[str, str]) -> str:
    match quantity:
        case Period() | Interval():
            return _date(quantity, patterns, _known(style, DATE_STYLES, "a date"))
        case Money():
            return _money(quantity, patterns, _known(style, _COMMON, "an amount of money"))
        case Count():
            return _count(quantity, patterns, _known(style, _COMMON, "a count"))
        case Percent():
            return _percent(quantity, patterns, _known(style, PERCENT_STYLES, "a percentage"))
        case Fraction():
            _known(style, _COMMON, "a part of a whole")
            return _fraction(quantity, patterns)
        case Ordinal():
            return _ordinal(quantity, patterns, _known(style, ORDINAL_STYLES, "an ordinal"))
        case Name(id):
            _known(style, _COMMON, "a name")
            if id not in names:
                raise ValueError(f"there is no name for '@{id}'{_meant(id, names)}")
            return names[id]
        case _:
            assert_never(quantity)


def _meant(word: str, words: Iterable[str]) -> str:
    """The word most like a mistyped one, as the end of a sentence: `; did you mean 'table'?`; or all, where few."""
    hint = did_you_mean(word, words)
    return f"; {hint}" if hint else ""


def _known(style: str, styles: Sequence[str], what: str) -> str:
    if style not in styles:
        raise ValueError(f"there is no style '{style}' for {what}{_meant(style, styles)}")
    return style


def countdown(days: int, patterns: Patterns, when: FactDate) -> str:
    """The days until `when` starts; the month alone when it is far; what is not known to the day is not counted to."""
    words = patterns.countdown
    if not is_exact_day(when):
        said = _date(when, patterns, "prose")
    elif days > MONTH_ONLY_BEYOND:
        said = _date(ends_of(when)[0], patterns, "month")
    elif days in (0, 1):
        said = words.tomorrow if days else words.today
    else:
        pattern = words.ahead.of(cldr.plural_category(days, patterns.locale))
        said = interpolate(pattern, number=digits(days, patterns))
    return tidy(said)


def as_of(day: date, patterns: Patterns) -> str:
    """`As of` a day, for the masthead."""
    dateline = _date(Period(day.year, day.month, day.day), patterns, "dateline")
    return tidy(interpolate(patterns.dates.as_of, date=dateline))


def relative_period(when: FactDate, day: date, patterns: Patterns) -> str:
    """When something takes place, seen from a day: `in 2025; may already have taken place` while 2025 lasts."""
    text = _date(when, patterns, "within")
    if is_exact_day(when) or not when.first <= day <= when.last:
        return tidy(text)
    return tidy(interpolate(patterns.dates.may_have_taken_place, date=text))


def count_of(number: int, unit: str, patterns: Patterns) -> str:
    """A number of things as one phrase; `none` in the language for zero."""
    return format_value(Count(Decimal(number), unit), patterns)


def join(items: Sequence[str], patterns: Patterns) -> str:
    """An enumeration with "and"."""
    lists = patterns.lists
    if not lists.two or len(items) < 2:
        return tidy(cldr.list_text(items, patterns.locale))
    start, *middle, last = items
    for item in middle:
        start = interpolate(lists.middle, start=start, end=item)
    return tidy(interpolate(lists.last if middle else lists.two, start=start, end=last))


def digits(number: Decimal | int, patterns: Patterns) -> str:
    """A number with every decimal it has, the marks of the language and its minus."""
    return cldr.decimal_text(Decimal(number), patterns.locale).replace("-", patterns.numbers.minus)


def _scaled(number: Decimal, patterns: Patterns, most_decimals: int, style: str) -> str:
    """A number with scale words where the language uses them; exact, for nothing is ever rounded."""
    if patterns.numbers.grouping is Grouping.EVERY_WORD:
        sign = patterns.numbers.minus if number < 0 else ""
        groups = patterns.numbers.after_scale.join(_groups(abs(number), patterns))
        return sign + (groups or digits(0, patterns))
    power, scale = _scale_of(number, patterns, most_decimals, style)
    return _scale(_plain(number, power), scale, patterns) if scale else digits(_plain(number), patterns)


def _scale_of(number: Decimal, patterns: Patterns, most_decimals: int, style: str) -> tuple[int, Plural | None]:
    """The power of ten whose scale word a number is written with, if any."""
    scales = (patterns.numbers.short_scales if style == "short" else None) or patterns.numbers.scales
    power, scale = next((item for item in _descending(scales) if abs(number) >= 10 ** item[0]), (0, None))
    decimals = -int(_plain(number, power).as_tuple().exponent)
    return (power, scale) if decimals <= most_decimals else (0, None)


def _category(number: Decimal, patterns: Patterns, most_decimals: int) -> str:
    """The plural category of what follows a number; after a scale word that of its power of ten: 45,5 millions de."""
    one_word = patterns.numbers.grouping is Grouping.ONE_WORD
    power, scale = _scale_of(number, patterns, most_decimals, "prose") if one_word else (0, None)
    return cldr.plural_category(Decimal(10) ** power if scale else number, patterns.locale)


def _plain(number: Decimal, power: int = 0) -> Decimal:
    """The number in units of a power of ten, without needless zeros."""
    sign, figures, exponent = number.as_tuple()
    text = f"{Decimal((sign, figures, int(exponent) - power)):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _groups(rest: Decimal, patterns: Patterns) -> Iterator[str]:
    for power, scale in _descending(patterns.numbers.scales):
        whole = int(rest) // 10**power
        if whole:
            yield _scale(Decimal(whole), scale, patterns)
            rest -= whole * 10**power
    if rest:
        yield digits(_plain(rest), patterns)


def _scale(number: Decimal, scale: Plural, patterns: Patterns) -> str:
    return interpolate(scale.of(cldr.plural_category(number, patterns.locale)), number=digits(number, patterns))


def _descending(scales: Mapping[int, Plural]) -> list[tuple[int, Plural]]:
    return sorted(scales.items(), key=lambda item: -item[0])


def _bounded(number: str, pattern: str, phrase: Callable[[str], str], patterns: Patterns) -> str:
    """The phrase of a number with its bound, around the number itself or around the phrase as the pattern says."""
    is_inside = "number" in fields_of(pattern)
    said = interpolate(pattern, number=number) if is_inside else number
    gap = "" if said[-1:].isdigit() else patterns.numbers.after_scale  # where a word comes last
    worded = phrase(said + gap)
    return worded if is_inside or not pattern else interpolate(pattern, phrase=worded)


def _bound_pattern(bound: Bound, *tables: Bounds) -> str:
    """The pattern of a bound, from the first table that has one; empty for an exact figure."""
    if bound is Bound.EXACT:
        return ""
    return next(filter(None, (str(getattr(table, bound.name.lower())) for table in tables)))


def _fraction(fraction: Fraction, patterns: Patterns) -> str:
    """A part of a whole: half, two thirds."""
    numerator, denominator = (digits(each, patterns) for each in (fraction.numerator, fraction.denominator))
    words = patterns.fractions.words.get(f"{fraction.numerator}/{fraction.denominator}")
    text = words or interpolate(patterns.fractions.other, numerator=numerator, denominator=denominator)
    around = _bound_pattern(fraction.bound, patterns.bounds.percent, patterns.bounds.counts)
    return interpolate(around, **dict.fromkeys(fields_of(around), text)) if around else text


def _money(money: Money, patterns: Patterns, style: str) -> str:
    """An amount with its currency."""
    bounds, most_decimals = patterns.bounds, patterns.numbers.most_decimals
    tables = (*([bounds.short] if style == "short" else []), bounds.money, bounds.counts)
    number = _scaled(abs(money.amount), patterns, most_decimals, style)
    currency = patterns.money.currencies.get(money.currency)
    category = _category(money.amount, patterns, most_decimals)
    around = currency.of(category) if currency else patterns.money.by_code
    minus = patterns.numbers.minus if money.amount < 0 else ""
    if around.startswith("{number}"):  # a minus stands before whichever comes first
        number, minus = minus + number, ""

    def with_currency(said: str) -> str:
        return minus + interpolate(around, number=said, code=money.currency)

    return _bounded(number, _bound_pattern(money.bound, *tables), with_currency, patterns)


def _count(count: Count, patterns: Patterns, style: str) -> str:
    """A count with its noun; in the style `short` without it, where the language's tiles do without."""
    counts, bounds, is_short = patterns.counts, patterns.bounds, style == "short"
    if count.number == 0 and count.bound is Bound.EXACT:
        return counts.none
    counter = counts.units.get(count.unit)
    if counter is None:
        hint = _meant(count.unit, counts.units)
        raise ValueError(f"'{patterns.locale}' has no counter for '{count.unit}' under counts, units{hint}")
    said = Decimal(count.number * counter.times)
    most_decimals = patterns.numbers.most_count_decimals
    phrase = (is_short and counts.short) or counter.of(_category(said, patterns, most_decimals))
    around = _bound_pattern(count.bound, *([bounds.short] if is_short else []), bounds.counts)
    number = _scaled(said, patterns, most_decimals, style)
    return _bounded(number, around, lambda text: interpolate(phrase, number=text), patterns)


def _ordinal(ordinal: Ordinal, patterns: Patterns, style: str) -> str:
    """A place in a series, of meetings or of events where the language tells them apart."""
    forms = patterns.ordinals
    form = getattr(forms, style.removeprefix("ordinal-"), None) or forms.prose
    number = forms.words.get(ordinal.number, digits(ordinal.number, patterns))
    return interpolate(form.of(cldr.ordinal_category(ordinal.number, patterns.locale)), number=number)


def _percent(percent: Percent, patterns: Patterns, style: str) -> str:
    """A share; in the style `points` as percentage points, in the style `growth` as a rise or a fall."""
    bounds, numbers = patterns.bounds, patterns.numbers
    around = _bound_pattern(percent.bound, bounds.percent, bounds.money, bounds.counts)
    number = percent.number if style != "growth" else abs(percent.number)
    phrase = numbers.percent
    if style == "points":
        phrase = numbers.points.of(cldr.plural_category(percent.number, patterns.locale))
    text = _bounded(digits(number, patterns), around, lambda said: interpolate(phrase, number=said), patterns)
    if style != "growth" or not percent.number:
        return text
    return interpolate(numbers.rise if percent.number > 0 else numbers.fall, percent=text)


def _date(when: FactDate, patterns: Patterns, style: str) -> str:
    """A date in a style; a style that has no pattern for it writes it as in prose."""
    when, forms = _of_style(when, style), getattr(patterns.dates, style, patterns.dates.prose)
    keys = _range_keys(when) if isinstance(when, Interval) else _period_keys(when)
    if pattern := next(filter(None, (getattr(forms, key, "") for key in keys)), ""):
        return _filled(pattern, when, patterns)
    if style == "prose":
        raise ValueError(f"the file of the language has no pattern '{keys[-1]}' under dates.prose")
    if around := (isinstance(when, Interval) and forms.range) or forms.any:  # its own words around the prose
        return interpolate(around, date=_date(when, patterns, "prose"))
    return _date(when, patterns, "table" if style == "short" else "prose")


def _of_style(when: FactDate, style: str) -> FactDate:
    """What of a date a style speaks of: a deadline of the end, `since` of the start, `month` and `year` of no day."""
    if isinstance(when, Interval):
        ends = {"deadline": when.end, "since": when.start}
        if style in ends:
            return ends[style]
        start, end = _coarser(when.start, style), _coarser(when.end, style)
        return start if start == end else Interval(start, end)
    return _coarser(when, style)


def _coarser(period: Period, style: str) -> Period:
    if style == "year":
        return Period(period.year)
    return replace(period, day=None) if style == "month" else period


def _period_keys(period: Period) -> tuple[str, ...]:
    """The patterns that fit a period, the closest first."""
    if period.season:
        unit = SEASONS[period.season - 1]
    elif period.half:
        unit = "first_half" if period.half == 1 else "second_half"
    else:
        unit = str(period.precision)
    return (f"{period.part}_{unit}", str(period.part)) if period.part else (unit,)


def _range_keys(interval: Interval) -> tuple[str, ...]:
    """The patterns that fit a range, the closest first; `span` fits all."""
    start, end = interval.start, interval.end
    if start.part or end.part or start.precision is not end.precision:
        return ("span",)
    same_year = start.year == end.year
    match start.precision:
        case Precision.DAY if same_year:
            return ("same_month" if start.month == end.month else "same_year",)
        case Precision.DAY:
            return ("days",)
        case Precision.MONTH if same_year:
            is_quarter = (start.month or 0) % 3 == 1 and (end.month or 0) - (start.month or 0) == 2
            return ("months_of_quarter", "months_same_year") if is_quarter else ("months_same_year",)
        case Precision.MONTH:
            return ("months",)
        case Precision.YEAR:
            return ("years_same_century" if start.year // 100 == end.year // 100 else "years",)
        case _:
            return ("span",)


def _filled(pattern: str, when: FactDate, patterns: Patterns) -> str:
    """A pattern of a date, filled.

    {date} is the whole unit of which a period is a part, {start} and {end} are the sides of a range, all in prose; the
    other fields of a range say which side they mean: {from d}.
    """
    whole = {"start": when.start, "end": when.end} if isinstance(when, Interval) else {"date": replace(when, part=None)}

    def resolve(field: str) -> str:
        if field in whole:
            return _date(whole[field], patterns, "prose")
        if "date" in whole:
            return _field(field, whole["date"].first, patterns)
        side, _, plain = field.partition(" ")
        return _field(plain, replace(whole["start" if side == "from" else "end"], part=None).first, patterns)

    return fill_with(pattern, resolve)


def _field(field: str, day: date, patterns: Patterns) -> str:
    dates = patterns.dates
    if field == "month":
        return dates.months[day.month - 1] if dates.months else str(day.month)
    if field == "quarter":
        quarter = (day.month - 1) // 3
        return dates.quarters[quarter] if dates.quarters else str(quarter + 1)
    if dates.first_day and day.day == 1:
        field = _SINGLE_DAY.sub("'" + dates.first_day.replace("'", "''") + "'", field)
    return cldr.date_text(day, field, patterns.locale)


_SINGLE_DAY = re.compile(r"(?<!d)d(?!d)")
_BRACKETS = re.compile(r"\s*(?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]|（[^（）]*）)$")
_TRAILING = re.compile(r"[\s\"'’”」』》〉.,]+$")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?$", re.ASCII)
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z0-9]*$")


def with_particle(text: str, pair: str, patterns: Patterns) -> str:
    """A word and the one of two forms, such as `은/는`, that its last sound asks for; ValueError for unknown forms."""
    table = patterns.particles
    if table is None:
        raise ValueError(f"'{patterns.locale}' has no particles, so '{pair}' cannot follow '{text}'")
    if pair not in table.pairs:
        raise ValueError(f"'{patterns.locale}' has no particles '{pair}'{_meant(pair, table.pairs)}")
    after_closed, _, after_open = pair.partition("/")
    final = unicodedata.normalize("NFD", reading(text, table))[-1:]
    closed = bool(final) and final in table.closed and final not in table.pairs[pair]
    return tidy(text + (after_closed if closed else after_open))


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
