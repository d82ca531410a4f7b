"""The shipped workspace, read once, and its pages."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from conftest import edition_info, plain_look

from briefgen.assess import assess
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Page
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace, find_workspace

ROOT = Path(__file__).parents[2]


@cache
def workspace() -> Workspace:
    """The project's own."""
    return find_workspace(ROOT)


@cache
def book() -> FactBook:
    """The shipped facts and records."""
    read, findings = read_facts(workspace(), *partnerships(workspace()))
    assert read is not None, [str(finding) for finding in findings]
    return read


@cache
def languages() -> Mapping[str, Language]:
    """Those of the settings."""
    return read_languages(workspace(), workspace().settings.languages)


@cache
def briefing(day: date) -> Briefing:
    """As of a day."""
    return assess(book(), day, workspace().settings.due_soon_days, workspace().settings.shelf_lives)


@cache
def page(day: date, code: str) -> Page:
    """As of a day, in a language."""
    info = edition_info()
    return localise(briefing(day), None, languages(), code, info, plain_look())


def within(holder: Any) -> Iterator[Any]:
    """Everything that a page is made of, but for the labels of its language."""
    yield holder
    inner: list[Any] = []
    if is_dataclass(holder):
        inner = [getattr(holder, each.name) for each in fields(holder) if each.name != "labels"]
    elif isinstance(holder, Mapping):
        inner = [*holder.keys(), *holder.values()]
    elif isinstance(holder, tuple | list):
        inner = list(holder)
    for each in inner:
        yield from within(each)
