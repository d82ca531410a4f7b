"""`latest`, by which readers find the newest edition: a link, or where the file system takes none, a copy.

A link is replaced in one step. A copy is made beside and put in place by two renames: readers see the old edition or
the new one, or for a moment none, but never some of both. `latest.txt` beside it names the edition.
"""

import errno
import json
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

from briefgen.publish.atomic import make_folder, replace_file, sync, unfinished, write_file
from briefgen.publish.editions import EDITIONS, HELD, LATEST, NAME, SEEN, Edition, RollbackPin, is_copy, read_seen

_MOST = 4
"""As a desk may go to and fro between two states of its files, with and without --strict."""


def set_pin(outdir: Path, it: RollbackPin) -> None:
    """Note a rollback before readers are led back: until then it counts for nothing."""
    _replace(outdir / HELD, {"edition": it.folder_name, "since": str(it.since), "desk": it.workspace})


def clear_pin(outdir: Path) -> None:
    """End the hold."""
    with suppress(OSError):
        (outdir / HELD).unlink(missing_ok=True)


def remember(outdir: Path, edition: Edition, inputs: str, next_change: date | None) -> None:
    """Inputs that give this edition too. A failure costs the next build a second, nothing else."""
    known = dict([*read_seen(outdir, edition).items(), (inputs, next_change)][-_MOST:])
    said = {each: str(day) if day else None for each, day in known.items()}
    with suppress(OSError):
        _replace(outdir / SEEN, {"edition": edition.folder.name, "inputs": said})


def clear_notes(outdir: Path) -> bool:
    """Take away a note that was never finished; whether there was any."""
    left = [path for name in (HELD, SEEN) if (path := unfinished(outdir / name)).exists()]
    for path in left:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return bool(left)


def _replace(path: Path, said: object) -> None:
    replace_file(path, f"{json.dumps(said, indent=2)}\n".encode())


_FRESH, _ASIDE = ".latest.new", ".latest.old"
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""How file systems say that they know no links: FAT, some network drives."""


def point(outdir: Path, name: str) -> None:
    """Let readers see the edition in this folder from now on; OSError where that fails, and then nothing changed."""
    tidy(outdir)
    try:
        (outdir / _FRESH).symlink_to(f"{EDITIONS}/{name}")
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(outdir, name)
    else:
        _link(outdir)
    with suppress(OSError):
        sync(outdir)


def tidy(outdir: Path) -> bool:
    """Take away what a killed switch left, and put back what it had moved aside; whether there was any."""
    left = [path for path in (outdir / _FRESH, unfinished(outdir / NAME), outdir / _ASIDE) if _there(path)]
    with suppress(OSError):
        if _there(outdir / _ASIDE) and not _there(outdir / LATEST):
            (outdir / _ASIDE).rename(outdir / LATEST)
    for path in left:
        _remove(path)
    return bool(left)


def _link(outdir: Path) -> None:
    """A new link is put over the old one in one step; a copy that links make needless is moved aside first."""
    if is_copy(outdir):
        (outdir / LATEST).rename(outdir / _ASIDE)
    try:
        (outdir / _FRESH).replace(outdir / LATEST)
    finally:
        tidy(outdir)
    with suppress(OSError):
        (outdir / NAME).unlink(missing_ok=True)


def _copy(outdir: Path, name: str) -> None:
    """Every file is written through to the disk before the copy takes the place of the one before."""
    fresh, source = outdir / _FRESH, outdir / EDITIONS / name
    make_folder(fresh)
    for path in sorted(source.iterdir()):
        write_file(fresh / path.name, path.read_bytes())
    sync(fresh)
    try:
        if is_copy(outdir) or (outdir / LATEST).is_symlink():
            (outdir / LATEST).rename(outdir / _ASIDE)
        fresh.rename(outdir / LATEST)
    finally:
        tidy(outdir)
    write_name(outdir, name)


def write_name(outdir: Path, name: str) -> None:
    """`latest.txt`, replaced in one step."""
    replace_file(outdir / NAME, f"{EDITIONS}/{name}\n".encode())


def _there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
