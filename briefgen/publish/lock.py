"""Keeps two builds of a partnership apart: by the kernel's lock, or by a lock file where there is none."""

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.atomic import cannot_write, make_folder
from briefgen.publish.editions import (
    EDITIONS,
    FOLDER_NAME,
    LATEST,
    editions,
    is_copy,
    last_pinned,
    points_to,
    read_edition,
    written_name,
)
from briefgen.publish.latest import clear_notes, point, tidy, write_name

STAGING, PENDING, REMOVING = ".staging-", ".pending", ".removing-"


def mend(outdir: Path) -> tuple[Finding, ...]:
    """What was there to clear, told as notes. Call it while `locked`: what is cleared is nobody's."""
    left = [
        *(_clear(orphan) for orphan in (*outdir.glob(f"{STAGING}*"), *outdir.glob(f"{REMOVING}*"))),
        tidy(outdir),
        clear_notes(outdir),
        _unannounced(outdir),
        *(_put_back(aside) for aside in outdir.glob("*/.*.old")),
    ]
    if not any(left):
        return ()
    message = "an earlier build was interrupted; what it left half made was cleared away"
    return (_note(outdir, "P508", message),)


def recover(outdir: Path) -> tuple[Finding, ...]:
    """Lead readers to the newest whole edition again where `latest` is gone; OSError where that fails."""
    if (outdir / LATEST).exists():
        _agree(outdir)
        return ()
    standing = [each for each in reversed(editions(outdir)) if each.whole]
    if not standing:
        return ()
    whole = next((each for each in standing if each.folder.name == last_pinned(outdir)), standing[0])
    point(outdir, whole.folder.name)
    return (_note(outdir, "P509", f"`{LATEST}` was gone; it leads to edition {whole.manifest.name} again"),)


def _agree(outdir: Path) -> None:
    """The name beside a copy is written last, so that it may be missing."""
    copied = read_edition(outdir / LATEST) if is_copy(outdir) else None
    if copied and written_name(outdir) != copied.manifest.folder_name:
        write_name(outdir, copied.manifest.folder_name)


def _note(outdir: Path, code: str, message: str) -> Finding:
    return Finding(Location(str(outdir)), code, message, Severity.NOTE)


def _clear(orphan: Path) -> bool:
    shutil.rmtree(orphan, ignore_errors=True)
    return True


def _unannounced(outdir: Path) -> bool:
    """An edition that stands in its place while readers were never led to it is none."""
    pending = outdir / PENDING
    try:
        name = pending.read_text(encoding="utf-8").removeprefix(f"{EDITIONS}/")
    except (OSError, ValueError):
        name = ""
    there = pending.exists()
    if FOLDER_NAME.fullmatch(name) and not points_to(outdir, name):
        shutil.rmtree(outdir / EDITIONS / name, ignore_errors=True)
    with suppress(OSError):
        pending.unlink(missing_ok=True)
    return there


def _put_back(aside: Path) -> bool:
    """A folder moved aside for its successor returns where the successor never came."""
    with suppress(OSError):
        place = aside.with_name(aside.name.removeprefix(".").removesuffix(".old"))
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(place)
    return True


_LOCK, _OWNER = ".lock", ".lock.owner"
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)
"""How file systems say that they keep no locks: some network drives."""
_GIVEN_UP = 12 * 3600
"""Seconds after which a lock file counts as left behind, whoever made it; no build takes as long."""


@contextmanager
def locked(outdir: Path, on_note: Callable[[Finding], None] = lambda _: None) -> Iterator[Path]:
    """The second build says so and stops. What a killed build left is cleared, and `on_note`."""
    with ExitStack() as current_pin:
        try:
            make_folder(outdir)
            lock = current_pin.enter_context((outdir / _LOCK).open("w"))
            if not _take(lock.fileno(), outdir):
                current_pin.enter_context(_claimed(outdir))
                message = f"this file system keeps no locks; the file {_OWNER} keeps two builds apart instead"
                on_note(Finding(Location(str(outdir)), "P510", message, Severity.NOTE))
            for finding in (*mend(outdir), *recover(outdir)):
                on_note(finding)
        except OSError as error:
            raise cannot_write(outdir, error) from None
        yield outdir


def _take(lock: int, outdir: Path) -> bool:
    """The kernel's lock, which ends with the process; False where the file system knows none."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _busy(outdir, "another build of this partnership is running", "wait until it ends") from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return False
    return True


@contextmanager
def _claimed(outdir: Path) -> Iterator[None]:
    """A file that only one can make. Its owner takes it away; that of an owner who is gone is taken over."""
    owner = outdir / _OWNER
    try:
        _make(owner)
    except FileExistsError:
        _take_over(owner)
        _make(owner)
    try:
        yield
    finally:
        with suppress(OSError):
            owner.unlink()


def _make(owner: Path) -> None:
    said = json.dumps({"machine": os.uname().nodename, "process": os.getpid()})
    with owner.open("x", encoding="utf-8") as file:
        file.write(said)


def _take_over(owner: Path) -> None:
    """Aside by one rename, which only one can do; FindingsError where its owner may still be at work."""
    machine, process = _read(owner)
    here = machine == os.uname().nodename
    if (not here or _is_alive(process)) and _age(owner) < _GIVEN_UP:
        message = f"another build of this partnership is running: process {process} on {machine or 'another machine'}"
        raise _busy(owner, message, "wait until it ends; if it is long gone, take this file away")
    aside = owner.with_name(f"{_OWNER}.{os.getpid()}")
    owner.rename(aside)
    aside.unlink()


def _read(owner: Path) -> tuple[str, int]:
    """Machine and process; one that was killed while it wrote them says neither."""
    try:
        said = json.loads(owner.read_text(encoding="utf-8"))
        return str(said["machine"]), int(said["process"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", 0


def _age(path: Path) -> float:
    """In seconds by the file server's own clock, which may be another than this machine's."""
    now = path.with_name(f"{_OWNER}.now.{os.getpid()}")
    now.touch()
    try:
        return now.stat().st_mtime - path.stat().st_mtime
    finally:
        now.unlink()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process > 0


def _busy(place: Path, message: str, hint: str) -> FindingsError:
    return FindingsError([Finding(Location(str(place)), "P501", message, hint=hint)])
