"""A run is done once when it falls due: whatever was missed, whoever asks as well, wherever the clock goes."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import as_ordinary_user, environment
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model.findings import Finding, Location
from briefgen.tools.schedule import Plan, runner
from briefgen.tools.schedule.report import Kind, RunOutcome
from briefgen.tools.schedule.runner import (
    ATTEMPTS,
    LOG,
    LONGEST_SLEEP,
    Build,
    RunUnderWayError,
    State,
    Stop,
    exclusive,
    last_runs,
    mark_done,
    read_state,
    write_state,
)

from .plans import NOW, Builds, Reports, outcome, plan

MONDAYS = plan("Mon 07:00", zone="Asia/Seoul")
DUE = datetime(2026, 11, 22, 22, tzinfo=UTC)
"""Monday 07:00 in Seoul."""
LAST_DUE = DUE - timedelta(days=7)
HOUR = timedelta(hours=1)


def _tick(state_dir: Path, now: datetime, build: Build, reports: Reports | None = None) -> bool:
    return (reports or Reports()).runner(MONDAYS, state_dir, build).run_if_due(now) is not None


def test_ticks_of_a_fortnight_make_two_runs(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    build = Builds()
    ran = [NOW + hours * HOUR for hours in range(14 * 24) if _tick(state_dir, NOW + hours * HOUR, build)]
    assert ran == [DUE, DUE + timedelta(days=7)]
    assert build.runs == 2


def test_where_nothing_was_ever_run_a_run_is_done_at_once(state_dir: Path) -> None:
    build = Builds()
    assert _tick(state_dir, NOW, build)
    assert not _tick(state_dir, NOW, build)
    assert build.runs == 1


def test_missed_runs_are_made_up_for_once_and_counted(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    build, reports = Builds(), Reports()
    assert _tick(state_dir, DUE + timedelta(days=25), build, reports)
    assert not _tick(state_dir, DUE + timedelta(days=25, hours=1), build)
    (said,) = map(json.loads, reports.records)
    assert (said["due"], said["missed"]) == ("2026-12-14T07:00:00+09:00", 3)
    assert "Makes up for 3 missed runs." in reports.messages[0]


def test_a_clock_set_back_does_no_run_twice(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    build = Builds()
    assert _tick(state_dir, DUE + HOUR, build)
    for days in range(8):
        assert not _tick(state_dir, DUE + HOUR / 2 - timedelta(days=days), build)
    assert not _tick(state_dir, DUE + HOUR, build)


def test_a_clock_that_was_years_ahead_loses_no_run(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    build = Builds()
    assert _tick(state_dir, DUE + timedelta(days=3 * 364), build)
    assert not _tick(state_dir, NOW, build)
    assert _tick(state_dir, DUE, build)
    assert build.runs == 2


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.integers(-3 * 24 * 60, 30 * 24 * 60), max_size=12), st.sampled_from(["Mon 07:00", "daily 02:30"]))
def test_wherever_the_clock_goes_no_run_is_done_twice_nor_left(minutes: list[int], said: str) -> None:
    asked, done = plan(said, zone="America/New_York"), []
    with TemporaryDirectory() as folder:
        state_dir, reports = Path(folder), Reports()
        for minute in minutes:
            now = datetime(2027, 3, 12, tzinfo=UTC) + timedelta(minutes=minute)
            ran = reports.runner(asked, state_dir, Builds()).run_if_due(now) is not None
            due = asked.latest_due(now)
            assert ran == (due not in done)
            done += [due] * ran
    assert len(done) == len({*done}) == len(reports.records)


def test_two_at_once_run_once(state_dir: Path) -> None:
    build = Builds()
    with exclusive(state_dir), pytest.raises(RunUnderWayError, match="a scheduled run of this workspace is under way"):
        _tick(state_dir, NOW, build)
    with exclusive(state_dir), pytest.raises(RunUnderWayError):
        Reports().runner(MONDAYS, state_dir, build).run_now(NOW)
    assert build.runs == 0


def test_many_ticks_at_the_same_moment_run_once(state_dir: Path) -> None:
    start = threading.Barrier(6)

    def race(_: int) -> bool:
        start.wait()
        try:
            return _tick(state_dir, NOW, Builds())
        except RunUnderWayError:
            return False

    with ThreadPoolExecutor(6) as racers:
        assert sorted(racers.map(race, range(6))) == [False] * 5 + [True]


def test_a_run_that_another_did_in_this_very_moment_is_not_done_again(
    state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Builds(), Builds()

    @contextmanager
    def late(place: Path) -> Iterator[None]:
        monkeypatch.setattr(runner, "exclusive", exclusive)
        assert _tick(state_dir, NOW, first)
        with exclusive(place):
            yield

    monkeypatch.setattr(runner, "exclusive", late)
    assert not _tick(state_dir, NOW, second)
    assert (first.runs, second.runs) == (1, 0)


def test_a_tick_with_nothing_due_disturbs_nobody(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    with exclusive(state_dir):
        assert not _tick(state_dir, NOW, Builds())


class _Down(BaseException):
    """The machine goes down."""


def test_an_interrupted_run_is_begun_again_but_not_for_ever(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    begun = []

    def build() -> Iterable[RunOutcome]:
        begun.append(1)
        raise _Down

    for _ in range(ATTEMPTS):
        with pytest.raises(_Down):
            _tick(state_dir, DUE, build)
    reports = Reports()
    assert reports.runner(MONDAYS, state_dir, build).run_if_due(DUE) == 2
    assert "the run was begun 3 times and never ended" in reports.messages[0]
    assert len(begun) == ATTEMPTS
    assert not _tick(state_dir, DUE, build)


def test_a_run_asked_for_counts_for_no_other(state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    build, reports = Builds(), Reports()
    assert reports.runner(MONDAYS, state_dir, build).run_now(DUE - HOUR) == 0
    assert json.loads(reports.records[0])["due"] is None
    assert _tick(state_dir, DUE, build)


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"done": 3}', '{"done": ["x"], "begun": null, "attempts": 0}'])
def test_a_spoilt_memory_costs_one_run_more(spoilt: str, state_dir: Path) -> None:
    mark_done(state_dir, LAST_DUE)
    (state_dir / "state.json").write_text(spoilt, encoding="utf-8")
    build, reports = Builds(), Reports()
    assert reports.runner(MONDAYS, state_dir, build).run_if_due(NOW) == 0
    assert reports.messages[0].startswith(f"What was done cannot be read in {state_dir / 'state.json'}: ")
    assert not _tick(state_dir, NOW, build)


def test_what_is_remembered_comes_back(state_dir: Path) -> None:
    state_dir.mkdir(parents=True)
    state = State(done=(NOW, DUE)).beginning(DUE).beginning(DUE)
    write_state(state_dir, state)
    assert read_state(state_dir) == state
    assert (state.begun, state.attempts) == (DUE, 2)
    assert state.ended(DUE) == State(done=(NOW, DUE))


def test_memory_is_limited() -> None:
    state = State()
    for hours in range(2000):
        state = state.ended(NOW + hours * HOUR)
    assert len(state.done) == 500
    assert state.done[-1] == NOW + 1999 * HOUR


READ_ONLY = """\
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from tools.schedule.plans import Builds, NOW, Reports, plan
from briefgen.model.findings import FindingsError
build = Builds()
try:
    Reports().runner(plan("Mon 07:00"), Path(sys.argv[1]), build).run_if_due(NOW)
except FindingsError as trouble:
    print(build.runs, *(f"{{each.code}} {{each.message}}" for each in trouble.findings))
"""


@pytest.mark.parametrize("there", [False, True])
def test_what_cannot_be_written_down_is_not_run(there: bool, state_dir: Path, tmp_path: Path) -> None:
    if there:
        mark_done(state_dir, LAST_DUE - timedelta(days=28))
    else:
        state_dir.mkdir(parents=True)
    state_dir.chmod(0o555)
    program = READ_ONLY.format(paths=[str(Path(__file__).parents[2])])
    command = [*as_ordinary_user(), sys.executable, "-c", program, str(state_dir)]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=True)
    state_dir.chmod(0o755)
    said = "0 P521 the record of what was done cannot be written, so nothing is run: Permission denied"
    assert done.stdout.strip() == said


def test_a_log_on_a_full_disk_breaks_no_run(state_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    state_dir.mkdir(parents=True)
    monkeypatch.setattr(runner, "json_printable", full_disk)
    reports = Reports()
    assert _tick(state_dir, NOW, Builds(), reports)
    assert "No space left on device" in reports.messages[-1]
    assert read_state(state_dir).begun is None


def test_the_log_is_of_limited_size(state_dir: Path) -> None:
    state_dir.mkdir(parents=True)
    (state_dir / LOG).write_text("x" * 1_000_001 + "\n", encoding="utf-8")
    Reports().runner(MONDAYS, state_dir, Builds()).run_now(NOW)
    assert (state_dir / LOG).stat().st_size < 1000
    assert (state_dir / f"{LOG}.1").stat().st_size > 1_000_000
    assert [record["partnership"] for record in last_runs(state_dir)] == ["vn-kr"]


def test_a_line_that_is_no_whole_record_hides_no_other(state_dir: Path) -> None:
    reports = Reports()
    fault = Finding(Location("facts/a.yaml"), "F002", "a \u2028 which Python takes for the end of a line")
    failed = outcome(Kind.FAILED, partnership="a", findings=(fault,))
    for build in (Builds([failed]), Builds([outcome(partnership="b")])):
        reports.runner(MONDAYS, state_dir, build).run_now(NOW)
    with (state_dir / LOG).open("a", encoding="utf-8") as log:
        log.write(f'{reports.records[0][:40]}\n"text"\n{{"at": "x", "partnership": "a", "outcome": "y"}}\n')
    assert [record["partnership"] for record in last_runs(state_dir)] == ["a", "b"]


EVERY_MINUTE = plan("* * * * *", zone="UTC")


class Clock(Stop):
    """A clock that goes on when one sleeps, and asks to stop in the end; at some moments it leaps."""

    def __init__(self, end: datetime, leaps: dict[int, timedelta] | None = None) -> None:
        self.now, self.end, self.leaps = NOW, end, leaps or {}
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += timedelta(seconds=seconds) + self.leaps.get(len(self.sleeps), timedelta())
        if self.now >= self.end:
            self.ask()

    def read(self) -> datetime:
        return self.now


def _run(clock: Clock, state_dir: Path, build: Build, asked: Plan = EVERY_MINUTE) -> Reports:
    reports = Reports()
    reports.runner(asked, state_dir, build, clock).run_until_stopped(clock.read)
    return reports


def test_it_runs_whenever_a_run_falls_due(state_dir: Path) -> None:
    mark_done(state_dir, NOW)
    build = Builds()
    reports = _run(Clock(NOW + timedelta(minutes=10, seconds=1)), state_dir, build)
    assert build.runs == 10
    assert reports.messages[0] == "Next run: Sun 2026-11-22 02:01 +00:00"


def test_it_looks_at_the_clock_every_minute_at_least(state_dir: Path) -> None:
    clock = Clock(NOW + timedelta(hours=3))
    mark_done(state_dir, LAST_DUE)
    reports = _run(clock, state_dir, Builds(), MONDAYS)
    assert set(clock.sleeps) == {LONGEST_SLEEP}
    assert reports.messages == ["Next run: Mon 2026-11-23 07:00 +09:00"]


def test_runs_missed_in_a_long_sleep_are_made_up_for_once(state_dir: Path) -> None:
    mark_done(state_dir, NOW)
    build = Builds()
    reports = _run(Clock(NOW + timedelta(minutes=30), {3: timedelta(minutes=20)}), state_dir, build)
    assert 9 <= build.runs <= 10
    assert sum("Makes up for 20 missed" in said for said in reports.messages) == 1


def test_a_clock_set_back_does_no_minute_twice(state_dir: Path) -> None:
    mark_done(state_dir, NOW)
    build = Builds()
    _run(Clock(NOW + timedelta(minutes=10, seconds=1), {6: -timedelta(minutes=5)}), state_dir, build)
    assert build.runs == 10


def test_the_partnership_that_is_being_built_is_finished_and_the_rest_made_up_for(state_dir: Path) -> None:
    mark_done(state_dir, NOW - timedelta(minutes=1))
    clock, built = Clock(NOW + timedelta(hours=1)), []

    def build() -> Iterable[RunOutcome]:
        for name in ("a", "b", "c"):
            if name == "b":
                clock.ask()
            built.append(name)
            yield outcome(partnership=name)

    reports = _run(clock, state_dir, build)
    assert built == ["a", "b"]
    assert [line.split('"partnership": ')[1][:3] for line in reports.records] == ['"a"', '"b"']
    again = Builds()
    _run(Clock(NOW), state_dir, again)
    assert again.runs == 1


def test_trouble_is_told_once_and_tried_again(state_dir: Path) -> None:
    state_dir.parent.mkdir()
    state_dir.write_text("a file where the folder should be", encoding="utf-8")
    clock, build = Clock(NOW + timedelta(minutes=5)), Builds()
    reports = _run(clock, state_dir, build)
    assert build.runs == 0
    assert sum("P521" in said for said in reports.messages) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_ask_to_stop_and_end_the_sleep(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    stop = Stop()
    with stop.on_signals():
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
