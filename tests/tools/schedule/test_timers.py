"""The texts of timers and recipes: each reads as what it is, does what it says; the recipes stand in the README."""

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from subprocess import list2cmdline
from typing import Any

import pytest
import yaml
from conftest import PROJECT, SYSTEMD, environment

from briefgen.tools.schedule import crontab_block, name_of, on_calendar, recipe, units
from briefgen.tools.schedule.runner import FOLDER

from .plans import NOW, plan

RECIPES = ("github", "gitlab", "kubernetes", "windows", "container")
SAMPLE = plan("Mon 07:00", zone="Asia/Seoul")
MAIL = """sh -c 'read -r s; mail -s "100 % $s" a@b'"""
QUOTED = """sh -c 'echo "100 %" $HOME \\ é' """
HARD = plan("Mon 07:00", "daily 13:30", zone="Europe/Berlin", on_change="""sh -c 'cat: # "$1" %'""")


def _parsed(kind: str, asked: Any = HARD) -> list[Any]:
    return list(yaml.safe_load_all(recipe(kind, asked, NOW)))


@pytest.mark.parametrize("kind", RECIPES)
def test_nothing_is_left_to_fill_in(kind: str) -> None:
    for asked in (SAMPLE, HARD):
        text = recipe(kind, asked, NOW)
        assert "@" not in text.replace("x-access-token:${{ github.token }}@github.com", "").replace(
            "actions/checkout@v4", ""
        ).replace("EDITIONS_TOKEN}@${", "").replace("briefgen@localhost", "")


@pytest.mark.parametrize("kind", RECIPES)
def test_the_readme_shows_the_same(kind: str) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert f"\n{recipe(kind, SAMPLE, NOW)}```\n" in readme, f"paste what `briefgen schedule print --{kind}` prints"


def test_github_wakes_in_utc_and_decides_by_the_tick() -> None:
    (said,) = _parsed("github")
    assert [each["cron"] for each in said[True]["schedule"]] == [  # "on" is true in YAML 1.1
        "0 5,6 * * 1",
        "30 11,12 * * *",
    ]
    assert [each["cron"] for each in _parsed("github", SAMPLE)[0][True]["schedule"]] == ["0 22 * * 0"]
    steps = said["jobs"]["briefings"]["steps"]
    done = steps[3]["run"].replace("./brief schedule", "printf '%s\\n'")
    assert _shell(done, GITHUB_EVENT_NAME="schedule") == ["tick", *HARD.options]
    assert _shell(done, GITHUB_EVENT_NAME="workflow_dispatch") == ["now", *HARD.options]


def test_gitlab_runs_at_once_and_hands_on_the_exit_code() -> None:
    (said,) = _parsed("gitlab")
    (script,) = said["briefings"]["script"]
    command, _, rest = script.partition("\n")
    assert _shell(command.replace("./brief schedule", "printf '%s\\n'")) == ["now", *HARD.options]
    assert rest.rstrip().endswith('exit "${code:-0}"')
    assert '#   glab schedule create --cron "30 13 * * *" --cronTimeZone Europe/Berlin' in recipe("gitlab", HARD, NOW)


def test_kubernetes_has_a_job_for_each_time() -> None:
    volume, *jobs = _parsed("kubernetes")
    assert volume["kind"] == "PersistentVolumeClaim"
    specs = [job["spec"] for job in jobs]
    assert [(each["schedule"], each["timeZone"]) for each in specs] == [
        ("0 7 * * 1", "Europe/Berlin"),
        ("30 13 * * *", "Europe/Berlin"),
    ]
    assert len({job["metadata"]["name"] for job in jobs}) == 2
    pod = specs[0]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["containers"][0]["args"] == ["schedule", "now", *HARD.options]
    assert pod["volumes"][0]["persistentVolumeClaim"]["claimName"] == volume["metadata"]["name"]


def test_the_container_runs_in_the_foreground() -> None:
    lines = recipe("container", HARD, NOW).splitlines()
    words = {line.partition(" ")[0]: line.partition(" ")[2] for line in lines if not line.startswith("#")}
    assert json.loads(words["ENTRYPOINT"]) == ["/opt/briefgen/brief"]
    assert json.loads(words["CMD"]) == ["schedule", "run", *HARD.options]


def test_windows_ticks_by_wsl() -> None:
    text = recipe("windows", HARD, NOW)
    assert "New-TimeSpan -Minutes 30" in text
    argument = text.partition("-Argument '")[2].partition("'\n")[0].replace("''", "'")
    assert argument.endswith(f"schedule tick {list2cmdline(HARD.options)}")


def _shell(script: str, **extra: str) -> list[str]:
    done = subprocess.run(
        ["bash", "-e", "-c", script], env={"PATH": "/usr/bin:/bin", **extra}, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(
    not shutil.which("git"),
    reason="NOT CHECKED: three runs of two recipes with a branch for editions, for want of git; "
    "how they call the program is checked above",
)
@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_the_editions_are_kept_in_a_branch_of_their_own(kind: str, tmp_path: Path) -> None:
    """The scripts themselves, three runs long: links stay links, and each run finds what the one before it left."""
    (said,) = _parsed(kind, SAMPLE)
    if kind == "github":
        fetch, push = (said["jobs"]["briefings"]["steps"][number]["run"] for number in (2, 4))
    else:
        fetch = said["briefings"]["before_script"][3]
        push = said["briefings"]["script"][0].partition("\n")[2].replace("exit", "true")
    branch = tmp_path / "editions.git"
    subprocess.run(["git", "init", "--quiet", "--bare", branch], check=True, env=environment(tmp_path))
    for number in (1, 2, 3):
        checkout = tmp_path / f"run{number}"
        (checkout / "out").mkdir(parents=True)
        (checkout / "out" / "README.md").write_text("tracked elsewhere", encoding="utf-8")
        (checkout / ".gitignore").write_text("/out/*\n", encoding="utf-8")
        _step(fetch, checkout, branch)
        home = checkout / "out" / "vn-kr"
        assert (home / "latest").is_symlink() == (number > 1)
        if number == 2:
            continue  # nothing changed in this run
        (home / "editions" / str(number)).mkdir(parents=True)
        (home / "editions" / str(number) / "a.pdf").write_text(str(number), encoding="utf-8")
        (home / "latest").unlink(missing_ok=True)
        (home / "latest").symlink_to(f"editions/{number}")
        (checkout / "out" / FOLDER).mkdir(exist_ok=True)
        (checkout / "out" / FOLDER / "state.json").write_text(str(number), encoding="utf-8")
        _step(push, checkout, branch)
    last = tmp_path / "last"
    (last / "out").mkdir(parents=True)
    _step(fetch, last, branch)
    assert (last / "out" / "vn-kr" / "latest" / "a.pdf").read_text(encoding="utf-8") == "3"
    assert (last / "out" / "vn-kr" / "editions" / "1" / "a.pdf").read_text(encoding="utf-8") == "1"
    assert (last / "out" / ".schedule" / "state.json").read_text(encoding="utf-8") == "3"


def _step(script: str, checkout: Path, branch: Path) -> None:
    env = environment(checkout.parent, {"EDITIONS": str(branch)})
    subprocess.run(["bash", "-e", "-c", script], cwd=checkout, env=env, check=True, capture_output=True)


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
        (["daily 07:00,08:00,09:00", "1st 07:20"], "Asia/Seoul", "*/20 * * * *"),
    ],
)
def test_it_ticks_as_often_as_the_minutes_need(
    times: list[str], zone: str, often: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    line = crontab_block(plan(*times, zone=zone), ("/opt/brief",), NOW).splitlines()[2]
    assert line.startswith(f"{often} /opt/brief -C /desk schedule tick --at ")


def test_the_line_says_what_was_asked_for_in_crons_own_way() -> None:
    asked = plan("Mon 07:00", workspace=Path("/a desk/100%"), on_change=MAIL)
    line = crontab_block(asked, ("/opt/brief",), NOW).splitlines()[2]
    assert r"100\%" in line
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    arguments = ["-C", "/a desk/100%", "schedule", "tick", *asked.options]
    assert shlex.split(command) == ["/opt/brief", *arguments]
    assert (
        subprocess.run(
            ["sh", "-c", command.replace("/opt/brief", "printf '%s\\n'")], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        == arguments
    )


def test_the_units_say_what_was_asked_for_in_systemds_own_way() -> None:
    asked = plan("Mon 07:00", "daily 02:30", zone="Europe/Berlin", on_change=QUOTED)
    service, timer = units(asked, ("/opt/brief",), NOW, machine=False).values()
    assert "OnCalendar=Mon *-*-* 07:00:00 Europe/Berlin\nOnCalendar=*-*-* 02:30:00 Europe/Berlin\n" in timer
    assert "Persistent=true\n" in timer
    assert "AccuracySec=1s\n" in timer  # else up to a minute late
    assert "OnStartupSec=1min\n" in timer  # else a run that a power cut broke off waits for the next one
    assert (
        'ExecStart=/usr/bin/env "/opt/brief" "-C" "/desk" "schedule" "tick" "--at" "Mon 07:00" "--at" "daily 02:30"'
        in service
    )
    assert r'''"--on-change" "sh -c 'echo \"100 %%\" $$HOME \\ é' "''' in service


@pytest.mark.parametrize("times", ["daily 02:30", "0,10,20,30,40,50 2 * * *", "28th 02:30"])
def test_the_time_after_a_gap_is_named_too(times: str) -> None:
    """What daylight saving skips falls due then, however often a day, and on whatever day it will be one year."""
    for zone, named in (("Europe/Berlin", True), ("Asia/Seoul", False)):
        asked = plan(times, zone=zone)
        lines = [*on_calendar(asked.crons[0], asked, NOW)]
        assert (f"*-*-* 03:00:00 {zone}" in lines) == named


def test_a_unit_of_the_machine_runs_as_the_owner_of_the_workspace(tmp_path: Path) -> None:
    asked = plan("Mon 07:00", workspace=tmp_path)
    for machine in (True, False):
        service = units(asked, ("/x",), NOW, machine=machine)[f"{name_of(tmp_path)}.service"]
        assert (f"User={os.geteuid()}\n" in service) == machine == ("User=" in service)


@SYSTEMD
@pytest.mark.parametrize("machine", [True, False])
@pytest.mark.parametrize("name", ["brief", 'Desk\'s 50% "x"', "back\\slash", "$HOME 책상"])
def test_systemd_finds_nothing_wrong_with_the_units(name: str, machine: bool, tmp_path: Path) -> None:
    asked = plan("Mon 07:00", "1st 07:00", workspace=tmp_path, on_change=QUOTED, on_failure="mail -s x y")
    program = tmp_path / name
    program.symlink_to("/bin/true")
    for name, text in units(asked, (str(program),), NOW, machine=machine).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.glob("briefgen-*")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "briefgen-" in line]
    assert (done.returncode, ours) == (0, [])


def test_names_differ_and_stay() -> None:
    assert name_of(Path("/srv/Our Desk")) == name_of(Path("/srv/Our Desk"))
    assert name_of(Path("/srv/Our Desk")).startswith("briefgen-our-desk-")
    assert name_of(Path("/srv/a/desk")) != name_of(Path("/srv/b/desk"))
    assert name_of(Path("/책상")).startswith("briefgen-desk-")
