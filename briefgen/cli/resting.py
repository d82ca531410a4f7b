"""`briefgen build` with nothing to do: it says so before anything heavy is loaded, click included."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.cli.telling import unchanged_lines
from briefgen.model.findings import FindingsError
from briefgen.publish.up_to_date import unchanged
from briefgen.read.fingerprint import read_fingerprint
from briefgen.read.paths import facts_files, find_settings


@dataclass(frozen=True, slots=True)
class Rest:
    """What is said of the partnerships that a build of today would leave alone, and the names of the others."""

    lines: tuple[str, ...]
    others: tuple[str, ...]


def at_rest(arguments: Sequence[str]) -> str | None:
    """All there is to say where a plain `build`, as it was typed, has nothing to do; None for everything else."""
    names = tuple(each for each in arguments[1:] if each != "--strict")
    if (
        list(arguments[:1]) != ["build"]
        or any(each.startswith("-") for each in names)
        or "_BRIEFGEN_COMPLETE" in os.environ
    ):
        return None
    try:
        rest = resting(Path.cwd(), names, None, strict="--strict" in arguments)
    except (OSError, FindingsError):
        return None
    return None if rest is None or rest.others else "".join(f"{line}\n" for line in rest.lines)


def resting(start: Path, names: Iterable[str], out: Path | None, *, strict: bool) -> Rest | None:
    """Of these partnerships, or of all, those that a build of today would leave alone.

    None where only the build itself can tell: whatever is wrong is not told here, as the build says it in full.
    """
    path, table = find_settings(start.absolute())
    found = {facts.stem: facts for facts in facts_files(path.parent)}
    asked, today = tuple(names) or tuple(found), _today(table)
    if today is None or not asked or any(name not in found for name in asked):
        return None
    place = (start / out if out else path.parent / "out").absolute()
    lines: list[str] = []
    others: list[str] = []
    for name in asked:
        it = unchanged(place, found[name], read_fingerprint(path.parent, found[name], strict=strict), today)
        if it is None:
            others.append(name)
        else:
            lines += unchanged_lines(name, it.edition, it.next_change, it.pin)
    return Rest(tuple(lines), tuple(others))


def _today(table: Any) -> date | None:
    """In the zone of the settings; None where they name none that is known."""
    zone = table.get("timezone", "UTC") if isinstance(table, dict) else None
    try:
        return datetime.now(ZoneInfo(zone)).date() if isinstance(zone, str) else None
    except (KeyError, OSError, ValueError):
        return None
