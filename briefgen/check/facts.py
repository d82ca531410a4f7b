"""Checks of a facts file: ids, texts, values, speakers, and the days on which facts were reviewed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from briefgen.localise.cldr import language_of, locale
from briefgen.model.book import Expected, FactBook, KeyPath, Slot, slots, values_of
from briefgen.model.briefing import Briefing
from briefgen.model.dates import SPANS, FactDate
from briefgen.model.facts import (
    Act,
    AnyFact,
    Conflict,
    DocumentForm,
    Figure,
    Mechanism,
    Meeting,
    MeetingForm,
    Observation,
    Office,
    Reason,
    Statement,
    is_expected,
    placeholders,
)
from briefgen.model.findings import Finding, Location, Severity, did_you_mean, some_of
from briefgen.model.quantities import Count, Name, Percent, is_date

Reference = tuple[KeyPath, str, tuple[str, ...]]


def unknown_ids(book: FactBook) -> Iterator[Finding]:
    """C102: an id is named that does not exist."""
    told: dict[tuple[str, tuple[str, ...]], list[Location]] = {}
    for path, word, known in _references(book):
        if word not in known and word not in book.unread:
            hint = _called_so(book, word, known) or did_you_mean(word, known)
            if path[-1] == "form":
                hint += "; a form of your own is named under 'forms'"
            places = told.setdefault((word, (hint.removeprefix("; "), *known)), [])
            places.append(book.locate(path))
    for (word, (hint, *_)), places in told.items():
        first, more = min(places), ""
        if len(places) > _SLIPS:  # what they name is gone
            lines = {each.line for each in places if each.file == first.file} - {first.line}
            more, places = f", nor in line {some_of(lines)}" if lines else "", [first]
        yield from (Finding(each, "C102", f"'{word}' is not known here{more}", hint=hint) for each in places)


_SLIPS = 5
"""How often a word is named that may be a slip of the hand."""


def _called_so(book: FactBook, word: str, known: tuple[str, ...]) -> str:
    """Return a hint with the id of what is called so: VN, where somebody writes Viet Nam."""
    parts = [part for part in re.split(r"\s*(?:[;/&+]|\band\b)\s*", word) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return f"write a comma between them: [{', '.join(parts)}]"
    things = [each for group in book.file.named.values() for each in group.items()]
    named = [(id, name) for id, each in things for name in (each.name, *getattr(each, "aliases", ()))]
    named += [each for texts in (book.file.themes, book.file.overview) for each in texts.items()]
    found = (id for id, name in named if id in known and word.casefold() == name.casefold())
    return next((f"did you mean '{id}'?" for id in found), "")


def circular_supersession(book: FactBook) -> Iterator[Finding]:
    """C103: facts supersede each other in a circle, which is told once, with all its members."""
    done: set[str] = set()
    for fact in book.facts.values():
        chain: dict[str, AnyFact] = {}
        current: AnyFact | None = fact
        while current and current.id not in chain and current.id not in done:
            chain[current.id] = current
            current = book.facts.get(current.superseded.by) if current.superseded else None
        done |= chain.keys()
        if current and current.id in chain:
            members = list(chain)[list(chain).index(current.id) :]
            first = min(members, key=list(book.facts).index)
            at = members.index(first)
            message = f"is superseded by itself: {' -> '.join([*members[at:], *members[:at], first])}"
            yield Finding(book.location(first, "superseded"), "C103", message, hint="one of them must stand")


def superseded_by_older(book: FactBook) -> Iterator[Finding]:
    """C118: a fact is superseded by one that only older sources know; a dispute has no order."""
    for fact in book.facts.values():
        later = book.facts.get(fact.superseded.by) if fact.superseded else None
        known, last = book.known_days(fact.cites), book.known_days(later.cites if later else ())
        is_dispute = fact.superseded and fact.superseded.reason is Reason.DISPUTED
        if later and any(cite.source in book.unread for cite in (*fact.cites, *later.cites)):
            continue  # its day is not known
        if later and not is_dispute and known and last and max(last) < min(known):
            message = f"'{later.id}' is known from {max(last)}, before this, which is known from {min(known)}"
            hint = "look which of the two is newer; where sources contradict each other, the reason is 'disputed'"
            yield Finding(book.location(fact.id, "superseded", "by"), "C118", message, hint=hint)


def large_shares(book: FactBook) -> Iterator[Finding]:
    """C119: a percentage is above 100, which growth may be, and a share is not."""
    for fact in book.facts.values():
        for value, path in ((slot.value.value, slot.path) for slot in slots(fact)):
            if isinstance(value, Percent) and value.number > 100:
                location, hint = book.location(fact.id, *path, "value"), "right if it is growth; else look again"
                yield Finding(location, "C119", f"{value} is more than the whole", Severity.NOTE, hint=hint)


def far_years(book: FactBook) -> Iterator[Finding]:
    """C122: a date lies more than a hundred years after its sources: most likely its year is of another calendar."""
    newest = max((source.known_from.year for source in book.sources.values()), default=0)
    for fact, slot in book.slots():
        when = slot.value.value
        if is_date(when) and newest and when.last.year > newest + _FARTHEST:
            message = f"{when} lies more than {_FARTHEST} years after the newest source"
            hint = "write the year of the Common Era: 2026 is 2569 of the Buddhist Era; nothing else, if it is right"
            yield Finding(book.location(fact.id, *slot.path, "value"), "C122", message, Severity.WARNING, hint=hint)


_FARTHEST = 100
"""Years."""


def unknown_placeholders(book: FactBook) -> Iterator[Finding]:
    """C105: a text names a value that its fact does not have."""
    for fact in book.facts.values():
        known = tuple(values_of(fact))
        paths = (("text",), ("note",), ("brief",), ("earlier_texts", "text"))
        for path, text in (found for each in paths for found in _words_at(fact, each)):
            for name in (name for name in placeholders(text) if name not in known):
                message = f"the {path[-1]} names {{{name}}}, which this fact does not have"
                yield Finding(book.location(fact.id, *path), "C105", message, hint=did_you_mean(name, known))
    for number, headline in enumerate(book.file.headlines):
        facts = [book.facts[id] for id in headline.facts if id in book.facts]
        names = [f"{fact.id}.{key}" for fact in facts for key in values_of(fact)]
        for name in placeholders(headline.text):
            if name.partition(".")[0] not in book.unread and name not in names:
                location = book.locate(("headlines", number, "text"))
                message = f"the text names {{{name}}}, which its facts do not have"
                yield Finding(location, "C105", message, hint=did_you_mean(name, names))


def unprinted_values(book: FactBook) -> Iterator[Finding]:
    """C124: a value that only a text can print is named by none."""
    for fact in book.facts.values():
        texts = (fact.text, fact.note, getattr(fact, "brief", ""), *(each.text for each in fact.earlier_texts))
        told = {name for text in texts for name in placeholders(text)}
        if not told <= {*values_of(fact)}:
            continue  # one is mistyped (C105)
        told |= _IN_TABLES | ({fact.tile.value, fact.tile.period} if fact.tile else set())
        headlines = (each for each in book.file.headlines if fact.id in each.facts)
        told |= {name.removeprefix(f"{fact.id}.") for each in headlines for name in placeholders(each.text)}
        for slot in slots(fact):
            if slot.path[0] in ("values", "participants", "since") and slot.name not in told:
                hint = f"write {{{slot.name}}} into the text or the note, or take the value away"
                location = book.location(fact.id, *slot.path)
                message = f"no text names '{slot.name}' ({slot.value.value}): it is not printed"
                yield Finding(location, "C124", message, Severity.WARNING, hint=hint)


_IN_TABLES = {"when", "by", "chair"}
"""Those under `values` that rows have beside the text: a day, by when a summit is to be held, and who chairs it."""


def empty_entries(book: FactBook) -> Iterator[Finding]:
    """C106: a text is empty, or a fact or headline rests on nothing."""
    for message in book.messages():
        if not message.text.strip():
            yield Finding(message.location, "C106", "the text is empty")
    yield from _hollow_facts(book)
    parties = book.file.partnership.parties
    if not 2 <= len(parties) == len(set(parties)):
        location = book.locate(("partnership", "parties"))
        yield Finding(location, "C106", "a partnership is of two parties at least, each named once")
    for number, headline in enumerate(book.file.headlines):
        if not headline.facts:
            location = book.locate(("headlines", number, "facts"))
            yield Finding(location, "C106", "the headline rests on no fact", hint="name the facts it is made of")
        for at, id in enumerate(headline.facts):
            later = book.facts[id].superseded if id in book.facts else None
            if later and later.reason is Reason.CORRECTED:
                location, hint = book.locate(("headlines", number, "facts", at)), f"name '{later.by}' in its place"
                why = f"'{id}' was corrected, so the headline is not printed any more"
                yield Finding(location, "C106", why, Severity.WARNING, hint=hint)


def _hollow_facts(book: FactBook) -> Iterator[Finding]:
    for fact in book.facts.values():
        if not fact.cites:
            hint = "every fact needs a source"
            yield Finding(book.location(fact.id, "cites"), "C106", "the fact cites no line", hint=hint)
        if isinstance(fact, Figure) and not fact.observations:
            yield Finding(book.location(fact.id, "observations"), "C106", "the figure has no observation")
        target = fact.target if isinstance(fact, Statement) else None
        if target and not (target.indicator or target.name.strip()):
            hint = "name the figure that measures it with 'indicator', or say what it is with 'name'"
            yield Finding(book.location(fact.id, "target"), "C106", "the target does not say of what", hint=hint)
        if isinstance(fact, Conflict) and len(set(fact.between)) < 2:
            yield Finding(book.location(fact.id, "between"), "C106", "a conflict lies between two facts at least")


def wrong_kinds_of_value(book: FactBook) -> Iterator[Finding]:
    """C107: a value is no date or no name where one is needed."""
    for fact, slot in book.slots():
        if not _is_as_expected(slot):
            message = f"'{slot.name}' must be {slot.expected}, not {slot.value.value}"
            yield Finding(book.location(fact.id, *slot.path, "value"), "C107", message)


def _is_as_expected(slot: Slot) -> bool:
    value = slot.value.value
    match slot.expected:
        case Expected.DATE:
            return is_date(value)
        case Expected.NAME:
            return isinstance(value, Name)
        case Expected.SPAN:
            return isinstance(value, Count) and value.unit in SPANS and value.number > 0 and value.number % 1 == 0
        case Expected.ANY:
            return True


def unknown_tile_values(book: FactBook) -> Iterator[Finding]:
    """C108: a tile shows a value that its fact does not have."""
    for fact in book.facts.values():
        known = tuple(values_of(fact))
        for key in ("value", "period"):
            name = getattr(fact.tile, key) if fact.tile else ""
            if name and name not in known:
                message = f"the tile shows '{name}', which this fact does not have"
                yield Finding(book.location(fact.id, "tile", key), "C108", message, hint=did_you_mean(name, known))


def statements_without_speaker(book: FactBook) -> Iterator[Finding]:
    """C109: a statement has no party, or its speaker belongs to another party."""
    for fact in book.facts.values():
        if isinstance(fact, Statement) and not fact.by:
            yield Finding(book.location(fact.id, "by"), "C109", "a statement needs the party that makes it")
        person = book.file.people.get(fact.speaker) or book.file.bodies.get(fact.speaker)
        if person and person.party not in fact.by:
            message = f"{person.name} speaks for {person.party or 'nobody'}, not for {', '.join(fact.by) or 'nobody'}"
            yield Finding(book.location(fact.id, "speaker"), "C109", message)


def offices_of_another_party(book: FactBook) -> Iterator[Finding]:
    """C111: the holder of an office belongs to another party than the office."""
    for fact in book.facts.values():
        if isinstance(fact, Office) and isinstance(fact.holder.value, Name) and isinstance(fact.party.value, Name):
            person = book.file.people.get(fact.holder.value.id)
            if person and person.party != fact.party.value.id:
                message = f"{person.name} belongs to {person.party or 'no party'}, not to {fact.party.value.id}"
                yield Finding(book.location(fact.id, "holder", "value"), "C111", message)


def one_sided_agreements(book: FactBook) -> Iterator[Finding]:
    """C112: a fact that only one side reports is called agreed or signed."""
    for fact in book.facts.values():
        if fact.act in (Act.AGREED, Act.SIGNED) and len(set(fact.by)) == 1:
            message = f"'{fact.act}' needs both sides, but only {fact.by[0]} is named in 'by'"
            weaker = (Act.HOPED, Act.REQUESTED, Act.PROPOSED, Act.ANNOUNCED, Act.AIMED)
            hint = f"what one side says is {', '.join(weaker)} or {Act.STATED}"
            yield Finding(book.location(fact.id, "act"), "C112", message, hint=hint)


def ambiguous_names(book: FactBook) -> Iterator[Finding]:
    """C113: two of the parties, people and terms have the same id."""
    taken: dict[str, str] = {}
    for kind, ids in book.file.named.items():
        for id in ids:
            if id in taken:
                message = f"'{id}' stands among the {taken[id]} too; @{id} could mean either"
                yield Finding(book.locate((kind, id)), "C113", message, hint="give one of them another id")
            taken.setdefault(id, kind)


def people_of_others(book: FactBook) -> Iterator[Finding]:
    """C125: a person belongs to a party that is in no partnership, so that no side is the person's own."""
    parties = book.file.partnership.parties
    for id, person in book.file.people.items() if {*parties} <= {*book.file.parties} else ():  # C102
        if person.party in book.file.parties and person.party not in parties:
            message = f"'{person.party}' is no party of the partnership, whose people these are"
            hint = f"write one of {', '.join(parties)}; leave 'party' out of who belongs to none of them"
            yield Finding(book.locate(("people", id, "party")), "C125", message, Severity.WARNING, hint=hint)


def meetings_without_occasion(book: FactBook) -> Iterator[Finding]:
    """C120: a meeting has no occasion, and is not said to be only announced."""
    for fact in book.facts.values():
        if isinstance(fact, Meeting) and fact.held is None and not fact.on:
            hint = "name the event of the record with 'on'; of one that is announced, write 'held: false', and 'when'"
            yield Finding(book.location(fact.id), "C120", "a meeting that took place needs its occasion", hint=hint)


def earlier_values(book: FactBook) -> Iterator[Finding]:
    """C121: what an earlier source is said to have had is not of an earlier source, or stands in an observation."""
    for fact in book.facts.values():
        for slot in (slot for slot in slots(fact) if slot.value.earlier):
            cites = [each.cite for each in (*slot.value.earlier, slot.value)]
            days, location = book.known_days(cites), book.location(fact.id, *slot.path, "earlier")
            if slot.path[0] == "observations":
                hint = "write another observation; the page has them all"
                yield Finding(location, "C121", "an observation keeps no earlier value", hint=hint)
            elif len(days) == len(cites) and any(first >= then for first, then in pairwise(days)):
                message = "the sources of these values do not come out one after the other"
                hint = "name the oldest first; the source of 'value' is the newest"
                yield Finding(location, "C121", message, hint=hint)


def observations_out_of_order(book: FactBook) -> Iterator[Finding]:
    """C123: an observation stands after a later one, so that the older one counts as the latest."""
    for fact in book.facts.values():
        newest: Observation | None = None
        for number, each in enumerate(fact.observations if isinstance(fact, Figure) else ()):
            if newest and _is_earlier(book, each, newest):
                this, other = _of(book, each), _of(book, newest)
                message = f"an observation {this} stands after one {other}: the last counts as the latest"
                location = book.location(fact.id, "observations", number, "period")
                hint = "let the observations stand in the order of their periods; without one, of their sources"
                yield Finding(location, "C123", message, hint=hint)
            else:
                newest = each


def _is_earlier(book: FactBook, one: Observation, other: Observation) -> bool:
    """Return whether one is of an earlier period; where one of them has none, whether its source came out before."""
    first, last = (each.period.value if each.period else None for each in (one, other))
    if isinstance(first, FactDate) and isinstance(last, FactDate):
        return first.last < last.last
    days = book.known_days([one.value.cite, other.value.cite])
    return len(days) > 1 and days[0] < days[1]


def _of(book: FactBook, each: Observation) -> str:
    told = max(book.known_days([each.value.cite]), default="")
    return f"of {each.period.value}" if each.period else f"without a period, told on {told}"


def _references(book: FactBook) -> Iterator[Reference]:
    """Yield every id that is named in the facts and records: its path, itself, and those it may be."""
    file, parties, sides = book.file, tuple(book.file.parties), (*book.file.parties, *book.file.bodies)
    names, of_facts = tuple(id for group in file.named.values() for id in group), _known_in_facts(book)
    for fact in book.facts.values():
        forms = MeetingForm if isinstance(fact, Meeting) else DocumentForm
        for path, known in {**of_facts, ("form",): (*forms, *file.forms)}.items():
            for at, word in _words_at(fact, path):
                if word or path != ("speaker",):
                    yield (*book.paths[fact.id], *at), word, known
    for fact, slot in book.slots():
        if isinstance(slot.value.value, Name):
            yield (*book.paths[fact.id], *slot.path, "value"), slot.value.value.id, names
    yield from ((path, party, parties) for path, party in _words_at(file, ("partnership", "parties")))
    yield from ((path, id, tuple(book.facts)) for path, id in _words_at(file, ("headlines", "facts")))
    for kind, members in (("people", file.people), ("bodies", file.bodies)):
        yield from (((kind, id, "party"), each.party, parties) for id, each in members.items() if each.party)
    yield from ((("sources", id, "account"), each.account, sides) for id, each in book.sources.items() if each.account)


def _known_in_facts(book: FactBook) -> dict[KeyPath, tuple[str, ...]]:
    """Return what may be named at each path of a fact."""
    file, facts = book.file, book.facts
    sides, statements = (*file.parties, *file.bodies), _ids(facts, Statement)
    return {
        ("theme",): tuple(file.themes),
        ("by",): sides,
        ("to",): sides,
        ("overview",): tuple(file.overview),
        ("speaker",): (*file.people, *file.bodies),
        ("superseded", "by"): tuple(facts),
        ("earlier_texts", "before"): tuple(book.sources),
        ("session_of",): _ids(facts, Mechanism),
        ("series",): tuple(file.terms),
        ("between",): tuple(id for id, each in facts.items() if not isinstance(each, Conflict)),
        ("target", "indicator"): _ids(facts, Figure),
        ("summit",): tuple(id for id, each in facts.items() if is_expected(each)),
        ("repeats",): statements,
        ("answers",): statements,
        ("background",): statements,
        ("tile", "under"): tuple(id for id, each in facts.items() if each.tile and not each.tile.under),
    }


def _ids(facts: Mapping[str, AnyFact], kind: type[AnyFact]) -> tuple[str, ...]:
    return tuple(id for id, each in facts.items() if isinstance(each, kind))


def _words_at(part: object, path: KeyPath, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield what stands at a path of fields, through every entry of a list, with the whole path of each."""
    match part:
        case tuple():
            for number, each in enumerate(part):
                yield from _words_at(each, path, (*at, number))
        case str():
            yield at, part
        case _:
            yield from _words_at(getattr(part, str(path[0]), None), path[1:], (*at, path[0])) if path else ()


def reviews_ahead(book: FactBook, today: date) -> Iterator[Finding]:
    """C114: a review, or the publication of a source, has a date in the future; or a review has no day."""
    for fact in book.facts.values():
        if fact.reviewed and fact.reviewed.first != fact.reviewed.last:
            message = f"'{fact.reviewed}' is no day, so that nobody knows from when on it counts"
            hint = f"write the day on which somebody looked at it again, like {today}"
            yield Finding(book.location(fact.id, "reviewed"), "C114", message, hint=hint)
        elif fact.reviewed and fact.reviewed.first > today:
            message = f"'{fact.id}' is said to have been reviewed on {fact.reviewed}, which lies ahead of {today}"
            hint = "write the day on which somebody looked at it again"
            yield Finding(book.location(fact.id, "reviewed"), "C114", message, hint=hint)
    for id, source in book.sources.items():
        if source.published.date.first - timedelta(days=1) > today:  # where it was published, it may be tomorrow
            location = book.locate(("sources", id, "published", "date"))
            message = f"'{id}' is published on {source.published.date}, which lies ahead of {today}"
            hint = "correct the day if it is wrong: what rests on this source alone is left out until then"
            yield Finding(location, "C114", message, Severity.WARNING, hint=hint)


def idle_reviews(book: FactBook) -> Iterator[Finding]:
    """C115: a review is older than the newest source, which confirms the fact anyway."""
    for fact in book.facts.values():
        newest = book.newest_source(fact)
        if fact.reviewed and newest and fact.reviewed.last <= newest:
            message = f"the review on {fact.reviewed} changes nothing: a source of {newest} confirms the fact"
            location = book.location(fact.id, "reviewed")
            yield Finding(location, "C115", message, Severity.NOTE, hint="take the line away, or leave it")


def past_review(briefing: Briefing) -> Iterator[Finding]:
    """A604: no source or review has confirmed a fact for too long; the longest unconfirmed comes first."""
    for item in briefing.past_review:
        message = f"'{item.fact.id}' was last confirmed on {item.confirmed} and is past review since {item.review_due}"
        yield Finding(briefing.book.location(item.fact.id), "A604", message, Severity.NOTE)


def unknown_languages(book: FactBook) -> Iterator[Finding]:
    """C131: CLDR knows no language of that code, so that the party comes first in no edition."""
    for id, party in book.file.parties.items():
        try:
            locale(party.language or "en")
        except ValueError:
            message = f"there is no language '{party.language}', so that no edition has this party first"
            meant = language_of(party.language)
            hint = f"did you mean '{meant}'?" if meant else "write its code of two or three letters, such as fr"
            yield Finding(book.locate(("parties", id, "language")), "C131", message, Severity.WARNING, hint=hint)
