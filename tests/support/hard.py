"""Questions made to be hard: their answers are not found, or not proven, within a moment."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portfolio.cluster import Cluster
from portfolio.funding.rules import Limit, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar
from tests.support.published import Knapsack

ATTRIBUTES = ("theme", "region", "lead", "leader", "rating", "newcomer", "international")


def tight_knapsack(items: int = 100, resources: int = 30, seed: int = 7) -> Knapsack:
    """A problem as Chu and Beasley drew theirs: each capacity a quarter of its weights' sum.

    Profits follow the weights, so that no item is plainly better than another.
    """
    draw = random.Random(seed)
    weights = [[draw.randint(1, 1000) for _ in range(items)] for _ in range(resources)]
    profits = [
        sum(row[k] for row in weights) // resources + draw.randint(0, 500) for k in range(items)
    ]
    return Knapsack(
        name="tight",
        profits=tuple(map(Decimal, profits)),
        weights=tuple(tuple(map(Decimal, row)) for row in weights),
        capacities=tuple(Decimal(sum(row) // 4) for row in weights),
        best_known=Decimal(0),
    )


def tight_curve(items: int = 32, resources: int = 7) -> tuple[Pool, Scenario, tuple[int, ...]]:
    """As above, one more resource being money; and sixteen amounts of it, most of them hard."""
    problem = tight_knapsack(items, resources + 1)
    pool, scenario = problem.question()
    grants = [int(weight) * 100_000 for weight in problem.weights[-1]]
    projects = tuple(
        replace(one, cost=grant, grant=grant, resources=one.resources[:-1])
        for one, grant in zip(pool.projects, grants, strict=True)
    )
    money = sum(grants) // 4
    rules = (*scenario.rules[:-1], TotalBudget(id="budget", limit=money))
    budgets = tuple(money * k // 40 for k in range(32, 48))
    return replace(pool, projects=projects), replace(scenario, rules=rules), budgets


def split_to_the_cent(projects: int = 80, seed: int = 3) -> tuple[Pool, Scenario, tuple[str, ...]]:
    """Exact money for a class on each of seven attributes, and a mix that meets them all.

    A market split problem (Cornuéjols and Dawande, 1998): the mix was drawn first, the limits
    follow from it. Searching finds next to nothing for hours.
    """
    draw = random.Random(seed)
    made = []
    for k in range(projects):
        grant = draw.randint(1_000_000, 9_999_999)
        words = {name: draw.choice(("yes", "")) for name in ATTRIBUTES[:5]}
        flags = {name: draw.random() < 0.5 for name in ATTRIBUTES[5:]}
        made.append(
            Project(f"P{k:02d}", f"Project {k}", grant, grant, benefit=1.0, **words, **flags)
        )
    hidden = tuple(project.id for project in made if draw.random() < 0.5)
    rules = []
    for name in ATTRIBUTES:
        exactly = Decimal(
            sum(p.grant for p in made if p.id in hidden and getattr(p, name) in ("yes", True))
        )
        rules.append(
            Limit(
                id=name,
                attribute=name,
                value="yes",
                measure="money",
                at_least=exactly,
                at_most=exactly,
            )
        )
    cluster = Cluster("hard", "Hard", "EUR", Calendar(date(2027, 1, 1), 12, 1))
    scenario = Scenario(objective=Objective("benefit"), rules=tuple(rules))
    return Pool(cluster, tuple(made)), scenario, hidden
