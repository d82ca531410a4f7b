"""A book with one thing in it changed: what was changed, and the changed book."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from briefgen.model.book import FactBook, KeyPath
from briefgen.model.facts import AnyFact, Value
from briefgen.model.records import Source


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, from what to what, how to make the changed book, and the facts that are concerned."""

    where: str
    old: str
    new: str
    book: Callable[[], FactBook]
    concerned: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.where}: {self.old or 'nothing'} -> {self.new or 'nothing'}"


def put(holder: Any, path: KeyPath, new: Any) -> Any:
    """The holder with something else at a place deep within it."""
    if not path:
        return new
    step, *rest = path
    if is_dataclass(holder) and not isinstance(holder, type):
        return replace(holder, **{str(step): put(getattr(holder, str(step)), tuple(rest), new)})
    if isinstance(holder, Mapping):
        return {**holder, step: put(holder[step], tuple(rest), new)}
    return tuple(put(each, tuple(rest), new) if number == step else each for number, each in enumerate(holder))


def values_in(holder: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Value]]:
    """Every typed value within a fact, and its place."""
    if isinstance(holder, Value):
        yield path, holder
    elif is_dataclass(holder) and not isinstance(holder, type):
        for each in fields(holder):
            yield from values_in(getattr(holder, each.name), (*path, each.name))
    elif isinstance(holder, Mapping):
        for key, inner in holder.items():
            yield from values_in(inner, (*path, key))
    elif isinstance(holder, tuple):
        for number, inner in enumerate(holder):
            yield from values_in(inner, (*path, number))


def with_fact(book: FactBook, fact: AnyFact, path: KeyPath, new: Any) -> FactBook:
    """The book with a fact changed."""
    return replace(book, facts={**book.facts, fact.id: put(fact, path, new)})


def with_record(book: FactBook, source: Source, path: KeyPath, new: Any) -> FactBook:
    """The book with a record changed."""
    return replace(book, sources={**book.sources, source.id: put(source, path, new)})
