"""Page -> HTML by Jinja: strict, escaped, sandboxed, and without access to any file but templates."""

import re
import resource
import signal
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.ext import extract_from_ast
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, escape

from briefgen.files import SCRATCH
from briefgen.model.document import TEMPLATE_NAMES, Job, RenderedFile, TemplateError
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.texts import is_right_to_left
from briefgen.model.views import FactsOfKind, Prose, Run
from briefgen.render.cascade import SCREENS
from briefgen.render.documents import fingerprint
from briefgen.render.markup import (
    faults_in,
    kept_apart,
    object_in,
    parsed,
    with_addresses,
    with_origins,
    with_policy,
)
from briefgen.render.pictures import with_pictures, without_notes
from briefgen.render.screen import additions, script, script_source, with_additions
from briefgen.render.seen import hidden_findings, hidden_marks
from briefgen.render.structure import places_in, places_of_marks
from briefgen.render.template_errors import IMPORTED, not_known, not_known_alone, told
from briefgen.render.templates import (
    Places,
    Templates,
    UnusableTemplateError,
    locations,
    names_used,
    never_met,
    templates_in,
    tree_of,
    untranslated,
)

MAX_MARKUP = 16_000_000
"""Characters of a page; the longest briefing has less than a tenth."""
_COUNTED = re.compile(r"""data-left-out=(["'])(.*?)\1""")
_MARK = re.compile(r"""(?:data-(?=fact|status)|<data )(fact|status|value)=(["'])(.*?)\2""")
_ENDS_CSS_STRING = re.compile(r"[\\\"'<\n\r\f]")
"""What would end a string in a style sheet, or the style sheet itself."""


def render(job: Job) -> RenderedFile:
    """Return the document as one self-contained HTML file, which says of which edition it is.

    A traced one is not looked through for what a page may not hold: that takes longer than to make it.
    """
    markup = render_text(job, media="screen")
    if not job.traced:
        root = parsed(markup)
        check_markup(job, root, media="screen")
        refuse_empty(job, root)
        if hidden := hidden_findings(root, hidden_marks(root), job, SCREENS, lambda: marked_at(job, "screen")):
            raise FindingsError(hidden)
    allowed = "" if job.traced else script_source(script())
    shorter = markup.replace("&#160;", "\u00a0").replace("&#8288;", "\u2060")  # a page has hundreds of these two
    content = f"{with_policy(with_additions(job, shorter), allowed)}{job.signature}"
    return replace(describe(job, markup, additions(job)), content=content.encode())


def refuse_empty(job: Job, root: Any) -> None:
    """Raise TemplateError for a page without a text."""
    if not "".join(root.itertext()).strip():
        hint = "to leave a document out, take its name out of 'documents'"
        raise TemplateError(job.template, 0, "it prints nothing", hint)


def check_markup(job: Job, root: Any, media: str) -> None:
    """Raise FindingsError for what a page may not hold (R410), each at its template's line.

    The lines are known from comments that are put in where the page is made once more for it. Links may lead to facts
    and sections that the templates leave out, which is told for itself; not to a place that a printed section lacks.
    """
    paper, elsewhere = media == "print", {item.id for kind in job.page.facts for item in kind.items}
    if not any(faults_in(root, paper, job.folders, elsewhere)):
        return
    text = with_places(job, media)
    elsewhere |= {name for name in job.look.sections if f"/parts/{name}.html-->" not in text}
    pages = ([*faults_in(each, paper, job.folders, elsewhere)] for each in (parsed(text), root))
    if faults := next(filter(None, pages), []):
        found = locations(faults, job.folders, job.template)
        raise FindingsError(dict.fromkeys(Finding(at, "R410", each.message, hint=each.hint) for each, at in found))


def marked_at(job: Job, media: str) -> Mapping[str, Location]:
    """Return where the templates print each mark of a page."""
    return places_of_marks(parsed(with_places(job, media)), job.folders)


def with_places(job: Job, media: str) -> str:
    """Return a page with a comment before each tag that says where it comes from; TemplateError as `render_text`."""
    environment = environment_for(job.folders, job, marked=True)
    with _telling(job, environment):
        return environment.get_template(job.template).render(**_known_in(job, media), left_out=())


def outline(job: Job) -> RenderedFile:
    """Return the document without its content: what it marks, and its fingerprint."""
    return describe(job, render_text(job, media="screen"), additions(job))


def describe(job: Job, markup: str, *others: bytes | str) -> RenderedFile:
    """Return a document without its content from its markup; `others` is what else shapes it."""
    return RenderedFile(
        name=job.name,
        content=b"",
        marks=marks_in(markup),
        missing=tuple(item.id for group in _not_printed(job, markup) for item in group.items),
        fingerprint=fingerprint(markup, *others),
    )


def marks_in(markup: str) -> tuple[str, ...]:
    """Return the facts, values and statuses that a document's markup marks, in order."""
    return tuple(f"{match[1]} '{match[3]}'" for match in _MARK.finditer(markup))


def _not_printed(job: Job, markup: str) -> tuple[FactsOfKind, ...]:
    """Return the facts that a complete document neither prints nor counts in a place of its own."""
    if not job.complete:
        return ()
    printed = {match[3] for match in _MARK.finditer(markup) if match[1] == "fact"}
    printed |= {id for match in _COUNTED.finditer(markup) for id in match[2].split()}
    left = ((kind, tuple(item for item in kind.items if item.id not in printed)) for kind in job.page.facts)
    return tuple(replace(kind, items=items) for kind, items in left if items)


def render_text(job: Job, media: str) -> str:
    """Return the document's markup, for media "screen" or "print"; TemplateError has file, line and hint.

    What a complete document leaves out is known only when it is rendered; it is rendered once more to count that.
    """
    environment = environment_for(job.folders, job, marked=job.traced)
    known = _known_in(job, media)
    with _telling(job, environment):
        with limited():
            template = environment.get_template(job.template)
            markup = template.render(**known, left_out=())
            left_out = _not_printed(job, markup)
            markup = template.render(**known, left_out=left_out) if left_out else markup
            markup = with_pictures(with_addresses(markup), job.folders) if media == "screen" else markup
            markup = without_notes(with_origins(markup) if job.traced else markup)
        if len(markup) > MAX_MARKUP:
            message = f"it prints {len(markup):,} characters; the limit is {MAX_MARKUP:,}"
            raise TemplateError(job.template, 0, message, "look for a loop that prints too often")
        if bad := object_in(markup):
            raise _printed(job, media, "object" if bad["object"] else "half")
        return markup


@contextmanager
def _telling(job: Job, environment: Environment) -> Iterator[None]:
    """Raise TemplateError, with file, line and hint, for what goes wrong within a `with` block."""
    try:
        yield
    except (TemplateError, FindingsError):
        raise
    except Exception as error:
        file, line = _last_template_line(error, job.folders) or (job.template, 0)
        if isinstance(error, MemoryError | TimeoutError):
            raise type(error)(file, line) from None  # the limits are reported in the same way wherever they were hit
        if isinstance(error, TemplateSyntaxError):
            named = error.name or ""  # where Jinja puts the file of a remark that is not closed
            file, line = error.filename or (named if Path(named).is_absolute() else file), error.lineno
        raise told(file, line, error, environment) from None


def _known_in(job: Job, media: str) -> dict[str, object]:
    return {
        "page": job.page,
        "look": job.look,
        "media": media,
        "document": job.document,
        "listing": job.listing,
        "siblings": () if job.traced else job.siblings,  # the preview has one document at a time
    }


def labels_used(loader: Templates) -> Iterator[tuple[Path, int, str]]:
    """Yield every label that the templates use, with its file and line; TemplateError where one cannot be parsed."""
    for path, _, tree in _parsed(loader):
        yield from ((path, line, label) for line, _, label in extract_from_ast(tree, ("_",)) if isinstance(label, str))


def untranslated_texts(loader: Templates) -> Iterator[tuple[Path, int, str]]:
    """Yield the texts that templates of the first folder print as they stand in every language; see `labels_used`."""
    for path, text, _ in _parsed(loader):
        if path.is_relative_to(loader.folders[0]):
            yield from ((path, line, words) for line, words in untranslated(text))


def conditions_never_met(loader: Templates, languages: Iterable[str]) -> Iterator[tuple[Path, int, str, str]]:
    """Yield what templates ask of the medium or the language and never find, as `labels_used` does, with a hint."""
    for path, _, tree in _parsed(loader):
        yield from ((path, *found) for found in never_met(tree, languages))


def _parsed(loader: Templates) -> Iterator[tuple[Path, str, nodes.Template]]:
    environment = Environment(loader=loader, autoescape=True)
    path, at = loader.folders[0], 0
    try:
        for name in names_used(loader):
            path = loader.find(name)[0]
            text, _, _ = loader.get_source(environment, name)
            tree = tree_of(text, name)
            for line, named in templates_in(tree):
                at = line
                loader.find(named)
            at = 0
            yield path, text, tree
    except (TemplateSyntaxError, TemplateNotFound, RecursionError, UnusableTemplateError) as error:
        file = getattr(error, "filename", None) or str(path)
        raise told(file, getattr(error, "lineno", at), error, environment) from None


def environment_for(folders: Iterable[str], job: Job | None = None, *, marked: bool) -> Environment:
    """Return what makes pages of the templates in these folders."""
    is_turned = job is not None and job.page.direction == "rtl"
    environment = Sandbox(
        loader=Templates(tuple(map(Path, folders)), right_to_left=is_turned),
        extensions=[Places] if marked else [],
        bytecode_cache=_COMPILED[marked],
        autoescape=lambda name: not (name or "").endswith(".css"),
        undefined=_Strict,
        finalize=pass_eval_context(partial(_finalize, is_turned)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals = {"_": _label_function(job)} if job else {}
    del environment.filters["random"]  # the same facts give the same bytes
    return environment


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no multiplication makes a text or a number without end."""

    intercepted_binops = frozenset({"*", "**", "%"})
    _safe: ClassVar[dict[tuple[type, str], bool]] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may ask for it, which Jinja tells by the type: once is enough of 140,000 times."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator; UnusableTemplateError where it would be too large."""
        times = next((each for each in (right, left) if isinstance(each, int)), 0)
        texts = [len(each) for each in (left, right) if isinstance(each, str | tuple | list)]
        if (operator == "*" and texts and texts[0] * times > MAX_TEXT) or (operator == "**" and abs(times) > 99):
            raise UnusableTemplateError(f"'{operator}' would make more than {MAX_TEXT:,} signs")
        if operator == "%" and texts and isinstance(left, str) and re.search(r"\d{5}|\*", left):
            raise UnusableTemplateError("a format may not ask for more than 9,999 signs")
        return super().call_binop(context, operator, left, right)


MAX_TEXT = 1_000_000
"""Characters of a text that is one word again and again."""


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates for the life of a worker, by their names, places and texts, and for those beside it."""

    def __init__(self, pattern: str) -> None:
        super().__init__("", pattern)
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))
        if not bucket.code and self._is_shared():
            super().load_bytecode(bucket)
            self._kept[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key, bucket.checksum] = bucket.code
        with suppress(OSError):  # a disk that is full: each compiles its own
            if self._is_shared():
                super().dump_bytecode(bucket)

    def _is_shared(self) -> bool:
        """Return whether this is a worker, which has its temporary folder in common with those beside it."""
        self.directory = tempfile.tempdir or ""
        return SCRATCH in self.directory


_COMPILED: Mapping[bool, _Compiled] = {False: _Compiled("plain-%s"), True: _Compiled("marked-%s")}
"""By whether they are marked with their places, which their texts do not say."""


def _label_function(job: Job) -> Callable[[str], str]:
    labels, base = job.page.labels, job.page.base

    def label(english: str) -> str:
        if english not in labels and not base:
            message = f"the label '{english}' is not translated into {job.page.language_name}"
            hint = f"run briefgen translate, then fill in its 'msgstr' in templates/locale/{job.page.language}.po"
            raise UnusableTemplateError(message, hint)
        return labels.get(english, english)

    return label


class _Strict(StrictUndefined):
    """An undefined name is an error, which names the nearest known name; one that is imported, where it is."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, *others: Any, **named: Any) -> None:
        if hint and IMPORTED.match(hint):
            raise UndefinedError(hint)
        super().__init__(hint, *others, **named)

    @property
    def _undefined_message(self) -> str:
        name, holder = str(self._undefined_name), self._undefined_obj
        if self._undefined_exception is SecurityError:
            return f"'{name}' may not be used in a template"
        if holder is None:
            return f"'{name}' is asked of nothing (None); test for it first: {{% if ... %}}"
        if (self._undefined_hint or "").startswith("parameter "):
            return f"'{name}' is what this macro is given, and where it is called nothing is given for it"
        return not_known_alone(name) if holder is missing else not_known(name, _known(holder))


def _known(holder: object) -> Iterable[str]:
    """Return the names that a template may ask of an object."""
    if isinstance(holder, Mapping):
        return map(str, holder)
    if is_dataclass(holder):
        return (field.name for field in fields(holder))
    return () if isinstance(holder, str | int | tuple) else TEMPLATE_NAMES


def _finalize(is_turned: bool, context: EvalContext, value: object) -> object:
    """Return what is printed for a value: prose with its values marked, text to be escaped; an error for the rest."""
    match value:
        case Undefined():
            return str(value)  # raises, with the nearest known name
        case Markup():
            return _no_longer_than_a_page(value)
        case Prose() | Run() | str() if not context.autoescape:
            text = value.text if isinstance(value, Run) else str(value)
            return _ENDS_CSS_STRING.sub(lambda mark: f"\\{ord(mark[0]):x} ", text)
        case Prose() | Run():
            runs = value.runs if isinstance(value, Prose) else (value,)
            return Markup("").join(_marked(run, is_turned=is_turned) for run in runs)
        case str() if is_right_to_left(value):
            return kept_apart(value, is_turned=is_turned)
        case str() | int() if not isinstance(value, bool):
            return _no_longer_than_a_page(value)
        case _:
            raise UnusableTemplateError(*_why_unprintable(value))


def _why_unprintable(value: object) -> tuple[str, str]:
    """Return why a value is not printed, and what to write."""
    match value:
        case None:
            return "there is nothing to print here (None); test for it first: {% if ... %}", ""
        case bool():
            return "this is no text but true or false; test it: {% if ... %}", ""
        case BlockReference():
            return (
                "'super' prints what the block had before where it is called",
                "write {{ super() }}, with the brackets",
            )
        case Macro(name=name):
            return f"'{name}' is a macro, which prints where it is called", f"write {{{{ {name}(...) }}}}"
        case _:
            return "this is no text but a list, an object or the like; print one of its parts", ""


def _no_longer_than_a_page(value: str | int) -> str | int:
    if isinstance(value, str) and len(value) > MAX_MARKUP:
        raise UnusableTemplateError(f"this would print {len(value):,} characters; the limit is {MAX_MARKUP:,}")
    return value


def _marked(run: Run, *, is_turned: bool) -> Markup:
    """Return the markup of a stretch of text, kept apart from what is beside it where that runs the other way."""
    is_rtl = is_right_to_left(run.text)
    text = Markup("<bdi>{}</bdi>").format(run.text) if is_rtl else escape(run.text)
    if run.value:
        text = Markup('<data value="{}">{}</data>').format(run.value, text)
    if not run.lang:
        return text
    direction = Markup(' dir="ltr"') if is_turned and not is_rtl else ""
    return Markup('<span lang="{}"{}>{}</span>').format(run.lang, direction, text)


_WHY = {
    "object": ("this is no text but a whole object or function", "print one of its parts"),
    "half": ("half of a sign is printed here (U+D800 to U+DFFF), which no file can hold", "write the sign itself"),
}


def _printed(job: Job, media: str, what: str) -> TemplateError:
    """Return the error of a template that prints what is no text, at the tag before it: the page is made once more."""
    marked = with_places(job, media)
    before = marked[: found.start()] if (found := object_in(marked)) else ""
    file, line, column = [(job.template, 0, 0), *places_in(before)][-1]
    return TemplateError(file, line, *_WHY[what], column)


def _last_template_line(error: BaseException, folders: tuple[str, ...]) -> tuple[str, int] | None:
    """Return the innermost template line of the traceback, which Jinja rewrites to template files.

    What goes round without end stops anywhere: then it is a line that comes again and again, of an own file best.
    """
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if any(Path(frame.filename).is_relative_to(folder) for folder in folders)]
    places = [(frame.filename, frame.lineno or 0) for frame in inside]
    if isinstance(error, RecursionError) and places:
        times = Counter(places)
        again = [place for place in times if times[place] * 2 > max(times.values())]
        return ([place for place in again if Path(place[0]).is_relative_to(folders[0])] or again)[-1]
    return places[-1] if places else None


SECONDS, MEGABYTES = 6, 256
"""Of computing time and of memory for the markup of a page; the longest briefing needs less than a tenth."""


@contextmanager
def limited(seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Iterator[None]:
    """Raise TimeoutError or MemoryError within a `with` block that needs more; only in the main thread of a process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    memory = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGVTALRM, _stop)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_allowed(megabytes, memory[0]), memory[1]))
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, memory)
        signal.signal(signal.SIGVTALRM, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def _allowed(megabytes: int, limit: int) -> int:
    """Return the bytes of address space that a process may have: so much more than now, but no more than before."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # no Linux
        return limit
    wanted = pages * resource.getpagesize() + megabytes * 1024 * 1024
    return wanted if limit == resource.RLIM_INFINITY else min(wanted, limit)
