"""File systems that take no links, keep no locks or know no access rights: said plainly, and nothing is lost."""

import errno
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from conftest import contents

from briefgen.model.edition import MANIFEST
from briefgen.model.findings import Finding, FindingsError
from briefgen.publish import has_leftovers, is_copy, latest
from briefgen.publish.verify import verify_outdir
from briefgen.publish.write import locked

from .editions import published


def _refusing(code: int) -> Callable[..., NoReturn]:
    def refuse(*arguments: Any, **named: Any) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.fixture(params=[errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def linkless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As FAT and some network drives answer."""
    monkeypatch.setattr(Path, "symlink_to", _refusing(request.param))


@pytest.mark.usefixtures("linkless")
def test_without_links_latest_is_a_whole_copy_and_a_file_names_it(tmp_path: Path) -> None:
    home = tmp_path / "out" / "vn-kr"
    for number in (1, 2, 3):
        edition = published(home, number)
        assert not (home / "latest").is_symlink()
        assert contents(home / "latest") == contents(edition.folder)
        assert (home / "latest.txt").read_text(encoding="utf-8") == f"editions/2026-11-21-{number}\n"
        seen = latest(home)
        assert seen is not None
        assert (seen.folder, seen.whole) == (edition.folder, True)
        assert not has_leftovers(home)
        assert list(verify_outdir(home)) == []


@pytest.mark.usefixtures("linkless")
def test_a_folder_of_the_desk_is_not_taken_for_a_copy(tmp_path: Path) -> None:
    home = tmp_path / "out" / "vn-kr"
    published(home, 1)
    (home / "latest" / "remarks.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FindingsError):
        published(home, 2)
    assert (home / "latest" / "remarks.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_the_link_is_told_and_kept(tmp_path: Path) -> None:
    home = tmp_path / "out" / "vn-kr"
    published(home, 1)
    (home / "latest").unlink()
    (home / "latest").mkdir()
    (home / "latest" / "remarks.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FindingsError, match="a folder stands there that is no edition") as told:
        published(home, 2)
    assert "move that folder to another place" in told.value.findings[0].hint
    assert (home / "latest" / "remarks.txt").read_text(encoding="utf-8") == "mine"


def test_a_link_that_cannot_be_made_is_told_by_its_own_place(tmp_path: Path) -> None:
    home = tmp_path / "out" / "vn-kr"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "symlink_to", _refusing(errno.EACCES))
        with pytest.raises(FindingsError) as told:
            published(home, 1)
    assert told.value.findings[0].location.file == str(home / "latest")


@contextmanager
def _no_links() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "symlink_to", _refusing(errno.EPERM))
        yield


def test_a_copy_gives_way_to_a_link_and_the_other_way_round(tmp_path: Path) -> None:
    """Where the editions move to another drive."""
    home = tmp_path / "out" / "vn-kr"
    with _no_links():
        published(home, 1)
    published(home, 2)
    assert (home / "latest").is_symlink()
    assert not (home / "latest.txt").exists()
    with _no_links():
        published(home, 3)
    assert is_copy(home)
    assert not has_leftovers(home)


@pytest.mark.parametrize("left", ["aside", "fresh", "both", "name"])
def test_a_switch_of_copies_that_was_killed_is_mended(left: str, tmp_path: Path) -> None:
    home = tmp_path / "out" / "vn-kr"
    with _no_links():
        published(home, 1)
        before = contents(home)
        match left:
            case "aside":
                (home / "latest").rename(home / ".latest.old")
            case "fresh":
                (home / ".latest.new").mkdir()
                (home / ".latest.new" / "one.html").write_text("half", encoding="utf-8")
            case "both":
                (home / "latest").rename(home / ".latest.old")
                (home / ".latest.new").mkdir()
            case _:
                (home / "latest.txt").unlink()
        with locked(home):
            pass
    assert contents(home) == before


@pytest.mark.usefixtures("linkless")
def test_readers_of_copies_never_see_a_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After every rename and every write, what `latest` holds is one edition, or for a moment nothing."""
    home, mixed = tmp_path / "out" / "vn-kr", list[str]()
    for name in ("rename", "replace", "chmod", "unlink"):
        done = getattr(Path, name)
        monkeypatch.setattr(Path, name, _watched(done, home, mixed))
    for number in (1, 2, 3):
        published(home, number)
    assert mixed == []


def _watched(done: Callable[..., Any], home: Path, mixed: list[str]) -> Callable[..., Any]:
    def watched(*arguments: Any, **named: Any) -> Any:
        result = done(*arguments, **named)
        folder = home / "latest"
        if folder.is_dir():
            found = {path.name for path in folder.iterdir()}
            number = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["edition"]
            said = (folder / "one.html").read_text(encoding="utf-8")
            if found != {MANIFEST, "one.html", "two.pdf"} or not said.startswith(f"edition {number} "):
                mixed.append(f"{number}: {sorted(found)}")
        return result

    return watched


def test_without_access_rights_an_edition_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "chmod", _refusing(errno.EPERM))
    assert published(tmp_path / "out" / "vn-kr", 1).whole


def test_a_folder_that_cannot_be_written_through_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = os.fsync

    def sync(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    assert published(tmp_path / "out" / "vn-kr", 1).whole


@pytest.fixture(params=[errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
def lockless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", _refusing(request.param))


@pytest.mark.usefixtures("lockless")
def test_without_locks_a_file_keeps_two_builds_apart(home: Path) -> None:
    notes: list[Finding] = []
    with locked(home, notes.append):
        assert [note.code for note in notes] == ["P510"]
        with (
            pytest.raises(FindingsError, match="another build of this partnership is running: process"),
            locked(home),
        ):
            pass
    assert not (home / ".lock.owner").exists()
    published(home, 2)


@pytest.mark.usefixtures("lockless")
def test_the_file_of_a_process_that_is_gone_is_taken_over(home: Path) -> None:
    lock = f"lock = SoftFileLock({str(home / '.lock.owner')!r})"
    program = f"import os; from filelock import SoftFileLock; {lock}; lock.acquire(); os._exit(9)"
    subprocess.run([sys.executable, "-c", program], check=False)
    assert (home / ".lock.owner").exists()
    assert published(home, 2).whole
    assert not has_leftovers(home)


@pytest.mark.usefixtures("lockless")
@pytest.mark.parametrize(("owner", "named"), [("1\nanother\n", "process 1 on another"), ("", "another process")])
def test_the_file_of_another_machine_stands_until_somebody_deletes_it(owner: str, named: str, home: Path) -> None:
    file = home / ".lock.owner"
    file.write_text(owner, encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        published(home, 2)
    (found,) = caught.value.findings
    assert (found.code, found.location.file) == ("P501", str(file))
    assert named in found.message
    assert "delete this file" in found.hint
    assert file.read_text(encoding="utf-8") == owner


@pytest.mark.usefixtures("lockless")
def test_a_lock_that_fails_otherwise_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", _refusing(errno.EIO))
    with pytest.raises(FindingsError, match="P502"):
        published(home, 2)
