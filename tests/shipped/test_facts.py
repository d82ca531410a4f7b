"""The shipped facts on the days that matter; what was published later leaves no trace on a page."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

import pytest
from assess.test_next_change import said
from conftest import edition_info

from briefgen.changes import facts_hash
from briefgen.localise.records import BriefingFile, briefing_file, briefing_schema
from briefgen.model.briefing import Status
from briefgen.model.document import Page
from briefgen.model.facts import AnyFact, Statement, Summit
from briefgen.model.quantities import Name
from briefgen.model.typed_json import convert, load_json
from briefgen.model.views import Mark, Run, SourceRow
from briefgen.publish.verify import read

from .pages import book, briefing, languages, page, within

CODES = ("en", "vi", "ko")
THEN = date(2022, 3, 1)
NOW = date(2026, 11, 21)


def summits(day: date) -> dict[str, Status]:
    """Those whose outcome no source tells, with what is said of them."""
    items = briefing(day).items.values()
    found = {item.fact.id: item.status for item in items if isinstance(item.fact, Summit)}
    return {id: status for id, status in found.items() if status is not Status.HELD}


def test_in_september_2025_three_summits_lie_ahead_and_one_may_be_over() -> None:
    assert summits(date(2025, 9, 1)) == {
        "p4g-next": Status.UPCOMING,
        "apec-2025": Status.MAY_HAVE_TAKEN_PLACE,
        "mekong-rok-2025": Status.UPCOMING,
        "apec-2027": Status.UPCOMING,
    }


def test_a_summit_is_held_from_the_day_of_the_source_that_says_so() -> None:
    for id, day in {"p4g-2025": date(2025, 4, 18), "apec-2025": date(2025, 11, 1)}.items():
        assert briefing(day).items[id].status is Status.HELD
        assert briefing(day - timedelta(1)).items[id].status is not Status.HELD


def test_in_november_2026_one_lies_ahead_two_may_be_over_and_of_one_no_outcome_is_recorded() -> None:
    assert summits(NOW) == {
        "apec-2026": Status.MAY_HAVE_TAKEN_PLACE,
        "p4g-next": Status.MAY_HAVE_TAKEN_PLACE,
        "mekong-rok-2025": Status.OUTCOME_NOT_RECORDED,
        "apec-2027": Status.UPCOMING,
    }


def test_who_came_to_a_summit_has_attended_once_a_source_of_the_summit_says_so() -> None:
    for id in ("kr-ask-apec-2025", "kr-hope-apec-2025"):
        assert briefing(date(2025, 11, 1)).items[id].status is not Status.FULFILLED
        assert briefing(date(2025, 11, 2)).items[id].status is Status.FULFILLED


def test_thanks_for_an_invitation_are_a_courtesy() -> None:
    thanks = book().facts["kr-thanks-invitation-2026"]
    assert isinstance(thanks, Statement)
    assert thanks.courtesy


def test_the_last_talks_say_what_the_other_account_does_not_have() -> None:
    for code, words in {
        "en": "Only parts of both accounts were read; that of the ROK has no joint points",
        "ko": "양측 자료 모두 일부만 확인",
        "vi": "Nguồn hai bên mới đọc một phần; phần đã đọc của Hàn Quốc không nêu nội dung chung",
    }.items():
        assert words in page(NOW, code).glance.meeting.replace("\u00a0", " ")


def test_a_korean_title_is_not_parted_from_its_name() -> None:
    assert "이재명\u00a0대통령" in {row.speaker for side in page(NOW, "ko").glance.asks for row in side.rows}


@pytest.mark.parametrize("code", CODES)
def test_the_page_shows_them_where_they_belong(code: str) -> None:
    upcoming = page(NOW, code).upcoming
    assert {card.id: card.spoken_of for card in upcoming} == {"apec-2027": True, "p4g-next": False, "apec-2026": False}
    assert {card.id for card in page(NOW, code).past} >= {"p4g-2025", "apec-2025", "mekong-rok-2025"}


def test_before_the_first_source_nothing_is_known() -> None:
    empty = briefing(date(2021, 1, 1))
    assert (dict(empty.items), empty.headlines) == ({}, ())
    assert empty.next_change == min(source.known_from for source in book().sources.values())


@cache
def later_words(day: date) -> dict[str, re.Pattern[str]]:
    """By language, every name and headline that no source out on the day gives reason to print."""
    known = briefing(day).items
    facts = [item.fact for item in known.values()]
    texts = " ".join([*(f"{fact.text} {fact.note}" for fact in facts), *_described(day)])
    used = {word for fact in facts for word in _ids(fact)}
    file = book().file
    names = {f"person {id}": each.name for id, each in file.people.items() if id not in used}
    names |= {
        f"term {id} name": each.name
        for id, each in file.terms.items()
        if id not in used and not any(form in texts for form in (each.name, each.short) if form)
    }
    headlines = {f"{each.id} text": each.text for each in file.headlines if not set(each.facts) <= known.keys()}
    return {
        code: _any_of(language.text(context, english) or english for context, english in {**names, **headlines}.items())
        for code, language in languages().items()
    }


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, words)) or '(?!)'})\b")


def _described(day: date) -> Iterator[str]:
    """What is printed of the sources that are out besides their facts."""
    for source in book().sources.values():
        if source.known_from <= day:
            yield from (source.describes, source.publisher, *(event.name for event in source.events.values()))
            yield from (line.digest for line in source.lines)
    yield from book().file.themes.values()


def _ids(fact: AnyFact) -> Iterator[str]:
    yield fact.speaker
    if isinstance(fact, Summit):
        yield fact.series
    values = briefing(NOW).items[fact.id].values.values()
    yield from (value.value.id for value in values if isinstance(value.value, Name))


def traces(day: date, shown: Page, code: str) -> list[str]:
    """What of a page rests on a source that was published after the day."""
    later = {id for id, source in book().sources.items() if source.known_from > day}
    known = briefing(day).items
    figures = {str(value.value) for item in known.values() for value in item.values.values()}
    found = []
    words = later_words(day)[code]
    unknown = {id for id in (*book().facts, *(each.id for each in book().file.headlines)) if id not in known}
    unknown -= {each.id for each in briefing(day).headlines}
    for part in within(shown):
        match part:
            case Mark(source=source) if source in later:
                found.append(f"a mark of {source}")
            case SourceRow(id=source) if source in later:
                found.append(f"the source {source}")
            case Run(value=value) if value and value not in figures:
                found.append(f"the value {value}")
            case str() if part in unknown:
                found.append(f"the fact {part}")
            case str():
                found += [f"'{word}'" for word in words.findall(part)]
            case _:
                pass
    return found


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", [date(2021, 7, 1), THEN, date(2023, 11, 2), date(2024, 6, 1)], ids=str)
def test_a_page_of_a_day_knows_nothing_that_was_published_later(day: date, code: str) -> None:
    assert traces(day, page(day, code), code) == []


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_knew_more_would_be_seen(code: str) -> None:
    found = traces(THEN, page(NOW, code), code)
    for kind in ("a mark of ", "the source ", "the value ", "the fact ", "'"):
        assert any(trace.startswith(kind) for trace in found), kind


def test_each_item_rests_only_on_sources_that_are_out() -> None:
    known = {id for id, source in book().sources.items() if source.known_from <= THEN}
    for item in briefing(THEN).items.values():
        assert {cite.source for cite in item.cites} <= known
        assert {value.cite.source for value in item.values.values()} <= known
        assert item.fact.on is None or item.fact.on.source in known
        assert item.known_from <= THEN
    assert all(set(each.facts) <= briefing(THEN).items.keys() for each in briefing(THEN).headlines)


def test_every_fact_headline_and_source_is_known_in_the_end() -> None:
    last = briefing(NOW)
    assert last.items.keys() == book().facts.keys()
    assert set(last.headlines) == set(book().file.headlines)


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_nothing_changes_between_one_change_and_the_next(step: int) -> None:
    """Around every fifth change, and around each of them among the long tests."""
    day, days = date(2021, 1, 1), list[date]()
    while following := briefing(day).next_change:
        if len(days) % step == 0:
            before, now = following - timedelta(days=1), said(briefing(day))
            assert said(briefing(before)) == now, (day, before)
            assert said(briefing(following)) != now, (day, following)
        days.append(following)
        day = following
    assert {source.known_from for source in book().sources.values()} <= set(days)
    assert said(briefing(date(2100, 1, 1))) == said(briefing(day))


def test_no_replaced_goal_is_silent_about_itself() -> None:
    for item in briefing(NOW).items.values():
        if item.status is Status.SUPERSEDED and isinstance(item.fact, Statement) and item.fact.target:
            assert item.became in (Status.DEADLINE_PASSED, Status.OPEN, Status.DUE_SOON), item.fact.id


@pytest.mark.parametrize("code", CODES)
def test_the_evidence_is_in_the_readers_language_and_has_no_key_of_the_record(code: str) -> None:
    lines = [line for source in page(NOW, code).sources for line in source.lines if line.facts]
    assert len(lines) > 90
    keys = {
        *book().facts,
        *(name for source in book().sources.values() for line in source.lines for name in line.figures),
    }
    for line in lines:
        assert not [run.lang for run in line.digest.runs if run.lang]
        assert not keys & {*line.figures, *(link.text for link in line.facts)}
        assert not any("@" in figure or ": " in figure for figure in line.figures)


def test_a_bottom_line_says_whose_aim_it_is_and_that_it_is_open_whether_a_visit_took_place() -> None:
    def bottom_line(day: date, code: str) -> str:
        item = page(day, code).bottom_line
        assert item is not None
        return str(item.text).replace("\u00a0", " ")

    assert "By its own account, Viet Nam aims" in bottom_line(date(2024, 7, 1), "en")
    said = {"en": "whether held is to be checked", "ko": "실제 방문 여부", "vi": "chưa rõ đã diễn ra"}
    for code, words in said.items():
        assert words in bottom_line(NOW, code)


def test_a_line_is_said_to_thank_or_to_want_only_where_it_does() -> None:
    lines = {f"{id}:L{line.line}": line.digest for id, each in book().sources.items() for line in each.lines}
    assert {id for id, said in lines.items() if re.search(r"\bthank", said)} == {
        "kr-call-2026:L10",
        "kr-release-2021:L25",
        "kr-release-2021:L33",
    }
    assert {id for id, said in lines.items() if "Son wants" in said or "official wants" in said} == set()


def test_evidence_has_the_style_of_each_ministry() -> None:
    texts = {code: [str(line.digest) for each in page(NOW, code).sources for line in each.lines] for code in CODES}
    assert [text for text in texts["ko"] if text.endswith(".")] == []
    assert [text for text in texts["vi"] if re.search("ông\\s(Tô|Lương|Phạm)", text)] == []


def test_the_data_are_of_the_published_form_and_say_the_same_in_every_language() -> None:
    every = tuple(languages()[code] for code in CODES)
    data = load_json(briefing_file(briefing(NOW), edition_info(), every).content)
    file = convert(BriefingFile, data)
    schema = load_json(briefing_schema().content)["$defs"]["BriefingFile"]
    assert {*schema["required"]} <= {*data} - {"$schema"} <= {*schema["properties"]}
    goal = next(each for each in file.records if each.id == "trade-goal-2030")
    assert (goal.values["goal"].number, goal.values["goal"].quotation) == (150_000_000_000, "150 miljard USD")
    assert goal.status.code == "repeated"
    assert "1,500억 달러" in goal.texts["ko"].text
    assert {frozenset(each.texts) for each in file.records} == {frozenset(CODES)}
    assert [each.id for each in file.records] == [fact["id"] for fact in data["facts"]]
    korean = briefing_file(briefing(NOW), edition_info(), (languages()["ko"],)).content
    assert "Đạt kim ngạch" not in korean.decode()
    assert read(korean.decode()).facts_sha256 == facts_hash(briefing(NOW))
