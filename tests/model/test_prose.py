"""Placeholders: their names, their styles, and the text between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.facts import Field, pieces, placeholders, without_placeholders

PLAIN = st.text(st.characters(exclude_characters="{}"), min_size=1, max_size=12)
NAMES = st.from_regex(r"[a-z0-9]{1,8}(\.[a-z]{1,8})?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trade", ["Trade"]),
        ("{goal}", [Field("goal")]),
        ("by {by:deadline}!", ["by ", Field("by", ("deadline",)), "!"]),
        ("{host:short,이/가}", [Field("host", ("short", "이/가"))]),
        ("{ goal : short , }", [Field("goal", ("short",))]),
        ("{a}{b}", [Field("a"), Field("b")]),
        ("{trade-goal.by}", [Field("trade-goal.by")]),
        ("{}", [Field("")]),
        ("{goal", ["{goal"]),
        ("{a{b}}", ["{a", Field("b"), "}"]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_its_placeholders(text: str, expected: list[str | Field]) -> None:
    assert list(pieces(text)) == expected


def test_names_come_once_and_in_order() -> None:
    assert placeholders("{b} {a:short} {b:table}") == ("b", "a")


def test_nothing_of_a_placeholder_stays_in_the_text() -> None:
    assert without_placeholders("in {year2:short}, or {year}") == "in  , or  "


@given(st.lists(st.one_of(PLAIN, NAMES.map(Field)), max_size=8))
def test_the_pieces_make_up_the_text(parts: list[str | Field]) -> None:
    text = "".join(f"{{{part.name}}}" if isinstance(part, Field) else part for part in parts)
    again = "".join(f"{{{part.name}}}" if isinstance(part, Field) else part for part in pieces(text))
    assert again == text
