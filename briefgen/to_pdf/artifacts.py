"""Running heads and page numbers are no part of what is read out: the engine tags them, outside the tree."""

from typing import Any

from weasyprint.pdf import pydyf

from briefgen.to_pdf.tags import at, below, pieces, sheets, tree


def mark_artifacts(pdf: pydyf.PDF) -> None:
    """Turn every piece of a page that no element of the tree holds into an artifact (ISO 14289-1, 7.1)."""
    held = {tag.reference for tag in below(pdf, tree(pdf))}
    for sheet, holders in zip(sheets(pdf), pieces(pdf), strict=True):
        stray = {number for number, holder in enumerate(holders) if holder not in held}
        _mark(at(pdf, sheet["Contents"]).stream, stray)
        holders[:] = [b"null" if number in stray else holder for number, holder in enumerate(holders)]


def _mark(stream: list[Any], stray: set[int]) -> None:
    """In the page's drawing, a piece opens with its tag and then its number."""
    for place, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in stray:
            stream[place - 1 : place + 1] = [b"/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
