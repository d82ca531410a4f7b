"""Turns what a person asks for into requests for the build, and makes the workers that render its documents."""

import sys
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from os import cpu_count
from pathlib import Path
from shlex import quote

from briefgen.model.document import FORMATS
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.publish.decide import BuildRequest
from briefgen.read.facts import partnerships, shared_ids
from briefgen.read.workspace import Workspace
from briefgen.render.workers import LimitedProcesses
from briefgen.tools.doctor import Diagnosis, format_trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What is to be built, by names that are known; empty means what the settings name."""

    partnerships: tuple[str, ...] = ()
    day: date
    today: date
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    out: Path
    strict: bool = False
    cluster: str = ""
    """The address of a Dask cluster whose machines do the work; empty for this one."""
    all_formats: bool = False
    """Whether nothing is to be built if this machine cannot make one of the formats."""


def make_requests(
    workspace: Workspace, options: BuildOptions
) -> tuple[tuple[BuildRequest, ...], Mapping[str, Diagnosis]]:
    """Return a request for each partnership; and the formats that this machine cannot make, each with the reason.

    FindingsError if a partnership does not exist, or nothing could be made.
    """
    found = choose_partnerships(workspace, options.partnerships)
    if shared := shared_ids(workspace):
        raise FindingsError(shared)
    settings = workspace.settings
    wanted = _asked(options.formats, tuple(dict.fromkeys((*settings.formats, *options.formats))))
    missing = {each: trouble for each in wanted if (trouble := format_trouble(each))}
    formats = tuple(each for each in wanted if each not in missing)
    if missing and (options.all_formats or not formats):
        machine = Location("this machine")
        raise FindingsError(Finding(machine, "P507", each.detail, hint=each.fix) for each in missing.values())
    whole = (whole_edition(workspace, facts, options.day, options.today, options.out) for facts in found)
    requests = (
        replace(
            request,
            languages=_asked(options.languages, settings.languages),
            documents=_asked(options.documents, settings.documents),
            formats=formats,
            missing=tuple(missing),
            strict=options.strict,
        )
        for request in whole
    )
    return tuple(requests), missing


def whole_edition(workspace: Workspace, facts: Path, day: date, today: date, out: Path) -> BuildRequest:
    """Return the request for everything that the settings name, as of a day."""
    settings = workspace.settings
    return BuildRequest(
        workspace=workspace,
        facts=facts,
        day=day,
        today=today,
        languages=settings.languages,
        documents=settings.documents,
        formats=settings.formats,
        out=out,
    )


def _asked(names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in the order of the settings, or all if there are none."""
    return tuple(each for each in known if not names or each in names)


def executor_for(workspace: Workspace, formats: tuple[str, ...] = (), cluster: str = "") -> Executor:
    """Return worker processes, one for each core, with the limits of the settings and what `formats` need loaded.

    They are started at once, to be ready when the facts have been read. With the address of a Dask cluster they are on
    its machines; FindingsError if it cannot be used.
    """
    seconds, megabytes = workspace.settings.seconds_per_document, workspace.settings.megabytes_per_document
    modules = tuple(FORMATS[each].module for each in formats)
    if not cluster:
        pool = LimitedProcesses(cpu_count() or 1, seconds, megabytes, modules)
        pool.prepare()
        return pool
    try:
        from briefgen.tools.cluster import Cluster
    except ModuleNotFoundError as error:
        message = f"a cluster needs a library that is not installed here: {error.name}"
        hint = f"install it with: {quote(sys.executable)} -m pip install distributed"
        raise FindingsError.of(cluster, "P513", message, hint) from None
    return Cluster(cluster, seconds, megabytes, modules)


def choose_partnerships(workspace: Workspace, names: tuple[str, ...]) -> list[Path]:
    """Return the facts of these partnerships, or of all if none is named; FindingsError if one does not exist."""
    found = {path.stem: path for path in partnerships(workspace)}
    for name in names:
        if name not in found:
            raise FindingsError.of("facts", "W004", f"there is no facts file '{name}'", did_you_mean(name, found))
    return [found[name] for name in names or found]


def position(request: BuildRequest, name: str) -> list[int]:
    """Return the place of a file's name in the order of the settings: by document, language, format."""
    order = (request.documents, request.languages, request.formats)
    return [names.index(part) for names, part in zip(order, name.rsplit(".", 2), strict=True)]
