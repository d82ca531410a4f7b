"""Every block of a shipped template can be changed by a template of the same name that holds nothing else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import shipped_look

from briefgen.model.document import Job, Page
from briefgen.model.views import Badge, ChangeRow, News, Prose, Run
from briefgen.read import shipped_templates
from briefgen.render.html import render_text

from . import pages

DAY = date(2026, 11, 21)
BLOCK = re.compile(r"\{% block (\w+)")


@cache
def blocks() -> dict[str, tuple[str, ...]]:
    """Of every shipped template that has any, by its name."""
    shipped = shipped_templates()
    files = sorted([*shipped.glob("*.html"), *shipped.glob("parts/*.html")])
    found = {path.relative_to(shipped).as_posix(): tuple(BLOCK.findall(path.read_text("utf-8"))) for path in files}
    return {name: each for name, each in found.items() if each}


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("document", ["at-a-glance", "full-briefing"])
def test_each_block_of_each_template_is_changed_by_one_of_the_same_name(
    document: str, media: str, tmp_path: Path
) -> None:
    expected = set()
    for name, found in blocks().items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(_child(name, found)), encoding="utf-8")
        expected |= {f"{name} {block}" for block in found}
    plain, changed = (render_text(_job(document, folder), media) for folder in (shipped_templates(), tmp_path))
    printed = set(re.findall(r"/\*([\w/.-]+ \w+)\*/", changed))
    assert re.sub(r"/\*[\w/.-]+ \w+\*/", "", changed) == plain
    assert printed == {each for each in expected if _is_in(each, document, media)}


def _child(name: str, found: tuple[str, ...]) -> Iterator[str]:
    yield f'{{% extends "shipped/{name}" %}}\n'
    for block in found:
        yield f"{{% block {block} %}}{{{{ super() }}}}/*{name} {block}*/{{% endblock %}}\n"


def _is_in(each: str, document: str, media: str) -> bool:
    """Whether a document has that block."""
    name = each.partition(" ")[0]
    first_page = ("first-page", "bottom-line", "outcomes", "asks", "due", "key-figures", "changes", "masthead", "head")
    if not name.startswith("parts/"):
        return name == f"{document}.html"
    if name == "parts/running.html":
        return media == "print"
    if document == "at-a-glance":
        return Path(name).stem in first_page or (media == "screen" and name == "parts/sources.html")
    return media == "screen" or name != "parts/register.html"


def test_sections_have_a_heading_and_an_end() -> None:
    for name in shipped_look().sections:
        found = blocks()[f"parts/{name}.html"]
        assert (found[0], found[-1]) == ("heading", "end"), name


def _job(document: str, folder: Path) -> Job:
    folders = tuple(dict.fromkeys(map(str, (folder, shipped_templates()))))
    return Job(page=_page(), document=document, format="html", folders=folders, look=shipped_look())


@cache
def _page() -> Page:
    """The shipped one, with a change."""
    page = pages.page(DAY, "en")
    row = ChangeRow(
        id=page.timeline[0].id,
        kind=Badge("new", "New"),
        text=Prose((Run("Text"),)),
        old=(),
        new=(),
        was=(),
        now=(),
        notes=(),
        marks=(),
    )
    news = News(since="Since then", nothing="", counts=(), rows=(row,), more="")
    return replace(page, changes=news, glance=replace(page.glance, changes=news))
