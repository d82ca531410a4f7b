"""What the sources leave open: where they contradict each other, and what one account of the last talks alone has."""

from collections.abc import Iterator
from dataclasses import replace

from briefgen.localise.back_matter import of_kind, overview_entry
from briefgen.localise.context import SEPARATOR, Context
from briefgen.localise.labels import Label
from briefgen.localise.statements import said_at
from briefgen.localise.summits import sign_of_day
from briefgen.model.briefing import Assessed, Status
from briefgen.model.facts import Conflict, Document, Mechanism, Meeting, Statement
from briefgen.model.page import Item, Prose, Run


def conflicts(context: Context) -> tuple[Item, ...]:
    """Where sources contradict each other; one that a later one takes up is not said twice.

    A text without values of its own has behind it what each of them says.
    """
    found = ((item, fact) for item, fact in of_kind(context, Conflict) if item.status is not Status.SUPERSEDED)
    return tuple(context.item(item) if fact.values else _with_sides(context, item, fact) for item, fact in found)


def _with_sides(context: Context, known: Assessed, fact: Conflict) -> Item:
    item, sides = context.item(known), [context.briefing.items[id] for id in fact.between]
    latest = [(each.observed[-1].value.cite,) if each.observed else each.cites for each in sides]
    cites = (cite for each in (known.cites, *latest) for cite in each)
    told = (run for each in sides for run in (Run(context.label(Label.SEMICOLON)), *_told(context, each)))
    colon = Run(context.label(Label.COLON))
    return replace(item, text=Prose((*item.text.runs, colon, *list(told)[1:])), marks=context.marks(cites))


def _told(context: Context, known: Assessed) -> Iterator[Run]:
    entry = overview_entry(context, known)
    yield from (Run(" "), *entry.text.runs)
    if entry.when:
        yield Run(context.label(Label.LATEST_RESULT, amount="", period=entry.when))
    if entry.account:
        yield Run(f"{SEPARATOR}{entry.account}")


def one_sided(context: Context) -> Item | None:
    """Return the last meeting of leaders if several sides tell of it, but one alone what all are said to have agreed.

    It has the number of these points, and whose account has them.
    """
    met = context.last_meeting
    if met is None or not isinstance(met.fact, Meeting) or not met.fact.leaders or len(_accounts(context, met)) < 2:
        return None
    points = [item for item in said_at(context, met) if _is_joint(context, item)]
    told = {_accounts(context, item) for item in points}
    if len(told) != 1 or len(sides := told.pop()) != 1:
        return None
    item, when = context.item(met), context.date(context.when(met)) + sign_of_day(context, met)
    words = {"meeting": str(item.text), "date": when, "number": str(len(points)), "party": context.within(*sides)}
    return replace(item, text=Prose((Run(context.label(Label.ONE_SIDED, **words)),)))


def _accounts(context: Context, known: Assessed) -> frozenset[str]:
    """Return the parties whose accounts a fact rests on."""
    return frozenset(filter(None, (context.book.sources[cite.source].account for cite in known.cites)))


def _is_joint(context: Context, known: Assessed) -> bool:
    said = isinstance(known.fact, Statement | Document | Mechanism) and context.is_all(known.fact.by)
    return said and not known.repeated_by
