"""The worst of simulated losses, as sums that are exact in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from portfolio.project import Project
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.cvar import cvar
from portfolio.simulation.outcome_table import Cents
from portfolio.simulation.outcomes import outcomes


@dataclass(frozen=True, slots=True)
class Tail:
    """The worst outcomes: CVaR = (weight · Σ_{full} loss + rest · Σ_{last} loss) / whole.

    `full` are the outcomes that count whole, `last` the one of which a part counts, or none.
    """

    full: tuple[int, ...]
    last: tuple[int, ...]
    weight: int
    rest: int
    whole: int


def worst(losses: NDArray[np.int64] | NDArray[np.float64], level: Decimal) -> Tail:
    """The worst share 1 − level of equally likely outcomes; of equal ones the first count.

    Rockafellar and Uryasev (2002): where (1 − level)·n is not whole, the next outcome counts with
    what is left of it. ValueError for no losses, or a level outside 0 to below 1.

    >>> worst(np.array([5, 80, 40, 20]), Decimal("0.625"))
    Tail(full=(1,), last=(2,), weight=2, rest=1, whole=3)
    """
    if not len(losses) or not 0 <= level < 1:
        raise ValueError("A tail needs losses, and a level from 0 to below 1")
    share = (1 - Fraction(level)) * len(losses)
    count, rest = divmod(share.numerator, share.denominator)
    order = np.argsort(-losses, kind="stable")[: count + (rest > 0)].tolist()
    return Tail(
        tuple(order[:count]), tuple(order[count:]), share.denominator, rest, share.numerator
    )


@lru_cache(maxsize=2)
def loss_table(projects: tuple[Project, ...], count: int, seed: int) -> Cents:
    """What each project loses in each simulated outcome, in cents; shape `(count, projects)`.

    One whose payoff is not known loses its whole cost in each: it is not taken to be safe.
    """
    table = -outcomes(projects, Assumptions(outcomes=count, seed=seed))
    for column, project in enumerate(projects):
        if project.payoff is None:
            table[:, column] = project.cost
    table.setflags(write=False)
    return table


def tail_loss(projects: tuple[Project, ...], level: Decimal, count: int, seed: int) -> Fraction:
    """CVaR of a mix at a level, in cents, over simulated outcomes."""
    return cvar(loss_table(projects, count, seed).sum(axis=1), level)
