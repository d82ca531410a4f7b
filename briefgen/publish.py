"""Documents -> an edition in out/: staged, checked and switched in by one rename, whole or not at all."""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.model.page import Document

MANIFEST = "manifest.json"
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


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


def latest(home: Path) -> Edition | None:
    """The newest edition of a partnership, by its `latest` link; None where there is none yet."""
    return _read(home / "latest")


def _read(folder: Path) -> Edition | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Edition(folder=folder.resolve(), manifest=manifest, new=False)


def before(home: Path, number: int) -> Edition | None:
    """The last edition with a smaller number, in its latest revision."""
    found = [edition for path in (home / "editions").glob(f"*/{MANIFEST}") if (edition := _read(path.parent))]
    earlier = [edition for edition in found if int(edition.manifest["edition"]) < number]
    return max(earlier, key=lambda each: (each.manifest["edition"], each.manifest["revision"]), default=None)


def publish(
    home: Path, folder: str, documents: Iterable[Document], manifest: Mapping[str, Any], *, newest: bool
) -> Edition:
    """Put the documents into a folder of the partnership's home; `newest`: readers of `latest` see it from now on."""
    edition = _put(home, home / folder, documents, manifest)
    if newest:
        _point(home / "latest", edition.folder)
    return edition


@contextmanager
def locked(home: Path) -> Iterator[Path]:
    """Keeps two builds of a partnership apart; the second says so and stops. Clears what a killed build left."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / ".lock").open("w")
    except OSError as error:
        raise _cannot_write(home, error) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "another build of this partnership is running"
            raise NothingToGoOnWith([Finding(Place(str(home)), "P501", message, hint="wait until it ends")]) from None
        for orphan in home.glob(".staging-*"):
            shutil.rmtree(orphan, ignore_errors=True)
        yield home


def _put(home: Path, folder: Path, documents: Iterable[Document], facts: Mapping[str, Any]) -> Edition:
    """Everything is written beside and checked; only then one rename puts it in its place."""
    staging: Path | None = None
    try:
        staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=home))
        manifest = _write(staging, documents, facts)
        _check(staging, manifest)
        _switch(staging, folder)
    except OSError as error:
        raise _cannot_write(home, error) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
    return Edition(folder=folder, manifest=manifest, new=True)


def _write(staging: Path, documents: Iterable[Document], facts: Mapping[str, Any]) -> Mapping[str, Any]:
    # a temporary folder is private; readers of the edition, a web server among them, must be let in
    staging.chmod(_FOLDER_MODE)
    files: dict[str, str] = {}
    for document in documents:
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
        content = (staging / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest or not content:
            raise OSError(f"{name} was not written as it was rendered")


def _switch(staging: Path, folder: Path) -> None:
    """One rename; a folder that stands there already is moved aside first and put back if that fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
    try:
        staging.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _point(link: Path, folder: Path) -> None:
    """A new link is put over the old one in one step; readers see the old edition or the new, never none."""
    fresh = link.with_name(f".{link.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(folder.relative_to(link.parent))
        fresh.replace(link)
    except OSError as error:
        raise _cannot_write(link, error) from None


def _cannot_write(path: Path, error: OSError) -> NothingToGoOnWith:
    message = f"the edition cannot be written: {error.strerror or error}"
    hint = "the last edition stands as it was; free some space or mend the access rights, then build again"
    return NothingToGoOnWith([Finding(Place(str(error.filename or path)), "P502", message, hint=hint)])
