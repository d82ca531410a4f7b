"""Keeps documents to their page limits: rows are left out, the same in every language; type is never made smaller."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from briefgen.localise.first_page import ROW_LIMITS, RowLimits
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.formats import FORMATS
from briefgen.model.page import Document, Job, Page
from briefgen.render.documents import render

Localise = Callable[[RowLimits], Iterable[Page]]
MakeJobs = Callable[[Iterable[Page]], list[Job]]
Attempt = tuple[list[Job], dict[str, Document]]
"""The jobs for one choice of row limits, and those of their documents that have a page limit, by name."""


def render_fitted(
    localise: Localise, make_jobs: MakeJobs, executor: Executor, on_progress: Callable[[str], None]
) -> list[Document]:
    """Return the documents in the order of the jobs, with as many rows as fit; FindingsError where the fewest do not.

    Documents with a page limit are rendered first; once they fit, the others follow with the same row limits.
    """

    def attempt(limits: RowLimits) -> Attempt:
        jobs = make_jobs(localise(limits))
        return jobs, {document.name: document for document in render(_limited(jobs), executor, lambda _: None)}

    jobs, limited = _largest_that_fits(attempt)
    for name in limited:
        on_progress(name)
    others = render([job for job in jobs if job.name not in limited], executor, on_progress)
    documents = limited | {document.name: document for document in others}
    return [documents[job.name] for job in jobs]


def _largest_that_fits(attempt: Callable[[RowLimits], Attempt]) -> Attempt:
    """Find the attempt with the most rows whose documents all keep their limits: a binary search over ROW_LIMITS.

    Where no document has a limit, the first attempt is taken, which has the row limits in the middle.
    """
    best: Attempt | None = None
    too_long: tuple[Document, ...] = ()
    first, last = 0, len(ROW_LIMITS) - 1
    while first <= last:
        middle = (first + last) // 2
        jobs, limited = attempt(ROW_LIMITS[middle])
        if not limited:
            return jobs, limited
        too_long = tuple(document for document in limited.values() if not document.content)
        if too_long:
            first = middle + 1
        else:
            best, last = (jobs, limited), middle - 1
    if best is None:
        raise FindingsError(_too_long(document) for document in too_long)
    return best


def _limited(jobs: Iterable[Job]) -> list[Job]:
    return [job for job in jobs if job.page_limit and FORMATS[job.format].paged]


def _too_long(document: Document) -> Finding:
    message = f"{document.name} needs {document.pages} pages, even with the fewest rows"
    hint = "shorten its texts, take parts out of its template, or raise its limit in page_limits of templates/look.yaml"
    return Finding(Location(document.name), "L802", message, hint=hint)
