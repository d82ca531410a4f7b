"""What the inputs on disk would tell readers if they were built now, against the newest edition; nothing is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from briefgen.build import Files, Unpublished, build, located, stopping
from briefgen.localise.values import as_of
from briefgen.model.document import FORMATS, PUBLISHED, Document, Job, Rows
from briefgen.model.findings import FindingsError, counted_pages
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.publish.editions import Edition, latest, read_published
from briefgen.read.fingerprint import Fingerprint
from briefgen.read.workspace import Workspace
from briefgen.render.documents import fit, render
from briefgen.render.pdf_text import lines_by_page
from briefgen.render.sections import passages
from briefgen.tools.building import BuildOptions, executor_for, make_requests, position

T = TypeVar("T")


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
    major: bool
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
    options = BuildOptions(partnerships=(facts.stem,), day=today, today=today, out=out)
    (request,), _ = make_requests(workspace, options)
    with executor_for(workspace, request.formats) as executor:
        return build(request, executor, into=Comparing(language))


class Comparing(Unpublished):
    """Makes the next edition, and compares its documents with those of the newest one."""

    def __init__(self, language: str = "") -> None:
        self._language = language

    def reading(self, request: BuildRequest) -> AbstractContextManager[Fingerprint]:
        """Read with the fingerprint of the inputs as they are: a rollback may hold an edition by it."""
        return nullcontext(request.fingerprint())

    def leave(self, files: Files, plan: EditionPlan | Edition, _: Fingerprint) -> Ahead:
        """Return what readers would find."""
        if isinstance(plan, Edition):
            return Ahead(partnership=plan.manifest.partnership, kind="held", name=plan.manifest.name, major=False)
        manifest, newest = plan.manifest, latest(files.outdir)
        if same := located(files.request, lambda: files.unchanged_edition(plan)):
            return Ahead(partnership=manifest.partnership, kind="nothing", name=same.manifest.name, major=False)
        rows = located(files.request, lambda: fit(files.jobs(plan, Rows()), files.executor))
        jobs = files.jobs(plan, rows) if newest is None else list(_as_if_of(newest, files, plan, rows))
        wanted = [job for job in jobs if self._language in ("", job.page.language) and job.format in PUBLISHED]
        made = located(files.request, lambda: render(wanted, files.executor, lambda each: files.on_progress(each.name)))
        if found := stopping(files.request, made):
            raise FindingsError(found)
        return Ahead(
            partnership=manifest.partnership,
            kind="revision" if manifest.revision > 1 else "edition",
            name=manifest.name,
            major=manifest.major,
            documents=tuple(_differing(newest, sorted(made, key=lambda each: position(files.request, each.name))))
            if newest
            else (),
            compared=len(made) if newest else 0,
        )


def _as_if_of(newest: Edition, files: Files, plan: EditionPlan, rows: Rows) -> Iterator[Job]:
    """Yield the jobs with number, day and hash of the newest edition, so that only the rest differs from it."""
    known = newest.manifest
    info = replace(
        plan.manifest,
        edition=known.edition,
        revision=known.revision,
        public_date=known.public_date,
        facts_sha256=known.facts_sha256,
        briefgen=known.briefgen,
    )
    for job in files.jobs(replace(plan, manifest=info), rows):
        patterns = files.languages[job.page.language].patterns
        masthead = replace(job.page.masthead, as_of=as_of(known.as_of, patterns))
        yield replace(job, page=replace(job.page, masthead=masthead))


def _differing(newest: Edition, made: Iterable[Document]) -> Iterator[Differing]:
    for document in made:
        name = document.name
        try:
            before = read_published(newest.folder / name)
        except OSError:  # the newest edition has no such document
            yield Differing(name=name, is_new=True)
            continue
        told = _on_paper if FORMATS[name.rpartition(".")[2]].paged else _on_screen
        found = told(name, before, document.content)
        if found.added or found.removed:
            yield found


def _on_paper(name: str, before: bytes, now: bytes) -> Differing:
    pages = [lines_by_page(each) for each in (before, now)]
    running = {line for each in pages for line in _running(each)}
    old, new = (list(_lines(each, running)) for each in pages)
    removed, added = _without(old, new), _without(new, old)
    return Differing(
        name=name,
        pages=_unique(number for number, _ in added),
        left=_unique(number for number, _ in removed),
        added=tuple(line for _, line in added),
        removed=tuple(line for _, line in removed),
    )


def _running(pages: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield what stands on several pages, whatever its numbers are: heads and feet, with the number of the page."""
    found = Counter(line for page in pages for line in {_DIGITS.sub("0", each) for each in page})
    yield from (line for line, times in found.items() if times > 2)


def _lines(pages: list[tuple[str, ...]], running: set[str]) -> Iterator[tuple[int, str]]:
    for number, page in enumerate(pages, 1):
        yield from ((number, line) for line in page if _WORD.search(line) and _DIGITS.sub("0", line) not in running)


_DIGITS, _WORD = re.compile(r"\d+"), re.compile(r"\w")


def _on_screen(name: str, before: bytes, now: bytes) -> Differing:
    old, new = ([(each.section, each.text) for each in passages(text.decode()) if each.text] for text in (before, now))
    removed, added = _without(old, new), _without(new, old)
    return Differing(
        name=name,
        sections=_unique(section for section, _ in (*added, *removed)),
        added=tuple(text for _, text in added),
        removed=tuple(text for _, text in removed),
    )


def _without(texts: list[tuple[T, str]], others: list[tuple[T, str]]) -> list[tuple[T, str]]:
    """Return the texts that the others have not, or not as often, each with its place."""
    left = Counter(text for _, text in others)
    found = []
    for place, text in texts:
        if left[text]:
            left[text] -= 1
        else:
            found.append((place, text))
    return found


def _unique(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
