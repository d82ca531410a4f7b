"""Calls the command of --on-change or --on-failure, with a summary of the run on its standard input."""

import json
import os
import shlex
import signal
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import TemporaryFile
from typing import Any

from briefgen.tools.schedule.outcome import Kind, Outcome
from briefgen.tools.schedule.plan import Plan

SECONDS = 120
"""A command that is not done by then is stopped, with all it started."""
_MOST_LINES, _MOST_FINDINGS = 40, 20
"""What a summary lists at most of changes, and of what is wrong."""


def call_hook(plan: Plan, outcome: Outcome, record: Mapping[str, Any], now: datetime) -> str:
    """Call the plan's command for such an outcome; what became of it, empty where there is none to call."""
    hooks = {Kind.EDITION: plan.on_change, Kind.REVISION: plan.on_change, Kind.FAILED: plan.on_failure}
    line = hooks.get(outcome.kind)
    if not line:
        return ""
    variables = {key: record[key] for key in ("partnership", "edition", "revision", "folder", "exit_code")} | {
        "subject": subject(outcome),
        "outcome": outcome.kind.replace(" ", "-"),
        "as_of": outcome.edition and outcome.edition.manifest.as_of,
        "workspace": plan.workspace,
    }
    added = {f"BRIEFGEN_{key.upper()}": "" if value is None else str(value) for key, value in variables.items()}
    text = summary(outcome, plan.workspace, next(iter(plan.upcoming(now)), None))
    return call(line, text, os.environ | added, plan.workspace)


def words(line: str) -> list[str]:
    """A command line as its words, as a shell splits them, though none is called; ValueError where it is none."""
    found = shlex.split(line)
    if not found or "\n" in line:
        raise ValueError("it has more than one line" if found else "it names no command")
    return found


def call(line: str, text: str, env: Mapping[str, str], folder: Path, seconds: float = SECONDS) -> str:
    """Run a command in the folder with the text on its standard input; what became of it, in a few words.

    It has a session of its own, so that all it starts can be stopped; its output goes into a file, so that nobody
    waits for what it leaves running.
    """
    with TemporaryFile() as output:
        try:
            command = words(line)
            process = Popen(  # noqa: S603 # the user's own command
                command, cwd=folder, env=env, stdin=PIPE, stdout=output, stderr=output, start_new_session=True
            )
        except (OSError, ValueError) as error:
            return f"{line!r}, which cannot be run: {error}"
        try:
            process.communicate(text.encode("utf-8", "replace"), timeout=seconds)
        except TimeoutExpired:
            return f"{command[0]}, which was stopped after {seconds:g} s"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
        if not process.returncode:
            return f"{command[0]}: done"
        output.seek(0)
        lines = output.read().decode("utf-8", "replace").strip().splitlines()
        last = f" ({lines[-1][:200]})" if lines else ""
        return f"{command[0]}, which failed with exit code {process.returncode}{last}"


def subject(outcome: Outcome) -> str:
    """One line that says it all, fit for the subject of a mail."""
    edition = outcome.edition
    name = (_parties(edition.folder) if edition else "") or outcome.partnership or "briefgen"
    if edition is None or outcome.kind is Kind.FAILED:
        standing = f"; edition {edition.manifest.edition} still stands" if edition else ""
        return f"{name}: the briefing could not be made{standing}"
    manifest = edition.manifest
    draft = " (draft, not cleared)" * manifest.draft
    if outcome.kind is Kind.REVISION:
        revision = f"(revision {manifest.revision}: wording or look)"
        return f"{name}: edition {manifest.edition} is printed again {revision}{draft}"
    minor = " (minor changes)" * (not manifest.major)
    return f"{name}: edition {manifest.edition} of {_day(manifest.as_of)} is ready{minor}{draft}"


def _parties(folder: Path) -> str:
    """The partnership's name for people, by the briefing of an edition; empty where that cannot be read."""
    try:
        parties = json.loads((folder / "briefing.json").read_text(encoding="utf-8"))["parties"]
        return " – ".join(map(str, parties.values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def summary(outcome: Outcome, workspace: Path, next_run: datetime | None) -> str:
    """The subject and what is behind it, for people who are no programmers."""
    lines = _failure(outcome, workspace) if outcome.kind is Kind.FAILED else _success(outcome)
    coming = f"{_day(next_run)} at {next_run:%H:%M} ({next_run.isoformat()[-6:]})" if next_run else ""
    last = f"The next scheduled run is on {coming}.\n" if coming else ""
    return "\n".join((subject(outcome), "", *lines, last))


def _success(outcome: Outcome) -> Iterator[str]:
    if outcome.kind is Kind.REVISION:
        yield "The facts are the same; the wording, a translation or the look of the documents has changed.\n"
    elif outcome.changes:
        counted = ", ".join(f"{len(lines)} {heading.lower()}" for heading, lines in outcome.changes.items())
        yield f"What changed since the edition before: {counted}.\n"
        left = _MOST_LINES
        for heading, lines in outcome.changes.items():
            yield "\n".join((f"{heading}:", *(f"- {line}" for line in lines[:left])))
            if len(lines) > left:
                yield f"- and {len(lines) - left} more; the documents tell them all"
            left = max(left - len(lines), 0)
            yield ""
    if outcome.documents:
        yield "\n".join(("The documents:", *(f"  {path}" for path in outcome.documents), ""))
    if outcome.edition and outcome.edition.manifest.next_change:
        yield f"Something will change by itself on {_day(outcome.edition.manifest.next_change)}."


def _failure(outcome: Outcome, workspace: Path) -> Iterator[str]:
    findings, edition = outcome.findings, outcome.edition
    standing = "readers still find the edition before" if edition else "what stood stands as it was"
    yield f"Nothing was published, and nothing was lost: {standing}."
    if edition:
        yield f"  {edition.folder}"
    yield f"\nWhat is wrong ({len(findings)}):"
    for each in findings[:_MOST_FINDINGS]:
        yield f"- {each.location}\n  {each.message} ({each.code})" + (f"\n  Help: {each.hint}" if each.hint else "")
    if len(findings) > _MOST_FINDINGS:
        yield f"- and {len(findings) - _MOST_FINDINGS} more"
    yield "\nWhat to do:"
    if outcome.exit_code == 2:
        yield "  The machine is at fault, not the facts. Show this to whoever looks after it."
        yield "  Once it is mended: briefgen build, or wait for the next scheduled run."
    else:
        yield f"  In the folder {workspace} open the file named above at that line and mend it."
        yield "  To look whether all is well: briefgen check. To make the briefing at once: briefgen build."


def _day(day: date) -> str:
    """A day that cannot be misread: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"
