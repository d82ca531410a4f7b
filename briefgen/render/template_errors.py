"""Mistakes in templates: what a name stands for, and what is said of one that nothing has, and of an error of Jinja.

What a name stands for is the type that the views of a page give it, whatever it holds today.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache, reduce
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.exceptions import TemplateRuntimeError, UndefinedError

from briefgen.model.document import TEMPLATE_NAMES, TemplateError
from briefgen.model.findings import did_you_mean
from briefgen.model.views import ChangeRow
from briefgen.render.styles import CURLED, STRAIGHT
from briefgen.render.templates import (
    FILTERS,
    SHIPPED,
    TESTS,
    UnusableTemplateError,
    column_of,
    no_such,
    tree_of,
)

IMPORTED = re.compile("the template '(.+?)' .*does not export the requested name '(.+)'$")
"""As Jinja says that a template has no macro of that name."""


def not_known(name: str, names: Iterable[str]) -> str:
    """Return what is said of a name that does not exist, where others do."""
    known = sorted(names)
    hint = did_you_mean(name, known) or (f"known here: {', '.join(known)}" if known else "")
    return f"'{name}' is not known here" + (f"; {hint}" if hint else "")


def not_known_alone(name: str, known: Iterable[str] = TEMPLATE_NAMES) -> str:
    """Return what is said of a name that does not exist and is asked of nothing."""
    if name in DEFAULT_NAMESPACE:
        return f"'{name}' is not known here: a page counts nothing itself; go through one of its lists, {_A_LOOP}"
    if name in TEMPLATE_NAMES:
        within = "where this template is imported 'with context'" if name != "loop" else "within {% for %}"
        return f"'{name}' is known only {within}"
    return not_known(name, known)


_A_LOOP = "{% for field in page.fields %}, or a part of it, page.fields[:3]"


def told(file: str, line: int, error: Exception, environment: Environment) -> TemplateError:
    """Return what is said of an error in a line of a template."""
    message, hint = _message(error, environment)
    return TemplateError(file, line, message, hint, column_of(file, line, message))


def _message(error: Exception, environment: Environment) -> tuple[str, str]:
    """Return the message and the hint for an error of Jinja or of a template."""
    match error:
        case TemplateNotFound():
            name, known = str(error.name), environment.loader.list_templates() if environment.loader else []
            start = SHIPPED if name.startswith(SHIPPED) else ""
            return f"there is no template '{name}'", did_you_mean(name, (start + each for each in known))
        case TemplateSyntaxError():
            message = re.sub(r" at \d+$", "", str(error.message))  # how many signs above it, which nobody counts
            if unknown := re.match(r"No (filter|test) named '(.+?)'", message):
                return no_such(unknown[1], unknown[2], FILTERS if unknown[1] == "filter" else TESTS), ""
            looked_for = re.findall("'([a-z]+)'", message.partition(".")[2])
            unknown = re.search(r"tag '(.+?)'", message)
            near = did_you_mean(unknown[1], (*_TAGS, *looked_for)) if unknown else ""
            return message, _left_open(error, environment) or near
        case RecursionError() | SyntaxError():
            hint = f'the shipped one of that name is "{SHIPPED}NAME", such as "{SHIPPED}parts/colophon.html"'
            return "the template is nested too deeply, or includes or calls itself without end", hint
        case UnusableTemplateError():
            return str(error), error.hint
        case UndefinedError() if imported := IMPORTED.match(str(error)):
            return not_known(imported[2], _macros_in(environment, imported[1])), ""
        case TypeError() if called := re.match("macro '(.+?)' (.+)", str(error)):
            return f"the macro '{called[1]}' {called[2]}", _macro_as_written(environment, called[1])
        case TemplateRuntimeError():
            return str(error), ""
        case _:
            cannot = "this expression cannot be worked out with what it is given"
            return next((words for kind, words in _IN_WORDS.items() if isinstance(error, kind)), cannot), ""


_IN_WORDS: Mapping[type[Exception], str] = {
    ZeroDivisionError: "a number is divided by nothing",
    OverflowError: "a number here is too large",
    LookupError: "there is nothing of this name or number here",
    TypeError: "this does not work with what it is given: a text, a number or a list stands where it needs another",
    ValueError: "a value here has not the form that it needs",
}
"""Errors of Python as a person who edits a template can read them."""


_SURE = {
    f"unexpected char '{CURLED}'": STRAIGHT,
    "unexpected char ['\"]": "close the quote: '...' or \"...\"",
    r".*unknown tag 'end[a-z]+'\.$": "it ends nothing that is open here: take it away, or write its beginning",
}
"""What to write, by what Jinja says."""
_PAIRS = (
    ("{{", "}}", "close what is printed with two braces: {{ ... }}"),
    ("{%", "%}", "close the tag: {% ... %}"),
    ("{#", "#}", "close the remark: {# ... #}"),
)
_CLOSED = ("if", "for", "block", "macro", "call", "filter", "with", "autoescape", "raw")
"""Tags that an end tag belongs to; `set` has one only where it has no `=`."""
_TAGS = (*_CLOSED, "extends", "from", "import", "include", "set")


def _left_open(error: TemplateSyntaxError, environment: Environment) -> str:
    """Return what to write for a tag without its end, a brace too few, or curled quotes; empty where it is another."""
    message = str(error.message)
    above = (error.source or "").splitlines()[: error.lineno]
    sure = next((hint for said, hint in _SURE.items() if re.match(said, message)), "")
    if sure := sure or (_filter_hint("".join(above[-1:])) if message.endswith("got ':'") else ""):
        return sure
    if message == "expected token 'end of statement block', got '='" and not re.search(r"\{%-?\s*set\b", above[-1]):
        return "to compare, write == with two signs"
    if message == "expected token 'end of statement block', got 'if'" and re.search(r"\belse\s+if\b", above[-1]):
        return "write elif, in one word: {% elif ... %}"
    if message.startswith("expected token ',', got ") and re.search(r"""(["'])[^"']*\1\w""", "".join(above[-1:])):
        return "a quote within a text ends it: write ’ for it, or “ and ”"
    lines = above if message.startswith("expected token 'end of ") else above[-1:]  # it was read on to a later line
    for back, text in enumerate(reversed(lines)):
        for opening, closing, hint in _PAIRS:
            if text.count(opening) > text.count(closing):
                return f"{hint}, in line {error.lineno - back}" if back else hint
    unknown = re.match("Encountered unknown tag 'end(?P<of>[a-z]+)'", message)
    is_an_end = unknown is not None and unknown["of"] in _CLOSED
    if is_an_end or message.startswith("Unexpected end of template"):
        return _tag_left_open(error.source or "", environment)
    return ""


def _filter_hint(line: str) -> str:
    """Return how the value of a filter is written, where a line has it as Django does; else empty."""
    found = re.search(r"\|\s*(\w+):\s*([\w'\"]+)", line)
    return f"a filter has its value in parentheses: {found[1]}({found[2]})" if found else ""


def _tag_left_open(source: str, environment: Environment) -> str:
    """Return which tag has no end, or which end has no tag, up to where a template cannot be read on."""
    opened: list[tuple[str, int]] = []
    with suppress(TemplateSyntaxError):  # as far as the template can be cut into tokens
        for line, tag in _tags_in(source, environment):
            ended = tag.removeprefix("end")
            if tag in _CLOSED:
                opened.append((tag, line))
            elif opened and opened[-1][0] == ended:
                opened.pop()
            elif ended in _CLOSED and ended not in dict(opened):
                return f"the {{% {tag} %}} of line {line} ends nothing that is open: take it away"
            elif ended in _CLOSED:
                break
    tag, line = opened[-1] if opened else ("", 0)
    return f"the {{% {tag} %}} of line {line} is not closed: write {{% end{tag} %}} where it ends" if tag else ""


def _tags_in(source: str, environment: Environment) -> Iterator[tuple[int, str]]:
    """Yield the name of each tag with its line."""
    is_tag = False
    for line, kind, text in environment.lex(source):
        if is_tag and kind == "name":
            yield line, text
        is_tag = kind == "block_begin" or (is_tag and kind != "name")


def _macros_in(environment: Environment, template: str) -> dict[str, nodes.Macro]:
    """Return the macros of a template by name; none where it cannot be read."""
    try:
        text = environment.loader.get_source(environment, template)[0] if environment.loader else ""
        return {each.name: each for each in tree_of(text, template).find_all(nodes.Macro)}
    except (TemplateNotFound, TemplateSyntaxError, UnusableTemplateError):
        return {}


def _macro_as_written(environment: Environment, name: str) -> str:
    """Return how a macro is called, by the first template that has one of that name."""
    for template in environment.list_templates():
        if macro := _macros_in(environment, template).get(name):
            return f"write {{{{ {name}({', '.join(each.name for each in macro.args)}) }}}}"
    return ""


ANY, NOTHING, NO_ITEMS = object(), object(), object()
"""In place of a type: one that is not known, that of a name that does not exist, that of a list without items."""


class Id(str):
    """The type of the id of a fact or of a record."""

    __slots__ = ()


def either(one: Any, other: Any) -> Any:
    """Return the type of what may be of one type or of another."""
    if one is NO_ITEMS or other is NO_ITEMS:
        return other if one is NO_ITEMS else one
    return one if one == other else ANY


def plain(kind: Any) -> Any:
    """Return a type that may be None without that."""
    if get_origin(kind) not in (Union, UnionType):
        return kind
    kinds = [each for each in get_args(kind) if each is not type(None)]
    return kinds[0] if len(kinds) == 1 else ANY


def item_of(kind: Any) -> Any:
    """Return the type of what a loop over it meets."""
    kind = plain(kind)
    args = get_args(kind)
    match get_origin(kind):
        case origin if origin is tuple:
            return reduce(either, (each for each in args if each is not Ellipsis))
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            return args[0]
        case _:
            return str if kind is str else ANY


def parts_of(kind: Any, number: int) -> Sequence[Any]:
    """Return the types of the parts of a pair or the like that has so many."""
    args = get_args(plain(kind))
    is_pair = get_origin(plain(kind)) is tuple and len(args) == number and args[-1] is not Ellipsis
    return args if is_pair else [ANY] * number


def valued(kind: Any) -> Any:
    """Return the type of one of its values, by number or by key."""
    origin = get_origin(plain(kind))
    is_mapping = isinstance(origin, type) and issubclass(origin, Mapping)
    return get_args(plain(kind))[1] if is_mapping else item_of(kind) if origin is tuple else ANY


def asked(kind: Any, name: str) -> tuple[Any, Sequence[str]]:
    """Return the type of a part of something, or that there is none and which there are."""
    kind = plain(kind)
    origin = get_origin(kind) or kind
    if not isinstance(origin, type):
        return ANY, ()
    if issubclass(origin, Mapping):
        return ANY if hasattr(origin, name) else valued(kind), ()
    names, hints = _names_and_types(origin) if is_dataclass(origin) else ((), {})
    if name == "id" in names and origin is not ChangeRow:  # a fact that was taken out may be named there
        return Id, names
    return hints.get(name, ANY if hasattr(origin, name) else NOTHING), names


@cache
def _names_and_types(kind: Any) -> tuple[Sequence[str], Mapping[str, Any]]:
    parts = ((name, getattr(kind, name)) for name in dir(kind))
    computed = {name: get_type_hints(each.fget).get("return", ANY) for name, each in parts if type(each) is property}
    return [each.name for each in fields(kind)], {**computed, **get_type_hints(kind)}
