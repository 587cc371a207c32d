"""What does the core index cost beside solving for each way to weigh the criteria, and is it as right?

The naive loop is HiGHS alone on each draw; it is run over the first draws and its time scaled up.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np

from benchmarks.everyday import everyday
from benchmarks.raw import raw_solver
from benchmarks.table import Row
from optimizer import Options, robustness
from optimizer.draws import drawn_weights, ends
from optimizer.search import Question
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Anchor, Criterion, Judgement
from portfolio.scoring.information import Information, ratings

SIZE, DRAWS, NAIVE = 60, 1_000, 100
SWINGS = (100, 80, 60, 45, 30)
PATIENCE = 300.0


def measure() -> Iterator[Row]:
    """One pool, five criteria of which the order alone is known."""
    pool, scenario = judged(SIZE)
    begun = time.process_time()
    found = robustness(pool, scenario, options=Options(PATIENCE), draws=DRAWS)
    spent = time.process_time() - begun
    index, naive = naive_loop(pool, scenario, NAIVE)
    same = robustness(pool, scenario, options=Options(PATIENCE), draws=NAIVE)
    wrong = max(abs(each.index - index[each.project]) for each in same.indices)
    band = max(each.at_most - each.at_least for each in found.indices)
    yield Row(
        "Core index",
        f"{SIZE} projects, {DRAWS:,} draws",
        spent,
        "s CPU",
        f"raw HiGHS for each draw ({NAIVE} solved, scaled up)",
        naive * DRAWS / NAIVE,
        most_ratio=0.125,
        note=f"{found.mixes} mixes, band {band:.3f}, mean loss {found.mean_loss:.5%}",
    )
    yield Row(
        "Core index: largest error",
        f"{SIZE} projects, {NAIVE} draws",
        wrong,
        "of 1",
        "the error allowed",
        0.02,
        most_ratio=1.0,
    )


def judged(size: int) -> tuple[Pool, Scenario]:
    """The everyday question, each project judged once on five criteria."""
    pool, scenario = everyday(size)
    draw = Random(1)
    scale = (Anchor(0, 0), Anchor(100, 100))
    criteria = tuple(
        Criterion(f"c{k}", f"Criterion {k}", swing, scale) for k, swing in enumerate(SWINGS)
    )
    judgements = tuple(
        Judgement("judge", project.id, criterion.id, draw.randint(0, 100))
        for project in pool.projects
        for criterion in criteria
    )
    return replace(pool, criteria=criteria, judgements=judgements), scenario


def naive_loop(pool: Pool, scenario: Scenario, draws: int) -> tuple[dict[str, float], float]:
    """The share of the first draws whose best mix holds each project, and the CPU seconds spent."""
    rated = ratings(pool, Information())
    value, _ = ends(rated)
    rows = Question.of(pool, scenario).rows
    held = np.zeros(len(rated.ids))
    spent = 0.0
    for weights in drawn_weights(rated.weights, Information(), draws, 0):
        worth = tuple((value @ weights // 1_000_000).tolist())
        solver = raw_solver(worth, rows, PATIENCE)
        begun = time.process_time()
        solver.run()
        spent += time.process_time() - begun
        held += np.round(solver.getSolution().col_value)
    return dict(zip(rated.ids, (held / draws).tolist(), strict=True)), spent
