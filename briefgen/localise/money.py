"""Money in a language."""

from decimal import Decimal

from briefgen import cldr
from briefgen.localise.filling import fill
from briefgen.localise.numerals import bound_pattern, bounded, digits, plain, scaled, spaced
from briefgen.localise.patterns import Patterns
from briefgen.model.quantities import Money


def money_text(money: Money, patterns: Patterns, style: str) -> str:
    """An amount; in the style `axis` the bare number for a chart, whose unit `axis_unit` names."""
    bounds = patterns.bounds
    if style == "axis":
        number = digits(plain(money.amount, patterns.money.axis.power), patterns)
        pattern = bound_pattern(money.bound, bounds.short, bounds.money, bounds.counts)
        return bounded(number, pattern, str, patterns)
    short = style == "short"
    tables = (bounds.short, bounds.money, bounds.counts) if short else (bounds.money, bounds.counts)
    number = scaled(abs(money.amount), patterns, most_decimals=patterns.numbers.most_decimals, short=short)
    pattern = bound_pattern(money.bound, *tables)
    return bounded(number, pattern, lambda said: _with_currency(said, money.amount, money.currency, patterns), patterns)


def axis_unit(currency: str, patterns: Patterns) -> str:
    """The line that names the unit of amounts in the style `axis`."""
    axis = patterns.money.axis
    power = Decimal(10) ** axis.power
    return fill(axis.unit, unit=_with_currency(spaced(axis.scale, patterns), power, currency, patterns))


def _with_currency(number: str, amount: Decimal, code: str, patterns: Patterns) -> str:
    """The currency around a number; a minus stands before whichever comes first."""
    pattern = _pattern(amount, code, patterns)
    minus = patterns.numbers.minus if amount < 0 else ""
    if pattern.startswith("{number}"):
        return fill(pattern, number=minus + number, code=code)
    return minus + fill(pattern, number=number, code=code)


def _pattern(amount: Decimal, code: str, patterns: Patterns) -> str:
    currency = patterns.money.currencies.get(code)
    return currency.of(cldr.plural_category(amount, patterns.locale)) if currency else patterns.money.by_code
