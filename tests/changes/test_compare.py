"""What changed between two editions: the world, the passing of time, or what we had got wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import changed

from briefgen.changes import Snapshot, take_snapshot
from briefgen.model.briefing import Briefing, Status

from .edits import FACTS, RECORD, both, briefing, compared, report

FERRY = "  - id: ferry\n"
RIGHT_FERRY = """
  - id: ferry-right
    text: Open the ferry route in winter
    theme: trade
    cites: ["sample-talks-2026:L3"]
    by: [SL]
    speaker: ada-holm
    to: [NL]
    act: requested
    on: sample-talks-2026@talks
"""


def rows(before: Snapshot, now: Briefing, earlier: Snapshot | None = None) -> list[tuple[str, str, str, str]]:
    """Kind, fact, old and new, as they are told."""
    return [
        (row.kind.value, row.fact, ", ".join(map(str, row.old)), ", ".join(map(str, row.new)))
        for row in compared(before, take_snapshot(now), earlier).rows
    ]


AB = "ab" * 32


def add_source(workspace: Path, published: str = "2026-03-20") -> None:
    """A second record that carries the ask for the ferry once more, and the goal by another year."""
    (workspace / "seeds/note.yaml").write_text(
        f"id: note\npublisher: not stated\ndescribes: Sample note\nlanguage: en\nsha256: {AB}\n"
        f"published: {{date: {published}, basis: press, why: A newspaper.}}\nlines:\n"
        f"  - {{line: 1, sha256: {AB}, digest: The ask is repeated.,"
        " says: [{facts: [ferry], by: [SL], speaker: ada-holm,"
        " to: [NL], act: requested}]}\n",
        encoding="utf-8",
    )
    changed(
        workspace / FACTS,
        'cites: ["sample-talks-2026:L3"]\n    by',
        'cites: ["sample-talks-2026:L3", "note:L1"]\n    by',
    )


def test_nothing_changed_is_said(starter: Path) -> None:
    now = briefing(starter)
    assert rows(take_snapshot(now), now) == []


@pytest.mark.parametrize(
    ("day", "fact", "old", "new"),
    [
        (date(2026, 10, 1), "straits-summit", Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE),
        (date(2026, 11, 1), "straits-summit", Status.UPCOMING, Status.OUTCOME_NOT_RECORDED),
        (date(2030, 12, 1), "trade-goal-2030", Status.OPEN, Status.DUE_SOON),
        (date(2031, 1, 1), "trade-goal-2030", Status.OPEN, Status.DEADLINE_PASSED),
    ],
)
def test_time_that_passes_is_no_change_of_the_world(
    starter: Path, day: date, fact: str, old: Status, new: Status
) -> None:
    assert ("time passed", fact, old.value, new.value) in rows(take_snapshot(briefing(starter)), briefing(starter, day))


def test_a_source_that_reports_the_outcome_is_one(starter: Path) -> None:
    before = take_snapshot(briefing(starter))
    report(starter, "fulfilled")
    assert rows(before, briefing(starter)) == [("status changed", "ferry", "no later report", "fulfilled")]


def test_an_outcome_taken_back_by_its_source_is_a_withdrawal(starter: Path) -> None:
    before = take_snapshot(briefing(starter))
    report(starter, "withdrawn")
    assert rows(before, briefing(starter)) == [("withdrawn", "ferry", "no later report", "withdrawn")]


def test_another_outcome_read_from_the_same_line_was_our_error(starter: Path) -> None:
    report(starter, "fulfilled")
    before = take_snapshot(briefing(starter))
    both(starter, "fulfilled", "partly fulfilled")
    assert rows(before, briefing(starter)) == [("corrected", "ferry", "fulfilled", "partly fulfilled")]


def test_another_source_for_the_same_is_told_as_such(starter: Path) -> None:
    before = take_snapshot(briefing(starter))
    add_source(starter)
    assert rows(before, briefing(starter)) == [("source changed", "ferry", "", "")]


def test_a_value_that_differs_though_the_sources_do_not_was_wrong(starter: Path) -> None:
    before = take_snapshot(briefing(starter))
    both(starter, "5 billion USD", "6 billion USD")
    assert rows(before, briefing(starter)) == [("corrected", "trade-goal-2030", "5 billion USD", "6 billion USD")]


def test_so_was_whoever_was_said_to_have_said_it(starter: Path) -> None:
    before = take_snapshot(briefing(starter))
    changed(starter / FACTS, "to: [NL]\n    act: requested", "to: [NL]\n    act: proposed")
    changed(starter / RECORD, "to: [NL], act: requested", "to: [NL], act: proposed")
    assert rows(before, briefing(starter)) == [("corrected", "ferry", "requested", "proposed")]


def test_a_corrected_deadline_is_told_together_with_the_status_that_follows(starter: Path) -> None:
    before = take_snapshot(briefing(starter, date(2029, 1, 1)))
    changed(starter / FACTS, "by: {value: 2030,", "by: {value: 2028,")
    changed(starter / RECORD, "by: {value: 2030, as: 2030}", "by: {value: 2028, as: 2028}")
    assert rows(before, briefing(starter, date(2029, 1, 1))) == [
        ("corrected", "trade-goal-2030", "2030, open", "2028, deadline passed"),
    ]


def test_a_new_value_from_a_new_source_is_an_update(starter: Path) -> None:
    before = dict(take_snapshot(briefing(starter)))
    before["trade"] = replace(before["trade"], cites=("older:L1",), values={"value": "2 billion USD", "period": "2025"})
    assert rows(before, briefing(starter)) == [("updated", "trade", "2 billion USD", "3.2 billion USD")]


def test_a_value_that_only_goes_by_another_name_is_no_change(starter: Path) -> None:
    before = dict(take_snapshot(briefing(starter)))
    before["trade"] = replace(before["trade"], values={"amount": "3.2 billion USD", "year": "2025"})
    assert rows(before, briefing(starter)) == []


def test_new_words_for_the_same_are_told_as_such(starter: Path) -> None:
    before = take_snapshot(briefing(starter))
    changed(starter / FACTS, "Open the ferry route all year round", "Keep the ferry route open all year round")
    assert rows(before, briefing(starter)) == [("reworded", "ferry", "", "")]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("corrected", "corrected"),
        ("replaced", "status changed"),
        ("lapsed", "withdrawn"),
        ("disputed", "status changed"),
    ],
)
def test_a_fact_that_takes_anothers_place_tells_why(starter: Path, reason: str, kind: str) -> None:
    before = take_snapshot(briefing(starter))
    supersede(starter, reason)
    assert rows(before, briefing(starter)) == [
        *([(kind, "ferry", "no later report", "superseded")] if kind == "corrected" else []),
        ("new", "ferry-right", "", "no later report"),
        *([(kind, "ferry", "no later report", "superseded")] if kind != "corrected" else []),
    ]


def supersede(workspace: Path, reason: str) -> None:
    changed(workspace / RECORD, "{facts: [ferry], by", "{facts: [ferry, ferry-right], by")
    changed(workspace / FACTS, "facts: [ferry]", "facts: [ferry-right]")  # of the headline
    changed(workspace / FACTS, FERRY, f"{FERRY}    superseded: {{by: ferry-right, reason: {reason}}}\n")
    path = workspace / FACTS
    path.write_text(path.read_text("utf-8").rstrip() + RIGHT_FERRY, encoding="utf-8")


def test_corrections_stay_for_two_editions(starter: Path) -> None:
    first = take_snapshot(briefing(starter))
    both(starter, "5 billion USD", "6 billion USD")
    second = take_snapshot(briefing(starter))
    later = briefing(starter, date(2026, 11, 1))
    assert rows(second, later, first) == [
        ("corrected", "trade-goal-2030", "5 billion USD", "6 billion USD"),
        ("time passed", "straits-summit", "upcoming", "outcome not recorded"),
    ]
    third = take_snapshot(later)
    assert rows(third, later, second) == []
    again = compared(second, third, first).rows[0]
    assert (again.first_reported_in, compared(first, second).rows[0].first_reported_in) == (1, None)


def test_a_correction_that_was_corrected_itself_is_not_told_again(starter: Path) -> None:
    first = take_snapshot(briefing(starter))
    both(starter, "5 billion USD", "6 billion USD")
    second = take_snapshot(briefing(starter))
    both(starter, "6 billion USD", "5 billion USD")
    assert rows(second, briefing(starter), first) == [
        ("corrected", "trade-goal-2030", "6 billion USD", "5 billion USD"),
    ]


def test_a_correction_is_told_once_where_both_editions_have_it(starter: Path) -> None:
    first = take_snapshot(briefing(starter))
    supersede(starter, "corrected")
    now = briefing(starter)
    assert [row for row in rows(first, now, first) if row[0] == "corrected"] == [
        ("corrected", "ferry", "no later report", "superseded")
    ]
    again = [row for row in rows(take_snapshot(now), now, first) if row[0] == "corrected"]
    assert again == [("corrected", "ferry", "no later report", "superseded")]


def test_what_an_older_program_wrote_is_passed_over(starter: Path) -> None:
    now = briefing(starter)
    before = dict(take_snapshot(now))
    before["ferry"] = replace(before["ferry"], status="lapsed long ago")
    before["trade"] = replace(before["trade"], values={"value": "a lot", "period": "2025"}, cites=())
    assert rows(before, now) == [
        ("updated", "trade", "", "3.2 billion USD"),
        ("status changed", "ferry", "", "no later report"),
    ]
