"""Fact against record: every value, date, party, speaker and act of a fact must equal the second entry."""

from collections.abc import Iterator

from briefgen.model.book import FactBook, KeyPath
from briefgen.model.facts import AnyFact, Value, outcome_of
from briefgen.model.findings import Finding, Location, did_you_mean
from briefgen.model.quantities import Cite
from briefgen.model.records import Line, Saying, Source


def unknown_lines(book: FactBook) -> Iterator[Finding]:
    """E201: a cite names a source or a line that no record has."""
    for fact in book.facts.values():
        for path, cite in _cites(fact):
            if cite.source in book.unread:
                continue
            if cite.source not in book.sources:
                hint = did_you_mean(cite.source, book.sources)
                yield Finding(book.location(fact.id, *path), "E201", f"there is no record '{cite.source}'", hint=hint)
            elif _line(book, cite) is None:
                lines = ", ".join(str(line.line) for line in book.sources[cite.source].lines)
                message = f"the record {cite.source} has no line {cite.line}"
                yield Finding(book.location(fact.id, *path), "E201", message, hint=f"it has: {lines}")


def unsupported_cites(book: FactBook) -> Iterator[Finding]:
    """E202: the record's line does not carry the fact that cites it."""
    for fact in book.facts.values():
        for path, cite in _cites(fact):
            line = _line(book, cite)
            if line is not None and path[0] == "cites" and not _sayings(line, fact.id):
                message = f"line {cite.line} of {cite.source} does not carry the fact '{fact.id}'"
                hint = f"cite the right line, or add the fact to 'says' of that line in seeds/{cite.source}.yaml"
                yield Finding(book.location(fact.id, *path), "E202", message, hint=hint)


def differing_sayings(book: FactBook) -> Iterator[Finding]:
    """E203: who says it, to whom, with which act or on which occasion differs from the record."""
    for fact in book.facts.values():
        for _, cite in _cites(fact):
            line = _line(book, cite)
            for saying in _sayings(line, fact.id) if line else ():
                yield from _differences(book, fact, cite, saying)


def differing_values(book: FactBook) -> Iterator[Finding]:
    """E204: a typed value differs from the figure it names, or names one that the record does not have."""
    for fact in book.facts.values():
        for path, value in _values(fact):
            figure = book.figure(value.cite)
            if figure is None and value.cite.source not in book.unread:
                line = _line(book, value.cite)
                hint = did_you_mean(value.cite.figure, {**line.figures, **line.derived}) if line else ""
                message = f"no record has the figure {value.cite}"
                yield Finding(book.location(fact.id, *path, "cite"), "E204", message, hint=hint)
            elif figure is not None and figure != value.value:
                message = f"is {value.value} here but {figure} in the record ({value.cite})"
                hint = "look at the line again and correct the entry that is wrong"
                yield Finding(book.location(fact.id, *path, "value"), "E204", message, hint=hint)


def values_of_other_lines(book: FactBook) -> Iterator[Finding]:
    """E205: a value rests on a line that its fact does not cite."""
    for fact in book.facts.values():
        cited = {(cite.source, cite.line) for _, cite in _cites(fact)}
        for path, value in _values(fact):
            if (value.cite.source, value.cite.line) not in cited:
                message = f"rests on line {value.cite.line} of {value.cite.source}, which the fact does not cite"
                yield Finding(book.location(fact.id, *path, "cite"), "E205", message, hint="add the line to 'cites'")


def unknown_occasions(book: FactBook) -> Iterator[Finding]:
    """E206: the occasion is no event of a record that the fact cites."""
    for fact in book.facts.values():
        outcome = outcome_of(fact)
        occasions = ((("on",), fact.on, fact.cites), (("outcome", "on"), outcome and outcome.on, _outcome_cites(fact)))
        for path, occasion, cites in occasions:
            events = {f"{cite.source}@{name}" for cite in cites for name in _events(book.sources.get(cite.source))}
            if occasion and occasion.source not in book.unread and str(occasion) not in events:
                message = f"'{occasion}' is no event of a record that is cited here"
                yield Finding(book.location(fact.id, *path), "E206", message, hint=did_you_mean(str(occasion), events))


def unclaimed_sayings(book: FactBook) -> Iterator[Finding]:
    """E207: a record's line carries a fact, or reports its outcome, and the fact does not cite the line for it."""
    for source in book.sources.values():
        for number, line in enumerate(source.lines):
            path: KeyPath = ("sources", source.id, "lines", number)
            cite = Cite(source.id, line.line)
            for at, saying in enumerate(line.says):
                for index, id in enumerate(saying.facts):
                    if not _rests_on(book, id, cite, "cites"):
                        yield _unclaimed(book, (*path, "says", at, "facts", index), id, cite, "cites")
            for id in line.reports:
                if not _rests_on(book, id, cite, "outcome: cites"):
                    yield _unclaimed(book, (*path, "reports", id), id, cite, "outcome: cites")


def differing_outcomes(book: FactBook) -> Iterator[Finding]:
    """E210: the outcome of a statement differs from what the record's line reports of it."""
    for fact in book.facts.values():
        outcome = outcome_of(fact)
        for number, cite in enumerate(outcome.cites if outcome else ()):
            line = _line(book, cite)
            reported = line.reports.get(fact.id) if line else None
            if outcome and line and reported is not outcome.status:
                message = f"is '{outcome.status}' here but '{reported or 'not reported'}' in the record ({cite})"
                hint = f"look at the line again, or add '{fact.id}' to its 'reports' in seeds/{cite.source}.yaml"
                yield Finding(book.location(fact.id, "outcome", "cites", number), "E210", message, hint=hint)


def undecided_figures(book: FactBook) -> Iterator[Finding]:
    """E208: a record still holds a figure that the draft could not decide."""
    for source in book.sources.values():
        for number, line in enumerate(source.lines):
            for at, note in enumerate(line.undecided):
                location = book.locate(("sources", source.id, "lines", number, "undecided", at))
                yield Finding(
                    location, "E208", f"not decided yet: {note}", hint="enter the figure, or take the note away"
                )


def unknown_record_events(book: FactBook) -> Iterator[Finding]:
    """E209: a line of a record names an event that the record does not have."""
    for source in book.sources.values():
        for number, line in enumerate(source.lines):
            for at, saying in enumerate(line.says):
                if saying.on and saying.on not in source.events:
                    location = book.locate(("sources", source.id, "lines", number, "says", at, "on"))
                    hint = did_you_mean(saying.on, source.events)
                    yield Finding(location, "E209", f"this record has no event '{saying.on}'", hint=hint)


def repeated_lines(book: FactBook) -> Iterator[Finding]:
    """E211: a record has a line, or a figure of a line, twice, so that one of the two would never be looked at."""
    for source in book.sources.values():
        seen: set[int] = set()
        for number, line in enumerate(source.lines):
            path: KeyPath = ("sources", source.id, "lines", number)
            if line.line in seen:
                hint = "put both into one entry"
                yield Finding(book.locate((*path, "line")), "E211", f"line {line.line} stands here twice", hint=hint)
            seen.add(line.line)
            for name in line.figures.keys() & line.derived.keys():
                message = f"the figure '{name}' is both printed and derived"
                yield Finding(book.locate((*path, "derived", name)), "E211", message, hint="keep one of them")


def empty_digests(book: FactBook) -> Iterator[Finding]:
    """E212: a line that carries a fact has no digest, so that a reader could not tell what it says."""
    for source in book.sources.values():
        for number, line in enumerate(source.lines):
            if (line.says or line.reports) and not line.digest.strip():
                location = book.locate(("sources", source.id, "lines", number, "digest"))
                hint = "say in our own words what the line says; the original's words stay with the original"
                yield Finding(location, "E212", f"line {line.line} carries a fact and has no digest", hint=hint)


def lines_left_out_twice(book: FactBook) -> Iterator[Finding]:
    """E213: a line is both recorded and left out, or left out twice."""
    for source in book.sources.values():
        spoken_of = {line.line for line in source.lines}
        for reason, lines in source.left_out.items():
            for number, line in enumerate(lines):
                if line in spoken_of:
                    location = book.locate(("sources", source.id, "left_out", reason, number))
                    message = f"line {line} is recorded or left out elsewhere too"
                    yield Finding(location, "E213", message, hint="a line carries facts, or is left out for one reason")
                spoken_of.add(line)


def _cites(fact: AnyFact) -> Iterator[tuple[KeyPath, Cite]]:
    for number, cite in enumerate(fact.cites):
        yield ("cites", number), cite
    for number, cite in enumerate(_outcome_cites(fact)):
        yield ("outcome", "cites", number), cite


def _outcome_cites(fact: AnyFact) -> tuple[Cite, ...]:
    outcome = outcome_of(fact)
    return outcome.cites if outcome else ()


def _values(fact: AnyFact) -> Iterator[tuple[KeyPath, Value]]:
    """Every value of a fact with its path in the file."""
    yield from _values_in((), fact)


def _values_in(path: KeyPath, holder: object) -> Iterator[tuple[KeyPath, Value]]:
    match holder:
        case Value():
            yield path, holder
        case dict():
            for key, inner in holder.items():
                yield from _values_in((*path, key), inner)
        case tuple():
            for number, inner in enumerate(holder):
                yield from _values_in((*path, number), inner)
        case _ if hasattr(holder, "__dataclass_fields__") and not isinstance(holder, Cite):
            for name in holder.__dataclass_fields__:
                yield from _values_in((*path, name), getattr(holder, name))


def _line(book: FactBook, cite: Cite) -> Line | None:
    source = book.sources.get(cite.source)
    return source.line(cite.line) if source else None


def _events(source: Source | None) -> tuple[str, ...]:
    return tuple(source.events) if source else ()


def _sayings(line: Line, fact: str) -> tuple[Saying, ...]:
    return tuple(saying for saying in line.says if fact in saying.facts)


def _differences(book: FactBook, fact: AnyFact, cite: Cite, saying: Saying) -> Iterator[Finding]:
    pairs: list[tuple[str, object, object]] = [
        ("by", _side(fact.by), _side(saying.by)),
        ("speaker", fact.speaker, saying.speaker),
        ("to", _side(fact.to), _side(saying.to)),
        ("act", fact.act.value, saying.act.value),
    ]
    if fact.on is None or fact.on.source == cite.source:
        pairs.append(("on", fact.on.event if fact.on else "", saying.on))
    for name, here, there in pairs:
        if here != there:
            message = f"'{name}' is '{here or 'not given'}' here but '{there or 'not given'}' in the record ({cite})"
            hint = "look at the line again and correct the entry that is wrong"
            yield Finding(book.location(fact.id, name), "E203", message, hint=hint)


def _side(parties: tuple[str, ...]) -> str:
    return ", ".join(sorted(parties))


def _rests_on(book: FactBook, id: str, cite: Cite, key: str) -> bool:
    fact = book.facts.get(id)
    if fact is None:
        return id in book.unread
    return cite in (fact.cites if key == "cites" else _outcome_cites(fact))


def _unclaimed(book: FactBook, path: KeyPath, id: str, cite: Cite, key: str) -> Finding:
    location: Location = book.locate(path)
    if id not in book.facts:
        return Finding(location, "E207", f"there is no fact '{id}'", hint=did_you_mean(id, book.facts))
    message = f"the fact '{id}' does not cite {cite} under '{key}'"
    return Finding(location, "E207", message, hint=f"add {cite} there, or take '{id}' away here")
