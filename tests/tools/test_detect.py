"""The language of a text is named where it is clear and known, and else declined; so is that of a line."""

import unicodedata

import pytest

from briefgen.tools.detect import Detected, detect, other_language

from .figures.languages import HERE, WORDS, read

TEXTS = read(HERE.parent / "texts.yaml")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("code", TEXTS)
def test_no_text_is_taken_for_another_language(code: str, form: str) -> None:
    text = unicodedata.normalize(form, TEXTS[code])  # type: ignore[arg-type]
    found = detect(text, WORDS)
    assert found.code == code or not found.is_clear
    assert found == Detected(code, is_clear=True) or code not in WORDS


@pytest.mark.parametrize("text", ["", "12 (3)", "Xyzzy plugh.", "Memorandum", "US$ 38"])
def test_too_little_is_not_clear(text: str) -> None:
    assert not detect(text, WORDS).is_clear


def test_half_and_half_is_not_clear() -> None:
    assert not detect(f"{TEXTS['en']} {TEXTS['de']}", WORDS).is_clear


def test_where_the_table_of_small_words_is_taken_away_a_text_would_be_taken_for_another() -> None:
    """The guard that matters: a language without a file is declined since its own small words are known."""
    alone = {"nl": WORDS["nl"]}
    assert detect(TEXTS["af"], alone).code == "af"


@pytest.mark.parametrize("code", TEXTS)
def test_a_line_in_another_language_is_seen(code: str) -> None:
    for language in ("en", "de", "vi", "ko", "pt"):
        other = other_language(TEXTS[code], language, WORDS)
        assert other in ("", code) if code != language else not other
    assert other_language(TEXTS[code], "en", WORDS) == (code if code != "en" else "")


@pytest.mark.parametrize("line", ["", "US$ 38 billion", "Hanoi, 5 May 2024", "La Poste", "Nguyen Van A", "GDP 5 %"])
def test_a_short_line_may_be_in_any(line: str) -> None:
    assert other_language(line, "en", WORDS) == ""


def test_near_relatives_are_all_named() -> None:
    found = detect("Nota de imprensa de 22 de março. A França investiu no Brasil, para a paz e o comércio.", WORDS)
    assert {"gl", "pt"} <= {found.code, *found.near}
    assert not found.is_clear
