"""Recipes for the timers of others: each reads as what it is, does what it says, and stands in the README."""

import json
import shutil
import subprocess
from pathlib import Path
from subprocess import list2cmdline
from typing import Any

import pytest
import yaml
from conftest import PROJECT, environment

from briefgen.tools.schedule.install import way_here
from briefgen.tools.schedule.programs import refused
from briefgen.tools.schedule.recipes import FILES, recipe
from briefgen.tools.schedule.run import home_of
from briefgen.tools.schedule.systemd import Systemd

from .conftest import Programs
from .plans import NOW, plan

SAMPLE = plan("Mon 07:00", zone="Asia/Seoul")
HARD = plan("Mon 07:00", "daily 13:30", zone="Europe/Berlin", on_change="""sh -c 'cat: # "$1" %'""")


def _parsed(kind: str, asked: Any = HARD) -> list[Any]:
    return list(yaml.safe_load_all(recipe(kind, asked, NOW)))


@pytest.mark.parametrize("kind", FILES)
def test_nothing_is_left_to_fill_in(kind: str) -> None:
    for asked in (SAMPLE, HARD):
        text = recipe(kind, asked, NOW)
        assert "@" not in text.replace("x-access-token:${{ github.token }}@github.com", "").replace(
            "actions/checkout@v4", ""
        ).replace("EDITIONS_TOKEN}@${", "").replace("briefgen@localhost", "")


@pytest.mark.parametrize("kind", FILES)
def test_the_readme_shows_the_same(kind: str) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert f"\n{recipe(kind, SAMPLE, NOW)}```\n" in readme, f"paste what `briefgen schedule print --{kind}` prints"


def test_github_wakes_in_utc_and_decides_by_the_tick() -> None:
    (said,) = _parsed("github")
    assert [each["cron"] for each in said[True]["schedule"]] == [  # "on" is true in YAML 1.1
        "0 5 * * 1",
        "0 6 * * 1",
        "30 11 * * *",
        "30 12 * * *",
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


# a bare system has no git and the program needs none; the runners of these recipes, and CI, do
@pytest.mark.skipif(not shutil.which("git"), reason="git, which the recipes call, is not on this machine")
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
        home_of(checkout / "out").mkdir(exist_ok=True)
        (home_of(checkout / "out") / "state.json").write_text(str(number), encoding="utf-8")
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


@pytest.mark.parametrize(("state", "way"), [("running", "systemd"), ("offline", "cron")])
def test_systemd_goes_before_cron(state: str, way: str, programs: Programs, tmp_path: Path) -> None:
    programs.add_crontab()
    programs.add_systemctl(state)
    assert way_here(Systemd(user=True, folder=tmp_path)) == way


def test_what_is_refused_names_its_place() -> None:
    assert str(refused("crontab -l", "P526", "no", "hint").findings[0]) == "crontab -l: error P526 no"
