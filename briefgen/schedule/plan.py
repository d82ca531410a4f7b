"""What was asked for: when, in which time zone, and who is told; as arguments, and as it is written down."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from briefgen.schedule import calendar
from briefgen.schedule.rules import Rule, parse_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The schedule of one workspace."""

    workspace: Path
    rules: tuple[Rule, ...]
    timezone: str
    """In which the times are told (IANA name)."""
    on_change: str = ""
    """A command line that is called when there is a new edition or revision."""
    on_failure: str = ""
    """A command line that is called when a run has failed."""

    @property
    def crons(self) -> tuple[str, ...]:
        """All its times as cron expressions."""
        return tuple(dict.fromkeys(cron for rule in self.rules for cron in rule.crons))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)

    @property
    def times(self) -> str:
        """The times as they were written, for people."""
        return f"{' and '.join(rule.text for rule in self.rules)}, {self.timezone}"

    def upcoming(self, now: datetime, count: int) -> tuple[datetime, ...]:
        """The next runs, in the plan's zone."""
        return calendar.upcoming(self.crons, self.zone, now, count)

    def latest_due(self, now: datetime) -> datetime | None:
        """The last moment, this one included, at which a run fell due (UTC)."""
        return calendar.latest_due(self.crons, self.zone, now)

    @property
    def options(self) -> tuple[str, ...]:
        """The plan as options of the commands of `briefgen schedule`."""
        times = (part for rule in self.rules for part in ("--at", rule.text))
        commands = (("--on-change", self.on_change), ("--on-failure", self.on_failure))
        called = (part for option, line in commands if line for part in (option, line))
        return (*times, "--tz", self.timezone, *called)

    def arguments(self, command: str) -> tuple[str, ...]:
        """What is typed after the program's name, to have that command of `briefgen schedule` work by this plan."""
        return ("-C", str(self.workspace), "schedule", command, *self.options)


def written(plan: Plan) -> str:
    """One line from which the plan can be read again."""
    said = {
        "workspace": str(plan.workspace),
        "at": [rule.text for rule in plan.rules],
        "timezone": plan.timezone,
        "on_change": plan.on_change,
        "on_failure": plan.on_failure,
    }
    return json.dumps(said)


def read(line: str) -> Plan | None:
    """The plan of such a line; None where it is none, or none that this version understands."""
    try:
        said = json.loads(line)
        return Plan(
            workspace=Path(said["workspace"]),
            rules=tuple(parse_rule(text) for text in said["at"]),
            timezone=str(ZoneInfo(said["timezone"])),
            on_change=str(said["on_change"]),
            on_failure=str(said["on_failure"]),
        )
    except (ValueError, KeyError, TypeError, OSError):
        return None
