"""`briefgen translate pseudo`: the workspace once more, in a language that shows what is not translated."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from shlex import quote
from typing import Any

import click

from briefgen.cli.translating import every_label, texts_of_facts
from briefgen.cli.writing import replace_file
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.read.languages import BASE
from briefgen.read.look import read_look
from briefgen.read.paths import LOOK_FILE, shipped_templates
from briefgen.read.workspace import Settings, Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.tools.pseudo import pseudo
from briefgen.tools.translations import filled

CODE = "xa"
_OPENING = "# A copy of a workspace in a pseudo-locale, made by `briefgen translate pseudo`; it may be thrown away.\n"
_FOLDERS = ("facts", "seeds", "templates")


def make_pseudo(workspace: Workspace, folder: Path) -> None:
    """Fill the folder with a workspace whose texts are all translated into the pseudo-locale, and tell how to look.

    FindingsError where the folder holds anything but an earlier copy.
    """
    labels, texts = every_label(workspace), tuple(texts_of_facts(workspace))
    _clear(folder)
    for name in _FOLDERS:
        source = workspace.root / name
        if source.is_dir() and source.resolve() != shipped_templates().resolve():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("originals", "*.po"))
    settings = replace(workspace.settings, languages=(BASE, CODE))
    replace_file(folder / "briefgen.toml", _OPENING + "".join(_toml(settings)))
    replace_file(folder / "templates" / "languages" / f"{CODE}.yaml", yaml_text(_language(workspace)))
    _say_in_look(workspace, folder / "templates" / LOOK_FILE)
    replace_file(folder / "templates" / "locale" / f"{CODE}.po", filled(CODE, labels, pseudo))
    replace_file(folder / "facts" / "locale" / f"{CODE}.po", filled(CODE, texts, pseudo))
    build = f"briefgen -C {quote(str(folder))} build"
    click.echo(f"Made {folder}. Build it and look at its '{CODE}' documents:\n\n  {build}\n")
    click.echo("A text without [brackets] is not translated; one that lacks its last bracket is clipped.")


def _clear(folder: Path) -> None:
    """Take away an earlier copy, and nothing else."""
    settings = folder / "briefgen.toml"
    if settings.is_file() and settings.read_text(encoding="utf-8").startswith(_OPENING):
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that is not there yet"
        raise FindingsError([Finding(Location(str(folder)), "W006", "is there already and is not empty", hint=hint)])


def _say_in_look(workspace: Workspace, path: Path) -> None:
    """The desk's own lines (handling, contact) in the pseudo-locale too: a line stands in every language or in none."""
    look, _ = read_look(workspace, ())
    value = read_yaml(path).value if path.is_file() else {}
    if look is None or not isinstance(value, dict):
        return
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
    if value:
        replace_file(path, yaml_text(value))


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
    """The settings as a file."""
    for key, value in asdict(settings).items():
        yield f"{key} = {_toml_value(value)}\n"


def _toml_value(value: object) -> str:
    """A table in one line; texts, numbers and lists of them are written as in JSON."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {_toml_value(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)
