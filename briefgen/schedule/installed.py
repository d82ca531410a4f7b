"""What can start the runs of a workspace on this machine: its name, its plan, and what it says."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from briefgen.schedule.plan import Plan, read, written

_MARK = "# briefgen plan: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A timer of this workspace that stands somewhere on this machine."""

    kind: str
    """In words, such as "a systemd timer"."""
    where: str
    """Its file, or the table that holds it."""
    plan: Plan | None
    """None where what stands there cannot be understood."""
    trouble: str = ""
    """Why it would not run though it stands there."""


def name_of(workspace: Path) -> str:
    """A name for the timer of a workspace, the same every time, and no other workspace's."""
    spoken = re.sub(r"[^a-z0-9]+", "-", workspace.name.casefold()).strip("-") or "desk"
    return f"briefgen-{spoken}-{hashlib.sha256(str(workspace).encode()).hexdigest()[:8]}"


def marked(plan: Plan) -> str:
    """A comment line that tells the plan; systemd and cron pass over it."""
    return f"{_MARK}{written(plan)}"


def plan_in(text: str) -> Plan | None:
    """The plan of the first such comment in a text."""
    for line in text.splitlines():
        if line.startswith(_MARK):
            return read(line.removeprefix(_MARK))
    return None
