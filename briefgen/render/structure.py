"""How a page is put together: rows of one table with as many cells, headings with words, links that lead somewhere."""

from collections.abc import Container, Iterator
from itertools import zip_longest
from typing import Any

from briefgen.render.pictures import SVG

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")


def structure_faults(root: Any, paper: bool, elsewhere: Container[str]) -> Iterator[tuple[Any, str, str]]:
    """Yield each element of a page that is not put together as it should be, what is wrong, and what to do.

    Facts that links lead to get an id; lines of sources (talks-2022:L7) may be left out of a short document, and so may
    the facts and sections `elsewhere`: that they are is told for itself.
    """
    elements = [*root.iter()]
    ids = {"", "top", *(each.get(name) for each in elements for name in ("id", "data-fact"))}
    listed = {item for each in elements if each.tag in ("ul", "ol", "menu") for item in each}
    within, level = set[Any](), 0
    for element in elements:
        if element.tag == "table":
            yield from _uneven_rows(element)
        elif element.tag in _HEADINGS:
            yield from ((element, *fault) for fault in _heading_faults(element, level))
            level = int(element.tag[1])
        elif element.tag == "a" and (address := element.get("href", "").partition("?")[0]).startswith("#"):
            if ":" not in address and address[1:] not in ids and address[1:] not in elsewhere:
                hint = f'give that place the id: <h2 id="{address[1:]}">, or take the link away'
                yield element, f"a link leads to '{address}', and nothing on this page has that id", hint
        elif element.tag == "li" and element not in listed:
            yield element, "<li> stands in no list", "write <ul> and </ul> around the items"
        elif element.tag == f"{SVG}svg" and paper and element not in within and not _has_title(element, within):
            hint = 'write it first in it: <svg ...><title>{{ _("...") }}</title>'
            yield element, "<svg> has no <title>, which tells what it shows to whoever cannot see it", hint


def _has_title(drawing: Any, within: set[Any]) -> bool:
    """Return whether a drawing says what it shows; those in it, which `within` has then, are parts of it."""
    within.update(drawing.iter(f"{SVG}svg"))
    return any("".join(each.itertext()).strip() for each in drawing.iter(f"{SVG}title"))


def _heading_faults(heading: Any, above: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a heading; `above` is the level of the one before it, 0 for the first."""
    words = "".join((*heading.itertext(), *(each.get("alt") or "" for each in heading.iter("img"))))
    if not words.strip():
        yield f"<{heading.tag}> has no words", "write them, or take the element away"
    if above and int(heading.tag[1]) > above + 1:
        yield f"<{heading.tag}> stands below <h{above}>, with a level left out", f"write <h{above + 1}>"


def _uneven_rows(table: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield the rows that have other columns than the first one: on paper a cell too many is lost."""
    columns = 0
    for group in table:
        open_spans: list[int] = []  # how many rows more each cell of before goes down, by its column
        for row in [group] if group.tag == "tr" else group if group.tag in _GROUPS else ():
            if row.tag != "tr":
                continue
            cells = [each for each in row if each.tag in _CELLS]
            taken = sum(1 for each in open_spans if each)
            own = [_span(each, "rowspan") for each in cells for _ in range(_span(each, "colspan"))]
            number = taken + len(own)
            columns = columns or number
            if number != columns:
                message = f"this row of a table has {number} cells, the first one {columns}"
                yield row, message, "take a cell away, or write the one that is missing (colspan counts)"
            places = iter(own)
            open_spans = [
                each - 1 if each else next(places, 1) - 1
                for each, _ in zip_longest(open_spans, range(number), fillvalue=0)
            ]


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "").strip()
    return max(1, min(int(value), 999)) if value.isdecimal() and len(value) <= 4 else 1
