"""What the preview's page asks: what there is to look at, where a text comes from, and how pages of paper look."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import pypdfium2

from briefgen.model.edition import FORMATS
from briefgen.model.findings import Finding, FindingsError, Location, Severity, in_order
from briefgen.read.facts import partnerships, read_and_check_facts
from briefgen.read.languages import read_languages
from briefgen.read.paths import SETTINGS_FILES, shipped_templates
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.render.markup import origin
from briefgen.render.reading import line_at
from briefgen.tools.doctor import format_trouble
from briefgen.tools.preview.maker import facts_of

_YEAR = timedelta(days=365)
_QUOTED = 200
"""Characters of a long line that are shown."""
SCALES = (1, 2, 3)
"""Pixels of the picture for each pixel of the page, of 1/96 inch: screens have up to three."""
_POINTS = 96 / 72
_one_at_a_time = Lock()
"""Pdfium is not made for threads."""


def what_there_is(root: Path, today: date) -> Mapping[str, Any]:
    """Return what can be looked at; `trouble` lists what is wrong where that cannot be read."""
    try:
        workspace = find_workspace(root)
        settings = workspace.settings
        found = partnerships(workspace)
        languages = read_languages(workspace, settings.languages)
    except FindingsError as error:
        return {"trouble": [finding_data(each, root) for each in error.findings]}
    patterns = {code: languages[code].patterns for code in settings.languages}
    formats = {name: format_trouble(name) for name in settings.formats if not FORMATS[name].edited}
    return {
        "workspace": root.name,
        "partnerships": [path.stem for path in found],
        "documents": settings.documents,
        "formats": [
            {"name": name, "paged": FORMATS[name].paged, "trouble": trouble.detail if trouble else ""}
            for name, trouble in formats.items()
        ],
        "languages": [{"code": code, "tag": each.lang, "name": each.own_name} for code, each in patterns.items()],
        "first_day": str(min(_first_day(workspace, path, today) for path in found)),
        "today": str(today),
        "last_day": str(today + _YEAR),
    }


def _first_day(workspace: Workspace, facts: Path, today: date) -> date:
    """Return the day of the first source: before it, nothing was known."""
    book = read_and_check_facts(workspace, facts)[0]
    days = [source.known_from for source in book.sources.values()] if book else []
    return min(days, default=today - _YEAR)


def where_from(root: Path, partnership: str, fact: str, origins: Iterable[str]) -> Mapping[str, Any]:
    """Return where a fact, and the templates of the elements around a text, stand: the innermost template first."""
    templates = [*filter(None, (_template(root, each) for each in origins))]
    return {"fact": _fact(root, partnership, fact) if fact else None, "templates": templates}


def _fact(root: Path, partnership: str, id: str) -> Mapping[str, Any] | None:
    """Return where a fact, or a headline made of facts, stands."""
    try:
        workspace = find_workspace(root)
        book = read_and_check_facts(workspace, facts_of(workspace, partnership))[0]
    except FindingsError:
        return None
    if book and id in book.facts:
        return {"id": id, **_place(book.location(id), root)}
    headlines = [each.id for each in book.file.headlines] if book else []
    if book and id in headlines:
        return {"id": id, **_place(book.locate(("headlines", headlines.index(id))), root)}
    return None


def _template(root: Path, value: str) -> Mapping[str, Any] | None:
    """Return the template and line that an element was marked with; None for any other value."""
    try:
        file, line = origin(value)
    except ValueError:
        return None
    path = own_file(root, file)
    if path is None or path.suffix != ".html":
        return None
    shipped = shipped_templates()
    is_shipped = path.is_relative_to(shipped) and not shipped.is_relative_to(root)
    eject = f"briefgen template eject {path.relative_to(shipped).as_posix()}" if is_shipped else ""
    return {**_place(Location(str(path), line), root), "eject": eject}


def _place(location: Location, root: Path) -> Mapping[str, Any]:
    """Return a place for the page: its file, line and column, and the line itself."""
    seen = location.seen_from(str(root))
    return {**asdict(seen), "place": str(seen), "source": (line_at(location, root) or "")[:_QUOTED]}


def finding_data(finding: Finding, root: Path) -> Mapping[str, Any]:
    """Return a finding for the page: where, the line itself, what is wrong, and the remedy."""
    what = {"code": finding.code, "message": finding.message, "hint": finding.hint}
    return {**_place(finding.location, root), "severity": finding.severity.name.lower(), **what}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repeats: errors, then warnings, each by file and line; notes are left out."""
    found = [each for each in in_order(findings) if each.severity is not Severity.NOTE]
    return sorted(found, key=lambda each: -each.severity)


def own_file(root: Path, name: str) -> Path | None:
    """Return an input of that name, relative to the workspace or absolute; None for every other file."""
    if "\0" in name:
        return None
    path = (root / name).resolve()
    folders = [*(root / each for each in ("facts", "seeds", "templates")), shipped_templates()]
    is_input = path in {(root / each).resolve() for each in SETTINGS_FILES} or any(
        path.is_relative_to(folder.resolve()) for folder in folders
    )
    return path if is_input and path.is_file() else None


@lru_cache(maxsize=64)
def picture(content: bytes, page: int, scale: int) -> bytes:
    """Return a page of a finished PDF, counted from 1, as PNG; IndexError if there is no such page."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        drawn = document[page - 1].render(scale=scale * _POINTS).to_pil()
    png = BytesIO()
    drawn.save(png, "PNG", compress_level=1)
    return png.getvalue()


@lru_cache(maxsize=16)
def sizes(content: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page in pixels of 1/96 inch."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        found = [document.get_page_size(number) for number in range(len(document))]
    return tuple((width * _POINTS, height * _POINTS) for width, height in found)
