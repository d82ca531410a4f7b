"""Nothing is known before the source that tells it is out: no fact, cite, value, title, occasion or headline."""

from datetime import date, timedelta

import pytest

from briefgen.assess import assess, fact_known_from
from briefgen.model.facts import AnyFact, Conflict, EarlierText, Headline, Office, Reason, Role, Superseded, Target
from briefgen.model.quantities import EventRef

from .books import EARLY, LATE, book, common, statement, value

BEFORE_LATE = LATE - timedelta(days=1)


def test_before_the_first_source_nothing_is_known() -> None:
    briefing = assess(book(statement("ferry")), EARLY - timedelta(days=1))
    assert (dict(briefing.items), briefing.headlines, briefing.next_change) == ({}, (), EARLY)


def test_a_fact_is_known_from_its_first_source_and_cites_those_that_are_out() -> None:
    asked = book(statement("ferry", "late", "early"))
    early, late = assess(asked, EARLY).items["ferry"], assess(asked, LATE).items["ferry"]
    assert early.known_from == late.known_from == EARLY
    assert [cite.source for cite in early.cites] == ["early"]
    assert [cite.source for cite in late.cites] == ["late", "early"]


def test_a_value_is_known_from_its_own_source() -> None:
    target = Target(indicator="trade", goal=value("5 billion USD"), by=value("2030", "late:L1#by"))
    asked = book(statement("goal", "early", "late", target=target))
    assert list(assess(asked, EARLY).items["goal"].values) == ["goal"]
    assert list(assess(asked, LATE).items["goal"].values) == ["goal", "by"]


LATE_VALUES = {"amount": value("5 billion USD", "late:L1#x")}
WAITING: dict[str, AnyFact] = {
    "a value that its text names": statement("x", "early", "late", text="Give {amount}", values=LATE_VALUES),
    "a value that its note names": statement("x", "early", "late", note="Worth {amount}.", values=LATE_VALUES),
    "its occasion": statement("x", "early", "late", on=EventRef("late", "talks")),
    "the holder of the office": Office(
        **common("x", "early", "late"), holder=value("@ada", "late:L1#x"), party=value("@SL")
    ),
    "one of the facts in conflict": Conflict(**common("x"), between=("early", "late")),
    "the conflict's own source": Conflict(**common("x", "late"), between=("early", "early")),
}


@pytest.mark.parametrize("what", WAITING)
def test_a_fact_waits_for(what: str) -> None:
    asked = book(WAITING[what], statement("early"), statement("late", "late"))
    assert "x" not in assess(asked, BEFORE_LATE).items
    assert "x" in assess(asked, LATE).items
    assert fact_known_from(asked, WAITING[what]) == LATE


def test_of_several_earlier_texts_the_one_before_the_next_source_is_read_whatever_their_order() -> None:
    texts = (EarlierText(text="More", before="last"), EarlierText(text="Less", before="late"))
    sources = {"early": EARLY, "late": LATE, "last": LATE + timedelta(days=9)}
    asked = book(statement("x", earlier_texts=texts), sources=sources)
    assert [assess(asked, day).items["x"].fact.text for day in (EARLY, LATE, sources["last"])] == [
        "Less",
        "More",
        "Something",
    ]


def test_a_fact_whose_source_has_no_record_is_never_known() -> None:
    assert "x" not in assess(book(statement("x", "elsewhere")), date(2100, 1, 1)).items


def headline(id: str, text: str, *facts: str, rank: int = 1) -> Headline:
    return Headline(id=id, role=Role.MESSAGE, text=text, facts=facts, rank=rank)


def test_a_headline_waits_for_each_fact_and_each_value_it_names() -> None:
    asked = book(
        statement("a", "early", "late", values={"amount": value("5 billion USD", "late:L1#x"), "year": value("2025")}),
        statement("b", "late"),
        headlines=(
            headline("all", "Both", "a", "b", rank=3),
            headline("late-value", "{a.amount}", "a", rank=2),
            headline("early-value", "{a.year}", "a"),
        ),
    )
    assert [each.id for each in assess(asked, BEFORE_LATE).headlines] == ["early-value"]
    assert [each.id for each in assess(asked, LATE).headlines] == ["early-value", "late-value", "all"]


def test_a_headline_of_what_was_corrected_is_printed_until_the_correction_is_known() -> None:
    wrong = statement("a", superseded=Superseded(by="right", reason=Reason.CORRECTED))
    asked = book(wrong, statement("right", "late"), headlines=(headline("h", "It is so", "a"),))
    assert [len(assess(asked, day).headlines) for day in (BEFORE_LATE, LATE)] == [1, 0]
