"""How long does the best mix under a limit on bad outcomes take, beside writing every outcome down?

The plain formulation has a variable for each outcome (Rockafellar and Uryasev, 2000) and is given
12 seconds; the engine adds a row when a mix breaks it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

import highspy
import numpy as np

from benchmarks.everyday import everyday
from benchmarks.raw import bare_solver
from benchmarks.table import Row
from optimizer import Options, optimize
from optimizer.constraints import rows
from optimizer.facts import facts
from optimizer.objective import worths
from portfolio.funding.rules import LossLimit, LossWeight
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_rules
from portfolio.simulation.tail import loss_table, tail_loss

SIZE, OUTCOMES, SEEDS, LIMIT = 60, 1_000, 3, 12.0
LEVEL = Decimal("0.9")
PARTS = (Decimal("0.9"), Decimal("0.5"))
"""Limits, as shares of the range between what the best mix loses and nothing."""


def measure() -> Iterator[Row]:
    """A limit near what the best mix loses, and one halfway to nothing, over several questions."""
    yield from _weighed()
    for part in PARTS:
        ours, theirs, gaps, plain_gaps = [], [], [], []
        for seed in range(1, SEEDS + 1):
            pool, scenario = everyday(SIZE, seed)
            limit = _limit(pool, scenario, part)
            rule = LossLimit(id="losses", at_most=limit, level=LEVEL, outcomes=OUTCOMES)
            begun = time.perf_counter()
            found = optimize(pool, with_rules(scenario, rule), Options(time_limit=LIMIT))
            ours.append(time.perf_counter() - begun)
            gaps.append(1.0 if found.gap is None else found.gap)
            seconds, gap = _plain(pool, scenario, limit)
            theirs.append(seconds)
            plain_gaps.append(gap)
        note = f"worst gap {max(gaps):.3%}; plain {max(plain_gaps):.3%}"
        size = f"{SIZE} projects, {OUTCOMES:,} outcomes, limit at {part:%}, {SEEDS} questions"
        yield Row(
            "Best mix under CVaR",
            size,
            median(ours),
            "s",
            "a variable for each outcome",
            median(theirs),
            most=LIMIT,
            note=note,
        )


def _weighed() -> Iterator[Row]:
    """The same outcomes in the aim: half, and all, of what is lost in the worst tenth comes off."""
    for worth in (Decimal(50_000), Decimal(100_000)):
        seconds, gaps = [], []
        for seed in range(1, SEEDS + 1):
            pool, scenario = everyday(SIZE, seed)
            rule = LossWeight(id="losses", worth=worth, level=LEVEL, outcomes=OUTCOMES)
            begun = time.perf_counter()
            found = optimize(pool, with_rules(scenario, rule), Options(time_limit=LIMIT))
            seconds.append(time.perf_counter() - begun)
            gaps.append(1.0 if found.gap is None else found.gap)
        yield Row(
            "Best mix less CVaR",
            f"{SIZE} projects, {OUTCOMES:,} outcomes, weight {worth / 100_000}, {SEEDS} questions",
            median(seconds),
            "s",
            "the time allowed",
            LIMIT,
            most=LIMIT,
            note=f"worst gap {max(gaps):.3%}",
        )


def _limit(pool: Pool, scenario: Scenario, part: Decimal) -> int:
    """A limit below what the best mix loses: that, less what is left of the part of its size."""
    best = optimize(pool, scenario, Options(time_limit=60))
    mix = tuple(pool.project(i) for i in best.ids)
    loss = int(tail_loss(mix, LEVEL, OUTCOMES, 1))
    return loss - round(abs(loss) * (1 - part))


def _plain(pool: Pool, scenario: Scenario, limit: int) -> tuple[float, float]:
    """Seconds and gap of x binary, α free, u_s ≥ L_s x − α, u ≥ 0, α + Σ u / ((1 − β) n) ≤ limit."""
    begun = time.perf_counter()
    known = facts(pool, scenario)
    worth = worths(known)
    table = loss_table(known.projects, OUTCOMES, 1) / 1e5
    n, count = known.width, OUTCOMES
    solver = bare_solver(LIMIT)
    infinite = highspy.kHighsInf
    for j in range(n):
        solver.addCol(-worth[j] / 1e9, 0.0, 1.0, 0, np.array([]), np.array([]))
    solver.addCol(0.0, -infinite, infinite, 0, np.array([]), np.array([]))
    for _ in range(count):
        solver.addCol(0.0, 0.0, infinite, 0, np.array([]), np.array([]))
    for row in rows(known):
        scale = max(1, *map(abs, row.coefficients)) / 1000
        values = np.array(row.coefficients, dtype=float) / scale
        solver.addRow(-infinite, row.limit / scale, len(values), np.array(row.columns), values)
    own = np.arange(n)
    for s in range(count):
        columns = np.concatenate([own, [n, n + 1 + s]])
        values = np.concatenate([table[s], [-1.0, -1.0]])
        solver.addRow(-infinite, 0.0, len(values), columns, values)
    tail = np.arange(n, n + 1 + count)
    values = np.concatenate([[1.0], np.full(count, 1 / (float(1 - LEVEL) * count))])
    solver.addRow(-infinite, limit / 1e5, len(values), tail, values)
    for j in range(n):
        solver.changeColIntegrality(j, highspy.HighsVarType.kInteger)
    solver.run()
    info = solver.getInfo()
    value, bound = -info.objective_function_value, -info.mip_dual_bound
    gap = (bound - value) / value if value > 0 else 1.0
    return time.perf_counter() - begun, max(gap, 0.0)
