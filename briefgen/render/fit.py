"""Keeps documents to their page limit: rows are left out, the same in every language, never type made smaller."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from briefgen.localise.first_page import ROW_LIMITS, RowLimits
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.formats import FORMATS
from briefgen.model.page import Document, Job, Page
from briefgen.render.documents import render

Localised = Callable[[RowLimits], Iterable[Page]]
Jobs = Callable[[Iterable[Page]], list[Job]]
Attempt = tuple[list[Job], dict[str, Document]]
"""The jobs with one choice of rows, and those documents among them that have a page limit, by name."""


def render_fitted(
    localised: Localised, jobs: Jobs, executor: Executor, on_progress: Callable[[str], None]
) -> list[Document]:
    """Every document, in the order of the jobs, with as many rows as fit; FindingsError where even few do not.

    Documents with a page limit are rendered first; once they fit, the others follow with the same choice of rows.
    """

    def attempt(limits: RowLimits) -> Attempt:
        wanted = jobs(localised(limits))
        return wanted, {made.name: made for made in render(_limited(wanted), executor, lambda _: None)}

    wanted, limited = _most_that_fits(attempt)
    for name in limited:
        on_progress(name)
    others = render([job for job in wanted if job.name not in limited], executor, on_progress)
    made = limited | {document.name: document for document in others}
    return [made[job.name] for job in wanted]


def _most_that_fits(attempt: Callable[[RowLimits], Attempt]) -> Attempt:
    """The attempt with the most rows whose documents all keep their limit, found by halving: each fit holds less.

    Where no document has a limit the first attempt is taken: a middling choice of rows.
    """
    best: Attempt | None = None
    too_long: tuple[Document, ...] = ()
    first, last = 0, len(ROW_LIMITS) - 1
    while first <= last:
        middle = (first + last) // 2
        wanted, limited = attempt(ROW_LIMITS[middle])
        if not limited:
            return wanted, limited
        too_long = tuple(document for document in limited.values() if not document.content)
        if too_long:
            first = middle + 1
        else:
            best, last = (wanted, limited), middle - 1
    if best is None:
        raise FindingsError(_too_long(document) for document in too_long)
    return best


def _limited(jobs: Iterable[Job]) -> list[Job]:
    return [job for job in jobs if job.page_limit and FORMATS[job.format].paged]


def _too_long(document: Document) -> Finding:
    message = f"{document.name} needs {document.pages} pages, even with the fewest rows"
    hint = "shorten its texts, take parts out of its template, or raise its limit in page_limits of templates/look.yaml"
    return Finding(Location(document.name), "L802", message, hint=hint)
