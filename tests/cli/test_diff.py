"""`briefgen diff` as a desk meets it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from changes.edits import FACTS, RECORD, both, report
from conftest import STATEMENTS, Direct, Program, changed, request_for, unshipped_desk, write_template

from briefgen.build import build
from briefgen.cli.output import Here


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions of a small document in two languages: a correction, then a summit that may have taken place."""
    made = unshipped_desk(tmp_path_factory.mktemp("built") / "german", "de")
    write_template(made, "at-a-glance", "<p>{{ page.masthead.edition }}</p>")
    settings = made / "briefgen.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text + 'documents = ["at-a-glance"]\nformats = ["html"]\n', encoding="utf-8")
    _edition(made, date(2026, 4, 1))
    both(made, "5 billion USD", "6 billion USD")
    _edition(made, date(2026, 4, 2))
    _edition(made, date(2026, 10, 2))
    return made


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Path:
    """A copy to work on."""
    return Path(copytree(built, tmp_path / "desk", symlinks=True))


def _edition(workspace: Path, day: date) -> None:
    assert build(request_for(workspace, day, day), Direct()).new


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_without_words_it_tells_what_the_newest_edition_changed(desk: Path, program: Program) -> None:
    ended = program("diff", at=desk)
    assert (ended.code, ended.err) == (0, "")
    assert plain(ended.out) == (
        "sample: from edition 2 (2026-04-02) to edition 3 (2026-10-02)\n"
        "  1 change; readers must know.\n"
        "\n"
        "Time passed (1)\n"
        "  straits-summit\n"
        "      Straits Summit in Southland\n"
        "      Upcoming → May have taken place\n"
        "      [sample-talks-2026:L4]\n"
    )


def test_one_edition_is_compared_with_the_newest_corrections_first(desk: Path, program: Program) -> None:
    out = plain(program("diff", "1", at=desk).out)
    assert out.index("Corrected (1)") < out.index("Time passed (1)")
    assert "US$5 billion → US$6 billion" in out


@pytest.mark.parametrize("sides", [("1", "2"), ("2", "1"), ("1r1", "2r1")])
def test_two_editions_are_compared_from_the_earlier_one(desk: Path, program: Program, sides: tuple[str, str]) -> None:
    ended = program("diff", *sides, at=desk)
    assert "from edition 1 (2026-04-01) to edition 2 (2026-04-02)" in ended.out
    assert "Time passed" not in ended.out


def test_it_is_told_in_the_language_asked_for(desk: Path, program: Program) -> None:
    out = plain(program("diff", "1", "2", "--lang", "de", at=desk).out)
    assert "Berichtigt (1)" in out
    assert "5 Milliarden US-Dollar → 6 Milliarden US-Dollar" in out
    assert "no language 'xx'" in program("diff", "--lang", "xx", at=desk).err


def test_the_next_edition_is_foretold_without_being_built(desk: Path, program: Program) -> None:
    report(desk, "fulfilled")
    before = sorted(desk.rglob("*"))
    out = plain(program("diff", "2", "--next", at=desk).out)
    assert "from edition 2 (2026-04-02) to the facts as of " in out
    assert "Status changed (1)\n  ferry" in out
    assert "[sample-talks-2026:L3, sample-talks-2026:L4]" in out
    assert sorted(desk.rglob("*")) == before


def test_two_days_are_compared_without_any_edition(german: Path, program: Program) -> None:
    out = program("diff", "2026-10-01", "2026-04-01", at=german).out
    assert out.startswith("sample: from 2026-04-01 to 2026-10-01\n")
    assert "Time passed (1)\n  straits-summit" in out
    assert "New (6)" in program("diff", "2026-01-01", "2026-04-01", at=german).out


def test_an_edition_is_compared_with_a_day(desk: Path, program: Program) -> None:
    assert "Corrected (1)" in program("diff", "1", "2026-04-02", at=desk).out


def test_that_nothing_changed_is_said(desk: Path, program: Program) -> None:
    ended = program("diff", "2", "2", at=desk)
    assert (ended.code, ended.out.endswith("\n  Nothing changed.\n")) == (0, True)


def test_words_alone_are_called_minor(desk: Path, program: Program) -> None:
    changed(desk / FACTS, "Open the ferry route all year round", "Keep the ferry route open all year round")
    out = program("diff", "2", "2026-04-02", at=desk).out
    assert "1 change; minor: only other words or sources." in out


def test_a_machine_reads_typed_values(desk: Path, program: Program) -> None:
    (told,) = json.loads(program("diff", "1", "2", "--json", at=desk).out)
    assert (told["partnership"], told["major"]) == ("sample", True)
    assert told["from"] == {"edition": "1", "as_of": "2026-04-01"}
    (row,) = told["changes"]
    assert (row["kind"], row["fact"], row["old"], row["new"]) == (
        "corrected",
        "trade-goal-2030",
        ["5 billion USD"],
        ["6 billion USD"],
    )


@pytest.mark.parametrize(
    ("sides", "code", "message", "hint"),
    [
        (("9",), 1, "there is no edition '9'", "the nearest is 3; there are: 1, 2, 3"),
        (("0", "2"), 1, "there is no edition '0'", "the nearest is 1;"),
        (("2r7",), 1, "there is no edition '2r7'", "the nearest is 2;"),
        (("x",), 2, "'x' is neither an edition, such as 7 or 7r2, nor a day", ""),
        (("2026-02-30",), 2, "'2026-02-30' is not a day", ""),
        (("1", "2", "3"), 2, "two editions or days can be compared", ""),
        (("1", "2", "--next"), 2, "--next counts as one of them", ""),
        (("--partnership", "other"), 1, "there is no facts file 'other'", ""),
    ],
)
def test_what_cannot_be_compared_is_explained(
    desk: Path, program: Program, sides: tuple[str, ...], code: int, message: str, hint: str
) -> None:
    ended = program("diff", *sides, at=desk)
    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err
    assert hint in ended.err


def test_without_an_edition_the_way_out_is_named(german: Path, program: Program) -> None:
    ended = program("diff", at=german)
    assert (ended.code, "briefgen build" in ended.err) == (1, True)
    assert "there is none at all yet" in program("diff", "1", at=german).err


def test_a_partnership_with_nothing_to_compare_keeps_no_other_from_being_told(desk: Path, program: Program) -> None:
    text = (desk / FACTS).read_text("utf-8").replace("id: sample,", "id: other,")
    (desk / "facts" / "another.yaml").write_text(text, encoding="utf-8")
    ended = program("diff", "--json", at=desk)
    assert [each["partnership"] for each in json.loads(ended.out)] == ["sample"]
    assert (ended.code, "W009 there is no edition to compare with" in ended.err) == (1, True)


def test_the_first_edition_has_none_before_it(tiny: Path, program: Program) -> None:
    _edition(tiny, date(2026, 4, 1))
    ended = program("diff", at=tiny)
    assert (ended.code, "briefgen diff --next" in ended.err) == (1, True)


def test_faulty_facts_keep_no_two_editions_from_being_compared(desk: Path, program: Program) -> None:
    changed(desk / RECORD, "6 billion USD", "7 billion USD")
    assert "Corrected (1)" in program("diff", "1", "2", at=desk).out
    ended = program("diff", "--next", at=desk)
    assert (ended.code, ended.out) == (1, "")
    assert "E20" in ended.err


def test_a_damaged_edition_is_named(desk: Path, program: Program) -> None:
    (next((desk / "out/sample/editions").glob("*-1")) / "briefing.json").write_text('{"facts": [3]}', encoding="utf-8")
    assert "edition 1 is damaged" in program("diff", "1", at=desk).err


def on_paper_too(desk: Path) -> None:
    """A document of two pages, with the texts of both on paper too, as a revision of edition 3."""
    body = f"<p>{{{{ page.masthead.edition }}}}</p>{STATEMENTS}<h2 style='break-before: page'>Second</h2>"
    figures = "{% for tile in page.glance.figures %}<p data-fact='{{ tile.id }}'>{{ tile.label }}</p>{% endfor %}"
    write_template(desk, "two-pages", body + figures)
    settings = desk / "briefgen.toml"
    changed(settings, '"at-a-glance"', '"two-pages"')
    changed(settings, 'formats = ["html"]', 'formats = ["html", "pdf"]')
    _edition(desk, date(2026, 10, 3))


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Here, "now", datetime(2026, 10, 3, 12, tzinfo=UTC))


@pytest.mark.usefixtures("today")
def test_documents_pages_and_headings_that_would_change_are_foretold(desk: Path, program: Program) -> None:
    on_paper_too(desk)
    nothing = program("diff", "--next", at=desk)
    assert "Built now, nothing would be published: no document differs from edition 3r2." in nothing.out
    before = sorted(desk.rglob("*"))
    changed(desk / FACTS, "label: Trade goal", "label: Goal of trade")
    out = program("diff", "--next", at=desk).out
    assert "Built now, it would be edition 3r3" in out
    assert "two-pages.en.html: Second\n" in out
    assert "two-pages.en.pdf: new words on page 2; words gone on page 2\n" in out
    assert "Goal of trade" not in out.partition("Built now")[2]
    assert sorted(desk.rglob("*")) == before
    report(desk, "fulfilled")
    changed(desk / FACTS, "label: Goal of trade", "label: Trade goal")
    out = program("diff", "--next", at=desk).out
    assert "Built now, it would be edition 4.\n" in out
    assert "two-pages.en.pdf: words gone on page 1\n" in out


@pytest.mark.usefixtures("today")
def test_what_only_the_pages_say_otherwise_is_foretold_with_its_words(desk: Path, program: Program) -> None:
    on_paper_too(desk)
    changed(desk / "templates" / "two-pages.html", ">Second<", ">Another heading<")
    told = program("diff", "--next", "--lang", "de", at=desk).out
    assert "Built now, it would be edition 3r3: the same facts in other words" in told
    assert "2 documents would say something else, 0 would not." in told
    assert "      + Another heading\n      - Second\n" in told
    (data,) = json.loads(program("diff", "--next", "--lang", "de", "--json", at=desk).out)
    assert (data["changes"], data["next"]["kind"], data["next"]["name"]) == ([], "revision", "3r3")
    assert data["next"]["documents"][1]["pages"] == [2]


@pytest.mark.usefixtures("today")
def test_what_would_stop_the_build_is_told_behind_the_changes(desk: Path, program: Program) -> None:
    write_template(desk, "at-a-glance", "<p>{{ page.bottom_lin }}</p>")
    ended = program("diff", "--next", at=desk)
    assert (ended.code, "Nothing changed." in ended.out) == (1, True)
    assert "did you mean 'bottom_line'?" in ended.err


@pytest.mark.usefixtures("today")
def test_a_rollback_that_holds_is_foretold(desk: Path, program: Program) -> None:
    assert program("editions", "rollback", "2", at=desk).code == 0
    assert "a rollback holds edition 2" in program("diff", "--next", at=desk).out


def test_the_earlier_of_two_revisions_of_a_day_comes_first(desk: Path, program: Program) -> None:
    write_template(desk, "at-a-glance", "<p>Another look</p>")
    _edition(desk, date(2026, 10, 2))
    assert "from edition 3 (2026-10-02) to edition 3r2 (2026-10-02)" in program("diff", "3r2", "3", at=desk).out
