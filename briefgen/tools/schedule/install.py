"""What starts the runs of a workspace on this machine: systemd where it takes orders, else cron, else nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefgen.tools.schedule import crontab, systemd
from briefgen.tools.schedule.plan import Plan
from briefgen.tools.schedule.programs import Installed, refused, there
from briefgen.tools.schedule.run import begin_after
from briefgen.tools.schedule.systemd import Systemd

WAYS = ("systemd", "cron")
_BACKUP = "crontab.before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What was set up, and what a person should know besides."""

    installed: Installed
    notes: tuple[str, ...]


def way_here(manager: Systemd) -> str:
    """Which of the ways this machine has; empty where it has none."""
    if systemd.runs(manager):
        return "systemd"
    return "cron" if there("crontab") else ""


def install(plan: Plan, program: Sequence[str], now: datetime, home: Path, way: str, manager: Systemd) -> Started:
    """Set it up in the place of whatever was set up before; FindingsError says why it cannot be."""
    way = way or way_here(manager)
    if not way:
        hint = "install one (Debian: apt-get install cron), or let it run in the foreground: briefgen schedule run"
        raise refused("this machine", "P527", "neither systemd nor cron is here to start the runs", hint)
    begin_after(plan, home, now)
    if way == "systemd":
        notes = systemd.install(manager, plan, program, now)
        crontab.remove(plan.workspace, home / _BACKUP)
    else:
        notes = crontab.install(plan, program, now, home / _BACKUP)
        systemd.remove(manager, plan.workspace)
    (installed, *_) = find(plan.workspace, manager)
    return Started(installed=installed, notes=notes)


def find(workspace: Path, manager: Systemd) -> list[Installed]:
    """All that starts runs of this workspace."""
    found = (systemd.find(manager, workspace), crontab.find(workspace))
    return [each for each in found if each is not None]


def remove(workspace: Path, home: Path, manager: Systemd) -> list[str]:
    """Take away whatever starts its runs; in words what it was."""
    gone = ["the systemd timer"] if systemd.remove(manager, workspace) else []
    return gone + (["the line of the crontab"] if crontab.remove(workspace, home / _BACKUP) else [])


def preview(plan: Plan, program: Sequence[str], now: datetime, way: str, manager: Systemd) -> str:
    """What `install` would write, and where."""
    if way == "cron":
        return "\n".join(crontab.lines(plan, program, now)) + "\n"
    made = systemd.units(plan, program, now, user=manager.user)
    return "\n".join(f"# {manager.folder / name}\n{text}" for name, text in made.items())
