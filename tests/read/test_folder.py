"""A folder of files is read as one, every place still in its own file; a workspace may hold many partnerships."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from briefgen.model.findings import Finding, FindingsError
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.workspace import Workspace, find_workspace

HEAD = """\
partnership: {id: sample, name: Northland–Southland, parties: [NL, SL]}
parties:
  NL: {name: Northland}
  SL: {name: Southland}
themes: {trade: Trade}
"""
FERRY = """\
statements:
  - id: ferry
    text: Open the ferry route
    theme: trade
    cites: [talks:L1]
    by: [SL]
    act: requested
"""
ROAD = FERRY.replace("ferry", "road")
RECORD = """\
id: talks
publisher: not stated
describes: Note on talks
language: en
sha256: "0000000000000000000000000000000000000000000000000000000000000000"
published: {date: 2026-03-03, basis: text, line: 1}
lines:
  - line: 1
    sha256: "0101010101010101010101010101010101010101010101010101010101010101"
    digest: Southland asks for much.
    says: [{facts: [ferry, road], by: [SL], act: requested}]
"""


def write(root: Path, files: Mapping[str, str]) -> Workspace:
    """A workspace with these files and the record they rest on."""
    for name, text in {**files, "seeds/talks.yaml": RECORD}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Workspace(root=root)


def faults(workspace: Workspace) -> list[str]:
    (path,) = partnerships(workspace)
    return [str(finding) for finding in read_facts(workspace, path)[1]]


def test_lists_follow_each_other_and_mappings_add_up(tmp_path: Path) -> None:
    themes = "themes: {sea: The sea}\n"
    workspace = write(
        tmp_path, {"facts/nl/a.yaml": HEAD + FERRY, "facts/nl/b.yaml": themes + ROAD, "facts/nl/c.yaml": "# later\n"}
    )
    book, findings = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert findings == ()
    assert (list(book.facts), list(book.file.themes)) == (["ferry", "road"], ["trade", "sea"])
    assert str(book.location("road", "theme")) == "facts/nl/b.yaml:5:12"
    assert str(book.location("ferry", "theme")) == "facts/nl/a.yaml:9:12"


def test_each_fault_is_told_in_its_own_file(tmp_path: Path) -> None:
    bad = ROAD.replace("theme:", "tehme:").replace("  - id: road", "  - id: ferry")
    assert faults(write(tmp_path, {"facts/nl/a.yaml": HEAD + FERRY, "facts/nl/b.yaml": bad})) == [
        "facts/nl/b.yaml:2:9: error C101 the id 'ferry' is used twice; first at facts/nl/a.yaml:7:9",
        "facts/nl/b.yaml:4:5: error F002 the key 'tehme' is not known here",
        "seeds/talks.yaml:11:28: error E207 there is no fact 'road'",
    ]


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ("themes: {trade: Commerce}\n", "facts/nl/b.yaml:1:10: error Y003 'themes: trade' is in another file too"),
        ("themes: [trade]\n", "facts/nl/b.yaml:1:1: error Y003 'themes' is in another file too, in another form"),
        ("- ferry\n", "facts/nl/b.yaml:1:1: error F004 lines of 'key: value' are expected here"),
        (
            "statements: [\n",
            "facts/nl/b.yaml:1:13: error Y002 is no valid YAML: a bracket is opened here and never closed",
        ),
    ],
)
def test_nothing_of_a_second_file_is_passed_over(tmp_path: Path, second: str, fault: str) -> None:
    workspace = write(tmp_path, {"facts/nl/a.yaml": HEAD + FERRY + ROAD[12:], "facts/nl/b.yaml": second})
    (told,) = faults(workspace)
    assert told.startswith(fault)


def test_what_no_file_has_is_missing_in_the_folder(tmp_path: Path) -> None:
    workspace = write(
        tmp_path, {"facts/nl/a.yaml": HEAD.replace("themes: {trade: Trade}\n", ""), "facts/nl/b.yaml": ""}
    )
    assert "facts/nl: error F003 the key 'themes' is missing here" in faults(workspace)


def test_each_file_and_each_folder_is_a_partnership_but_the_catalogs_are_none(tmp_path: Path) -> None:
    files = {
        "facts/b.yaml": HEAD,
        "facts/a/x.yaml": HEAD,
        "facts/locale/vi.terms.yaml": "terms: []\n",
        "facts/c.txt": "",
    }
    workspace = write(tmp_path, files)
    assert [workspace.shown(path) for path in partnerships(workspace)] == ["facts/a", "facts/b.yaml"]


def test_a_workspace_without_facts_says_where_to_put_them(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as trouble:
        partnerships(Workspace(root=tmp_path))
    (finding,) = trouble.value.findings
    assert (str(finding.location), finding.code, finding.message) == ("facts", "W004", "there is no facts file here")
    assert finding.hint == "put one there, such as facts/our-partnership.yaml"
    (tmp_path / "facts").touch()
    with pytest.raises(FindingsError) as trouble:
        partnerships(Workspace(root=tmp_path))
    assert (
        trouble.value.findings[0].hint == "make a folder of it, and put one there, such as facts/our-partnership.yaml"
    )


@pytest.mark.parametrize(("content", "code"), [("", "F001"), ("# nothing yet\n", "F001"), ("- a\n", "F004")])
def test_a_file_that_is_empty_or_no_mapping_is_told(tmp_path: Path, content: str, code: str) -> None:
    workspace = write(tmp_path, {"facts/nl.yaml": content})
    book, findings = read_facts(workspace, *partnerships(workspace))
    assert book is None
    assert [(finding.location.file, finding.code) for finding in findings] == [("facts/nl.yaml", code)]


def test_a_list_in_which_nothing_stands_is_as_good_as_none_unless_it_is_needed(tmp_path: Path) -> None:
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY + "terms:\npeople:\nmilestones:\n"})
    assert faults(workspace) == []
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD.replace("themes: {trade: Trade}", "themes:") + FERRY})
    assert "facts/nl.yaml:5:8: error F004 'themes': lines of 'key: value' are expected here" in faults(workspace)


def test_y011_a_key_of_an_entry_without_a_value_is_told(tmp_path: Path) -> None:
    """A summit's `when:` with nothing behind it was printed as a summit without a date."""
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY + "    due:\n"})
    _, findings = read_facts(workspace, tmp_path / "facts" / "nl.yaml")
    assert [(each.code, each.message) for each in findings] == [("Y011", "'due' has no value")]


def test_a_name_of_a_file_that_is_no_id_is_not_proposed_as_one(tmp_path: Path) -> None:
    note = RECORD.replace("id: talks", "id: note")
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY.replace("talks", "note"), "seeds/Note-2.yaml": note})
    (path,) = partnerships(workspace)
    assert [each.hint for each in read_facts(workspace, path)[1]] == ["call the file note.yaml"]


def test_a_record_is_called_like_its_file(tmp_path: Path) -> None:
    workspace = write(
        tmp_path,
        {
            "facts/nl.yaml": HEAD + FERRY.replace("talks", "note"),
            "seeds/notes.yaml": RECORD.replace("id: talks", "id: note"),
        },
    )
    (told,) = faults(workspace)
    assert told == "seeds/notes.yaml:1:5: error S001 the id is 'note' but the file is called notes.yaml"
    (path,) = partnerships(workspace)
    assert [each.hint for each in read_facts(workspace, path)[1]] == ["call the file note.yaml; or write id: notes"]
    (workspace.seeds / "note.yaml").write_text(RECORD.replace("id: talks", "id: note"), encoding="utf-8")
    (copy,) = read_facts(workspace, path)[1]
    assert copy.hint == "remove it, if it is a copy of that record; or write id: notes"


def test_a_faulty_record_is_told_once_and_the_facts_that_cite_it_are_not_blamed(tmp_path: Path) -> None:
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY + ROAD[12:]})
    (workspace.seeds / "talks.yaml").write_text(RECORD.replace("language", "langauge"), encoding="utf-8")
    (told,) = faults(workspace)
    assert told == "seeds/talks.yaml:4:1: error F002 the key 'langauge' is not known here"


def test_a_record_that_only_an_outcome_cites_is_known(tmp_path: Path) -> None:
    outcome = "    outcome: {status: fulfilled, cites: [later:L1]}\n"
    later = RECORD.replace("id: talks", "id: later").replace(
        "    says: [{facts: [ferry, road], by: [SL], act: requested}]\n", "    reports: {ferry: fulfilled}\n"
    )
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY + outcome + ROAD[12:], "seeds/later.yaml": later})
    book, findings = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert sorted(book.sources) == ["later", "talks"]
    assert findings == ()


def test_records_of_other_partnerships_are_left_aside(tmp_path: Path) -> None:
    other = RECORD.replace("id: talks", "id: other").replace("[ferry, road]", "[elsewhere]")
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY + ROAD[12:], "seeds/other.yaml": other})
    book, _ = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert list(book.sources) == ["talks"]


def test_the_shipped_facts_open_with_the_line_by_which_editors_find_the_schema() -> None:
    shipped = find_workspace(Path(__file__).parents[2])
    for path in partnerships(shipped):
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n"), path


def test_findings_of_a_book_are_of_one_kind(tmp_path: Path) -> None:
    workspace = write(tmp_path, {"facts/nl.yaml": HEAD + FERRY.replace("requested", "agreed") + ROAD[12:]})
    book, findings = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert all(isinstance(finding, Finding) for finding in findings)


def test_a_folder_without_a_facts_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "facts" / "empty.yaml").mkdir(parents=True)
    (tmp_path / "briefgen.toml").touch()
    book, findings = read_facts(Workspace(root=tmp_path), tmp_path / "facts" / "empty.yaml")
    assert book is None
    assert [str(each) for each in findings] == ["facts/empty.yaml: error F001 is a folder in which no facts file is"]


def test_a_link_in_a_circle_is_no_partnership(tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").touch()
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "one.yaml").touch()
    (tmp_path / "facts" / "loop").symlink_to(".")
    assert partnerships(Workspace(root=tmp_path)) == (tmp_path / "facts" / "one.yaml",)
