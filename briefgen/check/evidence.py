"""Facts compared with records: each value, date, party, speaker and act of a fact must equal that of its record.

And with each other: what they repeat, answer or stand behind, one thing twice, an indicator in another measure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from briefgen.model.book import FactBook, KeyPath
from briefgen.model.dates import FactDate
from briefgen.model.facts import AnyFact, Conflict, Figure, Statement, Value, outcome_cites, outcome_of
from briefgen.model.findings import Finding, Location, Severity, did_you_mean, nearest_word, some_of
from briefgen.model.quantities import Cite, Count, Fraction, Money, Percent
from briefgen.model.records import DRAFTED, Basis, Dated, Line, Saying, Source


def unknown_lines(book: FactBook) -> Iterator[Finding]:
    """E201: a cite names a source or a line that no record has."""
    lacking: dict[str, list[Location]] = {}
    for fact, path, cite in _cites(book):
        source, location = book.sources.get(cite.source), book.location(fact.id, *path)
        if source is None and cite.source not in book.unread:
            lacking.setdefault(cite.source, []).append(location)
        elif source and source.line(cite.line) is None:
            lines = ", ".join(map(str, sorted(line.line for line in source.lines)))
            message = f"the record {cite.source} has no line {cite.line}"
            yield Finding(location, "E201", message, hint=f"it has: {lines}")

    for id, places in lacking.items():
        message = f"there is no record '{id}'"
        hint = did_you_mean(id, book.sources)
        if len(places) > 1:
            message += f", which is cited {len(places)} times: in line {some_of(each.line for each in places)}"
        if len(places) > _SLIPS:
            hint = f"put it back as seeds/{id}.yaml, or make it: briefgen sources add seeds/originals/{id}.txt"
        yield Finding(min(places), "E201", message, hint=hint)


_SLIPS = 3
"""How often a name is cited that may be a slip of the hand."""


def _is_told(book: FactBook, fact: AnyFact, source: str, line: int = 0) -> bool:
    """Return whether a fact cites a record, or a line of it, that is not there (E201): no more need be said of it."""
    cites = [cite for cite in (*fact.cites, *outcome_cites(fact)) if cite.source == source]
    return any(source not in book.sources or (cite.line == line and book.line(cite) is None) for cite in cites)


def _meant(book: FactBook, source: str) -> str:
    """Return the source that is cited: of a name that is none (E201), the nearest one, if there is any."""
    return source if source in book.sources else nearest_word(source, book.sources) or source


def unsupported_cites(book: FactBook) -> Iterator[Finding]:
    """E202: the record's line does not carry the fact that cites it."""
    for fact, path, cite in _cites(book):
        if path[0] == "cites" and book.line(cite) and not _sayings(book, cite, fact.id):
            message = f"line {cite.line} of {cite.source} does not carry the fact '{fact.id}'"
            hint = f"cite the right line, or add the fact to 'says' of that line in seeds/{cite.source}.yaml"
            yield Finding(book.location(fact.id, *path), "E202", message, hint=hint)


def differing_sayings(book: FactBook) -> Iterator[Finding]:
    """E203: who says it, to whom, with which act or on which occasion differs from the record."""
    for fact, _, cite in _cites(book):
        for saying in _sayings(book, cite, fact.id):
            for name, here, there in _pairs(fact, cite, saying):
                events = book.sources[cite.source].events
                is_told = name == "on" and here in events and there not in ("", *events)  # E209
                if here != there and not is_told:
                    shown = f"'{here or 'not given'}' here but '{there or 'not given'}'"
                    message = f"'{name}' is {shown} in the record ({cite})"
                    yield Finding(book.location(fact.id, name), "E203", message, hint=_look_again(book, cite))


def differing_values(book: FactBook) -> Iterator[Finding]:
    """E204: a typed value differs from the figure it names, or names one that the record does not have."""
    for fact, slot in book.slots():
        value, cite = slot.value.value, slot.value.cite
        figure = book.figure(cite)
        if figure is None and cite.source not in book.unread and not _is_told(book, fact, cite.source, cite.line):
            location = book.location(fact.id, *slot.path, "cite")
            yield Finding(location, "E204", f"no record has the figure {cite}", hint=_likely_figure(book, fact, cite))
        elif figure is not None and figure != value:
            location = book.location(fact.id, *slot.path, "value")
            message = f"is {value} here but {figure} in the record ({cite})"
            yield Finding(location, "E204", message, hint=_look_again(book, cite))


def _likely_figure(book: FactBook, fact: AnyFact, cite: Cite) -> str:
    """Return which figure was meant: of that name on another line that the fact cites, or the nearest of its line."""
    line = book.line(cite)
    large = next((name for name in {**line.figures, **line.derived} if name.lower() == cite.figure), "") if line else ""
    if large:
        return f"the record calls it '{large}': write it in small letters there"
    others = (Cite(each.source, each.line, cite.figure) for each in fact.cites)
    meant = next((each for each in others if book.figure(each) is not None), None)
    if meant:
        return f"did you mean '{meant}'?"
    return did_you_mean(cite.figure, {**line.figures, **line.derived}) if line else ""


def values_of_other_lines(book: FactBook) -> Iterator[Finding]:
    """E205: a value rests on a line that its fact does not cite, nor means to with the name of a source misspelt."""
    cited = {(fact.id, _meant(book, cite.source), cite.line) for fact, _, cite in _cites(book)}
    for fact, slot in book.slots():
        cite = slot.value.cite
        if (fact.id, cite.source, cite.line) not in cited and book.figure(cite) is not None:  # else it is E204
            message = f"rests on line {cite.line} of {cite.source}, which the fact does not cite"
            yield Finding(book.location(fact.id, *slot.path, "cite"), "E205", message, hint="add the line to 'cites'")


def unknown_occasions(book: FactBook) -> Iterator[Finding]:
    """E206: the occasion is no event of a record that the fact cites."""
    for fact in book.facts.values():
        for path, part in ((("on",), fact), (("outcome", "on"), outcome_of(fact))):
            sources = {_meant(book, cite.source) for cite in part.cites} & book.sources.keys() if part else set()
            events = {f"{source}@{name}" for source in sources for name in book.sources[source].events}
            told = part and part.on and (part.on.source in book.unread or _is_told(book, fact, part.on.source))
            if part and part.on and not told and str(part.on) not in events:
                message = f"'{part.on}' is no event of a record that is cited here"
                cited = f": {', '.join(sorted(sources))}" if sources else ""
                add = f"it is written RECORD@EVENT; add the event under 'events' of a record that is cited{cited}"
                hint = did_you_mean(str(part.on), events) if events else add
                yield Finding(book.location(fact.id, *path), "E206", message, hint=hint)


def unclaimed_sayings(book: FactBook) -> Iterator[Finding]:
    """E207: a record's line carries a fact, or reports its outcome, and the fact does not cite the line for it."""
    for source, path, line in lines_of(book):
        cite = Cite(source, line.line)
        said = [(at, number, id) for at, saying in enumerate(line.says) for number, id in enumerate(saying.facts)]
        claims: list[tuple[KeyPath, str, str]] = [((*path, "reports", id), id, "outcome: cites") for id in line.reports]
        claims += [((*path, "says", at, "facts", number), id, "cites") for at, number, id in said]
        for claim, id, key in claims:
            fact = book.facts.get(id)
            cited = (fact.cites if key == "cites" else outcome_cites(fact)) if fact else ()
            if fact and cite not in {Cite(_meant(book, each.source), each.line) for each in cited}:
                message = f"the fact '{id}' does not cite {cite} under '{key}'"
                yield Finding(book.locate(claim), "E207", message, hint=f"add {cite} there, or take '{id}' away here")
            elif fact is None and id not in book.unread | book.elsewhere:
                yield Finding(book.locate(claim), "E207", f"there is no fact '{id}'", hint=did_you_mean(id, book.facts))


def differing_outcomes(book: FactBook) -> Iterator[Finding]:
    """E210: the outcome of a statement or mechanism differs from what the record's line reports of it."""
    for fact, path, cite in _cites(book):
        outcome, line = outcome_of(fact) if path[0] == "outcome" else None, book.line(cite)
        if outcome and line and (reported := line.reports.get(fact.id)) is not outcome.status:
            message = f"is '{outcome.status}' here but '{reported or 'not reported'}' in the record ({cite})"
            reports = f"{fact.id}: {outcome.status}"
            hint = f"look at the line again, or add to its 'reports' in seeds/{cite.source}.yaml: {reports}"
            yield Finding(book.location(fact.id, *path), "E210", message, hint=hint)


def undecided_figures(book: FactBook) -> Iterator[Finding]:
    """E208: a line that carries a fact, or the date of its record, still holds what the draft could not decide."""
    cited = {(cite.source, cite.line) for _, _, cite in _cites(book)}
    carrying = [each for each in lines_of(book) if each[2].says or each[2].reports or (each[0], each[2].line) in cited]
    for _, path, line in carrying:
        for at, note in enumerate(line.undecided):
            location, hint = book.locate((*path, "undecided", at)), "enter the figure, or take the note away"
            yield Finding(location, "E208", f"not decided yet: {note}", hint=hint)
    for id in dict.fromkeys(source for source, _, _ in carrying):
        why = book.sources[id].published.why
        if why.startswith(DRAFTED):
            hint = "correct the date, or take 'why' away if it is right"
            location = book.locate(("sources", id, "published", "why"))
            yield Finding(location, "E208", f"not decided yet: {why}", hint=hint)


def silent_lines(book: FactBook) -> Iterator[Finding]:
    """E214: lines of a record were drafted, and nobody has said yet what is in them or left them out."""
    for id, record in book.sources.items():
        silent = [at for at, line in enumerate(record.lines) if not (line.digest or line.says or line.reports)]
        if silent:
            numbers = [record.lines[at].line for at in silent]
            which = f"line {numbers[0]} is" if len(numbers) == 1 else f"{len(numbers)} lines are"
            message = f"{which} drafted and nothing else: {', '.join(map(str, numbers))}"
            leave = f"leave the others out with a reason: briefgen sources leave-out {id} --as unused"
            hint = f"say what each says (briefgen fact add {id}:L{numbers[0]}), or {leave}"
            location = book.locate(("sources", id, "lines", silent[0], "line"))
            yield Finding(location, "E214", message, hint=hint, severity=Severity.NOTE)


def unknown_record_events(book: FactBook) -> Iterator[Finding]:
    """E209: a line of a record names an event that the record does not have."""
    for source, path, line in lines_of(book):
        events = book.sources[source].events
        for at, saying in enumerate(line.says):
            if saying.on and saying.on not in events:
                event = saying.on.rpartition("@")[2]
                hint = f"write the event alone: {event}" if event in events else did_you_mean(saying.on, events)
                location = book.locate((*path, "says", at, "on"))
                yield Finding(location, "E209", f"this record has no event '{saying.on}'", hint=hint)


def broken_hashes(book: FactBook) -> Iterator[Finding]:
    """E222: the sha256 of a document or of a line is none, so that the original is never found by it."""
    hint = "64 digits and small letters from a to f are expected; briefgen sources add FILE writes them"
    for id, source in book.sources.items():
        lines = ((("lines", number, "sha256"), line.sha256) for number, line in enumerate(source.lines))
        given = (("sha256",), source.sha256), (("text_sha256",), source.text_sha256)
        for path, value in (*given, *lines):
            if not _SHA256.fullmatch(value) and (value or path != ("text_sha256",)):
                yield Finding(book.locate(("sources", id, *path)), "E222", f"'{value}' is no sha256", hint=hint)


_SHA256 = re.compile("[0-9a-f]{64}")


def repeated_lines(book: FactBook) -> Iterator[Finding]:
    """E211: a record has a line, or a figure of a line, twice, so that one of the two would never be looked at."""
    seen: set[tuple[str, int]] = set()
    for source, path, line in lines_of(book):
        if (source, line.line) in seen:
            hint = "put both into one entry"
            yield Finding(book.locate((*path, "line")), "E211", f"line {line.line} stands here twice", hint=hint)
        seen.add((source, line.line))
        for name in line.figures.keys() & line.derived.keys():
            message = f"the figure '{name}' is both printed and derived"
            yield Finding(book.locate((*path, "derived", name)), "E211", message, hint="keep one of them")


def empty_digests(book: FactBook) -> Iterator[Finding]:
    """E212: a line that carries a fact has no digest, so that a reader could not tell what it says."""
    hint = "say in our own words what the line says; the original's words stay with the original"
    for _, path, line in lines_of(book):
        if (line.says or line.reports) and not line.digest.strip():
            location = book.locate((*path, "digest"))
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


def unfounded_dates(book: FactBook) -> Iterator[Finding]:
    """E219: a date or a derived figure of a record says neither the line that gives it nor why it is right."""
    for id, record in book.sources.items():
        for path, dated in dates_of(record).items():
            location = book.locate(("sources", id, *path, "basis"))
            if dated.basis is Basis.TEXT and not dated.line:
                message = "the basis is 'text', and no 'line' says where it gives the date"
                hint = "add 'line: N' with its number; if no line does, write 'derived' or 'press', and 'why'"
                yield Finding(location, "E219", message, hint=hint)
            elif dated.basis is not Basis.TEXT and not dated.why.strip():
                message = f"the basis is '{dated.basis}', and no 'why' gives the reason"
                hint = "add 'why: ...'; if a line of the text gives the date, write 'text' and 'line: N'"
                yield Finding(location, "E219", message, hint=hint)
    for _, path, line in lines_of(book):
        for name, derived in line.derived.items():
            if not derived.why.strip():
                location = book.locate((*path, "derived", name, "why"))
                yield Finding(location, "E219", f"the figure '{name}' is derived, and 'why' gives no reason")


def late_events(book: FactBook) -> Iterator[Finding]:
    """E220: an event is dated after the document that reports it; a day may lie between two time zones."""
    hint = "correct the one that is wrong; what is announced is no event: the fact has 'when', and 'held: false'"
    for id, record in book.sources.items():
        for name, event in record.events.items():
            if event.date.first - timedelta(days=1) > record.published.date.last:
                message = f"lies after the document ({record.published.date})"
                yield Finding(book.locate(("sources", id, "events", name, "date")), "E220", message, hint=hint)


def unfounded_years(book: FactBook) -> Iterator[Finding]:
    """E221: an event is of another year than its document, and nothing in the record gives the year."""
    for id, record in book.sources.items():
        for name, event in record.events.items():
            line = record.line(event.line or 0)
            figures = [figure.value for figure in line.figures.values()] if line else []
            is_said = event.basis is not Basis.TEXT or event.why.strip()
            if not is_said and not is_year_given(event.date, record.published.date, figures):
                message = f"is not of the year of its document ({record.published.date})"
                where = f"say in 'why' what gives it, or quote the date under 'figures' of line {event.line}"
                location = book.locate(("sources", id, "events", name, "date"))
                yield Finding(location, "E221", message, hint=f"correct the year; if it is right, {where}")


def is_year_given(day: FactDate, published: FactDate, figures: Iterable[object]) -> bool:
    """Return whether the year of a day is that of publication, or a figure of its line has it.

    A line often leaves the year out, and then it is that of its text.
    """
    given = (each for each in (published, *figures) if isinstance(each, FactDate))
    return any(day.last.year in (each.first.year, each.last.year) for each in given)


def dates_of(record: Source) -> Mapping[KeyPath, Dated]:
    """Return the dates of a record, each with its path in it."""
    events: Mapping[KeyPath, Dated] = {("events", name): event for name, event in record.events.items()}
    return {("published",): record.published, **events}


def lines_of(book: FactBook) -> Iterator[tuple[str, KeyPath, Line]]:
    """Yield every recorded line with the id of its record and its path in the book."""
    for id, source in book.sources.items():
        for number, line in enumerate(source.lines):
            yield id, ("sources", id, "lines", number), line


def _cites(book: FactBook) -> Iterator[tuple[AnyFact, KeyPath, Cite]]:
    """Yield every line that a fact or its outcome cites, with the fact and the path in it."""
    for fact in book.facts.values():
        yield from ((fact, ("cites", number), cite) for number, cite in enumerate(fact.cites))
        yield from ((fact, ("outcome", "cites", number), cite) for number, cite in enumerate(outcome_cites(fact)))


def _look_again(book: FactBook, cite: Cite) -> str:
    """Return how to see the line of the source beside its record, and where the record has it."""
    source = book.sources.get(cite.source)
    numbers = [line.line for line in source.lines] if source else []
    at = numbers.index(cite.line) if cite.line in numbers else 0
    path = ("sources", cite.source, "lines", at, "figures", cite.figure)
    show = f"briefgen sources show {cite.source}:L{cite.line}"
    return f"look at the line again ({show}) and correct the entry that is wrong; the record: {book.locate(path)}"


def _sayings(book: FactBook, cite: Cite, fact: str) -> tuple[Saying, ...]:
    line = book.line(cite)
    return tuple(saying for saying in line.says if fact in saying.facts) if line else ()


def _pairs(fact: AnyFact, cite: Cite, saying: Saying) -> Iterator[tuple[str, str, str]]:
    """Yield the keys of a saying with what the fact and the record have there."""
    yield "by", ", ".join(sorted({*fact.by})), ", ".join(sorted({*saying.by}))
    yield "speaker", fact.speaker, saying.speaker
    yield "to", ", ".join(sorted({*fact.to})), ", ".join(sorted({*saying.to}))
    yield "act", fact.act.value, saying.act.value
    if fact.on is None or fact.on.source == cite.source:
        yield "on", fact.on.event if fact.on else "", saying.on
    elif saying.on:  # a line of another record than that of the occasion only confirms, and names no occasion
        yield "on", str(fact.on), saying.on


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
