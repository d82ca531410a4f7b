"""The program itself, killed while it builds: the newest edition stays whole, and the next run clears up."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run, Told, environment, write_template

from briefgen.publish import Edition, latest
from briefgen.publish.write import locked

ONE, MORE = (0.9,), (0.3, 0.7, 0.88, 0.99)
"""Parts of the time that a whole build takes."""


@pytest.mark.parametrize("moments", [ONE, pytest.param(MORE, marks=pytest.mark.long)], ids=["one", "more"])
def test_killed_builds_leave_the_newest_edition_whole(
    moments: tuple[float, ...], tiny: Path, run: Run, told: Told, tmp_path: Path
) -> None:
    """At one moment, and at more among the long tests; test_at_the_same_time kills at every write."""
    started = time.monotonic()
    assert run("build", at=tiny).code == 0
    took = time.monotonic() - started
    home = tiny / "out" / "sample"
    for moment in moments:
        write_template(tiny, "at-a-glance", f"<p>{moment}</p>")
        _build_and_kill(tiny, tmp_path, moment * took)
        revision = _whole(home).manifest.revision
        with locked(home):
            pass  # as the next run does first
        assert sorted(path.name for path in home.iterdir()) == [".lock", "editions", "latest"]
        assert len(list((home / "editions").iterdir())) == revision
    done = told("build", at=tiny)
    assert (done.code, done.err) == (0, "")
    assert f"<p>{moments[-1]}</p>" in (_whole(home).folder / "at-a-glance.en.html").read_text(encoding="utf-8")


def _build_and_kill(workspace: Path, home: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "briefgen", "build"]
    with subprocess.Popen(command, cwd=workspace, env=environment(home), stdout=subprocess.DEVNULL) as build:
        time.sleep(seconds)
        build.kill()


def _whole(home: Path) -> Edition:
    edition = latest(home)
    assert edition is not None
    assert edition.whole
    return edition
