"""Nothing of a build outlives it: the server process that workers are forked from goes with the last pool."""

import subprocess
import sys
from pathlib import Path

from conftest import environment

PROGRAM = """\
import os
from pathlib import Path
from briefgen.render.workers import workers

def children():
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = path.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.append(path.joinpath("cmdline").read_text())
        except OSError:
            pass
    return sum("forkserver" in each for each in found)

if __name__ == "__main__":
    for _ in range(2):
        with workers(1, 10, 1500, ()) as pool:
            assert pool.submit(os.getpid).result() != os.getpid()
            print(children())
        print(children())
    with workers(1, 10, 1500, ()) as outer:
        assert outer.submit(os.getpid).result() != os.getpid()
        with workers(1, 10, 1500, ()) as inner:
            assert inner.submit(os.getpid).result() != os.getpid()
        assert outer.submit(os.getpid).result() != os.getpid()
        print(children())
    print(children())
"""


def test_the_server_goes_with_the_last_pool_and_comes_again(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program], env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.split(), done.stderr, done.returncode) == (["1", "0", "1", "0", "1", "0"], "", 0)
