"""The rules by which a change gets its kind, fact by fact; and what holds for any two publications."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.changes import MINOR, ChangeKind, FactSnapshot, as_data, differences, from_data
from briefgen.model.briefing import Status
from briefgen.model.facts import Act, Reason

from .edits import compared

GOAL = FactSnapshot(
    id="goal",
    kind="statement",
    text="Raise trade to {goal} by {by}",
    by=("NL",),
    act="announced",
    status="open",
    values={"goal": "5 billion USD", "by": "2030"},
    cites=("talks:L2",),
)
REPLACED = replace(GOAL, status="superseded", became="open", superseded_by="x", reason="replaced")
SUMMIT = FactSnapshot(id="s7", kind="summit", status="upcoming", values={"when": "2026-10"}, cites=("talks:L4",))
TRADE = FactSnapshot(id="trade", kind="figure", status="stands", values={"value": "2 billion USD", "period": "2024"})
MORE = {"value1": "2 billion USD", "period1": "2024", "value": "3 billion USD", "period": "2025"}
SWAPPED = {"goal": "6 billion USD", "base": "5 billion USD"}
Row = tuple[str, str, str]


def told(old: FactSnapshot, **other: Any) -> list[Row]:
    """Kind, old and new of each row."""
    return [
        (row.kind.value, ", ".join(map(str, row.old)), ", ".join(map(str, row.new)))
        for row in differences({old.id: old}, {old.id: replace(old, **other)})
    ]


@pytest.mark.parametrize(
    ("old", "other", "rows"),
    [
        # values
        (GOAL, {"values": {"goal": "6 billion USD", "by": "2030"}}, [("corrected", "5 billion USD", "6 billion USD")]),
        (
            GOAL,
            {"values": {"goal": "6 billion USD", "by": "2030"}, "cites": ("note:L1",)},
            [("updated", "5 billion USD", "6 billion USD")],
        ),
        (GOAL, {"values": {"by": "2030"}}, [("corrected", "5 billion USD", "")]),
        (TRADE, {"values": MORE}, [("updated", "", "3 billion USD, 2025")]),
        (replace(TRADE, values=MORE), {"values": TRADE.values}, [("corrected", "3 billion USD, 2025", "")]),
        (replace(GOAL, values={"amount": "5 billion USD", "by": "2030"}), {"values": GOAL.values}, []),
        (
            replace(GOAL, values={"goal": "5 billion USD", "base": "6 billion USD"}),
            {"values": SWAPPED},
            [("corrected", "5 billion USD, 6 billion USD", "6 billion USD, 5 billion USD")],
        ),
        # who, to whom, with which act
        (GOAL, {"act": "agreed", "by": ("NL", "SL")}, [("corrected", "announced, NL", "agreed, NL and SL")]),
        (GOAL, {"act": "signed", "cites": ("talks:L2", "note:L1")}, [("updated", "announced", "signed")]),
        (GOAL, {"speaker": "ada-holm"}, [("updated", "", "ada-holm")]),
        (GOAL, {"kind": "document"}, [("corrected", "", "")]),
        (replace(GOAL, by=("NL", "SL")), {"by": ("SL", "NL")}, []),
        # statuses that dates bring, and those that sources bring
        (GOAL, {"status": "due soon"}, [("time passed", "open", "due soon")]),
        (GOAL, {"status": "repeated", "became": "open"}, [("status changed", "open", "repeated")]),
        (
            replace(GOAL, status="repeated", became="open"),
            {"became": "deadline passed"},
            [("time passed", "open", "deadline passed")],
        ),
        (GOAL, {"status": "deadline passed", "cites": ("note:L1",)}, [("time passed", "open", "deadline passed")]),
        (GOAL, {"status": "in progress", "reported_by": ("note:L3",)}, [("status changed", "open", "in progress")]),
        (GOAL, {"status": "withdrawn", "reported_by": ("note:L3",)}, [("withdrawn", "open", "withdrawn")]),
        (
            replace(GOAL, status="fulfilled", reported_by=("note:L3",)),
            {"status": "open", "reported_by": ()},
            [("corrected", "fulfilled", "open")],
        ),
        (
            replace(GOAL, status="in progress", reported_by=("note:L3",)),
            {"status": "fulfilled", "reported_by": ("report:L1",)},
            [("status changed", "in progress", "fulfilled")],
        ),
        (SUMMIT, {"status": "outcome not recorded"}, [("time passed", "upcoming", "outcome not recorded")]),
        (SUMMIT, {"status": "held", "cites": ("talks:L4", "note:L1")}, [("status changed", "upcoming", "held")]),
        # a date that moves takes the status along
        (
            SUMMIT,
            {"values": {"when": "2027-02-03"}, "cites": ("talks:L4", "note:L1")},
            [("updated", "2026-10", "2027-02-03")],
        ),
        (
            replace(SUMMIT, status="may have taken place"),
            {"values": {"when": "2027-02-03"}, "cites": ("note:L1",), "status": "upcoming"},
            [("updated", "2026-10, may have taken place", "2027-02-03, upcoming")],
        ),
        (
            GOAL,
            {"values": {"goal": "6 billion USD", "by": "2030"}, "status": "due soon"},
            [("corrected", "5 billion USD", "6 billion USD"), ("time passed", "open", "due soon")],
        ),
        (
            GOAL,
            {"values": {"goal": "5 billion USD", "by": "2031"}, "status": "withdrawn", "reported_by": ("talks:L9",)},
            [("corrected", "2030", "2031"), ("withdrawn", "open", "withdrawn")],
        ),
        # superseded, and what became of it besides
        (
            GOAL,
            {"status": "superseded", "became": "open", "superseded_by": "x"},
            [("status changed", "open", "superseded")],
        ),
        (
            GOAL,
            {"status": "superseded", "became": "deadline passed", "superseded_by": "x"},
            [("status changed", "open", "superseded, deadline passed")],
        ),
        (
            GOAL,
            {"status": "superseded", "became": "open", "superseded_by": "x", "reason": "lapsed"},
            [("withdrawn", "open", "superseded")],
        ),
        (REPLACED, {"reason": "corrected"}, [("corrected", "", "superseded")]),
        (REPLACED, {"reason": "lapsed"}, [("withdrawn", "", "superseded")]),
        (REPLACED, {"reason": "disputed"}, [("reworded", "", "")]),
        (
            REPLACED,
            {"became": "deadline passed"},
            [("time passed", "open", "deadline passed")],
        ),
        # form alone
        (GOAL, {"cites": ("talks:L2", "note:L1")}, [("source changed", "", "")]),
        (GOAL, {"text": "Bring trade to {goal} by {by}"}, [("reworded", "", "")]),
        (GOAL, {"theme": "other"}, [("reworded", "", "")]),
        (GOAL, {"past_review": "2026-01-01"}, []),
    ],
)
def test_a_change_gets_its_kind(old: FactSnapshot, other: Mapping[str, Any], rows: list[Row]) -> None:
    assert told(old, **other) == rows


def test_an_edition_is_minor_where_nothing_but_words_and_sources_changed() -> None:
    reworded, corrected = replace(GOAL, text="Bring trade to {goal}"), replace(GOAL, act="agreed")
    one, two = {"goal": GOAL}, {"goal": replace(reworded, cites=("talks:L2", "note:L1"))}
    assert not compared(one, one).major
    assert not compared(one, {"goal": reworded}).major
    assert not compared(one, two).major
    assert compared(one, {"goal": corrected}).major
    assert compared(one, {}).major
    assert compared({}, one).major


def test_a_correction_told_again_makes_no_edition_major() -> None:
    first, second = {"goal": GOAL}, {"goal": replace(GOAL, act="agreed")}
    third = compared(second, {"goal": replace(second["goal"], text="Bring trade to {goal}")}, first)
    assert [(row.kind.value, row.first_reported_in) for row in third.rows] == [("corrected", 1), ("reworded", None)]
    assert not third.major


VALUES = ("5 billion USD", "6 billion USD", "2030", "2026-10-12", "@NL", "5th", "a lot")
LINES = ("talks:L1", "talks:L2", "note:L1")
FACTS = st.builds(
    FactSnapshot,
    id=st.just("fact"),
    kind=st.sampled_from(("statement", "summit")),
    text=st.sampled_from(("One", "Two")),
    note=st.sampled_from(("", "Note")),
    by=st.lists(st.sampled_from(("NL", "SL")), max_size=2, unique=True).map(tuple),
    speaker=st.sampled_from(("", "ada-holm")),
    act=st.sampled_from([each.value for each in Act]),
    on=st.sampled_from(("", "talks@visit")),
    status=st.sampled_from([each.value for each in Status]),
    reported_by=st.lists(st.sampled_from(LINES), max_size=1).map(tuple),
    superseded_by=st.sampled_from(("", "other")),
    reason=st.sampled_from(("", *(each.value for each in Reason))),
    became=st.sampled_from(("", "open", "deadline passed")),
    values=st.dictionaries(st.sampled_from(("goal", "by", "when")), st.sampled_from(VALUES)),
    cites=st.lists(st.sampled_from(LINES), max_size=2, unique=True).map(tuple),
)
SILENT = {"values", "past_review"}
"""What may differ without a row: the names of values and those no longer read; that a fact is past review."""


@given(FACTS, FACTS)
def test_whatever_differs_is_told_once_and_in_order(old: FactSnapshot, new: FactSnapshot) -> None:
    rows = differences({"fact": old}, {"fact": new})
    kinds = [row.kind for row in rows]
    assert kinds == sorted(kinds, key=list(ChangeKind).index)
    assert len(rows) <= 2
    assert len([kind for kind in kinds if kind in MINOR]) <= (1 if len(rows) == 1 else 0)
    differing = {each.name for each in fields(FactSnapshot) if _plain(old, each.name) != _plain(new, each.name)}
    assert bool(rows) or differing <= SILENT
    assert not rows or differing


def _plain(said: FactSnapshot, name: str) -> object:
    """Cites say the same in any order."""
    value = getattr(said, name)
    return set(value) if name in ("cites", "reported_by") else value


@given(FACTS)
def test_what_was_published_is_read_back(fact: FactSnapshot) -> None:
    assert from_data(as_data(fact)) == fact


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "'id' is missing"),
        ({"id": 3}, r"a text is expected \(in id\)"),
        ({"id": "goal", "values": ["5"]}, r"is expected \(in values\)"),
        ({"id": "goal", "cites": "talks:L1"}, r"is expected \(in cites\)"),
        ({"id": "goal", "status": 7}, r"a text is expected \(in status\)"),
    ],
)
def test_what_is_no_fact_of_ours_is_said(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_data(data)
