"""Page one, zone by zone: what came out of the last meeting, what each side asks, what is due, figures, sources."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from assess.books import document, figure, mechanism, meeting, office, said_on, summit, value
from conftest import edition_info, plain_look, shipped_look
from shipped.pages import briefing, languages, within, workspace
from shipped.pages import page as shipped_page

from briefgen.localise.context import Context
from briefgen.localise.first_page import FEWEST, MOST, STRIP, ZONES, outcomes, unused_sources
from briefgen.localise.history import key_figures
from briefgen.localise.page import localise
from briefgen.localise.statements import row as statement_row
from briefgen.model.book import Partnership, Party, Person
from briefgen.model.document import Glance, Page
from briefgen.model.edition import Rows
from briefgen.model.facts import (
    Act,
    Delivery,
    Figure,
    Headline,
    Meeting,
    MeetingForm,
    Observation,
    Office,
    Outcome,
    Reason,
    Role,
    Statement,
    Superseded,
    Target,
    Tile,
)
from briefgen.model.look import EARLIER_YEARS
from briefgen.model.quantities import Cite, EventRef
from briefgen.model.views import Item, Mark, News

from .small import context, page

YEARS_SEEN = ("2022", "2025")
CODES = workspace().settings.languages
DAY, EARLY = date(2026, 11, 21), date(2022, 3, 1)
INFO = edition_info()
PERHAPS = date(2025, 9, 1)
"""Two summits may be over, two lie ahead."""


# -- what is ordered by the day that is known


def test_a_summit_of_a_year_stands_where_the_source_that_reports_it_puts_it() -> None:
    found = page(
        context(
            summit("spring", "2025", "s2024", "s2025", cite="s2024:L1#x", held=True),
            document("exact", "s2025", when=value("2025-06-01", "s2025:L1#x")),
            day=date(2026, 6, 1),
        )
    )
    assert [event.id for event in found.timeline] == ["spring", "exact"]


def test_a_fact_and_a_source_are_worded_once_however_often_they_stand_on_a_page() -> None:
    unknown = replace(briefing(DAY))  # nothing of it is remembered from another test
    with patch.object(Context, "prose", autospec=True, side_effect=Context.prose) as prose:
        made = localise(unknown, None, languages(), "vi", INFO, plain_look(), Rows(counts=MOST))
    asked = [call.args[1] for call in prose.call_args_list]
    known = [f"{id} text" for id in briefing(DAY).items]
    printed = Counter(key for key in asked if key in known or key.startswith("line "))
    assert len(printed) > len(made.sources)
    assert {key: times for key, times in printed.items() if times > 1} == {}


@pytest.mark.parametrize("code", ["en", "vi", "ko"])
def test_each_sentence_of_the_bottom_line_has_the_marks_of_its_own_facts(code: str) -> None:
    lead = shipped_page(date(2026, 11, 28), code).bottom_line
    assert lead is not None
    partners, trade, visit = lead.sentences
    assert " ".join(str(each.text) for each in lead.sentences) == str(lead.text)
    sources = [{mark.source for mark in each.marks} for each in (partners, trade, visit)]
    assert "statement-2025" in sources[0]
    assert "vn-call-2026" in sources[1]
    assert sources[2] == {"visit-2026"}
    assert set.union(*sources) == {mark.source for mark in lead.marks}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Met in {a.when}. Then not.", ["Met in May 2024.", "Then not."]),
        ("Met at St.\u00a0Anna. Then not.", ["Met at St.\u00a0Anna.", "Then not."]),
        ("Met in {a.when}", ["Met in May 2024"]),
    ],
)
def test_a_sentence_ends_where_a_space_follows_that_may_be_broken(text: str, sentences: list[str]) -> None:
    line = Headline(id="x", role=Role.BOTTOM_LINE, rank=1, text=text, facts=("a",))
    found = context(meeting("a", "s2024", leaders=True, when=value("2024-05", "s2024:L1#x")), headlines=(line,))
    lead = page(found).bottom_line
    assert lead is not None
    assert [str(each.text) for each in lead.sentences] == sentences
    assert [bool(each.marks) for each in lead.sentences] == [True, *[False for _ in sentences[1:]]]


# -- the last meeting


def test_the_last_meeting_of_leaders_is_chosen_though_others_met_later() -> None:
    found = context(
        meeting("first", "s2022", leaders=True), meeting("last", "s2024", leaders=True), meeting("other", "s2025")
    )
    assert (found.last_meeting and found.last_meeting.fact.id) == "last"
    shown = page(found).glance
    assert (shown.leaders, shown.meeting) == (True, "Talks told by the s2024 source\u00a0· 10\u00a0May 2024")
    told = [(item.id, str(item.text)[-13:].replace("\u00a0", " ")) for item in shown.since]
    assert told == [("other", "(10 May 2025)")]


def test_behind_a_meeting_since_stands_what_was_said_there_if_the_facts_have_it_in_few_words() -> None:
    found = context(
        meeting("last", "s2024", leaders=True),
        meeting("other", "s2025"),
        said_on("long", "s2025", rank=1),
        said_on("second", "s2025", rank=3, brief="more trade"),
        said_on("first", "s2025", rank=2, brief="work together", speaker="ngo"),
        accounts={"s2025": "NL"},
    )
    told = [(item.id, str(item.text)) for item in page(found).glance.since[1:]]
    assert told == [("first", "ngo (as told by NL): work together"), ("second", "SL (as told by NL): more trade")]


def test_what_is_due_is_told_in_few_words_where_the_facts_have_these() -> None:
    due = value("2026-09", "s2025:L1#x")
    found = context(said_on("ask", "s2025", due=due, brief="More trade"), said_on("whole", "s2025", due=due))
    assert [str(row.text) for row in page(found).glance.due] == ["More trade", "Something"]


def test_what_is_noted_of_the_last_meeting_stands_beside_its_name() -> None:
    found = context(meeting("last", "s2024", leaders=True, note="The other account has none of it."))
    assert page(found).glance.meeting.endswith("10\u00a0May 2024\u00a0· The other account has none of it.")


def _journey(id: str, source: str, when: str, *, leaders: bool = True) -> Meeting:
    visit = meeting(id, source, leaders=leaders, form=MeetingForm.STATE_VISIT)
    return replace(visit, held=True, when=value(when, f"{source}:L1#x"))


@pytest.mark.parametrize(
    ("visit", "shown"),
    [
        (_journey("visit", "s2022", "2022-05-10/2022-05-12"), ["visit", "paper"]),
        (_journey("visit", "s2022", "2022-05-10/2022-05-12", leaders=False), []),
        (_journey("no-paper", "s2023", "2023-05-10/2023-05-12"), []),
        (_journey("long-ago", "s2020", "2020-05-10/2020-05-12"), []),
    ],
)
def test_the_last_visit_of_leaders_before_their_last_talks_is_told_with_its_papers(
    visit: Meeting, shown: list[str]
) -> None:
    signed: dict[str, Any] = {"act": Act.SIGNED, "brief": "Rail paper", "when": value("2022-05-11", "s2022:L1#x")}
    then = value("2020-05-11", "s2020:L1#x")
    papers = (
        document("paper", "s2022", **signed),
        document("wordy", "s2022", **{**signed, "brief": ""}),
        document("old", "s2020", **{**signed, "when": then}),
    )
    found = page(context(meeting("last", "s2024", leaders=True), visit, *papers, accounts={"s2022": "NL"})).glance.visit
    assert [each.id for each in found] == shown
    assert [str(each.text) for each in found[1:]] == ["Rail paper (as told by NL)" for _ in shown[1:]]


def test_a_last_meeting_that_is_a_visit_is_not_told_again() -> None:
    paper = document("paper", "s2024", act=Act.SIGNED, brief="Rail paper", when=value("2024-05-11", "s2024:L1#x"))
    assert page(context(_journey("visit", "s2024", "2024-05-10/2024-05-12"), paper)).glance.visit == ()


def test_a_plan_whose_period_has_begun_is_noted_where_it_is_not_listed_as_due() -> None:
    """Unless the rows are chosen it is told in any case, so that the page is measured at its longest."""
    amount = {"amount": value("5 million USD", "s2025:L1#n")}
    plan: dict[str, Any] = {"act": Act.ANNOUNCED, "brief": "Grant aid of {amount}", "values": amount}
    begun = said_on("begun", "s2025", due=value("2025/2027", "s2025:L1#x"), **plan)
    ahead = said_on("ahead", "s2025", due=value("2027/2028", "s2025:L1#x"), **plan)
    for counts, told in (({}, ["begun"]), ({"due": 1}, []), ({"due": 0}, ["begun"])):
        shown = page(context(begun, ahead), Rows(counts=counts)).glance
        assert [each.id for each in shown.noted] == told
    assert str(shown.noted[0].text) == "Period under way: Grant aid of US$5\u00a0million (Pledged, 2025–27)"


def test_a_part_of_the_last_visit_is_no_meeting_since() -> None:
    def of(id: str, when: str, **other: Any) -> Meeting:
        return replace(meeting(id, "s2025", **other), on=None, held=True, when=value(when, "s2025:L1#x"))

    visit, part = of("visit", "2025-05-10/2025-05-13", leaders=True), of("part", "2025-05-12")
    assert [item.id for item in page(context(visit, part, of("after", "2025-05-14"))).glance.since] == ["after"]


def test_a_visit_that_was_told_more_exactly_is_neither_the_last_meeting_nor_one_since() -> None:
    exactly = Superseded(by="visit", reason=Reason.REPLACED)
    old = meeting("old", "s2025", leaders=True, when=value("2025-05", "s2025:L1#x"), held=True, superseded=exactly)
    visit = meeting("visit", "s2025", leaders=True)
    found = context(old, visit)
    assert (found.last_meeting and found.last_meeting.fact.id, page(found).glance.since) == ("visit", ())


def test_where_no_meeting_is_of_leaders_it_is_the_latest_meeting() -> None:
    found = context(meeting("first", "s2022"), meeting("last", "s2025"), meeting("middle", "s2024"))
    assert (found.last_meeting and found.last_meeting.fact.id) == "last"
    assert page(found).glance.leaders is False


def test_of_two_on_one_day_it_is_the_one_that_the_file_has_first() -> None:
    one, other = meeting("one", "s2024", leaders=True), meeting("other", "s2024", leaders=True)
    for first, second in ((one, other), (other, one)):
        assert (chosen := context(first, second).last_meeting)
        assert chosen.fact.id == first.id


def test_as_of_an_earlier_day_it_is_the_last_one_known_then() -> None:
    facts = (meeting("first", "s2022", leaders=True), meeting("last", "s2025", leaders=True))
    assert (chosen := context(*facts, day=date(2024, 1, 1)).last_meeting)
    assert chosen.fact.id == "first"


def test_without_a_meeting_nothing_came_out() -> None:
    shown = page(context(said_on("pledge", "s2025", act=Act.ANNOUNCED))).glance
    assert (shown.meeting, shown.outcomes) == ("", ())


def test_what_came_out_is_what_was_agreed_or_undertaken_there_ranked_ones_first() -> None:
    found = context(
        meeting("talks", "s2025", leaders=True),
        said_on("announced", "s2025", act=Act.ANNOUNCED),
        said_on("agreed", "s2025", "NL", "SL", act=Act.AGREED),
        mechanism("channel", "s2025", act=Act.AGREED, on=EventRef("s2025", "talks")),
        document("paper", "s2025", on=EventRef("s2025", "talks")),
        said_on("second", "s2025", act=Act.ANNOUNCED, rank=2),
        said_on("first", "s2025", act=Act.AIMED, rank=1),
        said_on("ask", "s2025"),
        said_on("view", "s2025", act=Act.STATED),
        said_on("elsewhere", "s2024", act=Act.AGREED),
        said_on("old", "s2025", act=Act.AGREED, superseded=Superseded(by="agreed", reason=Reason.CORRECTED)),
    )
    shown = [row.id for row in outcomes(found)]
    assert shown == ["first", "second", "paper", "agreed", "channel", "announced"]
    assert [row.id for row in page(found).glance.outcomes] == shown[:5]


def test_the_share_of_sources_that_fewer_rows_do_not_need() -> None:
    made = page(context(said_on("newer", "s2025"), said_on("older", "s2024"), said_on("again", "s2024")))
    assert len(made.glance.sources) == 2
    assert [unused_sources(made, {**MOST, "asks": most}) for most in (3, 2)] == [0, 0]
    assert 0.3 < unused_sources(made, {**MOST, "asks": 1}) < 0.7


def test_what_was_repeated_is_not_said_twice_among_the_results() -> None:
    found = context(
        meeting("talks", "s2025", leaders=True),
        said_on("short", "s2025", act=Act.AGREED),
        said_on("whole", "s2025", act=Act.AGREED, repeats=("short",)),
    )
    assert [row.id for row in page(found).glance.outcomes] == ["whole"]


def test_the_account_is_in_the_heading_where_all_results_rest_on_it() -> None:
    facts = (
        meeting("talks", "s2025", leaders=True),
        said_on("agreed", "s2025", "NL", "SL", act=Act.AGREED),
    )
    assert page(context(*facts, accounts={"s2025": "NL"})).glance.meeting.endswith("\u00a0· as told by NL")
    assert page(context(*facts)).glance.meeting.endswith("2025")


# -- due and ahead


def test_due_and_ahead_has_one_deadline_that_has_passed_and_then_the_soonest_first() -> None:
    found = context(
        said_on("goal", "s2025", act=Act.AIMED, due=value("2030", "s2025:L1#x")),
        said_on("ask", "s2025", due=value("2026-09", "s2025:L1#x")),
        said_on("late-2024", "s2022", act=Act.ANNOUNCED, due=value("2024", "s2022:L1#x")),
        said_on("late-2023", "s2022", act=Act.ANNOUNCED, due=value("2023", "s2022:L1#x")),
        summit("s7-2026", "2026-03-01", "s2025", cite="s2025:L1#x", host=value("@NL", "s2025:L1#y")),
        said_on("for-the-summit", "s2025", summit="s7-2026"),
        said_on("view", "s2025", act=Act.STATED, due=value("2026-10", "s2025:L1#x")),
    )
    shown = page(found).glance.due
    assert [row.id for row in shown] == ["late-2024", "s7-2026", "ask", "goal"]
    assert [row.when for row in shown] == ["2024", "1\u00a0March 2026", "September 2026", "2030"]
    assert shown[1].aside.replace("\u00a0", " ") == "Host: NL · in 59 days"
    assert shown[2].aside == "Requested (SL)"
    assert [row.badge.code if row.badge else "" for row in shown] == ["deadline-passed", "upcoming", "open", "open"]


def test_what_is_under_way_is_due_as_what_is_open() -> None:
    under_way = Outcome(status=Delivery.IN_PROGRESS, cites=(Cite("s2025", 2),))
    ferry = said_on("ferry", "s2025", act=Act.ANNOUNCED, due=value("2026-09", "s2025:L1#x"), outcome=under_way)
    assert [(row.id, row.badge and row.badge.code) for row in page(context(ferry)).glance.due] == [
        ("ferry", "in-progress")
    ]


def test_a_summit_to_be_held_by_a_day_stands_where_that_day_is_and_is_named_with_it_when_it_is_over() -> None:
    by = [
        replace(summit(id, day, "s2025"), when=None, values={"by": value(day, "s2025:L1#x")}) for id, day in BY.items()
    ]
    shown = page(context(*by, said_on("goal", "s2025", due=value("2030", "s2025:L1#x")))).glance
    assert [row.id for row in shown.due] == ["ahead", "goal"]
    assert _noted(shown) == "Not recorded whether held: Something (by 2025)"


BY = {"ahead": "2026-06", "over": "2025"}


def test_of_the_deadlines_that_passed_last_a_target_is_shown_and_then_what_the_curator_ranks() -> None:
    goal = Target(indicator="trade", goal=value("5 billion USD", "s2022:L1#x"), by=value("2024", "s2022:L1#y"))
    due = value("2024", "s2022:L1#x")
    plain = said_on("plain", "s2022", act=Act.ANNOUNCED, due=due)
    second = said_on("second", "s2022", act=Act.ANNOUNCED, due=due, rank=2)
    first = said_on("first", "s2022", act=Act.ANNOUNCED, due=due, rank=1)
    target = said_on("target", "s2022", act=Act.AIMED, target=goal)
    for facts, shown in (
        ((plain, second, first, target), "target"),
        ((second, plain, first), "first"),
        ((plain, second), "second"),
    ):
        assert [row.id for row in page(context(*facts)).glance.due] == [shown]


def test_the_account_of_all_asks_of_a_side_is_named_once_with_it() -> None:
    told = (said_on("a", "s2025"), said_on("b", "s2024"))
    chosen = Rows(counts={"asks": 2})
    (_, asks) = page(context(*told, accounts={"s2024": "NL", "s2025": "NL"}), chosen).glance.asks
    assert (asks.account, [row.account for row in asks.rows]) == ("as told by NL", ["", ""])
    (_, asks) = page(context(*told, accounts={"s2024": "NL"}), chosen).glance.asks
    assert (asks.account, [row.account for row in asks.rows]) == ("", ["", "as told by NL"])


def test_every_ask_names_its_speaker_unless_the_heading_does() -> None:
    for other, heading, rows in (("ada", "Ada\u00a0Holm", ["", ""]), ("nils", "", ["Ada\u00a0Holm", "Nils\u00a0Berg"])):
        found = context(said_on("a", "s2025", speaker="ada"), said_on("b", "s2024", speaker=other))
        (_, asks) = page(found, Rows(counts={"asks": 2})).glance.asks
        assert (asks.speaker, [row.speaker for row in asks.rows]) == (heading, rows)


def test_a_page_whose_rows_are_to_be_measured_has_the_most_that_each_may_say() -> None:
    found = context(said_on("a", "s2025", speaker="ada"), said_on("b", "s2024", speaker="ada"))
    (_, asks) = page(found).glance.asks
    assert [row.speaker for row in asks.rows] == ["Ada\u00a0Holm"] * 2


def test_the_first_page_tells_by_whom_an_ask_was_met_before_and_leaves_the_words_to_the_full_briefing() -> None:
    found = context(
        said_on("ferry", "s2021"),
        said_on("again", "s2024", repeats=("ferry",)),
        said_on("plan", "s2022", "NL", "SL", act=Act.PLANNED, answers=("ferry",)),
    )
    (asked,) = [row for asks in page(found).glance.asks for row in asks.rows]
    whole = statement_row(found, found.briefing.items["again"])
    assert asked.also == whole.also
    assert [replace(each, text="Something") for each in asked.replies] == [*whole.replies]
    assert [each.text for each in asked.replies] == [""]
    assert [reply.head for reply in whole.replies] == ["Before that"]


def test_what_the_curator_puts_behind_an_ask_stands_before_its_replies_whoever_said_it() -> None:
    found = context(
        said_on("agreed", "s2021", "NL", "SL", act=Act.AGREED),
        said_on("ferry", "s2022", background=("agreed", "not-known")),
        said_on("plan", "s2023", "NL", act=Act.PLANNED, answers=("ferry",)),
    )
    (asked,) = [row for asks in page(found).glance.asks for row in asks.rows]
    assert [(each.id, each.head) for each in asked.replies] == [("agreed", "Before that"), ("plan", "Since then")]
    assert [each.text for each in asked.replies] == ["Something", "Something"], "agreed, but nobody would know what"


def test_of_what_was_said_before_on_one_occasion_the_month_is_told_once() -> None:
    asked_before = said_on("ferry", "s2022", background=("agreed", "hope", "plan"))
    found = context(
        said_on("agreed", "s2021", "NL", "SL", act=Act.AGREED, brief="A line"),
        said_on("hope", "s2021", "NL", act=Act.HOPED),
        said_on("plan", "s2020", "NL", act=Act.PLANNED),
        asked_before,
    )
    (asked,) = [row for side in page(found).glance.asks for row in side.rows if row.id == "ferry"]
    assert [(each.head, each.when, each.by, each.text) for each in asked.replies] == [
        ("Before that", "May 2021", "Both sides (Agreed)", "A line"),
        ("", "", "NL (Hoped)", "Something"),
        ("Before that", "", "NL (Planned, May 2020)", "Something"),
    ]
    whole = statement_row(found, found.briefing.items["ferry"])
    assert [each.by for each in whole.replies][:2] == ["Both sides (Agreed, May 2021)", "NL (Hoped, May 2021)"]


def test_what_all_sides_only_stated_before_is_called_a_shared_view() -> None:
    view = said_on("view", "s2021", "NL", "SL", act=Act.STATED, brief="Free seas")
    found = context(view, said_on("ferry", "s2022", background=("view",)))
    (asked,) = [row for asks in page(found).glance.asks for row in asks.rows]
    assert [(each.by, each.text) for each in asked.replies] == [("Both sides (Shared view, May 2021)", "Free seas")]


def test_a_hope_that_is_a_courtesy_is_counted_there_and_among_no_asks() -> None:
    found = context(
        said_on("ferry", "s2021"), said_on("wishes", "s2024", act=Act.HOPED, courtesy=True), said_on("road", "s2022")
    )
    (asks,) = (asks for asks in page(found).glance.asks if asks.rows)
    assert {row.id for row in asks.rows} == {"ferry", "road"}


@pytest.mark.parametrize(("first", "again"), [("ask", "ask"), ("ask", "again")])
def test_a_reply_is_told_in_few_words_where_the_facts_have_these(first: str, again: str) -> None:
    found = context(
        said_on(first, "s2021"),
        *([said_on(again, "s2024", repeats=(first,))] if again != first else []),
        said_on("plan", "s2022", "NL", act=Act.PLANNED, answers=(first,), brief="A new ferry"),
    )
    (asked,) = [row for asks in page(found).glance.asks for row in asks.rows]
    whole = statement_row(found, found.briefing.items[again])
    assert [each.text for each in asked.replies] == ["A new ferry"]
    assert [each.text for each in whole.replies] == ["A new ferry"]


def test_of_words_on_one_occasion_that_which_replied_to_an_earlier_ask_says_so() -> None:
    found = context(
        said_on("view", "s2024", "NL", "SL", act=Act.STATED, brief="Free seas"),
        said_on("first", "s2024"),
        said_on("answer", "s2024", "NL", act=Act.STATED, answers=("first",), brief="Will help"),
        said_on("again", "s2025", repeats=("first",), background=("view",)),
    )
    (asked,) = [row for asks in page(found).glance.asks for row in asks.rows]
    assert [(each.head, each.by, each.text) for each in asked.replies] == [
        ("Before that", "Both sides (Shared view)", "Free seas"),
        ("", "NL (Earlier reply)", "Will help"),
    ]


def test_of_what_ends_on_one_day_the_firmest_comes_first() -> None:
    due = {"due": value("2027", "s2025:L1#x")}
    acts = {"hoped": Act.HOPED, "agreed": Act.AGREED, "planned": Act.PLANNED}
    found = context(*(said_on(id, "s2025", act=act, **due) for id, act in acts.items()))
    assert [row.id for row in page(found).glance.due] == ["agreed", "planned", "hoped"]


def test_what_all_sides_agreed_after_an_ask_is_worded_with_it_whether_or_not_it_came_out_of_the_last_meeting() -> None:
    for on in ("s2025", "s2024"):
        agreed = said_on("yes", on, "NL", "SL", act=Act.AGREED, answers=("ask",), text="Together")
        found = context(meeting("met", "s2025", leaders=True), said_on("ask", "s2023"), agreed)
        (_, asks) = page(found).glance.asks
        ((reply,),) = [row.replies for row in asks.rows]
        assert (reply.head, reply.text) == ("Since then", "Together")
        assert reply.by.startswith("Both sides (Agreed, May")


def test_what_all_sides_stated_together_came_out_of_the_meeting_only_if_it_is_ranked() -> None:
    for rank, shown in ((1, ["view"]), (None, [])):
        view = said_on("view", "s2025", "NL", "SL", act=Act.STATED, rank=rank)
        assert [row.id for row in outcomes(context(meeting("met", "s2025", leaders=True), view))] == shown


def test_what_is_said_for_a_summit_is_not_repeated_below_it_but_what_was_said_for_a_past_one_is_there() -> None:
    due = value("2026-12", "s2025:L1#x")
    ahead = summit("ahead", "2026-11", "s2025", cite="s2025:L1#x")
    held = summit("held", "2025-10", "s2025", cite="s2025:L1#x", held=True)
    facts = (
        said_on("for-ahead", "s2025", summit="ahead", due=due),
        said_on("for-held", "s2025", summit="held", due=due),
        said_on("for-none", "s2025", due=due),
    )
    assert [row.id for row in page(context(ahead, held, *facts)).glance.due] == ["ahead", "for-held", "for-none"]


def test_that_a_summit_may_be_over_is_told_by_its_badge_alone() -> None:
    for when, badge, aside in (
        ("2026", "May have taken place", ""),
        ("2026-02-10", "Upcoming", "in 40 days"),
    ):
        (row,) = page(context(summit("next", when, "s2025", cite="s2025:L1#x"))).glance.due
        assert (row.badge.label if row.badge else "", row.aside.replace("\u00a0", " ")) == (badge, aside)


def test_a_summit_without_a_known_day_comes_after_those_with_one() -> None:
    seven = summit("dated", "2029", "s2025", cite="s2025:L1#x")
    unknown = summit("undated", "2027", "s2025", "s2026", cite="s2026:L1#x")
    shown = page(context(unknown, seven)).glance.due
    assert [(row.id, row.when) for row in shown] == [("dated", "2029"), ("undated", "date not in the sources")]


def test_a_summit_of_which_only_the_day_by_which_it_is_held_is_known_says_so_until_that_is_over() -> None:
    ahead = replace(summit("next", "2027", "s2025"), when=None, values={"by": value("2027", "s2025:L1#x")})
    assert [row.when for row in page(context(ahead)).glance.due] == ["by 2027"]
    (card,) = page(context(ahead, day=date(2028, 1, 1))).past
    assert (card.when, card.status.code) == ("by 2027", "outcome-not-recorded")


@pytest.mark.parametrize(
    ("act", "account", "year", "also"),
    [
        (Act.REQUESTED, "NL", 2024, "similarly 2024"),
        (Act.PROPOSED, "NL", 2024, ""),
        (Act.REQUESTED, "SL", 2024, ""),
        (Act.REQUESTED, "NL", 2020, ""),
    ],
    ids=["the same", "another act", "the other's account", "long ago"],
)
def test_of_the_same_said_before_page_one_has_only_what_no_remark_must_qualify(
    act: Act, account: str, year: int, also: str
) -> None:
    before, again = said_on("before", f"s{year}", act=act), said_on("again", "s2025", repeats=("before",))
    talks = meeting("talks", "s2025", leaders=True)
    found = context(before, again, talks, accounts={"s2025": "NL", f"s{year}": account})
    whole, brief = (statement_row(found, found.briefing.items["again"], brief=each) for each in (False, True))
    assert whole.also.startswith(f"similarly {year}")
    assert brief.also == also


def _noted(glance: Glance) -> str:
    return " / ".join(str(each.text) for each in glance.noted)


def test_papers_within_their_term_are_in_a_line_the_one_that_ends_next_first() -> None:
    papers = (
        document("later", "s2022", until=value("2025/2028", "s2022:L1#x"), brief="Later paper"),
        document("next", "s2022", until=value("2025/2026", "s2022:L1#x"), text="Next paper"),
        document("over", "s2022", until=value("2020/2022", "s2022:L1#x")),
    )
    glance = page(context(*papers)).glance
    assert _noted(glance) == "Within its term: Next paper (2025–26) and Later paper (2025–28)"
    assert not [row for row in glance.due if row.id in ("later", "next")]
    assert "Further entries in the full briefing: 1." in glance.left_out  # the one that is over


def test_past_summits_without_a_recorded_outcome_are_in_one_line_the_latest_first() -> None:
    found = context(
        summit("first", "2023", "s2022", cite="s2022:L1#x", text="First summit"),
        summit("second", "2024", "s2022", cite="s2022:L1#x", text="Second summit"),
        summit("held", "2024", "s2022", cite="s2022:L1#x", text="Held summit", held=True),
    )
    assert _noted(page(found).glance) == "Not recorded whether held: Second summit (2024) and First summit (2023)"
    assert [mark.source for mark in page(found).glance.noted[0].marks] == ["s2022"]
    assert "s2022" in [source.id for source in page(found).glance.sources]
    assert _noted(page(context()).glance) == ""


def test_of_many_past_summits_without_a_recorded_outcome_the_latest_are_named_and_all_counted() -> None:
    years = range(2015, 2025)
    held = [summit(f"s-{each}", str(each), f"s{each - 1}", cite=f"s{each - 1}:L1#x", text="Summit") for each in years]
    glance = page(context(*held)).glance
    latest = "Summit (2024), Summit (2023), Summit (2022) and Summit (2021)"
    assert _noted(glance) == f"Not recorded whether held: {latest}\u00a0· 4\u00a0of\u00a010\u00a0shown"
    assert [mark.source for mark in glance.noted[0].marks] == ["s2020", "s2021", "s2022", "s2023"]


# -- whose side comes first


def test_the_reader_setting_puts_a_side_first_and_without_it_the_side_whose_language_it_is() -> None:
    def sides(code: str, reader: Mapping[str, str]) -> list[str]:
        look = replace(shipped_look(), reader=reader)
        shown = localise(briefing(DAY), None, languages(), code, INFO, look=look)
        return [each.party for each in shown.glance.asks][:2]

    assert sides("en", {}) == ["Viet\u00a0Nam", "Republic\u00a0of\u00a0Korea"]
    assert sides("en", {"en": "KR"}) == ["Republic\u00a0of\u00a0Korea", "Viet\u00a0Nam"]
    assert sides("ko", {}) == ["한국", "베트남"]
    assert sides("ko", {"ko": "VN"}) == ["베트남", "한국"]
    assert sides("ko", {"vi": "KR", "ko": "XX"}) == ["한국", "베트남"]


def test_a_country_comes_first_in_its_language_unless_another_one_is_named() -> None:
    parties = {"NL": Party(name="Northland"), "KR": Party(name="Korea"), "VN": Party(name="Viet Nam")}
    partnership = Partnership(id="x", name="X", parties=(*parties,))
    found = context(said_on("x", "s2025"), parties=parties, partnership=partnership)
    assert {code: replace(found, language=languages()[code]).parties[0] for code in ("en", "ko", "vi")} == {
        "en": "NL",
        "ko": "KR",
        "vi": "VN",
    }


# -- limits, figures, what is left out


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        (
            "en",
            (
                "Newest source: 20 April 2026 (7 months old)",
                "facts to re-check before use",
                "Sources, press included: Viet Nam 20, Republic of Korea 10 (up to January 2026), joint and other 1",
                "officeholders as last named, to be checked",
            ),
        ),
        ("vi", ("(cách đây 7 tháng)", "", "Việt Nam 20", "chức vụ theo lần nêu gần nhất")),
        ("ko", ("7개월", "", "한국 10", "회담 전 확인 필요")),
    ],
)
def test_the_line_of_limits_names_the_newest_source_its_age_the_stale_and_the_accounts(
    code: str, limits: tuple[str, ...]
) -> None:
    shown = shipped_page(DAY, code).masthead.limits
    assert len(shown) == 4
    for line, part in zip(shown, limits, strict=True):
        assert part in line.replace("\u00a0", " ")
    known = briefing(DAY)
    assert str(len(known.past_review)) in shown[1]
    assert str(len(known.ageing)) in shown[1]


def test_a_source_younger_than_a_month_has_no_age_and_nothing_known_has_no_limits() -> None:
    assert (
        page(context(said_on("x", "s2025"), day=date(2025, 6, 9))).masthead.limits[0]
        == "Newest source: 10\u00a0May 2025"
    )
    assert page(context(said_on("x", "s2025"), day=date(2025, 6, 10))).masthead.limits[0].endswith("(1\u00a0month old)")
    assert page(context(day=date(2013, 1, 1))).masthead.limits == ()


def test_where_no_fact_can_go_out_of_date_none_is_counted() -> None:
    position = replace(said_on("x", "s2025"), act=Act.STATED)
    for fact, number in ((said_on("x", "s2025"), 3), (position, 2)):
        assert len(page(context(fact)).masthead.limits) == number


def test_sources_that_are_no_partys_account_are_counted_as_others() -> None:
    facts = (said_on("x", "s2025"), said_on("y", "s2024"), said_on("z", "s2023"))
    found = context(*facts, accounts={"s2025": "SL"})
    assert page(found).masthead.limits[-1] == "Sources, press included: SL 1, joint and other 2 (up to May 2024)"


def test_a_side_whose_newest_source_is_of_the_month_of_the_newest_of_all_is_not_dated() -> None:
    facts = (said_on("x", "s2025"), said_on("y", "s2024"), said_on("z", "s2023"))
    for accounts, sides in (
        ({"s2025": "SL", "s2024": "SL", "s2023": "NL"}, "NL 1 (up to May 2023), SL 2"),
        ({"s2025": "SL", "s2024": "NL", "s2023": "NL"}, "NL 2 (up to May 2024), SL 1"),
        ({"s2025": "SL", "s2024": "SL", "s2023": "SL"}, "SL 3"),
    ):
        assert page(context(*facts, accounts=accounts)).masthead.limits[-1] == f"Sources, press included: {sides}"


@pytest.mark.parametrize(
    ("when", "periods"),
    [("2030", ("2030", "2030", "2030년")), ("2025-08", ("August 2025", "8/2025", "2025.\u00a08."))],
)
def test_the_period_of_a_tile_has_no_preposition(when: str, periods: tuple[str, ...]) -> None:
    by = {"value": value("5 billion USD", "s2025:L1#x"), "by": value(when, "s2025:L1#y")}
    found = context(said_on("goal", "s2025", values=by, tile=Tile(label="Goal", value="value", rank=1, period="by")))
    for code, period in zip(("en", "vi", "ko"), periods, strict=True):
        (tile,) = page(replace(found, language=languages()[code])).glance.figures
        assert tile.period == period


@pytest.mark.parametrize(("code", "month"), [("en", "May 2025"), ("vi", "5/2025"), ("ko", "2025.\u00a05.")])
def test_a_tile_without_a_period_names_the_month_in_which_it_was_said(code: str, month: str) -> None:
    """The days of the occasion would read as the days of the count."""
    shown = {"value": value("5 documents", "s2025:L1#x")}
    found = context(said_on("count", "s2025", values=shown, tile=Tile(label="Count", value="value", rank=1)))
    (tile,) = page(replace(found, language=languages()[code])).glance.figures
    assert tile.period == month


@pytest.mark.parametrize(("code", "lines"), [("en", "L1, L9"), ("vi", "dòng 1, dòng 9"), ("ko", "1행, 9행")])
def test_the_lines_of_a_mark_are_named_in_the_language_of_the_page(code: str, lines: str) -> None:
    found = replace(context(said_on("x", "s2025")), language=languages()[code])
    (mark,) = found.marks((Cite("s2025", 9), Cite("s2025", 1)))
    assert (mark.lines, mark.anchor) == (lines, "L1")


def test_a_tile_cites_who_said_the_same_before_as_its_row_does() -> None:
    tile = Tile(label="Goal", value="value", rank=1)
    found = context(
        said_on("first", "s2022", by=("SL", "NL"), act=Act.AIMED),
        said_on(
            "again",
            "s2025",
            by=("SL", "NL"),
            act=Act.AIMED,
            repeats=("first",),
            values={"value": value("300 people", "s2025:L1#n")},
            tile=tile,
        ),
    )
    (shown,) = page(found).glance.figures
    assert [mark.source for mark in shown.marks] == ["s2022", "s2025"]


def test_a_tile_of_the_latest_value_cites_its_own_source_alone() -> None:
    seen = tuple(Observation(value=value(f"{year} people", f"s{year}:L1#n"), period=value(year)) for year in YEARS_SEEN)
    cites, tile = tuple(Cite(f"s{year}", 1) for year in YEARS_SEEN), Tile(label="Visitors", value="value", rank=1)
    headline = Headline(id="h", role=Role.MESSAGE, text="There were {people.value}", facts=("people",), rank=1)
    found = page(context(figure("people", observations=seen, cites=cites, tile=tile), headlines=(headline,)))
    (shown,), (message,) = found.glance.figures, found.messages
    assert [mark.source for mark in shown.marks] == [mark.source for mark in message.marks] == ["s2025"]


def test_a_tile_has_the_year_before_where_another_side_has_a_figure_of_it_and_the_own_side_comes_first() -> None:
    tile = Tile(label="Visitors", value="value", period="period", rank=1)

    def seen(id: str, by: str, **amounts: int) -> Figure:
        observed = (
            Observation(value=value(f"{amount} people", "s2025:L1#n"), period=value(year[1:], "s2025:L1#p"))
            for year, amount in amounts.items()
        )
        said: dict[str, Any] = {"by": (by,), "cites": (Cite("s2025", 1),), "name": "Visitors", "tile": tile}
        return figure(id, observations=tuple(observed), **said)

    own, theirs = seen("own", "SL", _2022=200, _2024=300, _2025=400), seen("theirs", "NL", _2024=350)
    for reader, order in (("SL", ["own", "theirs"]), ("NL", ["theirs", "own"])):
        shown = key_figures(replace(context(own, theirs), reader=reader))
        assert [each.id for each in shown] == order
        before = {each.id: [(seen.period, str(seen.value)) for seen in each.before] for each in shown}
        assert before == {"own": [("2024", "300")], "theirs": []}
    (alone,) = key_figures(context(own))
    assert alone.before == ()


def test_whose_figure_it_is_stands_in_a_line_of_its_own_after_the_period() -> None:
    for label, parts in (("Visitors (SL's count)", ("Visitors", "(SL's count)")), ("Visitors", ("Visitors", ""))):
        observed = Observation(value=value("7 people", "s2025:L1#n"), period=value("2024", "s2025:L1#p"))
        tile = Tile(label=label, value="value", period="period", rank=1)
        (shown,) = key_figures(context(figure("own", observations=(observed,), cites=(Cite("s2025", 1),), tile=tile)))
        assert (shown.label, shown.whose) == parts


def test_figures_are_in_the_order_of_the_curator() -> None:
    seen = [
        figure(id, tile=Tile(label=id, value="value", rank=rank), cites=(Cite("s2025", 1),))
        for id, rank in (("b", 2), ("a", 1), ("c", 3))
    ]
    moved = [
        replace(
            each, observations=tuple(replace(o, value=value("7 billion USD", "s2025:L1#x")) for o in each.observations)
        )
        for each in seen
    ]
    assert [tile.id for tile in page(context(*moved)).glance.figures] == ["a", "b", "c"]


@pytest.mark.parametrize("day", [EARLY, PERHAPS, DAY], ids=str)
@pytest.mark.parametrize("counts", [{}, dict.fromkeys(ZONES, 1), {"asks": 2, "due": 1}, {STRIP: 0}], ids=str)
def test_what_is_left_out_is_the_true_number_of_what_the_page_does_not_show(
    day: date, counts: Mapping[str, int]
) -> None:
    shown = localise(briefing(day), None, languages(), "en", INFO, plain_look(), Rows(counts=counts)).glance
    on_it = {item.id for item in _items(shown)}
    on_it |= {reply.id for side in shown.asks for row in side.rows for reply in row.replies} | {*shown.noted_ids}
    met = Context(briefing=briefing(day), language=languages()["en"]).last_meeting
    on_it |= {met.fact.id} if met else set()
    corrected = {
        id
        for id, item in briefing(day).items.items()
        if item.fact.superseded and item.superseded_by and item.fact.superseded.reason is Reason.CORRECTED
    }
    left = [briefing(day).items[id].fact for id in briefing(day).items.keys() - corrected - on_it]
    polite = sum(isinstance(fact, Statement) and fact.courtesy for fact in left)
    occasions = shipped_page(day, "en").earlier
    on_web = {id for each in occasions for id in (each.ids if each.years_before >= EARLIER_YEARS else each.repeated)}
    old = len(on_web & {fact.id for fact in left})
    counted = {"older or repeated statements": old, "courtesies": polite}
    rest = ", ".join(f"{what} {number}" for what, number in counted.items() if number)
    besides = f" On the web alone: {rest}." if rest else ""
    assert shown.left_out == f"Further entries in the full briefing: {len(left) - polite - old}.{besides}"


def test_a_key_figure_of_what_is_only_announced_has_not_the_month_of_an_occasion_that_no_source_tells_yet() -> None:
    guests = {"guests": value("50 people", "s2023:L1#x")}
    tile, cites = Tile(label="Guests", value="guests", rank=1), (Cite("s2023", 1), Cite("s2025", 1))
    talks = meeting("talks", "s2025", held=True, cites=cites, values=guests, tile=tile)
    shown = [page(context(talks, day=day)).glance.figures[0].period for day in (date(2024, 1, 1), date(2026, 1, 1))]
    assert shown == ["", "May 2025"]


def test_no_courtesies_are_not_counted() -> None:
    facts = [said_on(f"ask-{number}", "s2025") for number in range(2)]
    shown = page(context(*facts), Rows(counts={"asks": 1})).glance
    assert shown.left_out == "Further entries in the full briefing: 1."
    thanks = said_on("thanks", "s2025", act=Act.STATED, courtesy=True)
    assert page(context(thanks)).glance.left_out == "On the web alone: courtesies 1."


def _items(shown: Glance) -> Iterator[Item]:
    yield from (*shown.outcomes, *shown.since, *shown.visit)
    yield from (row for each in shown.asks for row in (*each.officeholders, *each.rows))
    yield from shown.due
    yield from (replace(_empty(), id=id) for tile in shown.figures for id in (tile.id, *tile.under))


def _empty() -> Item:
    return Item(id="", text=shipped_page(DAY, "en").glance.due[0].text, marks=())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", [EARLY, PERHAPS, DAY], ids=str)
@pytest.mark.parametrize("counts", [{}, dict.fromkeys(ZONES, 1), {**dict.fromkeys(ZONES, 1), STRIP: 0}], ids=str)
def test_the_sources_named_are_those_whose_marks_are_on_the_page(
    code: str, day: date, counts: Mapping[str, int]
) -> None:
    shown = localise(briefing(day), None, languages(), code, INFO, plain_look(), Rows(counts=counts))
    on_it = (shown.bottom_line, shown.messages, replace(shown.glance, sources=(), changes=_silent(shown)))
    marks = {part.number for part in within(on_it) if isinstance(part, Mark)}
    assert {source.number for source in shown.glance.sources} == marks


def _silent(shown: Page) -> News:
    return replace(shown.changes, rows=())


def test_a_source_that_is_a_translation_says_so_wherever_it_is_named() -> None:
    found = context(meeting("met", "s2025", leaders=True), said_on("a", "s2025", act=Act.AGREED))
    sources = {**found.book.sources, "s2025": replace(found.book.sources["s2025"], translation=True, excerpt=True)}
    (row,) = page(replace(found, briefing=replace(found.briefing, book=replace(found.book, sources=sources)))).sources
    assert row.describes.endswith("(translation; original not compared) – in part")
    assert row.short.endswith("(translation)")


def test_a_reply_that_is_printed_has_its_source_named() -> None:
    found = context(
        said_on("ferry", "s2024"),
        said_on("yes", "s2025", "NL", act=Act.STATED, answers=("ferry",)),
        said_on("no", "s2023", "NL", act=Act.STATED),
    )
    assert [source.id for source in page(found).glance.sources] == ["s2024", "s2025"]


def test_what_is_only_due_has_its_source_named() -> None:
    pledge = said_on("pledge", "s2024", act=Act.ANNOUNCED, due=value("2027", "s2024:L1#x"))
    found = context(pledge, said_on("view", "s2025", act=Act.STATED))
    assert [source.id for source in page(found).glance.sources] == ["s2024"]


def test_the_sources_of_rows_that_a_workspace_adds_are_named_too() -> None:
    found = context(*(said_on(f"ask-{year}", f"s{year}") for year in range(2018, 2026)))
    shown = page(found, look=replace(shipped_look(), first_page_rows={"asks": 6})).glance
    assert [len(each.rows) for each in shown.asks] == [0, 6]
    assert [source.id for source in shown.sources] == [f"s{year}" for year in range(2020, 2026)]


# -- rows


def test_a_zone_has_as_many_rows_as_it_is_given_of_each_side() -> None:
    facts = [said_on(f"ask-{number}", "s2025") for number in range(9)]
    shown = page(context(*facts), Rows(counts={"asks": 2})).glance.asks
    assert [(each.party, len(each.rows)) for each in shown] == [("NL", 0), ("SL", 2)]
    assert [len(each.rows) for each in page(context(*facts)).glance.asks] == [0, MOST["asks"]]


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_but_the_officeholders_keeps_a_row_and_has_no_more_than_its_most(zone: str) -> None:
    assert (zone != "officeholders") <= FEWEST[zone] <= MOST[zone]


@pytest.mark.parametrize("counts", [{}, {"outcomes": 2, "asks": 3, "due": 2, "figures": 0, "changes": 1}], ids=str)
@pytest.mark.parametrize("day", [EARLY, PERHAPS, DAY], ids=str)
def test_the_rows_are_the_same_in_all_languages(day: date, counts: Mapping[str, int]) -> None:
    """Whichever side comes first: its asks have a column of their own, and its figure stands before another's."""
    found = []
    for code in CODES:
        shown = localise(briefing(day), None, languages(), code, INFO, plain_look(), Rows(counts=counts)).glance
        asks = sorted([row.id for row in each.rows] for each in shown.asks)
        rows = [[row.id for row in zone] for zone in (shown.outcomes, shown.due, shown.sources)]
        found.append((asks, [*rows, sorted(tile.id for tile in shown.figures)]))
    assert found[0][1][0] or day != DAY
    assert all(other == found[0] for other in found)


def test_what_is_left_over_is_given_to_each_language_by_itself() -> None:
    rows = Rows(stretch={"en": "3.00px"})
    assert [
        localise(briefing(DAY), None, languages(), code, INFO, plain_look(), rows).glance.stretch
        for code in ("en", "ko")
    ] == [
        "3.00px",
        "0mm",
    ]


def test_a_label_whose_translation_is_empty_or_a_guess_is_none_of_the_page() -> None:
    """It was printed in English, in a build with --strict too."""
    korean = languages()["ko"]
    entry = korean.labels["Sources"]
    for undone in (replace(entry, text=""), replace(entry, fuzzy=True)):
        changed = {**languages(), "ko": replace(korean, labels={**korean.labels, "Sources": undone})}
        made = localise(context().briefing, None, changed, "ko", INFO, plain_look())
        assert "Sources" not in made.labels
        assert "Timeline" in made.labels


def test_a_figure_stands_under_a_tile_of_its_own_period() -> None:
    def seen(id: str, year: str, tile: Tile) -> Figure:
        observed = Observation(value=value("7 people", "s2025:L1#n"), period=value(year, "s2025:L1#p"))
        return figure(id, observations=(observed,), cites=(Cite("s2025", 1),), tile=tile)

    above = seen("above", "2024", Tile(label="Visitors", value="value", period="period", rank=1))
    for year, ids in (("2024", ("below",)), ("2023", ())):
        below = seen(
            "below", year, Tile(label="Of these by ship", value="value", period="period", rank=1, under="above")
        )
        shown = page(context(above, below)).glance
        assert [(tile.id, tile.under) for tile in shown.figures] == [("above", ids)]
        assert [(each.period, str(each.value)) for each in shown.figures[0].before] == [
            ("Of these by ship", "7") for _ in ids
        ]


def test_a_figure_under_a_tile_has_its_year_where_one_of_another_year_stands_beside_it() -> None:
    def seen(id: str, side: str, *years: str, under: str = "", name: str = "") -> Figure:
        tile = Tile(label=id, value="value", period="period", rank=1, under=under or None)
        counted = {year: value("7 people", f"s2025:L1#n{year}") for year in years}
        observed = tuple(Observation(value=each, period=value(year, "s2025:L1#p")) for year, each in counted.items())
        return figure(id, observations=observed, cites=(Cite("s2025", 1),), by=(side,), tile=tile, name=name)

    below, theirs = seen("Ferries", "SL", "2024", under="Visitors"), seen("Guests", "NL", "2023", name="visitors")
    for years, told in ((("2024",), ["Ferries"]), (("2023", "2024"), ["2023", "Ferries 2024"])):
        shown = page(context(seen("Visitors", "SL", *years, name="visitors"), below, theirs)).glance.figures
        assert [each.period for tile in shown if tile.id == "Visitors" for each in tile.before] == told


def test_who_serves_stands_over_what_the_side_asks_with_the_newest_source() -> None:
    def named(id: str, *sources: str, **other: Any) -> Office:
        held = {"holder": value("@ada", f"{sources[0]}:L1#x"), "party": value("@SL", f"{sources[0]}:L1#x")}
        return office(id, *sources, **{**held, "cites": tuple(Cite(each, 1) for each in sources), **other})

    facts = (
        named("second", "s2025", text="Deputy", rank=2),
        named("first", "s2023", "s2025", text="Minister", rank=1),
        named("former", "s2022", text="Envoy", superseded=Superseded(by="second", reason=Reason.REPLACED)),
    )
    found = context(*facts, people={"ada": Person(name="Ada Holm", party="SL")})
    shown = {side.party: side.officeholders for side in page(found).glance.asks}
    assert [str(each.text).replace("\u00a0", " ") for each in shown["SL"]] == [
        "Ada Holm, Minister (May 2025)",
        "Ada Holm, Deputy (May 2025)",
    ]
    assert [[mark.source for mark in each.marks] for each in shown["SL"]] == [["s2025"], ["s2025"]]
    assert shown["NL"] == ()


def test_of_those_who_serve_who_was_named_last_comes_first() -> None:
    held = {"holder": value("@ada", "s2024:L1#x"), "party": value("@SL", "s2024:L1#x")}
    first = office("first", "s2024", **{**held, "cites": (Cite("s2024", 1),), "text": "Prime Minister", "rank": 1})
    third = office("third", "s2025", **{**held, "cites": (Cite("s2025", 1),), "text": "Minister", "rank": 3})
    found = context(first, third, people={"ada": Person(name="Ada Holm", party="SL")})
    (shown,) = (side.officeholders for side in page(found).glance.asks if side.officeholders)
    assert [each.id for each in shown] == ["third", "first"]
