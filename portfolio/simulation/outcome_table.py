"""One project's net outcome as a function of its luck, laid out in cells to be looked up."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from portfolio.project import Project
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.normal import FAR, log_chance, threshold
from portfolio.simulation.payoff_shape import payoff_at, shape

Cents = NDArray[np.int64]

CELLS, MOST_CELLS = 256, 2048
"""Cells for each standard deviation of luck. Within one, payoffs differ by about 0.3 %."""
BOUND = 2**62


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """`cents[floor(z · cells + origin)]` is the net outcome of luck z; small z is good luck.

    Indices beyond the ends mean the ends.
    """

    cents: Cents
    cells: float
    origin: float


def outcome_table(project: Project, assumptions: Assumptions, share: int) -> OutcomeTable:
    """The outcomes of one project, in whole cents.

    The project succeeds where z lies under the Pts·Pcs quantile of the normal distribution and
    returns payoff − launch − cost; up to the Pts quantile the technology works and the market does
    not, −launch − cost; beyond, −cost. Both thresholds are edges of cells, so that their chances are
    exact; where they lie so close that no cell fits between them, the launch of the cell that holds
    the second is split in proportion. A project whose payoff is not known is worth nothing in any
    case. Amounts are cut at `BOUND` / `share`, so that `share` of them can be added up.
    """
    if project.payoff is None or not project.cost_known:
        return OutcomeTable(np.zeros(1, np.int64), 1.0, 0.0)
    technical, commercial = _known(project.p_technical), _known(project.p_commercial)
    success, works = threshold(technical * commercial), threshold(technical)
    apart = works - success
    cells = _cells(apart)
    good, middle = ceil((success + FAR) * cells), ceil(apart * cells - 1e-9)
    origin = good - success * cells
    raised = 1 + assumptions.uplift
    cents = np.full(good + middle + 1, -raised * project.cost)
    cents[:good] -= raised * project.launch_cost
    if middle:
        cents[good:-1] -= raised * project.launch_cost * min(round(apart * cells, 6) / middle, 1)
    if good:
        centers = np.maximum((np.arange(good) + (0.5 - origin)) / cells, -FAR)
        log_above = log_chance(centers) - log(technical * commercial)
        cents[:good] += payoff_at(shape(project.payoff), log_above, assumptions.tail)
    most = BOUND // share
    return OutcomeTable(np.rint(np.clip(cents, -most, most)).astype(np.int64), cells, origin)


def _cells(apart: float) -> float:
    """Cells for each standard deviation, of which a whole number lies between two thresholds."""
    if apart * MOST_CELLS < 1:
        return CELLS
    return max(ceil(apart * CELLS), 1) / apart


def _known(chance: float | None) -> float:
    return 1.0 if chance is None else chance
