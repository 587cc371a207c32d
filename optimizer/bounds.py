"""What the rates of the relaxation prove: a bound on every mix, and projects that are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from optimizer.model import Floats, Sparse

UNIT = np.finfo(np.float64).eps


@dataclass(frozen=True, slots=True)
class Certificate:
    """A bound no x passes, and for each column what leaving its better side costs at least.

    `losses` are below zero for columns that do better at their low, above for those at their high.
    """

    bound: float
    losses: Floats

    @property
    def whole(self) -> int:
        """The bound as a whole number: values are whole."""
        return floor(self.bound)

    def settled(self, value: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Columns at their low, and at their high, in every x worth `value` or more."""
        decided = self.bound - np.abs(self.losses) < value
        return decided & (self.losses < 0), decided & (self.losses > 0)


def certify(
    costs: Sequence[int],
    rows: Sparse,
    rates: Floats,
    lows: Sequence[int] | Floats,
    highs: Sequence[int] | Floats,
) -> Certificate:
    """Weak duality: for any rates y ≥ 0, costs·x ≤ y·b + Σ_j max(r_j·low_j, r_j·high_j), r = c − yA.

    True whatever the rates, so a solver's inexact ones do no harm; the rounding of the sums below
    is bounded by the usual (terms + 2)·ε·Σ|term| and added. Shapes: rates `(rows,)`, the others
    `(columns,)`.
    """
    cost = np.array(costs, dtype=np.float64)
    low, high = np.array(lows, dtype=np.float64), np.array(highs, dtype=np.float64)
    reduced = cost - rows.weighed(rates)
    size = np.abs(cost) + _absolute(rows).weighed(rates)
    terms = len(rows.limits) + 4
    doubt = size * terms * UNIT
    best = np.maximum(reduced * low, reduced * high)
    paid = rates * rows.limits
    reach = np.maximum(np.abs(low), np.abs(high))
    error = float(np.sum(doubt * reach))
    error += (len(cost) + terms) * UNIT * float(np.sum(np.abs(best)) + np.sum(np.abs(paid)))
    bound = float(np.sum(best) + np.sum(paid)) + error
    width = np.maximum(high - low, 0.0)
    losses = np.sign(reduced) * np.maximum(np.abs(reduced) - 2 * doubt, 0.0) * width
    return Certificate(bound, losses)


def _absolute(rows: Sparse) -> Sparse:
    return Sparse(rows.width, rows.row, rows.column, np.abs(rows.value), rows.limits)
