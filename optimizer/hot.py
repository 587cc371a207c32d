"""A relaxation kept hot: bounds or limits change a little, and its next optimum is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimizer.model import Floats
from optimizer.one_thread import one_thread
from optimizer.solver import HAS_HIGHS, Arrays, hand_over, quiet_highs

if HAS_HIGHS:
    import highspy

BITS = 20
"""Entries are scaled down to so many bits, by powers of two so that nothing is rounded."""


@dataclass(frozen=True, slots=True)
class Corner:
    """What the solver says of a box: an optimum `x`, or None where it sees none, and rates of rows.

    Rates are to prove a bound, or, without `x`, that there is nothing in the box; check them.
    """

    x: Floats | None
    rates: Floats


class Hot:
    """Maximize costs · x under rows · x ≤ limits and x from 0 to 1, x not whole.

    The bounds of x and the limits may change from one optimum to the next.

    Shapes: costs `(columns,)`, rows `(rows, columns)`, limits `(rows,)`.
    """

    def __init__(self, costs: Floats, rows: Floats, limits: Floats, seconds: float) -> None:
        one_thread()
        self._row_scale = _powers(np.abs(rows).max(axis=1, initial=0.0))
        self._cost_scale = float(_powers(np.abs(costs).max(keepdims=True, initial=0.0))[0])
        self._columns = np.arange(len(costs), dtype=np.int32)
        self._live = self._load(costs, rows, limits, seconds)

    def solve(self, lows: Floats, highs: Floats) -> Corner | None:
        """The optimum within these bounds; None when the solver fails."""
        self._live.changeColsBounds(len(self._columns), self._columns, lows, highs)
        return self._solved()

    def under(self, numbers: Sequence[int], limits: Sequence[float]) -> Corner | None:
        """The optimum with these rows' limits changed to these; None when the solver fails."""
        for number, limit in zip(numbers, limits, strict=True):
            upper = limit * self._row_scale[number]
            self._live.changeRowBounds(number, -highspy.kHighsInf, upper)
        return self._solved()

    def _solved(self) -> Corner | None:
        live, kinds = self._live, highspy.HighsModelStatus
        live.run()
        status = live.getModelStatus()
        if status == kinds.kOptimal:
            solution = live.getSolution()
            x = np.clip(np.array(solution.col_value, dtype=np.float64), 0.0, 1.0)
            return Corner(x, self._rates(np.array(solution.row_dual, dtype=np.float64)))
        if status == kinds.kInfeasible:
            _, known, ray = live.getDualRay()
            if known:
                return Corner(None, self._rates(np.array(ray, dtype=np.float64)))
        return None

    def add(self, row: Floats, limit: float) -> None:
        """One more row · x ≤ limit."""
        scale = float(_powers(np.abs(row).max(keepdims=True, initial=0.0))[0])
        self._row_scale = np.append(self._row_scale, scale)
        places = np.flatnonzero(row).astype(np.int32)
        endless = highspy.kHighsInf
        self._live.addRow(-endless, limit * scale, len(places), places, row[places] * scale)

    def _rates(self, duals: Floats) -> Floats:
        rates: Floats = np.maximum(-duals, 0.0) * self._row_scale / self._cost_scale
        return rates

    def _load(self, costs: Floats, rows: Floats, limits: Floats, seconds: float) -> Any:
        live = quiet_highs(heeding=False)
        for name, value in (
            ("threads", 1),
            ("presolve", "off"),
            ("solver", "simplex"),
            ("time_limit", seconds),
        ):
            live.setOptionValue(name, value)
        number, column = np.nonzero(rows)
        counts = np.bincount(number, minlength=len(limits))
        hand_over(
            live,
            Arrays(
                -costs * self._cost_scale,
                np.zeros(len(costs)),
                np.ones(len(costs)),
                np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
                column.astype(np.int32),
                rows[number, column] * self._row_scale[number],
                limits * self._row_scale,
            ),
        )
        return live


def _powers(largest: Floats) -> Floats:
    """Powers of two, at most 1, that bring numbers down to `BITS` bits."""
    _, exponents = np.frexp(largest)
    powers: Floats = np.ldexp(np.ones(len(largest)), np.minimum(BITS - exponents, 0))
    return powers
