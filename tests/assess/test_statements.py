"""Statements: what a deadline, a source or a successor lets be said of them on a day, and nothing more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.assess import assess
from briefgen.model.briefing import Status
from briefgen.model.dates import parse_date
from briefgen.model.facts import Act, Delivery, Outcome, Reason, Superseded, Target
from briefgen.model.quantities import Cite

from .books import EARLY, LATE, book, statement, value

ON_DATES = [
    ("2025-06", "2025-03-31", Status.OPEN),
    ("2025-06", "2025-04-01", Status.DUE_SOON),
    ("2025-06", "2025-06-30", Status.DUE_SOON),
    ("2025-06", "2025-07-01", Status.DEADLINE_PASSED),
    ("2025", "2025-10-01", Status.OPEN),
    ("2025", "2025-10-02", Status.DUE_SOON),
    ("2025", "2025-12-31", Status.DUE_SOON),
    ("2025", "2026-01-01", Status.DEADLINE_PASSED),
    ("2025-08-11", "2025-08-11", Status.DUE_SOON),
    ("2025-08-11", "2025-08-12", Status.DEADLINE_PASSED),
    ("early 2025", "2025-05-01", Status.DUE_SOON),
    ("early 2025", "2025-05-02", Status.DEADLINE_PASSED),
    ("end 2025", "2025-12-31", Status.DUE_SOON),
    ("end 2025", "2026-01-01", Status.DEADLINE_PASSED),
    ("2024/2027", "2026-12-31", Status.OPEN),
    ("2024/2027", "2027-12-31", Status.DUE_SOON),
    ("2024/2027", "2028-01-01", Status.DEADLINE_PASSED),
    ("2024", "2025-01-10", Status.DEADLINE_PASSED),
]


@pytest.mark.parametrize(("due", "day", "status"), ON_DATES)
def test_a_deadline_is_over_the_day_after_its_period_ends(due: str, day: str, status: Status) -> None:
    asked = book(statement("ferry", due=value(due)))
    assert assess(asked, date.fromisoformat(day)).items["ferry"].status is status


@pytest.mark.parametrize(("due", "day", "status"), ON_DATES)
def test_a_target_has_its_deadline_in_by(due: str, day: str, status: Status) -> None:
    target = Target(indicator="trade", goal=value("5 billion USD"), by=value(due))
    assert assess(book(statement("goal", target=target)), date.fromisoformat(day)).items["goal"].status is status


def test_how_near_is_near_is_a_setting() -> None:
    asked = book(statement("ferry", due=value("2025-06-30")))
    assert assess(asked, date(2025, 6, 29), due_soon_days=0).items["ferry"].status is Status.OPEN
    assert assess(asked, date(2025, 6, 30), due_soon_days=0).items["ferry"].status is Status.DUE_SOON
    assert assess(asked, date(2025, 1, 31), due_soon_days=150).items["ferry"].status is Status.DUE_SOON


def test_without_a_date_there_is_no_deadline() -> None:
    item = assess(book(statement("ferry")), date(2030, 1, 1)).items["ferry"]
    assert item.status is Status.NO_LATER_REPORT
    assert item.why == "no date was set and no later source reports on it"


def test_a_position_has_neither_deadline_nor_outcome() -> None:
    stated = statement("view", act=Act.STATED, due=value("2025"))
    assert assess(book(stated), date(2030, 1, 1)).items["view"].status is Status.STANDS


@pytest.mark.parametrize("delivery", Delivery)
def test_what_was_done_is_what_a_source_says_from_the_day_it_is_out(delivery: Delivery) -> None:
    outcome = Outcome(status=delivery, cites=(Cite("late", 3),))
    asked = book(statement("ferry", due=value("2025-03"), outcome=outcome))
    before, after = (assess(asked, day).items["ferry"] for day in (LATE - timedelta(days=1), LATE))
    assert before.status is Status.DEADLINE_PASSED
    assert after.status == delivery.value
    assert after.why == "a source says so: late:L3"


def test_the_reason_names_only_sources_that_are_out() -> None:
    outcome = Outcome(status=Delivery.PARTLY, cites=(Cite("early", 3), Cite("late", 9)))
    asked = book(statement("ferry", outcome=outcome))
    assert assess(asked, EARLY).items["ferry"].why == "a source says so: early:L3"
    assert assess(asked, LATE).items["ferry"].why == "a source says so: early:L3, late:L9"


@given(
    due=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    day=st.dates(EARLY, date(2035, 1, 1)),
    act=st.sampled_from([act for act in Act if act is not Act.STATED]),
)
def test_without_a_source_nothing_is_said_of_delivery(due: date, day: date, act: Act) -> None:
    status = assess(book(statement("ferry", act=act, due=value(str(due)))), day).items["ferry"].status
    assert status.value not in {delivery.value for delivery in Delivery}
    assert (status is Status.DEADLINE_PASSED) == (day > due)


def test_superseded_only_once_the_successor_is_known_and_what_became_of_it_is_kept() -> None:
    old = statement("goal-2023", due=value("2025-03"), superseded=Superseded(by="goal-2025", reason=Reason.REPLACED))
    both = book(old, statement("goal-2025", "late", due=value("2025-12", "late:L1#x")))
    before = assess(both, LATE - timedelta(days=1)).items["goal-2023"]
    assert (before.status, before.superseded_by, before.became) == (Status.DEADLINE_PASSED, "", None)
    after = assess(both, LATE).items["goal-2023"]
    assert (after.status, after.superseded_by) == (Status.SUPERSEDED, "goal-2025")
    assert after.became is Status.DEADLINE_PASSED
    assert after.why.startswith("replaced by goal-2025; of itself: the deadline ended on 2025-03-31")


def test_a_chain_of_successors_names_the_next_one() -> None:
    chain = book(
        statement("a", superseded=Superseded(by="b", reason=Reason.REPLACED)),
        statement("b", superseded=Superseded(by="c", reason=Reason.CORRECTED)),
        statement("c", "late"),
    )
    assert [item.superseded_by for item in assess(chain, LATE).items.values()] == ["b", "c", ""]
    assert [item.superseded_by for item in assess(chain, EARLY).items.values()] == ["b", ""]


def test_a_reviewed_day_changes_no_status() -> None:
    asked = statement("ferry", due=value("2025-03"))
    reviewed = replace(asked, reviewed=parse_date("2025-08-01"))
    day = date(2025, 9, 1)
    assert assess(book(asked), day).items["ferry"].status is assess(book(reviewed), day).items["ferry"].status


@pytest.mark.parametrize("act", [Act.HOPED, Act.INVITED, Act.PLANNED])
@pytest.mark.parametrize("day", ["2025-03-31", "2025-04-01", "2025-07-01"])
def test_what_nobody_owes_by_a_day_has_a_date_and_no_deadline(act: Act, day: str) -> None:
    item = assess(book(statement("visit", act=act, due=value("2025-06"))), date.fromisoformat(day)).items["visit"]
    assert item.why.startswith("its date end")
