"""Counts, ordinals and percentages in a language."""

from decimal import Decimal

from briefgen import cldr
from briefgen.localise.filling import fill, nearest
from briefgen.localise.numerals import bound_pattern, bounded, digits, scaled
from briefgen.localise.patterns import Counter, Patterns, Plural
from briefgen.model.quantities import Bound, Count, Ordinal, Percent


def count_text(count: Count, patterns: Patterns, style: str) -> str:
    """A count with its noun; in the style `short` without it, where the language's tiles do without."""
    if count.number == 0 and count.bound is Bound.EXACT:
        return patterns.counts.none
    counter = counter_of(count.unit, patterns)
    said = count.number * counter.times
    number = scaled(Decimal(said), patterns, most_decimals=patterns.numbers.most_count_decimals, short=style == "short")
    phrase = counter.of(cldr.plural_category(said, patterns.locale))
    bounds = patterns.bounds
    if style == "short" and patterns.counts.short:
        phrase = patterns.counts.short
    tables = (bounds.short, bounds.counts) if style == "short" else (bounds.counts,)
    return bounded(number, bound_pattern(count.bound, *tables), lambda text: fill(phrase, number=text), patterns)


def counter_of(unit: str, patterns: Patterns) -> Counter:
    """How the language counts a unit; ValueError where its file does not say."""
    counter = patterns.counts.units.get(unit)
    if counter is None:
        hint = nearest(unit, patterns.counts.units)
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
    return fill(form.of(cldr.ordinal_category(ordinal.number, patterns.locale)), number=number)


def percent_text(percent: Percent, patterns: Patterns, style: str) -> str:
    """A share; in the style `points` as percentage points, in the style `growth` as a rise or a fall."""
    bounds = patterns.bounds
    pattern = bound_pattern(percent.bound, bounds.percent, bounds.money, bounds.counts)
    number = percent.number if style != "growth" else abs(percent.number)
    text = bounded(digits(number, patterns), pattern, lambda said: _percent(said, percent, patterns, style), patterns)
    if style != "growth" or not percent.number:
        return text
    return fill(patterns.numbers.rise if percent.number > 0 else patterns.numbers.fall, percent=text)


def _percent(said: str, percent: Percent, patterns: Patterns, style: str) -> str:
    if style != "points":
        return fill(patterns.numbers.percent, number=said)
    return fill(patterns.numbers.points.of(cldr.plural_category(percent.number, patterns.locale)), number=said)
