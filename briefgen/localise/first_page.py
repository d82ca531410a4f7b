"""The first page: what a reader must know who reads nothing else, zone by zone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from briefgen.localise.back_matter import is_journey, officeholders, source
from briefgen.localise.changes import shortened
from briefgen.localise.context import DAGGER, SEPARATOR, Context, printed
from briefgen.localise.history import LAST, in_brief, key_figures, standing
from briefgen.localise.labels import ACTS, Label
from briefgen.localise.statements import (
    ASKS,
    RECENT,
    UNDERTAKINGS,
    asking_sides,
    asks_of,
    firmness,
    is_ahead,
    is_own_aim,
    occasion_name,
    papers_of,
    row,
    said_at,
    statements,
    terms_ahead,
    under_way,
)
from briefgen.localise.summits import days_to_go, host, sign_of_day, starts, summit_date, summits, time_of, when_key
from briefgen.localise.values import join
from briefgen.model.briefing import NOT_HELD_YET, Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.document import Glance, Page
from briefgen.model.edition import Rows
from briefgen.model.facts import (
    Document,
    Headline,
    Mechanism,
    Meeting,
    Role,
    Statement,
    placeholders,
    summit_of,
)
from briefgen.model.look import FirstPageRows
from briefgen.model.quantities import Cite
from briefgen.model.records import Basis
from briefgen.model.views import Asks, DueRow, Item, Lead, Mark, News, Prose, Run, SourceRow, StatementRow

ZONES = ("changes", "figures", "due", "asks", "outcomes", "officeholders")
"""The zones whose rows yield until the page is filled and not longer, in this order."""
MOST: Mapping[str, int] = {zone: getattr(FirstPageRows(), zone) for zone in ZONES}
FEWEST: Mapping[str, int] = {"changes": 1, "figures": 5, "due": 3, "asks": 3, "outcomes": 2, "officeholders": 0}
"""What each zone keeps while another has more; after that, each keeps one row."""
STRIP = "figures"
"""A zone whose rows are beside each other: it yields as a whole, and last."""


def bottom_line(context: Context) -> Lead | None:
    """Return the newest curated bottom line whose facts are all known.

    Each sentence has the marks of the facts that it takes values from, and of those that the curator lists after them.
    """
    lines = [each for each in context.briefing.headlines if each.role is Role.BOTTOM_LINE]
    if not lines:
        return None
    line, whole = lines[0], _headline(context, lines[0])
    texts = _SENTENCE_END.split(context.language.text(f"{line.id} text", line.text) or line.text)
    printed_as = _sentences(whole.text)
    if len(texts) != len(printed_as):
        return whole.into(Lead, sentences=(whole,))
    at, facts = 0, list[list[str]]([[] for _ in texts])
    for fact in line.facts:
        named = (n for n, text in enumerate(texts) if any(name.startswith(f"{fact}.") for name in placeholders(text)))
        at = next(named, at)
        facts[at].append(fact)
    return whole.into(
        Lead,
        sentences=tuple(
            replace(whole, text=text, marks=_marks_of(context, line, ids))
            for text, ids in zip(printed_as, facts, strict=True)
        ),
    )


_SENTENCE_END = re.compile(r"(?<=[.!?])[ \n]+")  # a no-break space stands within one: St. Petersburg


def _sentences(text: Prose) -> list[Prose]:
    """Return the sentences of a text; what a value is worded as ends none, such as a day in Korean."""
    found: list[list[Run]] = [[]]
    for run in text.runs:
        first, *others = [run.text] if run.value else _SENTENCE_END.split(run.text)
        found[-1].append(replace(run, text=first))
        found += [[replace(run, text=each)] for each in others]
    return [Prose(tuple(each for each in runs if each.text)) for runs in found]


def messages(context: Context) -> tuple[Item, ...]:
    """Return the curated key messages whose facts are all known, first things first."""
    lines = [each for each in context.briefing.headlines if each.role is Role.MESSAGE]
    return tuple(_headline(context, each) for each in lines)


def glance(
    context: Context,
    changes: News,
    rows: Rows,
    older: frozenset[str] = frozenset(),
    most_rows: Mapping[str, int] = MappingProxyType({}),
) -> Glance:
    """Return what is on the first page: the same rows in every language; the rest is counted.

    `older` has the ids of statements that the full briefing has on screen only; `most_rows` is what look.yaml has in
    place of MOST. Until the number of rows is chosen (`rows` is empty), each heading is worded as over one row: that is
    its longest form, so that no page comes out higher than it was measured.
    """
    met, most = context.last_meeting, {**MOST, **most_rows, **rows.counts}
    headed = {**dict.fromkeys(MOST, 1), **rows.counts}
    came_out, due = outcomes(context), _due(context)[: most["due"]]
    noted = _noted(context, {row.id for row in due} if "due" in rows.counts else set())
    page = Glance(
        meeting=_meeting(context, met, came_out, headed["outcomes"]) if met else "",
        leaders=isinstance(met.fact, Meeting) and met.fact.leaders if met else False,
        outcomes=came_out[: most["outcomes"]],
        asks=_asks(context, most, headed["asks"], chosen="asks" in rows.counts),
        since=_since(context),
        visit=_last_visit(context, {item.fact.id for _, found in noted for item in found[:_MOST_NOTED]}),
        due=due,
        noted=tuple(_in_a_line(context, label, found) for label, found in noted),
        noted_ids=tuple(item.fact.id for _, found in noted for item in found[:_MOST_NOTED]),
        figures=key_figures(context)[: most["figures"]],
        changes=_news(context, changes, most["changes"], chosen="changes" in rows.counts),
        left_out="",
        sources=(),
        derived="",
        stretch=rows.stretch.get(context.language.code, "0mm"),
    )
    printed_values = repr((bottom_line(context), messages(context), page))
    derived = context.label(Label.DERIVED) if DAGGER in printed_values else ""
    return replace(page, sources=_used(context, page), left_out=_left_out(context, page, older), derived=derived)


def outcomes(context: Context) -> tuple[StatementRow, ...]:
    """Return what came out of the last meeting: papers and what was agreed or undertaken, by rank.

    What all sides only stated together is among them if the curator ranks it. Each has the marks of that meeting alone:
    an earlier source of the same stands where the years are named.
    """
    found = [
        item
        for item in said_at(context, context.last_meeting)
        if isinstance(item.fact, Statement | Document | Mechanism)
        and (item.fact.act in UNDERTAKINGS or (item.fact.rank and context.is_all(item.fact.by)))
        and not item.repeated_by
    ]
    ranked = sorted(found, key=lambda item: (not item.fact.rank, item.fact.rank, _weight(item)))
    return tuple(replace(row(context, item), marks=context.item(item).marks) for item in ranked)


def _weight(item: Assessed) -> tuple[bool, int]:
    """Papers before what was only said; what was agreed before what one side announced."""
    firmness = UNDERTAKINGS.index(item.fact.act) if item.fact.act in UNDERTAKINGS else -1
    return not isinstance(item.fact, Document), -firmness


def _meeting(context: Context, met: Assessed, rows: tuple[StatementRow, ...], most: int) -> str:
    when = context.when(met)
    accounts = {each.account for each in rows if each.account}
    account = accounts.pop() if len(accounts) == 1 else ""
    text = occasion_name(context, met)
    share, day = context.share(min(most, len(rows)), len(rows)), context.date(when) + sign_of_day(context, met)
    return SEPARATOR.join(filter(None, (text, day, account, share, str(context.item(met).note))))


def _since(context: Context) -> tuple[Item, ...]:
    """Return the meetings after the last one of leaders, no parts of it, the latest first, each with its day.

    Behind each stands what was said there, where the facts have it in a few words.
    """
    met = context.when(context.last_meeting) if context.last_meeting else None
    if met is None:
        return ()
    later = [item for item in context.meetings if (when := context.when(item)) and when.first > met.last]
    latest = sorted(later, key=context.day, reverse=True)[:_MOST_SINCE]
    return tuple(each for item in latest for each in (_dated(context, item), *_said_at(context, item)))


def _last_visit(context: Context, told: Set[str]) -> tuple[Item, ...]:
    """Return the last visit of leaders before their last meeting, if it brought papers; then these, but what is `told`.

    It is of the last three years before that meeting.
    """
    met = context.last_meeting
    leaders = (item for item in context.meetings if isinstance(item.fact, Meeting) and item.fact.leaders)
    last = max((item for item in leaders if is_journey(item.fact)), key=context.day, default=None)
    if met is None or last is None or last is met or context.day(met) - context.day(last) > RECENT:
        return ()
    papers = [paper for paper in papers_of(context, last) if paper.id not in told]
    when = context.when(last)
    month = context.month_of(when) if when else ""
    first = replace(context.item(last), text=_in_brackets(context, occasion_name(context, last), month))
    worded = (replace(each, text=_in_brackets(context, str(each.text), each.account)) for each in papers)
    return (first, *worded) if papers else ()


def _in_brackets(context: Context, text: str, aside: str) -> Prose:
    return Prose((Run(context.label(Label.LATEST_RESULT, amount=text, period=aside) if aside else text),))


def _dated(context: Context, met: Assessed) -> Item:
    """Return the meeting with its day; with the month alone where its text does not print the day."""
    when, occasion = context.when(met), context.occasion(met)
    is_printed = occasion is None or occasion.basis is Basis.TEXT
    told = context.date(when) if is_printed or not when else context.month_of(when)
    day = Run(context.label(Label.LATEST_RESULT, amount="", period=told))
    return replace(context.item(met), text=Prose((*context.item(met).text.runs, day)))


def _said_at(context: Context, met: Assessed) -> Iterator[Item]:
    """Yield the few words of what was said at a meeting, by the curator's rank, with who said it by whose account."""
    for each in sorted(said_at(context, met), key=lambda item: item.fact.rank or LAST):
        item, words = context.item(each), in_brief(context, each)
        if words:
            by = context.speaker(each) or context.side(each.fact.by)
            told = context.label(Label.REPLY, party=by, when=item.account) if item.account else by
            yield replace(item, text=Prose((Run(f"{told}{context.label(Label.COLON)} {words}"),)))


_MOST_SINCE = 2


def _asks(context: Context, most: Mapping[str, int], headed: int, *, chosen: bool) -> tuple[Asks, ...]:
    """Return what each side asks; where rows are still to be measured, each has what its heading may yet say for it."""
    sides = ((side, asks_of(context, side)) for side in asking_sides(context))
    return tuple(
        _asks_of(context, side, found, most, headed, chosen=chosen) for side, found in sides if found or len(side) == 1
    )


def _asks_of(
    context: Context,
    side: tuple[str, ...],
    found: tuple[Assessed, ...],
    most: Mapping[str, int],
    headed: int,
    *,
    chosen: bool,
) -> Asks:
    """Return the asks; the speaker and the account that the first `headed` have in common are named with the party."""
    rows = [row(context, item, brief=True) for item in found[: most["asks"]]]
    accounts = {each.account for each in rows[:headed]}
    titled, people = {each.speaker for each in rows[:headed]}, {each.person for each in rows[:headed]}
    speakers = titled if len(titled) == 1 else people  # whose titles differ is named without one
    account = accounts.pop() if len(accounts) == 1 else ""
    return Asks(
        party=context.side(side),
        officeholders=officeholders(context, side)[: most["officeholders"]],
        speaker=speakers.pop() if len(speakers) == 1 else "",
        account=account,
        share=context.share(min(headed, len(found)), len(found)),
        rows=tuple(_without(each, account, len(people) == 1) if chosen else each for each in rows),
    )


def _without(row: StatementRow, account: str, one_person: bool) -> StatementRow:
    """Return the row without what its heading has: whose account it is, and who speaks, if that is one person."""
    return replace(
        row,
        account="" if row.account == account else row.account,
        speaker="" if one_person else row.speaker,
    )


def _due(context: Context) -> tuple[DueRow, ...]:
    """Return at most one deadline that has passed, a target first; then summits ahead and what falls due, by day."""
    ahead = [item for item in summits(context) if item.status in NOT_HELD_YET]
    shown = {item.fact.id for item in ahead}
    open_ones = [
        item
        for item in statements(context, *UNDERTAKINGS, *ASKS)
        if is_ahead(context, item) and summit_of(item.fact) not in shown
    ]
    channels = [item for item in printed(context) if isinstance(item.fact, Mechanism) and item.due]
    open_ones += [item for item in channels if is_ahead(context, item)]
    late = [*statements(context, *UNDERTAKINGS, *ASKS), *channels]
    late = [item for item in late if item.status is Status.DEADLINE_PASSED]
    dated = [
        *((_by_day(time_of(context, item), item, is_summit=True), _summit_row(context, item)) for item in ahead),
        *((_by_day(item.due, item), _due_row(context, item)) for item in open_ones if item.due),
    ]
    rows = [each for _, each in sorted(dated, key=lambda pair: pair[0])]
    last = max(late, key=_lateness, default=None)
    return (*([_due_row(context, last)] if last else []), *rows)


def _by_day(when: FactDate | None, item: Assessed, *, is_summit: bool = False) -> tuple[date, int, date, str]:
    """Sort key: by the last day, what has none last; of those that end together a summit, the firmest, the longest."""
    firm = -1 if is_summit else firmness(item)
    return (when.last if when else date.max, firm, when.first if when else date.max, item.fact.id)


def _lateness(item: Assessed) -> tuple[date, bool, int]:
    """Sort key: the latest deadline last; of one day a target before anything else, then what the curator ranks."""
    target = isinstance(item.fact, Statement) and item.fact.target is not None
    return item.due.last if item.due else date.min, target, -(item.fact.rank or MOST["due"] * 100)


def _summit_row(context: Context, known: Assessed) -> DueRow:
    item, hosted = context.item(known), host(context, known)
    form = context.form(known.fact.form) if isinstance(known.fact, Meeting) else ""
    ahead = days_to_go(context, known) if known.days is not None else ""  # else it says what the badge says
    aside = [form, context.label(Label.HOSTED_BY, party=hosted) if hosted else "", ahead]
    return DueRow(
        id=item.id,
        text=item.text,
        marks=item.marks,
        stale=item.stale,
        when=summit_date(context, known),
        aside=SEPARATOR.join(filter(None, aside)),
        badge=context.standing(known),
        starts=starts(context, known),
    )


def _due_row(context: Context, known: Assessed) -> DueRow:
    whole = row(context, known)
    act = "" if is_own_aim(known.fact) else whole.act.label
    who = context.label(Label.REPLY, party=act, when=whole.lead) if whole.lead and act else whole.lead or act
    said = (who, whole.account, whole.also, str(whole.note))
    words = in_brief(context, known)
    return DueRow(
        id=whole.id,
        text=Prose((Run(words),)) if words else whole.text,
        marks=whole.marks,
        when=whole.due,
        aside=SEPARATOR.join(filter(None, said)),
        badge=standing(context, known),
    )


def _noted(context: Context, due: Set[str]) -> tuple[tuple[Label, list[Assessed]], ...]:
    """Return what is told in a line.

    That is past summits of which no source tells the outcome, the latest first; papers whose term ends next; and plans
    whose period has begun, those with few words, but what is listed as `due`.
    """
    past = [item for item in summits(context) if item.status is Status.OUTCOME_NOT_RECORDED]
    past.sort(key=lambda item: when_key(context, item), reverse=True)
    in_term = sorted(terms_ahead(context), key=lambda item: item.due.last if item.due else date.max)
    begun = [item for item in under_way(context) if in_brief(context, item) and item.fact.id not in due]
    lists = ((Label.NOT_RECORDED, past), (Label.TERMS, in_term), (Label.PERIODS, begun))
    return tuple((label, found) for label, found in lists if found)


def _in_a_line(context: Context, label: Label, found: Sequence[Assessed]) -> Item:
    """Return the first of them, with their time, and how many of all these they are."""
    named = found[:_MOST_NOTED]
    listed = [
        context.label(
            Label.LATEST_RESULT,
            amount=in_brief(context, each) or str(context.item(each).text),
            period=summit_date(context, each) if label is Label.NOT_RECORDED else _term(context, each),
        )
        for each in named
    ]
    told = context.label(label, items=join(listed, context.language.patterns))
    text = SEPARATOR.join(filter(None, (told, context.share(len(named), len(found)))))
    marks = context.marks(cite for each in named for cite in each.cites)
    return replace(context.item(named[0]), text=Prose((Run(text),)), marks=marks)


def _term(context: Context, known: Assessed) -> str:
    act = context.label(ACTS[known.fact.act]) if isinstance(known.fact, Statement) else ""
    told = ", ".join(filter(None, (act, context.date(known.due), context.account(known, brief=True))))
    return SEPARATOR.join(filter(None, (told, str(context.item(known).note))))


_MOST_NOTED = 4


def _used(context: Context, page: Glance) -> tuple[SourceRow, ...]:
    """Return the sources whose numbers are on the page."""
    line = bottom_line(context)
    numbers = _numbers((*([line] if line else []), *messages(context)), page, {})
    return tuple(source(context, id) for id, number in context.numbers.items() if number in numbers)


def _numbers(head: Iterable[Item], page: Glance, counts: Mapping[str, int]) -> frozenset[int]:
    """Return the numbers of the sources on the page if each zone has at most so many rows; all, if it is not named."""
    asked = [each for side in page.asks for each in side.rows[: counts.get("asks")]]
    items: Iterable[Item] = (
        *head,
        *(each for side in page.asks for each in side.officeholders[: counts.get("officeholders")]),
        *page.since,
        *page.visit,
        *page.noted,
        *page.outcomes[: counts.get("outcomes")],
        *asked,
        *page.due[: counts.get("due")],
    )
    marks = [mark for item in items for mark in item.marks]
    marks += [mark for each in asked for reply in each.replies for mark in reply.marks]
    for tile in page.figures[: counts.get("figures")]:
        marks += [*tile.marks, *(mark for each in tile.before for mark in each.marks)]
    return frozenset(mark.number for mark in marks)


def unused_sources(page: Page, counts: Mapping[str, int]) -> float:
    """Return which share of the text at the foot of the first page names sources that fewer rows do not need."""
    head = (*([page.bottom_line] if page.bottom_line else []), *page.messages)
    numbers = _numbers(head, page.glance, counts)
    lengths = {each.number: len(f"{each.number} {each.short}, {each.published}; ") for each in page.glance.sources}
    unused = sum(length for number, length in lengths.items() if number not in numbers)
    return unused / (sum(lengths.values()) + len(page.glance.left_out) + len(page.glance.derived) or 1)


def _news(context: Context, changes: News, most: int, *, chosen: bool) -> News:
    """Return the first changes, and how many more there are.

    Where rows are still to be measured, the line that counts the rest is the longest that it may become: with one row.
    """
    shown = shortened(context, changes, most)
    return shown if chosen else replace(shown, more=shortened(context, changes, 1).more)


def _left_out(context: Context, page: Glance, older: frozenset[str]) -> str:
    """Return how many known facts the page does not show, and how many of them paper does not show anywhere."""
    shown, met = shown_on(page), context.last_meeting
    left = [item.fact for item in printed(context) if item is not met and item.fact.id not in shown]
    polite = sum(isinstance(fact, Statement) and fact.courtesy for fact in left)
    old = sum(fact.id in older for fact in left)
    more = len(left) - polite - old
    counts = ((Label.OLDER_COUNT, old), (Label.COURTESY_COUNT, polite))
    rest = ", ".join(context.label(label, number=str(number)) for label, number in counts if number)
    said = (
        context.label(Label.MORE_IN_FULL, number=str(more)) if more else "",
        context.label(Label.REST_ON_WEB, counts=rest) if rest else "",
    )
    return " ".join(filter(None, said))


def shown_on(page: Glance) -> frozenset[str]:
    """Return the ids of the facts that the page shows."""
    asks = [each.id for side in page.asks for each in (*side.officeholders, *side.rows)]
    asks += [reply.id for side in page.asks for row in side.rows for reply in row.replies]
    others = (each.id for each in (*page.outcomes, *page.since, *page.visit, *page.due))
    figures = (id for each in page.figures for id in (each.id, *each.under))
    return frozenset((*asks, *others, *page.noted_ids, *figures))


def _headline(context: Context, headline: Headline) -> Item:
    items = [context.briefing.items[id] for id in headline.facts]
    values = {f"{item.fact.id}.{name}": value for item in items for name, value in item.values.items()}
    return Item(
        id=headline.id,
        text=context.prose(f"{headline.id} text", headline.text, values),
        marks=_marks_of(context, headline, headline.facts),
    )


def _marks_of(context: Context, headline: Headline, facts: Iterable[str]) -> tuple[Mark, ...]:
    """Return the marks of these facts of a headline; of a figure observed several times, those of what is printed."""
    named = placeholders(headline.text)

    def cites(item: Assessed) -> Iterable[Cite]:
        own = {f"{item.fact.id}.{name}": value.cite for name, value in item.values.items()}
        several = len(item.observed) > 1  # the lines of the other observations do not carry this one
        return [own[name] for name in named if name in own] if several else item.cites

    return context.marks(cite for id in facts for cite in cites(context.briefing.items[id]))
