"""Plans, outcomes and reports for the tests of the schedule."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefgen.model.edition import Making, Manifest
from briefgen.publish import Edition
from briefgen.tools.schedule import Plan
from briefgen.tools.schedule.report import Kind, RunOutcome
from briefgen.tools.schedule.runner import Build, Runner, Stop

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""A Sunday."""
FOLDER = Path("/desk/out/vn-kr/editions/2026-11-23-8")


def plan(*times: str, zone: str = "Asia/Seoul", workspace: Path = Path("/desk"), **hooks: str) -> Plan:
    """A plan with these times."""
    return Plan(workspace=workspace, at=times, timezone=zone, **hooks)


def edition(folder: Path = FOLDER, files: tuple[str, ...] = (), **other: Any) -> Edition:
    """Edition 8 of 23 November 2026."""
    day = date(2026, 11, 23)
    said: dict[str, Any] = {
        "making": Making.EDITION,
        "partnership": "vn-kr",
        "edition": 8,
        "revision": 1,
        "as_of": day,
        "public_date": day,
    }
    said |= {"next_change": None, "facts": 1, "facts_sha256": "", "look_sha256": "", "briefgen": "0"}
    said |= {"languages": ("en",), "documents": ("a",), "formats": ("html", "pdf"), "files": dict.fromkeys(files, "")}
    return Edition(folder=folder, manifest=Manifest(**said | other), new=True)


def outcome(kind: Kind = Kind.EDITION, **other: Any) -> RunOutcome:
    """What a build of one partnership may give."""
    said: dict[str, Any] = {"kind": kind, "partnership": "vn-kr", "edition": edition()}
    return RunOutcome(**said | other)


class Reports:
    """A runner's records and messages."""

    def __init__(self) -> None:
        self.records: list[str] = []
        self.messages: list[str] = []

    def runner(self, plan: Plan, state_dir: Path, build: Build, stop: Stop | None = None) -> Runner:
        """One that reports here."""
        return Runner(
            plan=plan,
            state_dir=state_dir,
            build=build,
            on_record=self.records.append,
            on_message=self.messages.append,
            stop=stop or Stop(),
        )


class Builds:
    """Counts the runs, and gives the same outcomes each time."""

    def __init__(self, outcomes: Iterable[RunOutcome] = ()) -> None:
        self.outcomes = tuple(outcomes) or (outcome(),)
        self.runs = 0

    def __call__(self) -> Iterable[RunOutcome]:
        self.runs += 1
        return self.outcomes
