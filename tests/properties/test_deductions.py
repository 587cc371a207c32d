"""What comes off a mix for what could go wrong, against every mix of small pools.

The tail is taken as its definition says, as a minimum over α; shortfalls as the worst of every set.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from math import ceil
from random import Random
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import Options, forced_costs, frontier, optimize, preview, sweep, tree, why_not
from portfolio.funding.rules import LossLimit, LossWeight, PayoffReserve, Rule, Synergy, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Objective, Scenario, with_money
from portfolio.scoring.worth import mix_value
from portfolio.selection import Status
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.outcomes import outcomes
from tests.support.cases import cases
from tests.support.pools import pools
from tests.support.worth import worth

Mix = tuple[Project, ...]
MICRO = 1_000_000
AIMS = (Objective(), Objective(aim="benefit"), Objective(aim="score"))


def every(pool: Pool) -> list[Mix]:
    sizes = range(len(pool.candidates) + 1)
    return list(chain.from_iterable(combinations(pool.candidates, size) for size in sizes))


def lost(mix: Mix, rule: LossWeight) -> Fraction:
    """min over α of α + Σ max(L − α, 0) / ((1 − β) n), at one of the losses, in cents."""
    assumed = Assumptions(outcomes=rule.outcomes, seed=rule.seed)
    blind = sum(project.cost for project in mix if project.payoff is None)
    losses = [blind - sum(map(int, row)) for row in outcomes(mix, assumed)]
    weight = (1 - Fraction(rule.level)) * len(losses)
    return min(a + sum(max(loss - a, 0) for loss in losses) / weight for a in losses)


def taken_off(rule: Rule, mix: Mix, value: dict[str, int], objective: Objective) -> int:
    """Millionths, in whole currency units or thousandths of a point, rounded up."""
    match rule:
        case LossWeight():
            amount = lost(mix, rule) / (100_000 * 100) * Fraction(rule.worth) * MICRO
        case PayoffReserve():
            falls = [ceil(max(value[p.id], 0) * Fraction(rule.shortfall)) for p in mix]
            many = min(rule.projects, len(mix))
            amount = Fraction(max(sum(some) for some in combinations(falls, many)))
        case _:
            amount = Fraction(0)
    whole = MICRO if objective.aim == "payoff" else MICRO // 1_000
    return ceil(amount / whole) * whole


def some_rules(draw: Random, pool: Pool) -> tuple[Rule, ...]:
    weight = LossWeight(
        id="weight",
        worth=Decimal(draw.choice(("0", "0.3", "50000", "100000", "250000"))),
        level=Decimal(draw.choice(("0", "0.5", "0.8", "0.333333"))),
        outcomes=draw.choice((1, 7, 20)),
    )
    reserve = PayoffReserve(
        id="reserve",
        shortfall=Decimal(draw.choice(("0", "0.1", "0.333", "1"))),
        projects=draw.randint(1, 3),
    )
    asked = sum(project.grant for project in pool.candidates)
    rules: list[Rule] = [TotalBudget(id="budget", limit=asked * draw.randint(2, 10) // 10)]
    rules += draw.choice(([weight], [reserve], [weight, reserve]))
    ids = [project.id for project in pool.candidates]
    if len(ids) > 1 and draw.random() < 0.4:
        pair = tuple(draw.sample(ids, 2))
        rules.append(Synergy(id="pair", projects=pair, worth=Decimal(draw.choice((-3, 2, 40)))))
    if draw.random() < 0.2:
        rules.append(LossLimit(id="loss", at_most=draw.randint(-(10**6), 10**6), outcomes=7))
    return tuple(rules)


def asked_of(pool: Pool, seed: int) -> Scenario:
    draw = Random(seed)
    return Scenario(objective=draw.choice(AIMS), rules=some_rules(draw, pool))


def allowed(scenario: Scenario, mix: Mix) -> bool:
    spent = sum(project.grant for project in mix)
    for rule in scenario.rules:
        if isinstance(rule, TotalBudget) and spent > rule.limit:
            return False
        if isinstance(rule, LossLimit):
            as_weight = LossWeight(id="", worth=Decimal(1), outcomes=rule.outcomes)
            if lost(mix, as_weight) > rule.at_most:
                return False
    return True


def values(pool: Pool, scenario: Scenario) -> dict[Mix, int]:
    own = worth(pool, scenario.objective)

    def value(mix: Mix) -> int:
        ids = {project.id for project in mix}
        off = [taken_off(rule, mix, own, scenario.objective) for rule in scenario.rules]
        earned = [
            int(rule.worth * MICRO)
            for rule in scenario.rules
            if isinstance(rule, Synergy) and ids.issuperset(rule.projects)
        ]
        return sum(own[p.id] for p in mix) + sum(earned) - sum(off)

    return {mix: value(mix) for mix in every(pool) if allowed(scenario, mix)}


@cases(1000)
@given(pools(6), st.integers(0, 2**32 - 1))
def test_the_best_mix_less_what_comes_off_it_is_the_best_of_all(pool: Pool, seed: int) -> None:
    scenario = asked_of(pool, seed)
    value = values(pool, scenario)
    found = optimize(pool, scenario, Options(time_limit=60))
    if not value:
        assert found.status is Status.INFEASIBLE
        return
    best = max(value.values())
    assert (found.status, found.value, found.bound) == (Status.OPTIMAL, best, best)
    ties = {mix: sum(p.grant for p in mix) for mix, worth in value.items() if worth == best}
    chosen = tuple(p for p in pool.candidates if p.id in found.ids)
    assert ties[chosen] == min(ties.values())
    assert mix_value(pool, scenario, found.chosen) == best


@cases(100)
@given(pools(8), st.integers(0, 2**32 - 1))
def test_the_solver_proves_it_where_no_tree_is_grown(pool: Pool, seed: int) -> None:
    scenario = asked_of(pool, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "LARGEST", 0)
        found = optimize(pool, scenario, Options(time_limit=60))
    value = values(pool, scenario)
    best = max(value.values(), default=None)
    assert found.value == best
    assert found.status is (Status.INFEASIBLE if best is None else Status.OPTIMAL)


@cases(60)
@given(pools(6), st.integers(0, 2**32 - 1), st.sampled_from(["spend", "projects"]))
def test_a_front_counts_what_comes_off(
    pool: Pool, seed: int, second: Literal["spend", "projects"]
) -> None:
    scenario = asked_of(pool, seed)
    value = values(pool, scenario)
    front = frontier(pool, scenario, second, Options(time_limit=60))

    def has(mix: Mix) -> int:
        return len(mix) if second == "projects" else -sum(p.grant for p in mix)

    pairs = {(has(mix), worth) for mix, worth in value.items()}
    best = {
        (s, v)
        for s, v in pairs
        if not any(a >= s and b >= v and (a, b) != (s, v) for a, b in pairs)
    }
    assert front.complete
    assert {(one.second, one.selection.value) for one in front.points} == best


@cases(100)
@given(pools(6), st.integers(0, 2**32 - 1), st.lists(st.integers(0, 9000), min_size=1, max_size=3))
def test_the_curve_over_budgets_counts_what_comes_off(
    pool: Pool, seed: int, budgets: list[int]
) -> None:
    scenario = asked_of(pool, seed)
    points = sweep(pool, scenario, budgets)
    bands = preview(pool, scenario, budgets)
    for budget, point, band in zip(budgets, points, bands, strict=True):
        value = values(pool, with_money(scenario, budget))
        if not value:
            assert point.selection.status is Status.INFEASIBLE
            assert band.value is None
            continue
        best = max(value.values())
        assert (point.selection.status, point.selection.value) == (Status.OPTIMAL, best)
        assert band.bound >= best
        if band.value is not None:
            assert band.value <= best


@cases(100)
@given(pools(6), st.integers(0, 2**32 - 1))
def test_what_a_place_costs_counts_what_comes_off(pool: Pool, seed: int) -> None:
    scenario = asked_of(pool, seed)
    value = values(pool, scenario)
    base = optimize(pool, scenario)
    assume(base.value is not None)
    for cost in forced_costs(pool, scenario, base).values():
        other = [
            w for mix, w in value.items() if (cost.project in {p.id for p in mix}) != cost.inside
        ]
        expected = max(value.values()) - max(other) if other else None
        assert (cost.cost, cost.proven) == (expected, True)


@cases(60)
@given(pools(5), st.integers(0, 2**32 - 1))
def test_a_way_in_brings_the_project_into_a_best_mix(pool: Pool, seed: int) -> None:
    scenario = asked_of(pool, seed)
    base = optimize(pool, scenario)
    outside = [p for p in pool.candidates if p.id not in base.ids]
    assume(base.value is not None and outside)
    told = why_not(pool, scenario, base, outside[0].id, Options(time_limit=60))
    for route in told.routes:
        assert outside[0].id in {choice.project for choice in route.mix}
        if route.kind == "payoff":
            assert route.unit == "cents"
            assert not route.exact
            cents = int(route.then or 0)
            for amount, inside in ((cents, True), (cents - 1, False)):
                rich = replace(outside[0], payoff=ThreePoint(amount, amount, amount))
                others = (p for p in pool.projects if p.id != rich.id)
                value = values(replace(pool, projects=(*others, rich)), scenario)
                having = max(w for mix, w in value.items() if rich in mix)
                lacking = max((w for mix, w in value.items() if rich not in mix), default=None)
                assert (lacking is None or having >= lacking) == inside
