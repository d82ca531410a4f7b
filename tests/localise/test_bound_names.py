"""Short names of parties and people are not parted by the end of a line; long ones may be."""

from dataclasses import replace
from typing import Any

import pytest
from assess.books import said_on, value
from shipped.pages import languages

from briefgen.localise.context import Context
from briefgen.localise.labels import Label
from briefgen.model.book import Party, Person, Term

from .small import context, page


def _known(*facts: Any) -> Context:
    people = {
        "short": Person(name="Ada Holm", party="SL"),
        "middle": Person(name="Ada Holm Lund", party="SL"),
        "seventeen": Person(name="Ada Holm-Lund Øya", party="SL"),
        "eighteen": Person(name="Eva Lund-Holm Øyse", party="NL"),
    }
    parties = {"NL": Party(name="North Land"), "SL": Party(name="Republic of Southland")}
    return context(*facts, people=people, parties=parties)


def test_a_party_is_called_by_its_short_name_where_it_is_by_itself() -> None:
    parties = {"NL": Party(name="League of the Northern Lands", short="LNL"), "SL": Party(name="Southland")}
    own = context(parties=parties)
    assert own.side(("NL",)) == "LNL"
    assert own.side(("SL",)) == "Southland"
    assert own.within("NL") == "League of the Northern Lands"
    assert own.text("x text", "of {who}", {"who": value("@NL")}) == "of League of the Northern Lands"
    row = page(own).names[0].rows[0]
    assert (row.names[0].text, row.note) == ("League of the Northern Lands", "LNL")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Ada Holm met her", "Ada_Holm met her"),
        ("with Ada Holm Lund and Ada Holm", "with Ada_Holm_Lund and Ada_Holm"),
        ("by Ada Holm-Lund Øya", "by Ada_Holm-Lund_Øya"),
        ("North Land and Republic of Southland", "North_Land and Republic of Southland"),
        ("nobody of that name", "nobody of that name"),
    ],
)
def test_a_text_has_no_break_spaces_inside_short_names_only(text: str, bound: str) -> None:
    assert _known().bound(text) == bound.replace("_", "\u00a0")


def test_names_within_a_term_are_not_parted_as_its_capitals_tell_them() -> None:
    found = context(
        said_on("x", "s2025"), terms={"sea": Term(name="rules of the Inner Sound – Long Sea, draft of May")}
    )
    assert found.bound("the Inner Sound of May and Long Sea") == "the Inner\u00a0Sound of May and Long\u00a0Sea"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plan ({at})", "Plan (10/5/2024)"),
        ("Plan {at}", "Plan ngày 10 tháng 5 năm 2024"),
        ("({at},)", "(ngày 10 tháng 5 năm 2024,)"),
    ],
)
def test_a_date_that_has_brackets_to_itself_is_written_as_in_tables(text: str, shown: str) -> None:
    found = replace(context(), language=replace(languages()["vi"], fallback=None))
    prose = found.prose("", text, {"at": value("2024-05-10")})
    assert str(prose).replace("\u00a0", " ") == shown


def test_a_name_that_a_catalog_has_bound_is_bound_in_running_text_too() -> None:
    found = context(said_on("x", "s2025"), parties={"NL": Party(name="North\u00a0Land"), "SL": Party(name="Southland")})
    assert found.bound("North Land and Southland") == "North\u00a0Land and Southland"


def test_a_name_of_eighteen_characters_may_be_parted() -> None:
    assert [len(_known().names[id]) for id in ("seventeen", "eighteen")] == [17, 18]
    assert _known().name("eighteen") == "Eva Lund-Holm Øyse"
    assert _known().name("seventeen") == "Ada\u00a0Holm-Lund\u00a0Øya"


def test_labels_texts_and_rows_are_bound() -> None:
    found = _known(said_on("ask", "s2025", "NL", speaker="short", text="Let Ada Holm come"))
    assert found.label(Label.HOSTED_BY, party="North Land") == "Host: North\u00a0Land"
    (asks, _) = page(found).glance.asks
    assert asks.party == "North\u00a0Land"
    assert str(asks.rows[0].text) == "Let Ada\u00a0Holm come"


def test_without_names_of_two_words_nothing_is_bound() -> None:
    none = context(people={}, parties={"NL": Party(name="NL"), "SL": Party(name="SL")})
    assert none.bound("any text at all") == "any text at all"


def test_words_that_a_language_keeps_together_are_not_parted() -> None:
    found = replace(context(), language=languages()["vi"])
    assert found.bound("thăm cấp Nhà nước tới New York") == "thăm\u00a0cấp\u00a0Nhà\u00a0nước tới New\u00a0York"
