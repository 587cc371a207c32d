"""Earned schedule, against the published series and by hand where the plan is odd."""

from __future__ import annotations

import pytest

from portfolio.review.earned_schedule import (
    earned_schedule,
    ieac_t,
    spi_t,
    without_pauses,
    working_time,
)

PLANNED = (10, 30, 60, 100, 140, 180, 210, 230, 240, 250)
EARNED = (8, 22, 40, 66, 92, 118, 146, 170, 190, 208, 228, 250)


def pace_at(period: int) -> float:
    pace = spi_t(earned_schedule(PLANNED, EARNED[period - 1]), period)
    assert pace is not None
    return pace


def test_the_published_series_gives_its_pace_at_the_first_and_last_period() -> None:
    assert pace_at(1) == pytest.approx(0.8)
    assert pace_at(12) == pytest.approx(0.8333, abs=5e-5)


def test_the_published_series_forecasts_its_duration_at_period_six() -> None:
    assert ieac_t(len(PLANNED), pace_at(6)) == pytest.approx(13.483, abs=5e-4)


def test_pace_stays_below_one_on_a_late_project_where_the_money_index_returns_to_one() -> None:
    assert EARNED[-1] / PLANNED[-1] == 1
    assert pace_at(12) < 1


def test_nothing_earned_is_worth_no_time() -> None:
    assert earned_schedule(PLANNED, 0) == 0
    assert spi_t(0, 3) == 0
    assert ieac_t(10, 0.0) is None


@pytest.mark.parametrize("earned", [250, 251, 1000])
def test_the_whole_plan_earned_or_more_is_worth_its_whole_time_and_no_more(earned: float) -> None:
    assert earned_schedule(PLANNED, earned) == 10


@pytest.mark.parametrize("period", range(1, 11))
def test_a_project_on_plan_has_earned_exactly_the_time_that_passed(period: int) -> None:
    assert earned_schedule(PLANNED, PLANNED[period - 1]) == period


def test_no_pace_before_any_time_has_passed() -> None:
    assert spi_t(0, 0) is None


def test_a_flat_stretch_of_the_plan_counts_as_done_once_it_is_reached() -> None:
    assert earned_schedule([10, 20, 20, 20, 30], 20) == 4
    assert earned_schedule([10, 20, 20, 20, 30], 25) == 4.5
    assert earned_schedule([10, 20, 20, 20, 30], 15) == 1.5


def test_a_plan_that_begins_with_a_wait_divides_by_nothing() -> None:
    assert earned_schedule([0, 0, 10], 0) == 2
    assert earned_schedule([0, 0, 10], 5) == 2.5


def test_an_empty_plan_is_worth_no_time() -> None:
    assert earned_schedule([], 5) == 0


@pytest.mark.parametrize("actual", [2, 2.5, 3, 4, 5])
def test_with_the_clock_stopped_a_project_on_plan_stays_on_plan_through_a_pause(
    actual: float,
) -> None:
    planned = (10, 20, 20, 20, 30)
    earned = 20 if actual <= 4 else 30
    worked = working_time(planned, actual)
    assert spi_t(earned_schedule(without_pauses(planned), earned), worked) == pytest.approx(1)


def test_time_past_the_end_of_the_plan_goes_on() -> None:
    assert working_time((10, 10, 20), 5) == 4
