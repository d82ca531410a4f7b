"""Keeps documents to their page limits: rows are left out, the same in every language; type is never made smaller."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from briefgen.localise.first_page import ROW_LIMITS
from briefgen.model.document import Document, Job
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.formats import FORMATS
from briefgen.render.documents import render


def fit(make_jobs: Callable[[int], list[Job]], executor: Executor) -> tuple[int, dict[str, Document]]:
    """Find the row limits with the most rows by which all documents keep their page limits: a binary search.

    Row limits are numbers in ROW_LIMITS. Returned are the best ones and the documents with a page limit, by name;
    FindingsError where even the fewest rows need too many pages. Where no document has a limit, those in the middle
    are taken.
    """
    best: tuple[int, dict[str, Document]] | None = None
    too_long: tuple[Document, ...] = ()
    first, last = 0, len(ROW_LIMITS) - 1
    while first <= last:
        middle = (first + last) // 2
        limited = _limited(make_jobs(middle))
        documents = {document.name: document for document in render(limited, executor)}
        if not documents:
            return middle, documents
        too_long = tuple(document for document in documents.values() if not document.content)
        if too_long:
            first = middle + 1
        else:
            best, last = (middle, documents), middle - 1
    if best is None:
        raise FindingsError(_too_long(document) for document in too_long)
    return best


def _limited(jobs: Iterable[Job]) -> list[Job]:
    return [job for job in jobs if job.page_limit and FORMATS[job.format].paged]


def _too_long(document: Document) -> Finding:
    message = f"{document.name} needs {document.pages} pages, even with the fewest rows"
    hint = "shorten its texts, take parts out of its template, or raise its limit in page_limits of templates/look.yaml"
    return Finding(Location(document.name), "L802", message, hint=hint)
