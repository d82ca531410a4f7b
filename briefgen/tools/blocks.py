"""The blocks of shipped templates: a template of the workspace's own may hold some, and follow the rest."""

import re
from pathlib import Path
from textwrap import dedent

from briefgen.model.findings import FindingsError, did_you_mean
from briefgen.publish.atomic import replace_file
from briefgen.read.workspace import Workspace
from briefgen.render.reading import read_text
from briefgen.render.templates import SHIPPED
from briefgen.tools.templates import Template, find_template, shipped_and_copy

_TAG = re.compile(r"\{%-?\s*(?:block\s+(?P<name>\w+)[^%]*|(?P<end>endblock)[^%]*)%\}")


def blocks_of(template: Template) -> dict[str, str]:
    """Return what stands in each block of a shipped template, by its name, those around others first."""
    if template.shipped is None or template.shipped.suffix != ".html":
        return {}
    text = read_text(template.shipped)
    found: dict[str, str] = {}
    open_ones: list[tuple[str, int]] = []
    for tag in _TAG.finditer(text):
        if tag["name"]:
            open_ones.append((tag["name"], tag.end()))
            found[tag["name"]] = ""
        else:
            name, start = open_ones.pop()
            found[name] = text[start : tag.start()].rstrip(" ").removeprefix("\n")
    return found


def eject_blocks(workspace: Workspace, name: str, wanted: tuple[str, ...]) -> Path:
    """Write a template that holds these blocks of the shipped one, to be changed, and return it."""
    template = find_template(workspace, name)
    (_, copy), known = shipped_and_copy(workspace, template), blocks_of(template)
    for each in wanted:
        if each not in known:
            hint = did_you_mean(each, known) or "it has none: copy the whole file, without --block"
            raise FindingsError.of(f"templates/{template.name}", "K909", f"it has no block '{each}'", hint)
    parts = [f'{{% extends "{SHIPPED}{template.name}" %}}\n']
    for each in sorted({*wanted}, key=list(known).index):
        if f"{{% block {each} " in "".join(parts):
            continue  # it stands within another of them
        inner = dedent(known[each]).rstrip() or "{# empty in the shipped file: what you write here is added #}"
        parts.append(f"{{% block {each} %}}\n{inner}\n{{% endblock %}}\n")
    replace_file(copy, "\n".join(parts).encode(), workspace.root)
    return copy
