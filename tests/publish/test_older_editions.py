"""Editions made before files had a format number are read, verified and compared like any other."""

from pathlib import Path
from shutil import copytree

import pytest
from conftest import Program

OLD = Path(__file__).parent / "first_format"
SETTINGS = 'timezone = "UTC"\nlanguages = ["en"]\ndocuments = ["at-a-glance"]\nformats = ["html"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The old workspace with its editions in out/."""
    copytree(OLD, tmp_path / "desk", ignore=lambda *_: ["editions", "README.md"])
    copytree(OLD / "editions", tmp_path / "desk" / "out" / "sample" / "editions")
    (tmp_path / "desk" / "out" / "sample" / "latest").symlink_to("editions/2026-04-02-2")
    (tmp_path / "desk" / "briefgen.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path / "desk"


def test_they_are_listed_shown_and_verified(desk: Path, program: Program) -> None:
    """Also while the facts are still of the first format."""
    assert program("editions", at=desk).code == 0
    shown = program("editions", "show", "1", at=desk)
    assert (shown.code, "2026-04-01" in shown.out) == (0, True)
    verified = program("editions", "verify", at=desk)
    assert (verified.code, verified.err) == (0, "")
    file = program("verify", "out/sample/editions/2026-04-02-2/at-a-glance.en.html", at=desk)
    assert (file.code, "edition 2 of sample" in file.out) == (0, True), file


def test_they_are_compared_with_each_other_and_with_the_facts_of_today(desk: Path, program: Program) -> None:
    assert "briefgen migrate" in program("diff", "1", "2", at=desk).err
    assert program("migrate", at=desk).code == 0
    assert program("check", at=desk).err == ""
    between = program("diff", "1", "2", at=desk)
    assert (between.code, "US$5\u00a0billion → US$6\u00a0billion" in between.out) == (0, True), between
    now = program("diff", "1", "--next", at=desk)
    assert (now.code, now.err) == (0, "")
    assert "US$" not in now.out


def test_the_next_edition_goes_on_from_them(desk: Path, program: Program) -> None:
    program("migrate", at=desk)
    done = program("build", at=desk)
    assert (done.code, done.out.startswith("sample: edition 3, ")) == (0, True), done
    assert (desk / "out/sample/editions/2026-04-02-2/briefing.json").is_file()


def test_a_file_that_was_changed_is_found(desk: Path, program: Program) -> None:
    briefing = desk / "out/sample/editions/2026-04-01-1/briefing.json"
    briefing.write_text(briefing.read_text("utf-8").replace("5 billion USD", "7 billion USD"), encoding="utf-8")
    assert program("editions", "verify", at=desk).code != 0
