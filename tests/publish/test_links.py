"""`out` and the folder of a partnership may be links; below them only `latest` is one, and it leads nowhere else."""

import os
from pathlib import Path

import pytest
from conftest import Told, contents

from briefgen.files import replace_file, write_file
from briefgen.model.findings import Finding, FindingsError
from briefgen.publish import latest
from briefgen.publish.write import locked
from briefgen.tools.schedule.runner import exclusive


@pytest.mark.parametrize("name", [".lock", ".held", ".seen.json", ".pending", ".lock.owner", "latest.txt"])
def test_no_file_is_written_through_a_link(name: str, home: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    (home / name).unlink(missing_ok=True)
    (home / name).symlink_to(victim)
    with pytest.raises(FindingsError, match="P512 is a link"), locked(home):
        pass
    assert victim.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("name", ["editions", "as-of", "partial", "editions/2026-11-21-1"])
def test_no_edition_is_written_behind_a_link(name: str, home: Path, tmp_path: Path) -> None:
    (home / name).rename(tmp_path / "elsewhere") if (home / name).exists() else (tmp_path / "elsewhere").mkdir()
    (home / name).symlink_to(tmp_path / "elsewhere")
    before = contents(tmp_path / "elsewhere")
    with pytest.raises(FindingsError, match="P512 is a link"), locked(home):
        pass
    assert contents(tmp_path / "elsewhere") == before


@pytest.mark.parametrize("name", ["out", "out/sample"])
def test_the_folder_of_editions_may_be_a_link(name: str, tiny: Path, tmp_path: Path, told: Told) -> None:
    assert told("build", at=tiny).code == 0
    (tiny / name).rename(tmp_path / "elsewhere")
    (tiny / name).symlink_to(tmp_path / "elsewhere")
    facts = tiny / "facts" / "sample.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("Open the ferry", "Keep the ferry"), encoding="utf-8")
    done = told("build", at=tiny)
    assert (done.code, done.err) == (0, "")
    newest = latest(tiny / "out" / "sample")
    assert newest is not None
    assert newest.manifest.edition == 2


def test_a_latest_that_leads_elsewhere_is_not_read(home: Path, tmp_path: Path) -> None:
    (home / "editions" / "2026-11-21-1").rename(tmp_path / "elsewhere")
    (home / "latest").unlink()
    (home / "latest").symlink_to(tmp_path / "elsewhere")
    assert latest(home) is None


@pytest.mark.parametrize("instead", ["a link out", "a file"])
def test_a_latest_that_is_none_leads_to_the_newest_edition_again(instead: str, home: Path, tmp_path: Path) -> None:
    """As where version control wrote the link as a file."""
    (home / "latest").unlink()
    if instead == "a file":
        (home / "latest").write_text("editions/2026-11-21-1", encoding="utf-8")
    else:
        (home / "latest").symlink_to(tmp_path)
    notes = list[Finding]()
    with locked(home, notes.append):
        assert (home / "latest" / "manifest.json").is_file()
    assert [note.code for note in notes] == ["P509"]


def test_the_folder_of_the_schedule_is_no_link(home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (home / ".schedule").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FindingsError, match="P512 is a link"), exclusive(home / ".schedule"):
        pass
    assert contents(tmp_path / "elsewhere") == {}


def test_a_file_that_is_there_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "file"
    victim.write_text("precious", encoding="utf-8")
    for link in (path.symlink_to, path.hardlink_to):
        path.unlink(missing_ok=True)
        link(victim)
        write_file(path, b"new")
        assert (victim.read_text(encoding="utf-8"), path.read_bytes()) == ("precious", b"new")
    path.unlink()
    os.mkfifo(path)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_no_file_of_a_workspace_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "ko.po").symlink_to(tmp_path / "not-there-yet.po")
    with pytest.raises(OSError, match="a link leads out of the workspace"):
        replace_file(tmp_path / "desk" / "ko.po", b"x", tmp_path / "desk")
    assert not (tmp_path / "not-there-yet.po").exists()
    (tmp_path / "desk" / "vi.po").symlink_to("other.po")
    replace_file(tmp_path / "desk" / "vi.po", b"x", tmp_path / "desk")
    assert (tmp_path / "desk" / "other.po").read_bytes() == b"x"
