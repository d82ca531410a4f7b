"""The editions that stand in a partnership's folder, read and never written."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefgen.editions.manifest import MANIFEST, Manifest, read_manifest

EDITIONS, LATEST = "editions", "latest"
FOLDER_NAME = re.compile(r"\d{4}-\d\d-\d\d-(\d+)(?:r(\d+))?")
"""Day and number of an edition, and its revision from the second on: 2026-11-21-7r2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What was published: where, and what its manifest says."""

    folder: Path
    manifest: Manifest
    new: bool
    """False: nothing had changed and nothing was written."""

    @property
    def home(self) -> Path:
        """The folder of the partnership it belongs to."""
        return self.folder.parent.parent

    @property
    def files(self) -> tuple[Path, ...]:
        """The documents, by name."""
        return tuple(self.folder / name for name in self.manifest.files)

    @property
    def damaged(self) -> tuple[str, ...]:
        """The names of files that are no longer what was published."""
        return tuple(name for name, known in self.manifest.files.items() if digest(self.folder / name) != known)

    @property
    def whole(self) -> bool:
        """Whether every document still is what was published."""
        return not self.damaged

    @property
    def order(self) -> tuple[int, int]:
        """Number and revision: a later edition has a greater one."""
        return self.manifest.edition or 0, self.manifest.revision


def latest(home: Path) -> Edition | None:
    """The edition that readers of a partnership see; None where there is none yet, or none that can be read."""
    seen = read_edition(home / LATEST)
    if seen is None or (home / LATEST).is_symlink():
        return seen
    return read_edition(home / EDITIONS / seen.manifest.folder_name)


def latest_of(out: Path, facts_file: str) -> Iterator[Edition]:
    """The editions that readers see of the partnerships that this file or folder in `facts/` tells; one, as a rule."""
    found = (latest(path.parent) for path in sorted(out.glob(f"*/{EDITIONS}")))
    return (each for each in found if each is not None and each.manifest.facts_file == facts_file)


def read_edition(folder: Path) -> Edition | None:
    """The edition in a folder; None where no manifest of one can be read."""
    try:
        manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Edition(folder=folder.resolve(), manifest=manifest, new=False)


def edition_folders(home: Path) -> tuple[Path, ...]:
    """The folders of editions, whole or damaged, in the order of their numbers and revisions."""
    found = (path for path in (home / EDITIONS).glob("*") if FOLDER_NAME.fullmatch(path.name))
    return tuple(sorted(found, key=lambda path: (*number_of(path), path.name)))


def number_of(folder: Path) -> tuple[int, int]:
    """Number and revision by the folder's name; ValueError where it is no edition's."""
    match = FOLDER_NAME.fullmatch(folder.name)
    if match is None:
        raise ValueError(f"'{folder.name}' is no edition")
    return int(match[1]), int(match[2] or 1)


def taken(home: Path) -> frozenset[tuple[int, int]]:
    """The numbers and revisions of all editions that stand there; none of them is ever given again."""
    return frozenset(map(number_of, edition_folders(home)))


def editions(home: Path) -> tuple[Edition, ...]:
    """The editions that can be read, in the order of their numbers and revisions."""
    found = (read_edition(folder) for folder in edition_folders(home))
    return tuple(edition for edition in found if edition is not None and edition.manifest.edition is not None)


def before(home: Path, number: int) -> Edition | None:
    """The edition that edition `number` tells changes of: what readers saw before it, in its latest revision.

    A damaged one is passed over for the one before it.
    """
    standing, seen = editions(home), latest(home)
    told = next((each.manifest.since for each in standing if each.order[0] == number), None)
    last = told or (seen.order[0] if seen and seen.order[0] < number else number - 1)
    return next((each for each in reversed(standing) if each.order[0] <= last and each.whole), None)


def preceding(home: Path, number: int) -> Edition | None:
    """The last whole edition with a smaller number, even one that readers were led back from: some have its files."""
    return next((each for each in reversed(editions(home)) if each.order[0] < number and each.whole), None)


def digest(path: Path) -> str:
    """The sha256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
