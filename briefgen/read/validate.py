"""Validates files against the types of the model, and writes the JSON Schemas by which editors complete and check."""

import ast
import inspect
import json
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from briefgen.model.book import KeyPath, locate
from briefgen.model.findings import Finding, Severity, did_you_mean, nearest_word
from briefgen.model.quantities import meant_id
from briefgen.model.texts import Notation, is_free_text
from briefgen.read.yaml import Plain, YamlFile, called, edited

T = TypeVar("T")

UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")
EXPECTED = {
    "string_type": "a text is expected here",
    **dict.fromkeys(("dataclass_type", "dict_type", "mapping_type"), "lines of 'key: value' are expected here"),
    "tuple_type": "a list is expected here: [one, two], or a line with '- ' for each entry",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "finite_number"), "a whole number is expected here"),
    "int_parsing_size": "a whole number of fewer digits is expected here",
    **dict.fromkeys(("bool_type", "bool_parsing"), "'true' or 'false' is expected here"),
}
_WORDS_FOR = {
    "requested": "asked urged called demanded appealed",
    "hoped": "wished wanted expected desired",
    "instructed": "ordered directed tasked",
    "proposed": "suggested offered",
    "planned": "intended scheduled",
    "announced": "promised pledged committed undertook affirmed vowed",
    "aimed": "targeted",
    "agreed": "accepted",
    "stated": "said declared noted told",
    "fulfilled": "done completed met achieved",
    "in progress": "ongoing started",
    "not met": "failed missed",
}
MEANT = {word: choice for choice, words in _WORDS_FOR.items() for word in words.split()}
"""What a person means by another word for an act or a delivery: near in spelling, promised is no proposal."""


def read_as(kind: type[T], file: YamlFile) -> tuple[T | None, tuple[Finding, ...]]:
    """Return the file as a typed value, or None, and every reason why it is not one."""
    if file.value is None:
        return None, file.findings or (Finding(file.at(), "F001", "the file is empty"),)
    findings = (*file.findings, *_cut_texts(kind, file))
    try:
        value = _adapter(kind).validate_python(_without_empty(kind, file))  # type: ignore[arg-type] # a class is hashable
        return value, (*findings, *_without_value(file, file.value, ()))
    except ValidationError as error:
        return None, (*findings, *_translate(kind, file, error))


def _without_value(file: YamlFile, value: Plain, path: KeyPath) -> Iterator[Finding]:
    """Yield each key of an entry behind whose colon nothing stands, though it may be left out: a forgotten value."""
    match value:
        case dict():
            for key, each in value.items():
                yield from _without_value(file, each, (*path, key))
        case list():
            for number, each in enumerate(value):
                yield from _without_value(file, each, (*path, number))
        case None if any(isinstance(key, int) for key in path):
            hint = "write the value behind the colon, or take the key away"
            yield Finding(file.at(*path), "Y011", f"'{path[-1]}' has no value", Severity.WARNING, hint=hint)


def read_rest(kind: type[T], file: YamlFile) -> tuple[T | None, YamlFile, frozenset[str]]:
    """Return what a faulty file holds besides its faults, the file without them, and the ids of entries left out.

    A mistyped key is read as the key it most likely is; an entry with any other fault is left out. The value is None if
    a fault is in no entry.
    """
    left_out: frozenset[str] = frozenset()
    while True:
        try:
            return _adapter(kind).validate_python(_without_empty(kind, file)), file, left_out  # type: ignore[arg-type]
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False, include_input=False)
        edits = {path: _likely(kind, file, path) for path in _unknown_keys(faults)}
        if not edits:
            entries = {tuple(fault["loc"])[:2] for fault in faults}
            if any(len(entry) < 2 for entry in entries):
                return None, file, left_out
            names = {called(file, entry) for entry in entries}
            left_out |= names | {meant_id(name) for name in names}  # of an id that is told, others name what is meant
            edits = dict.fromkeys(entries)
        rest = edited(file, edits)
        if rest.value == file.value:
            return None, file, left_out
        file = rest


def _without_empty(kind: type, file: YamlFile) -> Plain:
    """Return what the file says, without lists that may be left out and in which nothing stands: `terms:` alone."""
    if not isinstance(file.value, dict):
        return file.value
    needed = {each.name for each in fields(kind) if each.default is each.default_factory is MISSING}
    empty = [key for key, value in file.value.items() if value is None and key not in needed]
    lists = [key for key in empty if get_origin(_type_at(kind, (key,))) in (tuple, Mapping)]
    return {key: value for key, value in file.value.items() if key not in lists}


class _DescribedFields(GenerateJsonSchema):
    """Describes each field by its docstring; pydantic would look these up for every file it reads, which is slower."""

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        made = super().dataclass_schema(schema)
        texts = described(schema["cls"])
        for each in (each for each in fields(schema["cls"]) if each.name in texts):
            made["properties"][each.metadata.get("alias", each.name)]["description"] = texts[each.name]
        return made


def described(kind: type) -> dict[str, str]:
    """Return the docstrings of a dataclass's fields, inherited ones too, by name; those without one are left out."""
    texts: dict[str, str] = {}
    bodies = (_class_bodies(each.__module__)[each.__name__] for each in reversed(kind.__mro__[:-1]))
    for pair in (pair for body in bodies for pair in pairwise(body)):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(docstring))):
                texts[name] = inspect.cleandoc(docstring)
            case _:
                pass
    return texts


@cache
def _class_bodies(module: str) -> dict[str, list[ast.stmt]]:
    """Return what stands in each class of a module: `inspect` would read all of the module again for each of them."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {each.name: each.body for each in tree.body if isinstance(each, ast.ClassDef)}


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Return the validator of a type; making one takes longer than reading a file with it."""
    return TypeAdapter(kind)


def keys_at(kind: Any, path: KeyPath) -> tuple[str, ...]:
    """Return the keys a mapping at this path may have; empty if it may have any."""
    found = _type_at(kind, path)
    return tuple(each.metadata.get("alias", each.name) for each in fields(found)) if is_dataclass(found) else ()


def _cut_texts(kind: type, file: YamlFile) -> Iterator[Finding]:
    """Yield the texts that end at a remark (Y006): ` #` outside quotes begins one, wherever the text was to end.

    Other values are not looked at: what has a form, or is the name of something, is told when it lacks its end.
    """
    for path, location in file.remarks.items():
        if is_free_text(_type_at(kind, path)):
            message = "the text ends before this '#': the rest of the line counts as a remark and is not printed"
            hint = "put the whole text in quotes; if it is a remark, give it a line of its own"
            yield Finding(location, "Y006", message, hint=hint)


def _translate(kind: type, file: YamlFile, error: ValidationError) -> Iterator[Finding]:
    """Yield findings by pydantic's `type` codes, which are stable; its English sentences may change."""
    faults = error.errors(include_url=False)
    places = [tuple(fault["loc"]) for fault in faults]
    cut = {place: hint for place in places if (hint := _cut_number(file, place))}
    for half, hint in cut.items():
        message = "a comma splits the value here: numbers have a decimal point, and no grouping marks"
        yield Finding(locate(file.keys, half), "F004", message, hint=hint)
    told = {*cut, *(_key_before(file, half) for half in cut)}
    faults = [fault for fault in faults if tuple(fault["loc"]) not in told]
    mistyped = {(*path[:-1], _likely(kind, file, path)) for path in _unknown_keys(faults)}
    for fault in faults:
        path: KeyPath = tuple(fault["loc"])
        match fault["type"]:
            case code if code in UNKNOWN_KEY:
                hint = _unknown_key_hint(kind, file, path)
                yield Finding(locate(file.keys, path), "F002", f"the key '{path[-1]}' is not known here", hint=hint)
            case "missing" if path in mistyped:
                continue
            case "missing":
                message = f"the key '{path[-1]}' is missing here"
                location, hint = locate(file.locations, path[:-1]), f"add a line '{_form(kind, path)}'"
                yield Finding(location, "F003", message, hint=hint)
            case "enum":
                choices, word = choices_at(kind, path), str(fault["input"])
                word = word.lower() if isinstance(fault["input"], bool) else word
                message, meant = f"'{word}' is none of: {', '.join(choices)}", MEANT.get(word.lower(), "")
                hint = f"did you mean '{meant}'?" if meant in choices else did_you_mean(word, choices)
                yield Finding(locate(file.locations, path), "F004", message, hint=hint)
            case "value_error":
                is_key = path[-1:] == ("[key]",)
                location = locate(file.keys, path[:-1]) if is_key else locate(file.locations, path)
                message, hint = str(fault["ctx"]["error"]), ""
                if _CURLED.search(str(fault["input"])):
                    hint = 'write straight quotes, ": programs for letters curl them'
                if path == ("published", "date") and not fault["input"]:  # of a draft
                    message, hint = "the day of publication is missing here", _PUBLISHED
                yield Finding(location, "F004", message, hint=hint)
            case _:
                key = f"'{path[-1]}': " if path and isinstance(path[-1], str) else ""
                sentence, hint = _expected(kind, file, path, fault)
                yield Finding(locate(file.locations, path), "F004", f"{key}{sentence}", hint=hint)


_PUBLISHED = "briefgen sources add FILE --published 2025-02-12; where no line gives it: '2025-02-12 because ...'"
_CURLED = re.compile("^[“”„‘’]|[“”„‘’]$")


def _expected(kind: type, file: YamlFile, path: KeyPath, fault: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is expected at a place, and how it is written, in YAML or in TOML."""
    code, given = fault["type"], fault["input"]
    sentence = EXPECTED.get(code, f"is not as expected ({code})")
    key = path[-1] if path else 0
    match code:
        case "string_type" if isinstance(given, dict) and len(given) == 1 and path and isinstance(key, int):
            ((word, value),) = given.items()
            hint = f'write it without the blank, or in quotes: {word}:{value or ""} or "{word}: {value or ""}"'
        case _ if not isinstance(key, str):
            hint = ""
        case "string_type" if isinstance(given, dict):
            hint = 'put a text that begins with a brace in quotes: "{goal} by {by}"'
        case "int_parsing":
            hint = _as_number(key, str(given))
        case "dict_type":
            hint = _as_lines(kind, key, given)
        case "dataclass_type" if together := _without_blank(str(given), keys_at(kind, path)):
            hint = together
        case "dataclass_type":
            sentence = "one value is expected here, not a list" if isinstance(given, list | tuple) else sentence
            hint = _like(_form(kind, path))
        case "tuple_type" if file.at().file.endswith(".toml"):
            words = ", ".join(f'"{word.strip()}"' for word in given.split(",")) if isinstance(given, str) else ""
            sentence, hint = "a list is expected here", _like(f"{key} = [{words}]" if words else "")
        case "tuple_type":
            hint = _as_list(kind, path, given)
        case _:
            hint = ""
    return sentence, hint


def _like(written: str) -> str:
    """Return the hint to write something so; empty where nothing is known of it but that it is there."""
    return f"write it like {written}" if written and not written.endswith("...") else ""


def _as_list(kind: type, path: KeyPath, given: Any) -> str:
    """Return how a list is written."""
    if str(given).startswith("-"):
        return "write a blank behind each - that begins an entry"
    bare = given.strip("() ") if isinstance(given, str) else ""
    return _like(f"{path[-1]}: [{bare}]" if bare else _form(kind, path))


def _as_number(key: str, given: str) -> str:
    """Return how a measure with its unit is written as the number that it is; empty for what is none."""
    if not (measure := _MEASURE.fullmatch(given.strip())):
        return ""
    number = Decimal(measure[1].replace(",", ".")) * _MILLIMETRES[(measure[2] or "mm").lower()]
    what = "in percent, without the sign" if measure[2] == "%" else "in millimetres, without a unit"
    what = what if measure[2] else "without a fraction"
    return f"{what}: {key}: {number:.0f}"


def _without_blank(given: str, keys: Sequence[str]) -> str:
    """Return how a line is written that lacks its colon, or the blank behind it; empty for any other value."""
    word, _, rest = given.partition(" ")
    if rest and word in keys:
        return f"write a colon behind '{word}': {word}: {rest}"
    key, colon, value = given.partition(":")
    return f"write a blank behind the colon: {key}: {value.strip()}" if colon and key in keys else ""


def _as_lines(kind: type, key: str, given: Any) -> str:
    """Return how a mapping is written of which any key may stand in it."""
    if isinstance(given, list) and given and all(isinstance(each, dict) for each in given):
        return "take the '- ' in front of its lines away"
    if "footer" not in keys_at(kind, ()) or not isinstance(given, str) or not given:
        return ""
    if first := _FIRST_KEY.get(key):
        return f"write it like {key}: {{{first}: {given}}}"
    return f"write it in each language, a line each below '{key}:', such as '  en: {given}'"


_FIRST_KEY = {"fonts": "default", "watermark": "default", "page_limits": "at-a-glance", "column_widths": "rows"}
"""By keys of look.yaml, a key that may stand below and is enough; below most of them stand all languages."""
_MILLIMETRES = {
    "mm": Decimal(1),
    "cm": Decimal(10),
    "in": Decimal("25.4"),
    '"': Decimal("25.4"),
    "pt": Decimal("0.3528"),
    "%": Decimal(1),
}
_MEASURE = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?) ?(mm|cm|in|pt|\"|%)?", re.IGNORECASE)


def _form(kind: type, path: KeyPath) -> str:
    """Return how a key is written: with an example of its value, as far as its type has one."""
    example, name = _example(_type_at(kind, path, whole=True)), str(path[-1])
    if example.startswith("{value"):
        value = "2025-08-11" if name in _DATES else '"@VN"' if name in _NAMES else "150 billion USD"
        rest = f"cite: talks-2022:L7#{name}" if "cite" in example else 'as: "150 billion USD"'
        example = f"{{value: {value}, {rest}}}"
    return f"{name}: {example or '...'}"


def _example(kind: Any) -> str:
    """Return an example of a value of a type; empty where none is known."""
    kind = _bare(kind)
    notes = [each for each in getattr(kind, "__metadata__", ()) if isinstance(each, Notation)]
    if notes:
        return notes[0].example
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(str(each.value) for each in kind if each.value)
    if is_dataclass(kind) and {each.name for each in fields(kind)} >= {*_VALUE}:
        return f"{{{', '.join(f'{name}: ...' for name in _VALUE)}}}"
    if is_dataclass(kind) and fields(kind):
        return f"{{{fields(kind)[0].name}: ...}}"
    if get_origin(kind) is tuple and (example := _example(get_args(kind)[0])):
        return f"[{example}]"
    return ""


_VALUE = ("value", "cite")
_DATES, _NAMES = ("when", "due", "by", "since", "until", "period"), ("host", "holder", "party", "participants")
"""Keys whose value is a date, or somebody."""


def _cut_number(file: YamlFile, path: KeyPath) -> str:
    """Return what to write where a key is the rest of a number that was cut at a comma: 2,500 million USD."""
    before = _key_before(file, path)
    rest = str(path[-1]) if path else ""
    if not before or before[-1] == "as" or not re.match(r"\d{1,3}(?!\d)", rest) or _value_at(file, path) is not None:
        return ""
    first = str(_value_at(file, before))
    mark = "" if re.match(r"\d{3}", rest) else "."  # 2,500 million USD, but 2,5 billion USD
    return f"write {first}{mark}{rest}" if re.search(r"\d$", first) else ""


def _key_before(file: YamlFile, path: KeyPath) -> KeyPath:
    """Return the path of the key that stands before this one in its mapping; empty where it is the first."""
    keys = _value_at(file, path[:-1]) if path else None
    names = [*keys] if isinstance(keys, dict) and path[-1] in keys else []
    at = names.index(path[-1]) if names else 0
    return (*path[:-1], names[at - 1]) if at else ()


def _value_at(file: YamlFile, path: KeyPath) -> Any:
    value: Any = file.value
    with suppress(LookupError, TypeError):
        for step in path:
            value = value[step]
        return value
    return None


def _unknown_key_hint(kind: type, file: YamlFile, path: KeyPath) -> str:
    """Return the nearest key; of a key without a value, which is the rest of a text, that a comma needs quotes."""
    key, here = str(path[-1]), keys_at(kind, path[:-1])
    if glued := _glued(kind, path):
        return f"write a space after the colon: {glued}: {key.removeprefix(glued + ':')}"
    if path[-1] in (_value_at(file, path[:-1]) or ()) and _value_at(file, path) is None and " " in key:
        return "put a text that holds a comma in quotes, between braces"
    if "footer" in here and (task := _BY_TEMPLATE.get(key)):
        return f"no setting does that, but a template: see '{task}' in templates/README.md"
    if key.startswith(("//", ";")):
        return "a remark begins with #"
    if len(path) > 1 and key in keys_at(kind, ()) and file.at().file.endswith(".toml"):
        return f"write it above [{path[0]}]: what stands below a heading is of that alone"
    is_one_letter_off = {f"{key}s", key.removesuffix("s")} & set(here) - {key}
    return ("" if is_one_letter_off else _section_of(kind, path)) or did_you_mean(key, here)


_BY_TEMPLATE = dict.fromkeys(("header", "head", "header_text"), "Put a line of your own into the head of the pages") | (
    dict.fromkeys(
        ("font_size", "text_size", "size", "screen_colours", "css", "style"),
        "Have larger letters, or other colours on screen only",
    )
)
"""What people look for in look.yaml, and the task of the guide that does it."""


def _section_of(kind: type, path: KeyPath) -> str:
    """Return where a key belongs that is known one level below: accent in colours, page_size as the size of paper."""
    key, here = str(path[-1]), keys_at(kind, path[:-1])
    before, _, last = key.rpartition("_")
    found = [(key, each) for each in here]
    found += [(last, each) for each in here if nearest_word(before, [each])]
    found = [(word, each) for word, each in found if word in keys_at(kind, (*path[:-1], each))]
    return next((f"'{word}' stands below '{each}': {each}: {{{word}: ...}}" for word, each in found), "")


def _glued(kind: type, path: KeyPath) -> str:
    """Return the key in front of a colon that lacks its space, between braces: value:2030."""
    key, colon, _ = str(path[-1]).partition(":")
    return key if colon and key in keys_at(kind, path[:-1]) else ""


def _unknown_keys(faults: Iterable[Any]) -> list[KeyPath]:
    return [tuple(fault["loc"]) for fault in faults if fault["type"] in UNKNOWN_KEY]


def _likely(kind: type, file: YamlFile, path: KeyPath) -> str | None:
    """Return the key that a mistyped one most likely is; None if none is near, or it is present already."""
    near = _glued(kind, path) or nearest_word(str(path[-1]), keys_at(kind, path[:-1]))
    return near if near and (*path[:-1], near) not in file.keys else None


def choices_at(kind: Any, path: KeyPath) -> tuple[str, ...]:
    """Return the words that a value at this path may be; empty if it may be any."""
    found = _type_at(kind, path)
    return tuple(str(each.value) for each in found) if isinstance(found, type) and issubclass(found, Enum) else ()


def _bare(kind: Any) -> Any:
    """Return the type without an Optional around it."""
    while get_origin(kind) in (types.UnionType, Union):
        kind = next(member for member in get_args(kind) if member is not type(None))
    return kind


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the types of the fields of a class; working them out takes a millisecond, and each fault asks for some."""
    return get_type_hints(kind, include_extras=True)


def _type_at(kind: Any, path: KeyPath, *, whole: bool = False) -> Any:
    """Return the type at a path, whose steps are fields, keys of mappings and numbers of list entries.

    `whole`: with its notes, and with an Optional around it.
    """
    for step in path:
        kind = _bare(kind)
        arguments = get_args(kind)
        if is_dataclass(kind):
            names = {each.metadata.get("alias", each.name): each.name for each in fields(kind)}
            kind = _hints(cast("type", kind)).get(names.get(str(step), ""), Any)
        elif arguments:
            kind = arguments[1] if get_origin(kind) in (dict, Mapping) else arguments[0]
        else:
            kind = Any
    return kind if whole else _bare(kind)


def schema_text(kind: type) -> str:
    """Return the JSON Schema of a file, as facts/schema.json and the others hold it (see tools/workspaces.py)."""
    schema = TypeAdapter(kind).json_schema(schema_generator=_DescribedFields)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
