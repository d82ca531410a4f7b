"""What came of one run for one partnership: for the log, for a person, for the command that is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from briefgen.findings import Finding


class Kind(StrEnum):
    """How a run can end."""

    EDITION = "new edition"
    REVISION = "revision"
    NOTHING = "nothing changed"
    HELD = "held by a rollback"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one partnership's build gave; the edition is the newest that stands now, made by this run or an earlier."""

    partnership: str
    """Its id; empty where the run failed before any was known."""
    kind: Kind
    exit_code: int = 0
    title: str = ""
    """Its name for people."""
    edition: int | None = None
    revision: int | None = None
    as_of: str = ""
    """The day of that edition (ISO)."""
    minor: bool = False
    """Readers of the edition before need not be told what changed."""
    draft: bool = False
    """It awaits clearance."""
    folder: Path | None = None
    """Where readers find it."""
    documents: tuple[Path, ...] = ()
    next_change: str | None = None
    """The next day on which something changes by itself (ISO)."""
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Headings with their lines, corrections first."""
    findings: tuple[Finding, ...] = ()
    """Why it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One run of one partnership, as it is kept."""

    at: datetime
    """When it began, in the plan's time zone."""
    due: datetime | None
    """The moment it made good; None for a run that somebody asked for."""
    missed: int
    """Earlier runs that were missed and are made good by this one."""
    outcome: Outcome
    seconds: float
    called: str = ""
    """What became of the command that is told of it; empty where none is."""

    @property
    def said(self) -> Mapping[str, object]:
        """For the log: one flat table of JSON values."""
        outcome = self.outcome
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "due": self.due.isoformat() if self.due else None,
            "missed": self.missed,
            "partnership": outcome.partnership or None,
            "outcome": str(outcome.kind),
            "edition": outcome.edition,
            "revision": outcome.revision,
            "folder": str(outcome.folder) if outcome.folder else None,
            "documents": len(outcome.documents),
            "seconds": round(self.seconds, 1),
            "exit_code": outcome.exit_code,
            "next_change": outcome.next_change,
            "why": [str(finding) for finding in outcome.findings],
            "called": self.called or None,
        }


def sentence(said: Mapping[str, object]) -> str:
    """A run as it stands in the log, in one line for a person."""
    at = datetime.fromisoformat(str(said["at"]))
    soon = f" Next expected change: {said['next_change']}." if said["next_change"] else ""
    missed = f" Makes up for {said['missed']} missed before it." if said["missed"] else ""
    called = f" Called {said['called']}." if said["called"] else ""
    who = said["partnership"] or "all"
    return f"{at:%Y-%m-%d %H:%M} {offset(at)} {who}: {_became(said)} ({said['seconds']} s).{missed}{called}{soon}"


def _became(said: Mapping[str, object]) -> str:
    edition, number = f"edition {said['edition']}", said["documents"]
    documents = f"{number} document{'s' * (number != 1)}"
    match said["outcome"]:
        case Kind.EDITION:
            return f"{edition} is new, {documents}"
        case Kind.REVISION:
            return f"revision {said['revision']} of {edition}, {documents}"
        case Kind.NOTHING:
            return f"nothing has changed since {edition}"
        case Kind.HELD:
            return (
                f"a rollback holds {edition}: nothing is made until a file changes (briefgen editions release ends it)"
            )
        case _:
            why = said["why"]
            first = f": {why[0]}" if isinstance(why, list) and why else ""
            if said["edition"]:
                return f"FAILED, {edition} stands as it was{first}"
            return f"FAILED, {'there is no edition yet' if said['partnership'] else 'all stands as it was'}{first}"


def offset(moment: datetime) -> str:
    """How far the clocks are from UTC, like +09:00."""
    return moment.isoformat()[-6:]
