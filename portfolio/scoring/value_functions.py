"""Value functions: what a raw level of a criterion is worth, from 0 (worst) to 100 (best)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from portfolio.scoring.criteria import Criterion
from portfolio.scoring.exact import exact


class ValueFunction:
    """A criterion's value function, made once and asked for many levels."""

    def __init__(self, criterion: Criterion) -> None:
        points = sorted((exact(anchor.level), exact(anchor.value)) for anchor in criterion.anchors)
        self._levels = [level for level, _ in points]
        self._values = [value for _, value in points]
        self._read = _step if criterion.shape == "threshold" else _line
        self.of = cache(self._of)

    def _of(self, level: Fraction) -> Fraction:
        value = self._read(self._levels, self._values, level) if self._levels else level
        return min(max(value, Fraction(0)), Fraction(100))


def level_value(criterion: Criterion, level: float | Fraction) -> Fraction:
    """Value of a level by the criterion's shape; without anchors the level is its own value.

    Always within 0 to 100.

    >>> from portfolio.scoring.criteria import Anchor
    >>> level_value(Criterion("c", "C", 100, (Anchor(1, 0), Anchor(3, 40), Anchor(5, 100))), 4)
    Fraction(70, 1)
    """
    return ValueFunction(criterion).of(exact(level))


def _line(levels: Sequence[Fraction], values: Sequence[Fraction], level: Fraction) -> Fraction:
    """On the straight line between the two anchors around the level; flat outside them."""
    right = bisect_right(levels, level)
    if right in (0, len(levels)):
        return values[0] if right == 0 else values[-1]
    low, high = levels[right - 1], levels[right]
    below, above = values[right - 1], values[right]
    return below + (above - below) * (level - low) / (high - low)


def _step(levels: Sequence[Fraction], values: Sequence[Fraction], level: Fraction) -> Fraction:
    """The value of the highest anchor that the level reaches; below the lowest, that one's."""
    return values[max(bisect_right(levels, level) - 1, 0)]
