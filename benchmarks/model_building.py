"""How much of a solve is ours: all of `optimize` but the time inside HiGHS, at three sizes?

Ours: checking the question, worths, rows, PuLP, hand-over, cuts, the exact proof, and the re-check
in cents. A second row sets the whole beside HiGHS alone on the plain model, so that a small share
of a needlessly long solve does not look good. CPU seconds: a busy machine does not decide the share.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import highspy

from benchmarks.everyday import everyday
from benchmarks.raw import raw_seconds
from benchmarks.table import Row
from optimizer import Options, optimize

SIZES = (60, 300, 1_000)
SEEDS = (1, 2, 3)
AIM = 0.10
PATIENCE = 20.0


def measure() -> Iterator[Row]:
    """Sums over three questions of each size."""
    optimize(*everyday(10))  # imports and first use are no part of a solve
    for size in SIZES:
        inside, whole, raw, proven = 0.0, 0.0, 0.0, 0
        for seed in SEEDS:
            pool, scenario = everyday(size, seed)
            with timed_solver() as spent:
                begun = time.process_time()
                selection = optimize(pool, scenario, Options(time_limit=PATIENCE))
                whole += time.process_time() - begun
            inside += sum(spent)
            raw += raw_seconds(pool, scenario, PATIENCE)
            proven += selection.status == "OPTIMAL"
        yield Row(
            "Solve: all but HiGHS",
            f"{size:,} projects, {len(SEEDS)} questions ({proven} proven)",
            whole - inside,
            "s CPU",
            "the whole of optimize",
            whole,
            most_ratio=AIM,
        )
        yield Row(
            "Solve: all of it",
            f"{size:,} projects, {len(SEEDS)} questions",
            whole,
            "s CPU",
            "raw HiGHS solves, no ties, no re-check",
            raw,
        )


@contextmanager
def timed_solver() -> Iterator[list[float]]:
    """Collects the CPU seconds of every run of HiGHS while it is open."""
    spent: list[float] = []
    run = highspy.Highs.run

    def timed(self: Any, *given: Any) -> Any:
        begun = time.process_time()
        try:
            return run(self, *given)
        finally:
            spent.append(time.process_time() - begun)

    highspy.Highs.run = timed
    try:
        yield spent
    finally:
        highspy.Highs.run = run
