"""Where a fact is used: in which documents, on which pages, under which headings, and by which other facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.build import Files, Unpublished, build, located, planned
from briefgen.localise.context import Context
from briefgen.model.book import FactBook
from briefgen.model.document import FORMATS, PUBLISHED, Document, Job, Rows
from briefgen.model.facts import Conflict, Statement, is_expected
from briefgen.model.page import Page
from briefgen.publish.decide import EditionPlan
from briefgen.publish.editions import Edition
from briefgen.read.fingerprint import Fingerprint
from briefgen.read.workspace import Workspace
from briefgen.render.documents import fit, render
from briefgen.render.markup import Passage, passages_of
from briefgen.tools.building import BuildOptions, executor_for, make_requests, position
from briefgen.tools.explain import ensure_known, find_known_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Where one document prints a fact."""

    document: str
    """The name of its file: full-briefing.en.pdf."""
    pages: tuple[int, ...]
    """Of a paged format, counted from 1."""
    sections: tuple[str, ...]
    """The headings it stands under, in order; empty for what stands before the first."""
    counted: bool
    """Whether the document counts it among those left out, and does not print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """All that uses a fact."""

    id: str
    partnership: str
    text: str
    place: str
    day: date
    documents: tuple[Use, ...]
    headlines: Mapping[str, str]
    """The sentences of the first page that are made of it, by their ids."""
    facts: Mapping[str, Mapping[str, str]]
    """Other facts that name it or that it names, their texts by their ids; by what they are to it."""


def find_uses(workspace: Workspace, name: str, day: date, today: date, out: Path, language: str) -> Uses:
    """Return where a fact is used as of a day; FindingsError if there is no such fact, or nothing can be made."""
    facts, _, id = find_known_fact(workspace, name)
    (request,), _ = make_requests(workspace, BuildOptions(partnerships=(facts.stem,), day=day, today=today, out=out))
    with executor_for(workspace, request.formats) as executor:
        return build(request, executor, into=_Looking(id, language))


class _Looking(Unpublished):
    """Makes the documents of one language as the next edition would have them, and looks for the fact."""

    def __init__(self, fact: str, language: str) -> None:
        self._fact, self._language = fact, language

    def leave(self, files: Files, plan: EditionPlan | Edition, _: Fingerprint) -> Uses:
        """Return where it stands, and what else names it."""
        ahead = planned(plan)
        ensure_known(ahead.briefing, self._fact)
        rows = located(files.request, lambda: fit(files.jobs(ahead, Rows()), files.executor))
        jobs = [each for each in files.jobs(ahead, rows) if each.page.language == self._language]
        context = Context(briefing=ahead.briefing, language=files.languages[self._language])
        return Uses(
            id=self._fact,
            partnership=ahead.manifest.partnership,
            text=_text(context, self._fact),
            place=str(context.book.location(self._fact)),
            day=ahead.briefing.day,
            documents=self._documents(files, [each for each in jobs if each.format in PUBLISHED]),
            headlines=_headlines(context, jobs[0].page, self._fact),
            facts=_related(context, self._fact),
        )

    def _documents(self, files: Files, jobs: list[Job]) -> tuple[Use, ...]:
        texts = [files.executor.submit(passages_of, job) for job in jobs]
        paged = _traced(files, jobs)
        found = [self._use(job, text.result(), paged.get(job.name)) for job, text in zip(jobs, texts, strict=True)]
        return tuple(sorted(found, key=lambda use: position(files.request, use.document)))

    def _use(self, job: Job, read: tuple[Passage, ...], document: Document | None) -> Use:
        places = document.places if document else ()
        return Use(
            document=job.name,
            pages=tuple(sorted({each.page for each in places if each.fact == self._fact})),
            sections=tuple(dict.fromkeys(each.section for each in read if self._fact in each.facts)),
            counted=any(self._fact in each.counted for each in read),
        )


def _traced(files: Files, jobs: list[Job]) -> Mapping[str, Document]:
    """Return the documents with pages, by name, with the places of their texts."""
    traced = [replace(job, traced=True) for job in jobs if FORMATS[job.format].paged]
    done = located(files.request, lambda: render(traced, files.executor))
    return {each.name: each for each in done}


def _text(context: Context, id: str) -> str:
    known = context.briefing.items.get(id)
    return context.plain(known) if known else context.book.facts[id].text


def _headlines(context: Context, page: Page, fact: str) -> Mapping[str, str]:
    lines = [each for each in (page.bottom_line, *page.messages) if each]
    made_of = {each.id for each in context.briefing.headlines if fact in each.facts}
    return {each.id: str(each.text) for each in lines if each.id in made_of}


def _related(context: Context, id: str) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for relation, other in _relations(context.book, id):
        if other in context.book.facts:
            found.setdefault(relation, {})[other] = _text(context, other)
    return found


def _relations(book: FactBook, id: str) -> Iterator[tuple[str, str]]:
    """Yield what each other fact is to this one, and its id."""
    this: Any = book.facts[id]
    if isinstance(this, Statement):
        yield from (("the summit it is addressed to", each) for each in (this.summit,) if each)
        indicator = this.target.indicator if this.target else None
        yield from (("the figure that measures its goal", each) for each in (indicator,) if each)
        yield from (("what it repeats", each) for each in this.repeats)
        yield from (("what it answers", each) for each in this.answers)
    if this.superseded:
        yield "what took its place", this.superseded.by
    if isinstance(this, Conflict):
        yield from (("what disagrees", each) for each in this.between)
    for other in book.facts.values():
        yield from ((relation, other.id) for relation in _names(other, id, is_summit=is_expected(this)))


def _names(other: Any, id: str, *, is_summit: bool) -> Iterator[str]:
    """Yield as what another fact names this one."""
    if isinstance(other, Conflict) and id in other.between:
        yield "conflicts about it"
    if other.superseded and other.superseded.by == id:
        yield "what it took the place of"
    if isinstance(other, Statement):
        if is_summit and other.summit == id:
            yield "statements addressed to it"
        if other.target and other.target.indicator == id:
            yield "statements with a goal that it measures"
        if id in other.repeats:
            yield "statements that repeat it"
        if id in other.answers:
            yield "statements that answer it"
