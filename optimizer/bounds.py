"""What the rates of the relaxation prove: a bound on every mix, and projects that are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Duality:
    """Weak duality under rows · x ≤ limits, 0 ≤ x ≤ 1, for many rates and limits.

    For any rates y ≥ 0, costs·x ≤ y·limits + Σ_j max(r_j, 0) with r = costs − y·rows. Shapes: costs
    `(columns,)`, rows `(rows, columns)`; rates `(rows,)`, or `(many, rows)` for as many answers.
    Doubt and error as in `certify`.
    """

    costs: Floats
    rows: Floats
    _sizes: Floats = field(init=False)

    def __post_init__(self) -> None:
        """What is asked for often."""
        self._sizes = np.abs(self.rows)

    def bounds(self, rates: Floats, limits: Floats) -> Floats:
        """A bound that no x passes, for each rates."""
        return self._bounds(*self._reduced(rates), rates, limits)

    def losses(self, rates: Floats) -> Floats:
        """As `Certificate.losses`, for each rates."""
        return self._losses(*self._reduced(rates))

    def certificate(self, rates: Floats, limits: Floats) -> Certificate:
        """What one rates prove."""
        reduced, doubt = self._reduced(rates)
        bound = self._bounds(reduced, doubt, rates, limits)
        return Certificate(float(bound), self._losses(reduced, doubt))

    def _reduced(self, rates: Floats) -> tuple[Floats, Floats]:
        """Reduced costs, and how far off the machine's rounding may have put them."""
        size = np.abs(self.costs) + rates @ self._sizes
        return self.costs - rates @ self.rows, size * ((len(self.rows) + 4) * UNIT)

    def _bounds(self, reduced: Floats, doubt: Floats, rates: Floats, limits: Floats) -> Floats:
        best, paid = np.maximum(reduced, 0.0), rates * limits
        size = best.sum(axis=-1) + np.abs(paid).sum(axis=-1)
        error = doubt.sum(axis=-1) + (sum(self.rows.shape) + 4) * UNIT * size
        return np.asarray(best.sum(axis=-1) + paid.sum(axis=-1) + error)

    def _losses(self, reduced: Floats, doubt: Floats) -> Floats:
        return np.sign(reduced) * np.maximum(np.abs(reduced) - 2 * doubt, 0.0)


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
