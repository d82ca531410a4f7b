"""A plan for timers that know UTC only: expressions that wake at every run, and sometimes besides."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from briefgen.schedule.calendar import Fields, fields, following
from briefgen.schedule.plan import Plan

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
