"""Writes into the facts on which day somebody looked at them again."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.files import read_file
from briefgen.model.book import SECTIONS
from briefgen.model.findings import FindingsError
from briefgen.read.facts import choose_partnerships, read_book
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import parse_yaml
from briefgen.tools.explain import find_fact
from briefgen.tools.yaml_edit import EditError, edit


def review_facts(workspace: Workspace, names: Sequence[str], day: date) -> Mapping[Path, str]:
    """Return the new text of every file with one of these facts; FindingsError if one of them cannot be changed.

    They are named by their ids, or as PARTNERSHIP/ID.
    """
    books = {path.stem: read_book(workspace, path) for path in choose_partnerships(workspace, ())}
    known = {name: book.facts for name, book in books.items()}
    files: dict[Path, list[str]] = {}
    for partnership, id in (find_fact(workspace, name, known) for name in names):
        if (last := known[partnership][id].reviewed) and last.first > day:
            message, hint = f"'{id}' was reviewed on {last}, after {day}", "to take that back, write the day by hand"
            raise FindingsError.of(books[partnership].location(id, "reviewed"), "A605", message, hint)
        if (newest := books[partnership].newest_source(known[partnership][id])) and newest > day:
            message = f"a look at '{id}' on {day} would confirm nothing: a source of {newest} tells it"
            hint = "give the day on which somebody looked after that"
            raise FindingsError.of(books[partnership].location(id), "A605", message, hint)
        files.setdefault(workspace.root / books[partnership].location(id).file, []).append(id)
    texts = {path: read_file(path, workspace.root).decode() for path in files}
    return {path: with_reviews(texts[path], workspace.shown(path), here, day) for path, here in files.items()}


def with_reviews(text: str, name: str, ids: Sequence[str], day: date) -> str:
    """Return the text of a facts file with the day of review of these facts; FindingsError if it cannot be changed."""
    file = parse_yaml(text.removeprefix("\ufeff"), name)
    wanted: Any = deepcopy(file.value)
    every = ((section, number, fact) for section in SECTIONS for number, fact in enumerate(wanted.get(section) or ()))
    paths = {fact["id"]: (section, number) for section, number, fact in every}
    for section, number in (paths[id] for id in ids):
        pairs = [(key, value) for key, value in wanted[section][number].items() if key != "reviewed"]
        pairs.insert([key for key, _ in pairs].index("id") + 1, ("reviewed", str(day)))
        wanted[section][number] = dict(pairs)
    try:
        return edit(text, wanted)
    except EditError:
        if len(ids) > 1:  # one after another, to find the one that cannot be written
            for id in ids:
                text = with_reviews(text, name, [id], day)
            return text
        message, hint = f"'{ids[0]}' is written in a form that only a person can edit", f"add to it: reviewed: {day}"
        raise FindingsError.of(file.locations[*paths[ids[0]], "id"], "A605", message, hint) from None
