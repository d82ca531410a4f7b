"""However a file is spoilt, it is told with a place in it; nothing raises, on the way or in any check."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.assess import assess
from briefgen.check import FACTS
from briefgen.read import shipped_templates
from briefgen.read.facts import read_facts
from briefgen.read.workspace import Workspace

STARTER = shipped_templates() / "starter"
FILES = ("facts/sample.yaml", "seeds/sample-talks-2026.yaml")
WORDS = st.sampled_from(
    [
        "",
        "x",
        "-",
        "[]",
        "{}",
        "~",
        "no",
        "12:30",
        "9999",
        "2030",
        "@NL",
        "5 billion",
        "{goal}",
        "*a",
        "&a",
        ": ",
        "\t",
        '"',
        "#",
    ]
)


@cache
def lines_of(name: str) -> tuple[str, ...]:
    return tuple((STARTER / name).read_text(encoding="utf-8").split("\n"))


@st.composite
def spoilt_files(draw: st.DrawFn) -> dict[str, str]:
    """The starter's files, one of them with up to three lines lost, doubled, moved in or partly overwritten."""
    name = draw(st.sampled_from(FILES))
    lines = list(lines_of(name))
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        match draw(st.sampled_from(["lose", "double", "indent", "overwrite", "end"])):
            case "lose":
                del lines[number]
            case "double":
                lines.insert(number, line)
            case "indent":
                lines[number] = f" {line}"
            case "end":
                lines[number] = line.partition(": ")[0] + ": " + draw(WORDS)
            case _:
                at = draw(st.integers(0, len(line)))
                lines[number] = line[:at] + draw(WORDS) + line[at + draw(st.integers(0, 8)) :]
    return {each: "\n".join(lines if each == name else lines_of(each)) for each in FILES}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("desk")
    for name in FILES:
        (root / name).parent.mkdir()
    return Workspace(root=root)


def place_is_in(root: Path, file: str, line: int) -> bool:
    return line <= (root / file).read_text(encoding="utf-8").count("\n") + 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=spoilt_files())
def test_a_spoilt_file_is_told_and_nothing_raises(desk: Workspace, files: dict[str, str]) -> None:
    for name, text in files.items():
        (desk.root / name).write_text(text, encoding="utf-8")
    book, findings = read_facts(desk, desk.root / FILES[0])
    assert book is not None or findings
    if book is not None:
        findings = (*findings, *(each for check in FACTS for each in check(book)))
        assess(book, date(2026, 11, 21))
    for finding in findings:
        assert finding.location.file in (*FILES, "sample"), finding
        assert finding.location.file == "sample" or place_is_in(desk.root, finding.location.file, finding.location.line)
        assert finding.message
