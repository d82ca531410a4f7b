"""A desk in two languages, workers for all tests that render, and the program in this very process."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from shutil import copytree

import pytest
from click import Context
from conftest import Ended
from hypothesis import settings

from briefgen.cli.app import cli
from briefgen.cli.exit import exit_code
from briefgen.render.workers import MODULES, LimitedProcesses
from briefgen.tools.init import make_workspace

GERMAN = Path(__file__).parent / "german"
Program = Callable[..., Ended]

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def german_desk(folder: Path) -> Path:
    """The sample workspace with a language that is not shipped: three files, no Python."""
    make_workspace(folder)
    copytree(GERMAN, folder, dirs_exist_ok=True)
    set_languages(folder, "en", "de")
    return folder


def set_languages(workspace: Path, *codes: str) -> None:
    """Settings that name these languages, both documents and both formats."""
    names = ", ".join(f'"{code}"' for code in codes)
    (workspace / "briefgen.toml").write_text(f'timezone = "UTC"\nlanguages = [{names}]\n', encoding="utf-8")


def changed(path: Path, old: str, new: str) -> None:
    """A file with one text in the place of another; the old one must stand there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def german(tmp_path: Path) -> Path:
    return german_desk(tmp_path / "german")


@pytest.fixture(scope="session")
def pool() -> Iterator[Executor]:
    with LimitedProcesses(2, 60, 1500, (*MODULES, "briefgen.render.pdf")) as executor:
        yield executor


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """Runs the program as a user does, but in this process: many runs in little time."""

    def run(*arguments: str | Path, at: Path) -> Ended:
        capsys.readouterr()

        def command() -> object:
            with _context(["-C", str(at), *map(str, arguments)]) as context:
                return cli.invoke(context)

        code = exit_code(command)
        out, err = capsys.readouterr()
        return Ended(code=code, out=out, err=err)

    return run


def _context(arguments: list[str]) -> Context:
    return cli.make_context("briefgen", arguments)
