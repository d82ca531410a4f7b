"""Every statement in one list, with what readers choose and sort it by."""

from dataclasses import fields

from briefgen.localise.context import Context, printed
from briefgen.localise.statements import newest_first, row
from briefgen.model.briefing import Assessed
from briefgen.model.facts import Statement
from briefgen.model.page import Badge, RegisterRow


def register(context: Context) -> tuple[RegisterRow, ...]:
    """Return all statements that are printed, the latest first."""
    found = [item for item in printed(context) if isinstance(item.fact, Statement)]
    return tuple(_entry(context, item) for item in newest_first(context, found))


def _entry(context: Context, known: Assessed) -> RegisterRow:
    whole, when, fact = row(context, known), context.when(known), known.fact
    return RegisterRow(
        **{each.name: getattr(whole, each.name) for each in fields(whole)} | {"stale": context.stale(known)},
        field=Badge(fact.theme, context.text(f"theme {fact.theme}", context.book.file.themes.get(fact.theme, ""))),
        side=Badge("+".join(fact.by), whole.party),
        day=when.last.isoformat() if when else "",
        standing=context.standing(known),
    )
