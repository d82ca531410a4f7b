"""Names, ids and classes in the templates and styles of a workspace that nothing has: misspelt, or left from before."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.changes import ChangeKind
from briefgen.files import text_if_readable
from briefgen.model.briefing import Status
from briefgen.model.edition import INDEX
from briefgen.model.facts import Act, Delivery, DocumentForm, MeetingForm
from briefgen.model.findings import Finding, Location, Severity, did_you_mean
from briefgen.read.facts import partnerships, read_facts, read_sources
from briefgen.read.files import templates_and_styles
from briefgen.read.fingerprint import workspace_files
from briefgen.read.paths import facts_files
from briefgen.read.workspace import Workspace
from briefgen.render.screen import script
from briefgen.render.styles import classes_in, styles_in

if TYPE_CHECKING:
    from briefgen.render.names import Named


def check_template_names(workspace: Workspace, documents: Iterable[str], *, rest: bool = False) -> list[Finding]:
    """Return what is wrong with the names in the templates of documents; where `rest` is true, in all templates.

    R401: nothing has the name. R413: no fact has the id that others are compared with, so that none is ever found.
    """
    from briefgen.render.names import names_in  # with Jinja, which takes its time to load

    templates = (*(f"{name}.html" for name in documents), f"parts/{INDEX}.html")
    unknown, ids = names_in(workspace.template_folders, templates, rest=rest)
    return [*(each.finding for each in unknown), *(_unknown_ids(workspace, ids) if ids else ())]


def _unknown_ids(workspace: Workspace, ids: Iterable["Named"]) -> Iterator[Finding]:
    books = [read_facts(workspace, path)[0] for path in partnerships(workspace)]
    known = {*read_sources(workspace)[0]}
    for book in books:
        if book is None:
            return  # it may be there
        known |= {*book.facts, *(each.id for each in book.file.headlines)}
    for each in ids:
        if each.name not in known:
            message = f"no fact and no record has the id '{each.name}'"
            yield Finding(each.location, "R413", message, Severity.WARNING, hint=did_you_mean(each.name, known))


_WORD, _TAG = re.compile(r"[\w-]+"), re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)
_CODES: tuple[type[StrEnum], ...] = (Status, Act, ChangeKind, Delivery, MeetingForm, DocumentForm)
"""What templates take as classes from facts: `class="status {{ badge.code }}"`."""


def unused_classes(workspace: Workspace) -> Iterator[Finding]:
    """Yield each class and id of an own style that no template prints, in whatever document, language or state (R415).

    Any word counts that a template, the page's script or a fact has: it may be put together to a class.
    """
    own, *shipped = workspace.template_folders
    texts = dict(templates_and_styles([own], workspace)) if shipped else {}
    texts = {path: text for path, text in texts.items() if "\0" not in text}  # UTF-16: Y001
    sought = {path: found for path, text in texts.items() if (found := classes_in(_style(path, text)))}
    if not sought:
        return
    every = {**dict(templates_and_styles(shipped, workspace)), **texts}
    marked = {word for path, text in every.items() if path.suffix == ".html" for word in _WORD.findall(_markup(text))}
    theirs = (_style(path, text) for path, text in every.items() if path not in texts)
    styled = {name for style in theirs for name, _, _ in classes_in(style)}
    codes = {each.replace(" ", "-") for kind in _CODES for each in kind}
    known = marked | styled | codes | {*_WORD.findall(script())}
    begun = tuple(word for word in marked if word.endswith("-") and word.strip("-"))
    in_facts = _words_of_facts(workspace)
    for path, found in sought.items():
        for written, line, column in found:
            name, what = written.removeprefix("#"), "id" if written.startswith("#") else "class"
            if name not in known and name not in in_facts and not name.startswith(begun):
                message = f"no document has the {what} '{name}', so that this rule is for nothing"
                there = _values(every, "id") if what == "id" else styled | _values(every, "class")
                hint = did_you_mean(name, there) or "give it to an element, or take the rule away"
                yield Finding(Location(workspace.shown(path), line, column), "R415", message, Severity.NOTE, hint=hint)


def _style(path: Path, text: str) -> str:
    return text if path.suffix == ".css" else styles_in(text)


def _markup(template: str) -> str:
    """Return a template without its styles."""
    style = styles_in(template)
    return "".join(" " if mark.strip() else each for each, mark in zip(template, style, strict=True))


def _values(texts: dict[Path, str], attribute: str) -> set[str]:
    """Return the classes or ids that elements of the templates have as they are written."""
    plain = (_TAG.sub(" ", text) for text in texts.values())
    values = (value for text in plain for value in re.findall(rf"""\b{attribute}=["']([^"']*)""", text))
    return {name for value in values for name in value.split()}


def _words_of_facts(workspace: Workspace) -> set[str]:
    files = {path for facts in facts_files(workspace.root) for path in workspace_files(workspace.root, facts)}
    texts = (text_if_readable(path, workspace.root) for path in files if path.suffix == ".yaml")
    return {word for text in texts for word in _WORD.findall(text)}
