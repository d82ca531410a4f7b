"""One run: every partnership is built, each outcome is told to whoever wants to know, and written to the log."""

import json
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.schedule import keeping
from briefgen.schedule.calling import call, environment
from briefgen.schedule.outcome import Kind, Outcome, Record, sentence
from briefgen.schedule.plan import Plan
from briefgen.schedule.summary import summary

Work = Callable[[], Iterable[Outcome]]
"""Builds what the workspace holds now, one partnership after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Where a run is told: lines of JSON for machines, sentences for people."""

    machines: Callable[[str], None]
    people: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why and when a run takes place."""

    at: datetime
    due: datetime | None = None
    missed: int = 0


def home_of(out: Path) -> Path:
    """Where is remembered what was done."""
    return out / keeping.FOLDER


def carry_out(plan: Plan, home: Path, occasion: Occasion, work: Work, teller: Teller) -> int:
    """Run once, tell, and give the exit code: the highest of all partnerships."""
    codes = [0]
    for outcome, seconds in _timed(_guarded(work)):
        codes.append(outcome.exit_code)
        record = Record(
            at=occasion.at.astimezone(plan.zone),
            due=occasion.due.astimezone(plan.zone) if occasion.due else None,
            missed=occasion.missed,
            outcome=outcome,
            seconds=seconds,
            called=_called(plan, outcome, occasion.at),
        )
        _record(home, record, teller)
    return max(codes)


def _record(home: Path, record: Record, teller: Teller) -> None:
    """The log may be full or gone: the run still counts, and somebody is told."""
    teller.machines(json.dumps(record.said, ensure_ascii=False))
    teller.people(sentence(record.said))
    try:
        keeping.log(home, record.said)
    except OSError as error:
        teller.people(f"This run is not in the log, {home / keeping.LOG}: {error.strerror or error}")


def _called(plan: Plan, outcome: Outcome, now: datetime) -> str:
    """The command for this outcome, where there is one and there is something to tell."""
    line = {Kind.FAILED: plan.on_failure, Kind.NOTHING: "", Kind.HELD: ""}.get(outcome.kind, plan.on_change)
    if not line:
        return ""
    text = summary(outcome, plan.workspace, next(iter(plan.upcoming(now, 1)), None))
    return call(line, text, environment(outcome, plan.workspace), plan.workspace)


def _guarded(work: Work) -> Iterator[Outcome]:
    """Nobody sits before a scheduled run: whatever happens, even what should not, becomes an outcome that is told."""
    try:
        yield from work()
    except NothingToGoOnWith as trouble:
        yield failed(trouble.findings)
    except OSError as error:
        yield failed([Finding(Place(str(error.filename or "this machine")), "P500", error.strerror or str(error))])
    except Exception as error:
        traceback.print_exc()
        yield failed(
            [Finding(Place("briefgen"), "P522", f"the program itself failed: {type(error).__name__}: {error}")]
        )


def failed(findings: Iterable[Finding], before: Outcome | None = None) -> Outcome:
    """A run that gave no edition; `before` says what stands."""
    found = tuple(findings)
    code = 2 if any(each.code.startswith("P") for each in found) else 1
    standing = before or Outcome(partnership="", kind=Kind.FAILED)
    return replace(standing, kind=Kind.FAILED, exit_code=code, findings=found, documents=(), changes=())


def _timed(outcomes: Iterator[Outcome]) -> Iterator[tuple[Outcome, float]]:
    """Each with the seconds that it took."""
    while True:
        started = time.monotonic()
        outcome = next(outcomes, None)
        if outcome is None:
            return
        yield outcome, time.monotonic() - started
