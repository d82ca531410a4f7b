"""Whether every edition still is what was published, and readers are led to a whole one."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from briefgen.editions import (
    LATEST,
    MANIFEST,
    Edition,
    digest,
    edition_folders,
    has_leftovers,
    is_copy,
    latest,
    number_of,
    read_edition,
)
from briefgen.findings import Finding, Place, Severity


def verify_edition(folder: Path) -> Iterator[Finding]:
    """What is wrong with one edition: its manifest, its files, what else lies there."""
    edition = read_edition(folder)
    if edition is None:
        yield Finding(Place(str(folder / MANIFEST)), "P506", "the manifest cannot be read", hint=_RESTORE)
        return
    for name in edition.damaged:
        what = "is not what was published" if (folder / name).exists() else "is missing"
        yield Finding(Place(str(folder / name)), "P506", what, hint=_RESTORE)
    if edition.order != number_of(folder):
        message = f"the folder holds edition {edition.manifest.name}"
        yield Finding(Place(str(folder)), "P506", message, hint="give it back its name")
    for path in sorted(folder.iterdir()):
        if path.name not in (MANIFEST, *edition.manifest.files):
            message = "is no file of this edition"
            yield Finding(Place(str(path)), "P506", message, Severity.NOTE, hint="move it elsewhere")


_RESTORE = "put it back from a copy; where readers see it, the next build makes it again"


def verify_home(home: Path) -> Iterator[Finding]:
    """What is wrong with the editions of a partnership taken together: gaps, and where readers are led."""
    yield from _gaps(home)
    seen = latest(home)
    if seen is None:
        message = f"`{LATEST}` leads to no edition" if _is_there(home / LATEST) else f"there is no `{LATEST}`"
        yield Finding(Place(str(home / LATEST)), "P506", message, hint="briefgen build leads readers to one again")
    elif is_copy(home):
        yield from _copied(home, seen)
    if has_leftovers(home):
        message = "a build was interrupted here, or is under way"
        yield Finding(Place(str(home)), "P508", message, Severity.NOTE, hint="the next build clears it away")


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _gaps(home: Path) -> Iterator[Finding]:
    numbers = sorted({number_of(folder)[0] for folder in edition_folders(home)})
    for earlier, later in pairwise(numbers):
        if later - earlier > 1:
            gone = str(earlier + 1) if later - earlier == 2 else f"{earlier + 1} to {later - 1}"
            message = f"between edition {earlier} and edition {later} there is none: {gone} was taken away"
            yield Finding(Place(str(home)), "P506", message, Severity.NOTE)


def _copied(home: Path, seen: Edition) -> Iterator[Finding]:
    for name, known in seen.manifest.files.items():
        if digest(home / LATEST / name) != known:
            yield Finding(Place(str(home / LATEST / name)), "P506", "is not what was published", hint=_RESTORE)
