"""What is noted beside the editions: a rollback that holds, inputs found to change nothing, a build under way."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.model.edition import MANIFEST, Manifest, read_manifest

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
    def outdir(self) -> Path:
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


def latest(outdir: Path) -> Edition | None:
    """The edition that readers of a partnership see; None where there is none yet, or none that can be read."""
    seen = read_edition(outdir / LATEST)
    if seen is None or (outdir / LATEST).is_symlink():
        return seen
    return read_edition(outdir / EDITIONS / seen.manifest.folder_name)


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


def edition_folders(outdir: Path) -> tuple[Path, ...]:
    """The folders of editions, whole or damaged, in the order of their numbers and revisions."""
    found = (path for path in (outdir / EDITIONS).glob("*") if FOLDER_NAME.fullmatch(path.name))
    return tuple(sorted(found, key=lambda path: (*number_of(path), path.name)))


def number_of(folder: Path) -> tuple[int, int]:
    """Number and revision by the folder's name; ValueError where it is no edition's."""
    match = FOLDER_NAME.fullmatch(folder.name)
    if match is None:
        raise ValueError(f"'{folder.name}' is no edition")
    return int(match[1]), int(match[2] or 1)


def used_numbers(outdir: Path) -> frozenset[tuple[int, int]]:
    """The numbers and revisions of all editions that stand there; none of them is ever given again."""
    return frozenset(map(number_of, edition_folders(outdir)))


def editions(outdir: Path) -> tuple[Edition, ...]:
    """The editions that can be read, in the order of their numbers and revisions."""
    found = (read_edition(folder) for folder in edition_folders(outdir))
    return tuple(edition for edition in found if edition is not None and edition.manifest.edition is not None)


def previous_visible(outdir: Path, number: int) -> Edition | None:
    """The edition that edition `number` tells changes of: what readers saw before it, in its latest revision.

    A damaged one is passed over for the one before it.
    """
    standing, seen = editions(outdir), latest(outdir)
    told = next((each.manifest.since for each in standing if each.order[0] == number), None)
    last = told or (seen.order[0] if seen and seen.order[0] < number else number - 1)
    return next((each for each in reversed(standing) if each.order[0] <= last and each.whole), None)


def previous_number(outdir: Path, number: int) -> Edition | None:
    """The last whole edition with a smaller number, even one that readers were led back from: some have its files."""
    return next((each for each in reversed(editions(outdir)) if each.order[0] < number and each.whole), None)


def digest(path: Path) -> str:
    """The sha256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


NAME = "latest.txt"


def points_to(outdir: Path, name: str) -> bool:
    """Whether readers see the edition in this folder, damaged or not."""
    link = outdir / LATEST
    if link.is_symlink():
        return str(link.readlink()) == f"{EDITIONS}/{name}"
    seen = read_edition(link)
    return seen is not None and seen.manifest.folder_name == name


def is_copy(outdir: Path) -> bool:
    """Whether `latest` is a copy of an edition, with nothing in it that somebody else put there."""
    folder = outdir / LATEST
    if folder.is_symlink() or not folder.is_dir():
        return False
    copied = read_edition(folder)
    return copied is not None and {path.name for path in folder.iterdir()} <= {MANIFEST, *copied.manifest.files}


def written_name(outdir: Path) -> str:
    """What `latest.txt` says; empty where there is none."""
    try:
        return (outdir / NAME).read_text(encoding="utf-8", errors="replace").strip().removeprefix(f"{EDITIONS}/")
    except OSError:
        return ""


LOCK, HELD, SEEN = ".lock", ".held", ".seen.json"
_OF_NOBODY = (".DS_Store",)
"""What file managers leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPin:
    """A rollback: what is held, since when, and which files of the desk it waits to see changed."""

    folder_name: str
    since: date
    workspace: str
    """The hash of the desk's files as they were."""


def current_pin(outdir: Path) -> RollbackPin | None:
    """The hold of a partnership; None where there is none, or readers see another edition by now."""
    noted = _read_hold(outdir)
    return noted if noted and points_to(outdir, noted.folder_name) else None


def last_pinned(outdir: Path) -> str:
    """The folder's name of what was held, wherever readers are led; empty where nothing was."""
    noted = _read_hold(outdir)
    return noted.folder_name if noted else ""


def next_changes(outdir: Path, edition: Edition) -> Mapping[str, date | None]:
    """For the hash of each inputs that give this edition: the next day on which something changes by itself."""
    manifest = edition.manifest
    own = {manifest.inputs_sha256: manifest.next_change} if manifest.inputs_sha256 else {}
    return {**read_seen(outdir, edition), **own}


def read_seen(outdir: Path, edition: Edition) -> dict[str, date | None]:
    """Inputs besides its own that were found to give this edition too: a remark in the facts makes no other one."""
    try:
        said = json.loads((outdir / SEEN).read_text(encoding="utf-8"))
        if said["edition"] == edition.folder.name:
            return {each: date.fromisoformat(day) if day else None for each, day in said["inputs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}


def has_leftovers(outdir: Path) -> bool:
    """Whether a build was interrupted here, or is under way."""
    known = (LOCK, HELD, SEEN, *_OF_NOBODY)
    return any(path.name not in known for path in outdir.glob(".*")) or any(outdir.glob("*/.*.old"))


def _read_hold(outdir: Path) -> RollbackPin | None:
    try:
        said = json.loads((outdir / HELD).read_text(encoding="utf-8"))
        return RollbackPin(folder_name=said["edition"], since=date.fromisoformat(said["since"]), workspace=said["desk"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
