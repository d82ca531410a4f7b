"""What may not stand in a text, by small bad files; and lists that name one thing twice."""

from collections.abc import Callable

import pytest

from briefgen.model.texts import garbled, numbers_in

Check = Callable[[], None]


def test_c104_a_number_in_other_digits(told_as_expected: Check) -> None:
    """
    - text: Keep the ferry route closed
    + text: Keep ½ of the ferry route closed
            ^ C104 the number '½' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    - text: Trade between the two countries
    + text: Trade² between the 五 countries
            ^ C104 the number 'Trade²' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    - text: Whether the ferry route is to be opened
    + text: Whether Ⅳ km² of it are to be opened
            ^ C104 the number 'Ⅳ' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    """
    told_as_expected()


def test_c110_a_mark_of_another_format(told_as_expected: Check) -> None:
    """
    - text: Keep the ferry route closed
    + text: Keep the <b>ferry</b>&nbsp;route closed
            ^ C110 &nbsp;, </b>, <b> would be printed as it stands
            | write plain text: it is printed as it stands
    - text: Whether the ferry route is to be opened
    + text: Whether the ferry <!-- or train --> route is to be opened
            ^ C110 <!-- would be printed as it stands
            | write plain text: it is printed as it stands
    """
    told_as_expected()


def test_c126_letters_of_another_width_or_of_mathematics_stand_for_plain_ones(told_as_expected: Check) -> None:
    """
    - text: Keep the ferry route closed
    + text: Keep the ｆｅｒｒｙ route 𝐜𝐥𝐨𝐬𝐞𝐝
            ^ C126 'ｆｅｒｒｙ' has a letter that only looks like a plain one: U+FF46 FULLWIDTH LATIN SMALL LETTER F
            | write 'ferry', every letter anew
            ^ C126 '𝐜𝐥𝐨𝐬𝐞𝐝' has a letter that only looks like a plain one: U+1D41C MATHEMATICAL BOLD SMALL C
            | write 'closed', every letter anew
    - text: Whether the ferry route is to be opened
    + text: Whether the ﬁrst ferry is in the 1.ª or 2.º place of 값ｋ
            ^ C126 'ﬁrst' has a letter that only looks like a plain one: U+FB01 LATIN SMALL LIGATURE FI
            | write 'first', every letter anew
            ^ C126 '값ｋ' has a letter that only looks like a plain one: U+FF4B FULLWIDTH LATIN SMALL LETTER K
            | write '값k', every letter anew
            ^ C104 the number '1.ª' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    """
    told_as_expected()


def test_c110_quotes_of_a_word_processor_around_a_whole_text(told_as_expected: Check) -> None:
    """
    - text: Keep the ferry route closed
    + text: “Keep the ferry route closed”
            ^ C110 the quotes around the whole text would be printed: “…”
            | write straight ones, as text: "..."; nothing else, if they are to be printed
    - text: Whether the ferry route is to be opened
    + text: “Whether” the ferry route is to be “opened”
    """
    told_as_expected()


def test_c127_a_text_that_was_read_in_another_encoding(told_as_expected: Check) -> None:
    """
    - text: Keep the ferry route closed
    + text: Keep Northlandâ€™s ferry route closed
            ^ C127 was read in another encoding than it was saved in, so that other letters stand for those that were meant
            | copy it anew from a file that is read as UTF-8; most likely: Keep Northland’s ferry route closed
    """  # noqa: E501 # a finding is one line
    told_as_expected()


@pytest.mark.parametrize(
    "text", ["Việt Nam’s “đổi mới” – 대한민국", "Cho Tae-yul • £5 – ½ m²", "père Noël, ñandú, Đà Lạt", "Überblick"]
)
def test_a_text_is_known_that_was_read_as_windows_1252(text: str) -> None:
    read = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert garbled(read) == text
    assert garbled(text) == ""


@pytest.mark.parametrize(
    "text", ["«\xa0Le café\xa0»", "“ĐÔNG Á”", "Café–Métro…", "Đà…", "l’été»", "CAFÉ™", "25 °C", "KŘÍŽ"]
)
def test_a_right_text_is_not_taken_for_one(text: str) -> None:
    assert garbled(text) == ""


def test_c128_a_note_is_too_long(told_as_expected: Check) -> None:
    """
    - note: The route was closed for {closed}.
    + note: The route was closed for {closed}, as all who live on both its shores have said again and again in each of its towns.
            ^ C128 the note has 24 words; the most is 20
            | shorten it
    """  # noqa: E501 # a note is one line
    told_as_expected()


def test_c129_a_list_names_one_thing_twice(told_as_expected: Check) -> None:
    """
      text: Open the ferry route before the S7
    - cites: [talks:L3]
    + cites: [talks:L3, talks:L3]
                        ^ C129 'talks:L3' stands twice in this list
                        | write the one that is meant, or take it away
      - id: goal
    - by: [NL, SL]
    + by: [NL, SL, NL]
                   ^ C129 'NL' stands twice in this list
                   | write the one that is meant, or take it away
    - - {facts: [straits-2027]}
    + - {facts: [straits-2027, straits-2027]}
                               ^ C129 'straits-2027' stands twice in this list
                               | write the one that is meant, or take it away
    """
    told_as_expected()


def test_a_han_numeral_that_stands_alone_is_a_number() -> None:
    assert [sorted(numbers_in(text)) for text in ("the 五 countries", "二国", "ニ 国")] == [["5"], [], []]
