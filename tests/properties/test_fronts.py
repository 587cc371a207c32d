"""Whole fronts, their bands and their gaps against every mix of small pools."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from math import ceil
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from optimizer import Front, Options, Second, WorstOutcomes, band, frontier
from portfolio.funding.rules import AtMostOf, Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.outcomes import outcomes
from tests.support.cases import cases
from tests.support.pools import pools
from tests.support.worth import worth

Mix = tuple[Project, ...]


def worst(mix: Mix, level: Fraction, count: int) -> int:
    """min over α of α + Σ max(L − α, 0) / ((1 − β) n), in whole cents, as what is left of it."""
    blind = sum(project.cost for project in mix if project.payoff is None)
    losses = [blind - sum(map(int, row)) for row in outcomes(mix, Assumptions(outcomes=count))]
    weight = (1 - level) * len(losses)
    lost = min(a + sum(max(loss - a, 0) for loss in losses) / weight for a in losses)
    return -ceil(lost)


def a_second(draw: Random, pool: Pool) -> tuple[Second, Callable[[Mix], int]]:
    """A second criterion, and how much of it a mix has."""
    kind = draw.choice(("spend", "projects", "payoff", "losses"))
    if kind == "spend":
        return "spend", lambda mix: -sum(project.grant for project in mix)
    if kind == "projects":
        return "projects", len
    if kind == "payoff":
        aim = Objective(aim="payoff", caution=0.5)
        each = worth(pool, aim)
        return aim, lambda mix: sum(each[project.id] for project in mix)
    level = Decimal(draw.choice(("0.5", "0.8", "0.333333")))
    count = draw.choice((1, 7, 20))
    seen = WorstOutcomes(level, count, Assumptions().seed)
    return seen, lambda mix: worst(mix, Fraction(level), count)


def a_question(draw: Random, pool: Pool) -> tuple[Scenario, list[Mix]]:
    """A question, and the mixes that it allows."""
    ids = [project.id for project in pool.candidates]
    budget = sum(p.grant for p in pool.candidates) * draw.randint(2, 10) // 10
    few = tuple(draw.sample(ids, min(3, len(ids))))
    most = draw.randint(0, 2)
    rules: list[Rule] = [
        TotalBudget(id="budget", limit=budget),
        AtMostOf(id="few", projects=few, count=most),
    ]
    every = chain.from_iterable(combinations(pool.candidates, size) for size in range(len(ids) + 1))
    allowed = [
        mix
        for mix in every
        if sum(p.grant for p in mix) <= budget and sum(p.id in few for p in mix) <= most
    ]
    return Scenario(rules=tuple(rules)), allowed


def best(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs (second, value) that no other beats on one side without losing on the other."""
    return sorted(
        {
            (second, value)
            for second, value in pairs
            if not any(s >= second and v >= value and (s, v) != (second, value) for s, v in pairs)
        }
    )


def told(front: Front) -> list[tuple[int, int]]:
    return [(point.second, point.selection.value or 0) for point in front.points]


@cases(150)
@given(pools(6), st.integers(0, 2**32 - 1))
def test_the_front_is_every_mix_that_no_other_beats_and_the_band_holds_it(
    pool: Pool, seed: int
) -> None:
    draw = Random(seed)
    scenario, allowed = a_question(draw, pool)
    second, of = a_second(draw, pool)
    value = worth(pool, scenario.objective)
    pairs = [(of(mix), sum(value[p.id] for p in mix)) for mix in allowed]
    front = frontier(pool, scenario, second, Options(time_limit=60))
    assert front.complete
    assert told(front) == best(pairs)
    for point in front.points:
        mix = tuple(pool.project(i) for i in point.selection.ids)
        assert of(mix) == point.second
    chosen = front.points[0].selection.chosen if draw.random() < 0.5 else ()
    shown = band(pool, scenario, second, chosen)
    assert [point.second for point in shown] == sorted({point.second for point in shown})
    for place in shown:
        there = [v for s, v in pairs if s >= place.second]
        if not there:
            assert place.value is None
            continue
        assert place.bound is not None
        assert place.bound >= max(there)
        assert place.value is None or place.value in there
    if shown:
        assert shown[-1].second >= front.points[-1].second


@cases(30)
@given(pools(6), st.integers(0, 2**32 - 1))
def test_a_front_that_was_stopped_goes_on_from_where_it_stood(pool: Pool, seed: int) -> None:
    draw = Random(seed)
    scenario, _ = a_question(draw, pool)
    second, _ = a_second(draw, pool)
    whole = frontier(pool, scenario, second, Options(time_limit=60))
    part = frontier(pool, scenario, second, Options(time_limit=60), most=1)
    assert len(part.points) == 1
    missing = {one for one in told(whole) if one not in told(part)}
    assert all(any((gap.low or s) <= s < gap.high for gap in part.gaps) for s, _ in missing), (
        "what is missing lies in the gaps"
    )
    on = frontier(pool, scenario, second, Options(time_limit=60), begun=part)
    assert told(on) == told(whole)
