"""JSON files of the program, written from frozen dataclasses and read back with every type checked."""

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def read_json(kind: type[T], text: str | bytes) -> T:
    """The dataclass that a JSON text holds; ValueError names the key that is missing or of another type.

    Keys that the dataclass does not know are ignored: a later version may have written them.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def convert(kind: type[T], data: Any) -> T:
    """The same from data that is parsed already."""
    try:
        return msgspec.convert(data, kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def write_json(value: object, indent: int = 2) -> str:
    """The JSON text of a dataclass, dates as ISO 8601; with no indentation (-1) it is one line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()
