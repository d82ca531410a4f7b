"""How long a save takes until the browser shows it, by kind of input: median and worst, in seconds.

    python tests/benchmarks/preview.py [EDITS] [WORD ...]

From the moment at which the file takes its name to that at which the page in a real Chromium shows the new documents,
in one language and in two side by side: every pane, every sheet of it, with the word that was saved. Saves come while
the last page is being looked through, after that, and while everything else is. EDITS is 30 if it is not given; words
choose kinds of input ("facts"), views ("paper", "full") or languages ("en + vi").
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median
from urllib.request import urlopen

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

import pypdfium2
from browsers import chromium
from conftest import PROJECT
from playwright.sync_api import Page
from tools.preview.desks import EDITS as ANY_DESK
from tools.preview.desks import Edit, preview_of, replacing, save, wait_until_shown, with_logo, word_for

VIEWS = {
    "at a glance, screen": "document=at-a-glance&format=html",
    "full briefing, screen": "document=full-briefing&format=html",
    "at a glance, paper": "document=at-a-glance&format=pdf",
    "full briefing, paper": "document=full-briefing&format=pdf",
}
LANGUAGES = {"vi": "language=vi", "en + vi": "language=en&language=vi"}
PAUSES = (0.3, 1.2, 2.6)
"""Seconds from a page to the next save, in turn."""
SETTLED = 3.0
"""Seconds after which nothing is left to do in the background."""


@dataclass(frozen=True, slots=True)
class ComesAndGoes:
    """A file of one's own in the place of a shipped one: new, gone, and new with another word."""

    file: str
    make: Callable[[str, str], str]

    def __call__(self, desk: Path, word: str) -> None:
        path = desk / self.file
        if path.exists():
            path.unlink()
        else:
            save(path, self.make((PROJECT / self.file).read_text(encoding="utf-8"), word))


EDITS: dict[str, Edit | ComesAndGoes] = {
    **ANY_DESK,
    "facts": Edit("facts/vn-kr.yaml", replacing("Partners since {csp", "Partners WORD since {csp")),
    "records": Edit("seeds/nhandan-2025.yaml", replacing("describes: ", "describes: WORD ")),
    "catalogs": Edit("templates/locale/vi.po", replacing('msgstr "Tóm lược"', 'msgstr "Tóm lược WORD"')),
    "new files": ComesAndGoes("templates/parts/due.html", replacing("</h2>", " WORD</h2>")),
}


def shipped_desk(folder: Path) -> Path:
    """The shipped facts, and templates of its own that are the shipped ones."""
    for name in ("facts", "seeds", "templates"):
        shutil.copytree(PROJECT / name, folder / name)
    (folder / EDITS["new files"].file).unlink()
    return with_logo(folder, "en", "vi", "ko")


_IN_PANES = """Object.fromEntries([...document.querySelectorAll(".pane")].map(pane => {
    const shown = [...pane.querySelectorAll("iframe:not(.coming), .sheet")]
    const versions = new Set(shown.map(each => each.dataset.version ?? ""))
    const address = (shown[0]?.src ?? pane.querySelector("h2 a")?.href ?? "").split("?")[0]
    return [address, versions.size === 1 ? [...versions][0] : ""]
}))"""
"""The version that each pane shows, by the address of its document; nothing while its sheets are of two versions."""
_ALL_NEW = f"""(before) => {{
    const now = {_IN_PANES}
    return Object.entries(before).every(([address, version]) => now[address] && now[address] !== version)
}}"""
_UP_TO_DATE = "() => document.getElementById('status').textContent.startsWith('Up to date')"
_ONLY_IN = {"catalogs": "vi"}
"""Kinds of input that one language alone shows."""


def measure(page: Page, desk: Path, kind: str, edits: int) -> list[float]:
    """Save that often, and return the seconds of each save."""
    took = []
    for number in range(edits):
        page.wait_for_function(_UP_TO_DATE, timeout=180_000)
        time.sleep(PAUSES[number % len(PAUSES)])
        panes = {each: version for each, version in page.evaluate(_IN_PANES).items() if _shows(each, kind)}
        word = word_for(kind, number)
        word = f"new{word}" if kind == "new files" else word  # what others have saved is there when it is gone
        started = time.perf_counter()
        EDITS[kind](desk, word)
        seconds = 0.0
        while panes:  # those that were late, or made anew for another reason, are waited for again
            page.wait_for_function(_ALL_NEW, arg=panes, timeout=180_000, polling="raf")
            seconds, now = time.perf_counter() - started, page.evaluate(_IN_PANES)
            is_there = kind != "new files" or (desk / EDITS[kind].file).exists()
            panes = {each: now[each] for each in panes if not _tells(each, now[each], kind, word, is_there=is_there)}
        took.append(seconds)
    return took


def _shows(address: str, kind: str) -> bool:
    return _ONLY_IN.get(kind, "") in ("", address.split(".")[-2])


def _tells(address: str, version: str, kind: str, word: str, *, is_there: bool) -> bool:
    """Return whether a pane shows the newest document, and that holds the word saved, as far as that can be told.

    Where the word `is_there` no longer, it does not hold it.
    """
    with urlopen(address) as answer:  # noqa: S310 # it is the preview's own
        content = answer.read()
    if not sha256(content).hexdigest().startswith(version or "nothing"):
        return False
    if kind in ("settings", "pictures") or (kind in ("styles", "look") and address.endswith("pdf")):
        return True
    if address.endswith("html"):
        return (word.encode() in content) == is_there
    with pypdfium2.PdfDocument(content) as document:
        return any(word in each.get_textpage().get_text_range() for each in document) == is_there


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
                        name = f"{view:22} {languages:8} {kind:9}"
                        print(
                            f"{name} median {median(took):5.2f}  worst {max(took):5.2f}  load {load:4.1f}", flush=True
                        )
                    page.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30, sys.argv[2:])
