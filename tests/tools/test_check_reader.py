"""`reader` and `fields` in look.yaml name parties and themes of the workspace."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Told, changed

from briefgen.read.workspace import find_workspace
from briefgen.tools.check import check_all

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def found(desk: Path) -> list[str]:
    """What a check of everything says of the look."""
    findings = check_all(find_workspace(desk), NOW).findings
    return [str(each) for each in findings if each.location.file == "templates/look.yaml"]


@pytest.fixture
def desk(starter: Path) -> Path:
    """A new workspace whose look says whose side comes first."""
    (starter / "templates" / "look.yaml").write_text("reader:\n  en: NL\n", encoding="utf-8")
    return starter


def test_a_party_of_the_facts_may_come_first(desk: Path) -> None:
    assert found(desk) == []


def test_k912_an_unknown_party_is_told_with_the_nearest_right_one(desk: Path) -> None:
    changed(desk / "templates" / "look.yaml", "NL", "NLL")
    assert found(desk) == ["templates/look.yaml:2:7: error K912 'NLL' is a party of no partnership here"]
    (finding,) = (each for each in check_all(find_workspace(desk), NOW).findings if each.code == "K912")
    assert finding.hint == "did you mean 'NL'?"


def test_k912_each_command_tells_of_a_party_or_a_field_that_is_none(desk: Path, told: Told) -> None:
    (desk / "templates" / "look.yaml").write_text("reader:\n  en: NLL\nfields: [energi, trade]\n", encoding="utf-8")
    said = [
        "templates/look.yaml:2:7: error K912 'NLL' is a party of no partnership here",
        "templates/look.yaml:3:10: error K912 'energi' is a theme of no partnership here",
    ]
    assert found(desk) == said
    for command in (("check",), ("template", "check", "--screen-only"), ("build",)):
        err = told(*command, at=desk).err
        assert [err.count(each) for each in said] == [1, 1], (command, err)


def test_a_party_of_another_partnership_will_do(desk: Path) -> None:
    text = (desk / "facts" / "sample.yaml").read_text(encoding="utf-8")
    other = text.replace("id: sample", "id: other", 1).replace("NL", "WL")
    (desk / "facts" / "other.yaml").write_text(other, encoding="utf-8")
    changed(desk / "templates" / "look.yaml", "NL", "WL")
    assert found(desk) == []


def test_nothing_is_said_where_the_parties_cannot_be_read(desk: Path) -> None:
    changed(desk / "facts" / "sample.yaml", "parties: [NL, SL]", "parties: NL")
    changed(desk / "templates" / "look.yaml", "NL", "XX")
    assert found(desk) == []
