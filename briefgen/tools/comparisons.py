"""Two editions or days compared; and the newest edition with what the inputs as they are would tell readers now."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.build import Files, files_for
from briefgen.changes import Change, Changes, Snapshot, differences, take_snapshot
from briefgen.localise.changes import change_row
from briefgen.localise.context import Context
from briefgen.localise.values import as_of
from briefgen.model.document import Job, RenderedFile
from briefgen.model.edition import FORMATS, PUBLISHED, Rows
from briefgen.model.findings import FindingsError, counted_pages, errors
from briefgen.model.views import ChangeRow
from briefgen.publish.decide import BuildRequest, EditionPlan, held_edition, snapshot_of
from briefgen.publish.editions import Edition, latest, previous_visible, read_published
from briefgen.read.facts import (
    assess_on,
    read_and_check_facts,
    read_book,
)
from briefgen.read.languages import read_languages
from briefgen.read.workspace import Workspace
from briefgen.render.markup import passages
from briefgen.tools.building import BuildOptions, executor_for, make_requests, position
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
