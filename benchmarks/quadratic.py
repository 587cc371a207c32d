"""How near does the engine come to the best known values of quadratic knapsacks, pairs as synergies?

The questions of Billionnet and Soutif are read from ../shared/data. `SECONDS=60` for each, `PROBLEMS=4`
for fewer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from benchmarks.table import Row
from optimizer import Options, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import Rule, Synergy, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.value import MICRO
from portfolio.units import Calendar

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "instances" / "qkp"


def measure() -> Iterator[Row]:
    """A row a question: what is missing to the best known value, with the proven gap."""
    seconds = float(os.environ.get("SECONDS", "60"))
    best = _best_known()
    for name in list(best)[: int(os.environ.get("PROBLEMS", "10"))]:
        pool, scenario = read(FOLDER / f"{name}.txt")
        begun = time.perf_counter()
        found = optimize(pool, scenario, Options(time_limit=seconds))
        spent = time.perf_counter() - begun
        value = (found.value or 0) // MICRO
        gap = "none proven" if found.gap is None else f"{found.gap:.2%} proven"
        yield Row(
            f"Quadratic knapsack {name.removeprefix('jeu_')}",
            f"{len(pool.projects)} projects, {len(scenario.rules) - 1:,} pairs",
            100 * (best[name] - value) / best[name],
            "% missing",
            "best known, all of it",
            100.0,
            note=f"{value:,} of {best[name]:,}; {found.status.value}, gap {gap}, {spent:.0f} s",
        )


def read(path: Path) -> tuple[Pool, Scenario]:
    """Name; size; worth of each; of each pair, a line for each first of it; a zero; capacity; weights."""
    lines = path.read_text().splitlines()
    size = int(lines[1])
    alone = [int(word) for word in lines[2].split()]
    pairs = [[int(word) for word in line.split()] for line in lines[3 : 3 + size - 1]]
    rest = [word for line in lines[3 + size - 1 :] for word in line.split()]
    capacity, weights = int(rest[1]), [int(word) for word in rest[2 : 2 + size]]
    projects = tuple(
        Project(f"P{k:03}", f"Object {k}", grant=weights[k], benefit=float(alone[k]))
        for k in range(size)
    )
    rules: list[Rule] = [TotalBudget(id="budget", limit=capacity)]
    for i, line in enumerate(pairs):
        for offset, worth in enumerate(line):
            if worth:
                two = (f"P{i:03}", f"P{i + 1 + offset:03}")
                rules.append(Synergy(id=f"{two}", projects=two, worth=Decimal(worth)))
    cluster = Cluster("qkp", "Quadratic knapsack", "EUR", Calendar(date(2027, 1, 1), 12, 1))
    return Pool(cluster, projects), Scenario(objective=Objective("benefit"), rules=tuple(rules))


def _best_known() -> dict[str, int]:
    lines = (FOLDER / "best_known_subset.txt").read_text().splitlines()
    told = (line.split() for line in lines if line.startswith("jeu_"))
    return {words[0].removesuffix(".txt"): int(words[1]) for words in told}
