"""What became of a run: as a record for the log, and in one sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefgen.model.findings import Finding
from briefgen.publish.editions import Edition


class Kind(StrEnum):
    """How a run can end."""

    EDITION = "new edition"
    REVISION = "revision"
    NOTHING = "nothing changed"
    HELD = "held by a rollback"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the build of one partnership gave."""

    kind: Kind
    partnership: str = ""
    """Its id; empty where the run failed before any was known."""
    edition: Edition | None = None
    """The newest that stands now, made by this run or an earlier one."""
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a new edition changed: headings with their lines, corrections first."""
    findings: tuple[Finding, ...] = ()
    """Why it failed."""

    @property
    def exit_code(self) -> int:
        """0; where it failed, 2 if the machine is at fault, else 1."""
        at_fault = any(finding.code.startswith("P") for finding in self.findings)
        return 0 if self.kind is not Kind.FAILED else 2 if at_fault else 1

    @property
    def documents(self) -> tuple[Path, ...]:
        """The files for readers; none where it failed."""
        if self.edition is None or self.kind is Kind.FAILED:
            return ()
        formats = self.edition.manifest.formats
        return tuple(file for file in self.edition.files if file.suffix.removeprefix(".") in formats)

    def record(self, at: datetime, due: datetime | None, missed: int, seconds: float) -> dict[str, Any]:
        """The line of the log, in JSON values; the runner adds what became of the hook."""
        manifest = self.edition.manifest if self.edition else None
        return {
            "at": at.isoformat(timespec="seconds"),
            "due": due.isoformat() if due else None,
            "missed": missed,
            "partnership": self.partnership or None,
            "outcome": str(self.kind),
            "edition": manifest and manifest.edition,
            "revision": manifest and manifest.revision,
            "folder": self.edition and str(self.edition.folder),
            "documents": len(self.documents),
            "seconds": round(seconds, 1),
            "exit_code": self.exit_code,
            "next_change": str(manifest.next_change) if manifest and manifest.next_change else None,
            "why": [str(finding) for finding in self.findings],
        }


_SENTENCES: Mapping[str, str] = {
    Kind.EDITION: "edition {edition} is new, {documents} document{s}",
    Kind.REVISION: "revision {revision} of edition {edition}, {documents} document{s}",
    Kind.NOTHING: "nothing has changed since edition {edition}",
    Kind.HELD: "a rollback holds edition {edition}: nothing is made until a file changes "
    "(briefgen editions release ends it)",
}


def sentence(record: Mapping[str, Any]) -> str:
    """A line of the log for people."""
    number, at = record["edition"], record["at"]
    stands = f"edition {number} stands as it was" if number else "there is no edition yet"
    failed = f"FAILED, {stands if record['partnership'] else 'all stands as it was'}"
    result = _SENTENCES.get(record["outcome"], failed).format(s="s" * (record["documents"] != 1), **record)
    why = "".join(f": {each}" for each in record["why"][:1])
    missed = f" Makes up for {record['missed']} missed before it." if record["missed"] else ""
    called = f" Called {record['called']}." if record["called"] else ""
    soon = f" Next expected change: {record['next_change']}." if record["next_change"] else ""
    begun = f"{at[:16].replace('T', ' ')} {at[-6:]} {record['partnership'] or 'all'}"
    return f"{begun}: {result}{why} ({record['seconds']} s).{missed}{called}{soon}"
