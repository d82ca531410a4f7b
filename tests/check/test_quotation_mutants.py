"""A digit, scale word, currency, month, limit or name changed in a figure or its quotation is caught by the two alone.

No fact is looked at, and no original: a value that is wrong in the facts and in the record alike is found all the same.
What is not caught says the same in other words, and stands in SAME.
"""

import sys

import pytest
from conftest import PROJECT

from briefgen.check.quotations import faults_of
from briefgen.check.source_words import source_words
from briefgen.model.book import FactBook
from briefgen.read.languages import reading_words
from briefgen.read.workspace import find_workspace
from check.mutants.of_quotations import of_quotations

SAME = {
    "apec-2025-close:L2#day: 2025-11-01 as 2025.11.1",
    "ministers-2024:L7#goal: 100 billion USD as 100 milliarde US-Dollar",
    "ministers-2024:L7#goal: 100 billion USD as 100 milliarden US-Dollar",
    "ministers-2024:L7#goal: 100 billion USD as 100 mrd US-Dollar",
    "ministers-2024:L20#programme: 2023-06 as jun 2023",
    "ministers-2024:L20#programme: 2023-06 as juni 2023",
    "ministers-2024:L25#grant: 200 million USD as 200 million US-Dollar",
    "ministers-2024:L25#grant: 200 million USD as 200 millionen US-Dollar",
    "ministers-2024:L25#grant: 200 million USD as 200 mio US-Dollar",
    "nhandan-2025:L13#goal: 150 billion USD as 150 mld USD",
    "nhandan-2025:L33#goal: 150 billion USD as 150 mld USD",
    "p4g-2025:L1#day: 2025-04-17 as apr 17, 2025",
    "p4g-2025:L1#day: 2025-04-17 as april 17, 2025",
    "visit-2026:L3#reported: 2026-04-20 as apr/20/2026",
    "visit-2026:L3#reported: 2026-04-20 as april/20/2026",
    "visit-2026:L4#days: 2026-04-21/2026-04-24 as apr 21 to 24, 2026",
    "visit-2026:L4#days: 2026-04-21/2026-04-24 as april 21 to 24, 2026",
}
"""Other words for the same scale or month, and a day without a nought."""


def test_no_change_of_a_figure_or_its_words_passes(book: FactBook, capsys: pytest.CaptureFixture[str]) -> None:
    reading = reading_words(find_workspace(PROJECT), ["en", "nl", "de", "vi", "ko"])
    mutants = [*of_quotations(book)]
    alive = [
        named
        for language, named, quoted in mutants
        if not [*faults_of(book, quoted, language, source_words(language, reading.get(language)))]
    ]
    with capsys.disabled():
        sys.stdout.write(f"\nquotation mutants: {len(mutants)}, survivors {len(alive)}\n")
    assert len(mutants) > 1500
    assert sorted(alive) == sorted(SAME)


def test_the_nearest_slips_are_among_them(book: FactBook) -> None:
    made = {named for _, named, _ in of_quotations(book)}
    assert "nhandan-2025:L13#goal: 15 billion USD as 150 miljard USD" in made
    assert "nhandan-2025:L13#goal: 150 billion USD as 150 miljoen USD" in made
    assert "nhandan-2025:L13#goal: 150 billion USD as 15 miljard USD" in made
    assert "nhandan-2025:L13#by: 2030 as 2031" in made
    assert "nhandan-2025:L21#residents: more than 350000 people as 350.000 Vietnamezen" in made
    assert "ministers-2024:L20#programme: 2023-06 as juli 2023" in made
