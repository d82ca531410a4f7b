"""The word lists themselves: what is refused, and that no list holds a word nobody reads."""

from dataclasses import fields

import pytest
from pydantic import ValidationError

from briefgen.localise.language import ReadingWords
from briefgen.tools.figures import normalise
from briefgen.tools.figures.read import figures_in

from .languages import WORDS, reading_words


def test_a_locale_is_enough() -> None:
    found = figures_in("69,1 milliards USD le 11 août 2025", ReadingWords(locale="fr_FR"))
    assert [str(figure.quantity) for figure in found] == ["69.1 billion USD", "2025-08-11"]


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(ValueError, match="CLDR knows no locale 'xx_YY'"):
        figures_in("1", ReadingWords(locale="xx_YY"))


@pytest.mark.parametrize("meaning", ["Documents", "ten years", "10", "", "10  years"])
def test_a_unit_written_wrongly_is_refused(meaning: str) -> None:
    with pytest.raises(ValueError, match="is no unit"):
        figures_in("1", ReadingWords(locale="en_GB", units={"thing": meaning}))


@pytest.mark.parametrize("pattern", ["th", "{n}", "{m}th"])
def test_an_ordinal_written_wrongly_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="is no ordinal"):
        figures_in("1", ReadingWords(locale="en_GB", ordinals=(pattern,)))


@pytest.mark.parametrize(
    "section",
    [
        {"locale": "de", "bounds_befor": {}},
        {"locale": "de", "bounds_before": {"etwa": "roughly"}},
        {"locale": "de", "date_parts": {"Ende": "ending"}},
        {"locale": "de", "scales": {"Mio": "six"}},
        {},
    ],
)
def test_a_section_with_an_unknown_key_or_value_is_refused(section: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        reading_words(section)


@pytest.mark.parametrize("code", WORDS)
def test_a_doubtful_word_stands_in_another_list(code: str) -> None:
    words = WORDS[code]
    lists = [getattr(words, field.name) for field in fields(words) if field.name not in ("doubtful", "locale")]
    known = {normalise(word).text for each in lists if not isinstance(each, bool) for word in each}
    assert [word for word in words.doubtful if normalise(word).text not in known] == []


@pytest.mark.parametrize("code", WORDS)
def test_every_unit_and_bound_can_be_read(code: str) -> None:
    words = WORDS[code]
    unread = [
        word
        for word in words.units
        if not any(f.quantity or f.partial == "---07" for f in figures_in(f"7 {word.replace('*', 'x')}", words))
    ]
    bounds = [word for word in words.bounds_before if not _is_bounded(f"{word} 7 %", words)]
    assert (unread, bounds) == ([], [])


def _is_bounded(line: str, words: ReadingWords) -> bool:
    found = figures_in(line, words)
    return len(found) == 1 and found[0].text == line and bool(getattr(found[0].quantity, "bound", ""))


@pytest.mark.parametrize("other", ["deadlines_before", "ranges"])
def test_a_bound_that_means_something_else_elsewhere_is_not_sure(other: str) -> None:
    limits = {"do": "up to", "ponad": "more than", "mniej niż": "fewer than", "ok.": "about", "blisko": "nearly"}
    limits |= {"co najmniej": "at least"}
    words = reading_words({"locale": "pl", "bounds_before": limits, "negations": ["nie"], other: ["do"]})
    found = figures_in("Handel wzrósł do 25 mld euro, eksport o ponad 80 %.", words)
    assert [(str(each.quantity), each.sure) for each in found] == [
        ("up to 25 billion EUR", False),
        ("more than 80 %", True),
    ]


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("pierwsza sesja odbyła się w czerwcu 2025 r.", False),
        ("w maju 2025 r.", False),
        ("w listopadzie 2025 r.", False),
        ("jesienią 2026 r.", False),
        ("w 2025 r.", True),
        ("eksport w 2025 r.", True),
        ("18 maja 2026 r.", True),
    ],
)
def test_a_year_is_not_sure_behind_what_may_be_its_month_or_season(line: str, sure: bool) -> None:
    parts = {"początek": "early", "połowa": "mid", "koniec": "end"}
    given = {"locale": "pl", "year_after": ["r."], "date_parts": parts, "seasons": {"jesienią": "3"}}
    (found,) = figures_in(line, reading_words(given))
    assert found.sure is sure


def test_equal_words_have_equal_hashes() -> None:
    first, second = ReadingWords(locale="de", units={"Tag": "days"}), ReadingWords(locale="de", units={"Tag": "days"})
    assert first == second
    assert hash(first) == hash(second)
    assert first != ReadingWords(locale="de")
