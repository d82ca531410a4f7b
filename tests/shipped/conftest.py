"""The edition of the shipped workspace that its tests look at, made once in a run of the tests."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, environment

DAY = "2026-11-21"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reconstruction as of a fixed day, in every language and format.

    Where the tests run in several processes, the first that needs it makes it and the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shipped"
    made = out / "vn-kr" / "as-of" / DAY
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            command = [sys.executable, "-m", "briefgen", "build", "--as-of", DAY, "--out", str(out)]
            home = tmp_path_factory.mktemp("home")
            done = subprocess.run(
                command, cwd=PROJECT, env=environment(home), capture_output=True, text=True, timeout=600, check=False
            )
            assert (done.returncode, done.stderr) == (0, "")
    return made
