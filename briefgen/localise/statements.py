"""Statements as rows, and which of them stand where: by field, in the follow-up, or among the earlier ones.

The body of a briefing has what was said since the last meeting of leaders and, in a field where a side has said nothing
since, the newest that it said there. What is older is in the annex; what was told again is one row with all its days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import date, timedelta

from briefgen.localise.context import DERIVED_SIGN, SEPARATOR, Context, printed
from briefgen.localise.labels import ACTS, Label
from briefgen.localise.measured import LATE, measured_then
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import Period
from briefgen.model.facts import Act, Document, Fact, Mechanism, Statement, Value
from briefgen.model.look import FIELD_ROWS
from briefgen.model.page import Badge, Courtesies, FactsOfKind, Field, Occasion, Reply, RowGroup, StatementRow

UNDERTAKINGS = (Act.AIMED, Act.PLANNED, Act.ANNOUNCED, Act.AGREED, Act.SIGNED)
ASKS = (Act.REQUESTED, Act.HOPED, Act.INVITED, Act.PROPOSED)
FIRMNESS = (
    *(Act.SIGNED, Act.AGREED, Act.ANNOUNCED, Act.PLANNED),
    *(Act.PROPOSED, Act.REQUESTED, Act.AIMED, Act.INVITED, Act.HOPED),
)
"""The acts in the order of their marks on the page, from full to dashed.

What is merely stated has none, nor has an instruction to one's own authorities: it binds nobody towards the other side.
"""
AHEAD = (Status.DUE_SOON, Status.OPEN)
UNMARKED = (Status.NO_LATER_REPORT, Status.STANDS, Status.REPEATED)
"""What goes for every row that says nothing else; it is said once on the page."""
RECENT = timedelta(days=3 * 366)
"""What was said longer than this before the last meeting of leaders is in the annex, even if nothing newer was said."""
_GONE = (Status.SUPERSEDED, Status.REPEATED, Status.WITHDRAWN)


def statements(context: Context, *acts: Act) -> tuple[Assessed, ...]:
    """Return known statements with one of these acts, in the order of the file."""
    known = context.briefing.items.values()
    return tuple(item for item in known if isinstance(item.fact, Statement) and item.fact.act in acts)


def row(context: Context, known: Assessed) -> StatementRow:
    """Return a statement, document or mechanism with everything a reader must find without leaving the row."""
    fact, item = known.fact, context.item(known)
    event = context.occasion(known)
    when = context.when(known)
    done = known.status is Status.SUPERSEDED and known.became in _DONE
    status = known.became if done and known.became else known.status
    before = said_before(context, known)
    return item.into(
        StatementRow,
        marks=context.marks(cite for each in (known, *before) for cite in each.cites),
        account=item.account if _is_of_one_side(context, (known, *before)) else "",
        stale="" if context.dates_itself(known) else item.stale,
        party=context.side(fact.by),
        person=context.name(fact.speaker) if fact.speaker else "",
        speaker=context.person(fact.speaker, (cite.source for cite in known.cites)) if fact.speaker else "",
        lead=_lead(context, known),
        to=context.label(Label.OWN_AUTHORITIES) if _to_itself(known) else context.side(fact.to),
        sides=sides(context, fact),
        act=_act(context, fact),
        status=None if status in UNMARKED else context.standing(known, status),
        due=context.date(known.due) + _due_sign(context, known),
        when=context.month_of(when) + context.sign(known.values.get("when")) if when else "",
        occasion=context.text(f"event {fact.on}", event.name) if event else "",
        also=_also(context, known, before),
        replies=tuple(_replies(context, known)),
        later=_later(context, known),
    )


def follow_up(context: Context) -> tuple[RowGroup, ...]:
    """Return who has to do what, by when: the soonest due first, then instructions and what a side alone undertook.

    What both sides agreed without a day is in the table of its field.
    """
    open_ones = [item for item in statements(context, *UNDERTAKINGS, Act.INSTRUCTED) if item.status not in _SETTLED]
    due = [item for item in open_ones if item.due and (item.status in AHEAD or is_current(context, item))]
    since = [item for item in open_ones if not item.due]
    told = [item for item in since if item.fact.act is Act.INSTRUCTED and is_recent(context, item)]
    owed = [item for item in since if item.fact.act in (Act.PLANNED, Act.ANNOUNCED) and is_current(context, item)]
    parts = [(context.label(Label.DUE_BY_A_DAY), sorted(due, key=_due_day))]
    parts += [(context.side(side), newest_first(context, items)) for side, items in _by_side(context, [*told, *owed])]
    return tuple(each for title, items in parts for each in groups(context, title, items))


def fields(context: Context, elsewhere: Set[str], most: int = FIELD_ROWS) -> tuple[Field, ...]:
    """Return for each theme what was agreed, and the asks and positions of each side, newest first.

    `elsewhere` has the ids of facts that another part of the body prints; a field has at most `most` statements.
    """
    made = (_field(context, theme, elsewhere, most) for theme in context.book.file.themes)
    return tuple(field for field in made if field)


def earlier(context: Context, elsewhere: frozenset[str], again: frozenset[str] = frozenset()) -> tuple[Occasion, ...]:
    """Return the statements that the body does not have, by occasion, the latest first; courtesies in a line a side.

    `elsewhere` has the ids of what is in the fields and the follow-up, `again` of what other tables repeat.
    """
    left = [item for item in printed(context) if isinstance(item.fact, Statement) and item.fact.id not in elsewhere]
    occasions: dict[tuple[str, str], list[Assessed]] = {}  # sources that tell of the same one each have it
    for item in sorted(left, key=lambda item: (-context.day(item).toordinal(), str(item.fact.on or ""))):
        event, when = context.occasion(item), context.when(item)
        occasions.setdefault((event.name if event else "", context.month_of(when) if when else ""), []).append(item)
    return tuple(_occasion(context, tuple(items), again) for items in occasions.values())


def courtesies(context: Context) -> FactsOfKind:
    """Return all courtesies, with the sentence that counts them."""
    items = tuple(context.item(item) for item in printed(context) if _is_courtesy(item))
    return FactsOfKind(title=context.label(Label.COURTESIES, number=str(len(items))), items=items)


def marks_in_use(context: Context, groups: Iterable[RowGroup]) -> tuple[Badge, ...]:
    """Return the acts of these rows, the firmest first: the key to their marks."""
    codes = {row.act.code for group in groups for row in group.rows}
    return tuple(context.badge(act, ACTS[act]) for act in FIRMNESS if act in codes)


def due_by(context: Context, last: date) -> tuple[StatementRow, ...]:
    """Return undertakings and asks that are open and fall due on or before a day, and have not passed yet."""
    found = [item for item in statements(context, *UNDERTAKINGS, *ASKS) if item.status in _NOT_DONE]
    due = [item for item in found if context.briefing.day <= _due_day(item) <= last]
    return tuple(row(context, item) for item in sorted(due, key=_due_day))


def unreported(context: Context) -> tuple[tuple[StatementRow, ...], str]:
    """Return deadlines that passed and whose outcome no source reports, those of replaced targets among them.

    They are those of the last three years before the last meeting of leaders; then how many of all that is.
    """
    found = statements(context, *UNDERTAKINGS, *ASKS)
    passed = [item for item in found if Status.DEADLINE_PASSED in (item.status, item.became)]
    recent = [item for item in passed if (context.last_meeting_day or date.min) - _due_day(item) <= RECENT]
    rows = tuple(row(context, item) for item in sorted(recent, key=_due_day, reverse=True))
    return rows, context.share(len(rows), len(passed))


def asks_of(context: Context, side: tuple[str, ...]) -> tuple[Assessed, ...]:
    """Return what a side asks of the other: by rank, and then the newest before older ones; each told again once."""
    found = [item for item in statements(context, *ASKS) if set(item.fact.by) == set(side)]
    found = [item for item in found if not _to_itself(item) and item.status not in _SETTLED]
    return tuple(_by_rank(context, found))


def asking_sides(context: Context) -> tuple[tuple[str, ...], ...]:
    """Return every party, whether or not it asks anything; then whoever else asks: several together, or a third."""
    return context.sides(item for item in statements(context, *ASKS) if not _to_itself(item))


def said_before(context: Context, known: Assessed) -> list[Assessed]:
    """Return the earlier statements that it repeats, of the same side: what another said is not said again."""
    return [item for item in _told_before(context, known) if set(item.fact.by) == set(known.fact.by)]


def is_current(context: Context, known: Assessed) -> bool:
    """Return whether it was said at or after the last meeting of leaders."""
    start = context.last_meeting_day
    return start is not None and context.day(known) >= start


def is_recent(context: Context, item: Assessed) -> bool:
    """Return whether it was said after the meeting of leaders, or in the three years before."""
    return (context.last_meeting_day or date.min) - context.day(item) <= RECENT


def newest_first(context: Context, found: Iterable[Assessed]) -> list[Assessed]:
    """Return them by day, the latest first; those of one day by the curator's rank."""
    return sorted(found, key=lambda item: (-context.day(item).toordinal(), item.fact.rank or _LAST))


def _by_rank(context: Context, found: Iterable[Assessed]) -> list[Assessed]:
    """Return them by the curator's rank, those without one last; of one rank the newest before older ones."""
    return sorted(found, key=lambda item: (item.fact.rank or _LAST, -context.day(item).toordinal()))


_LAST = 10**6
_NOT_DONE = (Status.OPEN, Status.DUE_SOON, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY)
"""What a source says of its progress leaves the deadline as it is."""
_DONE = (Status.FULFILLED, Status.PARTLY, Status.IN_PROGRESS)
"""What a source says of a statement counts more than that a later one took its place."""
_SETTLED = (*_GONE, Status.FULFILLED)


def _field(context: Context, theme: str, elsewhere: Set[str], most: int) -> Field | None:
    found = [item for item in printed(context) if item.fact.theme == theme and item.fact.id not in elsewhere]
    papers = [item for item in found if isinstance(item.fact, Document | Mechanism) and not item.superseded_by]
    live = [item for item in found if isinstance(item.fact, Statement) and item.status not in _SETTLED]
    live = [item for item in live if not _is_courtesy(item)]
    agreed = _newest(context, [item for item in live if _is_agreed(context, item)])
    together = Label.ALL_AGREED_AND_UNDERTAKEN if context.is_many else Label.AGREED_AND_UNDERTAKEN
    others = [item for item in papers if item.fact.by and not set(item.fact.by) & set(context.parties)]
    own = [item for item in papers if item not in others]
    parts = [(context.label(together), newest_first(context, [*own, *agreed]))]
    parts += [(context.label(Label.PAPERS_OF_OTHERS), newest_first(context, others))]
    parts += [
        (context.label(Label.ASKS_AND_POSITIONS, party=context.side(side)), _of_side(context, live, side))
        for side in context.sides(item for item in live if not _is_agreed(context, item))
    ]
    first = _ranked_first(context, [items for _, items in parts], most)
    chosen = [(title, [item for item in items if item.fact.id in first]) for title, items in parts]
    found_groups = tuple(
        each for title, items in chosen for each in _newest_group_first(context, groups(context, title, items))
    )
    title = context.text(f"theme {theme}", context.book.file.themes[theme])
    share = context.share(len(first), sum(len(items) for _, items in parts))
    return Field(title=title, share=share, groups=found_groups) if found_groups else None


def _ranked_first(context: Context, parts: Iterable[list[Assessed]], most: int) -> frozenset[str]:
    """Return the ids of at most so many statements: the first of each part, then by rank, the newest before older ones.

    Papers and channels are not counted: they are all kept, as the annex has statements alone.
    """
    ordered = [_by_rank(context, items) for items in parts]
    papers = [item for items in ordered for item in items if not isinstance(item.fact, Statement)]
    said = [[item for item in items if isinstance(item.fact, Statement)] for items in ordered]
    first = [items[0] for items in said if items]
    rest = _by_rank(context, (item for items in said for item in items[1:]))
    kept = [*first, *rest][: max(most, len(first))]
    return frozenset(item.fact.id for item in (*papers, *kept))


def groups(context: Context, title: str, items: Iterable[Assessed]) -> tuple[RowGroup, ...]:
    """Return the rows of these facts, a group for each account they rest on; it is named once, with the title."""
    rows = [row(context, item) for item in items]
    accounts = dict.fromkeys(each.account for each in rows)
    return tuple(
        _group(title, account, [replace(each, account="") for each in rows if each.account == account])
        for account in accounts
    )


def _newest_group_first(context: Context, found: Iterable[RowGroup]) -> list[RowGroup]:
    """Return the groups by their newest row; of one day those first that are no one side's account."""

    def age(group: RowGroup) -> tuple[int, bool]:
        newest = max(context.day(context.briefing.items[row.id]) for row in group.rows)
        return -newest.toordinal(), bool(group.account)

    return sorted(found, key=age)


def _group(title: str, account: str, rows: list[StatementRow]) -> RowGroup:
    speakers = {each.speaker for each in rows}
    if len(speakers) != 1:
        return RowGroup(title=title, account=account, speaker="", rows=tuple(rows))
    unnamed = tuple(replace(each, speaker="", person="") for each in rows)
    return RowGroup(title=title, account=account, speaker=speakers.pop(), rows=unnamed)


def _is_agreed(context: Context, item: Assessed) -> bool:
    """Return whether all parties say it, or nobody is named; some of several parties are a side of their own."""
    return not item.fact.by or context.is_all(item.fact.by)


def _of_side(context: Context, found: list[Assessed], side: tuple[str, ...]) -> list[Assessed]:
    """Return a side's asks, undertakings and positions of a field.

    They are those since the last meeting of leaders, or else its newest; undertakings that are open stay longer.
    """
    said = [item for item in found if set(item.fact.by) == set(side) and not _is_agreed(context, item)]
    own = _newest(context, said)
    owed = [item for item in said if item.fact.act is Act.ANNOUNCED and is_recent(context, item)]
    own = newest_first(context, {item.fact.id: item for item in (*own, *owed)}.values())
    return sorted(own, key=lambda item: item.fact.act not in ASKS)


def _newest(context: Context, found: list[Assessed]) -> list[Assessed]:
    current = [item for item in found if is_current(context, item)]
    if not current and found:
        latest, start = max(context.day(item) for item in found), context.last_meeting_day or date.min
        current = [item for item in found if context.day(item) == latest and start - latest <= RECENT]
    return newest_first(context, current)


def _by_side(context: Context, found: Iterable[Assessed]) -> list[tuple[tuple[str, ...], list[Assessed]]]:
    """Return what each side said, all parties together first; a side may have said nothing."""
    items = list(found)
    sides = dict.fromkeys((context.parties, *context.sides(items)))
    return [(side, [item for item in items if set(item.fact.by) == set(side)]) for side in sides]


def _occasion(context: Context, found: tuple[Assessed, ...], again: frozenset[str]) -> Occasion:
    """Return what was said on one occasion; what one side said stands together, its courtesies in a line."""
    first = row(context, found[0])
    said = _by_side(context, found)
    plain = [(side, [item for item in items if not _is_courtesy(item)]) for side, items in said]
    found_groups = tuple(
        group
        for side, items in plain
        for group in _newest_group_first(context, groups(context, context.side(side), _by_act(items)))
    )
    courtesies = tuple(
        Courtesies(party=context.side(side), items=tuple(context.item(item) for item in items if _is_courtesy(item)))
        for side, items in said
    )
    return Occasion(
        when=first.when,
        name=first.occasion or context.label(Label.OCCASION_NOT_STATED),
        groups=tuple(_replies_once(context, found_groups)),
        courtesies=tuple(each for each in courtesies if each.items),
        years_before=_years_before(context, found[0]),
        ids=tuple(item.fact.id for item in found if not _is_courtesy(item) and item.fact.id not in again),
    )


def _years_before(context: Context, known: Assessed) -> int:
    """Return the whole years from a statement to the last meeting of leaders."""
    day, last = context.day(known), context.last_meeting_day
    if last is None or day == date.min:
        return 0
    return max(0, last.year - day.year - ((last.month, last.day) < (day.month, day.day)))


def _by_act(items: Iterable[Assessed]) -> list[Assessed]:
    """Return them by act, so that each act is named once."""
    return sorted(items, key=lambda item: -list(Act).index(item.fact.act))


def _replies_once(context: Context, found: Iterable[RowGroup]) -> Iterator[RowGroup]:
    """Yield the groups; a reply that several statements have in common is worded with the first of them."""
    seen: set[str] = set()
    for each in found:
        rows = []
        for one in each.rows:
            again = replace(one, replies=tuple(_again(context, reply, seen) for reply in one.replies))
            seen |= {reply.id for reply in one.replies}
            rows.append(again)
        yield replace(each, rows=tuple(rows))


def _again(context: Context, reply: Reply, seen: set[str]) -> Reply:
    return replace(reply, text=context.label(Label.AS_ABOVE), marks=()) if reply.id in seen else reply


def _is_courtesy(item: Assessed) -> bool:
    return isinstance(item.fact, Statement) and item.fact.courtesy


def _due_day(item: Assessed) -> date:
    return item.due.last if item.due else date.max


def _to_itself(item: Assessed) -> bool:
    """Return whether it is an instruction to one's own authorities, which asks nothing of the other side."""
    return bool(item.fact.to) and item.fact.to == item.fact.by


def _deadline(context: Context, known: Assessed) -> Value | None:
    """Return the value that the deadline is taken from."""
    fact = known.fact
    summit = context.book.facts.get(fact.summit or "") if isinstance(fact, Statement) else None
    gathering = context.briefing.items.get(summit.id) if summit else None
    when = gathering.values.get("when") if gathering else None
    dates = (known.values.get("due"), known.values.get("by"), when)
    return next((value for value in dates if value and value.value == known.due), None)


def sides(context: Context, fact: Fact) -> str:
    """Return who says it, and to whom, where not only the two parties do; empty where the page's headings tell it."""
    party = context.side(fact.by)
    if not set(fact.to) <= set(context.parties):
        return context.label(Label.ASKED_OF, party=party, to=context.side(fact.to))
    is_all = not fact.by or context.is_all(fact.by)
    return "" if is_all or (not context.is_many and set(fact.by) <= set(context.parties)) else party


def _due_sign(context: Context, known: Assessed) -> str:
    """Return the sign of a day that no source prints: the next session of a mechanism follows from its rhythm."""
    is_worked_out = known.due is not None and isinstance(known.fact, Mechanism)
    return DERIVED_SIGN if is_worked_out else context.sign(_deadline(context, known))


def _lead(context: Context, known: Assessed) -> str:
    """Return who does it; of an ask who says it to whom, as the other is to do it; of one side's goal whose it is."""
    fact = known.fact
    party, to = context.side(fact.by), context.side(fact.to)
    if is_own_aim(fact):
        return context.label(Label.AIM_OF, party=party)
    return context.label(Label.ASKED_OF, party=party, to=to) if fact.act in ASKS and to else party


def is_own_aim(fact: Fact) -> bool:
    """Return whether it is a goal of one side alone, whoever else is to reach it."""
    return fact.act is Act.AIMED and len(fact.by) == 1


def _act(context: Context, fact: Fact) -> Badge:
    """Return the act; of a paper that exists, or a channel that a source merely reports, what it is."""
    if isinstance(fact, Document) and fact.act in (Act.STATED, Act.AGREED, Act.SIGNED):
        return Badge(fact.act.replace(" ", "-"), context.form(fact.form))
    if isinstance(fact, Mechanism) and fact.act is Act.STATED:
        return context.badge("stated", Label.MECHANISM)
    if isinstance(fact, Statement) and fact.act is Act.STATED and not fact.on and not fact.speaker:
        return context.badge("stated", Label.STANDS)
    return context.badge(fact.act, ACTS[fact.act])


def _also(context: Context, known: Assessed, before: Iterable[Assessed]) -> str:
    """Return when the same was said before, such as "also 2022, 2023", and by whom, where that was somebody else.

    Of the year in which it was said itself, the month is named.
    """
    own, said = context.day(known).year, defaultdict[str, dict[str, None]](dict)
    for item in sorted(before, key=context.day):
        if day := context.book.day_of(item.fact):
            when = context.month_of(day) if day.first.year == own else context.date(Period(day.first.year))
            said[_somebody_else(context, known, item)][when] = None
    labels = {person: Label.ALSO_SAID_BY if person else Label.ALSO_SAID for person in said}
    whens = {person: ", ".join(days) for person, days in said.items()}
    return SEPARATOR.join(context.label(labels[each], years=whens[each], person=each) for each in said)


def _somebody_else(context: Context, known: Assessed, before: Assessed) -> str:
    """Return who said it before, if that was not the one who says it now."""
    if before.fact.speaker == known.fact.speaker:
        return ""
    speaker, sources = before.fact.speaker, (cite.source for cite in before.cites)
    return context.person(speaker, sources) if speaker else context.side(before.fact.by)


def _is_of_one_side(context: Context, told: Iterable[Assessed]) -> bool:
    """Return whether they rest on no more than one party's account: what both tell needs no account."""
    return len({context.book.sources[cite.source].account for each in told for cite in each.cites}) == 1


def _told_before(context: Context, known: Assessed) -> list[Assessed]:
    """Return the earlier statements that it repeats, and those that they repeat."""
    found: dict[str, Assessed] = {}
    left = list(getattr(known.fact, "repeats", ()))
    while left:
        id = left.pop()
        if id in context.briefing.items and id not in found and id != known.fact.id:
            found[id] = context.briefing.items[id]
            left += getattr(found[id].fact, "repeats", ())
    return list(found.values())


def _replies(context: Context, known: Assessed) -> Iterator[Reply]:
    """Yield what answers it; if only thanks and the like do, what answered it when it was said before as well.

    Nobody answers all sides.
    """
    if set(known.fact.by) >= set(context.parties):
        return
    own = _answers(context, [known])
    yield from (_reply(context, Label.ANSWER, answer) for answer in own)
    if all(_is_courtesy(answer) for answer in own):
        before = _answers(context, _told_before(context, known))
        told = [answer for answer in before if not own or not _is_courtesy(answer)]
        yield from (_reply(context, Label.EARLIER_ANSWER, answer) for answer in told)


def _answers(context: Context, asked: list[Assessed]) -> list[Assessed]:
    """Return what answers these statements, the latest first, without mere courtesies."""
    ids = dict.fromkeys(id for item in asked for id in item.answered_by)
    answers = [context.briefing.items[id] for id in ids]
    serious = [item for item in answers if not _is_courtesy(item)]
    return newest_first(context, serious or answers)


def _reply(context: Context, head: Label, answer: Assessed) -> Reply:
    item, when = context.item(answer), context.when(answer)
    act = context.label(ACTS[answer.fact.act]) if answer.fact.act is not Act.STATED else ""
    said = (act, context.month_of(when) if when else "–", item.account)
    text = context.label(
        Label.REPLY, party=context.side(answer.fact.by), when=", ".join(filter(None, said)), text=str(item.text)
    )
    return Reply(id=item.id, head=context.label(head), text=text, marks=item.marks)


def _later(context: Context, known: Assessed) -> str:
    """Return what took its place, and that its deadline had passed; nothing if it was fulfilled, as a source has it."""
    later = context.later(known)
    if not later:
        return measured_then(context, known)
    if known.became is Status.FULFILLED:
        return ""
    if known.became in LATE:
        return context.label(Label.STATUS_AND_LATER, status=context.standing(known, known.became).label, later=later)
    return later
