"""The back of the briefing: figures, timeline, channels, offices, names, sources."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from textwrap import shorten
from typing import NamedTuple, TypeVar

from briefgen.localise.cldr import language_name
from briefgen.localise.context import DERIVED_SIGN, SEPARATOR, Context, once, printed, remarks
from briefgen.localise.history import said_before
from briefgen.localise.labels import ACTS, BASES, KINDS, Label
from briefgen.localise.language import Language, names_in
from briefgen.localise.patterns import sort_key
from briefgen.localise.statements import RECENT, papers_of, row, sides
from briefgen.localise.summits import over_by, sign_of_day
from briefgen.model import facts
from briefgen.model.book import date_in
from briefgen.model.briefing import OFFICE_NAMED_FOR, Assessed, Status
from briefgen.model.dates import FactDate, is_exact_day
from briefgen.model.facts import Act, Document, Fact, Meeting, MeetingForm, Milestone, Office, Statement, Summit
from briefgen.model.quantities import Name, Quantity
from briefgen.model.records import Basis, Line
from briefgen.model.texts import address_on_paper
from briefgen.model.views import (
    Badge,
    EditionNames,
    EventRow,
    EvidenceLine,
    FactLink,
    FactsOfKind,
    FigureRow,
    Item,
    NameRow,
    Observed,
    OfficeRow,
    OverviewLine,
    Prose,
    Run,
    SourceRow,
)

K = TypeVar("K")


_PAIRED_LANGUAGES = 3
MOST_MILESTONES = 12
_JOURNEY = 3
_TALKS, _MOST_TALKS = 5, 4
_MILESTONE_WEIGHTS = (0, 1, _JOURNEY, _TALKS)
"""Steps of the relationship, meetings of leaders, journeys, other talks; the rest is in the timeline only."""
_JOURNEYS = (MeetingForm.STATE_VISIT, MeetingForm.OFFICIAL_VISIT, MeetingForm.VISIT)


def of_kind(context: Context, kind: type[K]) -> Iterator[tuple[Assessed, K]]:
    """Yield facts of a kind that are printed, in the order of the file."""
    for item in printed(context):
        if isinstance(item.fact, kind):
            yield item, item.fact


def figures(context: Context) -> tuple[FigureRow, ...]:
    """Each indicator with what was observed of it."""
    return tuple(_figure(context, item) for item, _ in of_kind(context, facts.Figure))


def timeline(context: Context) -> tuple[EventRow, ...]:
    """Return milestones, meetings, documents and summits that took place, oldest first; a visit before its parts.

    An entry in whose place there is one of the same event with its day more exactly is left out.
    """
    return tuple(event for _, event in _dated(context))


def milestones(context: Context) -> tuple[EventRow, ...]:
    """Return the most important entries of the timeline, oldest first: at most twelve.

    Steps of the relationship come first, then meetings of leaders, then journeys, then four other talks; of equal ones
    the newest. What the lines of the relationship in brief have already is not said again, and journeys and talks are
    those of the last three years before the last meeting of leaders.
    """
    items, start = context.briefing.items, (context.last_meeting_day or date.min)
    dated = [
        (order, event)
        for order, event in _dated(context)
        if order.weight in _MILESTONE_WEIGHTS
        and not items[event.id].fact.overview
        and (order.weight < _JOURNEY or start - order.day <= RECENT)
    ]
    by_weight = sorted(dated, key=lambda entry: (entry[0].weight, -entry[0].day.toordinal()))
    before_talks = [event.id for order, event in by_weight if order.weight != _TALKS]
    talks = [event.id for order, event in by_weight if order.weight == _TALKS][:_MOST_TALKS]
    chosen = [*before_talks, *talks][:MOST_MILESTONES]
    return tuple(
        replace(event, papers=papers_of(context, items[event.id])) if is_journey(items[event.id].fact) else event
        for _, event in dated
        if event.id in chosen
    )


def overview(context: Context) -> tuple[OverviewLine, ...]:
    """Return the relationship in brief, line by line; a line without an entry is a gap in the sources.

    Figures stand in the places that the facts give them, those of the reader's own side before others.
    """
    lines = context.book.file.overview
    newest = (item for item in printed(context) if not item.superseded_by and not item.repeated_by)
    found = [item for item in newest if item.fact.overview]
    return tuple(
        OverviewLine(
            title=context.text(f"overview {id}", title),
            entries=tuple(overview_entry(context, item) for item in _own_figures_first(context, found, id)),
        )
        for id, title in lines.items()
    )


def _own_figures_first(context: Context, found: Iterable[Assessed], line: str) -> Iterator[Assessed]:
    of_line = [item for item in found if item.fact.overview == line]
    figures = [item for item in of_line if isinstance(item.fact, facts.Figure)]
    figures.sort(key=lambda item: context.rank_of(*item.fact.by))
    ordered = iter(figures)
    yield from (next(ordered) if isinstance(item.fact, facts.Figure) else item for item in of_line)


def is_brief(fact: Fact) -> bool:
    """Return whether a line of the relationship in brief tells all of it: papers, channels, and what is only stated."""
    paper = isinstance(fact, Document | facts.Mechanism)
    return paper or (isinstance(fact, Statement) and fact.act is Act.STATED)


def overview_entry(context: Context, known: Assessed) -> EventRow:
    """Return a fact as an entry: a figure with its latest value, its note only when it was told if it has no period."""
    code = "paper" if is_brief(known.fact) else ""
    event, dated = _event(context, known, code, ""), context.when(known)
    sign = context.sign(known.values.get("when"))
    exactly = context.date if isinstance(known.fact, Milestone | Document) else context.month_of
    event = replace(event, text=context.item(known).text, when=exactly(dated) + sign if dated else "")
    if known.status is Status.DEADLINE_PASSED and isinstance(known.fact, Document):  # else a term would seem to go on
        event = replace(event, note=remarks(event.note, context.standing(known).label))
    unsaid = (Act.STATED, Act.AGREED) if isinstance(known.fact, Document) else (Act.STATED,)
    if known.fact.act not in unsaid:
        act = Run(context.label(Label.NAMED_ACT, act=context.label(ACTS[known.fact.act]), text=""))
        whole = row(context, known) if isinstance(known.fact, Statement) else None
        account = SEPARATOR.join(filter(None, (whole.account, whole.also))) if whole else event.account
        marks = whole.marks if whole else event.marks
        return replace(event, account=account, text=Prose((act, *event.text.runs)), marks=marks)
    seen = known.observed
    if isinstance(known.fact, Statement) and not dated and known.cites:  # a claim that goes by its source
        told_by = context.label(Label.ACCOUNT, party=context.within(*known.fact.by)) if known.fact.by else ""
        newest = max((context.book.sources[cite.source] for cite in known.cites), key=lambda source: source.known_from)
        return replace(event, account=event.account or told_by, when=context.month_of(newest.published.date))
    if not seen:
        return event
    runs = (*event.text.runs, Run(f"{context.label(Label.COLON)} "), *context.worded(seen[-1].value, "prose"))
    period = context.period(seen[-1].period)
    confirmed = "" if period else context.label(Label.LAST_CONFIRMED, date=context.month(known.confirmed))
    if len(seen) > 1:  # the lines of the earlier ones do not carry the latest
        event = replace(event, marks=context.marks([seen[-1].value.cite]))
    return replace(event, text=Prose(runs), note=remarks(Prose(), confirmed), when=period)


def offices(context: Context, *, serving: bool = True) -> tuple[OfficeRow, ...]:
    """Return the present officeholders, by party and rank; with `serving=False`, the former ones.

    Somebody serves who was not succeeded, whose term has not ended, and whom a source of the last three years names.
    """
    return tuple(_office(context, item, fact) for item, fact in _held(context, serving=serving))


def officeholders(context: Context, side: tuple[str, ...]) -> tuple[Item, ...]:
    """Return who serves for a side: name, title, and the month of the newest source that says so.

    Those named last come first, then by rank: who was named long ago may serve no more.
    """
    own = [
        (item, fact)
        for item, fact in _held(context, serving=True)
        if isinstance(fact.party.value, Name) and (fact.party.value.id,) == side
    ]
    own.sort(key=lambda each: each[0].confirmed, reverse=True)
    return tuple(_in_a_line(context, item, fact) for item, fact in own)


def _in_a_line(context: Context, known: Assessed, fact: Office) -> Item:
    days = {cite.source: context.book.sources[cite.source].published.date for cite in known.cites}
    newest = max(days, key=lambda source: days[source].last)
    item = context.item(known)
    person, title = context.format_value(fact.holder.value), str(item.text)
    words = context.label(
        Label.LATEST_RESULT,
        amount=context.label(Label.PERSON_TITLE, person=person, title=title),
        period=context.month_of(days[newest], "short"),
    )
    marks = context.marks(cite for cite in known.cites if cite.source == newest)
    return replace(item, text=Prose((Run(words),)), marks=marks)


def _held(context: Context, *, serving: bool) -> list[tuple[Assessed, Office]]:
    held = [(item, fact) for item, fact in of_kind(context, Office) if not _goes_on(context, item, fact)]

    def order(each: tuple[Assessed, Office]) -> tuple[int, int]:
        party = each[1].party.value
        return context.rank_of(party.id if isinstance(party, Name) else ""), each[1].rank or MOST_MILESTONES

    return sorted(((item, fact) for item, fact in held if _is_serving(context, item) is serving), key=order)


def _goes_on(context: Context, known: Assessed, office: Office) -> bool:
    """Return whether a newer entry has the same person in the same office, with or without another one."""
    later = context.briefing.items.get(known.superseded_by)
    held = later.fact if later else None
    same_person = isinstance(held, Office) and held.holder.value == office.holder.value
    return same_person and held is not None and office.text in held.text.split(" and ")


def _is_serving(context: Context, known: Assessed) -> bool:
    until, day = date_in(known.values, "until"), context.briefing.day
    return not known.superseded_by and (until.last >= day if until else day - known.confirmed <= OFFICE_NAMED_FOR)


def names(
    context: Context, languages: Mapping[str, Language], web_only: frozenset[str] = frozenset()
) -> tuple[EditionNames, ...]:
    """Parties, people and terms in every language side by side, this one first and in its alphabetical order.

    `web_only` has the ids of facts that paper leaves out; what only they name is marked.
    """
    file, own = context.book.file, context.language
    languages = {own.code: own, **languages}
    known, on_paper = _names_used(context), {*file.parties, *_names_used(context, web_only)}

    def ordered(ids: Iterable[str]) -> list[str]:
        return sorted((id for id in ids if id in known), key=lambda id: sort_key(context.name(id), own.patterns))

    parts = {
        Label.NAMES_PARTIES: [*context.parties],
        Label.NAMES_PEOPLE: ordered(file.people),
        Label.NAMES_BODIES: ordered(file.bodies),
        Label.NAMES_TERMS: ordered(file.terms),
    }
    tables = [(names_in(context.book, each), each.patterns.lang) for each in languages.values()]
    heads = tuple(Run(each.patterns.own_name, lang=each.patterns.lang) for each in languages.values())
    return tuple(
        EditionNames(
            title=context.label(label),
            languages=heads,
            rows=tuple(
                NameRow(
                    names=tuple(Run(context.bound(table[id]), lang=lang) for table, lang in tables),
                    note=_short_form(context, id),
                    web_only=id not in on_paper,
                )
                for id in ids
            ),
            in_pairs=label in (Label.NAMES_PARTIES, Label.NAMES_PEOPLE) and len(languages) <= _PAIRED_LANGUAGES,
        )
        for label, ids in parts.items()
        if ids
    )


def sources(context: Context) -> tuple[SourceRow, ...]:
    """The sources known on the day, numbered."""
    return tuple(source(context, id) for id in context.numbers)


def _figure(context: Context, known: Assessed) -> FigureRow:
    found = tuple(
        Observed(
            value=context.value(each.value, "prose"),
            period=context.period(each.period),
            account=context.account(known),
            marks=context.marks([each.value.cite]),
        )
        for each in known.observed
    )
    item = context.item(known)
    dated = found and found[-1].period  # the period tells how old it is
    return item.into(FigureRow, observations=found, stale="" if dated else item.stale)


class _Order(NamedTuple):
    """Sorts the timeline: by day; of one day the longer first, so that a visit precedes its parts, then meetings before
    the papers and steps that came of them.

    What is known by its month or year only comes last in it; but not a journey, which precedes what is part of it.
    What is equal stays in the order of the facts file.
    """

    day: date
    shorter: int
    came_of_it: bool
    weight: int


def _dated(context: Context) -> list[tuple[_Order, EventRow]]:
    kinds = ((item, _kind_of_entry(context, item)) for item in printed(context))
    entries = (_entry(context, item, *kind) for item, kind in kinds if kind)
    return sorted(filter(None, entries), key=lambda entry: entry[0])


def _kind_of_entry(context: Context, known: Assessed) -> tuple[str, str, int] | None:
    """Return code, name and weight of what has a place in the timeline; None for anything else."""
    match known.fact:
        case Milestone():
            return "milestone", context.label(Label.MILESTONE), 0
        case Meeting(form=form, leaders=leaders) if known.took_place:
            weight = 1 if leaders else _JOURNEY if form in _JOURNEYS else _TALKS
            return "visit", context.form(form), weight
        case Document(form=form, act=Act.STATED | Act.AGREED | Act.SIGNED):  # any other is only proposed, or the like
            return "document", context.form(form), 2
        case facts.Summit() if known.took_place:
            return "summit", context.label(Label.SUMMIT), 4
        case _:
            return None


def _entry(context: Context, known: Assessed, code: str, label: str, weight: int) -> tuple[_Order, EventRow] | None:
    when = context.when(known)
    if when is None or _told_more_exactly(context, known, when):
        return None
    day = when.first if is_exact_day(when) or weight == _JOURNEY else over_by(context, known, when)
    came_of_it = isinstance(known.fact, Document | Milestone)
    return _Order(day, (when.first - when.last).days, came_of_it, weight), _event(context, known, code, label)


def _told_more_exactly(context: Context, known: Assessed, when: FactDate) -> bool:
    """Return whether what took its place has a day within its own: the same event, known to the day or month."""
    successor = context.briefing.items.get(known.superseded_by)
    day = context.when(successor) if successor and isinstance(successor.fact, type(known.fact)) else None
    return day is not None and when.first <= day.first and day.last <= when.last


def _event(context: Context, known: Assessed, code: str, label: str) -> EventRow:
    fact, item, when = known.fact, context.item(known), context.when(known)
    signed = sides(context, fact) if isinstance(fact, Document) else ""  # where they are not just the two parties
    if signed and label:
        signed = context.label(Label.REPLY, party=signed, when=label)
    runs = item.text.runs
    if isinstance(fact, Document) and fact.act is Act.SIGNED:
        runs = (Run(context.label(Label.NAMED_ACT, act=context.label(ACTS[fact.act]), text="")), *runs)
    occasion = context.occasion(known) if "when" not in known.values else None
    return item.into(
        EventRow,
        text=Prose((*runs, *_during(context, known, when))),
        note=remarks(signed, item.note, context.later(known)),
        stale=item.stale if isinstance(fact, Milestone | facts.Mechanism) else "",
        year=str(when.first.year) if when else "",
        when=context.date(when) + sign_of_day(context, known),
        form=Badge(code, label),
        by_press=occasion is not None and occasion.basis is Basis.PRESS,
        level=isinstance(fact, Milestone) and fact.level,
    )


def _during(context: Context, known: Assessed, when: FactDate | None) -> tuple[Run, ...]:
    """Return that it took place during a journey, where only the days of the journey are known."""
    fact = known.fact
    if when is None or when.first == when.last or "when" in known.values or is_journey(fact):
        return ()
    journey = any(is_journey(item.fact) and item.fact.on == fact.on for item in context.briefing.items.values())
    return (Run(SEPARATOR + context.label(Label.DURING)),) if journey else ()


def is_journey(fact: Fact) -> bool:
    """Return whether it is a visit, whose days may have talks of their own."""
    return isinstance(fact, Meeting) and fact.form in _JOURNEYS


def _office(context: Context, known: Assessed, fact: Office) -> OfficeRow:
    days = [context.book.sources[cite.source].published.date for cite in known.cites]
    return context.item(known).into(
        OfficeRow,
        person=context.format_value(fact.holder.value),
        party=context.name(fact.party.value.id) if isinstance(fact.party.value, Name) else "",
        as_of=context.date(max(days, key=lambda day: day.last)),
    )


def _names_used(context: Context, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """Ids of the people and terms that known facts name; one published later would give a later fact away."""
    used, terms = set[str](), context.book.file.terms.items()
    for item in (each for id, each in context.briefing.items.items() if id not in without):
        series = item.fact.series if isinstance(item.fact, Summit) else ""
        used |= {item.fact.speaker, series, *item.fact.by, *item.fact.to}
        used |= {before.fact.speaker for before in said_before(context, item)}
        used |= {value.value.id for value in item.values.values() if isinstance(value.value, Name)}
        english = f"{item.fact.text} {item.fact.note}"
        used |= {id for id, term in terms if term.name in english or (term.short and term.short in english)}
    return frozenset(used)


def _short_form(context: Context, id: str) -> str:
    kind, named = ("party", id) if id in context.book.file.parties else ("term", id)
    entry = context.book.file.parties.get(id) or context.book.file.terms.get(id)
    short = context.text(f"{kind} {named} short", entry.short) if entry and entry.short else ""
    return "" if short == context.bound(context.names[id]) else short


def by_kind(context: Context) -> tuple[FactsOfKind, ...]:
    """All facts that a complete document prints or counts, by kind; those replaced by others by themselves."""
    found: dict[Label, list[Item]] = {label: [] for label in (*KINDS.values(), Label.REPLACED)}
    for item in printed(context):
        found[Label.REPLACED if item.superseded_by else KINDS[item.fact.kind]].append(context.item(item))
    return tuple(FactsOfKind(title=context.label(label), items=tuple(items)) for label, items in found.items() if items)


@once  # the first page has some of them, for each number of its rows
def source(context: Context, id: str) -> SourceRow:
    """One of them, with the lines that are cited."""
    source = context.book.sources[id]
    describes = context.text(f"source {source.id}", source.describes)
    read_by = {"en", *(party.language for party in context.book.file.parties.values())}
    stated = source.publisher != "not stated"
    publisher = context.text(f"publisher {source.id}", source.publisher) if stated else ""
    language = context.bound(language_name(source.language, context.language.patterns.locale))
    named = (publisher if source.language in read_by else f"{publisher} ({language})") if stated else describes
    if source.translation:
        named = context.label(Label.TRANSLATION_IN_SHORT, source=publisher or describes)
        describes = context.label(Label.TRANSLATION, source=describes)
        language = context.label(Label.IN_TRANSLATION, language=language)
    if source.excerpt:
        describes = context.label(Label.IN_PART_ONLY, source=describes)
    carried = _carried(context)[source.id]
    return SourceRow(
        number=context.numbers[id],
        id=id,
        describes=describes,
        publisher=publisher or context.label(Label.PUBLISHER_NOT_STATED),
        short=named,
        language=language,
        published=context.date(source.published.date),
        month=context.month_of(source.published.date, "short"),
        basis=context.label(BASES[source.published.basis]),
        basis_mark={Basis.TEXT: "", Basis.DERIVED: DERIVED_SIGN, Basis.PRESS: "*"}[source.published.basis],
        account=_account_of(context, source.account),
        facts=str(len(carried)),
        url=source.url,
        address=address_on_paper(source.url),
        sha256=source.sha256,
        lines=tuple(_evidence(context, source.id, line, carried) for line in source.lines if line.digest.strip()),
        day=source.known_from.isoformat(),
    )


@once
def _carried(context: Context) -> Mapping[str, set[str]]:
    """Return the facts that lines of each source carry, or what became of them."""
    carried = defaultdict[str, set[str]](set)
    for item in printed(context):
        for cite in (*item.cites, *item.reported_by):
            carried[cite.source].add(item.fact.id)
    return carried


def _account_of(context: Context, party: str) -> str:
    """Return whose account a source is: a party's, or no single one's."""
    return (
        context.label(Label.SIDE_ACCOUNT, party=context.within(party))
        if party
        else context.label(Label.NO_SIDES_ACCOUNT)
    )


def _evidence(context: Context, source: str, line: Line, carried: set[str]) -> EvidenceLine:
    printed = (_worded(context, each.value) for each in line.figures.values())
    implied = (_worded(context, each.value) for each in line.derived.values())
    marked = (context.label(Label.DERIVED_FIGURE, value=each) for each in implied if each)
    resting = [id for id in line.facts if id in carried]
    return EvidenceLine(
        line=line.line,
        number=context.label(Label.LINE, number=str(line.line)),
        digest=context.prose(f"line {source}:L{line.line}", line.digest, {}),
        figures=tuple(dict.fromkeys(filter(None, (*printed, *marked)))),
        facts=tuple(_link(context, id) for id in resting),
    )


def _worded(context: Context, value: Quantity) -> str:
    """Return a figure as tables have it; empty for a name that only another partnership's facts know."""
    unknown = isinstance(value, Name) and value.id not in context.names
    return "" if unknown else context.format_value(value, "table")


@once
def _link(context: Context, id: str) -> FactLink:
    """Return a link to a known fact, with as much of its text as tells it from others."""
    text = str(context.wording(context.briefing.items[id]))
    return FactLink(id=id, text=text if len(text) <= _LINK else _shortened(text))


_LINK = 80
"""Characters of a link's text."""
_shortened = lru_cache(maxsize=4096)(partial(shorten, width=_LINK, placeholder="…"))
