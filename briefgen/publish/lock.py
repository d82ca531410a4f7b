"""Keeps two builds of a partnership apart, and clears away what an interrupted one left."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, SoftFileLock, Timeout

from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.atomic import cannot_write, make_folder
from briefgen.publish.editions import (
    EDITIONS,
    FOLDER_NAME,
    LATEST,
    LOCK,
    editions,
    is_copy,
    last_pin,
    points_to,
    read_edition,
)
from briefgen.publish.latest import name_copy, point, tidy

STAGING, PENDING, REMOVING = ".staging-", ".pending", ".removing-"
_OWNER = ".lock.owner"
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)
"""The errors of file systems without locks: some network drives."""


@contextmanager
def locked(outdir: Path, on_note: Callable[[Finding], None] = lambda _: None) -> Iterator[Path]:
    """Lock a partnership's folder within a `with` block; FindingsError where another build is running.

    What a killed build left is cleared away first, with a note.
    """
    with ExitStack() as stack:
        try:
            make_folder(outdir)
            _acquire(outdir, stack, on_note)
            for finding in (*clear_leftovers(outdir), *_restore_latest(outdir)):
                on_note(finding)
        except OSError as error:
            raise cannot_write(outdir, error) from None
        yield outdir


def _acquire(outdir: Path, stack: ExitStack, on_note: Callable[[Finding], None]) -> None:
    """Take the kernel's lock, which ends with the process; if the file system has none, make a file with our name."""
    message, owner = "another build of this partnership is running", outdir / _OWNER
    try:
        stack.enter_context(FileLock(outdir / LOCK, blocking=False, fallback_to_soft=False))
    except Timeout:
        raise _busy(outdir, message, "wait until it ends") from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    else:
        return
    try:
        stack.enter_context(SoftFileLock(owner, blocking=False))
    except Timeout:
        hint = "wait until it ends; if it is long gone, delete this file"
        raise _busy(owner, f"{message}: {_owner_of(owner)}", hint) from None
    note = f"this file system keeps no locks; the file {_OWNER} keeps two builds apart instead"
    on_note(Finding(Location(str(outdir)), "P510", note, Severity.NOTE))


def _owner_of(path: Path) -> str:
    """Return who made a lock file: its first two lines are a process number and the name of a machine."""
    with suppress(OSError):
        process, machine, *_ = [*path.read_text(encoding="utf-8", errors="replace").split("\n"), "", ""]
        if process.isdecimal():
            return f"process {process} on {machine or 'another machine'}"
    return "another process"


def _busy(path: Path, message: str, hint: str) -> FindingsError:
    return FindingsError([Finding(Location(str(path)), "P501", message, hint=hint)])


def clear_leftovers(outdir: Path) -> list[Finding]:
    """Clear away what an interrupted build left, and return a note if there was anything; call it while `locked`."""
    unfinished = [*outdir.glob(f"{STAGING}*"), *outdir.glob(f"{REMOVING}*")]
    for folder in unfinished:
        shutil.rmtree(folder, ignore_errors=True)
    found = [bool(unfinished), tidy(outdir), _remove_unannounced(outdir)]
    found += [_put_back(aside) for aside in outdir.glob("*/.*.old")]
    if not any(found):
        return []
    message = "an earlier build was interrupted; what it left half made was cleared away"
    return [Finding(Location(str(outdir)), "P508", message, Severity.NOTE)]


def _remove_unannounced(outdir: Path) -> bool:
    """Remove an edition that is in its place, but that `latest` never pointed to."""
    pending = outdir / PENDING
    if not pending.exists():
        return False
    with suppress(OSError):
        name = pending.read_text(encoding="utf-8", errors="replace").removeprefix(f"{EDITIONS}/")
        if FOLDER_NAME.fullmatch(name) and not points_to(outdir, name):
            shutil.rmtree(outdir / EDITIONS / name, ignore_errors=True)
        pending.unlink()
    return True


def _put_back(aside: Path) -> bool:
    """Put back a folder that was moved aside, or remove it if its successor is in place."""
    with suppress(OSError):
        folder = aside.with_name(aside.name.removeprefix(".").removesuffix(".old"))
        if folder.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(folder)
    return True


def _restore_latest(outdir: Path) -> list[Finding]:
    """Point `latest` to the newest whole edition if it is gone; OSError where that fails."""
    if (outdir / LATEST).exists():
        # a kill may have come between the copy and its name in latest.txt
        if is_copy(outdir) and (copied := read_edition(outdir / LATEST)):
            name_copy(outdir, copied.manifest.folder_name)
        return []
    whole = [each for each in reversed(editions(outdir)) if each.whole]
    if not whole:
        return []
    pin = last_pin(outdir)
    found = next((each for each in whole if pin and each.folder.name == pin.edition), whole[0])
    point(outdir, found.folder.name)
    message = f"`{LATEST}` was gone; it leads to edition {found.manifest.name} again"
    return [Finding(Location(str(outdir)), "P509", message, Severity.NOTE)]
