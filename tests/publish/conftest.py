"""A partnership's folder to publish in."""

from functools import cache
from pathlib import Path

import pytest

from briefgen.read import fingerprint

from .editions import published


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A partnership's folder with one edition."""
    published(tmp_path / "out" / "vn-kr", 1)
    return tmp_path / "out" / "vn-kr"


@cache
def _program() -> str:
    return PROGRAM_HASH(Path("/nowhere"))


PROGRAM_HASH = fingerprint.program_hash


@pytest.fixture(autouse=True)
def program_stays_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at once for all tests; that the program counts is tested in a process of its own."""
    monkeypatch.setattr(fingerprint, "program_hash", lambda _: _program())
