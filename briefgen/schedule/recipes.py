"""Recipes for timers that are not this machine's own: complete files, filled in with the plan."""

import json
import shlex
from datetime import datetime
from pathlib import Path
from subprocess import list2cmdline
from textwrap import indent

from briefgen.schedule.crontab import minutes_between
from briefgen.schedule.plan import Plan
from briefgen.schedule.utc import in_utc

_FOLDER = Path(__file__).with_name("recipes")
_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FILES = {
    "github": "github.yaml",
    "gitlab": "gitlab.yaml",
    "kubernetes": "kubernetes.yaml",
    "windows": "windows.ps1",
    "container": "container.txt",
}
"""The recipe for each kind of timer."""


def recipe(kind: str, plan: Plan, now: datetime) -> str:
    """The recipe of that name for this plan."""
    text = _text(FILES[kind])
    for name, value in _values(kind, plan, now).items():
        text = text.replace(f"@{name}@", value)
    return text


def _values(kind: str, plan: Plan, now: datetime) -> dict[str, str]:
    """What is filled in; scripts stand as deep as their recipe has them."""
    depth = {"github": 10, "gitlab": 6}.get(kind, 0)
    options = plan.options
    return {
        "times": plan.times,
        "options": shlex.join(options),
        "windows_options": list2cmdline(options).replace("'", "''"),
        "minutes": str(minutes_between(plan, now)),
        "libraries": _LIBRARIES,
        "utc": indent("\n".join(f'- cron: "{cron}"' for cron in in_utc(plan, now)), " " * 4),
        "glab": "\n".join(map(_glab, plan.crons, [plan.timezone] * len(plan.crons))),
        "fetch": _script("fetch.sh", depth),
        "push": _script("push.sh", depth),
        "arguments": json.dumps(["schedule", "run" if kind == "container" else "now", *options], ensure_ascii=False),
        "cronjobs": "\n".join(_cronjob(plan, number, cron) for number, cron in enumerate(plan.crons, 1)),
    }


def _glab(cron: str, zone: str) -> str:
    return f'#   glab schedule create --cron "{cron}" --cronTimeZone {zone} --ref main --description Briefings'


def _cronjob(plan: Plan, number: int, cron: str) -> str:
    name = "briefings" if number == 1 else f"briefings-{number}"
    arguments = json.dumps(["schedule", "now", *plan.options], ensure_ascii=False)
    text = _text("cronjob.yaml").removesuffix("\n")
    for key, value in {"name": name, "cron": cron, "zone": plan.timezone, "arguments": arguments}.items():
        text = text.replace(f"@{key}@", value)
    return text


def _script(name: str, depth: int) -> str:
    return indent(_text(name).removesuffix("\n"), " " * depth)


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
