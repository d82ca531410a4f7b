"""Files are written so that they are whole even after a power cut, and readable whatever the umask."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from briefgen.files.reading import UnreadableFileError, leads_out
from briefgen.model.findings import FindingsError

FOLDER_MODE, FILE_MODE = 0o755, 0o644
"""Readers of the editions, such as a web server, may read everything."""
_UNSUPPORTED = (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""The errors of file systems that keep no access rights, or cannot sync a folder: FAT, some network drives."""


def write_file(path: Path, content: bytes, mode: int = FILE_MODE) -> None:
    """Write a file through to the disk, so that a power cut after it has been renamed finds it whole."""
    path.unlink(missing_ok=True)  # whatever has the name: nothing that it links to is written
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123 # opened so that no link is followed
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    let_in(path, mode)


def replace_file(path: Path, content: bytes, within: Path | None = None) -> bool:
    """Replace the content of a file in one step, and return whether it differed.

    A link stays a link, and access rights stay. OSError where it cannot be done, or where a link leads out of the
    folder `within`; the file is then as it was.
    """
    if within is not None and leads_out(path, within):
        raise UnreadableFileError(path, "it is not written: a link leads out of the workspace")
    target = path.resolve()
    if target.is_file() and target.read_bytes() == content:
        return False
    fresh = target.with_name(f".{target.name.removeprefix('.')}.{os.urandom(4).hex()}.new")  # of no other writer
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(fresh, content, target.stat().st_mode & 0o7777 if target.exists() else FILE_MODE)
        fresh.replace(target)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error  # a person does not know the unfinished file
    for left in unfinished(target):
        with suppress(OSError):
            if target.stat().st_mtime - left.stat().st_mtime > _ABANDONED:
                left.unlink()
    return True


_ABANDONED = 3600
"""Seconds after which nobody still writes what is unfinished: its writer was killed."""


def unfinished(path: Path) -> list[Path]:
    """Return what a file is written to before that takes its place; a kill leaves it there."""
    return [*path.parent.glob(f".{escape(path.name.removeprefix('.'))}*.new")]


def let_in(path: Path, mode: int) -> None:
    """Set access rights, if the file system has any."""
    with _if_supported():
        path.chmod(mode)


def make_folder(folder: Path) -> None:
    """Make a folder and the missing ones above it, for everyone to read."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        let_in(each, FOLDER_MODE)


def sync(folder: Path) -> None:
    """Write the names in a folder through to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with _if_supported():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _if_supported() -> Iterator[None]:
    """Ignore that a file system does not support something; every other error is raised."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def cannot_write(path: Path, error: OSError) -> FindingsError:
    """Return the error for an edition that could not be written (P502)."""
    message = f"the edition cannot be written: {error.strerror or error}"
    todo = "free some space or mend the access rights"
    if isinstance(error, FileExistsError | NotADirectoryError):
        todo = "take away the file, or the link that leads nowhere, which stands there where a folder belongs"
    elif isinstance(error, IsADirectoryError):
        todo = "move that folder to another place"
    hint = f"the last edition stands as it was; {todo}, then build again"
    return FindingsError.of(str(error.filename or path), "P502", message, hint)
