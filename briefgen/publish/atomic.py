"""Writing that survives a power cut."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location

FOLDER_MODE, FILE_MODE = 0o755, 0o644
_UNKNOWN_HERE = (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""What file systems answer that keep no access rights, or cannot write a folder through: FAT, some network drives."""


def write_file(path: Path, content: bytes, mode: int = FILE_MODE) -> None:
    """Written through to the disk, so that a power cut after a rename finds it whole; readable whatever the umask."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    let_in(path, mode)


def replace_file(path: Path, content: bytes) -> bool:
    """Put the content in the place of a file in one step, and return whether that changed anything.

    A link stays a link, and access rights stay. OSError where it cannot be done; the file is then as it was.
    """
    target = path.resolve()
    if target.is_file() and target.read_bytes() == content:
        return False
    fresh = unfinished(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(fresh, content, target.stat().st_mode & 0o7777 if target.exists() else FILE_MODE)
        fresh.replace(target)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error  # nobody knows the unfinished file
    return True


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
