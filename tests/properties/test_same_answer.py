"""The same question has the same answer: whatever the order of its rows and the solver's seed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import TypeVar

import pytest

from optimizer import Options, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    DeMinimis,
    LeaderLoad,
    Limit,
    NewTies,
    Requires,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Rate, Source
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Aim, Objective, Scenario, StayClose
from portfolio.selection import Selection, Status
from portfolio.units import Calendar
from tests.support.full_pools import ORGANIZATIONS, Asked, full_project
from tests.support.pools import CRITERIA, MEMBERS, START, TODAY, some_judgements

Row = TypeVar("Row")
PERMUTATIONS, SEEDS = 100, range(8)
PERIODS = 3


def middle_sized(seed: int, objective: Objective, size: int = 14) -> Asked:
    """A question with a rule of each kind, ties in worth and in grants, and tight money."""
    draw = Random(seed)
    projects = [full_project(draw.randrange(2**32), f"P{k}") for k in range(size)]
    running = Project("R1", "Under way", 500, 500, status=ProjectStatus.RUNNING, leader="Kim")
    whole = sum(project.grant for project in projects)
    half = Rate("*", Decimal("0.7")), Rate("large", Decimal("0.5"))
    sources = (
        Source("city", "City", (whole // 8,) * PERIODS, carry_over=True, fee=Decimal("0.05")),
        Source("state", "State", (whole // 9, whole // 12, whole // 9), rates=half),
    )
    ids = [project.id for project in projects]
    rules = (
        TotalBudget(id="total", limit=whole // 2),
        Limit(id="themes", attribute="theme", value="wind", at_most=Decimal("0.5")),
        Capacity(resource="staff", id="staff", amounts=(Decimal("12.5"),) * PERIODS),
        AtMostOf(id="few", projects=tuple(ids[:5]), count=3),
        Requires(id="needs", project=ids[1], needs=(ids[2],)),
        Admission(id="small", measure="cost", at_most=Decimal(2000), classes=("small", "mid")),
        DeMinimis(id="aid", ceiling=2500),
        LeaderLoad(id="load", at_most=2),
        Synergy(id="both", projects=(ids[3], ids[4]), worth=Decimal(2)),
        Synergy(id="same", projects=(ids[5], ids[6]), worth=Decimal(-1)),
        NewTies(id="ties", worth=Decimal("0.5")),
    )
    cluster = Cluster("c", "Cluster", "EUR", Calendar(START, 6, PERIODS))
    judgements = some_judgements(draw.randrange(2**32), ids)
    pool = Pool(cluster, (*projects, running), ORGANIZATIONS, MEMBERS, CRITERIA, judgements)
    return pool, Scenario(objective=objective, sources=sources, rules=rules, on=TODAY)


def permuted(asked: Asked, draw: Random) -> Asked:
    """The same question, its rows in another order; sources keep theirs, for it says who pays first."""
    pool, scenario = asked
    projects = tuple(
        replace(
            project,
            partners=shuffled(project.partners, draw),
            resources=shuffled(project.resources, draw),
            cash=shuffled(project.cash, draw),
        )
        for project in shuffled(pool.projects, draw)
    )
    sources = tuple(replace(one, rates=shuffled(one.rates, draw)) for one in scenario.sources)
    return (
        replace(
            pool,
            projects=projects,
            organizations=shuffled(pool.organizations, draw),
            members=shuffled(pool.members, draw),
            criteria=shuffled(pool.criteria, draw),
            judgements=shuffled(pool.judgements, draw),
        ),
        replace(scenario, rules=shuffled(scenario.rules, draw), sources=sources),
    )


def shuffled(rows: tuple[Row, ...], draw: Random) -> tuple[Row, ...]:
    """The rows in another order."""
    return tuple(draw.sample(rows, len(rows)))


def told(selection: Selection) -> tuple[object, ...]:
    """All that an answer says, but for how long it took and the order of its rules."""
    checks = sorted(selection.checks, key=lambda check: check.rule)
    return replace(selection, seconds=0.0, checks=()), checks


@pytest.mark.parametrize(("question", "aim"), [(7, "benefit"), (3, "payoff")])
def test_a_hundred_orders_of_the_rows_and_eight_seeds_change_nothing(
    question: int, aim: Aim
) -> None:
    asked = middle_sized(question, Objective(aim))
    first = optimize(*asked)
    assert first.status is Status.OPTIMAL
    assert any(choice.version or choice.start for choice in first.chosen)
    draw = Random(question)
    for _ in range(PERMUTATIONS):
        other = permuted(asked, draw)
        for seed in SEEDS:
            assert told(optimize(*other, Options(seed=seed))) == told(first)


@pytest.mark.parametrize(
    ("question", "aim", "size", "close"),
    [(3, "blend", 24, False), (4, "score", 14, True), (1, "benefit", 14, True)],
)
def test_a_hundred_orders_of_the_rows_with_seeds_in_turn_change_nothing(
    question: int, aim: Aim, size: int, close: bool
) -> None:
    pool, scenario = middle_sized(question, Objective(aim), size)
    agreed = tuple(project.id for project in pool.candidates[::3])
    asked = pool, replace(scenario, stay_close=StayClose(agreed, Decimal("0.1")) if close else None)
    first = optimize(*asked)
    assert first.status is Status.OPTIMAL
    draw = Random(question)
    for _, seed in zip(range(PERMUTATIONS), cycle(SEEDS), strict=False):
        assert told(optimize(*permuted(asked, draw), Options(seed=seed))) == told(first)
