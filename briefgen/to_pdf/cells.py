"""What the engine leaves out of table cells: their language, what a header heads, and the header of a group of rows."""

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from weasyprint.pdf import pydyf

from briefgen.to_pdf.complaints import LOGGER
from briefgen.to_pdf.tags import Tag, below, kids, tree

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
