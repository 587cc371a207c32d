"""Do the first ten knapsacks of Chu and Beasley reach the best value known, and how fast?

Time of `optimize`, proof and ties included, over one raw HiGHS solve of the same numbers with
nothing else: no model, no re-check, no ties. `PROBLEMS=90` goes on to the harder ones, cut short
after a minute each.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import highspy
import numpy as np

from benchmarks.table import Row
from optimizer import Options, optimize
from portfolio.selection import Selection
from tests.support.published import Knapsack, chu_beasley

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "instances"
LIMIT = 60.0


def raw_seconds(problem: Knapsack, limit: float) -> float:
    """Seconds that HiGHS itself takes to prove the optimum, on one thread, or the limit."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(problem.profits), len(problem.weights)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(problem.profits, dtype=float)
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.ones(model.num_col_)
    model.row_lower_ = np.full(model.num_row_, -highspy.kHighsInf)
    model.row_upper_ = np.array(problem.capacities, dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.arange(0, model.num_row_ + 1) * model.num_col_
    model.a_matrix_.index_ = np.tile(np.arange(model.num_col_), model.num_row_)
    model.a_matrix_.value_ = np.array(problem.weights, dtype=float).ravel()
    model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    solver = highspy.Highs()
    solver.silent()
    for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("time_limit", limit)):
        solver.setOptionValue(name, value)
    solver.passModel(model)
    begun = time.perf_counter()
    solver.run()
    return time.perf_counter() - begun


def row(problem: Knapsack, limit: float) -> Row:
    """One problem, its value beside the best known."""
    raw = raw_seconds(problem, limit)
    begun = time.perf_counter()
    selection: Selection = optimize(*problem.question(), Options(time_limit=limit))
    seconds = time.perf_counter() - begun
    found = "none" if selection.value is None else f"{selection.value / 1_000_000:,.0f}"
    return Row(
        f"Knapsack {problem.name}",
        f"{len(problem.profits)} projects, {len(problem.weights)} budgets",
        seconds,
        "s",
        "raw HiGHS",
        raw,
        note=f"{selection.status}, {found} of {problem.best_known:,.0f}",
    )


def measure() -> Iterator[Row]:
    """A row for each problem; none where the real data is not present."""
    if not FOLDER.is_dir():
        return
    problems = chu_beasley(FOLDER, 1)
    if int(os.environ.get("PROBLEMS", "10")) <= 10:
        for problem in problems[:10]:
            yield row(problem, 10 * LIMIT)
        return
    for problem in (*problems, *chu_beasley(FOLDER, 4), *chu_beasley(FOLDER, 7)):
        yield row(problem, LIMIT)
