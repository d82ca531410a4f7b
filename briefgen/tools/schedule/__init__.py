"""The plan of a schedule: when its runs are due (by cronsim), and what each kind of timer needs to start them."""

import hashlib
import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import merge
from itertools import islice, takewhile
from math import gcd
from pathlib import Path
from subprocess import list2cmdline
from textwrap import indent
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from briefgen.localise.cldr import month_names
from briefgen.model.findings import nearest_word
from briefgen.model.typed_json import load_json
from briefgen.read.zones import zone_hint, zone_meant
from briefgen.tools.schedule.phrases import DAYS, listed, meant

_MARK = "# briefgen plan: "
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

    def in_words(self, now: datetime, count: int) -> str:
        """Return the next runs as people write them."""
        return ", ".join(map(label, self.upcoming(now, count))) or "none"

    @property
    def comment(self) -> str:
        """The plan as a comment of a timer, one line of ASCII."""
        return _MARK + json.dumps(asdict(self), default=str)


def plan_in(text: str) -> Plan | None:
    """Return the plan in a comment of a timer's text; None if there is none that this version can read."""
    line = next((line.removeprefix(_MARK) for line in text.split("\n") if line.startswith(_MARK)), "")
    try:
        data = load_json(line)
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
        field, days = str(error).removeprefix("Bad ").replace("-", " "), cron.split()[2]
        if field == "day of month" and re.fullmatch(r"(?:[1-9]|[12]\d|3[01])", days):
            raise ValueError(f"'{cron}' names a day that no year has") from None
        raise ValueError(f"the {field} of '{cron}' cannot be understood") from None
    except StopIteration:
        raise ValueError(f"'{cron}' names a day that no year has") from None
    weekdays = {day % 7 for day in read.weekdays if isinstance(day, int)}
    if min(read.days) < 0 or any(isinstance(day, tuple) for day in read.weekdays):
        raise ValueError("L, W and # are extensions of cron that not every timer understands; name the days")
    return tuple(tuple(sorted(each)) for each in (read.minutes, read.hours, read.days, read.months, weekdays))


_DAYS = tuple(day[:3] for day in DAYS)
_EXAMPLES = "'Mon 07:00', 'Mon,Thu 07:00', 'weekdays 07:00', 'daily 07:00,13:00', '1st 07:00' or cron's '0 7 * * 1'"
_WEEKDAY = "|".join((*DAYS, *_DAYS))
_COUNTED = re.compile(
    r"(?:every (?:other|second|third|fourth|[2-6](?:nd|rd|th)?|two|three|four|six)|alternate) "
    rf"(?P<each>{_WEEKDAY}|day|week|month)s?\b"
    r"|\b(?:bi-?weekly|fortnightly|(?:even|odd) weeks)\b|격주|cách tuần|\b(?:day|week) (?:before|after)\b"
    r"|\b(?:last|first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th))\s+"
    rf"(?P<of_month>{_WEEKDAY}|(?:working |business |work|week)?day)\b",
    re.IGNORECASE,
)
"""What comes every so many weeks, hangs on another day, or is a weekday that is numbered within its month."""
_GROUPS = {"daily": "*", "weekdays": "1-5", "weekends": "0,6"}
_NUMBERS = {name.casefold(): number % 7 for number, day in enumerate(DAYS, 1) for name in (day, day[:3])}
_TIMES = re.compile(r"[0-9]{1,2}:[0-9]{2}(,[0-9]{1,2}:[0-9]{2})*")
_ZONE = re.compile(r"[A-Z]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d")
_BETWEEN = re.compile(r"\s*(?:;|,|&|\band\b|\n)\s*(?=[A-Za-z])")
_LIKE_CRON = re.compile(r"(?=.*[*?])[0-9*,/?#LWA-Z-]+( [0-9*,/?#LWA-Za-z-]+){2,6}")
_CRON = re.compile(r"[0-9*,/-]+ [0-9*,/-]+( [0-9*,/A-Za-z-]+){3}")


@cache
def parse_time(text: str) -> tuple[str, ...]:
    """Return the cron expressions of a time as people write it; ValueError says what is wrong and what to write."""
    try:
        return _parse(text)
    except ValueError:
        if said := _understood(text):
            raise ValueError(said) from None
        raise


def _understood(text: str) -> str:
    """Return what to say of a time that cannot be read and is understood all the same; else an empty text."""
    if counted := _COUNTED.search(text):
        return _uncounted(counted, text)
    time, zone = _without_zone(text)
    if zone and (phrase := time if _is_read(time) else meant(time)[0]):
        name = zone if zone in available_timezones() and not zone.isupper() else zone_meant(zone)
        named = name or f"ZONE; {zone_hint(zone)}"  # EST is a name too, and no summer time
        return f"'{text}' names a zone, which stands for itself: --at '{phrase}' --tz {named}"
    parts = [part if _is_read(part) else _whole(part) for part in _BETWEEN.split(text)]
    if len(parts) > 1 and all(parts):
        return f"'{text}' is more than one time; write " + " ".join(f"--at '{part}'" for part in parts)
    phrase, lacks = meant(text)
    if not phrase:
        return ""
    if not _is_read(phrase):
        return f"'{text}' names a day that no year has"
    return f"'{text}' " + (f"names {lacks}; write '{phrase}'" if lacks else f"cannot be read; did you mean '{phrase}'?")


def _uncounted(counted: re.Match[str], text: str) -> str:
    day, time = counted["each"] or counted["of_month"] or "", _TIMES.search(text)
    at = time[0] if time else "07:00"
    week = f"'{day if day.casefold() in _NUMBERS else 'Mon'} {at}'"
    message = f"'{counted[0]}'{' of a month' * bool(counted['of_month'])} cannot be said: not every timer counts so"
    return f"{message}; name the day, as in '25th {at}', or every week: {week}"


def _whole(text: str) -> str:
    """Return how a time is written that lacks nothing; else an empty text."""
    phrase, lacks = meant(text)
    return "" if lacks else phrase


def _without_zone(text: str) -> tuple[str, str]:
    """Return a time without the zone that ends it, and that zone, which is empty if there is none."""
    spaced = re.sub(r"(?<=\d)(?=(?:Z|[+-]\d\d:?\d\d)$)", " ", text.strip().removesuffix(" time"))
    time, _, zone = spaced.rpartition(" ")
    zone = zone.removeprefix("(").removesuffix(")")
    is_zone = zone in available_timezones() or _ZONE.fullmatch(zone) or zone_meant(zone)
    return (time, zone) if is_zone and not _TIMES.fullmatch(zone) else (text, "")


def _is_read(text: str) -> bool:
    with suppress(ValueError):
        return bool(_parse(text))
    return False


def _parse(text: str) -> tuple[str, ...]:
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
    if _LIKE_CRON.fullmatch(text):
        fields = f"has {len(words)} fields; cron's are five: minute, hour, day, month, weekday"
        raise ValueError(f"'{text}' {fields if len(words) != 5 else 'has a sign that not every timer understands'}")
    if not words or not _TIMES.fullmatch(words[-1]):
        raise ValueError(f"'{text}' does not end with a time of day like 07:00; write {_EXAMPLES}")
    times = {time: [*map(int, time.split(":"))] for time in words[-1].split(",")}
    for time, (hour, minute) in times.items():
        if hour > 23 or minute > 59:
            next_day = "; 24:00 is 00:00 of the next day" * (time == "24:00")
            raise ValueError(f"'{time}' is not a time of day; they go from 00:00 to 23:59{next_day}")
    names = ",".join(word for word in words[:-1] if word.casefold() not in ("every", "at", "on"))
    if not names:
        raise ValueError(f"'{text}' names no day; write 'daily {words[-1]}' or 'Mon {words[-1]}'")
    days = _days([name for name in names.split(",") if name])
    yield from (f"{minute} {hour} {days}" for hour, minute in times.values())


def _days(names: list[str]) -> str:
    ordinals = [re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)", name.casefold()) for name in names]
    days = {int(match[1]): match[0] for match in ordinals if match}
    if not days:
        weekdays = ",".join(dict.fromkeys(map(_weekdays, names)))
        return f"* * {'*' if '*' in weekdays else weekdays}"
    if not all(ordinals):
        raise ValueError(f"'{' '.join(names)}' mixes days of the month with others; give each a time of its own")
    if wrong := [name for day, name in days.items() if not 1 <= day <= 31]:
        raise ValueError(f"'{wrong[0]}' is not a day of a month; they go from 1st to 31st")
    return f"{listed(days)} * *"


def _weekdays(name: str) -> str:
    """Return cron's numbers of a day (Mon), a range (Mon-Fri, Sat..Mon) or a group (weekdays)."""
    folded = name.casefold().replace("..", "-")
    if folded in _GROUPS:
        return _GROUPS[folded]
    first, dash, last = folded.partition("-")
    for word in (first, last) if dash else (first,):
        if word not in _NUMBERS:
            if re.fullmatch(r"(?:bi|semi)?-?(?:week|night|month|year|hour|quarter)(?:ly)?", word):
                day = "Mon 07:00" if re.search("week|night", word) else "1st 07:00"
                raise ValueError(f"'{name}' is not a day; name one, as in '{day}', or write cron's five fields")
            if month := month_names("en").get(word):
                cron = f"'0 7 1 {month} *'"
                raise ValueError(f"'{name}' is a month; with its day, cron's five fields say it: {cron}")
            if word in ("today", "tomorrow", "tonight", "now"):
                raise ValueError(f"'{name}' is not a day that comes again; for one run: briefgen schedule now")
            known = (*_GROUPS, *DAYS, *_DAYS) if word.isascii() and word.isalpha() else ()
            near = nearest_word(word, [each for each in known if each[0].casefold() == word[0]])  # today is no Monday
            raise ValueError(f"'{name}' is not a day; " + (f"did you mean '{near}'?" if near else f"write {_EXAMPLES}"))
    start, end = _NUMBERS[first], _NUMBERS[last or first]
    return ",".join(str((start + days) % 7) for days in range((end - start) % 7 + 1))


def name_of(workspace: Path) -> str:
    """Return the name of the workspace's timer, which never changes and which no other workspace has."""
    readable = re.sub(r"[^a-z0-9]+", "-", workspace.name.casefold()).strip("-") or "desk"
    return f"briefgen-{readable}-{hashlib.sha256(str(workspace).encode()).hexdigest()[:8]}"


def units(plan: Plan, program: Sequence[str], now: datetime, *, machine: bool) -> dict[str, str]:
    """Return the service and the timer by file name; the `machine`'s systemd runs it as the owner of the workspace.

    Percent signs are doubled (systemd.unit(5), "Specifiers"); ExecStart= is quoted by the rules of systemd.service(5);
    it takes no quotes or backslashes in the name of the program itself, hence env.
    """
    lines = dict.fromkeys(line for cron in plan.crons for line in on_calendar(cron, plan, now))
    quoted = str.maketrans({"\\": r"\\", '"': r"\"", "%": "%%", "$": "$$"})
    values = {
        "workspace": str(plan.workspace).replace("%", "%%"),
        "user": f"User={plan.workspace.stat().st_uid}\n" if machine else "",
        "command": " ".join(("/usr/bin/env", *(f'"{word.translate(quoted)}"' for word in _tick(plan, program)))),
        "mark": plan.comment,
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
        "mark": plan.comment,
        "minutes": {60: "0 * * * *", 1: "* * * * *"}.get(minutes, f"*/{minutes} * * * *"),
        "command": shlex.join(_tick(plan, program)).replace("%", r"\%"),
    }
    return _fill("crontab.txt", values)


def recipe(kind: str, plan: Plan, now: datetime) -> str:
    """Return the recipe of recipes/KIND for the plan: github, gitlab, kubernetes, windows or container."""
    utc = dict.fromkeys(line for cron in plan.crons if kind == "github" for line in utc_crons(cron, plan, now))
    command = "run" if kind == "container" else "now"
    values = {
        "times": plan.description,
        "options": shlex.join(plan.options),
        "windows_options": list2cmdline(plan.options).replace("'", "''"),
        "arguments": json.dumps(["schedule", command, *plan.options], ensure_ascii=False),
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
    weekday = ",".join(_DAYS[day - 1] for day in weekdays) + " " if len(weekdays) < 7 else ""
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
