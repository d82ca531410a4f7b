"""What a preview has made in worker processes, which know what has not changed since they were asked before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from briefgen.build import files_for, read, read_unchecked
from briefgen.model.document import RenderedFile
from briefgen.model.edition import Rows
from briefgen.model.findings import OWN_FAULT, Finding, FindingsError, Severity, own_fault
from briefgen.publish import latest
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.read.workspace import find_workspace
from briefgen.render.documents import ignore, render_markup
from briefgen.render.workers import InThisProcess
from briefgen.tools.check import check_all, check_template_names, check_templates

Fitted = Mapping[tuple[str, date], Rows]
"""The rows of the last fit, by partnership and day."""


@dataclass(frozen=True, slots=True)
class Made:
    """Documents, the folder of their addresses, and what is wrong with them though they can be made."""

    place: str
    documents: tuple[RenderedFile, ...]
    notes: tuple[Finding, ...]


def make(request: BuildRequest, only: BuildRequest, fitted: Fitted) -> Made:
    """Make some documents of an edition, in a worker: read without the checks that a page can do without.

    FindingsError lists what is wrong with any; where the program fails, that is what the checks find, if they find any.
    """
    try:
        return _made(request, only, fitted)
    except (OSError, MemoryError, TimeoutError):
        raise
    except Exception as error:
        wrong = error if isinstance(error, FindingsError) else FindingsError([own_fault(error)])
        if any(each.code == OWN_FAULT for each in wrong.findings):
            read(request)
        raise wrong from error


def _made(request: BuildRequest, only: BuildRequest, fitted: Fitted) -> Made:
    notes = list[Finding]()
    files = files_for(request, InThisProcess(), ignore, notes.append, read_unchecked(request))
    plan = files.plan()
    jobs = replace(files, request=only).jobs(plan, rows_of(fitted, plan, files.outdir), lazily=True)
    documents = files.render([replace(job, traced=True) for job in jobs])
    return Made(place_of(plan), documents, (*notes, *files.warnings_of(documents)))


def place_of(plan: EditionPlan) -> str:
    """Return how the addresses of an edition's documents begin."""
    return f"{plan.manifest.partnership}/{plan.briefing.day}/"


def rows_of(fitted: Fitted, plan: EditionPlan, outdir: Path) -> Rows:
    """Return the rows of the last fit of that day; before there was one, those of the newest edition."""
    known = fitted.get((plan.manifest.partnership, plan.briefing.day))
    if known is None and (newest := latest(outdir)):
        return newest.manifest.rows
    return known or Rows()


def look_through(request: BuildRequest, only: BuildRequest, code: str, fitted: Fitted) -> Made:
    """Make documents for the screen as a build does, those in one language, and return them without their content.

    All that a build and `template check` look for is looked for; FindingsError lists what would stop a build.
    """
    notes = list[Finding]()
    files = files_for(request, InThisProcess(), ignore, notes.append)
    plan = files.plan()
    jobs = replace(files, request=only).jobs(plan, rows_of(fitted, plan, files.outdir), (code,), lazily=True)
    made = files.render(jobs)
    notes += (each for document in files.render(jobs, one=render_markup) for each in document.findings)
    bare = tuple(replace(each, content=b"") for each in made)
    return Made(place_of(plan), bare, (*notes, *files.warnings_of(made)))


def measured(request: BuildRequest, fitted: Fitted) -> tuple[Fitted, bool]:
    """Return how many rows fit on the day of a request, and whether they are others than before."""
    files = files_for(request, InThisProcess())
    plan = files.plan()
    now = files.fit(plan)
    return {(plan.manifest.partnership, plan.briefing.day): now}, now != rows_of(fitted, plan, files.outdir)


def check(root: Path, now: datetime) -> tuple[Finding, ...]:
    """Return what `briefgen check` finds."""
    return check_all(find_workspace(root), now).findings


def names_in(request: BuildRequest) -> tuple[Finding, ...]:
    """Return which words of a request's templates and catalogs no page prints, and names that nothing has."""
    words = (each for each in check_templates(request.workspace) if each.severity is Severity.WARNING)
    return (*words, *check_template_names(request.workspace, request.documents))
