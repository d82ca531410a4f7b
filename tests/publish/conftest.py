"""A partnership's folder to publish in."""

from pathlib import Path

import pytest

from .editions import published


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A partnership's folder with one edition."""
    published(tmp_path / "out" / "vn-kr", 1)
    return tmp_path / "out" / "vn-kr"
