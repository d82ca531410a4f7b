"""Which names paper has in its table, whom it names, and how many facts it says to leave to the web edition."""

from dataclasses import replace
from typing import Any

from assess.books import meeting, office, said_on, value

from briefgen.changes import Change, ChangeKind, take_snapshot
from briefgen.localise.changes import change_row
from briefgen.localise.statements import row
from briefgen.model.book import Body, Person
from briefgen.model.briefing import Status
from briefgen.model.document import Page
from briefgen.model.edition import Rows
from briefgen.model.facts import Act, Office, Reason, Superseded

from .small import context, page

PEOPLE = {"ada": Person(name="Ada Holm", party="SL"), "bo": Person(name="Bo Lind", party="SL")}


def _names(found: Page) -> set[str]:
    return {
        str(row.names[0].text).replace("\u00a0", " ") for table in found.names for row in table.rows if not row.web_only
    }


def _older(found: Page) -> int:
    (told,) = [line for line in found.colophon.lines if "Rests on" in line]
    return int(told.partition("of the same edition): ")[2].partition(" ")[0] or 0)


def test_what_only_page_one_shows_of_long_ago_is_named_and_is_no_matter_of_the_web_alone() -> None:
    old = said_on("old", "s2018", "fund", act=Act.PROPOSED, to=("NL", "SL"))
    talks = meeting("talks", "s2025", leaders=True)
    known = context(old, talks, bodies={"fund": Body(name="River Fund")})
    shown, without = page(known), page(known, Rows(counts={"asks": 0}))
    assert (_names(shown) >= {"River Fund"}, _older(shown)) == (True, 0)
    assert (_names(without) >= {"River Fund"}, _older(without)) == (False, 1)


def test_who_said_the_same_before_is_named() -> None:
    before = replace(said_on("before", "s2018", "SL", act=Act.REQUESTED), speaker="bo")
    again = replace(said_on("again", "s2025", "SL", act=Act.REQUESTED), speaker="ada", repeats=("before",))
    assert _names(page(context(before, again, meeting("talks", "s2025", leaders=True), people=PEOPLE))) >= {
        "Ada Holm",
        "Bo Lind",
    }


def test_whose_title_no_source_has_is_named_without_brackets_that_others_would_stand_around() -> None:
    before = replace(said_on("before", "s2024", "SL", act=Act.REQUESTED), speaker="bo")
    again = replace(said_on("again", "s2025", "SL", act=Act.REQUESTED), speaker="ada", repeats=("before",))
    named = {"holder": value("@ada", "s2025:L1#x"), "party": value("@SL", "s2025:L1#x")}
    found = context(before, again, office("minister", "s2025", **named), people=PEOPLE)
    also = row(found, found.briefing.items["again"]).also
    assert also.replace("\u00a0", " ") == "similarly 2024 (Bo Lind, title not in the source)"


def test_an_office_that_somebody_else_holds_since_is_told_with_both_names() -> None:
    def held(id: str, source: str, person: str, **other: Any) -> Office:
        named = {"holder": value(f"@{person}", f"{source}:L1#x"), "party": value("@SL", f"{source}:L1#x")}
        return office(id, source, text="Minister", **named, **other)

    first = held("first", "s2024", "bo", superseded=Superseded(by="then", reason=Reason.REPLACED))
    found = context(first, held("then", "s2025", "ada"), people=PEOPLE)
    now = take_snapshot(found.briefing)["first"]
    was, then = (Status.STANDS,), (Status.SUPERSEDED,)
    row = change_row(found, Change(kind=ChangeKind.STATUS, fact="first", snapshot=now, old=was, new=then))
    told = (str(row.text), *row.notes)
    assert [each.replace("\u00a0", " ") for each in told] == ["Bo Lind, Minister", "later: Ada Holm, Minister"]
