"""The sheet that makes the facts of one edition of those of another, for any two editions and any number of them."""

import json
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.changes import Facts, as_data, difference, digest, make_sheet
from briefgen.render.supplements import render_changes

from .edits import compared
from .merge_patch import applied, merged
from .test_rules import FACTS as ANY_FACT
from .test_rules import GOAL

EDITIONS = st.lists(ANY_FACT, max_size=3).map(lambda facts: _by_id([f"fact-{n}" for n in range(3)], facts))
JSON = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2)),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from("abcd"), JSON, max_size=4)


def _by_id(ids: list[str], facts: list[Any]) -> Facts:
    """Any facts, each under an id of its own."""
    return {id: as_data(replace(fact, id=id)) for id, fact in zip(ids, facts, strict=False)}


@given(EDITIONS, EDITIONS)
def test_the_sheet_of_two_editions_leads_from_one_to_the_other(before: Facts, after: Facts) -> None:
    assert applied(before, make_sheet(2, 1, before, after)) == after


@given(st.lists(EDITIONS, min_size=1, max_size=5))
def test_all_sheets_in_order_lead_from_the_first_edition_to_the_last(editions: list[Facts]) -> None:
    sheets = [make_sheet(number, number - 1, *pair) for number, pair in enumerate(pairwise(editions), 2)]
    assert reduce(applied, sheets, editions[0]) == editions[-1]


@given(OBJECTS, OBJECTS)
def test_the_patch_of_any_two_objects_leads_from_one_to_the_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert merged(before, difference(before, after)) == after


@given(OBJECTS)
def test_of_the_same_nothing_is_patched(same: dict[str, Any]) -> None:
    assert difference(same, same) == {}


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [  # the examples of RFC 7396, appendix A, that start and end with an object
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_patch_means_what_the_standard_says(
    target: dict[str, Any], patch: dict[str, Any], result: dict[str, Any]
) -> None:
    assert merged(target, patch) == result


def test_a_patch_says_no_more_than_what_differs() -> None:
    after = {"goal": as_data(replace(GOAL, act="agreed", values={"goal": "6 billion USD"}))}
    sheet = make_sheet(2, 1, {"goal": as_data(GOAL)}, after)
    assert sheet.patch == {"goal": {"act": "agreed", "values": {"goal": "6 billion USD", "by": None}}}
    assert make_sheet(3, 2, after, {}).patch == {"goal": None}


def test_the_order_of_facts_is_no_difference() -> None:
    one = _by_id(["a", "b"], [GOAL, GOAL])
    assert digest(one) == digest(dict(reversed(list(one.items()))))


@given(EDITIONS, EDITIONS)
def test_its_file_holds_the_patch(before: Facts, after: Facts) -> None:
    sheet = make_sheet(2, 1, before, after)
    data = json.loads(render_changes(sheet, None).content)
    assert (data["edition"], data["since"], data["patch"]) == (2, 1, sheet.patch)
    assert (data["facts_before_sha256"], data["facts_after_sha256"]) == (digest(before), digest(after))


def test_its_file_tells_each_change_with_both_values() -> None:
    before, after = {"goal": GOAL}, {"goal": replace(GOAL, act="agreed")}
    sheet = make_sheet(2, 1, *({id: as_data(fact) for id, fact in facts.items()} for facts in (before, after)))
    data = json.loads(render_changes(sheet, compared(before, after)).content)
    assert data["changes"] == [
        {
            "kind": "corrected",
            "fact": "goal",
            "text": "Raise trade to {goal} by {by}",
            "values": {"goal": "5 billion USD", "by": "2030"},
            "old": ["announced"],
            "new": ["agreed"],
            "told_in": None,
            "cites": ["talks:L2"],
        }
    ]
    assert (data["edition"], data["since"], data["major"]) == (2, 1, True)
