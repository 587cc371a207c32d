"""The worked table of the design: payoffs, best mixes by budget, steps and rates, as printed there."""

from __future__ import annotations

import pytest

from optimizer import lp_rate, next_steps, optimize, preview, sweep
from portfolio.scenario import Objective
from portfolio.scoring.value import values
from portfolio.selection import Selection, Status
from tests.support.worked_table import TABLE, cents, micro, worked_pool, worked_scenario

STEPS = {
    "15": ("42.29875", {"Alpha", "Beta", "Gamma", "Echo"}),
    "16": ("43.79875", {"Alpha", "Beta", "Gamma", "Delta", "Echo"}),
    "20": ("50.7", {"Beta", "Echo", "Foxtrot"}),
}


def answer(selection: Selection) -> tuple[Status, int | None, set[str]]:
    return selection.status, selection.value, set(selection.ids)


def test_expected_commercial_values_are_those_of_the_table() -> None:
    expected = {name: micro(row[-1]) for name, row in TABLE.items()}
    assert values(worked_pool(), Objective()) == expected


@pytest.mark.parametrize("budget", STEPS)
def test_each_budget_buys_the_mix_of_the_table(budget: str) -> None:
    value, mix = STEPS[budget]
    selection = optimize(worked_pool(), worked_scenario(budget))
    assert answer(selection) == (Status.OPTIMAL, micro(value), mix)
    assert selection.bound == micro(value)
    assert selection.gap == 0


def test_taking_the_best_ratio_first_would_lose_against_the_answer() -> None:
    pool, budget = worked_pool(), cents("15")
    worth = values(pool, Objective())
    taken = spent = 0
    for project in sorted(pool.candidates, key=lambda p: -worth[p.id] / p.cost):
        if spent + project.cost <= budget:
            taken, spent = taken + worth[project.id], spent + project.cost
    assert taken == micro("41.7")
    assert optimize(pool, worked_scenario("15")).value == micro("42.29875") > taken


def test_the_next_steps_from_15_are_16_and_20() -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    steps = next_steps(pool, scenario, optimize(pool, scenario), 2)
    assert [(step.budget, step.more) for step in steps] == [
        (cents("16"), cents("1")),
        (cents("20"), cents("5")),
    ]
    assert steps[0].gain == micro("1.5")
    assert (set(steps[0].enters), set(steps[0].leaves)) == ({"Delta"}, set())


def test_a_cent_short_of_20_buys_no_more_than_16() -> None:
    points = sweep(worked_pool(), worked_scenario("15"), [cents("16"), cents("20") - 1])
    assert [answer(point.selection) for point in points] == [
        (Status.OPTIMAL, micro("43.79875"), STEPS["16"][1])
    ] * 2


def test_the_rate_at_15_is_the_dual_of_the_relaxed_question() -> None:
    assert lp_rate(worked_pool(), worked_scenario("15")) == pytest.approx(1.55)


@pytest.mark.parametrize("budget", STEPS)
def test_the_preview_holds_the_exact_value_within_its_band(budget: str) -> None:
    (point,) = preview(worked_pool(), worked_scenario("15"), [cents(budget)])
    assert point.value <= micro(STEPS[budget][0]) <= point.bound
