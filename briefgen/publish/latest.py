"""`latest`, which shows readers the newest edition, and the notes beside it; call these functions only while `locked`.

`latest` is a link, replaced in one step. On a file system without links it is a copy, put in place by two renames:
readers see the old edition or the new one, or for a moment none, but never a mixture. `latest.txt` names its edition.
"""

import errno
import os
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.typed_json import write_json
from briefgen.publish.atomic import cannot_write, make_folder, replace_file, sync, unfinished, write_file
from briefgen.publish.editions import (
    EDITIONS,
    LATEST,
    LATEST_NAME,
    PIN,
    SEEN,
    Edition,
    RollbackPin,
    SeenInputs,
    editions,
    is_copy,
    seen_inputs,
)

_FRESH, _ASIDE = ".latest.new", ".latest.old"
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""The errors of file systems without links: FAT, some network drives."""
_MOST_SEEN = 4
"""Enough to go back and forth between two states of the files, with and without --strict."""


def roll_back(outdir: Path, edition: Edition, *, today: date, workspace: str) -> RollbackPin | None:
    """Show readers an earlier edition, and return the pin that keeps `latest` there; FindingsError if it is damaged.

    The pin holds until the hash of the workspace's files is no longer `workspace`. There is no pin if all later
    editions are of days after today, made by a wrong clock: the next build then continues from this edition.
    """
    if not edition.whole:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        raise FindingsError([Finding(Location(str(edition.folder)), "P506", message, hint="take another edition")])
    later = any(each.version > edition.version and each.manifest.as_of <= today for each in editions(outdir))
    pin = RollbackPin(edition=edition.folder.name, since=today, desk=workspace) if later else None
    try:
        if pin:  # it comes first: until `latest` is moved it has no effect
            _replace_note(outdir / PIN, pin)
        point(outdir, edition.folder.name)
        if pin is None:
            clear_pin(outdir)
    except OSError as error:
        raise cannot_write(outdir, error) from None
    return pin


def clear_pin(outdir: Path) -> None:
    """End a rollback."""
    with suppress(OSError):
        (outdir / PIN).unlink(missing_ok=True)


def remember_inputs(outdir: Path, edition: Edition, inputs_sha256: str, next_change: date | None) -> None:
    """Note that these inputs give this edition too; if that fails, the next build only takes longer."""
    known = [*seen_inputs(outdir, edition).items(), (inputs_sha256, next_change)][-_MOST_SEEN:]
    with suppress(OSError):
        _replace_note(outdir / SEEN, SeenInputs(edition=edition.folder.name, inputs=dict(known)))


def _replace_note(path: Path, note: object) -> None:
    replace_file(path, f"{write_json(note)}\n".encode())


def point(outdir: Path, folder_name: str) -> None:
    """Show readers the edition in this folder; OSError where that fails, and then nothing has changed."""
    tidy(outdir)
    try:
        (outdir / _FRESH).symlink_to(f"{EDITIONS}/{folder_name}")
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _write_copy(outdir / _FRESH, outdir / EDITIONS / folder_name)
        _switch(outdir, move_aside=is_copy(outdir) or (outdir / LATEST).is_symlink())
        name_copy(outdir, folder_name)
    else:
        _switch(outdir, move_aside=is_copy(outdir))
        with suppress(OSError):
            (outdir / LATEST_NAME).unlink(missing_ok=True)
    with suppress(OSError):
        sync(outdir)


def _write_copy(fresh: Path, source: Path) -> None:
    make_folder(fresh)
    for path in sorted(source.iterdir()):
        write_file(fresh / path.name, path.read_bytes())
    sync(fresh)


def _switch(outdir: Path, *, move_aside: bool) -> None:
    """Put the new `latest` in place: a link replaces a link in one step, anything else is moved aside first."""
    try:
        if move_aside:
            (outdir / LATEST).rename(outdir / _ASIDE)
        (outdir / _FRESH).replace(outdir / LATEST)
    finally:
        tidy(outdir)


def name_copy(outdir: Path, folder_name: str) -> None:
    """Write into `latest.txt` which edition the copy is."""
    replace_file(outdir / LATEST_NAME, f"{EDITIONS}/{folder_name}\n".encode())


def tidy(outdir: Path) -> bool:
    """Put back or remove what a killed process left here, and return whether there was anything."""
    notes = [unfinished(outdir / name) for name in (LATEST_NAME, PIN, SEEN)]
    left = [path for path in (outdir / _FRESH, *notes, outdir / _ASIDE) if os.path.lexists(path)]
    with suppress(OSError):
        if os.path.lexists(outdir / _ASIDE) and not os.path.lexists(outdir / LATEST):
            (outdir / _ASIDE).rename(outdir / LATEST)
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return bool(left)
