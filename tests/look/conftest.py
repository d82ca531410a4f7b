"""A workspace with a look of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.model.findings import Finding
from briefgen.model.look import Look
from briefgen.read.look import read_look
from briefgen.read.workspace import find_workspace

Read = Callable[..., tuple[Look | None, tuple[Finding, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a look.yaml of the workspace's own, for the languages given."""
    (tmp_path / "briefgen.toml").write_text('languages = ["en"]\n', encoding="utf-8")
    (tmp_path / "templates").mkdir()

    def read_text(text: str, *codes: str) -> tuple[Look | None, tuple[Finding, ...]]:
        (tmp_path / "templates" / "look.yaml").write_text(text, encoding="utf-8")
        return read_look(find_workspace(tmp_path), codes)

    return read_text


def said(findings: tuple[Finding, ...]) -> list[str]:
    """Place, code and sentence of each, and what to do."""
    return [f"{each.location} {each.code} {each.message} -> {each.hint}" for each in findings]
