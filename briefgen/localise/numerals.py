"""Numbers in a language: digits with its marks, scale words, and the bounds around them."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from briefgen import cldr
from briefgen.localise.filling import fields_of, fill
from briefgen.localise.patterns import Bounds, Grouping, Patterns, Plural
from briefgen.model.quantities import Bound


def digits(number: Decimal, patterns: Patterns) -> str:
    """A number with every decimal it has, the marks of the language and its minus."""
    return cldr.decimal_text(number, patterns.locale).replace("-", patterns.numbers.minus)


def scaled(number: Decimal, patterns: Patterns, *, most_decimals: int, short: bool = False) -> str:
    """A number with scale words where the language uses them; exact, for nothing is ever rounded."""
    if patterns.numbers.grouping is Grouping.EVERY_WORD:
        return _with_every_word(number, patterns)
    scales = (patterns.numbers.short_scales if short else None) or patterns.numbers.scales
    power, scale = next((item for item in _descending(scales) if abs(number) >= 10 ** item[0]), (0, None))
    shifted = plain(number, power)
    if scale is None or decimals(shifted) > most_decimals:
        return digits(plain(number), patterns)
    return _scale(shifted, scale, patterns)


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
        return phrase(spaced(fill(pattern, number=number), patterns))
    return fill(pattern, phrase=phrase(spaced(number, patterns)))


def bound_pattern(bound: Bound, *tables: Bounds) -> str:
    """The pattern of a bound, from the first table that has one; empty for an exact figure."""
    if bound is Bound.EXACT:
        return ""
    patterns = (str(getattr(table, bound.name.lower())) for table in tables)
    return next(filter(None, patterns))


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
    return fill(scale.of(cldr.plural_category(number, patterns.locale)), number=digits(number, patterns))


def _descending(scales: Mapping[int, Plural]) -> list[tuple[int, Plural]]:
    return sorted(scales.items(), key=lambda item: -item[0])
