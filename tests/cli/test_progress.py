"""Progress is shown on a terminal and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import environment, pseudo_terminal


def test_a_terminal_shows_a_bar(tiny: Path, tmp_path: Path) -> None:
    shown = _in_a_terminal(tiny, tmp_path)
    assert "sample" in shown
    assert "100%" in shown
    assert "sample: edition 1" in shown


def test_a_pipe_shows_none(tiny: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", "build"],
        cwd=tiny,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    assert "%" not in done.stdout


def _in_a_terminal(workspace: Path, home: Path) -> str:
    """Everything that a terminal of 80 columns is sent."""
    ours, theirs = pseudo_terminal()
    with subprocess.Popen(
        [sys.executable, "-m", "briefgen", "build"],
        cwd=workspace,
        env=environment(home, {"TERM": "xterm", "COLUMNS": "80"}),
        stdout=theirs,
        stderr=theirs,
    ) as build:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(ours)
    assert build.returncode == 0
    return shown.decode()
