"""The logo: only a picture that is safe, there, and of a size a first page can bear."""

import struct
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from conftest import Read, said

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NAMESPACES} viewBox="0 0 {{width}} 10">{{inside}}</svg>'
LOOK = "logo:\n  file: {name}\n  height_mm: {height}\n  text: {{en: Ministry of Examples}}\n"


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def put(folder: Path, name: str, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "templates" / name).write_bytes(data)


@pytest.mark.parametrize("name", ["logo.svg", "logo.PNG"])
def test_a_plain_picture_becomes_an_address_that_holds_all_of_it(name: str, read: Read, tmp_path: Path) -> None:
    content = png(30, 10) if name.endswith("PNG") else SVG.format(width=30, inside='<path d="M0 0h9"/>').encode()
    put(tmp_path, name, content)
    look, findings = read(LOOK.format(name=name, height=12), "en")
    assert findings == ()
    assert look is not None
    assert look.logo is not None
    kind, _, data = look.logo.source.partition(";base64,")
    assert kind == ("data:image/png" if name.endswith("PNG") else "data:image/svg+xml")
    assert b64decode(data) == content
    assert (look.logo.text, look.logo.height_mm) == ({"en": "Ministry of Examples"}, 12)


DANGERS = {
    "<script>alert(1)</script>": "holds <script>, which is no plain shape",
    '<rect onload="x()"/>': "runs a script (onload)",
    '<image href="photo.png"/>': "holds <image>, which is no plain shape",
    '<use href="https://example.org/x.svg#a"/>': "refers to something outside itself (href=",
    '<use xlink:href="other.svg#a"/>': "refers to something outside itself (href=",
    '<a href="#x"><path d="M0 0"/></a>': "holds <a>, which is no plain shape",
    '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>': "holds <foreignObject>",
    '<p xmlns="http://www.w3.org/1999/xhtml">x</p>': "holds <p>, which is no plain shape",
    '<rect style="fill: url(http://example.org/x)"/>': "refers to something outside itself (style=",
    '<rect fill="url( HTTP://example.org/x )"/>': "refers to something outside itself (fill=",
    "<style>@import 'x.css';</style>": "has a style that loads something",
    "<style>rect { fill: u\\72l(x) }</style>": "has a style that loads something",
    '<animate attributeName="href"/>': "holds <animate>, which is no plain shape",
    "<text>Ministry</text>": "holds <text>, which is no plain shape",
}


@pytest.mark.parametrize("inside", DANGERS)
def test_k908_a_picture_that_runs_or_loads_something_is_refused(inside: str, read: Read, tmp_path: Path) -> None:
    put(tmp_path, "logo.svg", SVG.format(width=10, inside=inside))
    look, findings = read(LOOK.format(name="logo.svg", height=12), "en")
    (told,) = said(findings)
    assert told.startswith(f"templates/look.yaml:2:9 K908 the logo {DANGERS[inside]}")
    assert told.endswith("save it as plain SVG, with letters turned into paths and pictures taken out")
    assert look is None or look.logo is None


def test_a_gradient_of_its_own_and_remarks_of_a_drawing_program_may_stay(read: Read, tmp_path: Path) -> None:
    inside = (
        '<defs><linearGradient id="a"><stop/></linearGradient></defs><rect fill="url(#a)" style="fill:url(\'#a\')"/>'
        '<use href="#a"/><metadata><x xmlns="urn:program">made with a pen</x></metadata>'
    )
    put(tmp_path, "logo.svg", SVG.format(width=10, inside=inside))
    assert [each.severity.name for each in read(LOOK.format(name="logo.svg", height=12), "en")[1]] == ["NOTE"]


UNFIT: dict[str, tuple[str, str | bytes, int, str]] = {
    "a document type": ("logo.svg", "<!DOCTYPE svg><svg/>", 12, "holds a document type, which may load other files"),
    "broken": ("logo.svg", "<svg", 12, "is no SVG picture: "),
    "another kind of XML": ("logo.svg", "<html/>", 12, "is no SVG picture -> save it as plain SVG"),
    "no measures": (
        "logo.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        12,
        "does not say how wide and high it is",
    ),
    "no height": ("logo.svg", SVG.format(width=0, inside=""), 12, "does not say how wide and high it is"),
    "too wide": ("logo.svg", SVG.format(width=100, inside=""), 12, "would be 120 mm wide; the limit is 60 mm"),
    "too high": ("logo.svg", SVG.format(width=10, inside=""), 40, "cannot be 40 mm high -> write a height_mm from 5"),
    "too many bytes": ("logo.png", b"\0" * 150_001, 12, "'logo.png' has 150,001 bytes; the limit is 150,000"),
    "a photo by its name": ("logo.jpg", b"x", 12, "'logo.jpg' is neither an SVG nor a PNG file"),
    "a PNG saved as a photo": (
        "logo.jpg",
        png(9, 9),
        12,
        "'logo.jpg' is neither an SVG nor a PNG file -> it is a PNG by what it holds: call it logo.png, here too",
    ),
    "a PNG by its name alone": ("logo.png", b"GIF89a" + b"\0" * 60, 12, "is no PNG picture, whatever its name says"),
    "an empty PNG": ("logo.png", png(0, 10), 12, "is an empty picture"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_k908_a_picture_that_cannot_be_used_is_refused(name: str, read: Read, tmp_path: Path) -> None:
    file, content, height, told = UNFIT[name]
    put(tmp_path, file, content)
    _, findings = read(LOOK.format(name=file, height=height), "en")
    (found,) = said(findings)
    assert f"K908 the logo {told}" in found


def test_k908_a_picture_that_is_not_there(read: Read, tmp_path: Path) -> None:
    put(tmp_path, "logo.svg", SVG.format(width=10, inside=""))
    (told,) = said(read(LOOK.format(name="lgo.svg", height=12), "en")[1])
    assert told.endswith("K908 the logo 'lgo.svg' is not in templates/ -> did you mean 'logo.svg'?")
    (tmp_path / "secret.svg").write_text(SVG.format(width=10, inside=""), encoding="utf-8")
    (told,) = said(read(LOOK.format(name="../secret.svg", height=12), "en")[1])
    assert "K908 the logo '../secret.svg' is not in templates/" in told


def test_k906_a_logo_that_nobody_could_hear_of(read: Read, tmp_path: Path) -> None:
    put(tmp_path, "logo.svg", SVG.format(width=10, inside=""))
    (told,) = said(read(LOOK.format(name="logo.svg", height=12), "en", "ko")[1])
    assert "look.yaml:4:3 K906 'logo.text' has no text in: ko -> add a line 'ko: ...' below it" in told


def test_k908_a_gradient_is_warned_of_and_a_colour_by_name_is_refused(read: Read, tmp_path: Path) -> None:
    gradient = '<linearGradient id="a"><stop/></linearGradient><path fill="url(#a)" d="M0 0h9"/>'
    put(tmp_path, "logo.svg", SVG.format(width=30, inside=gradient))
    look, (found,) = read(LOOK.format(name="logo.svg", height=12), "en")
    assert (look is not None and look.logo is not None, found.code, found.severity.name) == (True, "K908", "NOTE")
    for inside in ('<path fill="var(--c)" d="M0 0h9"/>', "<style>path { fill: var(--c) }</style>"):
        put(tmp_path, "logo.svg", SVG.format(width=30, inside=inside))
        assert "which is printed black" in said(read(LOOK.format(name="logo.svg", height=12), "en")[1])[0]


def test_k908_a_document_type_can_be_deleted_by_hand(read: Read, tmp_path: Path) -> None:
    put(tmp_path, "logo.svg", "<!DOCTYPE svg>" + SVG.format(width=30, inside=""))
    (told,) = said(read(LOOK.format(name="logo.svg", height=12), "en")[1])
    assert "delete its line <!DOCTYPE ...> in a text editor" in told
