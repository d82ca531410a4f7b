"""`latest`, by which readers find the newest edition, and the notes beside it; call it only while `locked`.

`latest` is a link, replaced in one step. Where the file system has no links it is a copy, made beside and put in place
by two renames: readers see the old edition or the new one, or for a moment none, but never a mixture. `latest.txt`
beside a copy names the edition.
"""

import errno
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

from briefgen.model.typed_json import write_json
from briefgen.publish.atomic import make_folder, replace_file, sync, unfinished, write_file
from briefgen.publish.editions import (
    EDITIONS,
    LATEST,
    LATEST_NAME,
    PIN,
    SEEN,
    Edition,
    RollbackPin,
    SeenInputs,
    is_copy,
    seen_inputs,
)

_FRESH, _ASIDE = ".latest.new", ".latest.old"
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""How file systems without links answer: FAT, some network drives."""
_MOST_SEEN = 4
"""Enough to go to and fro between two states of the files, with and without --strict."""


def set_pin(outdir: Path, pin: RollbackPin) -> None:
    """Note a rollback before `latest` is moved: until then it counts for nothing."""
    _replace_note(outdir / PIN, pin)


def clear_pin(outdir: Path) -> None:
    """End a rollback."""
    with suppress(OSError):
        (outdir / PIN).unlink(missing_ok=True)


def remember_inputs(outdir: Path, edition: Edition, inputs_sha256: str, next_change: date | None) -> None:
    """Note inputs that give this edition too. A failure only makes the next build read everything again."""
    known = [*seen_inputs(outdir, edition).items(), (inputs_sha256, next_change)][-_MOST_SEEN:]
    with suppress(OSError):
        _replace_note(outdir / SEEN, SeenInputs(edition=edition.folder.name, inputs=dict(known)))


def point(outdir: Path, folder_name: str) -> None:
    """Let readers see the edition in this folder; OSError where that fails, and then nothing has changed."""
    tidy(outdir)
    try:
        (outdir / _FRESH).symlink_to(f"{EDITIONS}/{folder_name}")
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _put_copy(outdir, folder_name)
    else:
        _put_link(outdir)
    with suppress(OSError):
        sync(outdir)


def tidy(outdir: Path) -> bool:
    """Clear what a killed process left half written, and put back what it had moved aside; whether there was any."""
    notes = [unfinished(outdir / name) for name in (LATEST_NAME, PIN, SEEN)]
    left = [path for path in (outdir / _FRESH, *notes, outdir / _ASIDE) if exists(path)]
    with suppress(OSError):
        if exists(outdir / _ASIDE) and not exists(outdir / LATEST):
            (outdir / _ASIDE).rename(outdir / LATEST)
    for path in left:
        _remove(path)
    return bool(left)


def exists(path: Path) -> bool:
    """Whether anything stands there, a broken link included."""
    return path.is_symlink() or path.exists()


def _put_link(outdir: Path) -> None:
    """The new link replaces the old one in one step; a copy that is needed no longer is moved aside first."""
    if is_copy(outdir):
        (outdir / LATEST).rename(outdir / _ASIDE)
    try:
        (outdir / _FRESH).replace(outdir / LATEST)
    finally:
        tidy(outdir)
    with suppress(OSError):
        (outdir / LATEST_NAME).unlink(missing_ok=True)


def _put_copy(outdir: Path, folder_name: str) -> None:
    """Every file is on the disk before the copy takes the place of the one before."""
    fresh, source = outdir / _FRESH, outdir / EDITIONS / folder_name
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
    name_copy(outdir, folder_name)


def name_copy(outdir: Path, folder_name: str) -> None:
    """Write into `latest.txt` which edition the copy is, unless it says so already."""
    text = f"{EDITIONS}/{folder_name}\n".encode()
    path = outdir / LATEST_NAME
    if not path.is_file() or path.read_bytes() != text:
        replace_file(path, text)


def _replace_note(path: Path, note: object) -> None:
    replace_file(path, f"{write_json(note)}\n".encode())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
