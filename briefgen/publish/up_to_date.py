"""Tells, before a fact is read, that nothing has changed since the newest edition; nothing heavy is loaded for it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.publish.editions import Edition, RollbackPin, current_pin, has_leftovers, latest_of, next_changes
from briefgen.read.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The newest edition of a partnership, which a build of today would leave alone."""

    edition: Edition
    next_change: date | None
    pin: RollbackPin | None
    """The rollback that holds it there."""


def unchanged(out: Path, facts: Path, fingerprint: Fingerprint, today: date) -> Unchanged | None:
    """The edition that a build of these facts would find unchanged; None where only the build itself can tell.

    It is unchanged where not one byte that a build reads is another, nothing falls due, every file of the edition is
    whole, and no interrupted build has left anything to clear.
    """
    found = (_unchanged(edition, fingerprint, today) for edition in latest_of(out, facts.name))
    return next((each for each in found if each is not None), None)


def _unchanged(edition: Edition, fingerprint: Fingerprint, today: date) -> Unchanged | None:
    if today < edition.manifest.as_of:
        return None
    outdir = edition.outdir
    pin, known = current_pin(outdir), next_changes(outdir, edition)
    if pin is not None:
        next_change, same = edition.manifest.next_change, pin.workspace == fingerprint.workspace
    else:
        next_change = known.get(fingerprint.sha256)
        same = fingerprint.sha256 in known and (next_change is None or today < next_change)
    if not same or has_leftovers(outdir) or not edition.whole:
        return None
    return Unchanged(edition=edition, next_change=next_change, pin=pin)
