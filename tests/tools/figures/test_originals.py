"""Whole source documents: their lines yield the values that stand in them, and the other lines none.

Of the documents here are only hashes, line numbers and values.
"""

import pytest

from briefgen.tools.figures import Match
from briefgen.tools.figures.read import figures_in
from tools.originals import original

from .languages import HERE, read, words_for

DOCUMENTS = read(HERE / "originals.yaml")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_these_figures_and_no_others(document: str) -> None:
    about = DOCUMENTS[document]
    text = original(about["sha256"], document).read_bytes().decode("utf-8")
    lines = [line for line in text.split("\n") if line.strip()]  # as records count them
    found = {str(at): figures_in(line, words_for(about["language"])) for at, line in enumerate(lines, 1)}
    assert {at: list(map(_shown, figures)) for at, figures in found.items() if figures} == about["lines"]


def _shown(figure: Match) -> str:
    return f"{'by ' if figure.deadline else ''}{figure.quantity or figure.partial}"
