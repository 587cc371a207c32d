"""The normal distribution on a grid, for numpy alone: its logarithm, and the exact thresholds."""

from __future__ import annotations

from functools import lru_cache
from math import erfc, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FAR = 8.0
"""No draw lies further out: beyond it is a chance of 6·10^−16."""
FINE = 1 / 512


def threshold(chance: float) -> float:
    """The z below which a standard normal falls with this chance, within ±`FAR`.

    >>> round(threshold(0.975), 4), threshold(0.0), threshold(1.0)
    (1.96, -8.0, 8.0)
    """
    if chance <= 0:
        return -FAR
    if chance >= 1:
        return FAR
    return min(max(NormalDist().inv_cdf(chance), -FAR), FAR)


def log_chance(z: Floats) -> Floats:
    """ln Φ(z) for z within ±`FAR`, to 10^−6; shape as given.

    >>> from math import exp
    >>> [round(exp(each), 5) for each in log_chance(np.array([-1.0, 0.0, 1.0]))]
    [0.15866, 0.5, 0.84134]
    """
    found: Floats = np.interp(z, *_table())
    return found


@lru_cache(maxsize=1)
def _table() -> tuple[Floats, Floats]:
    grid = np.arange(-FAR, FAR + FINE / 2, FINE)
    return grid, np.array([log(erfc(-z / sqrt(2)) / 2) for z in grid.tolist()])
