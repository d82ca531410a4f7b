"""The story of a build: facts are read, assessed as of a day, localised, rendered and published, all or nothing."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from briefgen.assess.briefing import assess
from briefgen.check.facts import reviews_ahead
from briefgen.check.languages import differing_languages, missing_facts
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import FORMATS, Attached, Document, Job, Rows
from briefgen.model.edition import page_signature
from briefgen.model.findings import Finding, FindingsError, Location, Severity, plural
from briefgen.model.look import Look
from briefgen.model.page import Page
from briefgen.publish.decide import (
    BuildRequest,
    EditionPlan,
    carry_over,
    damage_note,
    is_same,
    keep,
    plan_edition,
    with_fingerprints,
)
from briefgen.publish.editions import Edition
from briefgen.publish.history import supplements
from briefgen.publish.write import locked, prune, publish
from briefgen.read.facts import read_and_check
from briefgen.read.files import at_their_texts
from briefgen.read.fingerprint import InputsChangedError, ensure_inputs_stable
from briefgen.read.look import read_and_check_look
from briefgen.read.workspace import find_workspace
from briefgen.render import json as to_json
from briefgen.render.documents import engine_warnings, fit, ignore, outline, render

T = TypeVar("T")
OnNote = Callable[[Finding], None]
OnProgress = Callable[[str], None]


def build(
    request: BuildRequest, executor: Executor, on_progress: OnProgress = ignore, on_note: OnNote = ignore
) -> Edition:
    """Build one partnership's documents and return their edition; FindingsError lists everything that prevents it.

    Where no document would differ, nothing is written and the newest edition is returned. `on_progress` is called with
    the name of each finished document, `on_note` with each finding that does not stop the build.
    """
    try:
        return _build(request, executor, on_progress, on_note)
    except InputsChangedError as changed:  # somebody was saving a file: try once more before it is an error
        for finding in changed.findings:
            on_note(replace(finding, severity=Severity.NOTE, hint="it is read once more"))
        return _build(request, executor, on_progress, on_note)


def _build(request: BuildRequest, executor: Executor, on_progress: OnProgress, on_note: OnNote) -> Edition:
    settings = request.workspace.settings
    with ensure_inputs_stable(request.fingerprint) as fingerprint:
        if find_workspace(request.workspace.root).settings != settings:
            raise InputsChangedError  # the request was made from older settings than those in the fingerprint
        book, languages, look = read(request, on_note)

    @cache
    def assess_on(day: date) -> Briefing:
        return assess(book, day, settings.due_soon_days, settings.shelf_lives)

    _refuse_empty(assess_on(request.day))
    with locked(request.out / book.file.partnership.id, on_note) as outdir:
        plan = plan_edition(request, fingerprint, assess_on, outdir)
        if isinstance(plan, Edition):
            return plan
        files = _Files(request=request, languages=languages, look=look, outdir=outdir, executor=executor)
        with ensure_inputs_stable(request.fingerprint, fingerprint):
            if same := files.unchanged_edition(plan):
                if same.whole:
                    return keep(request, fingerprint, plan, same)
                on_note(damage_note(same))
            rows, documents = _at_their_texts(request, lambda: files.documents(plan, on_progress))
        missing = tuple(missing_facts(documents))
        if found := (*differing_languages(documents), *(missing if request.strict else ())):
            raise FindingsError(found)
        others = files.supplements(plan.basis)
        manifest = with_fingerprints(plan.manifest, (*documents, *others), rows)
        briefing = to_json.render(plan.briefing, plan.manifest)
        edition = publish(outdir, plan.folder, (*documents, briefing, *others), manifest)
        prune(outdir, settings.keep_editions, on_note)
        misplaced = (each for document in documents for each in document.findings)
        ignored = at_their_texts(request.workspace, request.facts, engine_warnings(documents))
        for warning in (*missing, *ignored, *misplaced):
            on_note(warning)
        return edition


def _at_their_texts(request: BuildRequest, make: Callable[[], T]) -> T:
    """Return what is made; FindingsError has its findings where the texts are that are at fault."""
    try:
        return make()
    except FindingsError as error:
        raise FindingsError(at_their_texts(request.workspace, request.facts, error.findings)) from None


def read(request: BuildRequest, on_note: OnNote = ignore) -> tuple[FactBook, Mapping[str, Language], Look]:
    """Return the facts, the languages and the look; FindingsError lists the faults of all of them."""
    book, languages, findings = read_and_check(request.workspace, request.facts, request.languages)
    look, wrong = read_and_check_look(request.workspace, languages, request.languages)
    findings = (*findings, *wrong, *(reviews_ahead(book, request.today) if book else ()))
    warnings = [each for each in findings if each.severity is Severity.WARNING]
    stopping = [each for each in findings if each.severity is Severity.ERROR or (request.strict and each in warnings)]
    if book is None or look is None or stopping:
        raise FindingsError(stopping or findings)
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
class _Files:
    """Makes the files of a planned edition."""

    request: BuildRequest
    languages: Mapping[str, Language]
    look: Look
    outdir: Path
    executor: Executor

    def unchanged_edition(self, plan: EditionPlan) -> Edition | None:
        """Return the newest edition if, made anew, it would be the same in every file."""
        if plan.newest is None or plan.first is None:
            return None
        outlines = self._outlines(plan.first, plan.newest.manifest.rows)
        same = is_same(plan.newest, (*outlines, *self.supplements(plan.first)), strict=self.request.strict)
        return plan.newest if same else None

    def documents(self, plan: EditionPlan, on_progress: OnProgress) -> tuple[Rows, list[Document]]:
        """Return the rows by which the documents keep their page limits, and the documents.

        Of a revision, what does not differ is carried over byte for byte, and fingerprints are those of `plan.basis`.
        """
        rows = fit(self._jobs(plan, Rows()), self.executor)
        outlines = self._outlines(plan.basis, rows) if plan.revised else ()
        kept = carry_over(plan.revised, outlines, strict=self.request.strict) if plan.revised else ()
        done = {each.name: each for each in kept}
        for name in done:
            on_progress(name)
        jobs = self._jobs(plan, rows)
        left = render([job for job in jobs if job.name not in done], self.executor, on_progress)
        done |= {each.name: each for each in left}
        done |= {each.name: replace(done[each.name], fingerprint=each.fingerprint) for each in outlines}
        return rows, [done[job.name] for job in jobs]

    def supplements(self, plan: EditionPlan) -> tuple[Document, ...]:
        """Return the change sheet and the calendars."""
        languages = [self.languages[code] for code in self.request.languages]
        return tuple(supplements(self.outdir, plan.manifest.edition, plan.briefing, plan.changes, languages))

    def _outlines(self, plan: EditionPlan, rows: Rows) -> tuple[Document, ...]:
        return render(self._jobs(plan, rows), self.executor, one=outline)

    def _jobs(self, plan: EditionPlan, rows: Rows) -> list[Job]:
        data = to_json.render(plan.briefing, plan.manifest)
        pages = [
            localise(plan.briefing, plan.changes, self.languages, code, plan.manifest, rows, self.look, plan.cleared)
            for code in self.request.languages
        ]
        attached = Attached(name=data.name, content=data.content, day=plan.briefing.day)
        made = jobs(self.request, self.look, pages, attached)
        partnership = plan.manifest.partnership
        return [replace(job, signature=page_signature(job.name, partnership, plan.manifest)) for job in made]


def jobs(request: BuildRequest, look: Look, pages: Iterable[Page], attached: Attached | None = None) -> list[Job]:
    """Return a job for each format, document and page; paged formats take longest and so come first."""
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
