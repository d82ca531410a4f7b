"""Thinking looks at nothing outside, and only the command line reads the clock."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT
from once import parsed

import briefgen

PACKAGE = Path(briefgen.__file__).parent
CLOCKS = ("now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "fromtimestamp", "ctime")
MAY_READ_THE_CLOCK = "cli"


def test_thinking_opens_no_file_and_no_socket_and_starts_no_process() -> None:
    """A file is opened afterwards on purpose: that one is seen, and nothing else."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.purity", str(PROJECT), "open"]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert told.startswith('0 findings, 1 looks outside: ["open (')
    assert "pyproject.toml" in told


def clock_reads(source: str) -> list[int]:
    """The lines on which a program asks what time it is."""
    nodes = [*ast.walk(parsed(source))]
    imported = [
        alias for each in nodes if isinstance(each, ast.ImportFrom) and each.module == "time" for alias in each.names
    ]
    clocks = {alias.asname or alias.name for alias in imported if alias.name in CLOCKS}
    calls = [(node.lineno, node.func) for node in nodes if isinstance(node, ast.Call)]
    return [
        line for line, called in calls if getattr(called, "attr", "") in CLOCKS or getattr(called, "id", "") in clocks
    ]


def test_only_the_command_line_reads_the_clock() -> None:
    others = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != MAY_READ_THE_CLOCK]
    assert len(others) > 100
    assert [(path, lines) for path in others if (lines := clock_reads(path.read_text(encoding="utf-8")))] == []


def test_the_command_line_reads_it_in_one_place_and_once_before_anything_else_is_read() -> None:
    paths = (PACKAGE / MAY_READ_THE_CLOCK).rglob("*.py")
    found = [(path.name, line) for path in paths for line in clock_reads(path.read_text(encoding="utf-8"))]
    assert sorted(name for name, _ in found) == ["__init__.py", "output.py"], found


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "datetime.now(zone)",
        "time.time()",
        "from time import time; time()",
        "from time import ctime as now; x = f(now())",
    ],
)
def test_a_clock_that_were_read_would_be_seen(source: str) -> None:
    assert clock_reads(source) == [1]


def test_an_hour_of_the_day_is_no_clock() -> None:
    assert clock_reads("from datetime import time; time(7, 0)") == []
