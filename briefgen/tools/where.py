"""Where a fact is used: in which documents, on which pages, under which headings, and by which other facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.build import Files, files_for
from briefgen.localise.context import Context
from briefgen.model.document import Job
from briefgen.model.edition import FORMATS, PUBLISHED
from briefgen.model.facts import Conflict, Statement, is_expected
from briefgen.model.page import Page
from briefgen.read.workspace import Workspace
from briefgen.render.markup import passages_of
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
        return _uses_of(id, files_for(request, executor), language)


def _uses_of(id: str, files: Files, language: str) -> Uses:
    """Make the documents of one language as the next edition would have them, and look for the fact."""
    plan = files.plan()
    ensure_known(plan.briefing, id)
    jobs = [each for each in files.jobs(plan, files.fit(plan)) if each.page.language == language]
    context = Context(briefing=plan.briefing, language=files.languages[language])
    return Uses(
        id=id,
        partnership=plan.manifest.partnership,
        text=_text(context, id),
        place=str(context.book.location(id)),
        day=plan.briefing.day,
        documents=_documents(id, files, [each for each in jobs if each.format in PUBLISHED]),
        headlines=_headlines(context, jobs[0].page, id),
        facts=_related(context, id),
    )


def _documents(id: str, files: Files, jobs: list[Job]) -> tuple[Use, ...]:
    texts = [files.executor.submit(passages_of, job) for job in jobs]
    traced = files.render(replace(job, traced=True) for job in jobs if FORMATS[job.format].paged)
    places = {each.name: each.places for each in traced}
    found = [
        Use(
            document=job.name,
            pages=tuple(sorted({each.page for each in places.get(job.name, ()) if each.fact == id})),
            sections=tuple(dict.fromkeys(each.section for each in text.result() if id in each.facts)),
            counted=any(id in each.counted for each in text.result()),
        )
        for job, text in zip(jobs, texts, strict=True)
    ]
    return tuple(sorted(found, key=lambda use: position(files.request, use.document)))


def _text(context: Context, id: str) -> str:
    known = context.briefing.items.get(id)
    return context.plain(known) if known else context.book.facts[id].text


def _headlines(context: Context, page: Page, fact: str) -> Mapping[str, str]:
    lines = [each for each in (page.bottom_line, *page.messages) if each]
    made_of = {each.id for each in context.briefing.headlines if fact in each.facts}
    return {each.id: str(each.text) for each in lines if each.id in made_of}


def _related(context: Context, id: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts of the facts that this one names and of those that name it, by what each is to this one."""
    facts, found = context.book.facts, dict[str, dict[str, str]]()
    named = [(relation, other) for relation, _, other in _links(facts[id])]
    naming = [
        (relation, other.id)
        for other in facts.values()
        for _, relation, each in _links(other)
        if each == id and (relation != _ADDRESSED or is_expected(facts[id]))
    ]
    for relation, other in (*named, *naming):
        if other in facts:
            found.setdefault(relation, {})[other] = _text(context, other)
    return found


_ADDRESSED = "statements addressed to it"


def _links(fact: Any) -> Iterator[tuple[str, str, str]]:
    """Yield what each fact that this one names is to it, what this one is to that one, and the id of that one."""
    if isinstance(fact, Statement):
        if fact.summit:
            yield "the summit it is addressed to", _ADDRESSED, fact.summit
        if fact.target and fact.target.indicator:
            yield "the figure that measures its goal", "statements with a goal that it measures", fact.target.indicator
        yield from (("what it repeats", "statements that repeat it", each) for each in fact.repeats)
        yield from (("what it answers", "statements that answer it", each) for each in fact.answers)
    if fact.superseded:
        yield "what took its place", "what it took the place of", fact.superseded.by
    if isinstance(fact, Conflict):
        yield from (("what disagrees", "conflicts about it", each) for each in fact.between)
