"""How long do 100,000 simulated outcomes of a mix take, beside drawing the normals alone?

Both on one core; the normals are numpy's, one for each project and outcome, while a simulation also
draws those of themes and leads. The best of several runs each, taken in turns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.everyday import everyday
from benchmarks.table import Row
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.figures import simulate
from portfolio.simulation.outcomes import outcomes

SIZE, OUTCOMES, RUNS = 60, 100_000, 9
AGAINST = "drawing the normals, numpy alone"


def measure() -> Iterator[Row]:
    """The table of outcomes, then the figures of the mix without keeping the table."""
    mix = everyday(SIZE)[0].projects
    assumed = Assumptions(outcomes=OUTCOMES)
    works: tuple[Callable[[], object], ...] = (
        lambda: np.random.default_rng(1).standard_normal((OUTCOMES, SIZE)),
        lambda: outcomes(mix, assumed),
        lambda: simulate(mix, assumed),
    )
    best = [float("inf")] * len(works)
    for _ in range(RUNS):
        best = [min(least, _seconds(work)) for least, work in zip(best, works, strict=True)]
    normals, table, figures = best
    size = f"{SIZE} projects, {OUTCOMES:,} outcomes"
    classes = len({each.theme for each in mix}) + len({each.lead for each in mix})
    note = f"{classes} themes and leads"
    yield Row("Simulate a mix", size, table, "s CPU", AGAINST, normals, most_ratio=1.5, note=note)
    yield Row("Simulate, all figures", size, figures, "s CPU", AGAINST, normals, note=note)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
