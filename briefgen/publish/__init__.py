"""Documents -> an edition in out/: staged, checked and switched in by one rename, whole or not at all.

Here the editions in a partnership's folder are read, and the notes beside them; nothing heavy is loaded for it.

out/vn-kr/latest                    link to the edition that readers see (or a copy, and its name in latest.txt)
out/vn-kr/editions/2026-11-21-7r2   an edition: day, number, revision from the second on
out/vn-kr/as-of/2022-03-01          a reconstruction
out/vn-kr/partial/2026-11-21        a part
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from briefgen.files import MOST, leads_out, read_file, text_if_readable
from briefgen.model.edition import CHANGES, FEWEST_KEPT, INDEX, MANIFEST, Making, Manifest, read_manifest
from briefgen.model.typed_json import load_json, read_json
from briefgen.read import Fingerprint

T = TypeVar("T")

LATEST, LATEST_NAME = "latest", "latest.txt"
FOLDERS = {Making.EDITION: "editions", Making.RECONSTRUCTION: "as-of", Making.PART: "partial"}
EDITIONS = FOLDERS[Making.EDITION]
FOLDER_NAME = re.compile(r"\d{4}-\d\d-\d\d-(\d+)(?:r(\d+))?")
LOCK, PIN, SEEN = ".lock", ".held", ".seen.json"
_NO_LEFTOVERS = (LOCK, PIN, SEEN, ".DS_Store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A published edition, reconstruction or part: its folder and its manifest."""

    folder: Path
    manifest: Manifest
    new: bool = False
    """Whether this build wrote it."""

    @property
    def outdir(self) -> Path:
        """The folder of its partnership."""
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
        found = (file for file in self.files if file.suffix.removeprefix(".") in self.manifest.formats)
        return tuple(file for file in found if file.stem != INDEX)

    def text_of(self, name: str) -> str:
        """Return the text of one of its files; OSError where it cannot be read, ValueError where it is no UTF-8."""
        return read_file(self.folder / name, self.folder).decode()

    def text_if_readable(self, name: str) -> str:
        """Return the text of one of its files; empty where it cannot be read, or there is none."""
        return text_if_readable(self.folder / name, self.folder)

    @property
    def kinds_of_changes(self) -> tuple[str, ...]:
        """The kind of each change that it told; none where its list cannot be read."""
        try:
            return tuple(str(row["kind"]) for row in load_json(self.text_if_readable(CHANGES))["changes"])
        except (ValueError, KeyError, TypeError):
            return ()

    @property
    def damaged(self) -> tuple[str, ...]:
        """The names of files that are no longer what was published."""
        return tuple(name for name, known in self.manifest.files.items() if digest(self.folder / name) != known)

    @property
    def whole(self) -> bool:
        """Whether every file is still what was published."""
        return not self.damaged


def read_published(path: Path) -> bytes:
    """Return the content of an edition's file, which may be larger than an input of its kind."""
    return read_file(path, path.parent, MOST)


def digest(path: Path) -> str:
    """Return the sha256 of a file, or an empty text if it cannot be read."""
    try:
        return hashlib.sha256(read_published(path)).hexdigest()
    except OSError:
        return ""


def read_edition(folder: Path) -> Edition | None:
    """Return the edition in a folder; None where no manifest can be read, or it names no file."""
    try:
        manifest = read_manifest(read_file(folder / MANIFEST, folder).decode())
    except (OSError, ValueError):
        return None
    return Edition(folder=folder.resolve(), manifest=manifest) if manifest.files else None


def edition_folders(outdir: Path) -> tuple[Path, ...]:
    """Return the folders of editions, whole or damaged, by number and revision."""
    found = (path for path in (outdir / EDITIONS).glob("*") if FOLDER_NAME.fullmatch(path.name))
    return tuple(sorted(found, key=lambda path: (*version_of(path), path.name)))


def version_of(folder: Path) -> tuple[int, int]:
    """Return number and revision from the name of an edition's folder; ValueError for any other name."""
    match = FOLDER_NAME.fullmatch(folder.name)
    if match is None:
        raise ValueError(f"'{folder.name}' is no edition")
    return int(match[1]), int(match[2] or 1)


def editions(outdir: Path) -> tuple[Edition, ...]:
    """Return the editions that can be read, by number and revision.

    What a link leads to is none, nor is a folder that has the manifest of another edition, as a copy of one has.
    """
    found = ((folder.name, read_edition(folder)) for folder in edition_folders(outdir) if not folder.is_symlink())
    return tuple(edition for name, edition in found if edition is not None and edition.manifest.folder_name == name)


def latest(outdir: Path) -> Edition | None:
    """Return the edition that readers see; None where there is none yet, or none that can be read."""
    seen = None if leads_out(outdir / LATEST, outdir) else read_edition(outdir / LATEST)
    if seen is None or (outdir / LATEST).is_symlink():
        return seen
    return read_edition(outdir / EDITIONS / seen.manifest.folder_name)


def latest_of(out: Path, facts_file: str) -> Iterator[Edition]:
    """Yield the editions that readers see of this file or folder in `facts/`: as a rule one."""
    found = (latest(path.parent) for path in sorted(out.glob(f"*/{EDITIONS}")))
    return (each for each in found if each is not None and each.manifest.facts_file == facts_file)


def points_to(outdir: Path, folder_name: str) -> bool:
    """Return whether readers see the edition in this folder, damaged or not."""
    link = outdir / LATEST
    if link.is_symlink():
        return str(link.readlink()) == f"{EDITIONS}/{folder_name}"
    seen = read_edition(link)
    return seen is not None and seen.manifest.folder_name == folder_name


def is_copy(outdir: Path) -> bool:
    """Return whether `latest` is a copy of an edition, and holds no files of other origin."""
    folder = outdir / LATEST
    if folder.is_symlink() or not folder.is_dir():
        return False
    copied = read_edition(folder)
    return copied is not None and {path.name for path in folder.iterdir()} <= {MANIFEST, *copied.manifest.files}


def previous_visible(outdir: Path, number: int) -> Edition | None:
    """Return what edition `number` is compared with: the edition readers saw before it, in its latest whole revision.

    Where none of its revisions is whole, it is the whole edition before.
    """
    known, seen = editions(outdir), latest(outdir)
    since = next((each.manifest.since for each in known if each.version[0] == number), None)
    last = since or (seen.version[0] if seen and seen.version[0] < number else number - 1)
    return next((each for each in reversed(known) if each.version[0] <= last and each.whole), None)


def previous_number(outdir: Path, number: int) -> Edition | None:
    """Return the last whole edition with a smaller number, even one that was rolled back: some readers have it."""
    return next((each for each in reversed(editions(outdir)) if each.version[0] < number and each.whole), None)


def old_numbers(outdir: Path, keep: int, number: int | None = None) -> set[int]:
    """Return the numbers of editions beyond the newest `keep`, of which `number` is to be one; none if `keep` is 0."""
    numbers = {version_of(folder)[0] for folder in edition_folders(outdir)} | ({number} if number else set())
    return {*sorted(numbers)[: -max(keep, FEWEST_KEPT)]} if keep else set()


def has_leftovers(outdir: Path) -> bool:
    """Return whether a build was interrupted here, or is running."""
    return any(path.name not in _NO_LEFTOVERS for path in outdir.glob(".*")) or any(outdir.glob("*/.*.old"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPin:
    """A rollback, which holds until one of the workspace's files changes; the names are those of its file."""

    edition: str
    """The name of the edition's folder."""
    since: date
    desk: str
    """The hash of the workspace's files at that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInputs:
    """Other inputs that give the newest edition too; the names are those of its file."""

    edition: str
    """The name of the edition's folder."""
    inputs: Mapping[str, date | None]
    """By hash, the next day on which something changes by itself."""


def current_pin(outdir: Path) -> RollbackPin | None:
    """Return the rollback that holds; None where there is none, or readers see another edition by now."""
    pin = last_pin(outdir)
    return pin if pin and points_to(outdir, pin.edition) else None


def last_pin(outdir: Path) -> RollbackPin | None:
    """Return the last rollback, whichever edition readers see."""
    return _read_note(RollbackPin, outdir / PIN)


def next_changes(outdir: Path, edition: Edition) -> Mapping[str, date | None]:
    """Return, by the hash of the inputs that give this edition, the next day on which something changes by itself."""
    manifest = edition.manifest
    own = {manifest.inputs_sha256: manifest.next_change} if manifest.inputs_sha256 else {}
    return {**seen_inputs(outdir, edition), **own}


def seen_inputs(outdir: Path, edition: Edition) -> Mapping[str, date | None]:
    """Return the same for inputs besides its own: a comment in the facts makes no other edition."""
    seen = _read_note(SeenInputs, outdir / SEEN)
    return seen.inputs if seen and seen.edition == edition.folder.name else {}


def _read_note(kind: type[T], path: Path) -> T | None:
    try:
        return read_json(kind, read_file(path, path.parent))
    except (OSError, ValueError):
        return None


def up_to_date(out: Path, facts: Path, fingerprint: Fingerprint, today: date) -> Edition | None:
    """Return the edition that a build of these facts would leave as it is; None where only the build itself can tell.

    It is up to date if its inputs are the same in every byte, nothing is due to change, every file of it is whole, and
    no interrupted build has left anything.
    """
    for edition in latest_of(out, facts.name):
        pin, known = current_pin(edition.outdir), next_changes(edition.outdir, edition)
        if pin is not None:
            next_change, same = edition.manifest.next_change, pin.desk == fingerprint.workspace
        else:
            next_change = known.get(fingerprint.sha256)
            same = fingerprint.sha256 in known and (next_change is None or today < next_change)
        if same and edition.manifest.as_of <= today and not has_leftovers(edition.outdir) and edition.whole:
            return replace(edition, manifest=replace(edition.manifest, next_change=next_change))
    return None
