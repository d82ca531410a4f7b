"""Completes the tags of a PDF: what PDF/UA-1 (ISO 14289-1) requires and WeasyPrint 70 does not write."""

import logging
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from weasyprint.pdf import pydyf

from briefgen.render.pdf_words import JOINER

LOGGER = logging.getLogger("weasyprint")
Tag: TypeAlias = pydyf.Dictionary
"""A structure element: S its type, P its parent, K its kids (elements, pieces of the page, links), Pg its page."""
Holders: TypeAlias = dict[bytes, list[bytes]]
"""For each page, by reference, the element that holds each of its numbered pieces (marked content)."""

_NO_MEANING = {"Type", "S", "K", "Pg", "P"}
"""The keys of an element that only has a place in the tree."""
_TEXT_HOLDERS = {"/P", "/TD", "/TH", "/LBody", "/Lbl", "/Caption", "/Link", "/Span", *(f"/H{n}" for n in range(1, 7))}
_OF_LISTS = {"/L", "/LI", "/Caption"}
"""What a list may hold (ISO 32000-1, 14.8.4.3.3)."""
_PARTS_OF_LISTS = {"/LI", "/Lbl", "/LBody"}
_CELLS = {"/TH": "th", "/TD": "td"}


def complete_tags(document: Any, root: Element, pdf: pydyf.PDF) -> None:
    """Complete the tags of a finished layout; `root` is the markup it was made from."""
    structure: Tag = _object(pdf, pdf.catalog["StructTreeRoot"])
    pages = [_object(pdf, reference) for reference in pdf.page_references]
    numbers = _object(pdf, structure["ParentTree"])["Nums"]
    holders = {page.reference: numbers[2 * page["StructParents"] + 1] for page in pages}
    _simplify(structure, pdf, holders)
    tags = list(_below(structure, pdf))
    for tag in tags:
        if tag["S"] == "/L" and any(kid["S"] not in _OF_LISTS for kid in _kids(tag, pdf)):
            _unlist(tag, pdf)
    _complete_cells(root, tags, pdf)
    _index_ids(structure, tags, pdf)
    _mark_artifacts(pages, holders, tags, pdf)
    for laid_out, page in zip(document.pages, pages, strict=True):
        _describe_links(laid_out, page, pdf)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    """Return the object that a reference, such as b"12 0 R", points to."""
    return pdf.objects[int(reference.split()[0])]


def _element(pdf: pydyf.PDF, kid: object) -> Tag | None:
    """Return the structure element that a kid refers to; None for a piece of the page or a link annotation."""
    found = _object(pdf, kid) if isinstance(kid, bytes) else {}
    return found if found.get("Type") == "/StructElem" else None


def _kids(tag: Tag, pdf: pydyf.PDF) -> Iterator[Tag]:
    """Yield the elements right below an element, in reading order."""
    return (element for kid in tag["K"] if (element := _element(pdf, kid)) is not None)


def _below(tag: Tag, pdf: pydyf.PDF) -> Iterator[Tag]:
    """Yield all elements below an element, in reading order."""
    for kid in _kids(tag, pdf):
        yield kid
        yield from _below(kid, pdf)


def _simplify(tag: Tag, pdf: pydyf.PDF, holders: Holders) -> None:
    """Take out the elements below `tag` that mean nothing.

    A NonStruct gives its kids to its parent; a Span around one piece of text gives it to its paragraph, cell or link.
    """
    kids: list[Any] = []
    for kid in tag["K"]:
        child = _element(pdf, kid)
        if child is not None:
            _simplify(child, pdf, holders)
        kids += child["K"] if child is not None and _is_transparent(child, pdf) else [kid]
    for place, kid in enumerate(kids):
        child = _element(pdf, kid)
        if child is not None:
            child["P"] = tag.reference
            if _is_bare_text(child) and tag.get("S") in _TEXT_HOLDERS and tag["Pg"] == child["Pg"]:
                (kids[place],) = (piece,) = child["K"]
                holders[child["Pg"]][piece] = tag.reference
    tag["K"][:] = kids


def _unlist(tag: Tag, pdf: pydyf.PDF) -> None:
    """Make a list a plain group: of items in a line (`display: inline-block`) the engine tags none, or half of each."""
    tag["S"] = "/Div"
    tag.pop("A", None)
    for below in _below(tag, pdf):
        below["S"] = "/Span" if below["S"] in _PARTS_OF_LISTS else below["S"]


def _is_transparent(tag: Tag, pdf: pydyf.PDF) -> bool:
    plain = tag["S"] == "/NonStruct" and tag.keys() <= _NO_MEANING
    return plain and all(_element(pdf, kid) is not None for kid in tag["K"])


def _is_bare_text(tag: Tag) -> bool:
    return tag["S"] == "/Span" and tag.keys() <= _NO_MEANING and len(tag["K"]) == 1 and isinstance(tag["K"][0], int)


def _complete_cells(root: Element, tags: list[Tag], pdf: pydyf.PDF) -> None:
    """Set for each table cell, from its markup, its language (WCAG 3.1.2) and its headers.

    A header is one of a row or a column; a cell in a group of rows has the header of the group too.
    """
    pairs = _cells(root, tags, pdf)
    heads = {cell: tag["ID"] for tag, cell in pairs if tag["S"] == "/TH"}
    groups = {cell: heads[head] for table in root.iter("table") for cell, head in _grouped(table) if head in heads}
    of_groups = {id.string for id in groups.values()}
    for tag, cell in pairs:
        if lang := _language(cell):
            tag["Lang"] = pydyf.String(lang)
        if tag["S"] == "/TH":
            tag["A"]["Scope"] = "/Row" if _heads_its_row(cell) else "/Column"
        else:
            others = [id for id in tag["A"]["Headers"] if id.string not in of_groups]
            tag["A"]["Headers"] = pydyf.Array([groups[cell], *others] if cell in groups else others)


def _cells(root: Element, tags: list[Tag], pdf: pydyf.PDF) -> list[tuple[Tag, Element]]:
    """Return each cell's tag with its element in the markup; if a page break has cut cells in two, none, and warn.

    A table that goes on over a page has a tag for each page: its head, its foot and the heading of the
    group that goes on are repeated, its other rows continue.
    """
    tables = iter([tag for tag in tags if tag["S"] == "/Table"])
    pairs = [pair for table in root.iter("table") for pair in _cells_of(table, tables, pdf)]
    in_tags = sum(tag["S"] in _CELLS for tag in tags)
    in_markup = sum(element.tag in _CELLS.values() for element in root.iter())
    complete = len(pairs) == in_tags and len({cell for _, cell in pairs}) == in_markup
    if not complete or any(_CELLS[tag["S"]] != cell.tag for tag, cell in pairs):
        LOGGER.warning("Table cells are tagged without language and group: a page break cuts cells, or some are hidden")
        return []
    return pairs


def _cells_of(table: Element, tables: Iterator[Tag], pdf: pydyf.PDF) -> Iterator[tuple[Tag, Element]]:
    body = _cells_in(table, "tbody")
    headings = dict(_headings(table))
    left = iter(body)
    missing = len(body)
    for part in tables:
        if 0 < missing < len(body) and (heading := headings.get(body[len(body) - missing])) is not None:
            left = chain([heading], left)
            missing += 1
        for section in _kids(part, pdf):
            in_body = section["S"] == "/TBody"
            cells = (tag for tag in _below(section, pdf) if tag["S"] in _CELLS)
            repeated = _cells_in(table, section["S"].strip("/").lower())
            found = list(zip(cells, left if in_body else repeated, strict=False))
            missing -= len(found) if in_body else 0
            yield from found
        if not missing:
            return


def _cells_in(table: Element, section: str) -> list[Element]:
    """Return the cells of the head, the foot or the body of a table."""
    return [cell for row in table.findall(f"{section}/tr") for cell in row if cell.tag in _CELLS.values()]


def _headings(table: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each cell below the heading of a group of rows, with that heading."""
    for rows in table.findall("tbody"):
        if (heading := rows.find("tr[@class='group']/th")) is not None:
            yield from ((cell, heading) for row in list(rows)[1:] for cell in row)


def _grouped(table: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each cell in a group of rows, with the header of the group."""
    for body in table.findall("tbody"):
        group: Element | None = None
        for cell in islice(body.iter(), 1, None):
            if cell.tag == "th" and cell.get("scope") == "rowgroup":
                group = cell
            elif group is not None and cell.tag == "td":
                yield cell, group


def _heads_its_row(cell: Element) -> bool:
    """Return whether a header is one of a row: that of a group is one of the columns below, unless beside its rows."""
    return cell.get("scope") == "row" or (cell.get("scope") == "rowgroup" and "rowspan" in cell.attrib)


def _language(cell: Element) -> str | None:
    """Return its own language, or that of the one part it consists of."""
    parts = [part.get("lang") for part in cell if not (cell.text or "").strip()]
    return cell.get("lang") or (parts[0] if len(parts) == 1 else None)


def _index_ids(structure: Tag, tags: list[Tag], pdf: pydyf.PDF) -> None:
    """List the elements that have an ID in a name tree, sorted as it must be (ISO 32000-1, 7.9.6)."""
    named = {tag["ID"].string: tag for tag in tags if "ID" in tag}
    if not named:
        return
    names = [part for id in sorted(named) for part in (pydyf.String(id), named[id].reference)]
    limits = pydyf.Array([pydyf.String(min(named)), pydyf.String(max(named))])
    leaf = pydyf.Dictionary({"Limits": limits, "Names": pydyf.Array(names)})
    pdf.add_object(leaf)
    structure["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})


def _mark_artifacts(pages: list[Tag], holders: Holders, tags: list[Tag], pdf: pydyf.PDF) -> None:
    """Turn every piece of a page that no element holds, such as its number, into an artifact (ISO 14289-1, 7.1)."""
    references = {tag.reference for tag in tags}
    for page in pages:
        mine = holders[page.reference]
        stray = {number for number, holder in enumerate(mine) if holder not in references}
        mine[:] = [b"null" if number in stray else holder for number, holder in enumerate(mine)]
        stream = _object(pdf, page["Contents"]).stream
        for place, item in enumerate(stream):  # a piece opens with its tag and then its number
            if isinstance(item, dict) and item.get("MCID") in stray:
                stream[place - 1 : place + 1] = [b"/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _describe_links(laid_out: Any, page: Tag, pdf: pydyf.PDF) -> None:
    """Give every link annotation of a page the words that a reader sees (ISO 14289-1, 7.18.5)."""
    links = iter(laid_out.links)
    for annotation in (_object(pdf, reference) for reference in page.get("Annots", ())):
        target = annotation["Dest"] if "Dest" in annotation else annotation.get("A", {}).get("URI")
        wanted = target.string if target else ""
        element = next((box.element for _, target, _, box in links if target == wanted), None)
        if element is not None:
            seen = " ".join("".join(element.itertext()).replace(JOINER, "").split())
            if words := element.get("aria-label") or seen:
                annotation["Contents"] = pydyf.String(words)
