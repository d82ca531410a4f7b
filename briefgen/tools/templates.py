"""A workspace's own templates over the shipped ones: which there are, what differs, taking one and giving it back."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from briefgen import __version__
from briefgen.assess.briefing import assess
from briefgen.build import jobs, read
from briefgen.check import parity
from briefgen.localise.page import localise
from briefgen.model.document import Job
from briefgen.model.edition import EditionInfo, Making
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.model.formats import FORMATS
from briefgen.publish.decide import BuildRequest
from briefgen.read.facts import partnerships
from briefgen.read.paths import EJECTED, LOOK_FILE, shipped_templates
from briefgen.read.validate import LOOK_SCHEMA, write_look_schema
from briefgen.read.workspace import Workspace, known_documents
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.render.documents import render, render_markup
from briefgen.tools.building import executor_for
from briefgen.tools.check import check_templates

_PATTERNS = ("*.html", LOOK_FILE, "parts/*.html", "style/*.css", "languages/*.yaml")
_REMARK = "# Made by `briefgen template eject`: what the shipped file was when each was taken (sha256).\n"


class OverrideStatus(StrEnum):
    """Whose a template is."""

    SHIPPED = "as it comes with the program"
    ONLY_OURS = "your own; the program has none of this name"
    SAME = "your own, no different from the shipped one"
    DIFFERS = "your own, changed"
    BEHIND = "your own, changed; the shipped one has changed too since you took it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A file that documents are made with: the workspace's own, the shipped one, or both."""

    name: str
    own: Path | None
    shipped: Path | None
    base_sha256: str
    """The sha256 of the shipped file when the own one was taken from it; empty where nobody noted it."""

    @property
    def status(self) -> OverrideStatus:
        """Whose it is, and whether it differs."""
        if self.own is None:
            return OverrideStatus.SHIPPED
        if self.shipped is None:
            return OverrideStatus.ONLY_OURS
        if self.own.read_bytes() == self.shipped.read_bytes():
            return OverrideStatus.SAME
        return (
            OverrideStatus.BEHIND
            if self.base_sha256 and self.base_sha256 != _digest(self.shipped)
            else OverrideStatus.DIFFERS
        )


def templates(workspace: Workspace) -> tuple[Template, ...]:
    """Every template, part, style sheet and language, and look.yaml, by name."""
    own, shipped, taken = _own_folder(workspace), shipped_templates(), _taken(workspace)
    names = {_name(path, folder) for folder in (own, shipped) for path in _files(folder)}
    return tuple(
        Template(
            name=name,
            own=own / name if is_overriding(workspace) and (own / name).is_file() else None,
            shipped=shipped / name if (shipped / name).is_file() else None,
            base_sha256=taken.get(name, ""),
        )
        for name in sorted(names, key=lambda name: (name.count("/"), name))
    )


def is_overriding(workspace: Workspace) -> bool:
    """Whether the workspace's templates are its own; not where it holds the shipped ones themselves."""
    return _own_folder(workspace).resolve() != shipped_templates().resolve()


def find_template(workspace: Workspace, name: str) -> Template:
    """The template of that name, which may be said without its folder and ending: masthead."""
    known = templates(workspace)
    plain = name.removeprefix("templates/")
    found = [each for each in known if each.name == plain] or [
        each for each in known if plain in (Path(each.name).name, Path(each.name).stem)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        message, hint = f"there are several: {', '.join(each.name for each in found)}", "say it with its folder"
    else:
        names = {each.name for each in known}
        near = did_you_mean(plain, names) or did_you_mean(plain, {Path(each).stem for each in names})
        message, hint = f"there is no template '{name}'", near or "see what there is: briefgen template list"
    raise FindingsError([Finding(Location("templates"), "K909", message, hint=hint)])


def eject(workspace: Workspace, name: str) -> Path:
    """Copy a shipped template into the workspace for editing; what stands there already is never written over."""
    template = find_template(workspace, name)
    if not is_overriding(workspace):
        hint = "edit it there; git keeps what it was"
        raise _refused(template.name, "is the shipped file itself: this is the program's own workspace", hint)
    if template.own or template.shipped is None:
        raise _refused(template.name, "is your own already", f"edit it; or see: briefgen template compare {name}")
    copy = _own_folder(workspace) / template.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(template.shipped, copy)  # with the rights of a new file: an installed program may be read-only
    except OSError as error:
        copy.unlink(missing_ok=True)  # half a template would count as the workspace's own
        raise OSError(error.errno, error.strerror, str(copy)) from error
    if template.name == LOOK_FILE:
        write_look_schema(copy.with_name(LOOK_SCHEMA))
    _note(workspace, {**_taken(workspace), template.name: _digest(template.shipped)})
    return copy


def reset(workspace: Workspace, name: str) -> Path:
    """Put the workspace's own template aside, so that the shipped one counts again, and return where it went."""
    template = find_template(workspace, name)
    if template.own is None:
        raise _refused(template.name, "is the shipped one already", "there is nothing to undo")
    if template.shipped is None:
        hint = "there is no shipped one to go back to; delete or rename the file if you want it no longer"
        raise _refused(template.name, "is all your own", hint)
    aside = _free(template.own)
    template.own.rename(aside)
    _note(workspace, {known: digest for known, digest in _taken(workspace).items() if known != template.name})
    return aside


def differences(template: Template) -> Iterator[str]:
    """What is different in the own file: `-` stands in the shipped one only, `+` in the own one only.

    Line by line; but key by key in look.yaml, where what the own one does not say is not missing.
    """
    if template.own and template.shipped:
        own, shipped = read_yaml(template.own), read_yaml(template.shipped)
        if template.name == LOOK_FILE and isinstance(own.value, dict):
            yield from _changed_keys(dict(_flat(own.value)), dict(_flat(shipped.value)))
            return
        lines = unified_diff(_lines(template.shipped), _lines(template.own), n=1, lineterm="")
        yield from list(lines)[2:]


def try_templates(workspace: Workspace, today: date) -> tuple[list[Finding], int]:
    """Render every document in every language from the real facts and publish nothing: findings, and pages made."""
    findings, made = check_templates(workspace), 0
    with executor_for(workspace) as executor:
        for facts in partnerships(workspace):
            try:
                documents = render(_trial_jobs(workspace, facts, today), executor, lambda _: None, render_markup)
                findings += parity.differences(documents)
                made += len(documents)
            except FindingsError as error:
                findings += error.findings
    return findings, made


def _trial_jobs(workspace: Workspace, facts: Path, today: date) -> list[Job]:
    """One for each document there is a template of, whether the settings name it or not, in each language."""
    settings = workspace.settings
    request = BuildRequest(
        workspace=workspace,
        facts=facts,
        day=today,
        today=today,
        languages=settings.languages,
        documents=known_documents(workspace),
        formats=tuple(FORMATS)[:1],  # the markup is the same for all
        out=workspace.out,
    )
    book, languages, look = read(request)
    briefing = assess(book, today, settings.due_soon_days, settings.shelf_lives)
    info = EditionInfo(
        making=Making.EDITION,
        edition=1,
        revision=1,
        as_of=today,
        public_date=today,
        facts_sha256="0" * 64,
        briefgen=__version__,
    )
    pages = [localise(briefing, None, languages, code, info, look=look) for code in settings.languages]
    return jobs(request, look, pages)


def _changed_keys(own: Mapping[str, str], shipped: Mapping[str, str]) -> Iterator[str]:
    for key, value in own.items():
        if shipped.get(key) != value:
            yield from [f"-{key}: {shipped[key]}"] if key in shipped else []
            yield f"+{key}: {value}"


def _flat(value: Plain, key: str = "") -> Iterator[tuple[str, str]]:
    """Each value with its keys in one: colours.accent."""
    match value:
        case dict():
            for name, each in value.items():
                yield from _flat(each, f"{key}.{name}" if key else name)
        case list():
            yield key, ", ".join(str(each) for each in value)
        case str():
            yield key, value
        case None:  # a key with nothing behind it says nothing
            return


def _refused(name: str, message: str, hint: str) -> FindingsError:
    return FindingsError([Finding(Location(f"templates/{name}"), "K910", message, hint=hint)])


def _own_folder(workspace: Workspace) -> Path:
    return workspace.root / "templates"


def _files(folder: Path) -> Iterator[Path]:
    return (path for pattern in _PATTERNS for path in folder.glob(pattern) if path.is_file())


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _free(path: Path) -> Path:
    """A name beside it that nothing has: masthead.html.bak, masthead.html.2.bak."""
    number, aside = 1, path.with_name(f"{path.name}.bak")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.{number}.bak")
    return aside


def _taken(workspace: Workspace) -> Mapping[str, str]:
    """What was noted of each; a note that cannot be read is as good as none, since it only serves to compare."""
    value = read_yaml(_own_folder(workspace) / EJECTED).value
    return {key: each for key, each in value.items() if isinstance(each, str)} if isinstance(value, dict) else {}


def _note(workspace: Workspace, taken: Mapping[str, str]) -> None:
    path = _own_folder(workspace) / EJECTED
    if taken:
        path.write_text(_REMARK + yaml_text(dict(sorted(taken.items()))), encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
