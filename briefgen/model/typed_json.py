"""JSON written from frozen dataclasses, and read back with every type checked."""

import json
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def read_json(kind: type[T], text: str | bytes) -> T:
    """Return the dataclass that a JSON text holds; ValueError names the key that is missing or of another type.

    Unknown keys are ignored: a later version may have written them.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def load_json(text: str | bytes) -> Any:
    """Return parsed JSON of any kind; ValueError: the text is none, or it is nested too deeply."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def convert(kind: type[T], data: Any) -> T:
    """Return the dataclass from parsed JSON; otherwise like `read_json`."""
    try:
        return msgspec.convert(data, kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def write_json(value: object, indent: int = 2) -> str:
    """Return the JSON text of a dataclass, dates in ISO 8601; an indent of -1 makes it one line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()
