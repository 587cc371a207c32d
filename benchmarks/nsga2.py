"""Is the whole front there before NSGA-II comes near it?

NSGA-II by pymoo twice: as it comes, begun at random and told by how much a mix breaks the rules; and
helped as well as we could, begun greedily for weights of both sides from one end to the other, every
child mended and filled up by the rows that the engine writes. All that it ever met counts, not its last
population alone, and its clock stands still while we look.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.everyday import everyday
from benchmarks.table import Row
from optimizer import Front, Options, Second, frontier
from optimizer.model import dense
from optimizer.search import Question
from optimizer.second import measure as counted
from portfolio.pool import Pool
from portfolio.scenario import Objective, Scenario
from tests.support.bi_objective import read

try:
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.problem import Problem
    from pymoo.core.repair import Repair
    from pymoo.operators.crossover.pntx import TwoPointCrossover
    from pymoo.operators.crossover.ux import UniformCrossover
    from pymoo.operators.mutation.bitflip import BitflipMutation
    from pymoo.operators.sampling.rnd import BinaryRandomSampling
except ImportError:
    HAS_PYMOO = False
else:
    HAS_PYMOO = True

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "instances" / "moknapsack"
HOW_TO = 'NSGA-II is not installed: .venv/bin/pip install "pymoo>=0.6,<0.7" brings it.'
SIZE, SEEDS, LONGER, NEAR = 200, 3, 5, 0.99
LIMIT = 600.0
AS_IT_COMES, HELPED = "as it comes", "begun and mended greedily"
KINDS = (AS_IT_COMES, HELPED)
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def questions() -> Iterator[tuple[str, Pool, Scenario, Second]]:
    """The published fronts where the real data is present, and an everyday question."""
    if FOLDER.is_dir():
        for name in ("2KP50-11", "2KP100-50"):
            yield name, *read(FOLDER, name), Objective(aim="payoff")
    yield "everyday, payoff against money spent", *everyday(60), "spend"


def raced(name: str, pool: Pool, scenario: Scenario, second: Second) -> Iterator[Row]:
    """The exact front, and what NSGA-II of either kind has of its hypervolume then and later."""
    begun = time.perf_counter()
    front = frontier(pool, scenario, second, Options(time_limit=LIMIT))
    exact = time.perf_counter() - begun
    rows = Rows.of(pool, scenario, second)
    for kind in KINDS:
        runs = [_Race(rows, front, seed, kind) for seed in range(1, SEEDS + 1)]
        for run in runs:
            run.go(LONGER * exact)
        then, later = (median(run.share_at(k * exact) for run in runs) for k in (1, LONGER))
        known = [run.reached for run in runs if run.reached is not None]
        yield Row(
            f"Whole front, {name}",
            f"{len(pool.candidates)} projects, {len(front.points)} points",
            exact,
            "s",
            f"NSGA-II {kind} to {NEAR:.0%} (by {len(known)} of {SEEDS} seeds)",
            median(run.reached or LONGER * exact for run in runs),
            most_ratio=1.0,
            note=f"{'complete' if front.complete else 'NOT COMPLETE'}; NSGA-II then {then:.2%}, "
            f"after {LONGER} times as long {later:.2%}",
        )


def measure() -> Iterator[Row]:
    """Two rows a question."""
    if not HAS_PYMOO:
        print(HOW_TO, file=sys.stderr)
        return
    for question in questions():
        yield from raced(*question)


@dataclass(frozen=True)
class Rows:
    """A question in floats: rows · x ≤ limits, the worth of both sides to be maximized."""

    rows: Numbers
    limits: Numbers
    scale: Numbers
    worth: Numbers

    @classmethod
    def of(cls, pool: Pool, scenario: Scenario, second: Second) -> Rows:
        """The rows of a question whose second criterion adds up."""
        question = Question.of(pool, scenario)
        costs = counted(question.facts, second).costs
        assert costs is not None
        rows = dense(question.rows, question.width)
        limits = np.array([row.limit for row in question.rows], dtype=np.float64)
        scale = np.abs(rows).max(axis=1, initial=1.0)
        return cls(rows, limits, scale, np.array([question.worth, costs], dtype=np.float64))

    def broken(self, used: Numbers) -> Numbers:
        """By how much mixes break the rows, those of each as a share of its largest entry."""
        over = np.maximum(used - self.limits, 0.0) / self.scale
        return np.asarray(over.sum(axis=1))

    def merits(self, shares: Numbers) -> Numbers:
        """For each share of the first side, columns by what they are worth for what they take."""
        size = np.abs(self.worth).max(axis=1, keepdims=True)
        worth = self.worth / np.where(size > 0, size, 1.0)
        mixed = shares[:, None] * worth[0] + (1 - shares[:, None]) * worth[1]
        taken = np.maximum(self.rows / np.maximum(np.abs(self.limits), 1.0)[:, None], 0.0)
        return np.asarray(mixed / (taken.sum(axis=0) + 1e-9))

    def mended(self, mixes: Flags, merits: Numbers) -> Flags:
        """Mixes without what breaks rows, worst first, then filled up with what fits, best first."""
        x = mixes.copy()
        used = x @ self.rows.T
        broken = self.broken(used)
        lines = np.arange(len(x))
        order = np.argsort(merits, axis=1)
        for out, columns in ((True, order.T), (False, order.T[::-1])):
            for column in columns:
                change = self.rows.T[column] * (-1.0 if out else 1.0)
                then = self.broken(used + change)
                fits = then < broken
                if not out:
                    fits |= (then <= broken) & (merits[lines, column] > 0)
                fits &= x[lines, column] == out
                x[lines[fits], column[fits]] = not out
                used[fits] += change[fits]
                broken[fits] = then[fits]
        return x


@dataclass
class _Race:
    """One run of NSGA-II against an exact front."""

    rows: Rows
    front: Front
    seed: int
    kind: str
    met: Numbers = field(init=False)
    log: list[tuple[float, float]] = field(default_factory=list)
    reached: float | None = None

    def __post_init__(self) -> None:
        exact = [(point.selection.value or 0, point.second) for point in self.front.points]
        self._exact = np.array(exact, dtype=np.float64)
        low, high = self._exact.min(axis=0), self._exact.max(axis=0)
        self._corner = low - 0.01 * np.maximum(high - low, 1.0)
        self._whole = hypervolume(self._exact, self._corner)
        self.met = np.empty((0, 2))

    def go(self, seconds: float) -> None:
        """Let it run for so long, and note what it has after each generation."""
        began = time.perf_counter()
        algorithm = _algorithm(self.rows, self.seed, self.kind)
        spent = time.perf_counter() - began
        while spent < seconds:
            began = time.perf_counter()
            algorithm.next()
            spent += time.perf_counter() - began
            self._look(algorithm.pop, spent)

    def share_at(self, seconds: float) -> float:
        """The part of the exact hypervolume that it has after so long."""
        return max((share for spent, share in self.log if spent <= seconds), default=0.0)

    def _look(self, population: Any, spent: float) -> None:
        allowed = population.get("G")[:, 0] <= 0
        found = np.vstack([self.met, -population.get("F")[allowed]])
        self.met = unbeaten(found)
        share = hypervolume(self.met, self._corner) / self._whole
        self.log.append((spent, share))
        if self.reached is None and share >= NEAR:
            self.reached = spent


def unbeaten(points: Numbers) -> Numbers:
    """The points that no other beats on one side without losing on the other."""
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    points = points[order]
    best = np.maximum.accumulate(np.concatenate([[-np.inf], points[:-1, 1]]))
    return points[points[:, 1] > best]


def hypervolume(points: Numbers, corner: Numbers) -> float:
    """The area that points cover above a corner, both sides to be maximized.

    >>> hypervolume(np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([0.0, 0.0]))
    4.0
    """
    inside = points[(points > corner).all(axis=1)]
    if not len(inside):
        return 0.0
    ordered = unbeaten(inside)
    below = np.concatenate([[corner[1]], ordered[:-1, 1]])
    return float(((ordered[:, 0] - corner[0]) * (ordered[:, 1] - below)).sum())


def _algorithm(rows: Rows, seed: int, kind: str) -> Any:
    """NSGA-II of a kind, ready for its first generation."""
    algorithm = NSGA2(
        pop_size=SIZE,
        crossover=UniformCrossover() if kind == HELPED else TwoPointCrossover(),
        mutation=BitflipMutation(),
        eliminate_duplicates=True,
        **(_help(rows, seed) if kind == HELPED else {"sampling": BinaryRandomSampling()}),
    )
    algorithm.setup(_problem(rows), termination=("n_gen", 10**9), seed=seed, verbose=False)
    return algorithm


def _problem(rows: Rows) -> Any:
    """Both sides to be maximized, and by how much a mix breaks the rows."""

    class Mix(Problem):
        def __init__(self) -> None:
            width = rows.rows.shape[1]
            super().__init__(n_var=width, n_obj=2, n_ieq_constr=1, xl=0, xu=1, vtype=bool)

        def _evaluate(self, x: Any, out: dict[str, Any], *_: Any, **__: Any) -> None:
            chosen = np.asarray(x, dtype=np.float64)
            out["F"] = -(chosen @ rows.worth.T)
            out["G"] = rows.broken(chosen @ rows.rows.T)[:, None]

    return Mix()


def _help(rows: Rows, seed: int) -> dict[str, Any]:
    """Half of the population greedy for all weights, half random; every child mended."""
    draw = np.random.default_rng(seed)
    width = rows.rows.shape[1]

    class Mended(Repair):
        def _do(self, problem: Any, x: Any, **_: Any) -> Any:
            return rows.mended(np.asarray(x, dtype=bool), rows.merits(draw.random(len(x))))

    greedy = rows.merits(np.linspace(0, 1, SIZE // 2))
    some = draw.random((SIZE - len(greedy), width)) < draw.random((SIZE - len(greedy), 1))
    nothing = np.zeros((len(greedy), width), dtype=bool)
    first = [rows.mended(nothing, greedy), rows.mended(some, rows.merits(draw.random(len(some))))]
    return {"sampling": np.vstack(first), "repair": Mended()}
