"""The runner in the foreground: driven by a clock of the test, and as a process that is told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import environment

from briefgen.tools.schedule.notify import Outcome
from briefgen.tools.schedule.run import LONGEST_SLEEP, Stop, begin_after, run, stopping

from .plans import NOW, Ears, Work, outcome, plan

EVERY_MINUTE = plan("* * * * *", zone="UTC")


class Clock(Stop):
    """A clock that goes on when one sleeps, and asks to stop in the end; at some moments it leaps."""

    def __init__(self, end: datetime, leaps: dict[int, timedelta] | None = None) -> None:
        super().__init__()
        self.now, self.end, self.leaps = NOW, end, leaps or {}
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += timedelta(seconds=seconds) + self.leaps.get(len(self.sleeps), timedelta())
        if self.now >= self.end:
            self.ask()

    def read(self) -> datetime:
        return self.now


def _run(clock: Clock, home: Path, work: Callable[[], Iterable[Outcome]]) -> Ears:
    ears = Ears()
    try:
        run(EVERY_MINUTE, home, work, ears.teller, clock.read, clock)
    finally:
        clock.close()
    return ears


def test_it_runs_whenever_a_run_falls_due(home: Path) -> None:
    begin_after(EVERY_MINUTE, home, NOW)
    work = Work()
    ears = _run(Clock(NOW + timedelta(minutes=10, seconds=1)), home, work)
    assert work.runs == 10
    assert ears.people[0] == "Next run: Sun 2026-11-22 02:01 +00:00"


def test_it_looks_at_the_clock_every_minute_at_least(home: Path) -> None:
    clock, ears = Clock(NOW + timedelta(hours=3)), Ears()
    weekly = plan("Mon 07:00")
    begin_after(weekly, home, NOW)
    run(weekly, home, Work(), ears.teller, clock.read, clock)
    clock.close()
    assert set(clock.sleeps) == {LONGEST_SLEEP}
    assert ears.people == ["Next run: Mon 2026-11-23 07:00 +09:00"]


def test_runs_missed_in_a_long_sleep_are_made_up_for_once(home: Path) -> None:
    begin_after(EVERY_MINUTE, home, NOW)
    work = Work()
    ears = _run(Clock(NOW + timedelta(minutes=30), {3: timedelta(minutes=20)}), home, work)
    assert 9 <= work.runs <= 10
    assert sum("Makes up for 20 missed" in said for said in ears.people) == 1


def test_a_clock_set_back_does_no_minute_twice(home: Path) -> None:
    begin_after(EVERY_MINUTE, home, NOW)
    work = Work()
    _run(Clock(NOW + timedelta(minutes=10, seconds=1), {6: -timedelta(minutes=5)}), home, work)
    assert work.runs == 10


def test_the_partnership_that_is_being_built_is_finished_and_the_rest_made_up_for(home: Path) -> None:
    begin_after(EVERY_MINUTE, home, NOW - timedelta(minutes=1))
    clock, built = Clock(NOW + timedelta(hours=1)), []

    def work() -> Iterable[Outcome]:
        for name in ("a", "b", "c"):
            if name == "b":
                clock.ask()
            built.append(name)
            yield outcome(partnership=name)

    ears = _run(clock, home, work)
    assert built == ["a", "b"]
    assert [line.split('"partnership": ')[1][:3] for line in ears.machines] == ['"a"', '"b"']
    again = Work()
    _run(Clock(NOW), home, again)
    assert again.runs == 1


def test_trouble_is_told_once_and_tried_again(home: Path) -> None:
    home.parent.mkdir()
    home.write_text("a file where the folder should be", encoding="utf-8")
    clock, work = Clock(NOW + timedelta(minutes=5)), Work()
    ears = _run(clock, home, work)
    assert work.runs == 0
    assert sum("P521" in said for said in ears.people) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_ask_to_stop_and_end_the_sleep(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stopping() as stop:
        os.kill(os.getpid(), number)
        started = time.monotonic()
        stop.sleep(30)
        assert (stop.asked, time.monotonic() - started < 20) == (True, True)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert signal.getsignal(number) == before


def test_told_to_stop_it_ends_in_good_order(tiny: Path, tmp_path: Path) -> None:
    """The program itself: it begins with a run, waits, and ends on SIGTERM with exit code 0."""
    command = [sys.executable, "-m", "briefgen", "schedule", "run", "--at", "Mon 07:00"]
    with subprocess.Popen(
        command, cwd=tiny, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        running.terminate()
        out, err = running.communicate(timeout=60)
    assert '"outcome": "new edition"' in first
    assert (running.returncode, out) == (0, "")
    assert err.splitlines()[-1] == "Stopped, as asked."
    assert (tiny / "out" / "sample" / "latest" / "at-a-glance.en.html").is_file()
