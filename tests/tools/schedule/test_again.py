"""What fails for reasons that pass is tried again: a run that the machine stopped, and a call of a command."""

import errno
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.tools.schedule import Plan
from briefgen.tools.schedule.report import LONGEST_PAUSE, Kind, RunOutcome, pause
from briefgen.tools.schedule.runner import LOG, MOST_CALLS, mark_done, read_state

from .plans import Builds, Reports, outcome, plan

DUE = datetime(2026, 11, 22, 22, tzinfo=UTC)
"""Monday 07:00 in Seoul."""
MINUTE = timedelta(minutes=1)
FULL = outcome(Kind.FAILED, findings=(Finding(Location("out"), "P500", "No space left on device"),))
WRONG = outcome(Kind.FAILED, findings=(Finding(Location("facts/a.yaml"), "F002", "unknown key"),))


class Mended:
    """Fails so often for want of space, and is well then."""

    def __init__(self, times: int, failure: RunOutcome = FULL) -> None:
        self.left, self.failure, self.runs = times, failure, 0

    def __call__(self) -> Iterable[RunOutcome]:
        self.runs += 1
        self.left -= 1
        return [self.failure if self.left >= 0 else outcome()]


@pytest.fixture
def asked(tmp_path: Path) -> Plan:
    """Each command writes down the subject of what it is told, unless there is a file `mute`."""
    command = "sh -c '[ ! -e mute ] || { echo no route >&2; exit 7; }; head -n 1 >>told'"
    return plan("Mon 07:00", workspace=tmp_path, on_change=command, on_failure=command)


def told(asked: Plan) -> list[str]:
    path = asked.workspace / "told"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def test_a_full_disk_is_tried_again_in_growing_pauses_and_told_once(asked: Plan, state_dir: Path) -> None:
    mark_done(state_dir, DUE - timedelta(days=7))
    build, reports = Mended(3), Reports()
    runner = reports.runner(asked, state_dir, build)
    codes = {minute: runner.run_if_due(DUE + minute * MINUTE) for minute in range(0, 200, 5)}
    assert {minute: code for minute, code in codes.items() if code is not None} == {0: 2, 10: 2, 30: 2, 70: 0}
    assert not runner.is_waiting()
    assert [each.partition(":")[0] for each in told(asked)] == ["vn-kr", "vn-kr"]
    assert "could not be made" in told(asked)[0]
    assert "is ready" in told(asked)[1]
    assert "It is tried again after Mon 2026-11-23 07:10 +09:00." in reports.messages[0]


def test_a_fault_of_the_facts_waits_for_a_person(asked: Plan, state_dir: Path) -> None:
    mark_done(state_dir, DUE - timedelta(days=7))
    build = Mended(1, WRONG)
    runner = Reports().runner(asked, state_dir, build)
    assert [runner.run_if_due(DUE + hours * 60 * MINUTE) for hours in range(4)] == [1, None, None, None]
    assert (build.runs, runner.is_waiting()) == (1, False)


def test_the_next_due_run_takes_the_place_of_one_that_waits(asked: Plan, state_dir: Path) -> None:
    mark_done(state_dir, DUE - timedelta(days=7))
    runner = Reports().runner(asked, state_dir, Mended(1))
    assert runner.run_if_due(DUE) == 2
    assert runner.run_if_due(DUE + timedelta(days=7)) == 0
    assert runner.run_if_due(DUE + timedelta(days=7, hours=1)) is None


def test_a_clock_that_was_ahead_delays_no_second_try(asked: Plan, state_dir: Path) -> None:
    mark_done(state_dir, DUE - timedelta(days=7))
    runner = Reports().runner(asked, state_dir, Mended(1))
    assert runner.run_if_due(DUE + timedelta(days=6)) == 2
    assert runner.run_if_due(DUE + MINUTE) == 0


def test_another_failure_is_told_though_the_run_failed_before(asked: Plan, state_dir: Path) -> None:
    runner = Reports().runner(asked, state_dir, Mended(1))
    assert runner.run_if_due(DUE) == 2
    assert Reports().runner(asked, state_dir, Builds([WRONG])).run_if_due(DUE + 10 * MINUTE) == 1
    assert len(told(asked)) == 2


def test_a_disk_without_room_for_the_record_is_told_once(
    asked: Plan, state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nothing is run, and nothing says so but the command; what is empty can still be written."""
    mark_done(state_dir, DUE - timedelta(days=7))
    build, reports = Builds(), Reports()
    runner = reports.runner(asked, state_dir, build)
    with monkeypatch.context() as full:
        full.setattr("briefgen.tools.schedule.runner.replace_file", _no_space)
        for minute in (0, 10, 60):
            with pytest.raises(FindingsError, match="P521"):
                runner.run_if_due(DUE + minute * MINUTE)
    assert (build.runs, told(asked)) == (0, ["briefgen: the briefing could not be made"])
    assert reports.messages == ["Called sh: done."]
    assert runner.run_if_due(DUE + 70 * MINUTE) == 0
    assert len(told(asked)) == 2
    assert not list(state_dir.glob(".told*"))


def test_where_nothing_at_all_can_be_written_the_run_that_is_due_tells_it(asked: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "out" / ".schedule"
    folder.parent.write_text("a file where the folder should be", encoding="utf-8")
    for minute in (0, 10, 60):
        with pytest.raises(FindingsError, match="P521"):
            Reports().runner(asked, folder, Builds()).run_if_due(DUE + minute * MINUTE)
    assert told(asked) == ["briefgen: the briefing could not be made"]
    with pytest.raises(FindingsError, match="P521"):
        Reports().runner(asked, folder, Builds()).run_now(DUE)
    assert len(told(asked)) == 2


def test_what_is_told_of_a_folder_that_is_a_link_is_written_nowhere(
    asked: Plan, state_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    state_dir.parent.mkdir()
    state_dir.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FindingsError, match="P512"):
        Reports().runner(asked, state_dir, Builds()).run_if_due(DUE)
    assert (len(told(asked)), [*(tmp_path / "elsewhere").iterdir()]) == (1, [])


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_command_that_fails_is_told_kept_and_repeated(asked: Plan, state_dir: Path) -> None:
    (asked.workspace / "mute").touch()
    reports = Reports()
    runner = reports.runner(asked, state_dir, Builds())
    assert runner.run_if_due(DUE) == 2
    (call,) = read_state(state_dir).waiting
    assert (call.hook, call.tries, "no route" in call.why) == ("on_change", 1, True)
    said = json.loads((state_dir / LOG).read_text("utf-8"))
    assert (said["output"], said["outcome"]) == ("no route", "new edition")
    assert runner.run_if_due(DUE + 5 * MINUTE) is None
    assert runner.run_if_due(DUE + 10 * MINUTE) == 2
    assert "It is tried again after Mon 2026-11-23 07:30 +09:00." in reports.messages[-1]
    (asked.workspace / "mute").unlink()
    assert runner.run_if_due(DUE + 30 * MINUTE) == 0
    assert told(asked) == [call.subject]
    assert "Called again, for “" in reports.messages[-1]
    assert not runner.is_waiting()
    lines = [json.loads(line)["at"] for line in (state_dir / LOG).read_text("utf-8").splitlines()]
    assert lines == [f"2026-11-23T07:{minute}:00+09:00" for minute in ("00", "10", "30")]


def test_a_run_asked_for_repeats_what_waits_at_once(asked: Plan, state_dir: Path) -> None:
    (asked.workspace / "mute").touch()
    runner = Reports().runner(asked, state_dir, Builds([outcome(Kind.NOTHING)]))
    assert Reports().runner(asked, state_dir, Builds()).run_now(DUE) == 2
    (asked.workspace / "mute").unlink()
    assert runner.run_now(DUE + MINUTE) == 0
    assert len(told(asked)) == 1


def test_a_command_is_not_called_for_ever(asked: Plan, state_dir: Path) -> None:
    (asked.workspace / "mute").touch()
    mark_done(state_dir, DUE)
    reports = Reports()
    runner = reports.runner(asked, state_dir, Builds([outcome(Kind.NOTHING)]))
    Reports().runner(asked, state_dir, Builds()).run_now(DUE)
    moment, codes = DUE, list[int | None]()
    while runner.is_waiting() and len(codes) < 50:
        moment += LONGEST_PAUSE
        codes.append(runner.run_if_due(moment))
    assert codes == [2] * (MOST_CALLS - 1)
    assert "nobody was told" in reports.messages[-1]


def test_a_command_that_was_taken_out_of_the_plan_is_not_called(asked: Plan, state_dir: Path) -> None:
    (asked.workspace / "mute").touch()
    Reports().runner(asked, state_dir, Builds()).run_now(DUE)
    reports = Reports()
    assert reports.runner(plan("Mon 07:00"), state_dir, Builds([outcome(Kind.NOTHING)])).run_now(DUE) == 0
    assert read_state(state_dir).waiting == ()
    assert reports.messages[0].endswith("”: there is no --on-change any more; nobody was told.")
    assert any("nobody was told" in line for line in (state_dir / LOG).read_text("utf-8").splitlines())


def test_pauses_grow_and_end() -> None:
    assert [pause(tries) // MINUTE for tries in (1, 2, 3, 4, 7, 8, 1000)] == [10, 20, 40, 80, 640, 720, 720]


def test_commands_are_tried_without_a_build(asked: Plan, state_dir: Path) -> None:
    build, reports = Builds(), Reports()
    runner = reports.runner(asked, state_dir, build)
    assert runner.test_hooks() == 0
    assert told(asked) == ["TEST: the command of --on-change works", "TEST: the command of --on-failure works"]
    (asked.workspace / "mute").touch()
    assert runner.test_hooks() == 2
    assert "--on-change: called sh, which failed with exit code 7 (no route)." in reports.messages
    assert (build.runs, state_dir.exists()) == (0, False)
