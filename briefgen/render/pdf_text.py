"""Reads a finished PDF: the text on its pages and where it is printed, by an engine that had no part in making it."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from briefgen.render.placement import PrintedPage

_POINTS = 0.75
"""A pixel of 1/96 inch, in points."""


def read_pages(content: bytes) -> list[PrintedPage]:
    """Return what is printed on each page of a PDF; PdfiumError if it is none."""
    return list(pages_of(content))


def pages_of(content: bytes) -> Iterator[PrintedPage]:
    """Yield what is printed on each page, one after the other, as their pixels take much room; else as `read_pages`."""
    with pypdfium2.PdfDocument(content) as document:
        yield from map(_read, document)


def lines_by_page(content: bytes) -> list[tuple[str, ...]]:
    """Return the lines of text on each page of a PDF; PdfiumError if it is none."""
    with pypdfium2.PdfDocument(content) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [tuple(line for each in text.splitlines() if (line := " ".join(each.split()))) for text in texts]


def _read(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage().get_text_range().replace("\r\n", "\n")
    return PrintedPage(width, height, text, tuple(_starts(page, height)), _rows(page))


def _rows(page: pypdfium2.PdfPage) -> list[bytes]:
    """Return how bright each pixel of 1/96 inch is, row by row."""
    bitmap = page.render(scale=1 / _POINTS, grayscale=True)
    pixels = bytes(bitmap.buffer)
    return [pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)]


def _starts(page: pypdfium2.PdfPage, height: float) -> Iterator[tuple[float, float]]:
    matrix = raw.FS_MATRIX()
    for place in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetMatrix(item, matrix)
            yield matrix.e / _POINTS, (height - matrix.f) / _POINTS
