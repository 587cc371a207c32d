"""How much of a solve is model building, and how much is not HiGHS at all, at three sizes?

Model building: rows, what is settled of them, the PuLP problem, and the hand-over to HiGHS, of the
relaxation too. Not HiGHS: that, the worths, the check of the question, the exact proof, and the
re-check in cents. Model building and the whole stand beside HiGHS alone on the plain model, so that
a needlessly long solve cannot make a share look small. CPU seconds: a busy machine does not decide.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import highspy

from benchmarks.everyday import everyday
from benchmarks.raw import raw_seconds
from benchmarks.table import Row
from optimizer import Options, hot, optimize, search, solver

SIZES = (60, 300, 1_000)
SEEDS = (1, 2, 3)
AIMED, AIM = 1_000, 0.05
PATIENCE = 20.0
BUILDING = (
    (search.Question, "__init__"),
    (search, "facts"),
    (solver, "moving"),
    (solver, "as_problem"),
    (solver, "sparse"),
    (solver.HighsAtOnce, "_load"),
    (solver.Relaxation, "_loaded"),
    (hot.Hot, "_load"),
)
"""None of them calls another, so their times add up."""


def measure() -> Iterator[Row]:
    """Sums over three questions of each size."""
    optimize(*everyday(10))  # imports and first use are no part of a solve
    for size in SIZES:
        inside, building, whole, raw, proven = 0.0, 0.0, 0.0, 0.0, 0
        for seed in SEEDS:
            pool, scenario = everyday(size, seed)
            gc.collect()  # else the garbage of the question before is counted here
            with timed([(highspy.Highs, "run")]) as spent, timed(BUILDING) as built:
                begun = time.process_time()
                selection = optimize(pool, scenario, Options(time_limit=PATIENCE))
                whole += time.process_time() - begun
            inside += sum(spent)
            building += sum(built)
            raw += raw_seconds(pool, scenario, PATIENCE)
            proven += selection.status == "OPTIMAL"
        yield Row(
            "Solve: model building",
            f"{size:,} projects, {len(SEEDS)} questions",
            building,
            "s CPU",
            "raw HiGHS solves, no ties, no re-check",
            raw,
            most_ratio=AIM if size == AIMED else None,
            note=f"{building / whole:.1%} of the whole of optimize",
        )
        yield Row(
            "Solve: all but HiGHS",
            f"{size:,} projects, {len(SEEDS)} questions ({proven} proven)",
            whole - inside,
            "s CPU",
            "the whole of optimize",
            whole,
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
def timed(functions: Sequence[tuple[Any, str]]) -> Iterator[list[float]]:
    """Collects the CPU seconds of every call of these functions while it is open."""
    spent: list[float] = []

    def timing(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*given, **named)
            finally:
                spent.append(time.process_time() - begun)

        return call

    originals = [(owner, name, getattr(owner, name)) for owner, name in functions]
    for owner, name, original in originals:
        setattr(owner, name, timing(original))
    try:
        yield spent
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)
