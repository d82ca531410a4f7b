"""Writing that survives a power cut."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location

FOLDER_MODE, FILE_MODE = 0o755, 0o644
_UNKNOWN_HERE = (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""What file systems answer that keep no access rights, or cannot write a folder through: FAT, some network drives."""


def write_file(path: Path, content: bytes) -> None:
    """Written through to the disk, so that a power cut after the rename finds it whole."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    let_in(path, FILE_MODE)


def replace_file(path: Path, content: bytes) -> None:
    """In one step; OSError where it cannot be done, and then the file is as it was."""
    fresh = unfinished(path)
    write_file(fresh, content)
    fresh.replace(path)


def unfinished(path: Path) -> Path:
    """Where a file is written before it takes its place; a kill may leave it there."""
    return path.with_name(f".{path.name.removeprefix('.')}.new")


def let_in(path: Path, mode: int) -> None:
    """Readers of the edition, a web server among them, may read it, whatever the umask."""
    with _where_known():
        path.chmod(mode)


def make_folder(folder: Path) -> None:
    """With the folders above it, for everyone to read, whatever the umask."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        let_in(each, FOLDER_MODE)


def sync(folder: Path) -> None:
    """Names are written through to the disk like contents."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with _where_known():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _where_known() -> Iterator[None]:
    """What this file system does not know is left out; every other failure counts."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNKNOWN_HERE:
            raise


def cannot_write(path: Path, error: OSError) -> FindingsError:
    """What a refused write is told as."""
    message = f"the edition cannot be written: {error.strerror or error}"
    hint = "the last edition stands as it was; free some space or mend the access rights, then build again"
    return FindingsError([Finding(Location(str(error.filename or path)), "P502", message, hint=hint)])
