"""Tables of a page as Word has them: which cell stands where, and how wide each column is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import category, east_asian_width

MARGIN = 160
"""Twentieths of a point that are left free at both sides of a cell together."""
_SLACK = 60
"""By how much a word may be longer than it is taken for."""
_NARROW, _WIDE = frozenset("ijlrtfI.,:;'!|()[]/- \u00a0"), frozenset("mwMW%@…—")
_BREAK = re.compile(r"[ \n]+|(?<=[-–])")
_BOLD = 1.08
_SHORT, _LONGEST, _LONG, _MOST = 19, 25, 70, 250
"""In letters: a text that stays on one line where there is room; the longest word that is never broken; a text that
needs several lines anyway; and one than which none counts for more."""
_LEFT = 0.35
"""Of the width of a table, what columns with longer texts have at least."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, and the place that it takes."""

    row: int
    column: int
    height: int
    width: int
    element: Any


def grid(rows: Sequence[Any]) -> tuple[Cell, ...]:
    """Return the cells of a table; the head of a group with nothing beside it is as wide as the table."""
    cells = tuple(_cells(rows))
    columns = max((each.column + each.width for each in cells), default=0)
    in_row: dict[int, list[Cell]] = {}
    for cell in cells:
        in_row.setdefault(cell.row, []).append(cell)
    found: list[Cell] = []
    for cell in cells:
        first, *others = in_row[cell.row]
        heads = first.element.get("scope") == "rowgroup" and not any(_says(each.element) for each in others)
        alone = heads and sum(each.width for each in in_row[cell.row]) == columns
        if not alone:
            found.append(cell)
        elif cell is first:
            found.append(Cell(cell.row, 0, cell.height, columns, cell.element))
    return tuple(found)


def _cells(rows: Sequence[Any]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for cell in (each for each in element if each.tag in ("td", "th")):
            while (row, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - row)
            width = _span(cell, "colspan")
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            yield Cell(row, column, height, width, cell)
            column += width


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), 100)) if value.isascii() and value.isdigit() else 1


def _says(element: Any) -> bool:
    return bool("".join(element.itertext()).strip()) or element.find(".//img") is not None


def widths(cells: Sequence[Cell], room: int, shares: Mapping[int, float], points: float) -> list[int]:
    """Return the width of each column; `shares` has those that styles give, the others go by what stands in them.

    `points` is how high the letters are.

    As a browser does it: each column is as wide as its longest word, and what is left goes to those with more to say.
    """
    columns, letter = max(each.column + each.width for each in cells), 10 * points
    words, texts = [1.0] * columns, [1.0] * columns
    for cell in cells:
        if cell.width == 1:
            text = "".join(cell.element.itertext())
            longest = max(map(length_of, _BREAK.split(text)))  # a no-break space is none
            longest *= _BOLD if cell.element.tag == "th" else 1
            words[cell.column] = max(words[cell.column], min(longest, _LONGEST))
            texts[cell.column] = max(texts[cell.column], min(length_of(" ".join(text.split())), _MOST))
    lines = [max(text, word) if text <= _SHORT else word for text, word in zip(texts, words, strict=True)]
    given = {column: share * room for column, share in shares.items() if column < columns}
    found: list[float] = []
    for least, styled in ((lines, given), (words, given), (lines, {}), (words, {})):
        found = _shared_out(least, texts, room, styled, letter)
        long = [width for text, width in zip(texts, found, strict=True) if text > _LONG]
        fits = all(width >= word * letter for word, width in zip(words, found, strict=True))
        if fits and sum(found) <= room + 1 and (not long or sum(long) >= _LEFT * room):
            break
    return [max(1, round(each * room / sum(found))) for each in found]


def _shared_out(
    least: Sequence[float], texts: Sequence[float], room: int, given: Mapping[int, float], letter: float
) -> list[float]:
    """Return widths; those that are not given are as wide as they must be, and have what they can use of the rest."""
    must = {column: least[column] * letter + MARGIN + _SLACK for column in range(len(least)) if column not in given}
    more = {column: max(0.0, texts[column] - least[column]) * letter + 1 for column in must}
    left = max(0.0, room - sum(given.values()) - sum(must.values()))
    part = left / sum(more.values()) if more else 0.0
    return [given[column] if column in given else must[column] + part * more[column] for column in range(len(least))]


def length_of(text: str) -> float:
    """Return how wide a text is, in halves of the height of its letters."""
    return sum(map(_width, text))


@cache
def _width(sign: str) -> float:
    if category(sign)[0] == "M" or category(sign) == "Cf":
        return 0.0
    if east_asian_width(sign) in "WF":
        return 2.0
    return 0.65 if sign in _NARROW else 1.7 if sign in _WIDE else 1.35 if sign.isupper() else 1.1


def lines_of(cell: Cell, width: int, points: float) -> float:
    """Return about how many lines the text of a cell needs."""
    return length_of("".join(cell.element.itertext())) * 10 * points / max(width, 1)
