"""Bars and axis: positions in proportion from zero, and the units of each language."""

from datetime import date
from decimal import Decimal

import pytest
from conftest import edition_info
from shipped.pages import briefing, languages, page, workspace

from briefgen.localise.first_page import RowLimits
from briefgen.localise.page import localise

DAY = date(2026, 11, 21)


def _share(text: str) -> Decimal:
    return Decimal(text.removesuffix("%"))


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("en", ["0", "US$50bn", "US$100bn", "US$150bn"]),
        ("vi", ["0", "50 tỷ USD", "100 tỷ USD", "150 tỷ USD"]),
        ("ko", ["0", "500억 달러", "1,000억 달러", "1,500억 달러"]),
    ],
)
def test_the_axis_is_worded_in_the_units_of_the_language(code: str, labels: list[str]) -> None:
    assert [tick.label.replace("\u00a0", " ") for tick in page(DAY, code).ticks] == labels


@pytest.mark.parametrize("code", workspace().settings.languages)
def test_positions_are_in_proportion_from_zero(code: str) -> None:
    shown = page(DAY, code)
    positions = [_share(tick.share) for tick in shown.ticks]
    assert positions[0] == 0
    assert {round(one - other, 1) for one, other in zip(positions[1:], positions, strict=False)} == {Decimal("30.3")}
    assert {_share(bar.goal_share) for bar in shown.targets} == {positions[2], positions[3]}
    assert {round(_share(bar.actual_share) / _share(bar.goal_share), 3) for bar in shown.targets} == {
        round(Decimal("69.1") / 100, 3),
        round(Decimal("69.1") / 150, 3),
    }


def test_a_bar_says_what_is_measured() -> None:
    assert {bar.indicator for bar in page(DAY, "en").targets} == {"Two-way trade (ROK figure)"}


@pytest.mark.parametrize("most", [0, 1, 2, 9])
def test_one_sheet_shows_no_more_targets_than_its_limit_and_counts_the_others(most: int) -> None:
    limits = RowLimits(rows=5, targets=most)
    shown = localise(briefing(DAY), None, languages(), "en", edition_info(), limits)
    left = len(shown.targets) - most
    assert [bar.id for bar in shown.glance.targets] == [bar.id for bar in shown.targets][max(0, left) :]
    assert shown.glance.more_targets == (f"+ {left} more in the full briefing" if left > 0 else "")
