"""The story of a build: facts are read, assessed as of a day, localised, rendered and published, all or nothing.

Whoever publishes nothing, such as a preview, has the same files made by `files_for`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

from briefgen.localise.changes import past_editions
from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.localise.records import briefing_file, briefing_schema, contexts_of, table
from briefgen.localise.summits import agenda
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Attached, Job, Listing, RenderedFile, Sibling
from briefgen.model.edition import BRIEFING, BRIEFING_SCHEMA, FORMATS, INDEX, SCREEN, Rows, page_signature
from briefgen.model.findings import Finding, FindingsError, Location, Severity, errors, plural
from briefgen.model.look import Look
from briefgen.publish import Edition, previous_number, previous_visible
from briefgen.publish.decide import (
    BuildRequest,
    EditionPlan,
    carry_over,
    damage_note,
    held_edition,
    is_same,
    keep,
    passed_by,
    plan_edition,
    sheet_since,
    told_before,
    with_fingerprints,
)
from briefgen.publish.write import locked, prune, publish, write_overview
from briefgen.read import InputsChangedError, ensure_inputs_stable
from briefgen.read.facts import assess_on, read_and_check, read_facts
from briefgen.read.files import check_styles, misnamed, moved_on
from briefgen.read.languages import read_languages
from briefgen.read.look import check_look_ids, read_and_check_look, read_look
from briefgen.read.told import ON_PAGES, at_their_texts, told_once
from briefgen.read.workspace import find_workspace
from briefgen.render.documents import (
    begin,
    check_names,
    differing_languages,
    engine_warnings,
    fit,
    ignore,
    missing_facts,
    outline,
    render,
    render_one,
)

Inputs = tuple[FactBook, Mapping[str, Language], Look]
OnNote = Callable[[Finding], None]
OnProgress = Callable[[str], None]
Waiting = Callable[[], tuple[RenderedFile, ...]]
"""Waits for files that workers make, and returns them."""
FIRST_PAGE = "at-a-glance"
"""The document of one page that others begin with."""
MEASURED = "rows of "
"""What a step begins with in which rows were measured; every other step has made the document that it names."""


def build(
    request: BuildRequest, executor: Executor, on_progress: OnProgress = ignore, on_note: OnNote = ignore
) -> Edition:
    """Build one partnership's documents and return their edition; FindingsError lists everything that prevents it.

    Where no document would differ, nothing is written and the newest edition is returned. `on_progress` is called with
    the name of each finished document, and before with MEASURED and the name of each whose rows were measured;
    `on_note` with each finding that does not stop the build.
    """
    try:
        return _build(request, executor, on_progress, on_note)
    except InputsChangedError as changed:  # somebody was saving a file: try once more before it is an error
        for finding in changed.findings:
            on_note(replace(finding, severity=Severity.NOTE, hint="it is read once more"))
        return _build(request, executor, on_progress, on_note)


def _build(request: BuildRequest, executor: Executor, on_progress: OnProgress, on_note: OnNote) -> Edition:
    with ensure_inputs_stable(request.fingerprint) as fingerprint:
        if find_workspace(request.workspace.root).settings != request.workspace.settings:
            raise InputsChangedError  # the request was made from older settings than those in the fingerprint
        for finding in moved_on(request.workspace):
            on_note(finding)
        inputs = read(request, on_note)
    files = files_for(request, executor, on_progress, on_note, inputs)
    with locked(files.outdir, on_note):
        if held := held_edition(request, fingerprint, files.outdir):
            return held
        plan = files.plan(fingerprint.sha256)
        with ensure_inputs_stable(request.fingerprint, fingerprint):
            if same := files.unchanged_edition(plan):
                if same.whole:
                    return keep(request, fingerprint, plan, same)
                on_note(damage_note(same))
            rows, documents, others = files.make(plan)
        files.refuse(documents)
        return _publish(files, plan, rows, documents, others)


def _publish(
    files: "Files", plan: EditionPlan, rows: Rows, documents: Sequence[RenderedFile], others: Sequence[RenderedFile]
) -> Edition:
    request, on_note = files.request, files.on_note
    for note in passed_by(files.outdir, plan.manifest):
        on_note(note)
    manifest = with_fingerprints(plan.manifest, (*documents, *others), rows)
    data = (files.data(plan, request.languages), briefing_schema())
    edition = publish(files.outdir, plan.folder, (*documents, *data, *others), manifest)
    write_overview(request.out)
    prune(files.outdir, request.workspace.settings.keep_editions, on_note)
    for warning in files.warnings_of(documents):
        on_note(warning)
    return edition


def files_for(
    request: BuildRequest,
    executor: Executor,
    on_progress: OnProgress = ignore,
    on_note: OnNote = ignore,
    inputs: Inputs | None = None,
) -> "Files":
    """Return what makes the files of a build, from what was read or is read now; FindingsError lists what is wrong."""
    book, languages, look = inputs or read(request, on_note)
    files = Files(
        request=request,
        book=book,
        languages=languages,
        look=look,
        executor=executor,
        on_progress=on_progress,
        on_note=on_note,
    )
    _refuse_empty(files.assess_on(request.day))
    return files


def read_unchecked(request: BuildRequest) -> Inputs:
    """Return the same as `read`, as soon as it can be read at all; most of what may be wrong is not looked for."""
    workspace, codes = request.workspace, request.languages
    book, findings = read_facts(workspace, request.facts)
    languages = read_languages(workspace, codes, request.facts)
    look, wrong = read_look(workspace, codes)
    if book is None or look is None or errors((*findings, *wrong)):
        raise FindingsError(errors((*findings, *wrong)))
    return book, languages, look


def read(request: BuildRequest, on_note: OnNote = ignore) -> Inputs:
    """Return the facts, the languages and the look; FindingsError lists the faults of all of them."""
    book, languages, findings = read_and_check(request.workspace, request.facts, request.languages, request.today)
    look, wrong = read_and_check_look(request.workspace, languages, request.languages)
    unknown = check_look_ids(request.workspace, look, [book]) if look else ()
    findings = (*findings, *wrong, *unknown)
    warnings = [each for each in findings if each.severity is Severity.WARNING]
    unread = [*misnamed(request.workspace), *check_styles(request.workspace)]
    stopping = [each for each in findings if each.severity is Severity.ERROR]
    least = Severity.WARNING if request.strict else Severity.ERROR
    stopping += [each for each in (*warnings, *unread) if each.severity >= least]
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
    """Plans an edition and makes its files; what is wrong with a text is told where the text is."""

    request: BuildRequest
    book: FactBook
    languages: Mapping[str, Language]
    look: Look
    executor: Executor
    on_progress: OnProgress
    on_note: OnNote

    @property
    def outdir(self) -> Path:
        """The partnership's folder in out/, with the editions before; it may not exist."""
        return self.request.out / self.book.file.partnership.id

    def assess_on(self, day: date) -> Briefing:
        """Return the facts as assessed on a day."""
        return assess_on(self.request.workspace, self.book, day)

    def plan(self, inputs_sha256: str = "") -> EditionPlan:
        """Return what a build makes; what is published needs the hash of its inputs."""
        return plan_edition(self.request, inputs_sha256, self.assess_on, self.outdir)

    def unchanged_edition(self, plan: EditionPlan) -> Edition | None:
        """Return the newest edition if, made anew, it would be the same in every file.

        A page limit shapes no document: what has another one than before is laid out, to see whether it keeps it.
        """
        if plan.newest is None or plan.first is None:
            return None
        known = plan.newest.manifest.rows
        rows = known if known.limits in ({}, self._limits) else self.fit(plan)
        jobs = self.jobs(plan.first, rows)
        outlines = self.render(jobs, one=outline)
        limited = (each for each in jobs if each.page_limit and FORMATS[each.format].paged)
        self.render([each for each in limited if known.limits.get(each.document) != each.page_limit])
        same = is_same(plan.newest, (*outlines, *self.supplements(plan.first)()), strict=self.request.strict)
        return plan.newest if same else None

    def make(self, plan: EditionPlan) -> tuple[Rows, list[RenderedFile], tuple[RenderedFile, ...]]:
        """Return the rows by which the documents keep their page limits, the documents, and what goes with them.

        Of a revision, what does not differ is carried over byte for byte, and fingerprints are those of `plan.basis`.
        """
        names = self.begin(self.jobs(plan, Rows())[:1], one=check_names)
        rows = self.fit(plan)
        names()
        outlines = self.render(self.jobs(plan.basis, rows), one=outline) if plan.revised else ()
        kept = carry_over(plan.revised, outlines, strict=self.request.strict) if plan.revised else ()
        done = {each.name: each for each in kept}
        for name in done:
            self.on_progress(name)
        jobs = self.jobs(plan, rows)
        left = sorted((job for job in jobs if job.name not in done), key=_takes_less)
        made = self.begin(left, lambda each: self.on_progress(each.name))
        others = self.supplements(plan.basis)  # while the workers are at the documents
        done |= {each.name: each for each in made()}
        done |= {each.name: replace(done[each.name], fingerprint=each.fingerprint) for each in outlines}
        return rows, [done[job.name] for job in jobs], others()

    def fit(self, plan: EditionPlan) -> Rows:
        """Return the rows by which all documents keep their page limits.

        The first page is measured even where it is not asked for on its own, as a full briefing begins with it.
        """
        documents = tuple(dict.fromkeys((*self.request.documents, FIRST_PAGE)))
        measured = replace(self, request=replace(self.request, documents=documents))
        with self._telling_places():
            rows = fit(measured.jobs(plan, Rows()), self.executor, lambda name: self.on_progress(f"{MEASURED}{name}"))
        return replace(rows, limits=self._limits)

    def render(
        self,
        jobs: Iterable[Job],
        on_document: Callable[[RenderedFile], None] = ignore,
        one: Callable[[Job], RenderedFile] = render_one,
    ) -> tuple[RenderedFile, ...]:
        """Return the documents in the order of the jobs; see `render` of render/documents.py."""
        return self.begin(jobs, on_document, one)()

    def begin(
        self,
        jobs: Iterable[Job],
        on_document: Callable[[RenderedFile], None] = ignore,
        one: Callable[[Job], RenderedFile] = render_one,
    ) -> Waiting:
        """Give the jobs to the workers, and return what waits for the documents; `on_document` is called meanwhile."""
        every = tuple(jobs)
        made = begin(every, self.executor, on_document, one)

        def wait() -> tuple[RenderedFile, ...]:
            with self._telling_places():
                try:
                    return made()
                except FindingsError as error:
                    raise FindingsError(self._with_their_lines(every, error.findings)) from None

        return wait

    def _with_their_lines(self, jobs: Iterable[Job], findings: Sequence[Finding]) -> Iterator[Finding]:
        """Yield the findings; what shows only on a page with its line, for which the page is made once more."""
        codes = ON_PAGES - {"L802"}
        found = {each.location.file for each in findings if each.code in codes and not each.location.line}
        again = [replace(job, traced=True) for job in jobs if job.name in found and not job.traced]
        traced: tuple[Finding, ...] = ()
        try:
            render(again, self.executor)
        except FindingsError as error:
            traced = tuple(each for each in error.findings if each.code in codes)
        kept = (each for each in findings if not traced or each.code not in codes or each.location.line)
        yield from (*kept, *traced)

    @contextmanager
    def _telling_places(self) -> Iterator[None]:
        """Within a `with` block, errors have their findings where the texts are that are at fault."""
        try:
            yield
        except FindingsError as error:
            request = self.request
            told = at_their_texts(request.workspace, request.facts, error.findings)
            raise FindingsError(told_once(request.workspace, told)) from None

    @property
    def _limits(self) -> Mapping[str, int]:
        return {**self.look.page_limits, **self.look.first_page_rows}

    def refuse(self, documents: Sequence[RenderedFile]) -> None:
        """Raise FindingsError where languages differ or, if that is strict, facts are left out."""
        missing = missing_facts(documents) if self.request.strict else ()
        if found := (*differing_languages(documents), *missing):
            raise FindingsError(found)

    def warnings_of(self, documents: Sequence[RenderedFile]) -> Iterator[Finding]:
        """Yield what stops no build: facts left out, what the PDF engine ignored, texts out of their places."""
        yield from missing_facts(documents)
        yield from at_their_texts(self.request.workspace, self.request.facts, engine_warnings(documents))
        yield from (each for document in documents for each in document.findings)

    def data(self, plan: EditionPlan, languages: Iterable[str]) -> RenderedFile:
        """Return briefing.json in these languages."""
        return briefing_file(plan.briefing, plan.manifest, tuple(self.languages[code] for code in languages))

    def supplements(self, plan: EditionPlan) -> Waiting:
        """Make the statements as tables, the change sheet and the calendars, and begin the index of all files.

        What is returned waits for the index, and returns them all.
        """
        number = plan.manifest.edition
        if number is None:  # a reconstruction's calendar would cancel the events of today
            return tuple
        made = tuple(self._beside(plan, number))
        index = self.begin([self._index(plan, made)] if SCREEN in self.request.formats else [])
        return lambda: (*made, *index())

    def _beside(self, plan: EditionPlan, number: int) -> Iterator[RenderedFile]:
        from briefgen.render import supplements  # its libraries are slow to load

        contexts = contexts_of(plan.briefing, [self.languages[code] for code in self.request.languages]).values()
        tables = [table(context) for context in contexts]
        yield supplements.render_xlsx(tables, plan.briefing.day)
        yield from map(supplements.render_csv, tables)
        sheet = sheet_since(previous_visible(self.outdir, number), number, plan.briefing)
        yield supplements.render_changes(sheet, plan.changes)
        last = previous_number(self.outdir, number)  # a calendar that was imported is not undone by a rollback
        changed = sheet_since(last, number, plan.briefing).patch
        for context in contexts:
            language = context.language
            notices = (
                language.label_text(Label.DRAFT) if plan.manifest.draft else "",
                self.look.handling.get(language.code),
            )
            imported = last.text_if_readable(supplements.ics_name(language.code)) if last else ""
            told = agenda(context, tuple(filter(None, notices)))
            if calendar := supplements.render_ics(told, imported, changed):
                yield calendar

    def _index(self, plan: EditionPlan, others: Iterable[RenderedFile]) -> Job:
        """Return the job for the page that lists the files of an edition."""
        every = self.jobs(plan, Rows())
        pages = tuple({job.page.language: job.page for job in every}.values())
        names = (BRIEFING, BRIEFING_SCHEMA, *(each.name for each in others))
        calendars = {page.language: name for page in pages for name in names if name.endswith(f".{page.language}.ics")}
        told = tuple(told_before(self.outdir, plan.manifest.edition, self.request.workspace.settings.keep_editions))
        listing = Listing(
            pages=pages,
            calendars=calendars,
            data=tuple(name for name in names if name not in calendars.values()),
            earlier={code: past_editions(plan.briefing, self.languages[code], told) for code in self.request.languages},
        )
        job = replace(every[0], page=pages[0], document=INDEX, format=SCREEN, page_limit=None, listing=listing)
        return replace(job, attached=None, signature=page_signature(job.name, plan.manifest.partnership, plan.manifest))

    def jobs(
        self, plan: EditionPlan, rows: Rows, codes: Iterable[str] | None = None, *, lazily: bool = False
    ) -> list[Job]:
        """Return a job for each document, its page localised for so many rows; each knows all of them.

        Paged formats come first; `codes` are those of some languages alone. `lazily` is for who renders them at once in
        the same process.
        """
        request, briefing, info = self.request, plan.briefing, plan.manifest
        pages = [
            localise(briefing, plan.changes, self.languages, code, info, self.look, rows, plan.cleared, lazily=lazily)
            for code in (request.languages if codes is None else codes)
        ]
        attaching = request.languages if any(FORMATS[name].attaches_data for name in request.formats) else ()
        data = {code: self.data(plan, (code,)) for code in attaching}
        attached = {
            code: Attached(name=each.name, content=each.content, day=briefing.day) for code, each in data.items()
        }
        formats = sorted(request.formats, key=lambda name: not FORMATS[name].paged)
        siblings = tuple(
            Sibling(
                name=f"{document}.{code}.{format}",
                document=document,
                format=format,
                lang=self.languages[code].patterns.lang,
                language_name=self.languages[code].patterns.own_name,
            )
            for format, document, code in product(formats, request.documents, request.languages)
        )
        made = (
            Job(
                page=page,
                document=document,
                format=format,
                folders=tuple(str(folder) for folder in request.workspace.template_folders),
                look=self.look,
                page_limit=self.look.page_limits.get(document),
                strict=request.strict,
                attached=attached[page.language] if FORMATS[format].attaches_data else None,
                siblings=siblings,
            )
            for format, document, page in product(formats, request.documents, pages)
        )
        return [replace(job, signature=page_signature(job.name, info.partnership, info)) for job in made]


def _takes_less(job: Job) -> tuple[bool, bool]:
    """Sort key: what is laid out on many pages first, so that no worker is left with it when the others are done."""
    return not FORMATS[job.format].paged, job.page_limit is not None
