"""Readers are led back in one step; it holds until a file of the desk changes, and ends without a trace."""

from datetime import date, timedelta
from errno import ENOSPC
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from conftest import TODAY, Direct, contents, request_for, write_template

from briefgen.build import build
from briefgen.model.findings import Finding, FindingsError
from briefgen.publish import Edition, current_pin, editions, last_pin, latest, previous_visible
from briefgen.publish.write import locked, roll_back

FERRY = ("all year round", "in winter", "in summer", "in spring")


def _build(workspace: Path, day: date = TODAY) -> Edition:
    return build(request_for(workspace, day, day), Direct())


def _say(workspace: Path, words: str) -> None:
    path = workspace / "facts" / "sample.yaml"
    text = path.read_text(encoding="utf-8")
    for known in FERRY:
        text = text.replace(f"ferry route {known}", f"ferry route {words}")
    path.write_text(text, encoding="utf-8")


def _roll_back(workspace: Path, number: int, today: date = TODAY) -> None:
    home = workspace / "out" / "sample"
    edition = next(each for each in editions(home) if each.manifest.edition == number)
    with locked(home):
        roll_back(home, edition, today=today, workspace=request_for(workspace).fingerprint().workspace)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs three editions makes them, for the others to copy."""
    return tmp_path_factory.mktemp("three") / "desk"


@pytest.fixture
def three(model: Path, tiny: Path) -> Path:
    """A workspace with three editions, that say one thing after the other of the ferry."""
    if not model.exists():
        for words in FERRY[:3]:
            _say(tiny, words)
            _build(tiny)
        copytree(tiny, model, symlinks=True)
    rmtree(tiny)
    return copytree(model, tiny, symlinks=True)


def _seen(workspace: Path) -> str:
    edition = latest(workspace / "out" / "sample")
    return edition.manifest.name if edition else ""


def test_it_holds_until_a_file_changes_then_comes_a_new_number(three: Path) -> None:
    _roll_back(three, 1)
    before_it = contents(three / "out")
    for days in (0, 1, 300):  # time alone does not end it
        it = _build(three, TODAY + timedelta(days))
        assert (it.new, it.manifest.name) == (False, "1")
    assert contents(three / "out") == before_it
    hold = current_pin(three / "out" / "sample")
    assert hold is not None
    assert (hold.edition, hold.since) == ("2026-11-21-1", TODAY)
    _say(three, "in spring")
    it = _build(three)
    assert (it.new, it.manifest.name, it.manifest.since) == (True, "4", 1)
    assert current_pin(three / "out" / "sample") is None
    assert not (three / "out" / "sample" / ".held").exists()


@pytest.mark.parametrize("held", [None, 2])
def test_one_that_fails_leaves_what_held_before(three: Path, held: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if held:
        _roll_back(three, held)
    with monkeypatch.context() as patched:
        patched.setattr("briefgen.publish.write._switch", _full_disk)
        with pytest.raises(FindingsError, match="No space left on device"):
            _roll_back(three, 1)
    assert current_pin(three / "out" / "sample") == last_pin(three / "out" / "sample")
    it = _build(three)
    assert (it.new, it.manifest.name) == (False, str(held or 3))


def _full_disk(*_: object, **__: object) -> None:
    raise OSError(ENOSPC, "No space left on device")


def test_changes_are_told_since_what_readers_saw(three: Path) -> None:
    """Edition 4 follows the first one, to which readers were led back; so it stays when it is told again."""
    home = three / "out" / "sample"
    _roll_back(three, 1)
    _say(three, "in spring")
    _build(three)
    assert [getattr(previous_visible(home, number), "version", None) for number in (2, 3, 4)] == [
        (1, 1),
        (2, 1),
        (1, 1),
    ]
    _say(three, "in winter")
    _build(three)
    assert getattr(previous_visible(home, 5), "version", None) == (4, 1)


def test_only_another_look_makes_a_new_number_too(three: Path) -> None:
    """A revision of the held edition would be older than editions that readers saw already."""
    _say(three, FERRY[0])
    _build(three)
    _say(three, FERRY[0])
    _roll_back(three, 1)
    write_template(three, "at-a-glance", "<p>another</p>")
    assert _build(three).manifest.name == "5"


def test_files_put_back_to_what_is_held_end_it(three: Path) -> None:
    _roll_back(three, 1)
    _say(three, FERRY[0])
    it = _build(three)
    assert (it.new, it.manifest.name) == (False, "1")
    assert current_pin(three / "out" / "sample") is None


def test_the_newest_holds_nothing(three: Path) -> None:
    _roll_back(three, 1)
    _roll_back(three, 3)
    assert current_pin(three / "out" / "sample") is None
    assert not _build(three).new


def test_a_damaged_edition_is_no_way_back(three: Path) -> None:
    next((three / "out" / "sample" / "editions" / "2026-11-21-1").glob("*.html")).write_text("spoilt", encoding="utf-8")
    before_it = contents(three / "out")
    with pytest.raises(FindingsError, match=r"P506 edition 1 is damaged: at-a-glance\.en\.html"):
        _roll_back(three, 1)
    assert contents(three / "out") == before_it


def test_a_clock_that_was_far_ahead_once_is_got_over(tiny: Path) -> None:
    """The advice that the stopped build gives is taken word by word, and works."""
    _build(tiny)
    _say(tiny, "in winter")
    _build(tiny, TODAY + timedelta(3000))
    _say(tiny, "in summer")
    with pytest.raises(FindingsError) as caught:
        _build(tiny)
    (found,) = caught.value.findings
    assert (found.code, "briefgen editions rollback 1, then build again" in found.hint) == ("P503", True)
    _roll_back(tiny, 1)
    assert current_pin(tiny / "out" / "sample") is None  # nothing has to change before the next one
    it = _build(tiny)
    assert (it.new, it.manifest.name, it.manifest.since) == (True, "3", 1)
    assert not _build(tiny, TODAY + timedelta(1)).new


def test_a_clock_that_was_ahead_from_the_first_is_got_over_too(tiny: Path) -> None:
    it = _build(tiny, TODAY + timedelta(3000))
    with pytest.raises(FindingsError) as caught:
        _build(tiny)
    assert f"take away {it.folder}, then build again" in caught.value.findings[0].hint
    for path in it.folder.iterdir():
        path.unlink()
    it.folder.rmdir()
    assert _build(tiny).new
    assert _seen(tiny) == "1"


def test_a_rollback_that_was_killed_half_way_counts_for_nothing(three: Path) -> None:
    """It is noted before readers are led back: until then nothing holds."""
    home = three / "out" / "sample"
    (home / ".held").write_text('{"edition": "2026-11-21-1", "since": "2026-11-21", "desk": "x"}', encoding="utf-8")
    assert current_pin(home) is None
    it = _build(three)
    assert (it.new, it.manifest.name) == (False, "3")


def test_the_link_of_a_held_edition_comes_back(three: Path) -> None:
    home, notes = three / "out" / "sample", list[Finding]()
    _roll_back(three, 1)
    (home / "latest").unlink()
    with locked(home, notes.append):
        pass
    assert [(note.code, note.message) for note in notes] == [("P509", "`latest` was gone; it leads to edition 1 again")]
    assert current_pin(home) is not None
    assert _seen(three) == "1"


def test_retention_leaves_what_an_edition_after_a_rollback_is_told_from(three: Path) -> None:
    """Edition 4 tells changes since 1, not since 3: its revision still does, though 2 and 3 are newer."""
    settings = three / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "keep_editions = 3\n", encoding="utf-8")
    _roll_back(three, 1)
    _say(three, "in spring")
    assert _build(three).manifest.since == 1
    page = three / "templates" / "at-a-glance.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<body>", "<body class='new'>"), encoding="utf-8")
    revision = _build(three)
    assert (revision.manifest.name, revision.manifest.since) == ("4r2", 1)


def test_damage_to_what_is_held_is_told(three: Path) -> None:
    """The desk's files are those of edition 3: the build cannot make edition 1 again, and must not be silent."""
    _roll_back(three, 1)
    next((three / "out" / "sample" / "editions" / "2026-11-21-1").glob("*.html")).write_text("spoilt", encoding="utf-8")
    with pytest.raises(FindingsError, match="P506 edition 1, which a rollback holds, is damaged"):
        _build(three)
    assert _seen(three) == "1"
