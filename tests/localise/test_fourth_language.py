"""A language is a file: two that are not shipped are worded from theirs alone, and no Python knows any by name."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefgen.localise import values
from briefgen.localise.values import as_of, countdown, format_value, join
from briefgen.model.dates import Period
from briefgen.model.quantities import parse_quantity

from .languages import EVERY, OTHERS, rows, shown

ROOMS = ("patterns", "values")
HOUSE = Path(values.__file__).parent


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("row", rows("vectors", "fourth"), ids=lambda row: f"{row['value']} {row['style']}")
def test_values_in_a_fourth_language(row: dict[str, Any], code: str) -> None:
    assert shown(format_value(parse_quantity(row["value"]), OTHERS[code], row["style"])) == row[code]


def test_phrases_in_a_fourth_language() -> None:
    german = OTHERS["de"]
    assert shown(as_of(date(2026, 11, 21), german)) == "Stand: 21.⍽November 2026"
    assert shown(countdown(47, german, Period(2027, 3, 1))) == "in 47⍽Tagen"
    assert join(["A", "B", "C"], german) == "A; B sowie C"
    assert join(["A", "B"], german) == "A sowie B"


@pytest.mark.parametrize("room", ROOMS)
def test_no_python_knows_a_language(room: str) -> None:
    tree = ast.parse((HOUSE / f"{room}.py").read_text(encoding="utf-8"))
    assert not list(_foreign(tree))


def test_python_that_knew_a_language_would_be_found() -> None:
    assert list(_foreign(ast.parse("x = 'vi'"))) == ["vi"]
    assert list(_foreign(ast.parse("if x.endswith('억'): pass"))) == ["억"]


def _foreign(tree: ast.Module) -> list[str]:
    """The strings of a program that name a language or hold a word of one; docstrings may, they are English."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    texts = [str(node.value) for node in strings if id(node) not in docstrings]
    names = {*EVERY, *(patterns.locale for patterns in EVERY.values())}
    return [text for text in texts if text in names or any(sign.isalpha() and not sign.isascii() for sign in text)]
