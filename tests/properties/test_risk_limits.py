"""Limits on bad outcomes and on overruns against every mix of small pools.

CVaR is taken as its definition says, as a minimum over α; overruns as the worst of every set.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from math import ceil
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from optimizer import Options, optimize
from optimizer.losing import losing_less
from optimizer.options import Watch
from optimizer.search import Question, Search
from portfolio.feasibility import checks, feasible
from portfolio.funding.rules import CostReserve, LossLimit, Must, Requires, Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario
from portfolio.selection import Status
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.outcomes import outcomes
from tests.support.cases import cases
from tests.support.pools import pools
from tests.support.worth import worth

Mix = tuple[Project, ...]


def every(pool: Pool) -> list[Mix]:
    sizes = range(len(pool.candidates) + 1)
    return list(chain.from_iterable(combinations(pool.candidates, size) for size in sizes))


def bad_outcomes(mix: Mix, rule: LossLimit) -> Fraction:
    """min over α of α + Σ max(L − α, 0) / ((1 − β) n), at one of the losses.

    A project whose payoff is not known has outcomes of zero and counts as lost.
    """
    assumed = Assumptions(outcomes=rule.outcomes, seed=rule.seed)
    blind = sum(project.cost for project in mix if project.payoff is None)
    losses = [blind - sum(map(int, row)) for row in outcomes(mix, assumed)]
    weight = (1 - Fraction(rule.level)) * len(losses)
    return min(a + sum(max(loss - a, 0) for loss in losses) / weight for a in losses)


def overrun_most(mix: Mix, rule: CostReserve) -> int:
    grants = [project.grant for project in mix]
    many = min(rule.projects, len(mix))
    extra = [ceil(grant * Fraction(rule.overrun)) for grant in grants]
    return sum(grants) + max((sum(some) for some in combinations(extra, many)), default=0)


def met(rule: Rule, mix: Mix) -> bool:
    match rule:
        case LossLimit():
            return bad_outcomes(mix, rule) <= rule.at_most
        case CostReserve():
            return overrun_most(mix, rule) <= rule.limit
        case TotalBudget():
            return sum(project.grant for project in mix) <= rule.limit
        case Must():
            return {project.id for project in mix}.issuperset(rule.projects)
        case Requires():
            ids = {project.id for project in mix}
            return rule.project not in ids or ids.issuperset(rule.needs)
    raise AssertionError(rule)


def some_limit(draw: Random, pool: Pool) -> Rule:
    """A limit near what some mix takes, to the cent or one cent less."""
    mix = tuple(p for p in pool.candidates if draw.random() < 0.5)
    if draw.random() < 0.5:
        shape = {
            "overrun": Decimal(draw.choice(("0", "0.1", "0.333", "1"))),
            "projects": draw.randint(1, 3),
        }
        most = overrun_most(mix, CostReserve(id="r", limit=0, **shape))
        return CostReserve(id="reserve", limit=max(most - draw.randint(0, 1), 0), **shape)
    level = Decimal(draw.choice(("0", "0.5", "0.8", "0.9", "0.333333", "0.899999")))
    rule = LossLimit(id="loss", at_most=0, level=level, outcomes=draw.choice((1, 7, 20)))
    at_most = ceil(bad_outcomes(mix, rule)) - draw.randint(0, 1)
    return LossLimit(id="loss", at_most=at_most, level=level, outcomes=rule.outcomes)


@cases(1000)
@given(pools(6), st.integers(0, 2**32 - 1))
def test_the_best_mix_within_a_limit_on_losses_or_overruns_is_the_best_of_all(
    pool: Pool, seed: int
) -> None:
    draw = Random(seed)
    rules: list[Rule] = [some_limit(draw, pool) for _ in range(draw.randint(1, 2))]
    rules = list({rule.id: rule for rule in rules}.values())
    asked = sum(project.grant for project in pool.candidates)
    rules.append(TotalBudget(id="budget", limit=asked * draw.randint(2, 10) // 10))
    scenario = Scenario(rules=tuple(rules))
    value = worth(pool, scenario.objective)
    allowed = [mix for mix in every(pool) if all(met(rule, mix) for rule in rules)]
    found = optimize(pool, scenario, Options(time_limit=60))
    if not allowed:
        assert found.status is Status.INFEASIBLE
        return
    best = max(sum(value[p.id] for p in mix) for mix in allowed)
    assert (found.status, found.value, found.bound) == (Status.OPTIMAL, best, best)
    assert set(found.ids) in [{p.id for p in mix} for mix in allowed]
    for mix in every(pool):
        ids = [project.id for project in mix]
        assert feasible(pool, scenario, ids) == all(met(rule, mix) for rule in rules)


@given(pools(4), st.sampled_from(["0.5", "0.75", "0.9"]))
def test_the_rule_tells_the_tail_it_was_held_to(pool: Pool, level: str) -> None:
    rule = LossLimit(id="loss", at_most=0, level=Decimal(level), outcomes=15)
    mix = pool.candidates
    (check,) = checks(pool, Scenario(rules=(rule,)), [project.id for project in mix], ())
    assert check.used == bad_outcomes(mix, rule)


@cases(200)
@given(pools(6), st.integers(0, 2**32 - 1))
def test_a_mix_that_loses_little_enough_is_found_or_there_is_none(pool: Pool, seed: int) -> None:
    draw = Random(seed)
    rule = LossLimit(id="loss", at_most=0, level=Decimal("0.8"), outcomes=draw.choice((1, 7, 20)))
    near = bad_outcomes(tuple(p for p in pool.candidates if draw.random() < 0.5), rule)
    rule = replace(rule, at_most=ceil(near) - draw.choice((0, 1, 10**4, 10**6)))
    asked = sum(project.grant for project in pool.candidates)
    budget = TotalBudget(id="budget", limit=asked * draw.randint(2, 10) // 10)
    must = Must(id="must", projects=(draw.choice(pool.candidates).id,)) if pool.candidates else None
    rules: tuple[Rule, ...] = (rule, budget) if must is None else (rule, budget, must)
    scenario = Scenario(rules=rules)
    others = [mix for mix in every(pool) if all(met(one, mix) for one in rules[1:])]
    question = Question.of(pool, scenario)
    mix, impossible = losing_less(Search(question, Watch(Options(time_limit=60))))
    allowed = [{p.id for p in one} for one in others if met(rule, one)]
    least = min((bad_outcomes(one, rule) for one in others), default=Fraction(10**18))
    assert not (impossible and allowed)
    assert mix is None or set(question.facts.ids(mix)) in allowed
    # Losses are compared in whole currency units.
    if least <= rule.at_most - 100:
        assert mix is not None
    if least >= rule.at_most + 200:
        assert impossible
