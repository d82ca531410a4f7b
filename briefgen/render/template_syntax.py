"""What is most likely not closed in a template that Jinja cannot parse, by the line where it was opened."""

import re
from contextlib import suppress

from jinja2 import Environment, TemplateSyntaxError

_CURLED = re.compile("unexpected char '[‘’‚“”„«»‹›]'")
_CLOSED = ("if", "for", "block", "macro", "call", "filter", "with", "autoescape", "raw")
"""Tags that an end tag belongs to; `set` has one only where it has no `=`."""


def unclosed(error: TemplateSyntaxError, environment: Environment) -> str:
    """Return what to write for a tag without its end, a brace too few, or curled quotes; empty where it is another."""
    message = str(error.message)
    if _CURLED.match(message):
        return "write straight quotes: \"...\" or '...'; programs for letters curl them"
    here = next(iter((error.source or "").splitlines()[error.lineno - 1 :]), "")
    if here.count("{{") > here.count("}}"):
        return "close what is printed with two braces: {{ ... }}"
    if here.count("{%") > here.count("%}"):
        return "close the tag: {% ... %}"
    if not message.startswith("Unexpected end of template"):
        return ""
    opened: list[tuple[str, int]] = []
    for line, tag in _tags(error.source or "", environment):
        if tag in _CLOSED:
            opened.append((tag, line))
        elif tag.startswith("end") and opened and opened[-1][0] == tag.removeprefix("end"):
            opened.pop()
    if not opened:
        return ""
    tag, line = opened[-1]
    return f"the {{% {tag} %}} of line {line} is not closed: write {{% end{tag} %}} where it ends"


def _tags(source: str, environment: Environment) -> list[tuple[int, str]]:
    """Return the name of each tag with its line, as far as the template can be cut into tokens."""
    found: list[tuple[int, str]] = []
    is_tag = False
    with suppress(TemplateSyntaxError):
        for line, kind, text in environment.lex(source):
            if kind == "block_begin":
                is_tag = True
            elif is_tag and kind == "name":
                found.append((line, text))
                is_tag = False
    return found
