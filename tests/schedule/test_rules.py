"""Times as people write them, and what is said where they cannot be understood."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.tools.schedule.plan import DAYS, fields, parse_rule

ALL = tuple(range(7))


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
    assert list(parse_rule(text).crons) == crons


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mod 07:00", "'Mod' is no day; did you mean 'Monday'?"),
        ("dialy 07:00", "'dialy' is no day; did you mean 'daily'?"),
        ("Mon", "'Mon' ends with no time of day like 07:00; write 'Mon 07:00'"),
        ("Mon 7am", "'Mon 7am' ends with no time of day like 07:00"),
        ("", "ends with no time of day"),
        ("07:00", "'07:00' names no day; write 'daily 07:00' or 'Mon 07:00'"),
        ("Mon 24:00", "'24:00' is no time of day; they go from 00:00 to 23:59"),
        ("Mon 07:60", "'07:60' is no time of day"),
        ("32nd 07:00", "'32nd' is no day of a month; they go from 1st to 31st"),
        ("1st Mon 07:00", "'1st Mon' names days of the month and others; give each a time of its own"),
        ("0 25 * * *", "the hour of '0 25 * * *' cannot be understood"),
        ("0 7 * * Foo", "the day of week of '0 7 * * Foo' cannot be understood"),
        ("0 7 31 4 *", "the day of month of '0 7 31 4 *' cannot be understood"),
        ("0 7 L * *", "L, W and # are extensions of cron that not every timer understands"),
        ("0 7 * * 5L", "L, W and # are extensions of cron that not every timer understands"),
    ],
)
def test_times_that_are_not_understood(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_rule(text)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(DAYS), st.integers(0, 23), st.integers(0, 59), st.integers(2, 9))
def test_a_day_and_a_time_are_just_these(day: str, hour: int, minute: int, letters: int) -> None:
    text = f"{day if letters > 6 else day[:3]} {hour}:{minute:02}"
    (cron,) = parse_rule(text).crons
    said = fields(cron)
    assert (said.hours, said.minutes, said.weekdays) == ((hour,), (minute,), ((DAYS.index(day) + 1) % 7,))
    assert (len(said.days), len(said.months), said.either) == (31, 12, False)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=30))
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    try:
        crons = parse_rule(text).crons
    except ValueError as error:
        crons = (str(error),)
    assert all(len(each.split()) >= 5 for each in crons)
