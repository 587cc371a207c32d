"""Cents are never made or lost, and periods follow one another without gaps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portfolio.project import Project
from portfolio.units import Calendar, from_cents, scale, spread, to_cents

CENTS = st.integers(0, 10**15)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
CALENDARS = st.builds(Calendar, DAYS, st.sampled_from((1, 3, 6, 12)), st.integers(1, 12))


@given(CENTS, st.integers(1, 50))
def test_spread_sums_exactly_in_shares_at_most_a_cent_apart(total: int, parts: int) -> None:
    shares = spread(total, parts)
    assert len(shares) == parts
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1
    assert list(shares) == sorted(shares, reverse=True)


@given(st.lists(CENTS, min_size=1, max_size=12), CENTS)
def test_scale_sums_exactly_and_each_share_is_its_quota_rounded_up_or_down(
    amounts: list[int], total: int
) -> None:
    shares = scale(tuple(amounts), total)
    assert sum(shares) == total
    whole = sum(amounts)
    for amount, share in zip(amounts, shares, strict=True):
        if whole:
            assert abs(share * whole - amount * total) < whole


@given(st.lists(CENTS, min_size=1, max_size=12))
def test_scale_to_its_own_sum_changes_nothing(amounts: list[int]) -> None:
    if sum(amounts):
        assert scale(tuple(amounts), sum(amounts)) == tuple(amounts)


@given(st.integers(-(10**17), 10**17))
def test_cents_survive_the_way_out_and_back(cents: int) -> None:
    assert to_cents(from_cents(cents)) == cents


@given(st.decimals(-(10**12), 10**12, places=4))
def test_an_amount_is_rounded_by_half_a_cent_at_most(amount: Decimal) -> None:
    assert abs(from_cents(to_cents(amount)) - amount) <= Decimal("0.005")


@given(CALENDARS, DAYS)
def test_the_period_of_a_day_holds_it(calendar: Calendar, day: date) -> None:
    period = calendar.index(day)
    assert calendar.first_day(period) <= day <= calendar.last_day(period)


@given(CALENDARS, st.integers(0, 11))
def test_a_period_begins_the_day_after_the_one_before_ends(calendar: Calendar, period: int) -> None:
    assert calendar.last_day(period) + timedelta(days=1) == calendar.first_day(period + 1)


@given(CALENDARS)
def test_every_period_has_a_name_of_its_own(calendar: Calendar) -> None:
    assert len({calendar.label(period) for period in range(calendar.count)}) == calendar.count


@given(
    CALENDARS,
    CENTS,
    st.lists(CENTS, max_size=15),
    st.none() | DAYS,
    st.none() | DAYS,
)
def test_the_grant_by_period_sums_to_the_grant_wherever_the_project_lies(
    calendar: Calendar, grant: int, spend: list[int], start: date | None, end: date | None
) -> None:
    project = Project(
        id="p", name="P", cost=grant, grant=grant, spend=tuple(spend), start=start, end=end
    )
    by_period = project.grant_by_period(calendar)
    assert len(by_period) == calendar.count
    assert sum(by_period) == grant
    assert min(by_period) >= 0
