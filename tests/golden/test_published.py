"""Published knapsack problems reach the optimum, or best value known, that was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer import Options, optimize
from portfolio.selection import Status
from tests.support.published import Knapsack, chu_beasley, petersen, sac94

# The one of Chu and Beasley's first ten that is proven in a few seconds; `make bench` does all ten.
SHORT = 6


def reaches(problem: Knapsack) -> None:
    selection = optimize(*problem.question(), Options(time_limit=120))
    assert selection.status is Status.OPTIMAL, problem.name
    assert selection.value == selection.bound == problem.best_known * 1_000_000, problem.name
    chosen = [int(i) for i in selection.ids]
    assert sum(problem.profits[k] for k in chosen) == problem.best_known
    for row, capacity in zip(problem.weights, problem.capacities, strict=True):
        assert sum(row[k] for k in chosen) <= capacity


@pytest.mark.parametrize("number", range(7))
def test_petersens_research_portfolios_reach_their_optimum(real_data: Path, number: int) -> None:
    problems = petersen(real_data / "instances")
    assert len(problems) == 7
    reaches(problems[number])


@pytest.mark.parametrize("number", range(23))
def test_sac94_knapsacks_reach_their_optimum(real_data: Path, number: int) -> None:
    problems = sac94(real_data / "instances")
    assert len(problems) == 23
    reaches(problems[number])


def test_a_knapsack_of_chu_and_beasley_reaches_the_best_value_known(real_data: Path) -> None:
    reaches(chu_beasley(real_data / "instances", 1)[SHORT])
