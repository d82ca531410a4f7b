"""Builds as people and schedules ask for them: requests, the workers that render; and a trial of every template."""

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from os import cpu_count
from pathlib import Path
from shlex import quote
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.build import Files, OnNote, build, files_for
from briefgen.model.edition import FORMATS, SCREEN, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish import current_pin, latest_of, up_to_date
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.read.facts import choose_partnerships, partnerships, shared_ids
from briefgen.read.files import check_styles, misnamed
from briefgen.read.told import at_their_texts, told_once
from briefgen.read.workspace import Workspace, find_workspace, known_documents
from briefgen.render.documents import compile_templates, differing_languages, engine_warnings, render_markup
from briefgen.render.workers import LimitedProcesses, collect_seldom
from briefgen.tools.check import check_templates, unused_classes
from briefgen.tools.doctor import Diagnosis, format_trouble
from briefgen.tools.schedule.report import Kind, RunOutcome

_BUSY, _TRIES, _SECONDS_BETWEEN = "P501", 31, 20
"""If another build is running, its end is waited for: ten minutes at most."""


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


def executor_for(workspace: Workspace, formats: tuple[str, ...], cluster: str = "") -> Executor:
    """Return worker processes with the limits of the settings and what `formats` need loaded.

    They are started at once, to be ready when the facts have been read. With the address of a Dask cluster they are on
    its machines; FindingsError if it cannot be used.
    """
    seconds, megabytes = workspace.settings.seconds_per_document, workspace.settings.megabytes_per_document
    modules = tuple(FORMATS[each].module for each in formats)
    collect_seldom()
    if not cluster:
        pool = LimitedProcesses(processes(workspace), seconds, megabytes, modules)
        pool.prepare(compile_templates, tuple(map(str, workspace.template_folders)))
        return pool
    try:
        from briefgen.tools.cluster import Cluster
    except ModuleNotFoundError as error:
        message = f"a cluster needs a library that is not installed here: {error.name}"
        hint = f"install it with: {quote(sys.executable)} -m pip install distributed"
        raise FindingsError.of(cluster, "P513", message, hint) from None
    return Cluster(cluster, seconds, megabytes, modules)


def processes(workspace: Workspace) -> int:
    """Return how many processes have work: one for each core, and no more than an edition has documents."""
    settings = workspace.settings
    return min(cpu_count() or 1, len(settings.languages) * len(settings.documents) * len(settings.formats))


def position(request: BuildRequest, name: str) -> list[int]:
    """Return the place of a file's name in the order of the settings: by document, language, format."""
    order = (request.documents, request.languages, request.formats)
    return [names.index(part) for names, part in zip(order, name.rsplit(".", 2), strict=True)]


def build_all(root: Path, clock: Callable[[], datetime], on_note: OnNote) -> Iterator[RunOutcome]:
    """Yield what became of each partnership that the settings name; the workspace is read anew for every run.

    FindingsError if there is nothing to build, or if this machine cannot make one of the formats: nobody is watching
    who could be content with a part.
    """
    workspace = find_workspace(root)

    def today() -> date:  # asked for each try: it may be past midnight by now
        return clock().astimezone(ZoneInfo(workspace.settings.timezone)).date()

    options = BuildOptions(day=today(), today=today(), out=workspace.out.absolute(), all_formats=True)
    requests, _ = make_requests(workspace, options)
    with executor_for(workspace, requests[0].formats) as executor:
        for request in requests:
            yield _outcome(request, today, executor, on_note)


def _outcome(request: BuildRequest, today: Callable[[], date], executor: Executor, on_note: OnNote) -> RunOutcome:
    """Build, once no other build is running any more, and return what came of it."""
    name = request.facts.stem
    for tries in range(1, _TRIES + 1):
        try:
            now = replace(request, day=today(), today=today())
            same = up_to_date(now.out, now.facts, now.fingerprint(), now.day)
            edition = same or build(now, executor, on_note=on_note)
            break
        except FindingsError as error:
            if tries == _TRIES or all(finding.code != _BUSY for finding in error.findings):
                newest = next(latest_of(request.out, request.facts.name), None)
                return RunOutcome(kind=Kind.FAILED, partnership=name, edition=newest, findings=error.findings)
        sleep(_SECONDS_BETWEEN)
    manifest, kind = edition.manifest, Kind.EDITION if edition.new else Kind.NOTHING
    if not edition.new and current_pin(edition.outdir):
        kind = Kind.HELD
    elif edition.new and manifest.revision > 1:
        kind = Kind.REVISION
    changes = _changes(request) if kind is Kind.EDITION else {}
    return RunOutcome(kind=kind, partnership=name, edition=edition, changes=changes)


def _changes(request: BuildRequest) -> dict[str, tuple[str, ...]]:
    """Return what the newest edition tells by kind, as a mail has it; nothing of the first one."""
    from briefgen.tools.editions import before_and_now, compare  # which builds as well, with what stands above

    changes: dict[str, tuple[str, ...]] = {}
    with suppress(FindingsError):  # the first edition
        language = request.workspace.settings.languages[0]
        for row in compare(request.workspace, request.facts, request.out, request.today, language).rows:
            became = " → ".join(filter(None, before_and_now(row)))
            line = f"{row.text} ({became})" if became else str(row.text)
            line = line.replace("\N{NO-BREAK SPACE}", " ")  # a mail has no use for it
            changes[row.kind.label] = (*changes.get(row.kind.label, ()), line)
    return changes


def try_templates(workspace: Workspace, today: date, *, paper: bool) -> tuple[list[Finding], int]:
    """Make every document in every language and publish nothing; return the findings and the number of pages.

    Each finding is told once, however many languages and documents show it. A format that this machine cannot make is
    a note.
    """
    findings, number = [*check_templates(workspace), *check_styles(workspace), *misnamed(workspace)], 0
    findings += unused_classes(workspace)
    misplaced = {each.location.file for each in findings if each.code == "Y009" and each.severity > Severity.NOTE}
    documents = tuple(name for name in known_documents(workspace) if f"templates/{name}.html" not in misplaced)
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
                    every = replace(request, documents=documents, formats=(format,))
                    number += len(every.documents) * len(every.languages)
                    findings += _tried(replace(files, request=every), plan, format)
            except FindingsError as error:
                findings += error.findings
            findings[:] = at_their_texts(workspace, facts, findings)
    return list(told_once(workspace, findings)), number


def _tried(files: Files, plan: EditionPlan, format: str) -> list[Finding]:
    """Return what is wrong with the documents in a format; those of paper tell where each text comes from."""
    if format == SCREEN:
        made = files.render(files.jobs(plan, Rows()), one=render_markup)
        found = differing_languages(made)
    else:
        made = files.render([replace(job, traced=True) for job in files.jobs(plan, files.fit(plan))])
        found = engine_warnings(made)
    return [*found, *(each for document in made for each in document.findings)]
