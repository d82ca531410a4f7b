"""The editions in a partnership's folder of out/, and the notes beside them; everything here only reads, and is light.

out/vn-kr/latest                    link to the edition that readers see (or a copy, and its name in latest.txt)
out/vn-kr/editions/2026-11-21-7r2   an edition: day, number, revision from the second on
out/vn-kr/as-of/2022-03-01          a reconstruction
out/vn-kr/partial/2026-11-21        a part
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from briefgen.model.edition import MANIFEST, Making, Manifest, read_manifest
from briefgen.model.typed_json import read_json

T = TypeVar("T")

LATEST, LATEST_NAME = "latest", "latest.txt"
FOLDERS = {Making.EDITION: "editions", Making.RECONSTRUCTION: "as-of", Making.PART: "partial"}
EDITIONS = FOLDERS[Making.EDITION]
FOLDER_NAME = re.compile(r"\d{4}-\d\d-\d\d-(\d+)(?:r(\d+))?")
LOCK, PIN, SEEN = ".lock", ".held", ".seen.json"
_OF_FILE_MANAGERS = (".DS_Store",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What was published: where, and what its manifest says."""

    folder: Path
    manifest: Manifest
    new: bool
    """False: nothing had changed and nothing was written."""

    @property
    def outdir(self) -> Path:
        """The folder of the partnership it belongs to."""
        return self.folder.parent.parent

    @property
    def version(self) -> tuple[int, int]:
        """Number and revision."""
        return self.manifest.version

    @property
    def files(self) -> tuple[Path, ...]:
        """Its files, by name."""
        return tuple(self.folder / name for name in self.manifest.files)

    @property
    def documents(self) -> tuple[Path, ...]:
        """The files for readers, without the data beside them."""
        return tuple(file for file in self.files if file.suffix.removeprefix(".") in self.manifest.formats)

    @property
    def damaged(self) -> tuple[str, ...]:
        """The names of files that are no longer what was published."""
        return tuple(name for name, known in self.manifest.files.items() if digest(self.folder / name) != known)

    @property
    def whole(self) -> bool:
        """Whether every file still is what was published."""
        return not self.damaged


def latest(outdir: Path) -> Edition | None:
    """The edition that readers see; None where there is none yet, or none that can be read."""
    seen = read_edition(outdir / LATEST)
    if seen is None or (outdir / LATEST).is_symlink():
        return seen
    return read_edition(outdir / EDITIONS / seen.manifest.folder_name)


def latest_of(out: Path, facts_file: str) -> Iterator[Edition]:
    """The editions that readers see of this file or folder in `facts/`; as a rule there is one."""
    found = (latest(path.parent) for path in sorted(out.glob(f"*/{EDITIONS}")))
    return (each for each in found if each is not None and each.manifest.facts_file == facts_file)


def read_edition(folder: Path) -> Edition | None:
    """The edition in a folder; None where no manifest can be read."""
    try:
        manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Edition(folder=folder.resolve(), manifest=manifest, new=False)


def edition_folders(outdir: Path) -> tuple[Path, ...]:
    """The folders of editions, whole or damaged, by number and revision."""
    found = (path for path in (outdir / EDITIONS).glob("*") if FOLDER_NAME.fullmatch(path.name))
    return tuple(sorted(found, key=lambda path: (*version_of(path), path.name)))


def version_of(folder: Path) -> tuple[int, int]:
    """Number and revision by a folder's name; ValueError where it is no edition's."""
    match = FOLDER_NAME.fullmatch(folder.name)
    if match is None:
        raise ValueError(f"'{folder.name}' is no edition")
    return int(match[1]), int(match[2] or 1)


def editions(outdir: Path) -> tuple[Edition, ...]:
    """The editions that can be read, by number and revision."""
    found = (read_edition(folder) for folder in edition_folders(outdir))
    return tuple(edition for edition in found if edition is not None and edition.manifest.edition is not None)


def previous_visible(outdir: Path, number: int) -> Edition | None:
    """The edition that edition `number` is compared with: what readers saw before it, in its latest revision.

    A damaged one is passed over for the one before it.
    """
    standing, seen = editions(outdir), latest(outdir)
    since = next((each.manifest.since for each in standing if each.version[0] == number), None)
    last = since or (seen.version[0] if seen and seen.version[0] < number else number - 1)
    return next((each for each in reversed(standing) if each.version[0] <= last and each.whole), None)


def previous_number(outdir: Path, number: int) -> Edition | None:
    """The last whole edition with a smaller number, even one that was rolled back: some readers have its files."""
    return next((each for each in reversed(editions(outdir)) if each.version[0] < number and each.whole), None)


def digest(path: Path) -> str:
    """The sha256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def points_to(outdir: Path, folder_name: str) -> bool:
    """Whether readers see the edition in this folder, damaged or not."""
    link = outdir / LATEST
    if link.is_symlink():
        return str(link.readlink()) == f"{EDITIONS}/{folder_name}"
    seen = read_edition(link)
    return seen is not None and seen.manifest.folder_name == folder_name


def is_copy(outdir: Path) -> bool:
    """Whether `latest` is a copy of an edition, with nothing in it that somebody else put there."""
    folder = outdir / LATEST
    if folder.is_symlink() or not folder.is_dir():
        return False
    copied = read_edition(folder)
    return copied is not None and {path.name for path in folder.iterdir()} <= {MANIFEST, *copied.manifest.files}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPin:
    """A rollback that holds until one of the workspace's files changes; the names are those of its file."""

    edition: str
    """The name of the edition's folder."""
    since: date
    desk: str
    """The hash of the workspace's files as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInputs:
    """Inputs that were found to give the newest edition too, with the next day on which something changes by itself."""

    edition: str
    """The name of the edition's folder."""
    inputs: Mapping[str, date | None]
    """By hash."""


def current_pin(outdir: Path) -> RollbackPin | None:
    """The rollback that holds; None where there is none, or readers see another edition by now."""
    pin = last_pin(outdir)
    return pin if pin and points_to(outdir, pin.edition) else None


def last_pin(outdir: Path) -> RollbackPin | None:
    """The rollback that was noted last, whichever edition readers see."""
    return _read_note(RollbackPin, outdir / PIN)


def next_changes(outdir: Path, edition: Edition) -> Mapping[str, date | None]:
    """For the hash of each inputs that give this edition: the next day on which something changes by itself."""
    manifest = edition.manifest
    own = {manifest.inputs_sha256: manifest.next_change} if manifest.inputs_sha256 else {}
    return {**seen_inputs(outdir, edition), **own}


def seen_inputs(outdir: Path, edition: Edition) -> Mapping[str, date | None]:
    """Inputs besides its own that were found to give this edition: a comment in the facts makes no other one."""
    seen = _read_note(SeenInputs, outdir / SEEN)
    return seen.inputs if seen and seen.edition == edition.folder.name else {}


def has_leftovers(outdir: Path) -> bool:
    """Whether a build was interrupted here, or is running."""
    known = (LOCK, PIN, SEEN, *_OF_FILE_MANAGERS)
    return any(path.name not in known for path in outdir.glob(".*")) or any(outdir.glob("*/.*.old"))


def _read_note(kind: type[T], path: Path) -> T | None:
    try:
        return read_json(kind, path.read_bytes())
    except (OSError, ValueError):
        return None
