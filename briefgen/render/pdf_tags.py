"""A smaller file that says the same: fewer tags around the text, shorter numbers, nothing left lying about."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from weasyprint.pdf import pydyf

from briefgen.render.pdf_line_breaks import words_of
from briefgen.render.pdf_warnings import LOGGER

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


_CELLS = {"/TH": "th", "/TD": "td"}


def complete_cells(root: Element, pdf: pydyf.PDF) -> None:
    """Tell of each cell what its markup says of it.

    The language of its text, where the markup tells one (WCAG 3.1.2); the direction of a header; and the
    header of the group of rows in which it stands.
    """
    pairs = _pairs(root, pdf)
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


def _pairs(root: Element, pdf: pydyf.PDF) -> list[tuple[Tag, Element]]:
    """Each cell's tag with its element; none, and a complaint, where a page break has cut cells in two.

    A table that goes on over a page has a tag for each page: head and foot are repeated, the other rows go on.
    """
    tags = list(below(pdf, tree(pdf)))
    parts = iter([tag for tag in tags if tag["S"] == "/Table"])
    pairs = [pair for table in root.iter("table") for pair in _pairs_of(table, parts, pdf)]
    cells = [cell for cell in root.iter() if cell.tag in _CELLS.values()]
    all_told = len(pairs) == sum(tag["S"] in _CELLS for tag in tags) and len({cell for _, cell in pairs}) == len(cells)
    if not all_told or any(_CELLS[tag["S"]] != cell.tag for tag, cell in pairs):
        LOGGER.warning("Languages and groups of table cells are not told: a page break cuts cells, or some are hidden")
        return []
    return pairs


def _pairs_of(table: Element, parts: Iterator[Tag], pdf: pydyf.PDF) -> Iterator[tuple[Tag, Element]]:
    once = [cell for row in _rows(table, "tbody") for cell in row]
    total, rest = len(once), iter(once)
    for part in parts:
        for section in kids(pdf, part):
            cells = [tag for tag in below(pdf, section) if tag["S"] in _CELLS]
            again = (cell for row in _rows(table, section["S"].strip("/").lower()) for cell in row)
            found = list(zip(cells, rest if section["S"] == "/TBody" else again, strict=False))
            total -= len(found) if section["S"] == "/TBody" else 0
            yield from found
        if not total:
            return


def _rows(table: Element, section: str) -> Iterator[list[Element]]:
    """The cells of each row of the head, the foot or the body."""
    for row in table.findall(f"{section}/tr"):
        yield [cell for cell in row if cell.tag in _CELLS.values()]


def _grouped(table: Element) -> Iterator[tuple[Element, Element]]:
    """Each cell that stands below the header of a group of rows, with that header."""
    for body in table.findall("tbody"):
        group: Element | None = None
        for cell in islice(body.iter(), 1, None):
            if cell.tag == "th" and cell.get("scope") == "rowgroup":
                group = cell
            elif group is not None and cell.tag == "td":
                yield cell, group


def _heads_its_row(cell: Element) -> bool:
    """A header of a group heads the columns below it, unless it stands beside its rows."""
    return cell.get("scope") == "row" or (cell.get("scope") == "rowgroup" and "rowspan" in cell.attrib)


def _language(cell: Element) -> str | None:
    """Its own, or that of the one part it consists of."""
    parts = [part.get("lang") for part in cell if not (cell.text or "").strip()]
    return cell.get("lang") or (parts[0] if len(parts) == 1 else None)


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


_UA_IDENTIFICATION = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def claim_ua(pdf: pydyf.PDF) -> None:
    """Put the claim and its schema into the one packet of metadata that validators read."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    head, end, tail = packet.rpartition(b"</rdf:RDF>")
    if not end:
        raise RuntimeError("the PDF engine wrote no RDF metadata to add the PDF/UA claim to")
    metadata.stream = [head + _UA_IDENTIFICATION.encode() + end + tail]


_PLAIN = {"Type", "S", "K", "Pg", "P"}
_HOLDERS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "LBody", "Lbl", "Caption", "Span", "Link"}
"""Elements whose text may hang on them without an element of its own between."""
_REFERENCE = re.compile(rb"\d+ 0 R")
_LONG_NUMBER = re.compile(rb"-?\d+\.\d{4,}")


def slim(pdf: pydyf.PDF) -> None:
    """Take out what no reader, ear or eye, can tell the absence of."""
    _dissolve(pdf, tree(pdf))
    _merge(pdf, tree(pdf), dict(zip(pdf.page_references, pieces(pdf), strict=True)))
    for sheet in sheets(pdf):
        contents = at(pdf, sheet["Contents"])
        contents.stream = [_shorter(b"\n".join(map(_bytes, contents.stream)))]
    _number_anew(pdf)


def _dissolve(pdf: pydyf.PDF, tag: Tag) -> None:
    """Elements that stand for nothing (NonStruct) give their kids to their parents."""
    found: list[Any] = []
    for kid in tag["K"]:
        below = at(pdf, kid) if isinstance(kid, bytes) else {}
        if below.get("Type") == "/StructElem":
            _dissolve(pdf, below)
        nothing = below.get("S") == "/NonStruct" and below.keys() <= _PLAIN
        if nothing and len(inner := list(kids(pdf, below))) == len(below["K"]):
            found += below["K"]
            for each in inner:
                each["P"] = below["P"]
        else:
            found.append(kid)
    tag["K"][:] = found


def _merge(pdf: pydyf.PDF, tag: Tag, pieces: dict[bytes, list[bytes]]) -> None:
    """A stretch of text hangs on its paragraph, cell or link itself."""
    for place, kid in enumerate(tag["K"]):
        below = at(pdf, kid) if isinstance(kid, bytes) else {}
        if below.get("Type") != "/StructElem":
            continue
        _merge(pdf, below, pieces)
        number = below["K"][0] if len(below["K"]) == 1 else None
        plain = below["S"] == "/Span" and below.keys() <= _PLAIN and below["Pg"] == tag.get("Pg")
        if plain and isinstance(number, int) and tag["S"].strip("/") in _HOLDERS:
            tag["K"][place] = number
            pieces[below["Pg"]][number] = tag.reference


def _bytes(item: object) -> bytes:
    """A piece of a drawing as the engine writes it."""
    if isinstance(item, pydyf.Object):
        item = item.data
    return item if isinstance(item, bytes) else str(item).encode("ascii")


def _shorter(drawing: bytes) -> bytes:
    """Three decimals are a ten-thousandth of a millimetre; a shift by nothing between two signs is none."""
    return _LONG_NUMBER.sub(_rounded, drawing).replace(b">0<", b"")


def _rounded(number: re.Match[bytes]) -> bytes:
    text = f"{float(number[0]):.3f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode()


def _number_anew(pdf: pydyf.PDF) -> None:
    """Leave out every object that nothing refers to, and close the gaps."""
    pdf.pages["Kids"] = pydyf.Array(pdf.page_references)
    kept: dict[int, Any] = {0: pdf.objects[0]}
    waiting = [pdf.pages, pdf.catalog]
    while waiting:
        item = waiting.pop()
        if item.number not in kept:
            kept[item.number] = item
            waiting += [at(pdf, value) for part in _parts(item) for _, value in _items(part) if _is_reference(value)]
    numbers = {old: new for new, old in enumerate(sorted(kept))}
    parts = {id(part): part for item in kept.values() for part in _parts(item)}
    for part in parts.values():
        for key, value in _items(part):
            if _is_reference(value):
                part[key] = b"%d 0 R" % numbers[int(value.split()[0])]
    pdf.objects = [kept[old] for old in sorted(kept)]
    for number, item in enumerate(pdf.objects):
        item.number = number


def _parts(item: Any) -> Iterator[Any]:
    """The dictionaries and lists of an object, one inside the other."""
    inner = item.extra if isinstance(item, pydyf.Stream) else item
    if isinstance(inner, dict | list):
        yield inner
        for _, value in _items(inner):
            yield from _parts(value)


def _items(part: Any) -> list[tuple[Any, Any]]:
    """The values of a dictionary or a list, each with the key that leads to it."""
    return list(part.items()) if isinstance(part, dict) else list(enumerate(part))


def _is_reference(value: object) -> bool:
    return isinstance(value, bytes) and _REFERENCE.fullmatch(value) is not None
