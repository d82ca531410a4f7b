"""What is past review: told by `check`, and with --max-stale a reason to end with 1; a review counts from its day."""

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import PROJECT, Told, request_for

from briefgen.build import read
from briefgen.model.findings import FindingsError
from briefgen.tools.explain import with_reviews

FERRY = "  - id: ferry\n"


def review(desk: Path, day: str) -> None:
    facts = desk / "facts" / "sample.yaml"
    text = facts.read_text(encoding="utf-8")
    assert text.count(FERRY) == 1
    facts.write_text(text.replace(FERRY, f"{FERRY}    reviewed: {day}\n"), encoding="utf-8")


def test_check_says_in_one_line_how_fresh_the_facts_are(told: Told, tiny: Path) -> None:
    fresh, later = told("check", "--as-of", "2026-03-10", at=tiny), told("check", "--as-of", "2026-09-01", at=tiny)
    assert (fresh.code, later.code) == (0, 0)
    assert fresh.out.startswith("sample: 0 of 5 facts that age are past review on 2026-03-10.\n")
    assert later.out.startswith("sample: 4 of 5 facts that age are past review on 2026-09-01.\n")


@pytest.mark.parametrize(("most", "code"), [("3", 1), ("4", 0), ("5", 0)])
def test_more_than_allowed_ends_with_1_and_names_each(told: Told, tiny: Path, most: str, code: int) -> None:
    done = told("check", "--as-of", "2026-09-01", "--max-stale", most, at=tiny)
    assert done.code == code
    assert done.out.endswith(f"4 past review, but --max-stale allows {most}.\n") == bool(code)
    named = re.findall(
        r"^facts/sample\.yaml:\d+:\d+: note A604 '([\w-]+)' was last confirmed on", done.err, re.MULTILINE
    )
    assert sorted(named) == (["ferry", "southland-minister", "straits-summit", "trade-goal-2030"] if code else [])


def test_the_longest_unconfirmed_comes_first_with_its_line(told: Told, tiny: Path) -> None:
    review(tiny, "2026-03-04")
    done = told("check", "--as-of", "2026-09-01", "--max-stale", "0", at=tiny)
    last = done.err.splitlines()[-1]
    number = 1 + (tiny / "facts" / "sample.yaml").read_text(encoding="utf-8").partition(FERRY)[0].count("\n")
    assert last == (
        f"facts/sample.yaml:{number}:5: note A604 'ferry' was last confirmed on 2026-03-04"
        " and is past review since 2026-08-31"
    )


def test_a_review_makes_it_fresh_again(told: Told, tiny: Path) -> None:
    review(tiny, "2026-08-20")
    assert told("check", "--as-of", "2026-09-01", at=tiny).out.startswith("sample: 3 of 5 ")
    assert told("check", "--as-of", "2026-08-31", at=tiny).out.startswith("sample: 3 of 5 ")


def test_the_settings_say_how_long_a_kind_is_fresh(told: Told, tiny: Path) -> None:
    with (tiny / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write("[shelf_lives]\nstatement = 365\n")
    assert told("check", "--as-of", "2026-09-01", at=tiny).out.startswith("sample: 2 of 5 ")


def test_c114_a_review_that_lies_ahead_stops_check_and_build(told: Told, tiny: Path) -> None:
    review(tiny, "2999-01-01")
    done = told("check", at=tiny)
    assert done.code == 1
    assert "error C114 'ferry' is said to have been reviewed on 2999-01-01, which lies ahead of " in done.err
    with pytest.raises(FindingsError) as stopped:
        read(request_for(tiny))
    assert [finding.code for finding in stopped.value.findings] == ["C114"]
    assert stopped.value.findings[0].location.line == 1 + (tiny / "facts" / "sample.yaml").read_text(
        encoding="utf-8"
    ).partition("    reviewed:")[0].count("\n")


def test_c114_a_source_that_is_published_ahead_is_told(told: Told, tiny: Path) -> None:
    """What rests on it would be left out of every page without a word."""
    record = tiny / "seeds" / "sample-talks-2026.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("published: {date: 2026", "published: {date: 2036"), encoding="utf-8")
    assert (
        "warning C114 'sample-talks-2026' is published on 2036-03-03, which lies ahead of "
        in told("check", at=tiny).err
    )


def test_c115_a_review_before_the_source_is_noted_and_stops_nothing(told: Told, tiny: Path) -> None:
    review(tiny, "2026-03-03")
    done = told("check", at=tiny)
    assert done.code == 0
    assert "note C115 the review on 2026-03-03 changes nothing: a source of 2026-03-03 confirms the fact" in done.err


def test_how_many_may_be_stale_is_a_number(told: Told, tiny: Path) -> None:
    assert told("check", "--max-stale", "-1", at=tiny).code == 2


def test_review_writes_the_day_and_nothing_else(told: Told, tiny: Path) -> None:
    facts = tiny / "facts" / "sample.yaml"
    before = facts.read_text(encoding="utf-8")
    done = told("review", "ferry", "southland-minister", "ferry", "--on", "2026-08-20", at=tiny)
    assert (done.code, done.out) == (0, "2 facts reviewed on 2026-08-20.\n")
    after = facts.read_text(encoding="utf-8")
    assert after.replace("    reviewed: 2026-08-20\n", "") == before
    assert f"{FERRY}    reviewed: 2026-08-20\n" in after
    told("review", "ferry", "--on", "2026-08-21", at=tiny)
    assert facts.read_text(encoding="utf-8") == after.replace(
        f"{FERRY}    reviewed: 2026-08-20", f"{FERRY}    reviewed: 2026-08-21"
    )
    assert told("check", "--as-of", "2026-09-01", at=tiny).out.startswith("sample: 2 of 5 ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: x\r\n  text: y\r\n", "- id: x\r\n  reviewed: 2026-08-20\r\n  text: y\r\n"),
        ("-   id: x  # a remark\n    text: y", "-   id: x  # a remark\n    reviewed: 2026-08-20\n    text: y"),
        ("- text: y\n  id: 'x'", "- text: y\n  id: 'x'\n  reviewed: 2026-08-20"),
        ("- {id: x, text: y}", "- {id: x, reviewed: 2026-08-20, text: y}"),
        ("- {id: x, reviewed: 2025-01}", "- {id: x, reviewed: 2026-08-20}"),
        ('- id: x\n  reviewed: "2025-01-02" # by us', '- id: x\n  reviewed: "2026-08-20" # by us'),
        ("- id:\n    x\n  text: y", "- id:\n    x\n  reviewed: 2026-08-20\n  text: y"),
        ("- id: z\n- id: x\n- id: y\n", "- id: z\n- id: x\n  reviewed: 2026-08-20\n- id: y\n"),
    ],
    ids=[
        "line ends of Windows",
        "a remark",
        "id not first",
        "in braces",
        "in braces, again",
        "in quotes",
        "on a line below",
        "among others",
    ],
)
def test_a_review_is_written_as_the_file_is(before: str, after: str) -> None:
    assert with_reviews(f"offices:\n{before}", "f.yaml", ["x"], date(2026, 8, 20)) == f"offices:\n{after}"


@pytest.mark.parametrize("text", ["- {id: x,\n   text: y}", "- &a {id: x, reviewed: 2025}\n- *a"])
def test_a605_what_cannot_be_edited_safely_is_left_to_a_person(text: str) -> None:
    with pytest.raises(FindingsError) as stopped:
        with_reviews(f"offices:\n{text}\n", "f.yaml", ["x"], date(2026, 8, 20))
    (finding,) = stopped.value.findings
    assert (finding.code, finding.hint) == ("A605", "add to it: reviewed: 2026-08-20")


def test_a_review_of_an_unknown_fact_or_on_a_day_ahead_changes_nothing(told: Told, tiny: Path) -> None:
    before = (tiny / "facts" / "sample.yaml").read_bytes()
    unknown, ahead = told("review", "trade", "fery", at=tiny), told("review", "ferry", "--on", "2999-01-01", at=tiny)
    assert (unknown.code, ahead.code) == (1, 2)
    assert "error A603 there is no fact 'fery'\n    help: did you mean 'ferry'?" in unknown.err
    assert "--on 2999-01-01 is after today" in ahead.err
    assert (tiny / "facts" / "sample.yaml").read_bytes() == before


def test_a_later_review_is_not_taken_back(told: Told, tiny: Path) -> None:
    facts = tiny / "facts" / "sample.yaml"
    told("review", "ferry", "--on", "2026-08-20", at=tiny)
    before = facts.read_bytes()
    done = told("review", "southland-minister", "ferry", "--on", "2026-08-19", at=tiny)
    assert (done.code, done.out) == (1, "")
    assert "error A605 'ferry' was reviewed on 2026-08-20, after 2026-08-19" in done.err
    assert facts.read_bytes() == before
    assert told("review", "ferry", "--on", "2026-08-20", at=tiny).code == 0


def test_a_review_before_the_newest_source_of_a_fact_is_refused(told: Told, tiny: Path) -> None:
    """It would be a line that says nothing; on the day of the source itself, somebody may have looked."""
    facts = tiny / "facts" / "sample.yaml"
    before = facts.read_bytes()
    done = told("review", "ferry", "--on", "1999-01-01", at=tiny)
    assert (done.code, done.out) == (1, "")
    said = "error A605 a look at 'ferry' on 1999-01-01 would confirm nothing: a source of 2026-03-03 tells it"
    assert re.search(rf"^facts/sample.yaml:\d+:\d+: {said}$", done.err, re.MULTILINE)
    assert facts.read_bytes() == before
    assert told("review", "ferry", "--on", "2026-03-03", at=tiny).code == 0


def test_the_one_of_several_that_only_a_person_can_edit_is_named() -> None:
    text = "offices:\n- {id: x, text: y}\n- {id: y,\n   text: y}\n"
    with pytest.raises(FindingsError) as stopped:
        with_reviews(text, "f.yaml", ["x", "y"], date(2026, 8, 20))
    assert str(stopped.value) == "f.yaml:3:8: error A605 'y' is written in a form that only a person can edit"


def test_a_file_with_a_byte_order_mark_and_line_ends_of_windows_keeps_both(told: Told, tiny: Path) -> None:
    facts = tiny / "facts" / "sample.yaml"
    before = b"\xef\xbb\xbf" + facts.read_bytes().replace(b"\n", b"\r\n")
    facts.write_bytes(before)
    assert told("check", at=tiny).code == 0
    done = told("review", "ferry", "--on", "2026-08-20", at=tiny)
    assert (done.code, done.out, done.err) == (0, "1 fact reviewed on 2026-08-20.\n", "")
    assert facts.read_bytes().replace(b"    reviewed: 2026-08-20\r\n", b"") == before
    assert b"  - id: ferry\r\n    reviewed: 2026-08-20\r\n" in facts.read_bytes()


def test_every_shipped_fact_can_be_reviewed() -> None:
    text = (PROJECT / "facts" / "vn-kr.yaml").read_text(encoding="utf-8")
    ids = re.findall(r"^  - id: (?!bottom-line|message)([\w-]+)$", text, re.MULTILINE)
    assert len(ids) > 200
    after = with_reviews(text, "f.yaml", ids, date(2026, 8, 20))
    assert after == re.sub(
        r"^(  - id: (?!bottom-line|message)[\w-]+)$", r"\1\n    reviewed: 2026-08-20", text, flags=re.MULTILINE
    )
