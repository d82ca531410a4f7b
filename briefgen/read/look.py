"""Reads look.yaml, the workspace's own laid over the shipped one key by key, with the logo and the fonts it names."""

import logging
import os
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path, PureWindowsPath
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from briefgen.check import LOOK
from briefgen.check.look import TABLE, LookSubject, Markings, lightened, markings_in, needed, unknown_ids
from briefgen.files import composed, files_below, read_file, styled, text_if_readable
from briefgen.localise.language import Language
from briefgen.model import remembered
from briefgen.model.book import FactBook, KeyPath
from briefgen.model.dates import YEARS
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean, in_order
from briefgen.model.look import (
    SHEETS,
    Colours,
    ColumnWidth,
    Embargo,
    LocalTime,
    Logo,
    LogoFile,
    Look,
    LookFile,
    PaperSheet,
)
from briefgen.read import LOOK_FILE, shipped_templates
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace, known_documents
from briefgen.read.yaml import Plain, YamlFile, laid_over, read_yaml
from briefgen.read.zones import zone_hint
from briefgen.render.pictures import KINDS, SIGNATURE, UnusablePictureError, font_fault, picture_in

_MARKINGS = Path(__file__).with_name("state-markings.yaml")
"""Beside the program and not among the templates, so that no workspace can lay another over it."""
_NO_TEXT = {
    ".html": re.compile(r"<[^<>]*>|\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}|\{#(?:(?!\{#|#\}).)*#\}"),
    ".css": re.compile(r"[\"']"),
}
"""What separates the texts that a template prints: tags and expressions; in a style sheet the quotes of `content`."""
_DEFAULT_FONT = "default"
"""The key of the family for all languages that `fonts` does not name."""
_SHIPPED_FAMILY = "Pretendard"
"""It is on every machine; `briefgen doctor` checks whether its files are whole."""
_MOST_BYTES = 150_000
_LOWEST, _HIGHEST, _WIDEST = 5, 25, 60
"""Of a logo, in millimetres."""
_PICTURES = (".svg", ".png")


def read_look(workspace: Workspace, codes: Iterable[str]) -> tuple[Look | None, tuple[Finding, ...]]:
    """Return the look for these languages, or None if the files cannot be read as one, and every fault of the files."""
    shipped, file = _files(workspace)
    if shipped is None:
        return None, file.findings
    written, findings = read_as(LookFile, file)
    if written is None:
        return None, in_order(findings)
    logo, logo_faults = _read_logo(workspace, written.logo, file)
    embargo, embargo_faults = _read_embargo(written.embargo, file)
    parts = {*shipped.sections, *_own_parts(workspace)}
    subject = LookSubject(
        written=written,
        locations=file.locations,
        keys=file.keys,
        languages=tuple(codes),
        sections=frozenset(each for each in parts if workspace.template_file(f"parts/{each}.html")),
        documents=frozenset(known_documents(workspace)),
        classes=_classes(workspace) if written.column_widths else frozenset(),
        markings=state_markings(),
    )
    faults = (fault for check in LOOK for fault in check(subject))
    found = (*findings, *faults, *_font_faults(workspace, written.fonts, file), *logo_faults, *embargo_faults)
    margins = written.paper.margins
    changed: dict[str, Any] = {
        "dark": _dark(written, shipped),
        "fonts": tuple((code, family) for code, family in sorted(written.fonts.items()) if code != _DEFAULT_FONT),
        "font": written.fonts.get(_DEFAULT_FONT, ""),
        "first_page_rows": asdict(written.first_page_rows),
        "paper": PaperSheet(
            **asdict(margins),
            size=written.paper.size.value,
            text_width=SHEETS[written.paper.size][0] - margins.left - margins.right,
        ),
        "column_widths": tuple(
            ColumnWidth(table=table, column=column, percent=percent)
            for table, columns in written.column_widths.items()
            for column, percent in columns.items()
        ),
        "logo": logo,
        "embargo": embargo,
    }
    same = {each.name: getattr(written, each.name) for each in fields(Look) if each.name not in changed}
    return Look(**same, **changed), in_order(found)


def _classes(workspace: Workspace) -> frozenset[str]:
    """Return the classes of everything in the templates, by which tables and columns are named."""
    every = styled(workspace.template_folders, workspace.root)
    texts = [text for path, text in every if path.suffix == ".html"]
    found = (name for text in texts for names in _CLASSES.findall(text) for name in names.split())
    tables = (f"{TABLE}{name}" for text in texts for names in _OF_TABLES.findall(text) for name in names.split())
    return frozenset((*found, *tables))


_CLASSES = re.compile(r"""\bclass="([\w\s-]+)""")
_OF_TABLES = re.compile(r"""<table\b[^>]*?\bclass="([\w\s-]+)""")


def read_and_check_look(
    workspace: Workspace, languages: Mapping[str, Language], codes: Iterable[str]
) -> tuple[Look | None, tuple[Finding, ...]]:
    """Return the look as far as it can be read, its faults, and state markings in labels and in own templates."""
    look, findings = read_look(workspace, codes)
    return look, in_order((*findings, *_markings_in_labels(languages), *_markings_in_templates(workspace)))


@remembered(2)
def _markings_in_labels(languages: Mapping[str, Language]) -> tuple[Finding, ...]:
    labels = [each for language in languages.values() for each in language.labels.values()]
    return tuple(markings_in(((each.location, each.text) for each in labels), state_markings()))


def look_as_written(workspace: Workspace) -> YamlFile:
    """Return the look as its files say it, with the places of keys and values."""
    return _files(workspace)[1]


def _files(workspace: Workspace) -> tuple[LookFile | None, YamlFile]:
    """Return what the shipped file says, or None if it is damaged, and both files as one."""
    path = shipped_templates() / LOOK_FILE
    below = _without_empty(read_yaml(path, workspace.shown(path), workspace.root))
    shipped, findings = read_as(LookFile, below)
    if shipped is None:
        return None, replace(below, findings=findings)
    own = workspace.template_folders[0] / LOOK_FILE
    if own == path or not os.path.lexists(own):
        return shipped, below
    above = _without_empty(read_yaml(own, workspace.shown(own), workspace.root))
    if above.findings:
        return shipped, replace(below, findings=above.findings)
    return shipped, laid_over(below, above, emptied=True)


def _own_parts(workspace: Workspace) -> set[str]:
    """Return the parts that only this workspace has: sections of its own."""
    own, shipped = (
        {composed(path.stem) for path in files_below(folder / "parts") if path.suffix == ".html"}
        for folder in (workspace.template_folders[0], shipped_templates())
    )
    return own - shipped


def _dark(own: LookFile, shipped: LookFile) -> Colours:
    """Return the colours of dark screens; one that was changed for light ones alone is lightened until legible."""
    changed = {
        name: lightened(getattr(own.colours, name), own.dark_colours.paper, needed(name))
        for name in (each.name for each in fields(Colours))
        if needed(name) > 1
        and getattr(own.colours, name) != getattr(shipped.colours, name)
        and getattr(own.dark_colours, name) == getattr(shipped.dark_colours, name)
    }
    return replace(own.dark_colours, **changed)


def _without_empty(file: YamlFile) -> YamlFile:
    """Return the file without empty keys: `handling:` on its own counts as absent. An empty colour is a finding."""
    if not isinstance(file.value, dict):
        return replace(file, value={} if file.value is None else file.value)
    value: dict[str, Plain] = {key: each for key, each in file.value.items() if each is not None}
    found: list[Finding] = []
    hint = 'write it in quotes, as "#12436d": behind a bare # stands a remark'
    for key in ("colours", "dark_colours"):
        if isinstance(colours := value.get(key), dict):
            empty = [name for name, colour in colours.items() if colour is None]
            found += (Finding(file.keys[key, name], "F004", f"'{name}' says no colour", hint=hint) for name in empty)
            value[key] = {name: colour for name, colour in colours.items() if colour is not None}
    return replace(file, value=value, findings=(*file.findings, *found))


@cache
def state_markings() -> Mapping[str, str]:
    """Return the markings of states, folded for comparison, and whose they are; the file is part of the program."""
    listed, findings = read_as(Markings, read_yaml(_MARKINGS, _MARKINGS.name))
    if listed is None:
        raise FindingsError(findings)
    return listed.folded()


def _markings_in_templates(workspace: Workspace) -> Iterator[Finding]:
    """Yield the markings of states that the workspace's own templates and style sheets print."""
    for path in workspace.own_templates:
        if path.suffix in _NO_TEXT:
            yield from _markings_in_file(workspace.shown(path), path.suffix, text_if_readable(path, workspace.root))


@lru_cache(maxsize=200)
def _markings_in_file(file: str, kind: str, content: str) -> tuple[Finding, ...]:
    lines = enumerate(content.split("\n"), 1)
    cut = _NO_TEXT[kind].split
    texts = ((Location(file, number), text) for number, line in lines for text in filter(str.strip, cut(line)))
    return tuple(markings_in(texts, state_markings()))


def _read_embargo(at: LocalTime | None, file: YamlFile) -> tuple[Embargo | None, tuple[Finding, ...]]:
    """Return the embargo with its zone's offset from UTC at that hour. K905: the zone or the hour does not exist.

    An hour that the clocks show twice is the later one, as an embargo had better be too long than too short.
    """
    if at is None:
        return None, ()
    location = file.at("embargo")
    if at.zone not in available_timezones():
        hint = zone_hint(at.zone) or "name it like Asia/Seoul, Asia/Ho_Chi_Minh or UTC"
        return None, (Finding(location, "K905", f"there is no time zone '{at.zone}'", hint=hint),)
    if at.day.year not in YEARS:
        message = f"the year must lie between {YEARS[0]} and {YEARS[-1]}, not {at.day.year}"
        return None, (Finding(location, "K905", message, hint="write the day on which the embargo ends"),)
    moment = datetime.combine(at.day, time(at.hour, at.minute, fold=1), ZoneInfo(at.zone))
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):  # PEP 495: summer time begins over this hour
        message = f"the clocks of {at.zone} leave {at.hour:02}:{at.minute:02} out on {at.day}"
        return None, (Finding(location, "K905", message, hint="take an hour before or after"),)
    offset = moment.utcoffset() or timedelta()
    return Embargo(at=at, offset_minutes=round(offset.total_seconds() / 60)), ()


def lapsed(embargo: Embargo, locations: Mapping[KeyPath, Location], now: datetime) -> Iterator[Finding]:
    """K911: the embargo's hour is over, and its line is still printed; or it is of another calendar."""
    location = locations.get(("embargo",), Location(""))
    if embargo.at.day.year > now.year + 10:
        message = f"the embargo would last until {embargo.at.day}"
        hint = "years are those of the Common Era: 2027 is the year 2570 of the Buddhist Era"
        yield Finding(location, "K911", message, Severity.WARNING, hint=hint)
    end = datetime.combine(embargo.at.day, time(embargo.at.hour, embargo.at.minute), UTC)
    if end - timedelta(minutes=embargo.offset_minutes) <= now:
        message = f"the embargo ended on {embargo.at.day} at {embargo.at.hour:02}:{embargo.at.minute:02}"
        yield Finding(location, "K911", message, Severity.WARNING, hint="take the line away, or give it a later hour")


def _read_logo(workspace: Workspace, named: LogoFile | None, file: YamlFile) -> tuple[Logo | None, tuple[Finding, ...]]:
    """Return the logo that `look.yaml` names. K908: it is missing, not safe, too large, or of no usable shape."""
    if named is None:
        return None, ()
    kind = Path(named.file).suffix.lower()
    try:
        if (content := _content(workspace, named.file)) is None:
            return None, ()
        picture = picture_in(content, KINDS[kind])
        _check_size(named.height_mm, picture.shape)
    except UnusablePictureError as error:
        message, hint = error.args
        key = "height_mm" if "height_mm" in hint and ("logo", "height_mm") in file.locations else "file"
        location = file.at("logo", key)
        return None, (Finding(location, "K908", f"the logo {message}", hint=hint),)
    source = f"data:{picture.kind};base64,{b64encode(picture.content).decode()}"
    logo = Logo(source=source, text=named.text, height_mm=named.height_mm)
    if b"Gradient" not in picture.content or picture.kind != KINDS[".svg"]:
        return logo, ()
    message = "the logo has a gradient, which some PDF viewers leave out or show with an edge"
    hint = "save it in flat colours, or as a .png file"
    return logo, (Finding(file.at("logo", "file"), "K908", message, Severity.NOTE, hint=hint),)


def _content(workspace: Workspace, name: str) -> bytes | None:
    """Return what the file holds, or None if it cannot be read, which is told of the file itself."""
    if Path(name).suffix.lower() not in _PICTURES:
        raise UnusablePictureError(f"'{name}' is neither an SVG nor a PNG file", _as_png(workspace, name))
    path, folders = workspace.template_file(name), workspace.template_folders
    if path is None or not any(path.resolve().is_relative_to(folder.resolve()) for folder in folders):
        files = (path for folder in folders for path in folder.glob("*.*") if path.is_file())
        pictures = {composed(path.name) for path in files if path.suffix.lower() in _PICTURES}
        file = PureWindowsPath(name).name  # which knows the separators of every system
        there = f"put the file there, and write its name alone: file: {file}" if file != name else "put the file there"
        raise UnusablePictureError(f"'{name}' is not in templates/", did_you_mean(file, pictures) or there)
    try:
        content = read_file(path, workspace.root)
    except OSError:
        return None  # Y001
    if len(content) > _MOST_BYTES:
        message = f"'{name}' has {len(content):,} bytes; the limit is {_MOST_BYTES:,}"
        raise UnusablePictureError(message, "save it smaller: it is printed a few centimetres wide")
    return content


def _as_png(workspace: Workspace, name: str) -> str:
    """Return how a file of another kind becomes a logo: some have only the name of one."""
    path = workspace.template_file(name)
    with suppress(OSError):
        if path and path.is_file() and read_file(path, workspace.root).startswith(SIGNATURE):
            return f"it is a PNG by what it holds: call it {Path(name).with_suffix('.png')}, here too"
    return "save it as .svg (best) or .png"


def _check_size(height: int, shape: float) -> None:
    """Refuse a logo that is too small or too large; `height` is in mm, `shape` the width divided by the height."""
    if not _LOWEST <= height <= _HIGHEST:
        raise UnusablePictureError(f"cannot be {height} mm high", f"write a height_mm from {_LOWEST} to {_HIGHEST}")
    if height * shape > _WIDEST:
        message = f"would be {height * shape:.0f} mm wide; the limit is {_WIDEST} mm"
        raise UnusablePictureError(message, f"write a height_mm of {int(_WIDEST / shape)} or less, or crop the picture")


def _font_faults(workspace: Workspace, wanted: Mapping[str, str], file: YamlFile) -> Iterator[Finding]:
    """K902: a family of which no file is in templates/fonts; or none for the languages that are not named."""
    if _DEFAULT_FONT not in wanted:
        hint = f"add a line 'default: {_SHIPPED_FAMILY}'"
        yield Finding(file.at("fonts"), "K902", "'fonts' has no default", hint=hint)
    others = {code: family for code, family in wanted.items() if family != _SHIPPED_FAMILY}
    known = _families(workspace) if others else set()
    for code, family in others.items():
        if family not in known:
            message = f"no font of the family '{family}' is in templates/fonts"
            hint = did_you_mean(family, known) + "; or put its .ttf or .otf files there"
            yield Finding(file.at("fonts", code), "K902", message, hint=hint)


def _families(workspace: Workspace) -> set[str]:
    """Return the family names of all undamaged fonts (OpenType 1.9, names 1 and 16); the build reports the others."""
    from fontTools.ttLib import TTFont  # loading it takes as long as all the rest of a check

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    families: set[str] = set()
    for path in (path for folder in workspace.template_folders for path in folder.glob("fonts/*")):
        if path.suffix.lower() in (".ttf", ".otf"):
            with suppress(Exception):  # a damaged file raises errors of any kind
                content = read_file(path, workspace.root)
                names = [] if font_fault(content, path.suffix) else TTFont(BytesIO(content), lazy=True)["name"].names
                families |= {composed(name.toUnicode()) for name in names if name.nameID in (1, 16)}
    return families


_FIELDS = ("fields", "fields_in_full")
"""What names fields of the facts."""


def check_look_ids(workspace: Workspace, look: Look, books: Iterable[FactBook | None]) -> list[Finding]:
    """Return the parties and fields that no partnership has (K912), but for fields that the shipped file names too.

    Those of `books` are known already. Others are read only where these do not have what is named, and where facts
    cannot be read, nothing is said.
    """
    shipped = read_yaml(shipped_templates() / LOOK_FILE).value
    shared = {id for key in _FIELDS for id in (shipped.get(key) if isinstance(shipped, dict) else ()) or ()}
    readers: list[tuple[KeyPath, str]] = [(("reader", code), party) for code, party in look.reader.items()]
    named = ((key, at, id) for key in _FIELDS for at, id in enumerate(getattr(look, key)))
    fields: list[tuple[KeyPath, str]] = [((key, at), id) for key, at, id in named if id not in shared]
    locations = look_as_written(workspace).locations

    def unknown(books: Iterable[FactBook | None]) -> list[Finding]:
        files = [book.file for book in books if book]
        parties, themes = (id for file in files for id in file.parties), (id for file in files for id in file.themes)
        return [*unknown_ids(readers, locations, parties, "party"), *unknown_ids(fields, locations, themes, "theme")]

    if not unknown(books):
        return []
    every = [read_facts(workspace, path)[0] for path in partnerships(workspace)]
    return [] if None in every else unknown(every)
