"""Reads the two files, lays one over the other key by key, and turns what they say into a Look."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from briefgen.findings import Finding, Place, in_order
from briefgen.legible import lightened, needed
from briefgen.look import embargo, fonts, logo, sections, words
from briefgen.look.palette import colour_faults
from briefgen.model.book import Path
from briefgen.model.look import Colours, Look, LookFile
from briefgen.places import LOOK_FILE
from briefgen.shape import read_as
from briefgen.workspace import Workspace, shipped_templates
from briefgen.yamlfile import Plain, YamlFile, read_yaml


def read_look(workspace: Workspace, codes: Iterable[str]) -> tuple[Look | None, tuple[Finding, ...]]:
    """The look for these languages and every fault of its files; None where they cannot be read as one."""
    shipped, file = _files(workspace)
    if shipped is None:
        return None, file.findings
    said, findings = read_as(LookFile, file)
    if said is None:
        return None, in_order(findings)
    picture, wrong_logo = logo.read_logo(workspace, said.logo, file)
    until, wrong_hour = embargo.read_embargo(said.embargo, file)
    found = (
        *findings,
        *colour_faults(said, file),
        *fonts.font_faults(workspace, said.fonts, file),
        *sections.section_faults(workspace, said.sections, shipped.sections, file),
        *sections.limit_faults(workspace, said.page_limits, file),
        *words.gaps(said, tuple(codes), file),
        *words.marking_faults(said, file),
        *wrong_logo,
        *wrong_hour,
    )
    look = Look(
        colours=said.colours,
        dark=_dark(said, shipped),
        fonts=tuple((code, family) for code, family in sorted(said.fonts.items()) if code != fonts.DEFAULT),
        font=said.fonts.get(fonts.DEFAULT, ""),
        sections=said.sections,
        page_limits=said.page_limits,
        logo=picture,
        prepared_by=said.prepared_by,
        contact=said.contact,
        handling=said.handling,
        embargo=until,
    )
    return look, in_order(found)


def look_places(workspace: Workspace) -> Mapping[Path, Place]:
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
    hidden: set[Path] = set()
    value = _merged(above.value, below.value, (), hidden)
    kept = [path for path in below.places if not any(path[: len(each)] == each for each in hidden)]
    return YamlFile(
        value=value,
        places={**{path: below.places[path] for path in kept}, **above.places},
        keys={**{path: below.keys[path] for path in kept if path in below.keys}, **above.keys},
        findings=(*above.findings, *below.findings),
    )


def _merged(above: Plain, below: Plain, path: Path, hidden: set[Path]) -> Plain:
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


def _no_colour(place: Place, name: str) -> Finding:
    hint = 'write it in quotes, as "#12436d": behind a bare # stands a remark'
    return Finding(place, "F004", f"'{name}' says no colour", hint=hint)


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
