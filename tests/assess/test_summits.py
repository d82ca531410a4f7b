"""Summits: ahead, perhaps over, over without a word, or held; and only exact days count down."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from briefgen.assess import assess
from briefgen.model.briefing import Status
from briefgen.model.dates import parse_date
from briefgen.model.facts import Act, AnyFact, Delivery, Outcome, Reason, Superseded
from briefgen.model.quantities import Cite

from .books import EARLY, LATE, book, mechanism, meeting, statement, summit, value

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


@pytest.mark.parametrize(
    ("day", "status"),
    [("2025-12-31", UPCOMING), ("2026-01-01", PERHAPS), ("2026-12-31", PERHAPS), ("2027-01-01", OVER)],
)
def test_one_to_be_held_by_a_year_may_have_taken_place_once_that_has_begun(day: str, status: Status) -> None:
    ahead = replace(summit("s7", "2026"), when=None, values={"by": value("2026")})
    assert assess(book(ahead), date.fromisoformat(day)).items["s7"].status is status


def test_or_once_no_source_or_review_has_confirmed_for_a_year_that_it_lies_ahead() -> None:
    ahead = replace(summit("s7", "2028"), when=None, values={"by": value("2028")})
    reviewed = replace(ahead, reviewed=parse_date("2025-12-01"))
    dated = summit("s7", "2028")
    last = EARLY + timedelta(days=365)
    for fact, day, status in ((ahead, last, UPCOMING), (ahead, last + timedelta(days=1), PERHAPS)):
        assert assess(book(fact), day).items["s7"].status is status
    for fact in (reviewed, dated):
        assert assess(book(fact), last + timedelta(days=1)).items["s7"].status is UPCOMING
    assert assess(book(ahead), EARLY + timedelta(days=200)).foresee() == last + timedelta(days=1)


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


def test_a_meeting_took_place_once_the_source_of_its_occasion_is_out_though_a_later_one_confirms_it() -> None:
    talks = meeting("talks", "late", held=True, cites=(Cite("early", 1), Cite("late", 1), Cite("last", 1)))
    asked = book(talks, sources={"early": EARLY, "late": LATE, "last": LATE + timedelta(days=90)})
    days = (LATE - timedelta(days=1), LATE)
    assert [assess(asked, day).items["talks"].status for day in days] == [UPCOMING, Status.HELD]


CHANNEL = mechanism("channel", every=value("2 years"))
HELD = meeting("held", "early", session_of="channel")
ANNOUNCED = replace(meeting("next", "early", session_of="channel", when=value("2026")), held=False, on=None)


def next_due(day: date, *facts: AnyFact) -> tuple[str, Status]:
    found = assess(book(CHANNEL, HELD, *facts), day).items["channel"]
    return str(found.due or ""), found.status


def test_no_session_is_due_while_one_is_announced_and_again_when_it_was_called_off() -> None:
    assert next_due(date(2025, 12, 31), ANNOUNCED) == ("", Status.STANDS)
    assert next_due(date(2026, 1, 1), ANNOUNCED) == ("", Status.STANDS)
    called_off = replace(ANNOUNCED, superseded=Superseded(by="news", reason=Reason.LAPSED))
    assert next_due(LATE, called_off, statement("news", "late")) == ("2027", Status.OPEN)


def test_the_next_session_is_not_counted_from_one_that_was_corrected_away_and_of_no_channel_that_was_replaced() -> None:
    wrong = meeting("w", "late", session_of="channel", superseded=Superseded(by="news", reason=Reason.CORRECTED))
    news = statement("news")
    assert next_due(date(2026, 1, 1), wrong, news) == ("2027", Status.OPEN)
    replaced = replace(CHANNEL, superseded=Superseded(by="news", reason=Reason.REPLACED))
    assert assess(book(replaced, HELD, news), LATE).items["channel"].due is None


def test_what_a_source_says_of_a_channel_is_the_reason_of_its_status_though_a_session_is_due() -> None:
    told = Outcome(status=Delivery.IN_PROGRESS, cites=(Cite("early", 2),))
    channel = mechanism("channel", act=Act.AGREED, every=value("2 years"), outcome=told)
    found = assess(book(channel, HELD), LATE).items["channel"]
    assert (str(found.due), found.why) == ("2027", "a source says so: early:L2")
