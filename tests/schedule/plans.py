"""Plans, outcomes and ears for the tests of the schedule."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from briefgen.tools.schedule.notify import Kind, Outcome
from briefgen.tools.schedule.plan import Plan, parse_rule
from briefgen.tools.schedule.run import Teller

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""A Sunday."""


def plan(*times: str, zone: str = "Asia/Seoul", workspace: Path = Path("/desk"), **commands: str) -> Plan:
    """A plan with these times."""
    return Plan(workspace=workspace, rules=tuple(map(parse_rule, times)), timezone=zone, **commands)


def outcome(kind: Kind = Kind.EDITION, **other: object) -> Outcome:
    """What a build of one partnership may give."""
    said = {"partnership": "vn-kr", "kind": kind, "edition": 8, "revision": 1, "as_of": "2026-11-23"}
    return Outcome(**said | other)  # type: ignore[arg-type]


class Ears:
    """Hears what is told to machines and to people."""

    def __init__(self) -> None:
        self.machines: list[str] = []
        self.people: list[str] = []

    @property
    def teller(self) -> Teller:
        return Teller(machines=self.machines.append, people=self.people.append)


class Work:
    """Counts the runs, and gives the same outcomes each time."""

    def __init__(self, outcomes: Iterable[Outcome] = ()) -> None:
        self.outcomes = tuple(outcomes) or (outcome(),)
        self.runs = 0

    def __call__(self) -> Iterable[Outcome]:
        self.runs += 1
        return self.outcomes
