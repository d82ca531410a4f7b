"""Calls a command with a summary on its standard input; whatever it does, the edition and the next run stand."""

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from briefgen.schedule.outcome import Outcome
from briefgen.schedule.summary import subject

SECONDS = 120
"""A command that is not done by then is ended, with all it started."""
_SHOWN = 200
"""Characters of its last line that are told where it fails."""


def environment(outcome: Outcome, workspace: Path) -> Mapping[str, str]:
    """What a program may want to know, beside what stands in the environment already."""
    said = {
        "SUBJECT": subject(outcome),
        "PARTNERSHIP": outcome.partnership,
        "OUTCOME": outcome.kind.replace(" ", "-"),
        "EDITION": outcome.edition,
        "REVISION": outcome.revision,
        "AS_OF": outcome.as_of,
        "FOLDER": outcome.folder,
        "WORKSPACE": workspace,
        "EXIT_CODE": outcome.exit_code,
    }
    return {f"BRIEFGEN_{name}": str(value if value is not None else "") for name, value in said.items()}


def words(line: str) -> list[str]:
    """A command line as its words, as a shell reads them, though none is asked; ValueError where it is none."""
    found = shlex.split(line)
    if not found:
        raise ValueError("it names no command")
    return found


def call(line: str, text: str, told: Mapping[str, str], workspace: Path, seconds: float = SECONDS) -> str:
    """Run the command in the workspace with the text on its standard input; what became of it, in a few words."""
    with TemporaryFile() as output:
        try:
            command = words(line)
            process = _start(command, output, {**os.environ, **told}, workspace)
        except (OSError, ValueError) as error:
            return f"{line!r}, which cannot be run: {error}"
        try:
            process.communicate(text, timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"{command[0]}, which was stopped after {seconds:g} s"
        finally:
            _end(process)
        if process.returncode:
            return f"{command[0]}, which failed with exit code {process.returncode}{_complaint(output)}"
    return f"{command[0]}: done"


def _start(command: list[str], output: IO[bytes], told: Mapping[str, str], workspace: Path) -> "subprocess.Popen[str]":
    """In a session of its own; its output goes into a file, so that nobody waits for what it leaves running."""
    return subprocess.Popen(  # noqa: S603 # the desk's own command, by its own schedule
        command,
        cwd=workspace,
        env=told,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        encoding="utf-8",
        start_new_session=True,
    )


def _complaint(output: IO[bytes]) -> str:
    output.seek(0)
    last = output.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    return "".join(f" ({line[:_SHOWN]})" for line in last)


def _end(process: "subprocess.Popen[str]") -> None:
    """One that still runs is ended, with everything it started: they are one process group."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
