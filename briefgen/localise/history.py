"""The history of a matter: what was said on it before, what was replied, and what was measured since.

All of it stands in the row of a statement; and in the key figures of the first page, each with those before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from briefgen.localise.context import SEPARATOR, Context, printed
from briefgen.localise.labels import ACTS, Label
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate, Period
from briefgen.model.facts import Act, Document, Figure, Observation, Statement, Value, repeats_of, summit_of
from briefgen.model.quantities import Bound, Count, Money, Quantity, is_date
from briefgen.model.views import Badge, Observed, Reply, TileView

LAST = 10**6
"""In place of the rank of what has none."""


def said_before(context: Context, known: Assessed) -> list[Assessed]:
    """Return the earlier statements that it repeats, of the same side: what another said is not said again."""
    return [item for item in _told_before(context, known) if set(item.fact.by) == set(known.fact.by)]


def is_over(context: Context, item: Assessed) -> bool:
    """Return whether the summit that it was said for was held."""
    summit = context.briefing.items.get(summit_of(item.fact))
    return summit is not None and summit.took_place


def newest_first(context: Context, found: Iterable[Assessed]) -> list[Assessed]:
    """Return them by day, the latest first; those of one day by the curator's rank."""
    return sorted(found, key=lambda item: (-context.day(item).toordinal(), item.fact.rank or LAST))


def is_courtesy(item: Assessed) -> bool:
    """Return whether it is a congratulation, thanks or the like."""
    return isinstance(item.fact, Statement) and item.fact.courtesy


def also(context: Context, known: Assessed, before: Sequence[Assessed]) -> str:
    """Return when the same was said before, such as "similarly 2022, 2023"; by whom and on whose account, if another.

    Of the year in which it was said itself, the month is named. Where any of it was another act, each says which: an
    aim is no agreement because the same was agreed since.
    """
    own, said, accounts = context.day(known).year, defaultdict[str, dict[str, None]](dict), list[str]()
    is_other_act = any(item.fact.act is not known.fact.act for item in before)
    for item in sorted(before, key=context.day):
        if day := context.book.day_of(item.fact):
            when = context.month_of(day) if day.first.year == own else context.date(Period(day.first.year))
            act = ACTS[item.fact.act] if is_other_act else None
            person, account = _whose(context, known, item, always=is_other_act)
            whose = (context.label(act) if act else "", person, account)
            said[", ".join(filter(None, whose))][when] = None
            if whose[:2] == ("", "") and account:
                accounts.append(account)
    cites = chain.from_iterable(item.cites for item in (known, *before))
    if context.book.accounts(cites) == {*context.parties}:
        _of_each(context, said, accounts)
    named = {when for told, whens in said.items() if told for when in whens}
    said[""] = {when: None for when in said[""] if when not in named}  # by whom says more
    told_in = defaultdict[tuple[str, ...], list[str]](list)
    for told, whens in said.items():
        told_in[tuple(whens)].append(told)
    semicolon = f"{context.label(Label.SEMICOLON)} "
    return SEPARATOR.join(
        context.label(Label.ALSO_SAID_BY, years=", ".join(whens), person=semicolon.join(told))
        if any(told)
        else context.label(Label.ALSO_SAID, years=", ".join(whens))
        for whens, told in told_in.items()
        if whens
    )


def _of_each(context: Context, said: dict[str, dict[str, None]], accounts: Iterable[str]) -> None:
    """Put together what is of one time and told by each side: once without a word, and once as the other's account."""
    for told in dict.fromkeys(accounts):
        for when in [each for each in said[told] if each in said[""]]:
            del said[told][when]
            said[context.label(Label.EACH_ACCOUNT)][when] = None


def _whose(context: Context, known: Assessed, before: Assessed, *, always: bool) -> tuple[str, str]:
    """Return who said it before, if that was not the one who says it now; and whose account that is.

    An account that is the same now as then is named `always` if the acts differ.
    """
    same_person = before.fact.speaker == known.fact.speaker
    same_account = context.book.accounts(known.cites) == context.book.accounts(before.cites)
    person = "" if same_person else context.speaker(before) or context.side(before.fact.by)
    return person, context.account(before, brief=True) if always or not same_account else ""


def _told_before(context: Context, known: Assessed) -> list[Assessed]:
    """Return the earlier statements that it repeats, and those that they repeat."""
    found: dict[str, Assessed] = {}
    left = list(repeats_of(known.fact))
    while left:
        id = left.pop()
        earlier = context.briefing.items.get(id)
        if earlier and not earlier.is_corrected and id not in found and id != known.fact.id:
            found[id] = earlier
            left += repeats_of(earlier.fact)
    return list(found.values())


def replies(context: Context, known: Assessed, *, brief: bool) -> Iterator[Reply]:
    """Yield what was said on the matter before, and the replies; what all parties said together has none.

    If only courtesies reply to it, yield the newest reply to an earlier statement that it repeats as well. In brief,
    when and by whose account several were said that follow each other is told with the first.
    """
    found = list(_found(context, known, brief=brief))
    told = [_when_and_account(context, context.briefing.items[each.id]) for each in found]
    for at, reply in enumerate(found):
        goes_on, begins = told[at] in told[:at][-1:], told[at] in told[at + 1 :][:1]
        if brief and (goes_on or begins):
            replied = goes_on and reply.head == context.label(Label.EARLIER_ANSWER)
            whose = reply.head if replied else ""
            reply = replace(reply, by=_by(context, context.briefing.items[reply.id], whose))
            yield replace(reply, head="") if goes_on else replace(reply, when=told[at])
        else:
            yield reply


def _found(context: Context, known: Assessed, *, brief: bool) -> Iterator[Reply]:
    for each in _background(context, known):
        yield in_few_words(context, _reply(context, each, [], Label.BEFORE_THAT, Label.BEFORE_THAT))
    if set(known.fact.by) >= set(context.parties):
        return
    own = _answers(context, [known])
    for each in own:
        yield in_few_words(context, _reply(context, each, [known], Label.ANSWER, Label.SINCE_THEN))
    if all(is_courtesy(answer) for answer in own):
        asked = _told_before(context, known)
        before = _answers(context, asked)
        told = [answer for answer in before if not own or not is_courtesy(answer)]
        newest = max(map(context.day, told), default=date.min)
        for each in (each for each in told if context.day(each) == newest):
            reply = _reply(context, each, asked, Label.EARLIER_ANSWER, Label.BEFORE_THAT)
            yield replace(reply, text=in_brief(context, each)) if brief else in_few_words(context, reply)


def _background(context: Context, known: Assessed) -> list[Assessed]:
    """Return the earlier statements that the curator has put behind it."""
    ids = known.fact.background if isinstance(known.fact, Statement) else ()
    found = (context.briefing.items[id] for id in ids if id in context.briefing.items)
    return [item for item in found if not item.is_corrected]


def in_brief(context: Context, known: Assessed) -> str:
    """Return the few words that stand for the text where there is no room; empty where the facts have none."""
    fact = known.fact
    if isinstance(fact, Statement | Document) and fact.brief:
        return context.text(f"{fact.id} brief", fact.brief, known.values)
    return ""


def in_few_words(context: Context, reply: Reply) -> Reply:
    """Return a reply in few words, where the facts have these."""
    return replace(reply, text=in_brief(context, context.briefing.items[reply.id]) or reply.text)


def _answers(context: Context, asked: list[Assessed]) -> list[Assessed]:
    """Return what answers these statements, by day and then by the curator's rank.

    Mere courtesies are among it where nothing else was answered on that day or before.
    """
    ids = dict.fromkeys(id for item in asked for id in item.answered_by)
    answers = [context.briefing.items[id] for id in ids]
    first = min((context.day(item) for item in answers if not is_courtesy(item)), default=date.max)
    told = [item for item in answers if not is_courtesy(item) or context.day(item) < first]
    return sorted(told, key=lambda item: (context.day(item), item.fact.rank or LAST))


def _reply(context: Context, answer: Assessed, asked: list[Assessed], reply: Label, otherwise: Label) -> Reply:
    """Return what answers the asks: a reply is what the other side said on the day, and not what was agreed with it.

    Of what was agreed on a day of the same visit or talks nobody knows whether it came after the ask.
    """
    answered = [each for each in asked if answer.fact.id in each.answered_by]
    own = context.when(answer)
    is_one_sided = not context.is_all(answer.fact.by)
    head = reply if is_one_sided and context.day(answer) in map(context.day, answered) else otherwise
    if head is Label.SINCE_THEN and own and any(_overlap(own, context.when(each)) for each in answered):
        head = Label.SAME_OCCASION
    item, by = context.item(answer), _by(context, answer, _when_and_account(context, answer))
    return Reply(id=item.id, head=context.label(head), by=by, text=str(item.text), marks=item.marks)


def _overlap(one: FactDate, other: FactDate | None) -> bool:
    return other is not None and one.first <= other.last and other.first <= one.last


def _by(context: Context, answer: Assessed, told: str) -> str:
    """Return who said it, with the act of what was more than stated, and when and by whose account it is `told`."""
    joint = Label.SHARED_VIEW if context.is_all(answer.fact.by) else None
    stated = joint if answer.fact.act is Act.STATED else ACTS[answer.fact.act]
    party, said = context.speaker(answer) or context.side(answer.fact.by), context.label(stated) if stated else ""
    when = ", ".join(filter(None, (said, told)))
    return context.label(Label.REPLY, party=party, when=when) if when else party


def _when_and_account(context: Context, answer: Assessed) -> str:
    """Return the month in which it was said, and whose account it is."""
    when = context.when(answer)
    return ", ".join(filter(None, (context.month_of(when) if when else "–", context.item(answer).account)))


LATE = (Status.DEADLINE_PASSED, Status.OVERDUE, Status.NOT_MET)


def measuring(context: Context, indicator: str) -> Iterator[Assessed]:
    """Yield an indicator and every figure of the same name: the same measured by somebody else, or later."""
    measured = context.briefing.items.get(indicator)
    name = measured.fact.name if measured and isinstance(measured.fact, Figure) else ""
    for item in printed(context):
        if item is measured or (name and isinstance(item.fact, Figure) and item.fact.name == name):
            yield item


def _seen_then(context: Context, known: Assessed) -> Iterator[tuple[Assessed, Observation]]:
    """Yield what each side measured for the year in which a target was due, once that is over."""
    target = known.fact.target if isinstance(known.fact, Statement) else None
    if not target or not known.due or not {known.status, known.became} & {*LATE}:
        return
    year = known.due.last.year
    for item in measuring(context, context.measured_by(known)):
        for each in item.observed:
            if each.period and is_date(when := each.period.value) and when.first.year == when.last.year == year:
                yield item, each


def measured_then(context: Context, known: Assessed) -> str:
    """Return the figures for the year in which a target was due; whether it was met is for a source to say."""
    said = []
    for item, each in _seen_then(context, known):
        amount, period = context.format_value(each.value.value), context.period(each.period)
        result = context.label(Label.LATEST_RESULT, amount=amount, period=period)
        by = context.within(*item.fact.by)
        said.append(context.label(Label.FIGURE_THEN, party=by, result=result) if by else result)
    return SEPARATOR.join(said)


def amounts(goal: Quantity, seen: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return a goal and a figure as numbers of one unit, in the same time if in any; None if not comparable."""
    match goal, seen:
        case (Money(aim, unit, _, per), Money(reached, same, _, rate)) | (
            Count(aim, unit, _, per),
            Count(reached, same, _, rate),
        ) if (unit, per) == (same, rate):
            return aim, reached
        case _:
            return None


def standing(context: Context, known: Assessed, status: Status | None = None) -> Badge:
    """Return the word for a status, as Context.standing has it; of a target whose year was measured it says so.

    Where all figures are of the whole year and on one side of the goal, it says on which, and whose they are: that is
    no word on whether the goal was met, as some goals are to be undercut.
    """
    seen = list(_seen_then(context, known))
    if (status or known.status) is not Status.DEADLINE_PASSED or not seen:
        return context.standing(known, status)
    goal = known.values["goal"].value
    below = {_is_below(goal, each) for _, each in seen}
    by = context.within(*dict.fromkeys(party for item, _ in seen for party in item.fact.by))
    labels = {True: Label.DEADLINE_BELOW, False: Label.DEADLINE_NOT_BELOW, None: Label.DEADLINE_MEASURED}
    label = labels[below.pop() if by and len(below) == 1 else None]
    return context.badge(Status.DEADLINE_PASSED, label, party=by)


def _is_below(goal: Quantity, seen: Observation) -> bool | None:
    """Return whether a figure of a year is below a goal; None if one is no exact number, or they are not comparable."""
    value = seen.value.value
    if not seen.period or not is_date(when := seen.period.value) or length(when) < WHOLE_YEAR:
        return None
    exact = all(isinstance(each, Money | Count) and each.bound is Bound.EXACT for each in (goal, value))
    pair = amounts(goal, value) if exact else None
    return pair[1] < pair[0] if pair else None


def length(when: FactDate) -> int:
    """Return the days from the first to the last of a period."""
    return (when.last - when.first).days


WHOLE_YEAR = 364
"""The shortest `length` of a year: a half of one says nothing of a goal for the whole."""


def key_figures(context: Context) -> tuple[TileView, ...]:
    """Return the key figures, as the curator ranks them, the own side's first; a newer one in the place of another.

    Each is a value, what it counts and whose figure it is, and what dates it.
    """
    newest = (item for item in printed(context) if not item.superseded_by and not item.repeated_by)
    chosen = [item for item in newest if item.fact.tile and not item.fact.tile.under]

    def order(item: Assessed) -> tuple[int, int, str]:
        return item.fact.tile.rank if item.fact.tile else 0, context.rank_of(*item.fact.by), item.fact.id

    return tuple(tile for item in sorted(chosen, key=order) if (tile := _tile(context, item)))


def _tile(context: Context, known: Assessed) -> TileView | None:
    tile = known.fact.tile
    value = known.values.get(tile.value) if tile else None
    if tile is None or value is None:
        return None
    before = said_before(context, known) if isinstance(known.fact, Statement) else ()
    cites = [cite for each in (known, *before) for cite in each.cites]
    if len(known.observed) > 1:  # the lines of the other observations do not carry this one
        cites = [value.cite]
    counted, bracket, whose = context.text(f"{known.fact.id} tile", tile.label).partition("(")
    earlier = tuple(_years_before(context, known, value))
    under = _under(context, known, with_period=bool(earlier))
    return TileView(
        id=known.fact.id,
        label=counted.rstrip(),
        whose=bracket + whose,
        number=context.value(value, "short"),
        period=_period(context, known, tile.period),
        marks=context.marks(cites),
        stale="" if _is_dated(context, known, tile.period) else context.stale(known),
        before=(*earlier, *under.values()),
        under=tuple(under),
    )


def _under(context: Context, known: Assessed, *, with_period: bool) -> dict[str, Observed]:
    """Return the figures that the curator puts under a key figure, if they are of its period, by their ids.

    The period is told where a figure of another year stands beside them.
    """
    dated = known.values.get(known.fact.tile.period) if known.fact.tile else None
    found = {}
    for item in printed(context):
        tile = item.fact.tile
        if tile is None or tile.under != known.fact.id or item.superseded_by:
            continue
        value, period = item.values.get(tile.value), item.values.get(tile.period)
        if value and period and dated and period.value == dated.value:
            label, marks = context.text(f"{item.fact.id} tile", tile.label), context.marks([value.cite])
            label += f" {context.period(period)}" if with_period else ""
            found[item.fact.id] = Observed(value=context.value(value, "short"), period=label, marks=marks)
    return found


def _years_before(context: Context, known: Assessed, shown: Value) -> Iterator[Observed]:
    """Yield earlier observations of a key figure for whose period another side has one, to be held against it."""
    others = [item for item in measuring(context, known.fact.id) if item.fact.by != known.fact.by]
    theirs = [each.period.value for item in others for each in item.observed if each.period and not item.superseded_by]
    for each in known.observed:
        if each.period and each.value != shown and each.period.value in theirs:
            yield Observed(
                value=context.value(each.value, "short"),
                period=context.period(each.period),
                marks=context.marks([each.value.cite]),
            )


def _is_dated(context: Context, known: Assessed, name: str) -> bool:
    """Return whether the tile tells the age of its figure anyway: its period, or the day of its last confirmation."""
    if name in known.values:
        return isinstance(known.fact, Figure)
    return bool(_period(context, known, name)) and context.dates_itself(known)


def _period(context: Context, known: Assessed, name: str) -> str:
    """Return the value that dates the figure: its deadline or period, else the month in which it was said.

    What was measured is of no period that a source does not name: the day of a source would be taken for one.
    """
    if name in known.values:
        return context.period(known.values[name])
    event = context.occasion(known)
    return "" if event is None or isinstance(known.fact, Figure) else context.month_of(event.date)
