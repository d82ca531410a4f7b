"""What PDF/UA-1 and PDF/A-3a ask of our files, as far as a test can see it: each check tells what it misses."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from .pdfs import bookmarks_of, fonts_of, metadata_of

FONTS = {"Pretendard"}
HARMFUL = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Movie", "/Sound"}
JOINERS = "\u2060\u200b\ufeff\u00ad"


def faults(pdf: Any) -> list[str]:
    """All that is missing or wrong."""
    return [fault for check in CHECKS for fault in check(pdf)]


def _claims(pdf: Any) -> Iterator[str]:
    packets = metadata_of(pdf)
    if len(packets) != 1 or packets[0].count("<rdf:RDF") != 1:
        yield "the claims do not stand in one RDF"
    text = "".join(packets)
    if 'pdfaid:part="3" pdfaid:conformance="A"' not in text:
        yield "no claim to PDF/A-3a"
    if "<pdfuaid:part>1</pdfuaid:part>" not in text or text.count("pdfaExtension:schemas>") != 2:
        yield "no claim to PDF/UA-1, or none of its schema"


def _catalogue(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not said to be tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "a window shows the file's name, not its title"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "no title"
    if not root.get("/OutputIntents"):
        yield "no output intent"
    if not bookmarks_of(pdf):
        yield "no bookmarks"
    if set("".join(bookmarks_of(pdf))) & set(JOINERS):
        yield "a bookmark with joiners"
    for number, page in enumerate(pdf.pages, 1):
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number}: the tab key does not follow the structure"


def _attached(pdf: Any) -> Iterator[str]:
    embedded = list(pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))[1::2]
    associated = list(pdf.Root.get("/AF", []))
    if [each.objgen for each in embedded] != [each.objgen for each in associated]:
        yield "embedded and associated files are not the same, each once"
    for file in embedded:
        stream = file.EF.F
        if file.get("/AFRelationship") != "/Data" or stream.get("/Subtype") != "/application/json":
            yield "an attached file does not say that it is data, and of which kind"
        if not str(file.get("/UF", "")) or not str(file.get("/Desc", "")):
            yield "an attached file without name or description"
        if {"/ModDate", "/CreationDate", "/Size"} - stream.get("/Params", {}).keys():
            yield "an attached file without days or size"


def _links(pdf: Any) -> Iterator[str]:
    places = [str(each) for each in list(pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", []))[::2]]
    for number, page in enumerate(pdf.pages, 1):
        for link in page.obj.get("/Annots", []):
            aim = str(link.get("/Dest", link.get("/A", {}).get("/URI", "")))
            words = str(link.get("/Contents", "")).strip()
            if not words or words in (f"#{aim}", aim):
                yield f"page {number}: a link to {aim} does not say in words where it leads"
            if "/Dest" in link and aim not in places:
                yield f"page {number}: a link leads to {aim}, which is nowhere"
            if "/StructParent" not in link or not int(link.get("/F", 0)) & 4:
                yield f"page {number}: a link to {aim} stands outside the tags, or is not printed"


def tags_of(pdf: Any) -> list[Any]:
    """Every structure element, in reading order."""
    return list(_below(pdf.Root.StructTreeRoot))


def _below(tag: Any) -> Iterator[Any]:
    inner = tag.get("/K", None)
    for kid in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from _below(kid)


def _index(pdf: Any) -> Iterator[str]:
    named = {bytes(tag.ID): tag for tag in tags_of(pdf) if "/ID" in tag}
    leaves = list(pdf.Root.StructTreeRoot.get("/IDTree", {}).get("/Kids", []))
    listed = [(bytes(leaf.Names[at]), leaf.Names[at + 1]) for leaf in leaves for at in range(0, len(leaf.Names), 2)]
    names = [name for name, _ in listed]
    if set(names) != set(named) or len([tag for tag in tags_of(pdf) if "/ID" in tag]) != len(names):
        yield "the index of IDs does not list each once"
    if any(one >= other for one, other in pairwise(names)):
        yield "the index of IDs is not sorted"
    if any([bytes(each) for each in leaf.Limits] != [names[0], names[-1]] for leaf in leaves[:1]):
        yield "the index of IDs has other limits"
    if any(named[name].objgen != tag.objgen for name, tag in listed if name in named):
        yield "the index of IDs leads elsewhere"


def _tables(pdf: Any) -> Iterator[str]:
    tags = tags_of(pdf)
    heads = {bytes(tag.ID) for tag in tags if tag.S == "/TH" and "/ID" in tag}
    for tag in tags:
        if tag.S == "/TH" and tag.get("/A", {}).get("/Scope") not in ("/Row", "/Column"):
            yield "a header that does not say what it heads"
        if tag.S == "/TD":
            headers = [bytes(each) for each in tag.get("/A", {}).get("/Headers", [])]
            if not headers or not set(headers) <= heads:
                yield "a cell without headers, or with one that is nowhere"


def _lists(pdf: Any) -> Iterator[str]:
    """ISO 32000-1, 14.8.4.3.3: a list holds items, and an item its mark and its body."""
    allowed = {"/L": {"/L", "/LI", "/Caption"}, "/LI": {"/Lbl", "/LBody"}}
    for tag in tags_of(pdf):
        inner = tag.get("/K", [])
        for kid in inner if isinstance(inner, pikepdf.Array) else [inner]:
            kind = str(kid.get("/S")) if isinstance(kid, pikepdf.Dictionary) else "text"
            if kind not in allowed.get(str(tag.S), {kind}) or (kind == "/LI" and tag.S != "/L"):
                yield f"a list ({tag.S}) with something else in it than items: {kind}"


def _figures(pdf: Any) -> Iterator[str]:
    for tag in tags_of(pdf):
        if tag.S == "/Figure" and not str(tag.get("/Alt", "")).strip():
            yield "a figure without words for it"


def _contents(pdf: Any) -> Iterator[str]:
    """Everything drawn is held by an element of the tree, or is an artifact; and no sign is one that no font has."""
    tree = {tag.objgen: tag for tag in tags_of(pdf)}
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    holders = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number, page in enumerate(pdf.pages, 1):
        mine = list(holders[page.obj.StructParents])
        if any(isinstance(each, pikepdf.Dictionary) and each.objgen not in tree for each in mine):
            yield f"page {number}: an element outside the tree holds a piece"
        for piece in _pieces(page):
            if piece is None:
                yield f"page {number}: text that is neither tagged nor an artifact"
            elif isinstance(piece, str):
                yield f"page {number}: {piece}"
            elif piece >= 0:
                holder = mine[piece] if piece < len(mine) else None
                if not isinstance(holder, pikepdf.Dictionary) or holder.objgen not in tree:
                    yield f"page {number}: a piece that no element of the tree holds"
                elif piece not in [kid for kid in holder.K if isinstance(kid, int)]:
                    yield f"page {number}: a piece that its element does not know"


def _pieces(page: Any) -> Iterator[int | str | None]:
    """For each text shown the number of its piece, -1 for an artifact, None for neither; and what is wrong with it."""
    inside: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC":
            inside.append(-1 if operands[0] == "/Artifact" else int(operands[1].MCID))
        elif operator == "BMC":
            inside.append(-1 if operands[0] == "/Artifact" else None)
        elif operator == "EMC":
            inside.pop()
        elif operator in ("Tj", "TJ"):
            yield next((each for each in reversed(inside) if each is not None), None)
            codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
            if b"\0\0" in {codes[at : at + 2] for at in range(0, len(codes), 2)}:
                yield "a sign that no font has"


def _running_heads(pdf: Any) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        kinds = [
            str(each.operands[1].get("/Type", ""))
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "BDC" and each.operands[0] == "/Artifact"
        ]
        if len(pdf.pages) > 1 and "/Pagination" not in kinds:
            yield f"page {number}: the page's number is read out as part of the text"


def _fonts(pdf: Any) -> Iterator[str]:
    found = set(fonts_of(pdf))
    if {name.partition("-")[0] for name, _ in found} - FONTS:
        yield "a font that is not on the list"
    if not all(embedded for _, embedded in found):
        yield "a font that is not embedded"
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0" and "/ToUnicode" not in item:
            yield "a font whose signs cannot be copied as text"


def _actions(pdf: Any) -> Iterator[str]:
    if {"/OpenAction", "/AA"} & pdf.Root.keys() or "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "something happens when it is opened"
    for item in pdf.objects:
        for each in _dictionaries(item):
            if str(each.get("/S", "")) in HARMFUL or "/JS" in each:
                yield "an action that does something"
            if each.get("/S") == "/URI" and not re.match(r"https?:|mailto:", str(each.URI)):
                yield "a link to no web address"


def _dictionaries(item: Any) -> Iterator[Any]:
    if isinstance(item, pikepdf.Dictionary):
        yield item
        for key in item.keys():  # noqa: SIM118 # it is no dict of Python's
            if isinstance(item[key], pikepdf.Dictionary) and not item[key].is_indirect:
                yield from _dictionaries(item[key])


CHECKS: tuple[Callable[[Any], Iterator[str]], ...] = (
    _claims,
    _catalogue,
    _attached,
    _links,
    _index,
    _tables,
    _lists,
    _figures,
    _contents,
    _running_heads,
    _fonts,
    _actions,
)
