"""A preview at work: who looks at what, and what is made again when a file was saved."""

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any

from briefgen.build import build
from briefgen.model.document import FORMATS, Document
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.decide import BuildRequest
from briefgen.read.facts import partnerships
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.render.documents import ignore
from briefgen.tools.preview.memory import Fitting, Kept, Key, Memory, OnMade, Selection
from briefgen.tools.preview.pictures import sizes
from briefgen.tools.preview.rounds import Rounds
from briefgen.tools.preview.view import View, finding_data, pane_name, worst_first

Post = Callable[[str, Any], None]
"""Sends an event to a page: its name and its data."""
QUIET = 2.0
"""Seconds without a save after which the rest is looked at: how many rows fit now, and the other documents."""
_PATIENCE = 5
"""What is added to the nice value of processes for paper, so that the screen does not wait for them."""
TOO_LONG = "L802"
_ON_SCREEN = tuple(name for name, format in FORMATS.items() if not format.paged)


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes that render: one for the screen, which must be quick, and others for paper."""

    screen: Executor
    paper: Executor


class Session:
    """Makes what the open pages show, each time a file was saved, and tells them what is new or wrong."""

    def __init__(self, root: Path, out: Path, today: Callable[[], date], workers: Workers) -> None:
        self.root, self.day_of_today = root, today
        self.kept = Kept()
        self._out, self._workers = out, workers
        self._viewers: dict[int, tuple[View, Post]] = {}
        self._lock = Lock()
        self._screen = Rounds(lambda _: self._show_all(paged=False), "preview-screen")
        self._paper = Rounds(self._show_paper_and_the_rest, "preview-paper")

    def follow(self, view: View, post: Post) -> Callable[[], None]:
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
        self._screen.ask()
        self._paper.ask()

    def warm_up(self, workers: int) -> None:
        """Start the processes before they are needed."""
        self._workers.screen.submit(os.getpid)
        for _ in range(workers):
            self._workers.paper.submit(os.nice, _PATIENCE)

    def close(self) -> None:
        """Stop."""
        for rounds in (self._screen, self._paper):
            rounds.stop()

    def tell_all(self, event: str, data: Any) -> None:
        """Send an event to every page."""
        for _, post in self._following():
            post(event, data)

    def _following(self) -> list[tuple[View, Post]]:
        with self._lock:
            return list(self._viewers.values())

    def _show_all(self, *, paged: bool) -> None:
        for view in dict.fromkeys(view for view, _ in self._following()):
            if FORMATS[view.format].paged is paged:
                self._show(view)

    def _show_paper_and_the_rest(self, rounds: Rounds) -> None:
        """Make the paper that is looked at; then, while nothing is saved, what takes longer or nobody looks at."""
        self._show_all(paged=True)
        if not rounds.is_quiet_for(QUIET):
            return
        for partnership in dict.fromkeys(view.partnership for view, _ in self._following()):
            if self._fit(partnership):
                self.refresh()  # other rows fit now
                return
        self._check_the_rest()
        gc.collect()
        gc.freeze()  # what stays is not looked through at every save: it would be half of the time that one takes

    def _show(self, view: View) -> None:
        """Make the panes of a view, and tell its pages what is new and what is wrong."""
        started, found = perf_counter(), list[Finding]()
        self._tell(view, "busy", {})
        for day in view.days:

            def made(key: Key, document: Document, day: date | None = day) -> None:
                self._tell(view, "pane", self._pane(key, document, day, perf_counter() - started))

            found += self._made(view, day, made)
        if any(each.code == TOO_LONG for each in found) and self._fit(view.partnership):
            self._show(view)
            return
        data = [finding_data(each, self.root) for each in worst_first(found)]
        self._tell(view, "findings", {"of": "view", "found": data, "seconds": perf_counter() - started})

    def _made(self, view: View, day: date | None, on_made: OnMade) -> list[Finding]:
        """Build what a view shows of a day into memory, and return what is wrong."""
        executor = self._workers.paper if FORMATS[view.format].paged else self._workers.screen
        notes = list[Finding]()
        try:
            request = self._request(view.partnership, day)
            documents = _known((view.document,), request.documents)
            only = Selection(documents, _known(view.languages, request.languages), (view.format,))
            build(request, executor, ignore, notes.append, into=Memory(self.kept, only, on_made))
        except FindingsError as error:
            return [*notes, *error.findings]
        except OSError as error:
            return [Finding(Location(str(error.filename or self.root)), "P500", error.strerror or str(error))]
        return notes

    def _request(self, partnership: str, day: date | None = None) -> BuildRequest:
        """Return the request for the whole edition of a day."""
        workspace, today = find_workspace(self.root), self.day_of_today()
        settings = workspace.settings
        return BuildRequest(
            workspace=workspace,
            facts=facts_of(workspace, partnership),
            day=day or today,
            today=today,
            languages=settings.languages,
            documents=settings.documents,
            formats=settings.formats,
            out=self._out,
        )

    def _fit(self, partnership: str) -> bool:
        """Measure how many rows fit now, and return whether they are others than before."""
        try:
            request = self._request(partnership)
            return build(request, self._workers.paper, ignore, ignore, into=Fitting(self.kept))
        except (FindingsError, OSError):
            return False  # it is told where the document is made

    def _check_the_rest(self) -> None:
        """Make every document in every language for the screen, and tell what is wrong with any."""
        found = list[Finding]()
        for partnership in dict.fromkeys(view.partnership for view, _ in self._following()):
            try:
                request = self._request(partnership)
                only = Selection(request.documents, request.languages, _ON_SCREEN)
                memory = Memory(self.kept, only, lambda *_: None)
                build(request, self._workers.paper, ignore, found.append, into=memory)
            except FindingsError as error:
                found += error.findings
            except OSError:
                return
        data = [finding_data(each, self.root) for each in worst_first(found)]
        self.tell_all("findings", {"of": "others", "found": data})

    def _tell(self, view: View, event: str, data: Any) -> None:
        for looked_at, post in self._following():
            if looked_at == view:
                post(event, data)

    def _pane(self, key: Key, document: Document, day: date | None, seconds: float) -> Mapping[str, Any]:
        return {
            "address": pane_name(key),
            "day": str(day or ""),
            "language": document.name.split(".")[-2],
            "version": version_of(document),
            "pages": sizes(document.content) if document.pages else None,
            "seconds": round(seconds, 3),
        }


def version_of(document: Document) -> str:
    """Return what differs when a document's bytes do."""
    return hashlib.sha256(document.content).hexdigest()[:16]


def facts_of(workspace: Workspace, name: str) -> Path:
    """Return the facts of that name, or the first ones; FindingsError if there are none."""
    found = partnerships(workspace)
    return next((path for path in found if path.stem == name), found[0])


def _known(asked: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in {*asked}) or names[:1]
