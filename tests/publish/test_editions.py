"""When a build makes a new edition, when a revision, when neither; and what it says of a clock that is wrong."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TODAY, Direct, contents, request_for, write_template

from briefgen.build import build
from briefgen.model.edition import Making
from briefgen.model.findings import FindingsError
from briefgen.publish import Edition, latest
from briefgen.publish.write import locked

if TYPE_CHECKING:
    from briefgen.publish.decide import BuildRequest

FACTS = "facts/sample.yaml"


def _build(workspace: Path, day: date = TODAY, today: date = TODAY, **other: object) -> Edition:
    return build(request_for(workspace, day, today, **other), Direct())


def _home(workspace: Path) -> Path:
    return workspace / "out" / "sample"


def _newest(workspace: Path) -> str:
    edition = latest(_home(workspace))
    return edition.folder.name if edition else ""


def _change(workspace: Path, name: str, old: str, new: str) -> None:
    path = workspace / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_build_is_edition_1(tiny: Path) -> None:
    edition = _build(tiny)
    assert (edition.new, edition.folder) == (True, _home(tiny) / "editions" / "2026-11-21-1")
    assert {path.suffix for path in edition.files} == {".csv", ".html", ".ics", ".json", ".xlsx"}


@pytest.mark.parametrize("days", [0, 1, 30])
def test_nothing_changed_nothing_is_written(days: int, tiny: Path) -> None:
    _build(tiny)
    before = contents(tiny / "out")
    later = TODAY + timedelta(days)
    again = _build(tiny, later, later)
    assert (again.new, again.folder.name) == (False, "2026-11-21-1")
    assert contents(tiny / "out") == before


def test_changed_facts_make_the_next_edition(tiny: Path) -> None:
    _build(tiny)
    _change(tiny, FACTS, "Open the ferry route all year round", "Open the ferry route in winter too")
    assert _build(tiny).folder.name == _newest(tiny) == "2026-11-21-2"


def test_a_status_that_changes_by_the_calendar_makes_the_next_edition(tiny: Path) -> None:
    edition = _build(tiny)
    day = edition.manifest.next_change
    assert day is not None
    assert not _build(tiny, day - timedelta(1), day - timedelta(1)).new
    assert _build(tiny, day, day).folder.name == f"{day}-2"


def test_a_changed_document_makes_a_revision(tiny: Path) -> None:
    _build(tiny)
    write_template(tiny, "at-a-glance", "<p>another</p>")
    assert _build(tiny).folder.name == _newest(tiny) == "2026-11-21-1r2"
    assert not _build(tiny).new
    write_template(tiny, "at-a-glance", "<p>yet another</p>")
    assert _build(tiny, TODAY + timedelta(1), TODAY + timedelta(1)).folder.name == "2026-11-22-1r3"


def test_a_damaged_edition_is_made_again(tiny: Path) -> None:
    edition = _build(tiny)
    edition.files[0].write_bytes(b"spoilt")
    again = _build(tiny)
    assert (again.new, again.folder.name, again.whole) == (True, "2026-11-21-1r2", True)


def test_a_damaged_manifest_costs_no_edition(tiny: Path) -> None:
    edition = _build(tiny)
    (edition.folder / "manifest.json").write_text("{", encoding="utf-8")
    assert _build(tiny).folder.name == "2026-11-21-2"
    assert edition.folder.is_dir()


@pytest.mark.parametrize("name", ["manifest.json", "at-a-glance.en.html"])
def test_a_damaged_edition_that_is_passed_by_is_told(name: str, tiny: Path) -> None:
    told: list[str] = []
    made = [_build(tiny)]
    for old, new, spoilt in (("all year round", "in winter", False), ("in winter", "in spring", True)):
        if spoilt:
            (made[-1].folder / name).write_text("{", encoding="utf-8")
        _change(tiny, FACTS, old, new)
        made.append(build(request_for(tiny), Direct(), on_note=lambda note: told.append(note.message)))
    assert (made[-1].folder.name, made[-1].manifest.since) == ("2026-11-21-3", 1)
    assert told == ["is damaged; what changed is told since edition 1"]
    (made[0].folder / name).write_text("{", encoding="utf-8")
    (made[2].folder / name).write_text("{", encoding="utf-8")
    _change(tiny, FACTS, "in spring", "in autumn")
    build(request_for(tiny), Direct(), on_note=lambda note: told.append(note.message))
    assert told[1:] == ["is damaged; what changed is not told"] * 3


def test_no_number_is_given_twice(tiny: Path) -> None:
    """Not even after a rollback to an earlier edition."""
    _build(tiny)
    _change(tiny, FACTS, "all year round", "in winter")
    assert _build(tiny).folder.name == "2026-11-21-2"
    (_home(tiny) / "latest").unlink()
    (_home(tiny) / "latest").symlink_to("editions/2026-11-21-1")
    assert _build(tiny).folder.name == "2026-11-21-3"


@pytest.mark.parametrize("day", [TODAY - timedelta(200), TODAY + timedelta(2000)])
def test_another_day_is_a_reconstruction_and_leaves_the_newest_alone(day: date, tiny: Path) -> None:
    _build(tiny)
    before = contents(tiny / "out")
    edition = _build(tiny, day)
    assert edition.folder == _home(tiny) / "as-of" / str(day)
    after = contents(tiny / "out")
    assert {name: after[name] for name in before} == before
    _build(tiny, day)  # in the same place
    assert contents(tiny / "out") == after


def test_a_part_leaves_the_newest_alone(starter: Path) -> None:
    write_template(starter, "at-a-glance", "<p>x</p>")
    _build(starter, formats=("html",), documents=("at-a-glance",))
    assert [path.name for path in _home(starter).iterdir() if path.name != ".lock"] == ["partial"]
    assert latest(_home(starter)) is None


def test_an_edition_from_the_future_stops_the_build(tiny: Path) -> None:
    tomorrow = TODAY + timedelta(1)
    _build(tiny, tomorrow, tomorrow)
    before = contents(tiny / "out")
    with pytest.raises(FindingsError) as caught:
        _build(tiny)
    (found,) = caught.value.findings
    assert found.code == "P503"
    assert found.message == "the newest edition is of 2026-11-22, which lies ahead of today, 2026-11-21"
    assert contents(tiny / "out") == before


def test_before_the_first_source_there_is_nothing(tiny: Path) -> None:
    with pytest.raises(FindingsError) as caught:
        _build(tiny, date(2026, 3, 2))
    assert [(found.code, found.hint) for found in caught.value.findings] == [
        ("A601", "the first source was published on 2026-03-03")
    ]
    assert not (tiny / "out" / "sample").exists()


def test_a_build_waits_for_no_other(tiny: Path) -> None:
    with locked(_home(tiny)), pytest.raises(FindingsError, match="another build of this partnership is running"):
        _build(tiny)


def test_the_manifest_says_what_it_rests_on(tiny: Path) -> None:
    said = json.loads((_build(tiny).folder / "manifest.json").read_text(encoding="utf-8"))
    assert (said["partnership"], said["as_of"], said["edition"], said["revision"]) == ("sample", "2026-11-21", 1, 1)
    assert (said["languages"], said["documents"], said["formats"]) == (["en"], ["at-a-glance"], ["html"])
    assert len(said["facts_sha256"]) == len(said["look_sha256"]) == 64


def test_only_all_of_today_is_whole(tiny: Path) -> None:
    asked: BuildRequest = request_for(tiny)
    assert asked.making is Making.EDITION
    assert request_for(tiny, TODAY - timedelta(1)).making is Making.RECONSTRUCTION
    assert request_for(tiny, languages=()).making is Making.PART
