"""A plan for timers that know UTC only: expressions that wake at every run, and sometimes besides."""

import json
import shlex
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path
from subprocess import list2cmdline
from textwrap import indent

from briefgen.tools.schedule.crontab import minutes_between
from briefgen.tools.schedule.plan import Fields, Plan, fields, following

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


_AHEAD = timedelta(days=366 * 2)
_EVERY_DAY, _EVERY_WEEKDAY, _EVERY_MONTH = 31, 7, 12


def in_utc(plan: Plan, now: datetime) -> tuple[str, ...]:
    """Cron expressions in UTC that come whenever the plan falls due, in summer and in winter; the tick decides."""
    found = (line for cron in plan.crons for line in _expressions(plan, cron, now))
    return tuple(dict.fromkeys(found))


def _expressions(plan: Plan, cron: str, now: datetime) -> Iterator[str]:
    said = fields(cron)
    coming = list(takewhile(lambda each: each < now + _AHEAD, following([cron], plan.zone, now)))
    for minute in sorted({each.minute for each in coming}):
        hours = {each.hour for each in coming if each.minute == minute}
        for group in [[hour] for hour in sorted(hours)] if len(hours) <= 2 else [sorted(hours)]:
            here = [each for each in coming if each.minute == minute and each.hour in group]
            yield f"{minute} {_numbers(group, 24)} {_days(said, here)}"


def _days(said: Fields, moments: Iterable[datetime]) -> str:
    """Day, month and weekday: those that come, where the expression names any."""
    some = list(moments)
    days = {each.day for each in some} if len(said.days) < _EVERY_DAY else range(_EVERY_DAY)
    months = {each.month for each in some} if len(said.months) < _EVERY_MONTH else range(_EVERY_MONTH)
    weekdays = (
        {each.isoweekday() % 7 for each in some} if len(said.weekdays) < _EVERY_WEEKDAY else range(_EVERY_WEEKDAY)
    )
    return f"{_numbers(days, _EVERY_DAY)} {_numbers(months, _EVERY_MONTH)} {_numbers(weekdays, _EVERY_WEEKDAY)}"


def _numbers(found: Iterable[int], all_of_them: int) -> str:
    numbers = sorted(found)
    return "*" if len(numbers) == all_of_them else ",".join(map(str, numbers))
