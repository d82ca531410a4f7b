"""What statements have to do with each other and with summits, and from which day that is known."""

from datetime import date, timedelta

import pytest

from briefgen.assess import assess
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import parse_date
from briefgen.model.facts import Act, AnyFact, Delivery, Outcome, Reason, Superseded, Target
from briefgen.model.quantities import Cite

from .books import EARLY, LATE, book, mechanism, meeting, statement, summit, value

BEFORE = LATE - timedelta(days=1)


def _items(day: date, *facts: AnyFact) -> dict[str, Assessed]:
    return dict(assess(book(*facts), day).items)


def test_an_open_ask_reads_repeated_only_once_the_source_that_repeats_it_is_known() -> None:
    asked = (statement("ferry"), statement("ferry-again", "late", repeats=("ferry",)))
    before = _items(BEFORE, *asked)["ferry"]
    assert (before.status, before.repeated_by, before.became) == (Status.NO_LATER_REPORT, "", None)
    after = _items(LATE, *asked)["ferry"]
    assert (after.status, after.repeated_by, after.became) == (Status.REPEATED, "ferry-again", Status.NO_LATER_REPORT)
    assert after.why == "repeated by ferry-again; of itself: no date was set and no later source reports on it"


def test_each_of_a_chain_is_repeated_by_the_next_and_the_last_stays_open() -> None:
    chain = (statement("a"), statement("b", repeats=("a",)), statement("c", "late", repeats=("b",)))
    found = _items(LATE, *chain)
    assert [found[id].repeated_by for id in "abc"] == ["b", "c", ""]
    assert [found[id].status for id in "abc"] == [Status.REPEATED, Status.REPEATED, Status.NO_LATER_REPORT]


def test_the_order_in_the_file_does_not_matter() -> None:
    chain = (statement("c", "late", repeats=("b",)), statement("b", repeats=("a",)), statement("a"))
    found = _items(LATE, *chain)
    assert [found[id].repeated_by for id in "abc"] == ["b", "c", ""]


@pytest.mark.parametrize("delivery", Delivery)
def test_what_a_source_says_of_its_delivery_outweighs_that_it_was_repeated(delivery: Delivery) -> None:
    done = statement("ferry", outcome=Outcome(status=delivery, cites=(Cite("early", 3),)))
    item = _items(LATE, done, statement("again", "late", repeats=("ferry",)))["ferry"]
    assert (item.status.value, item.repeated_by, item.became) == (delivery.value, "again", None)


def test_what_is_addressed_to_a_meeting_that_was_announced_without_a_date_is_due_by_the_day_it_took_place() -> None:
    talks = meeting("talks", "late", held=True, cites=(Cite("early", 1), Cite("late", 1)))
    asked = (statement("ferry", summit="talks"), talks)
    assert (_items(BEFORE, *asked)["ferry"].due, _items(LATE, *asked)["ferry"].due) == (None, parse_date(str(LATE)))
    assert _items(LATE + timedelta(days=1), *asked)["ferry"].status is Status.DEADLINE_PASSED


def test_a_deadline_that_passed_is_not_hidden_by_repeating() -> None:
    asked = (statement("ferry", due=value("2025-03")), statement("again", "late", repeats=("ferry",)))
    assert _items(LATE, *asked)["ferry"].status is Status.DEADLINE_PASSED


def test_what_was_repeated_and_replaced_keeps_the_status_that_it_has_of_itself() -> None:
    old = statement("goal", due=value("2027"), superseded=Superseded(by="goal-2025", reason=Reason.REPLACED))
    new = statement("goal-2025", "late", repeats=("goal",))
    item = _items(LATE, old, new)["goal"]
    assert (item.status, item.became) == (Status.SUPERSEDED, Status.OPEN)


def test_an_answer_is_beside_the_ask_from_the_day_its_source_is_out() -> None:
    answered = (
        statement("ferry"),
        statement("yes", by=("NL",), act=Act.ANNOUNCED, answers=("ferry",)),
        statement("but", "late", by=("NL",), act=Act.STATED, answers=("ferry",)),
    )
    assert _items(BEFORE, *answered)["ferry"].answered_by == ("yes",)
    assert _items(LATE, *answered)["ferry"].answered_by == ("yes", "but")
    assert _items(LATE, *answered)["ferry"].status is Status.NO_LATER_REPORT


def test_what_was_corrected_away_repeats_and_answers_nothing() -> None:
    wrong = Superseded(by="right", reason=Reason.CORRECTED)
    facts = (
        statement("ferry"),
        statement("again", repeats=("ferry",), superseded=wrong),
        statement("yes", by=("NL",), answers=("ferry",), superseded=wrong),
        statement("right", "late"),
    )
    before, after = _items(BEFORE, *facts)["ferry"], _items(LATE, *facts)["ferry"]
    assert (before.status, before.repeated_by, before.answered_by) == (Status.REPEATED, "again", ("yes",))
    assert (after.status, after.repeated_by, after.answered_by) == (Status.NO_LATER_REPORT, "", ())


def test_an_ask_can_be_both_repeated_and_answered() -> None:
    facts = (
        statement("again", repeats=("ferry",)),
        statement("yes", by=("NL",), answers=("ferry",)),
        statement("ferry"),
    )
    item = _items(EARLY, *facts)["ferry"]
    assert (item.repeated_by, item.answered_by) == ("again", ("yes",))


def test_what_is_addressed_to_a_summit_is_due_by_then() -> None:
    asked = (statement("ferry", summit="s7-2026"), summit("s7-2026", "2026-06-10"))
    item = _items(EARLY, *asked)["ferry"]
    assert (item.due, item.status) == (parse_date("2026-06-10"), Status.OPEN)
    assert _items(date(2026, 6, 11), *asked)["ferry"].status is Status.DEADLINE_PASSED


def test_the_time_of_a_summit_is_taken_as_known_on_the_day() -> None:
    told_later = summit("s7-2026", "2026-06-10", "early", "late", cite="late:L1#when")
    asked = (statement("ferry", summit="s7-2026"), told_later)
    before, after = _items(BEFORE, *asked)["ferry"], _items(LATE, *asked)["ferry"]
    assert (before.due, before.status) == (None, Status.NO_LATER_REPORT)
    assert (after.due, after.status) == (parse_date("2026-06-10"), Status.OPEN)


def test_its_own_deadline_comes_before_that_of_its_target_and_that_before_its_summit() -> None:
    seven, target = summit("s7", "2026-06-10"), Target(indicator="trade", goal=value("5 billion USD"), by=value("2030"))
    found = _items(
        EARLY,
        seven,
        statement("own", due=value("2027"), target=target, summit="s7"),
        statement("target", target=target, summit="s7"),
        statement("summit", summit="s7"),
        statement("none"),
    )
    assert [str(found[id].due) for id in ("own", "target", "summit", "none")] == ["2027", "2030", "2026-06-10", "None"]


def test_a_deadline_that_only_a_later_source_names_gives_way_until_then() -> None:
    asked = statement("ferry", "early", "late", due=value("2025-12", "late:L1#x"), summit="s7")
    facts = (asked, summit("s7", "2026-06-10"))
    assert [str(_items(day, *facts)["ferry"].due) for day in (BEFORE, LATE)] == ["2026-06-10", "2025-12"]


def test_a_position_takes_no_deadline_from_a_summit() -> None:
    item = _items(EARLY, statement("view", act=Act.STATED, summit="s7"), summit("s7", "2026"))["view"]
    assert (item.due, item.status) == (None, Status.STANDS)


def test_the_briefing_changes_when_a_deadline_nears_that_only_an_earlier_day_knows() -> None:
    """The summit's time is the deadline until a later source names another one."""
    asked = statement("ferry", "early", "late", due=value("2030", "late:L1#x"), summit="s7")
    known = assess(book(asked, summit("s7", "2025-05-20")), EARLY, due_soon_days=90)
    assert known.next_change == date(2025, 2, 19)


def test_a_channel_that_a_source_reports_exists_and_one_that_was_agreed_has_no_later_report() -> None:
    found = _items(EARLY, mechanism("old"), mechanism("new", act=Act.AGREED), mechanism("aim", act=Act.PROPOSED))
    assert [found[id].status for id in ("old", "new", "aim")] == [
        Status.STANDS,
        Status.NO_LATER_REPORT,
        Status.NO_LATER_REPORT,
    ]
    assert found["new"].why == "it was agreed, and no later source reports on it"


def test_what_became_of_an_agreed_channel_is_what_a_source_says_from_the_day_it_is_out() -> None:
    outcome = Outcome(status=Delivery.FULFILLED, cites=(Cite("late", 3),))
    agreed = mechanism("new", act=Act.AGREED, outcome=outcome)
    before, after = _items(BEFORE, agreed)["new"], _items(LATE, agreed)["new"]
    assert (before.status, after.status) == (Status.NO_LATER_REPORT, Status.FULFILLED)
    assert after.why == "a source says so: late:L3"


def test_a_source_that_reports_on_an_agreed_channel_confirms_it() -> None:
    agreed = mechanism("new", act=Act.AGREED, outcome=Outcome(status=Delivery.FULFILLED, cites=(Cite("late", 3),)))
    assert [_items(day, agreed)["new"].confirmed for day in (BEFORE, LATE)] == [EARLY, LATE]
