"""A partnership of three, as invented sources tell it: what the model says beyond two parties, read on the page.

`tests/river` has institutions that speak, an addressee that is no party, several hosts, meetings that are announced, a
summit without a date, a date that became more exact, a rhythm, and amounts below zero, in parts and by the year.
"""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from conftest import PROJECT, Program, changed

Pages = Callable[[str], str]
EARLY, LATER = "2024-03-23", "2024-06-05"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    copytree(PROJECT / "tests" / "river", folder)
    changed(folder / "briefgen.toml", '["en", "vi", "ko"]', '["en"]')
    return folder


def _page(desk: Path, program: Program, day: str, code: str = "en") -> str:
    """The full briefing of a day as it is read: a line for each paragraph, cell and heading."""
    made = program("build", "--as-of", day, at=desk)
    assert made.code == 0, made.err
    text = (desk / "out" / "river" / "as-of" / day / f"full-briefing.{code}.html").read_text("utf-8")
    body = re.sub(r"<(style|script)\b.*?</\1>", "", text[text.index("<body") :], flags=re.DOTALL)
    lines = re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|tr|li|h\d|td|th|section)>", "\n", body)).split("\n")
    plain = (html.unescape(line).replace("\u00a0", " ").replace("\u2060", "") for line in lines)
    return "\n".join(filter(None, (re.sub(r"\s+", " ", line).strip() for line in plain)))


def _facts(desk: Path, day: str) -> dict[str, dict[str, object]]:
    found = json.loads((desk / "out" / "river" / "as-of" / day / "briefing.json").read_text("utf-8"))
    return {fact["id"]: fact for fact in found["facts"]}


def test_what_is_announced_is_ahead_and_no_words_come_before_their_source(desk: Path, program: Program) -> None:
    page = _page(desk, program, EARLY)
    assert "Visit of the leaders of Northland to Southland1 · State visit · in 3 days" in page
    assert "State visit\n26–28 March 2024 · in 3 days\n–\nUpcoming" in page
    assert "Launch\ndate not in the sources\n–\nUpcoming" in page  # a form of the desk's own, and no date
    assert "Conference\n2025\nNorthland and Westland\nUpcoming" in page
    assert "River Summit1\n2025\n–\nUpcoming" in page  # neither the days nor the hosts of the later source
    assert "Southland and Westland" not in page
    assert "Timeline" not in page  # nothing took place yet
    assert "Summits, visits and meetings" in page


def test_a_date_that_became_more_exact_is_an_update(desk: Path, program: Program) -> None:
    page = _page(desk, program, LATER)
    assert re.search("River Summit in Southland and Westland1, ?2\n27–28 March 2025", page)
    told = program("diff", EARLY, LATER, at=desk).out.replace("\u00a0", " ")
    updated = told[told.index("Updated (1)") :]
    assert "summit-next" in updated
    assert "2025 → 27–28 March 2025 · Southland · Westland" in updated
    assert "Upcoming → Held" in updated  # the visit


@pytest.mark.parametrize(
    ("day", "status"),
    [("2024-03-27", "may have taken place"), ("2024-04-01", "outcome not recorded"), ("2024-05-10", "held")],
)
def test_a_visit_is_held_once_a_source_says_so(desk: Path, program: Program, day: str, status: str) -> None:
    page = _page(desk, program, day)
    assert _facts(desk, day)["visit-march"]["status"] == status
    assert ("Timeline" in page) == (status == "held")


def test_every_side_and_body_is_named_with_what_it_says(desk: Path, program: Program) -> None:
    page = _page(desk, program, LATER)
    for line in (
        "All sides to all riparian states: Build gauges on every arm of the river2",
        "Northland and Southland: Share the readings of 1.5 million tonnes per year2",
        " · Southland Academy",
        "Southland Academy and Water Institute: Framework of the gauges2 · entry into force: 1 June 2024",
        "Framework arrangement",
        "Framework of the gauges2 · Southland Academy and Water Institute (Framework arrangement) · entry into",
        "Points of Southland and Westland alone: Prepare the agenda together2 (Pledged, May 2024)",
        "Institutions and groups",
        "Compiled from public sources. Not an official document.",
    ):
        assert line in page
    assert "Both sides" not in page
    assert "title not in the source" not in page
    text = (desk / "out" / "river" / "as-of" / LATER / "full-briefing.en.html").read_text("utf-8")
    assert set(_facts(desk, LATER)) <= {*re.findall(r'data-fact(?:=| id=)"([^"]+)"', text)}


def test_all_sides_that_are_addressed_stand_within_a_sentence(desk: Path, program: Program) -> None:
    changed(
        desk / "facts/river.yaml", "by: [NL, SL, WL]\n    to: [all-states]", "by: [river-fund]\n    to: [NL, SL, WL]"
    )
    changed(desk / "seeds/report-2024.yaml", "by: [NL, SL, WL], to: [all-states]", "by: [river-fund], to: [NL, SL, WL]")
    assert "River Fund to all sides: Build gauges on every arm of the river2" in _page(desk, program, LATER)


@pytest.mark.parametrize("sections", ["relationship, fields", "follow-up, fields", "follow-up, targets"])
def test_no_line_leads_to_a_section_that_is_left_out(desk: Path, program: Program, sections: str) -> None:
    kept = f"[{sections}, open-questions, sources, colophon]"
    (desk / "templates").mkdir()
    (desk / "templates/look.yaml").write_text(f"sections: {kept}\n", encoding="utf-8")
    page = _page(desk, program, LATER)
    assert [title for title in re.findall("“([A-Z][^”]+)”", page) if f"\n{title}\n" not in page] == []


def test_targets_and_figures_of_any_kind(desk: Path, program: Program) -> None:
    page = _page(desk, program, LATER)
    assert "Money for the river\nGiven by\nKind\nWhen\nRaise US$38 million per year for the river2\nRiver Fund" in page
    assert "Water balance\n−US$2.6 billion2" in page
    assert "Share of the river that is gauged\nNearly one third2" in page
    assert "Keep the warming of the river to 1.5 degrees2" in page


@pytest.mark.parametrize(
    ("day", "status"), [(LATER, "open"), ("2026-12-01", "due soon"), ("2027-01-01", "deadline passed")]
)
def test_the_next_session_follows_from_the_rhythm(desk: Path, program: Program, day: str, status: str) -> None:
    page = _page(desk, program, day)
    assert _facts(desk, day)["consultations"]["status"] == status
    assert "2026†\nConsultations on water every 2 years2" in page
    assert "† derived: not printed in the source." in page


def test_without_a_session_or_with_one_announced_nothing_is_worked_out(desk: Path, program: Program) -> None:
    facts = desk / "facts" / "river.yaml"
    changed(facts, "form: launch\n    held: false", "form: launch\n    held: false\n    session_of: consultations")
    assert "2026†" not in _page(desk, program, LATER)
    changed(
        facts, "    on: report-2024@consultations\n    session_of: consultations", "    on: report-2024@consultations"
    )
    changed(facts, "held: false\n    session_of: consultations", "held: false")
    assert "2026†" not in _page(desk, program, LATER)


def test_the_catalogs_have_the_names_of_bodies_and_forms_and_the_earlier_text(desk: Path, program: Program) -> None:
    changed(desk / "briefgen.toml", '["en"]', '["en", "vi", "ko"]')
    program("translate", at=desk)
    catalog = desk / "facts" / "locale" / "vi.po"
    for context, text in (
        ("body all-states", "tất cả các quốc gia ven sông"),
        ("form framework", "Thỏa thuận khung"),
        ("fund-goal target", "Kinh phí cho dòng sông"),
        ("summit-next before report-2024 text", "Hội nghị Cấp cao về dòng sông"),
        ("all-ask text", "Xây trạm đo trên mọi nhánh sông"),
    ):
        written = catalog.read_text("utf-8")
        entry = re.search(rf'msgctxt "{context}"\nmsgid "[^"]*"\nmsgstr ""', written)
        assert entry, context
        catalog.write_text(written.replace(entry[0], f'{entry[0][:-2]}"{text}"'), "utf-8")
    assert "Hội nghị Cấp cao về dòng sông" in _page(desk, program, EARLY, "vi")
    page = _page(desk, program, LATER, "vi")
    assert "tất cả các quốc gia ven sông" in page
    assert "Thỏa thuận khung" in page
    assert "Kinh phí cho dòng sông" in page
    assert "ngày có hiệu lực: 01/6/2024" in page
    assert "Hội nghị Cấp cao về dòng sông" not in page
    assert "발효: 2024. 6. 1." in _page(desk, program, LATER, "ko")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("form: framework", "form: framewrk", "C102 'framewrk' is not known here"),
        ("to: [all-states]", "to: [all-state]", "C102 'all-state' is not known here"),
        ("every: {value: 2 years", "every: {value: 2 people", "C107 'every' must be a whole number of days, weeks"),
        ("every: {value: 2 years", "every: {value: 1.5 years", "C107 'every' must be a whole number of days, weeks"),
        ("speaker: academy", "speaker: institute", "C109 Water Institute speaks for WL, not for SL"),
        ("before: report-2024}", "before: report-2025}", "C102 'report-2025' is not known here"),
        (
            'earlier: [{value: 2025, cite: "note-2024:L3#when"}]',
            'earlier: [{value: 2026, cite: "note-2024:L3#when"}]',
            "E204 is 2026 here but 2025 in the record (note-2024:L3#when)",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_line(desk: Path, program: Program, old: str, new: str, message: str) -> None:
    _is_told(desk, program, old, new, message)


def test_c120_a_meeting_without_its_occasion(desk: Path, program: Program) -> None:
    old, new = "    on: report-2024@talks\n    leaders: true", "    leaders: true"
    _is_told(desk, program, old, new, "C120 a meeting that took place needs its occasion")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('2024-06-01, cite: "report-2024:L4#since"', "the sources of these values do not come out one after the other"),
        ('-2.6 billion USD, cite: "report-2024:L5#balance"', "an observation keeps no earlier value"),
    ],
)
def test_c121_a_value_of_no_earlier_source(desk: Path, program: Program, value: str, message: str) -> None:
    _is_told(desk, program, value, f"{value}, earlier: [{{value: {value}}}]", f"C121 {message}")


def _is_told(desk: Path, program: Program, old: str, new: str, message: str) -> None:
    facts = desk / "facts" / "river.yaml"
    line = facts.read_text("utf-8").split(old)[0].count("\n") + 1
    changed(facts, old, new)
    told = program("check", at=desk)
    assert message in told.out + told.err
    assert told.code == 1
    found = re.findall(r"facts/river.yaml:(\d+):", told.out + told.err)
    assert any(abs(int(each) - line) <= 9 for each in found)


def test_what_is_announced_ages_like_a_summit(desk: Path, program: Program) -> None:
    page = _page(desk, program, "2025-01-10")
    assert re.search("Water forum1 · Conference · Host: .* · last confirmed March 2024", page)
    stale = page[page.index("\nFacts past review") :]
    assert stale.count("Water forum") == 1
    assert stale.count("Launch of the gauge network") == 1


def test_a_channel_names_its_sessions(desk: Path, program: Program) -> None:
    told = json.loads(program("where", "consultations", "--as-of", LATER, "--json", at=desk).out)
    assert {relation: [*others] for relation, others in told["facts"].items()} == {
        "its sessions": ["consultations-2024"]
    }


def test_the_calendar_is_no_official_document(desk: Path, program: Program) -> None:
    assert program("build", at=desk).code == 0
    calendar = (desk / "out/river/latest/calendar.en.ics").read_text("utf-8").replace("\n ", "")
    assert "Not an official document." in calendar
