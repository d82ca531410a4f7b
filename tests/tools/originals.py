"""The originals of records, by their hash: that of the sample, and the others wherever they are on this machine.

Those of the shipped records are other people's texts and not part of the project.
"""

import hashlib
from functools import cache
from pathlib import Path

import pytest
from conftest import PROJECT


@cache
def _originals() -> dict[str, Path]:
    """Every text of the sample, in `seeds/originals`, or in a `seeds` folder beside the project, by its sha256."""
    folders = (
        PROJECT / "templates/starter/seeds/originals",
        PROJECT / "seeds/originals",
        *PROJECT.parent.glob("*/seeds"),
    )
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for each in folders for path in each.glob("*.txt")}


def original(sha256: str, name: str) -> Path:
    """The file with this hash; without it the test is skipped."""
    if sha256 not in _originals():
        why = f"NOT CHECKED: {name}, one of the originals, which are others' texts and not in the repository"
        pytest.skip(f"{why}; texts of our own are checked beside it")
    return _originals()[sha256]
