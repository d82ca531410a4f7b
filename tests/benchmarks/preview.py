"""How long a save takes until the browser shows it, by kind of input: median and worst, in seconds.

    python tests/benchmarks/preview.py [EDITS] [WORD ...]

From the moment at which the file takes its name to that at which the page in a real Chromium shows the new document, in
one language and in two side by side. EDITS is 30 if it is not given; words
choose kinds of input ("facts"), views ("paper", "full") or languages ("en + vi").
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from browsers import chromium
from conftest import PROJECT
from playwright.sync_api import Page
from tools.preview.desks import EDITS as ANY_DESK
from tools.preview.desks import Edit, preview_of, replacing, shown, wait_until_shown, with_logo, word_for

VIEWS = {
    "at a glance, screen": "document=at-a-glance&format=html",
    "full briefing, screen": "document=full-briefing&format=html",
    "at a glance, paper": "document=at-a-glance&format=pdf",
    "full briefing, paper": "document=full-briefing&format=pdf",
}
LANGUAGES = {"vi": "language=vi", "en + vi": "language=en&language=vi"}
SETTLED = 3.0
"""Seconds after which nothing is left to do in the background."""

EDITS = ANY_DESK | {
    "facts": Edit("facts/vn-kr.yaml", replacing("Partners since {csp", "Partners WORD since {csp")),
    "records": Edit("seeds/nhandan-2025.yaml", replacing("describes: ", "describes: WORD ")),
    "catalogs": Edit("templates/locale/vi.po", replacing('msgstr "Tóm lược"', 'msgstr "Tóm lược WORD"')),
}


def shipped_desk(folder: Path) -> Path:
    """The shipped facts, and templates of its own that are the shipped ones."""
    for name in ("facts", "seeds", "templates"):
        shutil.copytree(PROJECT / name, folder / name)
    return with_logo(folder, "en", "vi", "ko")


def measure(page: Page, desk: Path, kind: str, edits: int) -> list[float]:
    """Save that often, and return the seconds of each save."""
    took = []
    for number in range(edits):
        before = shown(page)
        started = time.perf_counter()
        EDITS[kind](desk, word_for(kind, number))
        wait_until_shown(page, before)
        took.append(time.perf_counter() - started)
        time.sleep(0.3)
    return took


def main(edits: int, words: list[str]) -> None:
    """Measure each kind in each view, and print a table."""

    def chosen(names: Iterable[str]) -> list[str]:
        return [each for each in names if any(word in each for word in words)] or [*names]

    kinds = chosen(EDITS)
    with tempfile.TemporaryDirectory() as folder:
        desk = shipped_desk(Path(folder))
        with preview_of(desk) as address, chromium() as running:
            for view in (each for each in VIEWS if all(word in each for word in words if word in " ".join(VIEWS))):
                for languages in chosen(LANGUAGES):
                    page = running.new_page(viewport={"width": 1400, "height": 900})
                    page.goto(f"{address}?{VIEWS[view]}&{LANGUAGES[languages]}")
                    wait_until_shown(page)
                    for kind in kinds:
                        if kind == "records" and view.startswith("at a glance") and "paper" in view:
                            continue  # it does not print them
                        time.sleep(SETTLED)
                        took = measure(page, desk, kind, edits)
                        load = os.getloadavg()[0]
                        name = f"{view:22} {languages:8} {kind:10}"
                        print(
                            f"{name} median {median(took):5.2f}  worst {max(took):5.2f}  load {load:4.1f}", flush=True
                        )
                    page.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30, sys.argv[2:])
