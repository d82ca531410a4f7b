"""A whole document of any type of file, made from the type itself, and the same with one place spoilt."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from briefgen.model.book import KeyPath
from briefgen.model.findings import Location
from briefgen.model.texts import Notation
from briefgen.read.yaml import YamlFile


def specimen(kind: Any) -> Any:
    """What a file of this type may hold: every key there is, and one entry in each list and mapping."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return next((each.example for each in kind.__metadata__ if isinstance(each, Notation)), None) or specimen(
            arguments[0]
        )
    if origin in (Union, UnionType):
        return specimen(next(each for each in arguments if each is not type(None)))
    if is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        return {each.metadata.get("alias", each.name): specimen(hints[each.name]) for each in fields(kind)}
    if origin is tuple:
        return [specimen(arguments[0])]
    if origin is not None and issubclass(origin, Mapping):
        return {"1": specimen(arguments[1])}
    return next(iter(kind)).value if issubclass(kind, Enum) else {bool: "true", int: "1", str: "x"}[kind]


def dataclasses_in(kind: Any, found: tuple[Any, ...] = ()) -> tuple[Any, ...]:
    """The type and every dataclass that it is made of."""
    if kind in found:
        return found
    if isinstance(kind, type) and is_dataclass(kind):
        found = (*found, kind)
        for inner in get_type_hints(kind, include_extras=True).values():
            found = dataclasses_in(inner, found)
    if any(isinstance(each, Notation) for each in get_args(kind)):
        return found  # it is written as one word, not as a mapping
    for argument in get_args(kind):
        found = dataclasses_in(argument, found)
    return found


def paths_in(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every place in a document and what stands there."""
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from paths_in(inner, (*path, step))


def spoilt(value: Any, path: KeyPath, by: Any) -> Any:
    """The document with another thing at this place."""
    if not path:
        return by
    copy = value.copy()
    copy[path[0]] = spoilt(copy[path[0]], path[1:], by) if path[1:] else by
    return copy


def as_file(value: Any) -> YamlFile:
    """A document as it comes from a file whose every place is known by its path."""
    locations = {path: Location("/".join(map(str, path)) or "top", 1) for path, _ in paths_in(value)}
    return YamlFile(value=value, locations=locations, keys=locations)
