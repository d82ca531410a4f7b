"""PNG files: walked chunk by chunk with their checksums, and cut down to the picture (W3C PNG, third edition)."""

import struct
import zlib
from collections.abc import Iterator

MAX_PIXELS = 10_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
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
    if not content.startswith(_SIGNATURE) or content[12:16] != b"IHDR":
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
    return _SIGNATURE + b"".join(raw for _, _, raw in chunks), width, height


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the name, the data and the bytes of each chunk up to the end of the picture (5.3)."""
    place = len(_SIGNATURE)
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
        sizes = [
            ((width - left + right - 1) // right, (height - top + down - 1) // down)
            for left, top, right, down in _PASSES
        ]
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
