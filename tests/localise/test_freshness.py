"""What a page says of the age of its facts: the same facts in every language, in words, and not where a day says it."""

from datetime import date

import pytest
from shipped.pages import briefing, page, within

from briefgen.model.page import StatementRow

CODES = ("en", "vi", "ko")
NOW = date(2026, 11, 22)
MAY_2024 = {"en": "last confirmed May 2024", "vi": "xác nhận lần cuối 5/2024", "ko": "2024년 5월 최종 확인"}


def stale_ids() -> set[str]:
    return {item.fact.id for item in briefing(NOW).past_review}


@pytest.mark.parametrize("code", CODES)
def test_the_open_questions_list_every_fact_past_review_by_kind(code: str) -> None:
    kinds = page(NOW, code).stale
    listed = [fact.id for kind in kinds for fact in kind.facts]
    assert (len(listed), set(listed)) == (len(stale_ids()), stale_ids())
    assert all(kind.oldest and str(len(kind.facts)) in kind.share for kind in kinds)
    days = [briefing(NOW).items[fact.id].confirmed for kind in kinds[:1] for fact in kind.facts]
    assert days == sorted(days)


@pytest.mark.parametrize("code", CODES)
def test_a_summit_ahead_and_a_figure_carry_it_in_their_own_line(code: str) -> None:
    shown = page(NOW, code)
    assert all(card.stale for card in shown.upcoming)
    assert all(figure.stale for figure in shown.figures)
    assert all(bar.actual_stale for bar in shown.targets if briefing(NOW).items["trade-volume"].stale)
    assert not any(card.stale for card in shown.past)


@pytest.mark.parametrize("code", CODES)
def test_the_words_name_the_month(code: str) -> None:
    assert MAY_2024[code] in {tile.stale for tile in page(NOW, code).tiles}


@pytest.mark.parametrize("code", CODES)
def test_who_holds_an_office_says_that_nothing_confirmed_it_since(code: str) -> None:
    plain = {row.id: row.as_of for row in page(date(2025, 8, 14), code).offices}
    later = {row.id: row.as_of for row in page(NOW, code).offices}
    changed = {id for id in plain if plain[id] != later[id]}
    assert changed == {id for id in stale_ids() if id.startswith("office-")} - {
        item.fact.id for item in briefing(date(2025, 8, 14)).past_review
    }
    assert all(later[id].startswith(plain[id]) for id in changed)


@pytest.mark.parametrize("code", CODES)
def test_a_statement_whose_head_gives_the_month_does_not_repeat_it(code: str) -> None:
    stale = {item.fact.id: item for item in briefing(NOW).past_review if item.fact.kind == "statement"}
    rows = {row.id: row for row in within(page(NOW, code).undertakings) if isinstance(row, StatementRow)}
    assert rows.keys() & stale.keys()
    for id in rows.keys() & stale.keys():
        said = briefing(NOW).book.day_of(stale[id].fact)
        same_month = said is not None and said.last.replace(day=1) == stale[id].confirmed.replace(day=1)
        assert bool(rows[id].stale) != same_month, id


def test_on_the_day_of_the_newest_source_nothing_of_it_is_stale() -> None:
    day = max(source.known_from for source in briefing(NOW).book.sources.values())
    assert not any(item.stale for item in briefing(day).items.values() if item.confirmed == day)


def test_an_office_in_the_list_names_who_holds_it() -> None:
    texts = {fact.id: str(fact.text) for kind in page(NOW, "en").stale for fact in kind.facts}
    assert texts["office-cho-tae-yul"] == "Cho Tae-yul, Minister of Foreign Affairs"


def test_the_level_that_holds_says_when_it_was_last_confirmed_and_no_other_event_does() -> None:
    found = {event.id: event.stale for event in page(date(2027, 6, 1), "en").timeline if event.stale}
    assert found == {"csp-2022": "last confirmed May 2024"}
