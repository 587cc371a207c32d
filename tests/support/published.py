"""Readers of published knapsack problems, and the pools that state them.

A multi-resource knapsack is a pool of projects without cost, whose `benefit` is the profit and
whose named resources r0, r1 … are limited over the whole horizon by one capacity rule each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from portfolio.cluster import Cluster
from portfolio.funding.rules import Capacity
from portfolio.pool import Pool
from portfolio.project import Project, ResourceNeed
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar


@dataclass(frozen=True)
class Knapsack:
    """Profits, weights by resource and item, capacities, and the best value known."""

    name: str
    profits: tuple[Decimal, ...]
    weights: tuple[tuple[Decimal, ...], ...]
    capacities: tuple[Decimal, ...]
    best_known: Decimal

    def question(self) -> tuple[Pool, Scenario]:
        """The same problem in the words of the model."""
        projects = tuple(
            Project(
                id=f"{k:03d}",
                name=f"Item {k}",
                benefit=float(profit),
                resources=tuple(
                    ResourceNeed(f"r{i}", row[k]) for i, row in enumerate(self.weights) if row[k]
                ),
            )
            for k, profit in enumerate(self.profits)
        )
        rules = tuple(
            Capacity(id=f"capacity-{i}", resource=f"r{i}", amounts=(capacity,))
            for i, capacity in enumerate(self.capacities)
        )
        cluster = Cluster("published", self.name, "EUR", Calendar(date(2027, 1, 1), 12, 1))
        return Pool(cluster, projects), Scenario(objective=Objective("benefit"), rules=rules)


def petersen(folder: Path) -> list[Knapsack]:
    """Petersen's seven research and development problems (1967), from OR-Library's mknap1.txt."""
    numbers = _numbers(folder / "mkp" / "mknap1.txt")
    return [_or_library(numbers, f"Petersen {k + 1}") for k in range(int(next(numbers)))]


def chu_beasley(folder: Path, number: int) -> list[Knapsack]:
    """The problems of mknapcb1, 4 or 7 (Chu and Beasley, 1998), with the best values known."""
    known = dict(
        line.split() for line in (folder / "mkp" / "mkcbres_subset.txt").read_text().splitlines()
    )
    numbers = _numbers(folder / "mkp" / f"mknapcb{number}.txt")
    resources = {1: 5, 4: 10, 7: 30}[number]
    names = [f"{resources}.100-{k:02d}" for k in range(int(next(numbers)))]
    return [_or_library(numbers, name, Decimal(known[name])) for name in names]


def sac94(folder: Path) -> list[Knapsack]:
    """The problems of SAC-94 (Weingartner; Shih), one a file, optimum in the first line."""
    return [_sac94(path) for path in sorted((folder / "mkp" / "sac94").glob("*.dat"))]


def _sac94(path: Path) -> Knapsack:
    numbers = _numbers(path)
    items, resources = int(next(numbers)), int(next(numbers))
    optimum = next(numbers)
    profits = _take(numbers, items)
    weights = tuple(_take(numbers, items) for _ in range(resources))
    return Knapsack(path.stem, profits, weights, _take(numbers, resources), optimum)


def _or_library(numbers: Iterator[Decimal], name: str, known: Decimal | None = None) -> Knapsack:
    items, resources = int(next(numbers)), int(next(numbers))
    optimum = next(numbers)
    profits = _take(numbers, items)
    weights = tuple(_take(numbers, items) for _ in range(resources))
    capacities = _take(numbers, resources)
    return Knapsack(name, profits, weights, capacities, optimum if known is None else known)


def _numbers(path: Path) -> Iterator[Decimal]:
    return iter([Decimal(word) for word in path.read_text().split()])


def _take(numbers: Iterator[Decimal], count: int) -> tuple[Decimal, ...]:
    return tuple(next(numbers) for _ in range(count))
