"""Whether a build has nothing to do, found out before a fact is read; nothing heavy is loaded for it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.publish.editions import Edition, RollbackPin, current_pin, has_leftovers, latest_of, next_changes
from briefgen.read.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class UpToDate:
    """The newest edition of a partnership, which a build of today would leave as it is."""

    edition: Edition
    next_change: date | None
    pin: RollbackPin | None
    """The rollback that holds it."""


def up_to_date(out: Path, facts: Path, fingerprint: Fingerprint, today: date) -> UpToDate | None:
    """The edition that a build of these facts would leave as it is; None where only the build itself can tell.

    It is up to date where not one byte of a build's inputs differs, nothing falls due, every file of the edition is
    whole, and no interrupted build has left anything to clear.
    """
    found = (_unchanged(edition, fingerprint, today) for edition in latest_of(out, facts.name))
    return next((each for each in found if each is not None), None)


def _unchanged(edition: Edition, fingerprint: Fingerprint, today: date) -> UpToDate | None:
    if today < edition.manifest.as_of:
        return None
    pin, known = current_pin(edition.outdir), next_changes(edition.outdir, edition)
    if pin is not None:
        next_change, same = edition.manifest.next_change, pin.desk == fingerprint.workspace
    else:
        next_change = known.get(fingerprint.sha256)
        same = fingerprint.sha256 in known and (next_change is None or today < next_change)
    if not same or has_leftovers(edition.outdir) or not edition.whole:
        return None
    return UpToDate(edition=edition, next_change=next_change, pin=pin)
