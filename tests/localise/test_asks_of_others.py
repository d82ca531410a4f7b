"""An ask of somebody who is no party of the partnership, or of some of three parties, stands in a column of its own."""

from dataclasses import replace
from datetime import date

import pytest
from shipped.pages import briefing, languages, workspace

from briefgen.assess.briefing import assess
from briefgen.localise.context import Context
from briefgen.localise.statements import ASKS, asks, statements
from briefgen.model.briefing import Briefing

DAY = date(2026, 11, 21)


def _with_third(sides: tuple[tuple[str, ...], ...], parties: tuple[str, ...]) -> Briefing:
    """The shipped briefing with a third party, whose first asks are those of the sides."""
    known, settings = briefing(DAY), workspace().settings
    book, file = known.book, known.book.file
    third = replace(next(iter(file.parties.values())), name="Third")
    ids = [item.fact.id for item in statements(Context(briefing=known, language=languages()["en"]), *ASKS)]
    of = dict(zip(ids, sides, strict=False))
    facts = tuple(replace(each, by=of.get(each.id, each.by)) for each in file.statements)
    partnership = replace(file.partnership, parties=parties)
    changed = replace(file, statements=facts, parties={**file.parties, "XX": third}, partnership=partnership)
    return assess(replace(book, file=changed), DAY, settings.due_soon_days, settings.shelf_lives)


@pytest.mark.parametrize(
    ("sides", "parties"),
    [
        ([("XX",)], ("VN", "KR")),
        ([("XX",), ("VN", "XX")], ("VN", "KR")),
        ([("VN", "KR"), ("XX",), ("XX", "KR"), ("VN", "KR", "XX")], ("VN", "KR", "XX")),
    ],
)
def test_every_ask_has_a_column(sides: list[tuple[str, ...]], parties: tuple[str, ...]) -> None:
    context = Context(briefing=_with_third(tuple(sides), parties), language=languages()["en"])
    asked = {item.fact.id: item.fact.by for item in statements(context, *ASKS)}
    shown = {
        row.id: ask.party
        for each in asks(context)
        for band in each.bands
        for cell in band
        for ask in cell
        for row in ask.rows
    }
    lost = [id for id, by in asked.items() if id not in shown and "XX" in by]
    assert lost == []
    for id, by in asked.items():
        if id in shown and "XX" in by:
            assert "Third" in shown[id]
    assert all(len(band) == len(each.parties) for each in asks(context) for band in each.bands)
