"""The pages of a finished PDF as pictures, drawn by an engine that had no part in making it."""

from functools import lru_cache
from io import BytesIO
from threading import Lock

import pypdfium2

_one_at_a_time = Lock()
"""Pdfium is not made for threads."""
SCALES = (1, 2, 3)
"""Pixels of the picture for each pixel of the page, of 1/96 inch: screens have up to three."""
_POINTS = 96 / 72


@lru_cache(maxsize=64)
def picture(content: bytes, page: int, scale: int) -> bytes:
    """Return a page, counted from 1, as PNG; IndexError if there is no such page."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        drawn = document[page - 1].render(scale=scale * _POINTS).to_pil()
    png = BytesIO()
    drawn.save(png, "PNG", compress_level=1)
    return png.getvalue()


@lru_cache(maxsize=16)
def sizes(content: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page in pixels of 1/96 inch."""
    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        found = [document.get_page_size(number) for number in range(len(document))]
    return tuple((width * _POINTS, height * _POINTS) for width, height in found)
