"""The story: facts are read, assessed as of a day, localised, rendered and published, whole or not at all."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace

from briefgen.assess.briefing import assess
from briefgen.check.facts import reviews_ahead
from briefgen.check.parity import differences
from briefgen.localise.first_page import RowLimits
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.formats import FORMATS
from briefgen.model.look import Look
from briefgen.model.page import Attached, Job, Page
from briefgen.publish.decide import BuildRequest, plan_edition
from briefgen.publish.editions import Edition
from briefgen.publish.history import supplements
from briefgen.publish.lock import locked
from briefgen.publish.retention import prune
from briefgen.publish.write import publish
from briefgen.read.checked import read_and_check, read_and_check_look
from briefgen.read.fingerprint import InputsChangedError, ensure_inputs_stable
from briefgen.read.workspace import find_workspace
from briefgen.render import json as to_json
from briefgen.render.documents import engine_warnings
from briefgen.render.fit import render_fitted

OnNote = Callable[[Finding], None]
OnProgress = Callable[[str], None]


def _ignore(_: object) -> None:
    pass


def build(
    request: BuildRequest, executor: Executor, on_progress: OnProgress = _ignore, on_note: OnNote = _ignore
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
    briefing = assess(book, request.day, settings.due_soon_days, settings.shelf_lives)
    _refuse_empty(briefing)
    with locked(request.out / book.file.partnership.id, on_note) as outdir:
        plan = plan_edition(request, fingerprint, briefing, outdir, on_note)
        if isinstance(plan, Edition):
            return plan
        info, changes = plan.manifest, plan.changes

        def localised(limits: RowLimits) -> list[Page]:
            return [
                localise(briefing, changes, languages, code, info, limits, look, plan.cleared)
                for code in request.languages
            ]

        data = to_json.render(briefing, info)
        attached = Attached(name=data.name, content=data.content, day=request.day)
        with ensure_inputs_stable(request.fingerprint, fingerprint):
            documents = render_fitted(
                localised, lambda pages: jobs(request, look, pages, attached), executor, on_progress
            )
        if found := tuple(differences(documents)):
            raise FindingsError(found)
        asked = [languages[code] for code in request.languages]
        files = (*documents, data, *supplements(outdir, info.edition, briefing, changes, asked))
        edition = publish(outdir, plan.folder, files, info)
        prune(outdir, settings.keep_editions, on_note)
        for warning in engine_warnings(documents):
            on_note(warning)
        return edition


def _refuse_other_settings(request: BuildRequest) -> None:
    """The request was made by the settings as they were before the inputs were hashed; an edition notes that hash."""
    if find_workspace(request.workspace.root).settings != request.workspace.settings:
        raise InputsChangedError


def read(request: BuildRequest, on_note: OnNote = _ignore) -> tuple[FactBook, Mapping[str, Language], Look]:
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
