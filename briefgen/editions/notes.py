"""What is noted beside the editions: a rollback that holds, inputs found to change nothing, a build under way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.editions.edition import Edition
from briefgen.editions.leading import points_to

LOCK, HELD, SEEN = ".lock", ".held", ".seen.json"
_OF_NOBODY = (".DS_Store",)
"""What file managers leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A rollback: what is held, since when, and which files of the desk it waits to see changed."""

    folder_name: str
    since: date
    desk: str
    """The hash of the desk's files as they were."""


def held(home: Path) -> Hold | None:
    """The hold of a partnership; None where there is none, or readers see another edition by now."""
    noted = _read_hold(home)
    return noted if noted and points_to(home, noted.folder_name) else None


def last_held(home: Path) -> str:
    """The folder's name of what was held, wherever readers are led; empty where nothing was."""
    noted = _read_hold(home)
    return noted.folder_name if noted else ""


def next_changes(home: Path, edition: Edition) -> Mapping[str, date | None]:
    """For the hash of each inputs that give this edition: the next day on which something changes by itself."""
    manifest = edition.manifest
    own = {manifest.inputs_sha256: manifest.next_change} if manifest.inputs_sha256 else {}
    return {**read_seen(home, edition), **own}


def read_seen(home: Path, edition: Edition) -> dict[str, date | None]:
    """Inputs besides its own that were found to give this edition too: a remark in the facts makes no other one."""
    try:
        said = json.loads((home / SEEN).read_text(encoding="utf-8"))
        if said["edition"] == edition.folder.name:
            return {each: date.fromisoformat(day) if day else None for each, day in said["inputs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}


def has_leftovers(home: Path) -> bool:
    """Whether a build was interrupted here, or is under way."""
    known = (LOCK, HELD, SEEN, *_OF_NOBODY)
    return any(path.name not in known for path in home.glob(".*")) or any(home.glob("*/.*.old"))


def _read_hold(home: Path) -> Hold | None:
    try:
        said = json.loads((home / HELD).read_text(encoding="utf-8"))
        return Hold(folder_name=said["edition"], since=date.fromisoformat(said["since"]), desk=said["desk"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
