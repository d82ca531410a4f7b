"""What is the same for every test of a process is worked out once in it."""

import ast
import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateNotFound, TemplateSyntaxError

from briefgen.cli import schedule
from briefgen.files import files_below
from briefgen.localise.language import Translation
from briefgen.read import languages, look, program_hash, shipped_templates, validate, workspace
from briefgen.render import html, markup, names, templates
from briefgen.render.names import Named, Names
from briefgen.render.templates import Templates, UnusableTemplateError
from briefgen.tools import building, workspaces

SHIPPED = shipped_templates()
Texts = dict[tuple[str, str], Translation]


@lru_cache(maxsize=1000)
def parsed(source: str) -> ast.Module:
    """A module, for all that is looked for in it, which only reads it."""
    return ast.parse(source)


@contextmanager
def computing_once() -> Iterator[None]:
    """What is the same for every test of a process is computed once; and no power cut comes, so nothing is synced."""
    with pytest.MonkeyPatch.context() as patched:
        for module, name in (
            (validate, "schema_text"),
            (workspaces, "schema_text"),
            (workspace, "available_timezones"),
            (look, "available_timezones"),
            (schedule, "available_timezones"),
        ):
            patched.setattr(module, name, lru_cache(maxsize=200)(getattr(module, name)))
        for module, name in (
            (html, "extract_from_ast"),
            (html, "never_met"),
            (html, "templates_in"),
            (markup, "unwanted"),
        ):
            patched.setattr(module, name, _looked_through_once(getattr(module, name)))
        patched.setattr(names, "names_in", _names_once(names.names_in))
        patched.setattr(templates, "_read", _read_once(templates._read))
        patched.setattr(languages, "_read_translations", _labels_once(languages._read_translations))
        patched.setattr("briefgen.read.program_hash", _program_hash_once(program_hash))
        patched.setattr(os, "fsync", _nothing)
        patched.setattr(building, "collect_seldom", _nothing)  # which is for one edition in a process: see SELDOM
        yield


def _looked_through_once(found_in: Callable[..., Iterator[Any]]) -> Callable[..., tuple[Any, ...]]:
    """For what is looked for in the templates, and in the styles that most pages have in common."""
    return lru_cache(maxsize=500)(lambda *given: tuple(found_in(*given)))


def _program_hash_once(program_hash: Callable[[Path], str]) -> Callable[[Path], str]:
    """A workspace's own folder counts only where its templates are the shipped ones: the rest is the same for all."""
    known: dict[tuple[Path, bool], str] = {}

    def of(root: Path) -> str:
        shipped = shipped_templates()
        of_what = shipped, (root / "templates").resolve() == shipped.resolve()
        if of_what not in known:
            known[of_what] = program_hash(root)
        return known[of_what]

    return of


def _read_once(read: Callable[..., str]) -> Callable[[Path, Path, str], str]:
    """No test changes a shipped template."""
    shipped = cache(read)
    return lambda path, folder, name: (shipped if folder == SHIPPED else read)(path, folder, name)


def _labels_once(read: Callable[[Path, Path], Texts]) -> Callable[[Path, Path], Texts]:
    """Nor a shipped catalog, which is named by its whole path in every workspace but the project's own."""
    shipped = dict[Path, Texts]()

    def of(path: Path, root: Path) -> Texts:
        if not path.is_relative_to(SHIPPED) or SHIPPED.is_relative_to(root):
            return read(path, root)
        if path not in shipped:
            shipped[path] = read(path, root)
        return shipped[path]

    return of


def _names_once(found_in: Callable[..., Names]) -> Callable[..., Names]:
    """Names in templates, where those of the workspace have the same texts as others before: the shipped ones do."""
    known: dict[Hashable, tuple[Sequence[Path], Names]] = {}

    def names_in(loader: Templates, documents: Iterable[str], *, rest: bool) -> Names:
        documents = tuple(documents)
        own = [folder for folder in loader.folders if folder != SHIPPED]
        of_what = documents, rest, len(loader.folders), tuple(_texts_in(own, loader))
        if of_what not in known:
            known[of_what] = own, found_in(loader, documents, rest=rest)
        before, (unknown, ids) = known[of_what]
        return [_moved(each, before, own) for each in unknown], [_moved(each, before, own) for each in ids]

    return names_in


def _texts_in(folders: Iterable[Path], loader: Templates) -> Iterator[tuple[str, str]]:
    """Yield what the templates in these folders are for the loader, or why they are nothing."""
    for folder in folders:
        for name in (path.relative_to(folder).as_posix() for path in files_below(folder)):
            try:
                yield name, loader.read(name)[1]
            except (TemplateSyntaxError, TemplateNotFound, UnusableTemplateError) as error:
                yield name, repr(error)


def _moved(told: Named, before: Iterable[Path], after: Iterable[Path]) -> Named:
    for one, other in zip(before, after, strict=True):
        if Path(told.file).is_relative_to(one):
            return replace(told, file=str(other / Path(told.file).relative_to(one)))
    return told


def _nothing(*_given: object) -> None:
    pass
