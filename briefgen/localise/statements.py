"""Statements as rows, and which of them stand where: by field, in the follow-up, or among the earlier ones.

The body of a briefing has what was said since the last meeting of leaders and, in a field where a side has said nothing
since, the newest that it said there. What is older is in the annex; what was told again is one row with all its days.
"""

from collections.abc import Container, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from briefgen.localise.context import DERIVED_SIGN, Context, once_of_each, printed
from briefgen.localise.history import (
    LAST,
    LATE,
    also,
    in_brief,
    is_courtesy,
    is_over,
    measured_then,
    newest_first,
    replies,
    said_before,
    standing,
)
from briefgen.localise.labels import ACTS, Label
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import Interval, is_exact_day
from briefgen.model.facts import Act, Document, Fact, Mechanism, Statement, summit_of
from briefgen.model.look import FIELD_ROWS
from briefgen.model.views import Badge, Item, Prose, RowGroup, Run, StatementRow, TargetRow, ThemeGroup

UNDERTAKINGS = (Act.AIMED, Act.PLANNED, Act.ANNOUNCED, Act.AGREED, Act.SIGNED)
ASKS = (Act.REQUESTED, Act.HOPED, Act.INVITED, Act.PROPOSED)
FIRMNESS = (
    *(Act.SIGNED, Act.AGREED, Act.ANNOUNCED, Act.PLANNED),
    *(Act.PROPOSED, Act.REQUESTED, Act.AIMED, Act.INVITED, Act.HOPED),
)
"""The acts in the order of their marks on the page, from full to dashed.

What is merely stated has none, nor has an instruction to one's own authorities: it binds nobody towards the other side.
"""
UNMARKED = (Status.NO_LATER_REPORT, Status.STANDS, Status.REPEATED)
"""What goes for every row that says nothing else; it is said once on the page."""
RECENT = timedelta(days=3 * 366)
"""What was said longer than this before the last meeting of leaders is in the annex, even if nothing newer was said."""
GONE = (Status.SUPERSEDED, Status.REPEATED, Status.WITHDRAWN)


def statements(context: Context, *acts: Act) -> tuple[Assessed, ...]:
    """Return the statements with one of these acts, in the order of the file."""
    return tuple(item for item in printed(context) if isinstance(item.fact, Statement) and item.fact.act in acts)


@once_of_each
def row(context: Context, known: Assessed, *, brief: bool = False) -> StatementRow:
    """Return a statement, document or mechanism with everything a reader must find without leaving the row.

    A brief one, for the first page, is in few words, and so are its replies, where the facts have these; without
    them, of what was said on the matter before it was asked it tells only by whom, and when, and of
    the same said before it names no other act, nobody else's account, and nothing of long ago.
    """
    fact, item = known.fact, context.item(known)
    event, when = context.occasion(known), context.when(known)
    is_done = known.status is Status.SUPERSEDED and known.became in _DONE
    status = (is_done and known.became) or known.status
    before = [each for each in said_before(context, known) if not brief or _is_the_same(context, known, each)]
    words = in_brief(context, known) if brief else ""
    return item.into(
        StatementRow,
        text=Prose((Run(words),)) if words else item.text,
        marks=context.marks((*(cite for each in (known, *before) for cite in each.cites), *known.reported_by)),
        stale="" if context.dates_itself(known) else item.stale,
        party=context.side(fact.by),
        person=context.name(fact.speaker) if fact.speaker else "",
        speaker=context.speaker(known),
        lead=_lead(context, fact),
        to=context.label(Label.OWN_AUTHORITIES) if _to_itself(known) else context.side(fact.to),
        sides=sides(context, fact),
        act=(act := _act(context, fact)),
        begins="" if _is_said_by_its_text(fact) else act.label,
        status=None if status in UNMARKED else standing(context, known, status),
        due=context.date(known.due) + _due_sign(context, known),
        due_as=context.label(_due_as(fact)),
        when=context.month_of(when) + context.sign(known.values.get("when")) if when else "",
        occasion=context.text(f"event {fact.on}", event.name) if event else "",
        also=also(context, known, before),
        replies=tuple(replies(context, known, brief=brief)),
        later=_later(context, known),
    )


def _is_the_same(context: Context, known: Assessed, before: Assessed) -> bool:
    is_same = context.book.accounts(known.cites) == context.book.accounts(before.cites)
    return is_same and before.fact.act is known.fact.act and is_recent(context, before)


def firmness(known: Assessed) -> int:
    """Sort key: from signed to hoped, then what has no mark."""
    return FIRMNESS.index(known.fact.act) if known.fact.act in FIRMNESS else len(FIRMNESS)


def occasion_name(context: Context, met: Assessed) -> str:
    """Return the name of the occasion of a meeting, which is shorter than its text; the text where it has none."""
    event = context.occasion(met)
    return context.text(f"event {met.fact.on}", event.name) if event else str(context.item(met).text)


def said_at(context: Context, met: Assessed | None) -> tuple[Assessed, ...]:
    """Return the facts that have the occasion of a meeting; sources that tell of the same one each have it.

    Those are events of one name whose dates may be the same day: 10 May 2025 and May 2025.
    """
    of_it = context.occasion(met) if met else None

    def is_there(item: Assessed) -> bool:
        event = context.occasion(item)
        if not event or not of_it or event.name != of_it.name:
            return False
        return event.date.first <= of_it.date.last and of_it.date.first <= event.date.last

    return tuple(item for item in printed(context) if item is not met and is_there(item))


def of_last_talks(context: Context, most: int) -> tuple[tuple[Assessed, ...], int]:
    """Return what was said and adopted at the last meeting of leaders, and of how many that is.

    They are at most so many: the first of each side, then by rank. Courtesies are not among them, nor what was replaced
    or told again since.
    """
    said = said_at(context, context.last_meeting)
    found = [item for item in said if isinstance(item.fact, Statement | Document | Mechanism) and not is_courtesy(item)]
    live = [item for item in found if item.status not in GONE]
    chosen = ranked_first(context, (items for _, items in by_side(context, live)), most)
    return tuple(item for item in live if item.fact.id in chosen), len(live)


def follow_up(context: Context, most: int = FIELD_ROWS, elsewhere: Set[str] = frozenset()) -> tuple[RowGroup, ...]:
    """Return who has to do what: what is due by a day, the soonest first; then, by side, plans without one.

    Of the goals that one result is held against, the newest is due; the others are in its history. Without a day a side
    has at most `most`: the first of each field, then by rank, printed newest first. What is `elsewhere` is not among
    them, nor among what is due if it was said for a summit.
    """
    open_ones = [item for item in statements(context, *UNDERTAKINGS, Act.INSTRUCTED) if not _is_settled(item)]
    newest = {context.measured_by(item): item.fact.id for item in sorted(open_ones, key=context.day)}
    dated = [item for item in open_ones if item.due and not (summit_of(item.fact) and item.fact.id in elsewhere)]
    due = [item for item in dated if is_ahead(context, item) or is_current(context, item)]
    of = {item.fact.id: context.measured_by(item) for item in due}
    due = [item for item in due if not of[item.fact.id] or newest[of[item.fact.id]] == item.fact.id]
    due += terms_ahead(context)
    undated = (item for item in open_ones if not item.due and item.fact.id not in elsewhere)
    plans = [item for item in undated if item.fact.act in _PLANS and is_recent(context, item)]
    rows = tuple(row(context, item) for item in sorted(due, key=_due_day))
    by_day = RowGroup(title=context.label(Label.DUE_BY_A_DAY), rows=rows)
    found = (_plans_of(context, side, items, most) for side, items in by_side(context, plans))
    return tuple(group for group in (by_day, *found) if group.rows)


def _plans_of(context: Context, side: tuple[str, ...], items: list[Assessed], most: int) -> RowGroup:
    themes = dict.fromkeys(item.fact.theme for item in items)
    chosen = ranked_first(context, ([item for item in items if item.fact.theme == theme] for theme in themes), most)
    rows = tuple(row(context, item) for item in newest_first(context, items) if item.fact.id in chosen)
    share = context.share(len(rows), len(items))
    return RowGroup(title=context.side(side), rows=rows, share=share)


def fields(
    context: Context,
    elsewhere: Set[str],
    most: int = FIELD_ROWS,
    order: Sequence[str] = (),
    told: Set[str] = frozenset(),
    in_full: Sequence[str] = (),
) -> tuple[ThemeGroup, ...]:
    """Return for each theme what was agreed, newest first, and the asks and positions of each side, by who speaks.

    `elsewhere` has the ids of facts that another part of the body prints, `told` those of the last talks: they are not
    printed again, nor is an older one in their place. Of the last three years it has what was agreed and ranks first,
    of themes `in_full` everything, else the newest of each side; at most `most` statements. The themes of `order` come
    first. Plans and pledges without a day are in the follow-up.
    """
    themes = context.book.file.themes
    listed = dict.fromkeys((*(theme for theme in order if theme in themes), *themes))
    return tuple(filter(None, (_field(context, theme, elsewhere, told, most, theme in in_full) for theme in listed)))


def marks_in_use(context: Context, rows: Iterable[StatementRow | TargetRow]) -> tuple[Badge, ...]:
    """Return the acts of these rows, the firmest first: the key to their marks."""
    codes = {row.act.code for row in rows if row.act}
    return tuple(context.badge(act, ACTS[act]) for act in FIRMNESS if act in codes)


def due_by(context: Context, last: date) -> tuple[StatementRow, ...]:
    """Return open undertakings and asks that fall due on or before a day, and papers whose term ends by then."""
    found = sorted((*statements(context, *UNDERTAKINGS, *ASKS), *terms_ahead(context)), key=_due_day)
    return tuple(row(context, item, brief=True) for item in found if is_ahead(context, item) and _due_day(item) <= last)


def terms_ahead(context: Context) -> list[Assessed]:
    """Return the papers that are for a term which has not ended."""
    return [item for item in printed(context) if isinstance(item.fact, Document) and is_ahead(context, item)]


def under_way(context: Context) -> list[Assessed]:
    """Return undertakings for a period that has begun and has not ended, in the order of the file."""
    day = context.briefing.day
    found = (item for item in statements(context, *UNDERTAKINGS) if is_ahead(context, item))
    return [item for item in found if isinstance(item.due, Interval) and item.due.first <= day]


def papers_of(context: Context, visit: Assessed) -> tuple[Item, ...]:
    """Return the papers of a visit, or of a day of it, for which the facts have few words; each with its account."""
    days = context.when(visit)

    def is_of_it(item: Assessed) -> bool:
        when = context.when(item)
        within = bool(days and when and is_exact_day(when) and days.first <= when.first <= days.last)
        return within or (item.fact.on is not None and item.fact.on == visit.fact.on)

    papers = (item for item in printed(context) if isinstance(item.fact, Document) and in_brief(context, item))
    found = sorted(filter(is_of_it, papers), key=context.day)
    return tuple(
        replace(
            context.item(each),
            text=Prose((Run(in_brief(context, each)),)),
            account=context.account(each, brief=True),
        )
        for each in found
    )


def is_ahead(context: Context, item: Assessed) -> bool:
    """Return whether it is still to be done by a day that has not passed; progress leaves the deadline as it is."""
    return item.status in _NOT_DONE and item.due is not None and context.briefing.day <= item.due.last


def unreported(context: Context, told: Container[str] = ()) -> tuple[tuple[StatementRow, ...], str]:
    """Return deadlines that passed and whose outcome no source reports, those of replaced targets among them.

    They are those of the last three years before the last meeting of leaders; then how many of all that is. What was
    said for a summit that took place has its status where it stands: the summit was the deadline, and it was held.
    What has been `told` with its deadline is not among them.
    """
    found = sorted(statements(context, *UNDERTAKINGS, *ASKS), key=_due_day, reverse=True)
    found = [item for item in found if not is_over(context, item) and item.fact.id not in told]
    passed = [item for item in found if Status.DEADLINE_PASSED in (item.status, item.became)]
    start = context.last_meeting_day or date.min
    rows = tuple(_passed(context, item) for item in passed if start - _due_day(item) <= RECENT)
    return rows, context.share(len(rows), len(passed))


def _passed(context: Context, known: Assessed) -> StatementRow:
    """Return the row, in few words; of what was replaced with what it was then alone: what took its place is told."""
    whole, words = row(context, known), in_brief(context, known)
    whole = replace(whole, text=Prose((Run(words),))) if words else whole
    return replace(whole, status=None) if whole.later and known.became in LATE else whole


def asks_of(context: Context, side: tuple[str, ...]) -> tuple[Assessed, ...]:
    """Return what a side asks of the other, without courtesies: by rank, and then the newest; each told again once."""
    said = [item for item in statements(context, *ASKS) if set(item.fact.by) == set(side) and not _to_itself(item)]
    return tuple(_by_rank(context, (item for item in said if not _is_settled(item) and not is_courtesy(item))))


def asking_sides(context: Context) -> tuple[tuple[str, ...], ...]:
    """Return every party, whether or not it asks anything; then whoever else asks: several together, or a third."""
    return context.sides(item for item in statements(context, *ASKS) if not _to_itself(item))


def is_current(context: Context, known: Assessed) -> bool:
    """Return whether it was said at or after the last meeting of leaders."""
    start = context.last_meeting_day
    return start is not None and context.day(known) >= start


def is_recent(context: Context, item: Assessed) -> bool:
    """Return whether it was said after the meeting of leaders, or in the three years before."""
    return (context.last_meeting_day or date.min) - context.day(item) <= RECENT


def _by_rank(context: Context, found: Iterable[Assessed]) -> list[Assessed]:
    """Return them by the curator's rank, those without one last; of one rank the newest before older ones."""
    return sorted(found, key=lambda item: (item.fact.rank or LAST, -context.day(item).toordinal()))


_NOT_DONE = (Status.OPEN, Status.DUE_SOON, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY)
_DONE = (Status.FULFILLED, Status.PARTLY, Status.IN_PROGRESS)
"""What a source says of a statement counts more than that a later one took its place."""
_SETTLED = (*GONE, Status.FULFILLED)
_PLANS = (Act.INSTRUCTED, Act.PLANNED, Act.ANNOUNCED)
_MAIN = 3
"""Up to this rank what was agreed is more than one of many points of its talks."""


def _is_settled(item: Assessed) -> bool:
    """Return whether nothing of it is open that no other row has; what was told again may be past its day besides."""
    return item.status in _SETTLED or bool(item.repeated_by)


def _field(
    context: Context, theme: str, elsewhere: Set[str], told: Set[str], most: int, in_full: bool
) -> ThemeGroup | None:
    found = [item for item in printed(context) if item.fact.theme == theme and item.fact.id not in elsewhere]
    papers = [item for item in found if _is_paper(context, item)]
    said = [item for item in found if isinstance(item.fact, Statement) and not item.fact.courtesy]
    live = [item for item in said if not (_is_settled(item) or item.fact.act in _PLANS or is_over(context, item))]
    together = [item for item in live if _is_agreed(context, item)]
    ranked = [item for item in together if 0 < item.fact.rank <= _MAIN and is_recent(context, item)]
    agreed = [*_newest(context, together, in_full), *ranked]
    own = {item.fact.id: item for item in (*papers, *agreed)}.values()
    sides = context.sides(item for item in live if not _is_agreed(context, item))
    parts = [newest_first(context, own), *(_of_side(context, live, side, in_full) for side in sides)]
    parts = [[item for item in items if item.fact.id not in told] for items in parts]
    first = ranked_first(context, parts, most)
    rows = [row(context, item) for items in parts for item in items if item.fact.id in first]
    share = context.share(len(first), sum(map(len, parts)))
    return ThemeGroup(title=context.theme(theme), share=share, rows=tuple(_said_once(context, rows))) if rows else None


def _is_paper(context: Context, item: Assessed) -> bool:
    """Return whether a field has it as a channel or paper that stands.

    A dated paper of long ago, or of no party, is in the timeline alone; a channel that was only agreed on then is none.
    """
    fact = item.fact
    is_foreign = (fact.by or isinstance(fact, Document)) and not set(fact.by) & set(context.parties)
    if item.superseded_by or (is_foreign and context.when(item)):
        return False
    if is_recent(context, item):
        return isinstance(fact, Mechanism | Document)
    is_channel = isinstance(fact, Mechanism) and fact.act is Act.STATED
    return is_channel or (isinstance(fact, Document) and "when" not in item.values)


def _said_once(context: Context, rows: list[StatementRow]) -> Iterator[StatementRow]:
    """Yield the rows of a field; a reply that is the row before or after it is not worded again, but led to.

    One that is another row of the field is told in few words, where the facts have these.
    """
    above, below = context.label(Label.AS_ABOVE), context.label(Label.AS_BELOW)
    brief = {row.id: in_brief(context, context.briefing.items[row.id]) for row in rows}
    for place, each in enumerate(rows):
        led = {row.id: below for row in rows[place + 1 : place + 2]}
        first = {reply.id for reply in each.replies[:1]}  # behind another reply "as above" would lead to that
        led |= {row.id: above for row in rows[max(0, place - 1) : place] if row.id in first}
        told = (replace(one, text=brief.get(one.id) or one.text) for one in each.replies)
        again = (replace(one, text=led[one.id], marks=()) if one.id in led else one for one in told)
        yield replace(each, replies=tuple(again))


def ranked_first(context: Context, parts: Iterable[list[Assessed]], most: int) -> frozenset[str]:
    """Return the ids of at most so many statements: the first of each part, then by rank, the newest before older ones.

    They are the same in every language, whichever side is first there. Papers and channels are not counted: they are
    all kept, as the annex has statements alone.
    """
    ordered = [_by_rank(context, items) for items in parts]
    papers = [item for items in ordered for item in items if not isinstance(item.fact, Statement)]
    said = [[item for item in items if isinstance(item.fact, Statement)] for items in ordered]
    first = [items[0] for items in said if items]
    rest = _by_rank(context, sorted((item for items in said for item in items[1:]), key=lambda item: item.fact.id))
    kept = [*first, *rest][: max(most, len(first))]
    return frozenset(item.fact.id for item in (*papers, *kept))


def groups(context: Context, title: str, items: Iterable[Assessed]) -> tuple[RowGroup, ...]:
    """Return the rows of these facts, a group for each account they rest on; it is named once, with the title."""
    rows = [row(context, item) for item in items]

    def of_account(account: str) -> RowGroup:
        own = [each for each in rows if each.account == account]
        speaker, *others = {each.speaker for each in own}
        if others:
            named = tuple(replace(each, account="") for each in own)
            return RowGroup(title=title, account=account, rows=named)
        unnamed = tuple(replace(each, account="", speaker="", person="") for each in own)
        return RowGroup(title=title, account=account, speaker=speaker, rows=unnamed)

    return tuple(map(of_account, dict.fromkeys(each.account for each in rows)))


def newest_group_first(context: Context, title: str, items: Iterable[Assessed]) -> list[RowGroup]:
    """Return the groups of these facts by their newest row; of one day those first that are no one side's account."""

    def age(group: RowGroup) -> tuple[int, bool]:
        newest = max(context.day(context.briefing.items[row.id]) for row in group.rows)
        return -newest.toordinal(), bool(group.account)

    return sorted(groups(context, title, items), key=age)


def _is_agreed(context: Context, item: Assessed) -> bool:
    """Return whether all parties say it, or nobody is named; some of several parties are a side of their own."""
    return not item.fact.by or context.is_all(item.fact.by)


def _of_side(context: Context, found: list[Assessed], side: tuple[str, ...], in_full: bool) -> list[Assessed]:
    """Return a side's asks and positions of a field since the last meeting of leaders, or else its newest.

    Asks that the curator ranks among the main ones are there in any case, but for those that page one has. They are in
    the order of protocol of those who speak, then newest first.
    """
    said = [item for item in found if set(item.fact.by) == set(side) and not _is_agreed(context, item)]
    top = {item.fact.id for item in asks_of(context, side)[:_MAIN]}
    main = [item for item in said if item.fact.act in ASKS and 0 < item.fact.rank <= _MAIN and item.fact.id not in top]
    chosen = {item.fact.id: item for item in (*_newest(context, said, in_full), *main)}.values()
    return sorted(newest_first(context, chosen), key=lambda item: context.protocol(item) or LAST)


def _newest(context: Context, found: list[Assessed], in_full: bool) -> list[Assessed]:
    current = [item for item in found if is_current(context, item) or (in_full and is_recent(context, item))]
    if not current and found:
        latest, start = max(context.day(item) for item in found), context.last_meeting_day or date.min
        current = [item for item in found if context.day(item) == latest and start - latest <= RECENT]
    return newest_first(context, current)


def by_side(context: Context, found: Iterable[Assessed]) -> list[tuple[tuple[str, ...], list[Assessed]]]:
    """Return what each side said, first all parties together and what names nobody; a side may have said nothing."""
    items = list(found)
    sides = dict.fromkeys((context.parties, *context.sides(items)))
    said_by = {item.fact.id: {*item.fact.by} or {*context.parties} for item in items}
    return [(side, [item for item in items if said_by[item.fact.id] == set(side)]) for side in sides]


def _due_day(item: Assessed) -> date:
    return item.due.last if item.due else date.max


def _to_itself(item: Assessed) -> bool:
    """Return whether it is an instruction to one's own authorities, which asks nothing of the other side."""
    return bool(item.fact.to) and set(item.fact.to) == set(item.fact.by)


def _due_sign(context: Context, known: Assessed) -> str:
    """Return the sign of a day that no source prints: the next session of a mechanism follows from its rhythm."""
    if isinstance(known.fact, Mechanism):
        return DERIVED_SIGN if known.due else ""
    summit = context.briefing.items.get(summit_of(known.fact))
    dates = (known.values.get("due"), known.values.get("by"), summit.values.get("when") if summit else None)
    return context.sign(next((value for value in dates if value and value.value == known.due), None))


def sides(context: Context, fact: Fact) -> str:
    """Return who says it, and to whom, where not only the two parties do; empty where the page's headings tell it."""
    party = context.side(fact.by)
    is_told = context.is_many and set(fact.to) - {*fact.by}  # else it is the other party
    if is_told or not set(fact.to) <= set(context.parties):
        return context.label(Label.ASKED_OF, party=party, to=context.within(*fact.to))
    is_all = not fact.by or context.is_all(fact.by)
    return "" if is_all or (not context.is_many and set(fact.by) <= set(context.parties)) else party


def _due_as(fact: Fact) -> Label:
    """Return what its day is called: what nobody owes by a day, a paper, and what was said for a summit, has a date."""
    is_date = fact.act.owes_nothing or isinstance(fact, Document) or summit_of(fact)
    return Label.DATE if is_date else Label.COLUMN_DUE


def _lead(context: Context, fact: Fact) -> str:
    """Return who does it; of an ask who says it to whom, as the other is to do it; of one side's goal whose it is."""
    party, to = context.side(fact.by), context.within(*fact.to)
    if is_own_aim(fact):
        return context.label(Label.AIM_OF, party=context.within(*fact.by))
    return context.label(Label.ASKED_OF, party=party, to=to) if fact.act in ASKS and to else party


def is_own_aim(fact: Fact) -> bool:
    """Return whether it is a goal of one side alone, whoever else is to reach it."""
    return fact.act is Act.AIMED and len(fact.by) == 1


def _act(context: Context, fact: Fact) -> Badge:
    """Return the act; of a paper that exists, or a channel that a source merely reports, what it is."""
    match fact:
        case Document(act=Act.STATED | Act.AGREED):
            return Badge(fact.act.value, context.form(fact.form))
        case Mechanism(act=Act.STATED):
            return context.badge("stated", Label.MECHANISM)
        case Statement(act=Act.STATED, on=None, speaker=""):
            return context.badge("stated", Label.STANDS)
        case Statement(act=Act.STATED) if context.is_all(fact.by):
            return context.badge("stated", Label.SHARED_VIEW)
        case _:
            return context.badge(fact.act, ACTS[fact.act])


def _is_said_by_its_text(fact: Fact) -> bool:
    """Return whether the text says itself that a side states it, or that all share the view."""
    return isinstance(fact, Statement) and fact.act is Act.STATED and bool(fact.on or fact.speaker)


def _later(context: Context, known: Assessed) -> str:
    """Return what took its place, and that its deadline had passed; nothing if it was fulfilled, as a source has it."""
    later = context.later(known)
    if not later:
        return measured_then(context, known)
    if known.became in LATE:
        return context.label(Label.STATUS_AND_LATER, status=standing(context, known, known.became).label, later=later)
    return "" if known.became is Status.FULFILLED else later
