"""Does the runs of a plan, each once, and remembers in out/.schedule which are done; keeps the log of all runs."""

import json
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NoReturn

from briefgen.files import read_file, replace_file, text_if_readable
from briefgen.model.findings import Finding, FindingsError, Location, json_printable, own_fault
from briefgen.model.typed_json import load_json, read_json, write_json
from briefgen.publish.write import locked
from briefgen.tools.schedule import Plan, label
from briefgen.tools.schedule.report import LONGEST_PAUSE, Call, Kind, RunOutcome, call_for, pause, sentence, trial

FAULT = 2
"""The exit code of a run that the machine kept from its end; the facts need no change, so it is tried again."""
MOST_CALLS = 12
"""How often a command that fails is called in all: for three days."""
ATTEMPTS = 3
"""How often a run is begun if it never ends, as when the machine goes down under it."""
LONGEST_SLEEP = 60
"""Seconds after which the clock is read again: it may be set, and a laptop may sleep."""
FOLDER, LOG, _STATE, _TOLD = ".schedule", "runs.jsonl", "state.json", ".told-"
ON_TIME = timedelta(minutes=2)
"""How long after it was due a run is begun, where the machine is on."""
_REMEMBERED = 500
"""How many runs are remembered as done: none is repeated if the clock is set back by fewer."""
_MOST_WAITING = 20
"""How many calls that failed are kept."""
_LOG_BYTES = 1_000_000
"""The size at which the log becomes runs.jsonl.1; one older log is kept."""
_OWN_FILE = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""How a file is opened to write: no link is followed, and no pipe is waited for."""
_NEEDED = {"at", "partnership", "outcome", "edition", "documents", "seconds", "missed", "why", "called", "next_change"}
"""What a line of the log must hold to be shown."""
Build = Callable[[], Iterable[RunOutcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The runs that are done, by the moments they were due (UTC), in the order in which they were done."""

    done: tuple[datetime, ...] = ()
    begun: datetime | None = None
    """A run that began and has not ended: it is under way, or was interrupted."""
    attempts: int = 0
    """How often that run was begun."""

    failed: datetime | None = None
    """A run that the machine kept from its end; it is tried again until the next one is due."""
    tries: int = 0
    again: datetime | None = None
    """How often it was tried, and before when it is not tried again."""
    told: tuple[str, ...] = ()
    """Failures of that run that were told: nobody is told the same again."""
    waiting: tuple[Call, ...] = ()
    """Calls of commands that failed, the oldest first."""

    def beginning(self, due: datetime) -> "State":
        """Return the state while the run of this moment is under way, for the first time or again."""
        return replace(self, begun=due, attempts=self.attempts + 1 if self.begun == due else 1)

    def ended(self, due: datetime) -> "State":
        """Return the state once the run of this moment is done, whatever came of it."""
        done = (*(each for each in self.done if each != due), due)[-_REMEMBERED:]
        return State(done=done, waiting=self.waiting)

    def put_off(self, due: datetime, now: datetime, told: Iterable[str]) -> "State":
        """Return the state when the machine kept a run from its end."""
        tries = self.tries + 1 if self.failed == due else 1
        again, told = now + pause(tries), tuple(dict.fromkeys(told))
        return replace(self, begun=None, attempts=0, failed=due, tries=tries, again=again, told=told)

    def is_done(self, due: datetime | None, now: datetime) -> bool:
        """Return whether no run of this moment is to be done now; one may be tried again later."""
        return due is None or due in self.done or (self.failed == due and _is_early(self.again, now))


def _is_early(again: datetime | None, now: datetime) -> bool:
    """Return whether it is too early to try again; a clock that was ahead delays nothing for days."""
    return again is not None and now < again <= now + LONGEST_PAUSE


class RunUnderWayError(FindingsError):
    """Another run of this workspace is under way."""


@contextmanager
def exclusive(state_dir: Path) -> Iterator[None]:
    """Keep two runs of a workspace apart.

    RunUnderWayError if one is under way; FindingsError if the folder cannot be written.
    """
    if state_dir.is_symlink():
        raise FindingsError.of(str(state_dir), "P512", "is a link", "take the link away: what is written stays in out/")
    with _reporting(state_dir):
        state_dir.mkdir(parents=True, exist_ok=True)
        os.close(os.open(state_dir / ".lock", _OWN_FILE, 0o644))
    with ExitStack() as lock:
        try:
            lock.enter_context(locked(state_dir))
        except FindingsError as error:
            if error.findings[0].code != "P501":
                raise
            message = "a scheduled run of this workspace is under way"
            raise RunUnderWayError.of(str(state_dir), "P520", message, "wait until it ends") from None
        yield


def mark_done(state_dir: Path, due: datetime) -> Callable[[], None]:
    """Count the run of this moment as done, and all that were due before; return what takes that back."""
    with exclusive(state_dir):
        before = read_state(state_dir)
        after = before.ended(due)
        write_state(state_dir, after)

    def undo() -> None:
        with suppress(FindingsError), exclusive(state_dir):
            if read_state(state_dir) == after:  # a run that came between counts
                write_state(state_dir, before)

    return undo


def read_state(state_dir: Path) -> State:
    """Return the state; an empty one if none can be read."""
    try:
        state = read_json(State, read_file(state_dir / _STATE, state_dir))
    except (OSError, ValueError):
        return State()
    return replace(state, done=tuple(each.astimezone(UTC) for each in state.done))


def lost_state(state_dir: Path) -> str:
    """Return what is to be said where there is a state and none can be read; empty where all is well."""
    path = state_dir / _STATE
    try:
        read_json(State, read_file(path, state_dir))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError):
        return f"What was done cannot be read in {path}: the last run is done again, and calls that waited are lost."
    return ""


def write_state(state_dir: Path, state: State) -> None:
    """Replace the state in one step; FindingsError if that cannot be done, and then the old one is kept."""
    with _reporting(state_dir):
        replace_file(state_dir / _STATE, f"{write_json(state, indent=0)}\n".encode(), state_dir)
        for each in state_dir.glob(f"{_TOLD}*"):
            each.unlink(missing_ok=True)


@contextmanager
def _reporting(state_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"the record of what was done cannot be written, so nothing is run: {error.strerror or error}"
        todo = "free some space or correct the access rights"
        if isinstance(error, NotADirectoryError | FileExistsError):
            todo = "take away the file that stands where a folder belongs"
        hint = f"{todo}; the run is then made up for automatically"
        raise FindingsError.of(str(error.filename or state_dir), "P521", message, hint) from None


def last_runs(state_dir: Path) -> list[Mapping[str, Any]]:
    """Return the last record of each partnership, oldest first; lines that are no whole record are passed over."""
    found: dict[object, Mapping[str, Any]] = {}
    for path in (state_dir / f"{LOG}.1", state_dir / LOG):
        for line in text_if_readable(path, state_dir).split("\n"):
            with suppress(ValueError):
                record = load_json(line)
                if isinstance(record, dict) and record.keys() >= _NEEDED:
                    found.pop(record["partnership"], None)
                    found[record["partnership"]] = record
    return list(found.values())


class Stop:
    """Whether SIGTERM or Ctrl-C has asked to stop; the second one stops at once, by KeyboardInterrupt."""

    asked = False

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let the signals ask to stop."""
        before = {number: signal.signal(number, self.ask) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def ask(self, *_: object) -> None:
        """Ask to stop."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def sleep(self, seconds: float) -> None:
        """Sleep for so long, but end within a second of being asked to stop."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A plan, what its runs do, and where they are remembered and reported."""

    plan: Plan
    state_dir: Path
    build: Build
    """Builds what the workspace holds now, one partnership after the other."""
    on_record: Callable[[str], None]
    """Called with a line of JSON for each partnership."""
    on_message: Callable[[str], None]
    """Called with sentences for people."""
    stop: Stop = field(default_factory=Stop)

    def run_if_due(self, now: datetime) -> int | None:
        """Do the run that was due last, unless it is done, and return its exit code; it makes up for missed ones.

        None if nothing is due, or if the run is left unfinished because it was asked to stop; the next start makes up
        for it. If no run is remembered, the last that was due is done. A run that the machine kept from its end, and a
        command that failed, are tried again after a pause. FindingsError if the state cannot be written: nothing is run
        then, as it might be run again and again. RunUnderWayError if another run is under way.
        """
        due = self.plan.latest_due(now)
        with self._telling(now, due):
            return self._run_if_due(now, due)

    def _run_if_due(self, now: datetime, due: datetime | None) -> int | None:
        state = read_state(self.state_dir)
        if state.is_done(due, now) and all(_is_early(each.again, now) for each in state.waiting):
            return None
        with exclusive(self.state_dir):
            self._tell(lost_state(self.state_dir))
            called = self._call_again(now)
            state = read_state(self.state_dir)
            if due is None or state.is_done(due, now):  # or done by another, in this very moment
                return called
            state = state.beginning(due)
            write_state(self.state_dir, state)
            last = max((each for each in state.done if each < due), default=due)
            missed = sum(1 for _ in takewhile(lambda each: each < due, islice(self.plan.due_after(last), 1000)))
            code, told = self._run(self.build if state.attempts <= ATTEMPTS else _give_up, now, due, missed)
            if code is None:
                return None
            state = read_state(self.state_dir)
            faulty = code == FAULT and state.attempts <= ATTEMPTS
            write_state(self.state_dir, state.put_off(due, now, told) if faulty else state.ended(due))
            return max(code, called or 0, FAULT if state.waiting else 0)

    def _tell(self, message: str) -> None:
        if message:
            self.on_message(message)

    def is_waiting(self) -> bool:
        """Return whether something is to be tried again."""
        state = read_state(self.state_dir)
        return bool(state.failed or state.waiting)

    def run_now(self, now: datetime) -> int:
        """Do a run at once, which counts for none that is due, and return its exit code."""
        with self._telling(now), exclusive(self.state_dir):
            called = self._call_again(now, at_once=True) or 0
            return max(self._run(self.build, now)[0] or 0, called, FAULT if read_state(self.state_dir).waiting else 0)

    def test_hooks(self) -> int:
        """Call each command of the plan to try it, and return the exit code."""
        codes = [0]
        for hook in ("on_change", "on_failure"):
            if getattr(self.plan, hook):
                called = trial(self.plan, hook).make(self.plan)
                self.on_message(f"--{hook.replace('_', '-')}: called {called.words}.")
                if called.output:
                    self.on_message(called.output)
                codes.append(FAULT if called.failed else 0)
        return max(codes)

    def _call_again(self, now: datetime, *, at_once: bool = False) -> int | None:
        """Repeat the calls that failed and whose time has come; return the exit code, None if there were none."""
        state, left, codes = read_state(self.state_dir), list[Call](), list[int]()
        for each in state.waiting:
            if not at_once and _is_early(each.again, now):
                left.append(each)
            elif not getattr(self.plan, each.hook):
                said = f"there is no --{each.hook.replace('_', '-')} any more; nobody was told"
                self.on_message(f"Not called again, for “{each.subject}”: {said}.")
                self._log_call(each, now, None, said)
            else:
                called = each.make(self.plan)
                again = each.put_off(now, called)
                codes.append(FAULT if called.failed else 0)
                said = f"Called again, for “{each.subject}”: {called.words}."
                if called.failed and again.tries < MOST_CALLS:
                    left.append(again)
                    said += f" It is tried again after {self._label(again.again)}."
                elif called.failed:
                    said += f" That was the last of {MOST_CALLS} tries: nobody was told."
                self.on_message(said)
                self._log_call(again, now, called.words, called.output)
        if left != [*state.waiting]:
            write_state(self.state_dir, replace(state, waiting=tuple(left)))
        return max(codes, default=None)

    @contextmanager
    def _telling(self, now: datetime, due: datetime | None = None) -> Iterator[None]:
        """Within a `with` block, call the plan's command also for a run that cannot be: once, if one was due."""
        try:
            yield
        except RunUnderWayError:
            raise
        except FindingsError as error:
            failed = RunOutcome(kind=Kind.FAILED, findings=error.findings)
            call = call_for(self.plan, failed, failed.record(now, due, 0, 0), now)
            if call and (due is None or _is_first_to_tell(self.state_dir, due, now)):
                self.on_message(f"Called {call.make(self.plan).words}.")
            raise

    def _log_call(self, call: Call, now: datetime, called: str | None, output: str) -> None:
        at = now.astimezone(self.plan.zone).isoformat(timespec="seconds")
        record = {"at": at, "call": call.hook, "subject": call.subject}
        self._log(record | {"called": called, "output": output or None, "tries": call.tries})

    def _label(self, moment: datetime | None) -> str:
        return label(moment.astimezone(self.plan.zone)) if moment else ""

    def run_until_stopped(self, clock: Callable[[], datetime]) -> None:
        """Do each run when it is due, until asked to stop; what cannot be done is reported and tried again."""
        announced = problem = ""
        while not self.stop.asked:
            try:
                self.run_if_due(clock())
                problem = ""
            except FindingsError as error:
                if problem != str(error):  # once, not every minute
                    self.on_message(problem := str(error))
            now = clock()
            coming = next(iter(self.plan.upcoming(now)), None)
            message = f"Next run: {label(coming)}" if coming else "No run will ever be due again."
            if message != announced and not self.stop.asked:
                self.on_message(announced := message)
            self.stop.sleep(min((coming - now).total_seconds(), LONGEST_SLEEP) if coming else LONGEST_SLEEP)

    def _run(
        self, build: Build, now: datetime, due: datetime | None = None, missed: int = 0
    ) -> tuple[int | None, tuple[str, ...]]:
        """Build, call the hooks, report, log; return the highest exit code, or None if it was stopped halfway.

        And the failures that were told, those of earlier tries among them, which are not told again.
        """
        state = read_state(self.state_dir)
        told = list(state.told) if due and state.failed == due else []
        at, due = now.astimezone(self.plan.zone), due.astimezone(self.plan.zone) if due else None
        codes, started = [0], time.monotonic()
        for outcome in self._guarded(build):
            record = outcome.record(at, due, missed, time.monotonic() - started)
            fault = due is not None and outcome.exit_code == FAULT and build is not _give_up
            tries = state.tries if due and state.failed == due else 0
            record |= {"again": self._label(now + pause(tries + 1))} if fault else {}
            record |= self._call(outcome, record, now, told)
            self.on_record(json.dumps(record, ensure_ascii=False))
            self.on_message(sentence(record))
            self._log(record)
            codes.append(outcome.exit_code)
            if self.stop.asked:  # the partnership that was being built is finished
                return None, ()
            started = time.monotonic()
        return max(codes), tuple(told)

    def _call(
        self, outcome: RunOutcome, record: Mapping[str, Any], now: datetime, told: list[str]
    ) -> Mapping[str, Any]:
        """Call the plan's command and return what the record says of it; a call that fails is kept, to be repeated."""
        call = call_for(self.plan, outcome, record, now)
        failure = f"{outcome.partnership} {' '.join(sorted({each.code for each in outcome.findings}))}"
        if call is None or (outcome.kind is Kind.FAILED and failure in told):
            return {"called": None}
        called = call.make(self.plan)
        if outcome.kind is Kind.FAILED:
            told.append(failure)
        said = called.words
        if called.failed:
            kept, state = call.put_off(now, called), read_state(self.state_dir)
            said += f"; it is called again after {self._label(kept.again)}"
            try:
                write_state(self.state_dir, replace(state, waiting=(*state.waiting, kept)[-_MOST_WAITING:]))
            except FindingsError as error:
                self.on_message(f"This call is not repeated: {error}")
        return {"called": said} | ({"output": called.output} if called.output else {})

    def _log(self, record: Mapping[str, Any]) -> None:
        path = self.state_dir / LOG
        try:
            if path.exists() and path.stat().st_size > _LOG_BYTES:
                path.replace(self.state_dir / f"{LOG}.1")
            with open(os.open(path, _OWN_FILE | os.O_APPEND, 0o644), "a", encoding="utf-8") as file:  # noqa: PTH123
                file.write(json_printable(json.dumps(record, ensure_ascii=False)) + "\n")
        except OSError as error:  # the run counts all the same
            self.on_message(f"This run is not in the log, {path}: {error.strerror or error}")

    def _guarded(self, build: Build) -> Iterator[RunOutcome]:
        """Yield the outcomes; as nobody watches a run, every error becomes an outcome that is reported."""
        try:
            yield from build()
        except FindingsError as error:
            findings = error.findings
        except OSError as error:
            findings = (Finding(Location(str(error.filename or "this machine")), "P500", error.strerror or str(error)),)
        except Exception as error:
            self.on_message(traceback.format_exc().rstrip())
            findings = (own_fault(error),)
        else:
            return
        yield RunOutcome(kind=Kind.FAILED, findings=findings)


def _is_first_to_tell(state_dir: Path, due: datetime, now: datetime) -> bool:
    """Return whether nobody was told yet that the run of this moment cannot be.

    A full disk takes an empty file all the same. Where even that cannot be, it is told when the run is due, not later.
    """
    if state_dir.is_symlink():
        return now - due < ON_TIME
    try:
        os.close(os.open(state_dir / f"{_TOLD}{due:%Y%m%dT%H%M}", _OWN_FILE | os.O_EXCL, 0o644))
    except FileExistsError:
        return False
    except OSError:
        return now - due < ON_TIME
    return True


def _give_up() -> NoReturn:
    message = f"the run was begun {ATTEMPTS} times and never ended; it is not begun again before the next time"
    hint = "find out why the machine or the program went down, then: briefgen build"
    raise FindingsError.of("this machine", "P523", message, hint)
