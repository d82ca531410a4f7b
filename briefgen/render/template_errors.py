"""What is said of a mistake in a template, by the errors of Jinja and of Python."""

import re
from collections.abc import Mapping

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateRuntimeError, UndefinedError

from briefgen.model.document import TemplateError
from briefgen.model.findings import did_you_mean
from briefgen.render.names import not_known
from briefgen.render.templates import (
    FILTERS,
    SHIPPED,
    TAGS,
    TESTS,
    UnusableTemplateError,
    column_of,
    left_open,
    macro_as_written,
    macros_in,
    no_such,
)

IMPORTED = re.compile("the template '(.+?)' .*does not export the requested name '(.+)'$")
"""As Jinja says that a template has no macro of that name."""


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
            near = did_you_mean(unknown[1], (*TAGS, *looked_for)) if unknown else ""
            return message, left_open(error, environment) or near
        case RecursionError() | SyntaxError():
            hint = f'the shipped one of that name is "{SHIPPED}NAME", such as "{SHIPPED}parts/colophon.html"'
            return "the template is nested too deeply, or includes or calls itself without end", hint
        case UnusableTemplateError():
            return str(error), error.hint
        case UndefinedError() if imported := IMPORTED.match(str(error)):
            return not_known(imported[2], macros_in(environment, imported[1])), ""
        case TypeError() if called := re.match("macro '(.+?)' (.+)", str(error)):
            return f"the macro '{called[1]}' {called[2]}", macro_as_written(environment, called[1])
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
