"""The crontab: our lines come and go, and nobody else's line is ever lost."""

import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.model.findings import FindingsError
from briefgen.tools.schedule import crontab

from .conftest import Programs
from .plans import NOW, plan

OTHERS = "MAILTO=desk\n\n# 백업\n0 3 * * * backup --daily  \n@reboot true\n"
HARD = """sh -c 'read -r s; mail -s "100 % $s" a@b'"""


def _install(tmp_path: Path, *times: str, **commands: str) -> tuple[str, ...]:
    return crontab.install(
        plan(*times or ("Mon 07:00",), workspace=tmp_path, **commands), ("/opt/brief",), NOW, tmp_path / "before"
    )


@pytest.mark.parametrize("table", [None, "", OTHERS])
def test_our_lines_come_and_go(table: str | None, programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(table)
    _install(tmp_path)
    written = programs.table.read_text(encoding="utf-8")
    assert written.startswith(table or "")
    assert written.count("\n") == (table or "").count("\n") + 4
    _install(tmp_path, "daily 05:30")
    assert programs.table.read_text(encoding="utf-8").count("\n") == written.count("\n")
    found = crontab.find(tmp_path)
    assert found is not None
    assert found.plan == plan("daily 05:30", workspace=tmp_path)
    assert crontab.remove(tmp_path, tmp_path / "before")
    assert crontab.find(tmp_path) is None
    assert not crontab.remove(tmp_path, tmp_path / "before")
    assert programs.table.exists() == bool(table)
    assert not table or programs.table.read_text(encoding="utf-8") == table


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), max_size=20), max_size=6
    )
)
def test_no_line_of_others_is_ever_lost(lines: list[str], programs: Programs, tmp_path: Path) -> None:
    table = "".join(f"{line}\n" for line in lines)
    programs.add_crontab(table)
    _install(tmp_path)
    assert programs.table.read_text(encoding="utf-8").startswith(table)
    crontab.remove(tmp_path, tmp_path / "before")
    assert (programs.table.read_text(encoding="utf-8") if programs.table.exists() else "") == table


def test_two_workspaces_have_a_block_each(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(OTHERS)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _install(tmp_path / name)
    assert crontab.remove(tmp_path / "a", tmp_path / "before")
    assert crontab.find(tmp_path / "b") is not None
    assert programs.table.read_text(encoding="utf-8").startswith(OTHERS)


@pytest.mark.parametrize(
    ("times", "zone", "often"),
    [
        (["Mon 07:00"], "Asia/Seoul", "0 * * * *"),
        (["Mon 07:30"], "Asia/Seoul", "*/30 * * * *"),
        (["Mon 07:00"], "Asia/Kolkata", "*/30 * * * *"),
        (["Mon 07:00"], "Asia/Kathmandu", "*/15 * * * *"),
        (["Mon 07:00", "daily 05:20"], "Asia/Seoul", "*/20 * * * *"),
        (["Mon 07:00"], "Australia/Lord_Howe", "*/30 * * * *"),
        (["Mon 07:01"], "Asia/Seoul", "* * * * *"),
    ],
)
def test_it_ticks_as_often_as_the_minutes_need(
    times: list[str], zone: str, often: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    line = crontab.lines(plan(*times, zone=zone), ("/opt/brief",), NOW)[2]
    assert line.startswith(f"{often} /opt/brief -C /desk schedule tick --at ")


def test_the_line_says_what_was_asked_for_in_crons_own_way() -> None:
    asked = plan("Mon 07:00", workspace=Path("/a desk/100%"), on_change=HARD)
    line = crontab.lines(asked, ("/opt/brief",), NOW)[2]
    assert r"100\%" in line
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    assert shlex.split(command) == ["/opt/brief", *asked.arguments("tick")]
    assert subprocess.run(
        ["sh", "-c", command.replace("/opt/brief", "printf '%s\\n'")], capture_output=True, text=True, check=True
    ).stdout.splitlines() == list(asked.arguments("tick"))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            'echo "you (desk) are not allowed to use this program" >&2; exit 1',
            "cannot be read: you .desk. are not allowed",
        ),
        ("[ $1 = -l ] && { cat %s; exit; }; echo 'disk full' >&2; exit 1", "cannot be written: disk full"),
        ("cat %s; [ $1 = -l ] || cat >/dev/null", "does not say what was written; the old one was put back"),
        ("printf 'caf\\351\\n'", "cannot be read: .*utf-8"),
    ],
)
def test_a_crontab_that_refuses_is_left_alone(script: str, said: str, programs: Programs, tmp_path: Path) -> None:
    programs.table.write_text(OTHERS, encoding="utf-8")
    programs.add("crontab", script.replace("%s", str(programs.table)))
    with pytest.raises(FindingsError, match=said) as caught:
        _install(tmp_path)
    assert programs.table.read_text(encoding="utf-8") == OTHERS
    if "writ" in said:
        assert OTHERS in caught.value.findings[0].hint
        assert (tmp_path / "before").read_text(encoding="utf-8") == OTHERS
    else:
        assert "crontab -" not in programs.called


def test_half_a_block_is_not_touched(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(OTHERS)
    _install(tmp_path)
    *kept, _ = programs.table.read_text(encoding="utf-8").splitlines(keepends=True)
    damaged = "".join([*kept, "5 5 * * * mine\n"])
    programs.table.write_text(damaged, encoding="utf-8")
    for change in (_install, lambda path: crontab.remove(path, path / "before")):
        with pytest.raises(FindingsError, match="the marks around our lines are damaged; nothing was changed"):
            change(tmp_path)
    assert programs.table.read_text(encoding="utf-8") == damaged


def test_a_command_too_long_for_cron_is_refused(programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab(OTHERS)
    with pytest.raises(FindingsError, match="too long for one line of a crontab"):
        _install(tmp_path, on_change="echo " + "x" * 1000)
    assert programs.table.read_text(encoding="utf-8") == OTHERS


def test_without_a_running_cron_it_says_so(programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs.add_crontab()
    monkeypatch.setattr(crontab, "_daemon_runs", lambda: False)
    assert "No cron is running on this machine" in _install(tmp_path)[0]
    found = crontab.find(tmp_path)
    assert found is not None
    assert "no cron is running" in found.trouble
    monkeypatch.setattr(crontab, "_daemon_runs", lambda: True)
    assert _install(tmp_path) == ()
