"""Notes beside the editions, each replaced in one step: a rollback that holds, inputs found to change nothing."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

from briefgen.editions import Edition, Hold
from briefgen.editions.notes import HELD, SEEN, read_seen
from briefgen.publish.disk import replace_file, unfinished

_MOST = 4
"""As a desk may go to and fro between two states of its files, with and without --strict."""


def hold(home: Path, it: Hold) -> None:
    """Note a rollback before readers are led back: until then it counts for nothing."""
    _replace(home / HELD, {"edition": it.folder_name, "since": str(it.since), "desk": it.desk})


def let_go(home: Path) -> None:
    """End the hold."""
    with suppress(OSError):
        (home / HELD).unlink(missing_ok=True)


def remember(home: Path, edition: Edition, inputs: str, next_change: date | None) -> None:
    """Inputs that give this edition too. A failure costs the next build a second, nothing else."""
    known = dict([*read_seen(home, edition).items(), (inputs, next_change)][-_MOST:])
    said = {each: str(day) if day else None for each, day in known.items()}
    with suppress(OSError):
        _replace(home / SEEN, {"edition": edition.folder.name, "inputs": said})


def clear_notes(home: Path) -> bool:
    """Take away a note that was never finished; whether there was any."""
    left = [path for name in (HELD, SEEN) if (path := unfinished(home / name)).exists()]
    for path in left:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return bool(left)


def _replace(path: Path, said: object) -> None:
    replace_file(path, f"{json.dumps(said, indent=2)}\n".encode())
