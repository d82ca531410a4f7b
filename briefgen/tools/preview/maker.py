"""Builds for a preview: what a view shows of a day, the rows that fit, and all the rest; what is wrong is returned."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefgen.build import build
from briefgen.model.document import FORMATS, PUBLISHED
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import latest
from briefgen.read.facts import partnerships
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.render.documents import ignore
from briefgen.tools.ahead import Ahead, Comparing
from briefgen.tools.check import check_all
from briefgen.tools.compare import compare
from briefgen.tools.preview.memory import Fitting, Kept, Memory, OnMade, Selection, Verifying
from briefgen.tools.preview.view import View

Clock = Callable[[], datetime]
"""Says what time it is, in the zone of the settings."""
_PATIENCE = 5
"""What is added to the nice value of processes for paper, so that the screen does not wait for them."""
_ON_SCREEN = tuple(name for name in PUBLISHED if not FORMATS[name].paged)


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes that render: one for the screen, which must be quick, and others for paper."""

    screen: Executor
    paper: Executor

    def warm_up(self, number: int) -> None:
        """Start them before they are needed, with so many for paper."""
        self.screen.submit(os.getpid)
        for _ in range(number):
            self.paper.submit(os.nice, _PATIENCE)


@dataclass(frozen=True, slots=True)
class Maker:
    """Builds the documents of a workspace into memory."""

    root: Path
    out: Path
    clock: Clock
    workers: Workers
    kept: Kept

    def make(self, view: View, day: date | None, on_made: OnMade) -> list[Finding]:
        """Make what a view shows of a day, and return what is wrong; `on_made` is called with each document."""
        executor = self.workers.paper if FORMATS[view.format].paged else self.workers.screen
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(view.partnership, day)
            memory = Memory(self.kept, _selection(view, request), on_made)
            build(request, executor, ignore, found.append, into=memory)
        return found

    def verify(self, view: View, day: date | None) -> list[Finding]:
        """Look for all that would stop a build at what a view shows of a day."""
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(view.partnership, day)
            verifying = Verifying(self.kept, _selection(view, request))
            build(request, self.workers.paper, ignore, found.append, into=verifying)
        return found

    def fit(self, partnership: str, day: date | None) -> bool:
        """Measure how many rows fit on a day, and return whether they are others than before."""
        found = list[Finding]()  # it is told where the document is made
        with _noting(found, self.root):
            request = self._request(partnership, day)
            return build(request, self.workers.paper, ignore, ignore, into=Fitting(self.kept))
        return False

    def look_ahead(self, partnership: str) -> tuple[Ahead | None, tuple[str, ...], list[Finding]]:
        """Return what a build would tell readers now, the lines of its change sheet, and what would stop it."""
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(partnership)
            ahead, lines = build(request, self.workers.paper, into=Comparing()), tuple[str, ...]()
            if latest(self.out / ahead.partnership):
                language = request.languages[0]
                told = compare(request.workspace, request.facts, self.out, request.today, language, with_next=True)
                lines = tuple(f"{row.kind.label}: {row.text}" for row in told.rows)
            return ahead, lines, found
        return None, (), found

    def find_the_rest(self, names: Iterable[str]) -> list[Finding]:
        """Make every document of these partnerships for the screen, check everything, and return what is wrong."""
        found = list[Finding]()
        for partnership in names:
            with _noting(found, self.root):
                request = self._request(partnership)
                verifying = Verifying(self.kept, Selection(request.documents, request.languages, _ON_SCREEN))
                build(request, self.workers.paper, ignore, found.append, into=verifying)
        with _noting(found, self.root):
            found += self.workers.paper.submit(check, self.root, self.clock()).result()
        return found

    def _request(self, partnership: str, day: date | None = None) -> BuildRequest:
        """Return the request for the whole edition of a day."""
        workspace, today = find_workspace(self.root), self.clock().date()
        settings = workspace.settings
        return BuildRequest(
            workspace=workspace,
            facts=facts_of(workspace, partnership),
            day=day or today,
            today=today,
            languages=settings.languages,
            documents=settings.documents,
            formats=settings.formats,
            out=self.out,
        )


def check(root: Path, now: datetime) -> tuple[Finding, ...]:
    """Return what `briefgen check` finds, in a worker."""
    return check_all(find_workspace(root), now).findings


@contextmanager
def _noting(found: list[Finding], root: Path) -> Iterator[None]:
    """Add to `found` what keeps a `with` block from its end: a preview goes on whatever happens."""
    try:
        yield
    except FindingsError as error:
        found += error.findings
    except OSError as error:
        found.append(Finding(Location(str(error.filename or root)), "P500", error.strerror or str(error)))
    except Exception as error:
        message = f"the preview could not be made: {type(error).__name__}: {error}"
        found.append(Finding(Location(root.name), "R404", message))


def facts_of(workspace: Workspace, name: str) -> Path:
    """Return the facts of that name, or the first ones; FindingsError if there are none."""
    found = partnerships(workspace)
    return next((path for path in found if path.stem == name), found[0])


def _selection(view: View, request: BuildRequest) -> Selection:
    languages = _known(view.languages, request.languages)
    return Selection(_known((view.document,), request.documents), languages, (view.format,))


def _known(asked: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in {*asked}) or names[:1]
