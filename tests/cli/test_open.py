"""`briefgen open`: opens a document of the newest edition."""

from pathlib import Path
from shutil import copytree

import click
import pytest
from conftest import TODAY, Direct, Program, made_tiny, request_for

from briefgen.build import build


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened."""
    found: list[str] = []

    def launch(path: str) -> int:
        found.append(path)
        return 0

    monkeypatch.setattr(click, "launch", launch)
    return found


@pytest.fixture(scope="module")
def built(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With two languages, one edition, built once."""
    tiny = made_tiny(copytree(new_workspace, tmp_path_factory.mktemp("built") / "desk"), "en", "ko")
    build(request_for(tiny), Direct())
    return tiny


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    return copytree(built, tmp_path / "desk", symlinks=True)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ((), "at-a-glance.en.html"),
        (("at-a-glance", "--lang", "ko"), "at-a-glance.ko.html"),
        (("at-a-glance.ko.html",), "at-a-glance.ko.html"),
    ],
)
def test_a_document_is_opened_and_its_place_is_printed(
    asked: tuple[str, ...], name: str, desk: Path, program: Program, opened: list[str]
) -> None:
    path = str(desk / "out" / "sample" / "editions" / f"{TODAY}-1" / name)
    ended = program("open", *asked, at=desk)
    assert (ended.code, ended.out, opened) == (0, f"{path}\n", [path])
    assert program("open", *asked, "--print", at=desk).out == ended.out
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("at-a-glanse",), 2, "the newest edition has no document 'at-a-glanse'; did you mean 'at-a-glance'?"),
        (("--lang", "vi"), 2, "the newest edition has no language 'vi'"),
        (("--format", "pdf"), 2, "the newest edition has no format 'pdf'"),
        (("--out", "elsewhere"), 1, "make one with: briefgen build"),
    ],
)
def test_what_is_not_there_is_told(
    asked: tuple[str, ...], code: int, said: str, desk: Path, program: Program, opened: list[str]
) -> None:
    ended = program("open", *asked, at=desk)
    assert (ended.code, opened) == (code, [])
    assert said in ended.err


def test_a_file_that_is_gone_is_told_however_it_was_named(desk: Path, program: Program, opened: list[str]) -> None:
    (desk / "out/sample/latest/at-a-glance.en.html").unlink()
    for asked in (), ("at-a-glance.en.html",):
        ended = program("open", *asked, at=desk)
        assert (ended.code, opened) == (1, [])
        assert "edition 1 is damaged: this file is gone" in ended.err


def test_a_machine_without_a_program_for_it_says_so(
    desk: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click, "launch", lambda _: 1)
    ended = program("open", at=desk)
    assert (ended.code, "no program that opens it" in ended.err) == (2, True)
