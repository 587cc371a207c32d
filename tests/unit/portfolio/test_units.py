"""Cents and periods, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

import pytest

from portfolio.project import Horizon, Project
from portfolio.units import Calendar, from_cents, scale, spread, to_cents


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("0.005", 0),
        ("0.015", 2),
        ("-0.005", 0),
        ("12345678901234567890.12", 1234567890123456789012),
        (7, 700),
        (Decimal("1e3"), 100_000),
    ],
)
def test_amounts_become_cents_with_halves_to_even(amount: Decimal | int | str, cents: int) -> None:
    assert to_cents(amount) == cents


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-inf"])
def test_what_is_no_amount_of_money_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        to_cents(amount)


def test_text_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidOperation):
        to_cents("12k")


def test_cents_print_with_both_digits() -> None:
    assert str(from_cents(-5)) == "-0.05"


def test_a_refund_is_spread_exactly_too() -> None:
    assert spread(-100, 3) == (-33, -33, -34)


def test_the_cents_left_over_go_where_most_was_cut_off() -> None:
    assert scale((1, 8, 1), 9) == (1, 7, 1)


def test_nothing_to_scale_by_means_evenly_and_nobody_to_scale_means_nothing() -> None:
    assert scale((0, 0, 0), 100) == (34, 33, 33)
    assert scale((), 100) == ()


@pytest.mark.parametrize(
    ("start", "months", "labels"),
    [
        (date(2027, 1, 1), 12, ["2027", "2028"]),
        (date(2027, 4, 1), 12, ["2027-04", "2028-04"]),
        (date(2027, 7, 1), 6, ["2027 H2", "2028 H1"]),
        (date(2027, 10, 1), 3, ["2027 Q4", "2028 Q1"]),
        (date(2027, 11, 1), 3, ["2027-11", "2028-02"]),
        (date(2027, 12, 1), 1, ["2027-12", "2028-01"]),
    ],
)
def test_periods_are_named_as_people_name_them(start: date, months: int, labels: list[str]) -> None:
    calendar = Calendar(start, months, 2)
    assert [calendar.label(period) for period in range(2)] == labels


def test_a_period_ends_on_the_last_day_of_its_month_in_leap_years_too() -> None:
    calendar = Calendar(date(2028, 1, 1), 1, 12)
    assert calendar.last_day(1) == date(2028, 2, 29)
    assert calendar.last_day(11) == date(2028, 12, 31)


def test_days_outside_the_horizon_fall_into_its_ends() -> None:
    calendar = Calendar(date(2027, 1, 1), 6, 4)
    assert calendar.clamp(date(2020, 5, 5)) == 0
    assert calendar.clamp(date(2050, 5, 5)) == 3


def grant_of(**fields: object) -> tuple[int, ...]:
    project = Project(id="p", name="P", cost=1000, grant=1000, **fields)  # type: ignore[arg-type]
    return project.grant_by_period(Calendar(date(2027, 1, 1), 6, 4))


def test_a_grant_falls_evenly_over_the_periods_from_start_to_end() -> None:
    assert grant_of(start=date(2027, 8, 1), end=date(2028, 9, 1)) == (0, 334, 333, 333)


def test_a_grant_follows_its_profile_from_the_start_on() -> None:
    assert grant_of(start=date(2027, 8, 1), spend=(3, 1)) == (0, 750, 250, 0)


def test_what_a_profile_holds_past_the_horizon_falls_into_the_last_period() -> None:
    assert grant_of(start=date(2028, 3, 1), spend=(1, 1, 1, 1)) == (0, 0, 250, 750)


def test_without_dates_the_grant_falls_into_the_first_period() -> None:
    assert grant_of() == (1000, 0, 0, 0)


def test_an_end_before_the_start_still_pays_the_grant_once() -> None:
    assert grant_of(start=date(2028, 1, 1), end=date(2027, 1, 1)) == (0, 0, 1000, 0)


@pytest.mark.parametrize(
    ("months", "horizon"),
    [
        (0, Horizon.QUICK_WIN),
        (12, Horizon.QUICK_WIN),
        (13, Horizon.MEDIUM),
        (36, Horizon.MEDIUM),
        (37, Horizon.LONG),
        (None, None),
    ],
)
def test_the_horizon_turns_after_twelve_and_thirty_six_months(
    months: int | None, horizon: Horizon | None
) -> None:
    assert Project(id="p", name="P", months_to_payoff=months).horizon is horizon
