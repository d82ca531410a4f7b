"""The files that `look.yaml` names: a logo, and families of fonts."""

import logging
import struct
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from briefgen.model.findings import Finding, Location, did_you_mean
from briefgen.model.look import Logo, LogoFile
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile

MOST_BYTES = 150_000
LOWEST, HIGHEST, WIDEST = 5, 25, 60
"""Millimetres."""
DEFAULT = "default"
"""The key of the family for all languages that `fonts` does not name."""
SHIPPED_FAMILY = "Pretendard"
"""It is there on every machine; `briefgen doctor` tells whether its files are whole."""
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
_SVG, _XHTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"
_SHAPES = frozenset(
    {"svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"title", "desc", "metadata", "style", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"}
)
"""The elements that draw, and nothing that runs, loads, moves or needs a font."""


class UnusableAssetError(Exception):
    """The picture cannot be used; its arguments are what is wrong with it, and what to do."""


def read_logo(workspace: Workspace, named: LogoFile | None, file: YamlFile) -> tuple[Logo | None, tuple[Finding, ...]]:
    """The logo that `look.yaml` names. K908: it is not there, not safe, too large, or of no usable shape."""
    if named is None:
        return None, ()
    kind = Path(named.file).suffix.lower()
    try:
        content = _content(workspace, named.file)
        _check_size(named.height_mm, _svg_shape(content) if kind == ".svg" else _png_shape(content))
    except UnusableAssetError as error:
        message, hint = error.args
        key = "height_mm" if "height_mm" in hint and ("logo", "height_mm") in file.locations else "file"
        location = file.locations.get(("logo", key), Location(""))
        return None, (Finding(location, "K908", f"the logo {message}", hint=hint),)
    source = f"data:{_KINDS[kind]};base64,{b64encode(content).decode()}"
    return Logo(source=source, text=named.text, height_mm=named.height_mm), ()


def _content(workspace: Workspace, name: str) -> bytes:
    if Path(name).suffix.lower() not in _KINDS:
        raise UnusableAssetError(f"'{name}' is neither an SVG nor a PNG file", "save it as .svg (best) or .png")
    path, folders = workspace.template_file(name), workspace.template_folders
    if path is None or not any(path.resolve().is_relative_to(folder.resolve()) for folder in folders):
        pictures = {path.name for folder in folders for path in folder.glob("*") if path.suffix.lower() in _KINDS}
        raise UnusableAssetError(f"'{name}' is not in templates/", did_you_mean(name, pictures) or "put the file there")
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"'{name}' cannot be read: {error.strerror}"
        raise UnusableAssetError(message, "look at the rights of the file") from None
    if len(content) > MOST_BYTES:
        message = f"'{name}' has {len(content):,} bytes; the limit is {MOST_BYTES:,}"
        raise UnusableAssetError(message, "save it smaller: it is printed a few centimetres wide")
    return content


def _check_size(height: int, shape: float) -> None:
    """`shape` is the width divided by the height."""
    if not LOWEST <= height <= HIGHEST:
        raise UnusableAssetError(f"cannot be {height} mm high", f"write a height_mm from {LOWEST} to {HIGHEST}")
    if height * shape > WIDEST:
        message = f"would be {height * shape:.0f} mm wide; the limit is {WIDEST} mm"
        raise UnusableAssetError(message, f"write a height_mm of {int(WIDEST / shape)} or less, or crop the picture")


def _png_shape(content: bytes) -> float:
    """Width by height, from the file's header (PNG specification, 11.2.2)."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR" or len(content) < 57:
        raise UnusableAssetError("is no PNG picture, whatever its name says", "save it as PNG once more")
    width, height = struct.unpack(">II", content[16:24])
    if not width or not height:
        raise UnusableAssetError("is an empty picture", "save it as PNG once more")
    return float(width / height)


def _svg_shape(content: bytes) -> float:
    """Width by height, of the view box or else of the picture's own measures."""
    plain, text = "save it as plain SVG", content.decode("utf-8-sig", "replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnusableAssetError("holds a document type, which may load other files", plain)
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 # no document type, hence no entities
    except ElementTree.ParseError as error:
        raise UnusableAssetError(f"is no SVG picture: {error}", plain) from None
    if root.tag != f"{_SVG}svg":
        raise UnusableAssetError("is no SVG picture", plain)
    if danger := next(_dangers(root), ""):
        raise UnusableAssetError(danger, f"{plain}, with letters turned into paths and pictures taken out")
    try:
        box = root.get("viewBox", "").replace(",", " ").split()
        width, height = box[2:] if len(box) == 4 else (root.attrib["width"], root.attrib["height"])
        shape = float(width.rstrip("pxmtcin%")) / float(height.rstrip("pxmtcin%"))
    except (KeyError, ValueError, ZeroDivisionError):
        shape = 0
    if shape <= 0:
        hint = "save it with a viewBox, as drawing programs do"
        raise UnusableAssetError("does not say how wide and high it is", hint)
    return shape


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


def font_faults(workspace: Workspace, wanted: Mapping[str, str], file: YamlFile) -> Iterator[Finding]:
    """K902: a family of which no file is in templates/fonts; or none for the languages that are not named."""
    if DEFAULT not in wanted:
        hint = f"add a line 'default: {SHIPPED_FAMILY}'"
        yield Finding(file.locations.get(("fonts",), Location("")), "K902", "'fonts' has no default", hint=hint)
    others = {code: family for code, family in wanted.items() if family != SHIPPED_FAMILY}
    known = _families(workspace) if others else set()
    for code, family in others.items():
        if family not in known:
            message = f"no font of the family '{family}' is in templates/fonts"
            hint = did_you_mean(family, known) + "; or put its .ttf or .otf files there"
            yield Finding(file.locations.get(("fonts", code), Location("")), "K902", message, hint=hint)


def _families(workspace: Workspace) -> set[str]:
    """The family names of all fonts (OpenType 1.9, names 1 and 16) but the damaged ones, which the build reports."""
    from fontTools.ttLib import TTFont  # loading it takes as long as all the rest of a check

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    families: set[str] = set()
    for path in (path for folder in workspace.template_folders for path in (folder / "fonts").glob("*")):
        if path.suffix.lower() in (".ttf", ".otf"):
            with suppress(Exception), path.open("rb") as file:  # a damaged file raises errors of any kind
                names = TTFont(file, lazy=True)["name"].names
                families |= {name.toUnicode() for name in names if name.nameID in (1, 16)}
    return families
