"""A new workspace is faultless as it stands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefgen.model.book import FactFile
from briefgen.model.findings import FindingsError
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.validate import schema_text
from briefgen.read.workspace import find_workspace
from briefgen.tools.check import check_all
from briefgen.tools.init import id_for, make_workspace


def test_a_new_workspace_has_no_finding(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "desk")
    assert tmp_path / "desk" / "briefgen.toml" in made
    checked = check_all(find_workspace(tmp_path / "desk"), datetime(2026, 11, 21, tzinfo=UTC))
    assert checked.findings == ()
    assert checked.summary.endswith("facts checked, no findings.")
    assert [*checked.books] == ["sample"]


def test_its_facts_show_every_link_to_a_record(tmp_path: Path) -> None:
    make_workspace(tmp_path / "desk")
    workspace = find_workspace(tmp_path / "desk")
    book, _ = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert {fact.kind for fact in book.facts.values()} >= {"statement", "summit", "figure", "meeting", "office"}
    assert (workspace.facts / "schema.json").read_text(encoding="utf-8") == schema_text(FactFile)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FindingsError) as trouble:
        make_workspace(tmp_path)
    (finding,) = trouble.value.findings
    assert (str(finding.location), finding.code, finding.hint) == (str(tmp_path), "W006", "choose another name")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("mine", encoding="utf-8")
    with pytest.raises(FindingsError) as trouble:
        make_workspace(tmp_path / "desk")
    (finding,) = trouble.value.findings
    assert (finding.code, finding.message) == ("P504", "cannot be made: Not a directory")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("desk", "desk"),
        ("Our Desk", "our-desk"),
        ("vn_kr.2026", "vn-kr-2026"),
        ("Quan hệ Đối tác", "quan-he-doi-tac"),
        ("Bureau d’Orsay", "bureau-dorsay"),
        ("한국", "sample"),
        ("--", "sample"),
        ("Aux", "sample"),
        ("x" * 101, "sample"),
    ],
)
def test_the_name_of_the_folder_gives_the_id(name: str, id: str, tmp_path: Path) -> None:
    assert id_for(name) == id
    make_workspace(tmp_path / "desk", id)
    workspace = find_workspace(tmp_path / "desk")
    book, findings = read_facts(workspace, workspace.facts / f"{id}.yaml")
    assert book is not None
    assert (book.file.partnership.id, findings) == (id, ())
