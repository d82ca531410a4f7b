"""The command line within this process: quick, where nothing depends on a process of its own."""

import sys
from pathlib import Path
from typing import Protocol

import pytest
from conftest import Ended

from briefgen.cli.app import run_command
from briefgen.cli.exit import exit_code


class Told(Protocol):
    """Gives the program's arguments to its commands."""

    def __call__(self, *arguments: str | Path, at: Path) -> Ended:
        """In the folder `at`."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """The commands, and how they end."""

    def tell(*arguments: str | Path, at: Path) -> Ended:
        with monkeypatch.context() as here:
            here.chdir(at)
            here.setattr(sys, "argv", ["briefgen", *map(str, arguments)])
            code = exit_code(run_command)
        captured = capsys.readouterr()
        return Ended(code=code, out=captured.out, err=captured.err)

    return tell
