"""The most of a second criterion that any mix can have, by the relaxation: proven, not always met."""

from __future__ import annotations

from math import floor

import numpy as np

from optimizer.bounds import Duality
from optimizer.hot import Hot
from optimizer.model import Floats, dense
from optimizer.options import Watch
from optimizer.search import Question
from optimizer.second import Measure
from optimizer.solver import HAS_HIGHS

MOST_ROUNDS = 60
SLIGHT = 1e-6
"""Rows that a point breaks by less, as a share of what it may be, are not worth adding."""


def most_of(question: Question, side: Measure, watch: Watch) -> int:
    """A bound that no mix has more than; bounds follow from weak duality as in `bounds`."""
    if not HAS_HIGHS or not question.width:
        return side.ceiling
    rows = dense(question.rows, question.width)
    limits = np.array([row.limit for row in question.rows], dtype=np.float64)
    if side.costs is not None:
        costs = np.array(side.costs, dtype=np.float64)
        corner = Hot(costs, rows, limits, watch.left).solve(*_box(question.width))
        if corner is None or corner.x is None:
            return side.ceiling
        return min(floor(Duality(costs, rows).bounds(corner.rates, limits)), side.ceiling)
    return _least_worst(rows, limits, side, watch)


def _least_worst(rows: Floats, limits: Floats, side: Measure, watch: Watch) -> int:
    """Where it is the least of many rows: the most z with Σ entries · x ≤ −factor · z for each.

    z = M − 2M·u, with M the ceiling and u from 0 to 1 as one column more.
    """
    ceiling = side.ceiling
    width = rows.shape[1] + 1
    rows = np.hstack([rows, np.zeros((len(rows), 1))])
    costs = np.zeros(width)
    costs[-1] = -2.0 * ceiling
    hot = Hot(costs, rows, limits, watch.left)
    box = _box(width)
    corner = hot.solve(*box)
    for _ in range(MOST_ROUNDS):
        if corner is None or corner.x is None or watch.over:
            return ceiling
        slope = side.slope(corner.x[:-1])
        row = np.array([*slope.entries, -2 * slope.factor * ceiling], dtype=np.float64)
        limit = float(-slope.factor * ceiling)
        if row @ corner.x - limit <= SLIGHT * slope.factor * max(ceiling, 1):
            break
        hot.add(row, limit)
        rows, limits = np.vstack([rows, row]), np.append(limits, limit)
        corner = hot.solve(*box)
    if corner is None:
        return ceiling
    bound = floor(Duality(costs, rows).bounds(corner.rates, limits))
    return min(ceiling + bound, ceiling)


def _box(width: int) -> tuple[Floats, Floats]:
    return np.zeros(width), np.ones(width)
