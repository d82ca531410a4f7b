"""Clears what a failed or killed build left: half an edition, one that never became the newest, one put aside."""

import shutil
from contextlib import suppress
from pathlib import Path

from briefgen.editions import EDITIONS, LATEST, editions, is_copy, last_held, points_to, read_edition
from briefgen.editions.edition import FOLDER_NAME
from briefgen.editions.leading import written_name
from briefgen.findings import Finding, Place, Severity
from briefgen.publish.noting import clear_notes
from briefgen.publish.pointing import point, tidy, write_name

STAGING, PENDING, REMOVING = ".staging-", ".pending", ".removing-"


def mend(home: Path) -> tuple[Finding, ...]:
    """What was there to clear, told as notes. Call it while `locked`: what is cleared is nobody's."""
    left = [
        *(_clear(orphan) for orphan in (*home.glob(f"{STAGING}*"), *home.glob(f"{REMOVING}*"))),
        tidy(home),
        clear_notes(home),
        _unannounced(home),
        *(_put_back(aside) for aside in home.glob("*/.*.old")),
    ]
    if not any(left):
        return ()
    message = "an earlier build was interrupted; what it left half made was cleared away"
    return (_note(home, "P508", message),)


def recover(home: Path) -> tuple[Finding, ...]:
    """Lead readers to the newest whole edition again where `latest` is gone; OSError where that fails."""
    if (home / LATEST).exists():
        _agree(home)
        return ()
    standing = [each for each in reversed(editions(home)) if each.whole]
    if not standing:
        return ()
    whole = next((each for each in standing if each.folder.name == last_held(home)), standing[0])
    point(home, whole.folder.name)
    return (_note(home, "P509", f"`{LATEST}` was gone; it leads to edition {whole.manifest.name} again"),)


def _agree(home: Path) -> None:
    """The name beside a copy is written last, so that it may be missing."""
    copied = read_edition(home / LATEST) if is_copy(home) else None
    if copied and written_name(home) != copied.manifest.folder_name:
        write_name(home, copied.manifest.folder_name)


def _note(home: Path, code: str, message: str) -> Finding:
    return Finding(Place(str(home)), code, message, Severity.NOTE)


def _clear(orphan: Path) -> bool:
    shutil.rmtree(orphan, ignore_errors=True)
    return True


def _unannounced(home: Path) -> bool:
    """An edition that stands in its place while readers were never led to it is none."""
    pending = home / PENDING
    try:
        name = pending.read_text(encoding="utf-8").removeprefix(f"{EDITIONS}/")
    except (OSError, ValueError):
        name = ""
    there = pending.exists()
    if FOLDER_NAME.fullmatch(name) and not points_to(home, name):
        shutil.rmtree(home / EDITIONS / name, ignore_errors=True)
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
