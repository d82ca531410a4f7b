"""Runs in the foreground by the clock, for containers: until it is told to stop, and then in good order."""

import os
import select
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

from briefgen.findings import NothingToGoOnWith
from briefgen.schedule.outcome import Outcome, offset
from briefgen.schedule.plan import Plan
from briefgen.schedule.running import Teller, Work
from briefgen.schedule.ticking import tick

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
        except NothingToGoOnWith as error:
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
