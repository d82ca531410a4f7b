"""The history of a target: every goal and every result, the latest first; a bar only where it is fair."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from assess.books import figure, said_on, value
from shipped.pages import page, workspace

from briefgen.localise.context import Context
from briefgen.localise.summits import targets
from briefgen.model.facts import Act, Figure, Observation, Reason, Statement, Superseded, Target, Tile
from briefgen.model.views import TargetRow

from .small import context

DAY = date(2026, 11, 21)


def _goal(id: str, source: str, amount: str, by: str, **other: Any) -> Statement:
    cite = f"{source}:L1#x"
    target = Target(indicator="trade", goal=value(amount, cite), by=value(by, cite))
    fields: dict[str, Any] = {"act": Act.AIMED, "target": target, "text": "Reach {goal} by {by}"}
    return said_on(id, source, **fields | other)


def _trade(*seen: tuple[str, str, str], by: tuple[str, ...] = ()) -> Figure:
    """Amount, period and source of each observation."""
    observed = [
        Observation(value=value(amount, f"{s}:L1#x"), period=value(when, f"{s}:L1#y")) for amount, when, s in seen
    ]
    sources = dict.fromkeys(source for _, _, source in seen)
    known = figure("trade", cites=(), name="Trade")
    cites = tuple(replace(each.value.cite, figure="") for each in observed)
    assert sources
    return replace(known, observations=tuple(observed), cites=cites, by=by)


def _rows(found: Context) -> list[TargetRow]:
    (history,) = targets(found)
    assert (history.indicator, history.title) == ("trade", "Trade")
    return list(history.rows)


def test_goals_and_results_are_in_one_history_the_latest_first() -> None:
    found = context(
        _goal("first", "s2022", "3 billion USD", "2025"),
        _goal("second", "s2025", "5 billion USD", "2030"),
        _trade(("2 billion USD", "2021", "s2022"), ("2.5 billion USD", "2024", "s2025")),
    )
    rows = _rows(found)
    assert [(row.id, (row.result or str(row.text)).replace("\u00a0", " "), row.when) for row in rows] == [
        ("second", "Reach US$5 billion by 2030", "May 2025"),
        ("trade", "US$2.5 billion (2024)", "2024"),
        ("first", "Reach US$3 billion by 2025", "May 2022"),
        ("trade", "US$2 billion (2021)", "2021"),
    ]
    assert [row.act.code if row.act else None for row in rows] == ["aimed", None, "aimed", None]
    assert [row.status.code if row.status else None for row in rows] == ["open", None, "deadline-passed", None]


def test_of_two_results_for_one_period_the_later_one_counts() -> None:
    """Tiles and headlines print the last one, and the bar measured the goal by the first."""
    found = context(
        _goal("goal", "s2025", "5 billion USD", "2030"),
        _trade(("4 billion USD", "2024", "s2022"), ("2 billion USD", "2024", "s2025")),
    )
    (history,) = targets(found)
    assert "US$2 billion" in history.bars.replace("\u00a0", " ")
    assert [row.share for row in history.rows if row.act] == ["40.0%"]
    assert [row.result.replace("\u00a0", " ") for row in history.rows if not row.act] == [
        "US$2 billion (2024)",
        "US$4 billion (2024)",
    ]


def test_a_figure_that_came_later_measures_the_targets_of_its_name() -> None:
    target = Target(name="Trade", goal=value("5 billion USD", "s2022:L1#x"), by=value("2030", "s2022:L1#x"))
    goal = _goal("goal", "s2022", "5 billion USD", "2030", target=target)
    seen = _trade(("3 billion USD", "2024", "s2025"))
    assert [(row.id, row.share) for row in _rows(context(goal, seen))] == [("trade", ""), ("goal", "60.0%")]
    (alone,) = targets(context(goal, replace(seen, name="Trade in goods")))
    assert (alone.indicator, alone.title, len(alone.rows)) == ("", "Trade", 1)


def test_a_result_older_than_the_goal_has_no_bar() -> None:
    goal = _goal("goal", "s2023", "5 billion USD", "2030")
    assert _rows(context(goal, _trade(("2 billion USD", "2021", "s2022"))))[0].share == ""
    newer = _rows(context(goal, _trade(("2 billion USD", "2021", "s2022"), ("3 billion USD", "2024", "s2025"))))
    assert [row.share for row in newer] == ["", "60.0%", ""]


@pytest.mark.parametrize(("amount", "share"), [("8 billion USD", "100.0%"), ("400 billion KRW", ""), ("12%", "")])
def test_a_bar_is_never_longer_than_the_goal_and_compares_only_the_same_currency(amount: str, share: str) -> None:
    goal = _goal("goal", "s2022", "5 billion USD", "2030")
    (_, shown) = _rows(context(goal, _trade((amount, "2024", "s2025"))))
    assert shown.share == share


def test_a_bar_has_two_amounts_of_one_rate_and_none_below_zero() -> None:
    for goal, seen in (
        ("5 billion USD", "-2 billion USD"),
        ("-1 billion USD", "-2 billion USD"),
        (A_YEAR, "4 billion USD"),
    ):
        found = context(_goal("goal", "s2022", goal, "2030"), _trade((seen, "2024", "s2025")))
        assert [row.share for row in _rows(found)] == ["", ""]
    assert (
        _rows(context(_goal("goal", "s2022", A_YEAR, "2030"), _trade((A_YEAR, "2024", "s2025"))))[1].share == "100.0%"
    )


A_YEAR = "5 billion USD per year"


@pytest.mark.parametrize(
    ("period", "share"), [("2024", "60.0%"), ("2024-11", "60.0%"), ("2024-40", ""), ("2024-33", "")]
)
def test_a_result_of_some_months_is_none_of_a_year(period: str, share: str) -> None:
    found = context(_goal("goal", "s2022", "5 billion USD", "2030"), _trade(("3 billion USD", period, "s2025")))
    assert [row.share for row in _rows(found) if row.act] == [share]


def test_numbers_of_one_unit_are_compared() -> None:
    goal = _goal("goal", "s2022", "400 people", "2030")
    assert _rows(context(goal, _trade(("100 people", "2024", "s2025"))))[1].share == "25.0%"
    assert _rows(context(goal, _trade(("100 documents", "2024", "s2025"))))[1].share == ""


def test_a_replaced_goal_has_no_bar_and_names_its_successor() -> None:
    old = _goal(
        "old",
        "s2022",
        "4 billion USD",
        "2024",
        superseded=Superseded(by="new", reason=Reason.REPLACED),
        text="Old goal",
    )
    new = _goal("new", "s2023", "5 billion USD", "2030", text="New goal")
    rows = {row.id: row for row in _rows(context(old, new, _trade(("3 billion USD", "2024", "s2025"), by=("SL",))))}
    assert (rows["new"].share, rows["old"].share) == ("60.0%", "")
    assert rows["old"].later == "Deadline passed – below the goal by the figures of SL; later: New goal"


@pytest.mark.parametrize(
    ("goal", "seen", "words"),
    [
        ("4 billion USD", "3.9 billion USD", "below the goal by the figures of SL"),
        ("4 billion USD", "4 billion USD", "at or above the goal by the figures of SL"),
        ("400 people", "500 people", "at or above the goal by the figures of SL"),
        ("4 billion USD", "3 billion EUR", "see figures"),
        ("4 billion USD", "more than 3 billion USD", "see figures"),
        ("about 4 billion USD", "3 billion USD", "see figures"),
        ("4 billion USD", "3 billion USD per year", "see figures"),
    ],
)
def test_a_goal_whose_year_was_measured_says_on_which_side_the_figures_are(goal: str, seen: str, words: str) -> None:
    """That is no word on whether it was met: some goals are to be undercut."""
    for period, told in (("2024", words), ("2024-40", "see figures"), ("2024-11", "see figures")):
        for by, whose in ((("SL",), told), ((), "see figures")):  # of figures that nobody is said to give, nothing is
            found = context(_goal("goal", "s2022", goal, "2024"), _trade((seen, period, "s2025"), by=by))
            (status,) = [row.status for row in _rows(found) if row.status]
            assert status.label == f"Deadline passed – {whose}"


def test_a_goal_of_no_known_day_has_a_bar() -> None:
    goal = replace(_goal("goal", "s2022", "5 billion USD", "2030"), on=None)
    assert [row.share for row in _rows(context(goal, _trade(("2 billion USD", "2024", "s2025"))))] == ["", "40.0%"]


def test_a_bar_is_explained_and_only_a_goal_that_stands_has_one() -> None:
    old = _goal("old", "s2022", "6 billion USD", "2030")
    new = replace(_goal("new", "s2023", "5 billion USD", "2030"), repeats=("old",))
    (history,) = targets(context(old, new, _trade(("3 billion USD", "2024", "s2025"))))
    assert {row.id: (row.share, row.also) for row in history.rows if row.act} == {"new": ("60.0%", "similarly 2022")}
    assert history.bars.replace("\u00a0", " ") == "60%\u2060† of the goal: US$3 billion (2024)"
    (over,) = targets(context(new, _trade(("6 billion USD", "2024", "s2025"))))
    assert "120%\u2060† of the goal" in over.bars
    (bare,) = targets(context(old, new))
    assert bare.bars == ""
    gone = replace(old, superseded=Superseded(by="new", reason=Reason.REPLACED))
    (history,) = targets(context(gone, replace(new, repeats=()), _trade(("3 billion USD", "2024", "s2025"))))
    assert {row.id: row.share for row in history.rows if row.act} == {"new": "60.0%", "old": ""}


def test_a_goal_whose_day_has_passed_has_no_bar_nor_one_named_over_a_year_after_the_last_result() -> None:
    over, new = _goal("over", "s2022", "5 billion USD", "2024"), _goal("new", "s2025", "6 billion USD", "2030")
    for period, bars in (("2023", set()), ("2024", {"new"})):
        (history,) = targets(context(over, new, _trade(("3 billion USD", period, "s2025")), day=date(2025, 12, 1)))
        assert {row.id for row in history.rows if row.share} == bars


def test_only_the_newest_goal_that_can_have_one_has_a_bar() -> None:
    goals = (_goal("old", "s2022", "6 billion USD", "2030"), _goal("new", "s2023", "5 billion USD", "2030"))
    (history,) = targets(context(*goals, _trade(("3 billion USD", "2024", "s2025"))))
    assert {row.id: row.share for row in history.rows if row.act} == {"new": "60.0%", "old": ""}


def test_a_goal_is_attributed_to_who_tells_it_now_and_to_who_told_it_before() -> None:
    old, new = _goal("old", "s2022", "5 billion USD", "2030"), _goal("new", "s2023", "5 billion USD", "2030")
    both = [replace(each, by=("NL", "SL")) for each in (old, replace(new, repeats=("old",)))]
    for other, also in (("NL", "similarly 2022"), ("SL", "similarly 2022 (as told by SL)")):
        (history,) = targets(context(*both, accounts={"s2022": other, "s2023": "NL"}))
        assert [(row.account, row.also) for row in history.rows] == [("as told by NL", also)]


def test_beside_a_goal_that_is_over_stands_what_was_measured_for_its_year_and_by_whom() -> None:
    trade = replace(_trade(("3 billion USD", "2024", "s2025"), ("2 billion USD", "2023", "s2025")), by=("SL",))
    for by, told in (("2024", "figure of SL: US$3 billion (2024)"), ("2030", "")):
        rows = _rows(context(_goal("goal", "s2022", "5 billion USD", by), trade))
        (later,) = [row.later.replace("\u00a0", " ") for row in rows if row.act]
        assert later == told
    rows = _rows(context(_goal("goal", "s2022", "5 billion USD", "2024"), replace(trade, by=())))
    (later,) = [row.later.replace("\u00a0", " ") for row in rows if row.act]
    assert later == "US$3 billion (2024)"  # a figure of no side names none


def test_only_results_that_are_known_on_the_day_are_in_it() -> None:
    facts = (
        _goal("goal", "s2022", "5 billion USD", "2030"),
        _trade(("2 billion USD", "2021", "s2022"), ("3 billion USD", "2024", "s2025")),
    )
    assert [row.when for row in _rows(context(*facts, day=date(2025, 1, 1)))] == ["May 2022", "2021"]


def test_of_one_year_it_is_said_once_that_a_goal_was_told_before_and_by_whom() -> None:
    rows = [row for history in page(date(2026, 11, 28), "en").targets for row in history.rows]
    (also,) = [row.also.replace("\u00a0", " ") for row in rows if row.id == "trade-goal-2026"]
    assert also == "similarly 2025 (Agreed, as told by the ROK; Aim, as told by Viet Nam)"


@pytest.mark.parametrize("code", workspace().settings.languages)
def test_no_bar_of_the_shipped_facts_measures_a_goal_by_an_older_figure(code: str) -> None:
    """Trade of 2020 says nothing of goals that were set years later."""
    (history,) = page(date(2023, 12, 1), code).targets
    goals = [row for row in history.rows if row.act]
    assert len(goals) >= 3
    assert {row.share for row in goals} == {""}
    (history,) = page(DAY, code).targets
    assert history.rows[0].share, "the newest goal has one"


@pytest.mark.parametrize(
    ("code", "result"),
    [("en", "US$69.1 billion (2020)"), ("vi", "69,1 tỷ USD (2020)"), ("ko", "691억 달러(2020년)")],
)
def test_a_result_is_worded_as_the_language_does(code: str, result: str) -> None:
    (history,) = page(DAY, code).targets
    assert [row.result.replace("\u00a0", " ") for row in history.rows if row.id == "trade-volume"] == [result]
    assert len([row for row in history.rows if not row.act]) == 5, "figures of the same name, whoever gives them"


def test_the_title_is_the_name_of_what_is_measured_or_else_its_text() -> None:
    """Whose figure it is stands in each row; a tile's label, which says that as well, is no title."""
    tile = Tile(label="Trade (our figure)", value="value", rank=1)
    known = replace(_trade(("2 billion USD", "2021", "s2022")), tile=tile, text="Trade, as given by SL")
    goal = _goal("goal", "s2022", "5 billion USD", "2030")
    for name, title in (("Two-way trade", "Two-way trade"), ("", "Trade, as given by SL")):
        (history,) = targets(context(goal, replace(known, name=name)))
        assert history.title == title
