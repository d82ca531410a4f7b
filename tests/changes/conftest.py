"""A desk in two languages, and the program in this very process."""

from pathlib import Path

import pytest
from curating.conftest import german_desk
from curating.conftest import program as program
from hypothesis import settings

settings.register_profile("unhurried", deadline=None, max_examples=60)
settings.load_profile("unhurried")


@pytest.fixture
def german(tmp_path: Path) -> Path:
    return german_desk(tmp_path / "german")
