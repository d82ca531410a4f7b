"""The review sheet: every text beside its translation, as printed, for a reviewer with a browser or a pen."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Program, changed

from briefgen.read.workspace import find_workspace
from briefgen.tools.translations import all_labels, texts_by_partnership

GOAL = "Den Handel zwischen den beiden Ländern bis 2030 auf 5 Milliarden US-Dollar steigern"


def sheet(workspace: Path, program: Program) -> str:
    done = program("translate", "review", "de", at=workspace)
    assert done.code == 0, done.err
    return (workspace / "out" / "review-de.html").read_text(encoding="utf-8")


def row(markup: str, key: str) -> list[str]:
    """The cells of a row without their tags."""
    found = [each for each in re.findall(r"(?s)<tr.*?</tr>", markup) if f"</b> {key}</th>" in each]
    assert len(found) == 1, f"{len(found)} rows for {key}"
    cells = re.findall(r"(?s)<t[hd].*?</t[hd]>", found[0])
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", cell)).split()) for cell in cells]


def test_both_are_shown_with_their_values(german: Path, program: Program) -> None:
    cells = row(sheet(german, program), "trade-goal-2030 text")
    assert cells[1] == "Raise trade between the two countries to US$5 billion by 2030"
    assert cells[2] == GOAL
    headline = row(sheet(german, program), "bottom-line text")
    assert "US$3.2 billion in 2025" in headline[1]
    assert "bei 3,2 Milliarden US-Dollar" in headline[2]


def test_a_value_is_marked_as_one(german: Path, program: Program) -> None:
    assert '<span class="value">bis 2030</span>' in sheet(german, program)


def test_what_a_label_fills_in_stands_in_braces(german: Path, program: Program) -> None:
    assert 'Edition <i class="field">{number}</i>' in sheet(german, program)


def test_every_text_has_a_row_of_its_own(german: Path, program: Program) -> None:
    markup = sheet(german, program)
    workspace = find_workspace(german)
    plain = unescape(re.sub(r"<[^>]*>", "", markup)).replace("\xa0", " ")  # a name is not broken over a line
    for text in (*all_labels(workspace), *texts_by_partnership(workspace)[0]["sample"]):
        assert text.text.partition("{")[0].strip().replace("\xa0", " ") in plain
    names = re.findall(r'<textarea name="([^"]+)"', markup)
    numbers = re.findall(r"<b>(\d+)</b>", markup)
    assert len(set(names)) == len(names) == len(numbers) == int(numbers[-1])


def test_a_guess_shows_what_it_was_made_for(german: Path, program: Program) -> None:
    changed(german / "facts/sample.yaml", "Raise trade between the two", "Double trade between the two")
    cells = row(sheet(german, program), "trade-goal-2030 text")
    assert cells[1].startswith("Double trade")
    assert cells[2].startswith(f"{GOAL} guess made for: ")
    assert "Raise trade" in cells[2]


def test_what_is_missing_is_marked_and_blank(german: Path, program: Program) -> None:
    changed(german / "facts/locale/de.po", 'msgstr "Die Fährverbindung ganzjährig öffnen"', 'msgstr ""')
    markup = sheet(german, program)
    assert row(markup, "ferry text")[2] == "missing"
    assert markup.count('<tr class="left">') == 1


def test_a_translators_note_is_shown(german: Path, program: Program) -> None:
    changed(
        german / "facts/locale/de.po",
        'msgctxt "ferry text"',
        '# native check:\n# a <usual> word?\nmsgctxt "ferry text"',
    )
    assert row(sheet(german, program), "ferry text")[2].endswith("translator’s note: native check: a <usual> word?")


def test_what_cannot_be_worded_is_shown_with_its_braces(german: Path, program: Program) -> None:
    changed(german / "facts/locale/de.po", "{by:deadline} auf {goal} steigern", "{by:deadlin} auf {goal} steigern")
    assert "{by:deadlin}" in row(sheet(german, program), "trade-goal-2030 text")[2]


def test_the_file_needs_nothing_else_and_is_well_formed(german: Path, program: Program) -> None:
    markup = sheet(german, program)
    assert not re.findall(r"\b(?:src|href)=|@import|url\(|//[a-z]", markup)
    assert "$" not in markup.replace("US$", "").replace("${", "")

    class Balanced(HTMLParser):
        stack: list[str]

        def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
            if tag not in ("meta", "input"):
                self.stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.stack.pop() == tag

    parser = Balanced()
    parser.stack = []
    parser.feed(markup)
    assert parser.stack == []


@pytest.mark.parametrize("code", ["en", "fr"])
def test_only_languages_of_the_settings_are_reviewed(german: Path, program: Program, code: str) -> None:
    done = program("translate", "review", code, at=german)
    assert (done.code, f"W005 the settings name no language '{code}'" in done.err) == (1, True)
    assert not (german / "out" / f"review-{code}.html").exists()


def test_it_goes_where_it_is_told(german: Path, program: Program, tmp_path: Path) -> None:
    program("translate", "review", "de", "--to", tmp_path / "here.html", at=german)
    assert (tmp_path / "here.html").read_text(encoding="utf-8") == sheet(german, program)
