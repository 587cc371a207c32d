"""How much faster does a sweep over hard budgets end on two threads, and on two workers of Dask?

Sixteen budgets of a tight question with five scarce resources beside money, each searched for a
second or so, against the same sweep one point after the other. The cluster is a real one on this
machine: a scheduler and two worker processes. Seconds on the clock, from the call to the last
point; connecting is told apart.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.table import Row
from optimizer import BudgetPoint, Workers, sweep
from tests.support.dask_cluster import dask_cluster
from tests.support.hard import tight_curve

ITEMS, RESOURCES = 50, 5
WORKERS = 2
Points = tuple[BudgetPoint, ...]


def measure() -> Iterator[Row]:
    """Two rows: threads at home, workers of a cluster."""
    question = tight_curve(ITEMS, RESOURCES)
    size = f"{ITEMS} projects, {len(question[2])} budgets"
    alone, plain = timed(lambda: on_threads(question, 1))
    seconds, points = timed(lambda: on_threads(question, WORKERS))
    yield row(f"Sweep on {WORKERS} threads", size, seconds, alone, told(points, plain))
    with tempfile.TemporaryDirectory() as folder, dask_cluster(Path(folder)) as cluster:
        cluster.staff(WORKERS)
        begun = time.perf_counter()
        with Workers.at(cluster.address) as workers:
            connecting = time.perf_counter() - begun
            sweep(*question[:2], question[2][:2], workers=workers)
            seconds, points = timed(lambda: sweep(*question, workers=workers))
    note = f"{told(points, plain)}; connecting {connecting:.2g} s"
    yield row(f"Sweep on {WORKERS} Dask workers", size, seconds, alone, note)


def on_threads(question: tuple, threads: int) -> Points:
    """The sweep on so many threads, however small the question is."""
    with patch.multiple(sys.modules["optimizer.sweep"], SMALL=0, THREADS=threads):
        return sweep(*question)


def timed(do: Callable[[], Points]) -> tuple[float, Points]:
    """Seconds on the clock, and the points."""
    begun = time.perf_counter()
    points = do()
    return time.perf_counter() - begun, points


def told(points: Points, plain: Points) -> str:
    """Whether the points are the same, but for the seconds."""
    one, two = ([replace(p.selection, seconds=0.0) for p in made] for made in (points, plain))
    return "same points" if one == two else "OTHER POINTS"


def row(work: str, size: str, seconds: float, alone: float, note: str) -> Row:
    """A sweep beside the one that takes one point after the other."""
    against = "one point after the other"
    said = f"{alone / seconds:.2g} times as fast; {note}"
    return Row(work, size, seconds, "s", against, alone, note=said)
