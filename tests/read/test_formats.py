"""The number of a file's format: older and newer ones are one clear finding, and each file of a folder counts."""

from pathlib import Path

import pytest
from conftest import Program, changed

from briefgen.model.facts import FORMAT

FACTS, RECORD = "facts/sample.yaml", "seeds/sample-talks-2026.yaml"


@pytest.mark.parametrize("file", [FACTS, RECORD])
def test_a_newer_format_is_one_clear_error(starter: Path, program: Program, file: str) -> None:
    changed(starter / file, f"format: {FORMAT}\n", f"format: {FORMAT + 1}\nwhat: else\n")
    done = program("check", at=starter)
    line = (starter / file).read_text("utf-8").splitlines().index(f"format: {FORMAT + 1}") + 1
    assert done.code == 1
    assert done.err.count("error") == 1
    assert f"{file}:{line}:1: error F005 the file is of format 3; this briefgen knows formats up to 2" in done.err
    assert "help: use a newer briefgen" in done.err
    assert program("build", at=starter).code == 1


def test_an_older_format_leads_to_the_migration(starter: Path, program: Program) -> None:
    for file in (FACTS, RECORD):
        changed(starter / file, f"format: {FORMAT}\n", "")
    assert program("check", at=starter).code == 0, "nothing in them differs from the newer format"
    changed(starter / RECORD, "when: {value: 2026-10, as: October 2026}", "when: 2026-10")
    changed(starter / FACTS, "SL: {name: Southland}", "SL: {name: Southland, code: SL}")
    done = program("check", at=starter)
    assert done.err.count("error F005 the file is of format 1; this briefgen reads format 2") == 2
    assert done.err.count("help: run: briefgen migrate") == 2
    assert done.err.count("error") == 2


def test_there_is_no_format_zero(starter: Path, program: Program) -> None:
    changed(starter / FACTS, f"format: {FORMAT}\n", "format: 0\n")
    done = program("check", at=starter)
    assert "error F005 the file is of format 0; this briefgen reads format 2" in done.err
    assert f"help: write format: {FORMAT}" in done.err


@pytest.mark.parametrize(("written", "said"), [("two", "F004"), ("[2]", "F004"), ("", "F004")])
def test_what_is_no_number_is_a_fault_like_any_other(starter: Path, program: Program, written: str, said: str) -> None:
    changed(starter / FACTS, f"format: {FORMAT}\n", f"format: {written}\n")
    done = program("check", at=starter)
    assert (done.code, said in done.err) == (1, True)


def test_the_files_of_a_folder_have_one_format_each(starter: Path, program: Program) -> None:
    (starter / "facts" / "both").mkdir()
    (starter / FACTS).rename(starter / "facts/both/one.yaml")
    (starter / "facts/both/two.yaml").write_text(f"format: {FORMAT}\nterms: {{}}\n", encoding="utf-8")
    assert program("check", at=starter).code == 0


def test_sources_add_leaves_a_record_of_another_format_alone(starter: Path, program: Program) -> None:
    changed(starter / RECORD, f"format: {FORMAT}\n", f"format: {FORMAT + 1}\n")
    before = (starter / RECORD).read_bytes()
    done = program("sources", "add", "seeds/originals/sample-talks-2026.txt", at=starter)
    assert (done.code, "F005" in done.err) == (1, True)
    assert (starter / RECORD).read_bytes() == before


def test_a_decimal_comma_between_braces_leads_to_the_quotes(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "as: 5 billion USD}", "as: 5,0 billion USD}")
    done = program("check", at=starter)
    assert "error F002 the key '0 billion USD' is not known here" in done.err
    assert "help: put a text that holds a comma in quotes, between braces" in done.err
