"""Jobs -> Documents, in worker processes; what cannot be rendered becomes a finding."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from importlib import import_module

from briefgen.model.document import Document, Job, TemplateError
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.formats import FORMATS


def ignore(_: object) -> None:
    """Do nothing with what is told."""


def render_one(job: Job) -> Document:
    """Render in a worker: Jinja and WeasyPrint are imported here and nowhere in the parent process."""
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


def engine_warnings(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield each warning of a PDF engine once, located at the first document that has it (R405)."""
    names: dict[str, list[str]] = {}
    for document in documents:
        for text in document.warnings:
            names.setdefault(text, []).append(document.name)
    for text, (first, *others) in names.items():
        more = f" ({len(others)} more document{'s' * (len(others) != 1)} too)" if others else ""
        hint = "--strict stops a build at it"
        yield Finding(Location(first), "R405", text + more, Severity.WARNING, hint=hint)


def _outcome(job: Job, future: Future[Document]) -> Document | Finding:
    try:
        return future.result()
    except TemplateError as error:
        return Finding(Location(error.file, error.line), "R401", error.message, hint=error.hint)
    except TimeoutError:
        message = f"{job.name} was not finished within the time allowed and was stopped"
        hint = "look for a loop that never ends in its template, or raise seconds_per_document in the settings"
        return Finding(Location(job.template), "R402", message, hint=hint)
    except MemoryError:
        message = f"{job.name} needed more memory than allowed and was stopped"
        hint = "look for a loop that prints without end, or raise megabytes_per_document in the settings"
        return Finding(Location(job.template), "R403", message, hint=hint)
    except BrokenExecutor as error:
        message = f"{job.name} was not finished: {error}"
        hint = "memory may have run out: close other programs, or raise megabytes_per_document in the settings"
        return Finding(Location(job.template), "P505", message, hint=hint)
    except Exception as error:
        message = f"{job.name} could not be rendered: {type(error).__name__}: {error}"
        return Finding(Location(job.template), "R404", message)
