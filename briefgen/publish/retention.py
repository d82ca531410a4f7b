"""Old editions are taken away, where the settings say so and nothing else stands in their folders."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from briefgen.editions import MANIFEST, Edition, before, edition_folders, editions, latest, number_of
from briefgen.findings import Finding, Place, Severity
from briefgen.model.retention import FEWEST_KEPT
from briefgen.publish.mending import REMOVING


def superfluous(home: Path, keep: int) -> tuple[Edition, ...]:
    """The editions, with all their revisions, beyond the newest `keep` numbers; none where `keep` is 0.

    Never the one that readers see nor the two that it tells changes from, never one of the newest three, never one that
    cannot be read, and never a folder that holds anything but an edition's own files.
    """
    numbers = sorted({number_of(folder)[0] for folder in edition_folders(home)})
    old = set(numbers[: -max(keep, FEWEST_KEPT)]) if keep else set()
    kept = _told_from(home) or set(numbers)
    found = (edition for edition in editions(home) if number_of(edition.folder)[0] in old)
    return tuple(edition for edition in found if edition.manifest.edition not in kept and _is_ours(edition))


def _told_from(home: Path) -> set[int]:
    """What readers see, and what that tells changes and corrections from, which a rollback may have left far behind."""
    needed = [seen.order[0]] if (seen := latest(home)) else []
    while needed and len(needed) < FEWEST_KEPT and (earlier := before(home, needed[-1])):
        needed.append(earlier.order[0])
    return set(needed)


def prune(home: Path, keep: int, noted: Callable[[Finding], None]) -> None:
    """Take them away, each in one step, and tell which; call it while `locked`."""
    gone = tuple(_take_away(home, superfluous(home, keep)))
    if gone:
        names = ", ".join(edition.manifest.name for edition in gone)
        message = f"taken away, as the newest {max(keep, FEWEST_KEPT)} are kept: edition{'s' * (len(gone) > 1)} {names}"
        noted(Finding(Place(str(home)), "P511", message, Severity.NOTE))


def _take_away(home: Path, found: Iterable[Edition]) -> Iterator[Edition]:
    for edition in found:
        aside = home / f"{REMOVING}{edition.folder.name}"
        with suppress(OSError):
            edition.folder.rename(aside)
            yield edition
        shutil.rmtree(aside, ignore_errors=True)


def _is_ours(edition: Edition) -> bool:
    return {path.name for path in edition.folder.iterdir()} <= {MANIFEST, *edition.manifest.files}
