"""Everything about one fact: the chain behind it, and where it is used: documents, pages, headings, other facts.

And on which day somebody looked at it again, which is written into the facts.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.build import Files, files_for
from briefgen.files import read_file
from briefgen.localise.context import Context
from briefgen.localise.language import Language
from briefgen.model.book import SECTIONS, FactBook
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.document import Job
from briefgen.model.edition import FORMATS, PUBLISHED
from briefgen.model.facts import Conflict, Meeting, Statement, Summit, is_expected, outcome_cites
from briefgen.model.findings import FindingsError, did_you_mean, errors
from briefgen.model.quantities import Cite
from briefgen.model.records import Dated
from briefgen.read import yaml_files
from briefgen.read.facts import assess_on, choose_partnerships, partnerships, read_and_check_facts, read_book
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import parse_yaml
from briefgen.render.markup import passages_of
from briefgen.tools.building import BuildOptions, executor_for, make_requests, position
from briefgen.tools.yaml_edit import EditError, edit

Words = Mapping[str, str]
"""By language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedDate:
    """A date, in words, and how it is known."""

    date: str
    words: str
    basis: str
    why: str
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedValue:
    """A value, where it comes from, and how each language words it."""

    name: str
    value: str
    cite: str
    quotation: str
    """The words of the line that it was read from, in the language of the source; empty where it is derived."""
    derived: str
    """How the record concludes it, where the line does not print it."""
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """A cited line: what it says in our words, the values that rest on it, and how to find and prove it."""

    cite: str
    source: str
    published: ExplainedDate
    known: bool
    """Whether its source was out on the day."""
    outcome: bool
    """Whether it is cited for what became of the fact."""
    digest: str
    values: tuple[ExplainedValue, ...]
    sha256: str
    original_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedOccasion:
    """On what occasion it was said or done, and when that was."""

    name: str
    when: ExplainedDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another fact, whose place this one takes or the other way round."""

    id: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All there is to say about a fact on a day; its keys are those of `explain --json` and stay."""

    id: str
    kind: str
    day: str
    place: str
    texts: Words
    note: str
    by: str
    speaker: str
    to: str
    account: str
    """Whose account it is, where one side tells what another or both are said to have said."""
    act: str
    occasion: ExplainedOccasion | None
    status: str
    why: str
    known_from: str
    reviewed: str
    confirmed: str
    """The day of its newest source or of its review."""
    review_due: str
    """From when it is past review; empty where it does not age."""
    past_review: bool
    superseded_by: Relative | None
    supersedes: tuple[Relative, ...]
    lines: tuple[ExplainedLine, ...]
    not_worded: Words
    """Languages that do not word it, and why."""


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
    return _explanation(briefing, id, languages, unread)


def _explanation(briefing: Briefing, id: str, languages: Mapping[str, Language], unread: Words) -> Explanation:
    known = briefing.items[id]
    printers = {code: Context(briefing=briefing, language=language) for code, language in languages.items()}
    faults = {code: fault for code, context in printers.items() if (fault := _fault(context, known))}
    english = printers[BASE]
    able = {code: each for code, each in printers.items() if code not in faults}
    texts = {code: str(context.item(known).text) for code, context in able.items()}
    fact, occasion = known.fact, english.occasion(known)
    cites = [*((cite, False) for cite in fact.cites), *((cite, True) for cite in outcome_cites(fact))]
    return Explanation(
        id=id,
        kind=fact.kind,
        day=str(briefing.day),
        place=str(briefing.book.location(id)),
        texts=texts or {BASE: _plain(english, known, known.text_key, fact.text)},
        note=_plain(english, known, f"{id} note", fact.note),
        by=english.side(fact.by),
        speaker=english.speaker(known),
        to=english.side(fact.to),
        account=english.account(known),
        act=fact.act.value,
        occasion=ExplainedOccasion(name=occasion.name, when=_date(english, occasion)) if occasion else None,
        status=known.status.value,
        why=known.why,
        known_from=str(known.known_from),
        reviewed=str(fact.reviewed) if fact.reviewed and fact.reviewed.last <= briefing.day else "",
        confirmed=str(known.confirmed),
        review_due=str(known.review_due or ""),
        past_review=known.stale,
        superseded_by=_relative(english, known.superseded_by, known) if known.superseded_by else None,
        supersedes=tuple(
            _relative(english, each.fact.id, each) for each in briefing.items.values() if each.superseded_by == id
        ),
        lines=tuple(_line(english, able, known, cite, is_outcome) for cite, is_outcome in cites),
        not_worded={**unread, **faults},
    )


def _fault(context: Context, known: Assessed) -> str:
    """Return why a language cannot word the fact; empty where it can."""
    if context.language.text(known.text_key, known.fact.text) is None:
        return "there is no translation of it yet"
    try:
        context.item(known)
        for value in known.values.values():
            context.format_value(value.value)
    except ValueError as error:
        return str(error)
    return ""


def _plain(english: Context, known: Assessed, context: str, text: str) -> str:
    """Return a text in the base language; with its placeholders where a value cannot be worded."""
    try:
        return str(english.prose(context, text, known.values)) if text else ""
    except ValueError:
        return text


def _date(english: Context, dated: Dated) -> ExplainedDate:
    words = english.date(dated.date, "prose")
    return ExplainedDate(date=str(dated.date), words=words, basis=dated.basis.value, why=dated.why, line=dated.line)


def _relative(english: Context, id: str, replaced: Assessed) -> Relative:
    """Return the other fact by its text, and why the replaced one of the two lost its place."""
    text = str(english.item(english.briefing.items[id]).text)
    reason = replaced.fact.superseded.reason.value if replaced.fact.superseded else ""
    return Relative(id=id, text=text, reason=reason)


def _line(
    english: Context, able: Mapping[str, Context], known: Assessed, cite: Cite, is_outcome: bool
) -> ExplainedLine:
    source = english.book.sources[cite.source]
    line = source.line(cite.line)
    return ExplainedLine(
        cite=str(cite),
        source=source.describes,
        published=_date(english, source.published),
        known=source.known_from <= english.briefing.day,
        outcome=is_outcome,
        digest=line.digest if line else "",
        values=tuple(
            ExplainedValue(
                name=name,
                value=str(value.value),
                cite=str(value.cite),
                quotation=english.book.quotation(value.cite),
                derived=english.book.reasoning(value.cite),
                words={code: context.format_value(value.value) for code, context in able.items()},
            )
            for name, value in known.values.items()
            if (value.cite.source, value.cite.line) == (cite.source, cite.line)
        ),
        sha256=line.sha256 if line else "",
        original_sha256=source.sha256,
    )


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
        partnership, id = find_fact(workspace, name, known)
    except FindingsError as unknown:
        named = name.rpartition("/")[0]
        unread = [each for each, (book, _) in read.items() if book is None and named in ("", each)]
        faults = [fault for each in unread for fault in errors(read[each][1])]
        raise (FindingsError(faults) if faults and unknown.findings[0].code == "A603" else unknown) from None
    book, findings = read[partnership]
    if book is None or errors(findings):
        raise FindingsError(errors(findings))
    return paths[partnership], book, id


def find_fact(workspace: Workspace, name: str, known: Mapping[str, Collection[str]]) -> tuple[str, str]:
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
        if id.partition(":")[0] in {path.stem for path in yaml_files(workspace.seeds)}:
            hint = f"to see what facts it carries: briefgen sources show {id}"
            raise FindingsError.of("facts", "A603", f"'{id}' is no fact but a source", hint)
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


def review_facts(workspace: Workspace, names: Sequence[str], day: date) -> Mapping[Path, str]:
    """Return the new text of every file with one of these facts; FindingsError if one of them cannot be changed.

    They are named by their ids, or as PARTNERSHIP/ID.
    """
    books = {path.stem: read_book(workspace, path) for path in choose_partnerships(workspace, ())}
    known = {name: book.facts for name, book in books.items()}
    files: dict[Path, list[str]] = {}
    for partnership, id in (find_fact(workspace, name, known) for name in names):
        if (last := known[partnership][id].reviewed) and last.first > day:
            message, hint = f"'{id}' was reviewed on {last}, after {day}", "to take that back, write the day by hand"
            raise FindingsError.of(books[partnership].location(id, "reviewed"), "A605", message, hint)
        if (newest := books[partnership].newest_source(known[partnership][id])) and newest > day:
            message = f"a look at '{id}' on {day} would confirm nothing: a source of {newest} tells it"
            hint = "give the day on which somebody looked after that"
            raise FindingsError.of(books[partnership].location(id), "A605", message, hint)
        files.setdefault(workspace.root / books[partnership].location(id).file, []).append(id)
    texts = {path: read_file(path, workspace.root).decode() for path in files}
    return {path: with_reviews(texts[path], workspace.shown(path), here, day) for path, here in files.items()}


def with_reviews(text: str, name: str, ids: Sequence[str], day: date) -> str:
    """Return the text of a facts file with the day of review of these facts; FindingsError if it cannot be changed."""
    file = parse_yaml(text.removeprefix("\ufeff"), name)
    wanted: Any = deepcopy(file.value)
    every = ((section, number, fact) for section in SECTIONS for number, fact in enumerate(wanted.get(section) or ()))
    paths = {fact["id"]: (section, number) for section, number, fact in every}
    for section, number in (paths[id] for id in ids):
        pairs = [(key, value) for key, value in wanted[section][number].items() if key != "reviewed"]
        pairs.insert([key for key, _ in pairs].index("id") + 1, ("reviewed", str(day)))
        wanted[section][number] = dict(pairs)
    try:
        return edit(text, wanted)
    except EditError:
        if len(ids) > 1:  # one after another, to find the one that cannot be written
            for id in ids:
                text = with_reviews(text, name, [id], day)
            return text
        message, hint = f"'{ids[0]}' is written in a form that only a person can edit", f"add to it: reviewed: {day}"
        raise FindingsError.of(file.locations[*paths[ids[0]], "id"], "A605", message, hint) from None
