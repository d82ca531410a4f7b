"""The long sweeps of tests/benchmarks, which can be run by hand with other numbers too; and what the options select."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import PROJECT, environment

BENCHMARKS = Path(__file__).with_name("benchmarks")
SWEEPS = ("one_page_sweep.py", "one_page_sweep.py --times 3", "robustness.py --kills 100 --faults 50", "soak.py 200")


@pytest.mark.long
@pytest.mark.parametrize("sweep", SWEEPS)
def test_a_sweep_finds_nothing(sweep: str, tmp_path: Path) -> None:
    script, *arguments = sweep.split()
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("run")  # it starts the program: none of the quick tests
def test_a_sweep_still_finds_what_it_uses(tmp_path: Path) -> None:
    """In every run: what is run seldom breaks unseen when a file moves. By this seed, the third write fails."""
    test_a_sweep_finds_nothing("robustness.py --kills 0 --faults 1 --seed 2", tmp_path)


SELECTIONS: Mapping[str, set[str]] = {
    "": {"model", "cli", "tools", "test_sweeps.py"},
    "--quick": {"model"},
    "--long": {"model", "cli", "tools", "test_sweeps.py"},
}
"""By option, which folders are chosen of four files."""
COLLECTING = """\
import sys
import pytest
for option in sys.argv[1].split(","):
    print("option", option, flush=True)
    assert not pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider", *option.split(), *sys.argv[2:]])
"""


def test_the_selections(tmp_path: Path) -> None:
    """Of a file that needs nothing, one that starts the program, one a browser, and this one's sweeps."""
    browser = "tests/tools/preview/test_in_a_browser.py"
    files = ("tests/model/test_prose.py", "tests/cli/test_help.py", browser, "tests/test_sweeps.py")
    left_out = ("--deselect", f"{files[-1]}::{test_the_selections.__name__}")
    done = subprocess.run(
        [sys.executable, "-c", COLLECTING, ",".join(SELECTIONS), *files, *left_out],
        cwd=PROJECT,
        env=environment(tmp_path) | {"PYTHONWARNINGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, *collected = re.split(r"^option .*\n", done.stdout, flags=re.MULTILINE)
    found = [set(re.findall(r"^tests/([^/:]+)", names, re.MULTILINE)) for names in collected]
    assert dict(zip(SELECTIONS, found, strict=True)) == SELECTIONS
