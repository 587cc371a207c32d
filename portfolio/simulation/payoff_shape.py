"""What a success pays: three points as a distribution with their PERT mean and a heavy upper tail."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from portfolio.project import ThreePoint
from portfolio.scoring.payoff import pert_mean
from portfolio.simulation.normal import Floats

END = 0.1
"""Low and high are the 10th and the 90th percentile of the payoff given success."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A payoff given success, in cents, by its quantiles.

    Straight from `floor` to `low` (the lowest tenth of cases), from there to `likely` (up to the
    share `bend` of cases) and to `high` (up to nine tenths), and a generalized Pareto tail with
    mean excess `excess` beyond.
    """

    floor: float
    low: float
    likely: float
    high: float
    bend: float
    excess: float


def shape(points: ThreePoint) -> Shape:
    """The distribution of three points (low ≤ likely ≤ high) whose mean is (low + 4·likely + high) / 6.

    A payoff under low lies on average half as far below it as low lies below likely, but not under
    0 unless low does; one above high lies on average half as far above it as high above likely.
    With these ends the mean fixes `bend`: it always lies strictly between the tenths, and what lies
    between low and high has its mean close to likely.

    >>> found = shape(ThreePoint(0, 100, 400))
    >>> found.floor, found.excess, round(found.bend, 4)
    (0.0, 150.0, 0.7083)
    """
    low, likely, high = float(points.low), float(points.likely), float(points.high)
    floor = 2 * low - likely if low < 0 else max(2 * low - likely, 0.0)
    excess = (high - likely) / 2
    if high == low:
        return Shape(low, low, low, low, 0.5, 0.0)
    ends = END * (floor + low) / 2 + END * (high + excess)
    body = (pert_mean(low, likely, high) - ends) / (1 - 2 * END)
    share = (likely + high - 2 * body) / (high - low)
    return Shape(floor, low, likely, high, END + (1 - 2 * END) * share, excess)


def payoff_at(shape: Shape, log_above: Floats, tail: float) -> Floats:
    """The payoff, in cents, that a success exceeds with chance exp(`log_above`); shape as given.

    Beyond high: high + excess·(α − 1)·((w / .1)^(−1/α) − 1), w the chance to be above and α the
    tail index: the generalized Pareto distribution (Pickands, 1975) with that mean excess.
    """
    found: Floats = np.interp(
        np.exp(log_above),
        (END, 1 - shape.bend, 1 - END, 1.0),
        (shape.high, shape.likely, shape.low, shape.floor),
    )
    if shape.excess:
        far = log_above < log(END)
        thinner = (log(END) - log_above[far]) / tail
        found[far] += shape.excess * (tail - 1) * np.expm1(thinner)
    return found
