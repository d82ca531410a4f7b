"""No file outside of the workspace is read or quoted, nothing waits for a pipe, and no file is larger than its kind."""

import os
import tracemalloc
from pathlib import Path
from shutil import rmtree
from socket import AF_UNIX, socket

import pytest
from conftest import Told

from briefgen.files import UnreadableFileError, hash_of, limit_of, read_file
from briefgen.read import read_fingerprint

FOREIGN = "root:x:0:0 never to be quoted\n"
PLACES = (
    "facts/y.yaml",
    "seeds/y.yaml",
    "facts/locale/en.po",
    "facts/locale/en.terms.yaml",
    "facts/clearances/sample.jsonl",
    "templates/look.yaml",
    "templates/parts/colophon.html",
    "templates/languages/en.yaml",
    "templates/locale/en.po",
    "templates/fonts/x.ttf",
    "templates/picture.svg",
    "briefgen.toml",
)


def _place(workspace: Path, name: str) -> Path:
    path = workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


@pytest.mark.parametrize("name", PLACES)
def test_a_link_that_leads_out_is_told_and_never_quoted(name: str, starter: Path, tmp_path: Path, told: Told) -> None:
    secret = tmp_path / "secret"
    secret.write_text(FOREIGN, encoding="utf-8")
    _place(starter, name).symlink_to(secret)
    done = told("check", at=starter)
    assert done.code == 1
    assert f"{name}: " in done.err
    assert "leads out of" in done.err
    assert "never to be quoted" not in done.err + done.out


@pytest.mark.parametrize("name", PLACES)
def test_a_pipe_is_told_and_not_waited_for(name: str, starter: Path, told: Told) -> None:
    os.mkfifo(_place(starter, name))
    done = told("check", at=starter)
    assert done.code == 1
    assert "it is no file but a pipe" in done.err


@pytest.mark.parametrize("name", PLACES)
def test_a_file_too_large_is_told_by_its_size(name: str, starter: Path, told: Told) -> None:
    path = _place(starter, name)
    path.touch()
    os.truncate(path, 2_000_000_000)
    done = told("check", at=starter)
    assert done.code == 1
    assert "it has 2,000,000,000 bytes; the limit is" in done.err


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("templates/style/base.css", ("template", "compare")),
        ("facts/y.yaml", ("migrate",)),
        ("seeds/y.yaml", ("migrate",)),
        ("templates/y.svg", ("translate", "pseudo", "--to", "copy")),
    ],
)
def test_no_command_quotes_or_copies_what_a_link_leads_out_to(
    name: str, command: tuple[str, ...], starter: Path, tmp_path: Path, told: Told
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"lines: [{{figures: {{a: {FOREIGN.strip()}}}}}]\n", encoding="utf-8")
    _place(starter, name).symlink_to(secret)
    done = told(*command, at=starter)
    assert "never to be quoted" not in done.err + done.out
    assert not any("never to be quoted" in each.read_text("utf-8", "replace") for each in _copies(starter))
    assert (starter / name).is_symlink()


def _copies(workspace: Path) -> list[Path]:
    return [path for path in workspace.rglob("*") if path.is_file() and not path.is_symlink()]


@pytest.mark.parametrize("name", ["facts/y.yaml", "seeds/y.yaml"])
def test_a_migration_does_not_wait_for_a_pipe(name: str, starter: Path, told: Told) -> None:
    os.mkfifo(_place(starter, name))
    assert told("migrate", at=starter).code == 0


def test_a_pipe_among_the_fonts_is_not_waited_for_when_a_family_is_sought(starter: Path, told: Told) -> None:
    os.mkfifo(_place(starter, "templates/fonts/house.ttf"))
    _place(starter, "templates/look.yaml").write_text("fonts: {default: House}\n", encoding="utf-8")
    assert "K902 no font of the family 'House' is in templates/fonts" in told("check", at=starter).err


@pytest.mark.parametrize(
    "name",
    [
        *("templates", "templates/x", "facts/x", "templates/parts", "facts/locale", "facts/locale/sample", "seeds/x"),
        "facts/clearances",
    ],
)
def test_a_folder_elsewhere_is_not_walked_through(name: str, starter: Path, tmp_path: Path, told: Told) -> None:
    (tmp_path / "elsewhere").mkdir()
    (starter / name).parent.mkdir(exist_ok=True, parents=True)
    rmtree(starter / name, ignore_errors=True)
    (starter / name).symlink_to(tmp_path / "elsewhere")
    before = read_fingerprint(starter, starter / "facts" / "sample.yaml")
    (tmp_path / "elsewhere" / "y.html").write_text(FOREIGN, encoding="utf-8")
    assert read_fingerprint(starter, starter / "facts" / "sample.yaml") == before
    done = told("check", at=starter)
    assert f"{name}: error Y001 cannot be read: a link leads out of the workspace" in done.err
    assert "y.html" not in done.err


def test_folders_that_lead_to_each_other_are_walked_through_once(starter: Path, told: Told) -> None:
    """Each of two more would double the ways through them at every step."""
    _place(starter, "templates/a").symlink_to(".")
    _place(starter, "templates/b").symlink_to(".")
    done = told("check", at=starter)
    assert done.code == 0
    assert "templates/a: warning Y001 is not read: it is a folder that is read elsewhere" in done.err


@pytest.mark.parametrize("name", ["facts/y.yaml", "templates/look.yaml", "briefgen.toml"])
def test_a_socket_and_a_link_to_itself_are_told(name: str, starter: Path, told: Told, tmp_path: Path) -> None:
    place = _place(starter, name)
    with socket(AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        (tmp_path / "s").rename(place)
        assert "it is no file but a pipe, a device or the like" in told("check", at=starter).err
    _place(starter, name).symlink_to(place.name)
    done = told("check", at=starter)
    assert (done.code, f"{name}: " in done.err) == (1, True)
    assert "Too many levels of symbolic links" in done.err


def test_links_within_the_workspace_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a", encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert read_file(tmp_path / "b.yaml", tmp_path) == b"a"


def test_a_file_as_large_as_may_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b" " * limit_of(path))
    assert len(read_file(path)) == limit_of(path)
    path.write_bytes(b" " * (limit_of(path) + 1))
    with pytest.raises(UnreadableFileError, match=r"it has 1,000,001 bytes; the limit is 1,000,000"):
        read_file(path)


def test_a_file_that_is_a_pipe_by_the_time_it_is_opened_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr("briefgen.files.fault_of", lambda *_: "")
    with pytest.raises(UnreadableFileError, match="it is no file but a pipe"):
        read_file(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["templates/.#look.html", "facts/.#sample.yaml", "seeds/.#x.yaml", ".#briefgen.toml"])
def test_lock_files_of_editors_are_passed_by(name: str, starter: Path, told: Told) -> None:
    (starter / name).parent.mkdir(exist_ok=True)
    (starter / name).symlink_to("me@host.1:2")
    done = told("check", at=starter)
    assert (done.code, done.err) == (0, "")


def test_a_path_at_which_nobody_can_look_is_hashed_by_the_reason(tmp_path: Path) -> None:
    """Such as one with a name too long, or in a folder that nobody may enter: whoever reads the file says so."""
    assert hash_of(tmp_path, [tmp_path / ("x" * 300)]) != hash_of(tmp_path, [tmp_path / "x"])


def test_a_small_file_takes_little_room(tmp_path: Path) -> None:
    """And so little time: room for as many bytes as a file may have took four times as long as to read it."""
    path = tmp_path / "small.py"
    path.write_text("pass\n", encoding="utf-8")
    tracemalloc.start()
    try:
        assert read_file(path) == b"pass\n"
        assert tracemalloc.get_traced_memory()[1] < limit_of(path) / 100
    finally:
        tracemalloc.stop()
