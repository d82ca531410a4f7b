"""The calendar of an edition: only exact days, what is sure of them, and one event however many editions are read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from assess.books import book, document, source, statement, summit, value
from icalendar import Calendar, Event

from briefgen.assess import assess
from briefgen.localise.context import Context
from briefgen.localise.language import Language
from briefgen.localise.summits import Agenda, agenda
from briefgen.model.book import FactBook
from briefgen.model.facts import Act, AnyFact, Delivery, Outcome, Reason, Superseded
from briefgen.model.quantities import Cite
from briefgen.read.languages import read_languages
from briefgen.read.workspace import find_workspace
from briefgen.render.supplements import render_ics
from briefgen.tools.workspaces import make_workspace

DAY = date(2026, 11, 21)
SUMMIT, UID = summit("s7", "2027-02-03"), "s7@sample.briefgen"


@cache
def language(code: str = "en") -> Language:
    """Of a workspace without a catalog of its own: labels are translated, texts of facts are not."""
    with TemporaryDirectory() as folder:
        make_workspace(Path(folder) / "desk")
        return read_languages(find_workspace(Path(folder) / "desk"), [code])[code]


def agenda_of(*facts: AnyFact, day: date = DAY, code: str = "en", of: FactBook | None = None) -> Agenda:
    return agenda(Context(briefing=assess(of or book(*facts), day), language=language(code)))


def text(made: Agenda, previous: str = "", *changed: str) -> str:
    """The file of an edition, after one whose file was `previous`."""
    document = render_ics(made, previous, changed)
    assert document is not None
    return document.content.decode()


def events(calendar: str) -> Mapping[str, Event]:
    """By UID; none twice."""
    found = Calendar.from_ical(calendar).events
    assert len({event.uid for event in found}) == len(found)
    return {event.uid: event for event in found}


def only(calendar: str) -> Event:
    (event,) = events(calendar).values()
    return event


def test_a_summit_on_an_exact_day_is_a_whole_day() -> None:
    event = only(text(agenda_of(SUMMIT)))
    assert (event.uid, event.sequence) == (UID, 0)
    assert days(event) == (date(2027, 2, 3), date(2027, 2, 4))
    assert event["TRANSP"] == "TRANSPARENT"
    assert not event.alarms.times
    assert str(event.DTSTAMP) == "2026-11-21 00:00:00+00:00"
    assert str(event["DESCRIPTION"]) == "Upcoming\n3 February 2027\nThe early source, L1"


def test_a_summit_of_some_days_covers_them_all() -> None:
    event = only(text(agenda_of(summit("s7", "2027-02-03/2027-02-05"))))
    assert days(event) == (date(2027, 2, 3), date(2027, 2, 6))


def days(event: Event) -> tuple[object, object]:
    """The first, and the one after the last, as calendars have it."""
    return event.DTSTART, event.DTEND


@pytest.mark.parametrize("when", ["2027", "2027-02", "end 2027", "2027-34", "2027-02-03/2027-03", "2027-02/2027-03-01"])
def test_a_summit_whose_day_is_not_known_is_put_on_none(when: str) -> None:
    assert agenda_of(summit("s7", when)).entries == ()
    assert render_ics(agenda_of(summit("s7", when)), "", ()) is None


def test_a_deadline_stands_on_its_last_day_and_says_what_the_source_names() -> None:
    ask = statement("ask", due=value("2027"), by=("SL",), to=("NL",))
    event = only(text(agenda_of(ask)))
    assert days(event) == (date(2027, 12, 31), date(2028, 1, 1))
    assert str(event["SUMMARY"]) == "Deadline: Something"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Open",
        "Requested · SL → NL",
        "Due as the source names it: 2027; entered on its last day",
        "The early source, L1",
    ]


def test_a_deadline_on_an_exact_day_needs_no_such_words() -> None:
    event = only(text(agenda_of(statement("ask", due=value("2027-03-31")))))
    assert days(event) == (date(2027, 3, 31), date(2027, 4, 1))
    assert "Due as" not in str(event["DESCRIPTION"])


def test_the_term_of_a_paper_ends_on_its_last_day() -> None:
    paper = document("plan", until=value("2024/2027"))
    event = only(text(agenda_of(paper)))
    assert days(event) == (date(2027, 12, 31), date(2028, 1, 1))
    assert (str(event["SUMMARY"]), event.categories) == ("End of the term: Something", ["Memorandum"])
    assert str(event["DESCRIPTION"]).split("\n")[1:] == ["Both sides", "2024–27", "The early source, L1"]
    assert not agenda_of(paper, day=date(2028, 1, 1)).entries[0].ahead


@pytest.mark.parametrize(("act", "named"), [(Act.PLANNED, "Planned"), (Act.INVITED, "Invited"), (Act.HOPED, "Hoped")])
def test_a_plan_a_hope_or_an_invitation_for_some_days_covers_them_all_and_is_no_deadline(act: Act, named: str) -> None:
    (entry,) = agenda_of(statement("visit", act=act, due=value("2027-04-21/2027-04-24"))).entries
    assert (entry.first, entry.last) == (date(2027, 4, 21), date(2027, 4, 24))
    assert (entry.summary, entry.category) == ("Something", named)


def test_a_deadline_that_has_passed_is_entered_no_more_but_told_where_it_was() -> None:
    ask = statement("ask", due=value("2026-11-21"))
    before = text(agenda_of(ask))
    later = agenda_of(ask, day=date(2026, 11, 22))
    assert render_ics(later, "", ()) is None
    event = only(text(later, before, "ask"))
    assert event.sequence == 1
    assert str(event["DESCRIPTION"]).startswith("Deadline passed – outcome not reported")


@pytest.mark.parametrize(
    ("accounts", "held", "status"),
    [
        (("NL",), False, "TENTATIVE"),
        (("NL",), True, "CONFIRMED"),
        (("NL", "SL"), False, "CONFIRMED"),
        (("NL", ""), False, "CONFIRMED"),
        (("",), False, "CONFIRMED"),
    ],
)
def test_a_day_that_one_side_alone_tells_is_not_confirmed(accounts: tuple[str, ...], held: bool, status: str) -> None:
    names = ("early", "late")[: len(accounts)]
    facts = book(summit("s7", "2027-02-03", *names, held=held))
    told = {id: replace(source(id, DAY), account=who) for id, who in zip(names, accounts, strict=True)}
    assert only(text(agenda_of(of=replace(facts, sources={**facts.sources, **told})))).status == status


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.STATED])
def test_only_what_both_sides_agreed_to_is_confirmed(act: Act) -> None:
    status = only(text(agenda_of(statement("ask", due=value("2027"), act=act)))).status
    assert status == ("CONFIRMED" if act in (Act.AGREED, Act.SIGNED) else "TENTATIVE")


def test_two_editions_read_in_order_leave_one_event_on_the_new_day() -> None:
    first = text(agenda_of(SUMMIT))
    second = text(agenda_of(summit("s7", "2027-02-10")), first, "s7")
    assert imported(first, second) == {UID: (date(2027, 2, 10), 1, "CONFIRMED")}


def test_an_edition_that_leaves_it_as_it_was_does_not_count() -> None:
    first = text(agenda_of(SUMMIT))
    second = text(agenda_of(SUMMIT, day=date(2026, 12, 1)), first)
    third = text(agenda_of(summit("s7", "2027-02-10"), day=date(2026, 12, 8)), second, "s7")
    assert [only(each).sequence for each in (first, second, third)] == [0, 0, 1]


def test_what_is_withdrawn_is_cancelled_where_it_was_entered() -> None:
    ask = statement("ask", due=value("2027"))
    withdrawn = statement(
        "ask", due=value("2027"), outcome=Outcome(status=Delivery.WITHDRAWN, cites=(Cite("early", 1),))
    )
    first = text(agenda_of(ask))
    assert imported(first, text(agenda_of(withdrawn), first, "ask")) == {
        "ask@sample.briefgen": (date(2027, 12, 31), 1, "CANCELLED")
    }
    assert render_ics(agenda_of(withdrawn), "", ()) is None


def test_what_another_takes_the_place_of_is_cancelled() -> None:
    first = text(agenda_of(SUMMIT))
    replaced = replace(SUMMIT, superseded=Superseded(by="other", reason=Reason.REPLACED))
    other = summit("other", "2027-05-06")
    second = events(text(agenda_of(replaced, other), first, "s7", "other"))
    assert {uid: event.status for uid, event in second.items()} == {
        UID: "CANCELLED",
        "other@sample.briefgen": "CONFIRMED",
    }


@pytest.mark.parametrize("facts", [(summit("s7", "2027-02"),), ()])
def test_what_has_no_exact_day_any_more_is_cancelled_once(facts: tuple[AnyFact, ...]) -> None:
    first = text(agenda_of(SUMMIT))
    second = text(agenda_of(*facts, day=date(2026, 12, 1)), first, "s7")
    third = text(agenda_of(*facts, day=date(2026, 12, 8)), second)
    assert imported(first, second, third) == {UID: (date(2027, 2, 3), 1, "CANCELLED")}
    assert str(only(third).DTSTAMP) == "2026-12-08 00:00:00+00:00"
    again = text(agenda_of(summit("s7", "2027-03-01")), third, "s7")
    assert imported(first, third, again) == {UID: (date(2027, 3, 1), 2, "CONFIRMED")}


def imported(*calendars: str) -> dict[str, tuple[date, int, str]]:
    """What a calendar program holds after reading these files in order: the latest SEQUENCE of each UID."""
    held: dict[str, tuple[date, int, str]] = {}
    for uid, event in (pair for each in calendars for pair in events(each).items()):
        start = event.DTSTART
        assert isinstance(start, date)
        if uid not in held or event.sequence >= held[uid][1]:
            held[uid] = (start, event.sequence, str(event.status))
    return held


def test_the_same_facts_and_day_and_file_before_give_the_same_bytes() -> None:
    first = text(agenda_of(SUMMIT))
    assert text(agenda_of(SUMMIT), first, "s7") == text(agenda_of(SUMMIT), first, "s7")
    one, other = summit("a", "2027-02-03"), summit("b", "2027-02-03")
    assert text(agenda_of(one, other)) == text(agenda_of(other, one))


@pytest.mark.parametrize("code", ["vi", "ko"])
def test_lines_are_folded_as_the_standard_says_and_read_back_whole(code: str) -> None:
    long = {
        "vi": "Đẩy mạnh hợp tác thương mại song phương; mở rộng, đầu tư ",
        "ko": "양국 교역 확대, 투자 증진; 공급망 협력 ",
    }[code]
    made = agenda_of(replace(SUMMIT, text=(long * 5).strip()), code=code)
    calendar = text(made)
    lines = calendar.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines if line)
    assert "\n" not in calendar.replace("\r\n", "")
    assert str(only(calendar)["SUMMARY"]) == (long * 5).strip()


def test_what_is_not_translated_says_in_which_language_it_stands() -> None:
    event = only(text(agenda_of(SUMMIT, code="ko")))
    assert event["SUMMARY"].params["LANGUAGE"] == "en-GB"
    assert event["DESCRIPTION"].params["LANGUAGE"] == "ko"
    assert str(event["DESCRIPTION"]).startswith("예정\n2027. 2. 3.")


def test_spaces_that_keep_words_together_on_paper_are_common_ones() -> None:
    calendar = text(agenda_of(replace(SUMMIT, text="A\u00a0B\u2060C")))
    assert str(only(calendar)["SUMMARY"]) == "A BC"


def test_it_counts_how_often_each_was_changed() -> None:
    first = text(agenda_of(SUMMIT))
    assert only(text(agenda_of(summit("s7", "2027-02-10")), first, "s7")).sequence == 1


def test_what_is_only_to_be_done_by_a_summit_is_no_deadline() -> None:
    ask = statement("ask", act=Act.REQUESTED, summit="s7")
    entries = {entry.id: entry for entry in agenda_of(summit("s7", "2027-02-03"), ask).entries}
    assert (entries["ask"].summary, entries["ask"].category) == ("Something", "Summit")


def test_it_says_that_it_is_a_draft_and_how_it_is_handled() -> None:
    found = replace(agenda_of(SUMMIT), notices=("Draft, not cleared", "For internal use"))
    made = text(found)
    assert str(Calendar.from_ical(made)["DESCRIPTION"]).startswith("Draft, not cleared\nFor internal use\nCompiled")
    assert str(only(made)["DESCRIPTION"]).startswith("Draft, not cleared\nFor internal use\nUpcoming")
