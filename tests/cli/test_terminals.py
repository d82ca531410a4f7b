"""No command ends in a traceback on a terminal that lacks some of its signs, and nothing that it says is lost."""

import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from conftest import PROJECT, Program

import briefgen.cli
from briefgen.cli.app import exit_code, run_command

EXPLAIN, DIFF = ("explain", "trade-goal-2030"), ("diff", "2022-03-01", "2025-09-01")


def _shown(encoding: str, *command: str) -> str:
    """What a terminal of this encoding shows."""
    raw = BytesIO()
    with pytest.MonkeyPatch.context() as here:
        here.chdir(PROJECT)
        here.setattr(sys, "argv", ["briefgen", *command])
        here.setattr(sys, "stdout", TextIOWrapper(raw, encoding=encoding))
        briefgen.cli._write_whatever_the_terminal_knows()
        assert exit_code(run_command) == 0
        sys.stdout.flush()
    return raw.getvalue().decode(encoding)


def _shown_by_a_process(encoding: str, *command: str) -> str:
    """The same, on the whole way."""
    variables = {"PYTHONIOENCODING": encoding, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT)}
    program = [sys.executable, "-P", "-m", "briefgen", *command]
    done = subprocess.run(program, cwd=PROJECT, env=variables, capture_output=True, timeout=90, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode(encoding)


@pytest.mark.parametrize(
    ("command", "encoding"),
    [
        (EXPLAIN, "latin-1"),
        (DIFF, "latin-1"),
        pytest.param(DIFF, "euc_kr", marks=pytest.mark.long),
    ],
)
def test_a_terminal_of_another_encoding(command: tuple[str, ...], encoding: str) -> None:
    assert _shown(encoding, *command)


def test_a_process_writes_what_its_terminal_knows() -> None:
    assert _shown_by_a_process("euc_kr", *EXPLAIN) == _shown("euc_kr", *EXPLAIN)


def test_typography_is_plain_and_letters_are_written_by_their_numbers() -> None:
    shown = _shown("euc_kr", *EXPLAIN)
    assert "Reach two-way trade of US$150 billion in 2030" in shown
    assert r"\u1ea1t kim ng\u1ea1ch" in shown
    assert "지속 가능한" in shown


def test_json_stays_json(program: Program) -> None:
    asked = (*EXPLAIN, "--json")
    assert json.loads(_shown("latin-1", *asked)) == json.loads(program(*asked, at=PROJECT).out)


def test_a_name_that_the_locale_has_no_signs_for_is_told(program: Program, tmp_path: Path) -> None:
    """Bytes of one encoding, typed in a locale of another: Python reads signs from them that it cannot write again."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr("briefgen.tools.workspaces.make_workspace", _unwritable)
        done = program("init", "desk", at=tmp_path)
    assert done.code == 2
    assert done.err.startswith("this machine: error P500 a name cannot be written in the encoding of this terminal")
    assert "LC_ALL=C.UTF-8" in done.err


def _unwritable(_folder: Path, _id: str) -> None:
    "뷁\x99".encode("euc_kr")
