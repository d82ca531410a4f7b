"""What facts name: what they repeat, answer or stand behind, one thing twice, an indicator in another measure."""

from collections.abc import Iterator

from briefgen.check.evidence import lines_of
from briefgen.model.book import FactBook, KeyPath
from briefgen.model.facts import AnyFact, Conflict, Figure, Statement, Value, outcome_of
from briefgen.model.findings import Finding, Location, Severity
from briefgen.model.quantities import Count, Fraction, Money, Percent


def wrong_repeats(book: FactBook) -> Iterator[Finding]:
    """C116: what a statement repeats is itself, or later, or said by somebody else."""
    for fact, number, earlier in _linked(book, "repeats"):
        location = book.location(fact.id, "repeats", number)
        if fact.id in _repeated(book, earlier):
            yield Finding(location, "C116", f"repeats itself: '{earlier.id}' is '{fact.id}', or repeats it")
        elif not _is_in_order(book, earlier, fact):
            message = f"'{earlier.id}' was said on {book.day_of(earlier)}, after this"
            yield Finding(location, "C116", message, hint=f"let '{earlier.id}' repeat this one")
        elif not set(earlier.by) <= set(fact.by):
            message = f"'{earlier.id}' is said by {', '.join(earlier.by)}, this by {', '.join(fact.by)}"
            yield Finding(location, "C116", message, hint="only the same side, or a part of it, is repeated")


def wrong_answers(book: FactBook) -> Iterator[Finding]:
    """C117: what a statement answers was said by the same side, or later."""
    for fact, number, asked in _linked(book, "answers"):
        location = book.location(fact.id, "answers", number)
        if set(fact.by) <= set(asked.by):
            message = f"'{asked.id}' is said by {', '.join(asked.by)}, and so is its answer"
            yield Finding(location, "C117", message, hint="an answer comes from the other side, or from both")
        elif fact.id in asked.answers:
            message = f"'{asked.id}' answers this, and this answers it"
            yield Finding(location, "C117", message, hint="only one of them is a reply: take the other 'answers' away")
        elif not _is_in_order(book, asked, fact):
            message = f"'{asked.id}' was said on {book.day_of(asked)}, after its answer"
            yield Finding(location, "C117", message, hint="look at the occasions of both again")


def wrong_backgrounds(book: FactBook) -> Iterator[Finding]:
    """C132: what stands behind a statement was said later, or is told with it anyway."""
    for fact, number, before in _linked(book, "background"):
        location = book.location(fact.id, "background", number)
        if before.id in {*fact.repeats, *fact.answers} or fact.id in before.answers:
            message = f"'{before.id}' is named under 'repeats' or 'answers' too, and told with this one anyway"
            yield Finding(location, "C132", message, hint=f"take '{before.id}' out of 'background'")
        elif before is fact or not _is_in_order(book, before, fact):
            message = f"'{before.id}' was said on {book.day_of(before)}, and not before this"
            yield Finding(location, "C132", message, hint="name an earlier statement on the same matter")


def _linked(book: FactBook, key: str) -> Iterator[tuple[Statement, int, Statement]]:
    """Yield each statement with the statements that it names under `key`, and their number there."""
    for fact in book.facts.values():
        for number, id in enumerate(getattr(fact, key) if isinstance(fact, Statement) else ()):
            named = book.facts.get(id)
            if isinstance(fact, Statement) and isinstance(named, Statement):
                yield fact, number, named


def _repeated(book: FactBook, fact: Statement) -> set[str]:
    """Return the ids of a statement and of all that it repeats, directly or not."""
    found, left = set[str](), [fact.id]
    while left:
        each = book.facts.get(left.pop())
        if isinstance(each, Statement) and each.id not in found:
            found.add(each.id)
            left += each.repeats
    return found


def _is_in_order(book: FactBook, earlier: AnyFact, later: AnyFact) -> bool:
    """Return whether one may have been said before the other, or on the same day, as far as their days are known."""
    first, last = book.day_of(earlier), book.day_of(later)
    return first is None or last is None or first.first <= last.last


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


def measures_that_differ(book: FactBook) -> Iterator[Finding]:
    """C130: an observation of a figure, or a goal that it measures, is in another currency or unit than its first."""
    firsts: dict[str, Value] = {}
    for fact in book.facts.values():
        for number, each in enumerate(fact.observations if isinstance(fact, Figure) else ()):
            first = firsts.setdefault(fact.id, each.value)
            yield from _differing(book.location(fact.id, "observations", number, "value"), each.value, fact.id, first)
    for fact in book.facts.values():
        target = fact.target if isinstance(fact, Statement) else None
        if target and target.indicator in firsts:
            first = firsts[target.indicator]
            yield from _differing(book.location(fact.id, "target", "goal"), target.goal, target.indicator, first)


def _differing(location: Location, value: Value, figure: str, first: Value) -> Iterator[Finding]:
    one, other = _measure(value), _measure(first)
    if one and other and one != other:
        message = f"is in {one}, and the first observation of '{figure}' in {other}: readers would compare the two"
        hint = "let another figure have what is measured otherwise; nothing else, if that is meant"
        yield Finding(location, "C130", message, Severity.WARNING, hint=hint)


def _measure(value: Value) -> str:
    """Return the currency or unit of an amount; empty for what is none."""
    match value.value:
        case Money(currency=measure) | Count(unit=measure):
            return measure
        case Percent() | Fraction():
            return "%"
        case _:
            return ""
