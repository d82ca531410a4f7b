"""Links say in their own words where they lead; the engine gives each its address alone."""

from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.pdf import pydyf

from briefgen.to_pdf.tags import Tag, at, sheets
from briefgen.to_pdf.words import words_of


def describe_links(document: Any, pdf: pydyf.PDF) -> None:
    """Give every link annotation the words that a reader sees (PDF/UA-1, 7.18.5)."""
    for page, sheet in zip(document.pages, sheets(pdf), strict=True):
        laid_out = iter(page.links)
        for annotation in (at(pdf, reference) for reference in sheet.get("Annots", ())):
            aim = _aim(annotation)
            element = next((box.element for _, target, _, box in laid_out if target == aim), None)
            if element is not None and (words := _label(element)):
                annotation["Contents"] = pydyf.String(words)


def _aim(annotation: Tag) -> str:
    """The name of the place in this document, or the address."""
    aim = annotation["Dest"] if "Dest" in annotation else annotation.get("A", {}).get("URI")
    return aim.string if aim else ""


def _label(element: Element) -> str:
    return element.get("aria-label") or words_of(element)
