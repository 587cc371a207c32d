"""Bi-objective knapsacks of vOptLib as questions, and their published fronts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from portfolio.cluster import Cluster
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar


def read(folder: Path, name: str) -> tuple[Pool, Scenario]:
    """First objective: the benefit. Second: the payoff, which costs nothing to bring about."""
    size, sides, limits, *rest = _numbers((folder / f"{name}.dat").read_text())
    assert (sides, limits) == (2, 1)
    first, second, weight = (rest[k * size : (k + 1) * size] for k in range(3))
    projects = tuple(
        Project(
            f"P{k:03}",
            f"Object {k}",
            cost=0,
            grant=weight[k],
            benefit=float(first[k]),
            payoff=ThreePoint(*([second[k]] * 3)),
        )
        for k in range(size)
    )
    cluster = Cluster("c", "Knapsack", "EUR", Calendar(date(2027, 1, 1), 12, 1))
    budget = TotalBudget(id="budget", limit=rest[3 * size])
    scenario = Scenario(objective=Objective(aim="benefit"), rules=(budget,))
    return Pool(cluster, projects), scenario


def published(folder: Path, name: str) -> list[tuple[int, int]]:
    """The points of the published front, from the most of the first objective on."""
    told = _numbers((folder / f"{name}.Y.min").read_text())
    return sorted(zip(told[::2], told[1::2], strict=True), reverse=True)


def _numbers(text: str) -> list[int]:
    plain = re.sub(r"#.*", "", text)
    return [int(word) for word in plain.split()]
