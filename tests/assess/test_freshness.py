"""Freshness: how long nothing has confirmed a fact, by kind; what happened or is settled does not age."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped.pages import book as shipped_book
from shipped.pages import briefing

from briefgen.assess import assess
from briefgen.check.facts import past_review
from briefgen.model.briefing import Assessed, ShelfLives
from briefgen.model.dates import parse_date
from briefgen.model.facts import (
    Act,
    AnyFact,
    Delivery,
    Document,
    DocumentForm,
    Mechanism,
    Meeting,
    MeetingForm,
    Outcome,
    Reason,
    Superseded,
)
from briefgen.model.quantities import Cite, EventRef

from .books import EARLY, LATE, book, common, figure, milestone, office, statement, summit, value

LONG_AFTER = date(2060, 1, 1)
LIVES = ShelfLives()
AGEING: dict[str, AnyFact] = {
    "office": office("x"),
    "figure": figure("x", "2024"),
    "statement": statement("x"),
    "summit": summit("x", "2061"),
    "mechanism": Mechanism(**common("x")),
    "document": Document(**common("x"), form=DocumentForm.MEMORANDUM),
    "milestone": milestone("x", "2022"),
}
SUCCESSOR = Superseded(by="next", reason=Reason.REPLACED)
NEVER: dict[str, AnyFact] = {
    "a position": statement("x", act=Act.STATED),
    "a meeting": Meeting(**common("x"), form=MeetingForm.TALKS, on=EventRef("early", "talks")),
    "a deadline that passed": statement("x", due=value("2025")),
    "a summit held": summit("x", "2024", held=True),
    "a summit of which no outcome is recorded": summit("x", "2025"),
    "an ordinary step": milestone("x", "1992", level=False),
    "what is superseded": statement("x", superseded=SUCCESSOR),
    "an office that has ended": office("x", until=value("2025-03")),
    "an office that nothing confirmed for three years": office("x"),
    **{
        str(status): statement("x", outcome=Outcome(status=status, cites=(Cite("early", 2),)))
        for status in (Delivery.FULFILLED, Delivery.NOT_MET, Delivery.WITHDRAWN)
    },
}
days = st.dates(EARLY, date(2032, 12, 31))


def item(fact: AnyFact, day: date, **lives: int) -> Assessed:
    """The fact on the day, beside a later one."""
    return assess(book(fact, statement("next", "late")), day, shelf_lives=ShelfLives(**lives)).items[fact.id]


def start(fact: AnyFact) -> date:
    return date(2024, 12, 31) if fact.kind == "figure" else EARLY


@pytest.mark.parametrize("kind", AGEING)
def test_each_kind_has_a_shelf_life_of_its_own(kind: str) -> None:
    fact = AGEING[kind]
    due = start(fact) + timedelta(days=getattr(LIVES, kind))
    before, on = item(fact, due - timedelta(days=1)), item(fact, due)
    assert (before.stale, on.stale) == (False, True)
    assert before.review_due == on.review_due == due
    shorter = {kind: 40}
    assert item(fact, start(fact) + timedelta(days=40), **shorter).stale


def test_every_kind_that_ages_is_a_setting() -> None:
    assert {each.name for each in fields(ShelfLives)} == set(AGEING)


@pytest.mark.parametrize("what", NEVER)
def test_what_is_over_or_marked_already_does_not_age(what: str) -> None:
    on = item(NEVER[what], LONG_AFTER)
    assert (on.stale, on.review_due) == (False, None)


@pytest.mark.parametrize("status", [Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PARTLY, Delivery.OVERDUE])
def test_what_is_under_way_ages_from_the_source_that_told_so(status: Delivery) -> None:
    fact = statement("x", outcome=Outcome(status=status, cites=(Cite("late", 2),)))
    assert item(fact, LATE + timedelta(days=179)).confirmed == LATE
    assert not item(fact, LATE + timedelta(days=179)).stale
    assert item(fact, LATE + timedelta(days=180)).stale


def test_only_the_level_that_holds_ages() -> None:
    levels = book(milestone("old", "2009"), milestone("new", "2022"), milestone("step", "2024", level=False))
    assert {id for id, each in assess(levels, LONG_AFTER).items.items() if each.stale} == {"new"}


def test_the_level_that_took_the_place_of_one_of_a_whole_year_ages() -> None:
    more_exactly = Superseded(by="new", reason=Reason.REPLACED)
    levels = book(milestone("old", "2022", superseded=more_exactly), milestone("new", "2022-12-05", "early", "late"))
    assert {id for id, each in assess(levels, LONG_AFTER).items.items() if each.stale} == {"new"}


def test_a_figure_ages_from_the_end_of_what_was_last_observed() -> None:
    assert item(figure("x", "2020", "2023"), EARLY).review_due == date(2023, 12, 31) + timedelta(days=456)
    assert item(figure("x"), EARLY).review_due == EARLY + timedelta(days=456)


def test_a_source_that_tells_an_earlier_period_alone_does_not_confirm_the_latest() -> None:
    seen = figure("x", "2020", "2023")
    late = tuple(Cite("late", number) for number in (1, 2))
    first = replace(seen.observations[0], value=replace(seen.observations[0].value, cite=Cite("late", 1, "old")))
    told = replace(seen, observations=(first, *seen.observations[1:]), cites=(*seen.cites, late[0]))
    assert item(told, LATE).confirmed == EARLY
    assert item(replace(told, cites=(*told.cites, late[1])), LATE).confirmed == LATE


def test_the_newest_source_that_is_out_counts() -> None:
    fact = statement("x", "early", "late")
    assert item(fact, LATE - timedelta(days=1)).confirmed == EARLY
    assert item(fact, LATE).confirmed == LATE


@pytest.mark.parametrize(
    ("reviewed", "confirmed"),
    [("2025-03-01", date(2025, 3, 1)), ("2025-04-01", EARLY), ("2024-12-24", EARLY), ("2025-02", date(2025, 2, 28))],
    ids=["between", "not yet", "before the source", "a month counts from its end"],
)
def test_a_review_counts_from_its_own_day(reviewed: str, confirmed: date) -> None:
    assert item(statement("x", reviewed=parse_date(reviewed)), date(2025, 3, 31)).confirmed == confirmed


facts = st.sampled_from([*AGEING.values(), *NEVER.values()])


@given(facts, days, days)
def test_what_is_stale_stays_so_until_it_ages_no_more(fact: AnyFact, one: date, other: date) -> None:
    first, then = (item(fact, day) for day in sorted((one, other)))
    assert not first.stale or then.stale or then.review_due is None


@given(facts, days, days)
def test_a_review_makes_nothing_staler(fact: AnyFact, day: date, reviewed: date) -> None:
    plain = item(fact, day)
    again = item(replace(fact, reviewed=parse_date(str(reviewed))), day)
    assert again.stale <= plain.stale
    assert again.confirmed >= plain.confirmed
    if reviewed == day:
        assert not again.stale
    if reviewed > day:
        assert again == replace(plain, fact=again.fact)


@given(facts, days, st.sampled_from([each.name for each in fields(ShelfLives)]), st.integers(1, 2000))
def test_a_longer_life_makes_nothing_staler(fact: AnyFact, day: date, kind: str, life: int) -> None:
    assert item(fact, day, **{kind: life + 1}).stale <= item(fact, day, **{kind: life}).stale


def test_a604_what_is_past_review_is_told_worst_first() -> None:
    found = past_review(assess(book(statement("a", "late"), statement("b"), statement("c")), date(2026, 1, 1)))
    assert [(each.code, each.message) for each in found] == [
        ("A604", "'b' was last confirmed on 2025-01-10 and is past review since 2025-07-09"),
        ("A604", "'c' was last confirmed on 2025-01-10 and is past review since 2025-07-09"),
        ("A604", "'a' was last confirmed on 2025-06-20 and is past review since 2025-12-17"),
    ]


def printed(day: date) -> dict[str, Any]:
    """Whatever of freshness is printed of the shipped facts on a day."""
    items = briefing(day).items.values()
    stale = {each.fact.id: each.confirmed for each in items if each.stale}
    return {"stale": stale, "ageing": len([each for each in items if each.review_due])}


@pytest.mark.parametrize("step", [150, pytest.param(13, marks=pytest.mark.long)])
def test_the_next_change_of_the_shipped_facts_misses_nothing_that_goes_stale(step: int) -> None:
    """Every so many days until changes lie years apart; test_shipped looks at the days around each change."""
    day, end = min(source.known_from for source in shipped_book().sources.values()), date(2027, 1, 1)
    while day < end:
        now, following = printed(day), briefing(day).next_change or end
        while (day := day + timedelta(days=step)) < following:
            assert printed(day) == now, day
        day = following
