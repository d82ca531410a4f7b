"""Page -> HTML by Jinja: strict, escaped, sandboxed, and without access to any file but templates."""

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.ext import extract_from_ast
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from briefgen.model.document import Document, Job, TemplateError
from briefgen.model.findings import did_you_mean
from briefgen.model.page import FactsOfKind, Prose, Run
from briefgen.render.fingerprint import fingerprint

MAX_TEMPLATE_BYTES = 2_000_000
_COUNTED = re.compile(r"""data-left-out=(["'])(.*?)\1""")
_MARK = re.compile(r"""(?:data-(?=fact|status)|<data )(fact|status|value)=(["'])(.*?)\2""")


def render(job: Job) -> Document:
    """Return the document as one self-contained HTML file."""
    markup = render_text(job, media="screen")
    return replace(_outline(job, markup), content=markup.encode())


def outline(job: Job) -> Document:
    """Return the document without its content: what it marks, and its fingerprint."""
    return _outline(job, render_text(job, media="screen"))


def _outline(job: Job, markup: str) -> Document:
    missing = missing_in(markup, job)
    return Document(
        name=job.name, content=b"", marks=marks_in(markup), missing=missing, fingerprint=fingerprint(markup)
    )


def marks_in(markup: str) -> tuple[str, ...]:
    """Return the facts, values and statuses that a document's markup marks, in order."""
    return tuple(f"{match[1]} '{match[3]}'" for match in _MARK.finditer(markup))


def missing_in(markup: str, job: Job) -> tuple[str, ...]:
    """Return the ids of facts that a complete document neither prints nor counts among those left out."""
    counted = {id for match in _COUNTED.finditer(markup) for id in match[2].split()}
    return tuple(item.id for group in _not_printed(markup, job) for item in group.items if item.id not in counted)


def _not_printed(markup: str, job: Job) -> tuple[FactsOfKind, ...]:
    printed = {match[3] for match in _MARK.finditer(markup) if match[1] == "fact"} if job.complete else set()
    groups = (
        replace(group, items=tuple(item for item in group.items if item.id not in printed)) for group in job.page.facts
    )
    return tuple(group for group in groups if group.items) if job.complete else ()


def render_text(job: Job, media: str) -> str:
    """Return the document's markup, for media "screen" or "print"; TemplateError has file, line and hint.

    What a complete document leaves out is known only when it is rendered; it is rendered once more to count that.
    """
    environment = _environment(job)
    known: dict[str, object] = {"page": job.page, "look": job.look, "media": media, "document": job.document}
    try:
        template = environment.get_template(job.template)
        markup = template.render(**known, left_out=())
        left_out = _not_printed(markup, job)
        return template.render(**known, left_out=left_out) if left_out else markup
    except MemoryError:
        raise  # the worker's limit, reported in the same way wherever it was hit
    except Exception as error:
        raise _template_error(error, job, environment) from None


def labels_used(folders: tuple[Path, ...]) -> Iterator[tuple[Path, int, str]]:
    """Yield every label that the templates use, with its file and line; TemplateError where one cannot be parsed."""
    loader = _Templates(folders)
    environment = Environment(loader=loader, extensions=["jinja2.ext.i18n"], autoescape=True)
    for name in loader.list_templates():
        path = next(folder / name for folder in folders if (folder / name).is_file())
        try:
            source, _, _ = loader.get_source(environment, name)
            found = list(extract_from_ast(environment.parse(source), ("_",)))
        except (TemplateSyntaxError, RecursionError, UnusableTemplateError) as error:
            raise TemplateError(str(path), getattr(error, "lineno", 0), *_message(error, environment)) from None
        for line, _, message in found:
            if isinstance(message, str):
                yield path, line, message


class MissingLabelError(Exception):
    """A template uses a label that the language's catalog does not have."""


class UnprintableError(Exception):
    """A template prints something that is not text."""


class UnusableTemplateError(Exception):
    """A file cannot be used as a template."""


class _Strict(StrictUndefined):
    """An undefined name is an error, which names the nearest known name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, holder = str(self._undefined_name), self._undefined_obj
        if self._undefined_exception is SecurityError:
            return f"'{name}' may not be used in a template"
        if holder is None:
            return f"'{name}' is asked of nothing (None); test for it first: {{% if ... %}}"
        hint = _nearest(name, _known(holder))
        return f"'{name}' is not known here" + (f"; {hint}" if hint else "")


def _known(holder: object) -> Iterable[str]:
    """Return the names that a template may use: of an object, or on their own."""
    if isinstance(holder, Mapping):
        return map(str, holder)
    if is_dataclass(holder):
        return (field.name for field in fields(holder))
    return (
        () if isinstance(holder, str | int | tuple) else ("page", "look", "media", "document", "left_out", "_", "loop")
    )


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the nearest known name, or all of them, as a hint."""
    names = sorted(known)
    return did_you_mean(name, names) or (f"known here: {', '.join(names)}" if names else "")


class _Templates(BaseLoader):
    """Loads templates from the folders, the first one first, and nothing outside them, not even by a symbolic link."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        for folder in self.folders:
            path = folder / template
            if path.is_file():
                return _read(path, folder, template), str(path), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        found = {str(path.relative_to(folder)) for folder in self.folders for path in folder.rglob("*.html")}
        return sorted(name for name in found if not re.match(r"(starter|languages|locale|fonts)/", name))


def _read(path: Path, folder: Path, name: str) -> str:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnusableTemplateError(f"'{name}' leads out of the templates folder; copy the file there instead")
    try:
        content = path.read_bytes()
        if len(content) > MAX_TEMPLATE_BYTES:
            raise UnusableTemplateError(f"'{name}' is larger than {MAX_TEMPLATE_BYTES:,} bytes")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableTemplateError(f"'{name}' is not UTF-8 text; save the file as UTF-8") from None
    except OSError as error:
        raise UnusableTemplateError(f"'{name}' cannot be read: {error.strerror}") from None


def _environment(job: Job) -> Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=_Templates(tuple(Path(folder) for folder in job.folders)),
        autoescape=lambda name: not (name or "").endswith(".css"),
        undefined=_Strict,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals = {"_": _label_function(job)}
    del environment.filters["random"]  # the same facts give the same bytes
    return environment


def _label_function(job: Job) -> Callable[[str], str]:
    labels, base = job.page.labels, job.page.base

    def label(english: str) -> str:
        if english in labels:
            return labels[english]
        if base:
            return english
        raise MissingLabelError(f"the label '{english}' is not translated into {job.page.language_name}")

    return label


@pass_eval_context
def _finalize(context: EvalContext, value: object) -> object:
    """Convert what a template prints: prose with its values marked, text to be escaped; UnprintableError otherwise."""
    match value:
        case Undefined():
            return str(value)  # raises, with the nearest known name
        case None:
            raise UnprintableError("there is nothing to print here (None); test for it first: {% if ... %}")
        case bool():
            raise UnprintableError("this is no text but true or false; test it: {% if ... %}")
        case Markup():
            return value
        case Prose() | Run() | str() if not context.autoescape:
            return _ENDS_CSS_STRING.sub(lambda mark: f"\\{ord(mark[0]):x} ", _plain(value))
        case Prose(runs=runs):
            return Markup("").join(_marked(run) for run in runs)
        case Run():
            return _marked(value)
        case str() | int():
            return value
        case _:
            raise UnprintableError(f"this is no text but a {type(value).__name__}; print one of its parts")


# what would end a string in a style sheet, or the style sheet itself
_ENDS_CSS_STRING = re.compile(r"[\\\"'<\n\r\f]")


def _plain(value: Prose | Run | str) -> str:
    return value.text if isinstance(value, Run) else str(value)


def _marked(run: Run) -> Markup:
    text = escape(run.text)
    if run.value:
        text = Markup('<data value="{}">{}</data>').format(run.value, text)
    return Markup('<span lang="{}">{}</span>').format(run.lang, text) if run.lang else text


def _template_error(error: Exception, job: Job, environment: Environment) -> TemplateError:
    """Say where in the templates an error happened, what it is, and what to do."""
    file, line = _last_template_line(error, job.folders) or (job.template, 0)
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    return TemplateError(file, line, *_message(error, environment))


def _message(error: Exception, environment: Environment) -> tuple[str, str]:
    """Return the message and the hint for an error of Jinja or of a template."""
    match error:
        case TemplateNotFound():
            known = environment.loader.list_templates() if environment.loader else ()
            return f"there is no template '{error.name}'", did_you_mean(str(error.name), known)
        case TemplateSyntaxError():
            return str(error.message), _near_filter(str(error.message), environment)
        case RecursionError() | SyntaxError():
            return "the template is nested too deeply, or includes or calls itself without end", ""
        case UndefinedError() | SecurityError() | MissingLabelError() | UnprintableError() | UnusableTemplateError():
            return str(error), ""
        case _:
            return f"{error} ({type(error).__name__})", ""


def _near_filter(message: str, environment: Environment) -> str:
    unknown = re.search(r"No (filter|test) named '(.+?)'", message)
    if unknown is None:
        return ""
    return did_you_mean(unknown[2], environment.filters if unknown[1] == "filter" else environment.tests)


def _last_template_line(error: BaseException, folders: tuple[str, ...]) -> tuple[str, int] | None:
    """Return the innermost template line of the traceback, which Jinja rewrites to template files."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if any(Path(frame.filename).is_relative_to(folder) for folder in folders)]
    return (inside[-1].filename, inside[-1].lineno or 0) if inside else None
