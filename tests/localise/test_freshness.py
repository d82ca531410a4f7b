"""What a page says of the age of its facts: the same facts in every language, in words, and not where a day says it."""

import re
from dataclasses import asdict, replace
from datetime import date

import pytest
from assess.books import office, value
from shipped.pages import briefing, page, within

from briefgen.localise.back_matter import offices
from briefgen.model.dates import parse_date
from briefgen.model.views import StatementRow

from .small import context

CODES = ("en", "vi", "ko")
NOW = date(2026, 11, 22)
AUGUST_2025 = {
    "en": "last confirmed August 2025",
    "vi": "nêu gần nhất: 8/2025",
    "ko": "최종 확인 2025.\u00a08.",
}


def stale_ids() -> set[str]:
    return {item.fact.id for item in briefing(NOW).past_review}


@pytest.mark.parametrize("code", CODES)
def test_the_open_questions_list_every_fact_past_review_by_kind(code: str) -> None:
    kinds = page(NOW, code).stale
    listed = [fact.id for kind in kinds for fact in kind.facts]
    assert (len(listed), set(listed)) == (len(stale_ids()), stale_ids())
    assert all(bool(kind.oldest) == bool(kind.facts) and str(len(kind.facts)) in kind.share for kind in kinds)
    assert sum(int(kind.share.split("\u00a0of\u00a0")[1]) for kind in page(NOW, "en").stale) == len(
        briefing(NOW).ageing
    )
    lives = asdict(briefing(NOW).shelf_lives).values()
    told = {days if days < 365 else round(days / (365.25 / 12)) for days in lives}
    assert {int(re.sub(r"\D", "", kind.within)) for kind in kinds} <= told
    days = [briefing(NOW).items[fact.id].confirmed for kind in kinds[:1] for fact in kind.facts]
    assert days == sorted(days)


@pytest.mark.parametrize("code", CODES)
def test_a_summit_ahead_and_a_figure_carry_it_in_their_own_line(code: str) -> None:
    shown = page(NOW, code)
    assert all(card.stale for card in shown.upcoming)
    figures = {figure.id for figure in shown.figures if figure.stale}
    undated = {figure.id for figure in shown.figures if not figure.observations[-1].period}
    assert figures == stale_ids() & undated != set()  # the period of any other tells how old it is
    results = [row for history in shown.targets for row in history.rows if row.act is None]
    assert results
    assert not any(row.stale for row in results)  # each has its period
    assert not any(card.stale for card in shown.past)


def test_the_table_of_all_statements_says_of_each_one_past_review_when_it_was_last_confirmed() -> None:
    past = {item.fact.id for item in briefing(NOW).past_review if item.fact.kind == "statement"}
    assert {row.id for row in page(NOW, "en").register if row.stale} == past != set()


@pytest.mark.parametrize("code", CODES)
def test_the_words_name_the_month(code: str) -> None:
    assert AUGUST_2025[code].replace(" ", "\u00a0") in {
        tile.stale.replace(" ", "\u00a0") for tile in page(NOW, code).glance.figures
    }


@pytest.mark.parametrize("code", CODES)
def test_who_holds_an_office_says_when_that_was_last_confirmed_where_it_is_past_review(code: str) -> None:
    shown = page(NOW, code)
    rows = {row.id: row for row in (*shown.offices, *shown.earlier_offices)}
    past = {item.fact.id for item in briefing(NOW).past_review if item.fact.kind == "office"}
    assert past
    assert {id for id, row in rows.items() if row.stale} == past
    assert all(row.as_of for row in rows.values())


def test_an_office_that_was_reviewed_says_when_that_was_beside_the_day_of_its_source() -> None:
    holder, party = value("@ada", "s2022:L1#x"), value("@SL", "s2022:L1#y")
    known = office("office-holm", "s2022", holder=holder, party=party, reviewed=parse_date("2024-06-01"))
    for each, confirmed in ((known, "June 2024"), (replace(known, reviewed=None), "May 2022")):
        (row,) = offices(context(each, day=date(2025, 3, 1)))
        assert (row.as_of, row.stale) == ("10\u00a0May 2022", f"last confirmed {confirmed}")


@pytest.mark.parametrize("code", CODES)
def test_a_statement_whose_row_gives_the_month_does_not_repeat_it(code: str) -> None:
    stale = {item.fact.id: item for item in briefing(NOW).past_review if item.fact.kind == "statement"}
    rows = {row.id: row for row in within(page(NOW, code)) if type(row) is StatementRow}
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
    assert texts["office-cho-hyun"] == "Cho\u00a0Hyun, Foreign\u00a0Minister"


def test_the_level_that_holds_says_when_it_was_last_confirmed_and_no_other_event_does() -> None:
    found = {event.id: event.stale for event in page(date(2029, 6, 1), "en").timeline if event.stale}
    assert found == {"csp-2022-12": "last confirmed August 2025"}
