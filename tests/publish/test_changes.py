"""What an edition carries of its changes: the sheet, the calendar, the day that readers know it by."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from changes.edits import FACTS, RECORD, both, report
from changes.merge_patch import merged
from conftest import STATEMENTS, Direct, changed, request_for, write_template
from icalendar import Calendar

from briefgen.build import build
from briefgen.changes import digest
from briefgen.publish import Edition
from briefgen.publish.decide import facts_in
from briefgen.publish.write import locked, roll_back

FIRST, SECOND, THIRD, FOURTH = (date(2026, 4, day) for day in (1, 2, 3, 4))
WORDS = ("Open the ferry route all year round", "Keep the ferry route open all year round")


@pytest.fixture
def desk(tiny: Path) -> Path:
    """One small document that says of which day its edition is."""
    write_template(tiny, "at-a-glance", "<p>{{ page.masthead.edition }}</p><p>{{ page.changes.nothing }}</p>")
    return tiny


def edition(workspace: Path, day: date) -> Edition:
    made = build(request_for(workspace, day, day), Direct())
    assert made.new
    return made


def printed(made: Edition) -> str:
    return (made.folder / "at-a-glance.en.html").read_text("utf-8").replace("\u00a0", " ")


def sheet(made: Edition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((made.folder / "changes.json").read_text("utf-8"))
    return found


def test_a_minor_edition_keeps_the_day_that_readers_know(desk: Path) -> None:
    assert "Edition 1 · 1 April 2026" in printed(edition(desk, FIRST))
    changed(desk / FACTS, *WORDS)
    second = edition(desk, SECOND)
    assert "Edition 2 · 1 April 2026" in printed(second)
    assert (second.manifest.public_date, second.manifest.major, second.manifest.as_of) == (FIRST, False, SECOND)
    assert (sheet(second)["major"], [row["kind"] for row in sheet(second)["changes"]]) == (False, ["reworded"])
    both(desk, "5 billion USD", "6 billion USD")
    third = edition(desk, THIRD)
    assert "Edition 3 · 3 April 2026" in printed(third)
    assert (third.manifest.public_date, third.manifest.major) == (THIRD, True)
    changed(desk / FACTS, *reversed(WORDS))
    assert edition(desk, FOURTH).manifest.public_date == THIRD


def test_a_revision_keeps_it_and_is_called_one(desk: Path) -> None:
    edition(desk, FIRST)
    both(desk, "5 billion USD", "6 billion USD")
    edition(desk, SECOND)
    changed(desk / "templates/at-a-glance.html", "<body>", "<body class='new'>")
    revision = edition(desk, THIRD)
    assert "Edition 2, revision 2 · 2 April 2026" in printed(revision)
    assert (revision.manifest.public_date, revision.manifest.major) == (SECOND, True)
    assert sheet(revision)["since"] == 1


@pytest.mark.parametrize(
    ("old", "new", "in_sheets"),
    [
        ("name: Straits Summit", "name: Straits Conference", False),
        ("name: Ada Holm,", "name: A. Holm,", True),
    ],
)
def test_names_make_a_revision_where_they_are_printed(desk: Path, old: str, new: str, in_sheets: bool) -> None:
    """Ada Holm is a speaker in the sheets of statements; without those, a name is printed by a template only."""
    names = "{% for part in page.names %}{% for row in part.rows %}{{ row.names[0] }}{% endfor %}{% endfor %}"
    first = edition(desk, FIRST)
    changed(desk / FACTS, old, new)
    again = build(request_for(desk, SECOND, SECOND), Direct())
    assert (again.new, again.folder != first.folder) == (in_sheets, in_sheets)
    changed(desk / FACTS, new, old)
    write_template(desk, "at-a-glance", names + STATEMENTS)
    assert edition(desk, THIRD).manifest.name == f"1r{2 + in_sheets}"
    changed(desk / FACTS, old, new)
    assert edition(desk, FOURTH).manifest.name == f"1r{3 + in_sheets}"


def test_neither_a_comment_nor_a_review_makes_anything(desk: Path) -> None:
    first = edition(desk, FIRST)
    changed(desk / FACTS, "    rank: 2\n", "    rank: 2 # looked at\n    reviewed: 2026-04-02\n")
    again = build(request_for(desk, SECOND, SECOND), Direct())
    assert (again.new, again.folder) == (False, first.folder)


def test_an_edition_in_which_no_fact_changed_says_so(desk: Path) -> None:
    edition(desk, FIRST)
    changed(desk / FACTS, "text: Southland asks for a ferry", "text: Southland wants a ferry")
    second = edition(desk, SECOND)
    assert "No facts or statuses have changed since edition 1" in printed(second)
    assert (sheet(second)["changes"], sheet(second)["patch"]) == ([], {})
    assert not second.manifest.major


def test_the_sheets_of_all_editions_lead_to_what_each_of_them_says(desk: Path) -> None:
    made = [edition(desk, FIRST)]
    both(desk, "5 billion USD", "6 billion USD")
    made.append(edition(desk, SECOND))
    report(desk, "fulfilled")
    changed(desk / FACTS, *WORDS)
    made.append(edition(desk, THIRD))
    made.append(edition(desk, date(2026, 10, 2)))
    facts = facts_in(made[0])
    for each in made[1:]:
        data = json.loads((each.folder / "changes.json").read_text(encoding="utf-8"))
        assert digest(facts) == data["facts_before_sha256"]
        facts = merged(facts, data["patch"])
        assert facts == facts_in(each)
        assert digest(facts) == data["facts_after_sha256"]


def test_the_calendar_follows_the_editions(desk: Path) -> None:
    for file in (FACTS, RECORD):
        changed(desk / file, "{value: 2026-10," if file == FACTS else "{value: 2026-10, as: October 2026", _exact(file))
    first = edition(desk, FIRST)
    assert calendar(first) == {"straits-summit": 0, "trade-goal-2030": 0}
    both(desk, "2026-10-12", "2026-10-13")
    second = edition(desk, SECOND)
    assert calendar(second) == {"straits-summit": 1, "trade-goal-2030": 0}
    changed(desk / FACTS, *WORDS)
    assert calendar(edition(desk, THIRD)) == calendar(second)


def test_a_calendar_goes_on_from_the_one_published_last_whatever_readers_were_led_back_to(desk: Path) -> None:
    """Who imported the second one would pass over an event that counts its changes from the first (RFC 5546, 2.1.4)."""
    for file in (FACTS, RECORD):
        changed(desk / file, "{value: 2026-10," if file == FACTS else "{value: 2026-10, as: October 2026", _exact(file))
    first = edition(desk, FIRST)
    both(desk, "2026-10-12", "2026-10-13")
    assert calendar(edition(desk, SECOND))["straits-summit"] == 1
    with locked(first.outdir):
        roll_back(first.outdir, first, today=SECOND, workspace="")
    both(desk, "2026-10-13", "2026-10-12")
    changed(desk / FACTS, *WORDS)
    third = edition(desk, THIRD)
    assert third.manifest.since == 1
    assert calendar(third)["straits-summit"] == 2


def _exact(file: str) -> str:
    return "{value: 2026-10-12," if file == FACTS else "{value: 2026-10-12, as: 2026-10-12"


def calendar(made: Edition) -> dict[str, int]:
    events = Calendar.from_ical((made.folder / "calendar.en.ics").read_text("utf-8")).events
    return {event.uid.partition("@")[0]: event.sequence for event in events}


def test_what_is_no_edition_has_neither_sheet_nor_calendar(desk: Path) -> None:
    edition(desk, FIRST)
    past = build(request_for(desk, FIRST, SECOND), Direct())
    assert not {"changes.json", "calendar.en.ics"} & set(past.manifest.files)
    assert "No comparison with an edition" in printed(past)


def test_the_same_edition_made_twice_has_the_same_bytes(desk: Path, tmp_path: Path) -> None:
    homes = []
    for out in (tmp_path / "one", tmp_path / "two"):
        for day, goal in ((FIRST, ("7 billion USD", "5 billion USD")), (SECOND, ("5 billion USD", "7 billion USD"))):
            if goal[0] in (desk / FACTS).read_text("utf-8"):
                both(desk, *goal)
            homes.append(build(request_for(desk, day, day, out=out), Direct()).manifest.files)
    assert homes[:2] == homes[2:]
