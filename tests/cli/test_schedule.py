"""The commands of `briefgen schedule`, as a person types them."""

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack, nullcontext, suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from conftest import Direct, Ended
from tools.schedule.conftest import Programs

from briefgen import read
from briefgen.cli.app import exit_code, run_command
from briefgen.publish.write import locked
from briefgen.tools import building
from briefgen.tools.editions import roll_back_to
from briefgen.tools.schedule import installer, name_of
from briefgen.tools.schedule.installer import Systemd
from briefgen.tools.schedule.runner import exclusive

Typed = Callable[..., Ended]
SEOUL = ("--at", "Mon 07:00", "--tz", "Asia/Seoul")


@pytest.fixture
def typed_in(
    tmp_path: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Typed:
    """Types a command of the schedule in a folder, on a machine that has cron and no systemd."""
    programs.add_crontab()
    programs.add_systemctl("offline")
    systemd = Systemd(user=True, folder=tmp_path / "units")
    monkeypatch.setattr(installer, "this_systemd", lambda: systemd)
    monkeypatch.setattr(installer, "this_program", lambda: ("/opt/briefgen/brief",))
    monkeypatch.setattr(read, "program_hash", lambda _: "the same program in every run")
    monkeypatch.setattr(building, "executor_for", lambda *_: nullcontext(Direct()))

    def type_(folder: Path, *words: str) -> Ended:
        with monkeypatch.context() as here:
            here.chdir(folder)
            here.setattr(sys, "argv", ["briefgen", "schedule", *words])
            code = exit_code(run_command)
        said = capfd.readouterr()
        return Ended(code=code, out=said.out, err=said.err)

    return type_


@pytest.fixture
def typed(typed_in: Typed, tiny: Path) -> Typed:
    """Types it in a workspace that can be built."""
    return partial(typed_in, tiny)


@pytest.fixture
def typed_at_empty_desk(typed_in: Typed, tmp_path: Path) -> Typed:
    """Types it in a workspace that holds no more than its settings, which is made in no time."""
    (tmp_path / "briefgen.toml").write_text('timezone = "UTC"\n', encoding="utf-8")
    return partial(typed_in, tmp_path)


def test_from_install_to_remove(typed_at_empty_desk: Typed, tmp_path: Path, programs: Programs) -> None:
    typed = typed_at_empty_desk
    shown = typed("show")
    assert shown.out.splitlines()[0].startswith("No schedule is installed for this workspace. To install one: ")
    installed = typed("install", *SEOUL, "--on-change", "true")
    assert (installed.code, installed.err) == (0, "")
    assert "Installed: a line in your crontab, which crontab -l shows" in installed.out
    assert installed.out.count(" 07:00 +09:00") == 3
    (line,) = [line for line in programs.table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    command = f"/opt/briefgen/brief -C {tmp_path} schedule tick --at 'Mon 07:00' --tz Asia/Seoul --on-change true"
    assert line == f"0 * * * * {command}"
    shown = typed("show")
    assert "Installed: a line in your crontab, which crontab -l shows: Mon 07:00, Asia/Seoul" in shown.out
    assert "No run has been made yet." in shown.out
    ticked = typed("tick", *SEOUL)  # what fell due before the schedule was installed is nobody's business
    assert (ticked.code, ticked.out, ticked.err) == (0, "", "")
    assert typed("remove").out == "Removed: the line in the crontab. Editions and log stay.\n"
    assert typed("remove").out == "No schedule was installed.\n"


def test_damaged_lines_of_another_workspace_keep_nobody_from_his_own(
    typed_at_empty_desk: Typed, programs: Programs
) -> None:
    programs.add_crontab("# >>> briefgen-other: half of it\n")
    for command in (("install", *SEOUL), ("show",), ("remove",), ("remove",), ("show",)):
        assert typed_at_empty_desk(*command).code == 0, command
    assert "P526 the marks around our lines are damaged" in typed_at_empty_desk("show", "--all").err


def test_a_systemd_timer_takes_the_place_of_cron(
    typed_at_empty_desk: Typed, tmp_path: Path, programs: Programs
) -> None:
    typed = typed_at_empty_desk
    typed("install", *SEOUL)
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    installed = typed("install", "--at", "daily 05:00")
    assert "Installed: a systemd timer, " in installed.out
    assert not programs.table.exists()
    assert len(list((tmp_path / "units").iterdir())) == 2
    typed("install", *SEOUL, "--by", "cron")
    assert list((tmp_path / "units").iterdir()) == []
    assert "schedule tick" in programs.table.read_text(encoding="utf-8")


def test_what_an_administrator_installed_is_shown_and_left(
    typed_at_empty_desk: Typed, tmp_path: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = typed_at_empty_desk
    machine = Systemd(user=False, folder=tmp_path / "machine")
    monkeypatch.setattr(installer, "MACHINE", machine)
    programs.add_systemctl()
    with monkeypatch.context() as as_root:
        as_root.setattr(installer, "this_systemd", lambda: machine)
        assert typed("install", *SEOUL).code == 0
    timer = machine.folder / f"{name_of(tmp_path)}.timer"
    assert f"Installed: a systemd timer, {timer}: Mon 07:00, Asia/Seoul" in typed("show").out
    removed = f"No schedule of yours was installed.\nLeft: a systemd timer, {timer}, which only an administrator can"
    assert typed("remove").out.startswith(removed)
    typed("install", *SEOUL, "--by", "cron")
    assert typed("show").out.count("Installed: ") == 2
    removed = f"Removed: the line in the crontab. Editions and log stay.\nLeft: a systemd timer, {timer}, "
    assert typed("remove").out.startswith(removed)
    assert timer.exists()


def test_a_machine_with_neither_says_what_to_do(typed_at_empty_desk: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installer, "which", lambda _: None)
    done = typed_at_empty_desk("install", *SEOUL)
    assert done.code == 2
    assert "P527 this machine has neither systemd nor cron to start the runs" in done.err
    assert "briefgen schedule run" in done.err


def test_a_tick_builds_once_and_show_tells_it(typed: Typed, tiny: Path) -> None:
    first = typed("tick", *SEOUL)
    assert first.code == 0
    said = json.loads(first.out)
    assert (said["partnership"], said["outcome"], said["edition"], said["exit_code"]) == ("sample", "new edition", 1, 0)
    assert "sample: edition 1 is new, 1 document " in first.err
    again = typed("tick", *SEOUL)
    assert (again.code, again.out, again.err) == (0, "", "")
    assert json.loads(typed("now").out)["outcome"] == "nothing changed"
    shown = typed("show").out
    assert "Last run: " in shown
    assert "sample: nothing has changed since edition 1" in shown
    assert "All runs: out/.schedule/runs.jsonl" in shown
    assert len((tiny / "out" / ".schedule" / "runs.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_run_that_was_broken_off_is_shown_and_so_is_a_record_that_cannot_be_read(typed: Typed, tiny: Path) -> None:
    record = tiny / "out" / ".schedule" / "state.json"
    record.parent.mkdir(parents=True)
    record.write_text('{"done": [], "begun": "2026-11-23T07:00:00Z", "attempts": 1}', encoding="utf-8")
    shown = typed("show").out
    assert "07:00 +00:00 was begun and has not ended: it is under way, or the next tick begins it again." in shown
    typed("install", *SEOUL)
    record.write_text(
        '{"done": [], "failed": "2026-11-23T07:00:00Z", "again": "2026-11-23T08:10:00+01:00"}', encoding="utf-8"
    )
    shown = typed("show").out
    assert "The run of Mon 2026-11-23 16:00 +09:00 is tried again after Mon 2026-11-23 16:10 +09:00." in shown
    record.write_text("[]", encoding="utf-8")
    assert "What was done cannot be read in " in typed("show").out


def test_a_run_that_was_due_and_did_not_begin_is_shown(typed_at_empty_desk: Typed, tmp_path: Path) -> None:
    """As with a disk that is full, or a timer that sleeps."""
    typed = typed_at_empty_desk
    typed("install", *SEOUL)
    late = " 07:00 +09:00 was due and has not begun. To see why: briefgen schedule tick"
    assert late not in typed("show").out
    (tmp_path / "out" / ".schedule" / "state.json").write_text('{"done": []}', encoding="utf-8")
    assert late in typed("show").out


def test_a_tick_during_a_run_is_silent(typed: Typed, tiny: Path) -> None:
    """Cron mails all that is printed, and some timers come every minute."""
    with exclusive(tiny / "out" / ".schedule"):
        ticked = typed("tick", *SEOUL)
    assert (ticked.code, ticked.out, ticked.err) == (0, "", "")


def test_a_run_waits_for_a_build_that_somebody_has_begun(
    typed: Typed, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    with ExitStack() as theirs:
        theirs.enter_context(locked(tiny / "out" / "sample"))

        def nap(seconds: float) -> None:
            naps.append(seconds)
            if len(naps) == 2:
                theirs.close()

        monkeypatch.setattr(building, "sleep", nap)
        done = typed("now")
    assert (done.code, json.loads(done.out)["outcome"]) == (0, "new edition")
    assert naps == [20, 20]


def test_a_build_that_never_ends_is_not_waited_for_for_ever(
    typed: Typed, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_TRIES", 2)
    monkeypatch.setattr(building, "_SECONDS_BETWEEN", 0)
    with locked(tiny / "out" / "sample"):
        done = typed("now")
    assert (done.code, json.loads(done.out)["outcome"]) == (2, "failed")


def test_the_summary_says_what_changed(typed: Typed, tiny: Path) -> None:
    assert typed("now", "--on-change", "sh -c 'cat >told'").code == 0
    assert "What changed" not in (tiny / "told").read_text(encoding="utf-8")  # the first edition
    for name, old, new in (
        ("facts/sample.yaml", "5 billion USD", "6 billion USD"),
        ("seeds/sample-talks-2026.yaml", "5 billion USD", "6 billion USD"),
        ("facts/sample.yaml", "Open the ferry route all year round", "Open the ferry route in winter too"),
    ):
        text = (tiny / name).read_text(encoding="utf-8")
        (tiny / name).write_text(text.replace(old, new), encoding="utf-8")
    assert typed("now", "--on-change", "sh -c 'cat >told'").code == 0
    told = (tiny / "told").read_text(encoding="utf-8")
    assert told.startswith("Northland – Southland: edition 2 of ")
    assert "What changed since the previous edition: 1 corrected, 1 reworded.\n\nCorrected:\n- Raise trade" in told
    assert "(US$5 billion → US$6 billion)\n\nReworded:\n- Open the ferry route in winter too\n\nThe documents:" in told


def test_a_rollback_that_holds_is_told_by_every_run(typed: Typed, tiny: Path) -> None:
    facts = tiny / "facts" / "sample.yaml"
    assert typed("now").code == 0
    facts.write_text(facts.read_text(encoding="utf-8").replace("all year round", "in winter too"), encoding="utf-8")
    assert typed("now").code == 0
    roll_back_to(tiny, tiny / "out" / "sample", "1", date.today(), lambda _: None)  # noqa: DTZ011
    done = typed("now", "--on-change", "sh -c 'cat >told'")
    assert (done.code, json.loads(done.out)["outcome"]) == (0, "held by a rollback")
    assert "sample: a rollback holds edition 1: nothing is made until a file changes" in done.err
    assert not (tiny / "told").exists()


def test_a_command_that_is_gone_keeps_no_edition_from_being_made(typed: Typed) -> None:
    done = typed("tick", *SEOUL, "--on-change", "no-such-mailer x")
    assert done.code == 2
    said = json.loads(done.out)
    assert (said["outcome"], said["exit_code"]) == ("new edition", 0)
    assert said["called"].startswith("'no-such-mailer x', which cannot be run: ")
    shown = typed("show").out
    assert "NOT TOLD: “Northland – Southland: edition 1 of " in shown
    assert "tried 1 time, and again after " in shown
    quiet = typed("tick", *SEOUL, "--on-change", "no-such-mailer x")
    assert (quiet.code, quiet.out, quiet.err) == (2, "", "")


def test_a_run_without_options_takes_the_plan_that_is_installed(typed: Typed, tiny: Path) -> None:
    assert typed("install", *SEOUL, "--on-change", "sh -c 'cat >told'").code == 0
    tried = typed("now", "--test-hooks")
    assert (tried.code, tried.out) == (0, "")
    assert "--on-change: called sh: done." in tried.err
    assert (tiny / "told").read_text(encoding="utf-8").startswith("TEST: the command of --on-change works\n\n")
    assert not (tiny / "out" / "sample").exists()
    assert typed("now").code == 0
    told = (tiny / "told").read_text(encoding="utf-8")
    assert "edition 1 of " in told
    assert "The next scheduled run is on " in told
    assert typed("tick").code == 0
    other = json.loads(typed("now", "--at", "daily 07:00").out)
    assert (other["outcome"], other["called"]) == ("nothing changed", None)


def test_there_must_be_a_command_to_try(typed_at_empty_desk: Typed) -> None:
    done = typed_at_empty_desk("now", "--test-hooks")
    assert (done.code, "there is no command to try" in done.err) == (2, True)
    gone = typed_at_empty_desk("now", "--test-hooks", "--on-change", "no-such-mailer x")
    assert (gone.code, "there is no command 'no-such-mailer' on this machine" in gone.err) == (2, True)


def test_the_timer_of_a_workspace_that_was_moved_is_shown_and_removed(
    typed_in: Typed,
    programs: Programs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "briefgen.toml").write_text('timezone = "UTC"\n', encoding="utf-8")
        assert typed_in(tmp_path / name, "install", *SEOUL).code == 0
    moved = (tmp_path / "a").rename(tmp_path / "c")
    id = name_of(tmp_path / "a")
    for asked in (["remove"], ["show"]):
        shown = typed_in(moved, *asked).out
        assert f"Its id: {id}; its workspace: {tmp_path / 'a'}\n  But there is no such folder." in shown
        assert name_of(tmp_path / "b") not in shown
    assert f"To remove it: briefgen schedule remove --id {id}" in typed_in(moved, "install", *SEOUL).out
    assert typed_in(moved, "remove").code == 0
    every = typed_in(tmp_path, "show", "--all").out
    assert every.count("Its id: ") == 2
    told = json.loads(typed_in(tmp_path, "show", "--all", "--json").out)["installed"]
    assert {each["id"]: each["workspace"] for each in told} == {
        name_of(tmp_path / name): str(tmp_path / name) for name in ("a", "b")
    }
    monkeypatch.setattr(sys, "argv", ["briefgen", "-C", str(tmp_path / "a"), "schedule", "tick", *SEOUL])
    assert exit_code(run_command) == 2  # as cron mails it, at every tick
    assert f"A timer of it is left. To remove it: briefgen schedule remove --id {id}" in capfd.readouterr().err
    wrong = typed_in(tmp_path, "remove", "--id", id[:-1])
    assert (wrong.code, f"did you mean '{id}'?" in wrong.err) == (2, True)
    assert typed_in(tmp_path, "remove", "--id", id).out.startswith("Removed: the line in the crontab.")
    table = programs.table.read_text(encoding="utf-8")
    assert (id in table, name_of(tmp_path / "b") in table) == (False, True)


def test_a_failed_run_knows_the_edition_of_a_file_that_is_not_called_like_its_partnership(
    typed: Typed, tiny: Path
) -> None:
    facts = (tiny / "facts" / "sample.yaml").rename(tiny / "facts" / "desk.yaml")
    assert typed("now").code == 0
    facts.write_text("partnership: [\n", encoding="utf-8")
    assert "edition 1 is unchanged" in typed("now").err


def test_a_failed_run_leaves_the_edition_and_tells_the_line(typed: Typed, tiny: Path) -> None:
    assert typed("now").code == 0
    facts = tiny / "facts" / "sample.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("theme: political", "themes: political", 1), encoding="utf-8")
    failed = typed("now", "--on-failure", "sh -c 'cat >told'")
    assert failed.code == 1
    said = json.loads(failed.out)
    assert (said["outcome"], said["edition"], said["exit_code"]) == ("failed", 1, 1)
    assert said["why"][0].startswith("facts/sample.yaml:")
    told = (tiny / "told").read_text(encoding="utf-8")
    assert told.startswith("Northland – Southland: the briefing could not be made; edition 1 is still in place\n\n")
    assert "did you mean 'theme'?" in told
    assert (tiny / "out" / "sample" / "latest" / "at-a-glance.en.html").is_file()
    (tiny / "briefgen.toml").write_text("languages = 3\n", encoding="utf-8")
    assert typed("now").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tick"], 'say when, such as: --at "Mon 07:00"'),
        (["run"], 'say when, such as: --at "Mon 07:00"'),
        (["install", "--at", "Mod 07:00"], "'Mod' is not a day; did you mean 'Monday'?"),
        (["install", *SEOUL[:2], "--tz", "Asia/Soul"], "'Asia/Soul' is not a time zone; did you mean 'Asia/Seoul'?"),
        (["install", *SEOUL, "--on-change", "'x"], "is not a command line: No closing quotation"),
        (["install", *SEOUL, "--on-change", "a\nb"], "is not a command line: it has more than one line"),
        (
            ["install", *SEOUL, "--on-failure", "no-such-mailer x"],
            "there is no command 'no-such-mailer' on this machine",
        ),
        (["install", *SEOUL, "--on-failure", "x" * 5_000], "there is no command 'xxxx"),
        (["instal"], "Did you mean 'install'?"),
    ],
)
def test_wrong_use_is_told_with_the_right_word(
    words: list[str], said: str, typed_at_empty_desk: Typed, programs: Programs
) -> None:
    done = typed_at_empty_desk(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not programs.table.exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("--systemd", "OnCalendar=Mon *-*-* 07:00:00 UTC"),
        ("--cron", "0 * * * * /opt/briefgen/brief -C "),
        ("--github", "on:\n  schedule:\n"),
        ("--gitlab", "glab schedule create"),
        ("--kubernetes", "kind: CronJob"),
        ("--windows", "Register-ScheduledTask"),
        ("--container", "ENTRYPOINT"),
    ],
)
def test_print_changes_nothing(kind: str, said: str, typed_at_empty_desk: Typed, programs: Programs) -> None:
    done = typed_at_empty_desk("print", kind)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    assert not programs.table.exists()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output_that_nothing_takes_keeps_no_run_from_its_end(
    stream: str, typed: Typed, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as here:
        here.setattr(sys, stream, full)
        assert typed("tick", *SEOUL).code == 2
        with suppress(OSError):
            full.close()
    (line,) = (tiny / "out" / ".schedule" / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["outcome"] == "new edition"
    again = typed("tick", *SEOUL)
    assert (again.code, again.out, again.err) == (0, "", "")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("notify", "'notify' is a file of the workspace, written as a program of this machine; write ./notify"),
        ("./silent", "'./silent' may not be executed; type: chmod +x ./silent"),
        ("./folder", "there is no command './folder' on this machine"),
        ("./there", "there is no command './there' on this machine"),
        ("mine x", "timers do not look for 'mine' where it is; write {programs}/mine"),
        ("'' x", "there is no command '' on this machine"),
    ],
)
def test_a_command_that_no_timer_could_call_is_refused(
    command: str, said: str, typed_at_empty_desk: Typed, tmp_path: Path, programs: Programs
) -> None:
    for name, mode in (("notify", 0o755), ("silent", 0o644)):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(mode)
    (tmp_path / "folder").mkdir()
    programs.add("mine", "")
    done = typed_at_empty_desk("install", *SEOUL, "--on-change", command)
    assert (done.code, done.out) == (2, "")
    assert said.format(programs=programs.folder) in done.err
    assert not programs.table.exists()


def test_a_command_of_the_workspace_or_of_its_whole_path_is_installed(
    typed_at_empty_desk: Typed, tmp_path: Path, programs: Programs
) -> None:
    (tmp_path / "notify").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "notify").chmod(0o755)
    done = typed_at_empty_desk("install", *SEOUL, "--on-change", "./notify x", "--on-failure", f"{tmp_path}/notify")
    assert done.code == 0, done.err
