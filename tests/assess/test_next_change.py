"""The next change is the next day on which anything else is said: none before it, and something on it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.assess import assess
from briefgen.model.book import FactBook
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.dates import parse_date
from briefgen.model.facts import Act, AnyFact, Delivery, Earlier, EarlierText, Outcome, Reason, Superseded, Value
from briefgen.model.quantities import Cite, parse_figure, parse_quantity

from .books import EARLY, LATE, book, figure, mechanism, meeting, office, statement, summit, value

FIRST, LAST = EARLY - timedelta(days=40), date(2026, 3, 31)
dues = st.dates(FIRST, LAST).map(str)
outcomes = st.one_of(st.none(), st.just(Outcome(status=Delivery.FULFILLED, cites=(Cite("late", 2),))))
reviews = st.one_of(st.none(), dues.map(parse_date))
others = st.sampled_from(["", "f0", "f1", "f2", "f3"])
statements = st.builds(
    lambda due, dated, source, act, outcome, reviewed, summit, repeats, answers: statement(
        "s",
        *({source, dated} if due else {source}),
        act=act,
        due=due and value(due, f"{dated}:L1#x"),
        outcome=outcome,
        reviewed=reviewed,
        summit=summit or None,
        repeats=(repeats,) if repeats else (),
        answers=(answers,) if answers else (),
    ),
    st.one_of(st.none(), dues),
    st.sampled_from(["early", "late"]),
    st.sampled_from(["early", "late"]),
    st.sampled_from(Act),
    outcomes,
    reviews,
    others,
    others,
    others,
)
offices = st.builds(
    lambda until, source, reviewed: office("o", source, until=until and value(until), reviewed=reviewed),
    st.one_of(st.none(), dues),
    st.sampled_from(["early", "late"]),
    reviews,
)
figures = st.builds(
    lambda periods, reviewed: figure("f", *periods, reviewed=reviewed), st.lists(dues, max_size=2), reviews
)
summits = st.builds(
    lambda when, held, sources: summit("s", when, *sources, cite=f"{sources[-1]}:L1#x", held=held),
    st.one_of(dues, st.sampled_from(["2025", "2026-02", "end 2025"])),
    st.booleans(),
    st.sampled_from([("early",), ("late",), ("early", "late")]),
)
whens = st.one_of(dues, st.sampled_from(["2025", "2026-02", "end 2025"]))
earlier_whens = st.one_of(st.none(), whens)
sessions = st.builds(
    lambda when, before, held, of: meeting(
        "m",
        "late",
        cites=(Cite("early", 1), Cite("late", 1)),
        when=told_later(when, before),
        held=held,
        session_of=of or None,
    ),
    whens,
    earlier_whens,
    st.sampled_from([None, False, True]),
    others,
)
mechanisms = st.builds(
    lambda every, before: mechanism("m", every=told_later(every, before)),
    st.sampled_from(["10 days", "3 months", "1 years"]),
    st.sampled_from([None, "2 weeks", "6 months"]),
)
books = st.lists(st.one_of(statements, summits, offices, figures, sessions, mechanisms), min_size=1, max_size=4).map(
    lambda facts: book(*(replace(fact, id=f"f{number}") for number, fact in enumerate(facts)))
)


EARLY_FIGURE = parse_figure("early:L1#x")


def told_later(text: str, before: str | None) -> Value:
    """A value of the late source, with what the early one had in its place, if it had anything."""
    earlier = (Earlier(value=parse_quantity(before), cite=EARLY_FIGURE),) if before else ()
    return replace(value(text, "late:L1#x"), earlier=earlier)


def said(briefing: Briefing) -> dict[str, Assessed]:
    """All that is said on a day but the days that are counted down and the reasons, which name no day ahead.

    When a fact was last confirmed is said of stale ones only; when its review is due is not said, only whether it is.
    """
    return {
        id: replace(
            item,
            days=None,
            why="",
            confirmed=item.confirmed if item.stale else date.min,
            review_due=date.min if item.review_due else None,
        )
        for id, item in briefing.items.items()
    }


def hold(asked: FactBook, day: date) -> date | None:
    """Checks that nothing changes from this day until the day that is named, and that something does on it."""
    today = assess(asked, day)
    end = today.next_change or LAST + timedelta(days=400)
    for number in range(1, (end - day).days):
        later = assess(asked, day + timedelta(days=number))
        assert said(later) == said(today), later.day
        assert later.headlines == today.headlines
    if today.next_change:
        assert said(assess(asked, today.next_change)) != said(today)
    return today.next_change


@settings(max_examples=settings().max_examples // 2)
@given(books, st.dates(FIRST, LAST))
def test_nothing_changes_before_it_and_something_does_on_it(asked: FactBook, day: date) -> None:
    hold(asked, day)


def days_of_change(*facts: AnyFact) -> list[str]:
    days, day = [], FIRST
    while following := hold(book(*facts), day):
        days.append(str(following))
        day = following
    return days


def test_a_deadline_nears_and_passes() -> None:
    assert days_of_change(statement("s", due=value("2025-12"))) == [
        "2025-01-10",
        "2025-07-09",
        "2025-10-02",
        "2026-01-01",
    ]


def test_a_summit_nears_and_is_over() -> None:
    assert days_of_change(summit("s", "2026-02")) == ["2025-01-10", "2025-04-10", "2026-02-01", "2026-03-01"]


def test_a_summit_that_is_to_be_held_by_a_day_is_over_after_it() -> None:
    ahead = replace(summit("s", "2026-02"), when=None, values={"by": value("2026-02")})
    assert days_of_change(ahead) == ["2025-01-10", "2025-04-10", "2026-01-11", "2026-03-01"]


def test_so_is_one_that_an_earlier_source_had_sooner() -> None:
    by = replace(value("2026-02", "late:L1#x"), earlier=(Earlier(value=parse_quantity("2025-03"), cite=EARLY_FIGURE),))
    ahead = replace(summit("s", "2026-02", "early", "late"), when=None, values={"by": by})
    assert days_of_change(ahead)[:4] == ["2025-01-10", "2025-03-01", "2025-04-01", str(LATE)]


def test_a_text_of_its_own_before_a_source_that_it_does_not_cite_changes_with_that() -> None:
    told = statement("s", act=Act.STATED, earlier_texts=(EarlierText(text="Less", before="late"),))
    assert days_of_change(told) == ["2025-01-10", str(LATE)]


def test_what_is_settled_changes_no_more() -> None:
    outcome = Outcome(status=Delivery.FULFILLED, cites=(Cite("early", 2),))
    assert days_of_change(statement("s", due=value("2025-12"), outcome=outcome)) == ["2025-01-10"]
    assert days_of_change(statement("s", act=Act.STATED, due=value("2025-12"))) == ["2025-01-10"]
    assert days_of_change(summit("s", "2026-02", held=True)) == ["2025-01-10"]


def test_what_became_of_a_superseded_one_changes_still() -> None:
    old = statement("old", due=value("2025-12"), superseded=Superseded(by="new", reason=Reason.REPLACED))
    stale = str(LATE + timedelta(days=180))
    days = ["2025-01-10", str(LATE), "2025-10-02", stale, "2026-01-01"]
    assert days_of_change(old, statement("new", "late")) == days


def test_a_review_comes_in_between() -> None:
    """Stale from 180 days after the source until the review, and again 180 days after it."""
    reviewed = statement("s", reviewed=parse_date("2025-08-01"))
    assert days_of_change(reviewed) == ["2025-01-10", "2025-07-09", "2025-08-01", "2026-01-28"]


def test_a_review_of_what_is_fresh_changes_nothing_on_its_day() -> None:
    assert days_of_change(statement("s", reviewed=parse_date("2025-03-01"))) == ["2025-01-10", "2025-08-28"]


def test_an_office_that_has_ended_or_that_nothing_confirmed_for_three_years_ages_no_more() -> None:
    assert days_of_change(office("o")) == ["2025-01-10", "2025-04-10", "2028-01-14"]
    assert days_of_change(office("o", until=value("2025-05-31"))) == ["2025-01-10", "2025-04-10", "2025-06-01"]
    assert days_of_change(office("o", until=value("2025-02-28"))) == ["2025-01-10", "2025-03-01"]


def test_a_session_nears_by_the_rhythm_that_was_known() -> None:
    """Every six months as the early source has it, every year as the late one has."""
    channel = mechanism("channel", every=told_later("1 years", "6 months"))
    held = meeting("held", "early", session_of="channel")
    assert days_of_change(channel, held) == [
        "2025-01-10",
        "2025-05-02",
        str(LATE),
        "2026-10-02",
        "2027-01-01",
        "2028-01-10",
    ]
