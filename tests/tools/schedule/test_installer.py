"""Timers come and go: nobody else's line of a crontab is ever lost, and what a system refuses is undone."""

import os
import pwd
import stat
import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import PROJECT, environment
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefgen.model.findings import FindingsError, printable
from briefgen.tools.schedule import installer, name_of
from briefgen.tools.schedule.installer import Systemd
from briefgen.tools.schedule.runner import read_state

from .conftest import Programs
from .plans import NOW, plan

ME = pwd.getpwuid(os.geteuid()).pw_name
HARD = """sh -c 'cat: # "$1" %'"""
OTHERS = "MAILTO=desk\n\n# 백업\n0 3 * * * backup --daily  \n@reboot true\n"


@pytest.fixture(autouse=True)
def units(tmp_path: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the units of a user's own systemd; there is a cron as well."""
    programs.add_crontab()
    systemd = Systemd(user=True, folder=tmp_path / "config" / "systemd" / "user")
    monkeypatch.setattr(installer, "this_systemd", lambda: systemd)
    monkeypatch.setattr(installer, "this_program", lambda: ("/opt/brief",))
    return systemd.folder


def _install(by: str, workspace: Path, *times: str, **hooks: str) -> tuple[str, ...]:
    asked = plan(*times or ("Mon 07:00",), workspace=workspace, **hooks)
    return installer.install(asked, NOW, workspace / "state", by)[1]


def _remove(workspace: Path) -> list[str]:
    return installer.remove(name_of(workspace), workspace / "state")


@pytest.mark.parametrize("table", [None, "", OTHERS])
def test_our_lines_come_and_go(table: str | None, programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(table)
    _install("cron", tmp_path)
    written = programs.table.read_text(encoding="utf-8")
    assert written.startswith(table or "")
    assert written.count("\n") == (table or "").count("\n") + 4
    _install("cron", tmp_path, "daily 05:30")
    assert programs.table.read_text(encoding="utf-8").count("\n") == written.count("\n")
    (found,) = installer.find(tmp_path)
    assert (found.kind, found.plan) == ("a line in your crontab", plan("daily 05:30", workspace=tmp_path))
    assert _remove(tmp_path) == ["the line in the crontab"]
    assert installer.find(tmp_path) == []
    assert _remove(tmp_path) == []
    assert programs.table.exists() == bool(table)
    assert not table or programs.table.read_text(encoding="utf-8") == table


@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.text(st.characters(exclude_characters="\n\0", exclude_categories=["Cs"]), max_size=20), max_size=6
    )
)
@example(lines=["0 5 * * * from-windows\r", " ", ""])
def test_no_line_of_others_is_ever_lost(lines: list[str], programs: Programs, tmp_path: Path) -> None:
    table = "".join(f"{line}\n" for line in lines)
    programs.add_crontab(table)
    _install("cron", tmp_path)
    assert programs.table.read_bytes().startswith(table.encode())
    _remove(tmp_path)
    assert (programs.table.read_bytes() if programs.table.exists() else b"") == table.encode()


def test_lines_of_others_in_another_encoding_stay_as_they_are(programs: Programs, tmp_path: Path) -> None:
    table = "0 6 * * * /usr/bin/backup # täglich\n".encode("latin-1")
    programs.add_crontab("")
    programs.table.write_bytes(table)
    _install("cron", tmp_path)
    assert programs.table.read_bytes().startswith(table)
    assert (tmp_path / "state" / "crontab.before").read_bytes() == table
    _remove(tmp_path)
    assert programs.table.read_bytes() == table


def test_the_crontab_that_is_kept_is_read_by_nobody_else(programs: Programs, tmp_path: Path) -> None:
    """A crontab may hold passwords, and is its owner's alone; out/ may be shown to all."""
    programs.add_crontab(OTHERS)
    kept = tmp_path / "state" / "crontab.before"
    kept.parent.mkdir()
    kept.touch(0o644)
    with kept.open(encoding="utf-8") as somebodys:
        _install("cron", tmp_path)
        assert somebodys.read() == ""
    assert (kept.read_text(encoding="utf-8"), stat.S_IMODE(kept.stat().st_mode)) == (OTHERS, 0o600)


@pytest.mark.parametrize("by", ["cron", "systemd"])
@pytest.mark.parametrize("name", ["new\nline", "bell\x07"])
def test_a_path_that_no_timer_can_hold_is_refused(
    by: str, name: str, units: Path, programs: Programs, tmp_path: Path
) -> None:
    programs.add_crontab()
    programs.add_systemctl()
    folder = tmp_path / name
    folder.mkdir()
    for attempt in (_install, lambda by, folder: installer.preview(plan("Mon 07:00", workspace=folder), NOW, by)):
        with pytest.raises(FindingsError, match="P528 no timer can hold the path of this workspace"):
            attempt(by, folder)
    assert not programs.table.exists()
    assert not units.exists() or list(units.iterdir()) == []


def test_two_workspaces_have_a_block_each(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(OTHERS)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _install("cron", tmp_path / name)
    _remove(tmp_path / "a")
    assert len(installer.find(tmp_path / "b")) == 1
    assert programs.table.read_text(encoding="utf-8").startswith(OTHERS)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            'echo "you (desk) are not allowed to use this program" >&2; exit 1',
            "cannot be read: you .desk. are not allowed",
        ),
        ("[ $1 = -l ] && { cat %s; exit; }; echo 'disk full' >&2; exit 1", "cannot be written: disk full"),
        ("cat %s; [ $1 = -l ] || cat >/dev/null", "does not read as it was written; the old one was put back"),
    ],
)
def test_a_crontab_that_refuses_is_left_alone(script: str, said: str, programs: Programs, tmp_path: Path) -> None:
    programs.table.write_text(OTHERS, encoding="utf-8")
    programs.add("crontab", script.replace("%s", str(programs.table)))
    with pytest.raises(FindingsError, match=said) as caught:
        _install("cron", tmp_path)
    assert programs.table.read_text(encoding="utf-8") == OTHERS
    if "writ" in said:
        hint = caught.value.findings[0].hint
        assert printable(hint) == hint
        assert ("the crontab is as it was" if "be written" in said else "crontab.before") in hint
        assert (tmp_path / "state" / "crontab.before").read_text(encoding="utf-8") == OTHERS
    else:
        assert "crontab -" not in programs.called


@pytest.mark.parametrize("by", ["cron", "systemd"])
def test_what_was_not_installed_counts_no_run_as_done(by: str, programs: Programs, tmp_path: Path) -> None:
    _install("cron", tmp_path, "daily 05:00")
    state = tmp_path / "state"
    before = read_state(state)
    programs.add_systemctl(refuses="enable")
    programs.add("crontab", f"[ $1 = -l ] && {{ cat {programs.table}; exit; }}; exit 1")
    with pytest.raises(FindingsError):
        _install(by, tmp_path, "daily 06:00")
    assert before.done
    assert read_state(state) == before


def test_half_a_block_is_not_touched(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(OTHERS)
    _install("cron", tmp_path)
    *kept, _ = programs.table.read_text(encoding="utf-8").splitlines(keepends=True)
    damaged = "".join([*kept, "5 5 * * * mine\n"])
    programs.table.write_text(damaged, encoding="utf-8")
    for change in (_remove, partial(_install, "cron")):
        with pytest.raises(FindingsError, match="the marks around our lines are damaged; nothing was changed"):
            change(tmp_path)
    assert programs.table.read_text(encoding="utf-8") == damaged


def test_a_command_too_long_for_cron_is_refused(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(OTHERS)
    with pytest.raises(FindingsError, match="too long for one line of a crontab"):
        _install("cron", tmp_path, on_change="echo " + "x" * 1000)
    assert programs.table.read_text(encoding="utf-8") == OTHERS


def test_without_a_running_cron_it_says_so(programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs.add_crontab()
    monkeypatch.setattr(installer, "_cron_runs", lambda: False)
    assert "No cron is running on this machine" in _install("cron", tmp_path)[0]
    assert "no cron is running" in installer.find(tmp_path)[0].problem
    monkeypatch.setattr(installer, "_cron_runs", lambda: True)
    assert _install("cron", tmp_path) == ()


def _written(units: Path) -> dict[str, str]:
    found = units.glob("*") if units.exists() else ()
    return {path.suffix: path.read_text(encoding="utf-8") for path in found}


def test_a_timer_is_written_started_and_found(units: Path, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    assert _install("systemd", tmp_path) == ()
    timer = f"{name_of(tmp_path)}.timer"
    assert [call.partition("--no-ask-password ")[2] for call in programs.called if "systemctl" in call][:4] == [
        "daemon-reload",
        f"enable {timer}",
        f"restart {timer}",
        f"is-active {timer}",
    ]
    assert all("--user" in call for call in programs.called if "systemctl" in call)
    assert "OnCalendar=Mon *-*-* 07:00:00 Asia/Seoul\n" in _written(units)[".timer"]
    (found,) = installer.find(tmp_path)
    assert (found.kind, found.plan, found.problem) == ("a systemd timer", plan("Mon 07:00", workspace=tmp_path), "")


@pytest.mark.skipif(
    os.geteuid() != 0,
    reason="NOT CHECKED: what root is told, which only root can try; what cron is given is checked above without it",
)
def test_root_is_told_that_cron_would_write_as_root(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab()
    assert not any("as root" in note for note in _install("cron", tmp_path))
    os.chown(tmp_path, 12345, 12346)
    said = "It runs as root, but the folder is another's, who could not write on. As 12345: sudo -u '#12345' briefgen"
    assert any(note.startswith(said) for note in _install("cron", tmp_path))


@pytest.mark.skipif(
    os.geteuid() != 0,
    reason="NOT CHECKED: that root writes as the owner of the workspace, which only root can try; "
    "what is installed for a user is checked above",
)
def test_runs_of_the_machines_timer_can_write_on(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root installs it, and it runs as the owner of the workspace."""
    programs.add_systemctl()
    monkeypatch.setattr(installer, "this_systemd", lambda: Systemd(user=False, folder=tmp_path / "units"))
    with TemporaryDirectory() as folder:  # others may not look into pytest's own
        desk = Path(folder)
        os.chown(desk, 12345, 12346)
        _install("systemd", desk)
        assert {(path.stat().st_uid, path.stat().st_gid) for path in desk.rglob("*")} == {(12345, 12346)}
        assert (tmp_path / "units" / f"{name_of(desk)}.timer").stat().st_uid == 0
        for path in desk.rglob("*"):
            os.chown(path, 0, 0)
        with pytest.raises(FindingsError, match="nothing is run: Permission denied"):
            _install("systemd", desk)
    assert (os.geteuid(), os.getegid()) == (0, 0)


@pytest.mark.parametrize(
    ("loginctl", "said"),
    [
        ("echo Linger=yes", ""),
        ("echo Linger=no", f"(undo: loginctl disable-linger {ME})"),
        ('case "$*" in *enable*) exit 1 ;; esac; echo Linger=no', f"  sudo loginctl enable-linger {ME}"),
        ("exit 1", f"  sudo loginctl enable-linger {ME}"),
    ],
)
def test_a_user_who_is_logged_out(loginctl: str, said: str, units: Path, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", loginctl)
    notes = _install("systemd", tmp_path)
    assert said in "\n".join(notes)
    assert bool(notes) == bool(said)


def test_a_users_systemd_is_found_from_a_shell_of_another(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after sudo -u desk, which keeps root's folder for sockets, or none."""
    own = tmp_path / "run" / str(os.geteuid())
    own.mkdir(parents=True)
    monkeypatch.setattr(installer, "_SOCKETS", own.parent)
    programs.add("systemctl", f'[ "$XDG_RUNTIME_DIR" = {own} ] && echo running')
    for environ in ({"XDG_RUNTIME_DIR": "/run/user/0"}, {}):
        with monkeypatch.context() as shell:
            shell.delenv("XDG_RUNTIME_DIR", raising=False)
            for name, value in environ.items():
                shell.setenv(name, value)
            assert installer.available() == "systemd"
    own.rmdir()
    assert installer.available() == "cron"
    (programs.folder / "crontab").unlink()
    monkeypatch.setenv("PATH", str(programs.folder))
    with pytest.raises(FindingsError, match=r"P527.*neither systemd nor cron") as caught:
        _install("", tmp_path)
    assert f"loginctl enable-linger {ME}" in caught.value.findings[0].hint


@pytest.mark.parametrize("refuses", ["daemon-reload", "enable", "restart", "is-active"])
@pytest.mark.parametrize("before", [True, False])
def test_what_systemd_refuses_is_undone(
    refuses: str, before: bool, units: Path, programs: Programs, tmp_path: Path
) -> None:
    programs.add("loginctl", "echo Linger=yes")
    if before:
        programs.add_systemctl()
        _install("systemd", tmp_path, "daily 05:00")
    stood = _written(units)
    programs.add_systemctl(refuses=refuses)
    with pytest.raises(FindingsError, match=rf"systemctl {refuses}.*: Failed to do so: Access denied"):
        _install("systemd", tmp_path)
    assert _written(units) == stood


def test_it_is_taken_away(units: Path, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    assert not _remove(tmp_path)
    _install("systemd", tmp_path)
    assert _remove(tmp_path)
    assert _written(units) == {}
    assert any("disable --now" in call for call in programs.called)
    assert installer.find(tmp_path) == []


def test_a_timer_that_somebody_stopped_is_told(units: Path, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    _install("systemd", tmp_path)
    programs.add_systemctl(refuses="is-active")
    assert "it is not active" in installer.find(tmp_path)[0].problem


@pytest.mark.parametrize(("state", "way"), [("running", "systemd"), ("degraded", "systemd"), ("offline", "cron")])
def test_systemd_goes_before_cron(state: str, way: str, programs: Programs) -> None:
    programs.add_crontab()
    programs.add_systemctl(state)
    assert installer.available() == way


OLD_BLOCK = """\
# >>> @name@: written by `briefgen schedule install`; `briefgen schedule remove` takes it away
# briefgen plan: {"workspace": "@workspace@", "at": ["Mon 07:00", "daily 13:30"], "timezone": "Europe/Berlin", \
"on_change": "sh -c 'cat: # \\"$1\\" %'", "on_failure": ""}
*/30 * * * * /opt/brief -C @workspace@ schedule tick --at 'Mon 07:00' --at 'daily 13:30' --tz Europe/Berlin
# <<< @name@
"""
OLD_TIMER = """\
# Written by `briefgen schedule install`; `briefgen schedule remove` takes it away.
# briefgen plan: {"workspace": "@workspace@", "at": ["Mon 07:00", "daily 13:30"], "timezone": "Europe/Berlin", \
"on_change": "sh -c 'cat: # \\"$1\\" %'", "on_failure": ""}
[Unit]
Description=Briefings of @workspace@: Mon 07:00 and daily 13:30, Europe/Berlin

[Timer]
OnCalendar=Mon *-*-* 07:00:00 Europe/Berlin
OnCalendar=*-*-* 13:30:00 Europe/Berlin
Persistent=true

[Install]
WantedBy=timers.target
"""


def test_what_an_earlier_version_installed_is_found_and_removed(
    programs: Programs, units: Path, tmp_path: Path
) -> None:
    """Word for word as that version wrote it."""
    name = name_of(tmp_path)
    block, timer = (
        text.replace("@workspace@", str(tmp_path)).replace("@name@", name) for text in (OLD_BLOCK, OLD_TIMER)
    )
    programs.add_crontab(OTHERS + block)
    programs.add_systemctl()
    units.mkdir(parents=True)
    (units / f"{name}.timer").write_text(timer, encoding="utf-8")
    (units / f"{name}.service").write_text("[Service]\n", encoding="utf-8")
    asked = plan("Mon 07:00", "daily 13:30", zone="Europe/Berlin", workspace=tmp_path, on_change=HARD)
    assert [each.plan for each in installer.find(tmp_path)] == [asked, asked]
    assert _remove(tmp_path) == ["the systemd timer", "the line in the crontab"]
    assert (list(units.iterdir()), programs.table.read_text(encoding="utf-8")) == ([], OTHERS)


def test_the_program_is_found_from_outside_or_it_is_said_that_it_is_not(tmp_path: Path) -> None:
    """In an environment of its own, where the packages can be put and taken away."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    script = "from briefgen.tools.schedule.installer import this_program; print(*this_program())"
    packages = [sysconfig.get_path("purelib"), str(PROJECT)]
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))

    def found() -> str:
        env = environment(tmp_path) | {"PYTHONPATH": ":".join(packages)}
        done = subprocess.run([python, "-c", script], env=env, capture_output=True, text=True, check=False)
        return done.stdout.strip() or done.stderr.strip().splitlines()[-1]

    assert "P524 a timer would not find the command that starts this program" in found()
    (site / "briefgen.pth").write_text("\n".join(packages) + "\n", encoding="utf-8")
    assert found() == f"{python} -P -m briefgen"
    installed = python.with_name("briefgen")
    installed.write_text(f'#!/bin/sh\nexec {python} -m briefgen "$@"\n', encoding="utf-8")
    installed.chmod(0o755)
    assert found() == str(installed)
