"""What a cold build of the shipped workspace takes, beside the PDF engine alone and a browser that prints its pages.

    python tests/benchmarks/build.py [ROUNDS]

Each round runs all three, one right after the other, so that a busy machine slows them alike; printed are medians, and
medians of the ratios. The engine alone lays out and writes the same markup in one process, tagged and as PDF/A-3a, and
checks and reads nothing back. The browser prints the markup file after file, as a shell script would.

At last one build in one process says where its processor time goes, what is read back apart.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from unittest.mock import patch

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

import weasyprint
from browsers import CALM, NAMES
from conftest import Direct, request_for

from briefgen import build as building
from briefgen.build import build
from briefgen.render import html as screen
from briefgen.render import pdf as paper
from briefgen.render.documents import render_one
from briefgen.render.html import render_text
from briefgen.render.workers import collect_seldom

ALONE = """\
import sys
import weasyprint
from pathlib import Path
from weasyprint.text.fonts import FontConfiguration

fonts = FontConfiguration()
for path in map(Path, sys.argv[1:]):
    weasyprint.HTML(path).render(font_config=fonts, pdf_variant="pdf/a-3a").write_pdf(
        path.with_suffix(".alone.pdf"), pdf_variant="pdf/a-3a"
    )
"""


STEPS: dict[str, tuple[tuple[Any, str], ...]] = {
    "facts and settings, read and checked": ((building, "read"),),
    "pages, worded in a language": ((building, "localise"),),
    "markup": ((screen, "render_text"),),
    "layout, with that of the rows that are measured": ((weasyprint.HTML, "render"),),
    "PDFs, written": ((weasyprint.Document, "write_pdf"),),
    "pages for the screen, read back": ((screen, "parsed"), (screen, "check_markup"), (screen, "hidden_marks")),
    "PDFs, read back": tuple((paper, name) for name in ("Reading", "unseen", "misplaced", "not_printed", "pages_of")),
}
"""What does each step; one that is called within another counts for itself."""
REST = "data, calendars, tables, fingerprints, editions"


class Cost(NamedTuple):
    """Seconds."""

    wall: float
    processor: float


class Keeping(Direct):
    """Does the work, and keeps the markup of what is printed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Write the markup of a document on paper, with the addresses of its fonts as those of files."""
        if fn is render_one and args[0].format == "pdf":
            markup = render_text(args[0], media="print").replace("template:///", f"{self._folder.as_uri()}/")
            (self._folder / f"{args[0].name}.html").write_text(markup, encoding="utf-8")
        return super().submit(fn, *args, **kwargs)


def run(*command: str, at: Path = PROJECT) -> Cost:
    """Run a command and return what it took, all its processes together."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=at, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _ours(folder: Path) -> Cost:
    shutil.rmtree(folder / "out", ignore_errors=True)
    return run(sys.executable, "-m", "briefgen", "build", "--out", str(folder / "out"))


def engine_alone(pages: list[Path]) -> Cost:
    return run(sys.executable, "-c", ALONE, *map(str, pages))


def browser(pages: list[Path]) -> Cost:
    program = next(path for name in NAMES if (path := shutil.which(name)))
    printed = [
        run(program, "--headless", *CALM, f"--print-to-pdf={page.with_suffix('.browser.pdf')}", page.as_uri())
        for page in pages
    ]
    return Cost(sum(each.wall for each in printed), sum(each.processor for each in printed))


class Steps:
    """Counts the processor time of each step, without that of the steps within it."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys((*STEPS, REST), 0.0)
        self._step, self._since = REST, time.process_time()

    def _turn_to(self, step: str) -> str:
        """Count for a step from now on, and return that of before."""
        now, before = time.process_time(), self._step
        self.seconds[before] += now - self._since
        self._step, self._since = step, now
        return before

    def counted(self, step: str, does: Callable[..., Any]) -> Callable[..., Any]:
        """Return what does the step, counted; what is yielded is asked for at once."""

        def do(*args: Any, **kwargs: Any) -> Any:
            before = self._turn_to(step)
            try:
                result = does(*args, **kwargs)
                return list(result) if isinstance(result, Iterator) else result
            finally:
                self._turn_to(before)

        return do


def _steps(out: Path) -> dict[str, float]:
    """Build in this process, and return the processor seconds of each step; garbage is collected as in a worker."""
    collect_seldom()
    today, steps = datetime.now(UTC).date(), Steps()
    with ExitStack() as stack:
        for step, places in STEPS.items():
            for place, name in places:
                stack.enter_context(patch.object(place, name, steps.counted(step, getattr(place, name))))
        build(request_for(PROJECT, today, today, out=out), Direct())
    return steps.seconds


def _in_a_new_process(function: Callable[[Path], dict[str, float]], argument: Path) -> dict[str, float]:
    """Call a function where nothing has been read yet."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        return executor.submit(function, argument).result()


def main(rounds: int) -> None:
    """Make the markup once, then measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        today = datetime.now(UTC).date()
        build(request_for(PROJECT, today, today, out=folder / "first"), Keeping(folder))
        shutil.copytree(PROJECT / "templates" / "fonts", folder / "fonts")
        pages = sorted(folder.glob("*.html"))
        measured = [(_ours(folder), engine_alone(pages), browser(pages)) for _ in range(rounds)]
        steps = [_in_a_new_process(_steps, folder / f"steps-{number}") for number in range(rounds)]
    print(f"{len(pages)} PDFs, {rounds} rounds, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{'':24}{'wall, s':>10}{'processor, s':>14}{'ratio to it: wall':>20}{'processor':>12}")
    for place, title in enumerate(("briefgen build", "the engine alone", "the browser")):
        mine, ours = [each[place] for each in measured], [each[0] for each in measured]
        walls = median(own.wall / other.wall for own, other in zip(ours, mine, strict=True))
        processors = median(own.processor / other.processor for own, other in zip(ours, mine, strict=True))
        wall, processor = median(each.wall for each in mine), median(each.processor for each in mine)
        print(f"{title:24}{wall:10.2f}{processor:14.2f}{walls:20.2f}{processors:12.2f}")
    print("\nWhere the processor time of a build in one process goes, libraries loaded, s")
    for step in steps[0]:
        print(f"{step:50}{median(each[step] for each in steps):8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
