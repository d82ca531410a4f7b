"""The types of what templates get, from the views of a page: what a name stands for, whatever it holds today."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, reduce
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from briefgen.model.views import ChangeRow

ANY, NOTHING, NO_ITEMS = object(), object(), object()
"""In place of a type: one that is not known, that of a name that does not exist, that of a list without items."""


class Id(str):
    """The type of the id of a fact or of a record."""

    __slots__ = ()


def either(one: Any, other: Any) -> Any:
    """Return the type of what may be of one type or of another."""
    if one is NO_ITEMS or other is NO_ITEMS:
        return other if one is NO_ITEMS else one
    return one if one == other else ANY


def plain(kind: Any) -> Any:
    """Return a type that may be None without that."""
    if get_origin(kind) not in (Union, UnionType):
        return kind
    kinds = [each for each in get_args(kind) if each is not type(None)]
    return kinds[0] if len(kinds) == 1 else ANY


def item_of(kind: Any) -> Any:
    """Return the type of what a loop over it meets."""
    kind = plain(kind)
    args = get_args(kind)
    match get_origin(kind):
        case origin if origin is tuple:
            return reduce(either, (each for each in args if each is not Ellipsis))
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            return args[0]
        case _:
            return str if kind is str else ANY


def parts_of(kind: Any, number: int) -> Sequence[Any]:
    """Return the types of the parts of a pair or the like that has so many."""
    args = get_args(plain(kind))
    is_pair = get_origin(plain(kind)) is tuple and len(args) == number and args[-1] is not Ellipsis
    return args if is_pair else [ANY] * number


def valued(kind: Any) -> Any:
    """Return the type of one of its values, by number or by key."""
    origin = get_origin(plain(kind))
    is_mapping = isinstance(origin, type) and issubclass(origin, Mapping)
    return get_args(plain(kind))[1] if is_mapping else item_of(kind) if origin is tuple else ANY


def asked(kind: Any, name: str) -> tuple[Any, Sequence[str]]:
    """Return the type of a part of something, or that there is none and which there are."""
    kind = plain(kind)
    origin = get_origin(kind) or kind
    if not isinstance(origin, type):
        return ANY, ()
    if issubclass(origin, Mapping):
        return ANY if hasattr(origin, name) else valued(kind), ()
    names, hints = _names_and_types(origin) if is_dataclass(origin) else ((), {})
    if name == "id" in names and origin is not ChangeRow:  # a fact that was taken out may be named there
        return Id, names
    return hints.get(name, ANY if hasattr(origin, name) else NOTHING), names


@cache
def _names_and_types(kind: Any) -> tuple[Sequence[str], Mapping[str, Any]]:
    parts = ((name, getattr(kind, name)) for name in dir(kind))
    computed = {name: get_type_hints(each.fget).get("return", ANY) for name, each in parts if type(each) is property}
    return [each.name for each in fields(kind)], {**computed, **get_type_hints(kind)}
