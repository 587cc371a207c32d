"""What is known of the best worth at some weights bounds it at all weights between them.

For given values the best worth V*(w) = max over mixes of Σ_j w_j · (value of the mix on j) is
convex in the weights w. So V*(Σ λ_k w_k) ≤ Σ λ_k V*(w_k), and a mix that is best at each of some
weights is best everywhere between them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Program, Row
from optimizer.options import Options, Watch
from optimizer.solver import Relaxation
from portfolio.scoring.information import PARTS

Whole = NDArray[np.int64]
SURE = 1e-8
"""What a mix may lack of the best worth and still be called best: floats cannot tell."""
LONG = Options(time_limit=3_600.0)
"""These programs have a handful of rows; the time of the whole is kept elsewhere."""


class Hull:
    """Weights at which a bound on the best worth is known, and what follows between them.

    Weights are whole millionths, shape (criteria,); `value` holds the candidates' values in whole
    millionths of a point, shape (candidates, criteria), so worths are whole numbers.
    """

    def __init__(self, value: Whole) -> None:
        self._value = value
        self._steepest = int(value.sum())  # no worth changes by more for one unit of one weight
        self._points: list[Whole] = []
        self._bounds: list[int] = []
        self._program: Relaxation | None = None

    def add(self, weights: Whole, bound: int) -> None:
        """One more point."""
        self._points.append(weights)
        self._bounds.append(bound)
        self._program = None

    def knows(self, weights: Whole) -> bool:
        """Whether this is one of the points."""
        return any((point == weights).all() for point in self._points)

    def bound(self, weights: Whole) -> int | None:
        """A bound on the best worth at these weights; None outside all points.

        Solved in floats, then made safe: what the shares are off by is added at the steepest
        price.
        """
        limits = [int(side) for weight in weights for side in (weight, -weight)]
        if self._program is None:
            self._program = Relaxation(_program(self._points, self._bounds, limits))
        for row, limit in enumerate(limits):
            self._program.limit(row, limit)
        found = self._program.solve(Watch(LONG))
        if found is None:
            return None
        shares = np.maximum(found.x, 0.0)
        off = float(np.abs(weights - shares @ np.array(self._points)).sum())
        level = float(shares @ np.array(self._bounds, dtype=np.float64))
        return int(level * (1 + 1e-12) + off * self._steepest) + 1

    def middle(self, mix: Whole) -> Whole:
        """The middle of the points at which this mix is best, of all points where there is none."""
        points = np.array(self._points)
        worth = points @ (mix @ self._value)
        bounds = np.array(self._bounds)
        best = bounds - worth <= SURE * np.abs(bounds)
        return np.asarray(points[best if best.any() else slice(None)].mean(axis=0))

    def beyond(
        self, weights: Whole, mix: Whole, others: Whole, allowed: Sequence[Row]
    ) -> Whole | None:
        """The far end of where a mix is the best of those met, through these weights.

        A corner of {w allowed: the mix is worth no less than each of `others`}, seen from the
        middle of where it is known to be best.
        """
        away = np.rint(weights - self.middle(mix)).astype(np.int64)
        count = len(weights)
        better = (others - mix) @ self._value
        places = tuple(range(count))
        rows = [Row((), "", places, tuple(map(int, line)), 0) for line in better if line.any()]
        rows += [*allowed, *_sum_to(places)]
        program = Program(
            tuple(map(int, away)), rows, (0,) * count, (PARTS,) * count, (False,) * count
        )
        found = Relaxation(program).solve(Watch(LONG))
        if found is None:
            return None
        corner = np.maximum(np.rint(found.x), 0).astype(np.int64)
        corner[corner.argmax()] += PARTS - corner.sum()
        return corner


def _sum_to(places: tuple[int, ...]) -> list[Row]:
    ones = (1,) * len(places)
    return [
        Row((), "", places, ones, PARTS),
        Row((), "", places, tuple(-one for one in ones), -PARTS),
    ]


def _program(points: Sequence[Whole], bounds: Sequence[int], limits: Sequence[int]) -> Program:
    """Minimize Σ λ_k · bound_k with Σ λ_k · w_k = w, an equation as two rows, 0 ≤ λ ≤ 1."""
    rows = []
    columns = tuple(range(len(points)))
    for row, limit in enumerate(limits):
        sign = -1 if row % 2 else 1
        entries = tuple(sign * int(point[row // 2]) for point in points)
        rows.append(Row((), "", columns, entries, limit))
    width = len(points)
    costs = [-bound for bound in bounds]
    return Program(costs, rows, (0,) * width, (1,) * width, (False,) * width)
