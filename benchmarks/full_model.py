"""How near does the engine come on the full model in a fixed time, beside its plain formulation?

Both get the same time on the clock, one after the other; a gap is (bound − value) / value, proven.
`SEEDS=1` takes fewer questions of each size.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks.full import full
from benchmarks.memory import largest_resident_set
from benchmarks.plain import plain
from benchmarks.table import Row
from optimizer import Options, optimize

AGAINST = "the plain formulation in HiGHS"


@dataclass(frozen=True, slots=True)
class Size:
    """A size of question, its time limit in seconds, how many of it, and the largest gap aimed at."""

    projects: int
    periods: int
    seconds: float
    seeds: int
    aim: float


SIZES = (
    Size(60, 4, 20, 5, 0.003),
    Size(60, 8, 20, 5, 0.03),
    Size(300, 8, 20, 3, 0.004),
    Size(1_000, 4, 20, 3, 0.0003),
    Size(5_000, 4, 60, 1, 0.0005),
)


def measure() -> Iterator[Row]:
    """A row a size: the median gap in percent, with the worst one and the slowest answer."""
    most = int(os.environ.get("SEEDS", "9"))
    for size in SIZES:
        yield _row(size, min(size.seeds, most))


def _row(size: Size, seeds: int) -> Row:
    ours, theirs, slowest, worse, peak = [], [], 0.0, 0, 0.0
    for seed in range(1, seeds + 1):
        pool, scenario = full(size.projects, size.periods, seed)
        begun = time.perf_counter()
        found = optimize(pool, scenario, Options(time_limit=size.seconds))
        slowest = max(slowest, time.perf_counter() - begun)
        peak = largest_resident_set()
        ours.append(1.0 if found.gap is None else found.gap)
        theirs.append(min(plain(pool, scenario, size.seconds).gap, 1.0))
        worse += ours[-1] > theirs[-1]
    note = f"worst {max(ours):.3%}, worse than plain {worse} of {seeds}, slowest {slowest:.1f} s"
    note += f", peak of the process {peak:.0f} MB" if peak else ""
    what = (
        f"{size.projects:,} projects, {size.periods} periods, {size.seconds:g} s, {seeds} questions"
    )
    return Row(
        "Full model, proven gap",
        what,
        100 * median(ours),
        "%",
        AGAINST,
        100 * median(theirs),
        most=100 * size.aim,
        note=note,
    )
