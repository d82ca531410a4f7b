"""Where things are and what is asked for: the workspace's folders and its settings."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import available_timezones

from briefgen import __version__
from briefgen.findings import Finding, NothingToGoOnWith, Place, did_you_mean
from briefgen.model.facts import STRICT
from briefgen.shape import read_as
from briefgen.yamlfile import YamlFile

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


def look_hash(workspace: Workspace, facts: Path, documents: Iterable[str], formats: Iterable[str]) -> str:
    """The sha256 of all that shapes the documents besides the facts: templates, languages, catalogs, settings."""
    digest = hashlib.sha256(repr((__version__, workspace.settings, tuple(documents), tuple(formats))).encode())
    for folder in (*workspace.template_folders, facts.parent / "locale"):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def find_workspace(start: Path) -> Workspace:
    """The workspace around a folder; NothingToGoOnWith says what is missing or wrong."""
    for folder in (start, *start.parents):
        for name in SETTINGS_FILES:
            table = _settings_table(folder / name)
            if table is not None:
                return Workspace(root=folder, settings=_settings(folder / name, table))
    message = "no workspace here: neither this folder nor one above it has a briefgen.toml"
    hint = "go to the folder of your workspace, or make one with: briefgen init NAME"
    raise NothingToGoOnWith([Finding(Place(str(start)), "W001", message, hint=hint)])


def _settings_table(path: Path) -> dict[str, Any] | None:
    """The settings a file holds; None where it is none of ours."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise NothingToGoOnWith([Finding(_toml_place(path, str(error)), "W002", f"cannot be read: {error}")]) from error
    if path.name == "pyproject.toml":
        content = content.get("tool", {}).get("briefgen")
    return content


def _toml_place(path: Path, message: str) -> Place:
    match = re.search(r"line (\d+), column (\d+)", message)
    return Place(path.name, int(match[1]), int(match[2])) if match else Place(path.name)


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    places = _key_places(path, table)
    settings, findings = read_as(Settings, YamlFile(value=table, places=places, keys=places))
    found = [*findings, *(_settings_findings(settings, places) if settings else ())]
    if settings is None or found:
        raise NothingToGoOnWith(found)
    return settings


def _settings_findings(settings: Settings, places: Mapping[Any, Place]) -> list[Finding]:
    if settings.timezone in available_timezones():
        return []
    message = f"'{settings.timezone}' is no time zone"
    hint = did_you_mean(settings.timezone, available_timezones())
    return [Finding(places.get(("timezone",), Place("")), "W003", message, hint=hint)]


def _key_places(path: Path, table: dict[str, Any]) -> dict[tuple[str | int, ...], Place]:
    """TOML readers keep no positions: a key is looked for at the start of a line, after our own heading."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("[tool.briefgen]") if "[tool.briefgen]" in lines else 0
    places: dict[tuple[str | int, ...], Place] = {(): Place(path.name, start + 1)}
    for number, line in enumerate(lines[start:], start + 1):
        key = line.partition("=")[0].strip()
        if key in table:
            places.setdefault((key,), Place(path.name, number, 1))
    return places
