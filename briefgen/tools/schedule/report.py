"""What a run gave: its line in the log, its sentence and summary for people, and the call of the user's command."""

import os
import re
import shlex
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from shutil import which
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any, Self

from briefgen.files import read_text
from briefgen.model.findings import Finding, plural, printable, shortened
from briefgen.model.typed_json import load_json
from briefgen.publish import LATEST, Edition
from briefgen.tools.schedule import Plan

SECONDS = 120
"""After this time a command is stopped, with all it started."""
_MOST_OUTPUT = 4000
"""Characters of what a command that failed has written, from its end, that the log keeps."""
_MOST_WRITTEN, _BETWEEN = 10_000_000, 0.1
"""Bytes of output at which a command is stopped, which else would fill the disk; seconds between two looks at them."""
_MOST_LINES, _MOST_FINDINGS = 40, 20
"""How many changes and findings a summary lists at most."""


class Kind(StrEnum):
    """How a run can end."""

    EDITION = "new edition"
    REVISION = "revision"
    NOTHING = "nothing changed"
    HELD = "held by a rollback"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What the build of one partnership gave."""

    kind: Kind
    partnership: str = ""
    """The name of its facts; empty if the run failed before any was known."""
    edition: Edition | None = None
    """The newest edition, made by this run or an earlier one."""
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a new edition changed: headings with their lines, corrections first."""
    findings: tuple[Finding, ...] = ()
    """Why it failed."""

    @property
    def exit_code(self) -> int:
        """0; 2 if it failed because of the machine, 1 if for another reason."""
        if self.kind is not Kind.FAILED:
            return 0
        return 2 if any(finding.code.startswith("P") for finding in self.findings) else 1

    @property
    def documents(self) -> tuple[Path, ...]:
        """The files for readers; none if it failed."""
        return self.edition.documents if self.edition and self.kind is not Kind.FAILED else ()

    def record(self, at: datetime, due: datetime | None, missed: int, seconds: float) -> dict[str, Any]:
        """Return its line in the log as JSON values; the runner adds what became of the command that was called."""
        manifest = self.edition.manifest if self.edition else None
        when = {"at": at.isoformat(timespec="seconds"), "due": due.isoformat() if due else None, "missed": missed}
        return {
            **when,
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
    Kind.EDITION: "edition {edition} is new, {counted}",
    Kind.REVISION: "revision {revision} of edition {edition}, {counted}",
    Kind.NOTHING: "nothing has changed since edition {edition}",
    Kind.HELD: "a rollback holds edition {edition}: nothing is made until a file changes "
    "(briefgen editions release ends it)",
}


def sentence(record: Mapping[str, Any]) -> str:
    """Return a line of the log as a sentence for people."""
    number, at = record["edition"], record["at"]
    kept = f"edition {number} is unchanged" if number else "there is no edition yet"
    failed = f"FAILED, {kept if record['partnership'] else 'nothing was changed'}"
    counted = plural(record["documents"], "document")
    result = _SENTENCES.get(record["outcome"], failed).format(counted=counted, **record)
    why = "".join(f": {each}" for each in record["why"][:1])
    missed = f" Makes up for {plural(record['missed'], 'missed run')}." if record["missed"] else ""
    called = f" Called {record['called']}." if record["called"] else ""
    called += f" It is tried again after {record['again']}." if record.get("again") else ""
    soon = f" Next expected change: {record['next_change']}." if record["next_change"] else ""
    begun = f"{at[:16].replace('T', ' ')} {at[-6:]} {record['partnership'] or 'all'}"
    return f"{begun}: {result}{why} ({record['seconds']} s).{missed}{called}{soon}"


FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=12)
"""What waits to be tried again waits ten minutes at first, twice as long each time, and half a day at most."""


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many tries."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Called:
    """What became of a call, in a few words; and the end of what a command that failed has written."""

    words: str
    failed: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What one of the plan's commands is told; and of a call that failed, how often, and when it is tried again."""

    hook: str
    """Which command: "on_change" or "on_failure"."""
    text: str
    """Its standard input."""
    variables: Mapping[str, str]
    """Added to its environment."""
    tries: int = 0
    again: datetime | None = None
    why: str = ""

    @property
    def subject(self) -> str:
        """The first line of what it is told."""
        return self.text.partition("\n")[0]

    def make(self, plan: Plan) -> Called:
        """Call the command that the plan has now."""
        return call(getattr(plan, self.hook), self.text, os.environ | self.variables, plan.workspace)

    def put_off(self, now: datetime, failed: Called) -> Self:
        """Return it as it waits to be tried again."""
        tries = self.tries + 1
        return replace(self, tries=tries, again=now + pause(tries), why=failed.words)


_OF_THE_RECORD = ("partnership", "edition", "revision", "folder", "exit_code")
_HOOKS = {Kind.EDITION: "on_change", Kind.REVISION: "on_change", Kind.FAILED: "on_failure"}


def call_for(plan: Plan, outcome: RunOutcome, record: Mapping[str, Any], now: datetime) -> Call | None:
    """Return the call of the plan's command for this outcome; None if there is none to call."""
    hook = _HOOKS.get(outcome.kind, "")
    if not hook or not getattr(plan, hook):
        return None
    known = {key: record[key] for key in _OF_THE_RECORD}
    as_of = outcome.edition and outcome.edition.manifest.as_of
    variables = known | {"subject": subject(outcome), "outcome": outcome.kind.replace(" ", "-"), "as_of": as_of}
    text = summary(outcome, plan.workspace, next(iter(plan.upcoming(now)), None))
    return Call(hook=hook, text=text, variables=_named(plan, variables))


def trial(plan: Plan, hook: str) -> Call:
    """Return a call that only tries whether a command works."""
    said = f"TEST: the command of --{hook.replace('_', '-')} works"
    text = f"{said}\n\nNothing was built. This message was asked for in {plan.workspace}: schedule now --test-hooks\n"
    known = {**dict.fromkeys(_OF_THE_RECORD), "as_of": None, "subject": said, "outcome": "test", "exit_code": 0}
    return Call(hook=hook, text=text, variables=_named(plan, known))


def _named(plan: Plan, variables: Mapping[str, object]) -> Mapping[str, str]:
    found = {**variables, "workspace": plan.workspace}
    return {f"BRIEFGEN_{key.upper()}": "" if value is None else str(value) for key, value in found.items()}


def words(line: str) -> list[str]:
    """Split a command line into words as a shell does, though none is called; ValueError if it is no command line."""
    found = shlex.split(line)
    if not found or "\n" in line:
        raise ValueError("it has more than one line" if found else "it names no command")
    as_written = shlex.shlex(line, posix=False)  # with their quotes
    as_written.whitespace_split, as_written.commenters = True, ""
    if sign := next(filter(_OPERATOR.fullmatch, as_written), ""):
        raise ValueError(f"it is called without a shell, to which {sign} is a word like others; write: sh -c '...'")
    return found


def why_not_called(command: str, folder: Path, *, by_timers: bool) -> str:
    """Return why a command cannot be called in a folder, and what to type; empty if it can.

    What has no / in it is looked for where timers look, which have none of a person's own PATH.
    """
    shown, missing = shortened(command), f"there is no command '{shortened(command)}' on this machine"
    path = os.path.join(folder, command)  # noqa: PTH118 # of a name too long as well
    is_file = bool(command) and os.path.isfile(path)  # noqa: PTH113
    if os.sep in command:
        may_not = f"'{shown}' may not be executed; type: chmod +x {shlex.quote(shown)}"
        return missing if not is_file else "" if os.access(path, os.X_OK) else may_not
    found = which(command)
    if found is None:
        other = f"'{shown}' is a file of the workspace, written as a program of this machine; write ./{shown}"
        return other if is_file else missing
    seen = not by_timers or which(command, path=_PATH_OF_TIMERS)
    return "" if seen else f"timers do not look for '{shown}' where it is; write {found}"


_PATH_OF_TIMERS = "/usr/bin:/bin"
"""What cron gives; systemd looks in more folders."""
_OPERATOR = re.compile(r"\d?[<>|&;].*|.*;")
"""A word with which only a shell can do something: > file, 2>&1, | tee, &&."""


def call(line: str, text: str, env: Mapping[str, str], folder: Path, seconds: float = SECONDS) -> Called:
    """Run a command in the folder with the text on its standard input; return what became of it.

    It has a session of its own, so that all it starts can be stopped; its output goes to a file, so that what it
    leaves running keeps nobody waiting.
    """
    with _file_for_output() as output:
        try:
            command = words(line)
            process = Popen(  # noqa: S603 # the user's own command
                command, cwd=folder, env=env, stdin=PIPE, stdout=output, stderr=output, start_new_session=True
            )
        except (OSError, ValueError) as error:
            return Called(f"{line!r}, which cannot be run: {getattr(error, 'strerror', '') or error}", failed=True)
        said = printable(text, also="\n").encode("utf-8", "replace")
        Thread(target=_hand_over, args=(said, process.stdin), daemon=True).start()
        try:
            stopped = _wait(process, output, seconds)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if stopped:
            return Called(f"{command[0]}, which was stopped {stopped}", failed=True)
        if not process.returncode:
            return Called(f"{command[0]}: done")
        output.seek(max(output.seek(0, os.SEEK_END) - 4 * _MOST_OUTPUT, 0))  # of four bytes a character at most
        answer = output.read().decode("utf-8", "replace").strip()
        last = f" ({answer.splitlines()[-1][:200]})" if answer else ""
        code = process.returncode
        how = f"failed with exit code {code}" if code > 0 else f"was ended by signal {-code}"
        return Called(f"{command[0]}, which {how}{last}", failed=True, output=answer[-_MOST_OUTPUT:])


def _file_for_output() -> IO[bytes]:
    """Return a file without a name; where no folder takes one, what is written goes nowhere."""
    try:
        return TemporaryFile()
    except OSError:
        return Path(os.devnull).open("r+b")


def _wait(process: Popen[bytes], output: IO[bytes], seconds: float) -> str:
    """Wait until a command ends; return why it is not waited for any longer, else an empty text."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        with suppress(TimeoutExpired):
            process.wait(min(left, _BETWEEN))
            return ""
        if os.fstat(output.fileno()).st_size > _MOST_WRITTEN:
            return f"as it had written more than {_MOST_WRITTEN:,} bytes"
    return f"after {seconds:g} s"


def _hand_over(text: bytes, command: IO[bytes]) -> None:
    """Write a text to a command, which may read none of it, or late, or end first."""
    with suppress(OSError), command:
        command.write(text)


def subject(outcome: RunOutcome) -> str:
    """Return the outcome in one line, fit for the subject of a mail: the parties' names, and what became of it.

    The id of the partnership follows where another one of these parties has editions too.
    """
    edition, name = outcome.edition, outcome.partnership or "briefgen"
    if edition and (parties := _parties(edition.folder)):
        others = (each for each in edition.outdir.parent.glob(f"*/{LATEST}") if each.parent != edition.outdir)
        is_shared = any(_parties(each) == parties for each in others)
        name = f"{parties} ({edition.manifest.partnership})" if is_shared else parties
    if edition is None or outcome.kind is Kind.FAILED:
        kept = f"; edition {edition.manifest.edition} is still in place" if edition else ""
        return f"{name}: the briefing could not be made{kept}"
    manifest = edition.manifest
    draft = " (draft, not cleared)" * manifest.draft
    if outcome.kind is Kind.REVISION:
        revision = f"(revision {manifest.revision}: wording or look)"
        return f"{name}: edition {manifest.edition} is published again {revision}{draft}"
    minor = " (minor changes)" * (not manifest.major)
    return f"{name}: edition {manifest.edition} of {_day(manifest.as_of)} is ready{minor}{draft}"


def _parties(folder: Path) -> str:
    """Return the parties' names from the briefing of an edition; empty if they cannot be read."""
    try:
        return " – ".join(map(str, load_json(read_text(folder / "briefing.json", folder))["parties"].values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def summary(outcome: RunOutcome, workspace: Path, next_run: datetime | None) -> str:
    """Return the subject, an empty line and the details, for people who are not programmers."""
    lines = _failure(outcome, workspace) if outcome.kind is Kind.FAILED else _success(outcome)
    coming = f"{_day(next_run)} at {next_run:%H:%M} ({next_run.isoformat()[-6:]})" if next_run else ""
    last = f"The next scheduled run is on {coming}.\n" if coming else ""
    return "\n".join((subject(outcome), "", *lines, last))


def _success(outcome: RunOutcome) -> Iterator[str]:
    if outcome.kind is Kind.REVISION:
        yield "The facts are the same; the wording, a translation or the look of the documents has changed.\n"
    elif outcome.changes:
        counted = ", ".join(f"{len(lines)} {heading.lower()}" for heading, lines in outcome.changes.items())
        yield f"What changed since the previous edition: {counted}.\n"
        left = _MOST_LINES
        for heading, lines in outcome.changes.items():
            yield "\n".join((f"{heading}:", *(f"- {line}" for line in lines[:left])))
            if len(lines) > left:
                yield f"- and {len(lines) - left} more; the documents list them all"
            left = max(left - len(lines), 0)
            yield ""
    if outcome.documents:
        yield "\n".join(("The documents:", *(f"  {path}" for path in outcome.documents), ""))
    if outcome.edition and outcome.edition.manifest.next_change:
        yield f"Something will change by itself on {_day(outcome.edition.manifest.next_change)}."


def _failure(outcome: RunOutcome, workspace: Path) -> Iterator[str]:
    findings, edition = outcome.findings, outcome.edition
    kept = "readers still have the previous edition" if edition else "everything is as it was"
    yield f"Nothing was published, and nothing was lost: {kept}."
    if edition:
        yield f"  {edition.folder}"
    yield f"\nWhat is wrong ({len(findings)}):"
    for each in findings[:_MOST_FINDINGS]:
        yield f"- {each.location}\n  {each.message} ({each.code})" + (f"\n  Help: {each.hint}" if each.hint else "")
    if len(findings) > _MOST_FINDINGS:
        yield f"- and {len(findings) - _MOST_FINDINGS} more"
    yield "\nWhat to do:"
    if outcome.exit_code == 2:
        yield "  The machine is at fault, not the facts. Show this to the person who looks after it."
        yield "  Once it is fixed: briefgen build, or wait: a scheduled run is tried again by itself."
    else:
        yield f"  In the folder {workspace}, open the file named above at that line and correct it."
        yield "  To see whether all is well: briefgen check. To make the briefing at once: briefgen build."


def _day(day: date) -> str:
    """Return a day that cannot be misread: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"
