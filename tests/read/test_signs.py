"""A sign that no font has is told at the text that holds it, not at the template that prints all texts."""

from pathlib import Path

from conftest import changed

from briefgen.model.findings import Finding, Location
from briefgen.read.told import at_their_texts
from briefgen.read.workspace import find_workspace

SAID = 'no font has the sign "{}" ({}); write it otherwise, or put a font that has it into templates/fonts'

FONT_FOR = "put a font for {} into templates/fonts, and name its family under 'fonts' in look.yaml for that language"


def test_r401_a_sign_is_told_at_its_catalog_or_its_fact(starter: Path) -> None:
    facts = starter / "facts" / "sample.yaml"
    changed(facts, "Southland asks for a ferry", "Southland 李 漢 asks for a ferry")
    (starter / "facts" / "locale" / "ko.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "가 李"\n')
    both = "; ".join((SAID.format("李", "U+674E"), SAID.format("漢", "U+6F22"), "something else"))
    findings = [Finding(Location("full-briefing.html"), "R401", both), Finding(Location("b.html"), "R402", "slow")]
    line = next(n for n, text in enumerate(facts.read_text(encoding="utf-8").split("\n"), 1) if "漢" in text)
    found = at_their_texts(find_workspace(starter), facts, findings)
    assert [(str(each.location), each.message) for each in found] == [
        ("full-briefing.html", "something else"),
        ("b.html", "slow"),
        ("facts/locale/ko.po:5:11", 'no font has the sign "李" (U+674E)'),
        (f"facts/sample.yaml:{line}:23", 'no font has the sign "漢" (U+6F22)'),
    ]


def test_r401_a_sign_that_no_file_holds_stays_where_it_was_told(starter: Path) -> None:
    finding = Finding(Location("full-briefing.html"), "R401", SAID.format("뷁", "U+BDC1"))
    (found,) = at_their_texts(find_workspace(starter), starter / "facts" / "sample.yaml", [finding])
    assert str(found.location) == "full-briefing.html"


def test_r401_letters_of_one_script_are_told_once(starter: Path) -> None:
    facts = starter / "facts" / "sample.yaml"
    changed(facts, "Southland asks for a ferry", "שלום ★ 協力 asks for a ferry")
    said = ("; ".join(SAID.format(each, f"U+{ord(each):04X}") for each in signs) for signs in ("של★協", "לום力"))
    findings = [Finding(Location(f"{at}.html"), "R401", each) for at, each in enumerate(said)]
    found = at_their_texts(find_workspace(starter), facts, findings)
    assert [(each.message, each.hint) for each in found] == [
        ("no font has these Hebrew letters: ש ל ו ם", FONT_FOR.format("Hebrew")),
        ('no font has the sign "★" (U+2605)', "write it otherwise, or put a font that has it into templates/fonts"),
        ("no font has these Chinese letters: 協 力", FONT_FOR.format("Chinese")),
    ]
