"""Readers are led back to an earlier edition, in one step; or forward again."""

import shutil
from collections.abc import Callable, Iterable, Iterator
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
    number_of,
    previous_visible,
)
from briefgen.publish.latest import clear_pin, point, set_pin
from briefgen.publish.lock import REMOVING


def superfluous(outdir: Path, keep: int) -> tuple[Edition, ...]:
    """The editions, with all their revisions, beyond the newest `keep` numbers; none where `keep` is 0.

    Never the one that readers see nor the two that it tells changes from, never one of the newest three, never one that
    cannot be read, and never a folder that holds anything but an edition's own files.
    """
    numbers = sorted({number_of(folder)[0] for folder in edition_folders(outdir)})
    old = set(numbers[: -max(keep, FEWEST_KEPT)]) if keep else set()
    kept = _told_from(outdir) or set(numbers)
    found = (edition for edition in editions(outdir) if number_of(edition.folder)[0] in old)
    return tuple(edition for edition in found if edition.manifest.edition not in kept and _is_ours(edition))


def _told_from(outdir: Path) -> set[int]:
    """What readers see, and what that tells changes and corrections from, which a rollback may have left far behind."""
    needed = [seen.order[0]] if (seen := latest(outdir)) else []
    while needed and len(needed) < FEWEST_KEPT and (earlier := previous_visible(outdir, needed[-1])):
        needed.append(earlier.order[0])
    return set(needed)


def prune(outdir: Path, keep: int, on_note: Callable[[Finding], None]) -> None:
    """Take them away, each in one step, and tell which; call it while `locked`."""
    gone = tuple(_take_away(outdir, superfluous(outdir, keep)))
    if gone:
        names = ", ".join(edition.manifest.name for edition in gone)
        message = f"taken away, as the newest {max(keep, FEWEST_KEPT)} are kept: edition{'s' * (len(gone) > 1)} {names}"
        on_note(Finding(Location(str(outdir)), "P511", message, Severity.NOTE))


def _take_away(outdir: Path, found: Iterable[Edition]) -> Iterator[Edition]:
    for edition in found:
        aside = outdir / f"{REMOVING}{edition.folder.name}"
        with suppress(OSError):
            edition.folder.rename(aside)
            yield edition
        shutil.rmtree(aside, ignore_errors=True)


def _is_ours(edition: Edition) -> bool:
    return {path.name for path in edition.folder.iterdir()} <= {MANIFEST, *edition.manifest.files}


def roll_back(outdir: Path, edition: Edition, *, today: date, workspace: str) -> RollbackPin | None:
    """Let readers see this edition; what holds it there, or None where nothing does. Call it while `locked`.

    It holds until one of the desk's files is another than those that hashed to `desk`. It does not where every later
    edition lies ahead of today, by a clock that was wrong: the next build then goes on from here.
    """
    if not edition.whole:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        raise FindingsError([Finding(Location(str(edition.folder)), "P506", message, hint="take another edition")])
    later = [each for each in editions(outdir) if each.order > edition.order and each.manifest.as_of <= today]
    it = RollbackPin(folder_name=edition.folder.name, since=today, workspace=workspace) if later else None
    try:
        if it:
            set_pin(outdir, it)
        point(outdir, edition.folder.name)
        if it is None:
            clear_pin(outdir)
    except OSError as error:
        raise cannot_write(outdir, error) from None
    return it
