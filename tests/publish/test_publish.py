"""An edition appears in one step or not at all, for everyone to read, whatever goes wrong on the way."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import contents

from briefgen.files import replace_file
from briefgen.model.document import RenderedFile
from briefgen.model.findings import FindingsError
from briefgen.publish import edition_folders, latest, read_published, version_of
from briefgen.publish.write import locked, publish

from .editions import FACTS, odd, published


def test_an_edition_holds_its_documents_and_a_manifest(home: Path) -> None:
    edition = latest(home)
    assert edition is not None
    assert edition.folder == home / "editions" / "2026-11-21-1"
    assert sorted(path.name for path in edition.folder.iterdir()) == ["manifest.json", "one.html", "two.pdf"]
    assert edition.files == (edition.folder / "one.html", edition.folder / "two.pdf")
    assert edition.whole
    assert str((home / "latest").readlink()) == "editions/2026-11-21-1"  # so that out/ can be moved


@pytest.mark.parametrize("umask", [0o077, 0o022, 0o000])
def test_everyone_may_read_and_nobody_else_may_write(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        published(tmp_path / "deep" / "out" / "vn-kr", 1)
    finally:
        os.umask(before)
    for path in (tmp_path / "deep").rglob("*"):
        if path.name != ".lock":
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == (0o755 if path.is_dir() else 0o644), path


def test_two_that_replace_one_file_at_once_leave_it_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, rename = tmp_path / "index.html", Path.replace

    def replaced_meanwhile(fresh: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", rename)
        replace_file(path, b"the second")
        return rename(fresh, target)

    monkeypatch.setattr(Path, "replace", replaced_meanwhile)
    replace_file(path, b"the first")
    assert contents(tmp_path) == {"index.html": b"the first"}


def test_what_a_killed_writer_left_is_taken_away_once_nobody_can_still_write_it(tmp_path: Path) -> None:
    left, running = tmp_path / ".a[b].po.1.new", tmp_path / ".a[b].po.2.new"
    for each in (left, running):
        each.write_bytes(b"half")
    os.utime(left, (0, 0))
    replace_file(tmp_path / "a[b].po", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [running.name, "a[b].po"]


class Failing:
    """Lets the n-th call of any function that writes fail, as a full disk does."""

    def __init__(self, at: int, code: int) -> None:
        self.left, self.code = at, code

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if not self.left:
                raise OSError(self.code, os.strerror(self.code), str(arguments[0]))
            return function(*arguments, **named)

        return perhaps


WRITES = (
    (Path, ("open", "chmod", "mkdir", "rename", "replace", "symlink_to", "unlink", "read_bytes")),
    (os, ("fsync", "mkdir", "rmdir", "unlink")),
)


def _fail_at(monkeypatch: pytest.MonkeyPatch, number: int, code: int = errno.ENOSPC) -> Failing:
    failing = Failing(number, code)
    for holder, names in WRITES:
        for name in names:
            monkeypatch.setattr(holder, name, failing(getattr(holder, name)))
    return failing


def _tries(home: Path, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """The act, with its first write failing, then its second, and so on until none fails; tells whether it failed."""
    for number in range(1, 200):
        with monkeypatch.context() as patched:
            failing = _fail_at(patched, number)
            try:
                act()
                failed = False
            except FindingsError as trouble:
                assert trouble.findings[0].code == "P502"  # noqa: PT017 # one of many tries
                failed = True
        yield failed
        if failing.left > 0:
            return
    raise AssertionError("it never came to an end")


def test_whichever_write_fails_the_last_edition_stays_whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, failures = contents(home), 0
    for failed in _tries(home, lambda: published(home, 2), monkeypatch):
        edition = latest(home)
        assert edition is not None
        assert edition.whole
        if failed:
            failures += 1
            assert edition.manifest.edition == 1
            with locked(home):
                pass  # the next run clears up
            assert contents(home) == before
        else:
            assert edition.manifest.edition == 2
            with locked(home):
                pass
            assert not odd(home)
            shutil.rmtree(home / "editions" / "2026-11-21-2")
            (home / "latest").unlink()
            (home / "latest").symlink_to("editions/2026-11-21-1")
    assert failures > 15


def test_whichever_write_fails_a_reconstruction_stays_whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is replaced where it stands, so for a moment it lies aside."""
    place, failures = "as-of/2025-09-01", 0
    published(home, 1, "old", place, newest=False)
    old = contents(home / place)
    for failed in _tries(home, lambda: published(home, 1, "new", place, newest=False), monkeypatch):
        with locked(home):
            pass
        assert not odd(home)
        assert (contents(home / place) == old) == failed
        failures += failed
        shutil.rmtree(home / place)
        published(home, 1, "old", place, newest=False)
    assert failures > 10


def test_a_reconstruction_leaves_the_newest_alone(home: Path) -> None:
    published(home, 1, "then", "as-of/2025-09-01", newest=False)
    edition = latest(home)
    assert edition is not None
    assert edition.folder.name == "2026-11-21-1"


@pytest.mark.parametrize("left", ["staging", "unannounced", "aside", "aside and its successor", "link"])
def test_what_a_killed_build_left_is_cleared(left: str, home: Path) -> None:
    published(home, 1, "then", "as-of/2025-09-01", newest=False)
    before = contents(home)
    edition, then = home / "editions", home / "as-of"
    match left:
        case "staging":
            shutil.copytree(edition / "2026-11-21-1", home / ".staging-abc")
        case "unannounced":
            shutil.copytree(edition / "2026-11-21-1", edition / "2026-11-21-2")
            (home / ".pending").write_text("editions/2026-11-21-2", encoding="utf-8")
        case "aside":
            (then / "2025-09-01").rename(then / ".2025-09-01.old")
        case "aside and its successor":
            shutil.copytree(then / "2025-09-01", then / ".2025-09-01.old")
        case _:
            (home / ".latest.new").symlink_to("editions/2026-11-21-2")
            (home / ".pending").write_text("editions/2026-11-21-1", encoding="utf-8")
    with locked(home):
        pass
    assert contents(home) == before


def test_a_note_of_what_is_pending_cannot_lead_elsewhere(home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "2026-11-21-2"
    kept.mkdir()
    (home / ".pending").write_text("../../2026-11-21-2", encoding="utf-8")
    with locked(home):
        pass
    assert kept.is_dir()


@pytest.mark.parametrize("name", ["../x.html", "/x.html", "a/b.html", "..", ""])
def test_a_document_cannot_be_written_elsewhere(name: str, home: Path) -> None:
    before = contents(home.parent.parent)
    with locked(home), pytest.raises(FindingsError, match="is no name for a file of an edition"):
        publish(home, "editions/2026-11-21-2", [RenderedFile(name=name, content=b"x")], FACTS)
    assert contents(home.parent.parent) == before


def test_a_page_may_be_larger_than_a_template(home: Path) -> None:
    edition = published(home, 2, "x" * 600)
    assert edition.whole
    assert len(read_published(edition.folder / "one.html")) == 3_000_000


def test_an_empty_document_is_no_document(home: Path) -> None:
    with locked(home), pytest.raises(FindingsError, match=r"one\.html was not written as it was rendered"):
        publish(home, "editions/2026-11-21-2", [RenderedFile(name="one.html", content=b"")], FACTS)


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        published(tmp_path / "out" / "vn-kr", 1)
    assert caught.value.findings[0].code == "P502"
    assert "take away the file, or the link that leads nowhere" in caught.value.findings[0].hint


def test_a_folder_called_latest_is_told_and_kept(home: Path) -> None:
    (home / "latest").unlink()
    (home / "latest").mkdir()
    (home / "latest" / "kept.txt").write_text("mine", encoding="utf-8")
    before = contents(home)
    with pytest.raises(FindingsError) as caught:
        published(home, 2)
    assert caught.value.findings[0].code == "P502"
    assert contents(home) == before


@pytest.mark.parametrize("manifest", ["", "[]", "{", '"x"', "{}", json.dumps({"files": {}})])
def test_a_damaged_manifest_is_no_edition(manifest: str, home: Path) -> None:
    (home / "latest" / "manifest.json").write_text(manifest, encoding="utf-8")
    assert latest(home) is None
    assert set(map(version_of, edition_folders(home))) == {(1, 1)}


def test_a_damaged_document_is_noticed(home: Path) -> None:
    edition = latest(home)
    assert edition is not None
    (edition.folder / "one.html").write_bytes(b"x")
    assert not edition.whole
    (edition.folder / "one.html").unlink()
    assert not edition.whole


def test_numbers_and_revisions_are_read_from_the_folders(home: Path) -> None:
    for name in ("2026-11-22-1r2", "2026-12-01-10", "notes", "2026-12-01"):
        (home / "editions" / name).mkdir()
    assert set(map(version_of, edition_folders(home))) == {(1, 1), (1, 2), (10, 1)}


def test_a_power_cut_finds_what_was_renamed_on_the_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file and each folder of names is written through before the step that relies on it."""
    steps: list[str] = []
    synced = os.fsync
    for name in ("rename", "replace"):
        done = getattr(Path, name)
        monkeypatch.setattr(Path, name, _noted(name, done, steps))

    def sync(descriptor: int) -> None:
        steps.append(Path(f"/proc/self/fd/{descriptor}").readlink().name.partition("-")[0])
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    published(home, 2)
    assert steps == [
        *("one.html", "two.pdf", "manifest.json", ".staging", ".pending"),
        *("rename", "editions", "replace", "vn"),
    ]


def _noted(name: str, done: Callable[[Path, Path], Path], steps: list[str]) -> Callable[[Path, Path], Path]:
    def noted(one: Path, other: Path) -> Path:
        steps.append(name)
        return done(one, other)

    return noted
