"""Builds killed at random moments, and builds with a write that fails: is anything lost, does a reader see a mix?

    python tests/benchmarks/robustness.py [--kills 200] [--faults 50] [--seed 1] [--real]

Each build changes one word of the facts, so that each makes an edition. Rendering is stubbed (a small template, no
workers) unless `--real` is given. While they run, a reader looks through `latest` as fast as it can. After every
build, every file of every edition is held against its hash.
"""

import argparse
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from briefgen.publish import edition_folders, has_leftovers, latest, read_edition
from briefgen.publish.verify import verify_edition, verify_outdir
from briefgen.tools.workspaces import make_workspace

TEMPLATE = (
    '<!DOCTYPE html>\n<html lang="{{ page.lang }}"><head><title>x</title></head><body>'
    "{% for side in page.glance.asks %}{% for row in side.rows %}<p data-fact='{{ row.id }}'>{{ row.text }}</p>"
    "{% endfor %}{% endfor %}</body></html>\n"
)
SETTINGS = 'timezone = "UTC"\nlanguages = ["en"]\ndocuments = ["at-a-glance"]\nformats = ["html"]\n'
WORDS = ("morning", "noon", "evening", "night", "spring", "summer", "autumn", "winter")

BUILD = """\
import sys
from datetime import date
from pathlib import Path
from briefgen.build import build
from briefgen.model.findings import FindingsError
from briefgen.publish.decide import BuildRequest
from briefgen.read.workspace import find_workspace
from briefgen.render.workers import InThisProcess

found = find_workspace(Path.cwd())
day = date(2026, 11, 21)
request = BuildRequest(workspace=found, facts=found.facts / "desk.yaml", day=day, today=day, languages=("en",),
              documents=("at-a-glance",), formats=("html",), out=found.out)
{fault}
try:
    build(request, InThisProcess())
except FindingsError as trouble:
    print(trouble, file=sys.stderr)
    sys.exit(2)
"""
FAULT = """\
import os
left = [{at}]
home = str(found.out)
def failing(done):
    def perhaps(*arguments, **named):
        path = f"/proc/self/fd/{{arguments[0]}}" if isinstance(arguments[0], int) else str(arguments[0])
        if os.path.realpath(path).startswith(home):
            left[0] -= 1
            if not left[0]:
                raise OSError({code}, os.strerror({code}), path)
        return done(*arguments, **named)
    return perhaps
for holder, names in (
    (Path, ("mkdir", "rename", "replace", "symlink_to", "unlink", "chmod")),
    (os, ("fsync", "mkdir")),
):
    for name in names:
        setattr(holder, name, failing(getattr(holder, name)))
"""


class Reader(threading.Thread):
    """Looks through `latest` as fast as it can; what is not whole there is a mix."""

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self.outdir, self.looks, self.broken, self.done = home, 0, list[str](), threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self.done.wait(0.001):
            folder = (self.outdir / "latest").resolve()
            edition = read_edition(folder)
            self.looks += 1
            if edition is None or not edition.whole:
                self.broken.append(str(folder))


def _desk(folder: Path, *, real: bool) -> Path:
    """A workspace as `briefgen init` makes it; with a small template unless everything is to be real."""
    desk = folder / "desk"
    make_workspace(desk, "desk")
    if not real:
        (desk / "briefgen.toml").write_text(SETTINGS, encoding="utf-8")
        (desk / "templates").mkdir(exist_ok=True)
        (desk / "templates" / "at-a-glance.html").write_text(TEMPLATE, encoding="utf-8")
    return desk


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": str(PROJECT), "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}


def _command(fault: str = "", *, real: bool = False) -> list[str]:
    return [sys.executable, "-m", "briefgen", "build"] if real else [sys.executable, "-c", BUILD.format(fault=fault)]


def _edit(desk: Path, number: int) -> None:
    """Another text of one fact: the number in words, as digits are not typed into texts."""
    words = " ".join(WORDS[int(digit, 8)] for digit in f"{number:o}")
    facts = desk / "facts" / "desk.yaml"
    lines = facts.read_text(encoding="utf-8").split("\n")
    at = next(place for place, line in enumerate(lines) if line.startswith("    text: Open the ferry route"))
    lines[at] = f"    text: Open the ferry route by {words}"
    facts.write_text("\n".join(lines), encoding="utf-8")


def _lost(home: Path) -> list[str]:
    """What is not as it was published, and whether readers are led to something whole."""
    found = [str(finding) for folder in edition_folders(home) for finding in verify_edition(folder)]
    found += [str(finding) for finding in verify_outdir(home) if finding.code != "P508"]
    seen = latest(home)
    return found if seen is not None and seen.whole else [*found, "readers see no whole edition"]


def _gone(home: Path, published: set[str]) -> list[str]:
    return [f"edition {name} is gone" for name in sorted(published) if not (home / "editions" / name).is_dir()]


def kill_some(desk: Path, times: int, dice: random.Random, *, real: bool) -> dict[str, Any]:
    """Start builds and kill so many (the whole group) at a random moment of theirs; look after each."""
    home, lost, published, hit = desk / "out" / "desk", list[str](), set[str](), 0
    started = time.monotonic()
    subprocess.run(_command(real=real), cwd=desk, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    takes = time.monotonic() - started
    reader = Reader(home)
    reader.start()
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    own: dict[str, Any] = {"cwd": desk, "env": _environment(), "start_new_session": True, **nowhere}
    builds = 0
    while hit < times:
        _edit(desk, builds)
        builds, began = builds + 1, time.monotonic()
        with subprocess.Popen(_command(real=real), **own) as build:
            try:
                build.wait(takes * (0.2 + 0.9 * dice.random()))
                takes = time.monotonic() - began
            except subprocess.TimeoutExpired:
                os.killpg(build.pid, signal.SIGKILL)
                hit += 1
        seen = latest(home)
        if seen:
            published.add(seen.folder.name)
        lost += _lost(home) + _gone(home, published)
    left = has_leftovers(home)
    last = subprocess.run(_command(real=real), cwd=desk, env=_environment(), check=False, stdout=subprocess.DEVNULL)
    reader.done.set()
    reader.join()
    return {
        "builds": builds,
        "killed before their end": hit,
        "looks of the reader": reader.looks,
        "looks at what was not whole": len(reader.broken),
        "files or editions lost": len(lost),
        "left before the last run": int(left),
        "left after it": int(has_leftovers(home)),
        "exit code of the last run": last.returncode,
        "editions": len(edition_folders(home)),
        "what": [*reader.broken[:3], *lost[:3]],
    }


def fail_some(desk: Path, times: int, dice: random.Random) -> dict[str, Any]:
    """Builds whose k-th write fails, k by chance, until so many have failed; after each, one that must succeed."""
    subprocess.run(_command(), cwd=desk, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    home, lost, failed, recovered, builds = desk / "out" / "desk", list[str](), 0, 0, 0
    while failed < times:
        _edit(desk, 10_000 + builds)
        builds += 1
        before = latest(home)
        code = dice.choice([errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT])
        fault = FAULT.format(at=dice.randrange(1, 25), code=code)
        done = subprocess.run(_command(fault), cwd=desk, env=_environment(), check=False, capture_output=True)
        failed += done.returncode != 0
        if done.returncode and before and getattr(latest(home), "folder", None) != before.folder:
            lost.append("readers see another edition after a failure")
        lost += _lost(home)
        again = subprocess.run(_command(), cwd=desk, env=_environment(), check=False, capture_output=True)
        recovered += again.returncode == 0 and not has_leftovers(home)
    return {
        "builds": builds,
        "failed": failed,
        "recovered by the next run": recovered,
        "files or editions lost": len(lost),
        "what": lost[:3],
    }


def main() -> int:
    """Run both and print the counts; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="the command itself, with its workers and documents")
    asked = parser.parse_args()
    dice, folder = random.Random(asked.seed), Path(tempfile.mkdtemp(prefix="robustness-"))  # noqa: S311
    try:
        desk = _desk(folder, real=asked.real)
        found = {"killed": kill_some(desk, asked.kills, dice, real=asked.real)} if asked.kills else {}
        if not asked.real:
            found["failed"] = fail_some(desk, asked.faults, dice)
        print(json.dumps(found, indent=2))
        return int(any(each["what"] or each["files or editions lost"] for each in found.values()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
