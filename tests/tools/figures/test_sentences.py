"""Hand-made sentences with the figures they hold: the table is the specification."""

import pytest

from briefgen.tools.figures.read import figures_in

from .languages import HERE, read, shown, words_for

ROWS = [
    (code, row["line"], row["finds"])
    for file in ("sentences.yaml", "beside.yaml")
    for code, rows in read(HERE / file).items()
    for row in rows
]


@pytest.mark.parametrize("language", {code: None for code, _, _ in ROWS})
def test_every_sentence_of_a_language(language: str) -> None:
    """Hundreds of rows; those that fail are named."""
    rows = [(line, expected) for code, line, expected in ROWS if code == language]
    found = [(line, [shown(figure) for figure in figures_in(line, words_for(language))]) for line, _ in rows]
    assert [each for each in found if each not in rows] == []
    assert found == rows


def test_a_figure_that_is_not_sure_says_why_and_a_sure_one_has_nothing_to_say() -> None:
    for code, line, _ in ROWS:
        for figure in figures_in(line, words_for(code)):
            assert bool(figure.why) is not figure.sure, figure
            assert figure.sure <= (figure.quantity is not None), figure


def test_the_table_covers_every_shipped_language_and_some_without_words() -> None:
    codes = {code for code, _, _ in ROWS}
    assert {"de", "nl", "en", "vi", "ko"} < codes
    assert len(codes) >= 10
