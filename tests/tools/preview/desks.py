"""A workspace whose every kind of input can be saved, a preview of it at work, and a browser that looks at it."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import PROJECT, UNSHIPPED, environment, set_languages
from playwright.sync_api import Page

from briefgen.tools.workspaces import make_workspace

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="{width}" height="10"/></svg>\n'
LOGO_IN_LOOK = "  file: logo.svg\n  height_mm: 6\n  text: {%s}\n"


def make_desk(folder: Path) -> Path:
    """The sample workspace in two languages with both documents: every save makes all of it again in little time."""
    make_workspace(folder)
    shutil.copytree(PROJECT / "templates", folder / "templates", dirs_exist_ok=True)
    shutil.copytree(UNSHIPPED["de"], folder, dirs_exist_ok=True)
    return with_logo(folder, "en", "de")


def with_logo(folder: Path, *codes: str) -> Path:
    """A workspace whose templates of its own are the shipped ones, with a logo and in these languages."""
    set_languages(folder, *codes)
    texts = ", ".join(f"{code}: Logo" for code in codes)
    (folder / "templates" / "logo.svg").write_text(LOGO.format(width=40), encoding="utf-8")
    look = folder / "templates" / "look.yaml"
    text = look.read_text(encoding="utf-8")
    assert text.count("\nlogo:\n") == 1
    look.write_text(text.replace("\nlogo:\n", f"\nlogo:\n{LOGO_IN_LOOK % texts}", 1), encoding="utf-8")
    return folder


def save(path: Path, text: str) -> None:
    """As editors do: the new text into a file beside it, which then takes its name."""
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one kind of input that shows on the page each time it is made with another word."""

    file: str
    make: Callable[[str, str], str]
    """From the text as it was first, and a word."""

    def __call__(self, desk: Path, word: str) -> None:
        save(desk / self.file, self.make((self.original(desk)), word))

    def original(self, desk: Path) -> str:
        kept = desk / "originals" / self.file
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(desk / self.file, kept)
        return kept.read_text(encoding="utf-8")


def replacing(old: str, new: str) -> Callable[[str, str], str]:
    def make(text: str, word: str) -> str:
        assert old in text, old
        return text.replace(old, new.replace("WORD", word), 1)

    return make


EDITS = {
    "facts": Edit("facts/sample.yaml", replacing("The two countries want", "The two countries WORD want")),
    "records": Edit("seeds/sample-talks-2026.yaml", replacing("describes: ", "describes: WORD ")),
    "templates": Edit(
        "templates/parts/bottom-line.html",
        replacing("{{ sentence.text }}", "{{ sentence.text }} WORD"),
    ),
    "catalogs": Edit("templates/locale/de.po", replacing('msgstr "Das Wichtigste"', 'msgstr "Das Wichtigste WORD"')),
    "styles": Edit("templates/style/base.css", lambda text, word: f"{text}\n.lead {{ letter-spacing: {word} }}\n"),
    "look": Edit("templates/look.yaml", replacing('accent: "#12436d"', 'accent: "WORD"')),
    "settings": Edit("briefgen.toml", lambda text, word: f'{text}clearance = "{word}"\n'),
    "pictures": Edit("templates/logo.svg", lambda _, word: LOGO.format(width=word)),
}
"""By kind of input."""


def word_for(kind: str, number: int) -> str:
    """A word that an edit of that kind may have."""
    match kind:
        case "styles":
            return f"0.{number + 1:03}px"
        case "look":
            return f"#12{0x100 + number:03x}d"
        case "settings":
            return ("required", "off")[number % 2]
        case "pictures":
            return str(10 + number)
        case _:
            return "kx" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


@contextmanager
def preview_of(desk: Path, **extra: str) -> Iterator[str]:
    """The program as a person starts it; gives the page's address."""
    command = [sys.executable, "-m", "briefgen", "preview", "--port", "0"]
    clean = environment(desk) | {"PYTHONWARNINGS": "", "PYTHONUNBUFFERED": "1"} | extra
    running = subprocess.Popen(command, cwd=desk, env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout
        said = running.stdout.readline()
        assert said, running.communicate(timeout=20)
        yield said.split()[-1]
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)


_VERSIONS = "[...document.querySelectorAll('iframe:not(.coming), .sheet')].map(each => each.dataset.version).join()"
_PANES = "[...document.querySelectorAll('.pane')].every(each => each.querySelector('[data-version]'))"


def shown(page: Page) -> str:
    """What differs when the page shows something else."""
    return str(page.evaluate(_VERSIONS))


def wait_until_shown(page: Page, before: str = "") -> None:
    """Until every pane shows something, and something else than before."""
    is_shown = f"(before) => {_PANES} && {_VERSIONS} !== before"
    page.wait_for_function(is_shown, arg=before, timeout=180_000, polling="raf")


_SOURCE = """(language) => [...document.querySelectorAll('iframe:not(.coming)')].map(each => each.contentDocument)
    .find(each => each?.documentElement?.lang.startsWith(language))?.documentElement?.outerHTML ?? ''"""


def markup_of(page: Page, language: str) -> str:
    """The document in that language, as the pane has it on screen."""
    return str(page.evaluate(_SOURCE, language))


def wait_until_in(page: Page, words: str, language: str = "en", there: bool = True) -> None:
    """Until these words are in the document on screen, or gone from it: a save of before may be shown first."""
    found = f"([language, words]) => ({_SOURCE})(language).includes(words)"
    expected = f"(given) => ({found})(given) === {'true' if there else 'false'}"
    page.wait_for_function(expected, arg=[language, words], timeout=60_000, polling=50)


def wait_until_is(page: Page, markup: str, language: str = "en") -> None:
    """Until the document on screen is just this one."""
    found = f"([language, markup]) => ({_SOURCE})(language) === markup"
    page.wait_for_function(found, arg=[language, markup], timeout=60_000, polling=50)


LISTENING = """window.EventSource = class extends EventSource {
    constructor(address) {
        super(address);
        this.addEventListener("findings", ({data}) => { if (JSON.parse(data).of === "checks") window.checked = true; });
    }
};"""
"""For `wait_until_checked`, before the page is opened."""


def wait_until_checked(page: Page) -> None:
    """Until what is shown was looked through: from then on it is a good page that comes back."""
    page.wait_for_function("() => window.checked", timeout=60_000, polling=50)
