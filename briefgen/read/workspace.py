"""The workspace: its folders, its settings, and the record of who cleared what."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar
from zoneinfo import available_timezones

from briefgen.files import (
    UnreadableFileError,
    composed,
    files_below,
    find_below,
    is_ignored,
    read_file,
    read_text,
    seen_from,
    unfinished_merges,
)
from briefgen.model.briefing import ShelfLives
from briefgen.model.edition import FEWEST_KEPT, FORMATS, PUBLISHED, Clearance, ClearanceEntry
from briefgen.model.facts import STRICT
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, nearest_word
from briefgen.model.texts import TAKE_AWAY, unwanted
from briefgen.model.typed_json import read_json
from briefgen.read import clearance_record, find_settings, template_folders
from briefgen.read.validate import read_as
from briefgen.read.yaml import YamlFile
from briefgen.read.zones import zone_hint


class Originals(StrEnum):
    """Whether the texts of all sources must be here when records are compared with them."""

    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`[tool.briefgen]`, or the whole of `briefgen.toml`."""

    __pydantic_config__: ClassVar = STRICT
    timezone: str = "UTC"
    """The zone whose calendar day is today (IANA name)."""
    languages: tuple[str, ...] = ("en",)
    documents: tuple[str, ...] = ("at-a-glance", "full-briefing")
    formats: tuple[str, ...] = PUBLISHED
    audience: str = ""
    """Whom the briefings are for; terms may be forbidden for one audience only."""
    due_soon_days: int = 90
    """A deadline this near reads "due soon"."""
    shelf_lives: ShelfLives = field(default_factory=ShelfLives)
    """After how many days without a newer source or a review a fact counts as past review, by its kind."""
    clearance: Clearance = Clearance.OFF
    """`required`: editions are drafts until somebody clears them."""
    originals: Originals = Originals.OPTIONAL
    """`required`: for `briefgen sources verify`, an original that is missing is an error."""
    seconds_per_document: int = 180
    """Rendering of one document is stopped after this time: many times what an idle machine needs."""
    megabytes_per_document: int = 1500
    """Rendering of one document is stopped beyond this much memory."""
    keep_editions: int = 0
    """How many editions are kept, with all their revisions; older ones are removed. 0: all are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A folder with facts, source records, templates and editions, and its settings."""

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
        """The source documents themselves, if they are kept."""
        return self.seeds / "originals"

    @property
    def out(self) -> Path:
        """Where editions go by default."""
        return self.root / "out"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The workspace's own templates, then the shipped ones; the first folder that has a file wins."""
        return template_folders(self.root)

    @property
    def own_templates(self) -> tuple[Path, ...]:
        """The files of the workspace's own templates; none where it has only the shipped ones."""
        own = self.template_folders[0]
        files = files_below(own) if own.is_relative_to(self.root) else ()
        return tuple(path for path in files if path.relative_to(own).parts[:1] != ("starter",))

    def shown(self, path: Path) -> str:
        """Return a path relative to the workspace, if it is inside."""
        return seen_from(self.root, path)

    def template_file(self, name: str) -> Path | None:
        """Return the file of that name in the first template folder that has it."""
        return next(filter(None, (find_below(folder, name) for folder in self.template_folders)), None)


def known_documents(workspace: Workspace) -> tuple[str, ...]:
    """Return the documents that have a template; a copy such as `brief (1).html` is none."""
    found = (path for folder in workspace.template_folders for path in folder.glob("*.html"))
    names = {composed(path.stem) for path in found if not is_ignored(path.name)}
    return tuple(sorted(name for name in names if not _NO_NAME.search(name)))


_NO_NAME = re.compile(r"[^\w.-]+")
"""What the name of a document may not hold: pages of an edition lead to each other by their names."""


def languages_location(workspace: Workspace, code: str = "") -> Location:
    """Return where the settings say the languages, or one of them; the key itself where they do not say it."""
    with suppress(FindingsError, OSError):
        path = find_settings(workspace.root)[0]
        return _at_word(path, _key_locations(path).get(("languages",), Location("languages")), code)
    return Location("languages")


def _at_word(path: Path, location: Location, word: str) -> Location:
    """Return where a word stands behind its key, in quotes; the location of the key if it does not."""
    lines = read_text(path, path.parent).split("\n") if word and location.line else []
    for number, line in enumerate(lines[location.line - 1 :], location.line):
        if found := re.search(rf"""(["']){re.escape(word)}\1""", line):
            return Location(location.file, number, found.start() + 1)
    return location


_WORD = re.compile(r"'(.+)' is no")
"""What a setting says that it cannot say: 'Asia/Soul' is no time zone, 'HTML' is none of the formats."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}", re.ASCII)
"""A language tag (BCP 47), also as POSIX has it; files are named by it, and it can be no path."""


@cache
def _zones() -> set[str]:
    """Return the names of all zones; once, as a preview asks after each save and their folders are many."""
    return available_timezones()


def find_workspace(start: Path) -> Workspace:
    """Return the workspace around a folder; FindingsError says what is missing or wrong."""
    path, table = find_settings(start)
    _refuse_name(path.parent)
    locations = _key_locations(path)
    if isinstance(table, dict) and "page_limits" in table:
        location = locations.get(("page_limits",), locations[()])
        hint = "take it away here; get the file with: briefgen template eject look.yaml"
        raise FindingsError.of(location, "W003", "'page_limits' now stands in templates/look.yaml", hint)
    settings, findings = read_as(Settings, YamlFile(value=table, locations=locations, keys=locations))
    if settings is None:
        raise FindingsError(findings)
    workspace = Workspace(root=path.parent, settings=settings)
    unfit = [
        (_at_word(path, locations.get((key,), locations[()]), (_WORD.match(message) or ("", ""))[1]), message, hint)
        for key, message, hint in _unfit(workspace)
    ]
    if unfit:
        raise FindingsError(Finding(location, "W003", message, hint=hint) for location, message, hint in unfit)
    return workspace


def _refuse_name(root: Path) -> None:
    """Raise FindingsError for a folder that no page, timer or record could name: all of them are in UTF-8."""
    try:
        str(root).encode()
    except UnicodeEncodeError:
        message = "the name of this folder is not in UTF-8"
        raise FindingsError.of(str(root), "P500", message, "give it another name") from None


def _unfit(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Yield settings of the right type that cannot be used: the key, what is wrong, and a hint."""
    settings = workspace.settings
    if (zone := settings.timezone) not in _zones():
        yield "timezone", f"'{zone}' is no time zone", zone_hint(zone)
    for code in settings.languages:
        if not _LANGUAGE.fullmatch(code):
            yield "languages", f"'{code[:40]}' is no language code", "codes are written like en, vi, ko or pt-BR"
        elif not code[:2].islower() and workspace.template_file(f"languages/{code.lower()}.yaml"):
            hint = f"write it '{code.lower()}': some systems take files of both names for one"
            yield "languages", f"'{code}' is no language code", hint
    yield from (("audience", f"{what} stands in 'audience'", TAKE_AWAY) for _, what in unwanted(settings.audience))
    known = {"formats": tuple(FORMATS), "documents": known_documents(workspace), "languages": ()}
    for key, choices in known.items():
        words = getattr(settings, key)
        if not words:
            yield key, f"'{key}' names none; nothing would be made", did_you_mean("", choices)
        for word in (word for word in words if choices and word not in choices):
            hint = _document_hint(word, choices) if key == "documents" else did_you_mean(word, choices)
            yield key, f"'{word}' is none of the {key}", hint
        if len(set(words)) < len(words):
            yield key, f"'{key}' names one twice", "name each once"
    yield from _out_of_range(settings)


def _document_hint(word: str, choices: Sequence[str]) -> str:
    """Return what to do about a document that has no template."""
    if nearest_word(word, choices):
        return did_you_mean(word, choices)
    if fit := _NO_NAME.sub("-", word).strip("-.") if _NO_NAME.search(word) else "":
        return f"a name has only letters, digits, '-' and '_': call it, and its template, '{fit}'"
    return f"make its template, templates/{word}.html, or name one that is there: {', '.join(choices)}"


def _out_of_range(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield the numbers that are too small or too large, in the same way."""
    for key, (low, high) in _RANGES.items():
        if not low <= getattr(settings, key) <= high:
            yield key, f"'{key}' must lie between {low} and {high}", ""
    if 0 < settings.keep_editions < FEWEST_KEPT:
        message = f"'keep_editions' must be 0, which keeps all, or at least {FEWEST_KEPT}"
        yield "keep_editions", message, "what an edition corrects is told from the two before it"
    for key, days in asdict(settings.shelf_lives).items():
        if not 1 <= days <= _LONGEST_LIFE:
            yield key, f"'{key}' must lie between 1 and {_LONGEST_LIFE} days", ""


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
    """Return the location of each key, looked for before a sign of equality, as TOML readers keep no positions."""
    lines = read_text(path, path.parent).split("\n")
    start = next((number for number, line in enumerate(lines) if _HEADING.match(line.strip())), 0)
    locations: dict[tuple[str | int, ...], Location] = {(): Location(path.name, start + 1)}
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith("["):
            within = _SUBHEADING.match(line)
            table = (within[1],) if within else ()
            column = line.index("[") + 1
            locations.setdefault(table, Location(path.name, number, column))
        for match in re.finditer(r"""["']?(?:([\w-]+)\.)?([\w-]+)["']?\s*=""", line.partition("#")[0]):
            for key in ((*table, *filter(None, match.groups())), (match[2],)):
                locations.setdefault(key, Location(path.name, number, match.start() + 1))
    return locations


def read_clearances(workspace: Workspace, facts: Path) -> tuple[ClearanceEntry, ...]:
    """Return every clearance and withdrawal, oldest first; FindingsError names the line that cannot be read (W008).

    They are in `facts/clearances/PARTNERSHIP.jsonl`, to which lines are only added, and which belongs under version
    control with the facts. A clearance is bound to the hash of an edition's facts.
    """
    path = clearance_record(facts)
    entries, lines = list[ClearanceEntry](), list[str]()
    try:
        text = read_file(path, workspace.root).decode("utf-8-sig")
        if merges := tuple(unfinished_merges(text, workspace.shown(path))):
            raise FindingsError(merges)
        lines = text.splitlines()
        for line in lines:
            entries.append(read_json(ClearanceEntry, line))
    except FileNotFoundError:
        return ()
    except UnreadableFileError as error:
        raise FindingsError.of(workspace.shown(path), "Y001", f"cannot be read: {error.strerror}") from None
    except (OSError, ValueError) as error:
        location, why = Location(workspace.shown(path), len(entries) + 1 if lines else 0), str(error)
        if isinstance(error, UnicodeDecodeError):
            location, why = Location.not_utf8(error, workspace.shown(path)), "it is not UTF-8 text"
        message = f"the record of clearances cannot be read here: {why}"
        hint = "put the line back as version control has it; nothing is cleared by a line that cannot be read"
        raise FindingsError.of(location, "W008", message, hint) from None
    return tuple(entries)
