"""Moments at which cron expressions fall due in a time zone, daylight saving included: the one door to cronsim."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

_ANY_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_WINDOWS = (timedelta(days=2), timedelta(days=32), timedelta(days=367), timedelta(days=366 * 9))
"""How far back the last run is looked for; nine years lie between two 29 February around 2100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A cron expression as the numbers it stands for; Sunday is 0."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    either: bool
    """A day of the month or of the week will do; otherwise it must be both."""


def check(cron: str) -> None:
    """ValueError where the expression is none, or names a day that no year has."""
    try:
        read = CronSim(cron, _ANY_DAY)
        next(read)
    except CronSimError as error:
        field = str(error).removeprefix("Bad ").replace("-", " ")
        raise ValueError(f"the {field} of '{cron}' cannot be understood") from None
    except StopIteration:
        raise ValueError(f"'{cron}' names a day that no year has") from None
    if min(read.days) < 0 or any(isinstance(day, tuple) for day in read.weekdays):
        raise ValueError("L, W and # are extensions of cron that not every timer understands; name the days")


def fields(cron: str) -> Fields:
    """The numbers behind an expression that `check` lets pass."""
    read = CronSim(cron, _ANY_DAY)
    weekdays = {number % 7 for number in read.weekdays if isinstance(number, int)}
    return Fields(
        minutes=tuple(sorted(read.minutes)),
        hours=tuple(sorted(read.hours)),
        days=tuple(sorted(read.days)),
        months=tuple(sorted(read.months)),
        weekdays=tuple(sorted(weekdays)),
        either=not read.day_and,
    )


def following(crons: Iterable[str], zone: ZoneInfo, moment: datetime) -> Iterator[datetime]:
    """All moments after this one at which any of the expressions falls due, in order, each once, in UTC.

    A time of day that the clocks leap over comes right after the leap; one that they show twice comes the first time.
    """
    last = moment.astimezone(UTC)
    for found in merge(*(_moments(cron, zone, moment) for cron in crons)):
        if found > last:
            yield (last := found)


def _moments(cron: str, zone: ZoneInfo, moment: datetime) -> Iterator[datetime]:
    # told in UTC: two moments of one zone are compared by what its clocks show, which they may show twice
    start = (moment - timedelta(hours=3)).astimezone(zone)
    return (found.astimezone(UTC) for found in CronSim(cron, start))


def upcoming(crons: Iterable[str], zone: ZoneInfo, moment: datetime, count: int) -> tuple[datetime, ...]:
    """The next runs after a moment, in the zone's own time."""
    return tuple(found.astimezone(zone) for found in islice(following(crons, zone, moment), count))


def latest_due(crons: tuple[str, ...], zone: ZoneInfo, now: datetime) -> datetime | None:
    """The last moment, this very one included, at which a run fell due; None where there was none for years."""
    for window in _WINDOWS:
        last = None
        for found in following(crons, zone, now - window):
            if found > now:
                break
            last = found
        if last is not None:
            return last
    return None


def count_between(crons: tuple[str, ...], zone: ZoneInfo, earlier: datetime, later: datetime, most: int) -> int:
    """How many runs fell due after one moment and before another; counting ends at `most`."""
    between = takewhile(lambda each: each < later, following(crons, zone, earlier))
    return sum(1 for _ in islice(between, most))
