"""Sweeps, steps and rates by hand: order, cancelling, shares that lose a cent, money of two funders."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from optimizer import (
    BudgetPoint,
    Progress,
    lp_rate,
    next_steps,
    optimize,
    preview,
    sweep,
)
from portfolio.cluster import Cluster
from portfolio.errors import InputError
from portfolio.funding.rules import Must, TotalBudget
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario, StayClose, with_money
from portfolio.selection import Status
from portfolio.units import Calendar
from tests.support.worked_table import cents, micro, worked_pool, worked_scenario

YEAR = Calendar(date(2027, 1, 1), 12, 1)
BENEFIT = Objective(aim="benefit")
UNIT = 1_000_000


def pool_of(*projects: Project) -> Pool:
    return Pool(Cluster("c", "Cluster", "EUR", YEAR), projects)


def project(name: str, grant: int, benefit: float, source: str = "") -> Project:
    return Project(name, name, grant, grant, benefit=benefit, sources=(source,) if source else ())


def funders(**totals: int) -> Scenario:
    sources = tuple(Source(name, name, (total,)) for name, total in totals.items())
    return Scenario(objective=BENEFIT, sources=sources)


def test_points_come_in_the_order_asked_for_repeated_ones_too() -> None:
    budgets = [cents("20"), cents("15"), cents("20"), 0]
    points = sweep(worked_pool(), worked_scenario("15"), budgets)
    assert [point.budget for point in points] == budgets
    assert [point.selection.value for point in points] == [
        micro("50.7"),
        micro("42.29875"),
        micro("50.7"),
        0,
    ]
    assert [point.budget for point in preview(worked_pool(), worked_scenario("15"), budgets)] == (
        budgets
    )


def test_no_budgets_make_no_points() -> None:
    assert sweep(worked_pool(), worked_scenario("15"), []) == ()
    assert preview(worked_pool(), worked_scenario("15"), []) == ()


def test_a_pool_without_projects_is_worth_nothing_at_every_budget() -> None:
    empty, scenario = pool_of(), worked_scenario("15")
    assert [(p.value, p.bound, p.chosen) for p in preview(empty, scenario, [0, 5])] == [
        (0, 0, ()),
        (0, 0, ()),
    ]
    assert [p.selection.value for p in sweep(empty, scenario, [0, 5])] == [0, 0]
    assert next_steps(empty, scenario, optimize(empty, scenario), 3) == ()


def test_a_budget_below_zero_is_refused_in_words() -> None:
    for ask in (preview, sweep):
        with pytest.raises(InputError, match="below zero"):
            ask(worked_pool(), worked_scenario("15"), [cents("15"), -1])


def test_each_point_is_told_when_it_arrives_and_so_is_how_many_there_are() -> None:
    arrived: list[BudgetPoint] = []
    told: list[Progress] = []
    budgets = [cents(str(million)) for million in range(21)]
    points = sweep(
        worked_pool(), worked_scenario("15"), budgets, progress=told.append, arrived=arrived.append
    )
    assert {point.budget: point for point in arrived} == {point.budget: point for point in points}
    assert [(progress.done, progress.of) for progress in told] == [(k, 21) for k in range(1, 22)]


def test_a_cancelled_sweep_gives_what_had_arrived() -> None:
    cancel = threading.Event()
    arrived: list[BudgetPoint] = []

    def stop_after_three(point: BudgetPoint) -> None:
        arrived.append(point)
        if len(arrived) == 3:
            cancel.set()

    budgets = [cents(str(million)) for million in range(21)]
    points = sweep(
        worked_pool(), worked_scenario("15"), budgets, cancel=cancel, arrived=stop_after_three
    )
    assert sorted(arrived, key=lambda point: point.budget) == list(points)
    assert len(points) == 3


def test_a_sweep_stays_close_to_what_was_agreed_where_that_is_asked_for() -> None:
    agreed = ("Alpha", "Foxtrot")  # 13 in all; a loss of all is allowed
    scenario = replace(worked_scenario("15"), stay_close=StayClose(agreed, Decimal(1)))
    points = sweep(worked_pool(), scenario, [cents("12"), cents("13"), cents("15")])
    assert [point.selection.ids for point in points] == [("Foxtrot",), agreed, agreed]


def test_what_no_money_can_mend_is_said_at_every_budget() -> None:
    scenario = replace(
        worked_scenario("15"),
        rules=(*worked_scenario("15").rules, Must(id="all", projects=("Beta", "Foxtrot"))),
    )
    points = sweep(worked_pool(), scenario, [cents("14"), cents("15"), cents("1")])
    assert [point.selection.status for point in points] == [
        Status.INFEASIBLE,
        Status.OPTIMAL,
        Status.INFEASIBLE,
    ]


def test_a_share_that_loses_a_cent_when_money_grows_is_no_trap() -> None:
    # Largest remainders of 6 : 6 : 2 give the third funder 3 of 17 cents, 2 of 18 and 3 of 19.
    thirds = [with_money(funders(a=6, b=6, c=2), total).sources[2].total for total in (17, 18, 19)]
    assert thirds == [3, 2, 3]
    pool = pool_of(project("small", 3, 1.0, "c"), project("large", 8, 2.0, "a"))
    scenario = funders(a=6, b=6, c=2)
    steps = next_steps(pool, scenario, optimize(pool, scenario), 5)
    assert [(step.budget, step.more, step.gain) for step in steps] == [
        (17, 3, 1 * UNIT),
        (18, 4, 2 * UNIT),
        (19, 5, 3 * UNIT),
    ]
    assert [step.selection.ids for step in steps] == [("small",), ("large",), ("large", "small")]


def test_steps_end_where_more_money_buys_nothing_better() -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    steps = next_steps(pool, scenario, optimize(pool, scenario), 50)
    everything = sum(one.grant for one in pool.candidates)
    assert steps[-1].budget == everything
    assert set(steps[-1].selection.ids) == {one.id for one in pool.candidates}


def test_there_are_no_steps_where_nothing_limits_the_money() -> None:
    pool, scenario = worked_pool(), Scenario()
    assert next_steps(pool, scenario, optimize(pool, scenario), 3) == ()
    assert lp_rate(pool, scenario) is None


def test_without_any_mix_the_first_step_is_the_money_that_allows_one() -> None:
    pool = pool_of(project("one", 700, 1.0), project("two", 400, -3.0))
    rules = (TotalBudget(id="budget", limit=500), Must(id="both", projects=("one", "two")))
    scenario = Scenario(objective=BENEFIT, rules=rules)
    base = optimize(pool, scenario)
    assert base.status is Status.INFEASIBLE
    (step,) = next_steps(pool, scenario, base, 3)
    assert (step.budget, step.more, step.gain) == (1100, 600, -2 * UNIT)
    assert (step.enters, step.leaves) == (("one", "two"), ())


def test_a_cancelled_search_for_steps_tells_none_that_is_not_proven() -> None:
    cancel = threading.Event()
    cancel.set()
    pool, scenario = worked_pool(), worked_scenario("15")
    base = optimize(pool, scenario)
    for step in next_steps(pool, scenario, base, 2, cancel=cancel):
        assert step.budget in (cents("16"), cents("20"))


def test_the_rate_weighs_the_rates_of_funders_by_their_shares() -> None:
    # 60 cents of each euro go to a, where 100.00 buys 300; 40 go to b, where 80.00 buys 80.
    pool = pool_of(project("one", 100_00, 300.0, "a"), project("two", 80_00, 80.0, "b"))
    assert lp_rate(pool, funders(a=60_00, b=40_00)) == pytest.approx(0.6 * 3 + 0.4 * 1)


def test_each_funder_has_a_rate_of_its_own() -> None:
    pool = pool_of(project("one", 100_00, 300.0, "a"), project("two", 80_00, 80.0, "b"))
    asked = funders(a=60_00, b=40_00)
    assert lp_rate(pool, asked, "a") == pytest.approx(3)
    assert lp_rate(pool, asked, "b") == pytest.approx(1)


def test_money_beyond_all_that_is_asked_for_has_no_rate() -> None:
    assert lp_rate(worked_pool(), worked_scenario("100")) == pytest.approx(0)
