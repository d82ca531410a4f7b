"""A file is read again only when its content differs; what is read while it changes is not kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from opening import opened_files

from briefgen.read import catalog, facts, languages, while_unchanged
from briefgen.read.facts import read_facts
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace, find_workspace


def test_only_a_change_of_content_or_argument_is_read(tmp_path: Path) -> None:
    path, calls = tmp_path / "a", []

    def files(word: str) -> Iterator[Path]:
        yield path
        yield from sorted(tmp_path.glob("*.more"))

    @while_unchanged(files)
    def read(word: str) -> str:
        calls.append(word)
        return f"{word} {path.read_text()}"

    path.write_text("one")
    assert read("x") is read("x")
    path.write_text("two")
    assert read("x") == "x two"
    path.write_text("one")
    assert (read("x"), len(calls)) == ("x one", 2)
    (tmp_path / "b.more").write_text("")
    read("x")
    read("y")
    assert len(calls) == 4


def test_what_changes_meanwhile_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("before")

    @while_unchanged(lambda: [path])
    def read() -> str:
        text = path.read_text()
        path.write_text("after")
        return text

    assert [read(), read(), read()] == ["before", "after", "after"]


def test_of_the_catalogs_only_the_one_that_was_saved_is_read(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, parse, parsed = find_workspace(starter), catalog.parse_catalog, list[str]()
    catalogs = ("en", "ko"), starter / "facts" / "sample.yaml"
    read_languages(workspace, *catalogs)

    def noting(text: str, file: str) -> catalog.Catalog:
        parsed.append(file)
        return parse(text, file)

    monkeypatch.setattr(catalog, "parse_catalog", noting)
    own = starter / "templates" / "locale" / "ko.po"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('msgid "Draft"\nmsgstr "kx"\n', encoding="utf-8")
    assert read_languages(workspace, *catalogs)["ko"].labels["Draft"].text == "kx"
    assert parsed == ["templates/locale/ko.po"]


def _read_and_check(workspace: Workspace, path: Path) -> None:
    book, _ = read_facts.__wrapped__(workspace, path)  # type: ignore[attr-defined] # what reads anew
    facts._faults.__wrapped__(book, workspace)  # type: ignore[attr-defined]


_read_languages: Any = read_languages.__wrapped__  # type: ignore[attr-defined]
READERS: list[Any] = [
    (_read_and_check, facts._facts_and_records, lambda root: (root / "facts" / "sample.yaml",)),
    (_read_languages, languages._language_files, lambda root: (("en", "ko"), root / "facts" / "sample.yaml")),
    (_read_languages, languages._language_files, lambda _: (("en", "ko"),)),
]


@pytest.mark.parametrize("partnerships", [1, 2])
@pytest.mark.parametrize(("read", "files", "arguments"), READERS)
def test_every_file_that_a_reader_reads_is_known(
    starter: Path, read: Any, files: Any, arguments: Any, partnerships: int
) -> None:
    """Else it would not notice that one was saved."""
    if partnerships == 2:
        shutil.copy(starter / "facts" / "sample.yaml", starter / "facts" / "second.yaml")
    workspace = find_workspace(starter)
    with opened_files() as every:
        read(workspace, *arguments(starter))
    opened = {path for path in every if path.is_relative_to(starter) or path.is_relative_to(PROJECT / "templates")}
    assert opened
    assert opened <= {*files(workspace, *arguments(starter))}
