"""Every mutant of the records: each figure, each saying, each report and each line's number, one at a time."""

from collections.abc import Iterator
from typing import Any

from briefgen.model.book import FactBook, KeyPath
from briefgen.model.facts import Act, Delivery
from briefgen.model.records import Line, Saying, Source
from check.mutants.change import Mutant, with_record
from check.mutants.neighbours import lines_around, near_parties, near_people, near_value, others
from check.mutants.of_facts import shown

Change = tuple[KeyPath, Any, Any]


def of_records(book: FactBook) -> Iterator[Mutant]:
    """All of them, line by line."""
    for source in book.sources.values():
        for number, line in enumerate(source.lines):
            concerned = (*(id for saying in line.says for id in saying.facts), *line.reports)
            for path, old, new in _changes(book, source, line):
                yield _mutant(book, source, ("lines", number, *path), old, new, concerned)


def _mutant(book: FactBook, source: Source, path: KeyPath, old: Any, new: Any, concerned: tuple[str, ...]) -> Mutant:
    line = source.lines[int(path[1])].line
    where = ".".join(map(str, (f"{source.id}:L{line}", *path[2:])))
    return Mutant(where, shown(old), shown(new), lambda: with_record(book, source, path, new), concerned)


def _changes(book: FactBook, source: Source, line: Line) -> Iterator[Change]:
    for name, figure in line.figures.items():
        near = near_value(book, figure.value, source, line.line)
        yield from ((("figures", name, "value"), figure.value, new) for new in near)
    for name, derived in line.derived.items():
        yield from (
            (("derived", name, "value"), derived.value, new)
            for new in near_value(book, derived.value, source, line.line)
        )
    for number, saying in enumerate(line.says):
        yield from ((("says", number, *path), old, new) for path, old, new in _of_saying(book, source, saying))
        yield ("says",), f"says {number}", tuple(each for at, each in enumerate(line.says) if at != number)
    for id, delivery in line.reports.items():
        yield from ((("reports", id), delivery, new) for new in others(delivery, Delivery))
    if line.says or line.reports or line.figures:
        yield from ((("line",), line.line, new) for new in lines_around(source, line.line))


def _of_saying(book: FactBook, source: Source, saying: Saying) -> Iterator[Change]:
    yield from ((("by",), saying.by, new) for new in near_parties(book, saying.by))
    yield from ((("to",), saying.to, new) for new in near_parties(book, saying.to))
    yield from ((("speaker",), saying.speaker, new) for new in near_people(book, saying.speaker))
    yield from ((("act",), saying.act, new) for new in others(saying.act, Act))
    yield from ((("on",), saying.on, new) for new in others(saying.on, (*source.events, "")))
    for number, id in enumerate(saying.facts):
        yield ("facts",), id, (*saying.facts[:number], *saying.facts[number + 1 :])
