"""Calls a command with a summary on its standard input; whatever it does, the edition and the next run stand."""

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from briefgen.model.findings import Finding


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


_MOST_LINES, _MOST_FINDINGS, _TROUBLE = 40, 20, 2


def subject(outcome: Outcome) -> str:
    """One line that says it all; fit for the subject of a mail."""
    who = outcome.title or outcome.partnership or "briefgen"
    match outcome.kind:
        case Kind.EDITION:
            marks = " (minor changes)" * outcome.minor + " (draft, not cleared)" * outcome.draft
            return f"{who}: edition {outcome.edition} of {_day(outcome.as_of)} is ready{marks}"
        case Kind.REVISION:
            mark = " (draft, not cleared)" * outcome.draft
            again = f"is printed again (revision {outcome.revision}: wording or look){mark}"
            return f"{who}: edition {outcome.edition} {again}"
        case Kind.NOTHING:
            return f"{who}: nothing has changed since edition {outcome.edition}"
        case Kind.HELD:
            return f"{who}: a rollback holds edition {outcome.edition}"
        case Kind.FAILED:
            standing = f"; edition {outcome.edition} still stands" if outcome.edition else ""
            return f"{who}: the briefing could not be made{standing}"


def summary(outcome: Outcome, workspace: Path, next_run: datetime | None) -> str:
    """The subject and what is behind it, for a person who is no programmer."""
    lines = [
        subject(outcome),
        "",
        *(_failure(outcome, workspace) if outcome.kind is Kind.FAILED else _success(outcome)),
    ]
    if next_run:
        lines.append(f"The next scheduled run is on {_day(next_run)} at {next_run:%H:%M} ({offset(next_run)}).")
    return "\n".join(lines) + "\n"


def title_of(folder: Path) -> str:
    """The partnership's name for people, by the briefing of an edition; empty where that cannot be read."""
    try:
        parties = json.loads((folder / "briefing.json").read_text(encoding="utf-8"))["parties"]
        return " – ".join(map(str, parties.values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def _success(outcome: Outcome) -> Iterator[str]:
    if outcome.kind is Kind.REVISION:
        yield "The facts are the same; the wording, a translation or the look of the documents has changed."
        yield ""
    elif outcome.changes:
        counted = ", ".join(f"{len(lines)} {heading.lower()}" for heading, lines in outcome.changes)
        yield f"What changed since the edition before: {counted}."
        yield ""
        yield from _sections(outcome.changes)
    if outcome.documents:
        yield "The documents:"
        yield from (f"  {path}" for path in outcome.documents)
        yield ""
    if outcome.next_change:
        yield f"Something will change by itself on {_day(outcome.next_change)}."


def _sections(changes: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    left = _MOST_LINES
    for heading, lines in changes:
        shown, more = lines[: max(left, 0)], len(lines) - max(left, 0)
        left -= len(shown)
        yield f"{heading}:"
        yield from (f"- {line}" for line in shown)
        if more > 0:
            yield f"- and {more} more; the documents tell them all"
        yield ""


def _failure(outcome: Outcome, workspace: Path) -> Iterator[str]:
    standing = "readers still find the edition before" if outcome.edition else "what stood stands as it was"
    yield f"Nothing was published, and nothing was lost: {standing}."
    if outcome.folder:
        yield f"  {outcome.folder}"
    yield ""
    yield f"What is wrong ({len(outcome.findings)}):"
    for finding in outcome.findings[:_MOST_FINDINGS]:
        yield from _told(finding)
    if len(outcome.findings) > _MOST_FINDINGS:
        yield f"- and {len(outcome.findings) - _MOST_FINDINGS} more"
    yield ""
    yield "What to do:"
    if outcome.exit_code >= _TROUBLE:
        yield "  The machine is at fault, not the facts. Show this to whoever looks after it."
        yield "  Once it is mended: briefgen build, or wait for the next scheduled run."
    else:
        yield f"  In the folder {workspace} open the file named above at that line and mend it."
        yield "  To look whether all is well: briefgen check. To make the briefing at once: briefgen build."


def _told(finding: Finding) -> Iterator[str]:
    yield f"- {finding.location}"
    yield f"  {finding.message} ({finding.code})"
    if finding.hint:
        yield f"  Help: {finding.hint}"


def _day(day: str | date | None) -> str:
    """A day in words that cannot be misread: 23 November 2026."""
    moment = date.fromisoformat(day) if isinstance(day, str) and day else day
    return f"{moment.day} {moment:%B %Y}" if isinstance(moment, date) else "an unknown day"


SECONDS = 120
"""A command that is not done by then is ended, with all it started."""
_SHOWN = 200
"""Characters of its last line that are told where it fails."""


def environment(outcome: Outcome, workspace: Path) -> Mapping[str, str]:
    """What a program may want to know, beside what stands in the environment already."""
    said = {
        "SUBJECT": subject(outcome),
        "PARTNERSHIP": outcome.partnership,
        "OUTCOME": outcome.kind.replace(" ", "-"),
        "EDITION": outcome.edition,
        "REVISION": outcome.revision,
        "AS_OF": outcome.as_of,
        "FOLDER": outcome.folder,
        "WORKSPACE": workspace,
        "EXIT_CODE": outcome.exit_code,
    }
    return {f"BRIEFGEN_{name}": str(value if value is not None else "") for name, value in said.items()}


def words(line: str) -> list[str]:
    """A command line as its words, as a shell reads them, though none is asked; ValueError where it is none."""
    found = shlex.split(line)
    if not found:
        raise ValueError("it names no command")
    return found


def call(line: str, text: str, told: Mapping[str, str], workspace: Path, seconds: float = SECONDS) -> str:
    """Run the command in the workspace with the text on its standard input; what became of it, in a few words."""
    with TemporaryFile() as output:
        try:
            command = words(line)
            process = _start(command, output, {**os.environ, **told}, workspace)
        except (OSError, ValueError) as error:
            return f"{line!r}, which cannot be run: {error}"
        try:
            process.communicate(text, timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"{command[0]}, which was stopped after {seconds:g} s"
        finally:
            _end(process)
        if process.returncode:
            return f"{command[0]}, which failed with exit code {process.returncode}{_complaint(output)}"
    return f"{command[0]}: done"


def _start(command: list[str], output: IO[bytes], told: Mapping[str, str], workspace: Path) -> "subprocess.Popen[str]":
    """In a session of its own; its output goes into a file, so that nobody waits for what it leaves running."""
    return subprocess.Popen(  # noqa: S603 # the desk's own command, by its own schedule
        command,
        cwd=workspace,
        env=told,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        encoding="utf-8",
        start_new_session=True,
    )


def _complaint(output: IO[bytes]) -> str:
    output.seek(0)
    last = output.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    return "".join(f" ({line[:_SHOWN]})" for line in last)


def _end(process: "subprocess.Popen[str]") -> None:
    """One that still runs is ended, with everything it started: they are one process group."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
