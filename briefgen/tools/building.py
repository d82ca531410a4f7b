"""Requests for the build from what a person asks, the workers that render, and a trial of every template."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from os import cpu_count
from pathlib import Path
from shlex import quote
from typing import Any

from briefgen.build import Files, files_for
from briefgen.check.languages import differing_languages
from briefgen.model.document import Document
from briefgen.model.edition import FORMATS, SCREEN, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean, plural
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.read.facts import partnerships, shared_ids
from briefgen.read.files import at_their_texts, check_styles, misnamed
from briefgen.read.look import look_as_written
from briefgen.read.workspace import Workspace, known_documents
from briefgen.render.documents import engine_warnings, render_markup
from briefgen.render.workers import LimitedProcesses, collect_seldom
from briefgen.tools.check import check_templates
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
    languages, documents = _asked(options.languages, settings.languages), _asked(options.documents, settings.documents)
    asked: dict[str, Any] = {"languages": languages, "documents": documents, "formats": formats}
    asked |= {"missing": tuple(missing), "strict": options.strict}
    whole = (whole_edition(workspace, facts, options.day, options.today, options.out) for facts in found)
    return tuple(replace(request, **asked) for request in whole), missing


def whole_edition(workspace: Workspace, facts: Path, day: date, today: date, out: Path) -> BuildRequest:
    """Return the request for everything that the settings name, as of a day."""
    named: dict[str, Any] = {key: getattr(workspace.settings, key) for key in ("languages", "documents", "formats")}
    return BuildRequest(workspace=workspace, facts=facts, day=day, today=today, out=out, **named)


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
    collect_seldom()
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


def try_templates(workspace: Workspace, today: date, *, paper: bool = True) -> tuple[list[Finding], int]:
    """Make every document in every language and publish nothing; return the findings and the number of pages.

    Each finding is told once, however many languages and documents show it. A format that this machine cannot make is
    a note.
    """
    findings, number = [*check_templates(workspace), *check_styles(workspace), *misnamed(workspace)], 0
    paged = [name for name, each in FORMATS.items() if each.paged] if paper else []
    able = tuple(name for name in paged if not format_trouble(name))
    if paged and not able:
        message = "paper was not tried: this machine cannot lay it out"
        findings.append(Finding(Location("templates"), "P507", message, Severity.NOTE, hint="briefgen doctor says why"))
    with executor_for(workspace, able) as executor:
        for facts in partnerships(workspace):
            request = whole_edition(workspace, facts, today, today, workspace.out)
            try:
                files = files_for(request, executor)
                plan = files.plan()
                for format in (SCREEN, *able):
                    every = replace(request, documents=known_documents(workspace), formats=(format,))
                    made, told = _tried(replace(files, request=every), plan, format)
                    findings += told
                    number += len(made)
            except FindingsError as error:
                findings += error.findings
            findings[:] = at_their_texts(workspace, facts, findings)
    return list(_once(workspace, findings)), number


def _tried(files: Files, plan: EditionPlan, format: str) -> tuple[tuple[Document, ...], list[Finding]]:
    """Return the documents in a format, and what is wrong with them; those of paper tell where each text comes from."""
    if format == SCREEN:
        made = files.render(files.jobs(plan, Rows()), one=render_markup)
        found = differing_languages(made)
    else:
        made = files.render([replace(job, traced=True) for job in files.jobs(plan, files.fit(plan))])
        found = engine_warnings(made)
    return made, [*found, *(each for document in made for each in document.findings)]


def _once(workspace: Workspace, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; of those of one kind at one place the first, with how many more there are.

    That a document is too long stands at the line of look.yaml that limits it.
    """
    keys, found = look_as_written(workspace).keys, dict[tuple[Location, str, str], list[Finding]]()

    def placed(each: Finding) -> Finding:
        limit = keys.get(("page_limits", each.location.file.partition(".")[0])) if each.code == "L802" else None
        return replace(each, location=limit) if limit else each

    for each in dict.fromkeys(map(placed, findings)):
        shows_on_pages = each.code in _ON_PAGES and each.location.line
        found.setdefault((each.location, each.code, "" if shows_on_pages else each.message), []).append(each)
    for first, *others in found.values():
        more = f" ({plural(len(others), 'more text')} too)" if others else ""
        yield replace(first, message=first.message + more)


_ON_PAGES = frozenset({"R406", "R407", "R408", "R411", "L802"})
"""What is told of each text and page that shows it."""
