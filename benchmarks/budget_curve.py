"""What does a curve of 100 budgets cost, as a multiple of one raw HiGHS solve?

The preview (a mix and a proven bound at each budget) and the exact curve (proven, ties settled,
re-checked in cents), over HiGHS alone on the same rows at the agreed budget. CPU seconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.everyday import everyday
from benchmarks.raw import raw_seconds
from benchmarks.table import Row
from optimizer import Options, optimize, preview, sweep
from portfolio.funding.rules import TotalBudget
from portfolio.scenario import Scenario

SIZE = 60
POINTS = 100
PATIENCE = 5.0


def measure() -> Iterator[Row]:
    """One question of 60 projects, from half to one and a half times the agreed money."""
    optimize(*everyday(10))
    pool, scenario = everyday(SIZE)
    agreed = agreed_money(scenario)
    budgets = [agreed // 2 + agreed * k // (POINTS - 1) for k in range(POINTS)]
    raw = median(raw_seconds(pool, scenario) for _ in range(3))
    size = f"{SIZE} projects, {POINTS} budgets"

    begun = time.process_time()
    band = preview(pool, scenario, budgets)
    taken = time.process_time() - begun
    known = sum(point.value is not None for point in band)
    note = f"{known} with a mix"
    yield row("Budget curve, preview", size, taken, raw, note)

    begun = time.process_time()
    points = sweep(pool, scenario, budgets, Options(time_limit=PATIENCE))
    taken = time.process_time() - begun
    proven = sum(point.selection.status in ("OPTIMAL", "INFEASIBLE") for point in points)
    yield row("Budget curve, exact", size, taken, raw, f"{proven} proven")


def agreed_money(scenario: Scenario) -> int:
    """The budget of the question in cents."""
    return next(rule.limit for rule in scenario.rules if isinstance(rule, TotalBudget))


def row(work: str, size: str, taken: float, raw: float, note: str) -> Row:
    """A row beside one raw solve; a figure without an aim."""
    return Row(work, size, taken, "s CPU", "one raw HiGHS solve", raw, note=note)
