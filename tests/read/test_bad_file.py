"""All that is wrong with a facts file is told in one pass, as a person reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.cli.output import show
from briefgen.read.facts import read_facts
from briefgen.read.workspace import Workspace

BAD = Workspace(root=Path(__file__).parent / "bad")


def test_every_fault_is_told_in_one_pass(
    golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    book, findings = read_facts(BAD, BAD.facts / "bad.yaml")
    assert book is None
    show(findings, BAD.root)
    golden(BAD.root / "expected.txt", capsys.readouterr().err)
