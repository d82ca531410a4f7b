"""Facts and records of the first format are brought up to date, and everything a person wrote stays."""

import os
import re
from pathlib import Path
from shutil import copy, copytree

import pytest
from conftest import PROJECT, Program, changed, contents

from briefgen.model.facts import FIRST, FORMAT
from briefgen.read import BACKUP
from briefgen.read.workspace import find_workspace
from briefgen.tools.workspaces import STEPS, migrate
from tools.originals import original

FACTS, RECORD = "facts/sample.yaml", "seeds/sample-talks-2026.yaml"
_QUOTED = re.compile(r'\{value: ("?)([^,}]+?)\1, as: [^}]+\}')


def as_first(text: str) -> str:
    """A file of today as it was in the first format."""
    text = re.sub(rf"^format: {FORMAT}\r?\n", "", text, flags=re.MULTILINE)
    return _QUOTED.sub(lambda match: f"{match[1]}{match[2]}{match[1]}", text)


@pytest.fixture
def old(starter: Path) -> Path:
    """The sample workspace in the first format, with what people add by hand."""
    for file in (FACTS, RECORD):
        (starter / file).write_text(as_first((starter / file).read_text("utf-8")), encoding="utf-8")
    changed(starter / RECORD, "      goal: 5 billion USD\n", "      goal: 5 billion USD # as the text has it\n")
    changed(starter / FACTS, "SL: {name: Southland}", "SL: {name: Southland, long_name: The South, code: SL} # ours")
    return starter


def test_every_format_after_the_first_has_a_step() -> None:
    assert [*STEPS] == [*range(FIRST + 1, FORMAT + 1)]


def test_a_workspace_of_the_first_format_is_brought_up_to_date(old: Path, program: Program) -> None:
    assert "F005" in program("check", at=old).err
    done = program("migrate", at=old)
    assert (done.code, done.err.count("error")) == (0, 0)
    assert f"2 files brought to format {FORMAT}; as they were, they are in {BACKUP}/.\n" in done.out
    assert "+      by: {value: 2030, as: 2030}\n" in done.out
    assert "+      when: {value: 2026-10, as: October 2026}\n" in done.out
    assert re.search(r"^\+  SL: \{name: Southland\} +# ours$", done.out, re.MULTILINE)
    assert "goal: {value: 5 billion USD, as: 5 billion USD} # as the text has it\n" in (old / RECORD).read_text("utf-8")
    for command in (("check",), ("sources", "verify")):
        found = program(*command, at=old)
        assert (found.code, found.err) == (0, "")
    assert program("build", "--lang", "en", "--format", "html", at=old).code == 0


def test_a_migration_is_done_once_and_can_be_undone(old: Path, program: Program) -> None:
    before = contents(old)
    assert "2 files would be brought to format" in program("migrate", "--dry-run", at=old).out
    assert contents(old) == before
    program("migrate", at=old)
    after = contents(old)
    again = program("migrate", at=old)
    assert (again.code, again.out) == (0, f"Every file is of format {FORMAT}; nothing has changed.\n")
    assert contents(old) == after
    undone = program("migrate", "--undo", at=old)
    assert (undone.code, undone.out) == (0, f"{FACTS} is as it was.\n{RECORD} is as it was.\n")
    assert {name: text for name, text in contents(old).items() if BACKUP not in name} == before
    assert "there is no migration to undo" in program("migrate", "--undo", at=old).err


def test_what_was_written_after_a_migration_is_not_undone(old: Path, program: Program) -> None:
    program("migrate", at=old)
    changed(old / RECORD, "publisher: not stated", "publisher: The Ministry")
    before = contents(old)
    done = program("migrate", "--undo", at=old)
    assert (done.code, f"{RECORD}: error F006 the file was changed after the migration" in done.err) == (1, True)
    assert contents(old) == before


def test_a_migration_or_its_undoing_that_was_stopped_halfway_is_undone(old: Path, program: Program) -> None:
    before = contents(old)
    program("migrate", at=old)
    (old / FACTS).write_bytes(before[FACTS])  # type: ignore[arg-type]  # it is no link
    assert program("migrate", "--undo", at=old).code == 0
    assert {name: text for name, text in contents(old).items() if BACKUP not in name} == before


def test_nothing_is_undone_by_half(old: Path, program: Program) -> None:
    program("migrate", at=old)
    (old / BACKUP / RECORD).unlink()
    before = contents(old)
    assert program("migrate", "--undo", at=old).code != 0
    assert contents(old) == before


def test_what_is_no_utf_8_text_or_no_file_stays_as_it_is(old: Path, program: Program) -> None:
    """Of what cannot be read nothing is written, and a pipe is not waited for."""
    latin = "# Café\n".encode("latin-1") + (old / FACTS).read_bytes()
    (old / FACTS).write_bytes(latin)
    os.mkfifo(old / "seeds/pipe.yaml")
    done = program("migrate", at=old)
    assert (done.code, "1 file brought to format" in done.out) == (0, True)
    assert [each for each in (FACTS, "seeds/pipe.yaml") if f"{each}: note F007" not in done.err] == []
    assert "Every other file is of format" in program("migrate", at=old).out
    assert (old / FACTS).read_bytes() == latin


def test_line_ends_and_a_byte_order_mark_stay(old: Path, program: Program) -> None:
    for file in (FACTS, RECORD):
        (old / file).write_bytes(b"\xef\xbb\xbf" + (old / file).read_bytes().replace(b"\n", b"\r\n"))
    assert program("migrate", at=old).code == 0
    for file in (FACTS, RECORD):
        raw = (old / file).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf#")
        assert raw.count(b"\n") == raw.count(b"\r\n")
    assert program("check", at=old).err == ""


def test_without_the_original_a_person_is_asked_for_the_words(old: Path, program: Program) -> None:
    (old / "seeds/originals/sample-talks-2026.txt").unlink()
    done = program("migrate", at=old)
    assert done.code == 0
    assert f"{RECORD}: note F007 no words were found for: L2#goal, L2#by, L2#trade, L2#year, L3#holder" in done.err
    assert program("check", at=old).err.count("E215 the quotation is empty") == 8


def test_words_are_only_taken_from_the_line_that_was_recorded(old: Path, program: Program) -> None:
    changed(old / RECORD, "sha256: c53c41", "sha256: 000000")
    done = program("migrate", at=old)
    assert "F007 no words were found for: L2#goal, L2#by, L2#trade, L2#year\n" in done.err


def test_acts_that_were_not_told_apart_before_are_named(old: Path, program: Program) -> None:
    acts = (
        "there are finer acts now (aimed, hoped, instructed, invited, planned): look again at trade-goal-2030, ferry\n"
    )
    assert f"{FACTS}: note F007 {acts}" == program("migrate", "--dry-run", at=old).err
    changed(old / FACTS, "act: agreed", "act: aimed")
    assert program("migrate", "--dry-run", at=old).err == "", "whoever uses them knows them"


def test_a_file_that_only_a_person_can_edit_stops_it(old: Path, program: Program) -> None:
    changed(old / RECORD, "      by: 2030\n", "      by:\n        # in the year\n        2030\n")
    before = contents(old)
    done = program("migrate", at=old)
    assert (done.code, "error F006 the file cannot be brought to format" in done.err) == (1, True)
    assert contents(old) == before


@pytest.mark.parametrize("root", [PROJECT, PROJECT / "templates/starter"], ids=["shipped", "sample"])
def test_records_are_what_the_migration_makes_of_the_first_format(root: Path, tmp_path: Path) -> None:
    wanted = {path.name: path.read_text("utf-8") for path in (root / "seeds").glob("*.yaml")}
    copytree(root / "facts", tmp_path / "facts")
    (tmp_path / "briefgen.toml").write_text("", encoding="utf-8")
    for folder in ("seeds", "originals"):
        (tmp_path / folder).mkdir()
    for name, text in wanted.items():
        (tmp_path / "seeds" / name).write_text(as_first(text), encoding="utf-8")
        sha256 = text.partition("\nsha256: ")[2][:64]
        copy(original(sha256, name), tmp_path / "originals")
    made = {each.path.name: each.new for each in migrate(find_workspace(tmp_path), tmp_path / "originals")}
    made = {name: text for name, text in made.items() if name in wanted}
    assert made == wanted


def test_a_file_that_is_no_utf8_text_is_left_as_it_is(old: Path, program: Program) -> None:
    written = b"id: x\nlines: [{figures: {a: 5 USD}}]  # \xff\n"
    (old / "seeds/odd.yaml").write_bytes(written)
    assert program("migrate", at=old).code == 0
    assert (old / "seeds/odd.yaml").read_bytes() == written


@pytest.mark.parametrize(
    "record",
    [
        "id: x\nlines: [{figures: {a: 5 USD}}]\n",
        "id: x\nlanguage: [en]\nlines: [{line: 0, sha256: 2, figures: {a: 5 USD}}, 7, {line: x, figures: []}]\n",
        "lines: 7\n",
        "id: x\nformat: two\nlines: []\n",
        "- a list\n",
        "",
        "id: [\n",
    ],
)
def test_a_record_that_is_none_is_left_to_the_check(old: Path, program: Program, record: str) -> None:
    (old / "seeds/odd.yaml").write_text(record, encoding="utf-8")
    done = program("migrate", at=old)
    assert done.code == 0
    assert "goal: {value: 5 billion USD" in (old / RECORD).read_text("utf-8")
    assert program("check", at=old).code == 1


@pytest.mark.parametrize("notes", ["{", "[1]", '{"facts/sample.yaml": 3}', "[" * 100_000])
def test_a_backup_whose_list_is_damaged_is_told(notes: str, old: Path, program: Program) -> None:
    assert program("migrate", at=old).code == 0
    (old / BACKUP / "files.json").write_text(notes, encoding="utf-8")
    done = program("migrate", "--undo", at=old)
    assert done.code == 1
    assert f"{BACKUP}/files.json: error F006 cannot be read" in done.err


def test_a_folder_of_originals_that_is_not_there_is_told(old: Path, program: Program) -> None:
    done = program("migrate", "--originals", "nowhere", at=old)
    assert (done.code, "V710 there is no such folder" in done.err) == (1, True)
