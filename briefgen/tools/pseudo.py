"""A copy of a workspace in a pseudo-locale, which shows what is not translated and what does not fit.

Its texts are English with accents, a third longer and in brackets.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.read.languages import BASE
from briefgen.read.look import read_look
from briefgen.read.paths import LOOK_FILE, shipped_templates
from briefgen.read.workspace import Settings, Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.tools.translations import all_labels, all_texts, machine_translated

CODE = "xa"
"""The language of the copy; CLDR calls its pseudo-locale of accented English en-XA."""
_FIRST_LINE = (
    "# A copy of a workspace in a pseudo-locale, made by `briefgen translate pseudo`; it may be thrown away.\n"
)
_FOLDERS = ("facts", "seeds", "templates")
_FIELD = re.compile(r"(\{[^{}]*\})")
_VOWELS = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True))
_ACCENTED = str.maketrans("cnsyzCNSYZ", "çñšýžÇÑŠÝŽ") | str.maketrans({each: 2 * _VOWELS[each] for each in _VOWELS})
"""Vowels are doubled, which makes a text about a third longer, as translations are, and its words too."""


def pseudo(text: str) -> str:
    """The text with accents, a third longer and in brackets; its {placeholders} stay as they are."""
    parts = (part if number % 2 else part.translate(_ACCENTED) for number, part in enumerate(_FIELD.split(text)))
    return f"[{''.join(parts)}]"


def make_pseudo_workspace(workspace: Workspace, folder: Path) -> None:
    """Copy the workspace into a folder, with all of its texts translated into the pseudo-locale.

    FindingsError where the folder holds anything but an earlier copy.
    """
    labels, texts = all_labels(workspace), tuple(all_texts(workspace))
    _clear(folder)
    for name in _FOLDERS:
        source = workspace.root / name
        if source.is_dir() and source.resolve() != shipped_templates().resolve():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("originals", "*.po"))
    settings = replace(workspace.settings, languages=(BASE, CODE))
    files = {
        "briefgen.toml": _FIRST_LINE + "".join(_toml(settings)),
        f"templates/languages/{CODE}.yaml": yaml_text(_language(workspace)),
        f"templates/locale/{CODE}.po": machine_translated(CODE, labels, pseudo),
        f"facts/locale/{CODE}.po": machine_translated(CODE, texts, pseudo),
    }
    if look := _look(workspace, folder / "templates" / LOOK_FILE):
        files[f"templates/{LOOK_FILE}"] = look
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _clear(folder: Path) -> None:
    """Remove an earlier copy, and nothing else."""
    settings = folder / "briefgen.toml"
    if settings.is_file() and settings.read_text(encoding="utf-8").startswith(_FIRST_LINE):
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that is not there yet"
        raise FindingsError([Finding(Location(str(folder)), "W006", "is there already and is not empty", hint=hint)])


def _look(workspace: Workspace, path: Path) -> str:
    """The look file with its lines in the pseudo-locale too: a line stands in every language or in none."""
    look, _ = read_look(workspace, ())
    value = read_yaml(path).value if path.is_file() else {}
    if look is None or not isinstance(value, dict):
        return ""
    lines: dict[tuple[str, ...], Mapping[str, str]] = {
        ("handling",): look.handling,
        ("contact",): look.contact,
        ("prepared_by",): look.prepared_by,
    }
    if look.logo:
        lines["logo", "text"] = look.logo.text
    for keys, texts in lines.items():
        if texts.get(BASE):
            inner: Any = value
            for key in keys:
                inner[key] = inner.get(key) or {}
                inner = inner[key]
            inner[CODE] = pseudo(texts[BASE])
    return yaml_text(value) if value else ""


def _language(workspace: Workspace) -> Plain:
    """The base language's patterns under another name; its values look the same, so that they can be compared."""
    path = workspace.template_file(f"languages/{BASE}.yaml")
    file = read_yaml(path).value if path else None
    patterns = file.get("patterns") if isinstance(file, dict) else None
    if not isinstance(patterns, dict):
        location = Location(f"templates/languages/{BASE}.yaml")
        raise FindingsError([Finding(location, "W005", f"the language '{BASE}' has no patterns to start from")])
    name, tag = pseudo(str(patterns.get("own_name"))), f"{patterns.get('lang')}-XA"
    return {"patterns": {**patterns, "own_name": name, "lang": tag}}


def _toml(settings: Settings) -> Iterator[str]:
    """The settings as the lines of a file."""
    for key, value in asdict(settings).items():
        yield f"{key} = {_toml_value(value)}\n"


def _toml_value(value: object) -> str:
    """A table on one line; texts, numbers and lists of them are written as in JSON."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {_toml_value(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)
