"""The whole chain behind one fact: its words, values, lines, hashes, status and why it has it."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.localise.context import Context
from briefgen.localise.language import Language
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.facts import outcome_cites
from briefgen.model.quantities import Cite
from briefgen.model.records import Dated

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


def explain(briefing: Briefing, id: str, languages: Mapping[str, Language], base: str) -> Explanation:
    """The explanation of a fact that was known on the day."""
    known = briefing.items[id]
    printers = {code: Context(briefing=briefing, language=language) for code, language in languages.items()}
    faults = {code: fault for code, context in printers.items() if (fault := _fault(context, known))}
    english = printers[base]
    able = {code: each for code, each in printers.items() if code not in faults}
    texts = {code: str(context.item(known).text) for code, context in able.items()}
    fact, occasion = known.fact, english.occasion(known)
    cites = [*((cite, False) for cite in fact.cites), *((cite, True) for cite in outcome_cites(fact))]
    return Explanation(
        id=id,
        kind=fact.kind,
        day=str(briefing.day),
        place=str(briefing.book.location(id)),
        texts=texts or {base: _plain(english, known, known.text_key, fact.text)},
        note=_plain(english, known, f"{id} note", fact.note),
        by=english.side(fact.by),
        speaker=english.person(fact.speaker, [cite.source for cite in known.cites]) if fact.speaker else "",
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
        not_worded=faults,
    )


def _fault(context: Context, known: Assessed) -> str:
    """Why a language cannot word the fact; empty where it can."""
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
    """A text in the base language; with its placeholders where a value cannot be worded."""
    try:
        return str(english.prose(context, text, known.values)) if text else ""
    except ValueError:
        return text


def _date(english: Context, dated: Dated) -> ExplainedDate:
    words = english.date(dated.date, "prose")
    return ExplainedDate(date=str(dated.date), words=words, basis=dated.basis.value, why=dated.why, line=dated.line)


def _relative(english: Context, id: str, replaced: Assessed) -> Relative:
    """The other fact by its text, and why the replaced one of the two lost its place."""
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
