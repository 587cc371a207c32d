"""Simulated outcomes and their figures, against what can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import asin, pi, sqrt

import numpy as np
import pytest

from portfolio.errors import InputError
from portfolio.project import Project, ThreePoint
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.cvar import cvar
from portfolio.simulation.figures import Gaps, Marks, risk, simulate
from portfolio.simulation.outcomes import blocks, outcomes
from portfolio.simulation.payoff_shape import payoff_at, shape
from tests.support.worked_table import cents, worked_pool

ALONE = Assumptions(theme=0.0, sponsor=0.0, outcomes=40_000)


def project(project_id: str = "a", **fields: object) -> Project:
    """One that costs 100, or 110 with its launch, and brings 1,000 if it works."""
    start = Project(
        id=project_id,
        name=project_id.upper(),
        cost=100,
        launch_cost=10,
        payoff=ThreePoint(1_000, 1_000, 1_000),
        p_technical=0.6,
        p_commercial=0.5,
    )
    return replace(start, **fields)  # type: ignore[arg-type]


def near(chance: float, n: int) -> object:
    """Within five standard errors of a chance: a right program is outside once in a million."""
    return pytest.approx(chance, abs=5 * sqrt(chance * (1 - chance) / n) + 1e-9)


def test_cvar_reaches_the_published_values() -> None:
    losses = np.array([-30, -20, -10, -5, 0, 5, 10, 20, 40, 80])
    assert cvar(losses, 0.8) == 60
    assert cvar(losses, 0.9) == 80
    assert cvar(losses, 0.0) == 9
    assert cvar(losses, 0.99) == 80


def test_launch_is_paid_only_where_the_technology_works() -> None:
    nets, counts = np.unique(outcomes([project()], ALONE), return_counts=True)
    assert nets.tolist() == [-110, -100, 890]
    shares = counts / ALONE.outcomes
    assert shares[2] == near(0.3, ALONE.outcomes)
    assert shares[0] == near(0.3, ALONE.outcomes)
    assert shares[1] == near(0.4, ALONE.outcomes)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_what_is_certain_happens_in_every_outcome(chance: float) -> None:
    sure = project(p_technical=chance, p_commercial=1.0)
    assert set(outcomes([sure]).ravel().tolist()) == {890 if chance else -100}


def test_the_worked_table_keeps_its_expected_value() -> None:
    pool = worked_pool()
    mix = [pool.project(name) for name in ("Alpha", "Beta", "Gamma", "Echo")]
    figures, _ = simulate(mix, Assumptions(outcomes=100_000))
    assert figures.expected == cents("42.29875")
    assert abs(figures.mean - figures.expected) < 5 * figures.mean_error


@pytest.mark.parametrize(
    "points",
    [(0, 100, 400), (50, 50, 350), (10, 300, 300), (100, 110, 120), (-200, 100, 300), (0, 0, 1)],
)
@pytest.mark.parametrize("tail", [1.5, 3.0, 20.0])
def test_a_payoff_has_its_pert_mean_and_its_tenths(points: tuple[int, ...], tail: float) -> None:
    low, likely, high = points
    found = shape(ThreePoint(low, likely, high))
    # Chances to be above, evenly spaced in the logarithm: an integral by the trapezoid rule.
    above = np.exp(np.linspace(-80, 0, 400_001))
    mean = np.trapezoid(payoff_at(found, np.log(above), tail), above)
    assert mean == pytest.approx((low + 4 * likely + high) / 6, abs=1e-3 * max(map(abs, points)))
    tenths = payoff_at(found, np.log(np.array([0.9, 0.1])), tail)
    assert tenths.tolist() == pytest.approx([low, high])
    falling = payoff_at(found, np.log(above), tail)
    assert (np.diff(falling) <= 1e-6).all()


def test_the_tail_has_the_index_that_was_asked_for() -> None:
    found = shape(ThreePoint(0, 0, 10**9))
    rare = np.log(np.array([1e-9, 1e-9 / 8]))
    first, second = payoff_at(found, rare, tail=3.0)
    # With P(X > x) ~ x^−3, one eighth of the chance lies twice as far out.
    assert second / first == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("loading", [0.0, 0.3, 0.7, 1.0])
def test_even_chances_correlate_as_sheppard_says(loading: float) -> None:
    twins = [project(i, theme="t", p_technical=0.5, p_commercial=1.0) for i in ("a", "b")]
    assumed = Assumptions(theme=loading, sponsor=0.0, outcomes=100_000)
    works = outcomes(twins, assumed) > 0
    # Sheppard (1899): both of two normals above their median, 1/4 + asin(ρ) / 2π.
    both = 0.25 + np.arcsin(loading) / (2 * np.pi)
    assert works.all(axis=1).mean() == near(float(both), assumed.outcomes)


def test_unknown_classes_are_no_class_of_their_own() -> None:
    strangers = [project(i, theme="", p_technical=0.5, p_commercial=1.0) for i in ("a", "b")]
    works = outcomes(strangers, Assumptions(theme=0.9, outcomes=40_000)) > 0
    assert works.all(axis=1).mean() == near(0.25, 40_000)


def test_nobody_changes_the_luck_of_others() -> None:
    first = project("a", theme="t", lead="x")
    other = project("b", theme="t", lead="y")
    alone = outcomes([first])
    assert (outcomes([other, first])[:, [1]] == alone).all()
    assert (outcomes([first], Assumptions(outcomes=500)) == alone[:500]).all()
    assert (outcomes([first], Assumptions(seed=2)) != alone).any()
    assert (outcomes([replace(first, id="c")]) != alone).any()


def test_a_smaller_version_shares_the_luck_of_its_project() -> None:
    whole = project()
    half = replace(whole, cost=50, payoff=ThreePoint(400, 400, 400))
    table = outcomes([whole, half])
    assert ((table[:, 0] > 0) == (table[:, 1] > 0)).all()


def test_very_many_projects_come_in_blocks_of_the_same_outcomes() -> None:
    many = [project(f"p{k}", theme=f"t{k % 7}") for k in range(2_000)]
    assumed = Assumptions(outcomes=9_000)
    parts = [block.sum(axis=1) for block in blocks(many, assumed)]
    assert len(parts) > 1
    assert (np.concatenate(parts) == outcomes(many, assumed).sum(axis=1)).all()


def test_the_figures_of_a_table_are_those_on_paper() -> None:
    pair = [project("a"), project("b")]
    table = np.array([[-110, -100], [890, -100], [890, 890], [-100, -100]] * 5)
    figures, net = risk(pair, [table[:10], table[10:]], marks=Marks(lose=205, times=8, beta=0.9))
    assert net.tolist() == [-210, 790, 1780, -200] * 5
    assert (figures.outcomes, figures.projects) == (20, 2)
    assert figures.mean == 540
    assert figures.sd == round(float(np.sqrt(sum((x - 540) ** 2 for x in net.tolist()) / 19)))
    assert (figures.p5, figures.p50, figures.p95) == (-210, -200, 1780)
    assert figures.breakthrough == 0.5
    assert figures.loss == 0.25
    assert figures.cvar == 210
    assert figures.failures == pytest.approx(1.4)


def test_a_breakthrough_returns_so_many_times_what_it_costs() -> None:
    table = np.array([[880]])
    at, above = (
        risk([project()], [table], marks=Marks(times=times))[0].breakthrough for times in (8, 8.01)
    )
    assert (at, above) == (1.0, 0.0)


def test_free_projects_that_bring_nothing_are_no_breakthrough() -> None:
    free = project(cost=0, launch_cost=0, payoff=ThreePoint(0, 0, 0))
    assert simulate([free])[0].breakthrough == 0


def test_an_uplift_raises_all_costs() -> None:
    figures, net = simulate([project()], Assumptions(uplift=0.5))
    assert set(net.tolist()) == {1000 - 165, -165, -150}
    # ((1000 · .5 − 15) · .6) − 150
    assert figures.expected == 141


def test_what_is_not_known_is_nothing_or_certain_and_is_counted() -> None:
    mix = [
        project("a", payoff=None),
        project("b", cost_known=False),
        project("c", p_technical=None, p_commercial=None),
        project("d", payoff=ThreePoint(500, 1_000, 2_000)),
    ]
    table = outcomes(mix)
    assert not table[:, :2].any()
    assert (table[:, 2] == 890).all()
    figures, _ = simulate(mix)
    assert figures.gaps == Gaps(payoff=2, chance=1, spread=1)
    assert figures.failures == pytest.approx(3 * 0.7)


def test_an_empty_mix_brings_nothing() -> None:
    figures, net = simulate([])
    assert not net.any()
    assert (figures.mean, figures.loss, figures.breakthrough, figures.failures) == (0, 0, 0, 0)


def test_two_projects_of_a_technology_share_luck_and_others_do_not_notice() -> None:
    assumed = Assumptions(theme=0.2, sponsor=0.1, technology=0.4, outcomes=100_000)
    alike = {"payoff": ThreePoint(10**6, 10**6, 10**6), "p_technical": 0.5, "p_commercial": 1.0}
    one, other = (project(i, theme=i, lead=i, technology="sonar", **alike) for i in ("a", "b"))
    both = (outcomes([one, other], assumed) > 0).all(axis=1).mean()
    # Two normals that hang together to ρ are both below 0 in 1/4 + arcsin ρ / 2π of all cases.
    assert both == pytest.approx(0.25 + asin(0.4) / (2 * pi), abs=0.006)
    alone = [replace(each, technology="") for each in (one, other)]
    without = outcomes(alone, assumed)
    assert ((without > 0).all(axis=1).mean()) == pytest.approx(0.25, abs=0.006)
    assert (without == outcomes(alone, replace(assumed, technology=0.0))).all()
    # Somebody else's technology changes nothing for a project that has none.
    assert (outcomes([alone[0], other], assumed)[:, 0] == without[:, 0]).all()


def test_luck_of_all_three_kinds_adds_up_to_one() -> None:
    assumed = Assumptions(theme=0.3, sponsor=0.2, technology=0.5, outcomes=2_000)
    twins = [project(i, theme="t", lead="x", technology="y") for i in ("a", "b")]
    net = outcomes(twins, assumed)
    assert (net[:, 0] == net[:, 1]).all()
    assert Assumptions().loading("technology") == 0.1
    assert Assumptions(theme=0.9, sponsor=0.1).loading("technology") == pytest.approx(0, abs=1e-12)
    with pytest.raises(InputError):
        outcomes(twins, replace(assumed, technology=0.6))


def test_amounts_beyond_all_measure_still_add_up() -> None:
    vast = ThreePoint(10**16, 10**17, 10**17 * 9)
    mix = [project(f"p{k}", payoff=vast, cost=10**17) for k in range(50)]
    net = outcomes(mix, Assumptions(outcomes=2_000, tail=1.01)).sum(axis=1)
    assert (net >= -50 * (10**17 + 10)).all()
    assert net.max() < 2**63 - 1


def test_everything_that_cannot_be_used_is_told_at_once() -> None:
    assumed = Assumptions(outcomes=0, theme=0.8, sponsor=0.3, tail=1.0, uplift=float("nan"))
    wrong = [
        project("a", p_technical=1.2, p_commercial=float("nan")),
        project("b", payoff=ThreePoint(3, 2, 1)),
    ]
    with pytest.raises(InputError) as caught:
        outcomes(wrong, assumed)
    assert [problem.field for problem in caught.value.problems] == [
        "outcomes",
        "same theme and same sponsor",
        "tail",
        "uplift",
        "A, chance of technical success",
        "A, chance of commercial success",
        "B, low, likely and high payoff in cents",
    ]
    with pytest.raises(InputError) as caught:
        simulate([project()], marks=Marks(lose=-1, times=float("inf"), beta=1.0))
    assert len(caught.value.problems) == 3
