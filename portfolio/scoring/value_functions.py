"""Value functions: what a raw level of a criterion is worth, from 0 (worst) to 100 (best)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from portfolio.scoring.criteria import Anchor, Criterion
from portfolio.scoring.exact import exact


def level_value(criterion: Criterion, level: float | Fraction) -> Fraction:
    """Value of a level by the criterion's shape; without anchors the level is its own value.

    Always within 0 to 100.
    """
    raw = exact(level)
    if not criterion.anchors:
        return _within(raw)
    if criterion.shape == "threshold":
        return _within(threshold(criterion.anchors, raw))
    return _within(linear(criterion.anchors, raw))


def linear(anchors: Sequence[Anchor], level: float | Fraction) -> Fraction:
    """On the straight line between the two anchors around the level; flat outside them.

    >>> linear([Anchor(1, 0), Anchor(3, 40), Anchor(5, 100)], 4)
    Fraction(70, 1)
    """
    raw = exact(level)
    points = sorted((exact(anchor.level), exact(anchor.value)) for anchor in anchors)
    if raw <= points[0][0]:
        return points[0][1]
    for (left, below), (right, above) in pairwise(points):
        if raw <= right:
            return below + (above - below) * (raw - left) / (right - left)
    return points[-1][1]


def threshold(anchors: Sequence[Anchor], level: float | Fraction) -> Fraction:
    """The value of the highest anchor that the level reaches; below the lowest, that one's value.

    >>> threshold([Anchor(0, 0), Anchor(12, 50), Anchor(24, 100)], 23.9)
    Fraction(50, 1)
    """
    raw = exact(level)
    points = sorted((exact(anchor.level), exact(anchor.value)) for anchor in anchors)
    reached = [value for at, value in points if at <= raw]
    return reached[-1] if reached else points[0][1]


def _within(value: Fraction) -> Fraction:
    return min(max(value, Fraction(0)), Fraction(100))
