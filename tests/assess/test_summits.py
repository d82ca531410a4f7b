"""Summits: ahead, perhaps over, over without a word, or held; and only exact days count down."""

from datetime import date, timedelta

import pytest

from briefgen.assess.briefing import assess
from briefgen.model.briefing import Status

from .books import EARLY, LATE, book, summit

UPCOMING, PERHAPS, OVER = Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE, Status.OUTCOME_NOT_RECORDED
ON_DATES = [
    ("2026", "2025-12-31", UPCOMING, None),
    ("2026", "2026-01-01", PERHAPS, None),
    ("2026", "2026-12-31", PERHAPS, None),
    ("2026", "2027-01-01", OVER, None),
    ("2026-06", "2026-05-31", UPCOMING, None),
    ("2026-06", "2026-06-01", PERHAPS, None),
    ("2026-06", "2026-07-01", OVER, None),
    ("2025-36", "2025-09-30", UPCOMING, None),
    ("2025-36", "2025-10-01", PERHAPS, None),
    ("end 2025", "2025-09-30", UPCOMING, None),
    ("end 2025", "2025-10-01", PERHAPS, None),
    ("end 2025", "2025-12-31", PERHAPS, None),
    ("end 2025", "2026-01-01", OVER, None),
    ("2026-06-10", "2026-06-09", UPCOMING, 1),
    ("2026-06-10", "2026-06-10", PERHAPS, 0),
    ("2026-06-10", "2026-06-11", OVER, None),
    ("2026-06-10/2026-06-12", "2026-06-01", UPCOMING, 9),
    ("2026-06-10/2026-06-12", "2026-06-11", PERHAPS, None),
    ("2026-06-10/2026-06-12", "2026-06-13", OVER, None),
]


@pytest.mark.parametrize(("when", "day", "status", "days"), ON_DATES)
def test_what_can_be_said_follows_from_the_date_alone(when: str, day: str, status: Status, days: int | None) -> None:
    item = assess(book(summit("s7-2026", when)), date.fromisoformat(day)).items["s7-2026"]
    assert (item.status, item.days) == (status, days)


def test_the_reason_says_that_no_source_tells() -> None:
    over = assess(book(summit("s7-2026", "2026-06")), date(2026, 7, 1)).items["s7-2026"]
    assert over.why == "its date ended on 2026-06-30 and no source says that it took place"


def test_held_is_what_a_source_says() -> None:
    assert assess(book(summit("s7-2024", "2024", held=True)), EARLY).items["s7-2024"].status is Status.HELD


def test_held_is_not_said_before_the_source_that_reports_it() -> None:
    told = book(summit("s7-2025", "2025-05", "early", "late", held=True))
    assert assess(told, LATE - timedelta(days=1)).items["s7-2025"].status is OVER
    assert assess(told, LATE).items["s7-2025"].status is Status.HELD


def test_a_date_that_only_a_later_source_gives_is_not_known_before() -> None:
    dated_later = book(summit("s7-2026", "2026-06-10", "early", "late", cite="late:L1#when"))
    before = assess(dated_later, EARLY).items["s7-2026"]
    assert (before.status, before.days, dict(before.values)) == (UPCOMING, None, {})
    assert before.why == "no source known on this day gives its date"
    assert assess(dated_later, LATE).items["s7-2026"].days == (date(2026, 6, 10) - LATE).days
