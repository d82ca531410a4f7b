"""A run is done once when it falls due: whatever was missed, whoever asks as well, wherever the clock goes."""

import json
import shutil
import subprocess
import sys
import threading
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

from briefgen.tools.schedule import run
from briefgen.tools.schedule.notify import Outcome
from briefgen.tools.schedule.run import (
    ATTEMPTS,
    LOG,
    Occasion,
    RunUnderWayError,
    State,
    begin_after,
    carry_out,
    last_runs,
    one_at_a_time,
    read_state,
    run_now,
    tick,
    write_state,
)

from .plans import NOW, Ears, Work, plan

MONDAYS = plan("Mon 07:00", zone="Asia/Seoul")
DUE = datetime(2026, 11, 22, 22, tzinfo=UTC)
"""Monday 07:00 in Seoul."""
HOUR = timedelta(hours=1)


def _tick(home: Path, now: datetime, work: Work, ears: Ears | None = None) -> bool:
    return tick(MONDAYS, home, now, work, (ears or Ears()).teller).ran


def test_ticks_of_a_fortnight_make_two_runs(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    work = Work()
    ran = [NOW + hours * HOUR for hours in range(14 * 24) if _tick(home, NOW + hours * HOUR, work)]
    assert ran == [DUE, DUE + timedelta(days=7)]
    assert work.runs == 2


def test_where_nothing_was_ever_run_a_run_is_done_at_once(home: Path) -> None:
    work = Work()
    assert _tick(home, NOW, work)
    assert not _tick(home, NOW, work)
    assert work.runs == 1


def test_missed_runs_are_made_up_for_once_and_counted(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    work, ears = Work(), Ears()
    assert _tick(home, DUE + timedelta(days=25), work, ears)
    assert not _tick(home, DUE + timedelta(days=25, hours=1), work)
    (said,) = map(json.loads, ears.machines)
    assert (said["due"], said["missed"]) == ("2026-12-14T07:00:00+09:00", 3)
    assert "Makes up for 3 missed before it." in ears.people[0]


def test_a_clock_set_back_does_no_run_twice(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    work = Work()
    assert _tick(home, DUE + HOUR, work)
    for days in range(8):
        assert not _tick(home, DUE + HOUR / 2 - timedelta(days=days), work)
    assert not _tick(home, DUE + HOUR, work)


def test_a_clock_that_was_years_ahead_loses_no_run(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    work = Work()
    assert _tick(home, DUE + timedelta(days=3 * 364), work)
    assert not _tick(home, NOW, work)
    assert _tick(home, DUE, work)
    assert work.runs == 2


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(-3 * 24 * 60, 30 * 24 * 60), max_size=12), st.sampled_from(["Mon 07:00", "daily 02:30"]))
def test_wherever_the_clock_goes_no_run_is_done_twice_nor_left(minutes: list[int], said: str) -> None:
    asked, done = plan(said, zone="America/New_York"), []
    with TemporaryDirectory() as folder:
        home, ears = Path(folder), Ears()
        for minute in minutes:
            now = datetime(2027, 3, 12, tzinfo=UTC) + timedelta(minutes=minute)
            ran = tick(asked, home, now, Work(), ears.teller).ran
            due = asked.latest_due(now)
            assert ran == (due not in done)
            done += [due] * ran
    assert len(done) == len({*done}) == len(ears.machines)


def test_two_at_once_run_once(home: Path) -> None:
    work = Work()
    with one_at_a_time(home), pytest.raises(RunUnderWayError, match="a scheduled run of this workspace is going on"):
        _tick(home, NOW, work)
    with one_at_a_time(home), pytest.raises(RunUnderWayError):
        run_now(MONDAYS, home, NOW, work, Ears().teller)
    assert work.runs == 0


def test_many_ticks_at_the_same_moment_run_once(home: Path) -> None:
    start = threading.Barrier(6)

    def race(_: int) -> bool:
        start.wait()
        try:
            return _tick(home, NOW, Work())
        except RunUnderWayError:
            return False

    with ThreadPoolExecutor(6) as racers:
        assert sorted(racers.map(race, range(6))) == [False] * 5 + [True]


def test_a_run_that_another_did_in_this_very_moment_is_not_done_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Work(), Work()

    @contextmanager
    def late(place: Path) -> Iterator[None]:
        monkeypatch.setattr(run, "one_at_a_time", one_at_a_time)
        assert _tick(home, NOW, first)
        with one_at_a_time(place):
            yield

    monkeypatch.setattr(run, "one_at_a_time", late)
    assert not _tick(home, NOW, second)
    assert (first.runs, second.runs) == (1, 0)


def test_a_tick_with_nothing_due_disturbs_nobody(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    with one_at_a_time(home):
        assert not _tick(home, NOW, Work())


class _Down(BaseException):
    """The machine goes down."""


def test_an_interrupted_run_is_begun_again_but_not_for_ever(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    begun = []

    def work() -> Iterable[Outcome]:
        begun.append(1)
        raise _Down

    for _ in range(ATTEMPTS):
        with pytest.raises(_Down):
            tick(MONDAYS, home, DUE, work, Ears().teller)
    ears = Ears()
    assert tick(MONDAYS, home, DUE, work, ears.teller).code == 2
    assert "the run was begun 3 times and never ended" in ears.people[0]
    assert len(begun) == ATTEMPTS
    assert not tick(MONDAYS, home, DUE, work, ears.teller).ran


def test_a_run_asked_for_counts_for_no_other(home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    work, ears = Work(), Ears()
    assert run_now(MONDAYS, home, DUE - HOUR, work, ears.teller) == 0
    assert json.loads(ears.machines[0])["due"] is None
    assert _tick(home, DUE, work)


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"done": 3}', '{"done": ["x"], "begun": null, "attempts": 0}'])
def test_a_spoilt_memory_costs_one_run_more(spoilt: str, home: Path) -> None:
    begin_after(MONDAYS, home, NOW)
    (home / "state.json").write_text(spoilt, encoding="utf-8")
    work = Work()
    assert _tick(home, NOW, work)
    assert not _tick(home, NOW, work)


def test_what_is_remembered_comes_back(home: Path) -> None:
    home.mkdir(parents=True)
    state = State(done=(NOW, DUE)).beginning(DUE).beginning(DUE)
    write_state(home, state)
    assert read_state(home) == state
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
from schedule.plans import Ears, NOW, Work, plan
from briefgen.model.findings import FindingsError
from briefgen.tools.schedule.run import tick
work = Work()
try:
    tick(plan("Mon 07:00"), Path(sys.argv[1]), NOW, work, Ears().teller)
except FindingsError as trouble:
    print(work.runs, *(f"{{each.code}} {{each.message}}" for each in trouble.findings))
"""


# root may write anywhere: only without its rights is a folder read-only; every Debian has the tool
@pytest.mark.skipif(
    not shutil.which("setpriv"), reason="setpriv (util-linux), which gives up root's rights, is missing"
)
@pytest.mark.parametrize("there", [False, True])
def test_what_cannot_be_written_down_is_not_run(there: bool, home: Path, tmp_path: Path) -> None:
    if there:
        begin_after(MONDAYS, home, NOW - timedelta(days=30))
    else:
        home.mkdir(parents=True)
    home.chmod(0o555)
    program = READ_ONLY.format(paths=[str(Path(__file__).parents[1])])
    command = [*as_ordinary_user(), sys.executable, "-c", program, str(home)]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=True)
    home.chmod(0o755)
    said = "0 P521 what was done cannot be written down, so nothing is run: Permission denied"
    assert done.stdout.strip() == said


# Linux has it; where it is missing, tests/publishing fails every write in turn all the same
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full, a disk that is always full, is not here")
def test_a_log_on_a_full_disk_breaks_no_run(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "runs.jsonl").symlink_to("/dev/full")
    ears = Ears()
    assert tick(MONDAYS, home, NOW, Work(), ears.teller).ran
    assert "No space left on device" in ears.people[-1]
    assert read_state(home).begun is None


def test_the_log_is_of_limited_size(home: Path) -> None:
    home.mkdir(parents=True)
    (home / LOG).write_text("x" * 1_000_001 + "\n", encoding="utf-8")
    carry_out(MONDAYS, home, Occasion(at=NOW), Work(), Ears().teller)
    assert (home / LOG).stat().st_size < 1000
    assert (home / f"{LOG}.1").stat().st_size > 1_000_000
    assert [said["partnership"] for said in last_runs(home)] == ["vn-kr"]
