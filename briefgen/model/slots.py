"""The typed values of a fact, each with its name, its path in the fact, and what it must be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from briefgen.model.facts import (
    AnyFact,
    Conflict,
    Document,
    Fact,
    Figure,
    Gathering,
    Mechanism,
    Meeting,
    Milestone,
    Observation,
    Office,
    Statement,
    Summit,
    Target,
    Value,
)


class Expected(StrEnum):
    """What a value must be, by its key."""

    ANY = "a value"
    DATE = "a date"
    NAME = "a name (@...)"
    SPAN = "a whole number of days, weeks, months or years"


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed value of a fact: the name by which a text uses it, its path in the fact, and what it must be."""

    name: str
    path: tuple[str | int, ...]
    value: Value
    expected: Expected = Expected.ANY


def slots(fact: AnyFact) -> Iterator[Slot]:
    """Yield every typed value of a fact: those under `values`, then those of its kind."""
    for name, value in fact.values.items():
        yield Slot(name, ("values", name), value)
    yield from _slots_of_kind(fact)


def _slots_of_kind(fact: AnyFact) -> Iterator[Slot]:
    date, person = Expected.DATE, Expected.NAME
    match fact:
        case Milestone():
            yield from _fields(fact, when=date)
        case Document():
            yield from _fields(fact, when=date, in_force=date)
        case Figure():
            yield from _observed(fact.observations)
        case Summit() | Meeting():
            yield from _gathered(fact)
        case Office():
            yield from _fields(fact, holder=person, party=person, since=date, until=date)
        case Statement():
            yield from _fields(fact, due=date)
            yield from _aimed_at(fact.target) if fact.target else ()
        case Mechanism():
            yield from _fields(fact, every=Expected.SPAN)
        case Conflict():
            pass
        case _:
            assert_never(fact)


def _fields(fact: Fact, **expected: Expected) -> Iterator[Slot]:
    for name, kind in expected.items():
        if value := getattr(fact, name):
            yield Slot(name, (name,), value, kind)


def _aimed_at(target: Target) -> Iterator[Slot]:
    yield Slot("goal", ("target", "goal"), target.goal)
    if target.by:
        yield Slot("by", ("target", "by"), target.by, Expected.DATE)


def _gathered(fact: Gathering) -> Iterator[Slot]:
    yield from _fields(fact, when=Expected.DATE, host=Expected.NAME)
    for number, participant in enumerate(fact.participants if isinstance(fact, Meeting) else (), 1):
        yield Slot(f"participant{number}", ("participants", number - 1), participant, Expected.NAME)
    for number, host in enumerate(fact.hosts, 1):
        yield Slot(f"host{number}", ("hosts", number - 1), host, Expected.NAME)


def _observed(observations: tuple[Observation, ...]) -> Iterator[Slot]:
    """Yield the latest observation as `value` and `period`; the names of the others end in their number."""
    for number, observation in enumerate(observations, 1):
        path, suffix = ("observations", number - 1), "" if number == len(observations) else str(number)
        yield Slot(f"value{suffix}", (*path, "value"), observation.value)
        if observation.period:
            yield Slot(f"period{suffix}", (*path, "period"), observation.period, Expected.DATE)


def every_slot(fact: AnyFact) -> Iterator[Slot]:
    """Yield every typed value of a fact, and after each what earlier sources had in its place."""
    for slot in slots(fact):
        yield slot
        for number, earlier in enumerate(slot.value.earlier):
            value = Value(value=earlier.value, cite=earlier.cite)
            yield Slot(slot.name, (*slot.path, "earlier", number), value, slot.expected)


def values_of(fact: AnyFact) -> Mapping[str, Value]:
    """Return every typed value of a fact by the name that its text may use."""
    return {slot.name: slot.value for slot in slots(fact)}
