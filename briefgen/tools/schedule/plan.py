"""Moments at which cron expressions fall due in a time zone, daylight saving included: the one door to cronsim."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from briefgen.model.findings import nearest_word

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EXAMPLES = "'Mon 07:00', 'Mon,Thu 07:00', 'weekdays 07:00', 'daily 07:00,13:00', '1st 07:00' or cron's '0 7 * * 1'"
_GROUPS = {"daily": "*", "weekdays": "1-5", "weekends": "0,6"}
_NUMBERS = {name.casefold(): (number + 1) % 7 for number, name in enumerate(DAYS)}
_SHORT = {name[:3]: number for name, number in _NUMBERS.items()}
_KNOWN = (*_GROUPS, *DAYS, *(name[:3] for name in DAYS))
_TIMES = re.compile(r"\d{1,2}:\d\d(,\d{1,2}:\d\d)*")
_ORDINAL = re.compile(r"(\d{1,2})(st|nd|rd|th)")
_CRON = re.compile(r"[\d*,/A-Za-z-]+")
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """Times that come again: as they were written, and as cron expressions of five fields (minute to weekday)."""

    text: str
    crons: tuple[str, ...]


def parse_rule(text: str) -> Rule:
    """The times that a person means; ValueError says what cannot be understood, and what could be written."""
    words = text.split()
    if len(words) == _FIELDS and all(_CRON.fullmatch(word) for word in words):
        crons: tuple[str, ...] = (" ".join(words),)
    else:
        crons = tuple(_crons(words))
    for cron in crons:
        _check(text, cron)
    return Rule(text=text, crons=crons)


def _check(text: str, cron: str) -> None:
    """What no calendar has: a 25th hour, a 30 February."""
    try:
        check(cron)
    except ValueError as error:
        raise ValueError(f"'{text}': {error}") from None


def _crons(words: list[str]) -> Iterable[str]:
    said = " ".join(words)
    if not words or not _TIMES.fullmatch(words[-1]):
        raise ValueError(f"'{said}' ends with no time of day like 07:00; write {EXAMPLES}")
    names = [word for word in words[:-1] if word.casefold() not in ("every", "at", "on")]
    if not names:
        raise ValueError(f"'{said}' names no day; write 'daily {said}' or 'Mon {said}'")
    days = _days([part for name in names for part in name.split(",") if part])
    for hour, minute in map(_time, words[-1].split(",")):
        yield f"{minute} {hour} {days}"


def _time(text: str) -> tuple[int, int]:
    hour, minute = (int(part) for part in text.split(":"))
    if hour > 23 or minute > 59:
        raise ValueError(f"'{text}' is no time of day; they go from 00:00 to 23:59")
    return hour, minute


def _days(names: list[str]) -> str:
    """Cron's day, month and weekday."""
    ordinals = [_ordinal(match) for name in names if (match := _ORDINAL.fullmatch(name.casefold()))]
    if not ordinals:
        weekdays = ",".join(dict.fromkeys(_weekdays(name) for name in names))
        return f"* * {'*' if '*' in weekdays else weekdays}"
    if len(ordinals) < len(names):
        raise ValueError(f"'{' '.join(names)}' names days of the month and others; give each a time of its own")
    return f"{','.join(map(str, sorted({*ordinals})))} * *"


def _ordinal(match: re.Match[str]) -> int:
    day = int(match[1])
    if not 1 <= day <= 31:
        raise ValueError(f"'{match[0]}' is no day of a month; they go from 1st to 31st")
    return day


def _weekdays(name: str) -> str:
    """Cron's numbers of a day (Mon), a range (Mon-Fri, Sat..Mon) or a group (weekdays)."""
    folded = name.casefold().replace("..", "-")
    if group := _GROUPS.get(folded):
        return group
    first, _, last = folded.partition("-")
    start, end = _weekday(first, name), _weekday(last or first, name)
    return ",".join(str((start + days) % 7) for days in range((end - start) % 7 + 1))


def _weekday(word: str, said: str) -> int:
    number = _NUMBERS.get(word, _SHORT.get(word))
    if number is None:
        near = nearest_word(word, _KNOWN)
        hint = f"did you mean '{near}'?" if near else f"write {EXAMPLES}"
        raise ValueError(f"'{said}' is no day; {hint}")
    return number


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The schedule of one workspace."""

    workspace: Path
    rules: tuple[Rule, ...]
    timezone: str
    """In which the times are told (IANA name)."""
    on_change: str = ""
    """A command line that is called when there is a new edition or revision."""
    on_failure: str = ""
    """A command line that is called when a run has failed."""

    @property
    def crons(self) -> tuple[str, ...]:
        """All its times as cron expressions."""
        return tuple(dict.fromkeys(cron for rule in self.rules for cron in rule.crons))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)

    @property
    def times(self) -> str:
        """The times as they were written, for people."""
        return f"{' and '.join(rule.text for rule in self.rules)}, {self.timezone}"

    def upcoming(self, now: datetime, count: int) -> tuple[datetime, ...]:
        """The next runs, in the plan's zone."""
        return upcoming(self.crons, self.zone, now, count)

    def latest_due(self, now: datetime) -> datetime | None:
        """The last moment, this one included, at which a run fell due (UTC)."""
        return latest_due(self.crons, self.zone, now)

    @property
    def options(self) -> tuple[str, ...]:
        """The plan as options of the commands of `briefgen schedule`."""
        times = (part for rule in self.rules for part in ("--at", rule.text))
        commands = (("--on-change", self.on_change), ("--on-failure", self.on_failure))
        called = (part for option, line in commands if line for part in (option, line))
        return (*times, "--tz", self.timezone, *called)

    def arguments(self, command: str) -> tuple[str, ...]:
        """What is typed after the program's name, to have that command of `briefgen schedule` work by this plan."""
        return ("-C", str(self.workspace), "schedule", command, *self.options)


def written(plan: Plan) -> str:
    """One line from which the plan can be read again."""
    said = {
        "workspace": str(plan.workspace),
        "at": [rule.text for rule in plan.rules],
        "timezone": plan.timezone,
        "on_change": plan.on_change,
        "on_failure": plan.on_failure,
    }
    return json.dumps(said)


def read(line: str) -> Plan | None:
    """The plan of such a line; None where it is none, or none that this version understands."""
    try:
        said = json.loads(line)
        return Plan(
            workspace=Path(said["workspace"]),
            rules=tuple(parse_rule(text) for text in said["at"]),
            timezone=str(ZoneInfo(said["timezone"])),
            on_change=str(said["on_change"]),
            on_failure=str(said["on_failure"]),
        )
    except (ValueError, KeyError, TypeError, OSError):
        return None
