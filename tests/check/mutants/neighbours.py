"""What stands near a value, a cite or a name, and is something else: the likeliest slips."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from briefgen.model.book import FactBook
from briefgen.model.dates import Interval, Part, Period
from briefgen.model.quantities import Bound, Cite, Count, Fraction, Money, Name, Ordinal, Percent, Quantity
from briefgen.model.records import Line, Source

T = TypeVar("T")


def others(old: T, candidates: Iterable[T]) -> Iterator[T]:
    """The candidates that differ, each once."""
    seen: list[Any] = [old]
    for each in candidates:
        if each not in seen:
            seen.append(each)
            yield each


def near_value(book: FactBook, value: Quantity, source: Source, number: int) -> Iterator[Quantity]:
    """Other values of the line and of the lines around it, and the value itself a little off."""
    lines = [source.line(each) for each in (number, *lines_around(source, number))]
    figures = [figure for line in lines if line for figure in figures_of(line).values()]
    return others(value, [*figures, *_a_little_off(book, value)])


def _a_little_off(book: FactBook, value: Quantity) -> Iterator[Quantity]:
    match value:
        case Money(amount=amount, currency=currency):
            yield from (replace(value, amount=amount * 10), replace(value, amount=amount / 10))
            yield from (
                replace(value, amount=amount + 1),
                replace(value, currency="KRW" if currency != "KRW" else "USD"),
            )
            yield from (replace(value, bound=bound) for bound in Bound)
        case Count(number=number, unit=unit):
            yield from (replace(value, number=number + 1), replace(value, number=number * 10))
            yield from (replace(value, number=number - 1), replace(value, unit=f"{unit}-s"))
            yield from (replace(value, bound=bound) for bound in Bound)
        case Percent(number=number):
            yield from (replace(value, number=number + 1), replace(value, number=number / 10))
        case Fraction(numerator=numerator, denominator=denominator):
            yield from (replace(value, numerator=numerator + 1), replace(value, denominator=denominator + 1))
        case Ordinal(number=number):
            yield from (Ordinal(number + 1), Ordinal(number - 1))
        case Name():
            yield from (Name(id) for id in (*book.file.parties, *book.file.people))
        case Interval(start=start, end=end):
            yield from (replace(value, start=each) for each in _near_period(start))
            yield from (replace(value, end=each) for each in _near_period(end))
            yield from (start, end)
        case Period():
            yield from _near_period(value)


def _near_period(period: Period) -> Iterator[Period]:
    """A year off, a month off, a day off, less exact, or another part of it."""
    yield from (replace(period, year=period.year + step) for step in (-5, -1, 1, 5))
    if period.month:
        yield replace(period, month=period.month % 12 + 1)
        yield Period(period.year)
    if period.day:
        yield replace(period, day=period.day % 28 + 1)
        yield replace(period, day=None)
    else:
        yield from (replace(period, part=part) for part in (None, *Part))


def near_figure(book: FactBook, cite: Cite, value: Quantity) -> Iterator[Cite]:
    """Other figures of the line, and the same name in the lines around and in another source, of another value."""
    source = book.sources[cite.source]
    line = source.line(cite.line)
    same_line = [replace(cite, figure=name) for name in (figures_of(line) if line else ())]
    moved = [replace(cite, line=number) for number in lines_around(source, cite.line)]
    elsewhere = [replace(cite, source=id) for id in book.sources]
    for each in others(cite, [*same_line, *moved, *elsewhere]):
        if book.figure(each) != value:
            yield each


def near_line(book: FactBook, cite: Cite) -> Iterator[Cite]:
    """The lines around it and the same line of another source."""
    moved = [replace(cite, line=number) for number in lines_around(book.sources[cite.source], cite.line)]
    return others(cite, [*moved, *(replace(cite, source=id) for id in book.sources)])


def lines_around(source: Source, number: int) -> tuple[int, ...]:
    """The next line and the one before, and the nearest ones that the record has."""
    recorded = sorted(line.line for line in source.lines)
    before = [each for each in recorded if each < number][-1:]
    after = [each for each in recorded if each > number][:1]
    return (number + 1, number - 1, *before, *after) if number > 1 else (number + 1, *after)


def figures_of(line: Line) -> dict[str, Quantity]:
    """Printed and derived."""
    printed = {name: each.value for name, each in line.figures.items()}
    return {**{name: each.value for name, each in line.derived.items()}, **printed}


def near_people(book: FactBook, speaker: str) -> tuple[str, ...]:
    """Everyone else, and nobody."""
    return tuple(others(speaker, (*book.file.people, "")))


def near_parties(book: FactBook, parties: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The other party, each alone, both, and none; the order of parties says nothing."""
    every = tuple(book.file.partnership.parties)
    sets = [*((party,) for party in every), every, ()]
    return tuple(each for each in sets if set(each) != set(parties))
