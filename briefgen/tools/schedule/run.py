"""Runs in the foreground by the clock, for containers: until it is told to stop, and then in good order."""

import json
import os
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import FrameType

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.atomic import replace_file
from briefgen.publish.lock import locked
from briefgen.tools.schedule.notify import Kind, Outcome, Record, call, environment, offset, sentence, summary
from briefgen.tools.schedule.plan import Plan, count_between

FOLDER, LOG = ".schedule", "runs.jsonl"
_STATE, _LOCK = "state.json", ".lock"
_BUSY = "P501"
_KEPT = 500
"""Runs that are remembered as done: a clock set back by less than these does not do them again."""
_MOST_BYTES = 1_000_000
"""Size at which the log is put aside; one older log is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Which due moments (UTC) were dealt with, in the order in which that was, and the one under way."""

    done: tuple[datetime, ...] = ()
    begun: datetime | None = None
    """A run that has begun; where it stands here and none is under way, that run was interrupted."""
    attempts: int = 0
    """How often it was begun."""

    def beginning(self, due: datetime) -> "State":
        """The run that fell due then begins, maybe once more."""
        return replace(self, begun=due, attempts=self.attempts + 1 if self.begun == due else 1)

    def ended(self, due: datetime) -> "State":
        """That run is dealt with, whatever came of it."""
        return State(done=(*(each for each in self.done if each != due), due)[-_KEPT:])

    def last_done(self, before: datetime) -> datetime | None:
        """The last run dealt with that fell due before a moment."""
        return max((each for each in self.done if each < before), default=None)


class RunUnderWayError(FindingsError):
    """Another run of this workspace is going on."""


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Keeps two runs of a workspace apart, as builds are; UnderWay where one is going on."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / _LOCK).open("a").close()
    except OSError as error:
        raise _cannot_keep(home, error) from None
    with ExitStack() as held:
        try:
            held.enter_context(locked(home))
        except FindingsError as trouble:
            if any(finding.code == _BUSY for finding in trouble.findings):
                message = "a scheduled run of this workspace is going on"
                raise RunUnderWayError(
                    [Finding(Location(str(home)), "P520", message, hint="wait until it ends")]
                ) from None
            raise
        yield


def read_state(home: Path) -> State:
    """What was done so far; nothing where nothing readable is there."""
    try:
        said = json.loads((home / _STATE).read_text(encoding="utf-8"))
        begun = said["begun"]
        return State(
            done=tuple(_moment(each) for each in said["done"]),
            begun=_moment(begun) if begun else None,
            attempts=int(said["attempts"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def write_state(home: Path, state: State) -> None:
    """In one step; FindingsError where it cannot be written, and then the old one stands."""
    said = {
        "done": [each.isoformat() for each in state.done],
        "begun": state.begun.isoformat() if state.begun else None,
        "attempts": state.attempts,
    }
    try:
        replace_file(home / _STATE, f"{json.dumps(said)}\n".encode())
    except OSError as error:
        raise _cannot_keep(home, error) from None


def log(home: Path, said: Mapping[str, object]) -> None:
    """Add a line to the log; OSError where it cannot be written."""
    path = home / LOG
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.replace(home / f"{LOG}.1")
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False) + "\n")


def last_runs(home: Path) -> list[Mapping[str, object]]:
    """The last run of each partnership that the log tells of, oldest first; half-written lines are passed over."""
    found: dict[object, Mapping[str, object]] = {}
    for path in (home / f"{LOG}.1", home / LOG):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
            if said := _run(line):
                found.pop(said["partnership"], None)
                found[said["partnership"]] = said
    return list(found.values())


def _run(line: str) -> Mapping[str, object] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) and {"at", "partnership", "outcome"} <= said.keys() else None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _cannot_keep(home: Path, error: OSError) -> FindingsError:
    message = f"what was done cannot be written down, so nothing is run: {error.strerror or error}"
    hint = "free some space or mend the access rights; the run is then made up for by itself"
    return FindingsError([Finding(Location(str(error.filename or home)), "P521", message, hint=hint)])


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
    return out / FOLDER


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
        log(home, record.said)
    except OSError as error:
        teller.people(f"This run is not in the log, {home / LOG}: {error.strerror or error}")


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
    except FindingsError as trouble:
        yield failed(trouble.findings)
    except OSError as error:
        yield failed([Finding(Location(str(error.filename or "this machine")), "P500", error.strerror or str(error))])
    except Exception as error:
        traceback.print_exc()
        yield failed(
            [Finding(Location("briefgen"), "P522", f"the program itself failed: {type(error).__name__}: {error}")]
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


ATTEMPTS = 3
"""How often a run is begun that never ends, as when the machine goes down under it."""
_MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Ticked:
    """Whether a run was due, and its exit code."""

    ran: bool
    code: int = 0


def tick(plan: Plan, home: Path, now: datetime, work: Work, teller: Teller) -> Ticked:
    """Do the run that fell due last, unless it was done; several that were missed are made up for by one.

    Without a memory of any run the last one that fell due is done. FindingsError where it cannot be written down
    that the run begins: then nothing is run, for it might be run again and again. UnderWay where one is going on.
    """
    due = plan.latest_due(now)
    if due is None or due in read_state(home).done:
        return Ticked(False)
    with one_at_a_time(home):
        state = read_state(home)
        if due in state.done:  # by another, in this very moment
            return Ticked(False)
        state = state.beginning(due)
        write_state(home, state)
        given_up = state.attempts > ATTEMPTS
        code = carry_out(plan, home, _occasion(plan, state, due, now), _give_up if given_up else work, teller)
        write_state(home, state.ended(due))
    return Ticked(True, code)


def run_now(plan: Plan, home: Path, now: datetime, work: Work, teller: Teller) -> int:
    """A run that somebody asks for: whatever is due, and without counting for it."""
    with one_at_a_time(home):
        return carry_out(plan, home, Occasion(at=now), work, teller)


def begin_after(plan: Plan, home: Path, now: datetime) -> None:
    """From now on: what fell due before is nobody's business any more."""
    if due := plan.latest_due(now):
        with one_at_a_time(home):
            write_state(home, read_state(home).ended(due))


def _occasion(plan: Plan, state: State, due: datetime, now: datetime) -> Occasion:
    last = state.last_done(before=due)
    missed = count_between(plan.crons, plan.zone, last, due, _MOST_COUNTED) if last else 0
    return Occasion(at=now, due=due, missed=missed)


def _give_up() -> tuple[Outcome, ...]:
    message = f"the run was begun {ATTEMPTS} times and never ended; it is not begun again before the next time"
    hint = "look why the machine or the program went down, then: briefgen build"
    finding = Finding(Location("this machine"), "P523", message, hint=hint)
    return (Outcome(partnership="", kind=Kind.FAILED, exit_code=2, findings=(finding,)),)


LONGEST_SLEEP = 60
"""Seconds after which the clock is looked at again: it may be set, and a laptop may sleep."""


class _Enough(BaseException):
    """A run that is left unfinished because it was asked to stop; it is made up for at the next start."""


class Stop:
    """Turns true when SIGTERM or Ctrl-C comes; the second one stops at once."""

    def __init__(self) -> None:
        self.asked = False
        self._reader, self._writer = os.pipe()

    def sleep(self, seconds: float) -> None:
        """Sleep, but no longer than until it is asked to stop."""
        select.select([self._reader], [], [], 0 if self.asked else max(0, seconds))

    def ask(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask to stop."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        os.write(self._writer, b"x")

    def close(self) -> None:
        """Let the pipe go."""
        os.close(self._reader)
        os.close(self._writer)


@contextmanager
def stopping() -> Iterator[Stop]:
    """SIGTERM and SIGINT ask to stop, for a while."""
    stop = Stop()
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stop.close()


def run(plan: Plan, home: Path, work: Work, teller: Teller, clock: Callable[[], datetime], stop: Stop) -> None:
    """Tick whenever a run falls due, until asked to stop; what cannot be done is told, and tried again later."""
    announced, trouble = None, ""
    while not stop.asked:
        try:
            tick(plan, home, clock(), lambda: _until(stop, work()), teller)
            trouble = ""
        except _Enough:
            return
        except FindingsError as error:
            if trouble != str(error):  # once, not every minute
                teller.people(trouble := str(error))
        now = clock()
        coming = next(iter(plan.upcoming(now, 1)), None)
        if coming != announced and not stop.asked:
            announced = coming
            teller.people(f"Next run: {told(coming)}" if coming is not None else "No run will ever fall due again.")
        wait = (coming - now).total_seconds() if coming is not None else LONGEST_SLEEP
        stop.sleep(min(wait, LONGEST_SLEEP))


def _until(stop: Stop, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The partnership that is being built is finished; the next is not begun."""
    for outcome in outcomes:
        yield outcome
        if stop.asked:
            raise _Enough


def told(moment: datetime) -> str:
    """A run for people: Mon 2026-11-23 07:00 +09:00."""
    return f"{moment:%a %Y-%m-%d %H:%M} {offset(moment)}"
