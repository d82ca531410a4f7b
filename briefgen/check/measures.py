"""What a figure and its goals are measured in: a comparison needs one measure on both sides."""

from collections.abc import Iterator

from briefgen.model.book import FactBook
from briefgen.model.facts import Figure, Statement, Value
from briefgen.model.findings import Finding, Location, Severity
from briefgen.model.quantities import Count, Fraction, Money, Percent


def measures_that_differ(book: FactBook) -> Iterator[Finding]:
    """C130: an observation of a figure, or a goal that it measures, is in another currency or unit than its first."""
    firsts: dict[str, Value] = {}
    for fact in book.facts.values():
        for number, each in enumerate(fact.observations if isinstance(fact, Figure) else ()):
            first = firsts.setdefault(fact.id, each.value)
            yield from _differing(book.location(fact.id, "observations", number, "value"), each.value, fact.id, first)
    for fact in book.facts.values():
        target = fact.target if isinstance(fact, Statement) else None
        if target and target.indicator in firsts:
            first = firsts[target.indicator]
            yield from _differing(book.location(fact.id, "target", "goal"), target.goal, target.indicator, first)


def _differing(location: Location, value: Value, figure: str, first: Value) -> Iterator[Finding]:
    one, other = _measure(value), _measure(first)
    if one and other and one != other:
        message = f"is in {one}, and the first observation of '{figure}' in {other}: readers would compare the two"
        hint = "let another figure have what is measured otherwise; nothing else, if that is meant"
        yield Finding(location, "C130", message, Severity.WARNING, hint=hint)


def _measure(value: Value) -> str:
    """Return the currency or unit of an amount; empty for what is none."""
    match value.value:
        case Money(currency=measure) | Count(unit=measure):
            return measure
        case Percent() | Fraction():
            return "%"
        case _:
            return ""
