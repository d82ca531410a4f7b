"""Copies a workspace into a pseudo-locale, which shows what is not translated and what does not fit.

Its texts are English with accents, a third longer and in brackets.
"""

import json
import re
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.model.findings import FindingsError
from briefgen.read.languages import BASE
from briefgen.read.look import read_look
from briefgen.read.paths import LOOK_FILE, shipped_templates
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.render.reading import files_below, read_file, text_if_readable
from briefgen.tools.translations import all_labels, machine_translated, texts_by_partnership

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = "xa"
"""The language of the copy; CLDR calls its pseudo-locale of accented English en-XA."""
_FIRST_LINE = "# A copy of a workspace in a pseudo-locale, made by `briefgen translate pseudo`; it may be deleted.\n"
_FOLDERS = ("facts", "seeds", "templates")
_FIELD = re.compile(r"(\{[^{}]*\})")
_VOWELS = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True))
_ACCENTED = str.maketrans("cnsyzCNSYZ", "çñšýžÇÑŠÝŽ") | str.maketrans({each: 2 * _VOWELS[each] for each in _VOWELS})
"""Vowels are doubled, which makes a text and its words about a third longer, as translations are."""


def pseudo(text: str) -> str:
    """Return the text with accents, a third longer and in brackets; its {placeholders} stay as they are."""
    parts = (part if number % 2 else part.translate(_ACCENTED) for number, part in enumerate(_FIELD.split(text)))
    return f"[{''.join(parts)}]"


def make_pseudo_workspace(workspace: Workspace, folder: Path) -> None:
    """Copy the workspace into a folder, with all of its texts translated into the pseudo-locale.

    FindingsError if the folder holds anything but an earlier copy.
    """
    labels, (texts, faults) = all_labels(workspace), texts_by_partnership(workspace)
    if faults:
        raise FindingsError(faults)
    _clear(folder)
    for name in _FOLDERS:
        source = workspace.root / name
        if source.is_dir() and source.resolve() != shipped_templates().resolve():
            _copy(source, folder / name, workspace.root)
    settings = replace(workspace.settings, languages=(BASE, CODE))
    files = {
        "briefgen.toml": _FIRST_LINE + "".join(f"{key} = {_toml(value)}\n" for key, value in asdict(settings).items()),
        f"templates/languages/{CODE}.yaml": yaml_text(_language(workspace)),
        f"templates/locale/{CODE}.po": machine_translated(CODE, labels, pseudo),
        **{
            f"facts/locale/{f'{name}/' if len(texts) > 1 else ''}{CODE}.po": machine_translated(CODE, found, pseudo)
            for name, found in texts.items()
        },
    }
    if look := _look(workspace, folder / "templates" / LOOK_FILE):
        files[f"templates/{LOOK_FILE}"] = look
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path, root: Path) -> None:
    """Copy the files that are read; catalogs are made anew, and originals are not needed."""
    for path in files_below(source, without=("originals",), within=root):
        if path.suffix != ".po" and not path.is_dir():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(read_file(path, root))


def _clear(folder: Path) -> None:
    """Remove an earlier copy, and nothing else."""
    settings = folder / "briefgen.toml"
    if text_if_readable(settings, folder).startswith(_FIRST_LINE):
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that does not exist yet"
        raise FindingsError.of(str(folder), "W006", "exists already and is not empty", hint)


def _look(workspace: Workspace, path: Path) -> str:
    """Return the look file with its lines in the pseudo-locale too, as a line must be in every language or in none."""
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
    """Return the base language's patterns under another name; values look the same in both, for comparison."""
    path = workspace.template_file(f"languages/{BASE}.yaml")
    file = read_yaml(path, within=workspace.root).value if path else None
    patterns = file.get("patterns") if isinstance(file, dict) else None
    if not isinstance(patterns, dict):
        message = f"the language '{BASE}' has no patterns to start from"
        raise FindingsError.of(f"templates/languages/{BASE}.yaml", "W005", message)
    name, tag = pseudo(str(patterns.get("own_name"))), f"{patterns.get('lang')}-XA"
    return {"patterns": {**patterns, "own_name": name, "lang": tag}}


def _toml(value: object) -> str:
    """Return a TOML value: a table on one line; texts, numbers and lists are written as in JSON."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {_toml(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)
