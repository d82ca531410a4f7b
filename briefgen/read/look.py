"""Reads the two files, lays one over the other key by key, and turns what they say into a Look."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from briefgen.check.look import LookSubject, Markings, lightened, needed
from briefgen.check.registry import LOOK
from briefgen.model.book import KeyPath
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean, in_order
from briefgen.model.look import Colours, Embargo, LocalTime, Look, LookFile
from briefgen.read import assets
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
    picture, wrong_logo = assets.read_logo(workspace, said.logo, file)
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
    found = (*findings, *faults, *assets.font_faults(workspace, said.fonts, file), *wrong_logo, *wrong_hour)
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
        distribution=said.distribution,
        reader=said.reader,
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


def look_as_written(workspace: Workspace) -> YamlFile:
    """The look as its files say it, with the places of keys and values."""
    return _files(workspace)[1]


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
