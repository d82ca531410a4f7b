"""Finds the files below a folder, past what systems and editors leave there, however a system composes their names."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from briefgen.render.reading import leads_out

_NOISE = ("Thumbs.db", "desktop.ini", "README.md")
_HIDDEN = (".", "~$")
"""How the names of files begin that nobody wrote: of macOS (._a), of Emacs (.#a), of office programs (~$a)."""
_HALF_WRITTEN = ("~", ".swp", ".swx", ".tmp", ".bak")
"""What file managers, editors and `briefgen template reset` leave beside the files of a person."""


def is_ignored(name: str) -> bool:
    """Return whether a file of this name is none of the workspace's own."""
    return name in _NOISE or name.startswith(_HIDDEN) or name.endswith(_HALF_WRITTEN)


def files_below(
    folder: Path, without: tuple[str, ...] = ("__pycache__",), within: Path | None = None
) -> Iterator[Path]:
    """Yield the files below a folder in the order of their names; links to folders are followed.

    A folder that is met again, as in a loop of links, and one outside of `within`, which is the folder around this one
    where nothing else is said, are yielded themselves in place of their files.
    """
    met, workspace = {os.path.realpath(folder)}, within or folder.parent
    if leads_out(folder, workspace):
        yield folder
        return
    for parent, folders, names in os.walk(folder, followlinks=True):
        for name in sorted(folders):
            path = Path(parent, name)
            real = os.path.realpath(path)
            if real in met or leads_out(path, workspace):
                folders.remove(name)
                names.append(name)
            met.add(real)
        folders[:] = sorted(name for name in folders if name not in without and not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not is_ignored(name))


def find_below(folder: Path, name: str) -> Path | None:
    """Return the file of that name below a folder; macOS decomposes names that everybody else writes composed."""
    if name.isascii() or _is_there(folder / name):
        return folder / name if _is_there(folder / name) else None
    found: Path | None = folder
    for part in PurePosixPath(name).parts:
        found = _entry(found, part) if found else None
    return found if found and _is_there(found) else None


def _is_there(path: Path) -> bool:
    """Return whether there is a file, or what has the name of one: whoever reads it says what is wrong with it."""
    return os.path.lexists(path) and not path.is_dir()


def _entry(folder: Path, name: str) -> Path | None:
    """Return what has that name in a folder, however either is composed."""
    entries = folder.iterdir() if folder.is_dir() else ()
    return next((each for each in entries if composed(each.name) == composed(name)), None)


def composed(name: str) -> str:
    """Return a name as keyboards write it (NFC), to compare it with another."""
    return unicodedata.normalize("NFC", name)
