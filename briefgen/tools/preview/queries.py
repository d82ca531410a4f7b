"""What the preview's page asks: what there is to look at, and where a paragraph comes from."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from briefgen.model.document import FORMATS
from briefgen.model.findings import FindingsError, Location
from briefgen.read.facts import partnerships, read_and_check_facts
from briefgen.read.languages import read_languages
from briefgen.read.paths import SETTINGS_FILES, shipped_templates
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.render.trace import origin
from briefgen.tools.doctor import format_trouble
from briefgen.tools.preview.maker import facts_of
from briefgen.tools.preview.view import finding_data, inside, source_line

_BACK, _AHEAD = timedelta(days=365), timedelta(days=365)


def what_there_is(root: Path, today: date) -> Mapping[str, Any]:
    """Return what can be looked at; `trouble` lists what is wrong where that cannot be read."""
    try:
        workspace = find_workspace(root)
        settings = workspace.settings
        found = partnerships(workspace)
        languages = read_languages(workspace, settings.languages)
    except FindingsError as error:
        return {"trouble": [finding_data(each, root) for each in error.findings]}
    return {
        "workspace": root.name,
        "partnerships": [path.stem for path in found],
        "documents": settings.documents,
        "formats": [
            {"name": name, "paged": FORMATS[name].paged, "trouble": trouble.detail if trouble else ""}
            for name in settings.formats
            if not FORMATS[name].edited
            for trouble in [format_trouble(name)]
        ],
        "languages": [
            {"code": code, "tag": languages[code].patterns.lang, "name": languages[code].patterns.own_name}
            for code in settings.languages
        ],
        "first_day": str(min(_first_day(workspace, path, today) for path in found)),
        "today": str(today),
        "last_day": str(today + _AHEAD),
    }


def _first_day(workspace: Workspace, facts: Path, today: date) -> date:
    """Return the day of the first source: before it, nothing was known."""
    book = read_and_check_facts(workspace, facts)[0]
    days = [source.known_from for source in book.sources.values()] if book else []
    return min(days, default=today - _BACK)


def where_from(root: Path, partnership: str, fact: str, origins: Iterable[str]) -> Mapping[str, Any]:
    """Return where a fact, and the templates of the elements around a text, stand: the innermost template first."""
    places = [_template(root, each) for each in origins]
    return {
        "fact": _fact(root, partnership, fact) if fact else None,
        "templates": [place for place in places if place],
    }


def _fact(root: Path, partnership: str, id: str) -> Mapping[str, Any] | None:
    """Return where a fact, or a headline made of facts, stands."""
    try:
        workspace = find_workspace(root)
        book = read_and_check_facts(workspace, facts_of(workspace, partnership))[0]
    except FindingsError:
        return None
    if book is None:
        return None
    headlines = {each.id: number for number, each in enumerate(book.file.headlines)}
    if id in book.facts:
        location = book.location(id)
    elif id in headlines:
        location = book.locate(("headlines", headlines[id]))
    else:
        return None
    return {"id": id, **_place(root, location)}


def _template(root: Path, value: str) -> Mapping[str, Any] | None:
    """Return the template and line that an element was marked with; None for any other value."""
    try:
        file, line = origin(value)
    except ValueError:
        return None
    path = own_file(root, file)
    if path is None or path.suffix != ".html":
        return None
    place = _place(root, Location(str(path), line))
    shipped = shipped_templates()
    is_shipped = path.is_relative_to(shipped) and not shipped.is_relative_to(root)
    name = path.relative_to(shipped).as_posix() if is_shipped else ""
    return {**place, "eject": f"briefgen template eject {name}" if is_shipped else ""}


def _place(root: Path, location: Location) -> Mapping[str, Any]:
    shown = inside(location, root)
    return {"file": shown.file, "line": shown.line, "place": str(shown), "source": source_line(location, root).strip()}


def own_file(root: Path, name: str) -> Path | None:
    """Return an input of that name, relative to the workspace or absolute; None for every other file."""
    if "\0" in name:
        return None
    path = (root / name).resolve()
    folders = [(root / each).resolve() for each in ("facts", "seeds", "templates")]
    folders.append(shipped_templates().resolve())
    if not path.is_file():
        return None
    settings = {(root / each).resolve() for each in SETTINGS_FILES}
    return path if path in settings or any(path.is_relative_to(folder) for folder in folders) else None
