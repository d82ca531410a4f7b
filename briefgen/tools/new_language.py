"""Drafts the file of a language from CLDR and the English one, and lists what a person must decide."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from briefgen.localise import cldr
from briefgen.localise.language_file import LanguageFile
from briefgen.localise.patterns import NO_BREAK, NO_BREAK_MARK
from briefgen.model.findings import FindingsError
from briefgen.read.languages import BASE
from briefgen.read.paths import shipped_templates
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import parse_yaml, read_yaml, yaml_text
from briefgen.tools.init import YAML_HEADER

_HEAD = """\
# How values are worded in {name}: a draft. CLDR gave number marks, months, plural categories, scale words, currencies,
# and what is counted in time; every other phrase is still the English one. Whoever knows the language puts it right,
# phrase by phrase; what each key means is in schema.json beside this file, which `briefgen schema` writes.
"""
_NO_PHRASES = ("numbers.grouping", "locale", "lang")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLanguage:
    """The text of a language's file, and the keys whose phrases are still English."""

    name: str
    text: str
    open_keys: tuple[str, ...]


def draft_language(workspace: Workspace, code: str) -> NewLanguage:
    """Return the draft; what the language's file says already is kept. FindingsError for what CLDR does not know."""
    existing = workspace.template_file(f"languages/{code}.yaml")
    file = read_yaml(existing, workspace.shown(existing), workspace.root) if existing else parse_yaml("{}", code)
    if file.findings or not isinstance(file.value, dict):
        raise FindingsError(file.findings or read_as(LanguageFile, file)[1])
    before = file.value
    if before.get("patterns"):
        raise FindingsError.of(workspace.shown(existing or workspace.root), "W005", f"'{code}' has patterns already")
    try:
        given: Mapping[str, Any] = cldr.phrases(code)
    except ValueError as error:
        hint = "write its code of two or three letters (ISO 639), such as fr, or fr_CA"
        raise FindingsError.of(code, "W005", str(error), hint) from None
    if code.replace("-", "_") != (written := str(cldr.locale(code))):
        raise FindingsError.of(code, "W005", f"'{code}' is no code of a language", f"write {written}")
    english: Any = read_yaml(shipped_templates() / "languages" / f"{BASE}.yaml").value
    patterns = deepcopy(english["patterns"])
    patterns |= {"locale": written, "lang": written.replace("_", "-")}
    patterns["collation"] = {}
    for path, value in given.items():
        _put(patterns, path.split("."), value)
    _fit_plurals(patterns, cldr.plural_categories(code))
    still = tuple(key for key in _still_english(english["patterns"], patterns) if key not in _NO_PHRASES)
    reading = before.get("reading") or {"locale": written}
    value = _marked({"patterns": patterns, "reading": reading})
    name = cldr.language_name(written, BASE)
    text = YAML_HEADER + _HEAD.format(name=name) + yaml_text(value)
    faults = read_as(LanguageFile, parse_yaml(text, code))[1]
    if faults:
        raise FindingsError(faults)
    return NewLanguage(name=name, text=text, open_keys=still)


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    """Put a value at a path; a mapping adds to the one that is there."""
    *outer, last = path
    for step in outer:
        into = into[step]
    is_more = isinstance(value, dict) and last != "ahead"
    into[last] = {**into[last], **{str(key): each for key, each in value.items()}} if is_more else value


def _fit_plurals(node: Any, categories: tuple[str, ...]) -> None:
    """Give each phrase with a number the plural categories that the language has."""
    for each in node.values() if isinstance(node, dict) else ():
        if isinstance(each, dict) and "other" in each and set(each) <= {"one", "two", "few", "many", "zero", "other"}:
            other = each["other"]
            fitting = {name: each.get(name, other) for name in categories if len(each) > 1 or name == "other"}
            each.clear()
            each.update(fitting)
        else:
            _fit_plurals(each, categories)


def _still_english(english: Any, drafted: Any, path: str = "") -> Iterator[str]:
    """Yield the keys whose phrases have words and are those of English; one for each phrase, whatever its plurals."""
    if isinstance(english, dict) and "other" in english:
        english, drafted = english["other"], drafted.get("other") if isinstance(drafted, dict) else drafted
    if isinstance(english, dict):
        for key, each in english.items():
            yield from _still_english(each, drafted.get(key), f"{path}.{key}" if path else key)
    elif english == drafted and any(sign.isalpha() for sign in _without_fields(str(english))):
        yield path


def _without_fields(phrase: str) -> str:
    return "".join(part.rpartition("}")[2] for part in phrase.split("{"))


def _marked(value: Any) -> Any:
    """Return the values as text, with a sign in the place of each no-break space, which nobody would see."""
    if isinstance(value, dict):
        return {str(key): _marked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(each) for each in value]
    return str(value).replace("\u202f", NO_BREAK).replace(NO_BREAK, NO_BREAK_MARK)
