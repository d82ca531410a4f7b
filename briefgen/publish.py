"""Documents -> an edition in out/: staged, checked and switched in by one rename, whole or not at all."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.model.page import Document

MANIFEST = "manifest.json"
_STAGING, _PENDING, _FRESH = ".staging-", ".pending", ".latest.new"
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644
_EDITION = re.compile(r"\d{4}-\d\d-\d\d-(\d+)(?:r(\d+))?")
_NEEDED = ("edition", "revision", "as_of", "next_change", "facts_sha256", "look_sha256", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What was published: where, and what its manifest says."""

    folder: Path
    manifest: Mapping[str, Any]
    new: bool
    """False: nothing had changed and nothing was written."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The documents, by name."""
        return tuple(self.folder / name for name in self.manifest["files"])

    @property
    def whole(self) -> bool:
        """Whether every document still is what was published."""
        return all(_digest(self.folder / name) == digest for name, digest in self.manifest["files"].items())


def latest(home: Path) -> Edition | None:
    """The newest edition of a partnership, by its `latest` link; None where there is none yet."""
    return _read(home / "latest")


def _read(folder: Path) -> Edition | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    readable = isinstance(manifest, dict) and all(key in manifest for key in _NEEDED)
    return Edition(folder=folder.resolve(), manifest=manifest, new=False) if readable else None


def taken(home: Path) -> frozenset[tuple[int, int]]:
    """The numbers and revisions of all editions that stand there; none of them is ever given again."""
    found = (_EDITION.fullmatch(path.name) for path in (home / "editions").glob("*"))
    return frozenset((int(match[1]), int(match[2] or 1)) for match in found if match)


def before(home: Path, number: int) -> Edition | None:
    """The last edition with a smaller number, in its latest revision."""
    found = [edition for path in (home / "editions").glob(f"*/{MANIFEST}") if (edition := _read(path.parent))]
    earlier = [edition for edition in found if int(edition.manifest["edition"]) < number]
    return max(earlier, key=lambda each: (each.manifest["edition"], each.manifest["revision"]), default=None)


def publish(
    home: Path, folder: str, documents: Iterable[Document], manifest: Mapping[str, Any], *, newest: bool
) -> Edition:
    """Put the documents into a folder of the partnership's home; `newest`: readers of `latest` see it from now on.

    Everything is written beside and checked; only then one rename puts it in its place. Call it while `locked`;
    NothingToGoOnWith says why it could not be done, and then nothing has changed.
    """
    place = home / folder
    try:
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=home))
        written = _write(staging, documents, manifest)
        _check(staging, written)
        if newest:
            _write_file(home / _PENDING, folder.encode())
        _switch(staging, place)
        if newest:
            _point(home / "latest", folder)
    except OSError as error:
        raise _cannot_write(home, error) from None
    finally:
        _mend(home)
    return Edition(folder=place, manifest=written, new=True)


@contextmanager
def locked(home: Path) -> Iterator[Path]:
    """Keeps two builds of a partnership apart; the second says so and stops. Clears what a killed build left."""
    try:
        _make_folder(home)
        lock = (home / ".lock").open("w")
    except OSError as error:
        raise _cannot_write(home, error) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "another build of this partnership is running"
            raise NothingToGoOnWith([Finding(Place(str(home)), "P501", message, hint="wait until it ends")]) from None
        _mend(home)
        yield home


def _mend(home: Path) -> None:
    """Clears what a failed or killed build left: half an edition, one that never became the newest, one put aside."""
    for orphan in home.glob(f"{_STAGING}*"):
        shutil.rmtree(orphan, ignore_errors=True)
    pending = home / _PENDING
    with suppress(OSError):
        folder = pending.read_text(encoding="utf-8")
        name = folder.removeprefix("editions/")
        if _EDITION.fullmatch(name) and not _points_to(home / "latest", folder):
            shutil.rmtree(home / "editions" / name, ignore_errors=True)
    for aside in home.glob("*/.*.old"):
        _put_back(aside)
    for left in (home / _FRESH, pending):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _put_back(aside: Path) -> None:
    """A folder moved aside for its successor returns where the successor never came."""
    with suppress(OSError):
        place = aside.with_name(aside.name.removeprefix(".").removesuffix(".old"))
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(place)


def _points_to(link: Path, folder: str) -> bool:
    return link.is_symlink() and str(link.readlink()) == folder


def _write(staging: Path, documents: Iterable[Document], facts: Mapping[str, Any]) -> Mapping[str, Any]:
    # a temporary folder is private; readers of the edition, a web server among them, must be let in
    staging.chmod(_FOLDER_MODE)
    files: dict[str, str] = {}
    for document in documents:
        if document.name in ("", ".", "..") or "/" in document.name:
            raise OSError(f"'{document.name}' is no name for a file of an edition")
        _write_file(staging / document.name, document.content)
        files[document.name] = hashlib.sha256(document.content).hexdigest()
    manifest = {**facts, "files": dict(sorted(files.items()))}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    _write_file(staging / MANIFEST, text.encode())
    return manifest


def _write_file(path: Path, content: bytes) -> None:
    """Written through to the disk, so that a power cut after the rename finds it whole."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(_FILE_MODE)


def _check(staging: Path, manifest: Mapping[str, Any]) -> None:
    """What stands on the disk is what was rendered."""
    for name, digest in manifest["files"].items():
        if _digest(staging / name) != digest or not (staging / name).stat().st_size:
            raise OSError(f"{name} was not written as it was rendered")
    _sync(staging)


def _digest(path: Path) -> str:
    """The sha256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _switch(staging: Path, folder: Path) -> None:
    """One rename; a folder that stands there already is moved aside first, and put back should that fail."""
    _make_folder(folder.parent)
    if folder.exists():
        folder.rename(folder.with_name(f".{folder.name}.old"))
    staging.rename(folder)
    with suppress(OSError):  # it is in its place; all that is left to chance is a power cut in this very second
        _sync(folder.parent)


def _point(link: Path, folder: str) -> None:
    """A new link is put over the old one in one step; readers see the old edition or the new, never none."""
    fresh = link.with_name(_FRESH)
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder)
    fresh.replace(link)
    with suppress(OSError):
        _sync(link.parent)


def _make_folder(folder: Path) -> None:
    """With the folders above it, for everyone to read, whatever the umask."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        each.chmod(_FOLDER_MODE)


def _sync(folder: Path) -> None:
    """Names are written through to the disk like contents."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(path: Path, error: OSError) -> NothingToGoOnWith:
    message = f"the edition cannot be written: {error.strerror or error}"
    hint = "the last edition stands as it was; free some space or mend the access rights, then build again"
    return NothingToGoOnWith([Finding(Place(str(error.filename or path)), "P502", message, hint=hint)])
