"""A preview at work: who looks at what, when an input was saved, and what is made again then."""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from threading import Event, Lock, Thread
from time import perf_counter
from typing import Any

import watchfiles

from briefgen.files import is_ignored
from briefgen.model.document import RenderedFile
from briefgen.model.edition import FORMATS
from briefgen.model.findings import Finding, errors
from briefgen.publish import LATEST
from briefgen.read import SETTINGS_FILES, shipped_templates
from briefgen.read.workspace import Workspace
from briefgen.render.workers import MODULES, LimitedProcesses, collect
from briefgen.tools.building import processes
from briefgen.tools.preview import (
    Clock,
    Kept,
    Key,
    Maker,
    PaneView,
    finding_data,
    is_as_found,
    sizes,
    worst_first,
)
from briefgen.tools.preview.making import make

Post = Callable[[str, Any], None]
"""Sends an event to a page: its name and its data."""
Shown = dict[date | None, dict[Key, RenderedFile]]
QUIET = 2.0
"""Seconds without a save after which the rest is looked at: how many rows fit now, and the other documents."""
LOADING = 0.4
"""Seconds that browsers have to load what is shown, before it is looked through."""
HALF_WRITTEN = 0.25
"""Seconds in which an editor that empties a file first has written it: until then, what is wrong is not told."""
_SWITCHING = 0.0005
"""Seconds after which one thread lets another on; by Python's own number an answer waits for 5 ms at each step."""
_SCREENS_OF_A_PROCESS = 300
"""It knows what has not changed since the last one, and a new process knows nothing."""
FOLDERS = ("facts", "seeds", "templates")
STEP, DEBOUNCE = 15, 200
"""Milliseconds: without another save after which, and at most for which, saves are taken together."""
LOOK_AGAIN = 1000
"""Milliseconds after which it is looked whether there are other folders now."""
Counts = Callable[[watchfiles.Change, str], bool]
_PATIENCE = 5
"""What is added to the nice value of processes for paper, so that the screen does not wait for them."""
_MOST_PATIENCE = 10
"""The same of those that look for what nobody waits for: beside others they have a tenth of a core."""


@contextmanager
def following(workspace: Workspace, out: Path, clock: Clock) -> Iterator["Session"]:
    """Give a session that follows what is saved in the workspace."""
    settings, number = workspace.settings, processes(workspace)
    seconds, megabytes = settings.seconds_per_document, settings.megabytes_per_document
    paged = tuple(FORMATS[name].module for name in settings.formats if FORMATS[name].paged)
    modules = (*MODULES, make.__module__)
    screens = min(number, len(settings.languages))
    screen = LimitedProcesses(screens, seconds, megabytes, modules, _SCREENS_OF_A_PROCESS)
    paper = LimitedProcesses(number, seconds, megabytes, (*MODULES, *paged), patience=_PATIENCE)
    rest = LimitedProcesses(number, 10 * seconds, megabytes, (*modules, *paged), patience=_MOST_PATIENCE)
    session = Session(workspace.root, out, clock, screen, paper, rest)
    watch = Watch(workspace.root, out, session.refresh)
    sys.setswitchinterval(_SWITCHING)
    screen.prepare()
    try:
        yield session
    finally:
        watch.close()
        session.close()
        for each in (screen, paper, rest):
            each.shutdown(cancel_futures=True)


class _Rounds:
    """One round of work after the other in a thread of its own; what is asked meanwhile counts once."""

    def __init__(self, work: Callable[[], None], name: str) -> None:
        self._work, self._asked, self._stopped = work, Event(), False
        Thread(target=self._run, name=name, daemon=True).start()

    def ask(self) -> None:
        """Let a round begin, now or when the present one is over."""
        self._asked.set()

    def is_quiet_for(self, seconds: float) -> bool:
        """Wait, and return whether nobody asked for another round meanwhile."""
        return not self._asked.wait(seconds)

    def stop(self) -> None:
        """Begin no further round."""
        self._stopped = True
        self._asked.set()

    def _run(self) -> None:
        while self._asked.wait() and not self._stopped:
            self._asked.clear()
            self._work()


class Session:
    """Makes what the open pages show, each time a file was saved, and tells them what is new or wrong."""

    def __init__(self, root: Path, out: Path, clock: Clock, screen: Executor, paper: Executor, rest: Executor) -> None:
        self.root, self.clock, self.kept = root, clock, Kept()
        self._maker = Maker(root, out, clock, screen, paper, rest, self.kept)
        self._viewers: dict[int, tuple[PaneView, Post]] = {}
        self._unverified: dict[PaneView, tuple[int, Shown]] = {}
        self._addresses: dict[tuple[PaneView, date | None], Key] = {}
        """Where the last document is of a view of one language, on a day."""
        self._found: dict[tuple[PaneView, str], list[Mapping[str, Any]]] = {}
        """What was found last of what takes longer to find than to show, by the view and the kind of look."""
        self._saves = 0
        self._lock = Lock()
        self._paper = _Rounds(self._show_paper, "preview-paper")
        self._rest = _Rounds(self._look_at_the_rest, "preview-rest")
        self._checks = _Rounds(self._look_through, "preview-checks")
        self._screen = _Rounds(self._show_screens, "preview-screen")

    def follow(self, view: PaneView, post: Post) -> Callable[[], None]:
        """Show a view now and after each save; the function that is returned ends that."""
        with self._lock:
            number = max(self._viewers, default=0) + 1
            self._viewers[number] = view, post
        self.refresh()

        def leave() -> None:
            with self._lock:
                del self._viewers[number]

        return leave

    def refresh(self) -> None:
        """Make again what differs: a file was saved."""
        with self._lock:
            self._saves += 1
        for rounds in (self._screen, self._paper, self._checks, self._rest):
            rounds.ask()

    def look_ahead(self, partnership: str) -> Mapping[str, Any]:
        """Return what readers would be told if the files were built now, against the newest edition."""
        ahead, lines, found = self._maker.look_ahead(partnership)
        documents = [{"name": each.name, "where": each.where} for each in ahead.documents] if ahead else []
        sentence = ahead.sentence if ahead else "Built now, nothing would be published: see what is wrong."
        return {"sentence": sentence, "lines": lines, "documents": documents, "found": self._data(found)}

    def close(self) -> None:
        """Stop."""
        for rounds in (self._screen, self._paper, self._checks, self._rest):
            rounds.stop()

    def _following(self) -> list[tuple[PaneView, Post]]:
        with self._lock:
            return list(self._viewers.values())

    def _views(self) -> list[PaneView]:
        return list(dict.fromkeys(view for view, _ in self._following()))

    def _tell(self, views: Iterable[PaneView], event: str, data: Any) -> None:
        for view, post in self._following():
            if view in views:
                post(event, data)

    def _show_screens(self) -> None:
        for view in self._views():
            if not FORMATS[view.format].paged:
                self._unverified[view] = self._saves, self._show(view)
        if self._unverified:
            self._checks.ask()

    def _show_paper(self) -> None:
        for view in self._views():
            if FORMATS[view.format].paged:
                self._show(view)

    def _look_through(self) -> None:
        """Look through what was shown on screens."""
        if not self._checks.is_quiet_for(LOADING):
            return
        while self._unverified:
            view, (saves, shown) = self._unverified.popitem()
            if view in self._views() and saves == self._saves:  # else what is shown next must not wait for it
                self._verify(view, saves, shown)

    def _look_at_the_rest(self) -> None:
        """Look at what nobody looks at, while nothing is saved: a save meanwhile is shown without waiting for it."""
        if not self._rest.is_quiet_for(QUIET):
            return
        for partnership, day in dict.fromkeys((view.partnership, day) for view in self._views() for day in view.days):
            if self._maker.fit(partnership, day):
                self.refresh()  # other rows fit now
                return
        found = self._maker.find_the_rest(dict.fromkeys(view.partnership for view in self._views()))
        if self._rest.is_quiet_for(0):  # else it is found again, of what was saved meanwhile
            self._tell_found(self._views(), "others", self._data(found))
        collect()  # what stays is not looked through at every save: it would be half of the time that one takes

    def _show(self, view: PaneView) -> Shown:
        """Make the panes of a view, and tell its pages what is new and what is wrong; return the documents by day."""
        started, found = perf_counter(), list[Finding]()
        shown: Shown = {day: {} for day in view.days}
        self._tell([view], "busy", {})
        for day in view.days:

            def made(key: Key, document: RenderedFile, day: date | None = day) -> None:
                shown[day][key] = document
                self._addresses[replace(view, languages=(language_of(document),), days=()), day] = key
                self._tell([view], "pane", _pane(key, document, day, perf_counter() - started))

            wrong = self._maker.make(view, day, made)
            if any(each.code == "L802" for each in wrong) and self._maker.fit(view.partnership, day):
                wrong = self._maker.make(view, day, made)
            found += wrong
        rounds = self._paper if FORMATS[view.format].paged else self._screen
        if errors(found) and not rounds.is_quiet_for(HALF_WRITTEN):
            return shown
        self._tell_last(view, shown)
        self._withdraw(view)
        seconds = perf_counter() - started
        self._tell([view], "findings", {"of": "view", "found": self._data(found), "seconds": seconds})
        return shown

    def _tell_last(self, view: PaneView, shown: Shown) -> None:
        """Tell of the last documents in the place of those that could not be made: a page may be loaded just now."""
        for day, code in product(view.days, view.languages):
            key = self._addresses.get((replace(view, languages=(code,), days=()), day), "")
            if key not in shown[day] and (document := self.kept.documents.get(key)):
                self._tell([view], "pane", _pane(key, document, day, 0))

    def _verify(self, view: PaneView, saves: int, shown: Shown) -> None:
        """Look for what takes longer to find than to show; where there is anything, the last good page comes back."""
        found = list[Finding]()
        for day, documents in shown.items():
            wrong = self._maker.verify(view, day)
            if self._saves != saves:  # what was looked through may not be what is shown: both are done again
                return
            for key, document in self.kept.verified(documents, good=not errors(wrong)).items():
                self._tell([view], "pane", _pane(key, document, day, 0))
            found += wrong
        self._tell_found([view], "checks", self._data(found))

    def _tell_found(self, views: Iterable[PaneView], of: str, found: list[Mapping[str, Any]]) -> None:
        self._found |= {(view, of): found for view in views}
        self._tell(views, "findings", {"of": of, "found": found})

    def _withdraw(self, view: PaneView) -> None:
        """Tell no more of what was found in lines that are others by now: it takes a while until it is found again."""
        for of in ("checks", "others"):
            found = self._found.get((view, of), [])
            if found != (left := [each for each in found if is_as_found(each, self.root)]):
                self._tell_found([view], of, left)

    def _data(self, found: list[Finding]) -> list[Mapping[str, Any]]:
        return [finding_data(each, self.root) for each in worst_first(found)]


def _pane(key: Key, document: RenderedFile, day: date | None, seconds: float) -> Mapping[str, Any]:
    return {
        "address": key,
        "day": str(day or ""),
        "language": language_of(document),
        "version": version_of(document),
        "pages": sizes(document.content) if document.pages else None,
        "seconds": round(seconds, 3),
    }


def language_of(document: RenderedFile) -> str:
    """Return the code of a document's language, by its name."""
    return document.name.split(".")[-2]


def version_of(document: RenderedFile) -> str:
    """Return what differs when a document's bytes do."""
    return hashlib.sha256(document.content).hexdigest()[:16]


class Watch:
    """Calls `on_change` after each save, until it is closed."""

    def __init__(self, root: Path, out: Path, on_change: Callable[[], None]) -> None:
        self._root, self._out, self._on_change = root, out, on_change
        self._closed = Event()
        self._names = {*SETTINGS_FILES, *FOLDERS, LATEST}
        for name, places, counts, recursive in (
            ("preview-watch-around", self._around, self._is_known, False),
            ("preview-watch-folders", self._real_folders, lambda _, path: not is_ignored(Path(path).name), True),
        ):
            Thread(target=self._watch, args=(places, counts, recursive), name=name, daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    def _watch(self, places: Callable[[], Iterable[Path]], counts: Counts, recursive: bool) -> None:
        """Watch the places; where there are others than before, those, and that counts as a change."""
        settings: Any = {"step": STEP, "debounce": DEBOUNCE, "rust_timeout": LOOK_AGAIN, "yield_on_timeout": True}
        settings |= {"stop_event": self._closed, "raise_interrupt": False, "ignore_permission_denied": True}
        while not self._closed.is_set():
            watched = _identities(places())
            try:
                saves = watchfiles.watch(*watched, watch_filter=counts, recursive=recursive, **settings)
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

    def _real_folders(self) -> Iterator[Path]:
        """Yield the folders of the inputs, and those that links in them lead to: the system follows none."""
        for folder in (*(self._root / name for name in FOLDERS), shipped_templates()):
            if folder.is_dir():
                yield folder.resolve()
                yield from (path.resolve() for path in folder.rglob("*") if path.is_symlink() and path.is_dir())

    def _is_known(self, _: watchfiles.Change, path: str) -> bool:
        return Path(path).name in self._names or Path(path).parent in _folders_of_linked_files(self._root)


def _identities(places: Iterable[Path]) -> dict[Path, int]:
    """Return the places and their inodes: another folder of the same name would not be watched."""
    found = {}
    for path in places:
        with suppress(OSError):
            found[path] = path.stat().st_ino
    return found


def _folders_of_linked_files(root: Path) -> Iterator[Path]:
    for folder in (root / name for name in FOLDERS):
        yield from (path.resolve().parent for path in folder.rglob("*") if path.is_symlink() and path.is_file())
