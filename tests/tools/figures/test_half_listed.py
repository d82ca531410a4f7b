"""Languages of which a curator has listed the first words: what these do not cover is a doubt, and never silent."""

import pytest

from briefgen.tools.figures.read import figures_in

from .languages import HERE, read, reading_words, shown

LANGUAGES = read(HERE / "half_listed.yaml")
ROWS = [(code, *row) for code, language in LANGUAGES.items() for row in language["rows"]]


@pytest.mark.parametrize(("code", "line", "expected"), ROWS)
def test_what_is_beside_a_figure_and_not_listed_is_a_doubt(code: str, line: str, expected: list[str]) -> None:
    words = reading_words({"locale": code, **LANGUAGES[code]["words"]})
    assert [shown(figure) for figure in figures_in(line, words)] == expected
