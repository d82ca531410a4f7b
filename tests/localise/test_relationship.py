"""The relationship in brief, the milestones, the offices, and the timeline behind them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from assess.books import common, document, figure, mechanism, meeting, milestone, office, said_on, summit, value
from conftest import shipped_look
from shipped.pages import page as shipped_page
from shipped.pages import workspace

from briefgen.assess import assess
from briefgen.localise.back_matter import (
    MOST_MILESTONES,
    milestones,
    offices,
    overview,
    timeline,
)
from briefgen.localise.context import Context, printed
from briefgen.model.dates import Interval
from briefgen.model.facts import (
    Act,
    AnyFact,
    Conflict,
    Document,
    Figure,
    Meeting,
    MeetingForm,
    Milestone,
    Observation,
    Office,
    Reason,
    Statement,
    Superseded,
    Value,
)
from briefgen.model.quantities import Cite, EventRef
from briefgen.model.records import Basis
from briefgen.model.views import OfficeRow

from .small import context, page

CODES = workspace().settings.languages
LINES = {"level": "Level", "trade": "Trade", "aid": "Development aid"}


def _figure(id: str, *years: int, **other: Any) -> Figure:
    """An indicator of which a source of each year says something of that year."""
    seen = tuple(
        Observation(value=value(f"{year} people", f"s{year}:L1#x"), period=value(str(year), f"s{year}:L1#y"))
        for year in years
    )
    return figure(id, observations=seen, cites=tuple(Cite(f"s{year}", 1) for year in years), **other)


def _step(id: str, year: int, **other: Any) -> Milestone:
    source = f"s{year}"
    return replace(milestone(id, str(year), source, **other), when=value(str(year), f"{source}:L1#x"))


# -- line by line


def test_every_line_of_the_overview_is_there_and_one_without_a_fact_is_a_gap() -> None:
    found = context(_step("csp", 2022, overview="level"), overview=LINES)
    shown = overview(found)
    assert [(str(line.title), [entry.id for entry in line.entries]) for line in shown] == [
        ("Level", ["csp"]),
        ("Trade", []),
        ("Development aid", []),
    ]


@pytest.mark.parametrize(("code", "none"), [("en", "no source"), ("vi", "Chưa có nguồn"), ("ko", "출처 없음")])
def test_a_gap_is_printed_as_such(code: str, none: str) -> None:
    """Of investment the shipped sources of that day say nothing."""
    shown = shipped_page(date(2025, 8, 9), code)
    assert len([line for line in shown.overview if not line.entries]) == 3
    assert shown.labels.get("no source", "no source") == none


def test_several_facts_of_a_line_are_one_after_the_other_in_the_order_of_the_file() -> None:
    found = context(said_on("b", "s2025", overview="trade"), said_on("a", "s2024", overview="trade"), overview=LINES)
    assert [entry.id for entry in overview(found)[1].entries] == ["b", "a"]


def test_what_was_replaced_or_is_not_known_yet_is_not_in_it() -> None:
    facts = (
        _step("first", 2014, overview="level", superseded=Superseded(by="second", reason=Reason.REPLACED)),
        _step("second", 2022, overview="level"),
    )
    for day, shown in ((date(2020, 1, 1), ["first"]), (date(2026, 1, 1), ["second"])):
        assert [entry.id for entry in overview(context(*facts, overview=LINES, day=day))[0].entries] == shown


def test_a_figure_is_there_with_its_latest_known_value_and_period() -> None:
    trade = _figure("trade", 2022, 2024, overview="trade", text="Visitors")
    for day, year in ((date(2023, 1, 1), "2022"), (date(2026, 1, 1), "2024")):
        (entry,) = overview(context(trade, overview=LINES, day=day))[1].entries
        assert (str(entry.text).replace("\u00a0", " "), entry.when) == (f"Visitors: 2,{year[1:]} people", year)


def test_the_latest_value_has_the_mark_of_its_own_source_alone() -> None:
    """That of an earlier value's source stood beside it, which does not carry it."""
    (entry,) = overview(context(_figure("f", 2022, 2024, overview="trade"), overview=LINES))[1].entries
    assert [each.source for each in entry.marks] == ["s2024"]


def test_the_day_on_which_a_figure_was_told_is_not_its_period() -> None:
    seen = (Observation(value=value("more than 50 people", "s2024:L1#x")),)
    people = figure("p", observations=seen, cites=(Cite("s2024", 1),), overview="trade", on=meeting("m", "s2024").on)
    (entry,) = overview(context(people, overview=LINES))[1].entries
    assert (entry.when, str(entry.note).replace("\u00a0", " ")) == ("", "last confirmed May 2024")


def test_a_value_that_follows_the_words_of_its_line_begins_with_a_small_letter() -> None:
    seen = Observation(value=value("more than 50 people", "s2024:L1#x"), period=value("2023", "s2024:L1#y"))
    visitors = figure("v", observations=(seen,), cites=(Cite("s2024", 1),), overview="trade", text="Visitors")
    (entry,) = overview(context(visitors, overview=LINES))[1].entries
    assert str(entry.text).replace("\u00a0", " ") == "Visitors: more than 50 people"


def test_figures_of_the_readers_own_side_come_first_and_what_is_between_stays() -> None:
    theirs, own, nobodys = (_figure(id, 2022, overview="trade") for id in ("theirs", "own", "nobodys"))
    said = said_on("said", "s2022", act=Act.STATED, overview="trade")
    facts = (nobodys, replace(theirs, by=("NL",)), said, replace(own, by=("SL",)))
    for reader, order in (("NL", ["theirs", "own", "nobodys"]), ("SL", ["own", "theirs", "nobodys"])):
        line = overview(replace(context(*facts, overview=LINES), reader=reader))[1]
        shown = [entry.id for entry in line.entries]
        assert [id for id in shown if id != "said"] == order
        assert shown.index("said") == [item.fact.id for item in printed(context(*facts))].index("said")


def test_what_is_repeated_is_attributed_there_too() -> None:
    facts = (
        said_on("a", "s2022", "NL", "SL", act=Act.AIMED),
        said_on("b", "s2023", "NL", "SL", act=Act.AIMED, repeats=("a",), overview="trade"),
    )
    for other, also in (("NL", "similarly 2022"), ("SL", "similarly 2022 (as told by SL)")):
        found = context(*facts, overview=LINES, accounts={"s2022": other, "s2023": "NL"})
        (entry,) = overview(found)[1].entries
        assert (entry.id, entry.account) == ("b", f"as told by NL\u00a0· {also}")


def test_a_paper_has_its_day_there_and_a_statement_its_month() -> None:
    paper = document("a", "s2022", when=value("2022-06-23", "s2022:L1#x"), overview="trade")
    said = said_on("b", "s2022", "NL", act=Act.PLANNED, overview="trade")
    entries = overview(context(paper, said, overview=LINES))[1].entries
    assert [each.when.replace("\u00a0", " ") for each in entries] == ["23 June 2022", "May 2022"]


def test_a_channel_that_no_source_has_confirmed_for_long_says_so_in_brief() -> None:
    shown = shipped_page(date(2026, 11, 28), "en")
    stale = {entry.id: entry.stale for line in shown.overview for entry in line.entries}
    assert stale["strategic-dialogue"].replace("\u00a0", " ") == "last confirmed November 2023"
    assert stale["fm-dialogue"] == ""


# -- milestones


def test_a_day_that_the_sources_only_imply_has_its_sign_wherever_it_stands() -> None:
    shown = shipped_page(date(2026, 11, 28), "en")
    days = {event.id: event.when.replace("\u2060", "") for event in (*shown.milestones, *shown.timeline)}
    assert [days[id] for id in ("leaders-talks-2025", "fm-meeting-2025")] == [
        "11\u00a0August 2025†",
        "23\u00a0September 2025†",
    ]


def _visit(id: str, year: int, form: MeetingForm = MeetingForm.STATE_VISIT, *, leaders: bool = False) -> Meeting:
    return meeting(id, f"s{year}", form=form, leaders=leaders)


def test_milestones_are_steps_meetings_of_leaders_journeys_and_talks_oldest_first() -> None:
    found = context(
        _visit("talks", 2025, MeetingForm.TALKS),
        _visit("leaders", 2024, MeetingForm.TALKS, leaders=True),
        _visit("visit", 2023, MeetingForm.VISIT),
        _step("step", 2014),
        document("paper", "s2022", when=value("2022", "s2022:L1#x")),
        summit("held", "2022", "s2022", cite="s2022:L1#x", held=True),
        summit("not-held", "2022", "s2022", cite="s2022:L1#x"),
    )
    assert [event.id for event in milestones(found)] == ["step", "visit", "leaders", "talks"]
    assert [event.id for event in timeline(found)] == ["step", "held", "paper", "visit", "leaders", "talks"]


def test_on_one_day_a_visit_precedes_its_talks_and_these_the_papers_and_steps_that_came_of_them() -> None:
    day, journey = (value(when, "s2022:L1#x") for when in ("2022-05-10", "2022-05-10/2022-05-12"))
    found = context(
        replace(_step("step", 2022), when=day),
        document("paper", "s2022", when=day, act=Act.SIGNED),
        replace(_visit("talks", 2022, MeetingForm.TALKS), on=None, held=True, when=day),
        replace(_visit("visit", 2022), on=None, held=True, when=journey),
    )
    shown = timeline(found)
    assert [event.id for event in shown] == ["visit", "talks", "step", "paper"]
    assert [str(event.text) for event in shown][-1] == "Signed: Something"


def test_of_talks_the_newest_four_are_milestones_and_none_that_are_older_than_three_years_nor_such_a_journey() -> None:
    leaders = _visit("leaders", 2025, MeetingForm.TALKS, leaders=True)
    talks = [_visit(f"talks-{year}", year, MeetingForm.TALKS) for year in (2020, 2022, 2023, 2024, 2025)]
    found = milestones(context(leaders, *talks, _visit("long-ago", 2019), _visit("lately", 2024)))
    assert {event.id for event in found} == {
        "leaders",
        "lately",
        *(f"talks-{year}" for year in (2022, 2023, 2024, 2025)),
    }


def test_there_are_at_most_twelve_and_steps_outweigh_leaders_and_these_outweigh_journeys() -> None:
    years = range(2014, 2026)
    steps = [_step(f"step-{year}", year) for year in years][:6]
    leaders = [_visit(f"leaders-{year}", year, MeetingForm.TALKS, leaders=True) for year in years][:4]
    visits = [_visit(f"visit-{year}", year) for year in years][:6]
    found = [event.id for event in milestones(context(*steps, *leaders, *visits))]
    assert len(found) == MOST_MILESTONES == 12
    assert {event for event in found if event.startswith("visit")} == {"visit-2018", "visit-2019"}
    assert sum(event.startswith("step") for event in found) == 6


def test_a_visit_is_told_with_its_papers_of_few_words() -> None:
    def paper(id: str, when: str, brief: str = "A paper", on: EventRef | None = None) -> Document:
        return document(id, "s2025", when=value(when, "s2025:L1#x"), brief=brief, on=on)

    visit = replace(_visit("visit", 2025), held=True, when=value("2025-05-01/2025-05-03", "s2025:L1#x"))
    there = (paper("first-day", "2025-05-01"), paper("last-day", "2025-05-03"), paper("of-it", "2025-05", on=visit.on))
    elsewhere = (paper("later", "2025-05-04"), paper("month", "2025-05"), paper("wordy", "2025-05-02", brief=""))
    (row,) = [row for row in milestones(context(visit, *there, *elsewhere)) if row.id == "visit"]
    assert {each.id: str(each.text) for each in row.papers} == {each.id: "A paper" for each in there}


def test_what_a_line_of_the_overview_has_is_no_milestone() -> None:
    found = context(_step("csp", 2022, overview="level"), _step("other", 2023), overview=LINES)
    assert [event.id for event in milestones(found)] == ["other"]


def test_a_paper_that_is_only_proposed_is_not_in_the_timeline() -> None:
    papers = [document(act.value, "s2024", act=act, when=value("2024-05", "s2024:L1#x")) for act in Act]
    assert [event.id for event in timeline(context(*papers))] == ["agreed", "signed", "stated"]


def test_a_summit_is_in_the_timeline_from_the_day_of_the_source_that_reports_it() -> None:
    told = summit("s7", "2025-06-10", "s2024", "s2026", cite="s2024:L1#x", held=True)
    days = (date(2026, 1, 1), date(2026, 6, 1))
    assert [[event.id for event in page(context(told, day=day)).timeline] for day in days] == [[], ["s7"]]


def test_a_visit_precedes_its_parts() -> None:
    """They begin on the same day; what lasts longer comes first, whatever the order in the file."""
    part = document("part", "s2025", when=value("2025-08-10", "s2025:L1#x"))
    whole = document("whole", "s2025", when=value("2025-08-10/2025-08-13", "s2025:L1#x"))
    for facts in ((part, whole), (whole, part)):
        assert [event.id for event in timeline(context(*facts))] == ["whole", "part"]


@pytest.mark.parametrize(
    ("parts", "texts"),
    [
        ((MeetingForm.STATE_VISIT, MeetingForm.TALKS), ["Something", "Something\u00a0· during the visit"]),
        ((MeetingForm.CONFERENCE, MeetingForm.TALKS), ["Something", "Something"]),
    ],
)
def test_what_has_only_the_days_of_a_journey_took_place_during_it(
    parts: tuple[MeetingForm, ...], texts: list[str]
) -> None:
    """Talks of four days would be another thing than talks on one of four days."""
    days = value("2025-08-10/2025-08-13", "s2025:L1#x")
    when = days.value
    assert isinstance(when, Interval)
    facts = [meeting(f"m{number}", "s2025", form=form) for number, form in enumerate(parts)]
    found = context(*facts)
    source = found.book.sources["s2025"]
    events = {id: replace(each, date=when) for id, each in source.events.items()}
    book = replace(found.book, sources={**found.book.sources, "s2025": replace(source, events=events)})
    shown = timeline(replace(found, briefing=assess(book, found.briefing.day)))
    assert [str(event.text) for event in shown] == texts


# -- offices


def _office(id: str, year: int, holder: str = "@ada", party: str = "@SL", **other: Any) -> Office:
    source = f"s{year}"
    return office(id, source, holder=value(holder, f"{source}:L1#x"), party=value(party, f"{source}:L1#y"), **other)


def _split(found: Context) -> tuple[list[str], list[str]]:
    def ids(rows: tuple[OfficeRow, ...]) -> list[str]:
        return [row.id for row in rows]

    return ids(offices(found)), ids(offices(found, serving=False))


def test_who_was_succeeded_or_whose_time_is_over_is_among_the_earlier_ones() -> None:
    found = context(
        _office("succeeded", 2022, "@nils", superseded=Superseded(by="now", reason=Reason.REPLACED)),
        _office("confirmed", 2022, superseded=Superseded(by="now", reason=Reason.REPLACED)),
        _office("now", 2025),
        _office("over", 2022, until=value("2024", "s2022:L1#z")),
        _office("until-later", 2022, until=value("2027", "s2022:L1#z")),
        _office("long-ago", 2021),
    )
    assert _split(found) == (["now", "until-later"], ["succeeded", "over", "long-ago"])


def test_who_keeps_an_office_and_takes_another_has_not_left_the_first() -> None:
    found = context(
        _office("one", 2022, text="Chair", superseded=Superseded(by="both", reason=Reason.REPLACED)),
        _office("both", 2025, text="Chair and Speaker"),
        _office("deputy", 2022, "@nils", text="Minister", superseded=Superseded(by="higher", reason=Reason.REPLACED)),
        _office("higher", 2025, "@nils", text="Deputy Minister and Envoy"),
    )
    assert _split(found) == (["both", "higher"], ["deputy"])


def test_a_successor_counts_from_the_day_its_source_is_known() -> None:
    facts = (
        _office("first", 2022, "@nils", superseded=Superseded(by="next", reason=Reason.REPLACED)),
        _office("next", 2025),
    )
    assert _split(context(*facts, day=date(2024, 1, 1))) == (["first"], [])
    assert _split(context(*facts)) == (["next"], ["first"])


def test_offices_are_by_party_in_the_order_of_the_edition_and_then_by_rank() -> None:
    found = context(
        _office("sl-unranked", 2025),
        _office("sl-2", 2025, rank=2),
        _office("sl-1", 2025, rank=1),
        _office("nl-3", 2025, "@nils", "@NL", rank=3),
    )
    assert _split(found)[0] == ["nl-3", "sl-1", "sl-2", "sl-unranked"]


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_page_has_at_most_twelve_milestones_and_all_offices_once(code: str) -> None:
    for day in (date(2022, 3, 1), date(2024, 7, 1), date(2026, 11, 21)):
        shown = shipped_page(day, code)
        assert 0 < len(shown.milestones) <= MOST_MILESTONES
        assert {event.id for event in shown.milestones} <= {event.id for event in shown.timeline}
        held = [row.id for row in (*shown.offices, *shown.earlier_offices)]
        assert len(set(held)) == len(held)


def test_channels_and_papers_may_be_lines_of_the_overview_too() -> None:
    paper: Document = document("paper", "s2024", overview="trade", when=value("2024-03", "s2024:L1#x"))
    channel = mechanism("channel", "s2024", act=Act.STATED, overview="trade")
    entries = overview(context(paper, channel, overview=LINES))[1].entries
    assert {(entry.id, entry.when) for entry in entries} == {("paper", "March 2024"), ("channel", "")}


def test_an_entry_of_the_overview_says_how_firm_it_is_unless_it_merely_exists() -> None:
    found = context(
        said_on("goal", "s2024", act=Act.AIMED, overview="trade", text="Double trade"),
        said_on("view", "s2024", act=Act.STATED, overview="trade", text="Trade grows"),
        mechanism("meant", "s2024", act=Act.AGREED, overview="aid", text="A dialogue"),
        mechanism("exists", "s2024", act=Act.STATED, overview="aid", text="A group"),
        document("signed", "s2024", act=Act.SIGNED, overview="aid", text="Programme"),
        document("issued", "s2024", act=Act.AGREED, overview="aid", text="Statement"),
        _step("csp", 2022, overview="level", text="Partners"),
        overview=LINES,
    )
    shown = [[str(entry.text) for entry in line.entries] for line in overview(found)]
    assert shown == [
        ["Partners"],
        ["Aim: Double trade", "Trade grows"],
        ["Agreed: A dialogue", "A group", "Signed: Programme", "Statement"],
    ]


def test_a_claim_of_one_side_says_whose_it_is_and_of_which_month_its_source_is() -> None:
    claim = replace(said_on("rank", "s2024", "NL", act=Act.STATED, overview="trade"), on=None)
    (entry,) = overview(context(claim, overview=LINES))[1].entries
    assert (entry.when, entry.account) == ("May 2024", "as told by NL")


def test_a_paper_or_channel_of_the_overview_is_not_in_its_field_again() -> None:
    found = context(
        document("in-brief", "s2024", overview="trade"),
        mechanism("channel", "s2024", act=Act.STATED, overview="trade"),
        document("other", "s2024"),
        overview=LINES,
    )
    shown = [row.id for field in page(found).fields for row in field.rows]
    assert shown == ["other"]
    without = replace(
        shipped_look(), sections=tuple(name for name in shipped_look().sections if name != "relationship")
    )
    shown = [row.id for each in page(found, look=without).fields for row in each.rows]
    assert sorted(shown) == ["channel", "in-brief", "other"]


# -- days that only the press gives


def test_a_day_from_the_press_is_marked_wherever_it_is_printed_and_a_day_of_its_own_is_not() -> None:
    def pressed(basis: Basis) -> Context:
        found = context(
            _visit("visit", 2025),
            document("paper", "s2025", on=EventRef("s2025", "talks"), when=value("2025-05", "s2025:L1#x")),
            document("undated", "s2025"),
        )
        source = found.book.sources["s2025"]
        events = {id: replace(event, basis=basis) for id, event in source.events.items()}
        sources = {**found.book.sources, "s2025": replace(source, events=events)}
        return replace(found, briefing=assess(replace(found.book, sources=sources), found.briefing.day))

    for basis, marked in ((Basis.PRESS, ["visit"]), (Basis.TEXT, []), (Basis.DERIVED, [])):
        known = pressed(basis)
        assert [event.id for event in timeline(known) if event.by_press] == marked
        assert [event.id for event in milestones(known) if event.by_press] == marked


# -- what sources disagree on


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Something: Trade: 2,022 people (2022) · as told by NL; Agreed: Trade goes on (May 2023) · as told by SL"),
        ({"year": value("2022", "s2023:L1#x")}, "Something"),
    ],
    ids=["a text alone", "a text with what they say"],
)
def test_behind_a_conflict_without_values_stands_what_each_side_has(values: dict[str, Value], told: str) -> None:
    ours = replace(_figure("ours", 2020, 2022), text="Trade", by=("SL",))
    theirs = said_on("theirs", "s2023", "NL", "SL", act=Act.AGREED, text="Trade goes on")
    sides = Conflict(**common("conflict", "s2023"), between=("ours", "theirs"), values=values)
    (found,) = page(context(ours, theirs, sides, accounts={"s2020": "NL", "s2022": "NL", "s2023": "SL"})).conflicts
    assert str(found.text).replace("\u00a0", " ") == told
    assert {mark.source for mark in found.marks} == ({"s2023"} if values else {"s2022", "s2023"})


# -- what one side alone tells of talks


def _joint(id: str, source: str, of: str = "s2025") -> Statement:
    return said_on(id, source, "NL", "SL", act=Act.AGREED, on=EventRef(of, "talks"))


def _talks(source: str = "s2025", *others: str, leaders: bool = True) -> Meeting:
    return meeting(f"talks-{source}", source, leaders=leaders, cites=tuple(Cite(each, 1) for each in (source, *others)))


def _one_sided(*facts: AnyFact) -> str:
    found = page(context(*facts, accounts={"s2020": "NL", "s2025": "NL", "s2024": "SL"})).one_sided
    return " / ".join(str(each.text) for each in found)


def test_what_only_one_of_two_accounts_has_of_talks_is_an_open_question() -> None:
    told = _one_sided(_talks("s2025", "s2024"), _joint("one", "s2025"), _joint("two", "s2025"))
    assert told == "Talks told by the s2025 source (10\u00a0May 2025): 2 by NL alone"


def test_each_side_may_have_points_of_its_own_and_fields_that_the_other_has_not() -> None:
    other = replace(_joint("two", "s2024"), on=EventRef("s2025", "talks"), theme="sea")
    facts = (_talks("s2025", "s2024"), _joint("one", "s2025"), other)
    accounts, themes = {"s2025": "NL", "s2024": "SL"}, {"trade": "Trade", "sea": "Sea"}
    (told,) = page(context(*facts, accounts=accounts, themes=themes)).one_sided
    assert str(told.text).endswith(
        "1 by NL alone (the only account on “Trade”), 1 by SL alone (the only account on “Sea”)"
    )


def test_talks_on_the_days_of_a_visit_are_told_with_it() -> None:
    visit = replace(_talks("s2025", "s2024"), id="visit", form=MeetingForm.STATE_VISIT)
    assert _one_sided(_talks("s2025", "s2024"), visit, _joint("one", "s2025")).count("NL alone") == 1


def test_earlier_talks_follow_the_last() -> None:
    before, last = _talks("s2020", "s2024"), _talks("s2025", "s2024")
    told = _one_sided(before, _joint("one", "s2020", "s2020"), last, _joint("two", "s2025"))
    assert [part[-13:] for part in told.split(" / ")] == ["1 by NL alone"] * 2


@pytest.mark.parametrize(
    "facts",
    [
        (_talks("s2025", "s2024"), replace(_joint("one", "s2025"), cites=(Cite("s2025", 1), Cite("s2024", 1)))),
        (_talks("s2025", "s2024"), said_on("ask", "s2025")),
        (_talks("s2025"), _joint("one", "s2025")),
        (_talks("s2025", "s2024", leaders=False), _joint("one", "s2025")),
    ],
    ids=[
        "both tell of it",
        "asked by one side",
        "only one side tells of the talks",
        "no leaders",
    ],
)
def test_what_no_account_leaves_out_is_none(facts: tuple[AnyFact, ...]) -> None:
    assert _one_sided(*facts) == ""
