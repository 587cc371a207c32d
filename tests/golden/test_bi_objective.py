"""Bi-objective knapsacks of vOptLib: the whole published front, point by point."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from optimizer import Front, Options, frontier
from portfolio.cluster import Cluster
from portfolio.funding.rules import TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.value import MICRO
from portfolio.units import Calendar


def numbers(text: str) -> list[int]:
    plain = re.sub(r"#.*", "", text)
    return [int(word) for word in plain.split()]


def read(folder: Path, name: str) -> tuple[Pool, Scenario]:
    """First objective: the benefit. Second: the payoff, which costs nothing to bring about."""
    size, sides, limits, *rest = numbers((folder / f"{name}.dat").read_text())
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


def front(folder: Path, name: str) -> tuple[Front, list[tuple[int, int]]]:
    found = frontier(*read(folder, name), Objective(aim="payoff"), Options(time_limit=300))
    cents = MICRO // 100
    return found, [((p.selection.value or 0) // MICRO, p.second // cents) for p in found.points]


def published(folder: Path, name: str) -> list[tuple[int, int]]:
    told = numbers((folder / f"{name}.Y.min").read_text())
    return sorted(zip(told[::2], told[1::2], strict=True), reverse=True)


@pytest.mark.parametrize("name", ["2KP50-11", "2KP100-50"])
def test_the_front_is_the_published_one_point_by_point(real_data: Path, name: str) -> None:
    folder = real_data / "instances" / "moknapsack"
    found, points = front(folder, name)
    assert found.complete
    assert points == published(folder, name)
