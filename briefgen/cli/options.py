"""What several commands take: a day, the workspace, the folder of editions; the only reader of the clock but one."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from briefgen.model.dates import YEARS
from briefgen.model.findings import did_you_mean

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

PATH = click.Path(path_type=Path)


class Day(click.ParamType[Any]):
    """A day as YYYY-MM-DD, in which nobody can take the day for the month; no other form of ISO 8601."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day as a date; wrong use if it is none."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII):
            with suppress(ValueError):
                day = date.fromisoformat(str(value))
                if day.year in YEARS:
                    return day
                self.fail(f"'{value}': the year must lie between {YEARS[0]} and {YEARS[-1]}", param, ctx)
        return self.fail(f"'{value}' is not a day; write it like 2026-11-21", param, ctx)


def find(start: Path) -> "Workspace":
    """Return the workspace around a folder; FindingsError if there is none."""
    from briefgen.read.workspace import find_workspace

    return find_workspace(start.absolute())


def current_time(workspace: "Workspace") -> datetime:
    """Return this moment, in the workspace's time zone."""
    return datetime.now(ZoneInfo(workspace.settings.timezone))


def out_folder(start: Path, out: Path | None) -> Path:
    """Return the folder of all editions: what was typed, relative to the current folder, or the workspace's out/."""
    from briefgen.read.paths import find_settings

    return (start / out if out else find_settings(start.absolute())[0].parent / "out").absolute()


def language_of(workspace: "Workspace", code: str, *others: str) -> str:
    """Return the language that was asked for, or the settings' first; wrong use for one that the settings lack.

    `others` can be asked for too, though the settings do not name them.
    """
    return one_of(code, (*workspace.settings.languages, *others), "the settings name no language")


def one_of(name: str, known: Sequence[str], missing: str) -> str:
    """Return a name, or if it is empty the first that is known; wrong use for another, in these words."""
    if name and name not in known:
        raise click.UsageError(f"{missing} '{name}'; {did_you_mean(name, {*known})}")
    return name or known[0]
