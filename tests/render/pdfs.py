"""Reads a PDF back: its text, and its structure (pikepdf)."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from briefgen.render.placement import pages_of

A4 = (595.28, 841.89)


def text_of(content: bytes) -> str:
    """All the text, in reading order, with a space for every line's end."""
    return re.sub(r"\s+", " ", " ".join(lines_of(content)))


def lines_of(content: bytes) -> list[str]:
    """The text line by line."""
    return [line.strip() for page in pages_of(content) for line in page.text.splitlines()]


def boxes_of(content: bytes) -> list[tuple[float, float]]:
    """The size of every page in points."""
    return [(page.width, page.height) for page in pages_of(content)]


def opened(content: bytes) -> Any:
    """The file's objects."""
    return pikepdf.open(BytesIO(content))


def fonts_of(pdf: Any) -> Iterator[tuple[str, bool]]:
    """Every font's name without its subset mark, and whether it is embedded."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield str(item["/FontName"]).partition("+")[2], "/FontFile2" in item or "/FontFile3" in item


def structure_of(pdf: Any) -> set[str]:
    """The kinds of structure elements."""
    found = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    return {str(item["/S"]) for item in found if item.get("/Type") == "/StructElem"}


def metadata_of(pdf: Any) -> list[str]:
    """Every XMP packet of the file."""
    found = (item for item in pdf.objects if isinstance(item, pikepdf.Stream))
    return [item.read_bytes().decode() for item in found if item.get("/Type") == "/Metadata"]


def bookmarks_of(pdf: Any) -> list[str]:
    """The titles of the outline, all levels."""
    with pdf.open_outline() as outline:
        return list(_titles(outline.root))


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)
