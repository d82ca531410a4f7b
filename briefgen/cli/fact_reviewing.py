"""`briefgen review`: writes into the facts that somebody looked at them again; every other byte stays as it is."""

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import click

from briefgen.cli.writing import replace_file
from briefgen.model.book import SECTIONS, KeyPath
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import parse_yaml

_WORD = re.compile(r"""'[^']*'|"[^"]*"|[^\s,}#]+""")


def review(workspace: Workspace, ids: tuple[str, ...], day: date, today: date) -> None:
    """Note that these facts were reviewed on the day: all of them, or none where one cannot be."""
    if day > today:
        raise click.UsageError(f"--on {day} lies ahead of today; write the day on which somebody looked")
    files = _files_of_facts(workspace)
    edited: dict[Path, str] = {}
    for id in dict.fromkeys(ids):
        if id not in files:
            finding = Finding(Location("facts"), "A603", f"there is no fact '{id}'", hint=did_you_mean(id, files))
            raise FindingsError([finding])
        path = files[id]
        text = edited.get(path) or path.read_bytes().decode()
        edited[path] = with_review(text, workspace.shown(path), id, day)
    for path, text in edited.items():
        replace_file(path, text)
    number = len(set(ids))
    click.echo(f"{number} fact{'s' * (number != 1)} reviewed on {day}.")


def with_review(text: str, name: str, id: str, day: date) -> str:
    """The text of a facts file with the day of review of one fact.

    It is read back, and nothing else of it may be different; FindingsError where that cannot be had.
    """
    file = parse_yaml(text, name)
    path = _path_of(file.value, id)
    lines = text.split("\n")
    if (*path, "reviewed") in file.locations:
        location = file.locations[*path, "reviewed"]
        line, start = lines[location.line - 1], location.column - 1
        lines[location.line - 1] = line[:start] + _WORD.sub(str(day), line[start:], count=1)
    else:
        location = file.locations[*path, "id"]
        ending = "\r" if lines[location.line - 1].endswith("\r") else ""
        lines.insert(location.line, " " * (file.locations[path].column - 1) + f"reviewed: {day}{ending}")
    after = "\n".join(lines)
    wanted: Any = deepcopy(file.value)
    wanted[path[0]][path[1]]["reviewed"] = str(day)
    if parse_yaml(after, name).value != wanted:
        message, hint = f"'{id}' is written in a form that only a person can edit", f"add to it: reviewed: {day}"
        raise FindingsError([Finding(location, "A605", message, hint=hint)])
    return after


def _files_of_facts(workspace: Workspace) -> dict[str, Path]:
    """The file in which each fact stands."""
    found: dict[str, Path] = {}
    for path in partnerships(workspace):
        book, findings = read_facts(workspace, path)
        if book is None:
            raise FindingsError(findings)
        found |= {id: workspace.root / book.location(id).file for id in book.facts}
    return found


def _path_of(value: Any, id: str) -> KeyPath:
    """Where in a file that was read a fact stands."""
    entries = (
        (section, number, entry) for section in SECTIONS for number, entry in enumerate(value.get(section) or ())
    )
    return next((section, number) for section, number, entry in entries if entry["id"] == id)
