"""Every value the notation can write, for rules that hold for all of them."""

from datetime import date
from decimal import Decimal
from math import gcd

from hypothesis import strategies as st

from briefgen.model.dates import FactDate, Interval, Part, Period
from briefgen.model.quantities import (
    SCALES,
    WHOLE,
    Bound,
    Count,
    Fraction,
    Money,
    Name,
    Ordinal,
    Percent,
    Quantity,
    Rate,
)

YEARS = st.integers(1000, 2999)
PARTS = st.one_of(st.none(), st.sampled_from(Part))
BOUNDS = st.sampled_from(Bound)
RATES = st.sampled_from(Rate)

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
        st.builds(
            Money, st.decimals(Decimal("-1e18"), Decimal("1e18"), places=places), st.sampled_from(codes), BOUNDS, RATES
        )
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
    st.builds(Count, st.integers(0, 10**13).map(Decimal), counters, BOUNDS, RATES),
    st.builds(Count, st.decimals(1, 1000, places=3), counters.filter(lambda unit: unit not in WHOLE), BOUNDS, RATES),
    st.integers(2, 99).flatmap(
        lambda whole: st.builds(
            Fraction, st.integers(1, whole - 1).filter(lambda part: gcd(part, whole) == 1), st.just(whole), BOUNDS
        )
    ),
    st.builds(Ordinal, st.integers(1, 9999)),
    st.builds(Percent, st.decimals(-1000, 1000, places=3).filter(lambda it: not it.is_signed() or it), BOUNDS, RATES),
    st.builds(Name, ids),
)
