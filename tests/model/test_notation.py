"""Cites, occasions and ids: read, written again, and refused with what was expected."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.quantities import Cite, EventRef, parse_event, parse_figure, parse_id, parse_line

IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)

REFUSED: list[tuple[Callable[[str], object], str, str]] = [
    (parse_line, "talks-2022", "names no line of a source; cites are written like source:L7"),
    (parse_line, "talks-2022:7", "names no line of a source; did you mean talks-2022:L7?"),
    (parse_line, "talks-2022:L0", "names no line of a source; cites are written like source:L7"),
    (parse_line, "talks-2022:L07", "names no line of a source; did you mean talks-2022:L7?"),
    (parse_line, "talks-2022: l7", "names no line of a source; did you mean talks-2022:L7?"),
    (parse_line, "talks-2022.yaml, line 7", "names no line of a source; did you mean talks-2022:L7?"),
    (parse_line, "talks_2022：L７", "names no line of a source; did you mean talks-2022:L7?"),
    (parse_line, "talks-2022:L7-8", "did you mean talks-2022:L7 and talks-2022:L8? Each line is cited by itself"),
    (parse_line, "talks-2022:L7#goal", "names no line of a source"),
    (parse_line, "Talks-2022:L7", "names no line of a source"),
    (parse_figure, "talks-2022:L7", "names no figure of a source; figures are named like source:L7#figure"),
    (parse_figure, "talks-2022:7#goal", "names no figure of a source; did you mean talks-2022:L7#goal?"),
    (parse_figure, "talks-2022:L7#", "names no figure of a source"),
    (parse_figure, "talks-2022:L7#Goal", "names no figure of a source"),
    (parse_event, "talks-2022", "names no event of a source; events are named like source@event"),
    (parse_event, "talks-2022:talks", "names no event of a source"),
    (parse_id, "Trade Goal", "is no id; ids are small letters, digits and hyphens; did you mean 'trade-goal'?"),
    (parse_id, "trаde-goal", "did you mean 'trade-goal'?"),
    (parse_id, "trade_goal-", "did you mean 'trade-goal'?"),
    (parse_id, "무역", "is no id; ids are small letters, digits and hyphens, like trade-goal-2030"),
    (parse_id, "trade--goal", "is no id"),
    (parse_id, "-trade", "is no id"),
    (parse_id, "mục-tiêu", "did you mean 'muc-tieu'?"),
    (parse_id, "férry", "did you mean 'ferry'?"),
    (parse_id, "", "'' is no id"),
    (parse_id, "con", "'con' cannot be the name of a file on every system; take another id"),
    (parse_id, "lpt1", "cannot be the name of a file on every system"),
    (parse_id, "a" * 101, "has 101 characters; the most is 100"),
]


@pytest.mark.parametrize(("parse", "text", "sentence"), REFUSED)
def test_anything_else_is_refused(parse: Callable[[str], object], text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"\A.") as refusal:
        parse(text)
    assert sentence in str(refusal.value)


@given(IDS, st.integers(1, 9999))
def test_a_line_is_written_as_it_is_read(source: str, line: int) -> None:
    cite = Cite(source, line)
    assert parse_line(str(cite)) == cite


@given(IDS, st.integers(1, 9999), IDS)
def test_a_figure_is_written_as_it_is_read(source: str, line: int, figure: str) -> None:
    cite = Cite(source, line, figure)
    assert parse_figure(str(cite)) == cite


@given(IDS, IDS)
def test_an_occasion_is_written_as_it_is_read(source: str, event: str) -> None:
    assert parse_event(str(EventRef(source, event))) == EventRef(source, event)


@given(IDS)
def test_an_id_is_itself(text: str) -> None:
    assert parse_id(text) == text


def test_cites_sort_by_line_not_by_letter() -> None:
    assert sorted([Cite("talks", 10), Cite("talks", 9), Cite("a", 11)]) == [
        Cite("a", 11),
        Cite("talks", 9),
        Cite("talks", 10),
    ]
