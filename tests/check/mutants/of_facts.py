"""Every mutant of the facts: each value, date, party, speaker, addressee, act, occasion and cite, one at a time."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from briefgen.model.book import FactBook, KeyPath
from briefgen.model.facts import Act, AnyFact, Delivery, Statement
from briefgen.model.quantities import Cite, EventRef
from check.mutants.change import Mutant, values_in, with_fact
from check.mutants.neighbours import near_figure, near_line, near_parties, near_people, near_value, others

Change = tuple[KeyPath, Any, Any]


def of_facts(book: FactBook) -> Iterator[Mutant]:
    """All of them, fact by fact."""
    for fact in book.facts.values():
        for path, old, new in _changes(book, fact):
            yield _mutant(book, fact, path, old, new)
    yield from _of_people(book)


def _mutant(book: FactBook, fact: AnyFact, path: KeyPath, old: Any, new: Any) -> Mutant:
    where = ".".join(map(str, (fact.id, *path)))
    return Mutant(where, shown(old), shown(new), lambda: with_fact(book, fact, path, new), (fact.id,))


def shown(value: Any) -> str:
    """A value as the files have it."""
    return ", ".join(map(shown, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _changes(book: FactBook, fact: AnyFact) -> Iterator[Change]:
    yield from _of_values(book, fact)
    yield from _of_cites(book, ("cites",), fact.cites)
    yield from ((("by",), fact.by, new) for new in near_parties(book, fact.by))
    yield from ((("to",), fact.to, new) for new in near_parties(book, fact.to))
    yield from ((("speaker",), fact.speaker, new) for new in near_people(book, fact.speaker))
    yield from ((("act",), fact.act, new) for new in others(fact.act, Act))
    yield from ((("on",), fact.on, new) for new in others(fact.on, _occasions(book)))
    if isinstance(fact, Statement) and fact.outcome:
        outcome = fact.outcome
        yield from ((("outcome", "status"), outcome.status, new) for new in others(outcome.status, Delivery))
        yield from _of_cites(book, ("outcome", "cites"), outcome.cites)
        yield ("outcome",), "an outcome", None


def _of_values(book: FactBook, fact: AnyFact) -> Iterator[Change]:
    for path, value in values_in(fact):
        for new in near_value(book, value.value, book.sources[value.cite.source], value.cite.line):
            yield (*path, "value"), value.value, new
        for cite in near_figure(book, value.cite, value.value):
            yield (*path, "cite"), value.cite, cite


def _of_cites(book: FactBook, path: KeyPath, cites: tuple[Cite, ...]) -> Iterator[Change]:
    for number, cite in enumerate(cites):
        yield from (((*path, number), cite, new) for new in near_line(book, cite) if new not in cites)
        yield path, cites, (*cites[:number], *cites[number + 1 :])


def _occasions(book: FactBook) -> tuple[EventRef | None, ...]:
    return (*(EventRef(id, name) for id, source in book.sources.items() for name in source.events), None)


def _of_people(book: FactBook) -> Iterator[Mutant]:
    """Each person among the other party's; nothing is said of the party of others."""

    def changed(id: str, party: str) -> FactBook:
        people = {**book.file.people, id: replace(book.file.people[id], party=party)}
        return replace(book, file=replace(book.file, people=people))

    for id, person in book.file.people.items():
        for party in others(person.party, book.file.partnership.parties) if person.party else ():
            yield Mutant(f"people.{id}.party", person.party, party, partial(changed, id, party), ())
