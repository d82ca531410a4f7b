"""The real source documents, wherever they are on this machine: chosen lines yield the values that stand in them.

The documents are other people's texts and not part of the project: here are only their hashes, line numbers and values.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest

from briefgen.model.quantities import parse_quantity
from briefgen.tools.figures.read import InLine, contains, figures_in

from .languages import HERE, ROOT, read, words_for

PARTIAL = re.compile(r"(by )?--.*|\d{1,3}")
DOCUMENTS = read(HERE / "originals.yaml")
ROWS = [
    (document, int(number), expected)
    for document, about in DOCUMENTS.items()
    for number, expected in about["lines"].items()
]


@cache
def originals() -> dict[str, Path]:
    """Every text in `seeds/originals` or in a `seeds` folder beside the project, by its sha256."""
    folders = [ROOT / "seeds" / "originals", *ROOT.parent.glob("*/seeds")]
    paths = [path for folder in folders if folder.is_dir() for path in folder.glob("*.txt")]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


def line_of(document: str, number: int) -> str:
    """A line of a document: non-empty lines, split on newline only, counted from 1."""
    path = originals().get(DOCUMENTS[document]["sha256"])
    if path is None:
        pytest.skip(f"NOT CHECKED: {document} is another's text, not in the repository, and in no seeds folder")
    lines = [line for line in path.read_bytes().decode("utf-8").split("\n") if line.strip()]
    return lines[number - 1]


@pytest.mark.parametrize(("document", "number", "expected"), ROWS)
def test_line(document: str, number: int, expected: list[str]) -> None:
    line, words = line_of(document, number), words_for(DOCUMENTS[document]["language"])
    read_values = [
        _shown(figure.deadline, str(figure.quantity or figure.partial)) for figure in figures_in(line, words)
    ]
    assert read_values == expected
    whole = [value.removeprefix("by ") for value in expected if not PARTIAL.fullmatch(value)]
    assert [value for value in whole if contains(line, parse_quantity(value), words) is not InLine.YES] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_other_line_has_no_figure(document: str) -> None:
    """So that a new rule that sees figures where there are none is noticed."""
    words, numbers = words_for(DOCUMENTS[document]["language"]), set(map(int, DOCUMENTS[document]["lines"]))
    others = [n for n in range(1, int(DOCUMENTS[document]["count"]) + 1) if n not in numbers]
    assert [n for n in others if figures_in(line_of(document, n), words)] == []


def _shown(deadline: bool, value: str) -> str:
    return f"by {value}" if deadline else value
