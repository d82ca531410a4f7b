"""Progress is shown on a terminal and nowhere else."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from conftest import Told


class Terminal(StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_terminal_shows_a_bar(tiny: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert "sample: edition 1" in told("build", at=tiny).out
    assert "sample" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_a_pipe_shows_none(tiny: Path, told: Told) -> None:
    done = told("build", at=tiny)
    assert (done.code, done.err, "%" in done.out) == (0, "", False)
