"""Builds for a preview, into memory: what is looked at, the rows that fit, and all the rest; out/ stays as it is.

And what the page asks: what there is to look at, where a text comes from, and how pages of paper look.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import pypdfium2

from briefgen.build import Files, OnNote, files_for
from briefgen.files import line_at
from briefgen.model.document import Job, RenderedFile
from briefgen.model.edition import FORMATS, PUBLISHED, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity, in_order, own_fault
from briefgen.publish import latest
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.read import SETTINGS_FILES, shipped_templates
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.files import check_styles
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.render.documents import differing_languages, ignore, keeps_from_end, outline
from briefgen.render.markup import origin
from briefgen.tools.building import Ahead, ahead_of, whole_edition
from briefgen.tools.doctor import format_trouble
from briefgen.tools.editions import compare
from briefgen.tools.preview.making import check, look_through, make, measured, names_in, place_of, rows_of

Key = str
"""The address of a document: vn-kr/2026-11-21/at-a-glance.en.pdf."""
OnMade = Callable[[Key, RenderedFile], None]
Clock = Callable[[], datetime]
"""Says what time it is, in the zone of the settings."""
_ON_SCREEN = tuple(name for name in PUBLISHED if not FORMATS[name].paged)
_MOST_KEPT = 60
"""Documents: a slider that is drawn through the days makes one after the other."""


@dataclass(frozen=True, slots=True)
class PaneView:
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
        self.documents: OrderedDict[Key, RenderedFile] = OrderedDict()
        self._lock = Lock()
        self._good: dict[Key, RenderedFile] = {}
        self.fitted: dict[tuple[str, date], Rows] = {}

    def keep(self, key: Key, document: RenderedFile) -> None:
        """Keep a document; the oldest ones are given up."""
        with self._lock:
            self.documents[key] = document
            self.documents.move_to_end(key)
            while len(self.documents) > _MOST_KEPT:
                self._good.pop(self.documents.popitem(last=False)[0], None)

    def verified(self, documents: Mapping[Key, RenderedFile], *, good: bool) -> Mapping[Key, RenderedFile]:
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


def remake(
    kept: Kept, request: BuildRequest, only: BuildRequest, executor: Executor, on_made: OnMade, on_note: OnNote
) -> None:
    """Make those of some documents again that differ; FindingsError lists what is wrong with any.

    The request is for the whole edition, so that its pages are those of readers. `on_made` is called with each document
    of `only` as soon as it is known, whether it was made again or not. What is for the screen, which is verified later,
    is read without checks but those of style sheets.
    """
    if not any(FORMATS[name].paged for name in only.formats):
        _remake_screens(kept, request, only, executor, on_made, on_note)
        return
    files = files_for(request, executor, ignore, on_note)
    plan = files.plan()
    jobs = [replace(job, traced=True) for job in _some(files, plan, only, kept)]
    for warning in files.warnings_of(_remade(files, jobs, kept, place_of(plan), on_made)):
        on_note(warning)


def _remake_screens(
    kept: Kept, request: BuildRequest, only: BuildRequest, executor: Executor, on_made: OnMade, on_note: OnNote
) -> None:
    each_alone = [replace(only, languages=(code,)) for code in only.languages]
    made = [executor.submit(make, request, each, dict(kept.fitted)) for each in each_alone]
    for note in check_styles(request.workspace):
        on_note(note)
    wrong = list[Finding]()
    for done in as_completed(made):
        try:
            result = done.result()
        except FindingsError as error:
            wrong += error.findings
            continue
        for document in result.documents:
            kept.keep(result.place + document.name, document)
            on_made(result.place + document.name, document)
        for note in result.notes:
            on_note(note)
    if wrong:
        raise FindingsError(dict.fromkeys(wrong))


def _some(files: Files, plan: EditionPlan, only: BuildRequest, kept: Kept) -> list[Job]:
    return replace(files, request=only).jobs(plan, rows_of(kept.fitted, plan, files.outdir))


def _remade(files: Files, jobs: list[Job], kept: Kept, place: str, on_made: OnMade) -> tuple[RenderedFile, ...]:
    """Return the documents; those with pages whose fingerprint is the same are the last good ones."""
    known = {job.name: each for job in jobs if (each := kept.documents.get(place + job.name))}

    def made(document: RenderedFile) -> None:
        kept.keep(place + document.name, document)
        on_made(place + document.name, document)

    paged = [job for job in jobs if FORMATS[job.format].paged and job.name in known]
    outlines = list[RenderedFile]()
    with suppress(FindingsError):  # it is found again where the document is made
        files.render(paged, outlines.append, one=outline)
    same = {each.name for each in outlines if each.fingerprint == known[each.name].fingerprint}
    for name in same:
        made(known[name])
    return (*files.render([job for job in jobs if job.name not in same], made), *(known[name] for name in same))


@dataclass(frozen=True, slots=True)
class Maker:
    """Builds the documents of a workspace into memory; what is wrong is returned."""

    root: Path
    out: Path
    clock: Clock
    screen: Executor
    """The processes for the screen, which must be quick: those for paper are others."""
    paper: Executor
    rest: Executor
    """For all that nobody waits for."""
    kept: Kept

    def make(self, view: PaneView, day: date | None, on_made: OnMade) -> list[Finding]:
        """Make what a view shows of a day, and return what is wrong; `on_made` is called with each document."""
        executor = self.paper if FORMATS[view.format].paged else self.screen
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(view.partnership, day)
            remake(self.kept, request, view.of(request), executor, on_made, found.append)
        return found

    def verify(self, view: PaneView, day: date | None) -> list[Finding]:
        """Look for all that would stop a build at what a view shows of a day; and for words that no page prints."""
        found = list[Finding]()
        with _noting(found, self.root):
            request = self._request(view.partnership, day)
            names = self.rest.submit(names_in, view.of(request))
            found += self._looked_through(request, view.of(request))
            found += names.result()
        return found

    def _looked_through(self, request: BuildRequest, only: BuildRequest) -> list[Finding]:
        """Have documents made as a build does, in each language by itself; return all that is wrong with any."""
        found, documents = list[Finding](), list[RenderedFile]()
        fitted = dict(self.kept.fitted)
        looking = [self.rest.submit(look_through, request, only, code, fitted) for code in only.languages]
        for each in looking:
            with _noting(found, self.root):
                made = each.result()
                documents += made.documents
                found += made.notes
        return [*found, *differing_languages(documents)]

    def fit(self, partnership: str, day: date | None) -> bool:
        """Measure how many rows fit on a day, and return whether they are others than before."""
        with _noting([], self.root):  # what is wrong is told where the document is made
            request = self._request(partnership, day)
            fitted, differ = self.rest.submit(measured, request, dict(self.kept.fitted)).result()
            self.kept.fitted |= fitted
            return differ
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
        """Check everything, make every document of these partnerships for the screen, and return what is wrong."""
        found = list[Finding]()
        checked = self.rest.submit(check, self.root, self.clock())
        for partnership in names:
            with _noting(found, self.root):
                request = self._request(partnership)
                found += self._looked_through(request, replace(request, formats=_ON_SCREEN))
        with _noting(found, self.root):
            found += checked.result()
        return found

    def _request(self, partnership: str, day: date | None = None) -> BuildRequest:
        workspace, today = find_workspace(self.root), self.clock().date()
        return whole_edition(workspace, facts_of(workspace, partnership), day or today, today, self.out)


@contextmanager
def _noting(found: list[Finding], root: Path) -> Iterator[None]:
    """Add to `found` what keeps a `with` block from its end: a preview goes on whatever happens."""
    try:
        yield
    except FindingsError as error:
        found += error.findings
    except (TimeoutError, MemoryError):
        message = "the page was not made in the time and the memory that it is allowed"
        hint = "look for what has no end in what was saved last; seconds_per_document in the settings allows more"
        found.append(Finding(Location(root.name), "R402", message, hint=hint))
    except OSError as error:
        found.append(Finding(Location(str(error.filename or root)), "P500", error.strerror or str(error)))
    except BrokenExecutor as error:
        said = f"the page was not finished: {error}"
        found.append(Finding(Location(root.name), "P505", said, hint=keeps_from_end(error)))
    except Exception as error:
        found.append(own_fault(error))


def facts_of(workspace: Workspace, name: str) -> Path:
    """Return the facts of that name, or the first ones; FindingsError if there are none."""
    found = partnerships(workspace)
    return next((path for path in found if path.stem == name), found[0])


_YEAR = timedelta(days=365)
_QUOTED = 200
"""Characters of a long line that are shown."""
SCALES = (1, 2, 3)
"""Pixels of the picture for each pixel of the page, of 1/96 inch: screens have up to three."""
_POINTS = 96 / 72
_one_at_a_time = Lock()
"""Pdfium is not made for threads."""


def what_there_is(root: Path, today: date) -> Mapping[str, Any]:
    """Return what can be looked at; `trouble` lists what is wrong where that cannot be read."""
    try:
        workspace = find_workspace(root)
        settings = workspace.settings
        found = partnerships(workspace)
        languages = read_languages(workspace, settings.languages)
    except FindingsError as error:
        return {"trouble": [finding_data(each, root) for each in error.findings]}
    patterns = {code: languages[code].patterns for code in settings.languages}
    books = [read_facts(workspace, path)[0] for path in found]  # before the first source, nothing was known
    days = ([source.known_from for source in book.sources.values()] if book else [] for book in books)
    formats = {name: format_trouble(name) for name in settings.formats if not FORMATS[name].edited}
    return {
        "workspace": root.name,
        "partnerships": [path.stem for path in found],
        "documents": settings.documents,
        "formats": [
            {"name": name, "paged": FORMATS[name].paged, "trouble": trouble.detail if trouble else ""}
            for name, trouble in formats.items()
        ],
        "languages": [{"code": code, "tag": each.lang, "name": each.own_name} for code, each in patterns.items()],
        "first_day": str(min(min(each, default=today - _YEAR) for each in days)),
        "today": str(today),
        "last_day": str(today + _YEAR),
    }


def where_from(root: Path, partnership: str, fact: str, origins: Iterable[str]) -> Mapping[str, Any]:
    """Return where a fact, and the templates of the elements around a text, stand: the innermost template first."""
    templates = [*filter(None, (_template(root, each) for each in origins))]
    return {"fact": _fact(root, partnership, fact) if fact else None, "templates": templates}


def _fact(root: Path, partnership: str, id: str) -> Mapping[str, Any] | None:
    """Return where a fact, or a headline made of facts, stands."""
    try:
        workspace = find_workspace(root)
        book = read_facts(workspace, facts_of(workspace, partnership))[0]
    except FindingsError:
        return None
    headlines = [each.id for each in book.file.headlines] if book else []
    if book is None or id not in (*book.facts, *headlines):
        return None
    place = book.location(id) if id in book.facts else book.locate(("headlines", headlines.index(id)))
    return {"id": id, **_place(place, root)}


def _template(root: Path, value: str) -> Mapping[str, Any] | None:
    """Return the template and line that an element was marked with; None for any other value."""
    try:
        file, line = origin(value)
    except ValueError:
        return None
    path, shipped = own_file(root, file), shipped_templates()
    if path is None or path.suffix != ".html":
        return None
    is_shipped = path.is_relative_to(shipped) and not shipped.is_relative_to(root)
    eject = f"briefgen template eject {path.relative_to(shipped).as_posix()}" if is_shipped else ""
    return {**_place(Location(str(path), line), root), "eject": eject}


def _place(location: Location, root: Path) -> Mapping[str, Any]:
    """Return a place for the page: its file, line and column, and the line itself."""
    seen = location.seen_from(str(root))
    return {**asdict(seen), "place": str(seen), "source": (line_at(location, root) or "")[:_QUOTED]}


def finding_data(finding: Finding, root: Path) -> Mapping[str, Any]:
    """Return a finding for the page: where, the line itself, what is wrong, and the remedy."""
    what = {"code": finding.code, "message": finding.message, "hint": finding.hint}
    return {**_place(finding.location, root), "severity": finding.severity.name.lower(), **what}


def is_as_found(data: Mapping[str, Any], root: Path) -> bool:
    """Return whether a finding's line is the one in which it was found."""
    return bool(_place(Location(data["file"], data["line"], data["column"]), root)["source"] == data["source"])


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repeats: errors, then warnings, each by file and line; notes are left out."""
    found = [each for each in in_order(findings) if each.severity is not Severity.NOTE]
    return sorted(found, key=lambda each: -each.severity)


def own_file(root: Path, name: str) -> Path | None:
    """Return an input of that name, relative to the workspace or absolute; None for every other file."""
    if "\0" in name:
        return None
    path = (root / name).resolve()
    folders = [*(root / each for each in ("facts", "seeds", "templates")), shipped_templates()]
    is_input = path in {(root / each).resolve() for each in SETTINGS_FILES} or any(
        path.is_relative_to(folder.resolve()) for folder in folders
    )
    return path if is_input and path.is_file() else None


@lru_cache(maxsize=64)
def picture(content: bytes, page: int, scale: int) -> bytes:
    """Return a page of a finished PDF, counted from 1, as PNG; IndexError if there is no such page."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        drawn = document[page - 1].render(scale=scale * _POINTS).to_pil()
    png = BytesIO()
    drawn.save(png, "PNG", compress_level=1)
    return png.getvalue()


@lru_cache(maxsize=16)
def sizes(content: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page in pixels of 1/96 inch."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        found = [document.get_page_size(number) for number in range(len(document))]
    return tuple((width * _POINTS, height * _POINTS) for width, height in found)
