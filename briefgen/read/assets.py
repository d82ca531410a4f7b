"""Fonts by their family: which ones stand in templates/fonts."""

import struct
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from briefgen.model.findings import Finding, Location, did_you_mean
from briefgen.model.look import Logo, LogoFile
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile

MOST_BYTES = 150_000
LOWEST, HIGHEST, WIDEST = 5, 25, 60
"""Millimetres."""
_PNG = b"\x89PNG\r\n\x1a\n"
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
_SVG, _XHTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"
_SHAPES = frozenset(
    {"svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"title", "desc", "metadata", "style", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"}
)
"""The elements that draw, and nothing that runs, loads, moves or needs a font."""


class UnusableAssetError(Exception):
    """The picture cannot be used: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


def read_logo(workspace: Workspace, said: LogoFile | None, file: YamlFile) -> tuple[Logo | None, tuple[Finding, ...]]:
    """The logo that `look.yaml` names. K908: it is not there, not safe, too large, or of no usable shape."""
    if said is None:
        return None, ()
    try:
        content = _content(workspace, said.file)
        shape = _svg_shape(content) if said.file.lower().endswith(".svg") else _png_shape(content)
        _check_size(said.height_mm, shape)
    except UnusableAssetError as unfit:
        key = "height_mm" if "height_mm" in unfit.hint and ("logo", "height_mm") in file.locations else "file"
        location = file.locations.get(("logo", key), Location(""))
        return None, (Finding(location, "K908", f"the logo {unfit.message}", hint=unfit.hint),)
    kind = _KINDS[Path(said.file).suffix.lower()]
    source = f"data:{kind};base64,{b64encode(content).decode()}"
    return Logo(source=source, text=said.text, height_mm=said.height_mm), ()


def _content(workspace: Workspace, name: str) -> bytes:
    if Path(name).suffix.lower() not in _KINDS:
        raise UnusableAssetError(f"'{name}' is neither an SVG nor a PNG file", "save it as .svg (best) or .png")
    path = workspace.template_file(name)
    folders = [folder.resolve() for folder in workspace.template_folders]
    if path is None or not any(path.resolve().is_relative_to(folder) for folder in folders):
        raise UnusableAssetError(f"'{name}' is not in templates/", _near(workspace, name) or "put the file there")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnusableAssetError(
            f"'{name}' cannot be read: {error.strerror}", "look at the rights of the file"
        ) from None
    if len(content) > MOST_BYTES:
        message = f"'{name}' has {len(content):,} bytes; the limit is {MOST_BYTES:,}"
        raise UnusableAssetError(message, "save it smaller: it is printed a few centimetres wide")
    return content


def _near(workspace: Workspace, name: str) -> str:
    folders = workspace.template_folders
    names = {path.name for folder in folders for path in folder.glob("*") if path.suffix.lower() in _KINDS}
    return did_you_mean(name, names)


def _check_size(height: int, shape: float) -> None:
    """`shape` is the width divided by the height."""
    if not LOWEST <= height <= HIGHEST:
        raise UnusableAssetError(f"cannot be {height} mm high", f"write a height_mm from {LOWEST} to {HIGHEST}")
    if height * shape > WIDEST:
        message = f"would be {height * shape:.0f} mm wide; the limit is {WIDEST} mm"
        raise UnusableAssetError(message, f"write a height_mm of {int(WIDEST / shape)} or less, or crop the picture")


def _png_shape(content: bytes) -> float:
    """From its header (PNG specification, 11.2.2)."""
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 57:
        raise UnusableAssetError("is no PNG picture, whatever its name says", "save it as PNG once more")
    width, height = struct.unpack(">II", content[16:24])
    if not width or not height:
        raise UnusableAssetError("is an empty picture", "save it as PNG once more")
    return float(width / height)


def _svg_shape(content: bytes) -> float:
    text = content.decode("utf-8-sig", "replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnusableAssetError("holds a document type, which may load other files", "save it as plain SVG")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 # no document type, hence no entities
    except ElementTree.ParseError as error:
        raise UnusableAssetError(f"is no SVG picture: {error}", "save it as plain SVG") from None
    if root.tag != f"{_SVG}svg":
        raise UnusableAssetError("is no SVG picture", "save it as plain SVG")
    for fault in _dangers(root):
        raise UnusableAssetError(
            f"{fault}", "save it as plain SVG, with letters turned into paths and pictures taken out"
        )
    return _proportion(root)


def _dangers(root: ElementTree.Element) -> Iterator[str]:
    """What makes a picture more than shapes; elements of drawing programs' own kinds are never drawn, and may stay."""
    for element in root.iter():
        name = element.tag.removeprefix(_SVG)
        if element.tag.startswith(_XHTML) or (element.tag.startswith(_SVG) and name not in _SHAPES):
            yield f"holds <{name.removeprefix(_XHTML)}>, which is no plain shape"
        if name == "style" and _leads_out(element.text or ""):
            yield "has a style that loads something"
        for key, value in element.attrib.items():
            plain = key.rpartition("}")[2].lower()
            if plain.startswith("on"):
                yield f"runs a script ({plain})"
            elif (plain == "href" and not value.startswith("#")) or _leads_out(value):
                yield f"refers to something outside itself ({plain}={value[:40]!r})"


def _leads_out(style: str) -> bool:
    """Whether a style loads anything but a part of the same picture."""
    folded = "".join(style.split()).lower()
    inside = folded.replace("url(#", "").replace("url('#", "").replace('url("#', "")
    return "url(" in inside or "@import" in folded or "javascript:" in folded or "\\" in folded


def _proportion(root: ElementTree.Element) -> float:
    """Width by height, of the view box or else of its own measures."""
    try:
        box = root.get("viewBox", "").replace(",", " ").split()
        width, height = box[2:] if len(box) == 4 else (root.attrib["width"], root.attrib["height"])
        shape = float(width.rstrip("pxmtcin%")) / float(height.rstrip("pxmtcin%"))
        if shape > 0:
            return shape
    except (KeyError, ValueError, ZeroDivisionError):
        pass
    raise UnusableAssetError("does not say how wide and high it is", "save it with a viewBox, as drawing programs do")


DEFAULT = "default"
_FONT_KINDS = {".ttf", ".otf"}


def font_faults(workspace: Workspace, wanted: Mapping[str, str], file: YamlFile) -> Iterator[Finding]:
    """K902: a family of which no file is in templates/fonts; or none for the languages that are not named."""
    if DEFAULT not in wanted:
        hint = "add a line 'default: Pretendard'"
        yield Finding(file.locations.get(("fonts",), Location("")), "K902", "'fonts' has no default", hint=hint)
    known = tuple(sorted({family for path in _files(workspace) for family in _families(path)}))
    for code, family in wanted.items():
        if family not in known:
            message = f"no font of the family '{family}' is in templates/fonts"
            hint = did_you_mean(family, known) + "; or put its .ttf or .otf files there"
            yield Finding(file.locations.get(("fonts", code), Location("")), "K902", message, hint=hint)


def _files(workspace: Workspace) -> Iterator[Path]:
    for folder in workspace.template_folders:
        yield from sorted(path for path in (folder / "fonts").glob("*") if path.suffix.lower() in _FONT_KINDS)


def _families(path: Path) -> Iterator[str]:
    """The names by which a font is asked for; none where the file is damaged, which the build would tell.

    Read from its table `name` (OpenType 1.9, names 1 and 16): the engines' own library would take longer to load than
    all the rest of a check.
    """
    try:
        with path.open("rb") as file:
            table = _table(file, b"name")
        count, start = struct.unpack_from(">2xHH", table)
        for number in range(count):
            platform, kind, length, at = struct.unpack_from(">H4xHHH", table, 6 + 12 * number)
            if kind in (1, 16):
                raw = table[start + at : start + at + length]
                yield raw.decode("mac-roman" if platform == 1 else "utf-16-be")
    except (OSError, struct.error, UnicodeDecodeError):
        return


def _table(file: BinaryIO, wanted: bytes) -> bytes:
    """One table of an OpenType file; empty where it has none."""
    (count,) = struct.unpack(">4xH6x", file.read(12))
    for tag, at, length in struct.iter_unpack(">4s4xII", file.read(16 * count)):
        if tag == wanted:
            file.seek(at)
            return file.read(length)
    return b""
