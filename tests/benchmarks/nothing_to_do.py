"""How long a build with nothing to do takes, against a bare Python: `python tests/benchmarks/nothing_to_do.py [PAIRS]`.

Each pair runs both, one right after the other, so that a busy machine slows both alike. The aim is a ratio of 10.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[2]
BARE = (sys.executable, "-c", "pass")
BUILD = (sys.executable, "-m", "briefgen", "build")


def _run(command: tuple[str, ...], at: Path) -> float:
    """Seconds of wall time."""
    started = time.perf_counter()
    subprocess.run(command, cwd=at, env={"PYTHONPATH": str(PROJECT)}, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def main(pairs: int) -> None:
    """Make a workspace, build it once, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        _run((sys.executable, "-m", "briefgen", "init", "desk"), Path(folder))
        _run(BUILD, desk)
        measured = [(_run(BARE, desk), _run(BUILD, desk)) for _ in range(pairs)]
    bare, build = (median(times) * 1000 for times in zip(*measured, strict=True))
    ratio = median(build / bare for bare, build in measured)
    print(f"{pairs} pairs: bare Python {bare:.1f} ms, build {build:.1f} ms, median ratio {ratio:.1f} (at most 10)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
