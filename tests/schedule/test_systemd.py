"""The systemd timer: what is written, what is asked of systemd, and what is undone when it refuses."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

from briefgen.model.findings import FindingsError
from briefgen.tools.schedule import systemd
from briefgen.tools.schedule.programs import name_of
from briefgen.tools.schedule.systemd import Systemd

from .conftest import Programs
from .plans import NOW, plan

ME = pwd.getpwuid(os.geteuid()).pw_name
HARD = """sh -c 'echo "100 %" $HOME \\ é' """


@pytest.fixture
def manager(tmp_path: Path) -> Systemd:
    """A user's own."""
    return Systemd(user=True, folder=tmp_path / "config" / "systemd" / "user")


def _written(manager: Systemd) -> dict[str, str]:
    found = manager.folder.glob("*") if manager.folder.exists() else ()
    return {path.suffix: path.read_text(encoding="utf-8") for path in found}


def test_a_timer_is_written_started_and_found(manager: Systemd, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    asked = plan("Mon 07:00", "daily 02:30", zone="Europe/Berlin", workspace=tmp_path, on_change=HARD)
    assert systemd.install(manager, asked, ("/opt/briefgen/brief",), NOW) == ()
    timer = f"{name_of(tmp_path)}.timer"
    assert [call.partition("--no-ask-password ")[2] for call in programs.called if "systemctl" in call] == [
        "daemon-reload",
        f"enable {timer}",
        f"restart {timer}",
        f"is-active {timer}",
    ]
    assert all("--user" in call for call in programs.called if "systemctl" in call)
    text = _written(manager)[".timer"]
    assert "OnCalendar=Mon *-*-* 07:00:00 Europe/Berlin\nOnCalendar=*-*-* 02:30:00 Europe/Berlin\n" in text
    assert "Persistent=true" in text
    service = _written(manager)[".service"]
    assert 'ExecStart="/opt/briefgen/brief" "-C" ' in service
    assert '"schedule" "tick" "--at" "Mon 07:00" "--at" "daily 02:30" "--tz" "Europe/Berlin" "--on-change"' in service
    assert r'''"sh -c 'echo \"100 %%\" $$HOME \\ é' "''' in service
    found = systemd.find(manager, tmp_path)
    assert found is not None
    assert (found.plan, found.trouble) == (asked, "")


def test_a_unit_of_the_machine_runs_as_the_owner_of_the_workspace(tmp_path: Path) -> None:
    asked = plan("Mon 07:00", workspace=tmp_path)
    service = systemd.units(asked, ("/x",), NOW, user=False)[f"{name_of(tmp_path)}.service"]
    assert f"User={ME}\n" in service
    assert "User=" not in systemd.units(asked, ("/x",), NOW, user=True)[f"{name_of(tmp_path)}.service"]


# a second opinion by systemd itself; the text of the units is tested everywhere
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
@pytest.mark.parametrize("user", [True, False])
def test_systemd_finds_nothing_wrong_with_the_units(user: bool, tmp_path: Path) -> None:
    asked = plan("Mon 07:00", "1st 07:00", workspace=tmp_path, on_change=HARD, on_failure="mail -s x y")
    program = Path("/bin/true").resolve()
    for name, text in systemd.units(asked, (str(program),), NOW, user=user).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.glob("briefgen-*")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "briefgen-" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize(
    ("loginctl", "said"),
    [
        ("echo Linger=yes", ""),
        ("echo Linger=no", f"lingering is on now (undo: loginctl disable-linger {ME})"),
        ('case "$*" in *enable*) exit 1 ;; esac; echo Linger=no', f"  sudo loginctl enable-linger {ME}"),
        ("exit 1", f"  sudo loginctl enable-linger {ME}"),
    ],
)
def test_a_user_who_is_logged_out(
    loginctl: str, said: str, manager: Systemd, programs: Programs, tmp_path: Path
) -> None:
    programs.add_systemctl()
    programs.add("loginctl", loginctl)
    notes = systemd.install(manager, plan("Mon 07:00", workspace=tmp_path), ("/x",), NOW)
    assert said in "\n".join(notes)
    assert bool(notes) == bool(said)


@pytest.mark.parametrize("refuses", ["daemon-reload", "enable", "restart", "is-active"])
@pytest.mark.parametrize("before", [True, False])
def test_what_systemd_refuses_is_undone(
    refuses: str, before: bool, manager: Systemd, programs: Programs, tmp_path: Path
) -> None:
    programs.add("loginctl", "echo Linger=yes")
    if before:
        programs.add_systemctl()
        systemd.install(manager, plan("daily 05:00", workspace=tmp_path), ("/x",), NOW)
    stood = _written(manager)
    programs.add_systemctl(refuses=refuses)
    with pytest.raises(FindingsError, match=rf"systemctl {refuses}.*: Failed to do so: Access denied"):
        systemd.install(manager, plan("Mon 07:00", workspace=tmp_path), ("/x",), NOW)
    assert _written(manager) == stood


def test_it_is_taken_away(manager: Systemd, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    assert not systemd.remove(manager, tmp_path)
    systemd.install(manager, plan("Mon 07:00", workspace=tmp_path), ("/x",), NOW)
    assert systemd.remove(manager, tmp_path)
    assert _written(manager) == {}
    assert any("disable --now" in call for call in programs.called)
    assert systemd.find(manager, tmp_path) is None


def test_a_timer_that_somebody_stopped_is_told(manager: Systemd, programs: Programs, tmp_path: Path) -> None:
    programs.add_systemctl()
    programs.add("loginctl", "echo Linger=yes")
    systemd.install(manager, plan("Mon 07:00", workspace=tmp_path), ("/x",), NOW)
    programs.add_systemctl(refuses="is-active")
    found = systemd.find(manager, tmp_path)
    assert found is not None
    assert "it is not active" in found.trouble


@pytest.mark.parametrize(("state", "runs"), [("running", True), ("degraded", True), ("offline", False), ("", False)])
def test_whether_systemd_takes_orders(state: str, runs: bool, manager: Systemd, programs: Programs) -> None:
    programs.add_systemctl(state)
    assert systemd.runs(manager) == runs


def test_names_differ_and_stay() -> None:
    assert name_of(Path("/srv/Our Desk")) == name_of(Path("/srv/Our Desk"))
    assert name_of(Path("/srv/Our Desk")).startswith("briefgen-our-desk-")
    assert name_of(Path("/srv/a/desk")) != name_of(Path("/srv/b/desk"))
    assert name_of(Path("/책상")).startswith("briefgen-desk-")
