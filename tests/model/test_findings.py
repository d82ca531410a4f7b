"""Findings: their order, how they read, and the nearest right word."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.findings import (
    MAX_MESSAGE,
    Finding,
    FindingsError,
    Location,
    Severity,
    did_you_mean,
    errors,
    in_order,
    nearest_word,
)

LATE = Finding(Location("b.yaml", 9, 1), "C102", "late")
EARLY = Finding(Location("b.yaml", 10, 2), "C101", "early", severity=Severity.WARNING)
OTHER = Finding(Location("a.yaml"), "E201", "other", severity=Severity.NOTE)


def test_findings_are_shown_once_by_file_line_and_column() -> None:
    assert in_order([EARLY, LATE, OTHER, LATE]) == (OTHER, LATE, EARLY)


def test_of_a_file_with_lines_of_a_merge_nothing_else_is_told() -> None:
    merge = Finding(Location("a.html", 1, 1), "Y007", "a merge was not finished here")
    other = Finding(Location("a.html", 7), "R401", "what stands outside of blocks is not printed")
    assert in_order([other, merge, OTHER]) == (merge, OTHER)


def test_what_only_follows_from_a_wrong_name_is_not_told() -> None:
    unknown = Finding(Location("a.yaml", 4, 10), "C102", "'SX' is not known here")
    differs = Finding(Location("a.yaml", 4, 9), "E203", "is 'SX' here")
    assert in_order([differs, unknown, replace(differs, location=Location("a.yaml", 5))]) == (
        unknown,
        replace(differs, location=Location("a.yaml", 5)),
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [(Location("a.yaml"), "a.yaml"), (Location("a.yaml", 3), "a.yaml:3"), (Location("a.yaml", 3, 7), "a.yaml:3:7")],
)
def test_a_place_says_as_much_as_is_known(place: Location, text: str) -> None:
    assert str(place) == text


def test_a_finding_reads_as_one_line() -> None:
    assert str(EARLY) == "b.yaml:10:2: warning C101 early"


def test_only_errors_stop_an_edition() -> None:
    assert errors([OTHER, LATE])
    assert not errors([OTHER, EARLY])


def test_the_exception_carries_and_says_every_finding() -> None:
    trouble = FindingsError(iter([OTHER, LATE]))
    assert trouble.findings == (OTHER, LATE)
    assert str(trouble) == f"{OTHER}\n{LATE}"


@pytest.mark.parametrize(
    ("word", "near"),
    [("tehme", "theme"), ("THEME", "theme"), ("cite", "cites"), ("speeker", "speaker"), ("xyz", "")],
)
def test_the_nearest_word_is_found_whatever_its_case(word: str, near: str) -> None:
    assert nearest_word(word, ["theme", "cites", "Speaker".lower(), "by"]) == near


def test_the_hint_names_the_nearest_or_all_that_are_few() -> None:
    assert did_you_mean("tehme", ["theme", "by"]) == "did you mean 'theme'?"
    assert did_you_mean("xyz", ["theme", "by"]) == "known here: by, theme"
    assert did_you_mean("xyz", [f"word{number}" for number in range(25)]) == ""
    assert did_you_mean("xyz", []) == ""
    assert did_you_mean("КR", ["KR", "VN"]) == "did you mean 'KR'?, which only looks the same"


@pytest.mark.parametrize("word", ["u\u0308bersicht", "über\u200bsicht", "über\u00adsicht"])
def test_a_word_that_looks_the_same_is_not_proposed_as_if_it_were_another(word: str) -> None:
    assert did_you_mean(word, ["übersicht"]) == "did you mean 'übersicht'?, which only looks the same"
    assert did_you_mean("Übersicht", ["übersicht"]) == "did you mean 'übersicht'?"


@given(st.text(max_size=50), st.integers(0, 3_000), st.sampled_from(["x", " x", "\u00e4", "9"]))
def test_a_finding_is_one_sentence_however_long_the_value(start: str, times: int, piece: str) -> None:
    finding = Finding(Location("x"), "C101", f"{start}{piece * times} is wrong", hint=piece * times)
    assert len(finding.message) <= MAX_MESSAGE
    assert len(finding.hint) <= MAX_MESSAGE
    assert finding.message.endswith("is wrong")
    assert replace(finding) == finding


def test_findings_reach_another_process_whole() -> None:
    trouble = FindingsError([OTHER, LATE])
    assert pickle.loads(pickle.dumps(trouble)).findings == (OTHER, LATE)  # noqa: S301 # our own


def test_a_name_that_is_not_known_is_told_once_at_a_place_with_the_nearest() -> None:
    known, near = "'rwo' is not known here; known here: look, page", "'rwo' is not known here; did you mean 'row'?"
    least, most = (Finding(Location("a.html", 3, 4), "R401", message) for message in (known, near))
    other = Finding(Location("a.html", 3, 9), "R401", known)
    assert in_order([least, most, other]) == in_order([other, most, least]) == (most, other)
