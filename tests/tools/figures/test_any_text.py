"""What holds for any text whatever: no exception, exact slices in order, and an end."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.check.quotations import value_faults
from briefgen.check.source_words import source_words
from briefgen.model.quantities import parse_quantity
from briefgen.model.records import Quoted
from briefgen.tools.figures import normalise
from briefgen.tools.figures.read import figures_in
from briefgen.tools.originals import line_faults

from .languages import WORDS, words_for

PIECES = [
    "1", "12", "2025", "350.000", "1,500", " ", "-", "–", "~", "/", ".", ",", "(", ")", "%", "US$", "$", "€", "USD",
    "May", "Mai", "Ende", "end of", "bis", "by", "to", "and", "between", "more than", "million", "Milliarden", "tỷ",
    "nghìn tỷ", "ngày", "tháng", "năm", "quý III", "억", "만", "달러", "년", "월", "일", "말", "제", "차", "여", "명",
    "fünf", "three decades", "5th", "COVID-19", "http://a.b/2", "_DV1.jpg", "\u0301", "\u200b", "½", "²", "１",
]  # fmt: skip
texts = st.text(max_size=80) | st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=25).map("".join)
codes = st.sampled_from([*WORDS, "fr_FR", "ja", "ar", "hi", "th", "de_CH"])


@given(texts, codes)
@example("İ1 million", "en")
@example("1\u0301\u0301 2\u200b025", "de")
def test_slices_are_exact_in_order_and_apart(line: str, code: str) -> None:
    end = 0
    for figure in figures_in(line, words_for(code)):
        assert line[figure.start : figure.end] == figure.text != ""
        assert end <= figure.start < figure.end <= len(line)
        end = figure.end


@given(st.text(max_size=60))
def test_a_normalised_line_leads_back_to_every_letter(line: str) -> None:
    normalised = normalise(line)
    assert len(normalised.origin) == len(normalised.text) + 1
    assert "".join(normalised.written(i, i + 1) for i in range(len(normalised.text))) == line


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("code", "line", "expected"),
    [
        ("vi", "đạt 86,7 tỷ USD trước ngày 5 tháng 8 năm 2025", ["86.7 billion USD", "2025-08-05"]),
        ("ko", "2025년 말까지 35만여 명", ["end 2025", "more than 350000 people"]),
        ("de", "fünf Jahre im März 2024", ["5 years", "2024-03"]),
    ],
)
def test_composed_and_decomposed_letters_read_alike(form: str, code: str, line: str, expected: list[str]) -> None:
    written = unicodedata.normalize(form, line)  # type: ignore[arg-type]
    assert [str(figure.quantity) for figure in figures_in(written, words_for(code))] == expected


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u3000"])
def test_any_space_is_a_space(space: str) -> None:
    line = f"US$69.1{space}billion on 5{space}May{space}2024"
    found = figures_in(line, words_for("en"))
    assert [str(figure.quantity) for figure in found] == ["69.1 billion USD", "2024-05-05"]


REPEATED = [
    "1", "1 ", "1.", "1,", "111 ", "1-", "1/", "12:", "1+", "A1", "a-", "2025 ", "2025-", "2025. ", "10. ", "5.", " ",
    "US$", "US$1", "May ", "May 1 ", "10 to ", "between 1 and ", "more than ", "million ", "1 million ", "end of ",
    "1 the the ", "30/2020/N", "http://a", "x@y", "(", "e\u0301", "\u0301", "\u200b", "만", "1만 ", "1억", "ngày 1 ",
]  # fmt: skip


@pytest.mark.parametrize("length", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("piece", REPEATED)
def test_a_long_text_that_repeats_itself_is_read_to_its_end(piece: str, length: int) -> None:
    """A pattern that tried every way to cut such a text would never come back."""
    line = piece * (length // len(piece))
    found = figures_in(line, words_for("vi"))
    assert all(line[each.start : each.end] == each.text for each in found)


VALUES = [
    "150 billion USD",
    "about 12 people",
    "7.3 %",
    "5th",
    "2030",
    "2025-08-11",
    "2024/2027",
    "end 2025",
    "2025-34",
]


@given(texts, codes, st.sampled_from(VALUES), st.text(max_size=5) | st.sampled_from(PIECES))
@example("İ1 million", "en", "150 billion USD", "İ1")
@example("²½", "en", "5th", "")
def test_any_quotation_is_judged(words: str, code: str, value: str, of: str) -> None:
    """And what stands in the line is found there, as whole words or not at all."""
    quoted, known = Quoted(value=parse_quantity(value), words=words, of=of), source_words(code, WORDS.get(code))
    assert known
    assert all(fault.code in ("E216", "E217", "E218") and fault.message for fault in value_faults(quoted, known))
    assert all(fault.code in ("V704", "V714", "V715") for fault in line_faults(words + " 1", quoted, known))
