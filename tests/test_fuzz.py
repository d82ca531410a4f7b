"""A sample of tests/fuzz.py: whatever a file holds, the program says what is wrong, in time, and touches no edition."""

from pathlib import Path

import fuzz
import pytest

SEED, CASES, LONG = 20261128, 1, 40


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fuzz.make(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("name", fuzz.KINDS)
def test_a_spoilt_file_is_told(name: str, workspace: Path, request: pytest.FixtureRequest) -> None:
    report = fuzz.Report()
    cases = LONG if request.config.getoption("--long") else CASES
    for number in range(cases * fuzz.KINDS[name].share):
        fuzz.one_case(workspace, name, SEED, number, report)
    # what a case takes is for the script
    assert [each for each in report.failures if not each.endswith((" s", " MB"))] == []


@pytest.mark.parametrize(
    ("code", "said", "found"),
    [
        (3, "", "exit code 3"),
        (1, "x: error (TypeError)", "a name of Python's"),
        (1, "<built-in method upper of str object at 0x7f>", "a name of Python's"),
        (1, "Traceback (most recent call last):", "a name of Python's"),
        (1, "a \x1b[31m", "raw control characters"),
        (0, "a \u202e", "raw control characters"),
    ],
)
def test_what_no_command_may_say_would_be_seen(code: int, said: str, found: str) -> None:
    assert any(each.startswith(found) for each in fuzz.problems(code, said))
    assert not [*fuzz.problems(0, "facts/x.yaml:1:2: error F004 'Error' is no word\n\u2060\t")]
