"""Old editions are taken away where the settings say so: never one that is needed, never anything else."""

import shutil
from pathlib import Path

import pytest

from briefgen.model.findings import Finding
from briefgen.publish import edition_folders, version_of
from briefgen.publish.decide import told_before
from briefgen.publish.write import locked, prune, superfluous

from .editions import published


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """Ten editions, the third of them in two revisions."""
    home = tmp_path / "out" / "vn-kr"
    for number in (1, 2, 3):
        published(home, number)
    published(home, 3, folder="editions/2026-11-21-3r2", revision=2)
    for number in range(4, 11):
        published(home, number)
    return home


def _left(home: Path) -> list[int]:
    return sorted({version_of(folder)[0] for folder in edition_folders(home)})


def _prune(home: Path, keep: int) -> list[Finding]:
    notes: list[Finding] = []
    with locked(home):
        prune(home, keep, notes.append)
    return notes


def test_nothing_is_taken_away_unless_it_is_asked_for(ten: Path) -> None:
    assert _prune(ten, 0) == []
    assert len(edition_folders(ten)) == 11


@pytest.mark.parametrize("keep", [1, 2, 3, 7, 9, 10, 50])
def test_the_newest_are_kept_and_three_in_any_case(keep: int, ten: Path) -> None:
    _prune(ten, keep)
    assert _left(ten) == list(range(11 - min(10, max(keep, 3)), 11))


def test_all_revisions_go_together_and_it_is_told(ten: Path) -> None:
    (note,) = _prune(ten, 7)
    assert note.message == "taken away, as the newest 7 are kept: editions 1, 2, 3, 3r2"
    assert len(edition_folders(ten)) == 7


def test_a_held_edition_stays_with_what_it_tells_changes_from(ten: Path) -> None:
    (ten / "latest").unlink()
    (ten / "latest").symlink_to("editions/2026-11-21-4")
    _prune(ten, 3)
    assert _left(ten) == [2, 3, 4, 8, 9, 10]


@pytest.mark.parametrize(("keep", "seen", "told"), [(3, 10, [9, 8]), (4, 10, [9, 8, 7]), (3, 4, [3, 2])])
def test_an_edition_names_none_before_it_that_goes_with_it(keep: int, seen: int, told: list[int], ten: Path) -> None:
    (ten / "latest").unlink()
    (ten / "latest").symlink_to(f"editions/2026-11-21-{seen}")
    for _ in ("before", "after"):
        assert [each.info.edition for each in told_before(ten, seen, keep)] == told
        _prune(ten, keep)


@pytest.mark.parametrize("what", ["a file of the desk", "a folder of the desk", "no manifest"])
def test_what_is_not_ours_stays(what: str, ten: Path) -> None:
    folder = ten / "editions" / "2026-11-21-1"
    match what:
        case "a file of the desk":
            (folder / "remarks.txt").write_text("mine", encoding="utf-8")
        case "a folder of the desk":
            (folder / "mine").mkdir()
        case _:
            (folder / "manifest.json").unlink()
    (ten / "editions" / "notes").mkdir()
    _prune(ten, 3)
    assert _left(ten) == [1, 8, 9, 10]
    assert (ten / "editions" / "notes").is_dir()


def test_while_readers_are_led_nowhere_nothing_is_taken_away(ten: Path) -> None:
    (ten / "latest").unlink()
    assert not list(superfluous(ten, 3))


def test_numbers_go_on(ten: Path) -> None:
    _prune(ten, 3)
    assert version_of(edition_folders(ten)[-1]) == (10, 1)


def test_one_killed_on_the_way_is_cleared(ten: Path) -> None:
    shutil.copytree(ten / "editions" / "2026-11-21-1", ten / ".removing-2026-11-21-1")
    notes: list[Finding] = []
    with locked(ten, notes.append):
        pass
    assert [note.code for note in notes] == ["P508"]
    assert not list(ten.glob(".removing-*"))
