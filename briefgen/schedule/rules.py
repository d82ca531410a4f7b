"""When a run is due, as people write it: "Mon 07:00", "weekdays 07:00", "1st,15th 07:00", or five cron fields."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefgen.findings import nearest
from briefgen.schedule.calendar import check

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
        near = nearest(word, _KNOWN)
        hint = f"did you mean '{near}'?" if near else f"write {EXAMPLES}"
        raise ValueError(f"'{said}' is no day; {hint}")
    return number
