"""Signs that nobody sees or that change how others read are named; what a script needs is left alone."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.findings import printable
from briefgen.model.texts import is_blank, is_right_to_left, numbers_in, unwanted, without_unwanted

WANTED = {
    "a Vietnamese text": "Quan hệ Việt Nam – Hàn Quốc",
    "the same, decomposed": unicodedata.normalize("NFD", "Quan hệ Việt Nam – Hàn Quốc"),
    "Hebrew with points": "שָׁלוֹם",
    "Arabic": "مرحبا بالعالم",
    "Persian, which needs a non-joiner": "می\u200cخواهم",
    "Marathi, which needs a joiner behind a virama": "दुसऱ्\u200dया",
    "Sinhala": "ශ්\u200dරී ලංකා",
    "no-break spaces": "150\u00a0billion 7\u202f%",
    "an ideograph with a selector": "葛\U000e0100城",
    "an Arabic number sign": "\u0601٢",
    "lines and tabs": "a\n\tb",
    "Tibetan": "བསྒྲུབས",
}
UNWANTED = {
    "\0": "a control character U+0000 NULL",
    "\x1b": "a control character U+001B ESCAPE",
    "\r": "a control character U+000D CARRIAGE RETURN",
    "\x9b": "a control character U+009B",
    "\u2028": "a control character U+2028 LINE SEPARATOR",
    "\u202e": "a bidirectional control U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u2066": "a bidirectional control U+2066 LEFT-TO-RIGHT ISOLATE",
    "\u200f": "a bidirectional control U+200F RIGHT-TO-LEFT MARK",
    "\u061c": "a bidirectional control U+061C ARABIC LETTER MARK",
    "\u200b": "an invisible sign U+200B ZERO WIDTH SPACE",
    "\u200d": "an invisible sign U+200D ZERO WIDTH JOINER",
    "\u200c": "an invisible sign U+200C ZERO WIDTH NON-JOINER",
    "\u2060": "an invisible sign U+2060 WORD JOINER",
    "\u00ad": "an invisible sign U+00AD SOFT HYPHEN",
    "\ufeff": "an invisible sign U+FEFF ZERO WIDTH NO-BREAK SPACE",
    "\u3164": "an invisible sign U+3164 HANGUL FILLER",
    "\u2800": "an invisible sign U+2800 BRAILLE PATTERN BLANK",
    "\U000e0041": "an invisible sign U+E0041 TAG LATIN CAPITAL LETTER A",
    "\ufffe": "a noncharacter U+FFFE",
    "\U0010ffff": "a noncharacter U+10FFFF",
    "\ufdd0": "a noncharacter U+FDD0",
    "\uf8ff": "a sign of private use U+F8FF",
    "\U000f0000": "a sign of private use U+F0000",
    "\ufffd": "a stand-in for what was lost U+FFFD REPLACEMENT CHARACTER",
    "\ufffc": "a stand-in for what was lost U+FFFC OBJECT REPLACEMENT CHARACTER",
}


@pytest.mark.parametrize("name", WANTED)
def test_what_a_script_needs_is_left_alone(name: str) -> None:
    assert list(unwanted(WANTED[name])) == []


@pytest.mark.parametrize("sign", UNWANTED)
def test_each_unwanted_sign_is_named(sign: str) -> None:
    assert list(unwanted(f"ab{sign}cd")) == [(2, UNWANTED[sign])]
    assert without_unwanted(f"ab{sign}cd") == "abcd"
    assert is_blank(f" {sign} ")


def test_several_are_all_named() -> None:
    assert [place for place, _ in unwanted("\u202ea\u200bb\x1b")] == [0, 2, 4]


def test_selectors_in_a_row_are_more_than_a_script_needs() -> None:
    assert [place for place, _ in unwanted("a\ufe0f\ufe0f\ufe0f")] == [2, 3]


def test_a_tower_of_marks_is_none_of_any_script() -> None:
    assert list(unwanted("a" + "\u0301" * 8)) == []
    assert list(unwanted("xa" + "\u0301" * 9 + "b")) == [(2, "a tower of 9 marks")]
    assert list(unwanted("ก" + "\u0e49" * 3000)) == [(1, "a tower of 3000 marks")]


def test_every_sign_that_is_not_seen_is_unwanted() -> None:
    """By the categories of Unicode: control, format but for those that are drawn, and separators of lines."""
    drawn = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    for code in (code for code in range(sys.maxunicode + 1) if code not in drawn and code not in (9, 10)):
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
            assert list(unwanted(f"a{chr(code)}b")), hex(code)
        elif unicodedata.category(chr(code)) in ("Lu", "Ll", "Nd", "Zs"):
            assert not list(unwanted(f"a{chr(code)}b")), hex(code)


@given(st.text())
def test_what_is_left_is_wanted_and_what_is_printed_is_printable(text: str) -> None:
    once = without_unwanted(text)
    assert without_unwanted(once) in (once, without_unwanted(once))
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in printable(text))
    assert len(printable(text)) == len(text)


def test_figures_in_any_script_are_numbers() -> None:
    same = ("2035", "２０３５", "٢٠٣٥", "۲۰۳۵", "२०३५", "𝟐𝟎𝟑𝟓", "二〇三五", "二零三五")
    assert {numbers_in(f"x{each}y") for each in same} == {frozenset({"2035"})}
    assert numbers_in("½ Ⅻ ② ³") == {"0.5", "12", "2", "3"}
    assert numbers_in("양국 二国") == frozenset()


def test_right_to_left_is_known_by_its_letters() -> None:
    assert is_right_to_left("Ferry שלום")
    assert is_right_to_left("مرحبا")
    assert not is_right_to_left("Việt Nam 한국 150 %")


def test_every_letter_from_right_to_left_is_known() -> None:
    for sign in map(chr, range(sys.maxunicode + 1)):
        assert is_right_to_left(f"a{sign}") == (unicodedata.bidirectional(sign) in ("R", "AL")), ascii(sign)
