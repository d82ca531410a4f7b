"""Every value the notation can write, for rules that hold for all of them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from briefgen.model.dates import FactDate, Interval, Part, Period
from briefgen.model.quantities import SCALES, Bound, Count, Money, Name, Ordinal, Percent, Quantity

YEARS = st.integers(1000, 2999)
PARTS = st.one_of(st.none(), st.sampled_from(Part))
BOUNDS = st.sampled_from(Bound)

days: st.SearchStrategy[Period] = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(
    lambda day: Period(day.year, day.month, day.day)
)
units: st.SearchStrategy[Period] = st.one_of(
    st.builds(Period, YEARS, part=PARTS),
    st.builds(Period, YEARS, half=st.integers(1, 2), part=PARTS),
    st.builds(Period, YEARS, season=st.integers(1, 4), part=PARTS),
    st.builds(Period, YEARS, quarter=st.integers(1, 4), part=PARTS),
    st.builds(Period, YEARS, month=st.integers(1, 12), part=PARTS),
)
periods: st.SearchStrategy[Period] = st.one_of(days, units)
intervals: st.SearchStrategy[Interval] = st.builds(Interval, periods, periods).filter(
    lambda interval: interval.first <= interval.last
)
dates: st.SearchStrategy[FactDate] = st.one_of(periods, intervals)

amounts: st.SearchStrategy[Money] = st.one_of(
    *(
        st.builds(Money, st.decimals(Decimal("-1e18"), Decimal("1e18"), places=places), st.sampled_from(codes), BOUNDS)
        for places, codes in ((0, ["JPY", "VND", "KRW"]), (2, ["USD", "EUR", "CNY"]), (3, ["KWD", "TND"]))
    )
).filter(lambda money: not money.amount.is_signed() or money.amount)
counters = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8}){0,2}", fullmatch=True).filter(
    lambda unit: unit not in (*SCALES, "st", "nd", "rd", "th")
)
ids = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,12}", fullmatch=True)

quantities: st.SearchStrategy[Quantity] = st.one_of(
    dates,
    amounts,
    st.builds(Count, st.integers(0, 10**13), counters, BOUNDS),
    st.builds(Ordinal, st.integers(1, 999)),
    st.builds(Percent, st.decimals(-1000, 1000, places=3).filter(lambda it: not it.is_signed() or it), BOUNDS),
    st.builds(Name, ids),
)
