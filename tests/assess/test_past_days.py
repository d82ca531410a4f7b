"""A page of a past day is the one that a book would give whose facts and sources end on that day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import edition_info, plain_look
from shipped.pages import book, languages, workspace

from briefgen.assess import assess
from briefgen.changes import briefing_data
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.edition import Making

LATER = timedelta(1)
EVES = sorted({source.known_from - LATER for source in book().sources.values()})[1:]
"""The last day before each source came out."""
SAMPLE = EVES[::6]


def _briefing(known: FactBook, day: date) -> Briefing:
    settings = workspace().settings
    return assess(known, day, settings.due_soon_days, settings.shelf_lives)


def _ending(day: date) -> Briefing:
    """Of the facts and sources of that day; whatever the curators wrote since is not there at all."""
    items = _briefing(book(), day).items
    facts = {id: fact for id, fact in book().facts.items() if id in items}
    sources = {id: source for id, source in book().sources.items() if source.known_from <= day}
    return _briefing(replace(book(), facts=facts, sources=sources), day)


@pytest.mark.parametrize(
    "day", [day if day in SAMPLE else pytest.param(day, marks=pytest.mark.long) for day in EVES], ids=str
)
def test_nothing_of_a_later_day_is_said(day: date) -> None:
    whole, ended = _briefing(book(), day), _ending(day)
    assert len(ended.book.facts) < len(whole.book.facts)
    assert briefing_data(whole) == briefing_data(ended)
    # with a catalog of nothing, every text that is missed is counted
    read = {code: language if code == "en" else replace(language, texts={}) for code, language in languages().items()}
    info = edition_info(making=Making.RECONSTRUCTION, edition=None)
    for code in read:
        assert localise(whole, None, read, code, info, plain_look()) == localise(
            ended, None, read, code, info, plain_look()
        )
