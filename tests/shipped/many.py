"""The shipped facts several times over, every statement again under a new id, or only some of them."""

from collections.abc import Mapping
from dataclasses import replace

from briefgen.localise.language import Language, Translation
from briefgen.model.book import FactBook
from briefgen.model.facts import AnyFact, Statement


def times(book: FactBook, number: int) -> FactBook:
    """The book with so many of each statement; what replaces, repeats or answers a copy is a copy as well."""
    facts: dict[str, AnyFact] = {}
    for fact in book.facts.values():
        facts[fact.id] = fact
        if isinstance(fact, Statement):
            facts |= {copy: _copied(book, fact, turn) for turn, copy in _copies(fact.id, number)}
    paths = {id: book.paths[id.partition("-copy-")[0]] for id in facts}
    return replace(book, facts=facts, paths=paths)


def part_of(book: FactBook, number: int) -> FactBook:
    """The book with one in so many of its facts."""
    facts = dict(list(book.facts.items())[::number])
    return replace(book, facts=facts)


def times_in(languages: Mapping[str, Language], number: int) -> Mapping[str, Language]:
    """The languages with the translations of the copies."""
    return {code: replace(language, texts=_texts(language, number)) for code, language in languages.items()}


def _copies(id: str, number: int) -> list[tuple[int, str]]:
    return [(turn, f"{id}-copy-{turn}") for turn in range(2, number + 1)]


def _copied(book: FactBook, fact: Statement, turn: int) -> Statement:
    later = fact.superseded
    if later and isinstance(book.facts.get(later.by), Statement):
        later = replace(later, by=f"{later.by}-copy-{turn}")
    repeats, answers = (tuple(f"{id}-copy-{turn}" for id in ids) for ids in (fact.repeats, fact.answers))
    copied = replace(fact, id=f"{fact.id}-copy-{turn}", superseded=later, tile=None)
    return replace(copied, repeats=repeats, answers=answers)


def _texts(language: Language, number: int) -> Mapping[str, Translation]:
    more: dict[str, Translation] = {}
    for context, translation in language.texts.items():
        id, _, field = context.rpartition(" ")
        more |= {f"{copy} {field}": translation for _, copy in _copies(id, number)}
    return {**language.texts, **more}
