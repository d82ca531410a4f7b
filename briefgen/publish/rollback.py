"""Readers are led back to an earlier edition, in one step; or forward again."""

from datetime import date
from pathlib import Path

from briefgen.editions import Edition, Hold, editions
from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.publish.disk import cannot_write
from briefgen.publish.noting import hold, let_go
from briefgen.publish.pointing import point


def roll_back(home: Path, edition: Edition, *, today: date, desk: str) -> Hold | None:
    """Let readers see this edition; what holds it there, or None where nothing does. Call it while `locked`.

    It holds until one of the desk's files is another than those that hashed to `desk`. It does not where every later
    edition lies ahead of today, by a clock that was wrong: the next build then goes on from here.
    """
    if not edition.whole:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        raise NothingToGoOnWith([Finding(Place(str(edition.folder)), "P506", message, hint="take another edition")])
    later = [each for each in editions(home) if each.order > edition.order and each.manifest.as_of <= today]
    it = Hold(folder_name=edition.folder.name, since=today, desk=desk) if later else None
    try:
        if it:
            hold(home, it)
        point(home, edition.folder.name)
        if it is None:
            let_go(home)
    except OSError as error:
        raise cannot_write(home, error) from None
    return it
