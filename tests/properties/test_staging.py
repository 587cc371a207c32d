"""Tranches against the oracle: the best plan over all outcomes, its bound, and what never happens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer import Options, Stages, stages, staging_program, staging_search
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Status
from portfolio.staging.gates import Luck, drawn
from tests.support.cases import cases
from tests.support.pools import SEEDS
from tests.support.staging_oracle import StagingOracle
from tests.support.staging_pools import staging_question

Asked = tuple[Pool, Scenario]
QUESTIONS = SEEDS.map(staging_question)


def agrees(asked: Asked, found: Stages) -> None:
    """Against the oracle: the worth with and without gates, and how the answer is called."""
    oracle = StagingOracle(*asked)
    assert found.value == oracle.best()
    assert found.at_once.value == oracle.best_at_once()
    assert found.status is (Status.INFEASIBLE if found.value is None else Status.OPTIMAL)
    assert found.counted


@cases(400)
@given(QUESTIONS)
def test_the_best_plan_is_the_best_of_all_plans_over_all_outcomes(asked: Asked) -> None:
    agrees(asked, stages(*asked))


@cases(300)
@given(QUESTIONS)
def test_with_the_solver_alone_no_plan_is_better_than_the_bound(asked: Asked) -> None:
    best = StagingOracle(*asked).best()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging_search, "SMALL", -1)
        patch.setattr(staging_search, "WIDEST", -1)
        patch.setattr(staging_search, "REBUILT", 0.001)
        patch.setattr(staging_program, "LONG", 0)
        patch.setattr(staging_search, "FEW", 2)
        patch.setattr(staging_search, "WIDE", 4)
        found = stages(*asked)
    assert found.value == best
    # A bound that the best plan passes, by what floats cannot tell, is dropped and nothing claimed.
    if best is not None and found.bound is None:
        assert found.status is Status.FEASIBLE
    elif best is not None:
        assert found.bound is not None
        assert found.bound >= best
        assert found.status is Status.OPTIMAL


@cases(60)
@given(QUESTIONS, st.integers(0, 50_000))
def test_more_money_never_makes_the_best_plan_worse(asked: Asked, more: int) -> None:
    pool, scenario = asked
    rules = tuple(
        replace(rule, limit=rule.limit + more) if isinstance(rule, TotalBudget) else rule
        for rule in scenario.rules
    )
    sources = tuple(
        replace(one, budgets=tuple(cents + more for cents in one.budgets))
        for one in scenario.sources
    )
    before = stages(pool, scenario)
    after = stages(pool, replace(scenario, rules=rules, sources=sources))
    if before.value is not None:
        assert after.value is not None
        assert after.value >= before.value


@cases(60)
@given(QUESTIONS)
def test_a_plan_is_worth_no_less_than_the_best_mix_without_gates(asked: Asked) -> None:
    found = stages(*asked)
    if found.at_once.value is not None:
        assert found.staging is not None
        assert found.staging >= 0


@cases(30)
@given(QUESTIONS, st.integers(1, 40))
def test_over_drawn_outcomes_the_best_plan_is_the_best_of_all_and_the_same_each_time(
    asked: Asked, outcomes: int
) -> None:
    luck = Luck(outcomes=outcomes, theme=0.3, sponsor=0.2)
    found = stages(*asked, luck=luck)
    assert not found.counted
    assert found.outcomes == outcomes
    again = stages(*asked, luck=luck, options=Options(seed=7))
    assert (found.value, found.status) == (again.value, again.status)
    pool, scenario = asked
    seen = drawn([one for one in pool.candidates if one.first_stage is not None], luck)
    both = list(zip(seen.passed, seen.weights, strict=True))
    assert found.value == StagingOracle(pool, scenario, both).best()
    assert found.status is (Status.INFEASIBLE if found.value is None else Status.OPTIMAL)
