"""Statements as rows, and which of them are in the table of a field, in the follow-up, or in the annex."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from assess.books import document, mechanism, meeting, office, said_on, statement, summit, value
from conftest import shipped_look
from shipped.pages import briefing, languages, workspace
from shipped.pages import page as shipped_page

from briefgen.assess import assess
from briefgen.localise import records
from briefgen.localise.back_matter import overview, timeline
from briefgen.localise.context import Context
from briefgen.localise.records import courtesies, last_talks, left_over
from briefgen.localise.statements import (
    ASKS,
    UNDERTAKINGS,
    asking_sides,
    asks_of,
    due_by,
    fields,
    follow_up,
    row,
    statements,
    unreported,
)
from briefgen.model.book import Partnership, Party, Person
from briefgen.model.briefing import Status
from briefgen.model.dates import parse_date
from briefgen.model.facts import Act, AnyFact, Delivery, Outcome, Reason, Superseded, Target
from briefgen.model.look import TALKS
from briefgen.model.quantities import Cite, EventRef
from briefgen.model.views import OccasionRow, StatementRow

from .small import DAY, context, ids, page

CODES = workspace().settings.languages
DAYS = (date(2022, 3, 1), date(2024, 7, 1), date(2026, 11, 21))
TALKS_2025 = meeting("talks-2025", "s2025", leaders=True)


def earlier(found: Context, elsewhere: frozenset[str]) -> tuple[OccasionRow, ...]:
    """What the annex has of what is not elsewhere."""
    return records.earlier(found, left_over(found, elsewhere))


def _row(found: Context, id: str) -> StatementRow:
    return row(found, found.briefing.items[id])


def _field(*facts: AnyFact, **other: Any) -> list[str]:
    """The field's rows, where the leaders met last in 2025."""
    found = fields(context(TALKS_2025, *facts, **other), frozenset())
    assert len(found) <= 1
    return [each.id for field in found for each in field.rows]


# -- repeats, answers, what a row says


def test_a_row_is_worded_once_and_anew_for_whoever_asks_of_another_context_or_status() -> None:
    found, other = (context(said_on("a", "s2025"), said_on("b", "s2025")) for _ in range(2))
    assert _row(found, "a") is _row(found, "a")
    assert _row(found, "a") is not _row(other, "a")
    assert row(found, found.briefing.items["a"], brief=True) is not _row(found, "a")
    fulfilled = replace(found.briefing.items["a"], status=Status.FULFILLED)
    assert row(found, fulfilled).status != _row(found, "a").status


def test_years_of_what_was_said_before_are_gathered_over_all_repeats_the_earliest_first() -> None:
    found = context(
        said_on("a", "s2021"),
        said_on("b", "s2022", repeats=("a",)),
        said_on("c", "s2023"),
        said_on("d", "s2025", repeats=("b", "c")),
    )
    assert [_row(found, id).also for id in "abcd"] == ["", "similarly 2021", "", "similarly 2021, 2022, 2023"]


def test_whoever_said_it_before_is_named_unless_it_is_the_same_and_in_its_own_year_the_month() -> None:
    found = context(
        said_on("a", "s2021", speaker="ada"),
        said_on("b", "s2022", speaker="bo"),
        said_on("c", "s2023"),
        said_on("d", "s2023-late", speaker="ada", repeats=("a", "b", "c")),
        people={"ada": Person(name="Ada Holm", party="SL"), "bo": Person(name="Bo Lind", party="SL")},
    )
    said = _row(found, "d").also.replace("\u00a0", " ")
    assert said == "similarly 2021 · similarly 2022 (Bo Lind) · similarly May 2023 (SL)"


def test_who_told_the_same_before_is_named_where_it_was_another() -> None:
    facts = (
        said_on("a", "s2022", "NL", "SL", act=Act.AGREED),
        said_on("b", "s2023", "NL", "SL", act=Act.AGREED, repeats=("a",)),
    )
    for other, also in (("SL", "similarly 2022 (as told by SL)"), ("NL", "similarly 2022")):
        found = context(*facts, accounts={"s2022": other, "s2023": "NL"})
        assert (_row(found, "b").account, _row(found, "b").also) == ("as told by NL", also)


def test_what_was_another_act_before_is_named_as_that() -> None:
    found = context(
        said_on("a", "s2022", "NL", "SL", act=Act.AIMED),
        said_on("b", "s2023", "NL", "SL", act=Act.AGREED),
        said_on("c", "s2024", "NL", "SL", act=Act.AGREED, repeats=("a", "b")),
    )
    assert _row(found, "c").also.replace("\u00a0", " ") == "similarly 2022 (Aim) · similarly 2023 (Agreed)"


@pytest.mark.parametrize(
    ("of_2025", "also"), [("NL", "similarly 2022 (as told by each side)"), ("", "similarly 2022 (as told by SL)")]
)
def test_of_a_year_of_which_both_tell_it_says_so_and_of_no_other(of_2025: str, also: str) -> None:
    agreed: dict[str, Any] = {"act": Act.AGREED, "by": ("NL", "SL")}
    facts = (
        said_on("one", "s2022", **agreed),
        said_on("two", "s2023", **agreed, on=EventRef("s2022", "talks")),
        said_on("now", "s2025", **agreed, repeats=("one", "two")),
    )
    found = context(*facts, accounts={"s2022": of_2025, "s2023": "SL", "s2025": of_2025})
    assert _row(found, "now").also == also


def test_an_interview_says_so_beside_the_account() -> None:
    found = context(said_on("a", "s2022", "NL", "SL", act=Act.AGREED), accounts={"s2022": "NL"})
    assert _row(found, "a").account == "as told by NL"
    sources = {id: replace(source, interview=True) for id, source in found.book.sources.items()}
    spoken = assess(replace(found.book, sources=sources), DAY)
    assert _row(replace(found, briefing=spoken), "a").account == "as told by NL, in an interview"


def test_a_year_is_named_once_and_what_repeats_itself_in_a_circle_comes_to_an_end() -> None:
    found = context(
        said_on("a", "s2021", repeats=("c",)),
        said_on("b", "s2021", repeats=("a",)),
        said_on("c", "s2022", repeats=("b",)),
    )
    assert _row(found, "c").also == "similarly 2021"


def test_only_what_is_known_on_the_day_was_said_before() -> None:
    facts = (said_on("c", "s2023", repeats=("a", "b")), said_on("a", "s2021"), said_on("b", "s2025"))
    assert _row(context(*facts, day=date(2024, 1, 1)), "c").also == "similarly 2021"


WRONG = Superseded(by="right", reason=Reason.CORRECTED)


def test_what_was_corrected_away_was_not_said_before_nor_is_it_a_deadline_that_passed() -> None:
    wrong = said_on("wrong", "s2023", due=value("2024", "s2023:L1#x"), superseded=WRONG)
    found = context(wrong, said_on("again", "s2025", repeats=("wrong",)), statement("right", "s2023", act=Act.STATED))
    assert _row(found, "again").also == ""
    assert unreported(found) == ((), "")


def test_a_title_that_was_corrected_away_is_nobodys() -> None:
    wrong = office("wrong", "s2024", text="Deputy minister", holder=HOLDER, party=SIDE, superseded=WRONG)
    right = office("right", "s2024", text="Minister", holder=HOLDER, party=SIDE)
    assert _row(context(wrong, right, said_on("a", "s2024", speaker="ada")), "a").speaker.endswith("Holm, Minister")


HOLDER, SIDE = value("@ada", "s2024:L1#x"), value("@SL", "s2024:L1#x")


def test_a_source_that_only_reports_what_became_of_a_statement_is_marked_beside_it_and_listed() -> None:
    done = Outcome(status=Delivery.FULFILLED, cites=(Cite("s2024", 3),))
    found = context(said_on("ferry", "s2023", outcome=done))
    assert [(mark.source, mark.lines) for mark in _row(found, "ferry").marks] == [("s2023", "L1"), ("s2024", "L3")]
    assert [(source.id, source.facts) for source in page(found).sources] == [("s2023", "1"), ("s2024", "1")]


def test_an_ask_and_those_that_repeat_it_are_one_row_of_the_first_page() -> None:
    chain = (said_on("a", "s2021"), said_on("b", "s2022", repeats=("a",)), said_on("c", "s2025", repeats=("b",)))
    for day, shown in ((date(2022, 1, 1), ["a"]), (date(2023, 1, 1), ["b"]), (date(2026, 1, 1), ["c"])):
        assert [item.fact.id for item in asks_of(context(*chain, day=day), ("SL",))] == shown


def test_a_row_has_the_answers_that_the_sources_carry() -> None:
    found = context(
        said_on("ferry", "s2024"),
        said_on("yes", "s2025", "NL", act=Act.ANNOUNCED, answers=("ferry",), text="Study the ferry"),
    )
    (reply,) = _row(found, "ferry").replies
    assert (reply.id, reply.by, reply.text) == ("yes", "NL (Pledged, May 2025)", "Study the ferry")
    assert [mark.source for mark in reply.marks] == ["s2025"]
    assert _row(found, "yes").replies == ()


def test_what_answered_an_ask_when_it_was_said_before_is_there_as_such_while_nothing_answers_it_itself() -> None:
    facts = (
        said_on("ferry", "s2021"),
        said_on("then", "s2022", repeats=("ferry",)),
        said_on("again", "s2024", repeats=("then",)),
        said_on("first", "s2022", "NL", act=Act.STATED, answers=("ferry",)),
        said_on("second", "s2023", "NL", act=Act.STATED, answers=("then",)),
        said_on("third", "s2025", "NL", act=Act.STATED, answers=("again",)),
    )

    def replies(day: date, id: str) -> list[tuple[str, str]]:
        return [(reply.head, reply.id) for reply in _row(context(*facts, day=day), id).replies]

    before = date(2025, 1, 1)
    assert replies(before, "again") == [("Before that", "second")]
    assert replies(before, "then") == [("Since then", "second")]
    assert replies(DAY, "again") == [("Since then", "third")]
    assert replies(DAY, "ferry") == [("Since then", "first")]


def test_a_reply_is_what_was_said_on_the_day_of_the_ask() -> None:
    found = context(
        said_on("ferry", "s2021"),
        said_on("again", "s2024", repeats=("ferry",)),
        said_on("yes", "s2021", "NL", act=Act.STATED, answers=("ferry",)),
    )
    assert [reply.head for reply in _row(found, "ferry").replies] == ["Reply"]
    assert [reply.head for reply in _row(found, "again").replies] == ["Earlier reply"]


def test_of_what_was_asked_and_agreed_on_one_visit_nobody_knows_which_came_first() -> None:
    found = context(
        said_on("ferry", "s2021"),
        said_on("plan", "s2021", "NL", "SL", act=Act.AGREED, answers=("ferry",)),
        said_on("later", "s2022", "NL", "SL", act=Act.AGREED, answers=("ferry",)),
    )
    heads = [(reply.id, reply.head) for reply in _row(found, "ferry").replies]
    assert heads == [("plan", "On the same occasion"), ("later", "Since then")]


def test_what_all_parties_said_after_the_same_was_asked_before_is_no_reply_to_what_is_asked_now() -> None:
    found = context(
        said_on("ferry", "s2021"),
        said_on("again", "s2024", repeats=("ferry",)),
        said_on("plan", "s2022", "NL", "SL", act=Act.PLANNED, answers=("ferry",)),
    )
    assert [reply.head for reply in _row(found, "again").replies] == ["Before that"]
    assert [reply.head for reply in _row(found, "ferry").replies] == ["Since then"]


def test_what_answered_an_ask_before_stands_beside_mere_thanks() -> None:
    found = context(
        said_on("ferry", "s2021"),
        said_on("again", "s2024", repeats=("ferry",)),
        said_on("praise", "s2021", "NL", act=Act.STATED, answers=("ferry",), courtesy=True),
        said_on("yes", "s2021", "NL", act=Act.STATED, answers=("ferry",)),
        said_on("thanks", "s2024", "NL", act=Act.STATED, answers=("again",), courtesy=True),
    )
    replies = [(reply.head, reply.id) for reply in _row(found, "again").replies]
    assert replies == [("Reply", "thanks"), ("Earlier reply", "yes")]


def test_what_all_parties_said_together_nobody_answers() -> None:
    answer = said_on("yes", "s2025", "NL", act=Act.STATED, answers=("ask",))
    assert _row(context(said_on("ask", "s2024", "NL", "SL"), answer), "ask").replies == ()
    assert [reply.id for reply in _row(context(said_on("ask", "s2024", "SL"), answer), "ask").replies] == ["yes"]


def test_what_a_source_says_of_a_replaced_statement_is_its_status_and_its_lateness_stands_with_the_successor() -> None:
    def shown(status: Delivery | None) -> tuple[str, str]:
        old = said_on(
            "old",
            "s2022",
            due=value("2024", "s2022:L1#x"),
            outcome=Outcome(status=status, cites=(Cite("s2023", 1),)) if status else None,
            superseded=Superseded(by="new", reason=Reason.REPLACED),
        )
        seen = _row(context(old, said_on("new", "s2025", text="Further")), "old")
        return seen.status.code if seen.status else "", seen.later

    assert shown(Delivery.PARTLY) == ("partly-fulfilled", "later: Further")
    assert shown(Delivery.FULFILLED) == ("fulfilled", "")
    assert shown(None) == ("superseded", "Deadline passed – outcome not reported; later: Further")
    assert shown(Delivery.NOT_MET) == ("superseded", "Not met; later: Further")


def test_a_courtesy_is_an_answer_only_where_there_is_no_other_on_its_day_or_before() -> None:
    ask = said_on("ferry", "s2022")
    thanks = said_on("thanks", "s2025", "NL", act=Act.STATED, answers=("ferry",), courtesy=True)
    answer = said_on("yes", "s2024", "NL", act=Act.STATED, answers=("ferry",))
    assert [reply.id for reply in _row(context(ask, thanks), "ferry").replies] == ["thanks"]
    assert [reply.id for reply in _row(context(ask, thanks, answer), "ferry").replies] == ["yes"]
    at_once = said_on("welcome", "s2022", "NL", act=Act.STATED, answers=("ferry",), courtesy=True)
    assert [reply.id for reply in _row(context(ask, at_once, answer), "ferry").replies] == ["welcome", "yes"]


def test_a_reply_that_several_statements_of_an_occasion_have_is_worded_once() -> None:
    found = context(
        said_on("a", "s2022"),
        said_on("b", "s2022"),
        said_on("yes", "s2023", "NL", act=Act.STATED, answers=("a", "b"), text="Yes"),
    )
    rows = [each for occasion in earlier(found, frozenset({"yes"})) for group in occasion.groups for each in group.rows]
    assert [[(reply.by, reply.text, len(reply.marks)) for reply in each.replies] for each in rows] == [
        [("NL (May 2023)", "Yes", 1)],
        [("NL (May 2023)", "as above", 0)],
    ]


def test_a_reply_is_worded_again_where_another_statement_stands_between() -> None:
    answer = said_on("yes", "s2023", "NL", act=Act.STATED, answers=("a", "c"), text="Yes")
    found = context(*(said_on(id, "s2022", rank=rank) for rank, id in enumerate("abc", 1)), answer)
    rows = [each for occasion in earlier(found, frozenset({"yes"})) for group in occasion.groups for each in group.rows]
    assert [[reply.text for reply in each.replies] for each in rows] == [["Yes"], [], ["Yes"]]


def test_the_speaker_of_a_whole_group_is_named_in_its_heading() -> None:
    def spoken(*speakers: str) -> list[tuple[str, list[str]]]:
        facts = [said_on(f"x{number}", "s2025", speaker=speaker) for number, speaker in enumerate(speakers)]
        found = earlier(context(*facts), frozenset())[0].groups
        return [(group.speaker, [each.speaker for each in group.rows]) for group in found]

    assert spoken("ada", "ada") == [("Ada\u00a0Holm", ["", ""])]
    assert spoken("ada", "") == [("", ["Ada\u00a0Holm", ""])]


@pytest.mark.parametrize(
    ("fact", "status"),
    [
        (said_on("x", "s2025"), None),
        (said_on("x", "s2025", act=Act.STATED), None),
        (said_on("x", "s2025", due=value("2027", "s2025:L1#x")), "open"),
        (said_on("x", "s2022", due=value("2024", "s2022:L1#x")), "deadline-passed"),
        (
            said_on("x", "s2022", outcome=Outcome(status=Delivery.PARTLY, cites=(Cite("s2023", 1),))),
            "partly-fulfilled",
        ),
    ],
)
def test_a_mark_stands_only_for_what_departs_from_the_rule_that_is_said_once(fact: AnyFact, status: str | None) -> None:
    shown = _row(context(fact), "x").status
    assert (shown.code if shown else None) == status


@pytest.mark.parametrize(
    ("act", "held", "label"),
    [
        (Act.ANNOUNCED, None, "Deadline passed – outcome not reported"),
        (Act.PLANNED, None, "Date passed – outcome not reported"),
        (Act.HOPED, None, "Date passed – outcome not reported"),
        (Act.INVITED, None, "Date passed – outcome not reported"),
        (Act.PLANNED, False, "Date passed – outcome not reported"),
        (Act.PLANNED, True, "Summit held – not reported whether done"),
        (Act.REQUESTED, True, "Summit held – not reported whether done"),
    ],
)
def test_a_plan_is_past_its_date_and_what_was_said_for_a_summit_that_was_held_lacks_a_result(
    act: Act, held: bool | None, label: str
) -> None:
    there = summit("s7-2024", "2024", "s2023", cite="s2023:L1#x", held=bool(held))
    due = {"due": value("2024", "s2022:L1#x")} if held is None else {"summit": "s7-2024"}
    shown = _row(context(said_on("x", "s2023", act=act, **due), there), "x").status
    assert shown is not None
    code = "outcome-not-recorded" if label.startswith("Summit held") else "deadline-passed"
    assert (shown.code, shown.label) == (code, label)


def test_what_was_told_again_is_one_row_though_the_day_of_the_first_has_passed() -> None:
    first = said_on("first", "s2023", act=Act.REQUESTED, due=value("2024", "s2023:L1#x"))
    again = said_on("again", "s2025", act=Act.REQUESTED, repeats=("first",))
    found = page(context(first, again, meeting("talks", "s2025", leaders=True)))
    assert found.unreported[0].id == "first"  # its deadline has passed all the same
    (asks,) = [side.rows for side in found.glance.asks if side.rows]
    assert [row.id for row in asks] == ["again"]
    assert [row.id for field in found.fields for row in field.rows] in ([], ["again"])


def test_an_occasion_of_which_several_sources_tell_has_one_heading_and_no_sides_account_comes_first() -> None:
    found = context(
        said_on("told", "s2023", "SL", "NL"),
        said_on("own", "s2023-late", "SL", "NL"),
        accounts={"s2023": "NL"},
    )
    assert len(earlier(found, frozenset())) == 2
    told = found.book.sources
    same = {**told, "s2023-late": replace(told["s2023-late"], events=told["s2023"].events)}
    found = replace(found, briefing=replace(found.briefing, book=replace(found.book, sources=same)))
    (occasion,) = earlier(found, frozenset())
    assert [(group.title, group.account, [row.id for row in group.rows]) for group in occasion.groups] == [
        ("Both sides", "", ["own"]),
        ("Both sides", "as told by NL", ["told"]),
    ]


def test_a_row_is_due_when_its_summit_is() -> None:
    found = context(
        said_on("ferry", "s2025", summit="s7-2027"), summit("s7-2027", "2027-03", "s2025", cite="s2025:L1#x")
    )
    assert _row(found, "ferry").due == "March 2027"


def test_a_table_gives_the_month_or_what_is_known_of_it() -> None:
    found = context(said_on("a", "s2025"), document("b", "s2025", when=value("2024", "s2025:L1#x")))
    assert [_row(found, id).when for id in "ab"] == ["May 2025", "2024"]


def test_a_plan_is_told_from_a_pledge_and_is_followed_up_like_one() -> None:
    found = context(
        TALKS_2025,
        said_on("plan", "s2025", "NL", "SL", act=Act.PLANNED),
        said_on("pledge", "s2025", "NL", act=Act.ANNOUNCED),
    )
    assert [_row(found, id).act.label for id in ("plan", "pledge")] == ["Planned", "Pledged"]
    assert [_row(found, id).act.code for id in ("plan", "pledge")] == ["planned", "announced"]
    assert ids(follow_up(found)) == {"Both sides": ["plan"], "NL": ["pledge"]}
    assert Act.PLANNED in UNDERTAKINGS
    assert asks_of(found, ("NL", "SL")) == ()


def test_a_paper_that_exists_and_a_channel_that_is_merely_reported_are_named_for_what_they_are() -> None:
    found = context(
        document("signed", "s2025"),
        document("adopted", "s2025", act=Act.AGREED),
        document("planned", "s2025", act=Act.PLANNED),
        document("proposed", "s2025", act=Act.PROPOSED),
        mechanism("exists", "s2025"),
        mechanism("agreed", "s2025", act=Act.AGREED),
    )
    acts = {id: (item.act.code, item.act.label) for id in found.briefing.items for item in [_row(found, id)]}
    assert acts == {
        "signed": ("signed", "Signed"),
        "adopted": ("agreed", "Memorandum"),
        "planned": ("planned", "Planned"),
        "proposed": ("proposed", "Proposed"),
        "exists": ("stated", "Standing channel"),
        "agreed": ("agreed", "Agreed"),
    }


def test_an_instruction_goes_to_ones_own_authorities_and_is_no_ask_of_the_other() -> None:
    found = context(
        said_on("order", "s2025", to=("SL",)),
        said_on("wish", "s2025", to=("NL",)),
        said_on("instruction", "s2025", act=Act.INSTRUCTED),
        said_on("joint", "s2025", "NL", "SL", to=("SL", "NL"), act=Act.INSTRUCTED),
    )
    assert [_row(found, id).to for id in ("order", "joint", "wish")] == [*["its own authorities"] * 2, "NL"]
    assert [item.fact.id for item in asks_of(found, ("SL",))] == ["wish"]


def test_what_was_replaced_says_what_became_of_itself_and_names_its_successor() -> None:
    old = said_on(
        "old", "s2022", due=value("2024", "s2022:L1#x"), superseded=Superseded(by="new", reason=Reason.REPLACED)
    )
    found = context(old, said_on("new", "s2025", text="Raise it further"))
    assert _row(found, "old").later == "Deadline passed – outcome not reported; later: Raise it further"


# -- the fields


def test_what_was_said_since_the_last_meeting_of_leaders_is_in_the_field() -> None:
    shown = _field(said_on("now", "s2025"), said_on("after", "s2026"), said_on("before", "s2024"))
    assert shown == ["now"]
    assert _field(said_on("now", "s2025"), said_on("after", "s2026"), day=date(2027, 1, 1)) == ["after", "now"]


def test_a_side_that_has_said_nothing_since_is_there_with_the_newest_it_said() -> None:
    shown = _field(said_on("now", "s2025"), said_on("own", "s2023", "NL"), said_on("older", "s2022", "NL"))
    assert shown == ["own", "now"]


@pytest.mark.parametrize(("source", "shown"), [("s2022", ["old"]), ("s2021", [])])
def test_what_is_older_than_three_years_before_that_meeting_is_in_the_annex(source: str, shown: list[str]) -> None:
    assert _field(said_on("old", source)) == shown
    found = context(TALKS_2025, said_on("old", source))
    in_annex = [
        each.id for occasion in earlier(found, frozenset(shown)) for group in occasion.groups for each in group.rows
    ]
    assert in_annex == ([] if shown else ["old"])


def test_what_both_sides_agreed_comes_before_what_each_asks_and_holds_and_plans_are_in_the_follow_up() -> None:
    shown = _field(
        said_on("goal", "s2025", act=Act.AIMED),
        said_on("pledge", "s2025", act=Act.ANNOUNCED),
        said_on("plan", "s2025", "NL", "SL", act=Act.PLANNED),
        said_on("both", "s2025", "NL", "SL", act=Act.AGREED),
        said_on("view", "s2025", act=Act.STATED),
        said_on("hope", "s2025", "NL", act=Act.HOPED),
        document("paper", "s2024", when=value("2024", "s2024:L1#x")),
        document("theirs", "s2025", by=("club",)),
        document("theirs, dated", "s2025", by=("club",), when=value("2025", "s2025:L1#x")),
        mechanism("channel", "s2014"),
    )
    assert set(shown[:4]) == {"both", "paper", "channel", "theirs"}
    assert shown[4:] == ["hope", "goal", "view"]


def test_a_main_ask_of_long_ago_stays_in_its_field_unless_page_one_has_it() -> None:
    ranks = {"first": 1, "second": 2, "third": 2, "main": 3, "other": 4}
    asks = [said_on(id, "s2014", rank=rank) for id, rank in ranks.items()]
    assert _field(said_on("new", "s2025"), *asks) == ["new", "main"]


def test_what_was_said_for_a_summit_that_was_held_is_left_to_the_annex() -> None:
    asked = said_on("ask", "s2025", summit="next")
    for held, shown in ((False, ["ask"]), (True, [])):
        found = context(TALKS_2025, summit("next", "2025-05", "s2025", held=held), asked)
        assert [row.id for field in fields(found, frozenset()) for row in field.rows] == shown


def test_a_dated_paper_of_long_ago_is_left_to_the_timeline_and_one_without_a_day_stays() -> None:
    old = document("old", "s2014", when=value("2014", "s2014:L1#x"))
    assert _field(old, document("undated", "s2014")) == ["undated"]
    found = context(TALKS_2025, old)
    assert [event.id for event in timeline(found)] == ["old", "talks-2025"]


def test_a_dated_paper_of_no_party_is_left_to_the_timeline_and_a_channel_of_none_stays() -> None:
    of_none: dict[str, Any] = {"by": (), "on": EventRef("s2025", "talks")}
    paper = document("paper", "s2025", when=value("2025", "s2025:L1#x"), **of_none)
    assert _field(paper, mechanism("channel", "s2025", **of_none)) == ["channel"]
    assert "paper" in [event.id for event in timeline(context(TALKS_2025, paper))]


def test_a_channel_that_was_only_agreed_on_long_ago_is_none_of_a_field_and_one_that_exists_is() -> None:
    then, lately = (
        mechanism(f"a-{each}", each, act=Act.AGREED, on=EventRef(each, "talks")) for each in ("s2014", "s2025")
    )
    assert _field(then, lately, mechanism("exists", "s2014")) == ["a-s2025", "exists"]


def test_within_a_side_whoever_ranks_first_in_protocol_stands_first_though_another_spoke_later() -> None:
    people = {"ada": Person(name="Ada Holm", party="SL"), "bo": Person(name="Bo Lind", party="SL")}
    party = value("@SL", "s2025:L1#x")
    facts = (
        office("minister", "s2025", "s2026", holder=value("@bo", "s2025:L1#x"), party=party, rank=4),
        office("president", "s2025", holder=value("@ada", "s2025:L1#x"), party=party, rank=1),
        said_on("nobody", "s2026"),
        said_on("later", "s2026", speaker="bo"),
        said_on("first", "s2025", speaker="ada"),
        said_on("second", "s2025", speaker="bo"),
    )
    assert _field(*facts, people=people, day=date(2027, 1, 1)) == ["first", "later", "second", "nobody"]


def test_a_field_has_the_same_rows_whichever_side_is_first() -> None:
    facts = [said_on(f"{party}{number}", "s2026", party) for party in ("NL", "SL") for number in range(3)]
    shown = []
    for reader in ("NL", "SL"):
        found = replace(context(TALKS_2025, *facts, day=date(2027, 1, 1)), reader=reader)
        (field,) = fields(found, frozenset(), 3)
        shown.append({row.id for row in field.rows})
    assert shown == [{"NL0", "SL0", "NL1"}] * 2


def test_fields_stand_in_the_order_of_the_look_and_then_in_that_of_the_facts() -> None:
    found = context(
        *(replace(said_on(theme, "s2025"), theme=theme) for theme in ("trade", "sea", "arts")),
        themes={"trade": "Trade", "sea": "Sea", "arts": "Arts"},
    )
    assert [field.title for field in fields(found, frozenset(), order=("arts", "elsewhere"))] == [
        "Arts",
        "Trade",
        "Sea",
    ]


def test_a_reply_that_is_a_row_of_the_field_too_is_led_to() -> None:
    ask, reply = said_on("ask", "s2025"), said_on("reply", "s2025", "NL", act=Act.STATED, answers=("ask",))
    for reader, text in (("NL", "as above"), ("SL", "as below")):
        (field,) = fields(replace(context(TALKS_2025, ask, reply), reader=reader), frozenset())
        assert [[each.text for each in row.replies] for row in field.rows if row.replies] == [[text]]
    asks = [replace(ask, rank=1), said_on("between", "s2025", rank=2)]
    (field,) = fields(replace(context(TALKS_2025, *asks, reply), reader="SL"), frozenset())
    assert [[each.text for each in row.replies] for row in field.rows if row.replies] == [["Something"]]
    (field,) = fields(replace(context(TALKS_2025, *asks, replace(reply, brief="In brief")), reader="SL"), frozenset())
    assert [[each.text for each in row.replies] for row in field.rows if row.replies] == [["In brief"]]


def test_within_a_field_the_newest_comes_first_and_of_one_day_the_curators_rank_decides() -> None:
    facts = (
        said_on("c", "s2025", rank=2),
        said_on("d", "s2025"),
        said_on("b", "s2025", rank=1),
        said_on("a", "s2026"),
    )
    assert _field(*facts, day=date(2027, 1, 1)) == ["a", "b", "c", "d"]


def test_what_is_elsewhere_settled_or_a_courtesy_is_not_in_a_field() -> None:
    outcome = Outcome(status=Delivery.FULFILLED, cites=(Cite("s2025", 1),))
    found = context(
        TALKS_2025,
        said_on("shown", "s2025"),
        said_on("elsewhere", "s2025"),
        said_on("done", "s2025", outcome=outcome),
        said_on("thanks", "s2025", act=Act.STATED, courtesy=True),
        said_on("first", "s2025", superseded=Superseded(by="shown", reason=Reason.REPLACED)),
    )
    (only,) = fields(found, frozenset({"elsewhere"}))
    assert [each.id for each in only.rows] == ["shown"]


def test_a_field_without_a_meeting_of_leaders_has_nothing_that_is_current_but_the_newest() -> None:
    """Nothing can be said since a meeting that no source reports; what is older than three years is always old."""
    found = context(said_on("a", "s2025"), said_on("b", "s2024"))
    assert found.last_meeting is None
    assert [each.id for field in fields(found, frozenset()) for each in field.rows] == ["a"]


def test_a_field_in_full_has_what_each_side_said_in_three_years_as_far_as_it_may() -> None:
    said = [
        said_on("agreed", "s2025", "NL", "SL", act=Act.AGREED),
        said_on("agreed-before", "s2024", "NL", "SL", act=Act.AGREED),
        said_on("new", "s2025"),
        said_on("before", "s2023"),
        said_on("long-ago", "s2021"),
        said_on("other", "s2024", "NL"),
    ]

    def rows(most: int, *in_full: str) -> list[str]:
        found = fields(context(TALKS_2025, *said), frozenset(), most, in_full=in_full)
        return [row.id for field in found for row in field.rows]

    assert rows(10) == ["agreed", "other", "new"]
    assert rows(10, "trade") == ["agreed", "agreed-before", "other", "new", "before"]
    assert rows(4, "trade") == ["agreed", "agreed-before", "other", "new"]


# -- the last talks

JOINT = {"act": Act.AGREED}


def _talks(*facts: AnyFact, most: int = 9, **other: Any) -> tuple[dict[str, list[str]], str]:
    """What was said at the leaders' talks of 2025, by side, and what stands behind their name."""
    found = last_talks(context(TALKS_2025, *facts, **other), most)
    return (ids(found.groups), found.aside) if found else ({}, "")


def test_the_last_talks_have_all_that_was_said_there_what_is_firmer_first_and_no_courtesies() -> None:
    facts: list[AnyFact] = [
        said_on("ask", "s2025", act=Act.REQUESTED),
        said_on("plan", "s2025", "NL", "SL", act=Act.PLANNED),
        said_on("agreed", "s2025", "NL", "SL", **JOINT),
        said_on("view", "s2025", "NL", "SL", act=Act.STATED),
        said_on("thanks", "s2025", courtesy=True),
        said_on("before", "s2024", "NL", "SL", **JOINT),
        document("paper", "s2025", act=Act.SIGNED, by=(), on=EventRef("s2025", "talks")),
    ]
    assert _talks(*facts) == ({"Both sides": ["paper", "agreed", "plan", "view"], "SL": ["ask"]}, "")


def test_of_two_accounts_of_the_last_talks_each_has_its_points_there() -> None:
    facts = TALKS_2025, said_on("own", "s2025", "NL"), said_on("other", "s2023", "SL")
    found = context(*facts)
    of_one, sources = found.book.sources["s2025"], found.book.sources
    each_has_its_own, one_alone = {"NL": ["own"], "SL": ["other"]}, {"NL": ["own"]}
    days = {"2025-05-10": each_has_its_own, "2025-05": each_has_its_own, "2025-05-11": one_alone, "2024-05": one_alone}
    for day, told in days.items():
        talks = replace(of_one.events["talks"], date=parse_date(day))
        other = replace(sources["s2023"], events={"talks": talks})
        both = replace(found.book, sources={**sources, "s2023": other})
        talks_of_both = last_talks(replace(found, briefing=assess(both, DAY)), 9)
        assert talks_of_both
        assert ids(talks_of_both.groups) == told


def test_of_many_points_of_the_last_talks_the_first_by_rank_are_shown_and_of_each_side_one() -> None:
    facts = [said_on(f"a{n}", "s2025", "NL", "SL", **JOINT, rank=n) for n in range(1, 6)]
    said, aside = _talks(*facts, said_on("ask", "s2025"), most=3)
    assert said == {"Both sides": ["a1", "a2"], "SL": ["ask"]}
    assert aside.replace("\u00a0", " ") == "3 of 6 shown"


def test_what_the_last_talks_have_is_in_no_field_nor_is_an_older_one_in_its_place() -> None:
    found = context(TALKS_2025, said_on("new", "s2025", **JOINT), said_on("old", "s2024", **JOINT))
    assert [row.id for field in fields(found, frozenset()) for row in field.rows] == ["new"]
    assert fields(found, frozenset(), told=frozenset({"new"})) == ()


def test_the_last_talks_stand_in_their_fields_where_look_yaml_has_no_section_for_them() -> None:
    found = context(TALKS_2025, said_on("new", "s2025", "NL", "SL", **JOINT), said_on("plan", "s2025", act=Act.PLANNED))
    look = shipped_look()
    without = replace(look, sections=tuple(each for each in look.sections if each != TALKS))
    whole, plain = page(found, look=look), page(found, look=without)
    assert whole.talks
    assert ids(whole.talks.groups) == {"Both sides": ["new"], "SL": ["plan"]}
    assert (whole.fields, whole.follow_up, plain.talks) == ((), (), None)
    assert [row.id for field in plain.fields for row in field.rows] == ["new"]
    assert ids(plain.follow_up) == {"SL": ["plan"]}


# -- follow-up


def test_the_follow_up_has_first_what_is_due_the_soonest_first_then_what_each_side_owes() -> None:
    found = context(
        TALKS_2025,
        said_on("later", "s2025", act=Act.ANNOUNCED, due=value("2028", "s2025:L1#x")),
        said_on("sooner", "s2022", act=Act.AGREED, due=value("2027", "s2022:L1#x")),
        said_on("order", "s2025", act=Act.INSTRUCTED, to=("SL",)),
        said_on("earlier-order", "s2024", act=Act.INSTRUCTED, to=("SL",)),
        said_on("old-order", "s2021", act=Act.INSTRUCTED, to=("SL",)),
        said_on("earlier-pledge", "s2024", act=Act.ANNOUNCED),
        said_on("pledge", "s2025", "NL", act=Act.ANNOUNCED),
        said_on("joint", "s2025", "SL", "NL", act=Act.ANNOUNCED),
    )
    assert ids(follow_up(found)) == {
        "With a date": ["sooner", "later"],
        "Both sides": ["joint"],
        "NL": ["pledge"],
        "SL": ["order", "earlier-order", "earlier-pledge"],
    }
    assert list(ids(follow_up(found))) == ["With a date", "Both sides", "NL", "SL"]
    assert [group.dated for group in follow_up(found)] == [True, False, False, False]


def test_the_follow_up_leaves_out_asks_what_is_old_or_settled_and_what_both_agreed_without_a_day() -> None:
    done = Outcome(status=Delivery.FULFILLED, cites=(Cite("s2025", 1),))
    found = context(
        TALKS_2025,
        said_on("ask", "s2025"),
        said_on("old", "s2021", act=Act.ANNOUNCED),
        said_on("done", "s2025", act=Act.ANNOUNCED, outcome=done),
        said_on("agreed", "s2025", "NL", "SL", act=Act.AGREED),
        said_on("aim", "s2025", act=Act.AIMED),
        said_on("passed", "s2022", act=Act.ANNOUNCED, due=value("2024", "s2022:L1#x")),
    )
    assert follow_up(found) == ()


def test_what_is_under_way_is_followed_up_until_its_day_though_it_was_said_long_ago() -> None:
    under_way = Outcome(status=Delivery.IN_PROGRESS, cites=(Cite("s2025", 2),))
    pledges = [
        said_on(f"by-{year}", "s2022", act=Act.ANNOUNCED, due=value(year, "s2022:L1#x"), outcome=under_way)
        for year in ("2025", "2028")
    ]
    assert ids(follow_up(context(TALKS_2025, *pledges))) == {"With a date": ["by-2028"]}


def test_of_the_goals_for_one_figure_the_follow_up_has_the_newest() -> None:
    goals = [
        Target(indicator="trade", goal=value("5 billion USD", f"{source}:L1#x"), by=value("2030", f"{source}:L1#x"))
        for source in ("s2023", "s2025")
    ]
    found = context(
        TALKS_2025,
        said_on("joint", "s2025", "NL", "SL", act=Act.AIMED, target=goals[1]),
        said_on("before", "s2023", act=Act.AIMED, target=goals[0]),
    )
    assert ids(follow_up(found)) == {"With a date": ["joint"]}


def test_a_plan_and_what_was_said_for_a_summit_have_a_date_and_not_a_deadline() -> None:
    due = value("2027", "s2025:L1#x")
    found = context(
        said_on("plan", "s2025", act=Act.PLANNED, due=due),
        said_on("pledge", "s2025", act=Act.ANNOUNCED, due=due),
        said_on("ask", "s2025", summit="s7-2027"),
        summit("s7-2027", "2027-03", "s2025", cite="s2025:L1#x"),
    )
    assert [_row(found, id).due_as for id in ("plan", "pledge", "ask")] == ["Date", "Due", "Date"]


def test_without_a_date_a_side_has_the_first_of_each_field_and_then_by_rank_and_says_how_many_of_all() -> None:
    pledges = [
        replace(said_on(id, "s2025", act=Act.ANNOUNCED, rank=rank), theme=theme)
        for id, rank, theme in (("a", 2, "trade"), ("b", 1, "trade"), ("c", 0, "trade"), ("d", 0, "sea"))
    ]
    found = context(TALKS_2025, *pledges, themes={"trade": "Trade", "sea": "Sea"})
    (group,) = follow_up(found, 2)
    assert [row.id for row in group.rows] == ["b", "d"]
    assert group.share.replace("\u00a0", " ") == "2 of 4 shown"
    (whole,) = follow_up(found)
    assert ([row.id for row in whole.rows], whole.share) == (["b", "a", "c", "d"], "")


def test_a_deadline_of_the_last_meeting_stays_in_the_follow_up_though_it_passed() -> None:
    found = context(
        TALKS_2025,
        said_on("passed", "s2025", act=Act.ANNOUNCED, due=value("2025-06", "s2025:L1#x")),
        day=date(2026, 1, 1),
    )
    assert ids(follow_up(found)) == {"With a date": ["passed"]}
    assert unreported(found)[1] == ""
    assert [each.id for each in unreported(found)[0]] == ["passed"]


@pytest.mark.parametrize(
    ("due", "label"),
    [("2025/2027", "Its period is under way"), ("2027/2028", "Open"), ("2027", "Open")],
    ids=["begun", "to come", "a day and no period"],
)
def test_a_plan_for_a_period_that_has_begun_says_so(due: str, label: str) -> None:
    plan = said_on("plan", "s2025", act=Act.ANNOUNCED, due=value(due, "s2025:L1#x"))
    (by_day,) = follow_up(context(TALKS_2025, plan, day=date(2026, 1, 1)))
    assert [each.status.label for each in by_day.rows if each.status] == [label]


def test_what_was_told_with_its_deadline_is_no_deadline_without_a_report_again() -> None:
    passed = [said_on(id, "s2025", act=Act.ANNOUNCED, due=value("2025-06", "s2025:L1#x")) for id in ("goal", "plan")]
    found = context(TALKS_2025, *passed, day=date(2026, 1, 1))
    assert [each.id for each in unreported(found, {"goal"})[0]] == ["plan"]


def test_a_paper_for_a_term_is_among_what_is_due_until_that_ends_and_no_deadline() -> None:
    def facts(until: str) -> Context:
        return context(TALKS_2025, document("paper", "s2025", until=value(until, "s2025:L1#x")))

    (by_day,) = follow_up(facts("2025/2027"))
    assert [(each.id, each.due, each.due_as) for each in by_day.rows] == [("paper", "2025–27", "Date")]
    assert [each.status.label for each in by_day.rows if each.status] == ["Within its term"]
    assert [each.id for each in due_by(facts("2025/2027"), date(2027, 12, 31))] == ["paper"]
    assert due_by(facts("2025/2027"), date(2027, 12, 30)) == ()
    ended = facts("2025-11")
    assert follow_up(ended) == ()
    assert (standing := _row(ended, "paper").status)
    assert standing.label == "Term ended – no later report"
    brief = document("paper", "s2025", until=value("2025-11", "s2025:L1#x"), overview="papers")
    ((entry,),) = (line.entries for line in overview(context(TALKS_2025, brief, overview={"papers": "Papers"})))
    assert str(entry.note) == "Term ended – no later report"


def test_what_was_said_for_a_summit_stands_with_that_and_not_in_the_follow_up() -> None:
    found = context(
        TALKS_2025,
        summit("ahead", "2027", "s2025", cite="s2025:L1#x"),
        said_on("for-it", "s2025", act=Act.PLANNED, summit="ahead"),
        said_on("else", "s2025", act=Act.PLANNED, due=value("2027", "s2025:L1#x")),
    )
    shown = page(found)
    assert ids(shown.follow_up) == {"With a date": ["else"]}
    assert [row.id for card in shown.upcoming for group in card.sides for row in group.rows] == ["for-it"]
    assert shown.earlier == ()


def test_each_deadline_that_passed_has_its_status_and_a_replaced_one_what_took_its_place() -> None:
    found = context(
        TALKS_2025,
        said_on("passed", "s2025", act=Act.ANNOUNCED, due=value("2025-06", "s2025:L1#x")),
        said_on("plan", "s2025", act=Act.PLANNED, due=value("2025-06", "s2025:L1#x")),
        said_on(
            "old",
            "s2024",
            act=Act.ANNOUNCED,
            due=value("2024", "s2024:L1#x"),
            superseded=Superseded(by="passed", reason=Reason.REPLACED),
        ),
    )
    told = {each.id: (each.status.label if each.status else each.later) for each in unreported(found)[0]}
    assert told["passed"] == "Deadline passed – outcome not reported"
    assert told["plan"] == "Date passed – outcome not reported"
    assert "outcome not reported" in told["old"]


def test_deadlines_that_passed_over_three_years_before_the_last_meeting_are_counted_and_not_listed() -> None:
    found = context(
        TALKS_2025,
        said_on("long", "s2021", act=Act.ANNOUNCED, due=value("2021", "s2021:L1#x")),
        said_on("passed", "s2025", act=Act.ANNOUNCED, due=value("2025-06", "s2025:L1#x")),
        day=date(2026, 1, 1),
    )
    rows, share = unreported(found)
    assert ([each.id for each in rows], share.replace("\u00a0", " ")) == (["passed"], "1 of 2 shown")


def test_a_field_has_the_first_of_each_side_and_then_the_highest_ranks_and_the_rest_is_in_the_annex() -> None:
    found = context(
        TALKS_2025,
        document("paper", "s2025"),
        *(said_on(f"plain{n}", "s2025", "NL", "SL", act=Act.AGREED) for n in range(3)),
        said_on("second", "s2025", "NL", "SL", act=Act.AGREED, rank=2),
        said_on("first", "s2025", "NL", "SL", act=Act.AGREED, rank=1),
        said_on("north", "s2025", "NL"),
        said_on("south", "s2025", "SL"),
    )
    (field,) = fields(found, frozenset(), 4)
    shown = [row.id for row in field.rows]
    assert shown == ["first", "second", "paper", "north", "south"]
    assert field.share.replace("\u00a0", " ") == "5 of 8 shown"
    left = {id for each in earlier(found, frozenset(shown)) for id in each.ids}
    assert left == {"plain0", "plain1", "plain2"}
    (whole,) = fields(found, frozenset())
    assert (len(whole.rows), whole.share) == (8, "")
    (fewest,) = fields(found, frozenset(), 1)
    assert [row.id for row in fewest.rows] == ["first", "paper", "north", "south"]


# -- who asks


def test_a_party_that_asks_nothing_has_its_column_all_the_same() -> None:
    found = context(said_on("ferry", "s2025"))
    assert asking_sides(found) == (("NL",), ("SL",))
    assert [(each.party, len(each.rows)) for each in page(found).glance.asks] == [("NL", 0), ("SL", 1)]


def test_what_a_third_party_or_several_together_ask_has_a_column() -> None:
    found = context(
        said_on("third", "s2025", "XX"),
        said_on("with", "s2025", "SL", "XX"),
        said_on("both", "s2025", "SL", "NL"),
        said_on("one", "s2025", "SL"),
        said_on("both-too", "s2025", "NL", "SL"),
    )
    shown = {each.party: [r.id for r in each.rows] for each in page(found).glance.asks}
    assert shown == {
        "NL": [],
        "SL": ["one"],
        "XX": ["third"],
        "SL and XX": ["with"],
        "Both sides": ["both", "both-too"],
    }


def test_of_many_parties_several_are_named_in_the_order_of_the_edition_and_so_is_whoever_is_asked() -> None:
    parties = {
        "NL": Party(name="Northland"),
        "EL": Party(name="Eastland"),
        "SL": Party(name="Southland", language="en"),
    }
    three = Partnership(id="three", name="Three", parties=tuple(parties))
    two = said_on("two", "s2025", "NL", "SL", act=Act.AGREED)
    ask, order = said_on("ask", "s2025", to=("EL",)), said_on("order", "s2025", to=("SL",), act=Act.INSTRUCTED)
    found = context(two, ask, order, parties=parties, partnership=three)
    assert _row(found, "two").party == "Southland and Northland"
    assert [_row(found, id).sides for id in ("ask", "order")] == ["Southland to Eastland", "Southland"]


def test_ranked_asks_come_first_then_the_newest() -> None:
    found = context(
        said_on("new", "s2025"),
        said_on("older", "s2023"),
        said_on("second", "s2023", rank=2),
        said_on("first", "s2023", rank=1),
        said_on("newest-ranked", "s2024", rank=3),
    )
    asked = [item.fact.id for item in asks_of(found, ("SL",))]
    assert asked == ["first", "second", "newest-ranked", "new", "older"]


@pytest.mark.parametrize("act", Act)
def test_requests_hopes_invitations_and_proposals_are_asks(act: Act) -> None:
    asked = [item.fact.id for item in asks_of(context(said_on("x", "s2025", act=act)), ("SL",))]
    assert asked == (["x"] if act in (Act.REQUESTED, Act.HOPED, Act.INVITED, Act.PROPOSED) else [])


# -- courtesies, and the annex


def test_courtesies_are_counted_in_a_line_and_listed_by_side() -> None:
    found = context(
        TALKS_2025,
        said_on("thanks", "s2025", act=Act.STATED, courtesy=True),
        said_on("praise", "s2024", "NL", act=Act.STATED, courtesy=True),
        said_on("old", "s2014"),
    )
    counted = courtesies(found)
    assert {item.id for item in counted.items} == {"thanks", "praise"}
    assert str(counted.title).endswith("listed in the web edition: 2.")
    listed = [
        (each.party, [item.id for item in each.items])
        for occasion in earlier(found, frozenset())
        for each in occasion.courtesies
    ]
    assert listed == [("SL", ["thanks"]), ("NL", ["praise"])]


def test_the_annex_goes_from_the_latest_occasion_to_the_oldest_and_then_to_what_has_none() -> None:
    found = context(
        statement("no-day", "s2025"), said_on("b", "s2022"), said_on("c", "s2023"), said_on("a", "s2021", "NL", "SL")
    )
    occasions = earlier(found, frozenset())
    assert [occasion.ids for occasion in occasions] == [("c",), ("b",), ("a",), ("no-day",)]
    assert [occasion.name for occasion in occasions][-1] == "Occasion not stated"
    assert [str(group.title) for group in occasions[2].groups] == ["Both sides"]


def test_the_annex_has_no_fact_that_was_corrected_away() -> None:
    wrong = said_on("wrong", "s2022", superseded=Superseded(by="right", reason=Reason.CORRECTED))
    found = context(wrong, said_on("right", "s2023"))
    assert [occasion.ids for occasion in earlier(found, frozenset())] == [("right",)]


@pytest.mark.parametrize("status", [Status.DUE_SOON, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY])
def test_what_falls_due_by_a_day_counts_what_is_addressed_to_a_summit(status: Status) -> None:
    seven = summit("s7-2027", "2027-03", "s2025", cite="s2025:L1#x")
    found = context(said_on("ferry", "s2025", summit="s7-2027"), seven)
    items = {id: replace(item, status=status) for id, item in found.briefing.items.items()}
    moved = replace(found, briefing=replace(found.briefing, items=items))
    assert [each.id for each in due_by(moved, date(2027, 3, 31))] == ["ferry"]
    assert due_by(moved, date(2027, 3, 30)) == ()


# -- the shipped facts


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_statement_is_somewhere_in_the_full_briefing_and_none_twice_in_its_tables(day: date, code: str) -> None:
    shown = shipped_page(day, code)
    body = [each.id for group in shown.follow_up for each in group.rows]
    talks = [each.id for group in shown.talks.groups for each in group.rows if not each.due] if shown.talks else []
    body += [*talks, *(each.id for field in shown.fields for each in field.rows)]
    papers = [each.id for line in shown.overview for each in line.entries if each.form.code == "paper"]
    body += [id for id in papers if id not in body]  # one that is for a term is among what is due as well
    cards = {each.id for card in shown.upcoming for group in (card.together, *card.sides) for each in group.rows}
    annex = [each.id for occasion in shown.earlier for group in occasion.groups for each in group.rows]
    polite = [item.id for occasion in shown.earlier for each in occasion.courtesies for item in each.items]
    assert len(set(body)) == len(body)
    assert len({*body, *annex, *polite}) == len([*body, *annex, *polite])
    known = statements(Context(briefing=briefing(day), language=languages()[code]), *Act)
    corrected = {
        item.fact.id for item in known if item.fact.superseded and item.fact.superseded.reason is Reason.CORRECTED
    }
    assert {item.fact.id for item in known} - corrected <= {*body, *annex, *polite, *cards}
    assert {item.id for item in shown.courtesies.items} == set(polite)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_row_of_the_annex_has_an_account_in_its_group_and_in_itself(day: date) -> None:
    groups = [group for occasion in shipped_page(day, "en").earlier for group in occasion.groups]
    assert groups
    assert all(group.rows and not any(each.account for each in group.rows) for group in groups)


def test_asks_and_undertakings_are_different_acts() -> None:
    assert not set(ASKS) & set(UNDERTAKINGS)
    assert {*ASKS, *UNDERTAKINGS, Act.INSTRUCTED, Act.STATED} == set(Act)


def test_a_target_says_its_deadline_as_a_row_does() -> None:
    goal = Target(indicator="trade", goal=value("5 billion USD", "s2025:L1#x"), by=value("2030", "s2025:L1#x"))
    assert _row(context(said_on("goal", "s2025", act=Act.AIMED, target=goal)), "goal").due == "2030"


def test_a_field_keeps_what_was_agreed_and_ranks_first_for_three_years() -> None:
    agreed: dict[str, Any] = {"act": Act.AGREED, "by": ("NL", "SL")}
    main, other = said_on("main", "s2023", rank=3, **agreed), said_on("other", "s2023", rank=4, **agreed)
    newest = said_on("newest", "s2025", **agreed)
    asks = [said_on(f"ask-{year}", f"s{year}", rank=1, act=Act.REQUESTED) for year in ("2023", "2025")]
    assert _field(main, other, newest, *asks) == ["newest", "main", "ask-2025"]
    assert _field(said_on("long-ago", "s2021", rank=1, **agreed), newest) == ["newest"]


def test_plans_are_chosen_by_rank_and_printed_newest_first() -> None:
    plans = [
        said_on("old-first", "s2023", act=Act.PLANNED, rank=1),
        said_on("new", "s2025", act=Act.PLANNED, rank=2),
        said_on("last", "s2025", act=Act.PLANNED, rank=9),
    ]
    (plans_of,) = follow_up(context(TALKS_2025, *plans), 2)
    assert [each.id for each in plans_of.rows] == ["new", "old-first"]


def test_what_was_said_for_a_summit_that_took_place_is_no_open_deadline() -> None:
    held = summit("held", "2025-05", "s2025", cite="s2025:L1#x", held=True)
    ahead = summit("over", "2025-05", "s2025", cite="s2025:L1#x")
    said = [said_on(f"for-{each.id}", "s2025", act=Act.PLANNED, summit=each.id) for each in (held, ahead)]
    rows, _ = unreported(context(TALKS_2025, held, ahead, *said))
    assert [each.id for each in rows] == ["for-over"]
