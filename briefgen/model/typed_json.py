"""JSON written from frozen dataclasses, and read back with every type checked."""

import json
import re
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def read_json(kind: type[T], text: str | bytes) -> T:
    """Return the dataclass that a JSON text holds; ValueError names the key that is missing or of another type.

    Unknown keys are ignored: a later version may have written them.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError(_in_words(error)) from None


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
        raise ValueError(_in_words(error)) from None


_KINDS = {"object": "an object ({...})", "array": "a list ([...])", "str": "a text", "int": "a whole number"}
_KINDS |= {"bool": "true or false", "date": "a day (2026-03-31)", "null": "nothing (null)", "float": "a number"}


def _in_words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    place = "".join(f" (in {name})" for name in re.findall(r" - at `\$?\.?(.+?)`$", str(error)))
    if missing := re.search(r"missing required field `(.+?)`", str(error)):
        return f"the key '{missing[1]}' is missing{place}"
    if other := re.match(r"Expected `(.+?)`, got `(.+?)`", str(error)):
        wanted, found = (" or ".join(_KINDS.get(each, each) for each in kind.split(" | ")) for kind in other.groups())
        return f"{found} stands where {wanted} is expected{place}"
    if other := re.match(r"Invalid (.+?)(?: - at|$)", str(error)):
        return f"it has no valid {other[1]}{place}"
    if isinstance(error, msgspec.ValidationError):
        return str(error)  # what the dataclass itself says of its values
    return "it is no JSON, or only a part of it"


def write_json(value: object, indent: int = 2) -> str:
    """Return the JSON text of a dataclass, dates in ISO 8601; an indent of -1 makes it one line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()


def json_schema(kind: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a dataclass; what its docstrings say goes with it."""
    return msgspec.json.schema(kind)
