"""What was measured of an indicator, and what of it stands beside a target whose day has passed."""

from collections.abc import Iterator

from briefgen.localise.context import SEPARATOR, Context, printed
from briefgen.localise.labels import Label
from briefgen.model.briefing import Assessed, Status
from briefgen.model.facts import Figure, Observation, Statement
from briefgen.model.quantities import Quantity, is_date

LATE = (Status.DEADLINE_PASSED, Status.OVERDUE, Status.NOT_MET)


def measuring(context: Context, indicator: str) -> Iterator[Assessed]:
    """Yield an indicator and every figure of the same name: the same measured by somebody else, or later."""
    measured = context.briefing.items.get(indicator)
    name = measured.fact.name if measured and isinstance(measured.fact, Figure) else ""
    for item in printed(context):
        if item is measured or (name and isinstance(item.fact, Figure) and item.fact.name == name):
            yield item


def observed(measured: Assessed) -> Iterator[Observation]:
    """Yield what was observed by the sources that are out."""
    out = set(measured.values.values())
    found = measured.fact.observations if isinstance(measured.fact, Figure) else ()
    yield from (each for each in found if each.value in out)


def measured_then(context: Context, known: Assessed) -> str:
    """Return what each side measured for the year in which a target was due, once that is over.

    Whether the target was met is said by no more than the two figures side by side, until a source says it.
    """
    target = known.fact.target if isinstance(known.fact, Statement) else None
    if not target or not known.due or not {known.status, known.became} & {*LATE}:
        return ""
    found = (
        context.label(
            Label.FIGURE_THEN,
            party=context.side(item.fact.by),
            result=context.label(
                Label.LATEST_RESULT,
                amount=context.format_value(each.value.value),
                period=context.period(each.period),
            ),
        )
        for item in measuring(context, target.indicator or "")
        for each in observed(item)
        if each.period and _is_of_year(each.period.value, known.due.last.year)
    )
    return SEPARATOR.join(found)


def _is_of_year(when: Quantity, year: int) -> bool:
    return is_date(when) and when.first.year == when.last.year == year
