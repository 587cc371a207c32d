"""Conditional value at risk: what the worst outcomes cost on average."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from portfolio.scoring.exact import exact


def cvar(losses: NDArray[np.int64], beta: float | Decimal) -> Fraction:
    """CVaR at β of equally likely losses: their mean over the worst share 1 − β, exactly.

    The value of min α + Σ p_s · max(L_s − α, 0) / (1 − β) (Rockafellar and Uryasev, 2000): where
    (1 − β)·n is not whole, the next loss counts with what is left of it. In the unit of `losses`,
    shape `(n,)`. ValueError for no losses, or β outside 0 ≤ β < 1.

    >>> losses = np.array([-30, -20, -10, -5, 0, 5, 10, 20, 40, 80])
    >>> cvar(losses, 0.8), cvar(losses, 0.9), cvar(losses, 0.85)
    (Fraction(60, 1), Fraction(80, 1), Fraction(200, 3))
    """
    if not len(losses) or not 0 <= beta < 1:
        raise ValueError("CVaR needs losses, and β from 0 to below 1")
    weight = (1 - exact(beta)) * len(losses)
    whole = int(weight)
    place = len(losses) - min(whole + 1, len(losses))
    ordered = np.partition(losses, place)
    tail = [int(loss) for loss in ordered[place:]]
    if whole == len(losses):
        return Fraction(sum(tail), whole)
    return (sum(tail) - tail[0] + (weight - whole) * tail[0]) / weight
