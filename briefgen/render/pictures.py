"""Pictures that a page may hold, whole, of a bounded size, and nothing but picture; and fonts, which must be whole.

And the addresses of a page: what a picture, a style or a link of it may lead to, and what is wrong with it.
"""

import re
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from math import isfinite
from pathlib import Path, PureWindowsPath
from typing import Literal, cast
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

from briefgen.files import file_in, files_below, read_file
from briefgen.model.findings import did_you_mean
from briefgen.model.texts import address_fault
from briefgen.render.styles import loads_in

SVG, XLINK_HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_XHTML = "{http://www.w3.org/1999/xhtml}"
SHAPES = frozenset(
    {"svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"title", "desc", "metadata", "style", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"}
)
"""The elements that draw, and nothing that runs, loads, moves or needs a font."""
MAX_SHAPES, MAX_NESTED = 10_000, 60
"""Elements of a drawing once each reference is replaced by what it refers to, and how deep they may be nested."""
_MAX_NUMBER = 1_000_000
"""Of the sides of a drawing, in its own units."""
_PLAIN = "save it as plain SVG"
_SHAPES_ONLY = f"{_PLAIN}, with letters turned into paths and pictures taken out"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be used."""

    content: bytes
    """Without what is no part of the picture, such as where a photo was taken."""
    kind: str
    """Its media type: image/png."""
    shape: float
    """Its width divided by its height."""


KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
"""The media types of pictures, by the ends of their files' names."""


@lru_cache(maxsize=256)
def picture_in(content: bytes, kind: str) -> Picture:
    """Return the picture in a file's content; UnusablePictureError says what is wrong with it, and what to do."""
    match kind:
        case "image/svg+xml":
            return Picture(content, kind, _drawing_shape(_drawing(content)))
        case "image/png" | "image/jpeg":
            cleaned, width, height = cleaned_png(content) if kind == "image/png" else _cleaned_jpeg(content)
            return Picture(cleaned, kind, width / height)
        case _:
            raise UnusablePictureError(f"is neither SVG, PNG nor JPEG but '{kind[:40]}'", "save it as one of them")


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that begin a picture (ITU-T T.81, table B.1)."""
_SCAN = 0xDA
_NOTES = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}
"""The markers of what is said beside a picture: all APPn but JFIF's and Adobe's, and comments."""


def _cleaned_jpeg(content: bytes) -> tuple[bytes, int, int]:
    """Return the file without notes, its width and its height, by the header of the one frame (ITU-T T.81, B.2.2)."""
    again = "save it as JPEG once more"
    place, kept, width, height = 2, [b"\xff\xd8"], 0, 0
    while content.startswith(b"\xff\xd8") and place + 4 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        segment = content[place : place + 2 + length]
        if marker in _FRAMES and len(segment) > 8:
            height, width = struct.unpack(">HH", segment[5:9])
            if not 0 < width * height <= MAX_PIXELS:
                raise UnusablePictureError(f"has {width:,} x {height:,} pixels", f"the limit is {MAX_PIXELS:,} in all")
        if marker == _SCAN and width:
            if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
                raise UnusablePictureError("is cut off, or has something behind its end", again)
            return b"".join((*kept, content[place:])), width, height
        if marker == 0xE1 and _is_turned(segment):
            raise UnusablePictureError("lies on its side: only a note in it says how to turn it", "turn it and save it")
        kept += [] if marker in _NOTES else [segment]
        place += 2 + length
    is_png = content.startswith(SIGNATURE)
    hint = "it is a PNG by what it holds: give it the ending .png, here too" if is_png else again
    raise UnusablePictureError("is no JPEG picture, whatever its name says", hint)


def _is_turned(segment: bytes) -> bool:
    """Return whether a note says that the picture is to be turned (Exif 2.32, 4.6.4: orientation other than 1)."""
    name, order, tags = segment[4:10], segment[10:12], segment[10:]
    if name != b"Exif\0\0" or order not in (b"II", b"MM"):
        return False
    byteorder = cast("Literal['little', 'big']", {b"II": "little", b"MM": "big"}[order])
    start = int.from_bytes(tags[4:8], byteorder) + 2
    entries = (tags[place : place + 12] for place in range(start, min(len(tags), start + 1200), 12))
    found = (each[8:10] for each in entries if int.from_bytes(each[:2], byteorder) == 0x0112)
    return int.from_bytes(next(found, b"\1\0" if order == b"II" else b"\0\1"), byteorder) not in (0, 1)


def with_pictures(markup: str, folders: Iterable[str]) -> str:
    """Return a web page with each picture of the templates folders that it names in it: a page stands alone."""

    def put_in(named: re.Match[str]) -> str:
        path = file_in(map(Path, folders), unescape(named["name"]))
        if path is None:  # told where the page is looked through
            return named[0]
        source = f"data:{KINDS[path.suffix.lower()]};base64,{b64encode(read_file(path)).decode()}"
        return f"{named['before']}{named['quote']}{source}{named['quote']}"

    return _NAMED.sub(put_in, markup) if "<img" in markup else markup


_NAMED = re.compile(
    r"""(?P<before><img\b[^>]*?\ssrc=)(?P<quote>["'])(?P<name>[^"':?#<>]*\.(?:svg|png|jpe?g))(?P=quote)""",
    re.IGNORECASE,
)


def without_notes(markup: str) -> str:
    """Return markup in which pictures (data: addresses in base64) have no notes, such as where they were taken."""

    def cleaned(found: re.Match[str]) -> str:
        try:
            return f"data:{found[1]};base64,{b64encode(picture_in(b64decode(found[2]), found[1]).content).decode()}"
        except (ValueError, UnusablePictureError):  # told where the page is looked through
            return found[0]

    return _EMBEDDED.sub(cleaned, markup) if ";base64," in markup else markup


_EMBEDDED = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/]+=*)")


def _drawing(content: bytes) -> ElementTree.Element:
    """Return the root of an SVG file that is nothing but shapes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusablePictureError("is not UTF-8 text", f"{_PLAIN}, in UTF-8") from None
    if "<?xml-stylesheet" in text:
        raise UnusablePictureError("has a style sheet of its own (<?xml-stylesheet ...?>)", f"{_PLAIN}, without it")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        hint = f"{_PLAIN} (Inkscape has that kind of file), or delete its line <!DOCTYPE ...> in a text editor"
        raise UnusablePictureError("holds a document type, which may load other files", hint)
    declared = re.match(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)", text)
    if declared and declared[1].lower() not in ("utf-8", "us-ascii", "ascii"):
        message = f"says that its encoding is '{declared[1][:40]}'"
        raise UnusablePictureError(message, f'{_PLAIN}, in UTF-8: encoding="UTF-8"')
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 # no document type, hence no entities
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise UnusablePictureError(f"is no SVG picture: {error}", _PLAIN) from None
    if root.tag != f"{SVG}svg":
        raise UnusablePictureError("is no SVG picture", _PLAIN)
    if danger := next(_dangers(root), "") or unfolds(root):
        raise UnusablePictureError(danger, _SHAPES_ONLY)
    return root


def _drawing_shape(root: ElementTree.Element) -> float:
    """Return the width divided by the height, of the view box or else of the picture's own measures."""
    try:
        box = root.get("viewBox", "").replace(",", " ").split()
        sides = box[2:] if len(box) == 4 else (root.attrib["width"], root.attrib["height"])
        width, height = (float(side.rstrip("pxmtcin%")) for side in sides)
    except (KeyError, ValueError):
        width = height = 0
    if not (0 < width <= _MAX_NUMBER and 0 < height <= _MAX_NUMBER and isfinite(width / height)):
        hint = "save it with a viewBox, as drawing programs do"
        raise UnusablePictureError("does not say how wide and high it is", hint)
    return width / height


def _dangers(root: ElementTree.Element) -> Iterator[str]:
    """Yield what makes a picture more than shapes; elements of drawing programs' own kinds are never drawn."""
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        if element.tag.startswith(_XHTML) or (element.tag.startswith(SVG) and name not in SHAPES):
            yield f"holds <{name.removeprefix(_XHTML)}>, which is no plain shape"
        if name == "style" and any(loads_in(element.text or "")):
            yield "has a style that loads something"
        if "var(" in "".join((element.text or "", *element.attrib.values())):
            yield "has a colour by name (var(...)), which is printed black"
        for key, value in element.attrib.items():
            if danger := attribute_danger(key, value):
                yield danger


def attribute_danger(key: str, value: str) -> str:
    """Return what an attribute of a drawing does beside drawing, such as to load something; or what it is not."""
    plain = key.rpartition("}")[2].rpartition(":")[2].lower()
    if plain.startswith("on"):
        return f"runs a script ({plain})"
    if (plain in ("href", "src", "base") and not value.startswith("#")) or any(loads_in(value)):
        return f"refers to something outside itself ({plain}={value[:40]!r})"
    if "javascript:" in "".join(value.split()).lower():
        return f"runs a script ({plain})"
    form = _FORMS.get(plain)
    return f"has an attribute that cannot be drawn ({plain}={value[:40]!r})" if form and not form.match(value) else ""


_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:%|[a-z]{1,4})?"
_LENGTH = re.compile(rf"\s*(?:auto|{_NUMBER}(?:[,\s]+{_NUMBER})*)\s*$", re.IGNORECASE)
_LENGTHS = ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "x2", "y1", "y2")
_TURNS = re.compile(
    r"(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+\d.e,\s]*\d[-+\d.e,\s]*\)[,\s]*)*$|\s*none$"
)
_FORMS = {
    **dict.fromkeys(_LENGTHS, _LENGTH),
    **dict.fromkeys(("transform", "gradienttransform", "patterntransform"), _TURNS),
    "d": re.compile(r"[MmZzLlHhVvCcSsQqTtAa\d.eE+\-,\s]*$"),
    "points": re.compile(r"[\d.eE+\-,\s]*$"),
}
"""How the measures of shapes are written (W3C SVG 2); layout engines fail over anything else."""


_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')]+)")


def unfolds(root: ElementTree.Element) -> str:
    """Return what is wrong where references within a drawing unfold to too much, or lead back to themselves."""
    ids = {id: each for each in root.iter() if (id := each.get("id"))}
    sizes: dict[ElementTree.Element, int] = {}
    open_elements: set[ElementTree.Element] = set()

    def size(element: ElementTree.Element) -> int:
        if element in open_elements:
            raise UnusablePictureError(f"refers to itself (#{element.get('id', '')[:40]})", "")
        if element not in sizes:
            open_elements.add(element)
            if len(open_elements) > MAX_NESTED:
                raise UnusablePictureError(f"is nested more than {MAX_NESTED} deep", "")
            inside = (*element, *(ids[name] for name in _references(element) if name in ids))
            sizes[element] = 1 + sum(map(size, inside))
            open_elements.remove(element)
        return sizes[element]

    try:
        return f"unfolds to more than {MAX_SHAPES:,} shapes" if size(root) > MAX_SHAPES else ""
    except UnusablePictureError as error:
        return str(error.args[0])


def _references(element: ElementTree.Element) -> Iterator[str]:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].rpartition(":")[2] == "href" and value.startswith("#"):
            yield value[1:]
        yield from _REFERENCE.findall(value)


MAX_PIXELS = 10_000_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
"""How every PNG begins."""
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel, by colour type (11.2.1)."""
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced picture: first column and row, and the steps between them (8.1)."""
_AGAIN = "save it as PNG once more"


class UnusablePictureError(Exception):
    """A picture cannot be used; the arguments are what is wrong with it, and what to do."""


def cleaned_png(content: bytes) -> tuple[bytes, int, int]:
    """Return the file with nothing but its picture, its width and its height; UnusablePictureError if it is damaged."""
    if not content.startswith(SIGNATURE) or content[12:16] != b"IHDR":
        raise UnusablePictureError("is no PNG picture, whatever its name says", _AGAIN)
    chunks = [chunk for chunk in _chunks(content) if chunk[0] in _KEPT]
    header = chunks[0][1]
    if len(header) != 13:
        raise UnusablePictureError("is damaged: its header is of the wrong length", _AGAIN)
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if not width or not height:
        raise UnusablePictureError("is an empty picture", _AGAIN)
    if width * height > MAX_PIXELS:
        message = f"has {width:,} x {height:,} pixels; the limit is {MAX_PIXELS:,} in all"
        raise UnusablePictureError(message, "save it smaller: it is printed a few centimetres wide")
    names = [name for name, _, _ in chunks]
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1 or names.count(b"IHDR") > 1:
        raise UnusablePictureError("is damaged: its header is none of PNG", _AGAIN)
    if colour == 3 and b"PLTE" not in names:
        raise UnusablePictureError("is damaged: it has no palette", _AGAIN)
    rows = _rows(width, height, depth * _CHANNELS[colour], bool(interlaced))
    _check_rows(b"".join(data for name, data, _ in chunks if name == b"IDAT"), rows)
    return SIGNATURE + b"".join(raw for _, _, raw in chunks), width, height


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the name, the data and the bytes of each chunk up to the end of the picture (5.3)."""
    place = len(SIGNATURE)
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        raw = content[place : place + length + 12]
        name, data = raw[4:8], raw[8:-4]
        if len(raw) < length + 12:
            break
        if zlib.crc32(raw[4:-4]) != int.from_bytes(raw[-4:]):
            raise UnusablePictureError("is damaged: a checksum in it is wrong", _AGAIN)
        yield name, data, raw
        if name == b"IEND":
            return
        place += len(raw)
    raise UnusablePictureError("is cut off", _AGAIN)


def _rows(width: int, height: int, bits: int, interlaced: bool) -> list[tuple[int, int]]:
    """Return for each pass how many rows it has and how many bytes each takes, the filter's byte among them (7.2)."""
    sizes = [(width, height)]
    if interlaced:
        sizes = [(-((x - width) // right), -((y - height) // down)) for x, y, right, down in _PASSES]  # rounded up
    return [(high, 1 + (wide * bits + 7) // 8) for wide, high in sizes if wide > 0 and high > 0]


def _check_rows(packed: bytes, passes: list[tuple[int, int]]) -> None:
    """Refuse image data that does not unpack to these rows, each with a known filter (9.2)."""
    expected = sum(count * length for count, length in passes)
    try:
        rows = zlib.decompressobj().decompress(packed, expected + 1)
    except zlib.error:
        raise UnusablePictureError("is damaged: its data cannot be unpacked", _AGAIN) from None
    if len(rows) != expected:
        what = "less" if len(rows) < expected else "more"
        raise UnusablePictureError(f"is damaged: it holds {what} than its header says", _AGAIN)
    start = 0
    for count, length in passes:
        if max(rows[start : start + count * length : length]) > 4:
            raise UnusablePictureError("is damaged: it has a filter that PNG does not know", _AGAIN)
        start += count * length


FONT_KINDS = {
    ".ttf": (b"\0\1\0\0", b"true", b"OTTO"),
    ".otf": (b"\0\1\0\0", b"true", b"OTTO"),
    ".ttc": (b"ttcf",),
    ".otc": (b"ttcf",),
    ".woff": (b"wOFF",),
    ".woff2": (b"wOF2",),
}
"""The first bytes of fonts, by the ends of their files' names."""
_LENGTH_AT = 8
"""Where a WOFF file says how long it is."""


def font_fault(content: bytes, suffix: str) -> str:
    """Return what is wrong with a font file; empty where nothing is, or it is no font by its name."""
    starts = FONT_KINDS.get(suffix.lower())
    if starts is None:
        return ""
    if not content.startswith(starts):
        return f"is no {suffix.lower()} font, whatever its name says"
    if suffix.lower().startswith(".woff"):
        return "" if int.from_bytes(content[_LENGTH_AT : _LENGTH_AT + 4]) == len(content) else "is cut off"
    first = int.from_bytes(content[12:16]) if content.startswith(b"ttcf") else 0
    tables = int.from_bytes(content[first + 4 : first + 6])
    entries = [content[place : place + 16] for place in range(first + 12, first + 12 + 16 * tables, 16)]
    ends = [int.from_bytes(each[8:12]) + int.from_bytes(each[12:16]) if len(each) == 16 else -1 for each in entries]
    if not ends or min(ends) < 0 or max(ends) > len(content):
        return "is cut off"
    size = sum(_size_of_names(content, int.from_bytes(each[8:12])) for each in entries if each.startswith(b"name"))
    return f"has {size:,} bytes of names; the limit is {_MAX_NAMES:,}" if size > _MAX_NAMES else ""


_MAX_NAMES = 5_000_000


def _size_of_names(content: bytes, table: int) -> int:
    """Return how many bytes the names of a font take, each by itself: all may be the same ones of the file."""
    first = table + 6
    lengths = range(first + 8, min(len(content), first + 12 * int.from_bytes(content[table + 2 : table + 4])), 12)
    return sum(int.from_bytes(content[place : place + 2]) for place in lengths)


_LOCAL = re.compile(r"(?!(?i:www)\.)[\w.-]+(?:#\S*)?")
"""Another document of the edition, by its name."""
_OWN_FILE = re.compile(r"template:///|(?!//)[^:?#\\\\]*$")
DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.-]+)*),(.*)", re.DOTALL | re.IGNORECASE)
_QUOTED = 60
_LITERAL = re.compile(
    r"""\{#.*?#\}|<!--.*?-->|<(?P<tag>img|a)\b[^<>]*?\s(?:src|href)=(?P<quote>["'])(?P<address>[^"'<>{}]*)(?P=quote)""",
    re.DOTALL | re.IGNORECASE,
)
Told = tuple[str, str, str]
"""The message, the hint, and the quotation of a fault."""


def address_faults(address: str, where: str, folders: tuple[Path, ...], *, paper: bool) -> Iterator[Told]:
    """Yield what is wrong with the address of a picture, a font or a style sheet."""
    data = DATA.fullmatch(address.strip())
    file = file_in(folders, address.strip()) if data is None and _OWN_FILE.match(address.strip()) else None
    if file and file.suffix.lower() in KINDS and ("<img" in where or paper):
        try:
            picture_in(read_file(file), KINDS[file.suffix.lower()])
        except UnusablePictureError as unusable:
            yield f"the picture '{address[:_QUOTED]}' {unusable.args[0]}", unusable.args[1], address
        return
    if data is None:
        yield from _of_other_file(address.strip(), where, folders, paper=paper)
        return
    kind = data[1].lower()
    if kind.startswith(("font/", "application/font")) and "<img" not in where:
        return
    try:
        content = b64decode(data[3]) if ";base64" in data[2].lower() else unquote_to_bytes(data[3])
        if picture_in(content, kind).content != content:
            notes = f"a picture in {where} holds notes beside it"
            yield notes, "write its address in plain base64", address[:_QUOTED]
    except ValueError:  # of base64
        yield f"a picture in {where} cannot be read: it is no base64", "", address[:_QUOTED]
    except UnusablePictureError as error:
        why, hint = error.args
        yield f"a picture in {where} {why}", hint, address[:_QUOTED]


def _of_other_file(address: str, where: str, folders: tuple[Path, ...], *, paper: bool) -> Iterator[Told]:
    """Yield what is wrong with the address of a file that is no picture of the templates folder."""
    is_own, is_picture = bool(_OWN_FILE.match(address)), "<img" in where
    if is_own and is_picture and not paper:
        names = (each.name for folder in folders for each in files_below(folder) if each.suffix.lower() in KINDS)
        hint = did_you_mean(PureWindowsPath(address).name, names) or "put the file there, as .svg, .png or .jpg"
        yield f"there is no file '{address[:_QUOTED]}' in the templates folder", hint, address
    elif not paper:
        own = "put the picture into templates/, as .svg, .png or .jpg, and name its file"
        hint = own if is_picture else "put it in as a data: address"
        yield f"{where} would load '{address[:_QUOTED]}', which no edition holds", hint, address
    elif not is_own:
        message = f"'{address[:_QUOTED]}' is no file of the templates folder; documents load nothing else"
        yield f"{where}: {message}", "", address


def link_faults(address: str) -> Iterator[Told]:
    """Yield what is wrong with the address of a link: to a place in the page, a document beside it, or the web."""
    if address.startswith(("#", "mailto:")) or _LOCAL.fullmatch(address) or not (fault := address_fault(address)):
        return
    hint = "a link leads to the web, to a place in the page (#sources), or to another document of the edition"
    if address.lower().startswith("www."):
        hint = "write https:// before it"
    elif re.fullmatch(r"[^\s@:/]+@[\w-]+(\.[\w-]+)+", address):
        hint = f"write mailto:{address}"
    elif address.startswith("http") and " " in address.strip():
        hint = f"write %20 for a space: {address.strip().replace(' ', '%20')[:_QUOTED]}"
    yield f"a link leads to '{address[:_QUOTED]}', which {fault}", hint, address[:_QUOTED]


def written_faults(template: str, folders: tuple[Path, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the pictures and links that a template names as they stand: where, what, what to do."""
    for found in _LITERAL.finditer(template):
        tag, address = (found["tag"] or "").lower(), unescape(found["address"] or "")
        told = address_faults(address, "<img>", folders, paper=False) if tag == "img" else link_faults(address)
        for message, hint, _ in told if tag else ():
            yield found.start("address"), message, hint
