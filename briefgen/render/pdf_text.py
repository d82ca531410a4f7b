"""Reads a finished PDF: the text on its pages and where it is printed, by an engine that had no part in making it."""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from briefgen.render.placement import PrintedPage, PrintedText

_POINTS = 0.75
"""A pixel of 1/96 inch, in points."""
_LONGEST = 4096
"""Bytes of UTF-16 of one piece of text: many times more than a line of a page has room for."""


def read_pages(content: bytes) -> list[PrintedPage]:
    """Return what is printed on each page of a PDF; PdfiumError if it is none."""
    with pypdfium2.PdfDocument(content) as document:
        return [_read(page) for page in document]


def read_text(content: bytes) -> list[str]:
    """Return the text of each page of a PDF in reading order, line by line; PdfiumError if it is none."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _read(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    return PrintedPage(width, height, tuple(_pieces(page, page.get_textpage(), height)))


def _pieces(page: pypdfium2.PdfPage, letters: pypdfium2.PdfTextPage, height: float) -> Iterator[PrintedText]:
    matrix, buffer = raw.FS_MATRIX(), ctypes.create_string_buffer(_LONGEST)
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    for place in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetMatrix(item, matrix)
            size = raw.FPDFTextObj_GetText(item, letters, wide, _LONGEST)
            text = ctypes.string_at(buffer, max(size - 2, 0)).decode("utf-16-le", "replace")
            yield PrintedText(text, matrix.e / _POINTS, (height - matrix.f) / _POINTS)
