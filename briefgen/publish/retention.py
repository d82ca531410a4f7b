"""Which editions are kept, and which one readers see: old ones are removed, a rollback leads back to one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from briefgen.model.edition import FEWEST_KEPT, MANIFEST
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.atomic import cannot_write
from briefgen.publish.editions import (
    Edition,
    RollbackPin,
    edition_folders,
    editions,
    latest,
    previous_visible,
    version_of,
)
from briefgen.publish.latest import clear_pin, point, set_pin
from briefgen.publish.lock import REMOVING


def superfluous(outdir: Path, keep: int) -> Iterator[Edition]:
    """The editions, with all their revisions, beyond the newest `keep` numbers; none where `keep` is 0.

    Never the one that readers see nor the two that it is compared with, never one of the newest three, never one that
    cannot be read, and never a folder that holds anything but an edition's own files.
    """
    numbers = sorted({version_of(folder)[0] for folder in edition_folders(outdir)})
    old = set(numbers[: -max(keep, FEWEST_KEPT)]) if keep else set()
    compared = _compared_with(outdir)
    for edition in editions(outdir) if compared else ():
        known = {MANIFEST, *edition.manifest.files}
        only_ours = {path.name for path in edition.folder.iterdir()} <= known
        if version_of(edition.folder)[0] in old and edition.manifest.edition not in compared and only_ours:
            yield edition


def _compared_with(outdir: Path) -> set[int]:
    """What readers see, and what its changes and corrections are counted from; a rollback may lie far behind."""
    needed = [seen.version[0]] if (seen := latest(outdir)) else []
    while needed and len(needed) < FEWEST_KEPT and (earlier := previous_visible(outdir, needed[-1])):
        needed.append(earlier.version[0])
    return set(needed)


def prune(outdir: Path, keep: int, on_note: Callable[[Finding], None]) -> None:
    """Remove superfluous editions, each in one step; `on_note` is told which. Call it while `locked`."""
    removed = []
    for edition in tuple(superfluous(outdir, keep)):
        aside = outdir / f"{REMOVING}{edition.folder.name}"
        with suppress(OSError):
            edition.folder.rename(aside)
            removed.append(edition.manifest.name)
        shutil.rmtree(aside, ignore_errors=True)
    if removed:
        names = f"edition{'s' * (len(removed) > 1)} {', '.join(removed)}"
        message = f"taken away, as the newest {max(keep, FEWEST_KEPT)} are kept: {names}"
        on_note(Finding(Location(str(outdir)), "P511", message, Severity.NOTE))


def roll_back(outdir: Path, edition: Edition, *, today: date, workspace: str) -> RollbackPin | None:
    """Let readers see an earlier edition, and return the pin that holds it there. Call it while `locked`.

    It holds until one of the workspace's files is another than those that hashed to `workspace`. There is no pin where
    every later edition lies ahead of today, by a clock that was wrong: the next build then goes on from here.
    """
    if not edition.whole:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        raise FindingsError([Finding(Location(str(edition.folder)), "P506", message, hint="take another edition")])
    later = any(each.version > edition.version and each.manifest.as_of <= today for each in editions(outdir))
    pin = RollbackPin(edition=edition.folder.name, since=today, desk=workspace) if later else None
    try:
        if pin:
            set_pin(outdir, pin)
        point(outdir, edition.folder.name)
        if pin is None:
            clear_pin(outdir)
    except OSError as error:
        raise cannot_write(outdir, error) from None
    return pin
