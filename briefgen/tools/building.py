"""Builds as people and schedules ask for them: requests, and the workers that render.

And what would be built: a trial of every template, and the newest edition beside what readers would be told now.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from briefgen.localise.values import as_of
from briefgen.model.document import Job, RenderedFile
from briefgen.model.edition import FORMATS, PUBLISHED, SCREEN, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity, counted_pages
from briefgen.publish import Edition, current_pin, latest, latest_of, read_published, up_to_date
from briefgen.publish.decide import BuildRequest, EditionPlan, held_edition
from briefgen.read.facts import choose_partnerships, partnerships, shared_ids
from briefgen.read.files import check_styles, misnamed
from briefgen.read.told import at_their_texts, told_once
from briefgen.read.workspace import Workspace, find_workspace, known_documents
from briefgen.render.documents import compile_templates, differing_languages, engine_warnings, render_markup
from briefgen.render.markup import passages
from briefgen.render.workers import LimitedProcesses, collect_seldom
from briefgen.tools.check import check_templates, unused_classes
from briefgen.tools.doctor import Diagnosis, format_trouble
from briefgen.tools.editions import before_and_now, compare
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A document that readers would find changed."""

    name: str
    """The name of its file: full-briefing.en.pdf."""
    is_new: bool = False
    """Whether the newest edition has none of this name."""
    pages: tuple[int, ...] = ()
    """Of a paged format: those on which words would be new, counted from 1."""
    left: tuple[int, ...] = ()
    """Pages of the newest edition from which words would be gone."""
    sections: tuple[str, ...] = ()
    """Of another format: the headings under which words would be new or gone."""
    added: tuple[str, ...] = ()
    """Its new texts, or lines of a page, in order."""
    removed: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """On which pages, or under which headings, words would be new or gone; for people."""
        if self.is_new:
            return "new"
        told = [" · ".join(each or "above the first heading" for each in self.sections)]
        told += [f"new words on {counted_pages(self.pages)}"] if self.pages else []
        told += [f"words gone on {counted_pages(self.left)}"] if self.left else []
        return "; ".join(filter(None, told))


_KINDS = {
    "nothing": "Built now, nothing would be published: no document differs from edition {}.",
    "held": "Built now, nothing would be published: a rollback holds edition {}.",
    "revision": "Built now, it would be edition {}: the same facts in other words, or with another look.",
    "edition": "Built now, it would be edition {}.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What the next edition would be."""

    partnership: str
    kind: str
    """What a build would make: "edition", "revision" or "nothing"; "held" where a rollback holds the newest one."""
    name: str
    """The edition that readers would have then: 8, or 7r2."""
    major: bool = False
    """Whether readers would be told a new day."""
    documents: tuple[Differing, ...] = ()
    compared: int = 0
    """How many documents were compared with those of the newest edition."""

    @property
    def sentence(self) -> str:
        """What a build would make, for people."""
        return _KINDS[self.kind].format(self.name)


def look_ahead(workspace: Workspace, facts: Path, out: Path, today: date, language: str = "") -> Ahead:
    """Return what a build would tell readers now, in a language or in all; FindingsError says what would stop it."""
    (request,), _ = make_requests(workspace, BuildOptions(partnerships=(facts.stem,), day=today, today=today, out=out))
    with executor_for(workspace, request.formats) as executor:
        return ahead_of(request, executor, language)


def ahead_of(request: BuildRequest, executor: Executor, language: str = "") -> Ahead:
    """Make the next edition, and compare its documents with those of the newest one."""
    fingerprint, files = request.fingerprint(), files_for(request, executor)
    if held := held_edition(request, fingerprint, files.outdir):
        return Ahead(partnership=held.manifest.partnership, kind="held", name=held.manifest.name)
    plan, newest = files.plan(), latest(files.outdir)
    manifest = plan.manifest
    if same := files.unchanged_edition(plan):
        return Ahead(partnership=manifest.partnership, kind="nothing", name=same.manifest.name)
    rows = files.fit(plan)
    jobs = files.jobs(plan, rows) if newest is None else list(_as_if_of(newest, files, plan, rows))
    made = files.render(job for job in jobs if language in ("", job.page.language) and job.format in PUBLISHED)
    files.refuse(made)
    made = tuple(sorted(made, key=lambda each: position(request, each.name))) if newest else ()
    return Ahead(
        partnership=manifest.partnership,
        kind="revision" if manifest.revision > 1 else "edition",
        name=manifest.name,
        major=manifest.major,
        documents=tuple(_differing(newest, made)) if newest else (),
        compared=len(made),
    )


def _as_if_of(newest: Edition, files: Files, plan: EditionPlan, rows: Rows) -> Iterator[Job]:
    """Yield the jobs with number, day and hash of the newest edition, so that only the rest differs from it."""
    known = newest.manifest
    same = {key: getattr(known, key) for key in ("edition", "revision", "public_date", "facts_sha256", "briefgen")}
    info = replace(plan.manifest, **same)
    for job in files.jobs(replace(plan, manifest=info), rows):
        masthead = replace(job.page.masthead, as_of=as_of(known.as_of, files.languages[job.page.language].patterns))
        yield replace(job, page=replace(job.page, masthead=masthead))


def _differing(newest: Edition, made: Iterable[RenderedFile]) -> Iterator[Differing]:
    for document in made:
        name = document.name
        try:
            before = read_published(newest.folder / name)
        except OSError:  # the newest edition has no such document
            yield Differing(name=name, is_new=True)
            continue
        is_paged = FORMATS[name.rpartition(".")[2]].paged
        old, new = (_on_paper if is_paged else _on_screen)(before, document.content)
        removed, added = _without(old, new), _without(new, old)
        if added or removed:
            both = {"pages": added, "left": removed} if is_paged else {"sections": [*added, *removed]}
            where: Any = {key: tuple(dict.fromkeys(place for place, _ in texts)) for key, texts in both.items()}
            more, less = (tuple(text for _, text in texts) for texts in (added, removed))
            yield Differing(name=name, added=more, removed=less, **where)


_DIGITS, _WORD = re.compile(r"\d+"), re.compile(r"\w")
Texts = list[tuple[Any, str]]
"""Texts, each with its place: the number of its page, or the heading it stands under."""


def _on_paper(*contents: bytes) -> tuple[Texts, ...]:
    """Return the lines of each PDF with their pages, without running heads and feet.

    Those are the lines that, but for their digits, stand on three pages or more.
    """
    from briefgen.render.placement import lines_by_page  # with the engine that reads PDFs, which only comparisons need

    documents = [lines_by_page(each) for each in contents]
    running = set[str]()
    for pages in documents:
        times = Counter(line for page in pages for line in {_DIGITS.sub("0", each) for each in page})
        running |= {line for line in times if times[line] > 2}

    def told(page: Sequence[str]) -> list[str]:
        return [line for line in page if _WORD.search(line) and _DIGITS.sub("0", line) not in running]

    return tuple([(number, line) for number, page in enumerate(pages, 1) for line in told(page)] for pages in documents)


def _on_screen(*contents: bytes) -> tuple[Texts, ...]:
    return tuple([(each.section, each.text) for each in passages(text.decode()) if each.text] for text in contents)


def _without(texts: Texts, others: Texts) -> Texts:
    """Return the texts that the others have not, or not as often."""
    left = Counter(text for _, text in others)
    found = Texts()
    for place, text in texts:
        if left[text]:
            left[text] -= 1
        else:
            found.append((place, text))
    return found
