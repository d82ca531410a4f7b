"""The tags of a document, as the finishing touches find them: a tree of dictionaries that refer to each other."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from weasyprint.pdf import pydyf

Tag: TypeAlias = pydyf.Dictionary
"""A structure element: S its kind, P its parent, K its kids (elements, pieces of the page, links), Pg its page."""


def at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object that a reference, such as b"12 0 R", points to."""
    return pdf.objects[int(reference.split()[0])]


def kids(pdf: pydyf.PDF, tag: Tag) -> Iterator[Tag]:
    """The elements right below an element, in reading order."""
    found = (at(pdf, kid) for kid in tag["K"] if isinstance(kid, bytes))
    return (kid for kid in found if kid["Type"] == "/StructElem")


def below(pdf: pydyf.PDF, tag: Tag) -> Iterator[Tag]:
    """All elements below an element, in reading order."""
    for kid in kids(pdf, tag):
        yield kid
        yield from below(pdf, kid)


def tree(pdf: pydyf.PDF) -> Tag:
    """The root, whose only kid is the document."""
    root: Tag = at(pdf, pdf.catalog["StructTreeRoot"])
    return root


def sheets(pdf: pydyf.PDF) -> list[Tag]:
    """The pages."""
    return [at(pdf, reference) for reference in pdf.page_references]


def pieces(pdf: pydyf.PDF) -> list[list[bytes]]:
    """For each page the element that holds each of its numbered pieces."""
    numbers = at(pdf, tree(pdf)["ParentTree"])["Nums"]
    return [numbers[2 * sheet["StructParents"] + 1] for sheet in sheets(pdf)]


def index_ids(pdf: pydyf.PDF) -> None:
    """List the elements that have an ID in the index of the tree, sorted as it must be (ISO 32000-1, 7.9.6)."""
    named = {tag["ID"].string: tag for tag in below(pdf, tree(pdf)) if "ID" in tag}
    if not named:
        return
    names = [part for id in sorted(named) for part in (pydyf.String(id), named[id].reference)]
    limits = pydyf.Array([pydyf.String(min(named)), pydyf.String(max(named))])
    leaf = pydyf.Dictionary({"Limits": limits, "Names": pydyf.Array(names)})
    pdf.add_object(leaf)
    tree(pdf)["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
