"""Requests for the build from what a person asks, the workers that render, a trial of every template, and comparisons.

Compared are two editions or days, and the newest edition with what the inputs as they are would tell readers now.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from os import cpu_count
from pathlib import Path
from shlex import quote
from typing import Any

from briefgen.build import Files, files_for
from briefgen.changes import Change, Changes, Snapshot, differences, take_snapshot
from briefgen.localise.changes import change_row
from briefgen.localise.context import Context
from briefgen.localise.values import as_of
from briefgen.model.document import Job, RenderedFile
from briefgen.model.edition import FORMATS, PUBLISHED, SCREEN, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity, counted_pages, errors
from briefgen.model.page import ChangeRow
from briefgen.publish.decide import BuildRequest, EditionPlan, held_edition, snapshot_of
from briefgen.publish.editions import Edition, latest, previous_visible, read_published
from briefgen.read.facts import (
    assess_on,
    choose_partnerships,
    partnerships,
    read_and_check_facts,
    read_book,
    shared_ids,
)
from briefgen.read.files import check_styles, misnamed
from briefgen.read.languages import read_languages
from briefgen.read.told import at_their_texts, told_once
from briefgen.read.workspace import Workspace, known_documents
from briefgen.render.documents import differing_languages, engine_warnings, render_markup
from briefgen.render.markup import passages
from briefgen.render.workers import LimitedProcesses, collect_seldom
from briefgen.tools.check import check_templates, unused_classes
from briefgen.tools.doctor import Diagnosis, format_trouble
from briefgen.tools.editions import find_edition, look_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared."""

    name: str
    """Such as "edition 3 (2026-11-21)"."""
    edition: str = ""
    """Its number: 3, or 3r2; empty for a day."""
    day: date
    snapshot: Snapshot

    @property
    def sort_key(self) -> tuple[date, tuple[int, ...]]:
        """The earlier one comes first; of one day, by number and revision, then what is no edition."""
        return self.day, tuple(map(int, (self.edition or "1000000").split("r")))


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionComparison:
    """What changed between two sides of one partnership."""

    partnership: str
    older: Side
    newer: Side
    changes: tuple[Change, ...]
    rows: tuple[ChangeRow, ...]
    """The changes in the words of a language."""

    @property
    def major(self) -> bool:
        """Whether readers need to know of it."""
        return Changes(since=0, day=self.older.day, rows=self.changes).major

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "partnership": self.partnership,
            "from": {"edition": self.older.edition or None, "as_of": str(self.older.day)},
            "to": {"edition": self.newer.edition or None, "as_of": str(self.newer.day)},
            "major": self.major,
            "changes": [each.to_data() for each in self.changes],
        }


def compare(
    workspace: Workspace,
    facts: Path,
    out: Path,
    today: date,
    language: str,
    sides: tuple[str | date, ...] = (),
    *,
    with_next: bool = False,
) -> EditionComparison:
    """Compare editions (by number) and days of one partnership; FindingsError if there is nothing to compare.

    With one side: that and the newest edition. With none: the newest edition and the one before. `with_next` counts as
    a side: what the facts say today. Faults in the facts do not keep two editions from being compared.
    """
    book = read_book(workspace, facts)
    outdir = out / book.file.partnership.id
    found = [
        _day(workspace, facts, side, str(side)) if isinstance(side, date) else _edition(find_edition(outdir, side))
        for side in sides
    ]
    if with_next:
        found.append(_day(workspace, facts, today, f"the facts as of {today}"))
    if len(found) < 2:
        if not (newest := latest(outdir)):
            look_into(out)
            hint = "make the first one with `briefgen build`; two days can be compared without any edition"
            raise FindingsError.of(str(outdir), "W009", "there is no edition to compare with", hint)
        previous = None if found else previous_visible(outdir, newest.version[0])
        if not found and not previous:
            message = f"edition {newest.manifest.name} is the first, so there is none before it to compare with"
            hint = "compare it with the facts as they are now: briefgen diff --next"
            raise FindingsError.of(str(outdir), "W009", message, hint)
        found = [*found, *([_edition(previous)] if previous else []), _edition(newest)]
    older, newer = sorted(found, key=lambda side: side.sort_key)
    changes = differences(older.snapshot, newer.snapshot)
    context = Context(
        briefing=assess_on(workspace, book, today), language=read_languages(workspace, [language], facts)[language]
    )
    rows = tuple(change_row(context, change) for change in changes)
    return EditionComparison(partnership=outdir.name, older=older, newer=newer, changes=changes, rows=rows)


def before_and_now(row: ChangeRow) -> tuple[str, str]:
    """Return the values and statuses of a fact before a change and after it; empty where there is none."""
    old, new = ((*row.old, *(badge.label for badge in row.was)), (*row.new, *(badge.label for badge in row.now)))
    return " · ".join(map(str, old)), " · ".join(map(str, new))


def _day(workspace: Workspace, facts: Path, day: date, name: str) -> Side:
    """Return what could be known on a day, as a reconstruction of it or the next edition would have it."""
    book, findings = read_and_check_facts(workspace, facts)
    if book is None or errors(findings):
        raise FindingsError(errors(findings))
    return Side(name=name, day=day, snapshot=take_snapshot(assess_on(workspace, book, day)))


def _edition(edition: Edition) -> Side:
    manifest = edition.manifest
    name = f"edition {manifest.name} ({manifest.as_of})"
    return Side(name=name, edition=manifest.name, day=manifest.as_of, snapshot=snapshot_of(edition))


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
        pool.prepare()
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


def try_templates(workspace: Workspace, today: date, *, paper: bool) -> tuple[list[Finding], int]:
    """Make every document in every language and publish nothing; return the findings and the number of pages.

    Each finding is told once, however many languages and documents show it. A format that this machine cannot make is
    a note.
    """
    findings, number = [*check_templates(workspace), *check_styles(workspace), *misnamed(workspace)], 0
    findings += unused_classes(workspace)
    misplaced = {each.location.file for each in findings if each.code == "Y009"}
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
