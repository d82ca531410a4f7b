"""Pictures: whole, of a bounded size, and nothing but picture."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.render.pictures import UnusablePictureError, cleaned_png, picture_in, with_pictures, without_notes

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
SHAPE = '<path id="a" d="M0 0h9v9z"/>'
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 10 + b"\xff\xc0\x00\x0b\x08{}\x01\x01\x11\x00"
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"
)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def head(width: int, height: int, depth: int = 8, colour: int = 0, interlaced: int = 0) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    )


def rows(width: int, height: int, filtered: int = 0) -> bytes:
    return chunk(b"IDAT", zlib.compress((bytes([filtered]) + b"\0" * width) * height))


END = chunk(b"IEND", b"")
WHOLE = head(4, 3) + rows(4, 3) + END


def test_what_is_no_part_of_a_png_is_left_out() -> None:
    told = chunk(b"tEXt", b"Comment\0<script>") + chunk(b"eXIf", b"GPS") + chunk(b"acTL", b"\0" * 8)
    content = head(4, 3) + told + rows(4, 3) + told + END + b"<script>alert(1)</script>"
    assert cleaned_png(content) == (WHOLE, 4, 3)
    assert picture_in(content, "image/png").content == WHOLE


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (head(5, 7, interlaced=1) + chunk(b"IDAT", zlib.compress(b"\0" * (5 * 7 + 14))) + END, (5, 7)),
        (head(9, 2, depth=1) + chunk(b"IDAT", zlib.compress(b"\0" * 6)) + END, (9, 2)),
        (head(2, 2, depth=16, colour=6) + chunk(b"IDAT", zlib.compress(b"\4" + b"\0" * 33)) + END, (2, 2)),
        (head(2, 1, 4, 3) + chunk(b"PLTE", b"abc") + chunk(b"IDAT", zlib.compress(b"\0\0")) + END, (2, 1)),
    ],
)
def test_every_kind_of_png_is_measured(content: bytes, size: tuple[int, int]) -> None:
    assert cleaned_png(content)[1:] == size


DAMAGED = {
    "cut by 20 bytes": (WHOLE[:-20], "is cut off"),
    "cut after its header": (head(4, 3), "is cut off"),
    "a length beyond its end": (head(4, 3) + struct.pack(">I", 2**31) + b"IDAT", "is cut off"),
    "a wrong checksum": (WHOLE[:30] + b"x" + WHOLE[31:], "a checksum in it is wrong"),
    "one byte of its data": (WHOLE[:45] + b"x" + WHOLE[46:], "a checksum in it is wrong"),
    "less than it says": (head(4, 4) + rows(4, 3) + END, "holds less than its header says"),
    "more than it says": (head(4, 2) + rows(4, 3) + END, "holds more than its header says"),
    "a bomb": (head(4, 3) + chunk(b"IDAT", zlib.compress(b"\0" * 10**7)) + END, "holds more than its header says"),
    "no data": (head(4, 3) + END, "holds less than its header says"),
    "data that cannot be unpacked": (head(4, 3) + chunk(b"IDAT", b"xyz") + END, "cannot be unpacked"),
    "a filter that is none": (head(4, 3) + rows(4, 3, 5) + END, "a filter that PNG does not know"),
    "no width": (head(0, 3) + END, "is an empty picture"),
    "12,000 by 12,000": (head(12_000, 12_000) + END, "has 12,000 x 12,000 pixels; the limit is 10,000,000"),
    "a colour type that is none": (head(4, 3, colour=5) + rows(4, 3) + END, "its header is none of PNG"),
    "a depth that is none": (head(4, 3, depth=16, colour=3) + rows(4, 3) + END, "its header is none of PNG"),
    "two headers": (head(4, 3) + head(4, 3)[8:] + rows(4, 3) + END, "its header is none of PNG"),
    "a palette that is missing": (head(4, 3, colour=3) + rows(4, 3) + END, "it has no palette"),
    "a header of another length": (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 12) + END,
        "its header is of the wrong length",
    ),
    "no picture": (b"<html>", "is no PNG picture"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_png_is_refused_with_what_is_wrong(name: str) -> None:
    content, said = DAMAGED[name]
    with pytest.raises(UnusablePictureError, match=said):
        picture_in(content, "image/png")


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_any_change_of_a_png_is_found_or_left_out(place: int, byte: int) -> None:
    changed = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    with suppress(UnusablePictureError):
        assert cleaned_png(changed)[0] == WHOLE


def _levels(fold: int, levels: int) -> Iterator[str]:
    yield SHAPE
    for level in range(levels):
        yield f'<g id="{chr(98 + level)}">' + f'<use href="#{chr(97 + level)}"/>' * fold + "</g>"


REFUSED = {
    "references that unfold": (SVG.format("".join(_levels(10, 6))), "unfolds to more than 10,000 shapes"),
    "a reference to itself": (SVG.format('<g id="a"><use href="#a"/></g>'), "refers to itself \\(#a\\)"),
    "a circle of references": (
        SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "refers to itself",
    ),
    "a pattern in itself": (
        SVG.format('<pattern id="p"><path fill="url(#p)"/></pattern>'),
        "refers to itself \\(#p\\)",
    ),
    "nesting": (SVG.format("<g>" * 70 + "</g>" * 70), "is nested more than 60 deep"),
    "deep nesting": (SVG.format("<g>" * 5_000 + "</g>" * 5_000), "is nested more than 60 deep"),
    "more shapes than a picture needs": (SVG.format("<path/>" * 10_001), "unfolds to more than 10,000 shapes"),
    "another encoding": ('<?xml version="1.0" encoding="utf-7"?>' + SVG.format(""), "its encoding is 'utf-7'"),
    "an encoding that is none": (
        "<?xml version='1.0' encoding='nosuch'?>" + SVG.format(""),
        "its encoding is 'nosuch'",
    ),
    "a document type": ("<!DOCTYPE svg>" + SVG.format(""), "holds a document type"),
    "a script in an address": (SVG.format('<use href="java&#10;script:x"/>'), "refers to something outside itself"),
    "sides below nothing": ('<svg xmlns="http://www.w3.org/2000/svg" width="-5" height="-5"/>', "how wide and high"),
    "no sides": (SVG.replace("0 0 9 9", "0 0 0 9").format(""), "how wide and high"),
    "sides without end": (SVG.replace("0 0 9 9", "0 0 inf inf").format(""), "how wide and high"),
    "sides that are no numbers": (SVG.replace("0 0 9 9", "0 0 nan 9").format(""), "how wide and high"),
    "a style sheet of its own": ('<?xml-stylesheet href="//x"?>' + SVG.format(""), "has a style sheet of its own"),
    "a path that is none": (SVG.format('<path d="M0 0 nan inf"/>'), "cannot be drawn \\(d='M0 0 nan inf'\\)"),
    "a length that is none": (SVG.format('<rect width="a%"/>'), "cannot be drawn \\(width='a%'\\)"),
    "a turn that is none": (SVG.format('<g transform="rotate(a)"/>'), "cannot be drawn \\(transform='rotate"),
    "points that are none": (SVG.format('<polygon points="0,0 x"/>'), "cannot be drawn \\(points="),
    "very large sides": (SVG.replace("0 0 9 9", "0 0 1e9 1e9").format(""), "how wide and high"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_drawing_that_is_more_than_shapes_is_refused(name: str) -> None:
    text, said = REFUSED[name]
    with pytest.raises(UnusablePictureError, match=said):
        picture_in(text.encode(), "image/svg+xml")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "shift_jis", "latin-1"])
def test_a_drawing_in_another_encoding_is_refused(encoding: str) -> None:
    """UTF-16 would hide a document type from whoever looks for its letters."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE svg [<!ENTITY a "ö">]>' + SVG.format("ö")
    with pytest.raises(UnusablePictureError):
        picture_in(text.encode(encoding, "ignore"), "image/svg+xml")


MEASURED = (
    '<path d="M-1.5.5h9e-1v+9z"/><rect x="1" y="-.5" width="100%" height="2.5mm" rx="1e1"/>'
    '<g transform="rotate(45 1,1) translate(-1.5,2)"><polygon points="0,0 1.5-2"/></g><g transform="none"/>'
)


@pytest.mark.parametrize(
    "inside", [MEASURED, "".join(_levels(10, 3)), '<g fill="url(#a)">' + SHAPE + "</g>" + SHAPE * 99, ""]
)
def test_an_ordinary_drawing_may_refer_to_its_parts(inside: str) -> None:
    for text in (SVG.format(inside), '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n' + SVG.format(inside)):
        assert picture_in(text.encode(), "image/svg+xml").shape == 1


@pytest.mark.parametrize(
    ("size", "said"),
    [(b"\0\x10\0\x20", ""), (b"\xff\xff\xff\xff", "has 65,535 x 65,535 pixels"), (b"\0\0\0\x20", "has 32 x 0 pixels")],
)
def test_a_photo_is_measured(size: bytes, said: str) -> None:
    content = JPEG.replace(b"{}", size)
    if not said:
        assert picture_in(content, "image/jpeg").shape == 2
        return
    with pytest.raises(UnusablePictureError, match=said):
        picture_in(content, "image/jpeg")


def _noted(marker: int, note: bytes) -> bytes:
    segment = bytes([0xFF, marker]) + (len(note) + 2).to_bytes(2) + note
    return JPEG.replace(b"{}", b"\0\1\0\1").replace(b"\xff\xd8", b"\xff\xd8" + segment, 1)


PLACE_TAKEN = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x88\x25\0\4\0\0\0\1\0\0\0\0GPS"


@pytest.mark.parametrize(("marker", "kept"), [(0xE0, True), (0xEE, True), (0xE1, False), (0xED, False), (0xFE, False)])
def test_a_photo_says_nothing_beside_what_it_shows(marker: int, kept: bool) -> None:
    noted = _noted(marker, PLACE_TAKEN)
    picture = picture_in(noted, "image/jpeg")
    assert (b"GPS" in picture.content) == kept
    assert picture.content == (noted if kept else JPEG.replace(b"{}", b"\0\1\0\1"))


@pytest.mark.parametrize(
    "order", [b"MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6", b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0"]
)
def test_a_photo_that_only_a_note_turns_is_refused(order: bytes) -> None:
    with pytest.raises(UnusablePictureError, match="lies on its side"):
        picture_in(_noted(0xE1, b"Exif\0\0" + order + b"\0\0"), "image/jpeg")


def test_a_web_page_takes_in_the_pictures_that_it_names(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder in (own, shipped):
        (folder / "seals").mkdir(parents=True)
        (folder / "seals" / "a & b.png").write_bytes(WHOLE)
    (own / "seals" / "a & b.png").write_bytes(WHOLE + b"own")
    (tmp_path / "outside.png").write_bytes(WHOLE)
    source, folders = f"data:image/png;base64,{b64encode(WHOLE + b'own').decode()}", (str(own), str(shipped))
    named = """<img alt="x" src="seals/a &amp; b.png" class="y"><img src='seals/a &amp; b.png'>"""
    assert with_pictures(named, folders) == f"""<img alt="x" src="{source}" class="y"><img src='{source}'>"""
    for other in ("../outside.png", "none.png", "https://a.org/b.png", "seals/a", "data:image/png;base64,AAAA"):
        assert with_pictures(f'<img src="{other}">', folders) == f'<img src="{other}">'


def test_pictures_in_a_page_have_no_notes() -> None:
    noted, plain = (b64encode(each).decode() for each in (_noted(0xFE, b"x"), JPEG.replace(b"{}", b"\0\1\0\1")))
    assert without_notes(f"<img src='data:image/jpeg;base64,{noted}'>") == f"<img src='data:image/jpeg;base64,{plain}'>"
    spoilt = "<img src='data:image/png;base64,AAAA'>data:image/png;base64,A"
    assert without_notes(spoilt) == spoilt


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", JPEG[:30], JPEG.replace(b"{}", b"\0\1\0\1") + b"<script>"])
def test_a_photo_that_is_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(UnusablePictureError, match=r"is no JPEG picture|is cut off"):
        picture_in(content, "image/jpeg")


def test_a_png_with_the_name_of_a_photo_gets_its_own_name() -> None:
    with pytest.raises(UnusablePictureError, match=r"no JPEG picture.*give it the ending \.png"):
        picture_in(WHOLE, "image/jpeg")


@given(st.binary(max_size=200), st.sampled_from(["image/png", "image/jpeg", "image/svg+xml", "text/html"]))
def test_any_bytes_are_judged(content: bytes, kind: str) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", head(4, 3), b"<svg "):
        with pytest.raises(UnusablePictureError):
            picture_in(start + content, kind)
