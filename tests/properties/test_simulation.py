"""What holds for the simulated outcomes of any mix."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from random import Random
from statistics import NormalDist

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.project import Project, ThreePoint
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.cvar import cvar
from portfolio.simulation.figures import simulate
from portfolio.simulation.outcome_table import outcome_table
from portfolio.simulation.outcomes import outcomes
from tests.support.pools import SEEDS, some_project

N = 20_000
CI = 5.0
# So that N outcomes hold enough of each kind for an interval of normal width.
chances = st.floats(0.1, 0.9) | st.just(1.0)
any_chance = st.sampled_from((0.0, 1e-12, 1e-6, 0.5, 0.9999, 1 - 1e-9, 1.0)) | st.floats(0, 1)
amounts = st.integers(0, 10**7)


@st.composite
def mixes(draw: st.DrawFn) -> list[Project]:
    """Up to eight projects in any order, estimates and classes missing here and there."""
    seeds = draw(st.lists(SEEDS, min_size=1, max_size=8, unique=True))
    return [some_project(seed, f"P{k}") for k, seed in enumerate(seeds)]


@given(chances, chances, st.lists(amounts, min_size=3, max_size=3), amounts, amounts)
@settings(max_examples=60)
def test_a_project_meets_its_chances_and_its_expected_value(
    technical: float, commercial: float, points: list[int], cost: int, launch: int
) -> None:
    low, likely, high = sorted(points)
    base = 10**9  # so that a success is told from a failure by its outcome
    payoff = ThreePoint(base + low, base + likely, base + high)
    project = Project(
        "a",
        "A",
        cost=cost,
        launch_cost=launch,
        payoff=payoff,
        p_technical=technical,
        p_commercial=commercial,
        theme="t",
        lead="l",
    )
    (net,) = outcomes([project], Assumptions(outcomes=N)).T
    for happened, chance in ((net > 0, technical * commercial), (net != -cost, technical)):
        if launch or chance != technical:
            assert abs(happened.mean() - chance) <= CI * sqrt(chance * (1 - chance) / N) + 1e-3 / N
    mean = base + (low + 4 * likely + high) / 6
    ecv = (mean * commercial - launch) * technical - cost
    assert abs(net.mean() - ecv) <= CI * net.std() / sqrt(N) + 1e-6 * base


@given(any_chance, any_chance, st.lists(amounts, min_size=3, max_size=3), amounts, amounts)
def test_the_chances_of_all_outcomes_add_up_to_the_expected_value(
    technical: float, commercial: float, points: list[int], cost: int, launch: int
) -> None:
    low, likely, high = sorted(points)
    project = Project(
        "a",
        "A",
        cost=cost,
        launch_cost=launch,
        payoff=ThreePoint(low, likely, high),
        p_technical=technical,
        p_commercial=commercial,
    )
    table = outcome_table(project, Assumptions(), 1)
    edges = (np.arange(1, len(table.cents)) - table.origin) / table.cells
    below = [0.0, *(NormalDist().cdf(edge) for edge in edges.tolist()), 1.0]
    mean = float(np.diff(below) @ table.cents)
    ecv = ((low + 4 * likely + high) / 6 * commercial - launch) * technical - cost
    assert abs(mean - ecv) <= 1 + 1e-5 * (high + launch + cost)


@given(mixes(), SEEDS)
@settings(max_examples=40)
def test_the_order_of_the_projects_changes_no_figure(mix: list[Project], seed: int) -> None:
    shuffled = Random(seed).sample(mix, len(mix))
    assumed = Assumptions(outcomes=500)
    one, net = simulate(mix, assumed)
    other, again = simulate(shuffled, assumed)
    assert one == other
    assert (net == again).all()


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), SEEDS)
@settings(max_examples=40)
def test_a_heavier_loading_makes_two_projects_of_a_theme_more_alike(
    one: float, other: float, seed: int
) -> None:
    point = ThreePoint(100, 100, 100)
    mix = [
        Project(f"{seed}{k}", "P", payoff=point, p_technical=p, p_commercial=1.0, theme="t")
        for k, p in enumerate((one, other))
    ]
    both = [
        (outcomes(mix, Assumptions(N, seed, theme=share, sponsor=0.0)) > 0).all(axis=1).mean()
        for share in (0.0, 0.5, 1.0)
    ]
    slack = CI * 0.5 / sqrt(N)
    assert abs(both[0] - one * other) <= slack
    assert abs(both[2] - min(one, other)) <= slack
    assert both[0] - slack <= both[1] <= both[2] + slack


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=12),
    st.fractions(0, 1, max_denominator=40).filter(lambda beta: beta < 1),
)
def test_cvar_is_the_least_value_of_its_linear_program(losses: list[int], beta: Fraction) -> None:
    # min α + Σ p·u / (1 − β), u ≥ L − α, u ≥ 0: convex and piecewise linear in α, so that the least
    # value stands at one of the losses.
    share = 1 / ((1 - beta) * len(losses))
    least = min(at + share * sum(max(loss - at, 0) for loss in losses) for at in losses)
    assert cvar(np.array(losses, dtype=np.int64), beta) == least
