"""The everyday question that benchmarks ask: one budget, shares, caps, prerequisites."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from portfolio.cluster import Cluster
from portfolio.funding.rules import AtMostOf, Limit, Requires, Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Scenario
from portfolio.units import Calendar

THEMES = ("energy", "ports", "food", "health", "mobility")
CALENDAR = Calendar(date(2027, 1, 1), 12, 1)


def everyday(size: int, seed: int = 1) -> tuple[Pool, Scenario]:
    """`size` projects; the budget is 35 % of what they ask for together."""
    draw = Random(seed)
    projects = [_project(draw, f"P{k:04}", size) for k in range(size)]
    pool = Pool(Cluster("bench", "Benchmark", "EUR", CALENDAR), tuple(projects))
    asked = sum(project.grant for project in projects)
    ids = [project.id for project in pool.projects]
    rules: list[Rule] = [
        TotalBudget(id="budget", limit=asked * 35 // 100 // 100_000 * 100_000),
        Limit(id="themes", attribute="theme", at_least=Decimal("0.08"), at_most=Decimal("0.4")),
        Limit(id="lead", attribute="lead", measure="projects", at_most=Decimal(3)),
        Limit(id="international", attribute="international", value="yes", at_least=Decimal("0.2")),
    ]
    for k in range(11, size, 12):
        needed = draw.choice([i for i in ids if i != ids[k]])
        rules.append(Requires(id=f"needs {k}", project=ids[k], needs=(needed,)))
    for k in range(0, size - 1, 20):
        pair = tuple(draw.sample(ids, 2))
        rules.append(AtMostOf(id=f"either {k}", projects=pair, count=1))
    return pool, Scenario(rules=tuple(rules))


def _project(draw: Random, project_id: str, size: int) -> Project:
    cost = round(draw.lognormvariate(12, 0.6)) // 1000 * 100_000
    high = cost * draw.uniform(2, 9)
    low, likely = high * draw.uniform(0.2, 0.5), high * draw.uniform(0.5, 0.9)
    return Project(
        id=project_id,
        name=f"Project {project_id}",
        cost=cost,
        grant=cost,
        lead=f"O{draw.randrange(max(size // 4, 1)):03}",
        theme=draw.choice(THEMES),
        international=draw.random() < 0.3,
        payoff=ThreePoint(round(low), round(likely), round(high)),
        p_technical=round(draw.uniform(0.3, 0.95), 2),
        p_commercial=round(draw.uniform(0.4, 0.95), 2),
        launch_cost=round(cost * draw.uniform(0.1, 0.5)),
    )
