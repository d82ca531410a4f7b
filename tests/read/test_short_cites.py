"""A fact that cites one line may name its figures in short; the rest is as if each cite were written out."""

from pathlib import Path

from conftest import Program

from briefgen.read.facts import read_facts
from briefgen.read.workspace import find_workspace


def test_a_short_cite_is_that_of_the_only_line(starter: Path, program: Program) -> None:
    path = starter / "facts/sample.yaml"
    workspace = find_workspace(starter)
    long, _ = read_facts(workspace, path)
    text = path.read_text(encoding="utf-8")
    short = text.replace('cite: "sample-talks-2026:L2#', 'cite: "#').replace('cite: "sample-talks-2026:L4#', 'cite: "#')
    assert short.count('cite: "#') == 6
    path.write_text(short, encoding="utf-8")
    book, findings = read_facts(workspace, path)
    assert findings == ()
    assert book is not None
    assert long is not None
    assert book.facts == long.facts
    assert program("check", at=starter).code == 0


def test_a_wrong_figure_is_told_where_it_is_written(starter: Path, program: Program) -> None:
    path = starter / "facts/sample.yaml"
    text = path.read_text(encoding="utf-8").replace('cite: "sample-talks-2026:L2#goal"', 'cite: "#gaol"')
    path.write_text(text, encoding="utf-8")
    number = text[: text.index("#gaol")].count("\n") + 1
    told = program("check", at=starter).err
    assert f"facts/sample.yaml:{number}:" in told
    assert "E204 no record has the figure sample-talks-2026:L2#gaol" in told
    assert "did you mean 'goal'?" in told


def test_of_several_lines_nobody_knows_which(starter: Path, program: Program) -> None:
    path = starter / "facts/sample.yaml"
    text = path.read_text(encoding="utf-8").replace('cite: "sample-talks-2026:L4#host"', 'cite: "#host"')
    path.write_text(
        text.replace('["sample-talks-2026:L4"]', '["sample-talks-2026:L4", "sample-talks-2026:L3"]'), "utf-8"
    )
    told = program("check", at=starter).err
    assert "'#host' does not say of which line: the fact cites several; write it like source:L7#figure" in told
