"""`briefgen where`: where a fact is used."""

import json
from pathlib import Path

import pytest
from conftest import STATEMENTS, Program, changed, unshipped_desk, write_template

DAY = ("--as-of", "2026-11-21")
PARTS = (
    f"<h2>Asked</h2><div>{STATEMENTS}</div><p style='break-before: page'></p><h2>Over<i>view</i></h2>"
    f"<section aria-label='Own name'>{STATEMENTS}</section>"
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A document of two pages in two languages, on screen and on paper."""
    made = unshipped_desk(tmp_path / "german", "de")
    write_template(made, "two-pages", PARTS)
    settings = made / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8") + 'documents = ["two-pages"]\n', encoding="utf-8")
    return made


def test_pages_and_headings_are_named_document_by_document(desk: Path, program: Program) -> None:
    before = sorted(desk.rglob("*"))
    ended = program("where", "ferry", *DAY, at=desk)
    assert (ended.code, ended.err) == (0, "")
    assert "  two-pages.en.html: Asked · Own name\n  two-pages.en.pdf: pages 1, 2: Asked · Own name\n" in ended.out
    assert "This is 'ferry' of sample, written in facts/sample.yaml:" in ended.out
    assert sorted(desk.rglob("*")) == before


def test_headlines_and_other_facts_are_named_in_the_language_asked_for(german: Path, program: Program) -> None:
    settings = german / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8") + 'formats = ["html"]\n', encoding="utf-8")
    told = json.loads(program("where", "trade", *DAY, "--lang", "de", "--json", at=german).out)
    assert [each["document"] for each in told["documents"]] == ["at-a-glance.de.html", "full-briefing.de.html"]
    assert {relation: list(others) for relation, others in told["facts"].items()} == {
        "statements with a goal that it measures": ["trade-goal-2030"]
    }
    assert "5\u00a0Milliarden\u00a0US-Dollar" in told["headlines"]["bottom-line"]
    said = program("where", "trade-goal-2030", *DAY, at=german).out
    assert "  the figure that measures its goal:\n    trade\n" in said
    assert "No sentence" not in said
    assert "No sentence of the first page is made of it." in program("where", "southland-minister", *DAY, at=german).out


def test_a_fact_that_is_only_counted_or_printed_nowhere_is_said_to_be_so(desk: Path, program: Program) -> None:
    write_template(desk, "two-pages", "<p data-left-out='ferry'>one more</p>")
    assert "two-pages.en.html: only counted among what is left out" in program("where", "ferry", *DAY, at=desk).out
    write_template(desk, "two-pages", "<p>nothing</p>")
    assert "two-pages.en.html: not printed" in program("where", "ferry", *DAY, at=desk).out


def test_only_a_language_that_documents_are_made_in_can_be_asked_for(tiny: Path, program: Program) -> None:
    """And settings whose only documents are copies for Word have none to name."""
    changed(tiny / "briefgen.toml", 'languages = ["en"]', 'languages = ["ko"]')
    ended = program("where", "ferry", "--lang", "en", at=tiny)
    assert (ended.code, "the settings name no language 'en'" in ended.err) == (2, True)
    changed(tiny / "briefgen.toml", '["html"]', '["docx"]')
    told = json.loads(program("where", "ferry", *DAY, "--json", at=tiny).out)
    assert (told["id"], told["documents"]) == ("ferry", [])


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (("fery",), 1, "did you mean 'ferry'?"),
        (("ferry", "--as-of", "2020-01-01"), 1, "on 2020-01-01 nothing was known yet"),
        (("ferry", "--lang", "vi"), 2, "the settings name no language 'vi'"),
    ],
)
def test_what_cannot_be_told_is_explained(
    desk: Path, program: Program, asked: tuple[str, ...], code: int, message: str
) -> None:
    ended = program("where", *asked, at=desk)
    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err
