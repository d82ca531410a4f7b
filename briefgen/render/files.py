"""Finds the files below a folder, past what systems and editors leave there, however a system composes their names."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_NOISE = ("Thumbs.db", "desktop.ini", "README.md")
_HIDDEN = (".", "~$")
"""How the names of files begin that nobody wrote: of macOS (._a), of Emacs (.#a), of office programs (~$a)."""
_HALF_WRITTEN = ("~", ".swp", ".swx", ".tmp", ".bak")
"""What file managers, editors and `briefgen template reset` leave beside the files of a person."""


def is_ignored(name: str) -> bool:
    """Return whether a file of this name is none of the workspace's own."""
    return name in _NOISE or name.startswith(_HIDDEN) or name.endswith(_HALF_WRITTEN)


def files_below(folder: Path, without: tuple[str, ...] = ("__pycache__",)) -> Iterator[Path]:
    """Yield the files below a folder in the order of their names; links to folders are followed.

    A folder that is met again, as in a loop of links, is yielded itself in place of its files.
    """
    met = {os.path.realpath(folder)}
    for parent, folders, names in os.walk(folder, followlinks=True):
        for name in sorted(folders):
            real = os.path.realpath(Path(parent, name))
            if real in met:
                folders.remove(name)
                names.append(name)
            met.add(real)
        folders[:] = sorted(name for name in folders if name not in without)
        yield from (Path(parent, name) for name in sorted(names) if not is_ignored(name))


def find_below(folder: Path, name: str) -> Path | None:
    """Return the file of that name below a folder; macOS decomposes names that everybody else writes composed."""
    if name.isascii() or (folder / name).is_file():
        return folder / name if (folder / name).is_file() else None
    found: Path | None = folder
    for part in PurePosixPath(name).parts:
        found = _entry(found, part) if found else None
    return found if found and found.is_file() else None


def _entry(folder: Path, name: str) -> Path | None:
    """Return what has that name in a folder, however either is composed."""
    entries = folder.iterdir() if folder.is_dir() else ()
    return next((each for each in entries if composed(each.name) == composed(name)), None)


def composed(name: str) -> str:
    """Return a name as keyboards write it (NFC), to compare it with another."""
    return unicodedata.normalize("NFC", name)
