"""What is told to people of a new edition or a failed run: a subject, an empty line, and plain words."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from briefgen.findings import Finding
from briefgen.schedule.outcome import Kind, Outcome, offset

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
    yield f"- {finding.place}"
    yield f"  {finding.message} ({finding.code})"
    if finding.hint:
        yield f"  Help: {finding.hint}"


def _day(day: str | date | None) -> str:
    """A day in words that cannot be misread: 23 November 2026."""
    moment = date.fromisoformat(day) if isinstance(day, str) and day else day
    return f"{moment.day} {moment:%B %Y}" if isinstance(moment, date) else "an unknown day"
