"""From what was asked for to requests for the build: which partnerships, and the formats this machine can make."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from os import cpu_count
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.model.formats import FORMATS
from briefgen.publish.decide import BuildRequest
from briefgen.read.facts import partnerships, shared_ids
from briefgen.read.workspace import Workspace
from briefgen.render.workers import LimitedProcesses
from briefgen.tools.doctor import Diagnosis, format_trouble


class UnknownNameError(ValueError):
    """A language, document or format that the settings do not name; the text says which and what is near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What is to be built; nothing given means what the settings say."""

    partnerships: tuple[str, ...] = ()
    day: date
    today: date
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    out: Path
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """A request for each partnership, and why some formats cannot be made."""

    requests: tuple[BuildRequest, ...]
    formats: tuple[str, ...]
    """Those that can be made."""
    missing: Mapping[str, Diagnosis]
    """Those that this machine cannot make, and why."""


def make_requests(workspace: Workspace, options: BuildOptions) -> Requests:
    """What these options ask for; FindingsError where a partnership is not there or nothing could be made."""
    found = choose_partnerships(workspace, options.partnerships)
    if wrong := shared_ids(workspace):
        raise FindingsError(wrong)
    settings = workspace.settings
    formats = choose(options.formats, settings.formats, "format")
    missing = {each: trouble for each in formats if (trouble := format_trouble(each))}
    made = tuple(each for each in formats if each not in missing)
    if not made:
        machine = Location("this machine")
        raise FindingsError(Finding(machine, "P507", each.detail, hint=each.fix) for each in missing.values())
    requests = tuple(
        BuildRequest(
            workspace=workspace,
            facts=facts,
            day=options.day,
            today=options.today,
            languages=choose(options.languages, settings.languages, "language"),
            documents=choose(options.documents, settings.documents, "document"),
            formats=made,
            missing=tuple(missing),
            out=options.out,
            strict=options.strict,
        )
        for facts in found
    )
    return Requests(requests=requests, formats=made, missing=missing)


@contextmanager
def executor_for(workspace: Workspace, formats: tuple[str, ...] = ()) -> Iterator[Executor]:
    """Worker processes with the limits of the settings, one for each core; the modules of `formats` are preloaded."""
    settings = workspace.settings
    modules = tuple(FORMATS[each].module for each in formats)
    with LimitedProcesses(
        cpu_count() or 1, settings.seconds_per_document, settings.megabytes_per_document, modules
    ) as executor:
        yield executor


def choose(asked: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """What was asked for, in the order of the settings; all of it where nothing was asked for."""
    for name in asked:
        if name not in known:
            raise UnknownNameError(f"the settings name no {what} '{name}'; {did_you_mean(name, known)}")
    return tuple(each for each in known if not asked or each in asked)


def choose_partnerships(workspace: Workspace, names: tuple[str, ...]) -> list[Path]:
    """The facts of these partnerships, or of all; FindingsError where one is not there."""
    found = {path.stem: path for path in partnerships(workspace)}
    for name in names:
        if name not in found:
            hint = did_you_mean(name, found)
            raise FindingsError([Finding(Location("facts"), "W004", f"there is no facts file '{name}'", hint=hint)])
    return [found[name] for name in names or found]
