"""The tail of simulated losses as sums that are exact in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from portfolio.project import Project
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.outcome_table import Cents
from portfolio.simulation.outcomes import outcomes


@dataclass(frozen=True, slots=True)
class Tail:
    """The worst outcomes of a mix: CVaR = Σ_k weights_k · loss_k / whole.

    `places` are outcomes, `weights` how much of each counts, whole numbers that sum to `whole`.
    """

    places: NDArray[np.int64]
    weights: NDArray[np.int64]
    whole: int


def worst(losses: NDArray[np.int64] | NDArray[np.float64], level: Decimal) -> Tail:
    """The worst share 1 − level of equally likely outcomes; of equal ones the first count.

    Rockafellar and Uryasev (2002): where (1 − level)·n is not whole, the next outcome counts with
    what is left of it.

    >>> tail = worst(np.array([5, 80, 40, 20]), Decimal("0.625"))
    >>> tail.places.tolist(), tail.weights.tolist(), tail.whole
    ([1, 2], [2, 1], 3)
    """
    share = (1 - Fraction(level)) * len(losses)
    full, rest = divmod(share.numerator, share.denominator)
    order = np.argsort(-losses, kind="stable")[: full + (rest > 0)]
    weights = np.full(len(order), share.denominator, dtype=np.int64)
    if rest:
        weights[-1] = rest
    return Tail(order, weights, share.numerator)


@lru_cache(maxsize=8)
def loss_table(projects: tuple[Project, ...], count: int, seed: int) -> Cents:
    """What each project loses in each simulated outcome, in cents; shape `(count, projects)`."""
    table = -outcomes(projects, Assumptions(outcomes=count, seed=seed))
    table.setflags(write=False)
    return table


def tail_loss(projects: tuple[Project, ...], level: Decimal, count: int, seed: int) -> Fraction:
    """CVaR of a mix at a level, in cents, over simulated outcomes."""
    losses = loss_table(projects, count, seed).sum(axis=1)
    tail = worst(losses, level)
    total = sum(int(w) * int(losses[k]) for k, w in zip(tail.places, tail.weights, strict=True))
    return Fraction(total, tail.whole)
