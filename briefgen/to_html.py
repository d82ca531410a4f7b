"""Page -> HTML: the one door to Jinja; strict, escaped, sandboxed, and blind to every file but templates."""

import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.ext import extract_from_ast
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from briefgen.findings import did_you_mean
from briefgen.model.job import Job, TemplateTrouble
from briefgen.model.page import Document, Prose, Run

MAX_TEMPLATE_BYTES = 2_000_000


def render(job: Job) -> Document:
    """The document as one self-contained HTML file."""
    return Document(name=job.name, content=render_text(job, media="screen").encode())


def render_text(job: Job, media: str) -> str:
    """The document as markup, for the screen or for paper; TemplateTrouble tells file, line and remedy."""
    environment = _environment(job)
    name = f"{job.document}.html"
    try:
        return environment.get_template(name).render(page=job.page, look=job.look, media=media)
    except TemplateSyntaxError as error:
        raise TemplateTrouble(error.filename or error.name or name, error.lineno, str(error.message)) from None
    except TemplateNotFound as error:
        known = _template_names(_folders(job))
        place = _last_template_line(error, job.folders) or (name, 0)
        missing = f"there is no template '{error.name}'"
        raise TemplateTrouble(*place, missing, did_you_mean(str(error.name), known)) from None
    except (TemplateError, SecurityError, MissingLabel) as error:
        raise _trouble(error, job, name) from None
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise _trouble(error, job, name) from None


def labels_used(folders: tuple[Path, ...]) -> Iterator[tuple[Path, int, str]]:
    """Every label the templates ask for, with its file and line."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for name in _template_names(folders):
        path = next(folder / name for folder in folders if (folder / name).is_file())
        try:
            found = list(extract_from_ast(environment.parse(path.read_text(encoding="utf-8")), ("_",)))
        except TemplateSyntaxError as error:
            raise TemplateTrouble(str(path), error.lineno, str(error.message)) from None
        for line, _, message in found:
            if isinstance(message, str):
                yield path, line, message


class MissingLabel(Exception):
    """A template asks for a label that the language's catalog does not have."""


class _Strict(StrictUndefined):
    """An undefined name is an error that names the nearest known one."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, holder = str(self._undefined_name), self._undefined_obj
        known = [field.name for field in fields(holder)] if is_dataclass(holder) else _GLOBALS
        hint = did_you_mean(name, known)
        return f"'{name}' is not known here" + (f"; {hint}" if hint else "")


_GLOBALS = ("page", "look", "media", "_", "loop")


class _Templates(BaseLoader):
    """Finds templates in the folders, and nothing outside them, whatever a link in them points to."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        for folder in self.folders:
            path = folder / template
            if path.is_file():
                return _inside(path, folder), str(path), lambda: True
        raise TemplateNotFound(template)


def _inside(path: Path, folder: Path) -> str:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise TemplateTrouble(str(path), 0, "leads out of the templates folder", "copy the file there instead")
    if path.stat().st_size > MAX_TEMPLATE_BYTES:
        raise TemplateTrouble(str(path), 0, f"is larger than {MAX_TEMPLATE_BYTES:,} bytes")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise TemplateTrouble(str(path), 0, "is not UTF-8 text", "save the file as UTF-8") from None


def _environment(job: Job) -> Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=_Templates(_folders(job)),
        autoescape=lambda name: not (name or "").endswith(".css"),
        undefined=_Strict,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals = {"_": _labeller(job)}
    return environment


def _labeller(job: Job) -> Callable[[str], str]:
    labels, base = job.page.labels, job.page.base

    def label(english: str) -> str:
        if english in labels:
            return labels[english]
        if base:
            return english
        raise MissingLabel(f"the label '{english}' is not translated into {job.page.language_name}")

    return label


def _finished(value: object) -> object:
    """What a template prints: prose with its values marked, text escaped; anything else is a mistake."""
    match value:
        case Prose(runs=runs):
            return Markup("").join(_marked(run) for run in runs)
        case Run():
            return _marked(value)
        case str() | int():
            return value
        case None:
            raise TypeError("there is nothing to print here (None); test for it first: {% if ... %}")
        case _:
            raise TypeError(f"this is no text but a {type(value).__name__}; print one of its parts")


def _marked(run: Run) -> Markup:
    text = escape(run.text)
    if run.value:
        text = Markup('<data value="{}">{}</data>').format(run.value, text)
    return Markup('<span lang="{}">{}</span>').format(run.lang, text) if run.lang else text


def _trouble(error: Exception, job: Job, name: str) -> TemplateTrouble:
    file, line = _last_template_line(error, job.folders) or (name, 0)
    match error:
        case UndefinedError() | MissingLabel() | SecurityError():
            return TemplateTrouble(file, line, str(error))
        case RecursionError():
            return TemplateTrouble(file, line, "the template includes itself without end")
        case _:
            return TemplateTrouble(file, line, f"{error} ({type(error).__name__})")


def _last_template_line(error: BaseException, folders: tuple[str, ...]) -> tuple[str, int] | None:
    """The innermost template line of the traceback, which Jinja rewrites to template files."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if any(frame.filename.startswith(folder) for folder in folders)]
    return (inside[-1].filename, inside[-1].lineno or 0) if inside else None


def _folders(job: Job) -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in job.folders)


def _template_names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    found = {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")}
    return tuple(sorted(name for name in found if not re.match(r"(starter|languages|locale|fonts)/", name)))
