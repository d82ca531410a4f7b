"""Says when an input was saved: facts, records, templates, catalogs, look, pictures, settings, or a new edition."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import watchfiles

from briefgen.publish.editions import LATEST
from briefgen.read.paths import SETTINGS_FILES, shipped_templates
from briefgen.render.reading import is_ignored

FOLDERS = ("facts", "seeds", "templates")
STEP, DEBOUNCE = 15, 200
"""Milliseconds: without another save after which, and at most for which, saves are taken together."""
LOOK_AGAIN = 1000
"""Milliseconds after which it is looked whether there are other folders now."""
Counts = Callable[[watchfiles.Change, str], bool]


class Watch:
    """Calls `on_change` after each save, until it is closed."""

    def __init__(self, root: Path, out: Path, on_change: Callable[[], None]) -> None:
        self._root, self._out, self._on_change = root, out, on_change
        self._closed = Event()
        self._names = {*SETTINGS_FILES, *FOLDERS, LATEST}
        for name, places, counts, recursive in (
            ("preview-watch-around", self._around, self._is_known, False),
            ("preview-watch-folders", lambda: _real_folders(root), _is_input, True),
        ):
            Thread(target=self._watch, args=(places, counts, recursive), name=name, daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    def _watch(self, places: Callable[[], Iterable[Path]], counts: Counts, recursive: bool) -> None:
        """Watch the places; where there are others than before, those, and that counts as a change."""
        while not self._closed.is_set():
            watched = _identities(places())
            try:
                saves = watchfiles.watch(
                    *watched,
                    watch_filter=counts,
                    step=STEP,
                    debounce=DEBOUNCE,
                    rust_timeout=LOOK_AGAIN,
                    yield_on_timeout=True,
                    stop_event=self._closed,
                    raise_interrupt=False,
                    recursive=recursive,
                    ignore_permission_denied=True,
                )
                for number, changes in enumerate(saves):
                    moved = any(Path(path) in watched for _, path in changes) or _identities(places()) != watched
                    if changes or moved or not number:  # before the first one, a save may have been missed
                        self._on_change()
                    if moved:
                        break
            except FileNotFoundError:  # a folder has just gone
                self._closed.wait(LOOK_AGAIN / 1000)

    def _around(self) -> set[Path]:
        """Return where settings, the folders, and the links to the newest editions come and go; and linked files."""
        outdirs = (path for path in self._out.glob("*/") if path.is_dir())
        return {self._root, *outdirs, *_folders_of_linked_files(self._root)}

    def _is_known(self, _: watchfiles.Change, path: str) -> bool:
        return Path(path).name in self._names or Path(path).parent in _folders_of_linked_files(self._root)


def _is_input(_: watchfiles.Change, path: str) -> bool:
    return not is_ignored(Path(path).name)


def _identities(places: Iterable[Path]) -> dict[Path, int]:
    """Return the places and their inodes: another folder of the same name would not be watched."""
    found = {}
    for path in places:
        with suppress(OSError):
            found[path] = path.stat().st_ino
    return found


def _real_folders(root: Path) -> Iterator[Path]:
    """Yield the folders of the inputs, and those that links in them lead to: the system follows none."""
    for folder in (*(root / name for name in FOLDERS), shipped_templates()):
        if folder.is_dir():
            yield folder.resolve()
            yield from (path.resolve() for path in folder.rglob("*") if path.is_symlink() and path.is_dir())


def _folders_of_linked_files(root: Path) -> Iterator[Path]:
    """Yield the folders of files that links among the inputs lead to."""
    for folder in (root / name for name in FOLDERS):
        yield from (path.resolve().parent for path in folder.rglob("*") if path.is_symlink() and path.is_file())
