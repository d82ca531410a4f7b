"""What a draft took as sure and was something else, by language; and what has to stay sure beside it."""

import pytest

from briefgen.localise.language import ReadingWords
from briefgen.tools.figures.read import figures_in

from .languages import HERE, WORDS, read, reading_words, shown

LANGUAGES = read(HERE / "not_sure.yaml")


def given(code: str) -> ReadingWords:
    return WORDS.get(code) or reading_words({"locale": code, **LANGUAGES[code]["words"]})


@pytest.mark.parametrize(
    ("code", "line"), [(code, line) for code, lines in LANGUAGES.items() for line in lines["doubtful"]]
)
def test_a_figure_that_is_another_than_its_digits_say_is_a_doubt(code: str, line: str) -> None:
    found = figures_in(line, given(code))
    assert found
    assert not any(each.sure for each in found), [shown(each) for each in found]


@pytest.mark.parametrize(
    ("code", "line", "value"),
    [(code, line, value) for code, lines in LANGUAGES.items() for line, value in lines["sure"].items()],
)
def test_what_says_no_more_than_its_digits_stays_sure(code: str, line: str, value: str) -> None:
    assert [str(each.quantity) for each in figures_in(line, given(code)) if each.sure] == [value]


@pytest.mark.parametrize(
    ("code", "line", "told"),
    [
        ("ar", "15 رمضان 1447 هـ", True),
        ("fa", "۲۰ مهر ۱۴۰۵", True),
        ("th", "ภายในปี 2573", True),
        ("ar", "في الصفحة 1447 من 1600", True),
        ("en", "in room 1447", False),
    ],
)
def test_a_year_of_another_calendar_leads_to_the_common_era(code: str, line: str, told: bool) -> None:
    given = WORDS.get(code) or ReadingWords(locale=code)
    assert any("put the date of the Common Era" in each.why for each in figures_in(line, given)) is told


def test_what_is_not_listed_is_told_in_one_sentence() -> None:
    (found,) = figures_in("wzrost 2,5 mld zł rocznie", ReadingWords(locale="pl"))
    assert found.why.count("nobody has listed") == 1
    assert found.why.endswith("fewer than, up to; negations: none for a denial)")
