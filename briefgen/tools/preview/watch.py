"""Says when an input was saved: facts, records, templates, catalogs, look, pictures, settings, or a new edition."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import watchfiles

from briefgen.publish.editions import LATEST
from briefgen.read.paths import SETTINGS_FILES, shipped_templates
from briefgen.render.files import is_ignored

FOLDERS = ("facts", "seeds", "templates")
STEP, DEBOUNCE = 15, 200
"""Milliseconds: without another save after which, and at most for which, saves are taken together."""


class Watch:
    """Calls `on_change` after each save, until it is closed."""

    def __init__(self, root: Path, out: Path, on_change: Callable[[], None]) -> None:
        self._root, self._out, self._on_change = root, out, on_change
        self._closed, self._other_folders = Event(), Event()
        self._folders = frozenset[Path]()
        self._threads = [
            Thread(target=self._watch_around, name="preview-watch-settings", daemon=True),
            Thread(target=self._watch_below, name="preview-watch-folders", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()
        self._other_folders.set()

    def _watch_around(self) -> None:
        """Watch the settings, the comings and goings of the folders, and the link to the newest edition."""
        names = {*SETTINGS_FILES, *FOLDERS, LATEST}

        def counts(_: watchfiles.Change, path: str) -> bool:
            return Path(path).name in names or Path(path).parent in linked

        while not self._closed.is_set():
            linked = {*_folders_of_linked_files(self._root)}
            places = [self._root, *(path for path in self._out.glob("*/") if path.is_dir()), *linked]
            for _ in _watch(places, counts, self._closed, recursive=False):
                if self._folders != frozenset(_real_folders(self._root)):
                    self._other_folders.set()
                self._on_change()
                break  # there may be other places now

    def _watch_below(self) -> None:
        """Watch all that is in the folders; where there are others than before, those."""
        while not self._closed.is_set():
            self._other_folders.clear()
            self._folders = frozenset(_real_folders(self._root))
            for _ in _watch([*self._folders], _is_input, self._other_folders, recursive=True):
                self._on_change()


def _watch(
    places: list[Path], counts: Callable[[watchfiles.Change, str], bool], stop: Event, *, recursive: bool
) -> Iterator[object]:
    yield from watchfiles.watch(
        *places,
        watch_filter=counts,
        step=STEP,
        debounce=DEBOUNCE,
        stop_event=stop,
        raise_interrupt=False,
        recursive=recursive,
        ignore_permission_denied=True,
    )


def _is_input(_: watchfiles.Change, path: str) -> bool:
    return not is_ignored(Path(path).name)


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
