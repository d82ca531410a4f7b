"""Time and memory of many partnerships, and of one with many facts; reports, and judges nothing.

    python tests/benchmarks/scale.py [--partnerships 10 50 200] [--facts 500 1000 2000] [--workers 2 1]

Each number of partnerships is built twice, with two workers and with one, or as `--workers` says. Time is processor
time of all processes, as a busy machine changes it least; wall time stands beside it. Of the partnership with many
facts `check`, the build of its HTML, and `diff` between two days are measured. `--formats html` leaves the PDFs out,
`--languages en` all languages but one.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from conftest import environment

from benchmarks.generated import write_workspace

FACTS, SOURCES = 30, 4
WITH_WORKERS = "import os; os.cpu_count = lambda: {}; from briefgen.__main__ import main; main()"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    wall: float
    processor: float
    megabytes: int
    """Of its largest process."""
    code: int

    def __str__(self) -> str:
        return (
            f"{self.wall:7.1f} s wall  {self.processor:7.1f} s processor  {self.megabytes:4} MB  exit code {self.code}"
        )


def run(folder: Path, workers: int, *arguments: str) -> Cost:
    """Run a command of the program; the memory of its processes is looked at ten times a second."""
    command = [sys.executable, "-c", WITH_WORKERS.format(workers), *arguments]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL)
    ended, most = Event(), [0]
    watcher = Thread(target=lambda: _watch(process.pid, ended, most))
    watcher.start()
    code = process.wait()
    ended.set()
    watcher.join()
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, used, most[0] // 1024, code)


def _watch(parent: int, ended: Event, most: list[int]) -> None:
    while not ended.wait(0.1):
        below = _children(parent)
        for pid in (parent, *below, *(each for child in below for each in _children(child))):
            most[0] = max(most[0], _peak(pid))


def _children(parent: int) -> list[int]:
    try:
        return [
            int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        ] + [
            int(each)
            for task in os.listdir(f"/proc/{parent}/task")  # noqa: PTH208 # names of threads
            if task != str(parent)
            for each in Path(f"/proc/{parent}/task/{task}/children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []


def _peak(pid: int) -> int:
    """The most memory that a process had, in kilobytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def _settings(folder: Path, asked: argparse.Namespace) -> None:
    text = f'timezone = "UTC"\nlanguages = {asked.languages}\nformats = {asked.formats}\n'
    (folder / "briefgen.toml").write_text(text, encoding="utf-8")


def many(folder: Path, number: int, asked: argparse.Namespace) -> None:
    """So many partnerships with two workers, with one, and once more with nothing to do."""
    write_workspace(folder, number, FACTS, SOURCES)
    _settings(folder, asked)
    documents = number * 2 * len(asked.languages) * len(asked.formats)
    for workers in asked.workers:
        cost = run(folder, workers, "build", "--out", f"out{workers}")
        each = f"{cost.processor / documents:.2f} s processor and {cost.wall / documents:.2f} s wall a document"
        print(f"{number:4} partnerships, {documents:5} documents, {workers} workers: {cost}; {each}", flush=True)
    print(
        f"{number:4} partnerships, nothing to do: {run(folder, 2, 'build', '--out', f'out{asked.workers[0]}')}",
        flush=True,
    )


def one(folder: Path, facts: int, asked: argparse.Namespace) -> None:
    """One partnership of so many facts."""
    write_workspace(folder, 1, facts, max(1, facts * 6 // 100))
    _settings(folder, asked)
    for arguments in (("check",), ("build", "--format", "html", "--lang", "en"), ("diff", "2024-01-01", "2026-01-01")):
        print(f"{facts:5} facts, {arguments[0]:5}: {run(folder, 2, *arguments)}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partnerships", type=int, nargs="*", default=[10, 50, 200])
    parser.add_argument("--facts", type=int, nargs="*", default=[500, 1000, 2000, 5000])
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 1])
    parser.add_argument("--languages", nargs="*", default=["en", "vi", "ko"])
    parser.add_argument("--formats", nargs="*", default=["html", "pdf"])
    asked = parser.parse_args(arguments)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for number in asked.partnerships:
            many(Path(folder, f"many-{number}"), number, asked)
        for facts in asked.facts:
            one(Path(folder, f"one-{facts}"), facts, asked)


if __name__ == "__main__":
    main()
