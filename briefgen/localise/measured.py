"""What figures say of a target whose day is over."""

from collections.abc import Iterator
from decimal import Decimal

from briefgen.localise.context import SEPARATOR, Context, printed
from briefgen.localise.labels import Label
from briefgen.model.briefing import Assessed, Status
from briefgen.model.dates import FactDate
from briefgen.model.facts import Figure, Observation, Statement
from briefgen.model.page import Badge
from briefgen.model.quantities import Bound, Count, Money, Quantity, is_date

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

    Where all figures are of the whole year and on one side of the goal, it says on which: that is no word on whether
    the goal was met, as some goals are to be undercut.
    """
    seen = [each for _, each in _seen_then(context, known)]
    if (status or known.status) is not Status.DEADLINE_PASSED or not seen:
        return context.standing(known, status)
    goal = known.values["goal"].value
    below = {_is_below(goal, each) for each in seen}
    labels = {True: Label.DEADLINE_BELOW, False: Label.DEADLINE_NOT_BELOW, None: Label.DEADLINE_MEASURED}
    return context.badge(Status.DEADLINE_PASSED, labels[below.pop() if len(below) == 1 else None])


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
