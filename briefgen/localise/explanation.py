"""The whole chain behind one fact: its words, values, lines, hashes, status and why it has it."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.localise.language import Language
from briefgen.localise.printer import Printer
from briefgen.model.book import FactBook
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.facts import Outcome, Statement, values_of
from briefgen.model.notation import Cite
from briefgen.model.records import Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedValue:
    """A value, where it comes from, and how each language words it."""

    name: str
    value: str
    cite: str
    derived: str
    """How the record concludes it, where the line does not print it."""
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """A cited line: what it says in our words, and how to find and prove it."""

    cite: str
    source: str
    published: str
    digest: str
    sha256: str
    known: bool
    """Whether its source was out on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All there is to say about a fact on a day."""

    id: str
    kind: str
    day: str
    place: str
    texts: Mapping[str, str]
    by: str
    speaker: str
    to: str
    act: str
    occasion: str
    status: str
    why: str
    known_from: str
    superseded_by: str
    supersedes: tuple[str, ...]
    values: tuple[ExplainedValue, ...]
    lines: tuple[ExplainedLine, ...]
    note: str


def explain(briefing: Briefing, id: str, languages: Mapping[str, Language], base: str) -> Explanation | None:
    """The explanation of a fact; None where it was not known on the day."""
    known = briefing.items.get(id)
    if known is None:
        return None
    printers = {code: Printer(briefing=briefing, language=language) for code, language in languages.items()}
    english, fact, book = printers[base], known.fact, briefing.book
    event = book.event(fact.on) if fact.on else None
    speaker = english.person(fact.speaker, [cite.source for cite in known.cites]) if fact.speaker else ""
    return Explanation(
        id=id,
        kind=fact.kind,
        day=str(briefing.day),
        place=str(book.place(id)),
        texts={code: str(printer.item(known).text) for code, printer in printers.items()},
        by=english.side(fact.by),
        speaker=speaker,
        to=english.side(fact.to),
        act=fact.act.value,
        occasion=f"{event.name}, {english.date(event.date, 'prose')} ({_basis(event)})" if event else "",
        status=known.status.value,
        why=known.why,
        known_from=str(known.known_from),
        superseded_by=known.superseded_by,
        supersedes=tuple(each.fact.id for each in briefing.items.values() if each.superseded_by == id),
        values=tuple(_values(known, printers)),
        lines=tuple(_line(briefing, cite) for cite in _all_cites(known)),
        note=str(english.note(known)),
    )


def _values(known: Assessed, printers: Mapping[str, Printer]) -> list[ExplainedValue]:
    return [
        ExplainedValue(
            name=name,
            value=str(value.value),
            cite=str(value.cite),
            derived=_derived(next(iter(printers.values())).book, value.cite),
            words={code: printer.word(value.value) for code, printer in printers.items()},
        )
        for name, value in values_of(known.fact).items()
        if name in known.values
    ]


def _derived(book: FactBook, cite: Cite) -> str:
    line = book.sources[cite.source].line(cite.line)
    return line.derived[cite.figure].why if line and cite.figure in line.derived else ""


def _all_cites(known: Assessed) -> tuple[Cite, ...]:
    outcome: Outcome | None = known.fact.outcome if isinstance(known.fact, Statement) else None
    return (*known.fact.cites, *(outcome.cites if outcome else ()))


def _line(briefing: Briefing, cite: Cite) -> ExplainedLine:
    source = briefing.book.sources[cite.source]
    line = source.line(cite.line)
    return ExplainedLine(
        cite=str(cite),
        source=source.describes,
        published=f"{source.published.date} ({_basis(source.published)})",
        digest=line.digest if line else "",
        sha256=line.sha256 if line else "",
        known=source.known_from <= briefing.day,
    )


def _basis(dated: Dated) -> str:
    return f"{dated.basis}: {dated.why}" if dated.why else f"{dated.basis}"
