"""Reads the two files, lays one over the other key by key, and turns what they say into a Look."""

import logging
import re
import struct
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo, available_timezones

from briefgen.check.look import LookSubject, Markings, lightened, needed
from briefgen.check.registry import LOOK
from briefgen.model.book import KeyPath
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean, in_order
from briefgen.model.look import Colours, Embargo, LocalTime, Logo, LogoFile, Look, LookFile
from briefgen.read.paths import LOOK_FILE, shipped_templates
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace, known_documents
from briefgen.read.yaml import Plain, YamlFile, read_yaml


def read_embargo(at: LocalTime | None, file: YamlFile) -> tuple[Embargo | None, tuple[Finding, ...]]:
    """The embargo with its zone's distance from UTC at that hour. K905: the zone or the hour does not exist.

    An hour that the clocks show twice is the later one: an embargo is rather too long than too short.
    """
    if at is None:
        return None, ()
    location = file.locations.get(("embargo",), Location(""))
    if at.zone not in (zones := available_timezones()):
        hint = did_you_mean(at.zone, zones) or "name it like Asia/Seoul, Asia/Ho_Chi_Minh or UTC"
        return None, (Finding(location, "K905", f"there is no time zone '{at.zone}'", hint=hint),)
    moment = datetime.combine(at.day, time(at.hour, at.minute, fold=1), ZoneInfo(at.zone))
    if _is_skipped(moment):
        message = f"the clocks of {at.zone} leave {at.hour:02}:{at.minute:02} out on {at.day}"
        return None, (Finding(location, "K905", message, hint="take an hour before or after"),)
    offset = moment.utcoffset() or timedelta()
    return Embargo(at=at, offset_minutes=round(offset.total_seconds() / 60)), ()


def lapsed(embargo: Embargo, locations: Mapping[KeyPath, Location], now: datetime) -> Iterator[Finding]:
    """K911: the embargo's hour is over, and its line is still printed."""
    end = datetime.combine(embargo.at.day, time(embargo.at.hour, embargo.at.minute), UTC)
    if end - timedelta(minutes=embargo.offset_minutes) <= now:
        message = f"the embargo ended on {embargo.at.day} at {embargo.at.hour:02}:{embargo.at.minute:02}"
        location = locations.get(("embargo",), Location(""))
        yield Finding(location, "K911", message, Severity.WARNING, hint="take the line away, or give it a later hour")


def _is_skipped(moment: datetime) -> bool:
    """Whether summer time begins over it (PEP 495: an hour in a gap does not come back from UTC as it went)."""
    zone = moment.tzinfo
    back = moment.astimezone(ZoneInfo("UTC")).astimezone(zone)
    return back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def _own_parts(workspace: Workspace) -> set[str]:
    """Parts that only this workspace has: sections of its own."""
    shipped = {path.stem for path in (shipped_templates() / "parts").glob("*.html")}
    return {path.stem for path in (workspace.template_folders[0] / "parts").glob("*.html")} - shipped


_MARKINGS = Path(__file__).with_name("state-markings.yaml")
"""Beside the program and not among the templates: no workspace can lay another over it."""
_NO_TEXT = {".html": re.compile(r"<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"), ".css": re.compile(r"[\"']")}
"""What separates the texts that a template prints: tags and expressions; in a style sheet the quotes of `content`."""


@cache
def state_markings() -> Mapping[str, str]:
    """The markings as they are compared; read once, since they come with the program and do not change."""
    listed, findings = read_as(Markings, read_yaml(_MARKINGS, _MARKINGS.name))
    if listed is None:
        raise FindingsError(findings)
    return listed.folded()


def read_look(workspace: Workspace, codes: Iterable[str]) -> tuple[Look | None, tuple[Finding, ...]]:
    """The look for these languages and every fault of its files; None where they cannot be read as one."""
    shipped, file = _files(workspace)
    if shipped is None:
        return None, file.findings
    said, findings = read_as(LookFile, file)
    if said is None:
        return None, in_order(findings)
    picture, wrong_logo = read_logo(workspace, said.logo, file)
    until, wrong_hour = read_embargo(said.embargo, file)
    subject = LookSubject(
        said=said,
        locations=file.locations,
        keys=file.keys,
        languages=tuple(codes),
        sections=frozenset({*shipped.sections, *_own_parts(workspace)}),
        documents=frozenset(known_documents(workspace)),
        markings=state_markings(),
    )
    faults = (fault for check in LOOK for fault in check(subject))
    found = (*findings, *faults, *font_faults(workspace, said.fonts, file), *wrong_logo, *wrong_hour)
    look = Look(
        colours=said.colours,
        dark=_dark(said, shipped),
        fonts=tuple((code, family) for code, family in sorted(said.fonts.items()) if code != DEFAULT),
        font=said.fonts.get(DEFAULT, ""),
        sections=said.sections,
        page_limits=said.page_limits,
        logo=picture,
        prepared_by=said.prepared_by,
        contact=said.contact,
        handling=said.handling,
        embargo=until,
    )
    return look, in_order(found)


def printed_texts(workspace: Workspace) -> Iterator[tuple[Location, str]]:
    """What the workspace's own templates and style sheets print, piece by piece."""
    folder = workspace.template_folders[0]
    for path in sorted(folder.rglob("*")) if folder.is_relative_to(workspace.root) else ():
        if path.suffix in _NO_TEXT and path.relative_to(folder).parts[0] != "starter":
            for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1):
                for text in _NO_TEXT[path.suffix].split(line):
                    yield Location(workspace.shown(path), number), text


def look_locations(workspace: Workspace) -> Mapping[KeyPath, Location]:
    """Where each key of the look stands."""
    return _files(workspace)[1].keys


def _files(workspace: Workspace) -> tuple[LookFile | None, YamlFile]:
    """What the shipped file says (None where it is damaged), and the two as one."""
    path = shipped_templates() / LOOK_FILE
    below = _without_empty(read_yaml(path, workspace.shown(path)))
    shipped, findings = read_as(LookFile, below)
    if shipped is None:
        return None, replace(below, findings=findings)
    own = workspace.template_folders[0] / LOOK_FILE
    if own == path or not own.is_file():
        return shipped, below
    above = _without_empty(read_yaml(own, workspace.shown(own)))
    if above.findings:
        return shipped, replace(below, findings=above.findings)
    return shipped, laid_over(above, below)


def laid_over(above: YamlFile, below: YamlFile) -> YamlFile:
    """Both files as one: what the upper one names is taken from there, within mappings too; lists are replaced."""
    hidden: set[KeyPath] = set()
    value = _merged(above.value, below.value, (), hidden)
    kept = [path for path in below.locations if not any(path[: len(each)] == each for each in hidden)]
    return YamlFile(
        value=value,
        locations={**{path: below.locations[path] for path in kept}, **above.locations},
        keys={**{path: below.keys[path] for path in kept if path in below.keys}, **above.keys},
        findings=(*above.findings, *below.findings),
    )


def _merged(above: Plain, below: Plain, path: KeyPath, hidden: set[KeyPath]) -> Plain:
    if not (isinstance(above, dict) and isinstance(below, dict)):
        hidden.add(path)
        return above
    merged = dict(below)
    for key, value in above.items():
        merged[key] = _merged(value, below[key], (*path, key), hidden) if key in below else value
    return merged


def _without_empty(file: YamlFile) -> YamlFile:
    """A key with nothing behind it says nothing: `handling:` on its own is as good as none. But a colour must."""
    if not isinstance(file.value, dict):
        return replace(file, value={} if file.value is None else file.value)
    value: dict[str, Plain] = {key: each for key, each in file.value.items() if each is not None}
    found: list[Finding] = []
    for key in ("colours", "dark_colours"):
        if isinstance(colours := value.get(key), dict):
            found += (_no_colour(file.keys[key, name], name) for name, each in colours.items() if each is None)
            value[key] = {name: each for name, each in colours.items() if each is not None}
    return replace(file, value=value, findings=(*file.findings, *found))


def _no_colour(location: Location, name: str) -> Finding:
    hint = 'write it in quotes, as "#12436d": behind a bare # stands a remark'
    return Finding(location, "F004", f"'{name}' says no colour", hint=hint)


def _dark(said: LookFile, shipped: LookFile) -> Colours:
    """For dark screens; a colour that was changed for light ones alone is lightened until it can be read."""
    changed = {
        name: lightened(getattr(said.colours, name), said.dark_colours.paper, needed(name))
        for name in (each.name for each in fields(Colours))
        if needed(name) > 1
        and getattr(said.colours, name) != getattr(shipped.colours, name)
        and getattr(said.dark_colours, name) == getattr(shipped.dark_colours, name)
    }
    return replace(said.dark_colours, **changed)


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
