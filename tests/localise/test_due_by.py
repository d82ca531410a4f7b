"""What falls due by a summit: all that is not done with, whatever its progress."""

from dataclasses import replace
from datetime import date

import pytest
from assess.books import book, statement, summit, value
from shipped.pages import briefing, languages

from briefgen.assess import assess
from briefgen.localise.context import Context
from briefgen.localise.statements import due_by
from briefgen.localise.summits import upcoming
from briefgen.model.briefing import Status

DAY, END_OF_2027 = date(2026, 11, 21), date(2027, 12, 31)


def _due(status: Status | None = None) -> list[str]:
    """What falls due by the end of 2027, should all of it have another status."""
    known = briefing(DAY)
    if status:
        known = replace(known, items={id: replace(item, status=status) for id, item in known.items.items()})
    return [row.id for row in due_by(Context(briefing=known, language=languages()["en"]), END_OF_2027)]


@pytest.mark.parametrize("status", [Status.DUE_SOON, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY])
def test_progress_leaves_the_deadline_as_it_is(status: Status) -> None:
    assert _due(status) == _due() != []


@pytest.mark.parametrize("status", [Status.FULFILLED, Status.WITHDRAWN, Status.SUPERSEDED, Status.NOT_MET])
def test_what_is_done_with_falls_due_no_more(status: Status) -> None:
    assert _due(status) == []


def test_what_is_due_by_two_summits_stands_with_the_first() -> None:
    ask = statement("ask", due=value("2027"))
    known = assess(book(summit("first", "2027-05"), summit("second", "2027-11"), summit("last", "2028"), ask), DAY)
    cards = upcoming(Context(briefing=known, language=languages()["en"]))
    due = [(card.id, [row.id for row in card.due_by_then], card.due_above, card.spoken_of) for card in cards]
    assert due == [("first", [], "", False), ("second", [], "", False), ("last", ["ask"], "", True)]
    ask = replace(ask, due=value("2027-03"))
    asks = (ask, statement("later", due=value("2027-10")))
    known = assess(book(summit("first", "2027-05"), summit("second", "2027-11"), summit("last", "2028"), *asks), DAY)
    cards = upcoming(Context(briefing=known, language=languages()["en"]))
    due = [(card.id, [row.id for row in card.due_by_then], card.due_above, card.spoken_of) for card in cards]
    assert due == [
        ("first", ["ask"], "", True),
        ("second", ["later"], "as above", True),
        ("last", [], "as above", False),
    ]
