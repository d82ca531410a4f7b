"""What several commands take: a day, the workspace, the folder of editions; the only reader of the clock but one."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

PATH = click.Path(path_type=Path)
PARTNERSHIP = click.option("--partnership", default="", metavar="NAME", help="Of this one, where out/ holds several.")


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD, the only way in which nobody takes the day for the month."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The calendar day; wrong use where it is none."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def parse_day(text: str) -> date:
    """The day that is typed as YYYY-MM-DD; ValueError for anything else, other forms of ISO 8601 included."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f"'{text}' is no day; write it like 2026-11-21")


def find(start: Path) -> "Workspace":
    """The workspace around a folder; FindingsError where there is none."""
    from briefgen.read.workspace import find_workspace

    return find_workspace(start.absolute())


def current_time(workspace: "Workspace") -> datetime:
    """This moment, in the workspace's time zone."""
    return datetime.now(ZoneInfo(workspace.settings.timezone))


def out_folder(start: Path, out: Path | None) -> Path:
    """The folder of all editions: what was typed, as seen from the current folder, or the workspace's out/."""
    from briefgen.read.paths import find_settings

    return (start / out if out else find_settings(start.absolute())[0].parent / "out").absolute()
