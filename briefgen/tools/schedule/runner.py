"""Does the runs of a plan: if one is due, at once, or in the foreground until it is asked to stop."""

import json
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, takewhile
from pathlib import Path
from typing import NoReturn

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.tools.schedule.hooks import call_hook
from briefgen.tools.schedule.outcome import Kind, Outcome, sentence
from briefgen.tools.schedule.plan import Plan, label
from briefgen.tools.schedule.state import LOG, append_to_log, exclusive, read_state, write_state

ATTEMPTS = 3
"""How often a run is begun that never ends, as when the machine goes down under it."""
LONGEST_SLEEP = 60
"""Seconds after which the clock is read again: it may be set, and a laptop may sleep."""
Build = Callable[[], Iterable[Outcome]]


class StoppedError(BaseException):
    """Raised in a run that is left unfinished, as it was asked to stop; the next start makes up for it."""


class Stop:
    """Whether SIGTERM or Ctrl-C has asked to stop; the second one stops at once, by KeyboardInterrupt."""

    asked = _sleeping = False

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
        if self._sleeping:
            raise StoppedError

    def sleep(self, seconds: float) -> None:
        """Sleep for so long, but no longer than until asked to stop."""
        with suppress(StoppedError):
            self._sleeping = True
            time.sleep(0 if self.asked else max(0, seconds))
            self._sleeping = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A plan, what its runs do, and where they are remembered and reported."""

    plan: Plan
    state_dir: Path
    build: Build
    """Builds what the workspace holds now, one partnership after the other."""
    on_record: Callable[[str], None]
    """Takes a line of JSON for each partnership."""
    on_message: Callable[[str], None]
    """Takes sentences for people."""
    stop: Stop = field(default_factory=Stop)

    def run_if_due(self, now: datetime) -> int | None:
        """Do the run that fell due last, unless it is done; it makes up for those that were missed. Its exit code.

        None where nothing is due. Where no run is remembered, the last that fell due is done. FindingsError where the
        state cannot be written: nothing is run then, as it might be run again and again. RunUnderWayError where
        another run is under way, StoppedError where it is asked to stop.
        """
        due = self.plan.latest_due(now)
        if due is None or due in read_state(self.state_dir).done:
            return None
        with exclusive(self.state_dir):
            state = read_state(self.state_dir).beginning(due)
            if due in state.done:  # by another, in this very moment
                return None
            write_state(self.state_dir, state)
            last = max((each for each in state.done if each < due), default=due)
            missed = sum(1 for _ in takewhile(lambda each: each < due, islice(self.plan.due_after(last), 1000)))
            build = self.build if state.attempts <= ATTEMPTS else _give_up
            code = self._run(build, now, due, missed)
            write_state(self.state_dir, state.ended(due))
            return code

    def run_now(self, now: datetime) -> int:
        """Do a run at once, which counts for none that is due; its exit code."""
        with exclusive(self.state_dir):
            return self._run(self.build, now)

    def run_until_stopped(self, clock: Callable[[], datetime]) -> None:
        """Do each run when it falls due, until asked to stop; what cannot be done is reported and tried again."""
        announced = problem = ""
        while not self.stop.asked:
            try:
                self.run_if_due(clock())
                problem = ""
            except StoppedError:
                return
            except FindingsError as error:
                if problem != str(error):  # once, not every minute
                    self.on_message(problem := str(error))
            now = clock()
            coming = next(iter(self.plan.upcoming(now)), None)
            message = f"Next run: {label(coming)}" if coming else "No run will ever fall due again."
            if message != announced and not self.stop.asked:
                self.on_message(announced := message)
            self.stop.sleep(min((coming - now).total_seconds(), LONGEST_SLEEP) if coming else LONGEST_SLEEP)

    def _run(self, build: Build, now: datetime, due: datetime | None = None, missed: int = 0) -> int:
        """Build, call the hooks, report, log; the highest exit code of all partnerships."""
        at, due = now.astimezone(self.plan.zone), due.astimezone(self.plan.zone) if due else None
        codes, started = [0], time.monotonic()
        for outcome in self._guarded(build):
            record = outcome.record(at, due, missed, time.monotonic() - started)
            record["called"] = call_hook(self.plan, outcome, record, now) or None
            self.on_record(json.dumps(record, ensure_ascii=False))
            self.on_message(sentence(record))
            try:
                append_to_log(self.state_dir, record)
            except OSError as error:  # the run counts all the same
                self.on_message(f"This run is not in the log, {self.state_dir / LOG}: {error.strerror or error}")
            codes.append(outcome.exit_code)
            if self.stop.asked:  # the partnership that was being built is finished
                raise StoppedError
            started = time.monotonic()
        return max(codes)

    def _guarded(self, build: Build) -> Iterator[Outcome]:
        """Nobody watches a run: whatever happens, even what should not, becomes an outcome that is reported."""
        try:
            yield from build()
        except FindingsError as error:
            findings = error.findings
        except OSError as error:
            location = Location(str(error.filename or "this machine"))
            findings = (Finding(location, "P500", error.strerror or str(error)),)
        except Exception as error:
            self.on_message(traceback.format_exc().rstrip())
            message = f"the program itself failed: {type(error).__name__}: {error}"
            findings = (Finding(Location("briefgen"), "P522", message),)
        else:
            return
        yield Outcome(kind=Kind.FAILED, findings=findings)


def _give_up() -> NoReturn:
    message = f"the run was begun {ATTEMPTS} times and never ended; it is not begun again before the next time"
    hint = "look why the machine or the program went down, then: briefgen build"
    raise FindingsError([Finding(Location("this machine"), "P523", message, hint=hint)])
