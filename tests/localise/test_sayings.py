"""What statements share is said once, in a head, and nothing is lost or said of the wrong one."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from shipped.pages import briefing, languages, page, workspace

from briefgen.localise.context import Context
from briefgen.localise.statements import ASKS, BAND, UNDERTAKINGS, statements
from briefgen.localise.statements import row as row_of
from briefgen.model.facts import Act
from briefgen.model.page import Ask, Exchange, Group, StatementRow

DAYS = (date(2022, 3, 1), date(2026, 11, 21))
CODES = workspace().settings.languages


def _rows(day: date, code: str, *acts: Act) -> dict[str, StatementRow]:
    """Every statement with all it says, by id."""
    context = Context(briefing=briefing(day), language=languages()[code])
    return {item.fact.id: row_of(context, item) for item in statements(context, *acts)}


def _headed(groups: tuple[Group, ...]) -> list[tuple[StatementRow, tuple[object, ...]]]:
    """Each row with what the heads above it say."""
    return [
        (row, (head.party, head.to, head.said_at, head.person, head.account, stand.act, stand.due, stand.status))
        for group in groups
        for head in group.sayings
        for stand in head.standings
        for row in stand.rows
    ]


def _own(row: StatementRow) -> tuple[object, ...]:
    return row.party, row.to, row.said_at, row.person, row.account, row.act, row.due, row.status


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_heads_of_the_register_say_what_its_rows_have(day: date, code: str) -> None:
    known = _rows(day, code, *UNDERTAKINGS)
    headed = _headed(page(day, code).undertakings)
    assert Counter(row.id for row, _ in headed) == Counter(list(known))
    assert [row.id for row, head in headed if head != _own(known[row.id])] == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_note_is_said_with_its_row_or_once_for_all_of_a_saying(day: date) -> None:
    shown = page(day, "en")
    notes = {id: str(row.note) for id, row in _rows(day, "en", *Act).items()}
    for head in (head for group in (*shown.undertakings, *shown.positions) for head in group.sayings):
        for row in (row for stand in head.standings for row in stand.rows):
            assert (str(row.note) or str(head.note)) == notes[row.id]
            assert not (row.note and head.note)


def _asked(exchange: Exchange, column: int) -> list[Ask]:
    return [ask for band in exchange.bands for ask in band[column]]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_ask_stands_once_in_the_column_of_its_side(day: date, code: str) -> None:
    known, shown = _rows(day, code, *ASKS), page(day, code)
    own = {row.id for row, _ in _headed(shown.positions)}
    asked = [
        (row, exchange.parties[column], ask)
        for exchange in shown.asks
        for column in range(len(exchange.parties))
        for ask in _asked(exchange, column)
        for row in ask.rows
    ]
    assert Counter(row.id for row, _, _ in asked) == Counter(id for id in known if id not in own)
    for row, party, ask in asked:
        assert (party, party) == (known[row.id].party, ask.party)
        assert (ask.act, ask.due, ask.status) == (row.act, row.due, row.status)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_row_of_the_table_of_asks_is_high_and_every_side_has_its_cell(day: date) -> None:
    for exchange in page(day, "en").asks:
        for band in exchange.bands:
            assert len(band) == len(exchange.parties)
            assert any(band)
            assert all(sum(len(ask.rows) for ask in cell) <= BAND for cell in band)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_head_is_left_out_only_where_the_ask_above_has_the_same(day: date) -> None:
    for exchange in page(day, "en").asks:
        for column in range(len(exchange.parties)):
            found = _asked(exchange, column)
            assert not found or not found[0].goes_on
            for above, ask in pairwise(found):
                one, other = above.rows[-1], ask.rows[0]
                alike = all(getattr(one, name) == getattr(other, name) for name in ("act", "due", "status"))
                speaks_on = (one.speaker, one.account) == (other.speaker, other.account)
                assert ask.goes_on == (alike and speaks_on)
                assert (ask.speaker, ask.account) == (("", "") if speaks_on else (other.speaker, other.account))


def test_the_latest_occasion_comes_first() -> None:
    first = page(date(2026, 11, 21), "en").asks[0]
    assert first.said_at.startswith("10–13\u00a0August 2025")
