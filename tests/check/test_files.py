"""What is wrong with a file whatever it holds: the marks of a merge that nobody finished."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import changed

from briefgen.check.files import unfinished_merges
from briefgen.model.findings import FindingsError
from briefgen.read.facts import partnerships, read_and_check
from briefgen.read.workspace import find_workspace
from briefgen.tools.check import check_all
from briefgen.tools.translations import catalog_updates

NOW = datetime(2026, 11, 21, tzinfo=UTC)
MARKS = ("<<<<<<< HEAD", "||||||| merged common ancestors", "=======", ">>>>>>> colleague", "<<<<<<<", "<<<<<<< .mine")
NONE = (
    "<<<<<< HEAD",
    "<<<<<<<<",
    "<<<<<<<HEAD",
    "========",
    "====== =",
    " =======",
    "a =======",
    "|||||||a",
    ">>>>>>>>>",
)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_y007_a_mark_of_a_merge(mark: str, end: str) -> None:
    between = end or "\n"
    (found,) = unfinished_merges(f"one{between}{mark}{end}", "a.html")
    assert str(found) == "a.html:2:1: error Y007 a merge was not finished here"


@pytest.mark.parametrize("line", NONE)
def test_y007_what_only_looks_like_one(line: str) -> None:
    assert not list(unfinished_merges(f"a\n{line}\nb\n", "a.html"))


def test_y007_one_finding_names_the_lines_of_all() -> None:
    (found,) = unfinished_merges("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "a.css")
    assert found.message == "a merge was not finished here (nor in line 3, 5)"


FILES = (
    "facts/sample.yaml",
    "seeds/sample-talks-2026.yaml",
    "facts/locale/ko.po",
    "facts/locale/ko.terms.yaml",
    "facts/clearances/sample.jsonl",
    "templates/look.yaml",
    "templates/parts/colophon.html",
    "templates/parts/of-no-page.html",
    "templates/style/paper.css",
    "templates/locale/ko.po",
    "templates/languages/en.yaml",
    "templates/logo.svg",
)


@pytest.mark.parametrize("name", FILES)
def test_y007_in_every_file_that_a_build_reads(name: str, starter: Path) -> None:
    """It is the only thing that is told of the file, by check and by the reading that each build begins with."""
    path = starter / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "<<<<<<< HEAD\n", encoding="utf-8")
    changed(starter / "briefgen.toml", '["en"]', '["en", "ko"]')
    workspace = find_workspace(starter)
    read = read_and_check(workspace, partnerships(workspace)[0], ["en", "ko"])[2]
    for findings in (read, check_all(workspace, NOW).findings):
        assert {each.code for each in findings if each.location.file == name} - {"Y009"} == {"Y007"}


def test_y007_in_the_settings(starter: Path) -> None:
    changed(starter / "briefgen.toml", "timezone", "<<<<<<< HEAD\ntimezone")
    with pytest.raises(FindingsError) as caught:
        find_workspace(starter)
    assert [str(each.location) for each in caught.value.findings] == ["briefgen.toml:2:1"]
    assert "Y007" in str(caught.value)


def test_y007_before_a_catalog_is_written_anew(starter: Path) -> None:
    (starter / "facts" / "locale" / "ko.po").write_text("=======\n", encoding="utf-8")
    changed(starter / "briefgen.toml", '["en"]', '["en", "ko"]')
    with pytest.raises(FindingsError, match="Y007"):
        catalog_updates(find_workspace(starter))
