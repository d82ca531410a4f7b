"""Builds for a preview: what is looked at, the rows that fit, and all the rest, into memory; out/ stays as it is."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from briefgen.build import Files, OnNote, files_for, read_unchecked
from briefgen.model.document import Document, Job
from briefgen.model.edition import FORMATS, PUBLISHED, Rows
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.publish.editions import latest
from briefgen.read.facts import partnerships
from briefgen.read.files import check_styles
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.render.documents import ignore, outline
from briefgen.tools.building import whole_edition
from briefgen.tools.check import check_all
from briefgen.tools.compare import Ahead, ahead_of, compare

Key = str
"""The address of a document: vn-kr/2026-11-21/at-a-glance.en.pdf."""
OnMade = Callable[[Key, Document], None]
Clock = Callable[[], datetime]
"""Says what time it is, in the zone of the settings."""
_MOST_KEPT = 60
"""Documents: a slider that is drawn through the days makes one after the other."""


@dataclass(frozen=True, slots=True)
class View:
    """The panes side by side: each language of each day; for names that the settings lack, the first one there."""

    partnership: str
    """The file or folder in facts/."""
    document: str
    format: str
    languages: tuple[str, ...]
    days: tuple[date | None, ...]
    """None is today, also when midnight has passed."""

    def of(self, request: BuildRequest) -> BuildRequest:
        """Return the request for what is shown of an edition."""
        documents, languages = _known((self.document,), request.documents), _known(self.languages, request.languages)
        return replace(request, documents=documents, languages=languages, formats=(self.format,))


def _known(asked: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in {*asked}) or names[:1]


class Kept:
    """What a preview remembers between two builds, which may go on at the same time."""

    def __init__(self) -> None:
        self.documents: OrderedDict[Key, Document] = OrderedDict()
        self._lock = Lock()
        self._good: dict[Key, Document] = {}
        self._rows: dict[tuple[str, date], Rows] = {}

    def keep(self, key: Key, document: Document) -> None:
        """Keep a document; the oldest ones are given up."""
        with self._lock:
            self.documents[key] = document
            self.documents.move_to_end(key)
            while len(self.documents) > _MOST_KEPT:
                self._good.pop(self.documents.popitem(last=False)[0], None)

    def verified(self, documents: Mapping[Key, Document], *, good: bool) -> Mapping[Key, Document]:
        """Note that documents are good, or put the last good ones back; return those that differ by now."""
        with self._lock:
            kept = {key: each for key, each in documents.items() if key in self.documents}
            if good:
                self._good |= kept
                return {}
            for key, each in kept.items():
                if self.documents[key] == each:  # else there is a newer one
                    self.documents[key] = self._good.get(key, each)
            return {key: self.documents[key] for key, each in kept.items() if self.documents[key] != each}

    def rows_of(self, plan: EditionPlan, outdir: Path) -> Rows:
        """Return the rows of the last fit of that day; before there was one, those of the newest edition."""
        known = self._rows.get((plan.manifest.partnership, plan.briefing.day))
        if known is None and (newest := latest(outdir)):
            return newest.manifest.rows
        return known or Rows()

    def keep_rows(self, plan: EditionPlan, outdir: Path, rows: Rows) -> bool:
        """Keep the rows of a fit, and return whether they are others than before."""
        before = self.rows_of(plan, outdir)
        self._rows[plan.manifest.partnership, plan.briefing.day] = rows
        return before != rows


def remake(
    kept: Kept, request: BuildRequest, only: BuildRequest, executor: Executor, on_made: OnMade, on_note: OnNote
) -> None:
    """Make those of some documents again that differ; FindingsError lists what is wrong with any.

    The request is for the whole edition, so that its pages are those of readers. `on_made` is called with each document
    of `only` as soon as it is known, whether it was made again or not. What is for the screen, which is verified later,
    is read without checks but those of style sheets.
    """
    inputs = None
    if not any(FORMATS[name].paged for name in only.formats):
        for each in check_styles(request.workspace):
            on_note(each)
        inputs = read_unchecked(request)
    files = files_for(request, executor, ignore, on_note, inputs)
    plan = files.plan()
    jobs = [replace(job, traced=True) for job in _some(files, plan, only, kept)]
    place = f"{plan.manifest.partnership}/{plan.briefing.day}/"
    for warning in files.warnings_of(_remade(files, jobs, kept, place, on_made)):
        on_note(warning)


def _some(files: Files, plan: EditionPlan, only: BuildRequest, kept: Kept) -> list[Job]:
    return replace(files, request=only).jobs(plan, kept.rows_of(plan, files.outdir))


def _remade(files: Files, jobs: list[Job], kept: Kept, place: str, on_made: OnMade) -> tuple[Document, ...]:
    """Return the documents; those with pages whose fingerprint is the same are the last good ones."""
    known = {job.name: each for job in jobs if (each := kept.documents.get(place + job.name))}

    def made(document: Document) -> None:
        kept.keep(place + document.name, document)
        on_made(place + document.name, document)

    paged = [job for job in jobs if FORMATS[job.format].paged and job.name in known]
    outlines = list[Document]()
    with suppress(FindingsError):  # it is found again where the document is made
        files.render(paged, outlines.append, one=outline)
    same = {each.name for each in outlines if each.fingerprint == known[each.name].fingerprint}
    for name in same:
        made(known[name])
    new = files.render([job for job in jobs if job.name not in same], made)
    return (*new, *(known[name] for name in same))


@dataclass(frozen=True, slots=True)
class Maker:
    """Builds the documents of a workspace into memory; what is wrong is returned."""

    root: Path
    out: Path
    clock: Clock
    screen: Executor
    """The process for the screen, which must be quick; those for paper are others."""
    paper: Executor
    kept: Kept

    def make(self, view: View, day: date | None, on_made: OnMade) -> list[Finding]:
        """Make what a view shows of a day, and return what is wrong; `on_made` is called with each document."""
        executor = self.paper if FORMATS[view.format].paged else self.screen
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(view.partnership, day)
            remake(self.kept, request, view.of(request), executor, on_made, found.append)
        return found

    def verify(self, view: View, day: date | None) -> list[Finding]:
        """Look for all that would stop a build at what a view shows of a day."""
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(view.partnership, day)
            self._verify(request, view.of(request), found)
        return found

    def _verify(self, request: BuildRequest, only: BuildRequest, found: list[Finding]) -> None:
        """Make documents as a build does, with all that it looks for, and keep none."""
        files = files_for(request, self.paper, ignore, found.append)
        made = files.render(_some(files, files.plan(), only, self.kept))
        files.refuse(made)
        found += files.warnings_of(made)

    def fit(self, partnership: str, day: date | None) -> bool:
        """Measure how many rows fit on a day, and return whether they are others than before."""
        with _noting([], self.root):  # what is wrong is told where the document is made
            files = files_for(self._request(partnership, day), self.paper)
            plan = files.plan()
            return self.kept.keep_rows(plan, files.outdir, files.fit(plan))
        return False

    def look_ahead(self, partnership: str) -> tuple[Ahead | None, tuple[str, ...], list[Finding]]:
        """Return what a build would tell readers now, the lines of its change sheet, and what would stop it."""
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(partnership)
            ahead, lines = ahead_of(request, self.paper), tuple[str, ...]()
            if latest(self.out / ahead.partnership):
                language = request.languages[0]
                told = compare(request.workspace, request.facts, self.out, request.today, language, with_next=True)
                lines = tuple(f"{row.kind.label}: {row.text}" for row in told.rows)
            return ahead, lines, found
        return None, (), found

    def find_the_rest(self, names: Iterable[str]) -> list[Finding]:
        """Make every document of these partnerships for the screen, check everything, and return what is wrong."""
        found = list[Finding]()
        on_screen = tuple(name for name in PUBLISHED if not FORMATS[name].paged)
        for partnership in names:
            with _noting(found, self.root):
                request = self._request(partnership)
                self._verify(request, replace(request, formats=on_screen), found)
        with _noting(found, self.root):
            found += self.paper.submit(check, self.root, self.clock()).result()
        return found

    def _request(self, partnership: str, day: date | None = None) -> BuildRequest:
        """Return the request for the whole edition of a day."""
        workspace, today = find_workspace(self.root), self.clock().date()
        return whole_edition(workspace, facts_of(workspace, partnership), day or today, today, self.out)


def check(root: Path, now: datetime) -> tuple[Finding, ...]:
    """In a worker: return what `briefgen check` finds."""
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
