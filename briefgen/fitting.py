"""Keeps documents to their page limit: rows are left out, the same in every language, never type made smaller."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.localise.front import FITS, Fit
from briefgen.model.job import Job
from briefgen.model.page import Document, Page
from briefgen.render import render

Localised = Callable[[Fit], Iterable[Page]]
Jobs = Callable[[Iterable[Page]], list[Job]]


def render_fitted(localised: Localised, jobs: Jobs, executor: Executor, done: Callable[[str], None]) -> list[Document]:
    """Every document, in the order of the jobs, with as many rows as fit; NothingToGoOnWith where even few do not.

    Documents with a page limit are rendered first; once they fit, the others follow with the same choice of rows.
    """
    too_long: list[Document] = []
    for fit in FITS:
        wanted = jobs(localised(fit))
        limited = {document.name: document for document in render(_limited(wanted), executor, lambda _: None)}
        too_long = [document for document in limited.values() if not document.content]
        if not too_long:
            for name in limited:
                done(name)
            others = render([job for job in wanted if job.name not in limited], executor, done)
            made = limited | {document.name: document for document in others}
            return [made[job.name] for job in wanted]
    raise NothingToGoOnWith(_too_long(document) for document in too_long)


def _limited(jobs: Iterable[Job]) -> list[Job]:
    return [job for job in jobs if job.page_limit and job.format == "pdf"]


def _too_long(document: Document) -> Finding:
    message = f"{document.name} needs {document.pages} pages, even with the fewest rows"
    hint = "shorten its texts, take parts out of its template, or raise its limit in page_limits of the settings"
    return Finding(Place(document.name), "L802", message, hint=hint)
