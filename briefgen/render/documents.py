"""Jobs -> Documents, rendered in worker processes; what cannot be rendered becomes a finding."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from importlib import import_module

from briefgen.localise.first_page import ROW_LIMITS
from briefgen.model.document import FORMATS, Document, Job, TemplateError
from briefgen.model.findings import Finding, FindingsError, Location, Severity, plural


def ignore(_: object) -> None:
    """Do nothing: a callback for callers without one."""


def render_one(job: Job) -> Document:
    """Render a document, in a worker: Jinja and WeasyPrint are imported here and nowhere in the parent process."""
    document: Document = import_module(FORMATS[job.format].module).render(job)
    return document


def outline(job: Job) -> Document:
    """Render the markup only, in a worker: the document without its content, with its fingerprint."""
    document: Document = import_module(FORMATS[job.format].module).outline(job)
    return document


def render_markup(job: Job) -> Document:
    """Render the markup only, for paper and for the screen: it finds the errors of a template without a layout."""
    from briefgen.render import html as to_html

    to_html.render_text(job, media="print")
    return to_html.render(job)


def render(
    jobs: Iterable[Job],
    executor: Executor,
    on_progress: Callable[[str], None] = ignore,
    one: Callable[[Job], Document] = render_one,
) -> tuple[Document, ...]:
    """Return the documents in the order of the jobs; FindingsError lists all that could not be rendered.

    `on_progress` is called with the name of each document; `one` renders a job, in a worker.
    """
    futures = [(job, executor.submit(one, job)) for job in jobs]
    documents, findings = [], []
    for job, future in futures:
        outcome = _outcome(job, future)
        if isinstance(outcome, Document):
            documents.append(outcome)
            on_progress(outcome.name)
        else:
            findings.append(outcome)
    if findings:
        raise FindingsError(dict.fromkeys(findings))
    return tuple(documents)


def _outcome(job: Job, future: Future[Document]) -> Document | Finding:
    template = Location(job.template)
    try:
        return future.result()
    except TemplateError as error:
        return Finding(Location(error.file, error.line), "R401", error.message, hint=error.hint)
    except TimeoutError:
        message = f"{job.name} was not finished within the time allowed and was stopped"
        hint = "look for a loop that never ends in its template, or raise seconds_per_document in the settings"
        return Finding(template, "R402", message, hint=hint)
    except MemoryError:
        message = f"{job.name} needed more memory than allowed and was stopped"
        hint = "look for a loop that prints without end, or raise megabytes_per_document in the settings"
        return Finding(template, "R403", message, hint=hint)
    except BrokenExecutor as error:
        hint = "memory may have run out: close other programs, or raise megabytes_per_document in the settings"
        return Finding(template, "P505", f"{job.name} was not finished: {error}", hint=hint)
    except Exception as error:
        return Finding(template, "R404", f"{job.name} could not be rendered: {type(error).__name__}: {error}")


def fit(make_jobs: Callable[[int], list[Job]], executor: Executor) -> tuple[int, tuple[Document, ...]]:
    """Find the row limits with the most rows by which all documents keep their page limits, by a binary search.

    Rows are left out alike in every language; type is never made smaller. Returned are the number of the row limits in
    ROW_LIMITS and the documents that have a page limit; if none has, the limits in the middle. FindingsError: even with
    the fewest rows some document needs too many pages.
    """
    best: tuple[int, tuple[Document, ...]] | None = None
    too_long: list[Document] = []
    first, last = 0, len(ROW_LIMITS) - 1
    while first <= last:
        middle = (first + last) // 2
        limited = [job for job in make_jobs(middle) if job.page_limit and FORMATS[job.format].paged]
        documents = render(limited, executor)
        if not documents:
            return middle, documents
        too_long = [each for each in documents if not each.content]
        if too_long:
            first = middle + 1
        else:
            best, last = (middle, documents), middle - 1
    if best is None:
        raise FindingsError(_too_long(document) for document in too_long)
    return best


def _too_long(document: Document) -> Finding:
    message = f"{document.name} needs {document.pages} pages, even with the fewest rows"
    hint = "shorten its texts, take parts out of its template, or raise its limit in page_limits of templates/look.yaml"
    return Finding(Location(document.name), "L802", message, hint=hint)


def engine_warnings(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield each warning of a PDF engine once, located at the first document that has it (R405)."""
    names: dict[str, list[str]] = {}
    for document in documents:
        for text in document.warnings:
            names.setdefault(text, []).append(document.name)
    for text, (first, *others) in names.items():
        more = f" ({plural(len(others), 'more document')} too)" if others else ""
        yield Finding(Location(first), "R405", text + more, Severity.WARNING, hint="--strict stops a build at it")
