"""The story of a build: facts are read, assessed as of a day, localised, rendered and published, all or nothing.

Where its results go is an argument: into an edition, or wherever another Destination keeps them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar, overload

from briefgen.assess.briefing import assess
from briefgen.check.facts import reviews_ahead
from briefgen.check.languages import differing_languages, missing_facts
from briefgen.localise.changes import past_editions
from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import FORMATS, INDEX, SCREEN, Attached, Document, Job, Listing, Rows, Sibling
from briefgen.model.edition import page_signature
from briefgen.model.findings import Finding, FindingsError, Location, Severity, errors, has_errors, plural
from briefgen.model.look import Look
from briefgen.model.page import Page
from briefgen.publish.decide import (
    BuildRequest,
    EditionPlan,
    carry_over,
    damage_note,
    is_same,
    keep,
    passed_by,
    plan_edition,
    with_fingerprints,
)
from briefgen.publish.editions import Edition
from briefgen.publish.history import supplements, told_before
from briefgen.publish.overview import write_overview
from briefgen.publish.write import locked, prune, publish
from briefgen.read.facts import read_and_check, read_facts
from briefgen.read.files import at_their_texts, check_styles, misnamed, moved_on
from briefgen.read.fingerprint import Fingerprint, InputsChangedError, ensure_inputs_stable
from briefgen.read.languages import read_languages
from briefgen.read.look import read_and_check_look, read_look
from briefgen.read.workspace import find_workspace
from briefgen.render import json as to_json
from briefgen.render.documents import engine_warnings, fit, ignore, outline, render

T = TypeVar("T")
Made = TypeVar("Made")
MadeHere = TypeVar("MadeHere", covariant=True)
Inputs = tuple[FactBook, Mapping[str, Language], Look]
OnNote = Callable[[Finding], None]
OnProgress = Callable[[str], None]
MEASURED = "rows of "
"""What a step begins with in which rows were measured; every other step has made the document that it names."""


class Destination(Protocol[MadeHere]):
    """Where a build leaves its results."""

    def reading(self, request: BuildRequest, /) -> AbstractContextManager[Fingerprint]:
        """Give the fingerprint of the inputs, which are read meanwhile."""

    def read(self, request: BuildRequest, on_note: OnNote, /) -> Inputs:
        """Return the facts, the languages and the look; FindingsError lists what is wrong with them."""

    def opened(self, outdir: Path, on_note: OnNote, /) -> AbstractContextManager[Path]:
        """Give the partnership's folder in out/, where earlier editions are read and, it may be, a new one written."""

    def leave(self, files: "Files", plan: EditionPlan | Edition, fingerprint: Fingerprint, /) -> MadeHere:
        """Make what is planned, or an edition that stays as it is, and return what the build shall return."""


@overload
def build(
    request: BuildRequest, executor: Executor, on_progress: OnProgress = ..., on_note: OnNote = ...
) -> Edition: ...
@overload
def build(
    request: BuildRequest,
    executor: Executor,
    on_progress: OnProgress = ...,
    on_note: OnNote = ...,
    *,
    into: Destination[Made],
) -> Made: ...
def build(
    request: BuildRequest,
    executor: Executor,
    on_progress: OnProgress = ignore,
    on_note: OnNote = ignore,
    *,
    into: Destination[Made] | None = None,
) -> Made | Edition:
    """Build one partnership's documents and return their edition; FindingsError lists everything that prevents it.

    Where no document would differ, nothing is written and the newest edition is returned. `on_progress` is called with
    the name of each finished document, and before with MEASURED and the name of each whose rows were measured;
    `on_note` with each finding that does not stop the build. With another destination than editions, what it makes is
    returned.
    """
    destination: Destination[Made | Edition] = into or Editions()
    try:
        return _build(request, executor, on_progress, on_note, destination)
    except InputsChangedError as changed:  # somebody was saving a file: try once more before it is an error
        for finding in changed.findings:
            on_note(replace(finding, severity=Severity.NOTE, hint="it is read once more"))
        return _build(request, executor, on_progress, on_note, destination)


def _build(
    request: BuildRequest, executor: Executor, on_progress: OnProgress, on_note: OnNote, into: Destination[Made]
) -> Made:
    settings = request.workspace.settings
    with into.reading(request) as fingerprint:
        book, languages, look = into.read(request, on_note)

    @cache
    def assess_on(day: date) -> Briefing:
        return assess(book, day, settings.due_soon_days, settings.shelf_lives)

    _refuse_empty(assess_on(request.day))
    with into.opened(request.out / book.file.partnership.id, on_note) as outdir:
        plan = plan_edition(request, fingerprint, assess_on, outdir)
        files = Files(
            request=request,
            languages=languages,
            look=look,
            outdir=outdir,
            executor=executor,
            on_progress=on_progress,
            on_note=on_note,
        )
        return into.leave(files, plan, fingerprint)


class Editions:
    """The destination of every build for readers: the next edition, whole or not at all."""

    @contextmanager
    def reading(self, request: BuildRequest) -> Iterator[Fingerprint]:
        """Give the fingerprint; InputsChangedError if a file is saved meanwhile."""
        with ensure_inputs_stable(request.fingerprint) as fingerprint:
            if find_workspace(request.workspace.root).settings != request.workspace.settings:
                raise InputsChangedError  # the request was made from older settings than those in the fingerprint
            yield fingerprint

    def read(self, request: BuildRequest, on_note: OnNote) -> Inputs:
        """Read and check everything, and tell which templates of the workspace's own are behind the shipped ones."""
        for finding in moved_on(request.workspace):
            on_note(finding)
        return read(request, on_note)

    def opened(self, outdir: Path, on_note: OnNote) -> AbstractContextManager[Path]:
        """Lock the folder."""
        return locked(outdir, on_note)

    def leave(self, files: "Files", plan: EditionPlan | Edition, fingerprint: Fingerprint) -> Edition:
        """Publish the edition, unless nothing of it would differ from the newest one."""
        if isinstance(plan, Edition):
            return plan
        request, on_note = files.request, files.on_note
        with ensure_inputs_stable(request.fingerprint, fingerprint):
            if same := files.unchanged_edition(plan):
                if same.whole:
                    return keep(request, fingerprint, plan, same)
                on_note(damage_note(same))
            rows, documents = located(request, lambda: files.documents(plan))
        if found := stopping(request, documents):
            raise FindingsError(found)
        for note in passed_by(files.outdir, plan.manifest):
            on_note(note)
        others = files.supplements(plan.basis)
        manifest = with_fingerprints(plan.manifest, (*documents, *others), rows)
        data = (files.data(plan), to_json.render_schema())
        edition = publish(files.outdir, plan.folder, (*documents, *data, *others), manifest)
        write_overview(request.out)
        prune(files.outdir, request.workspace.settings.keep_editions, on_note)
        for warning in warnings_of(request, documents):
            on_note(warning)
        return edition


class Unpublished:
    """What all destinations that publish nothing have in common."""

    def reading(self, _: BuildRequest) -> AbstractContextManager[Fingerprint]:
        """Read without a second look at the files, and as if no rollback held an edition."""
        return nullcontext(Fingerprint(workspace="", program=""))

    def read(self, request: BuildRequest, on_note: OnNote) -> Inputs:
        """Read and check everything."""
        return read(request, on_note)

    def opened(self, outdir: Path, _: OnNote) -> AbstractContextManager[Path]:
        """Give the folder to read earlier editions from; it may not exist."""
        return nullcontext(outdir)


def planned(plan: EditionPlan | Edition) -> EditionPlan:
    """Return the plan of what is not published."""
    if isinstance(plan, Edition):
        raise RuntimeError("a rollback holds an edition by its fingerprint, and an unpublished build has none")
    return plan


def stopping(request: BuildRequest, documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Return what stops a build though each of its documents could be made: languages differ, facts are left out."""
    return (*differing_languages(documents), *(missing_facts(documents) if request.strict else ()))


def warnings_of(request: BuildRequest, documents: Sequence[Document]) -> Iterator[Finding]:
    """Yield what does not stop a build: facts left out, what the PDF engine ignored, texts out of their places."""
    yield from missing_facts(documents)
    yield from at_their_texts(request.workspace, request.facts, engine_warnings(documents))
    yield from (each for document in documents for each in document.findings)


def located(request: BuildRequest, make: Callable[[], T]) -> T:
    """Return what is made; FindingsError has its findings where the texts are that are at fault."""
    try:
        return make()
    except FindingsError as error:
        raise FindingsError(at_their_texts(request.workspace, request.facts, error.findings)) from None


def read_unchecked(request: BuildRequest) -> Inputs:
    """Return the same as `read`, as soon as it can be read at all; most of what may be wrong is not looked for."""
    workspace, codes = request.workspace, request.languages
    book, findings = read_facts(workspace, request.facts)
    languages = read_languages(workspace, codes, request.facts)
    look, wrong = read_look(workspace, codes)
    if book is None or look is None or has_errors((*findings, *wrong)):
        raise FindingsError(errors((*findings, *wrong)))
    return book, languages, look


def read(request: BuildRequest, on_note: OnNote = ignore) -> Inputs:
    """Return the facts, the languages and the look; FindingsError lists the faults of all of them."""
    book, languages, findings = read_and_check(request.workspace, request.facts, request.languages)
    look, wrong = read_and_check_look(request.workspace, languages, request.languages)
    findings = (*findings, *wrong, *(reviews_ahead(book, request.today) if book else ()))
    warnings = [each for each in findings if each.severity is Severity.WARNING]
    unread = [*misnamed(request.workspace), *check_styles(request.workspace)]
    stopping = [each for each in findings if each.severity is Severity.ERROR]
    stopping += (*warnings, *unread) if request.strict else ()
    if book is None or look is None or stopping:
        raise FindingsError(stopping or findings)
    for each in unread:
        on_note(each)
    if warnings:
        message = f"{plural(len(warnings), 'warning')}, such as texts printed in English for want of a translation"
        hint = "briefgen check tells each with its line; --strict stops a build at them"
        on_note(Finding(Location(request.workspace.shown(request.facts)), "W010", message, Severity.NOTE, hint=hint))
    return book, languages, look


def _refuse_empty(briefing: Briefing) -> None:
    if briefing.items:
        return
    first = min((source.known_from for source in briefing.book.sources.values()), default=None)
    message = f"on {briefing.day} nothing was known yet"
    hint = f"the first source was published on {first}" if first else "no fact has a source"
    raise FindingsError.of(briefing.book.file.partnership.id, "A601", message, hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Makes the files of a planned edition."""

    request: BuildRequest
    languages: Mapping[str, Language]
    look: Look
    outdir: Path
    executor: Executor
    on_progress: OnProgress = ignore
    on_note: OnNote = ignore

    def unchanged_edition(self, plan: EditionPlan) -> Edition | None:
        """Return the newest edition if, made anew, it would be the same in every file."""
        if plan.newest is None or plan.first is None:
            return None
        known = plan.newest.manifest.rows
        rows = known if known.limits in ({}, self._limits) else self._fitting(plan)
        outlines = self._outlines(plan.first, rows)
        same = is_same(plan.newest, (*outlines, *self.supplements(plan.first)), strict=self.request.strict)
        return plan.newest if same else None

    def documents(self, plan: EditionPlan) -> tuple[Rows, list[Document]]:
        """Return the rows by which the documents keep their page limits, and the documents.

        Of a revision, what does not differ is carried over byte for byte, and fingerprints are those of `plan.basis`.
        """
        rows = self._fitting(plan)
        outlines = self._outlines(plan.basis, rows) if plan.revised else ()
        kept = carry_over(plan.revised, outlines, strict=self.request.strict) if plan.revised else ()
        done = {each.name: each for each in kept}
        for name in done:
            self.on_progress(name)
        jobs = self.jobs(plan, rows)
        jobs_left = [job for job in jobs if job.name not in done]
        left = render(jobs_left, self.executor, lambda each: self.on_progress(each.name))
        done |= {each.name: each for each in left}
        done |= {each.name: replace(done[each.name], fingerprint=each.fingerprint) for each in outlines}
        return rows, [done[job.name] for job in jobs]

    def _fitting(self, plan: EditionPlan) -> Rows:
        rows = fit(self.jobs(plan, Rows()), self.executor, lambda name: self.on_progress(f"{MEASURED}{name}"))
        return replace(rows, limits=self._limits)

    @property
    def _limits(self) -> Mapping[str, int]:
        return {**self.look.page_limits, **self.look.first_page_rows}

    def data(self, plan: EditionPlan) -> Document:
        """Return briefing.json in every language."""
        return to_json.render(
            plan.briefing, plan.manifest, tuple(self.languages[code] for code in self.request.languages)
        )

    def _attached(self, plan: EditionPlan, code: str) -> Attached:
        """Return what a document in a language carries: the typed facts and the texts of that language."""
        data = to_json.render(plan.briefing, plan.manifest, (self.languages[code],))
        return Attached(name=data.name, content=data.content, day=plan.briefing.day)

    def supplements(self, plan: EditionPlan) -> tuple[Document, ...]:
        """Return the change sheet, the calendars, and the index of all files."""
        languages = [self.languages[code] for code in self.request.languages]
        notices = {
            each.code: (
                *([each.label_text(Label.DRAFT)] if plan.manifest.draft else []),
                *filter(None, [self.look.handling.get(each.code)]),
            )
            for each in languages
        }
        number = plan.manifest.edition
        made = tuple(supplements(self.outdir, number, plan.briefing, plan.changes, languages, notices))
        if number is None or SCREEN not in self.request.formats:
            return made
        return (*made, *render([self._index(plan, made)], self.executor))

    def _index(self, plan: EditionPlan, others: Iterable[Document]) -> Job:
        """Return the job for the page that lists the files of an edition."""
        every = self.jobs(plan, Rows())
        pages = tuple({job.page.language: job.page for job in every}.values())
        names = (to_json.FILE, to_json.SCHEMA_FILE, *(each.name for each in others))
        calendars = {page.language: name for page in pages for name in names if name.endswith(f".{page.language}.ics")}
        told = tuple(told_before(self.outdir, plan.manifest.edition))
        listing = Listing(
            pages=pages,
            calendars=calendars,
            data=tuple(name for name in names if name not in calendars.values()),
            earlier={code: past_editions(plan.briefing, self.languages[code], told) for code in self.request.languages},
        )
        job = replace(every[0], page=pages[0], document=INDEX, format=SCREEN, page_limit=None, listing=listing)
        return replace(job, attached=None, signature=page_signature(job.name, plan.manifest.partnership, plan.manifest))

    def _outlines(self, plan: EditionPlan, rows: Rows) -> tuple[Document, ...]:
        return render(self.jobs(plan, rows), self.executor, one=outline)

    def jobs(self, plan: EditionPlan, rows: Rows) -> list[Job]:
        """Return a job for each document, with its page localised for so many rows."""
        pages = [
            localise(plan.briefing, plan.changes, self.languages, code, plan.manifest, rows, self.look, plan.cleared)
            for code in self.request.languages
        ]
        attached = {code: self._attached(plan, code) for code in self.request.languages}
        made = with_siblings(jobs(self.request, self.look, pages, attached))
        partnership = plan.manifest.partnership
        return [replace(job, signature=page_signature(job.name, partnership, plan.manifest)) for job in made]


def with_siblings(made: list[Job]) -> list[Job]:
    """Return the jobs of an edition, each of which knows all of them."""
    siblings = tuple(
        Sibling(
            name=job.name,
            document=job.document,
            format=job.format,
            lang=job.page.lang,
            language_name=job.page.language_name,
        )
        for job in made
    )
    return [replace(job, siblings=siblings) for job in made]


def jobs(
    request: BuildRequest, look: Look, pages: Iterable[Page], attached: Mapping[str, Attached] | None = None
) -> list[Job]:
    """Return a job for each format, document and page; paged formats take longest and so come first.

    `attached` has the briefing as data by language.
    """
    folders = tuple(str(folder) for folder in request.workspace.template_folders)
    return [
        Job(
            page=page,
            document=document,
            format=format,
            folders=folders,
            look=look,
            page_limit=look.page_limits.get(document),
            strict=request.strict,
            attached=attached.get(page.language) if attached and FORMATS[format].attaches_data else None,
        )
        for format in sorted(request.formats, key=lambda name: not FORMATS[name].paged)
        for document in request.documents
        for page in pages
    ]
