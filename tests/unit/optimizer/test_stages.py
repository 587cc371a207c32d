"""Seeds and scale-ups worked out by hand, and questions that cannot be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import compress, product
from math import sqrt

import pytest

from optimizer import Options, stages
from portfolio.cluster import Cluster
from portfolio.errors import InputError
from portfolio.funding.rules import (
    Limit,
    LossLimit,
    LossWeight,
    Must,
    PayoffReserve,
    Rule,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import CashYear, FirstStage, Project, ThreePoint
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Choice, Status
from portfolio.staging.first_stages import Assumed
from portfolio.staging.gates import Luck
from portfolio.staging.plan import Plan
from portfolio.staging.staged import staged
from portfolio.staging.worth import ends
from portfolio.units import Calendar

YEARS = Calendar(date(2027, 1, 1), 12, 2)
MICRO_A_UNIT = 1_000_000


def seed(project_id: str, **changes: object) -> Project:
    """Costs 100, returns 300 where it works, in one of two cases; 20 show at the gate whether it does."""
    plain = Project(
        project_id,
        project_id,
        cost=10_000,
        grant=10_000,
        payoff=ThreePoint(30_000, 30_000, 30_000),
        p_technical=0.5,
        start=YEARS.start,
        end=YEARS.last_day(1),
        first_stage=FirstStage(2_000, 1, 0.5),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def pool_of(*projects: Project) -> Pool:
    """A pool over two years."""
    return Pool(Cluster("c", "C", "EUR", YEARS), projects)


def money(cents: int) -> Scenario:
    """So much in all."""
    return Scenario(rules=(TotalBudget(id="budget", limit=cents),))


def worths_by_hand(pool: Pool, plan: Plan, cents: int) -> list[float]:
    """Millionths of a plan of seeds as `seed` makes them, in each of the ways its gates turn out.

    All of these are alike in chance, and all cost alike, so that the best payoffs go on.
    """
    payoff = {one.id: one.payoff.likely for one in pool.projects if one.payoff is not None}
    sure = sum(payoff[one.project] / 2 - 10_000 for one in plan.at_once)
    seeds = [one.project for one in plan.seeds]
    room = (cents - 10_000 * len(plan.at_once) - 2_000 * len(seeds)) // 8_000
    worths = []
    for passes in product((True, False), repeat=len(seeds)):
        passed = sorted((payoff[i] for i in compress(seeds, passes)), reverse=True)
        gains = sum(one - 8_000 for one in passed[:room])
        worths.append(10_000 * (sure - 2_000 * len(seeds) + gains))
    return worths


def test_three_seeds_for_one_scale_up() -> None:
    # With 140 of money, one project at once is worth .5 · 300 − 100 = 50. Three seeds cost 60 and
    # leave 80, one scale-up: in 7 of 8 cases one passes and brings 300 − 80 more than its seed
    # cost: 7/8 · 220 − 60 = 132.5. Two leave 100: 3/4 · 220 − 40 = 125.
    found = stages(pool_of(*(seed(i) for i in "abc")), money(14_000))
    assert found.status is Status.OPTIMAL
    assert found.counted
    assert found.outcomes == 8
    assert [one.project for one in found.seeds] == ["a", "b", "c"]
    assert found.value == Fraction("132.5") * MICRO_A_UNIT
    assert found.at_once.value == 50 * MICRO_A_UNIT
    assert found.staging == Fraction("82.5") * MICRO_A_UNIT
    assert (found.planted, found.kept_back, found.used) == (6_000, 8_000, 7_000)
    assert found.numbers == (Fraction(1, 8), Fraction(7, 8))
    # Of equal scale-ups the first is taken: b goes on where a does not pass, c where neither does.
    assert [one.scaled_up for one in found.seeds] == [
        Fraction(1, 2),
        Fraction(1, 4),
        Fraction(1, 8),
    ]
    assert all(one.passes == Fraction(1, 2) for one in found.seeds)
    assert found.trial is None


def test_a_payoff_that_holds_the_chance_already_is_not_multiplied_by_the_gate_again() -> None:
    # With money for all, a seed saves what a failure would have spent: 50 + .5 · 80.
    found = stages(pool_of(seed("a")), money(10_000))
    assert found.value == (50 + 40) * MICRO_A_UNIT


def test_a_gate_that_is_stricter_than_the_technology_stops_what_would_have_worked() -> None:
    # Of 100 cases 25 pass and all of these work, of the 50 that would: 25 · (300 − 80) − 100 · 20.
    found = stages(pool_of(seed("a", first_stage=FirstStage(2_000, 1, 0.25))), money(10_000))
    assert found.value == 50 * MICRO_A_UNIT
    assert not found.seeds
    tight = money(9_999)
    staged = stages(pool_of(seed("a", first_stage=FirstStage(2_000, 1, 0.25))), tight)
    assert staged.value == 0


def test_a_gate_that_is_milder_leaves_a_risk_after_it() -> None:
    # 80 of 100 pass and 50 of these work: .8 · (50/80 · 300 − 80) − 20 = 66.
    found = stages(pool_of(seed("a", first_stage=FirstStage(2_000, 1, 0.8))), money(10_000))
    assert found.value == 66 * MICRO_A_UNIT
    assert found.seeds


def test_a_chance_that_is_not_known_is_read_off_the_gate() -> None:
    found = stages(pool_of(seed("a", p_technical=None)), money(10_000))
    assert found.at_once.value == 50 * MICRO_A_UNIT
    assert found.value == 90 * MICRO_A_UNIT


def test_a_benefit_counts_whole_where_a_project_goes_on_and_nothing_where_it_is_stopped() -> None:
    # With 100, one at once counts its 6 points.
    ones = [seed(i, benefit=6.0) for i in "ab"]
    asked = replace(money(10_000), objective=Objective(aim="benefit"))
    assert stages(pool_of(*ones), asked).value == 6 * MICRO_A_UNIT
    both = replace(asked, rules=(*asked.rules, Must(id="m", projects=("a", "b"))))
    found = stages(pool_of(*ones), both)
    # Both seeds cost 40 and leave 60, less than the 80 of a scale-up: no points at all.
    assert (found.value, found.at_once.status) == (0, Status.INFEASIBLE)
    # With 40 and then 80 none is funded at once, which takes 50 in the first year; of two seeds one
    # that passes goes on: in 3 of 4 cases its 6 points, never 12.
    late = replace(asked, rules=(), sources=(Source("s", "S", (4_000, 8_000)),))
    assert stages(pool_of(*ones), late).value == Fraction("4.5") * MICRO_A_UNIT


@pytest.mark.parametrize(
    ("chance", "cash", "expected"),
    [
        # The gate is the plan's own first one; of those that pass half pass the second:
        # .5 · (−80 + .5 · 400) − 20.
        (0.5, ((-2_000, 0.5), (-8_000, 0.5), (40_000, 1.0)), 40),
        # Of 100 cases 50 pass, all of these the plan's first gate (.9), 45 the second too (.45).
        (0.5, ((-2_000, 0.9), (-8_000, 0.5), (40_000, 1.0)), 120),
        # Stricter than both gates of the plan: 30 pass, and all of these come through.
        (0.3, ((-2_000, 0.9), (-8_000, 0.5), (40_000, 1.0)), 76),
    ],
)
def test_each_cash_flow_holds_only_the_gates_before_it(
    chance: float, cash: tuple[tuple[int, float], ...], expected: int
) -> None:
    # .5 · (−80 + 200) − 20 = 40; .5 · −80 + .45 · 400 − 20 = 120; .3 · (−80 + 400) − 20 = 76.
    years = Calendar(date(2027, 1, 1), 12, 3)
    flows = tuple(CashYear(2027 + k, cents, passed) for k, (cents, passed) in enumerate(cash))
    stage = FirstStage(2_000, 1, chance)
    one = seed("a", cash=flows, end=years.last_day(2), first_stage=stage)
    cluster = Cluster("c", "C", "EUR", years, discount_rate=0.0)
    found = ends(Pool(cluster, (one,)), Objective(method="rnpv"), staged(one, stage, years))
    stopped, grown = found[0].stopped, found[0].scaled_up
    value = Fraction(str(chance)) * grown + (1 - Fraction(str(chance))) * stopped
    assert value == expected * MICRO_A_UNIT


def test_a_plan_of_cash_flows_is_cut_at_the_gate() -> None:
    # Without discount: −20 in the first year, then .5 · (−80 + 300): worth 90 in either case, but
    # only staged does money for one pay for two.
    cash = (CashYear(2027, -2_000, 0.5), CashYear(2028, -8_000), CashYear(2029, 30_000))
    both = [seed(i, cash=cash) for i in "ab"]
    cluster = Cluster("c", "C", "EUR", YEARS, discount_rate=0.0)
    scenario = replace(money(12_000), objective=Objective(method="rnpv"))
    found = stages(Pool(cluster, tuple(both)), scenario)
    assert found.at_once.value == 90 * MICRO_A_UNIT
    # Two seeds, one scale-up: −40 + 3/4 · 220.
    assert found.value == 125 * MICRO_A_UNIT


def test_scale_ups_spend_after_their_gate() -> None:
    ones = pool_of(seed("a"), seed("b"))
    early = Scenario(sources=(Source("s", "S", (4_000, 8_000)),))
    assert len(stages(ones, early).seeds) == 2
    late = Scenario(sources=(Source("s", "S", (12_000, 7_999)),))
    assert not stages(ones, late).seeds


def test_a_first_stage_may_be_assumed_for_all() -> None:
    ones = [seed(i, first_stage=None) for i in "abc"]
    found = stages(pool_of(*ones), money(14_000), Assumed(Decimal("0.2"), 1))
    assert found.value == Fraction("132.5") * MICRO_A_UNIT
    assert found.staged == 3


def test_a_project_may_be_funded_at_once_beside_seeds() -> None:
    sure = seed("sure", p_technical=1.0, first_stage=None)
    found = stages(pool_of(sure, *(seed(i) for i in "abc")), money(24_000))
    assert found.plan is not None
    assert found.plan.at_once == (Choice("sure"),)
    assert len(found.plan.seeds) == 3
    assert found.value == Fraction("332.5") * MICRO_A_UNIT


def test_drawn_outcomes_come_with_a_trial_on_others() -> None:
    ones = [
        seed(i, payoff=ThreePoint(more, more, more))
        for more, i in zip(range(25_000, 47_000, 2_000), "abcdefghijk", strict=True)
    ]
    asked = (pool_of(*ones), money(20_000))
    found = stages(*asked, luck=Luck(outcomes=40), options=Options(time_limit=5))
    assert not found.counted
    assert found.outcomes == 40
    trial = found.trial
    assert trial is not None
    assert trial.error > 0
    assert trial.p5 <= trial.p50 <= trial.p95
    assert found.plan is not None
    worths = worths_by_hand(asked[0], found.plan, 20_000)
    mean = sum(worths) / len(worths)
    spread = sqrt(sum((worth - mean) ** 2 for worth in worths) / len(worths))
    assert trial.outcomes >= 100
    assert trial.error == pytest.approx(spread / sqrt(trial.outcomes), rel=0.15)
    assert abs(float(trial.mean) - mean) < 3 * trial.error < 0.2 * mean


def test_rules_are_kept_where_nobody_passes_though_that_was_not_drawn() -> None:
    # Nine of ten outcomes pass x, and ports must have 50: a seed of 20 alone breaks the rule where
    # it is stopped, so x is funded at once: .9 · 300 − 100 = 170, and nothing else is worth 50.
    port = seed("x", p_technical=0.9, theme="ports", first_stage=FirstStage(2_000, 1, 0.9))
    rule = Limit(id="l", attribute="theme", value="ports", measure="money", at_least=Decimal(5_000))
    others = [seed(f"e{k:02}", theme="energy") for k in range(11)]
    asked = replace(money(12_000), rules=(*money(12_000).rules, rule))
    for luck in (Luck(outcomes=1, seed=s) for s in (1, 2, 3)):
        found = stages(pool_of(port, *others), asked, luck=luck)
        assert found.plan is not None
        assert Choice("x") in found.plan.at_once
        assert found.trial is not None


def test_alike_luck_of_a_theme_leaves_less_to_choose_from() -> None:
    ones = [seed(i, theme="t") for i in "abcdefgh"]
    alone = stages(pool_of(*ones), money(14_000))
    alike = stages(pool_of(*ones), money(14_000), luck=Luck(outcomes=500, theme=0.99))
    assert alone.value is not None
    assert alike.value is not None
    assert alike.value < alone.value


def test_no_plan_where_a_rule_cannot_be_met() -> None:
    scenario = replace(money(1_000), rules=(*money(1_000).rules, Must(id="m", projects=("a",))))
    found = stages(pool_of(seed("a")), scenario)
    assert found.status is Status.INFEASIBLE
    assert found.plan is None
    assert found.value is None


def test_a_seed_is_enough_where_a_project_must_be_in() -> None:
    scenario = replace(money(2_000), rules=(*money(2_000).rules, Must(id="m", projects=("a",))))
    found = stages(pool_of(seed("a")), scenario)
    assert [one.project for one in found.seeds] == ["a"]
    assert found.value == -20 * MICRO_A_UNIT
    assert found.at_once.status is Status.INFEASIBLE
    assert found.staging is None


@pytest.mark.parametrize(
    ("stage", "field", "remedy"),
    [
        (FirstStage(10_001, 1, 0.5), "grant", "part of the whole grant"),
        (FirstStage(-1, 1, 0.5), "grant", "part of the whole grant"),
        (FirstStage(2_000, 0, 0.5), "periods", "from 1 to 2"),
        (FirstStage(2_000, 3, 0.5), "periods", "The calendar has 2 periods"),
        (FirstStage(2_000, 1, 1.5), "chance", "from 0 to 1"),
        (FirstStage(2_000, 1, float("nan")), "chance", "from 0 to 1"),
    ],
)
def test_a_first_stage_that_cannot_be_is_told(stage: FirstStage, field: str, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy) as told:
        stages(pool_of(seed("a", first_stage=stage)), money(10_000))
    assert field in told.value.problems[0].field


def test_everything_wrong_is_told_at_once() -> None:
    one = seed("a", first_stage=FirstStage(20_000, 9, 2.0))
    scenario = replace(money(1), rules=(LossLimit(id="loss", at_most=0),))
    with pytest.raises(InputError) as told:
        stages(
            pool_of(one), scenario, Assumed(Decimal(2), 5), Luck(outcomes=0), Options(time_limit=0)
        )
    fields = {problem.field for problem in told.value.problems}
    assert fields >= {"time limit", "first share", "periods", "outcomes", "rule loss"}
    assert {"a, first stage, grant", "a, first stage, periods", "a, first stage, chance"} <= fields


@pytest.mark.parametrize(
    "rule",
    [
        LossLimit(id="r", at_most=0),
        LossWeight(id="r", worth=Decimal(1)),
        PayoffReserve(id="r", shortfall=Decimal("0.3"), projects=1),
    ],
)
def test_what_is_not_known_of_seeds_is_told_and_may_be_switched_off(rule: Rule) -> None:
    asked = replace(money(10_000), rules=(*money(10_000).rules, rule))
    with pytest.raises(InputError, match="Switch this rule off"):
        stages(pool_of(seed("a")), asked)
    assert stages(pool_of(seed("a")), replace(asked, off=("r",))).value == 90 * MICRO_A_UNIT


def test_a_list_without_first_stages_is_told_what_to_do() -> None:
    with pytest.raises(InputError, match="No proposal has a first stage"):
        stages(pool_of(seed("a", first_stage=None)), money(1))
    with pytest.raises(InputError, match="chance of technical success"):
        stages(pool_of(seed("a", first_stage=None, p_technical=None)), money(1), Assumed())
