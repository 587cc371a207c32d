"""Do the first ten knapsacks of Chu and Beasley reach the best value known, and how fast?

Time of `optimize`, proof and ties included, over one raw HiGHS solve of the same rows with
nothing else: no model, no re-check, no ties. `PROBLEMS=90` goes on to the harder ones, cut short
after a minute each.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.raw import raw_seconds
from benchmarks.table import Row
from optimizer import Options, optimize
from portfolio.selection import Selection
from tests.support.published import Knapsack, chu_beasley

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "instances"
LIMIT = 60.0


def row(problem: Knapsack, limit: float) -> Row:
    """One problem, its value beside the best known."""
    question = problem.question()
    raw = raw_seconds(*question, limit, time.perf_counter)
    begun = time.perf_counter()
    selection: Selection = optimize(*question, Options(time_limit=limit))
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
