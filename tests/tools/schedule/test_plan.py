"""When runs fall due, across daylight saving, against a calendar that is walked minute by minute; times as written."""

import os
import re
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain, islice, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import SYSTEMD
from hypothesis import given
from hypothesis import strategies as st

from briefgen.tools.schedule import on_calendar, parse_cron, parse_time, plan_in, utc_crons
from briefgen.tools.schedule.phrases import DAYS

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


@given(zones, times | near_leaps, moments)
def test_every_day_has_its_run_once(zone: ZoneInfo, at: time, moment: datetime) -> None:
    found = list(islice(plan(f"{at.minute} {at.hour} * * *", zone=zone.key).due_after(moment), 250))
    first = moment.astimezone(zone).date() - timedelta(days=1)
    days = (first + timedelta(days=number) for number in range(253))
    expected = [due for day in days if (due := _expected(day, at, zone)) > moment]
    assert found == expected[:250]


@given(zones, times | near_leaps, st.integers(0, 6), moments)
def test_the_last_one_due_is_the_last_there_was(zone: ZoneInfo, at: time, weekday: int, now: datetime) -> None:
    asked = plan(f"{at.minute} {at.hour} * * {weekday}", f"{at.minute} {at.hour} 1 * *", zone=zone.key)
    due = asked.latest_due(now)
    assert due is not None
    assert due <= now < next(asked.due_after(due))
    assert next(asked.due_after(due - timedelta(seconds=1))) == due
    assert asked.latest_due(due) == due
    assert asked.latest_due(due - timedelta(seconds=1)) != due


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
    first, second = plan(at, zone=zone).upcoming(midnight, 2)
    assert first.isoformat() == expected
    assert second.date() == around + timedelta(days=1)


def test_a_run_in_the_hour_that_comes_twice_is_seen_in_the_second() -> None:
    """It fell due the first time: at the second 02:10 it is 40 minutes ago, though the clock has yet to show 02:30."""
    asked = plan("30 2 * * *", zone="Europe/Berlin")
    now = datetime(2026, 10, 25, 2, 10, tzinfo=asked.zone, fold=1)
    assert asked.latest_due(now) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_rare_days_are_found() -> None:
    assert plan("0 7 29 2 *", zone="UTC").latest_due(NOW) == datetime(2024, 2, 29, 7, tzinfo=UTC)


PLANS = [
    ("daily 02:30",),
    ("daily 02:00", "1st,29th 00:00"),
    ("weekdays 07:00,13:45",),
    ("0 7 1 * 1", "Mon 07:00"),
    ("*/20 6-8 * 1,3,10,11 Sun",),
    ("0,10,20,30,40,50 2 * * *",),
]


CHANGES = [
    ("Asia/Seoul", date(2027, 1, 31)),
    ("America/New_York", date(2027, 3, 14)),
    pytest.param("America/New_York", date(2027, 11, 7), marks=pytest.mark.long),
    pytest.param("Europe/Berlin", date(2027, 3, 28), marks=pytest.mark.long),
    ("Europe/Berlin", date(2027, 10, 31)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
]


@SYSTEMD
@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_systemd_wakes_at_every_run(zone: str, day: date) -> None:
    """Around the days on which the clocks change, for systemd alone would pass over what they leap over."""
    start = datetime.combine(day - timedelta(days=3), time(), UTC)
    plans = [plan(*said, zone=zone) for said in PLANS]
    lines = [[line for cron in asked.crons for line in on_calendar(cron, asked, NOW)] for asked in plans]
    elapses = _elapses(start, *dict.fromkeys(chain(*lines)))
    for asked, theirs in zip(plans, lines, strict=True):
        due = set(takewhile(lambda each: each < start + timedelta(days=8), asked.due_after(start)))
        assert due
        assert due <= set().union(*(elapses[line] for line in theirs)), asked.at


def _elapses(start: datetime, *lines: str) -> dict[str, set[datetime]]:
    command = ["systemd-analyze", "calendar", "--iterations=80", f"--base-time={start:%Y-%m-%d %H:%M:%S} UTC", *lines]
    clean = {"TZ": "UTC", "PATH": os.environ["PATH"]}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=clean)
    said = re.compile(r"(?:Next elapse|Iter\. #\d+|Iteration #\d+): \w+ (\S+ \S+) UTC")
    blocks = [{datetime.fromisoformat(f"{each}+00:00") for each in said.findall(b)} for b in done.stdout.split("\n\n")]
    return dict(zip(lines, blocks, strict=True))


@given(zones, st.sampled_from(PLANS[:4]), moments)
def test_a_timer_in_utc_wakes_at_every_run(zone: ZoneInfo, said: tuple[str, ...], moment: datetime) -> None:
    due = next(plan(*said, zone=zone.key).due_after(moment))
    assert plan(*_in_utc(said, zone.key), zone="UTC").latest_due(due) == due


@cache
def _in_utc(said: tuple[str, ...], zone: str) -> tuple[str, ...]:
    asked = plan(*said, zone=zone)
    return tuple(line for cron in asked.crons for line in utc_crons(cron, asked, NOW))


@pytest.mark.parametrize(
    ("text", "crons"),
    [
        ("Mon 07:00", ["0 7 * * 1"]),
        ("every Monday at 7:00", ["0 7 * * 1"]),
        ("Mon,Thu 07:30", ["30 7 * * 1,4"]),
        ("Mon, Thu 07:30", ["30 7 * * 1,4"]),
        ("Sat..Mon 09:05", ["5 9 * * 6,0,1"]),
        ("sunday 00:00", ["0 0 * * 0"]),
        ("weekdays 07:00", ["0 7 * * 1-5"]),
        ("weekends 07:00", ["0 7 * * 0,6"]),
        ("daily 07:00,13:30", ["0 7 * * *", "30 13 * * *"]),
        ("1st,15th 07:00", ["0 7 1,15 * *"]),
        ("31st 23:59", ["59 23 31 * *"]),
        ("0 7 * * 1", ["0 7 * * 1"]),
        ("*/15 6-8 * JAN,jun Mon-Fri", ["*/15 6-8 * JAN,jun Mon-Fri"]),
    ],
)
def test_times_that_are_understood(text: str, crons: list[str]) -> None:
    assert list(parse_time(text)) == crons


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mod 07:00", "'Mod' is not a day; did you mean 'Monday'?"),
        ("dialy 07:00", "'dialy' is not a day; did you mean 'daily'?"),
        ("weekly 07:00", "'weekly 07:00' names no day of a week; write 'Mon 07:00'"),
        ("Thứ hai 07:00", "'Thứ hai 07:00' cannot be read; did you mean 'Mon 07:00'?"),
        ("월요일 오전 07:00", "did you mean 'Mon 07:00'?"),
        ("매주 월요일 오후 7시 30분", "did you mean 'Mon 19:30'?"),
        ("7 giờ sáng thứ Hai", "did you mean 'Mon 07:00'?"),
        ("mỗi thứ Hai và thứ Năm lúc 18h30", "did you mean 'Mon,Thu 18:30'?"),
        ("từ thứ 2 đến thứ 6 7h", "did you mean 'Mon-Fri 07:00'?"),
        ("월요일과 목요일 저녁 6시", "did you mean 'Mon,Thu 18:00'?"),
        ("월요일부터 금요일까지 아침 7시", "did you mean 'Mon-Fri 07:00'?"),
        ("매월 1일과 15일 정오", "did you mean '1st,15th 12:00'?"),
        ("월·목 18:30", "did you mean 'Mon,Thu 18:30'?"),
        ("May 07:00", "'May' is a month; with its day, cron's five fields say it: '0 7 1 5 *'"),
        ("thứ 7 lúc 7h tối", "did you mean 'Sat 19:00'?"),
        ("CN 07:00", "did you mean 'Sun 07:00'?"),
        ("ngày 1 hàng tháng 07:00", "did you mean '1st 07:00'?"),
        ("Mondays 6:30 pm", "did you mean 'Mon 18:30'?"),
        ("7 p.m. daily", "did you mean 'daily 19:00'?"),
        ("Monday at 7 in the evening", "did you mean 'Mon 19:00'?"),
        ("Mon, Wed and Fri at 9 and 17", "did you mean 'Mon,Wed,Fri 09:00,17:00'?"),
        ("every 30 minutes", "did you mean '*/30 * * * *'?"),
        ("every hour", "did you mean '0 * * * *'?"),
        ("every 7 minutes", "does not end with a time of day"),
        ("1st and 15th", "'1st and 15th' names no time of day; write '1st,15th 07:00'"),
        ("Mon, 5th", "does not end with a time of day"),
        ("on the 15th", "'on the 15th' names no time of day; write '15th 07:00'"),
        ("15 Mar", "'15 Mar' names no time of day; write '0 7 15 3 *'"),
        ("1, 15", "does not end with a time of day"),
        ("12/1 07:00", "'12/1' is not a day"),
        ("01.02. 07:00", "'01.02.' is not a day"),
        ("01.02 07:00", "'01.02' is not a day"),
        ("30 Feb 07:00", "'30 Feb 07:00' names a day that no year has"),
        ("quarterly 07:00", "names no day of a month; write '0 7 1 1,4,7,10 *'"),
        ("noon", "'noon' names no day; write 'daily 12:00'"),
        ("7h30", "'7h30' names no day; write 'daily 07:30'"),
        ("every 07:00", "'every 07:00' names no day; write 'daily 07:00'"),
        ("last Friday of the month", "'last Friday' of a month cannot be said"),
        ("every second Tue 07:00", "'every second Tue' cannot be said: not every timer counts so; name the day"),
        ("격주 월요일 07:00", "'격주' cannot be said"),
        ("the day before the summit", "'day before' cannot be said"),
        ("Mon 07:00 and Thu 08:00", "is more than one time; write --at 'Mon 07:00' --at 'Thu 08:00'"),
        ("weekly on Monday at 7", "did you mean 'Mon 07:00'?"),
        ("매주 월요일 7시", "did you mean 'Mon 07:00'?"),
        ("zondag 07:00", "did you mean 'Sun 07:00'?"),
        ("everyday 07:00", "did you mean 'daily 07:00'?"),
        ("Mondays and Thursdays at 7.30pm", "did you mean 'Mon,Thu 19:30'?"),
        ("07:00 Monday through Friday", "did you mean 'Mon-Fri 07:00'?"),
        ("Mon 07:00, 13:00", "did you mean 'Mon 07:00,13:00'?"),
        ("1 and 15 07:00", "did you mean '1st,15th 07:00'?"),
        ("29 February 07:00", "did you mean '0 7 29 2 *'?"),
        ("Mon 12am", "did you mean 'Mon 00:00'?"),
        ("Mon 13pm", "does not end with a time of day"),
        ("Mon 07:00 KST", "names a zone, which stands for itself: --at 'Mon 07:00' --tz Asia/Seoul"),
        ("Mon 7am Seoul time", "names a zone, which stands for itself: --at 'Mon 07:00' --tz Asia/Seoul"),
        ("Mon 07:00 Asia/Seoul", "names a zone, which stands for itself: --at 'Mon 07:00' --tz Asia/Seoul"),
        ("Mon 07:00+09:00", "names a zone, which stands for itself: --at 'Mon 07:00' --tz ZONE; name a city"),
        ("Mon 07:00 GMT+7", "names a zone, which stands for itself: --at 'Mon 07:00' --tz ZONE; name a city"),
        ("Mon 07:00 utc", "names a zone, which stands for itself: --at 'Mon 07:00' --tz UTC"),
        ("Mon 07:00 EST", "names a zone, which stands for itself: --at 'Mon 07:00' --tz ZONE; an abbreviation may"),
        ("every 2 weeks Mon 07:00", "'every 2 weeks' cannot be said: not every timer counts so; name the day"),
        ("last working day 07:00", "'last working day' of a month cannot be said"),
        ("today 07:00", "'today' is not a day that comes again; for one run: briefgen schedule now"),
        ("0 7 * *", "'0 7 * *' has 4 fields; cron's are five"),
        ("0 0 7 * * 1", "'0 0 7 * * 1' has 6 fields; cron's are five"),
        ("0 7 ? * MON", "has a sign that not every timer understands"),
        ("biweekly Mon 07:00", "'biweekly' cannot be said"),
        ("bimonthly 07:00", "'bimonthly' is not a day; name one, as in '1st 07:00'"),
        ("every other Mon 07:00", "'every other Mon' cannot be said"),
        ("Mon/Thu 07:00", "did you mean 'Mon,Thu 07:00'?"),
        ("1st-5th 07:00", "'1st-5th' is not a day; write 'Mon 07:00'"),
        ("monthly 07:00", "names no day of a month; write '1st 07:00'"),
        ("Mon ０７:00", "did you mean 'Mon 07:00'?"),
        ("0 ７ * * 1", "'0 ７ * * 1' does not end with a time of day like 07:00"),
        ("１st 07:00", "did you mean '1st 07:00'?"),
        ("Mon", "'Mon' names no time of day; write 'Mon 07:00'"),
        ("Mon 7am", "did you mean 'Mon 07:00'?"),
        ("", "does not end with a time of day"),
        ("07:00", "'07:00' names no day; write 'daily 07:00'"),
        ("25:00", "'25:00' is not a time of day; they go from 00:00 to 23:59"),
        ("Mon 24:00", "'24:00' is not a time of day; they go from 00:00 to 23:59; 24:00 is 00:00 of the next day"),
        ("Mon 07:60", "'07:60' is not a time of day"),
        ("32nd 07:00", "'32nd' is not a day of a month; they go from 1st to 31st"),
        ("1st,Mon 07:00", "'1st Mon' mixes days of the month with others; give each a time of its own"),
        ("last Friday 07:00", "'last Friday' of a month cannot be said: not every timer counts so; name the day"),
        ("last Friday 07:00", "as in '25th 07:00', or every week: 'Friday 07:00'"),
        ("every 1st mon 07:00", "'1st mon' of a month cannot be said"),
        ("last day 07:00", "'last day' of a month cannot be said"),
        ("0 25 * * *", "the hour of '0 25 * * *' cannot be understood"),
        ("0 7 * * Foo", "the day of week of '0 7 * * Foo' cannot be understood"),
        ("0 7 31 4 *", "'0 7 31 4 *' names a day that no year has"),
        ("0 7 L * *", "L, W and # are extensions of cron that not every timer understands"),
        ("0 7 * * 5L", "L, W and # are extensions of cron that not every timer understands"),
    ],
)
def test_times_that_are_not_understood(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_time(text)


@given(st.sampled_from(DAYS), st.integers(0, 23), st.integers(0, 59), st.integers(2, 9))
def test_a_day_and_a_time_are_just_these(day: str, hour: int, minute: int, letters: int) -> None:
    text = f"{day if letters > 6 else day[:3]} {hour}:{minute:02}"
    (cron,) = parse_time(text)
    minutes, hours, days, months, weekdays = parse_cron(cron)
    assert (minutes, hours, weekdays) == ((minute,), (hour,), ((DAYS.index(day) + 1) % 7,))
    assert (len(days), len(months)) == (31, 12)


@given(st.text(max_size=30))
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    try:
        crons = parse_time(text)
    except ValueError as error:
        crons = (str(error),)
    assert all(len(each.split()) >= 5 for each in crons)


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"workspace": "/d", "at": ["Mod 7"], "timezone": "UTC"}', '{"workspace"']
)
def test_what_is_no_plan_is_none(line: str) -> None:
    assert plan_in(f"# briefgen plan: {line}") is None


def test_a_plan_comes_back_from_its_line() -> None:
    asked = plan("Mon 07:00", "daily 02:30", workspace=Path("/책상"), on_change="a \u2028 'b'", on_failure="c")
    assert plan_in(f"before\n{asked.comment}\nbehind") == asked
    assert asked.comment.isascii()
    assert plan_in(asked.comment.replace("Asia/Seoul", "Asia/Soul")) is None
