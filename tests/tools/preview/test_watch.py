"""Every way in which an input can be saved is noticed, and what nobody reads is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from briefgen.tools.preview import session
from briefgen.tools.preview.session import Watch


class Noticed:
    """Waits for the next call."""

    def __init__(self) -> None:
        self._event = Event()

    def __call__(self) -> None:
        self._event.set()

    def within(self, seconds: float) -> bool:
        found = self._event.wait(seconds)
        self._event.clear()
        return found


@pytest.fixture
def noticed(starter: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Noticed]:
    monkeypatch.setattr(session, "LOOK_AGAIN", 100)
    (starter / "out" / "sample").mkdir(parents=True)
    told = Noticed()
    watching = Watch(starter, starter / "out", told)
    for number in range(100):  # until it watches, which takes a moment
        (starter / "facts" / f"warm-{number}.yaml").touch()
        (starter / "facts" / f"warm-{number}.yaml").unlink()
        if told.within(0.1):
            break
    while told.within(0.4):
        pass
    yield told
    watching.close()


def _saved_in_place(root: Path) -> None:
    with (root / "facts" / "sample.yaml").open("a", encoding="utf-8") as file:
        file.write("# x\n")


def _saved_by_renaming(root: Path) -> None:
    aside = root / "facts" / ".sample.yaml.tmp"
    aside.write_bytes((root / "facts" / "sample.yaml").read_bytes())
    aside.replace(root / "facts" / "sample.yaml")


def _new_record(root: Path) -> None:
    (root / "seeds" / "another.yaml").write_text("x: 1\n", encoding="utf-8")


def _gone(root: Path) -> None:
    (root / "facts" / "sample.yaml").unlink()


def _settings(root: Path) -> None:
    with (root / "briefgen.toml").open("a", encoding="utf-8") as file:
        file.write("\n")


def _new_folder(root: Path) -> None:
    (root / "facts" / "locale").mkdir(exist_ok=True)
    (root / "facts" / "locale" / "ko.po").write_text("", encoding="utf-8")


def _new_edition(root: Path) -> None:
    (root / "out" / "sample" / "latest").symlink_to("editions/1")


@pytest.mark.parametrize(
    "save",
    [_saved_in_place, _saved_by_renaming, _new_record, _gone, _settings, _new_folder, _new_edition],
    ids=lambda save: save.__name__.strip("_"),
)
def test_a_save_is_noticed(starter: Path, noticed: Noticed, save: object) -> None:
    assert callable(save)
    save(starter)
    assert noticed.within(10)


@pytest.mark.parametrize("how", ["moved", "removed"])
def test_another_folder_of_the_same_name_is_watched(how: str, starter: Path, noticed: Noticed) -> None:
    """A checkout of another branch, or a folder that is unpacked anew."""
    facts, aside = starter / "facts", starter / "aside"
    facts.rename(aside) if how == "moved" else shutil.rmtree(facts)
    facts.mkdir()
    while noticed.within(0.5):
        pass
    (facts / "sample.yaml").write_text("", encoding="utf-8")
    assert noticed.within(10)


def test_a_templates_folder_that_comes_later_is_watched(starter: Path, noticed: Noticed) -> None:
    templates = starter / "templates"
    if templates.exists():
        templates.rename(starter / "aside")
        assert noticed.within(10)
    templates.mkdir()
    assert noticed.within(10)
    for number in range(100):
        (templates / f"look-{number}.yaml").write_text("", encoding="utf-8")
        if noticed.within(0.2):
            return
    pytest.fail("not noticed")


@pytest.mark.parametrize("name", ["facts/.sample.yaml.swp", "facts/sample.yaml~", "out/sample/.lock", "notes.txt"])
def test_what_is_no_input_is_not(starter: Path, noticed: Noticed, name: str) -> None:
    (starter / name).write_text("x", encoding="utf-8")
    assert not noticed.within(0.6)


def test_a_link_to_another_folder_is_followed(tmp_path: Path, starter: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (starter / "facts" / "shared").symlink_to(shared)
    told = Noticed()
    watching = Watch(starter, starter / "out", told)
    for number in range(100):
        (shared / f"{number}.yaml").write_text("x: 1\n", encoding="utf-8")
        if told.within(0.2):
            break
    else:
        pytest.fail("not noticed")
    watching.close()
