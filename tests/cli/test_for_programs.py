"""What programs read as JSON: findings, editions, the machine, the schedule; and what drowns nobody on a terminal."""

import json
from pathlib import Path

import pytest
from conftest import Program

from briefgen.cli.output import in_groups
from briefgen.model.findings import Finding, Location, Severity

FACTS = Path("facts/sample.yaml")


def test_findings_come_with_place_code_and_help(starter: Path, program: Program) -> None:
    facts = starter / FACTS
    facts.write_text(facts.read_text(encoding="utf-8").replace("act: requested", "act: requestd"), encoding="utf-8")
    done = program("check", "--json", at=starter)
    (found,) = json.loads(done.out)["findings"]
    assert (done.code, done.err) == (1, "")
    assert (found["file"], found["line"], found["column"]) == (str(FACTS), 99, 10)
    assert (found["severity"], found["code"], found["help"]) == ("error", "F004", "did you mean 'requested'?")
    facts.write_text(facts.read_text(encoding="utf-8").replace("act: requestd", "act: requested"), encoding="utf-8")
    data = json.loads(program("check", "--json", at=starter).out)
    assert (data["findings"], data["summary"][-1]) == ([], "6 facts checked, no findings.")


def test_editions_are_listed_for_programs(tiny: Path, program: Program) -> None:
    assert program("build", at=tiny).code == 0
    (edition,) = json.loads(program("editions", "list", "--json", at=tiny).out)
    assert (edition["partnership"], edition["name"], edition["facts"]) == ("sample", "1", 6)
    assert edition["states"] == ["newest: readers see it"]
    shown = json.loads(program("editions", "show", "1", "--json", at=tiny).out)
    assert {"name": "briefing.json", "damaged": False} in shown["files"]
    (tiny / "out/sample/latest/manifest.json").resolve().write_text("{", encoding="utf-8")
    (edition,) = json.loads(program("editions", "list", "--json", at=tiny).out)
    assert edition["states"] == ["damaged: its manifest cannot be read"]


def test_the_machine_and_the_schedule_are_told_to_programs(starter: Path, program: Program) -> None:
    found = json.loads(program("doctor", "--json", at=starter).out)
    assert {"subject", "detail", "fix", "ok"} == found[0].keys()
    assert json.loads(program("schedule", "show", "--json", at=starter).out) == {"installed": [], "runs": []}


def _finding(line: int, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(Location("ko.po", line), "T303", f"text {line} is not translated", severity)


def test_many_warnings_of_one_kind_are_one_line_with_a_count() -> None:
    (told,) = in_groups(map(_finding, (3, 5, 7, 9)))
    assert told.message == "text 3 is not translated (and 3 more of this kind, in lines 5, 7, 9)"
    assert told.hint == "briefgen check --all names each"
    few = [*map(_finding, (3, 5, 7))]
    assert [*in_groups(few)] == few
    faults = [_finding(line, Severity.ERROR) for line in range(1, 9)]
    assert [*in_groups(faults)] == faults


def test_check_names_each_when_asked(starter: Path, program: Program) -> None:
    settings = starter / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["en"]', '["en", "ko"]'), encoding="utf-8")
    program("translate", at=starter)
    catalog = starter / "facts/locale/ko.po"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(
        text.replace('msgstr ""', 'msgstr "노스랜드"', 2).replace('"노스랜드"', '""', 1), encoding="utf-8"
    )
    short, every = (program("check", *more, at=starter).err for more in ((), ("--all",)))
    assert (short.count("T303"), "more of this kind, in lines" in short) == (1, True)
    assert every.count("T303") > 10


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("    theme: trade\n    overview: transport", "   theme: trade\n    overview: transport", "like line"),
        ("  - id: ferry\n", "- id: ferry\n", "begin it in column 3, like line"),
        ("  - id: trade-goal-2030\n", "   - id: trade-goal-2030\n", "begin the '- ' of line"),
        ("text: Open the ferry", "text: @NL opens the ferry", "put the text in quotes, because it begins with @"),
        ("text: Open the ferry", "text: - Open the ferry", "put the text in quotes, because it begins with -"),
        ("text: Open the ferry", "text: [Open] the ferry", "put the text in quotes, because it begins with ["),
        ("text: Open the ferry", "text: 'Open' the ferry", "the next ' ends the text"),
        ("text: Open the ferry", "text: Open: the ferry", "put a text that holds ': ' in quotes"),
        ("text: Open the ferry route all year round", 'text: "Open \\d"', "or \\\\ if it is to be printed"),
        ("text: Open the ferry", "text: {ferry} the ferry", 'because it begins with a brace: "{ferry} the ferry route'),
        ('    cites: ["sample-talks-2026:L4"]\n', "", "add a line 'cites: [talks-2022:L7]'"),
        ("{value: 2026-10, cite:", "{value: 01/05/2024, cite:", "write the year first: 2024-05-01 or 2024-01-05"),
        ("{value: 2026-10, cite:", "{value: end of 2026, cite:", "no date here; write end 2026"),
        ("{value: 5 billion USD,", "{value: 250m,", "write 250 million USD, with the code of its own currency"),
        ("{value: 5 billion USD,", "{value: KRW 250 billion,", "'KRW 250 billion' is no value; write 250 billion KRW"),
        ("{value: 5 billion USD,", "{value: 2,500 million USD,", "write 2500 million USD"),
        ("{value: 5 billion USD,", "{value: 5,0 billion USD,", "write 5.0 billion USD"),
        (
            'holder: {value: "@ada-holm", cite: "sample-talks-2026:L3#holder"}',
            'holder: "@x"',
            'holder: {value: "@VN", cite:',
        ),
        ("{value: 3.2 billion USD,", "{value: 3.4 billion USD,", "(briefgen sources show sample-talks-2026:L2)"),
        ("{value: 3.2 billion USD,", "{value: 3.4 billion USD,", "the record: seeds/sample-talks-2026.yaml:27:"),
    ],
)
def test_a_slip_of_the_hand_is_told_with_what_to_type(
    before: str, after: str, told: str, starter: Path, program: Program
) -> None:
    facts = starter / FACTS
    text = facts.read_text(encoding="utf-8")
    assert before in text
    facts.write_text(text.replace(before, after, 1), encoding="utf-8")
    done = program("check", at=starter)
    assert (done.code, told in done.err) == (1, True), done.err


def test_a_language_that_is_only_read_is_told_at_the_setting(starter: Path, program: Program) -> None:
    settings = starter / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["en"]', '["en", "nl"]'), encoding="utf-8")
    told = program("check", at=starter).err
    assert "briefgen.toml:3:1: error W005" in told
    assert "briefgen language new nl" in told
