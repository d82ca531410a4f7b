"""Editions: what identifies one, who cleared it, its formats, the manifest of its files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from briefgen.model.findings import Finding
from briefgen.model.typed_json import convert, read_json, write_json

NAME_KEY = "BriefgenName"
"""The key of a PDF's document information that holds its own file name: full-briefing.ko.pdf."""
MANIFEST = "manifest.json"
"""The name of its file in an edition's folder; it does not list itself."""
FEWEST_KEPT = 3
"""How many editions are always kept: the newest, and the two before it that corrections are compared with."""
BRIEFING, BRIEFING_SCHEMA = "briefing.json", "briefing.schema.json"
"""The file of an edition that has every known fact, and what says of which form it is."""
HEAD = "edition"
"""The key of the edition that a briefing.json belongs to."""
CHANGES = "changes.json"
"""The file of an edition that has what changed since the one before."""
INDEX = "index"
"""The page that lists the files of an edition in every language: index.html."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How many rows each zone of the first page has, the same in every language, and what space is left over."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """By zone; one that is not named has all its rows."""
    stretch: Mapping[str, str] = field(default_factory=dict)
    """By language, what is added to the space between two blocks: a CSS length."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """The page limits and the most rows by which they were chosen; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format that documents are rendered in; nothing else in the program names one."""

    name: str
    """Also the suffix of its files."""
    module: str
    """It is imported in the workers only. Its `render(job)` returns a RenderedFile; its `outline(job)`, which lays
    nothing out, returns the same without content, pages and warnings.
    """
    paged: bool = False
    """Whether its files have pages, which are laid out with Pango, and page limits apply."""
    edited: bool = False
    """Whether it is a copy for those who must edit: made only where the settings or the command line name it."""
    attaches_data: bool = False
    """Whether the briefing as data is attached to its files."""


_FORMATS = (
    Format(name="html", module="briefgen.render.html"),
    Format(name="pdf", module="briefgen.render.pdf", paged=True, attaches_data=True),
    Format(name="docx", module="briefgen.render.word", edited=True),
)
FORMATS: Mapping[str, Format] = {each.name: each for each in _FORMATS}
SCREEN = _FORMATS[0].name
"""The one that is read on a screen."""
PUBLISHED = tuple(each.name for each in _FORMATS if not each.edited)
"""The names of those that readers get."""


class Making(StrEnum):
    """What a build produced."""

    EDITION = "edition"
    RECONSTRUCTION = "reconstruction"
    """Only what was known on another day."""
    PART = "part"
    """Some documents, languages or formats only."""


class Clearance(StrEnum):
    """Whether the settings require that a person clears an edition."""

    OFF = "off"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """Who cleared an edition, and on which day."""

    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """What identifies an edition in each of its files: number, day, and the hash of its facts."""

    making: Making
    edition: int | None
    """The number; None for a reconstruction or a part."""
    revision: int
    as_of: date
    public_date: date
    """The day readers know the edition by; revisions and minor editions keep that of the last major edition.

    Of a reconstruction of a day to come it is the day on which that was made.
    """
    draft: bool = False
    """Whether it lacks the clearance that the settings require."""
    facts_sha256: str
    """Of the facts and statuses; another hash makes another edition."""
    briefgen: str
    """The version of the program."""

    @property
    def name(self) -> str:
        """Number and revision: 7, or 7r2; empty for a reconstruction or a part."""
        if self.edition is None:
            return ""
        return f"{self.edition}r{self.revision}" if self.revision > 1 else str(self.edition)

    @property
    def is_ahead(self) -> bool:
        """Whether it is of a day that was to come when it was made: what will be known then it cannot say."""
        return self.making is Making.RECONSTRUCTION and self.as_of > self.public_date

    @property
    def title(self) -> str:
        """In words: edition 7r2, reconstruction as of 2022-03-01, look ahead to 2030-01-01, part of 2026-11-21."""
        match self.making:
            case Making.EDITION:
                return f"edition {self.name}"
            case Making.RECONSTRUCTION:
                return f"{'look ahead to' if self.is_ahead else 'reconstruction as of'} {self.as_of}"
            case Making.PART:
                return f"part of {self.as_of}"

    @property
    def version(self) -> tuple[int, int]:
        """Number and revision, to sort editions by: a later one is greater."""
        return self.edition or 0, self.revision

    def to_data(self) -> dict[str, Any]:
        """Return the fields of EditionInfo as plain data, for the head of a JSON file."""
        return {each.name: getattr(self, each.name) for each in fields(EditionInfo)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An earlier edition, the kinds of the changes that it told, and its folder as seen from another's."""

    info: EditionInfo
    kinds: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(EditionInfo):
    """An edition's inputs and files; fields with a default are absent in older manifests."""

    partnership: str
    major: bool = True
    """Whether readers need to hear what changed since the edition before."""
    since: int | None = None
    """The edition that it is compared with; None for the one before."""
    next_change: date | None
    """The next day on which something changes by itself; None where nothing will."""
    facts: int
    """How many facts it holds."""
    look_sha256: str = ""
    """Of the fingerprints; another hash makes a revision."""
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """Of each document as it would be in the first revision; while it is the same, the document is carried over."""
    first_as_of: date | None = None
    """The day of the first revision."""
    rows: Rows = field(default_factory=Rows)
    """The rows of the first page."""
    warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the PDF engine ignored, by document."""
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What is wrong with the places of text on paper, by document: warnings only."""
    inputs_sha256: str = ""
    """Of every input file; while it is the same, none of them needs to be read."""
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    facts_file: str = ""
    """The file or folder in `facts/` that it was made from."""
    files: Mapping[str, str]
    """The sha256 of each file by its name, in the order of the names."""

    def __post_init__(self) -> None:
        """Raise ValueError for a name that can be no file of the edition's folder, and for a negative number."""
        if not all(name.strip(".") and "/" not in name and "\0" not in name for name in self.files):
            raise ValueError("a file of an edition lies in its folder")
        if min(self.edition or 0, self.revision, self.facts) < 0:
            raise ValueError("a number of an edition is not negative")

    @property
    def folder_name(self) -> str:
        """The name of the edition's folder: 2026-11-21-7r2; empty for a reconstruction or a part."""
        return f"{self.as_of}-{self.name}" if self.name else ""

    def to_json(self) -> str:
        """Return the text of its file."""
        return write_json(self) + "\n"


def page_signature(name: str, partnership: str, info: EditionInfo) -> str:
    """Return the comment at the end of a web page by which it is recognised although somebody has changed it."""
    return f"\n<!-- {name} of {partnership}, {info.title} -->\n"


_SIGNATURE = re.compile(rb"<!-- (?P<name>[\w.-]+) of (?P<partnership>[\w-]+), (?P<title>[\w -]+) -->")


def signed_as(page: bytes) -> tuple[str, str, str] | None:
    """Return the file's name, the partnership and the edition's title that a web page names; None if it names none."""
    found = _SIGNATURE.findall(page)  # a text cannot hold one: its signs are escaped
    return tuple(part.decode() for part in found[-1]) if found else None


def read_manifest(text: str) -> Manifest:
    """Return the manifest in a file of this version or an older one; ValueError says why it is none."""
    data = read_json(dict[str, Any], text)
    numbered = data.get("edition") is not None
    added = {"making": Making.EDITION if numbered else Making.PART, "public_date": data.get("as_of")}
    return convert(Manifest, added | data)


class Deed(StrEnum):
    """What was done; the last deed for a hash counts."""

    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceEntry:
    """One line of the record; the names are those of its keys."""

    deed: Deed
    by: str
    on: date
    edition: str
    """Its name: 7, or 7r2. What counts is the hash."""
    facts_sha256: str

    def __str__(self) -> str:
        """Return the line, without its end."""
        return write_json(self, indent=0)


def current_clearance(entries: Iterable[ClearanceEntry], facts_sha256: str) -> Cleared | None:
    """Return the clearance of the facts with this hash; None if none was given, or it was withdrawn."""
    deeds = [entry for entry in entries if entry.facts_sha256 == facts_sha256]
    if not deeds or deeds[-1].deed is Deed.WITHDRAWN:
        return None
    return Cleared(by=deeds[-1].by, on=deeds[-1].on)
