"""A smaller file that says the same: fewer tags around the text, shorter numbers, nothing left lying about."""

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.pdf import pydyf

from briefgen.to_pdf.tags import Tag, at, kids, pieces, sheets, tree

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
