"""When runs fall due, across daylight saving, against a calendar that is walked minute by minute."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.tools.schedule.plan import count_between, following, latest_due, upcoming
from briefgen.tools.schedule.recipes import in_utc
from briefgen.tools.schedule.systemd import on_calendar

from .plans import NOW, plan

ZONES = ("Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC")
zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.times().map(lambda each: each.replace(second=0, microsecond=0, fold=0))
near_leaps = st.builds(time, st.integers(0, 3), st.sampled_from((0, 1, 29, 30, 59)))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 # the next line says the zone
    lambda each: each.replace(microsecond=0, tzinfo=UTC)
)


def _expected(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment on that day: the first of two, and the first there is after a leap of the clocks."""
    wall = datetime.combine(day, at)
    while _shown(moment := wall.replace(tzinfo=zone).astimezone(UTC), zone) != wall:
        wall += timedelta(minutes=1)
    return moment


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of the zone show."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


@settings(deadline=None, max_examples=25)
@given(zones, times | near_leaps, moments)
def test_every_day_has_its_run_once(zone: ZoneInfo, at: time, moment: datetime) -> None:
    found = list(islice(following([f"{at.minute} {at.hour} * * *"], zone, moment), 250))
    first = moment.astimezone(zone).date() - timedelta(days=1)
    days = (first + timedelta(days=number) for number in range(253))
    expected = [due for day in days if (due := _expected(day, at, zone)) > moment]
    assert found == expected[:250]


@settings(deadline=None, max_examples=25)
@given(zones, times | near_leaps, st.integers(0, 6), moments)
def test_the_last_one_due_is_the_last_there_was(zone: ZoneInfo, at: time, weekday: int, now: datetime) -> None:
    crons = (f"{at.minute} {at.hour} * * {weekday}", f"{at.minute} {at.hour} 1 * *")
    due = latest_due(crons, zone, now)
    assert due is not None
    assert due <= now < next(following(crons, zone, due))
    assert next(following(crons, zone, due - timedelta(seconds=1))) == due
    assert latest_due(crons, zone, due) == due
    assert latest_due(crons, zone, due - timedelta(seconds=1)) != due


@pytest.mark.parametrize(
    ("zone", "at", "around", "expected"),
    [
        ("Europe/Berlin", "30 2 * * *", date(2027, 3, 28), "2027-03-28T03:00:00+02:00"),
        ("Europe/Berlin", "30 2 * * *", date(2026, 10, 25), "2026-10-25T02:30:00+02:00"),
        ("America/New_York", "15 2 * * *", date(2027, 3, 14), "2027-03-14T03:00:00-04:00"),
        ("America/New_York", "30 1 * * *", date(2026, 11, 1), "2026-11-01T01:30:00-04:00"),
        ("Australia/Lord_Howe", "10 2 * * *", date(2026, 10, 4), "2026-10-04T02:30:00+11:00"),
    ],
)
def test_clocks_that_leap_and_clocks_that_repeat(zone: str, at: str, around: date, expected: str) -> None:
    midnight = datetime.combine(around, time(), ZoneInfo(zone))
    first, second = upcoming((at,), ZoneInfo(zone), midnight, 2)
    assert first.isoformat() == expected
    assert second.date() == around + timedelta(days=1)


def test_a_run_in_the_hour_that_comes_twice_is_seen_in_the_second() -> None:
    """It fell due the first time: at the second 02:10 it is 40 minutes ago, though the clock has yet to show 02:30."""
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 10, 25, 2, 10, tzinfo=zone, fold=1)
    assert latest_due(("30 2 * * *",), zone, now) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_rare_days_are_found() -> None:
    assert latest_due(("0 7 29 2 *",), ZoneInfo("UTC"), NOW) == datetime(2024, 2, 29, 7, tzinfo=UTC)


def test_runs_in_between_are_counted_up_to_a_limit() -> None:
    crons, zone = ("0 7 * * 1",), ZoneInfo("UTC")
    monday = datetime(2026, 11, 2, 7, tzinfo=UTC)
    assert count_between(crons, zone, monday, monday + timedelta(days=28), 100) == 3
    assert count_between(crons, zone, monday, monday + timedelta(days=2800), 100) == 100


PLANS = [
    ("daily 02:30",),
    ("daily 02:00", "1st,29th 00:00"),
    ("weekdays 07:00,13:45",),
    ("0 7 1 * 1", "Mon 07:00"),
    ("*/20 6-8 * 1,3,10,11 Sun",),
]


CHANGES = [
    ("Asia/Seoul", date(2027, 1, 31)),
    ("America/New_York", date(2027, 3, 14)),
    ("America/New_York", date(2027, 11, 7)),
    ("Europe/Berlin", date(2027, 3, 28)),
    ("Europe/Berlin", date(2027, 10, 31)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
]


# a second opinion by systemd itself; what the calendar expressions say is tested everywhere
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize("said", PLANS, ids=" and ".join)
def test_systemd_wakes_at_every_run(said: tuple[str, ...], zone: str, day: date) -> None:
    """Around the days on which the clocks change, for systemd alone would pass over what they leap over."""
    asked = plan(*said, zone=zone)
    start = datetime.combine(day - timedelta(days=3), time(), UTC)
    woken = {moment for line in on_calendar(asked, NOW) for moment in _elapses(line, start)}
    due = set(takewhile(lambda each: each < start + timedelta(days=8), following(asked.crons, asked.zone, start)))
    assert due
    assert due <= woken


def _elapses(line: str, start: datetime) -> Iterator[datetime]:
    command = ["systemd-analyze", "calendar", "--iterations=20", f"--base-time={start:%Y-%m-%d %H:%M:%S} UTC", line]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"TZ": "UTC", "PATH": os.environ["PATH"]}
    )
    for found in re.findall(r"(?:Next elapse|Iter\. #\d+): \w+ (\S+ \S+) UTC", done.stdout):
        yield datetime.fromisoformat(f"{found}+00:00")


@settings(deadline=None, max_examples=25)
@given(zones, st.sampled_from(PLANS[:4]), moments)
def test_a_timer_in_utc_wakes_at_every_run(zone: ZoneInfo, said: tuple[str, ...], moment: datetime) -> None:
    due = next(following(plan(*said).crons, zone, moment))
    assert latest_due(_in_utc(said, zone.key), ZoneInfo("UTC"), due) == due


@cache
def _in_utc(said: tuple[str, ...], zone: str) -> tuple[str, ...]:
    return in_utc(plan(*said, zone=zone), NOW)
