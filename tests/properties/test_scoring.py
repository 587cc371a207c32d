"""Scores move the right way, stay in their bounds, and do not depend on the order of the input."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.pool import Pool
from portfolio.project import CashYear, Project
from portfolio.scenario import Objective
from portfolio.scoring.criteria import Anchor, Criterion
from portfolio.scoring.payoff import (
    ecv,
    pert_mean,
    present_value_needed,
    project_rnpv,
    technical_chance_needed,
)
from portfolio.scoring.profile import profiles
from portfolio.scoring.scorecard import scorecards, spread_of
from portfolio.scoring.value import assumed, incomplete, values
from portfolio.scoring.value_functions import level_value
from portfolio.scoring.weights import swing_weights
from tests.support.pools import objectives, pools

CHANCES = st.fractions(0, 1, max_denominator=100)
MONEY = st.fractions(-1000, 1000, max_denominator=100)
POSITIVE = st.fractions(0, 1000, max_denominator=100)


@given(POSITIVE, CHANCES, CHANCES, POSITIVE, POSITIVE)
def test_ecv_is_the_mean_over_the_ways_a_project_can_end(
    pv: Fraction, pts: Fraction, pcs: Fraction, development: Fraction, launch: Fraction
) -> None:
    outcomes = [
        (1 - pts, -development),
        (pts * (1 - pcs), -development - launch),
        (pts * pcs, pv - development - launch),
    ]
    assert ecv(pv, pts, pcs, development, launch) == sum(p * worth for p, worth in outcomes)


@given(MONEY, CHANCES, CHANCES, POSITIVE, POSITIVE)
def test_the_payoff_needed_brings_exactly_the_target(
    target: Fraction, pts: Fraction, pcs: Fraction, development: Fraction, launch: Fraction
) -> None:
    needed = present_value_needed(target, pts, pcs, development, launch)
    if needed is None:
        assert pts * pcs == 0
    else:
        assert ecv(needed, pts, pcs, development, launch) == target


@given(MONEY, POSITIVE, CHANCES, POSITIVE, POSITIVE)
def test_the_chance_needed_reaches_the_target_and_none_means_that_no_chance_does(
    target: Fraction, pv: Fraction, pcs: Fraction, development: Fraction, launch: Fraction
) -> None:
    needed = technical_chance_needed(target, pv, pcs, development, launch)
    if needed is None:
        assert ecv(pv, Fraction(0), pcs, development, launch) < target
        assert ecv(pv, Fraction(1), pcs, development, launch) < target
    else:
        assert 0 <= needed <= 1
        assert ecv(pv, needed, pcs, development, launch) >= target


@given(st.lists(st.integers(-(10**12), 10**12), min_size=3, max_size=3).map(sorted))
def test_the_pert_mean_lies_between_the_low_and_the_high(points: list[int]) -> None:
    low, likely, high = (Fraction(point) for point in points)
    assert low <= pert_mean(low, likely, high) <= high


@given(
    st.lists(
        st.builds(
            CashYear,
            st.integers(0, 6),
            st.integers(-(10**9), 10**9),
            st.sampled_from((1.0, 0.9, 0.5, 0.125)),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from((0.0, 0.035, 0.1)),
)
def test_rnpv_is_the_mean_over_the_stages_at_which_a_plan_can_end(
    cash: list[CashYear], rate: float
) -> None:
    project = Project(id="p", name="P", cash=tuple(cash))
    expected, alive, paid = 0.0, 1.0, 0.0
    for year in range(7):
        gate = float(np.prod([entry.p_pass for entry in cash if entry.year == year]))
        paid += sum(entry.amount for entry in cash if entry.year == year) / (1 + rate) ** year
        expected += alive * (1 - gate) * paid  # the plan ends here with what was paid so far
        alive *= gate
    expected += alive * paid
    assert float(project_rnpv(project, rate, 2027) or 0) == pytest.approx(expected, abs=1e-3)


@given(pools(8), objectives())
def test_permuting_the_rows_of_the_input_changes_no_worth(pool: Pool, objective: Objective) -> None:
    backwards = Pool(
        pool.cluster,
        pool.projects[::-1],
        pool.organizations[::-1],
        pool.members[::-1],
        pool.criteria[::-1],
        pool.judgements[::-1],
    )
    assert values(backwards, objective) == values(pool, objective)


@given(pools(8), objectives())
def test_every_candidate_has_a_worth_and_what_is_missing_or_assumed_speaks_of_candidates_alone(
    pool: Pool, objective: Objective
) -> None:
    ids = {project.id for project in pool.candidates}
    worth = values(pool, objective)
    assert set(worth) == ids
    missing = incomplete(pool, objective)
    assert set(missing) | set(assumed(pool, objective)) <= ids
    if objective.aim != "blend":
        assert all(worth[project_id] == 0 for project_id in missing)


@given(pools(8))
def test_more_caution_never_makes_a_project_worth_more(pool: Pool) -> None:
    steps = [values(pool, Objective(caution=caution)) for caution in (0.0, 0.3, 1.0)]
    for project in pool.candidates:
        worth = [step[project.id] for step in steps]
        assert worth == sorted(worth, reverse=True)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_swing_weights_sum_to_one_in_the_proportions_of_the_swings(swings: list[float]) -> None:
    weights = swing_weights(swings)
    assert sum(weights) == 1
    if any(swings):
        whole = sum(swings)
        assert [float(w) for w in weights] == pytest.approx([s / whole for s in swings], abs=1e-9)


@given(
    st.lists(
        st.tuples(st.integers(-50, 50), st.integers(-20, 120)),
        min_size=1,
        max_size=6,
        unique_by=lambda point: point[0],
    ),
    st.floats(-60, 60),
)
def test_a_linear_value_is_what_numpy_interpolates(
    points: list[tuple[int, int]], level: float
) -> None:
    criterion = Criterion("c", "C", 100, tuple(Anchor(at, value) for at, value in points))
    at, value = zip(*sorted(points), strict=True)
    expected = np.clip(np.interp(level, at, value), 0, 100)
    assert float(level_value(criterion, level)) == pytest.approx(float(expected), abs=1e-9)


@given(pools(8))
def test_contributions_sum_to_the_points_which_lie_between_worst_and_best(pool: Pool) -> None:
    for card in scorecards(pool):
        assert 0 <= card.at_least <= card.at_most <= 100
        if card.points is None:
            assert card.coverage == 0
            continue
        assert card.points == sum(part.contribution for part in card.parts)
        assert sum(part.weight for part in card.parts) == 1
        assert card.at_least <= card.points <= card.at_most


@given(pools(8))
def test_a_rank_is_one_more_than_the_number_of_better_projects(pool: Pool) -> None:
    cards = scorecards(pool)
    for card in cards:
        if card.points is not None:
            better = [c for c in cards if c.points is not None and c.points > card.points]
            assert card.rank == 1 + len(better)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_the_spread_is_what_numpy_calls_the_quartiles(numbers: list[int]) -> None:
    found = spread_of([Fraction(number) for number in numbers])
    assert found is not None
    quartiles = [found.low, found.lower, found.middle, found.upper, found.high]
    expected = np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1])
    assert [float(q) for q in quartiles] == pytest.approx(list(expected))


@given(pools(6), objectives())
def test_every_candidate_has_a_profile_whose_sentences_end(
    pool: Pool, objective: Objective
) -> None:
    asked = replace(pool.scenario, objective=objective)
    found = profiles(pool, asked)
    assert [p.project for p in found] == [p.id for p in pool.candidates]
    for one in found:
        for aspect in one.aspects:
            assert aspect.sentence.endswith(".")
            assert aspect.sentence[0].isupper()
            assert "None" not in aspect.sentence
