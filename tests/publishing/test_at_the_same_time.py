"""Others at the same time: another build, readers, and whoever kills the process."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import environment

from briefgen.findings import NothingToGoOnWith
from briefgen.publish import latest, locked

from .editions import odd, published


def test_two_builds_of_a_partnership_do_not_meet(home: Path) -> None:
    with locked(home), pytest.raises(NothingToGoOnWith) as caught, locked(home):
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
from publishing.editions import published
home = Path(sys.argv[1])
print("on", flush=True)
for number in range(2, 10_000):
    published(home, number)
"""


@pytest.mark.parametrize("moment", range(8))
def test_killed_at_any_moment_the_newest_edition_is_whole(moment: int, home: Path, tmp_path: Path) -> None:
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
    assert edition.manifest["edition"] == newest
