"""Quotations in their lines: whole words only, which of several, and what stands beside them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from check.mutants.neighbours import others
from conftest import PROJECT
from hypothesis import given
from hypothesis import strategies as st

from briefgen.check.quotations import value_faults
from briefgen.check.source_words import SourceWords, is_unspaced, source_words
from briefgen.localise.language import ReadingWords
from briefgen.model.dates import Period
from briefgen.model.quantities import parse_quantity
from briefgen.model.records import Quoted
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.workspace import find_workspace
from briefgen.tools.figures.read import figures_in
from briefgen.tools.originals import as_quoted, line_faults, places
from tools.figures.languages import read

WORDS = reading_words(find_workspace(PROJECT), known_languages(find_workspace(PROJECT)))
YEAR = Period(2030)


def test_the_words_of_a_figure_that_a_line_has_many_times_are_sought_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("briefgen.tools.originals._is_cut", lambda _line, at: asked.append(at))
    line = " ".join(["140 %"] * 100)
    for start in range(0, len(line), 6):
        assert as_quoted(line, start, start + 5, parse_quantity("140 %")).which == start // 6 + 1
    assert len(asked) == 200


@pytest.mark.parametrize(
    ("line", "quotation", "number"),
    [
        ("to 150 billion USD in 2030.", "150 billion USD", 1),
        ("to 150 billion USD in 2030.", "50 billion USD", 0),
        ("to 1.150 billion USD", "150 billion USD", 0),
        ("to 150 billion USD", "15", 0),
        ("to 150.5 billion", "150", 0),
        ("38B", "38", 0),
        ("Sonata by Son", "Son", 1),
        ("Tô\u00a0 Lâm", "Tô Lâm", 1),
        ("Tô Lâm", unicodedata.normalize("NFD", "Tô Lâm"), 1),
        (unicodedata.normalize("NFD", "Tô Lâm"), "Tô Lâm", 1),
        ("2030 and 2030, not 12030", "2030", 2),
        ("1,500억달러를 2030년까지", "1,500억달러", 1),
        ("anything", "", 0),
    ],
)
def test_whole_words_are_found_whatever_the_spaces(line: str, quotation: str, number: int) -> None:
    assert len(places(line, quotation)) == number


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_belong_to_no_quotation(hidden: str) -> None:
    """A draft held them, `check` refused them, and without them the words were not in the line."""
    line = f"In 20{hidden}23 trade reached US$5 bil{hidden}lion."
    quoted = as_quoted(line, line.index("US$"), len(line) - 1, parse_quantity("5 billion USD"))
    assert quoted.words == "US$5 billion"
    assert not [*line_faults(line, quoted, source_words("en", ReadingWords(locale="en")))]


@pytest.mark.parametrize(
    ("language", "line", "value", "quotation", "which", "code"),
    [
        ("nl", "tot US$ 38 bilhões", "38 USD", "US$ 38", 0, "V715"),
        ("pt", "com US$ 38 bilhões investidos", "38 USD", "US$ 38", 0, "V715"),
        ("en", "US$38 billion", "38 USD", "US$38", 0, "V715"),
        ("en", "more than 50 documents", "50 documents", "50 documents", 0, "V715"),
        ("en", "50 documents or more", "50 documents", "50 documents", 0, "V715"),
        ("en", "more than 50 documents", "more than 50 documents", "more than 50 documents", 0, ""),
        ("en", "5-10 million people", "10000000 people", "10 million people", 0, "V715"),
        ("en", "not 50 documents", "50 documents", "50 documents", 0, "V715"),
        ("en", "twenty five people", "5 people", "five people", 0, "V715"),
        ("en", "an office of one and 5 people", "5 people", "5 people", 0, ""),
        ("en", "5 to 6 million people", "6000000 people", "6 million people", 0, "V715"),
        ("en", "between 5 and 6 million people", "6000000 people", "6 million people", 0, "V715"),
        ("en", "US$5 million to 2030", "5 million USD", "US$5 million", 0, ""),
        ("en", "minus 5 %", "5 %", "5 %", 0, "V715"),
        ("en", "-5 %", "5 %", "5 %", 0, "V715"),
        ("ja", "損失は▲3億円", "300000000 JPY", "3億円", 0, "V715"),
        ("ja", "損失はマイナス3億円", "300000000 JPY", "3億円", 0, "V715"),
        ("ja", "3億5千万円", "50000000 JPY", "5千万円", 0, "V715"),
        ("en", "in the first half of 2030", "2030", "2030", 0, "V715"),
        ("en", "at the end of 2030", "2030", "2030", 0, "V715"),
        ("en", "at the end of 2030", "end 2030", "end of 2030", 0, ""),
        ("en", "at the end of 5 May 2030", "2030-05-05", "5 May 2030", 0, ""),
        ("en", "not in 2030", "2030", "in 2030", 0, "V715"),
        ("ko", "1,500억 달러", "1500 USD", "1,500", 0, "V715"),
        ("nl", "te verhogen tot 150 miljard USD", "150 billion USD", "150 miljard USD", 0, ""),
        ("en", "in 2030 or in 2030", "2030", "2030", 0, "V714"),
        ("en", "in 2030 or in 2030", "2030", "2030", 2, ""),
        ("en", "in 2030 or in 2030", "2030", "2030", 3, "V704"),
        ("en", "in 2031", "2030", "2030", 0, "V704"),
        ("en", "Son met Son", "@son", "Son", 0, "V714"),
        ("xx", "in 2030", "2030", "2030", 0, ""),
        ("en", "US$3 billion and 200 million", "3 billion USD", "US$3 billion", 0, "V715"),
        ("en", "US$3 billion and 200 million euros", "3 billion USD", "US$3 billion", 0, ""),
        ("en", "US$3 billion and €200 million", "3 billion USD", "US$3 billion", 0, ""),
        ("vi", "3 tỷ và 200 triệu USD", "200 million USD", "200 triệu USD", 0, "V715"),
        ("vi", "3 tỷ USD và 200 triệu USD", "200 million USD", "200 triệu USD", 0, ""),
        ("pt", "cento e 20 %", "20 %", "20 %", 0, "V715"),
        ("pt", "duzentos e 20 %", "20 %", "20 %", 0, "V715"),
        ("pt", "empresas e 20 %", "20 %", "20 %", 0, ""),
        ("hi", "साढ़े 3 %", "3 %", "3 %", 0, "V715"),
        ("ar", "20 شركة و30 %", "30 %", "30 %", 0, ""),
        ("ar", "بنسبة30 %", "30 %", "30 %", 0, ""),
        ("es", "en los años 2030", "2030", "2030", 0, "V715"),
        ("en", "in fiscal year 2025", "2025", "2025", 0, "V715"),
        ("ja", "2025年度予算", "2025", "2025年", 0, "V715"),
        ("hi", "वित्त वर्ष 2025 में", "2025", "2025", 0, "V715"),
        ("en", "in the year 2025", "2025", "2025", 0, ""),
        ("en", "by 5 % points", "5 %", "5 %", 0, "V715"),
        ("ro", "o treime din 5 %", "5 %", "5 %", 0, "V715"),
        ("en", "US$3 billion and a half", "3 billion USD", "US$3 billion", 0, "V715"),
        ("nl", "in de jaren 2030", "2030", "2030", 0, "V715"),
        ("en", "in the decade of 2030", "2030", "2030", 0, "V715"),
        ("ko", "2030년대에", "2030", "2030", 0, "V715"),
        ("ja", "2030年代に", "2030", "2030年", 0, "V715"),
        ("ru", "в 2030-е годы", "2030", "2030", 0, "V715"),
        ("hu", "a 2030-as években", "2030", "2030", 0, "V715"),
        ("hu", "a 2030-as évben", "2030", "2030", 0, ""),
        ("es", "en los años 2030 y 2031", "2030", "2030", 0, ""),
        ("nl", "in de jaren 2030-2031", "2030/2031", "jaren 2030-2031", 0, ""),
        ("es", "en los años 2025", "2025", "2025", 0, ""),
        ("en", "the decade to 2030", "2030", "2030", 0, ""),
        ("id", "lebih dari 50 %", "50 %", "50 %", 0, "V715"),
        ("id", "tidak kurang dari 50 %", "50 %", "50 %", 0, "V715"),
        ("id", "antara 20 % dan 50 %", "50 %", "50 %", 0, "V715"),
        ("id", "20 sampai dengan 50 %", "50 %", "50 %", 0, "V715"),
        ("id", "dari 20 % menjadi 50 %", "50 %", "50 %", 0, ""),
        ("ar", "بنحو 50 %", "50 %", "50 %", 0, "V715"),
        ("ar", "لم تبلغ 50 %", "50 %", "50 %", 0, "V715"),
        ("ar", "50 % سنويا", "50 %", "50 %", 0, "V715"),
        ("sv", "omkring 50 %", "50 %", "50 %", 0, "V715"),
        ("hu", "mintegy 50 %", "50 %", "50 %", 0, "V715"),
        ("ja", "50%近く", "50 %", "50%", 0, "V715"),
        ("th", "เกือบ 50 %", "50 %", "50 %", 0, "V715"),
        ("tr", "%50'ye yakın", "50 %", "%50", 0, "V715"),
        ("en", "it did not reach 50 %", "50 %", "50 %", 0, "V715"),
        ("en", "not only 50 %", "50 %", "50 %", 0, ""),
        ("en", "each gives 50 %", "50 %", "50 %", 0, ""),
        ("es", "no superó el 50 %", "50 %", "50 %", 0, "V715"),
        ("es", "creció un 50 %", "50 %", "50 %", 0, ""),
        ("pt", "no ano 50 %", "50 %", "50 %", 0, ""),
        ("pt", "50 % ao ano", "50 % per year", "50 % ao ano", 0, ""),
    ],
)
def test_what_the_line_says_beside_the_words(
    language: str, line: str, value: str, quotation: str, which: int, code: str
) -> None:
    quoted = Quoted(value=parse_quantity(value), words=quotation, which=which)
    known = source_words(language, WORDS.get(language))
    assert [fault.code for fault in line_faults(line, quoted, known)] == ([code] if code else [])


@given(
    st.lists(st.sampled_from(["2030", "Tô", "Lâm,", "in", "150", "억", "\u00a0", "e\u0301"]), min_size=1, max_size=9),
    st.data(),
)
def test_the_words_of_any_span_are_found_again(pieces: list[str], data: st.DataObject) -> None:
    line = " ".join(pieces)
    number = data.draw(st.integers(0, len(pieces) - 1))
    start = len(" ".join(pieces[:number])) + (number > 0)
    quoted = as_quoted(line, start, start + len(pieces[number]), YEAR)
    found = places(line, quoted.words)
    if quoted.words:
        assert len(found) == 1 or 1 <= quoted.which <= len(found)


SENTENCES = [
    (language, line["line"])
    for language, lines in read(Path(__file__).parent / "figures" / "sentences.yaml").items()
    for line in lines
    if language in WORDS
]
SAME = {
    "10.. bis 13.8.2025",
    "10//2025-13/8/2025",
    "2025년 8월 10일(일)~월 13일",
    *(f"2 {scale} 500 tỷ đồng" for scale in ("nghìn tỷ", "nt", "nghìn tỉ", "ngàn tỷ", "ngàn tỉ")),
}
"""Mutants that say the same: the month once for both days, and 2,500 billion in other words."""


def sure_figures() -> Iterator[tuple[str, str, Quoted]]:
    """Every figure of the sentences that is read without a doubt, with its language and line."""
    for language, line in SENTENCES:
        for found in figures_in(line, WORDS[language]):
            if found.sure and found.quantity:
                yield language, line, as_quoted(line, found.start, found.end, found.quantity)


def test_what_is_read_without_a_doubt_is_held_by_its_own_words() -> None:
    refused = [
        (line, fault.code)
        for language, line, quoted in sure_figures()
        if (words := source_words(language, WORDS[language]))
        for fault in (*value_faults(quoted, words), *line_faults(line, quoted, words))
    ]
    assert len([*sure_figures()]) > 150
    assert not refused


def test_a_digit_or_a_scale_word_that_is_another_is_found_in_every_language() -> None:
    alive: set[str] = set()
    number = 0
    for language, _, quoted in sure_figures():
        words = source_words(language, WORDS[language])
        assert words
        for mutant in others(quoted.words, _mutants(quoted.words, words)):
            number += 1
            if not [*value_faults(replace(quoted, words=mutant), words)]:
                alive.add(mutant)
    assert number > 2500
    assert alive == SAME


def _mutants(quotation: str, words: SourceWords) -> Iterator[str]:
    """Yield the words with one digit another, left out or doubled, and with another scale word."""
    for digit in re.finditer(r"\d", quotation):
        at, after = digit.start(), digit.end()
        is_zero = digit.group() == "0" and not quotation[at - 1 : at].isdigit()
        yield quotation[:at] + str((int(digit.group()) + 1) % 10) + quotation[after:]
        if not is_zero:  # 08 is 8
            yield quotation[:at] + quotation[after:]
            yield quotation[:at] + digit.group() + quotation[at:]
    scales = {word: power for word, means in words.words.items() if (power := means.get("scale"))}
    longer = [word for word in scales if len(word) > 1 or is_unspaced(word)]
    for word in (each for each in longer if each in quotation.lower()):
        for other in (each for each in longer if scales[each] != scales[word]):
            yield re.sub(re.escape(word), other, quotation, flags=re.IGNORECASE)
