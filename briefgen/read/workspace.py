"""Where things are and what is asked for: the workspace's folders and its settings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import available_timezones

from briefgen.model.briefing import ShelfLives
from briefgen.model.document import FORMATS
from briefgen.model.edition import FEWEST_KEPT, Clearance
from briefgen.model.facts import STRICT
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.read.paths import find_settings, template_folders
from briefgen.read.validate import read_as
from briefgen.read.yaml import YamlFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`[tool.briefgen]`, or the whole of `briefgen.toml`."""

    __pydantic_config__: ClassVar = STRICT
    timezone: str = "UTC"
    """The zone whose calendar day is today (IANA name)."""
    languages: tuple[str, ...] = ("en",)
    documents: tuple[str, ...] = ("at-a-glance", "full-briefing")
    formats: tuple[str, ...] = tuple(FORMATS)
    audience: str = ""
    """Whom the briefings are for; terms may be forbidden for one audience only."""
    due_soon_days: int = 90
    """A deadline this near reads "due soon"."""
    shelf_lives: ShelfLives = field(default_factory=ShelfLives)
    """After how many days without a newer source or a review a fact counts as past review, by its kind."""
    clearance: Clearance = Clearance.OFF
    """`required`: editions are drafts until somebody clears them."""
    seconds_per_document: int = 180
    """Rendering of one document is stopped after this time by the clock: many times what an idle machine needs."""
    megabytes_per_document: int = 1500
    """Rendering of one document is stopped beyond this much memory."""
    keep_editions: int = 0
    """How many editions are kept, with all their revisions; older ones are taken away. 0: all are kept."""


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
        return template_folders(self.root)

    def shown(self, path: Path) -> str:
        """A path as people in this workspace call it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def template_file(self, name: str) -> Path | None:
        """The file of that name in the first template folder that has it."""
        return next((folder / name for folder in self.template_folders if (folder / name).is_file()), None)


def known_documents(workspace: Workspace) -> tuple[str, ...]:
    """The documents that have a template."""
    return tuple(sorted({path.stem for folder in workspace.template_folders for path in folder.glob("*.html")}))


def find_workspace(start: Path) -> Workspace:
    """The workspace around a folder; FindingsError says what is missing or wrong."""
    return _workspace(*find_settings(start))


def _workspace(path: Path, table: Any) -> Workspace:
    locations = _key_locations(path)
    _refuse_moved(table, locations)
    settings, findings = read_as(Settings, YamlFile(value=table, locations=locations, keys=locations))
    if settings is None:
        raise FindingsError(findings)
    workspace = Workspace(root=path.parent, settings=settings)
    unfit = [(locations.get((key,), locations[()]), message, hint) for key, message, hint in _unfit(workspace)]
    if unfit:
        raise FindingsError(Finding(location, "W003", message, hint=hint) for location, message, hint in unfit)
    return workspace


def _refuse_moved(table: Any, locations: Mapping[tuple[str | int, ...], Location]) -> None:
    """Keys that stood here once."""
    if isinstance(table, dict) and "page_limits" in table:
        location, message = (
            locations.get(("page_limits",), locations[()]),
            "'page_limits' now stands in templates/look.yaml",
        )
        hint = "take it away here; get the file with: briefgen template eject look.yaml"
        raise FindingsError([Finding(location, "W003", message, hint=hint)])


def _unfit(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Settings of the right type that cannot be worked with: the key, what is wrong, and the nearest right word."""
    settings = workspace.settings
    if settings.timezone not in (zones := available_timezones()):
        message = f"'{settings.timezone}' is no time zone"
        yield "timezone", message, did_you_mean(settings.timezone, zones)
    known = {"formats": tuple(FORMATS), "documents": known_documents(workspace), "languages": ()}
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
    yield from _too_few(settings.keep_editions)
    for each in fields(settings.shelf_lives):
        if not 1 <= getattr(settings.shelf_lives, each.name) <= _LONGEST_LIFE:
            yield each.name, f"'{each.name}' must lie between 1 and {_LONGEST_LIFE} days", ""


def _too_few(kept: int) -> Iterator[tuple[str, str, str]]:
    if 0 < kept < FEWEST_KEPT:
        message = f"'keep_editions' must be 0, which keeps all, or at least {FEWEST_KEPT}"
        yield "keep_editions", message, "what an edition corrects is told from the two before it"


_RANGES = {
    "due_soon_days": (0, 3650),
    "seconds_per_document": (1, 3600),
    "megabytes_per_document": (100, 100_000),
    "keep_editions": (0, 100_000),
}
_LONGEST_LIFE = 36_500
_HEADING = re.compile(r"\[\s*tool\s*\.\s*briefgen\s*\]")
_SUBHEADING = re.compile(r"\s*\[\s*(?:tool\s*\.\s*briefgen\s*\.\s*)?([\w-]+)\s*\]")
"""Of a table within ours, such as [tool.briefgen.shelf_lives]."""


def _key_locations(path: Path) -> dict[tuple[str | int, ...], Location]:
    """TOML readers keep no positions: a key is looked for at the start of a line, after our own heading."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    start = next((number for number, line in enumerate(lines) if _HEADING.match(line.strip())), 0)
    locations: dict[tuple[str | int, ...], Location] = {(): Location(path.name, start + 1)}
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith("["):
            within = _SUBHEADING.match(line)
            table = (within[1],) if within else ()
            locations.setdefault(table, Location(path.name, number))
        if match := re.match(r"""(\s*)["']?([\w-]+)["']?\s*=""", line):
            for key in ((*table, match[2]), (match[2],)):
                locations.setdefault(key, Location(path.name, number, len(match[1]) + 1))
    return locations
