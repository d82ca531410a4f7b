"""Reads the files of a workspace: regular files alone, none larger than its kind needs, none outside by a link."""

import os
import stat
from pathlib import Path

from briefgen.model.findings import Location

_LIMITS = {
    ".toml": 1_000_000,
    ".yaml": 8_000_000,
    ".po": 8_000_000,
    ".html": 2_000_000,
    ".css": 2_000_000,
    ".svg": 2_000_000,
    ".jsonl": 8_000_000,
    ".lock": 10_000,
}
"""The most bytes of an input by its kind; others are fonts, pictures and originals."""
MOST = 100_000_000
"""The most bytes of any file, such as one that an edition holds: a page may have large pictures in it."""


class UnreadableFileError(OSError):
    """A file that is not read, whatever its rights; `strerror` says why, and no byte of the file is in it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(0, why, str(path))


def limit_of(path: Path) -> int:
    """Return the most bytes that a file of this kind may have."""
    return _LIMITS.get(path.suffix.lower(), MOST)


def leads_out(path: Path, folder: Path) -> bool:
    """Return whether a path below a folder is, behind its links, a file outside of it."""
    return path.is_relative_to(folder) and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def fault_of(path: Path, within: Path | None = None, limit: int | None = None) -> str:
    """Return why a file must not be read, empty if it may be; OSError if it cannot even be looked at."""
    if within is not None and leads_out(path, within):
        return "a link leads out of the workspace"
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        return "it is a folder"
    if not stat.S_ISREG(found.st_mode):
        return "it is no file but a pipe, a device or the like"
    if found.st_size > (limit := limit or limit_of(path)):
        return f"it has {found.st_size:,} bytes; the limit is {limit:,}"
    return ""


def read_file(path: Path, within: Path | None = None, limit: int | None = None) -> bytes:
    """Return the content of a file; OSError says why it is not read.

    `within` is the folder that no link may lead out of; the program's own files are in none. `limit` is the most bytes,
    by default those of an input of its kind.
    """
    limit = limit or limit_of(path)
    if why := fault_of(path, within, limit):
        raise UnreadableFileError(path, why)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe put there just now does not wait
    with open(descriptor, "rb") as file:  # noqa: PTH123 # what was opened, and not what has the name by now
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableFileError(path, "it is no file but a pipe, a device or the like")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise UnreadableFileError(path, f"it has more than {limit:,} bytes")
    return content


def read_text(path: Path, within: Path | None = None) -> str:
    """Return the text of a file, without a byte order mark; what is no UTF-8 is replaced. OSError as `read_file`."""
    return read_file(path, within).decode("utf-8-sig", "replace")


def text_if_readable(path: Path, within: Path | None = None) -> str:
    """Return the text of a file, empty if it cannot be read: whoever needs the file says why."""
    try:
        return read_text(path, within)
    except OSError:
        return ""


def line_at(location: Location, folder: Path) -> str | None:
    """Return the line of a file in a folder; None if the location names none, or it cannot be read."""
    try:
        return read_text(folder / location.file, folder).split("\n")[location.line - 1] if location.line else None
    except (OSError, IndexError):
        return None
