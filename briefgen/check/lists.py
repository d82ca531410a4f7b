"""Lists that name one thing twice: one of the two is most likely another word, mistyped."""

from collections.abc import Iterator

from briefgen.check.evidence import lines_of
from briefgen.model.book import FactBook, KeyPath
from briefgen.model.facts import Conflict, outcome_of
from briefgen.model.findings import Finding, Severity


def named_twice(book: FactBook) -> Iterator[Finding]:
    """C129: a list names one thing twice."""
    for path, words in _lists(book):
        for number, word in enumerate(words):
            if word in words[:number]:
                message, hint = f"'{word}' stands twice in this list", "write the one that is meant, or take it away"
                yield Finding(book.locate((*path, number)), "C129", message, Severity.WARNING, hint=hint)


def _lists(book: FactBook) -> Iterator[tuple[KeyPath, tuple[object, ...]]]:
    """Yield each list of names of the facts and records; those of which other checks tell are left out."""
    for id, fact in book.facts.items():
        yield from (((*book.paths[id], key), getattr(fact, key, ())) for key in ("by", "to", "cites", *_LINKS))
        if isinstance(fact, Conflict) and len(set(fact.between)) > 1:  # of fewer, another check tells
            yield (*book.paths[id], "between"), fact.between
        if outcome := outcome_of(fact):
            yield (*book.paths[id], "outcome", "cites"), outcome.cites
    for number, headline in enumerate(book.file.headlines):
        yield ("headlines", number, "facts"), headline.facts
    for _, path, line in lines_of(book):
        for at, saying in enumerate(line.says):
            yield from (((*path, "says", at, key), getattr(saying, key)) for key in ("by", "to", "facts"))


_LINKS = ("repeats", "answers", "background")
