"""A hint never leads to what somebody would take and should not: languages by country, zones by abbreviation."""

from pathlib import Path

import pytest
from conftest import set_languages

from briefgen.model.findings import FindingsError
from briefgen.read.languages import read_languages
from briefgen.read.workspace import find_workspace, zone_hint


@pytest.mark.parametrize(("code", "meant"), [("kr", "ko"), ("vn", "vi"), ("KR", "ko"), ("at", "de"), ("koo", "ko")])
def test_w005_a_country_is_taken_for_its_language_at_its_line(code: str, meant: str, starter: Path) -> None:
    set_languages(starter, "en", code)
    workspace = find_workspace(starter)
    with pytest.raises(FindingsError) as caught:
        read_languages(workspace, workspace.settings.languages)
    (found,) = caught.value.findings
    assert (str(found.location), found.code, found.hint) == ("briefgen.toml:2:1", "W005", f"did you mean '{meant}'?")


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("KST", "did you mean 'Asia/Seoul'?"),
        ("ict", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("UTC+9", "name a city of the zone"),
        ("GMT-03:30", "name a city of the zone"),
        ("+0900", "name a city of the zone"),
        ("BST", "an abbreviation may mean several zones"),
        ("Asia/Soul", "did you mean 'Asia/Seoul'?"),
        ("GMT10", "name a city of the zone"),
        ("−9", "name a city of the zone"),
        ("Asia/Hanoi", "did you mean 'Asia/Ho_Chi_Minh'?"),
        ("Hanoi", "did you mean 'Asia/Ho_Chi_Minh'?"),
    ],
)
def test_w003_no_zone_is_proposed_that_is_another(zone: str, hint: str) -> None:
    assert zone_hint(zone).startswith(hint)
    assert "MST" not in zone_hint(zone)


def test_w003_a_letter_before_a_number_is_no_distance() -> None:
    assert zone_hint("X9") == ""
