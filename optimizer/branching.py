"""Which project to branch on: the one whose either side has cost the bound most so far."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Floats

LEAST = 1e-12
WHOLE = 1e-6
"""A value so near to 0 or 1 is taken for whole."""


class Experience:
    """What rounding each column down or up took from the bound, for a unit of distance.

    Pseudo-costs (Bénichou et al. 1971), scored by the product of both sides (Achterberg 2007).
    Shapes: costs `(columns,)`.
    """

    def __init__(self, costs: Floats) -> None:
        self._lost = np.zeros((2, len(costs)))
        self._times = np.zeros((2, len(costs)))
        self._size = np.abs(costs)
        mean = float(self._size.mean()) if len(costs) else 0.0
        # Of columns not tried yet: the larger its worth, the more it should matter.
        self._guess = 0.5 + self._size / (mean or 1.0)

    def learn(self, column: int, up: bool, loss: float, distance: float) -> None:
        """Rounding the column up (or down) by a distance took so much from the bound."""
        self._lost[int(up), column] += max(loss, 0.0) / distance
        self._times[int(up), column] += 1

    def choose(self, x: Floats, open_: NDArray[np.bool_]) -> int:
        """The column to branch on, among those open, at a suggested x."""
        away = np.minimum(x, 1 - x)
        broken = open_ & (away > WHOLE)
        if not broken.any():
            return int(np.argmax(np.where(open_, self._size + 1.0, 0.0)))
        down, up = self._expected(0) * x, self._expected(1) * (1 - x)
        score = np.maximum(down, LEAST) * np.maximum(up, LEAST)
        return int(np.argmax(np.where(broken, score, 0.0)))

    def _expected(self, side: int) -> Floats:
        lost, times = self._lost[side], self._times[side]
        whole = float(times.sum())
        mean = float(lost.sum()) / whole if whole else 1.0
        expected: Floats = np.where(
            times > 0, lost / np.maximum(times, 1.0), (mean or 1.0) * self._guess
        )
        return expected
