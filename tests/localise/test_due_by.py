"""What falls due by a summit: all that is not done with, whatever its progress."""

from dataclasses import replace
from datetime import date

import pytest
from shipped.pages import briefing, languages

from briefgen.localise.context import Context
from briefgen.localise.statements import due_by
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
