"""The JSON Schemas of facts files and of look.yaml, by which editors complete and check."""

import ast
import inspect
import json
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from briefgen.model.book import FactFile, KeyPath
from briefgen.model.findings import Finding, Location, did_you_mean, nearest_word
from briefgen.model.look import LookFile
from briefgen.read.yaml import YamlFile, called, edited

T = TypeVar("T")

UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")
EXPECTED = {
    "string_type": "a text is expected here",
    "dataclass_type": "lines of 'key: value' are expected here",
    "dict_type": "lines of 'key: value' are expected here",
    "mapping_type": "lines of 'key: value' are expected here",
    "tuple_type": "a list is expected here: [one, two], or a line with '- ' for each entry",
    "int_parsing": "a whole number is expected here",
    "int_parsing_size": "a whole number of fewer digits is expected here",
    "int_from_float": "a whole number is expected here",
    "int_type": "a whole number is expected here",
    "bool_parsing": "'true' or 'false' is expected here",
    "bool_type": "'true' or 'false' is expected here",
}


def read_as(kind: type[T], file: YamlFile) -> tuple[T | None, tuple[Finding, ...]]:
    """The file as a typed value, or None with every reason why not."""
    if file.value is None:
        empty = () if file.findings else (_empty(file),)
        return None, (*file.findings, *empty)
    try:
        return _adapter(kind).validate_python(file.value), file.findings  # type: ignore[arg-type] # a class is hashable
    except ValidationError as error:
        return None, (*file.findings, *_translate(kind, file, error))


def read_rest(kind: type[T], file: YamlFile) -> tuple[T | None, YamlFile, frozenset[str]]:
    """What a faulty file says besides its faults, so that the rest can be looked at in the same pass.

    A mistyped key is read as the key it most likely is; an entry with any other fault is left out. The words by which
    entries are called that were left out come back too; None where a fault lies in no entry.
    """
    left_out: frozenset[str] = frozenset()
    while True:
        try:
            return _adapter(kind).validate_python(file.value), file, left_out  # type: ignore[arg-type]
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False, include_input=False)
        edits = {path: _likely(kind, file, path) for path in _unknown_keys(faults)}
        if not edits:
            entries = {tuple(fault["loc"])[:2] for fault in faults}
            if any(len(entry) < 2 for entry in entries):
                return None, file, left_out
            left_out |= {called(file, entry) for entry in entries}
            edits = dict.fromkeys(entries)
        rest = edited(file, edits)
        if rest.value == file.value:
            return None, file, left_out
        file = rest


def json_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of a file's type, for editors."""
    return TypeAdapter(kind).json_schema(schema_generator=_DescribedFields)


class _DescribedFields(GenerateJsonSchema):
    """Describes each field by its docstring; pydantic would look them up for every reading, which takes longer."""

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        made = super().dataclass_schema(schema)
        (kind,) = ast.parse(inspect.getsource(schema["cls"])).body
        for field, text in pairwise(kind.body if isinstance(kind, ast.ClassDef) else ()):
            match field, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(docstring))):
                    made["properties"][name]["description"] = inspect.cleandoc(docstring)
                case _:
                    pass
        return made


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Made once for each type of file: making one takes longer than reading with it."""
    return TypeAdapter(kind)


def keys_at(kind: Any, path: KeyPath) -> tuple[str, ...]:
    """The keys a mapping at this path may have; empty where any may stand."""
    for step in path:
        kind = _inside(kind, step)
    kind = _bare(kind)
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _empty(file: YamlFile) -> Finding:
    return Finding(file.locations.get((), Location("")), "F001", "the file is empty")


def _translate(kind: type, file: YamlFile, error: ValidationError) -> Iterator[Finding]:
    """By pydantic's stable `type` codes, never by its English sentences, which may change with any release."""
    faults = error.errors(include_url=False)
    mistyped = {(*path[:-1], _likely(kind, file, path)) for path in _unknown_keys(faults)}
    for fault in faults:
        path: KeyPath = tuple(fault["loc"])
        match fault["type"]:
            case code if code in UNKNOWN_KEY:
                yield _unknown_key(kind, file, path)
            case "missing" if path in mistyped:
                continue
            case "missing":
                message = f"the key '{path[-1]}' is missing here"
                yield Finding(_around(file.locations, path[:-1]), "F003", message, hint=f"add a line '{path[-1]}: ...'")
            case "enum":
                yield _no_choice(kind, file, path, str(fault["input"]))
            case "value_error":
                yield Finding(_around(file.locations, path), "F004", str(fault["ctx"]["error"]))
            case code:
                sentence = EXPECTED.get(code, f"is not as expected ({code})")
                yield Finding(_around(file.locations, path), "F004", f"{_named(path)}{sentence}")


def _named(path: KeyPath) -> str:
    return f"'{path[-1]}': " if path and isinstance(path[-1], str) else ""


def _unknown_key(kind: type, file: YamlFile, path: KeyPath) -> Finding:
    key = str(path[-1])
    hint = did_you_mean(key, keys_at(kind, path[:-1]))
    return Finding(_around(file.keys, path), "F002", f"the key '{key}' is not known here", hint=hint)


def _unknown_keys(faults: Iterable[Any]) -> list[KeyPath]:
    return [tuple(fault["loc"]) for fault in faults if fault["type"] in UNKNOWN_KEY]


def _likely(kind: type, file: YamlFile, path: KeyPath) -> str | None:
    """The key that a mistyped one most likely is; None where none is near, or it is there already."""
    near = nearest_word(str(path[-1]), keys_at(kind, path[:-1]))
    return near if near and (*path[:-1], near) not in file.keys else None


def _no_choice(kind: type, file: YamlFile, path: KeyPath, word: str) -> Finding:
    for step in path:
        kind = _inside(kind, step)
    choices = [str(choice.value) for choice in _bare(kind)]
    message = f"'{word}' is none of: {', '.join(choices)}"
    return Finding(_around(file.locations, path), "F004", message, hint=did_you_mean(word, choices))


def _around(locations: Mapping[KeyPath, Location], path: KeyPath) -> Location:
    while path and path not in locations:
        path = path[:-1]
    return locations.get(path, Location(""))


def _bare(kind: Any) -> Any:
    """The type without Annotated, Optional or an alias around it."""
    while get_origin(kind) in (types.UnionType, *_UNIONS):
        kind = next(member for member in get_args(kind) if member is not type(None))
    return kind


def _inside(kind: Any, step: str | int) -> Any:
    """The type one step down: a field, a mapping's value, a list's entry."""
    kind = _bare(kind)
    if is_dataclass(kind):
        return get_type_hints(kind).get(str(step), Any)
    arguments = get_args(kind)
    chooser: Callable[[Any], Any] = {dict: lambda a: a[1], Mapping: lambda a: a[1]}.get(
        get_origin(kind), lambda a: a[0]
    )
    return chooser(arguments) if arguments else Any


_UNIONS = (Union,)


LOOK_SCHEMA = "look.schema.json"


def schema_text(kind: type = FactFile) -> str:
    """The schema as the file `facts/schema.json` has it; of LookFile, as `templates/look.schema.json` has it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(kind)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schema(path: Path) -> None:
    """Write that of facts files; OSError where that fails."""
    path.write_text(schema_text(), encoding="utf-8")


def write_look_schema(path: Path) -> None:
    """Write that of look.yaml; OSError where that fails."""
    path.write_text(schema_text(LookFile), encoding="utf-8")
