"""Others at the same time: another build, readers, and whoever kills the process."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import environment

from briefgen.model.findings import FindingsError
from briefgen.publish import edition_folders, latest
from briefgen.publish.verify import verify_edition
from briefgen.publish.write import locked

from .editions import odd, published


def test_two_builds_of_a_partnership_do_not_meet(home: Path) -> None:
    with locked(home), pytest.raises(FindingsError) as caught, locked(home):
        pass
    assert [(found.code, found.message) for found in caught.value.findings] == [
        ("P501", "another build of this partnership is running")
    ]
    with locked(home.parent / "another"):
        published(home, 2)


def test_readers_always_find_a_whole_edition(home: Path) -> None:
    """One reads as fast as it can while another publishes as fast as it can."""
    seen, broken, done = set(), [], threading.Event()

    def read() -> None:
        while not done.is_set():
            folder = (home / "latest").resolve()
            found = {path.name for path in folder.iterdir()}
            number = json.loads((home / "latest" / "manifest.json").read_text(encoding="utf-8"))["edition"]
            seen.add(number)
            if found != {"manifest.json", "one.html", "two.pdf"}:
                broken.append(found)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(2, 25):
            published(home, number)
    finally:
        done.set()
        reader.join()
    assert not broken
    assert len(seen) > 3


BUILDS = """\
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from publish.editions import published
home = Path(sys.argv[1])
print("on", flush=True)
for number in range(2, 10_000):
    published(home, number)
"""


@pytest.mark.parametrize("moment", [1, 6, *(pytest.param(each, marks=pytest.mark.long) for each in (0, 2, 3, 4, 5, 7))])
def test_killed_at_any_moment_the_newest_edition_is_whole(moment: int, home: Path, tmp_path: Path) -> None:
    """From outside, at two moments, and at more among the long tests; the next one leaves none out."""
    program = BUILDS.format(paths=[str(Path(__file__).parents[1])])
    with subprocess.Popen(
        [sys.executable, "-c", program, home], stdout=subprocess.PIPE, env=environment(tmp_path)
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 + 0.0137 * moment)
        process.kill()
    edition = latest(home)
    assert edition is not None
    assert edition.whole
    with locked(home):
        pass
    assert not odd(home)
    for folder in (home / "editions").iterdir():
        assert {path.name for path in folder.iterdir()} == {"manifest.json", "one.html", "two.pdf"}
    newest = max(int(folder.name.rpartition("-")[2]) for folder in (home / "editions").iterdir())
    assert edition.manifest.edition == newest


def test_killed_at_every_write_in_turn(home: Path) -> None:
    """No moment is left out: a child dies, without any clean-up, at its k-th call that writes, for every k."""
    number, died = 2, 0
    while True:
        child = os.fork()
        if not child:
            _die_at(number - 1)
            published(home, number)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        edition = latest(home)
        assert edition is not None
        assert edition.whole
        with locked(home):
            pass
        assert not odd(home)
        assert {each.name for each in (home / "editions").iterdir()} >= {"2026-11-21-1", edition.folder.name}
        assert edition_folders(home)[-1] == edition.folder  # none stands there that readers were never led to
        assert all(not list(verify_edition(folder)) for folder in edition_folders(home))
        if code == 0:
            break
        died += 1
        number += 1
    assert died > 20


def _die_at(moment: int) -> None:
    """In a child only: nothing is put back."""
    left = [moment]

    def deadly(done: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if not left[0]:
                os._exit(137)
            return done(*arguments, **named)

        return perhaps

    calls: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (Path, ("open", "chmod", "mkdir", "rename", "replace", "symlink_to", "unlink")),
        (os, ("fsync", "mkdir", "rmdir")),
    )
    for holder, names in calls:
        for name in names:
            setattr(holder, name, deadly(getattr(holder, name)))
