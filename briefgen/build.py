"""The story: facts are read, assessed as of a day, localised, rendered and published, whole or not at all."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from functools import cache

from briefgen.assess.briefing import assess
from briefgen.check.facts import reviews_ahead
from briefgen.check.parity import differences, missing_facts
from briefgen.localise.first_page import ROW_LIMITS
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Attached, Document, Job
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.formats import FORMATS
from briefgen.model.look import Look
from briefgen.model.page import Page
from briefgen.publish.carry_over import carry_over, is_same, with_fingerprints
from briefgen.publish.decide import BuildRequest, EditionPlan, damage_note, keep, plan_edition
from briefgen.publish.editions import Edition
from briefgen.publish.history import supplements
from briefgen.publish.lock import locked
from briefgen.publish.retention import prune
from briefgen.publish.write import publish
from briefgen.read.checked import read_and_check, read_and_check_look
from briefgen.read.fingerprint import InputsChangedError, ensure_inputs_stable
from briefgen.read.workspace import find_workspace
from briefgen.render import json as to_json
from briefgen.render.documents import engine_warnings, ignore, outline, render
from briefgen.render.fit import fit

OnNote = Callable[[Finding], None]
OnProgress = Callable[[str], None]


def build(
    request: BuildRequest, executor: Executor, on_progress: OnProgress = ignore, on_note: OnNote = ignore
) -> Edition:
    """Build one partnership's documents; FindingsError carries everything that prevents it.

    `on_progress` is called with the name of each document as it is finished, `on_note` with what a person should know
    all the same.
    """
    try:
        return _build(request, executor, on_progress, on_note)
    except InputsChangedError as changed:  # somebody was saving a file: once more, and then it is reported
        for finding in changed.findings:
            on_note(replace(finding, severity=Severity.NOTE, hint="it is read once more"))
        return _build(request, executor, on_progress, on_note)


def _build(request: BuildRequest, executor: Executor, on_progress: OnProgress, on_note: OnNote) -> Edition:
    with ensure_inputs_stable(request.fingerprint) as fingerprint:
        _refuse_other_settings(request)
        book, languages, look = read(request, on_note)
    settings = request.workspace.settings

    @cache
    def assessed(day: date) -> Briefing:
        return assess(book, day, settings.due_soon_days, settings.shelf_lives)

    _refuse_empty(assessed(request.day))
    with locked(request.out / book.file.partnership.id, on_note) as outdir:
        plan = plan_edition(request, fingerprint, assessed, outdir)
        if isinstance(plan, Edition):
            return plan

        def jobs_of(plan: EditionPlan, row_limits: int) -> list[Job]:
            return jobs(request, look, _pages(plan, languages, request.languages, look, row_limits), attached(plan))

        def others_of(plan: EditionPlan) -> tuple[Document, ...]:
            asked = [languages[code] for code in request.languages]
            return tuple(supplements(outdir, plan.manifest.edition, plan.briefing, plan.changes, asked))

        with ensure_inputs_stable(request.fingerprint, fingerprint):
            if (newest := plan.newest) and (first := plan.first):
                outlines = render(jobs_of(first, newest.manifest.row_limits), executor, one=outline)
                if is_same(newest, (*outlines, *others_of(first)), strict=request.strict):
                    if newest.whole:
                        return keep(request, fingerprint, plan, newest)
                    on_note(damage_note(newest))
            row_limits, documents = _documents(request, plan, jobs_of, executor, on_progress)
        missing = tuple(missing_facts(documents))
        if found := (*differences(documents), *(missing if request.strict else ())):
            raise FindingsError(found)
        others = others_of(plan.basis)
        files = (*documents, to_json.render(plan.briefing, plan.manifest), *others)
        manifest = with_fingerprints(plan.manifest, (*documents, *others), row_limits)
        edition = publish(outdir, plan.folder, files, manifest)
        prune(outdir, settings.keep_editions, on_note)
        for warning in (*missing, *engine_warnings(documents)):
            on_note(warning)
        return edition


def attached(plan: EditionPlan) -> Attached:
    """The briefing as data, as it goes into PDFs."""
    data = to_json.render(plan.briefing, plan.manifest)
    return Attached(name=data.name, content=data.content, day=plan.briefing.day)


def _pages(
    plan: EditionPlan, languages: Mapping[str, Language], asked: Iterable[str], look: Look, row_limits: int
) -> list[Page]:
    return [
        localise(
            plan.briefing, plan.changes, languages, code, plan.manifest, ROW_LIMITS[row_limits], look, plan.cleared
        )
        for code in asked
    ]


def _documents(
    request: BuildRequest,
    plan: EditionPlan,
    jobs_of: Callable[[EditionPlan, int], list[Job]],
    executor: Executor,
    on_progress: OnProgress,
) -> tuple[int, list[Document]]:
    """The row limits by which they fit, and the documents; what does not differ is carried over byte for byte."""
    row_limits, done = fit(lambda limits: jobs_of(plan, limits), executor)
    fingerprints: dict[str, str] = {}
    if plan.newest and plan.carries_over:
        outlines = render(jobs_of(plan.basis, row_limits), executor, one=outline)
        fingerprints = {each.name: each.fingerprint for each in outlines}
        done |= {each.name: each for each in carry_over(plan.newest, outlines, strict=request.strict)}
    for name in done:
        on_progress(name)
    jobs = jobs_of(plan, row_limits)
    left = render([job for job in jobs if job.name not in done], executor, on_progress)
    documents = done | {each.name: each for each in left}
    return row_limits, [
        replace(documents[job.name], fingerprint=fingerprints.get(job.name, documents[job.name].fingerprint))
        for job in jobs
    ]


def _refuse_other_settings(request: BuildRequest) -> None:
    """The request was made by the settings as they were before the inputs were hashed; an edition notes that hash."""
    if find_workspace(request.workspace.root).settings != request.workspace.settings:
        raise InputsChangedError


def read(request: BuildRequest, on_note: OnNote = ignore) -> tuple[FactBook, Mapping[str, Language], Look]:
    """The facts, the languages and the look, faultless; FindingsError lists every fault of all of them."""
    book, languages, findings = read_and_check(request.workspace, request.facts, request.languages)
    look, wrong = read_and_check_look(request.workspace, languages, request.languages)
    findings = (*findings, *wrong, *(reviews_ahead(book, request.today) if book else ()))
    warnings = [each for each in findings if each.severity is Severity.WARNING]
    stopping = [each for each in findings if each.severity is Severity.ERROR or (request.strict and each in warnings)]
    if book is None or look is None or stopping:
        raise FindingsError(stopping or findings)
    if warnings:
        message = (
            f"{len(warnings)} warning{'s' * (len(warnings) != 1)}, such as texts printed in English for want of a"
            " translation"
        )
        hint = "briefgen check tells each with its line; --strict stops a build at them"
        on_note(Finding(Location(request.workspace.shown(request.facts)), "W010", message, Severity.NOTE, hint=hint))
    return book, languages, look


def _refuse_empty(briefing: Briefing) -> None:
    if briefing.items:
        return
    first = min((source.known_from for source in briefing.book.sources.values()), default=None)
    message = f"on {briefing.day} nothing was known yet"
    hint = f"the first source was published on {first}" if first else "no fact has a source"
    raise FindingsError([Finding(Location(briefing.book.file.partnership.id), "A601", message, hint=hint)])


def jobs(request: BuildRequest, look: Look, pages: Iterable[Page], attached: Attached | None = None) -> list[Job]:
    """Return those of the pages; those of formats with pages first: they take longest, so the workers end together."""
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
            attached=attached if FORMATS[format].attaches_data else None,
        )
        for format in sorted(request.formats, key=lambda name: not FORMATS[name].paged)
        for document in request.documents
        for page in pages
    ]
