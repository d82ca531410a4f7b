"""Cron expressions as systemd writes them: the lines of OnCalendar= (systemd.time(7))."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from briefgen.schedule.calendar import Fields, fields, following
from briefgen.schedule.plan import Plan

_NAMES = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_AHEAD = timedelta(days=366 * 5)
"""How far ahead leaps of the clocks are looked for."""
_OFTEN = 4
"""Runs a day."""


def on_calendar(plan: Plan, now: datetime) -> tuple[str, ...]:
    """Lines that wake the timer whenever the plan falls due.

    A time of day that the clocks leap over never comes for systemd: for those the time after the leap is named too,
    and on all other days the tick finds nothing due.
    """
    lines = [line for cron in plan.crons for line in _lines(fields(cron), plan.timezone)]
    lines += [f"*-*-* {time}:00 {plan.timezone}" for time in _after_leaps(plan, now)]
    return tuple(dict.fromkeys(lines))


def _lines(said: Fields, zone: str) -> Iterator[str]:
    time = f"{_numbers(said.hours, 24)}:{_numbers(said.minutes, 60)}:00 {zone}"
    months = _numbers(said.months, 12)
    weekdays = "" if len(said.weekdays) == len(_NAMES) else ",".join(_NAMES[day] for day in said.weekdays) + " "
    days = _numbers(said.days, 31)
    if said.either:
        yield f"{weekdays}*-{months}-* {time}"
        yield f"*-{months}-{days} {time}"
    else:
        yield f"{weekdays}*-{months}-{days} {time}"


def _numbers(found: Iterable[int], all_of_them: int) -> str:
    numbers = tuple(found)
    return "*" if len(numbers) == all_of_them else ",".join(f"{number:02}" for number in numbers)


def _after_leaps(plan: Plan, now: datetime) -> list[str]:
    """The times of day at which a run comes that no expression names: right after the clocks have leapt."""
    found: dict[str, None] = {}
    for cron in plan.crons:
        said = fields(cron)
        if len(said.hours) * len(said.minutes) > _OFTEN:
            continue  # the next one is not far
        for moment in takewhile(lambda each: each < now + _AHEAD, following([cron], plan.zone, now)):
            local = moment.astimezone(plan.zone)
            if local.hour not in said.hours or local.minute not in said.minutes:
                found[f"{local:%H:%M}"] = None
    return list(found)
