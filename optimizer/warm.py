"""A ladder's relaxation, kept warm from one amount of money to the next, and what it proves."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np

from optimizer.bounds import UNIT, Certificate, certify
from optimizer.ladder import Ladder
from optimizer.model import Floats, Program
from optimizer.near import Grid, Whole, whole
from optimizer.options import Watch
from optimizer.solver import Point, Relaxation


class Warm:
    """The relaxation of a ladder at one amount of money after the other.

    `numbers` are the rows that are rungs; `grid` is None for numbers too long for arrays.
    """

    def __init__(self, ladder: Ladder, watch: Watch) -> None:
        self.grid = Grid.of(ladder.rows, ladder.worth, ladder.facts.grants)
        self.numbers = [rung.number for rung in ladder.rungs]
        self._ladder = ladder
        self._watch = watch
        self._lows, self._highs = (0,) * ladder.width, (1,) * ladder.width
        self._relaxation: Relaxation | None = None

    def limits(self, rungs: Sequence[int]) -> Whole:
        """Limits of all rows, given those of the rungs."""
        return whole([row.limit for row in self._ladder.rows_at(rungs)])

    def solve(self, rungs: Sequence[int]) -> Point | None:
        """The relaxation's optimum with these limits of the rungs."""
        relaxation = self._loaded(rungs)
        for number, limit in zip(self.numbers, rungs, strict=True):
            relaxation.limit(number, limit)
        return relaxation.solve(self._watch)

    def certificate(self, rates: Floats, rungs: Sequence[int]) -> Certificate:
        """What rates prove with these limits of the rungs."""
        rows = self._loaded(rungs).rows
        rows.limits[self.numbers] = rungs
        return certify(self._ladder.worth, rows, rates, self._lows, self._highs)

    def bounds(self, rates: Floats, limits: Floats) -> list[int]:
        """What rates prove at many totals: `limits` of the rungs, shape (totals, rungs).

        A bound by weak duality is linear in the limits: that without any money, plus rates times
        limits. As there, the rounding of a sum of k terms is at most (k + 2)·ε·Σ|term|.
        """
        nothing = self.certificate(rates, [0] * len(self.numbers)).bound
        own = rates[self.numbers]
        paid = limits @ own
        error = (len(own) + 4) * UNIT * (np.abs(limits) @ np.abs(own) + abs(nothing))
        return [floor(bound) for bound in (nothing + paid + error).tolist()]

    def _loaded(self, rungs: Sequence[int]) -> Relaxation:
        if self._relaxation is None:
            columns, rows = (True,) * self._ladder.width, self._ladder.rows_at(rungs)
            self._relaxation = Relaxation(
                Program(self._ladder.worth, rows, self._lows, self._highs, columns)
            )
        return self._relaxation
