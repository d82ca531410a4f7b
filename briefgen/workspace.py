"""Where things are and what is asked for: the workspace's folders and its settings."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import available_timezones

from briefgen import __version__
from briefgen.findings import Finding, NothingToGoOnWith, Place, did_you_mean
from briefgen.model.facts import STRICT
from briefgen.shape import read_as
from briefgen.yamlfile import YamlFile

FORMATS = ("html", "pdf")
SETTINGS_FILES = ("briefgen.toml", "pyproject.toml")
_SHIPPED = (Path(__file__).with_name("shipped"), Path(__file__).parent.with_name("templates"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`[tool.briefgen]`, or the whole of `briefgen.toml`."""

    __pydantic_config__: ClassVar = STRICT
    timezone: str = "UTC"
    """The zone whose calendar day is today (IANA name)."""
    languages: tuple[str, ...] = ("en",)
    documents: tuple[str, ...] = ("at-a-glance", "full-briefing")
    formats: tuple[str, ...] = ("html", "pdf")
    page_limits: Mapping[str, int] = field(default_factory=lambda: {"at-a-glance": 1})
    """Documents that must not be longer on paper: rows are left out, the same in every language, until they fit."""
    audience: str = ""
    """Whom the briefings are for; terms may be forbidden for one audience only."""
    due_soon_days: int = 90
    """A deadline this near reads "due soon"."""
    seconds_per_document: int = 60
    """Rendering of one document is stopped after this time."""
    megabytes_per_document: int = 1500
    """Rendering of one document is stopped beyond this much memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The folders of one desk."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def facts(self) -> Path:
        """Facts files, a file or a folder for each partnership."""
        return self.root / "facts"

    @property
    def seeds(self) -> Path:
        """Source records."""
        return self.root / "seeds"

    @property
    def originals(self) -> Path:
        """The source documents themselves, where somebody keeps them."""
        return self.seeds / "originals"

    @property
    def out(self) -> Path:
        """Where editions go unless told otherwise."""
        return self.root / "out"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Own templates first, then the shipped ones; a file of the same name in the first wins."""
        own, shipped = self.root / "templates", shipped_templates()
        return (shipped,) if own.resolve() == shipped.resolve() or not own.is_dir() else (own, shipped)

    def shown(self, path: Path) -> str:
        """A path as people in this workspace call it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def template_file(self, name: str) -> Path | None:
        """The file of that name in the first template folder that has it."""
        return next((folder / name for folder in self.template_folders if (folder / name).is_file()), None)


def shipped_templates() -> Path:
    """The templates that come with the program: inside the installed package, or beside it in a checkout."""
    return next((folder for folder in _SHIPPED if folder.is_dir()), _SHIPPED[-1])


def known_documents(workspace: Workspace) -> tuple[str, ...]:
    """The documents that have a template."""
    return tuple(sorted({path.stem for folder in workspace.template_folders for path in folder.glob("*.html")}))


def look_hash(workspace: Workspace, facts: Path, documents: Iterable[str], formats: Iterable[str]) -> str:
    """The sha256 of all that shapes the documents besides the facts: templates, languages, catalogs, settings."""
    digest = hashlib.sha256(repr((__version__, workspace.settings, tuple(documents), tuple(formats))).encode())
    for folder in (*workspace.template_folders, facts.parent / "locale"):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"):
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def find_workspace(start: Path) -> Workspace:
    """The workspace around a folder; NothingToGoOnWith says what is missing or wrong."""
    for folder in (start, *start.parents):
        for name in SETTINGS_FILES:
            table = _settings_table(folder / name)
            if table is not None:
                return _workspace(folder / name, table)
    message = "no workspace here: neither this folder nor one above it has a briefgen.toml"
    hint = "go to the folder of your workspace, or make one with: briefgen init NAME"
    raise NothingToGoOnWith([Finding(Place(str(start)), "W001", message, hint=hint)])


def _settings_table(path: Path) -> object:
    """The settings a file holds, as they are written; None where it is none of ours."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as error:
        place = _toml_place(path, str(error), text)
        raise NothingToGoOnWith([Finding(place, "W002", f"cannot be read: {error}")]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise NothingToGoOnWith([Finding(Place(path.name), "W002", f"cannot be read: {error}")]) from error
    if path.name == "pyproject.toml":
        tool = content.get("tool")
        return tool.get("briefgen") if isinstance(tool, dict) else None
    return content


def _toml_place(path: Path, message: str, text: str) -> Place:
    """Where the reader says, which may be the end of the file."""
    if match := re.search(r"line (\d+), column (\d+)", message):
        return Place(path.name, int(match[1]), int(match[2]))
    *before, last = text.split("\n")
    return Place(path.name, len(before) + 1, len(last) + 1)


def _workspace(path: Path, table: Any) -> Workspace:
    places = _key_places(path)
    settings, findings = read_as(Settings, YamlFile(value=table, places=places, keys=places))
    if settings is None:
        raise NothingToGoOnWith(findings)
    workspace = Workspace(root=path.parent, settings=settings)
    unfit = [(places.get((key,), places[()]), message, hint) for key, message, hint in _unfit(workspace)]
    if unfit:
        raise NothingToGoOnWith(Finding(place, "W003", message, hint=hint) for place, message, hint in unfit)
    return workspace


def _unfit(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Settings of the right type that cannot be worked with: the key, what is wrong, and the nearest right word."""
    settings = workspace.settings
    if settings.timezone not in (zones := available_timezones()):
        message = f"'{settings.timezone}' is no time zone"
        yield "timezone", message, did_you_mean(settings.timezone, zones)
    known = {"formats": FORMATS, "documents": known_documents(workspace), "languages": ()}
    for key, choices in known.items():
        words = getattr(settings, key)
        if not words:
            yield key, f"'{key}' names none; nothing would be made", did_you_mean("", choices)
        for word in (word for word in words if choices and word not in choices):
            yield key, f"'{word}' is none of the {key}", did_you_mean(word, choices)
        if len(set(words)) < len(words):
            yield key, f"'{key}' names one twice", "name each once"
    for key, (low, high) in _RANGES.items():
        if not low <= getattr(settings, key) <= high:
            yield key, f"'{key}' must lie between {low} and {high}", ""


_RANGES = {"due_soon_days": (0, 3650), "seconds_per_document": (1, 3600), "megabytes_per_document": (100, 100_000)}
_HEADING = re.compile(r"\[\s*tool\s*\.\s*briefgen\s*\]")


def _key_places(path: Path) -> dict[tuple[str | int, ...], Place]:
    """TOML readers keep no positions: a key is looked for at the start of a line, after our own heading."""
    lines = path.read_text(encoding="utf-8").split("\n")
    start = next((number for number, line in enumerate(lines) if _HEADING.match(line.strip())), 0)
    places: dict[tuple[str | int, ...], Place] = {(): Place(path.name, start + 1)}
    for number, line in enumerate(lines[start:], start + 1):
        if match := re.match(r"""(\s*)["']?([\w-]+)["']?\s*=""", line):
            places.setdefault((match[2],), Place(path.name, number, len(match[1]) + 1))
    return places
