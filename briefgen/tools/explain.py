"""Everything about one fact: the chain behind it, and where it is used: documents, pages, headings, other facts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.build import Files, files_for
from briefgen.localise.context import Context
from briefgen.localise.explain import Explanation, explain
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Job
from briefgen.model.edition import FORMATS, PUBLISHED
from briefgen.model.facts import Conflict, Meeting, Statement, Summit, is_expected
from briefgen.model.findings import FindingsError, did_you_mean, errors
from briefgen.read.facts import assess_on, partnerships, read_and_check_facts
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace
from briefgen.render.markup import passages_of
from briefgen.tools.building import BuildOptions, executor_for, make_requests, position


def explain_fact(workspace: Workspace, name: str, day: date) -> Explanation:
    """Return the explanation of a fact as of a day; FindingsError if there is no such fact or the facts have errors.

    It is named by its id, or as PARTNERSHIP/ID. A language that cannot be read is left out: the chain behind a fact
    does not depend on it.
    """
    facts, book, id = find_known_fact(workspace, name)
    languages, unread = dict(read_languages(workspace, [], facts)), dict[str, str]()
    for code in workspace.settings.languages:
        try:
            languages |= read_languages(workspace, [code], facts)
        except FindingsError:
            unread[code] = "the language cannot be read; see briefgen check"
    briefing = assess_on(workspace, book, day)
    ensure_known(briefing, id)
    found = explain(briefing, id, languages, BASE)
    return replace(found, not_worded={**unread, **found.not_worded})


def ensure_known(briefing: Briefing, id: str) -> None:
    """Raise FindingsError where a fact was not known on the day (A602)."""
    if id not in briefing.items:
        since = briefing.known_from[id]
        hint = f"it is known from {since}; try --as-of {since}" if since else "no source reports all of it"
        raise FindingsError.of(briefing.book.location(id), "A602", f"'{id}' was not known on {briefing.day}", hint)


def find_known_fact(workspace: Workspace, name: str) -> tuple[Path, FactBook, str]:
    """Return the facts file and the book that have the fact, and its id; FindingsError if that book has errors."""
    paths = {path.stem: path for path in partnerships(workspace)}
    read = {each: read_and_check_facts(workspace, path) for each, path in paths.items()}
    known = {each: book.facts if book else {} for each, (book, _) in read.items()}
    try:
        partnership, id = find_fact(name, known)
    except FindingsError as unknown:
        named = name.rpartition("/")[0]
        unread = [each for each, (book, _) in read.items() if book is None and named in ("", each)]
        faults = [fault for each in unread for fault in errors(read[each][1])]
        raise (FindingsError(faults) if faults and unknown.findings[0].code == "A603" else unknown) from None
    book, findings = read[partnership]
    if book is None or errors(findings):
        raise FindingsError(errors(findings))
    return paths[partnership], book, id


def find_fact(name: str, known: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """Return the partnership and the id of a fact, by the ids of the facts of each partnership.

    FindingsError if no partnership has it (A603), or if several have and none is named (A606).
    """
    partnership, _, id = name.rpartition("/")
    if partnership and partnership not in known:
        raise FindingsError.of("facts", "A603", f"there are no facts '{partnership}'", did_you_mean(partnership, known))
    among = {partnership: known[partnership]} if partnership else known
    found = [each for each, ids in among.items() if id in ids]
    if len(found) > 1:
        message = f"{len(found)} partnerships have a fact '{id}': {', '.join(found)}"
        raise FindingsError.of("facts", "A606", message, f"name one of them: {found[0]}/{id}")
    if not found:
        message = f"there is no fact '{id}'" + (f" of '{partnership}'" if partnership else "")
        every = dict.fromkeys(each for ids in among.values() for each in ids)
        alike = [each for each in every if set(each.split("-")) & set(id.casefold().split("-"))]
        similar = f"similar: {', '.join(alike[:12])}" if alike else ""
        raise FindingsError.of("facts", "A603", message, did_you_mean(id, every) or similar)
    return found[0], id


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
    """Return where a fact is used as of a day, in the documents of one language as the next edition would have them.

    FindingsError if there is no such fact, or nothing can be made.
    """
    facts, _, id = find_known_fact(workspace, name)
    (request,), _ = make_requests(workspace, BuildOptions(partnerships=(facts.stem,), day=day, today=today, out=out))
    with executor_for(workspace, request.formats) as executor:
        files = files_for(request, executor)
        plan = files.plan()
        ensure_known(plan.briefing, id)
        jobs = [each for each in files.jobs(plan, files.fit(plan)) if each.page.language == language]
        documents = _documents(id, files, [each for each in jobs if each.format in PUBLISHED])
    context, page = Context(briefing=plan.briefing, language=files.languages[language]), jobs[0].page
    lines = [each for each in (page.bottom_line, *page.messages) if each]
    made_of = {each.id for each in plan.briefing.headlines if id in each.facts}
    return Uses(
        id=id,
        partnership=plan.manifest.partnership,
        text=_text(context, id),
        place=str(context.book.location(id)),
        day=plan.briefing.day,
        documents=documents,
        headlines={each.id: str(each.text) for each in lines if each.id in made_of},
        facts=_related(context, id),
    )


def _documents(id: str, files: Files, jobs: list[Job]) -> tuple[Use, ...]:
    texts = [files.executor.submit(passages_of, job) for job in jobs]
    traced = files.render(replace(job, traced=True) for job in jobs if FORMATS[job.format].paged)
    places = {each.name: each.places for each in traced}
    found: list[Use] = []
    for job, text in zip(jobs, texts, strict=True):
        pages = tuple(sorted({each.page for each in places.get(job.name, ()) if each.fact == id}))
        sections = tuple(dict.fromkeys(each.section for each in text.result() if id in each.facts))
        counted = any(id in each.counted for each in text.result())
        found.append(Use(document=job.name, pages=pages, sections=sections, counted=counted))
    return tuple(sorted(found, key=lambda use: position(files.request, use.document)))


def _text(context: Context, id: str) -> str:
    known = context.briefing.items.get(id)
    return context.plain(known) if known else context.book.facts[id].text


def _related(context: Context, id: str) -> Mapping[str, Mapping[str, str]]:
    """Return the texts of the facts that this one names and of those that name it, by what each is to this one."""
    facts, found = context.book.facts, dict[str, dict[str, str]]()
    named = [(relation, other) for relation, _, other in _links(facts[id])]
    links = ((relation, other.id) for other in facts.values() for _, relation, each in _links(other) if each == id)
    naming = (each for each in links if each[0] != _ADDRESSED or is_expected(facts[id]))
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
        yield from (("what was said before it", "statements that it stands behind", each) for each in fact.background)
    if isinstance(fact, Meeting | Summit) and fact.session_of:
        yield "the channel that it is a session of", "its sessions", fact.session_of
    if fact.superseded:
        yield "what took its place", "what it took the place of", fact.superseded.by
    if isinstance(fact, Conflict):
        yield from (("what disagrees", "conflicts about it", each) for each in fact.between)
