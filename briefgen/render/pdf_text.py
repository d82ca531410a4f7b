"""Reads a finished PDF: the text on its pages and where it is printed, by an engine that had no part in making it."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from briefgen.render.placement import PrintedPage

_POINTS = 0.75
"""A pixel of 1/96 inch, in points."""


def read_pages(content: bytes) -> list[PrintedPage]:
    """Return what is printed on each page of a PDF; PdfiumError if it is none."""
    with pypdfium2.PdfDocument(content) as document:
        return [_read(page) for page in document]


def _read(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage().get_text_range().replace("\r\n", "\n")
    return PrintedPage(width, height, text, tuple(_starts(page, height)))


def _starts(page: pypdfium2.PdfPage, height: float) -> Iterator[tuple[float, float]]:
    matrix = raw.FS_MATRIX()
    for place in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetMatrix(item, matrix)
            yield matrix.e / _POINTS, (height - matrix.f) / _POINTS
