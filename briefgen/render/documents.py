"""Jobs -> Documents, rendered in worker processes; what cannot be rendered, or differs by language, is a finding.

And their fingerprints: while one is the same, nothing that shapes its document has changed.
"""

import errno
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from briefgen.files import files_below, find_below, hash_of, state_of, what_to_do
from briefgen.localise.first_page import FEWEST, MOST, STRIP, ZONES, unused_sources
from briefgen.model.document import Job, Measures, RenderedFile, TemplateError
from briefgen.model.edition import FORMATS, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity, errors, plural

T = TypeVar("T")


def ignore(*_: object) -> None:
    """Do nothing: a callback for callers without one."""


def render_one(job: Job) -> RenderedFile:
    """Render a document, in a worker: Jinja and WeasyPrint are imported here and nowhere in the parent process."""
    document: RenderedFile = import_module(FORMATS[job.format].module).render(job)
    return document


def outline(job: Job) -> RenderedFile:
    """Render the markup only, in a worker: the document without its content, with its fingerprint."""
    document: RenderedFile = import_module(FORMATS[job.format].module).outline(job)
    return document


def render_markup(job: Job) -> RenderedFile:
    """Render the markup only, for paper and for the screen: it finds the errors of a template without a layout."""
    from briefgen.render import html as to_html
    from briefgen.render.structure import tag_faults

    to_html.render_text(job, media="print")
    marked = (to_html.with_places(job, media) for media in ("print", "screen"))
    wrong = tuple(dict.fromkeys(finding for text in marked for finding in tag_faults(text)))
    try:
        return replace(to_html.render(job), findings=wrong)
    except FindingsError as error:
        raise FindingsError((*error.findings, *wrong)) from None


def compile_templates(folders: Sequence[str]) -> None:
    """Compile all templates, in a worker, for all of them; what is wrong with one is told when it is rendered."""
    from briefgen.render.html import environment_for

    environment = environment_for(folders, marked=False)
    for name in environment.list_templates():
        with suppress(Exception):
            environment.get_template(name)


def check_names(job: Job) -> RenderedFile:
    """Refuse names that nothing has in a document and those beside it, also where a page of today comes to none."""
    from briefgen.render.names import names_in
    from briefgen.render.templates import Templates

    documents = dict.fromkeys((job.template, *(f"{each.document}.html" for each in job.siblings)))
    unknown, _ = names_in(Templates(tuple(map(Path, job.folders))), documents, rest=False)
    return RenderedFile(name=job.name, content=b"", findings=tuple(each.finding for each in unknown))


def render(
    jobs: Iterable[Job],
    executor: Executor,
    on_document: Callable[[RenderedFile], None] = ignore,
    one: Callable[[Job], RenderedFile] = render_one,
) -> tuple[RenderedFile, ...]:
    """Return the documents in the order of the jobs; FindingsError lists all that could not be rendered.

    `on_document` is called with each document as soon as it is made; `one` renders a job, in a worker.
    """
    return begin(jobs, executor, on_document, one)()


def begin(
    jobs: Iterable[Job],
    executor: Executor,
    on_document: Callable[[RenderedFile], None] = ignore,
    one: Callable[[Job], RenderedFile] = render_one,
) -> Callable[[], tuple[RenderedFile, ...]]:
    """Give jobs to workers, and return what waits for the documents, as `render` does."""
    futures = {executor.submit(one, job): job for job in jobs}
    return lambda: tuple(_done(futures, _refuse, lambda _, document: on_document(document)))


def _done(
    futures: Mapping[Future[T], Job], check: Callable[[Job, T], None], on_done: Callable[[Job, T], None]
) -> list[T]:
    """Return what workers made of the jobs, in their order; FindingsError lists all that is wrong."""
    done: dict[Future[T], T] = {}
    wrong: dict[Future[T], Sequence[Finding]] = {}
    for future in as_completed(futures):
        job = futures[future]
        try:
            made = future.result()
            check(job, made)
        except FindingsError as error:
            wrong[future] = error.findings
        except Exception as error:
            wrong[future] = (_why(job, error),)
        else:
            done[future] = made
            on_done(job, made)
    if wrong:
        raise FindingsError(dict.fromkeys(finding for future in futures for finding in wrong.get(future, ())))
    return [done[future] for future in futures]


def _refuse(job: Job, document: RenderedFile) -> None:
    """Raise FindingsError for what is wrong with a document: with a place of its text, or with its length."""
    warnings = [each for each in document.findings if each.severity is not Severity.NOTE]
    if stopping := (warnings if job.strict else errors(document.findings)):
        raise FindingsError(stopping)
    if job.page_limit and document.pages and document.pages > job.page_limit:
        message = f"{document.name} needs {document.pages} pages, even with the fewest rows"
        hint = "shorten its texts, take parts out of its template, or raise its limit"
        raise FindingsError.of(document.name, "L802", message, f"{hint} in page_limits of templates/look.yaml")


def _why(job: Job, error: Exception) -> Finding:
    template = Location(_file_of(job, job.template))
    match error:
        case TimeoutError(args=(file, line)) | MemoryError(args=(file, line)):
            code, what = ("R402", "time") if isinstance(error, TimeoutError) else ("R403", "memory")
            message = f"{job.name} was stopped: making its text took more {what} than any page needs"
            hint = "look for a loop or a text without end in this line"
            return Finding(Location(_file_of(job, file), line), code, message, hint=hint)
        case TemplateError():
            where = Location(_file_of(job, error.file), error.line, error.column)
            return Finding(where, "R401", error.message, hint=error.hint)
        case TimeoutError():
            message = f"{job.name} was not finished within the time allowed and was stopped"
            hint = "look for a loop that never ends in its template, or raise seconds_per_document in the settings"
            return Finding(template, "R402", message, hint=hint)
        case MemoryError():
            message = f"{job.name} needed more memory than allowed and was stopped"
            hint = f"look for a loop that prints without end, or {_MORE_MEMORY}"
            return Finding(template, "R403", message, hint=hint)
        case BrokenExecutor() | OSError(errno=errno.EMFILE | errno.ENFILE):
            return Finding(template, "P505", f"{job.name} was not finished: {error}", hint=keeps_from_end(error))
        case _:
            hint = "look at what was changed last in its templates and style sheets"
            deep = "elements stand hundreds deep within one another" if isinstance(error, RecursionError) else ""
            why = deep or str(error) or "the engine does not say why"
            return Finding(template, "R404", f"{job.name} could not be rendered: {why}", hint=hint)


def keeps_from_end(error: Exception) -> str:
    """Return what a person can do about a machine on which a process was ended, or did not start."""
    system = error if isinstance(error, OSError) else error.__cause__
    todo = what_to_do(system) if isinstance(system, OSError) else ""
    return todo or f"memory may have run out: close other programs, or {_MORE_MEMORY}"


_MORE_MEMORY = "raise megabytes_per_document in the settings"


def _file_of(job: Job, name: str) -> str:
    """Return the file of a template; its name where no folder has it."""
    return str(next((path for folder in job.folders if (path := find_below(Path(folder), name))), name))


def measure(job: Job) -> Measures:
    """Measure the rows of a document's first page, in a worker."""
    measures: Measures = import_module(FORMATS[job.format].module).measure(job)
    return measures


def fit(jobs: Iterable[Job], executor: Executor, on_measured: Callable[[str], None] = ignore) -> Rows:
    """Choose the rows by which all documents with a page limit keep it: as many as fit, the same in every language.

    `jobs` have the pages with all the rows that there may be. Each document is laid out once and its rows are measured;
    then rows are left out one by one, in the order of ZONES, until the longest document fits; and since the last may
    have been a long one, rows that still fit come back, in the opposite order. What is left over on a page goes between
    its blocks. Type is never made smaller. FindingsError: with the fewest rows it is still too long.
    """
    every = tuple(jobs)
    limited = [job for job in every if job.page_limit and FORMATS[job.format].paged]
    measuring = {executor.submit(measure, job): job for job in limited}
    measured = _done(measuring, ignore, lambda job, _: on_measured(job.name))
    found = list(zip(limited, measured, strict=True))
    counts = {**MOST, **(every[0].look.first_page_rows if every else {})}
    most = dict(counts)
    for zone in _yielding(most):
        if _fits(found, counts):
            break
        counts[zone] -= 1
    for zone in reversed(ZONES) if counts[STRIP] else ():
        while counts[zone] < most[zone] and _fits(found, {**counts, zone: counts[zone] + 1}):
            counts[zone] += 1
    left_over = [
        (job.page.language, each.stretch(counts, unused_sources(job.page, counts))) for job, each in found if each.gaps
    ]
    stretch = dict.fromkeys((job.page.language for job in limited), "0.00px")
    for code, pixels in sorted(left_over, reverse=True):  # of several documents, the fullest has the last word
        stretch[code] = f"{min(pixels, _MOST_STRETCH):.2f}px"
    return Rows(counts=counts, stretch=stretch)


def _fits(found: Iterable[tuple[Job, Measures]], counts: Mapping[str, int]) -> bool:
    return all(each.spare(counts, unused_sources(job.page, counts)) >= 0 for job, each in found)


def _yielding(most: Mapping[str, int]) -> Iterator[str]:
    """Yield the zones in the order in which they lose a row.

    First each zone goes down to FEWEST, then all go down to one row in turn, and at last the strip of figures goes.
    """
    fewest = {zone: min(FEWEST[zone], rows) for zone, rows in most.items()}
    for zone in ZONES:
        yield from [zone] * (most[zone] - fewest[zone])
    left = {zone: max(0, fewest[zone] - 1) for zone in ZONES if zone != STRIP}
    while any(left.values()):
        for zone in [zone for zone, rows in left.items() if rows]:
            left[zone] -= 1
            yield zone
    yield from [STRIP] * fewest[STRIP]


_MOST_STRETCH = 24.0
"""Pixels of 1/96 inch: more space between two blocks would look like a missing one."""


def engine_warnings(documents: Iterable[RenderedFile]) -> Iterator[Finding]:
    """Yield each warning of a PDF engine once, located at the first document that has it (R405)."""
    names: dict[str, list[str]] = {}
    for document in documents:
        for text in document.warnings:
            names.setdefault(text, []).append(document.name)
    for text, (first, *others) in names.items():
        more = f" ({plural(len(others), 'more document')} too)" if others else ""
        yield Finding(Location(first), "R405", text + more, Severity.WARNING, hint="--strict stops a build at it")


_NAMED = 5
"""How many of the missing facts are named."""


def differing_languages(documents: Iterable[RenderedFile]) -> Iterator[Finding]:
    """L801: a document in one language lacks what it has in another, or prints it more often."""
    groups: dict[tuple[str, str], list[RenderedFile]] = {}
    for document in documents:  # at-a-glance.vi.pdf and at-a-glance.ko.pdf belong together
        name, _, rest = document.name.partition(".")
        groups.setdefault((name, rest.rpartition(".")[2]), []).append(document)
    for first, *others in groups.values():
        for other in others:
            yield from _compare(first, other)


def missing_facts(documents: Iterable[RenderedFile]) -> Iterator[Finding]:
    """L803: a document that must be complete neither prints a known fact nor counts it among those left out."""
    for document in documents:
        if missing := document.missing:
            named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
            message = f"{plural(len(missing), 'fact')} neither printed nor counted: {named}"
            hint = "print them, or include parts/left-out.html, which counts what the document leaves out"
            yield Finding(Location(document.name), "L803", message, Severity.WARNING, hint=hint)


def _compare(one: RenderedFile, other: RenderedFile) -> Iterator[Finding]:
    counts = Counter(one.marks), Counter(other.marks)
    for mark in dict.fromkeys((*one.marks, *other.marks)):
        here, there = counts[0][mark], counts[1][mark]
        if here != there:
            message = f"{mark} stands {_times(here)} in {one.name} but {_times(there)} in {other.name}"
            hint = "look for what the template shows in one language only"
            yield Finding(Location(other.name), "L801", message, hint=hint)


def _times(number: int) -> str:
    return {0: "not", 1: "once", 2: "twice"}.get(number, f"{number} times")


# Each pattern takes what is not closed to its end, so that no text is looked through more than twice.
_STYLE = re.compile(r"(<style[^<>]*>)(.*?)(</style>|\Z)", re.DOTALL)
_CSS_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:\s|/\*.*?(?:\*/|\Z))+""", re.DOTALL)
_HTML_COMMENT = re.compile(r"^[ \t]*<!--.*?(?:-->|\Z)[ \t]*(?:\n|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.MULTILINE)
_READ_AS_TEXT = {".html", ".css", ".yaml", ".json", ".md", ".po", ".pot"}
"""The files of a templates folder whose content shows in the markup."""


def fingerprint(markup: str, *others: bytes | str) -> str:
    """Return the sha256 of a document's markup, without its comments, and of what else shapes the document."""
    bare = _STYLE.sub(lambda style: style[1] + _without_space(style[2]) + style[3], markup)
    digest = hashlib.sha256(_HTML_COMMENT.sub("", bare).strip().encode())
    for each in others:
        part = each if isinstance(each, bytes) else each.encode()
        digest.update(b"\0%d\0" % len(part) + part)
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _without_space(style: str) -> str:
    """Return styles with one blank for each space and comment; once, as most pages have those of the one before."""
    return _CSS_SPACE.sub(lambda space: space[1] or " ", style).strip()


def assets_hash(folders: tuple[str, ...]) -> str:
    """Return the sha256 of the fonts and pictures in the template folders; a folder's once while none is saved anew."""
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        assets = (path for path in files_below(folder) if path.suffix not in _READ_AS_TEXT)
        digest.update(_assets_hash(folder, tuple((path, state_of(path)) for path in assets)).encode())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _assets_hash(folder: Path, assets: tuple[tuple[Path, tuple[int, ...]], ...]) -> str:
    return hash_of(folder, (path for path, _ in assets), folder.parent)


@cache
def code_hash(files: tuple[Path, ...]) -> str:
    """Return the sha256 of what Python files do: comments, docstrings and layout do not count."""
    import ast  # a build with nothing to do has no need of it, and is over sooner without

    digest = hashlib.sha256()
    for path in files:
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            if isinstance(body := getattr(node, "body", None), list):
                texts = [each for each in body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)]
                node.body = [each for each in body if each not in texts]  # type: ignore[attr-defined]
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()
