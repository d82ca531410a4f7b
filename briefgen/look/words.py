"""The lines that staff write: in every language, and never a state's marking."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.markings import Markings, marking_in
from briefgen.model.look import LookFile
from briefgen.shape import read_as
from briefgen.workspace import Workspace
from briefgen.yamlfile import YamlFile, read_yaml

_FILE = Path(__file__).parents[1] / "state-markings.yaml"
"""Beside the program and not among the templates: no workspace can lay another over it."""
_HINT = "write how the paper is to be handled in your own words, such as 'For internal use'; there is no override"
_NO_TEXT = {".html": re.compile(r"<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"), ".css": re.compile(r"[\"']")}
"""What parts the texts that a template prints: tags and gaps; in a style sheet the quotes around `content`."""


def gaps(said: LookFile, codes: tuple[str, ...], file: YamlFile) -> Iterator[Finding]:
    """K906: a line that one language has and another lacks; what is left out is left out in all of them."""
    for path, texts in _texts(said):
        missing = [code for code in codes if not texts.get(code)]
        if texts and missing:
            place = file.keys.get(path, Place(""))
            message = f"'{'.'.join(path)}' has no text in: {', '.join(missing)}"
            yield Finding(place, "K906", message, hint=f"add a line '{missing[0]}: ...' below it")


def marking_faults(said: LookFile, file: YamlFile) -> Iterator[Finding]:
    """K907: a text is a state's classification marking."""
    for path, texts in _texts(said):
        for code, text in texts.items():
            yield from _refused(text, file.places.get((*path, code), Place("")))


def printed_markings(workspace: Workspace, texts: Iterable[tuple[Place, str]]) -> Iterator[Finding]:
    """K907 once more: in words of the catalogs, and in what the workspace's own templates print."""
    for place, text in texts:
        yield from _refused(text, place)
    folder = workspace.template_folders[0]
    for path in sorted(folder.rglob("*")) if folder.is_relative_to(workspace.root) else ():
        if path.suffix in _NO_TEXT and path.relative_to(folder).parts[0] != "starter":
            for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1):
                for text in _NO_TEXT[path.suffix].split(line):
                    yield from _refused(text, Place(workspace.shown(path), number))


def _refused(text: str, place: Place) -> Iterator[Finding]:
    if marking := marking_in(text, _known()):
        message = f"'{marking}' is a state's classification marking; a paper made from public sources must not carry it"
        yield Finding(place, "K907", message, hint=_HINT)


def _texts(said: LookFile) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    yield ("handling",), said.handling
    yield ("prepared_by",), said.prepared_by
    yield ("contact",), said.contact
    if said.logo:
        yield ("logo", "text"), said.logo.text


@cache
def _known() -> Mapping[str, str]:
    """The markings as they are compared; read once, since they come with the program and do not change."""
    listed, findings = read_as(Markings, read_yaml(_FILE, _FILE.name))
    if listed is None:
        raise NothingToGoOnWith(findings)
    return listed.folded()
