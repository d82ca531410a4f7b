"""When the runs of a schedule are due: times as people write them, cron expressions, and moments (by cronsim)."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import merge
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from briefgen.model.findings import nearest_word

_REPEATED = timedelta(hours=3)
"""More than clocks are ever set back: cronsim starts this far away, as it takes a repeated hour for its first half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The schedule of a workspace: its times as people write them, their IANA time zone, and the commands to call."""

    workspace: Path
    at: tuple[str, ...]
    timezone: str
    on_change: str = ""
    on_failure: str = ""

    @property
    def crons(self) -> tuple[str, ...]:
        """All times as cron expressions."""
        return tuple(dict.fromkeys(cron for text in self.at for cron in parse_time(text)))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)

    @property
    def description(self) -> str:
        """The times and their zone, for people."""
        return f"{' and '.join(self.at)}, {self.timezone}"

    @property
    def options(self) -> tuple[str, ...]:
        """The plan as options of the commands of `briefgen schedule`."""
        times = (word for text in self.at for word in ("--at", text))
        hooks = (("--on-change", self.on_change), ("--on-failure", self.on_failure))
        return (*times, "--tz", self.timezone, *(word for hook in hooks if hook[1] for word in hook))

    def due_after(self, moment: datetime) -> Iterator[datetime]:
        """Yield all moments after this one at which a run is due, in order, each once (UTC).

        A time of day that daylight saving skips is due right after the gap; one that comes twice, the first time.
        """
        last = moment.astimezone(UTC)
        for found in merge(*(self._moments(cron, moment - _REPEATED) for cron in self.crons)):
            if found > last:
                yield (last := found)

    def latest_due(self, now: datetime) -> datetime | None:
        """Return the last moment up to `now` at which a run was due (UTC); None if there was none in 50 years."""
        moments = (self._moments(cron, now + _REPEATED, reverse=True) for cron in self.crons)
        return max((due for each in moments for due in islice((due for due in each if due <= now), 1)), default=None)

    def _moments(self, cron: str, start: datetime, *, reverse: bool = False) -> Iterator[datetime]:
        # in UTC, as Python compares two moments of one zone by what its clocks show
        return (found.astimezone(UTC) for found in CronSim(cron, start.astimezone(self.zone), reverse))

    def upcoming(self, now: datetime, count: int = 1) -> tuple[datetime, ...]:
        """Return the next runs, in the plan's zone."""
        return tuple(due.astimezone(self.zone) for due in islice(self.due_after(now), count))

    def to_json(self) -> str:
        """Return the plan as one line of ASCII."""
        return json.dumps(asdict(self), default=str)


def plan_from_json(line: str) -> Plan | None:
    """Return the plan that `to_json` wrote; None if this version cannot read it."""
    try:
        data = json.loads(line)
        zone = ZoneInfo(data["timezone"]).key
        plan = Plan(**data | {"workspace": Path(data["workspace"]), "at": tuple(data["at"]), "timezone": zone})
        return plan if plan.crons else None
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return None


def label(moment: datetime) -> str:
    """Return a moment as people write it: Mon 2026-11-23 07:00 +09:00."""
    return f"{moment:%a %Y-%m-%d %H:%M} {moment.isoformat()[-6:]}"


def parse_cron(cron: str) -> tuple[tuple[int, ...], ...]:
    """Return the minutes, hours, days, months and weekdays (Sunday is 0) of a cron expression.

    ValueError if it is none, or if it names a day that no year has.
    """
    try:
        read = CronSim(cron, datetime(2024, 1, 1, tzinfo=UTC))
        next(read)
    except CronSimError as error:
        field = str(error).removeprefix("Bad ").replace("-", " ")
        raise ValueError(f"the {field} of '{cron}' cannot be understood") from None
    except StopIteration:
        raise ValueError(f"'{cron}' names a day that no year has") from None
    weekdays = {day % 7 for day in read.weekdays if isinstance(day, int)}
    if min(read.days) < 0 or any(isinstance(day, tuple) for day in read.weekdays):
        raise ValueError("L, W and # are extensions of cron that not every timer understands; name the days")
    return tuple(tuple(sorted(each)) for each in (read.minutes, read.hours, read.days, read.months, weekdays))


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EXAMPLES = "'Mon 07:00', 'Mon,Thu 07:00', 'weekdays 07:00', 'daily 07:00,13:00', '1st 07:00' or cron's '0 7 * * 1'"
_GROUPS = {"daily": "*", "weekdays": "1-5", "weekends": "0,6"}
_NUMBERS = {name.casefold(): number % 7 for number, day in enumerate(DAYS, 1) for name in (day, day[:3])}
_TIMES = re.compile(r"\d{1,2}:\d\d(,\d{1,2}:\d\d)*")
_CRON = re.compile(r"[\d*,/A-Za-z-]+( [\d*,/A-Za-z-]+){4}")


@cache
def parse_time(text: str) -> tuple[str, ...]:
    """Return the cron expressions of a time as people write it; ValueError says what is wrong and what to write."""
    words = text.split()
    crons = (" ".join(words),) if _CRON.fullmatch(" ".join(words)) else tuple(_crons(words))
    for cron in crons:
        try:
            parse_cron(cron)
        except ValueError as error:
            raise ValueError(f"'{text}': {error}") from None
    return crons


def _crons(words: list[str]) -> Iterator[str]:
    text = " ".join(words)
    if not words or not _TIMES.fullmatch(words[-1]):
        raise ValueError(f"'{text}' does not end with a time of day like 07:00; write {_EXAMPLES}")
    names = ",".join(word for word in words[:-1] if word.casefold() not in ("every", "at", "on"))
    if not names:
        raise ValueError(f"'{text}' names no day; write 'daily {text}' or 'Mon {text}'")
    days = _days([name for name in names.split(",") if name])
    for time in words[-1].split(","):
        hour, minute = map(int, time.split(":"))
        if hour > 23 or minute > 59:
            raise ValueError(f"'{time}' is not a time of day; they go from 00:00 to 23:59")
        yield f"{minute} {hour} {days}"


def _days(names: list[str]) -> str:
    """Return cron's day, month and weekday."""
    ordinals = [re.fullmatch(r"(\d{1,2})(st|nd|rd|th)", name.casefold()) for name in names]
    days = {int(match[1]): match[0] for match in ordinals if match}
    if not days:
        weekdays = ",".join(dict.fromkeys(map(_weekdays, names)))
        return f"* * {'*' if '*' in weekdays else weekdays}"
    if not all(ordinals):
        raise ValueError(f"'{' '.join(names)}' mixes days of the month with others; give each a time of its own")
    if wrong := [name for day, name in days.items() if not 1 <= day <= 31]:
        raise ValueError(f"'{wrong[0]}' is not a day of a month; they go from 1st to 31st")
    return f"{','.join(map(str, sorted(days)))} * *"


def _weekdays(name: str) -> str:
    """Return cron's numbers of a day (Mon), a range (Mon-Fri, Sat..Mon) or a group (weekdays)."""
    folded = name.casefold().replace("..", "-")
    if folded in _GROUPS:
        return _GROUPS[folded]
    first, dash, last = folded.partition("-")
    for word in (first, last) if dash else (first,):
        if word not in _NUMBERS:
            near = nearest_word(word, (*_GROUPS, *DAYS, *(day[:3] for day in DAYS)))
            raise ValueError(f"'{name}' is not a day; " + (f"did you mean '{near}'?" if near else f"write {_EXAMPLES}"))
    start, end = _NUMBERS[first], _NUMBERS[last or first]
    return ",".join(str((start + days) % 7) for days in range((end - start) % 7 + 1))
