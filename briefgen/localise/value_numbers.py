"""Counts, ordinals and percentages in a language."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from briefgen.localise import cldr
from briefgen.localise.patterns import Bounds, Counter, Grouping, Patterns, Plural, fields_of, interpolate, nearest_word
from briefgen.model.quantities import Bound, Count, Fraction, Money, Ordinal, Percent, Rate


def digits(number: Decimal, patterns: Patterns) -> str:
    """A number with every decimal it has, the marks of the language and its minus."""
    return cldr.decimal_text(number, patterns.locale).replace("-", patterns.numbers.minus)


def scaled(number: Decimal, patterns: Patterns, *, most_decimals: int, short: bool = False) -> str:
    """A number with scale words where the language uses them; exact, for nothing is ever rounded."""
    if patterns.numbers.grouping is Grouping.EVERY_WORD:
        return _with_every_word(number, patterns)
    power, scale = _scale_of(number, patterns, most_decimals, short=short)
    return _scale(plain(number, power), scale, patterns) if scale else digits(plain(number), patterns)


def _scale_of(
    number: Decimal, patterns: Patterns, most_decimals: int, *, short: bool = False
) -> tuple[int, Plural | None]:
    """The power of ten whose scale word a number is written with, if any."""
    scales = (patterns.numbers.short_scales if short else None) or patterns.numbers.scales
    power, scale = next((item for item in _descending(scales) if abs(number) >= 10 ** item[0]), (0, None))
    return (power, scale) if decimals(plain(number, power)) <= most_decimals else (0, None)


def _category(number: Decimal, patterns: Patterns, most_decimals: int) -> str:
    """The plural category of what follows a number; after a scale word that of its power of ten: 45,5 millions de."""
    one_word = patterns.numbers.grouping is Grouping.ONE_WORD
    power, scale = _scale_of(number, patterns, most_decimals) if one_word else (0, None)
    return cldr.plural_category(Decimal(10) ** power if scale else number, patterns.locale)


def plain(number: Decimal, power: int = 0) -> Decimal:
    """The number in units of a power of ten, without needless zeros."""
    sign, figures, exponent = number.as_tuple()
    shifted = Decimal((sign, figures, int(exponent) - power))
    text = f"{shifted:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def decimals(number: Decimal) -> int:
    """How many decimals a number has."""
    return max(0, -int(number.as_tuple().exponent))


def spaced(number: str, patterns: Patterns) -> str:
    """The number as a unit can follow it: with the language's gap where a word comes last."""
    return number if number[-1:].isdigit() else number + patterns.numbers.after_scale


def bounded(number: str, pattern: str, phrase: Callable[[str], str], patterns: Patterns) -> str:
    """The phrase of a number with its bound, around the number itself or around the phrase as the pattern says."""
    if not pattern:
        return phrase(spaced(number, patterns))
    if "number" in fields_of(pattern):
        return phrase(spaced(interpolate(pattern, number=number), patterns))
    return interpolate(pattern, phrase=phrase(spaced(number, patterns)))


def bound_pattern(bound: Bound, *tables: Bounds) -> str:
    """The pattern of a bound, from the first table that has one; empty for an exact figure."""
    if bound is Bound.EXACT:
        return ""
    patterns = (str(getattr(table, bound.name.lower())) for table in tables)
    return next(filter(None, patterns))


def with_rate(text: str, per: Rate, patterns: Patterns) -> str:
    """An amount with the time in which it comes anew; ValueError where the language has no words for it."""
    if not per:
        return text
    if per not in patterns.rates:
        raise ValueError(f"'{patterns.locale}' has no words for 'per {per}' under rates")
    return interpolate(patterns.rates[per], amount=text)


def fraction_text(fraction: Fraction, patterns: Patterns) -> str:
    """A part of a whole: half, two thirds."""
    numerator, denominator = (digits(Decimal(each), patterns) for each in (fraction.numerator, fraction.denominator))
    words = patterns.fractions.words.get(f"{fraction.numerator}/{fraction.denominator}")
    text = words or interpolate(patterns.fractions.other, numerator=numerator, denominator=denominator)
    around = bound_pattern(fraction.bound, patterns.bounds.percent, patterns.bounds.counts)
    return interpolate(around, **dict.fromkeys(fields_of(around), text)) if around else text


def _with_every_word(number: Decimal, patterns: Patterns) -> str:
    sign = patterns.numbers.minus if number < 0 else ""
    groups = patterns.numbers.after_scale.join(_groups(abs(number), patterns))
    return sign + (groups or digits(Decimal(0), patterns))


def _groups(rest: Decimal, patterns: Patterns) -> Iterator[str]:
    for power, scale in _descending(patterns.numbers.scales):
        whole = int(rest) // 10**power
        if whole:
            yield _scale(Decimal(whole), scale, patterns)
            rest -= whole * 10**power
    if rest:
        yield digits(plain(rest), patterns)


def _scale(number: Decimal, scale: Plural, patterns: Patterns) -> str:
    return interpolate(scale.of(cldr.plural_category(number, patterns.locale)), number=digits(number, patterns))


def _descending(scales: Mapping[int, Plural]) -> list[tuple[int, Plural]]:
    return sorted(scales.items(), key=lambda item: -item[0])


def money_text(money: Money, patterns: Patterns, style: str) -> str:
    """An amount with its currency."""
    bounds = patterns.bounds
    short = style == "short"
    tables = (bounds.short, bounds.money, bounds.counts) if short else (bounds.money, bounds.counts)
    number = scaled(abs(money.amount), patterns, most_decimals=patterns.numbers.most_decimals, short=short)
    minus, around = patterns.numbers.minus if money.amount < 0 else "", _pattern(money.amount, money.currency, patterns)
    if around.startswith("{number}"):  # a minus stands before whichever comes first
        number, minus = minus + number, ""

    def with_currency(said: str) -> str:
        return minus + interpolate(around, number=said, code=money.currency)

    return bounded(number, bound_pattern(money.bound, *tables), with_currency, patterns)


def _pattern(amount: Decimal, code: str, patterns: Patterns) -> str:
    currency = patterns.money.currencies.get(code)
    category = _category(amount, patterns, patterns.numbers.most_decimals)
    return currency.of(category) if currency else patterns.money.by_code


def count_text(count: Count, patterns: Patterns, style: str) -> str:
    """A count with its noun; in the style `short` without it, where the language's tiles do without."""
    if count.number == 0 and count.bound is Bound.EXACT:
        return patterns.counts.none
    counter = counter_of(count.unit, patterns)
    said = Decimal(count.number * counter.times)
    number = scaled(said, patterns, most_decimals=patterns.numbers.most_count_decimals, short=style == "short")
    phrase = counter.of(_category(said, patterns, patterns.numbers.most_count_decimals))
    bounds = patterns.bounds
    if style == "short" and patterns.counts.short:
        phrase = patterns.counts.short
    tables = (bounds.short, bounds.counts) if style == "short" else (bounds.counts,)
    return bounded(number, bound_pattern(count.bound, *tables), lambda text: interpolate(phrase, number=text), patterns)


def counter_of(unit: str, patterns: Patterns) -> Counter:
    """How the language counts a unit; ValueError where its file does not say."""
    counter = patterns.counts.units.get(unit)
    if counter is None:
        hint = nearest_word(unit, patterns.counts.units)
        raise ValueError(f"'{patterns.locale}' has no counter for '{unit}' under counts, units{hint}")
    return counter


def ordinal_text(ordinal: Ordinal, patterns: Patterns, style: str) -> str:
    """A place in a series, of meetings or of events where the language tells them apart."""
    forms = patterns.ordinals
    by_style: dict[str, Plural | None] = {
        "ordinal-meeting": forms.meeting,
        "ordinal-event": forms.event,
        "ordinal-anniversary": forms.anniversary,
    }
    form = by_style.get(style) or forms.prose
    number = forms.words.get(ordinal.number, digits(Decimal(ordinal.number), patterns))
    return interpolate(form.of(cldr.ordinal_category(ordinal.number, patterns.locale)), number=number)


def percent_text(percent: Percent, patterns: Patterns, style: str) -> str:
    """A share; in the style `points` as percentage points, in the style `growth` as a rise or a fall."""
    bounds = patterns.bounds
    pattern = bound_pattern(percent.bound, bounds.percent, bounds.money, bounds.counts)
    number = percent.number if style != "growth" else abs(percent.number)
    text = bounded(digits(number, patterns), pattern, lambda said: _percent(said, percent, patterns, style), patterns)
    if style != "growth" or not percent.number:
        return text
    return interpolate(patterns.numbers.rise if percent.number > 0 else patterns.numbers.fall, percent=text)


def _percent(said: str, percent: Percent, patterns: Patterns, style: str) -> str:
    if style != "points":
        return interpolate(patterns.numbers.percent, number=said)
    return interpolate(patterns.numbers.points.of(cldr.plural_category(percent.number, patterns.locale)), number=said)
