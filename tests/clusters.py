"""A Dask cluster on this machine: a scheduler and two workers, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from conftest import PROJECT, environment


@dataclass(frozen=True, slots=True)
class Started:
    """Where the scheduler listens, and the process of each worker."""

    address: str
    workers: tuple["subprocess.Popen[bytes]", ...]


@contextmanager
def cluster(folder: Path, *threads: int, **extra: str) -> Iterator[Started]:
    """A scheduler, and a worker for each number of threads."""
    clean = environment(
        folder, {"PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'tests'}", "PYTHONWARNINGS": ""} | extra
    )
    clean["DASK_DISTRIBUTED__SCHEDULER__NO_WORKERS_TIMEOUT"] = "1s"
    file = folder / "scheduler.json"
    scheduler = _start(folder, clean, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    workers: list[subprocess.Popen[bytes]] = []
    try:
        while not (told := _content(file)):
            assert scheduler.poll() is None, (folder / "scheduler.log").read_text(encoding="utf-8")
            time.sleep(0.05)
        address = str(told["address"])
        for number in threads:
            place = ("--nthreads", str(number), "--local-directory", str(folder / "workers"))
            workers.append(_start(folder, clean, "worker", address, "--no-nanny", "--memory-limit", "0", *place))
        yield Started(address, tuple(workers))
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def _start(folder: Path, clean: Mapping[str, str], kind: str, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "dask", kind, "--no-dashboard", *arguments]
    with (folder / f"{kind}.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=clean, stdout=log, stderr=log)


def _content(file: Path) -> Mapping[str, object]:
    """What the scheduler wrote, once it is whole."""
    with suppress(OSError, ValueError):
        found: Mapping[str, object] = json.loads(file.read_text(encoding="utf-8"))
        return found
    return {}
