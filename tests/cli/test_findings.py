"""A facts file with many faults: all are told in one pass, each with its place, its line and the nearest right word."""

import re
import typing
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from conftest import Program, Told, contents

from briefgen import files
from briefgen.cli.output import show
from briefgen.model.findings import Finding, Location
from briefgen.read import validate

FAULTS = (
    ("themes:\n", "themess:\n"),  # a key
    ('theme: political\n    cites: ["sample-talks-2026:L1"]', 'theme: politics\n    cites: ["sample-talks-2026:L1"]'),
    ('talks-2026:L4"]\n    series', 'talk-2026:L4"]\n    series'),  # a source
    ("value: 5 billion USD", "value: 6 billion USD"),  # a figure
    ("    tile: {label: Trade goal", "    tlie: {label: Trade goal"),  # a key of a part
    ("    to: [NL]\n", "    to: [XL]\n"),  # a party
    ("    rank: 2\n", "    rank: 2\n    rank: 3\n"),  # a key twice
)


def test_every_fault_is_told_in_one_pass(told: Told, tiny: Path, golden: Callable[[Path, str], None]) -> None:
    assert told("build", at=tiny).code == 0
    before = contents(tiny / "out")
    _spoil(tiny / "facts" / "sample.yaml")
    done = told("build", at=tiny)
    assert (done.code, done.out) == (1, "")
    golden(Path(__file__).with_name("faults.txt"), done.err)
    assert contents(tiny / "out") == before
    checked = told("check", at=tiny)
    assert checked.code == 1
    assert checked.err == done.err.rpartition("\n")[0].rpartition("\n")[0] + "\n"
    assert checked.out.endswith(f"{done.err.count(': error ')} findings.\n")


def test_a_mistyped_key_has_line_column_line_and_nearest_key(told: Told, tiny: Path) -> None:
    _replace(tiny / "facts" / "sample.yaml", ("    speaker: ada-holm\n", "    spekaer: ada-holm\n"))
    done = told("check", at=tiny)
    assert done.code == 1
    number = 1 + (tiny / "facts" / "sample.yaml").read_text(encoding="utf-8").partition("    spekaer")[0].count("\n")
    assert done.err == (
        f"facts/sample.yaml:{number}:5: error F002 the key 'spekaer' is not known here\n"
        f"{number:>6} |     spekaer: ada-holm\n"
        "       |     ^\n"
        "    help: did you mean 'speaker'?\n"
    )


def _spoil(path: Path) -> None:
    for fault in FAULTS:
        _replace(path, fault)


def _replace(path: Path, fault: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(fault[0]) == 1, fault[0]
    path.write_text(text.replace(*fault), encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "column", "quoted", "caret"),
    [
        ("text: 'x'", 7, "text: 'x'", "      ^"),
        ("\ttext: x", 8, "\ttext: x", "\t      ^"),
        ("text: 한국의 빛", 9, "text: 한국의 빛", "          ^"),
        ("text: a\u0323\u0302b", 10, "text: a\u0323\u0302b", "       ^"),
        ("text: \x1b[31mred\x07", 7, "text: \ufffd[31mred\ufffd", "      ^"),
        ("x" * 100 + "here" + "y" * 400, 101, "x" * 79 + "here" + "y" * 77, " " * 79 + "^"),
    ],
)
def test_the_caret_stands_under_the_column(
    line: str, column: int, quoted: str, caret: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a terminal shows it: wide signs, combining marks, tabs; nothing in a file can steer the terminal."""
    (tmp_path / "facts.yaml").write_text(f"one\n{line}\nthree\n", encoding="utf-8")
    show([Finding(Location("facts.yaml", 2, column), "F004", "is odd")], tmp_path)
    assert capsys.readouterr().err == (
        f"facts.yaml:2:{column}: error F004 is odd\n     2 | {quoted}\n       | {caret}\n"
    )


def test_a_line_of_a_file_saved_on_windows_is_quoted_without_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.yaml").write_bytes(b"one\r\ntwo\r\n")
    show([Finding(Location("facts.yaml", 1, 1), "F004", "is odd")], tmp_path)
    assert capsys.readouterr().err.splitlines()[1] == "     1 | one"


@pytest.mark.parametrize(
    "place", [Location("gone.yaml", 3, 1), Location("facts.yaml", 99, 1), Location("."), Location("")]
)
def test_a_place_that_is_gone_is_no_trouble(
    place: Location, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.yaml").write_text("one\n", encoding="utf-8")
    show([Finding(place, "F004", "is odd", hint="mend it")], tmp_path)
    assert capsys.readouterr().err == f"{place}: error F004 is odd\n    help: mend it\n"


def test_what_yaml_takes_for_yes_or_no_may_be_an_id(starter: Path, program: Program) -> None:
    for path in (*(starter / "facts").glob("*.yaml"), *(starter / "seeds").glob("*.yaml")):
        text = path.read_text(encoding="utf-8").replace("ada-holm", "on")
        path.write_text(re.sub(r"\bSL\b", "Y", re.sub(r"\bNL\b", "NO", text)), encoding="utf-8")
    done = program("check", at=starter)
    assert (done.code, done.err) == (0, "")


def test_the_facts_that_can_be_read_are_counted_though_one_cannot(told: Told, tiny: Path) -> None:
    facts = tiny / "facts" / "sample.yaml"
    text = facts.read_text(encoding="utf-8")
    assert told("check", at=tiny).out.endswith("6 facts checked, no findings.\n")
    facts.write_text(text.replace("    act: requested\n", "    act: requestd\n"), encoding="utf-8")
    assert told("check", at=tiny).out == "5 facts checked, 1 finding.\n"
    facts.write_text(text.replace("themes:\n", "themes: [\n"), encoding="utf-8")
    assert told("check", at=tiny).out.startswith("0 facts checked, ")


def test_one_fact_is_told_as_one(told: Told, starter: Path) -> None:
    facts = starter / "facts" / "sample.yaml"
    head, _, rest = facts.read_text(encoding="utf-8").partition("headlines:\n")
    meetings = re.search(r"(?ms)^meetings:\n.*?(?=^\S|\Z)", rest)
    assert meetings
    facts.write_text(head + meetings[0], encoding="utf-8")
    for record in (starter / "seeds").glob("*.yaml"):
        text = re.sub(r"    says:\n(?:      .*\n)+", "", record.read_text(encoding="utf-8"))
        record.write_text(text, encoding="utf-8")
    assert "1 fact checked, " in told("check", "--as-of", "2040-01-01", at=starter).out


def test_thousands_of_faults_ask_for_the_file_and_the_kinds_of_its_keys_once(
    told: Told, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand keys that are none took minutes to be told."""
    read, asked = Mock(side_effect=files.read_text), Mock(side_effect=typing.get_type_hints)
    monkeypatch.setattr(files, "read_text", read)
    monkeypatch.setattr(validate, "get_type_hints", asked)
    file = tiny / "facts" / "sample.yaml"
    file.write_text(file.read_text() + "".join(f"unknown-key-{number}: 1\n" for number in range(300)))
    done = told("check", "--all", at=tiny)
    assert done.err.count("is not known here\n") == 300
    assert "| unknown-key-299: 1\n" in done.err
    assert read.call_count + asked.call_count < 100


@pytest.mark.parametrize(
    ("faults", "shown", "counted"), [(101, 101, ""), (300, 100, "facts/sample.yaml: and 200 more")]
)
def test_of_a_file_with_hundreds_of_faults_the_first_are_shown(
    faults: int, shown: int, counted: str, told: Told, tiny: Path
) -> None:
    file = tiny / "facts" / "sample.yaml"
    file.write_text(file.read_text() + "".join(f"unknown-key-{number}: 1\n" for number in range(faults)))
    for command in ("check", "build"):
        done = told(command, at=tiny)
        assert done.err.count("is not known here\n") == shown
        assert counted in done.err
        assert ("more; briefgen check --all names each" in done.err) is bool(counted)
    assert f"{faults} errors. Nothing was written" in done.err
    assert told("check", "--json", at=tiny).out.count("is not known here") == faults


@pytest.mark.parametrize("words", [("build", "--as-of"), ("diff",), ("check", "--as-of"), ("completion",)])
def test_what_was_typed_at_great_length_is_not_said_again_whole(words: tuple[str, ...], told: Told, tiny: Path) -> None:
    done = told(*words, "1" * 5_000, at=tiny)
    assert done.code == 2
    assert "1111…1111" in done.err
    assert len(done.err) < 1_000
