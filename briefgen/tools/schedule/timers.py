"""Writes a plan in the language of every kind of timer: systemd units, lines of a crontab, recipes for elsewhere."""

import hashlib
import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from math import gcd
from pathlib import Path
from subprocess import list2cmdline
from textwrap import indent

from briefgen.tools.schedule.plan import Plan, parse_cron, plan_from_json

_MARK = "# briefgen plan: "


def name_of(workspace: Path) -> str:
    """Return the name of the workspace's timer, which never changes and which no other workspace has."""
    readable = re.sub(r"[^a-z0-9]+", "-", workspace.name.casefold()).strip("-") or "desk"
    return f"briefgen-{readable}-{hashlib.sha256(str(workspace).encode()).hexdigest()[:8]}"


def plan_in(text: str) -> Plan | None:
    """Return the plan in a comment of a timer's text; None if there is none that this version can read."""
    found = (line.removeprefix(_MARK) for line in text.split("\n") if line.startswith(_MARK))
    return plan_from_json(next(found, ""))


def units(plan: Plan, program: Sequence[str], now: datetime, *, machine: bool) -> dict[str, str]:
    """Return the service and the timer by file name; the `machine`'s systemd runs it as the owner of the workspace.

    Percent signs are doubled (systemd.unit(5), "Specifiers"); ExecStart= is quoted by the rules of systemd.service(5).
    """
    lines = dict.fromkeys(line for cron in plan.crons for line in on_calendar(cron, plan, now))
    quoted = str.maketrans({"\\": r"\\", '"': r"\"", "%": "%%", "$": "$$"})
    values = {
        "workspace": str(plan.workspace).replace("%", "%%"),
        "user": f"User={plan.workspace.stat().st_uid}\n" if machine else "",
        "command": " ".join(f'"{word.translate(quoted)}"' for word in _tick(plan, program)),
        "mark": _MARK + plan.to_json(),
        "times": plan.description.replace("%", "%%"),
        "calendar": "\n".join(f"OnCalendar={line}" for line in lines),
    }
    return {
        f"{name_of(plan.workspace)}{suffix}": _fill(f"systemd{suffix}", values) for suffix in (".service", ".timer")
    }


def crontab_block(plan: Plan, program: Sequence[str], now: datetime) -> str:
    """Return the lines for a crontab: cron knows one zone only, so it calls `tick` often, which knows the plan's."""
    minutes = tick_minutes(plan, now)
    values = {
        "name": name_of(plan.workspace),
        "mark": _MARK + plan.to_json(),
        "minutes": {60: "0 * * * *", 1: "* * * * *"}.get(minutes, f"*/{minutes} * * * *"),
        "command": shlex.join(_tick(plan, program)).replace("%", r"\%"),
    }
    return _fill("crontab.txt", values)


def recipe(kind: str, plan: Plan, now: datetime) -> str:
    """Return the recipe of recipes/KIND for the plan: github, gitlab, kubernetes, windows or container."""
    utc = dict.fromkeys(line for cron in plan.crons if kind == "github" for line in utc_crons(cron, plan, now))
    values = {
        "times": plan.description,
        "options": shlex.join(plan.options),
        "windows_options": list2cmdline(plan.options).replace("'", "''"),
        "arguments": json.dumps(
            ["schedule", "run" if kind == "container" else "now", *plan.options], ensure_ascii=False
        ),
        "minutes": str(tick_minutes(plan, now)),
        "utc": "\n".join(f'- cron: "{line}"' for line in utc),
        "fetch": _text("fetch.sh"),
        "push": _text("push.sh"),
    }
    jobs = [
        values | {"name": f"briefings-{number}" if number > 1 else "briefings", "cron": cron, "zone": plan.timezone}
        for number, cron in enumerate(plan.crons, 1)
    ]
    for part in ("cronjob.yaml", "glab.txt"):
        values[part.partition(".")[0]] = "".join(_fill(part, job) for job in jobs)
    return _fill(f"{kind}.*", values)


def _tick(plan: Plan, program: Sequence[str]) -> tuple[str, ...]:
    return (*program, "-C", str(plan.workspace), "schedule", "tick", *plan.options)


def _text(pattern: str) -> str:
    return next(Path(__file__).with_name("recipes").glob(pattern)).read_text(encoding="utf-8")


def _fill(name: str, values: Mapping[str, str]) -> str:
    """Return the file with each @name@ replaced; a value alone on its line is indented as its name was."""

    def value(match: re.Match[str]) -> str:
        return indent(values[match[2]].removesuffix("\n"), match[1]) if match[2] else values[match[3]]

    return re.sub(r"(?m)^( *)@(\w+)@$|@(\w+)@", value, _text(name))


def tick_minutes(plan: Plan, now: datetime) -> int:
    """Return the longest interval, in minutes from this machine's full hour, whose ticks meet every run exactly."""
    coming = (due for cron in plan.crons for due in islice(_coming(cron, plan, now), 1000))
    return gcd(60, *(due.astimezone().minute for due in coming))


def on_calendar(cron: str, plan: Plan, now: datetime) -> Iterator[str]:
    """Yield the values of OnCalendar= by which the timer elapses whenever the expression is due (systemd.time(7)).

    A time of day that daylight saving skips never comes for systemd, so the time right after the gap is named too; on
    all other days the tick then finds nothing due.
    """
    minutes, hours, days, months, weekdays = parse_cron(cron)
    names = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    weekday = ",".join(names[day] for day in weekdays) + " " if len(weekdays) < 7 else ""
    month, day = _joined(months, 12), _joined(days, 31)
    minute_field, hour_field, day_field, _, weekday_field = cron.split()
    either = "*" not in day_field[0] + weekday_field[0]  # to cron, one of the two is enough then
    for weekday_, day_ in ((weekday, "*"), ("", day)) if either else ((weekday, day),):
        yield f"{weekday_}*-{month}-{day_} {_joined(hours, 24)}:{_joined(minutes, 60)}:00 {plan.timezone}"
    if "*" not in minute_field[0] + hour_field[0]:  # cron makes up after a gap for no other times
        for due in _coming(f"{minute_field} {hour_field} * * *", plan, now):  # on whatever day the gap is
            if due.hour not in hours or due.minute not in minutes:
                yield f"*-*-* {due:%H:%M}:00 {plan.timezone}"


def utc_crons(cron: str, plan: Plan, now: datetime) -> Iterator[str]:
    """Yield expressions in UTC that are due whenever this one is, in summer and in winter, and sometimes besides."""
    _, _, days, months, weekdays = parse_cron(cron)
    coming = [due.astimezone(UTC) for due in _coming(cron, plan, now)]
    for minute in sorted({due.minute for due in coming}):
        some = [due for due in coming if due.minute == minute]
        hour = _joined({due.hour for due in some}, 24, "")
        day = _joined({due.day for due in some}, 31, "") if len(days) < 31 else "*"
        month = _joined({due.month for due in some}, 12, "") if len(months) < 12 else "*"
        weekday = _joined({due.isoweekday() % 7 for due in some}, 7, "") if len(weekdays) < 7 else "*"
        yield f"{minute} {hour} {day} {month} {weekday}"


def _coming(cron: str, plan: Plan, now: datetime) -> Iterator[datetime]:
    """Yield the moments of the next two years at which an expression is due, in the plan's zone."""
    due_after = replace(plan, at=(cron,)).due_after(now)
    return (due.astimezone(plan.zone) for due in takewhile(lambda due: due < now + timedelta(days=800), due_after))


def _joined(numbers: Iterable[int], size: int, width: str = "02") -> str:
    """Return numbers as cron and systemd write them; an asterisk if they are all there are."""
    found = sorted(numbers)
    return "*" if len(found) == size else ",".join(f"{number:{width}}" for number in found)
