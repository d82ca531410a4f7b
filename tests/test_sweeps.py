"""The long sweeps of tests/benchmarks, which can be run by hand with other numbers too."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment

BENCHMARKS = Path(__file__).with_name("benchmarks")
SWEEPS = ("one_page_sweep.py", "one_page_sweep.py --times 3", "robustness.py --kills 100 --faults 50", "soak.py 200")


@pytest.mark.long
@pytest.mark.parametrize("sweep", SWEEPS)
def test_a_sweep_finds_nothing(sweep: str, tmp_path: Path) -> None:
    script, *arguments = sweep.split()
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
