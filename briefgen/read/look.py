"""Reads the two files, lays one over the other key by key, and turns what they say into a Look."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from briefgen.check.look import Markings, lightened, marking_in, needed, too_faint
from briefgen.model.book import KeyPath
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean, in_order
from briefgen.model.look import NEVER_LEFT_OUT, Colours, Embargo, LocalTime, Look, LookFile
from briefgen.read import assets
from briefgen.read.paths import LOOK_FILE, shipped_templates
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace, known_documents
from briefgen.read.yaml import Plain, YamlFile, read_yaml


def colour_faults(said: LookFile, file: YamlFile) -> Iterator[Finding]:
    """K901: a colour has too little contrast with its paper."""
    for key, colours in (("colours", said.colours), ("dark_colours", said.dark_colours)):
        direction = "darker" if key == "colours" else "lighter"
        for name, ratio, least in too_faint(colours):
            location = file.locations.get((key, name), Location(""))
            message = (
                f"'{name}' has a contrast of {_ratio(ratio)} with the paper {colours.paper}; it needs {_ratio(least)}"
            )
            yield Finding(location, "K901", message, hint=f"take a {direction} colour")


def _ratio(ratio: float) -> str:
    """Rounded down, so that 4.499 never reads as enough."""
    return f"{int(ratio * 100) / 100:.2f}:1"


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


def section_faults(
    workspace: Workspace, sections: tuple[str, ...], shipped: tuple[str, ...], file: YamlFile
) -> Iterator[Finding]:
    """K903: a section that has no file, that stands there twice, or without which nobody could trust the briefing."""
    known = {*shipped, *_own_parts(workspace)}
    for number, name in enumerate(sections):
        location = file.locations.get(("sections", number), Location(""))
        if name not in known:
            message, hint = f"there is no section '{name}'", did_you_mean(name, known)
            yield Finding(location, "K903", message, hint=hint)
        elif name in sections[:number]:
            yield Finding(location, "K903", f"the section '{name}' stands here twice", hint="keep one of them")
    for name in NEVER_LEFT_OUT:
        if name not in sections:
            location = file.keys.get(("sections",), Location(""))
            message = f"the section '{name}' may not be left out: readers could not trust the rest without it"
            yield Finding(location, "K903", message, hint=f"add a line '- {name}'")


def limit_faults(workspace: Workspace, limits: Mapping[str, int], file: YamlFile) -> Iterator[Finding]:
    """K904: a page limit of a document that does not exist, or of less than one page."""
    known = known_documents(workspace)
    for name, pages in limits.items():
        if name not in known:
            location, hint = file.keys.get(("page_limits", name), Location("")), did_you_mean(name, known)
            yield Finding(location, "K904", f"there is no document '{name}'", hint=hint)
        elif pages < 1:
            location = file.locations.get(("page_limits", name), Location(""))
            yield Finding(location, "K904", f"'{name}' cannot have {pages} pages", hint="write 1 or more")


def _own_parts(workspace: Workspace) -> set[str]:
    """Parts that only this workspace has: sections of its own."""
    shipped = {path.stem for path in (shipped_templates() / "parts").glob("*.html")}
    return {path.stem for path in (workspace.template_folders[0] / "parts").glob("*.html")} - shipped


_FILE = Path(__file__).with_name("state-markings.yaml")
"""Beside the program and not among the templates: no workspace can lay another over it."""
_HINT = "write how the paper is to be handled in your own words, such as 'For internal use'; there is no override"
_NO_TEXT = {".html": re.compile(r"<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"), ".css": re.compile(r"[\"']")}
"""What parts the texts that a template prints: tags and gaps; in a style sheet the quotes around `content`."""


def gaps(said: LookFile, codes: tuple[str, ...], file: YamlFile) -> Iterator[Finding]:
    """K906: a line that one language has and another lacks; what is left out is left out in all of them."""
    for path, texts in _texts(said):
        missing = [code for code in codes if not texts.get(code)]
        if texts and missing:
            location = file.keys.get(path, Location(""))
            message = f"'{'.'.join(path)}' has no text in: {', '.join(missing)}"
            yield Finding(location, "K906", message, hint=f"add a line '{missing[0]}: ...' below it")


def marking_faults(said: LookFile, file: YamlFile) -> Iterator[Finding]:
    """K907: a text is a state's classification marking."""
    for path, texts in _texts(said):
        for code, text in texts.items():
            yield from _refused(text, file.locations.get((*path, code), Location("")))


def printed_markings(workspace: Workspace, texts: Iterable[tuple[Location, str]]) -> Iterator[Finding]:
    """K907 once more: in words of the catalogs, and in what the workspace's own templates print."""
    for location, text in texts:
        yield from _refused(text, location)
    folder = workspace.template_folders[0]
    for path in sorted(folder.rglob("*")) if folder.is_relative_to(workspace.root) else ():
        if path.suffix in _NO_TEXT and path.relative_to(folder).parts[0] != "starter":
            for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1):
                for text in _NO_TEXT[path.suffix].split(line):
                    yield from _refused(text, Location(workspace.shown(path), number))


def _refused(text: str, location: Location) -> Iterator[Finding]:
    if marking := marking_in(text, _known()):
        message = f"'{marking}' is a state's classification marking; a paper made from public sources must not carry it"
        yield Finding(location, "K907", message, hint=_HINT)


def _texts(said: LookFile) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    yield ("handling",), said.handling
    yield ("prepared_by",), said.prepared_by
    yield ("contact",), said.contact
    if said.logo:
        yield ("logo", "text"), said.logo.text


@cache
def _known() -> Mapping[str, str]:
    """The markings as they are compared; read once, since they come with the program and do not change."""
    listed, findings = read_as(Markings, read_yaml(_FILE, _FILE.name))
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
    picture, wrong_logo = assets.read_logo(workspace, said.logo, file)
    until, wrong_hour = read_embargo(said.embargo, file)
    found = (
        *findings,
        *colour_faults(said, file),
        *assets.font_faults(workspace, said.fonts, file),
        *section_faults(workspace, said.sections, shipped.sections, file),
        *limit_faults(workspace, said.page_limits, file),
        *gaps(said, tuple(codes), file),
        *marking_faults(said, file),
        *wrong_logo,
        *wrong_hour,
    )
    look = Look(
        colours=said.colours,
        dark=_dark(said, shipped),
        fonts=tuple((code, family) for code, family in sorted(said.fonts.items()) if code != assets.DEFAULT),
        font=said.fonts.get(assets.DEFAULT, ""),
        sections=said.sections,
        page_limits=said.page_limits,
        logo=picture,
        prepared_by=said.prepared_by,
        contact=said.contact,
        handling=said.handling,
        embargo=until,
    )
    return look, in_order(found)


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
