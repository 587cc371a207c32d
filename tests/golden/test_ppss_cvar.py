"""The published portfolio by mean and CVaR: its selections meet our rules, ours are never worse."""

from __future__ import annotations

from pathlib import Path
from statistics import NormalDist

import pulp
import pytest

from optimizer import Options, optimize
from portfolio.feasibility import feasible
from portfolio.scoring.value import MICRO
from portfolio.selection import Choice, Status
from tests.support.ppss_cvar import (
    ALWAYS,
    LEAST_STRATEGY,
    RATE,
    STAGE,
    STAGE_MONEY,
    YEARS,
    Proposal,
    Published,
    Starts,
    aim,
    proposals,
    published,
    question,
    strategy,
    tail,
)

# The quickest to prove, and λ = 1, where what is drawn plays no part.
SOLVED = ((1.0, 1.0), (0.9, 0.1), (0.95, 0.3), (0.975, 0.7), (0.99, 0.9))


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "instances" / "ppss_cvar"


@pytest.fixture(scope="module")
def known(folder: Path) -> dict[str, Proposal]:
    return proposals(folder)


def line_of(folder: Path, alpha: float, weight: float) -> Published:
    return next(line for line in published(folder) if (line.alpha, line.weight) == (alpha, weight))


def outcome(known: dict[str, Proposal], starts: Starts, z: float) -> float:
    """Net present value in one outcome, amount by amount, as the published code adds it up."""
    total = 0.0
    for name, start in starts.items():
        total -= known[name].cost / RATE**start
        for year in range(1, 11):
            cash = known[name].means[year - 1] + z * known[name].deviations[year - 1]
            total += cash / RATE ** (start + year)
    return total


def plain_best(known: dict[str, Proposal], alpha: float, weight: float) -> float:
    """The published model written down as it stands, in floats, solved without us."""
    model = pulp.LpProblem("published", pulp.LpMaximize)
    years = range(1, YEARS + 1)
    x = {(i, s): model.add_variable(f"x_{i}_{s}", cat="Binary") for i in known for s in years}
    worst = (1 - weight) * tail(alpha)
    model += pulp.lpSum(
        (known[i].mean(s) - worst * known[i].deviation(s)) * x[i, s] for i in known for s in years
    )
    for i in known:
        model += pulp.lpSum(x[i, s] for s in years) <= 1
    for i in ALWAYS:
        model += pulp.lpSum(x[i, s] for s in years) == 1
    for last in range(STAGE, YEARS + 1, STAGE):
        spent = pulp.lpSum(known[i].cost * x[i, s] for i in known for s in range(1, last + 1))
        model += spent <= STAGE_MONEY * (last // STAGE)
    held = pulp.lpSum(known[i].strategy * x[i, s] for i in known for s in years)
    model += held >= LEAST_STRATEGY
    model += pulp.lpSum(float(known[i].risk) * x[i, s] for i in known for s in years) <= 100
    model.solve(pulp.HiGHS(msg=False, gapRel=0))
    return float(pulp.value(model.objective))


def test_every_published_selection_meets_all_rules(
    folder: Path, known: dict[str, Proposal]
) -> None:
    lines = published(folder)
    assert len(lines) == 31
    for line in lines:
        picks = [Choice(name, None, start - 1) for name, start in line.starts.items()]
        assert feasible(*question(known, line.alpha, line.weight), picks)
        assert strategy(known, line.starts) >= LEAST_STRATEGY


@pytest.mark.parametrize(("alpha", "weight"), SOLVED)
def test_ours_is_the_best_of_the_published_model_and_no_worse_than_what_was_published(
    folder: Path, known: dict[str, Proposal], alpha: float, weight: float
) -> None:
    line = line_of(folder, alpha, weight)
    found = optimize(*question(known, alpha, weight), Options(time_limit=60))
    assert found.status is Status.OPTIMAL
    assert found.value is not None
    starts = {each.project: (each.start or 0) + 1 for each in found.chosen}
    worth = aim(known, starts, alpha, weight)
    assert found.value / MICRO == pytest.approx(worth, abs=1e-4)
    assert worth == pytest.approx(plain_best(known, alpha, weight), abs=1e-4)
    assert worth >= aim(known, line.starts, alpha, weight)
    assert strategy(known, starts) >= LEAST_STRATEGY


def test_mean_and_tail_add_up_over_projects_since_one_number_moves_all_cash(
    folder: Path, known: dict[str, Proposal]
) -> None:
    starts = line_of(folder, 0.9, 0.0).starts
    draws = [NormalDist().inv_cdf((k + 0.5) / 20_000) for k in range(20_000)]
    worths = sorted(outcome(known, starts, z) for z in draws)
    assert aim(known, starts, 0.9, 1.0) == pytest.approx(sum(worths) / len(worths), abs=1e-6)
    worst = worths[: len(worths) // 10]
    assert aim(known, starts, 0.9, 0.0) == pytest.approx(sum(worst) / len(worst), abs=0.05)
