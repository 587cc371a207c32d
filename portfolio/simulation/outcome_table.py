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

CELLS = 512
"""Cells for each standard deviation of luck. Within one, payoffs differ by well under 1 %."""
BOUND = 2**62


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """`cents[floor(z · CELLS + origin)]` is the net outcome of luck z; small z is good luck.

    Indices beyond the ends mean the ends.
    """

    cents: Cents
    origin: float


def outcome_table(project: Project, assumptions: Assumptions, share: int) -> OutcomeTable:
    """The outcomes of one project, in whole cents.

    The project succeeds where z lies under the Pts·Pcs quantile of the normal distribution and
    returns payoff − launch − cost; up to the Pts quantile the technology works and the market does
    not, −launch − cost; beyond, −cost. The first threshold is an edge of a cell, so its chance is
    exact; the launch of the cell that holds the second is split in proportion. A project whose
    payoff is not known is worth nothing in any case. Amounts are cut at `BOUND` / `share`, so that
    `share` of them can be added up.
    """
    if project.payoff is None or not project.cost_known:
        return OutcomeTable(np.zeros(1, np.int64), 0.0)
    technical, commercial = _known(project.p_technical), _known(project.p_commercial)
    success, works = threshold(technical * commercial), threshold(technical)
    good = ceil((success + FAR) * CELLS)
    middle = ceil((works - success) * CELLS)
    origin = good - success * CELLS
    edges = (np.arange(good + middle + 1) - origin) / CELLS
    launched = np.clip((works - edges) * CELLS, 0.0, 1.0)
    raised = 1 + assumptions.uplift
    cents = -raised * (project.cost + project.launch_cost * launched)
    if good:
        inside = np.maximum(edges[:good] + 0.5 / CELLS, -FAR)
        log_above = log_chance(inside) - log(technical * commercial)
        cents[:good] += payoff_at(shape(project.payoff), log_above, assumptions.tail)
    most = BOUND // share
    return OutcomeTable(np.rint(np.clip(cents, -most, most)).astype(np.int64), origin)


def _known(chance: float | None) -> float:
    return 1.0 if chance is None else chance
