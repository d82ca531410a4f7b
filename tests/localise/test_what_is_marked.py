"""What a reader must not take for more than it is: derived values, what was replaced, figures of no period."""

from dataclasses import replace
from typing import Any

import pytest
from assess.books import document, figure, meeting, milestone, said_on, summit, value

from briefgen.assess import assess
from briefgen.localise.context import DAGGER, Context
from briefgen.localise.context import DERIVED_SIGN as SIGN
from briefgen.localise.labels import Label
from briefgen.model.facts import AnyFact, Observation, Reason, Superseded, Target, Tile
from briefgen.model.quantities import Cite, Name
from briefgen.model.records import Basis, Derived, Line

from .small import context, page

LEGEND = Label.DERIVED.value
IMPLIED = Derived(value=value("1 people").value, why="It adds up.")


def derived(*facts: AnyFact, name: str = "x", **other: Any) -> Context:
    """These facts; the figure of that name in line 1 of s2025 is derived, not printed there."""
    found = context(*facts, **other)
    line = Line(line=1, sha256="", digest="A digest.", derived={name: IMPLIED})
    sources = {**found.book.sources, "s2025": replace(found.book.sources["s2025"], lines=(line,))}
    return replace(found, briefing=replace(found.briefing, book=replace(found.book, sources=sources)))


def of(text: str, figure: str = "x") -> Any:
    """A value of line 1 of s2025."""
    return value(text, f"s2025:L1#{figure}")


TILE = Tile(label="Visitors", value="n", period="year", rank=1)
FACTS: dict[str, AnyFact] = {
    "in a text": said_on("a", "s2025", text="Invite {n}", values={"n": of("300 people")}),
    "in a tile": said_on("a", "s2025", values={"n": of("300 people")}, tile=TILE),
    "the period of a tile": said_on(
        "a", "s2025", values={"n": of("3 people", "y"), "year": of("2024")}, tile=replace(TILE, period="year")
    ),
    "a figure": figure("a", cites=(Cite("s2025", 1),), observations=(Observation(value=of("300 people")),)),
    "a period": figure(
        "a", cites=(Cite("s2025", 1),), observations=(Observation(value=of("300 people", "y"), period=of("2024")),)
    ),
    "a date": replace(milestone("a", "2024", "s2025"), when=of("2024")),
    "a deadline": said_on("a", "s2025", due=of("2027")),
    "the deadline of a target": said_on(
        "a", "s2025", target=Target(indicator="b", goal=of("3 people", "y"), by=of("2027"))
    ),
    "a summit ahead": summit("a", "2027", "s2025", cite="s2025:L1#x"),
    "a summit that is past": summit("a", "2025", "s2025", cite="s2025:L1#x"),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_derived_value_has_its_sign_wherever_it_is_printed(name: str) -> None:
    shown = page(derived(FACTS[name]))
    assert DAGGER in repr(replace(shown, glance=replace(shown.glance, derived=""), colophon=None))  # type: ignore[arg-type]
    assert any(LEGEND in line for line in shown.colophon.lines)
    assert shown.glance.derived in ("", LEGEND)
    assert (DAGGER in repr(replace(shown.glance, derived=""))) is bool(shown.glance.derived)


@pytest.mark.parametrize("name", FACTS)
def test_a_printed_value_has_none(name: str) -> None:
    assert DAGGER not in repr(page(derived(FACTS[name], name="another")))


def test_a_name_has_none_as_it_would_call_its_bearer_dead() -> None:
    found = derived(said_on("a", "s2025", text="Invite {n}", values={"n": replace(of("300 people"), value=Name("SL"))}))
    assert DAGGER not in repr(page(found).follow_up + page(found).fields)


@pytest.mark.parametrize(("basis", "day"), [(Basis.TEXT, "10\u00a0May 2025"), (Basis.PRESS, f"10\u00a0May 2025{SIGN}")])
def test_a_day_that_one_of_the_cited_sources_prints_has_none(basis: Basis, day: str) -> None:
    found = context(meeting("met", "s2025", cites=(Cite("s2025", 1), Cite("s2024", 1))))
    dated = {"s2025": Basis.DERIVED, "s2024": basis}
    sources = dict(found.book.sources)
    of_the_day = sources["s2025"].events["talks"]
    for id, each in dated.items():
        sources[id] = replace(sources[id], events={"talks": replace(of_the_day, basis=each)})
    known = replace(found, briefing=assess(replace(found.book, sources=sources), found.briefing.day))
    assert [event.when for event in page(known).timeline] == [day]


def test_the_evidence_tells_a_derived_figure_from_a_printed_one() -> None:
    (source,) = page(derived(FACTS["in a text"])).sources
    assert [line.figures for line in source.lines] == [("1\u00a0person (derived)",)]


def test_a_calendar_has_no_signs() -> None:
    found = derived(FACTS["in a text"])
    assert found.plain(found.briefing.items["a"]) == "Invite 300\u00a0people"


def test_what_was_replaced_is_marked_in_the_timeline_and_among_summits() -> None:
    gone = Superseded(by="new", reason=Reason.REPLACED)
    paper = document("old", "s2024", when=value("2024", "s2024:L1#x"), text="Old plan", superseded=gone)
    newer = document("new", "s2025", when=value("2025", "s2025:L1#x"), text="New plan")
    assert [(event.id, str(event.note)) for event in page(context(paper, newer)).timeline] == [
        ("old", "later: New plan"),
        ("new", ""),
    ]
    first = summit("old", "2027", "s2024", superseded=gone, text="Summit in spring")
    second = summit("new", "2027-10", "s2025", text="Summit in autumn")
    shown = page(context(first, second))
    assert [(card.id, card.status.label, str(card.note)) for card in (*shown.upcoming, *shown.past)] == [
        ("new", "Upcoming", ""),
        ("old", "Superseded", "later: Summit in autumn"),
    ]
    assert [row.id for row in shown.glance.due] == ["new"]


def test_a_remark_of_its_own_stays_before_what_took_its_place() -> None:
    gone = Superseded(by="new", reason=Reason.REPLACED)
    first, then = (
        replace(milestone(id, "2024", "s2025"), when=of(when, "y")) for id, when in (("old", "2024"), ("new", "2025"))
    )
    paper = replace(first, superseded=gone, note="Not published")
    assert str(page(context(paper, then)).timeline[0].note) == ("Not published\u00a0· later: Something")


@pytest.mark.parametrize(("day", "shown"), [("2024-05-03", ["new"]), ("2024", ["new"]), ("2025-01-02", ["old", "new"])])
def test_the_timeline_has_an_event_once_where_a_newer_source_has_its_day(day: str, shown: list[str]) -> None:
    gone = Superseded(by="new", reason=Reason.REPLACED)
    old = replace(milestone("old", "2024", "s2025"), when=of("2024", "y"), superseded=gone)
    new = replace(milestone("new", "2024", "s2025"), when=of(day, "y"))
    found = page(context(old, new))
    assert [event.id for event in found.timeline] == shown
    assert [kind.title for kind in found.facts if "old" in kind.ids.split()] == [Label.REPLACED]


def test_a_figure_of_no_period_has_none_on_its_tile() -> None:
    """The day of its source would be taken for the period; a statement has the day on which it was made."""
    bare = Tile(label="Visitors", value="value", rank=1)
    seen = figure("a", cites=(Cite("s2025", 1),), observations=(Observation(value=of("300 people")),), tile=bare)
    assert [tile.period for tile in page(context(seen)).glance.figures] == [""]
    said = said_on("a", "s2025", values={"value": of("300 people")}, tile=bare)
    assert [tile.period for tile in page(context(said)).glance.figures] == ["May 2025"]
